//! Candidates for quotations.

use ibid_text::{Mapped, Span};
use serde::{Deserialize, Serialize};

use crate::{
    Citation,
    attribution::{self, QuotedBlock, is_callout_title},
    markdown::{BlockKind, BlockQuote, repeats_somebody},
    marks::Pair,
    pointers::Run,
    sentence::Sentence,
};

/// A candidate for a quotation: text that a note may repeat from a source.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Quotation {
    /// The blockquote, or the text with its marks.
    pub span: Span,
    /// The text without quotation marks, `> ` and Markdown; original offsets are the note's.
    pub words: Mapped,
    /// Block or inline.
    pub form: Form,
    /// Where the words are from, according to the note.
    pub attribution: Attribution,
}

/// How a quotation is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Form {
    /// A blockquote.
    Block,
    /// A callout for quotations, `> [!quote]`. Many hold a summary of the work they name, so less is expected of their words.
    Callout,
    /// Text in paired marks.
    Inline,
    /// Text in paired marks inside another quotation.
    Nested,
}

/// The citations and the reporting frame around a quotation. Without either the quotation is unattributed.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Attribution {
    /// Indices into [`crate::Note::citations`]: those of its sentence, or of the attribution line after a block.
    pub citations: Vec<u32>,
    /// Names a reporting frame gives ("X writes:", "according to X", "(X, 2023)"), as spans of the note.
    pub names: Vec<Span>,
    /// Whether there is a reporting frame, even one without a name ("the post says").
    pub reported: bool,
}

impl Attribution {
    /// Whether the note attributes the words to somebody.
    pub fn is_attributed(&self) -> bool {
        self.reported || !self.citations.is_empty() || !self.names.is_empty()
    }
}

/// A block of visible text with its pairs of quotation marks and its sentences.
pub(crate) struct ParsedBlock {
    pub(crate) run: Run,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) sentences: Vec<Sentence>,
}

/// Blockquotes that are nested deeper are read as part of the outer ones only.
const DEEPEST: u32 = 8;

/// The marks that can be around a whole blockquote.
const WHOLE: [(char, char); 9] =
    [('"', '"'), ('“', '”'), ('„', '“'), ('„', '”'), ('”', '”'), ('«', '»'), ('»', '«'), ('「', '」'), ('『', '』')];

/// All candidates of a note, in order; a nested one follows its host.
pub(crate) fn gather(blocks: &[ParsedBlock], quotes: &[BlockQuote], citations: &[Citation]) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (number, quote) in quotes.iter().enumerate() {
        if quote.is_quoting() && quote.depth <= DEEPEST {
            found.extend(block(blocks, quotes, number as u32, citations));
        }
    }
    for at in 0..blocks.len() {
        inline(blocks, at, quotes, citations, &mut found);
    }
    found.sort_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
    // A blockquote whose text is in quotation marks is one quotation, not two.
    found.dedup_by(|inner, outer| inner.form == Form::Nested && inner.words == outer.words);
    found
}

/// The quotation that a blockquote is; `None` if nothing in it is quoted.
fn block(blocks: &[ParsedBlock], quotes: &[BlockQuote], number: u32, citations: &[Citation]) -> Option<Quotation> {
    let quote = &quotes[number as usize];
    let first = blocks.partition_point(|block| block.run.number < quote.blocks.0);
    let last = blocks.partition_point(|block| block.run.number < quote.blocks.1);
    let inside = &blocks[first..last];
    let QuotedBlock { kept, attribution } = attribution::of_block(blocks, first..last, quote, citations);
    let mut words = Mapped::default();
    let answers = |block: &ParsedBlock| block.run.quote.is_some_and(|quote| is_in_reply(quotes, quote, number));
    // An answer between the words may be the source's.
    let own_end = inside.iter().zip(&kept).rposition(|(block, kept)| !kept.is_empty() && !answers(block));
    for (at, (block, kept)) in inside.iter().zip(kept).enumerate() {
        let kept = trimmed(block.run.text.text(), kept);
        if kept.is_empty() || block.run.inline_note || own_end.is_some_and(|end| at > end) {
            continue;
        }
        if !words.text().is_empty() {
            words.push("\n", Span::empty(block.run.text.to_original(kept).start));
        }
        words.push_part(&block.run.text, kept);
    }
    let words = without_marks(words);
    if words.text().trim().is_empty() {
        return None;
    }
    let form = if quote.callout.is_some() { Form::Callout } else { Form::Block };
    Some(Quotation { span: quote.span, words, form, attribution })
}

/// Whether a blockquote is, or is within, an answer to the blockquote `outer`.
fn is_in_reply(quotes: &[BlockQuote], innermost: u32, outer: u32) -> bool {
    let mut at = innermost;
    while at != outer {
        let quote = &quotes[at as usize];
        if quote.is_reply {
            return true;
        }
        let Some(parent) = quote.parent else { return false };
        at = parent;
    }
    false
}

/// Removes the quotation marks around the whole text, if there are any.
fn without_marks(words: Mapped) -> Mapped {
    let text = words.text();
    let len = text.len() as u32;
    let whole = WHOLE.into_iter().find(|(open, close)| {
        let inside = text.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        inside.is_some_and(|inside| !inside.contains([*open, *close]))
    });
    let Some((open, close)) = whole else { return words };
    let mut bare = Mapped::default();
    bare.push_part(&words, Span::new(open.len_utf8() as u32, len - close.len_utf8() as u32));
    bare
}

fn trimmed(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let start = span.start + (part.len() - part.trim_start().len()) as u32;
    Span::new(start, start + part.trim().len() as u32)
}

/// The quotations that begin in the block `at`.
fn inline(
    blocks: &[ParsedBlock],
    at: usize,
    quotes: &[BlockQuote],
    citations: &[Citation],
    found: &mut Vec<Quotation>,
) {
    let ParsedBlock { run, pairs, .. } = &blocks[at];
    let of_callout = run.quote.map(|quote| &quotes[quote as usize]);
    let titles_quotation = of_callout.is_some_and(|quote| quote.is_quoting() && is_callout_title(run, quote));
    if !titles_quotation && !matches!(run.kind, BlockKind::Prose(_) | BlockKind::Definition) {
        return;
    }
    let in_quote = !titles_quotation && run.quote.is_some_and(|quote| repeats_somebody(quotes, quote));
    // The end of the outermost quotation that is open.
    let mut host_to = 0;
    for (number, pair) in pairs.iter().enumerate() {
        let nested = in_quote || pair.outer.start < host_to;
        if continues_from_above(blocks, at, pair) {
            continue;
        }
        let (words, end) = if pair.open {
            match continued(blocks, at, pair) {
                Some(whole) => whole,
                None => continue,
            }
        } else {
            let mut words = Mapped::default();
            words.push_part(&run.text, trimmed(run.text.text(), pair.inner));
            (words, run.text.to_original(pair.outer).end)
        };
        if words.text().is_empty() {
            continue;
        }
        let attribution = if nested {
            Attribution::default()
        } else {
            attribution::of_inline(&blocks[at], number, host_to, citations)
        };
        if pair.single && !nested && attribution.citations.is_empty() {
            continue;
        }
        if !nested {
            host_to = pair.outer.end;
        }
        let start = run.text.to_original(pair.outer).start;
        let form = if nested { Form::Nested } else { Form::Inline };
        found.push(Quotation { span: Span::new(start, end.max(start)), words, form, attribution });
    }
}

/// The text of a quotation of several paragraphs, each of which repeats the opening mark, and its end.
fn continued(blocks: &[ParsedBlock], at: usize, opening: &Pair) -> Option<(Mapped, u32)> {
    let mut words = Mapped::default();
    words.push_part(&blocks[at].run.text, opening.inner);
    for next in at + 1..blocks.len() {
        let pair = continuation(blocks, next)?;
        let run = &blocks[next].run;
        words.push("\n", Span::empty(run.text.to_original(pair.inner).start));
        words.push_part(&run.text, trimmed(run.text.text(), pair.inner));
        if !pair.open {
            return Some((words, run.text.to_original(pair.outer).end));
        }
    }
    None
}

/// The pair by which the block `at` continues a quotation that the block before it leaves open.
fn continuation(blocks: &[ParsedBlock], at: usize) -> Option<&Pair> {
    let (before, here) = (&blocks[at.checked_sub(1)?], &blocks[at]);
    let same_place = before.run.kind == here.run.kind && before.run.quote == here.run.quote;
    let open = before.pairs.iter().find(|pair| pair.open)?;
    let pair = here.pairs.first().filter(|pair| pair.outer.start == 0 && same_place)?;
    let mark = |block: &ParsedBlock, pair: &Pair| pair.outer.of(block.run.text.text()).chars().next();
    (mark(before, open) == mark(here, pair)).then_some(pair)
}

fn continues_from_above(blocks: &[ParsedBlock], at: usize, pair: &Pair) -> bool {
    pair.outer.start == 0 && continuation(blocks, at).is_some_and(|taken| taken == pair)
}
