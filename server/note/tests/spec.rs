//! The files under `spec/`: each contains notes and, below each note, what the parser finds in it.
//!
//! A block fenced with `~~~note` is parsed, and the block fenced with `~~~found` after it lists what is found.
//! `UPDATE_EXPECT=1 cargo test -p ibid-note` rewrites these.

use std::{fmt::Write as _, fs, path::Path};

use expect_test::expect_file;
use ibid_language::Language;
use ibid_note::{Citation, EntryForm, Fragment, Note, Quotation, Statement, Target, parse};
use ibid_text::Span;

fn check(page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec").join(page);
    let text = fs::read_to_string(&path).expect("the page");
    expect_file![path].assert_eq(&with_findings(&text));
}

#[test]
fn quotations() {
    check("quotations.md");
}

#[test]
fn attribution() {
    check("attribution.md");
}

#[test]
fn citations() {
    check("citations.md");
}

#[test]
fn statements() {
    check("statements.md");
}

#[test]
fn everything_else() {
    check("the-rest.md");
}

/// The page with every `~~~found` block updated. The title of the page decides what is listed.
fn with_findings(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    let kind = page.lines().next().unwrap_or_default().trim_start_matches("# ");
    while let Some((before, after)) = rest.split_once("~~~note\n") {
        let (note, after) = after.split_once("~~~\n").expect("the end of a note");
        let found = describe(kind, note);
        write!(out, "{before}~~~note\n{note}~~~\n\n~~~found\n{found}~~~\n").expect("a string");
        rest = after
            .strip_prefix("\n~~~found\n")
            .map_or(after, |after| after.split_once("~~~\n").expect("the end of the findings").1);
    }
    out + rest
}

fn describe(kind: &str, text: &str) -> String {
    let note = parse(text, Language::ENGLISH);
    let lines: Vec<String> = match kind {
        "Quotations" | "Attribution" => note.quotations.iter().map(|q| quotation(&note, q, text)).collect(),
        "Citations" => note.citations.iter().map(|c| citation(c, text)).collect(),
        "Statements" => note.statements.iter().map(|s| statement(&note, s, text)).collect(),
        _ => rest_of(&note, text),
    };
    lines.into_iter().map(|line| line + "\n").collect()
}

fn shown(text: &str) -> String {
    text.replace("\r\n", "⏎").replace('\n', "⏎")
}

fn quotation(note: &Note, quotation: &Quotation, text: &str) -> String {
    let mut line = format!("{:?} [{}]", quotation.form, shown(quotation.words.text()));
    let attribution = &quotation.attribution;
    if !attribution.is_attributed() {
        return line + " unattributed";
    }
    for &index in &attribution.citations {
        write!(line, " {}", shown(note.citations[index as usize].span.of(text))).expect("a string");
    }
    for name in &attribution.names {
        write!(line, " by {}", shown(name.of(text))).expect("a string");
    }
    if attribution.reported && attribution.names.is_empty() {
        line += " reported";
    }
    line
}

fn citation(citation: &Citation, text: &str) -> String {
    let fragment = |fragment: &Option<Fragment>| fragment.as_ref().map_or_else(String::new, |it| format!(" # {it:?}"));
    let target = match &citation.target {
        Target::Key(key) => format!("key {key}"),
        Target::Wiki { file, fragment: at } => format!("wiki [{file}]{}", fragment(at)),
        Target::Path { path, fragment: at } => format!("path [{path}]{}", fragment(at)),
        Target::Url { url, fragment: at } => format!("url {url}{}", fragment(at)),
        Target::Words => "words".to_owned(),
        Target::NoFootnote(label) => format!("no footnote {label}"),
    };
    let mut line = format!("[{}] → {target}", shown(citation.span.of(text)));
    line += &citation.locator.as_ref().map_or_else(String::new, |locator| format!(", at {locator}"));
    line += if citation.bare { ", bare" } else { "" };
    line += if citation.footnote.is_some() { ", through a footnote" } else { "" };
    let written = citation.target_span.of(text);
    if citation.footnote.is_none() && !line.contains(written) {
        write!(line, ", written {}", shown(written)).expect("a string");
    }
    line
}

fn statement(note: &Note, statement: &Statement, text: &str) -> String {
    let mut line = format!("{:?} {} [{}]", statement.setting, statement.block, shown(statement.words.text()));
    for &index in &statement.citations {
        write!(line, " {}", shown(note.citations[index as usize].span.of(text))).expect("a string");
    }
    for &index in &statement.quotations {
        write!(line, " quoting {:?}", note.quotations[index as usize].form).expect("a string");
    }
    line += if statement.ends_block { ", last" } else { "" };
    line + if statement.finished { "" } else { ", unfinished" }
}

fn rest_of(note: &Note, text: &str) -> Vec<String> {
    let at = |span: Span| shown(span.of(text));
    let mut lines = Vec::new();
    lines.extend(note.front_matter.iter().map(|front| {
        format!(
            "front matter: title {:?}, works {:?}, aliases {:?}, off {}",
            front.title, front.works, front.aliases, front.off
        )
    }));
    let sections = note.headings.iter();
    lines.extend(sections.map(|h| format!("heading {} [{}], section [{}]", h.level, h.text, at(h.section))));
    lines.extend(note.glossary.iter().map(|entry| {
        let doubt = match entry.form {
            EntryForm::Definition => "",
            EntryForm::DashedItem => "perhaps ",
        };
        format!("{doubt}term [{}]: [{}]", at(entry.term), at(entry.sense))
    }));
    lines.extend(
        note.footnotes.iter().map(|f| format!("footnote {:?} [{}], {} marks", f.label, at(f.span), f.marks.len())),
    );
    let stretches = note.suppressions.stretches.iter();
    lines.extend(stretches.map(|s| format!("off {:?}: [{}]", s.codes, at(s.span))));
    lines.extend(note.prose.iter().map(|span| format!("prose [{}]", at(*span))));
    lines
}
