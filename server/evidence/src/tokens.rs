//! The tokens of a sentence: words and punctuation marks in order, with the classes of each word.

use std::borrow::Cow;

use ibid_language::{Classes, Language};
use ibid_text::{Span, words};

/// A word, or a punctuation mark.
#[derive(Clone, PartialEq, Debug)]
pub struct Token<'a> {
    /// Its place, in bytes of the text it was cut from.
    pub span: Span,
    /// The folded word, `<number>` or `<year>` for a number, or the mark itself.
    pub form: Cow<'a, str>,
    /// Its word classes; none for a mark.
    pub classes: Classes,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

impl Token<'_> {
    /// Whether it is a word or number rather than a mark.
    pub fn is_word(&self) -> bool {
        self.form.starts_with(|c: char| c.is_alphanumeric() || c == '<')
    }

    /// Whether it is a number or a year.
    pub fn is_number(&self) -> bool {
        self.form.starts_with('<')
    }
}

/// Cuts the sentence under `span` into tokens. All spans are bytes of `text`.
pub fn tokens(text: &str, span: Span, language: Language) -> Vec<Token<'_>> {
    let sentence = span.of(text);
    let mut tokens = Vec::with_capacity(sentence.len() / 5 + 4);
    let mut end = 0;
    for word in words(sentence) {
        marks(sentence, Span::new(end, word.span.start), span.start, &mut tokens);
        end = word.span.end;
        let written = word.span.of(sentence);
        let form = match number(written) {
            Some(class) => Cow::Borrowed(class),
            None => word.folded,
        };
        let classes = language.classes(&form);
        let capital = written.starts_with(char::is_uppercase);
        tokens.push(Token { span: word.span.shift(span.start), form, classes, capital });
    }
    marks(sentence, Span::new(end, sentence.len() as u32), span.start, &mut tokens);
    tokens
}

/// The class of a number: `<year>` for four digits from 1500 to 2099, `<number>` for any other.
fn number(word: &str) -> Option<&'static str> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let year = word.len() == 4 && word.parse().is_ok_and(|year: u32| (1500..2100).contains(&year));
    Some(if year { "<year>" } else { "<number>" })
}

/// Adds the marks in a gap between two words: every character that is not white space.
fn marks<'a>(sentence: &'a str, gap: Span, shift: u32, tokens: &mut Vec<Token<'a>>) {
    for (at, c) in gap.of(sentence).char_indices() {
        if !c.is_whitespace() {
            let span = Span::from(at..at + c.len_utf8()).shift(gap.start);
            let form = Cow::Borrowed(span.of(sentence));
            tokens.push(Token { span: span.shift(shift), form, classes: Classes::default(), capital: false });
        }
    }
}
