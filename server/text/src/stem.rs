//! Stems of English words, which equate inflected forms.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// The Snowball (Porter2) stem of one folded English word.
pub fn stem(word: &str) -> Cow<'_, str> {
    Stemmer::create(Algorithm::English).stem(word)
}
