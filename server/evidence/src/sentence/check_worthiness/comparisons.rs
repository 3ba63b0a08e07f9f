//! Comparisons: "ten times faster", "twice as likely", "far slower than", "more often than those who do not".

use ibid_language::Class;
use ibid_text::Span;

use super::{Sign, frames::Sentence};
use crate::tokens::Token;

impl Sentence<'_> {
    /// The comparison whose main word is at a token.
    pub(super) fn comparison(&self, at: usize) -> Option<(Sign, Span)> {
        self.ratio(at).or_else(|| self.groups(at)).or_else(|| self.difference(at))
    }

    /// "ten times faster", "a factor of 3", "twice as likely".
    fn ratio(&self, at: usize) -> Option<(Sign, Span)> {
        let is_number = |at: usize| self.tokens.get(at).is_some_and(Token::is_number);
        let counted = at > 0 && (is_number(at - 1) || self.is(at, -1, Class::TimesCount));
        match self.form(at, 0) {
            "twice" | "times" if self.form(at, 1) == "as" && (self.form(at, 0) == "twice" || counted) => {
                let likely = self.is(at, 2, Class::LikelihoodWord);
                let end = if likely { at + 2 } else { self.within(at + 1, 1, Class::MeasuredComparative)? };
                let sign = if likely { Sign::Likelihood } else { Sign::Measure };
                Some((sign, self.span(at - usize::from(self.form(at, 0) == "times"), end)))
            }
            "times" if counted && self.form(at, 1) == "more" && self.is(at, 2, Class::LikelihoodWord) => {
                Some((Sign::Likelihood, self.span(at - 1, at + 2)))
            }
            "times" if self.is(at, -1, Class::TimesCount) => {
                let on_average = self.form(at, 1) == "on" && self.form(at, 2) == "average";
                let end = if on_average { Some(at + 2) } else { self.within(at, 2, Class::MeasuredComparative) };
                Some((Sign::Measure, self.span(at - 1, end?)))
            }
            "times" | "x" if counted => {
                let comparative = self.within(at, 2, Class::MeasuredComparative)?;
                Some((Sign::Measure, self.span(at - 1, comparative)))
            }
            "factor" if self.form(at, 1) == "of" && is_number(at + 2) => Some((Sign::Measure, self.span(at, at + 2))),
            "magnitude" if self.form(at, -1) == "of" => Some((Sign::Measure, self.span(at - 1, at))),
            _ => None,
        }
    }

    /// People who are compared with other people: "score higher than those who do not", "earn less than men",
    /// "outperform boys".
    fn groups(&self, at: usize) -> Option<(Sign, Span)> {
        let is_group = |at: usize| self.is(at, 0, Class::PeopleNoun) || self.is(at, 0, Class::ComparedPeople);
        if self.is(at, 0, Class::OutdoingVerb) && (0..at).any(is_group) {
            return self.within(at, 2, Class::ComparedPeople).map(|others| (Sign::Groups, self.span(at, others)));
        }
        let compares = self.is(at, 0, Class::ComparedLevel) || self.is(at, 0, Class::MeasuredComparative);
        let than = (at + 1..at + 5).find(|&at| self.form(at, 0) == "than").filter(|_| compares)?;
        let others = self.within(than, 2, Class::ComparedPeople)?;
        let qualified = self.is(others, 1, Class::GroupQualifier);
        let is_a_group = !matches!(self.form(others, 0), "those" | "others" | "people") || qualified;
        let is_subject = |at: usize| is_group(at) && !matches!(self.form(at, 0), "those" | "others");
        (is_a_group && (0..at).any(is_subject)).then(|| (Sign::Groups, self.span(at, others)))
    }

    /// "far slower than", "faster than".
    fn difference(&self, at: usize) -> Option<(Sign, Span)> {
        let compares =
            self.is(at, 0, Class::MeasuredComparative) && (at + 1..at + 4).any(|at| self.form(at, 0) == "than");
        let is_large = self.is(at, -1, Class::LargeDegree) || self.is(at, -1, Class::ComparativeDegree);
        let is_speed = self.is(at, 0, Class::SpeedComparative);
        let sign = is_large.then_some(Sign::Contrast).or(is_speed.then_some(Sign::Comparison)).filter(|_| compares)?;
        Some((sign, self.span(at.saturating_sub(1), at)))
    }
}
