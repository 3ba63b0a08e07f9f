//! A block's sentences, with the citations that belong to each.

use ibid_text::{Span, sentences};

use crate::{marks::Pair, pointers::Run};

/// One sentence of a block.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// In the visible text of the block.
    pub(crate) text_span: Span,
    /// In the note, its pointers included.
    pub(crate) span: Span,
    /// Indices of its citations.
    pub(crate) citations: Vec<u32>,
}

/// Splits a block into sentences. A quotation of several sentences belongs to the sentence that quotes it, and code is not
/// split.
pub(crate) fn split(run: &Run, pairs: &[Pair]) -> Vec<Sentence> {
    let text = run.text.text();
    let mut split: Vec<Sentence> = Vec::new();
    let quotations = pairs.iter().filter(|pair| !pair.single && !pair.open).map(|pair| pair.outer);
    let mut unsplit: Vec<Span> = quotations.chain(run.opaque.iter().copied()).collect();
    unsplit.sort_unstable();
    let mut unsplit = unsplit.into_iter().peekable();
    // The sentence being read cannot end before this.
    let mut unsplit_to = 0;
    for text_span in split_at_pointers(run, sentences(text, run.language.abbreviations())) {
        let span = run.text.to_original(text_span);
        let joins = split.last().is_some_and(|last| {
            // Text that maps back to one piece of the note cannot be two sentences.
            let one_piece = span.start < last.span.end;
            one_piece
                || text_span.start < unsplit_to
                || continues(Span::new(last.text_span.start, text_span.start).of(text), text_span.of(text))
        });
        match split.last_mut() {
            Some(last) if joins => (last.text_span.end, last.span.end) = (text_span.end, span.end),
            _ => split.push(Sentence { text_span, span, citations: Vec::new() }),
        }
        while let Some(whole) = unsplit.next_if(|whole| whole.start < text_span.end) {
            unsplit_to = whole.end.max(unsplit_to);
        }
    }
    attach(&mut split, &run.citations);
    split
}

/// Splits sentences where a pointer opens the next one: `It holds. @doe says more.` UAX 29 sees a lower-case letter.
fn split_at_pointers(run: &Run, whole: Vec<Span>) -> Vec<Span> {
    let text = run.text.text();
    let opens = |&plain: &u32| {
        let before = text[..plain as usize].trim_end();
        let word = before.strip_suffix(['.', '!', '?']).unwrap_or_default();
        // A shorter word before a full stop may be an abbreviation.
        before.len() < plain as usize && word.chars().rev().take_while(|c| c.is_alphanumeric()).count() >= 4
    };
    let starts = run.citations.iter().filter_map(|(_, _, anchor)| run.text.to_plain(*anchor)).filter(opens);
    let mut starts = starts.peekable();
    let mut split = Vec::with_capacity(whole.len());
    for mut sentence in whole {
        while let Some(start) = starts.next_if(|&start| start < sentence.end) {
            let first = Span::new(sentence.start, start.max(sentence.start));
            let words = first.of(text).trim_end();
            if !words.is_empty() {
                split.push(Span::new(first.start, first.start + words.len() as u32));
                sentence.start = start;
            }
        }
        split.push(sentence);
    }
    split
}

/// Whether what looks like a new sentence continues the one before: `“Why?” he asks.`
fn continues(before: &str, next: &str) -> bool {
    before.trim_end().ends_with(['”', '"', '»', '’', '\'']) && next.starts_with(char::is_lowercase)
}

/// Adds each citation to the sentence that contains it or ends before it.
fn attach(sentences: &mut [Sentence], citations: &[(u32, Span, u32)]) {
    let starts: Vec<u32> = sentences.iter().map(|sentence| sentence.span.start).collect();
    for &(index, span, anchor) in citations {
        let at = starts.partition_point(|&start| start <= anchor).saturating_sub(1);
        let Some(sentence) = sentences.get_mut(at) else { return };
        sentence.citations.push(index);
        sentence.span = sentence.span.cover(span);
    }
    for at in 1..sentences.len() {
        let next = sentences[at].span.start;
        let last = &mut sentences[at - 1].span;
        last.end = last.end.min(next).max(last.start);
    }
}
