//! Sentences that need no source, whatever signs they have.

use ibid_language::Class;

use super::{Sign, frames::Sentence};
use crate::tokens::Token;

/// A shorter sentence needs no source, unless it gives a share or reports research.
const MIN_WORDS: usize = 7;

/// A shorter sentence needs no source at all.
const MIN_WORDS_OF_FACT: usize = 5;

impl Sentence<'_> {
    /// Whether the sentence is a view of the writer, a question, a plan, an instruction, a hypothesis, an example, a story,
    /// or about the text itself.
    pub(super) fn is_exempt(&self) -> bool {
        let count = self.tokens.iter().filter(|token| token.is_word()).count();
        let closing = |form: &&str| !["\"", "”", ")", "*", "_"].contains(form);
        let end = self.tokens.iter().rev().map(|token| &*token.form).find(closing);
        let opening = self.opening();
        count < MIN_WORDS_OF_FACT
            || count < MIN_WORDS && !self.states_a_fact()
            || matches!(end, Some("?" | ":" | "!" | "…"))
            || opening.is_some_and(|at| self.is(at, 0, Class::NonStatementOpener))
            || (0..self.tokens.len()).any(|at| self.is_about_the_text(at))
            || (0..self.tokens.len()).any(|at| self.exempts(at))
    }

    /// The first word of the sentence, after a label: "**Rule:** Limit it to 5%".
    fn opening(&self) -> Option<usize> {
        /// The most words of a label.
        const LABEL: usize = 4;
        let is_word = |at: &usize| self.tokens[*at].is_word();
        let words = (0..self.tokens.len()).filter(is_word);
        let colon = (0..self.tokens.len()).find(|&at| self.form(at, 0) == ":");
        let label = colon.filter(|&colon| words.clone().take_while(|&at| at < colon).count() <= LABEL);
        words.into_iter().find(|&at| label.is_none_or(|colon| at > colon))
    }

    /// For each token, whether it is in quotation marks: a mention of words, or somebody's words.
    pub(super) fn mentioned(&self) -> Vec<bool> {
        let (mut is_straight, mut curly) = (false, 0_i32);
        let is_mentioned = |token: &Token<'_>| {
            let before = is_straight || curly > 0;
            match &*token.form {
                "\"" => is_straight = !is_straight,
                "“" => curly += 1,
                "”" => curly -= 1,
                _ => {}
            }
            before
        };
        self.tokens.iter().map(is_mentioned).collect()
    }

    /// Whether a condition stands before a token in its clause: "it is green when 80% of the tests pass".
    pub(super) fn is_conditional(&self, at: usize) -> bool {
        let clause = self.tokens[..at].iter().rposition(|token| token.form == ",").map_or(0, |comma| comma + 1);
        (clause..at).any(|at| self.is(at, 0, Class::ConditionalOpener))
    }

    /// Whether a word exempts its whole sentence. "Could" exempts neither a share ("40 % of them could not read") nor what
    /// somebody found ("experts warn that the glacier could vanish").
    fn exempts(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        exempts(token) && !(token.classes.has(Class::FigureModal) && self.reports_a_fact())
    }

    /// Whether the sentence gives a share or reports research.
    fn reports_a_fact(&self) -> bool {
        (0..self.tokens.len()).any(|at| matches!(self.sign(at), Some((Sign::Share | Sign::Research, _))))
    }

    /// Whether a sentence with a verb gives a share or reports research: "Remote workers are 13% more productive".
    fn states_a_fact(&self) -> bool {
        let is_verb = |at: usize| {
            let classes = [Class::LinkingVerb, Class::FiniteVerb, Class::ChangeVerb];
            classes.into_iter().any(|class| self.is(at, 0, class))
        };
        let is_sentence =
            self.tokens.last().is_some_and(|token| token.form == ".") || (1..self.tokens.len()).any(is_verb);
        is_sentence && self.reports_a_fact()
    }

    /// Whether the words at `at` refer to the text itself ("this section", "the following table", "see below", but not "the RFC
    /// 439", which is another text) or to an invented work ("in the novel").
    fn is_about_the_text(&self, at: usize) -> bool {
        let itself = self.is(at, 0, Class::TextPointer) && self.is(at, 1, Class::TextPart);
        let another = self.tokens.get(at + 2).is_some_and(Token::is_number);
        let elsewhere = (at + 1..at + 4).any(|at| self.is(at, 0, Class::TextDirection));
        let fiction = self.form(at, 0) == "in"
            && (self.is(at, 1, Class::Article) || self.is(at, 1, Class::TextDeterminer))
            && self.is(at, 2, Class::FictionNoun);
        fiction || itself && !another || self.form(at, 0) == "see" && elsewhere
    }
}

/// Whether a word exempts its whole sentence.
fn exempts(token: &Token<'_>) -> bool {
    let is_formula = matches!(&*token.form, "=" | "≈" | "≤" | "≥" | "→" | "⇒" | "←" | "<" | ">" | "|" | "\\" | "^");
    is_formula
        || token.classes.has(Class::NotCheckworthy)
        || token.classes.has(Class::FirstPerson)
        || token.classes.has(Class::SecondPerson)
}
