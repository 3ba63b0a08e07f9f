//! Candidates for quotations.

use ibid_text::{Mapped, Span};
use serde::{Deserialize, Serialize};

use crate::{
    Citation,
    attribution::{self, BlockReading},
    marks::Pair,
    page::{BlockQuote, Kind, holds_foreign_words},
    pointers::Running,
    sentence::Sentence,
};

/// Words that a note may be repeating from a source.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Quotation {
    /// The whole of it: the blockquote, or the words with their marks.
    pub span: Span,
    /// The words alone, without quotation marks, `> ` and Markdown; original offsets are the note's.
    pub words: Mapped,
    /// Block or inline.
    pub form: Form,
    /// What the note says of where the words are from.
    pub attribution: Attribution,
}

/// How a quotation is set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Form {
    /// A blockquote.
    Block,
    /// Text in paired marks.
    Inline,
    /// Text in paired marks inside another quotation.
    Nested,
}

/// What stands around a quotation and says whose words they are. Empty means unattributed.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Attribution {
    /// Indices into [`crate::Note::citations`]: those of its sentence, or of the attribution line after a block.
    pub citations: Vec<u32>,
    /// Names a reporting frame gives ("X writes:", "according to X", "(X, 2023)"), as spans of the note.
    pub names: Vec<Span>,
    /// A reporting frame is there even if it names nobody we can read ("the post says").
    pub reported: bool,
}

impl Attribution {
    /// Whether the note presents the words as somebody's.
    pub fn is_attributed(&self) -> bool {
        self.reported || !self.citations.is_empty() || !self.names.is_empty()
    }
}

/// Everything that is known of a block when its quotations are gathered.
pub(crate) struct Reading {
    pub(crate) run: Running,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) sentences: Vec<Sentence>,
}

/// Blockquotes inside more of their kind are read as part of the outer ones only.
const DEEPEST: u32 = 8;

/// All candidates of a note, in order; a nested one follows its host.
pub(crate) fn gather(readings: &[Reading], quotes: &[BlockQuote], citations: &[Citation]) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (number, quote) in quotes.iter().enumerate() {
        if quote.callout.is_none() && quote.depth <= DEEPEST {
            found.extend(block(readings, quotes, number as u32, citations));
        }
    }
    for at in 0..readings.len() {
        inline(readings, at, quotes, citations, &mut found);
    }
    found.sort_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
    // A blockquote whose words stand in quotation marks is one quotation, not two.
    found.dedup_by(|inner, outer| inner.form == Form::Nested && inner.words == outer.words);
    found
}

/// The words of a blockquote and who is said to have written them.
fn block(readings: &[Reading], quotes: &[BlockQuote], number: u32, citations: &[Citation]) -> Option<Quotation> {
    let quote = &quotes[number as usize];
    let first = readings.partition_point(|reading| reading.run.block < quote.blocks.0);
    let last = readings.partition_point(|reading| reading.run.block < quote.blocks.1);
    let inside = &readings[first..last];
    let BlockReading { kept, attribution } = attribution::of_block(readings, first..last, quote, citations);
    let mut words = Mapped::default();
    for (reading, kept) in inside.iter().zip(kept) {
        let kept = trimmed(reading.run.said.text(), kept);
        if kept.is_empty() || reading.run.inline_note {
            continue;
        }
        if !words.text().is_empty() {
            words.push("\n", Span::empty(reading.run.said.to_original(kept).start));
        }
        words.push_part(&reading.run.said, kept);
    }
    let words = without_marks(words);
    if words.text().trim().is_empty() {
        return None;
    }
    Some(Quotation { span: quote.span, words, form: Form::Block, attribution })
}

/// Takes off the marks around words that stand in quotation marks as a whole.
fn without_marks(words: Mapped) -> Mapped {
    let text = words.text();
    let len = text.len() as u32;
    let whole = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('「', '」')].into_iter().find(|(open, close)| {
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
fn inline(readings: &[Reading], at: usize, quotes: &[BlockQuote], citations: &[Citation], found: &mut Vec<Quotation>) {
    let Reading { run, pairs, .. } = &readings[at];
    if !matches!(run.kind, Kind::Prose(_) | Kind::Definition) {
        return;
    }
    let in_quote = run.quote.is_some_and(|quote| holds_foreign_words(quotes, quote));
    // Where the outermost quotation that is open ends.
    let mut host_to = 0;
    for (number, pair) in pairs.iter().enumerate() {
        let nested = in_quote || pair.outer.start < host_to;
        if continues_from_above(readings, at, pair) {
            continue;
        }
        let (words, end) = if pair.open {
            match continued(readings, at, pair) {
                Some(whole) => whole,
                None => continue,
            }
        } else {
            let mut words = Mapped::default();
            words.push_part(&run.said, trimmed(run.said.text(), pair.inner));
            (words, run.said.to_original(pair.outer).end)
        };
        if words.text().is_empty() {
            continue;
        }
        let attribution = if nested {
            Attribution::default()
        } else {
            attribution::of_inline(&readings[at], number, host_to, citations)
        };
        if pair.single && !nested && attribution.citations.is_empty() {
            continue;
        }
        if !nested {
            host_to = pair.outer.end;
        }
        let start = run.said.to_original(pair.outer).start;
        let form = if nested { Form::Nested } else { Form::Inline };
        found.push(Quotation { span: Span::new(start, end.max(start)), words, form, attribution });
    }
}

/// The words of a quotation that runs on over paragraphs, each of which repeats the opening mark, and where it ends.
fn continued(readings: &[Reading], at: usize, opening: &Pair) -> Option<(Mapped, u32)> {
    let mut words = Mapped::default();
    words.push_part(&readings[at].run.said, opening.inner);
    for next in at + 1..readings.len() {
        let pair = continuation(readings, next)?;
        let run = &readings[next].run;
        words.push("\n", Span::empty(run.said.to_original(pair.inner).start));
        words.push_part(&run.said, trimmed(run.said.text(), pair.inner));
        if !pair.open {
            return Some((words, run.said.to_original(pair.outer).end));
        }
    }
    None
}

/// The pair with which the block `at` takes up a quotation left open by the block before it.
fn continuation(readings: &[Reading], at: usize) -> Option<&Pair> {
    let (before, here) = (&readings[at.checked_sub(1)?], &readings[at]);
    let same_place = before.run.kind == here.run.kind && before.run.quote == here.run.quote;
    let open = before.pairs.iter().find(|pair| pair.open)?;
    let pair = here.pairs.first().filter(|pair| pair.outer.start == 0 && same_place)?;
    let mark = |reading: &Reading, pair: &Pair| pair.outer.of(reading.run.said.text()).chars().next();
    (mark(before, open) == mark(here, pair)).then_some(pair)
}

fn continues_from_above(readings: &[Reading], at: usize, pair: &Pair) -> bool {
    pair.outer.start == 0 && continuation(readings, at).is_some_and(|taken| taken == pair)
}
