//! `term-contested`

use std::sync::Arc;

use ibid_corpus::{Resolution, Severity, Term};
use ibid_note::{Setting, Statement};
use ibid_text::Span;
use rustc_hash::FxHashSet;

use super::{Code, Context, Finding, Fix, Related, Rule};
use crate::{Place, cite::Style, term::manner};

pub(super) const RULE: Rule = Rule {
    code: Code::TermContested,
    name: "term-contested",
    severity: Severity::Hint,
    summary: "The note leans on a term whose senses disagree, without saying which is meant.",
    documentation: r#"## What it does

Reports the first use of a term to which the corpus gives senses that differ: somebody sets one use of it apart from
another ("in the colloquial sense", "an unusual use of the term"), or the definitions of two people, in so many words,
share next to nothing; of an everyday word only if somebody asks what it means. Pages that do not say who wrote them may
be one person's, and what the notes alone say contests nothing. A note has said which sense it means when the sentence
cites a source that gives one, when the note gives a sense of its own, or when it speaks of the word rather than with it
(in quotation marks).

## Why it matters

Two people who use one word in two senses can agree, or quarrel, without noticing that they speak of different things.
The reader of a note cannot ask back.

## Fires

```
//- /sources/page.txt
A schemer is defined as a model that games its training in order to gain power later.

I think people often use “schemer” in the colloquial sense.
//- /notes/note.md
Most worries about deployment are about schemers.
```

## Does not fire

The sentence says where its sense is from.

```
//- /sources/page.txt
A schemer is defined as a model that games its training in order to gain power later.

I think people often use “schemer” in the colloquial sense.
//- /notes/note.md
Most worries about deployment are about schemers, [as the page has it](../sources/page.txt).
```

The note speaks of the word.

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

/// So many senses are shown, the best of them.
const SENSES: usize = 6;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut settled = mentioned(context);
    for statement in &context.note.statements {
        if matches!(statement.setting, Setting::TableCell | Setting::Footnote) {
            continue;
        }
        for (used, name) in contested_in(context, statement.words.text()).iter() {
            let span = statement.words.to_original(*used);
            if is_quoted(context, span) || !settled.insert(name.clone()) {
                continue;
            }
            let Some(term) = context.snapshot.terms().find(name) else { continue };
            if !gives_sense(context, term) && !cites_sense(context, statement, term) {
                findings.push(finding(context, span, term));
            }
        }
    }
}

/// Where a text uses a contested term, and its name.
fn contested_in(context: &Context<'_>, text: &str) -> Arc<[(Span, String)]> {
    let uses = || {
        let uses = context.snapshot.terms().uses_in(text).into_iter().filter(|used| used.term.contested);
        uses.map(|used| (used.span, used.term.name.clone())).collect()
    };
    context.recall().or_else(|kept| &mut kept.contested, text, uses)
}

/// Contested terms that the note speaks of as words: those it sets in quotation marks.
fn mentioned(context: &Context<'_>) -> FxHashSet<String> {
    let text = context.page.text();
    let in_marks = |used: Span| {
        let before = text[..used.start as usize].chars().next_back();
        let after = text[used.end as usize..].chars().next();
        before.is_some_and(is_mark) && after.is_some_and(is_mark)
    };
    let mut mentioned = FxHashSet::default();
    for span in &context.note.prose {
        let uses = contested_in(context, span.of(text));
        let uses = uses.iter().filter(|(used, _)| in_marks(used.shift(span.start)));
        mentioned.extend(uses.map(|(_, name)| name.clone()));
    }
    mentioned
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '„' | '«' | '»' | '*' | '_')
}

fn is_quoted(context: &Context<'_>, span: Span) -> bool {
    context.note.quotations.iter().any(|quotation| quotation.span.covers(span))
}

/// Whether the note has a sense of its own for the term.
fn gives_sense(context: &Context<'_>, term: &Term) -> bool {
    term.senses.iter().any(|sense| sense.file == context.file.id)
}

/// Whether the statement cites a source that gives a sense of the term.
fn cites_sense(context: &Context<'_>, statement: &Statement, term: &Term) -> bool {
    let cited = statement.citations.iter().filter_map(|&citation| context.resolution(citation));
    cited
        .filter_map(|resolution| match resolution {
            Resolution::Source { file, .. } => Some(*file),
            _ => None,
        })
        .any(|file| term.senses.iter().any(|sense| sense.file == file))
}

fn finding(context: &Context<'_>, span: Span, term: &Arc<Term>) -> Finding {
    let style = Style::of_note(&context.note);
    let mut related = Vec::new();
    let mut fixes = Vec::new();
    for sense in term.senses.iter().take(SENSES) {
        let place = Place { file: sense.file, span: sense.sentence };
        let manner = manner(context.snapshot, sense);
        related.push(Related::at(place, &manner));
        let citation = context.cite(place, style);
        let edit = |citation| (Span::empty(span.end), format!(" {citation}"));
        fixes.extend(citation.map(|citation| Fix {
            title: format!("Say which sense: cite the one {manner}"),
            edits: vec![edit(citation)],
            preferred: false,
        }));
    }
    let message = format!("the senses of “{}” differ, and the note does not say which it means", term.name);
    Finding { related, fixes, ..Finding::new(Code::TermContested, span, message) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::RULE;
    use crate::{diagnostics, fixture::Fixture};

    const PAGE: &str = "//- /sources/page.txt\n\
        A schemer is defined as a model that games its training in order to gain power later.\n\n\
        I think people often use “schemer” in the colloquial sense.\n\
        //- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        let mut findings = diagnostics(&fixture.snapshot, fixture.file);
        findings.retain(|finding| finding.code == RULE.code);
        let mut shown = fixture.underline(&findings);
        if let Some(fix) = findings.first().and_then(|finding| finding.fixes.first()) {
            let mended = fixture.apply(&fix.edits);
            let again = Fixture::new(&format!("{PAGE}{mended}"));
            let left = diagnostics(&again.snapshot, again.file);
            assert!(left.iter().all(|finding| finding.code != RULE.code), "the fix does not mend it:\n{mended}");
            shown.push_str(&mended);
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }

    #[test]
    fn the_first_use_alone_is_reported() {
        check(
            "I worry about schemers. A schemer may wait.\n",
            &expect![[r#"
                I worry about schemers. A schemer may wait.
                              ^^^^^^^^ hint[term-contested]: the senses of “schemer” differ, and the note does not say which it means
                                  sources/page.txt:1:1 "A schemer is defined as a model that games its training in order to gain power later.": stated
                                  sources/page.txt:3:1 "I think people often use “schemer” in the colloquial sense.": set apart from other uses
                                  fix: Say which sense: cite the one stated
                                  fix: Say which sense: cite the one set apart from other uses
                I worry about schemers [page\.txt](../sources/page.txt#L1). A schemer may wait.
            "#]],
        );
    }

    #[test]
    fn a_sense_of_ones_own_settles_it() {
        check("By “schemer” I mean a model that waits. I worry about schemers.\n", &expect![[""]]);
    }

    #[test]
    fn the_sources_words_are_not_the_notes() {
        check("They write that “a schemer is defined as a model that games its training”.\n", &expect![[""]]);
    }
}
