//! `term-contested`

use std::sync::Arc;

use ibid_corpus::{Resolution, Severity, Term};
use ibid_note::{Setting, Statement, Target};
use ibid_text::{Span, letters};
use rustc_hash::FxHashSet;

use super::{Rule, capitalised};
use crate::analysis::{
    checked_note::CheckedNote,
    cite::Style,
    finding::{Code, Finding, Fix, Related},
    place::Place,
    pointer::unwritten,
    term::manner,
};

pub(super) const RULE: Rule = Rule {
    code: Code::TermContested,
    name: "term-contested",
    severity: Severity::Off,
    summary: "The note uses a term with conflicting senses and does not say which it means.",
    documentation: r#"## What it does

Reports the first use of a term with conflicting senses. Senses conflict if somebody contrasts one use with another ("in the
colloquial sense", "an unusual use of the term"), or if two people give explicit definitions that have almost nothing in
common. An everyday word counts only if somebody asks what it means. Sources without an author may be by the same person, so
they do not conflict with each other; senses in notes alone do not conflict either.

Nothing is reported if the sentence cites a source that gives a sense, if the note defines the term itself, if the term is in
quotation marks, so that the note is about the word, or if the workspace has a page or note of that name, where the sense can be
looked up.

It is off by default: on the notes of strangers, one in three findings was of use.

## Why it matters

People who use a word in different senses can agree or disagree without noticing that they mean different things. The reader
of a note cannot ask.

## Fires

```
//- /sources/page.txt
A schemer is defined as a model that games its training in order to gain power later.

I think people often use “schemer” in the colloquial sense.
//- /notes/note.md
Most worries about deployment are about schemers.
```

## Does not fire

The sentence cites the source of its sense.

```
//- /sources/page.txt
A schemer is defined as a model that games its training in order to gain power later.

I think people often use “schemer” in the colloquial sense.
//- /notes/note.md
Most worries about deployment are about schemers, [as the page has it](../sources/page.txt).
```

The note is about the word.

```
//- /sources/page.txt
A schemer is defined as a model that games its training in order to gain power later.

I think people often use “schemer” in the colloquial sense.
//- /notes/note.md
The word “schemer” is used loosely. Most worries are about schemers.
```
"#,
    check,
};

/// The most senses that are shown.
const SENSES: usize = 6;

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    let mut settled = mentioned(checked);
    for statement in &checked.note.statements {
        if matches!(statement.setting, Setting::TableCell | Setting::Footnote) {
            continue;
        }
        for (used, name) in contested_in(checked, statement.words.text()).iter() {
            let span = statement.words.to_original(*used);
            if is_quoted(checked, span) || !settled.insert(name.clone()) {
                continue;
            }
            let Some(term) = checked.snapshot.terms().find(name) else { continue };
            let is_settled = gives_sense(checked, term) || has_a_page(checked, name);
            if !is_settled && !cites_sense(checked, statement, term) {
                findings.push(finding(checked, span, term));
            }
        }
    }
}

/// The uses of contested terms in a text, with the names of the terms.
fn contested_in(checked: &CheckedNote<'_>, text: &str) -> Arc<[(Span, String)]> {
    let uses = || {
        let uses = checked.snapshot.terms().uses_in(text).into_iter().filter(|used| used.term.contested);
        uses.map(|used| (used.span, used.term.name.clone())).collect()
    };
    checked.memo.get_or(|kept| &mut kept.contested, text, uses)
}

/// Contested terms that the note has in quotation marks somewhere.
fn mentioned(checked: &CheckedNote<'_>) -> FxHashSet<String> {
    let text = checked.page.text();
    let in_marks = |used: Span| {
        let before = text[..used.start as usize].chars().next_back();
        let after = text[used.end as usize..].chars().next();
        before.is_some_and(is_mark) && after.is_some_and(is_mark)
    };
    let mut mentioned = FxHashSet::default();
    for span in &checked.note.prose {
        let uses = contested_in(checked, span.of(text));
        let uses = uses.iter().filter(|(used, _)| in_marks(used.shift(span.start)));
        mentioned.extend(uses.map(|(_, name)| name.clone()));
    }
    mentioned
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '„' | '«' | '»' | '*' | '_')
}

fn is_quoted(checked: &CheckedNote<'_>, span: Span) -> bool {
    checked.note.quotations.iter().any(|quotation| quotation.span.covers(span))
}

/// Whether the note itself gives a sense of the term.
fn gives_sense(checked: &CheckedNote<'_>, term: &Term) -> bool {
    term.senses.iter().any(|sense| sense.file == checked.file.id)
}

/// Whether a wiki-link by the term's name would lead somewhere: the workspace has a page on it.
fn has_a_page(checked: &CheckedNote<'_>, name: &str) -> bool {
    let link = unwritten(Target::Wiki { file: name.to_owned(), fragment: None });
    let is_titled = |title: &String| letters(title).eq(letters(name));
    let is_this = checked.note.front_matter.iter().any(|front| front.title.iter().any(is_titled));
    let found = checked.snapshot.resolve(checked.file.id, &link);
    is_this || letters(checked.file.stem()).eq(letters(name)) || found != Resolution::NoCitation
}

/// Whether the statement cites a source that gives a sense of the term.
fn cites_sense(checked: &CheckedNote<'_>, statement: &Statement, term: &Term) -> bool {
    let cited = statement.citations.iter().filter_map(|&citation| checked.resolution(citation));
    cited
        .filter_map(|resolution| match resolution {
            Resolution::Source { file, .. } => Some(*file),
            _ => None,
        })
        .any(|file| term.senses.iter().any(|sense| sense.file == file))
}

fn finding(checked: &CheckedNote<'_>, span: Span, term: &Arc<Term>) -> Finding {
    let style = Style::of_note(&checked.note);
    let mut related = Vec::new();
    let mut fixes = Vec::new();
    for sense in term.senses.iter().take(SENSES) {
        let place = Place { file: sense.file, span: sense.sentence };
        let manner = manner(checked.snapshot, sense);
        related.push(Related::at(place, &capitalised(&manner)));
        let citation = checked.cite(place, style);
        let edit = |citation| (Span::empty(span.end), format!(" {citation}"));
        fixes.extend(citation.map(|citation| Fix {
            title: format!("Cite this sense: {manner}"),
            edits: vec![edit(citation)],
            preferred: false,
        }));
    }
    let message =
        format!("Contested term: “{}” has conflicting senses, and the note does not say which it means", term.name);
    Finding { related, fixes, ..Finding::new(Code::TermContested, span, message) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{super::examples, RULE};
    use crate::fixture::Fixture;

    const PAGE: &str = "//- /sources/page.txt\n\
        A schemer is defined as a model that games its training in order to gain power later.\n\n\
        I think people often use “schemer” in the colloquial sense.\n\
        //- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        let findings = examples::run(&RULE, &fixture);
        let mut shown = fixture.underline(&findings);
        if let Some(fix) = findings.first().and_then(|finding| finding.fixes.first()) {
            let fixed = fixture.apply(&fix.edits);
            let again = Fixture::new(&format!("{PAGE}{fixed}"));
            assert!(examples::run(&RULE, &again).is_empty(), "the fix does not resolve it:\n{fixed}");
            shown.push_str(&fixed);
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn the_documentation_is_true() {
        examples::check(&RULE);
    }

    #[test]
    fn only_the_first_use_is_reported() {
        check(
            "I worry about schemers. A schemer may wait.\n",
            &expect![[r#"
                I worry about schemers. A schemer may wait.
                              ^^^^^^^^ hint[term-contested]: Contested term: “schemer” has conflicting senses, and the note does not say which it means
                                  sources/page.txt:1:1 "A schemer is defined as a model that games its training in order to gain power later.": Stated
                                  sources/page.txt:3:1 "I think people often use “schemer” in the colloquial sense.": Contrasted with other uses
                                  fix: Cite this sense: stated
                                  fix: Cite this sense: contrasted with other uses
                I worry about schemers [page\.txt](../sources/page.txt#L1). A schemer may wait.
            "#]],
        );
    }

    #[test]
    fn a_page_of_that_name_settles_it() {
        let page = PAGE.replace("//- /notes/note.md", "//- /notes/Schemer.md\nSee elsewhere.\n//- /notes/note.md");
        let fixture = Fixture::new(&format!("{page}I worry about schemers.\n"));
        assert_eq!(examples::run(&RULE, &fixture), []);
    }

    #[test]
    fn the_notes_own_sense_settles_it() {
        check("By “schemer” I mean a model that waits. I worry about schemers.\n", &expect![[""]]);
    }

    #[test]
    fn the_sources_words_are_not_the_notes() {
        check("They write that “a schemer is defined as a model that games its training”.\n", &expect![[""]]);
    }
}
