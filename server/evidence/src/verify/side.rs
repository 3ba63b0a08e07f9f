//! A claim or a sentence of the evidence, prepared for comparison.

use std::ops::Range;

use ibid_language::{Class, Language};
use ibid_text::{Span, stem};

use super::quantity::{Quantity, quantities};
use crate::tokens::{Token, tokens};

/// One side of a comparison.
pub(crate) struct Side<'a> {
    /// The span of the sentence.
    pub(crate) span: Span,
    /// The language that it is read in.
    pub(crate) language: Language,
    /// Its words and marks.
    pub(crate) tokens: Vec<Token<'a>>,
    /// Its content words, without numbers.
    pub(crate) words: Vec<Content>,
    /// Its numbers.
    pub(crate) quantities: Vec<Quantity>,
}

/// A content word.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Content {
    /// Index of its token.
    pub(crate) token: usize,
    /// Its stem.
    pub(crate) stem: String,
    /// Whether it is (part of) a name.
    pub(crate) name: bool,
}

impl<'a> Side<'a> {
    /// Reads the sentence in `span`.
    pub(crate) fn new(text: &'a str, span: Span, language: Language) -> Self {
        let tokens = tokens(text, span, language);
        let quantities = quantities(&tokens, text, language);
        let counted = |at: usize| quantities.iter().any(|quantity| (quantity.first..quantity.end).contains(&at));
        let words = tokens
            .iter()
            .enumerate()
            .filter(|&(at, token)| {
                token.is_word()
                    && !token.is_number()
                    && !counted(at)
                    && !token.classes.has(Class::FunctionWord)
                    && !is_writer(&tokens, at)
                    && token.form.len() > 1
            })
            .map(|(at, token)| Content {
                token: at,
                stem: stem(token.form.trim_end_matches("'s")).into_owned(),
                name: token.capital && is_name(&tokens, at),
            })
            .collect();
        Self { span, language, tokens, words, quantities }
    }

    /// The folded form of the token at `at`; empty outside.
    pub(crate) fn form(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.form)
    }

    /// Whether the token at `at` is of `class`.
    pub(crate) fn is(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.classes.has(class))
    }

    /// The tokens of the clause around the token at `at`, as marks and "but" part it from the rest.
    pub(crate) fn clause(&self, at: usize) -> Range<usize> {
        let start = self.tokens[..at].iter().rposition(ends_clause).map_or(0, |mark| mark + 1);
        let end = self.tokens[at..].iter().position(ends_clause).map_or(self.tokens.len(), |mark| at + mark);
        start..end
    }

    /// Whether two tokens, the first of them first, are in one clause.
    pub(crate) fn are_in_one_clause(&self, first: usize, last: usize) -> bool {
        !self.tokens[first..last].iter().any(ends_clause)
    }

    /// Whether any token is of `class`.
    pub(crate) fn has(&self, class: Class) -> bool {
        self.tokens.iter().any(|token| token.classes.has(class))
    }
}

/// Whether a mark, or "but", parts a clause from the next.
fn ends_clause(token: &Token<'_>) -> bool {
    matches!(&*token.form, "," | ";" | ":" | "—" | "–" | "(" | ")" | "but")
}

/// Whether the words are those of a claim about what the text's writer says: "the author thinks", "the commenter has not read it".
fn is_writer(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &*tokens[before].form);
    tokens[at].classes.has(Class::WriterOfText) && matches!(before, Some("the" | "this"))
}

/// Whether a capitalised word is a name: at the beginning of a sentence, only if the next word has a capital too.
fn is_name(tokens: &[Token<'_>], at: usize) -> bool {
    let head = !tokens[..at].iter().any(Token::is_word);
    !head || tokens.get(at + 1).is_some_and(|next| next.capital)
}
