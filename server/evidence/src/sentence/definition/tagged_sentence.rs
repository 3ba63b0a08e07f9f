//! The view of a sentence that the patterns match against: its tokens, their word classes, and the noun phrases in it.

use std::ops::Range;

use ibid_language::{Class, Classes, Language, List, PhraseList};
use ibid_text::Span;

use crate::tokens::Token;

/// The largest number of tokens in a term.
const LONGEST_TERM: usize = 9;

/// A sentence of a text, or a passage read as one, with the classes of its tokens.
pub(super) struct TaggedSentence<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) tokens: &'a [Token<'a>],
    pub(super) language: Language,
    /// The classes of each token.
    classes: Vec<Classes>,
}

impl<'a> TaggedSentence<'a> {
    /// The sentence of `text` under `span`, which was cut into `tokens`.
    pub(super) fn new(text: &'a str, span: Span, tokens: &'a [Token<'a>], language: Language) -> Self {
        let classes = tokens.iter().map(|token| with_adverb(&token.form, token.classes, language)).collect();
        Self { text, span, tokens, language, classes }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word or the mark at `at`; empty beyond either end.
    pub(super) fn form(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.form)
    }

    /// The classes of the word at `at`.
    pub(super) fn classes(&self, at: usize) -> Classes {
        self.classes.get(at).copied().unwrap_or_default()
    }

    /// Whether the word at `at` is of `class`.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.classes(at).has(class)
    }

    /// Whether the word at `at` cannot be inside a plain noun phrase.
    pub(super) fn ends_noun_phrase(&self, at: usize) -> bool {
        ends_noun_phrase(self.classes(at))
    }

    /// The index after the longest phrase of the list that begins at `at`.
    pub(super) fn phrase_end(&self, at: usize, list: PhraseList) -> Option<usize> {
        self.language.phrases(list).end_at(|at| self.form(at), at)
    }

    /// Whether the word at `at` has an ending of the list.
    pub(super) fn ends_in(&self, at: usize, endings: List) -> bool {
        self.language.words(endings).iter().any(|ending| self.form(at).ends_with(ending))
    }

    /// The index after the longest phrase of the list that begins at `at`, and the weight of that phrase.
    pub(super) fn weighted_phrase(&self, at: usize, list: PhraseList) -> Option<(usize, f32)> {
        let (phrase, end) = self.language.phrases(list).longest_at(|at| self.form(at), at)?;
        Some((end, phrase.weight()))
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_word)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// Whether the word at `at` is written as a proper name: a capital letter, then a lower-case letter.
    pub(super) fn is_proper(&self, at: usize) -> bool {
        let written = self.tokens.get(at).map_or("", |token| token.span.of(self.text));
        self.is_capital(at) && written.chars().nth(1).is_some_and(char::is_lowercase)
    }

    /// The span of a range of tokens; `None` if the range is empty.
    pub(super) fn span_of(&self, range: &Range<usize>) -> Option<Span> {
        let tokens = self.tokens.get(range.clone())?;
        Some(tokens.first()?.span.cover(tokens.last()?.span))
    }

    /// The text of a range of tokens.
    pub(super) fn written(&self, range: &Range<usize>) -> &str {
        self.span_of(range).map_or("", |span| span.of(self.text))
    }

    pub(super) fn opens_quote(&self, at: usize) -> bool {
        matches!(self.form(at), "\"" | "“" | "‘" | "'" | "„" | "«" | "`" | "*" | "_" | "``")
    }

    pub(super) fn closes_quote(&self, at: usize) -> bool {
        matches!(self.form(at), "\"" | "”" | "’" | "'" | "“" | "»" | "`" | "*" | "_" | "″")
    }

    /// Whether a mark has white space on both sides.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        let gap = |a: usize, b: usize| match (self.tokens.get(a), self.tokens.get(b)) {
            (Some(a), Some(b)) => a.span.end < b.span.start,
            _ => false,
        };
        at > 0 && gap(at - 1, at) && gap(at, at + 1)
    }

    /// The index after the adverbs that begin at `at`.
    pub(super) fn skip_adverbs(&self, mut at: usize) -> usize {
        while self.is(at, Class::Adverb) {
            at += 1;
        }
        at
    }

    /// The end of the clause that contains `at`, without its closing mark.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let mut depth = 0_i32;
        for end in at..self.len() {
            match self.form(end) {
                ")" | "]" | ";" if depth == 0 => return end,
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                _ => {}
            }
        }
        let mut end = self.len();
        while end > at && matches!(self.form(end - 1), "." | "!" | "?" | ":" | ",") {
            end -= 1;
        }
        end
    }

    /// The index of the bracket that closes the one at `open`.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let close = match self.form(open) {
            "(" => ")",
            "[" => "]",
            _ => return None,
        };
        let mut depth = 0_i32;
        for at in open..self.len() {
            if self.form(at) == self.form(open) {
                depth += 1;
            } else if self.form(at) == close {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        None
    }

    /// The term at `at`, which may begin with "the term", an article or an opening quotation mark. Returns the term without
    /// these, and the index after it and its closing mark.
    pub(super) fn term_after(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let mut start = at;
        if self.is(start, Class::Article) {
            start += 1;
        }
        if self.is(start, Class::TermLabel) && (self.opens_quote(start + 1) || start > at) && self.is_start(start + 1) {
            start += 1;
        }
        if self.opens_quote(start) {
            let end = (start + 1..self.len().min(start + 2 + LONGEST_TERM)).find(|&at| self.closes_quote(at))?;
            let term = self.trim(start + 1..end);
            return (!term.is_empty()).then_some((term, end + 1));
        }
        let mut end = start;
        while end < self.len() && end < start + LONGEST_TERM && self.continues_term(start, end) {
            end += 1;
        }
        let term = self.trim(start..end);
        (!term.is_empty()).then_some((term, end))
    }

    fn is_start(&self, at: usize) -> bool {
        self.opens_quote(at) || (self.is_word(at) && !self.ends_noun_phrase(at))
    }

    fn continues_term(&self, start: usize, at: usize) -> bool {
        if self.is_word(at) {
            let links = at > start && self.form(at) == "of" && self.is_word(at + 1);
            return links || !self.ends_noun_phrase(at);
        }
        at > start && matches!(self.form(at), "-" | "/" | "‐" | "–") && self.is_word(at + 1)
    }

    /// The term that ends right before `end`: a noun phrase, or words in quotation marks.
    pub(super) fn term_before(&self, end: usize) -> Option<Range<usize>> {
        let last = end.checked_sub(1)?;
        if self.closes_quote(last) {
            let open = (0..last).rev().take(LONGEST_TERM + 1).find(|&at| self.opens_quote(at))?;
            let term = self.trim(open + 1..last);
            return (!term.is_empty()).then_some(term);
        }
        // Inside a sentence, capitals show where a name begins.
        let by_capital = self.is_capital(last);
        let mut start = end;
        while let Some(at) = start.checked_sub(1).filter(|at| end - at <= LONGEST_TERM) {
            let belongs = if self.is_word(at) {
                !self.ends_noun_phrase(at) && (!by_capital || self.is_capital(at))
            } else {
                matches!(self.form(at), "-" | "‐" | "/") && start < end
            };
            if !belongs {
                break;
            }
            start = at;
        }
        let mut term = self.trim(start..end);
        if self.count(&term) > 1 && self.is_verb(term.start) {
            term = self.trim(term.start + 1..term.end);
        }
        (!term.is_empty()).then_some(term)
    }

    /// Whether the word at `at` is a verb because of the word before it: "to form", "will form", "we form".
    fn is_verb(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is(before, Class::VerbLeader)) && !self.is_capital(at)
    }

    /// The range without marks at both ends.
    pub(super) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start, range.end.min(self.len()));
        while start < end && !self.is_word(start) {
            start += 1;
        }
        while end > start && !self.is_word(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// The number of words in a range.
    pub(super) fn count(&self, range: &Range<usize>) -> usize {
        range.clone().filter(|&at| self.is_word(at)).count()
    }

    /// Whether any word of a range has one of `classes`.
    pub(super) fn any(&self, range: Range<usize>, classes: &[Class]) -> bool {
        let classes = Classes::of(classes);
        range.into_iter().any(|at| self.classes(at).intersects(classes))
    }
}

/// The grammatical classes. A word without any of them may be an adverb by its ending.
const GRAMMAR: Classes = Classes::of(&[
    Class::Copula,
    Class::IndefiniteArticle,
    Class::DefiniteArticle,
    Class::Determiner,
    Class::Pronoun,
    Class::Preposition,
    Class::Conjunction,
    Class::RelativePronoun,
    Class::Auxiliary,
    Class::FiniteVerb,
    Class::Adverb,
    Class::GenusNoun,
    Class::JudgmentNoun,
    Class::JudgmentAdjective,
    Class::QualityAdjective,
    Class::TermLabel,
    Class::DefiningVerb,
    Class::NamingParticiple,
    Class::SenseQualifier,
    Class::SenseQuestion,
]);

/// The classes of a folded word, with [`Class::Adverb`] added if it has an adverb's ending and no class of [`GRAMMAR`].
pub(super) fn with_adverb(word: &str, classes: Classes, language: Language) -> Classes {
    let has_ending = || language.words(List::AdverbEnding).iter().any(|ending| word.ends_with(ending));
    let is_adverb = word.len() > 5 && !classes.intersects(GRAMMAR) && has_ending();
    if is_adverb { classes.with(Class::Adverb) } else { classes }
}

/// Whether a word of these classes cannot be inside a plain noun phrase.
pub(super) fn ends_noun_phrase(classes: Classes) -> bool {
    const ENDS: Classes = Classes::of(&[
        Class::Copula,
        Class::IndefiniteArticle,
        Class::DefiniteArticle,
        Class::Determiner,
        Class::Pronoun,
        Class::Preposition,
        Class::Conjunction,
        Class::RelativePronoun,
        Class::Auxiliary,
        Class::FiniteVerb,
        Class::Adverb,
    ]);
    classes.intersects(ENDS)
}
