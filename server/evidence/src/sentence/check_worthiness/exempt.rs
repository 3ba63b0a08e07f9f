//! Sentences that need no source, whatever signs they have.

use ibid_language::Class;

use super::{Sign, frames::Sentence};
use crate::tokens::Token;

/// A shorter sentence needs no source.
const MIN_WORDS: usize = 7;

impl Sentence<'_> {
    /// Whether the sentence is a view of the writer, a question, a plan, an instruction, a hypothesis, an example, a story,
    /// or about the text itself.
    pub(super) fn is_exempt(&self) -> bool {
        let count = self.tokens.iter().filter(|token| token.is_word()).count();
        let closing = |form: &&str| !["\"", "”", ")", "*", "_"].contains(form);
        let end = self.tokens.iter().rev().map(|token| &*token.form).find(closing);
        let opening = self.tokens.iter().position(Token::is_word);
        count < MIN_WORDS
            || matches!(end, Some("?" | ":" | "!" | "…"))
            || opening.is_some_and(|at| self.is(at, 0, Class::NonStatementOpener))
            || (0..self.tokens.len()).any(|at| self.is_about_the_text(at))
            || (0..self.tokens.len()).any(|at| self.exempts(at))
    }

    /// Whether a word exempts its whole sentence. "Could" does not exempt a share: "40 % of them could not read".
    fn exempts(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let gives_share =
            || (0..self.tokens.len()).any(|at| self.sign(at).is_some_and(|(sign, _)| sign == Sign::Share));
        exempts(token) && !(token.classes.has(Class::FigureModal) && gives_share())
    }

    /// Whether the words at `at` refer to the text itself: "this section", "the following table", "see below", but not "the
    /// RFC 439", which is another text.
    fn is_about_the_text(&self, at: usize) -> bool {
        let itself = self.is(at, 0, Class::TextPointer) && self.is(at, 1, Class::TextPart);
        let another = self.tokens.get(at + 2).is_some_and(Token::is_number);
        let elsewhere = (at + 1..at + 4).any(|at| self.is(at, 0, Class::TextDirection));
        itself && !another || self.form(at, 0) == "see" && elsewhere
    }
}

/// Whether a word exempts its whole sentence.
fn exempts(token: &Token<'_>) -> bool {
    let is_formula = matches!(&*token.form, "=" | "<" | ">" | "|" | "\\" | "^");
    is_formula
        || token.classes.has(Class::NotCheckworthy)
        || token.classes.has(Class::FirstPerson)
        || token.classes.has(Class::SecondPerson)
}
