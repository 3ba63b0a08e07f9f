//! A block's sentences, with the citations that belong to each.

use ibid_text::{Span, sentences};

use crate::{marks::Pair, pointers::Running};

/// One sentence of a block.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// Within the block's words.
    pub(crate) said: Span,
    /// Within the note, its pointers included.
    pub(crate) span: Span,
    /// Indices of its citations.
    pub(crate) citations: Vec<u32>,
}

/// Splits a block. A quotation of several sentences stays with the sentence that quotes it, and code stays whole.
pub(crate) fn split(run: &Running, pairs: &[Pair]) -> Vec<Sentence> {
    let text = run.said.text();
    let mut split: Vec<Sentence> = Vec::new();
    let quotations = pairs.iter().filter(|pair| !pair.single && !pair.open).map(|pair| pair.outer);
    let mut wholes: Vec<Span> = quotations.chain(run.opaque.iter().copied()).collect();
    wholes.sort_unstable();
    let mut wholes = wholes.into_iter().peekable();
    // Up to here the sentence being read cannot end.
    let mut whole_to = 0;
    for said in parted_at_pointers(run, sentences(text)) {
        let span = run.said.to_original(said);
        let joins = split.last().is_some_and(|last| {
            // What maps back as one piece cannot be two sentences.
            let one_piece = span.start < last.span.end;
            one_piece
                || said.start < whole_to
                || goes_on(Span::new(last.said.start, said.start).of(text), said.of(text))
        });
        match split.last_mut() {
            Some(last) if joins => (last.said.end, last.span.end) = (said.end, span.end),
            _ => split.push(Sentence { said, span, citations: Vec::new() }),
        }
        while let Some(whole) = wholes.next_if(|whole| whole.start < said.end) {
            whole_to = whole.end.max(whole_to);
        }
    }
    attach(&mut split, &run.citations);
    split
}

/// Parts sentences where a pointer opens the next one: `It holds. @doe says more.` UAX 29 sees a lower-case letter.
fn parted_at_pointers(run: &Running, whole: Vec<Span>) -> Vec<Span> {
    let text = run.said.text();
    let opens = |&plain: &u32| {
        let before = text[..plain as usize].trim_end();
        let word = before.strip_suffix(['.', '!', '?']).unwrap_or_default();
        // A shorter word before a full stop may be an abbreviation.
        before.len() < plain as usize && word.chars().rev().take_while(|c| c.is_alphanumeric()).count() >= 4
    };
    let starts = run.citations.iter().filter_map(|(_, _, anchor)| run.said.to_plain(*anchor)).filter(opens);
    let mut starts = starts.peekable();
    let mut parted = Vec::with_capacity(whole.len());
    for mut sentence in whole {
        while let Some(start) = starts.next_if(|&start| start < sentence.end) {
            let first = Span::new(sentence.start, start.max(sentence.start));
            let words = first.of(text).trim_end();
            if !words.is_empty() {
                parted.push(Span::new(first.start, first.start + words.len() as u32));
                sentence.start = start;
            }
        }
        parted.push(sentence);
    }
    parted
}

/// Whether what looks like a new sentence goes on with the one before: `“Why?” he asks.`
fn goes_on(before: &str, next: &str) -> bool {
    before.trim_end().ends_with(['”', '"', '»', '’', '\'']) && next.starts_with(char::is_lowercase)
}

/// Gives each citation to the sentence it stands in or behind.
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
