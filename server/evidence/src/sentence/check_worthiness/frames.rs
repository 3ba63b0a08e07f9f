//! Finds signs: each is a short frame of words around one word.

use ibid_language::{Class, Language};
use ibid_text::Span;

use super::Sign;
use crate::tokens::Token;

/// A sentence that is searched for signs.
pub(super) struct Sentence<'a> {
    pub(super) tokens: &'a [Token<'a>],
    /// The text that the tokens were cut from.
    text: &'a str,
    pub(super) language: Language,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(tokens: &'a [Token<'a>], text: &'a str, language: Language) -> Self {
        Self { tokens, text, language }
    }

    /// The token as written.
    pub(super) fn written(&self, at: usize) -> &'a str {
        self.tokens[at].span.of(self.text)
    }

    /// Whether a token looks like a plural.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        is_plural(&self.tokens[at])
    }

    /// The sign at a token, with its words.
    pub(super) fn sign(&self, at: usize) -> Option<(Sign, Span)> {
        let quantity = || self.share(at).or_else(|| self.quantity(at)).filter(|_| !self.is_conditional(at));
        quantity()
            .or_else(|| self.comparison(at))
            .or_else(|| self.research(at))
            .or_else(|| self.report(at))
            .or_else(|| self.generalisation(at))
            .or_else(|| self.event(at))
    }

    /// Signs that are quantities: shares, amounts of money, figures.
    fn quantity(&self, at: usize) -> Option<(Sign, Span)> {
        let number_before = || self.tokens[..at].last().is_some_and(Token::is_number);
        let with_number = |sign| Some((sign, self.with_number(at)));
        match self.form(at, 0) {
            // "100 %" most often means "all of it".
            "%" | "percent" if number_before() && self.is_share_of_others(at) => with_number(Sign::Share),
            _ if self.is(at, 0, Class::ShareNoun) && self.form(at, 1) == "of" => self.frame(Sign::Part, at, at),
            // "$1 - p$" is a formula.
            "<number>"
                if ["$", "€", "£"].contains(&self.form(at, -1)) && !["$", "-", "+"].contains(&self.form(at, 1)) =>
            {
                // A price beside the name of a thing ("a microphone ($50)"), or an example ("a user locks $150").
                let is_price = self.form(at, -2) == "(" || self.opens_with_anybody();
                with_number(if is_price { Sign::Figure } else { Sign::Money })
            }
            _ if self.is(at, 0, Class::CurrencyNoun) && self.has_amount(at) => with_number(Sign::Money),
            _ if self.is(at, 0, Class::MagnitudeNoun) && self.is_rough_count(at) => with_number(Sign::Count),
            _ if self.is(at, 0, Class::MagnitudeNoun) => with_number(Sign::Figure),
            "<number>" if self.counts_things(at) => self.frame(Sign::Figure, at, at + 1),
            _ if matches!(self.form(at, 0), "in" | "of")
                && number_before()
                && self.tokens.get(at + 1).is_some_and(Token::is_number) =>
            {
                let label = at >= 2 && self.is(at, -2, Class::NumberLabel);
                (!label && self.form(at, -1) == "<number>").then(|| (Sign::Part, self.span(at - 1, at + 1)))
            }
            _ => None,
        }
    }

    /// Signs of what is so in general: what most of a kind are or do, how common something is, what happens in practice.
    fn generalisation(&self, at: usize) -> Option<(Sign, Span)> {
        let next = self.form(at, 1);
        match self.form(at, 0) {
            "most" if self.form(at, -1) == "the" && self.is(at, 1, Class::CommonAdjective) => {
                let noun = self.within(at + 1, 1, Class::ReasonNoun)?;
                matches!(self.form(noun, 1), "of" | "for").then(|| (Sign::Popularity, self.span(at, noun)))
            }
            "most" if self.form(at, -1) == "the" => {
                let adverb = self.is(at, 1, Class::OftenSaid) || self.is(at, 1, Class::WidelyHeld);
                let used = self.within(if adverb { at + 1 } else { at }, 1, Class::UsageParticiple)?;
                let before = at.saturating_sub(5)..at;
                let predicate =
                    self.form(at, -2) == "," || before.into_iter().any(|at| self.is(at, 0, Class::LinkingVerb));
                let sign = if self.form(used, 0) == "popular" { Sign::Custom } else { Sign::Popularity };
                predicate.then(|| (sign, self.span(at, used)))
            }
            "most" if next != "of" => self.generality(at, at, false),
            _ if self.is(at, 0, Class::NearlyAdverb) && self.is(at, 1, Class::AllOrNone) => {
                self.generality(at, at + 1, true)
            }
            "majority" if next == "of" => {
                let is_vast = (at.saturating_sub(2)..at).any(|at| self.is(at, 0, Class::LargeMajority));
                let (sign, words) = self.generality(at.saturating_sub(1), at + 1, is_vast)?;
                let governed = self.is(at, -3, Class::GoverningPreposition);
                Some((if is_vast && !governed { Sign::Share } else { sign }, words))
            }
            "few" if self.is(at, -1, Class::FewIntensifier) => self.generality(at - 1, at, false),
            "few" if !self.is(at, -1, Class::FewDeterminer) => self.generality(at, at, true),
            _ if self.is(at, 0, Class::MainAdjective)
                && self.is(at, 1, Class::ReasonNoun)
                && (at.saturating_sub(4)..at).any(|at| self.is(at, 0, Class::LinkingVerb)) =>
            {
                self.frame(Sign::Factor, at, at + 1)
            }
            "practice" if self.form(at, -1) == "in" => self.frame(Sign::Practice, at - 1, at),
            "wild" if self.form(at, -1) == "the" => self.frame(Sign::Practice, at - 1, at),
            "real" if next == "-" && self.form(at, 2) == "world" => self.frame(Sign::Practice, at, at + 2),
            _ if (self.is(at, 0, Class::OftenSaid) || self.is(at, 0, Class::WidelyHeld))
                && self.is(at, 1, Class::UsageParticiple)
                && !self.is(at, 1, Class::SayingParticiple)
                && self.form(at, -1) != "not" =>
            {
                self.frame(Sign::Custom, at, at + 1)
            }
            _ if self.is(at, 0, Class::Rarity) && at > 0 && self.is(at, -1, Class::LinkingVerb) => {
                let needed = (at + 1..at + 4).find(|&at| self.is(at, 0, Class::RareParticiple))?;
                self.frame(Sign::Rarity, at, needed)
            }
            _ if self.is(at, 0, Class::FactAdverb) => self.frame(Sign::Practice, at, at),
            _ if self.is(at, 0, Class::Frequency) => self.frame(Sign::Frequency, at, at),
            _ if self.is(at, 0, Class::ReasonConjunction) => self.frame(Sign::Reason, at, at),
            _ => None,
        }
    }

    /// Signs of events: what happened, who did it, when, its rank and its causes.
    fn event(&self, at: usize) -> Option<(Sign, Span)> {
        let past = || self.tokens.iter().any(is_past);
        let is_perfect = |at: usize| self.is(at, -1, Class::PerfectAuxiliary);
        match self.form(at, 0) {
            "<year>" if self.is(at, -1, Class::DatePreposition) && past() => self.frame(Sign::Date, at, at),
            "<year>" if self.is(at, -1, Class::Month) && past() => self.frame(Sign::Date, at - 1, at),
            "last" | "past" if self.opens_period(at) && self.tokens.iter().any(is_change) => {
                let end = self.within(at, 2, Class::LongPeriod)?;
                self.frame(Sign::Date, at, end)
            }
            _ if self.is(at, 0, Class::PastPeriod) && past() => self.frame(Sign::Date, at, at),
            _ if self.is(at, 0, Class::UniqueRank) && self.form(at, -1) == "the" && past() => {
                let end = (at + 2..at + 5).find(|&at| self.is(at, 0, Class::RankConnective))?;
                self.frame(Sign::Rank, at, end)
            }
            _ if self.is(at, 0, Class::RankSuperlative) && self.is(at, -1, Class::RankDeterminer) => {
                self.frame(Sign::Rank, at, at)
            }
            _ if self.is(at, 0, Class::DeedVerb) && self.follows_a_name(at) => self.frame(Sign::Deed, at, at),
            _ if is_past(&self.tokens[at]) && self.follows_a_name(at) && self.has_a_year() => {
                self.frame(Sign::Deed, at - 1, at)
            }
            _ if self.is(at, 0, Class::ChangeVerb) && self.is_verb(at) => self.frame(Sign::Trend, at, at),
            _ if self.is(at, 0, Class::CauseVerb) && is_perfect(at) => self.frame(Sign::Outcome, at - 1, at),
            _ if self.is(at, 0, Class::CauseVerb) => self.frame(Sign::Cause, at, at),
            _ => None,
        }
    }

    /// Whether a percentage is a share of something that others counted. "100 %" and "0 %" most often mean all and nothing;
    /// "the 30 %" was mentioned before; "67 % complete" is how far one's work has come.
    fn is_share_of_others(&self, percent: usize) -> bool {
        let number = percent - 1;
        let is_all_or_nothing = matches!(self.written(number), "0" | "100");
        let is_mentioned = self.form(number, -1) == "the" && self.is(percent, 1, Class::LinkingVerb);
        let is_progress = self.is(percent, 1, Class::ProgressWord);
        !is_all_or_nothing && !is_mentioned && !is_progress && !self.is(percent, 1, Class::IntervalNoun)
    }

    /// Whether the subject is anybody of a kind and nothing is in the past: an example.
    fn opens_with_anybody(&self) -> bool {
        self.is(0, 0, Class::IndefiniteArticle) && !self.tokens.iter().any(is_past)
    }

    /// Whether a participle is a verb rather than an adjective or a name: "has increased", not "the increased distance".
    fn is_verb(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let governs = [Class::Determiner, Class::Preposition, Class::Article, Class::GoverningPreposition];
        let is_noun_phrase = governs.into_iter().any(|class| self.is(at, -1, class));
        let is_progressive = self.is(at, -1, Class::LinkingVerb) || self.form(at, -1) == "been";
        let is_adjective = self.form(at, 0).ends_with("ing") && !is_progressive;
        !self.tokens[at].capital && !is_adjective && before.is_some_and(Token::is_word) && !is_noun_phrase
    }

    /// Whether "last" or "past" begins a period up to now: "in the last ten years".
    fn opens_period(&self, at: usize) -> bool {
        self.form(at, -1) == "the" && self.is(at, -2, Class::PeriodPreposition)
    }

    /// The form of the token `by` tokens from `at`; empty outside the sentence.
    pub(super) fn form(&self, at: usize, by: isize) -> &str {
        at.checked_add_signed(by).and_then(|at| self.tokens.get(at)).map_or("", |token| &token.form)
    }

    /// Whether the token `by` tokens from `at` is of a class.
    pub(super) fn is(&self, at: usize, by: isize, class: Class) -> bool {
        at.checked_add_signed(by).and_then(|at| self.tokens.get(at)).is_some_and(|token| token.classes.has(class))
    }

    /// A sign with the words from the token `from` to the token `to`.
    #[expect(clippy::unnecessary_wraps, reason = "every frame returns an option")]
    pub(super) fn frame(&self, sign: Sign, from: usize, to: usize) -> Option<(Sign, Span)> {
        Some((sign, self.span(from, to)))
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[to.min(self.tokens.len() - 1)].span)
    }

    /// The first of the next `most` words after `at` that is of a class. Marks other than a hyphen or emphasis end the
    /// search.
    pub(super) fn within(&self, at: usize, most: usize, class: Class) -> Option<usize> {
        let following = self.tokens.iter().enumerate().skip(at + 1);
        let near = following.take_while(|(_, token)| token.is_word() || ["-", "*", "_"].contains(&&*token.form));
        near.filter(|(_, token)| token.is_word()).take(most).map(|(at, _)| at).find(|&at| self.is(at, 0, class))
    }

    /// A statement about most of the people or things after `quantifier`, or nearly all of them if it is `sweeping`. Its
    /// words begin at `start`.
    fn generality(&self, start: usize, quantifier: usize, sweeping: bool) -> Option<(Sign, Span)> {
        let things = self.counted_things(quantifier)?;
        let is_worldwide = (quantifier..things).any(|at| self.is(at, 0, Class::ExistenceAdjective));
        let sign = if sweeping || is_worldwide || self.is_said_of_people(start, things) {
            Sign::Sweep
        } else {
            Sign::Generality
        };
        let needs_source = self.opens_clause(start) && !self.is_conceded(start) && !self.is_documented(things);
        needs_source.then(|| (sign, self.span(start, things)))
    }

    /// Whether the sentence says what software provides. Its documentation says so too.
    fn is_documented(&self, things: usize) -> bool {
        self.is(things, 0, Class::CountedNoun) && self.is(things, 1, Class::DocumentedVerb)
    }

    /// Whether people are the subject: "most users forget", not "for most users".
    fn is_said_of_people(&self, start: usize, noun: usize) -> bool {
        let governed = self.is(start, -1, Class::GoverningPreposition);
        let verb =
            self.tokens.get(noun + 1).is_some_and(|token| token.is_word() && !token.capital && !token.is_number());
        let expected = self.is(noun, 2, Class::ExpectationAdjective);
        self.is(noun, 0, Class::PeopleNoun)
            && !governed
            && verb
            && !expected
            && !self.is(noun, 1, Class::SubjectFollower)
    }

    /// Whether the token is in a concession, which is not the claim: "while most users are content, …".
    fn is_conceded(&self, at: usize) -> bool {
        let concedes = self.is(0, 0, Class::ConcessiveOpener);
        concedes && !self.tokens[..at].iter().any(|token| token.form == ",")
    }

    /// Whether a clause or a phrase begins at the token, so that it is not just the object of a verb.
    pub(super) fn opens_clause(&self, at: usize) -> bool {
        let before = self.form(at, -1);
        self.is(at, -1, Class::PhraseOpener) || !before.starts_with(char::is_alphanumeric)
    }

    /// The noun that a quantifier at `from` counts, unless it is limited to things of this text: "most users", not "most of
    /// these users".
    fn counted_things(&self, from: usize) -> Option<usize> {
        let things = self.within(from, 4, Class::CountedNoun);
        let noun = self
            .within(from, 4, Class::PeopleNoun)
            .map_or(things, |people| Some(things.map_or(people, |at| at.min(people))))?;
        let is_of_this_text = self.tokens[from..noun].iter().any(|token| token.classes.has(Class::TextDeterminer));
        let idiom = self.form(noun, 0) == "cases" && !(self.form(noun, -1) == "use" || self.form(noun, -2) == "use");
        (!is_of_this_text && !idiom).then_some(noun)
    }

    /// Whether a name comes right before a verb.
    fn follows_a_name(&self, at: usize) -> bool {
        let adverb = |before: usize| self.is(before, 0, Class::Frequency) || self.form(before, 0).ends_with("ly");
        at.checked_sub(1).is_some_and(|before| {
            let token = &self.tokens[before];
            token.capital && !token.classes.has(Class::FunctionWord) && !adverb(before)
        })
    }

    fn has_a_year(&self) -> bool {
        (1..self.tokens.len()).any(|at| self.form(at, 0) == "<year>" && self.is(at, -1, Class::DatePreposition))
    }

    /// Whether a number of three digits or more counts what follows it: "4,000 people", not "version 4" or "step 12".
    fn counts_things(&self, at: usize) -> bool {
        let word = |at: usize| self.tokens.get(at).filter(|token| token.is_word() && !token.is_number());
        let labelled =
            self.is(at, -1, Class::NumberLabel) || at.checked_sub(1).and_then(word).is_some_and(|token| token.capital);
        let thing = word(at + 1).is_some_and(|token| is_plural(token) && !token.classes.has(Class::FunctionWord));
        thing && !labelled && self.tokens[at].span.len() >= 3
    }

    /// Whether an amount comes before a currency: "40 cents", "ten dollars", "millions of dollars".
    fn has_amount(&self, at: usize) -> bool {
        let is_amount = |at: usize| {
            let token = &self.tokens[at];
            token.is_number() || self.is(at, 0, Class::MagnitudeNoun) || self.cardinal(at).is_some()
        };
        (at.saturating_sub(2)..at).any(is_amount)
    }

    /// Whether a large number is a rough count of something: "more than two million lives", "some 40 thousand readers".
    fn is_rough_count(&self, at: usize) -> bool {
        let is_rough = |at: usize| {
            self.is(at, 0, Class::Approximation) || matches!(self.form(at, 0), "than" | "estimated" | "some")
        };
        let before = (at.saturating_sub(3)..at).any(is_rough);
        before && self.within(at, 2, Class::FunctionWord).is_none() && self.tokens.get(at + 1).is_some_and(is_plural)
    }

    /// The span of the token, with a number or currency sign before it.
    fn with_number(&self, at: usize) -> Span {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let number = before.filter(|token| token.is_number() || ["$", "€", "£"].contains(&&*token.form));
        number.map_or(self.tokens[at].span, |token| token.span).cover(self.tokens[at].span)
    }
}

fn is_plural(token: &Token<'_>) -> bool {
    token.form.ends_with('s') || token.classes.has(Class::IrregularPlural)
}

/// Whether a word tells of a change.
fn is_change(token: &Token<'_>) -> bool {
    token.classes.has(Class::ChangeVerb)
}

/// Whether a word looks like a verb in the past tense.
pub(super) fn is_past(token: &Token<'_>) -> bool {
    token.form.ends_with("ed") && token.form.len() > 4 || token.classes.has(Class::IrregularPast)
}
