//! Where a statement is from, as the note around it shows: the work that the note is about, a link above it, a printed
//! reference in it.

use ibid_corpus::Resolution;
use ibid_language::{Class, Language, List};
use ibid_note::{Citation, Note, Setting, Statement, Target};
use ibid_text::{Span, words};

use super::{checked_note::CheckedNote, link_role::is_only_links};

/// How many statements at the head of a note can say which work it is about.
const HEAD: usize = 6;

/// Whether a citation points at a source, or is meant to. One that leads nowhere counts: it is reported by itself.
pub(super) fn cites(checked: &CheckedNote<'_>, citation: u32) -> bool {
    let resolution = checked.resolution(citation);
    let is_named = || checked.note.citations.get(citation as usize).is_some_and(|it| links_a_key(checked, it));
    resolution.is_some_and(|resolution| !matches!(resolution, Resolution::NoCitation | Resolution::Note { .. }))
        || is_named()
}

/// Whether the statement is in a note about one work: by its front matter, its name, its folder or its head; or under a
/// heading that names or links a work.
pub(super) fn is_about_a_work(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let Note { front_matter, headings, citations, .. } = &*checked.note;
    let literature = front_matter.as_ref().is_some_and(|head| !head.works.is_empty());
    let links =
        |span: Span| (0..citations.len()).any(|at| span.covers(citations[at].span) && cites(checked, at as u32));
    let mut above = headings.iter().filter(|heading| heading.section.covers(statement.span));
    literature
        || is_named_after_a_work(checked)
        || above.any(|heading| links(heading.span) || names_a_source(checked, &heading.text))
        || head_names_a_work(checked)
}

/// Whether a heading is the title of a source.
fn names_a_source(checked: &CheckedNote<'_>, heading: &str) -> bool {
    heading.split_whitespace().count() > 1 && checked.snapshot.has_source_titled(heading.trim())
}

/// Whether the note's file is named by a citation key, or is in a folder of notes about works.
fn is_named_after_a_work(checked: &CheckedNote<'_>) -> bool {
    let language = checked.language();
    let stem = checked.file.stem();
    let folders = checked.file.path.rsplit_once('/').map_or("", |(folders, _)| folders).split('/');
    let is_of_works = |folder: &str| words(folder).any(|word| language.is(&word.folded, Class::WorkFolder));
    is_citation_key(stem, language) || checked.snapshot.entry(stem).is_some() || folders.into_iter().any(is_of_works)
}

/// Whether one of the first statements is only a link to a work, or has the label of one: "View paper", "Source: …".
fn head_names_a_work(checked: &CheckedNote<'_>) -> bool {
    let labels = checked.language().words(List::WorkLabel);
    let is_labelled = |text: &str| {
        let (label, _) = text.split_once(':').unwrap_or_default();
        words(label).count() <= 2 && words(label).any(|word| labels.contains(&&*word.folded))
    };
    let names = |statement: &&Statement| {
        is_labelled(statement.words.text())
            || statement.setting == Setting::Paragraph
                && is_only_links(checked, statement)
                && statement.citations.iter().any(|&at| cites(checked, at))
    };
    let first_section =
        checked.note.headings.iter().find(|heading| heading.level > 1).map(|heading| heading.span.start);
    let head = checked.note.statements.iter().take(HEAD);
    head.take_while(|it| first_section.is_none_or(|start| it.span.start < start)).any(|statement| names(&statement))
}

/// Whether a name is a citation key, as reference managers make them and people name their notes: `smith2020`,
/// `smith_tides_2020`, "Smith et al. 2020 - Tides". A date is none.
pub(super) fn is_citation_key(name: &str, language: Language) -> bool {
    if name.starts_with('@') && name.len() > 1 {
        return true;
    }
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let Some(first) = parts.first().filter(|first| first.starts_with(char::is_alphabetic)) else { return false };
    let family: String = first.chars().take_while(|c| c.is_alphabetic()).collect();
    let is_period = language.is(&family.to_lowercase(), Class::Month);
    let year_at = parts.iter().position(|part| has_year(part));
    let Some(year_at) = year_at.filter(|_| family.chars().count() > 2 && !is_period) else { return false };
    let is_date = parts.get(year_at + 1).is_some_and(|next| next.bytes().all(|byte| byte.is_ascii_digit()));
    let is_author = |part: &&str| {
        part.starts_with(char::is_uppercase) || language.is(&part.to_lowercase(), Class::CoAuthor) || *part == "and"
    };
    let has_spaces = name.contains(' ');
    !is_date && (!has_spaces || year_at > 0 && year_at <= 4 && parts[..year_at].iter().all(is_author))
}

/// Whether a part of a name ends its letters with a year: `2020`, `smith2020`, `smith2020a`, `smith2020tides`.
fn has_year(part: &str) -> bool {
    let digits: String = part.chars().skip_while(|c| c.is_alphabetic()).take_while(char::is_ascii_digit).collect();
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1500..2100).contains(&year))
}

/// Whether a wiki-link leads to a work by its name, although no source or note has it: `[[smith2020]]`.
fn links_a_key(checked: &CheckedNote<'_>, citation: &Citation) -> bool {
    matches!(&citation.target, Target::Wiki { file, .. } if is_citation_key(file, checked.language()))
}

/// Whether the statement has a printed reference: "(Smith, 2019)", "Smith (2019)", "Smith, n.d.", "Smith et al.", `[12]`.
pub(super) fn has_printed_reference(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let text = statement.span.of(checked.page.text());
    let language = checked.language();
    let has_co_author = || {
        let said: Vec<_> = words(text).map(|word| word.span.of(text).to_lowercase()).collect();
        said.windows(2).any(|pair| pair[0] == "et" && pair[1] == "al")
    };
    let in_brackets = |open: char, close: char| {
        text.match_indices(open).filter_map(move |(at, _)| {
            let inside = &text[at + 1..];
            Some((&text[..at], &inside[..inside.find(close)?]))
        })
    };
    let is_reference = |(before, inside): (&str, &str)| {
        let is_year_alone = has_year(inside) && inside.len() <= 5;
        let is_name =
            |word: &str| word.starts_with(char::is_uppercase) && !language.is(&word.to_lowercase(), Class::Month);
        let after_name = || before.trim_end().rsplit(' ').next().is_some_and(is_name);
        is_year_alone && after_name() || is_author_and_year(inside, language)
    };
    let is_number = |(_, inside): (&str, &str)| {
        !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'))
    };
    text.contains("n.d.")
        || in_brackets('(', ')').any(is_reference)
        || in_brackets('[', ']').any(is_number)
        || has_co_author()
}

/// Whether the words in brackets are names, a year and perhaps a page.
fn is_author_and_year(inside: &str, language: Language) -> bool {
    let parts: Vec<_> = words(inside).collect();
    let written = |at: usize| parts[at].span.of(inside);
    let is_fit = |at: usize| {
        let word = written(at);
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || language.is(&parts[at].folded, Class::PointerConnective)
            || language.is(&parts[at].folded, Class::CoAuthor)
            || language.words(List::PageLocator).contains(&&*parts[at].folded)
    };
    let has_name = (0..parts.len()).any(|at| written(at).starts_with(char::is_uppercase));
    let has_a_year = (1..parts.len()).any(|at| has_year(written(at)));
    has_name && has_a_year && (0..parts.len()).all(is_fit)
}

/// Whether the statement is in a list item below one with a link, or in a list that a line with a link introduces.
pub(super) fn is_under_a_link(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    /// How many lines above are looked at.
    const LINES: usize = 60;
    let text = checked.page.text();
    let line = checked.page.lines().line_of(statement.span.start);
    let start = checked.page.lines().start_of(line) as usize;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_item = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['-', '*', '+']) || line.starts_with(|c: char| c.is_ascii_digit())
    };
    let has_link = |line: &str| ["](", "[[", "://", "[@", "[^"].into_iter().any(|mark| line.contains(mark));
    let mut depth = indent(&text[start..]);
    if !is_item(&text[start..]) && depth == 0 {
        return false;
    }
    for line in text[..start].lines().rev().filter(|line| !line.trim().is_empty()).take(LINES) {
        if is_item(line) {
            if indent(line) < depth {
                depth = indent(line);
                if has_link(line) {
                    return true;
                }
            }
        } else if indent(line) <= depth {
            return line.trim_end_matches([' ', '*', '_']).ends_with(':') && has_link(line);
        }
    }
    false
}

/// Whether a chart, a table or a picture stands right above or below the statement's paragraph: it shows what the statement
/// says.
pub(crate) fn is_beside_a_figure(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let text = checked.page.text();
    let shows = |line: Option<&str>| {
        let line = line.unwrap_or_default().trim_start();
        ["![", "|", "```mermaid", "```chart", "<img", "<iframe"].into_iter().any(|mark| line.starts_with(mark))
    };
    let words_in = |line: &&str| !line.trim().is_empty();
    let above = text[..statement.span.start as usize].lines().rev().skip(1).find(words_in);
    let below = text[statement.span.end as usize..].lines().skip(1).find(words_in);
    shows(above) || shows(below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Memo, analysis::support::Basis, fixture::Fixture};

    /// What the last statement of a note with this path is based on.
    fn basis(path: &str, note: &str) -> Basis {
        let fixture = Fixture::new(&format!("//- /sources/page.txt\nWords.\n//- {path}\n{note}\n"));
        let memo = Memo::default();
        let checked = CheckedNote::open(&fixture.snapshot, fixture.file, &memo).expect("it is a note");
        Basis::of(&checked, checked.note.statements.last().expect("a statement"))
    }

    #[test]
    fn a_note_about_one_work_stands_on_it() {
        let claim = "Two thirds of the mills stood still.";
        for path in
            ["/notes/smith2020.md", "/notes/@smith.md", "/notes/Smith et al. 2020 - Mills.md", "/Books/Mills.md"]
        {
            assert_eq!(basis(path, claim), Basis::Work, "{path}");
        }
        for head in ["bibtex_key: x", "isbn: 123", "doi: 10.1/x", "source_url: https://a.org"] {
            assert_eq!(basis("/notes/n.md", &format!("---\n{head}\n---\n{claim}")), Basis::Work, "{head}");
        }
        for head in ["[View paper](https://a.org)", "Source: The Mills, by Ann Smith", "Paper: <https://a.org>"] {
            assert_eq!(basis("/notes/n.md", &format!("# Mills\n\n{head}\n\n{claim}")), Basis::Work, "{head}");
        }
        for path in ["/notes/august-2020.md", "/notes/2020-05-03.md", "/notes/Mills.md", "/notes/log-2020-05-03.md"] {
            assert_eq!(basis(path, claim), Basis::Nothing, "{path}");
        }
    }

    #[test]
    fn a_printed_reference_is_a_citation() {
        for claim in [
            "Two thirds of the mills stood still (Smith, 2019).",
            "Two thirds of the mills stood still (see Smith & Jones 2019, p. 3).",
            "Smith (2019) counted that two thirds stood still.",
            "Two thirds of the mills stood still (Stemmler, n.d.).",
            "Two thirds of the mills stood still, as Smith et al. counted.",
            "Two thirds of the mills stood still [12].",
            "Two thirds of the mills stood still [[Smith2019]].",
        ] {
            assert_eq!(basis("/notes/n.md", claim), Basis::Citation, "{claim}");
        }
        for claim in
            ["Two thirds of the mills (mostly in 1998) stood still.", "In May (2019) two thirds stood still [x]."]
        {
            assert_eq!(basis("/notes/n.md", claim), Basis::Nothing, "{claim}");
        }
    }

    #[test]
    fn an_item_below_a_linked_one_is_cited() {
        let claim = "Two thirds of the mills stood still.";
        for note in [
            format!("- [A survey](https://a.org)\n  - {claim}"),
            format!("- [A survey](https://a.org)\n  - In winter:\n    - {claim}"),
            format!("From [a survey](https://a.org):\n\n- Nothing moved.\n- {claim}"),
        ] {
            assert_eq!(basis("/notes/n.md", &note), Basis::Citation, "{note}");
        }
        for note in
            [format!("- [A survey](https://a.org)\n- {claim}"), format!("See [a survey](https://a.org).\n\n- {claim}")]
        {
            assert_eq!(basis("/notes/n.md", &note), Basis::Nothing, "{note}");
        }
    }
}
