//! Shares in words: "one in five adults", "sixty percent of", "two thirds of the students"; and averages.

use ibid_language::{Class, List};
use ibid_text::Span;

use super::{Sign, frames::Sentence};
use crate::tokens::Token;

impl Sentence<'_> {
    /// The share or average whose first number, or whose adjective, is at a token.
    pub(super) fn share(&self, at: usize) -> Option<(Sign, Span)> {
        self.one_in_five(at)
            .or_else(|| self.sixty_percent(at))
            .or_else(|| self.two_thirds(at))
            .or_else(|| self.average(at))
            .or_else(|| self.on_average(at))
            .or_else(|| self.per_person(at))
    }

    /// "one in five adults", "nine out of ten post offices", "one person in every 2,000". "Nine times out of ten" is an
    /// idiom.
    fn one_in_five(&self, at: usize) -> Option<(Sign, Span)> {
        let part = self.cardinal(at)?;
        if self.form(at, 2) == "in" && self.form(at, 3) == "every" && self.form(at, 1) != "time" {
            return self.cardinal(at + 4).map(|_| (Sign::Share, self.span(at, at + 4)));
        }
        let of = if self.form(at, 1) == "out" { at + 2 } else { at + 1 };
        let joins = self.form(of, 0) == "in" || of > at + 1 && self.form(of, 0) == "of";
        let whole = self.cardinal(of + 1).filter(|&whole| joins && part < whole)?;
        let thing = self.plural_within(of + 1, 4)?;
        let is_idiom = self.form(thing, 0) == "times"
            || self.form(of, 1) == "<year>"
            || self.form(at, -1) == "-"
            || self.is(of, 2, Class::MagnitudeNoun)
            || self.is(at, -1, Class::NumberLabel);
        (whole >= 2.0 && !is_idiom).then(|| (Sign::Share, self.span(at, thing)))
    }

    /// "sixty percent", "sixty-five per cent".
    fn sixty_percent(&self, at: usize) -> Option<(Sign, Span)> {
        self.cardinal(at)?;
        let mut end = at;
        while self.form(end, 1) == "-" && self.cardinal(end + 2).is_some() {
            end += 2;
        }
        let is_percent = self.is(end, 1, Class::PercentWord);
        let is_two_words = self.form(end, 1) == "per" && self.form(end, 2) == "cent";
        (is_percent || is_two_words).then(|| (Sign::Share, self.span(at, end + 1 + usize::from(is_two_words))))
    }

    /// "two thirds of the students", "half of all readers": of several people or things, as the subject of a clause.
    fn two_thirds(&self, at: usize) -> Option<(Sign, Span)> {
        let first = if self.form(at, 1) == "-" { at + 2 } else { at + 1 };
        let is_counted = self.cardinal(at).is_some() || matches!(self.form(at, 0), "a" | "one");
        let noun = if self.is(at, 0, Class::ShareNoun) { at } else { Some(first).filter(|_| is_counted)? };
        if !self.is(noun, 0, Class::ShareNoun) || self.form(noun, 1) != "of" || self.is_own_thing(noun + 2) {
            return None;
        }
        let of_a_mass = || Some(noun + 3).filter(|_| is_counted && noun != at && self.form(noun, 0).ends_with('s'));
        let thing = self.plural_within(noun + 1, 4).or_else(of_a_mass)?;
        let has_verb = self.tokens.get(thing + 1).is_some_and(|token| token.is_word() && !token.is_number());
        (self.opens_subject(at) && has_verb).then(|| (Sign::Share, self.span(at, thing)))
    }

    /// "the average clerk loses 17 hours".
    fn average(&self, at: usize) -> Option<(Sign, Span)> {
        let has_verb = self.is(at, 0, Class::AverageWord) && self.form(at, 2).ends_with('s');
        let number = (at + 3..at + 6).find(|&at| self.is_figure(at))?;
        let counts = self.tokens.get(number + 1).is_some_and(Token::is_word);
        (has_verb && counts && self.form(at, 1) != "of").then(|| (Sign::Share, self.span(at, number + 1)))
    }

    /// "on average" beside a figure.
    fn on_average(&self, at: usize) -> Option<(Sign, Span)> {
        let is_average = self.form(at, 0) == "on" && self.form(at, 1) == "average";
        let has_figure = || (0..self.tokens.len()).any(|at| self.cardinal(at).is_some_and(|value| value > 1.0));
        (is_average && has_figure()).then(|| (Sign::Share, self.span(at, at + 1)))
    }

    /// "75 kilograms of bread per person".
    fn per_person(&self, at: usize) -> Option<(Sign, Span)> {
        let per = (at + 1..at + 7).find(|&at| self.form(at, 0) == "per" && self.is(at, 1, Class::PersonUnit))?;
        self.is_figure(at).then(|| (Sign::Share, self.span(at, per + 1)))
    }

    /// Whether a clause begins at a token, or before an adverb of degree right before it: "about two thirds of".
    fn opens_subject(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| {
            self.is(before, 0, Class::Approximation)
                || self.is(before, 0, Class::NearlyAdverb)
                || self.form(before, 0) == "than"
        });
        let start = match before {
            Some(than) if self.form(than, 0) == "than" => than.saturating_sub(1),
            Some(before) => before,
            None => at,
        };
        self.opens_clause(start)
    }

    /// Whether the things counted are those of this text or of its writer: "of these", "of my notes".
    fn is_own_thing(&self, at: usize) -> bool {
        self.is(at, 0, Class::TextDeterminer)
            || self.is(at, 0, Class::FirstPerson)
            || self.is(at, 0, Class::SecondPerson)
    }

    /// The first plural noun among the `most` words after a token.
    fn plural_within(&self, at: usize, most: usize) -> Option<usize> {
        let near = (at + 1..self.tokens.len()).take(most).take_while(|&at| self.tokens[at].is_word());
        near.into_iter().find(|&at| self.is_plural(at) && !self.is(at, 0, Class::FunctionWord))
    }

    /// The value of the number at a token, in digits or in words.
    pub(super) fn cardinal(&self, at: usize) -> Option<f64> {
        let token = self.tokens.get(at)?;
        let written = self.written(at);
        if token.is_number() {
            written.replace(',', "").parse().ok()
        } else {
            self.language.value(List::Cardinal, &token.form)?.parse().ok()
        }
    }

    fn is_figure(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_number)
    }
}
