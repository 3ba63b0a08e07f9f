//! Semantic tokens of a note: quotations with their verdicts, citations, terms at their first use, and the hedges in the
//! writer's own sentences.

use std::sync::Arc;

use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_evidence::Verdict;
use ibid_note::{Form, Quotation, Statement};
use ibid_text::Span;
use rustc_hash::FxHashSet;

use crate::analysis::{
    checked_note::CheckedNote,
    hedges::hedging_words,
    judged::{Judged, UncheckedReason},
    memo::Memo,
};

/// Highlighted words of a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// The words, within one line.
    pub span: Span,
    /// What they are.
    pub kind: TokenKind,
    /// Their status.
    pub status: TokenStatus,
}

/// The kind of a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// A source's words.
    Quotation,
    /// A pointer to a source.
    Citation,
    /// A term, where the note uses it first.
    Term,
    /// Words that lower a sentence's certainty.
    Hedge,
}

/// The status of a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenStatus {
    /// Nothing special.
    Plain,
    /// A quotation that was found in a source.
    Verified,
    /// A quotation whose words were found, but not its speaker as the note names them.
    Unconfirmed,
    /// A quotation that is reported: altered, misattributed, not found.
    Faulty,
    /// A quotation that could not be judged, a citation that leads nowhere, a term whose senses differ.
    Open,
}

/// The tokens of a note, in order and disjoint; empty if the file is not a note. `memo` is that of the file.
pub fn semantic_tokens(snapshot: &Snapshot, file: FileId, memo: &Memo) -> Vec<Token> {
    let Some(checked) = CheckedNote::open(snapshot, file, memo) else { return Vec::new() };
    let mut tokens = citations(&checked);
    for more in [quotations(&checked), terms(&checked), hedges(&checked)] {
        // Earlier tokens take precedence: a citation among quoted words, a term in a hedge.
        let held: Vec<Span> = tokens.iter().map(|token| token.span).collect();
        tokens.extend(more.into_iter().flat_map(|token| without(token, &held)));
        tokens.sort_by_key(|token| token.span);
    }
    let text = checked.page.text();
    tokens.into_iter().flat_map(|token| by_line(token, text)).collect()
}

fn citations(checked: &CheckedNote<'_>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (citation, resolution) in checked.citations_with_places() {
        let status = match *resolution {
            Resolution::Source { .. } | Resolution::NotHeld => TokenStatus::Plain,
            Resolution::Several(_) | Resolution::Dead { .. } => TokenStatus::Open,
            Resolution::Note { .. } | Resolution::NoCitation => continue,
        };
        // A footnote that cites several works has one mark.
        if tokens.last().is_none_or(|last| last.span.end <= citation.span.start) {
            tokens.push(Token { span: citation.span, kind: TokenKind::Citation, status });
        }
    }
    tokens
}

fn quotations(checked: &CheckedNote<'_>) -> Vec<Token> {
    let outermost = checked.quotations_where(|quotation| quotation.form != Form::Nested);
    let token = |(quotation, judged): (&Quotation, &Arc<Judged>)| {
        let status = match judged.verdict {
            Verdict::Altered | Verdict::Misattributed | Verdict::NotFound => TokenStatus::Faulty,
            // Words that are attributed to nobody and found nowhere are the writer's own.
            Verdict::Unchecked if is_own(judged) => return None,
            Verdict::Unchecked => TokenStatus::Open,
            _ if judged.is_voice_open() => TokenStatus::Unconfirmed,
            _ => TokenStatus::Verified,
        };
        Some(Token { span: quotation.span, kind: TokenKind::Quotation, status })
    };
    outermost.filter_map(token).collect()
}

fn is_own(judged: &Judged) -> bool {
    judged.best().is_none()
        && matches!(judged.unchecked_reason, Some(UncheckedReason::TooShort | UncheckedReason::Unattributed))
}

/// Defined terms, each at its first use outside of quotations.
fn terms(checked: &CheckedNote<'_>) -> Vec<Token> {
    let text = checked.page.text();
    let quoted: Vec<Span> = checked.note.quotations.iter().map(|quotation| quotation.span).collect();
    let mut seen = FxHashSet::default();
    let mut tokens = Vec::new();
    for prose in &checked.note.prose {
        for used in checked.snapshot.terms().uses_in(prose.of(text)) {
            let span = used.span.shift(prose.start);
            let is_own_word = !quoted.iter().any(|quotation| quotation.overlaps(span));
            if is_own_word && !used.term.senses.is_empty() && seen.insert(used.term.name.clone()) {
                let status = if used.term.contested { TokenStatus::Open } else { TokenStatus::Plain };
                tokens.push(Token { span, kind: TokenKind::Term, status });
            }
        }
    }
    tokens
}

fn hedges(checked: &CheckedNote<'_>) -> Vec<Token> {
    let quoted = |span: Span| checked.note.quotations.iter().any(|quotation| quotation.span.overlaps(span));
    let of_statement = |statement: &Statement| {
        let hedges = hedging_words(statement.words.text(), checked.language());
        hedges.into_iter().map(|hedge| statement.words.to_original(hedge)).collect::<Vec<_>>()
    };
    let spans = checked.note.statements.iter().flat_map(of_statement).filter(|&span| !quoted(span));
    spans.map(|span| Token { span, kind: TokenKind::Hedge, status: TokenStatus::Plain }).collect()
}

/// The parts of a token outside of `spans`, which are ascending and disjoint.
fn without(token: Token, spans: &[Span]) -> Vec<Token> {
    let mut left = Vec::new();
    let mut start = token.span.start;
    let first = spans.partition_point(|span| span.end <= token.span.start);
    for span in spans[first..].iter().take_while(|span| span.start < token.span.end) {
        left.push(Span::new(start, span.start.max(start)));
        start = span.end.max(start);
    }
    left.push(Span::new(start, token.span.end.max(start)));
    left.into_iter().filter(|span| !span.is_empty()).map(|span| Token { span, ..token }).collect()
}

/// A token split into lines, without block quotation marks and white space at their ends.
fn by_line(token: Token, text: &str) -> Vec<Token> {
    let mut lines = Vec::new();
    let mut start = token.span.start as usize;
    for line in token.span.of(text).split_inclusive('\n') {
        let words = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let from = start + line.len() - words.len();
        let words = words.trim_end();
        if words.contains(char::is_alphanumeric) {
            lines.push(Token { span: Span::from(from..from + words.len()), ..token });
        }
        start += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use crate::{Memo, fixture::Fixture, semantic_tokens};

    const SOURCES: &str = "//- /sources/page.md\n---\nid: page\nauthor: Ada First\n---\n\n\
        A schemer is defined as a model that games its training in order to gain power later.\n\n\
        I think clarity is often very important for deciding.\n//- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{SOURCES}{note}"));
        let page = fixture.page();
        let mut shown = String::new();
        let tokens = semantic_tokens(&fixture.snapshot, fixture.file, &Memo::default());
        for token in &tokens {
            let _ = writeln!(shown, "{:?} {:?} {:?}", token.kind, token.status, token.span.of(page.text()));
        }
        assert!(tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{tokens:?}");
        expect.assert_eq(&shown);
    }

    #[test]
    fn quotations_are_verified_or_faulty() {
        check(
            "“I think clarity is often very important” [@page], “I think clarity is always very important” [@page].\n",
            &expect![[r#"
                Quotation Verified "“I think clarity is often very important”"
                Citation Plain "[@page]"
                Quotation Faulty "“I think clarity is always very important”"
                Citation Plain "[@page]"
            "#]],
        );
        check(
            "> I think clarity is\n> often very important\n>\n> — [@page]\n",
            &expect![[r#"
                Quotation Verified "I think clarity is"
                Quotation Verified "often very important"
                Citation Plain "[@page]"
            "#]],
        );
        check("Ada First says “nothing that was ever said in any of it”, and “so”.\n", &expect![""]);
    }

    #[test]
    fn a_term_is_marked_where_it_is_used_first() {
        check(
            "A schemer may wait. Schemers perhaps wait.\n",
            &expect![[r#"
            Term Plain "schemer"
            Hedge Plain "may"
            Hedge Plain "perhaps"
        "#]],
        );
        check("```\nschemer\n```\n", &expect![[""]]);
    }

    #[test]
    fn a_citation_that_leads_nowhere_is_open() {
        check(
            "So it is [@page; @nobody], see [it](../sources/gone.md).\n",
            &expect![[r#"
            Citation Plain "@page"
            Citation Open "@nobody"
            Citation Open "[it](../sources/gone.md)"
        "#]],
        );
    }
}
