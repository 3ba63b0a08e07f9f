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
        self.share(at)
            .or_else(|| self.quantity(at))
            .or_else(|| self.report(at))
            .or_else(|| self.generalisation(at))
            .or_else(|| self.event(at))
    }

    /// Signs that are quantities: shares, amounts of money, figures, comparisons.
    fn quantity(&self, at: usize) -> Option<(Sign, Span)> {
        let number_before = || self.tokens[..at].last().is_some_and(Token::is_number);
        let with_number = |sign| Some((sign, self.with_number(at)));
        match self.form(at, 0) {
            // "100 %" most often means "all of it".
            "%" | "percent" if number_before() && self.written(at - 1) != "100" => with_number(Sign::Share),
            _ if self.is(at, 0, Class::ShareNoun) && self.form(at, 1) == "of" => self.frame(Sign::Part, at, at),
            // "$1 - p$" is a formula.
            "<number>"
                if ["$", "€", "£"].contains(&self.form(at, -1)) && !["$", "-", "+"].contains(&self.form(at, 1)) =>
            {
                with_number(Sign::Money)
            }
            _ if self.is(at, 0, Class::CurrencyNoun) => with_number(Sign::Money),
            _ if self.is(at, 0, Class::MagnitudeNoun) => with_number(Sign::Figure),
            "times" if self.is(at, -1, Class::TimesCount) => {
                let on_average = self.form(at, 1) == "on" && self.form(at, 2) == "average";
                let end = if on_average { Some(at + 2) } else { self.within(at, 2, Class::MeasuredComparative) };
                self.frame(Sign::Measure, at - 1, end?)
            }
            "times" | "x" if number_before() => {
                let comparative = self.within(at, 2, Class::MeasuredComparative)?;
                self.frame(Sign::Measure, at - 1, comparative)
            }
            "factor" if self.form(at, 1) == "of" && self.tokens.get(at + 2).is_some_and(Token::is_number) => {
                self.frame(Sign::Measure, at, at + 2)
            }
            "magnitude" if self.form(at, -1) == "of" => self.frame(Sign::Measure, at - 1, at),
            "<number>" if self.counts_things(at) => self.frame(Sign::Figure, at, at + 1),
            _ if matches!(self.form(at, 0), "in" | "of")
                && number_before()
                && self.tokens.get(at + 1).is_some_and(Token::is_number) =>
            {
                let label = at >= 2 && self.is(at, -2, Class::NumberLabel);
                (!label && self.form(at, -1) == "<number>").then(|| (Sign::Part, self.span(at - 1, at + 1)))
            }
            _ if self.is(at, 0, Class::MeasuredComparative)
                && (at + 1..at + 4).any(|at| self.form(at, 0) == "than") =>
            {
                let is_large = self.is(at, -1, Class::LargeDegree) || self.is(at, -1, Class::ComparativeDegree);
                let is_speed = self.is(at, 0, Class::SpeedComparative);
                let start = at.saturating_sub(1);
                is_large
                    .then_some(Sign::Contrast)
                    .or(is_speed.then_some(Sign::Comparison))
                    .map(|sign| (sign, self.span(start, at)))
            }
            _ => None,
        }
    }

    /// Signs of what others say, think or recommend.
    fn report(&self, at: usize) -> Option<(Sign, Span)> {
        let is = |class| self.is(at, 0, class);
        if is(Class::ResearchNoun)
            && let Some(verb) = self.within(at, if self.form(at, 1) == "with" { 6 } else { 2 }, Class::ResearchVerb)
        {
            return self.frame(Sign::Research, at, verb);
        }
        if is(Class::OftenSaid)
            && let Some(participle) = self.within(at, 1, Class::SayingParticiple)
            && self.form(participle, 1) != "questions"
            && self.form(at, -1) != "one"
        {
            return (!self.names_its_source(participle)).then(|| (Sign::Hearsay, self.span(at, participle)));
        }
        if is(Class::SayingParticiple) && self.is(at, 1, Class::OftenSaid) {
            return self.frame(Sign::Hearsay, at, at + 1);
        }
        if is(Class::WidelyHeld)
            && let Some(participle) = self.within(at, 1, Class::ThinkingParticiple)
        {
            let is_negated = self.form(at, -1) == "not";
            return (!is_negated && !self.names_its_source(participle))
                .then(|| (Sign::Hearsay, self.span(at, participle)));
        }
        if self.form(at, 0) == "most"
            && let Some(noun) = self.within(at, 2, Class::ResearchNoun)
            && self.is_plural(noun)
            && self.form(noun, 1) != "of"
        {
            return self.frame(Sign::Research, at, noun);
        }
        if let Some(participle) = self.finding(at) {
            return (!self.names_its_source(participle)).then(|| (Sign::Hearsay, self.span(at, participle)));
        }
        if is(Class::RecordedNoun)
            && (at.saturating_sub(4)..at).any(|at| self.is(at, 0, Class::ExistentialThere))
            && self.is(at, 1, Class::RecordConnective)
            && !(at.saturating_sub(2)..at).any(|at| self.form(at, 0) == "no")
        {
            return self.frame(Sign::Record, at, at + 1);
        }
        if is(Class::Notoriety) {
            return self.frame(Sign::Custom, at, at);
        }
        if is(Class::PolicyVerb) {
            return self.frame(Sign::Policy, at, at);
        }
        if is(Class::SharedAdjective) && self.is(at, 1, Class::OpinionNoun) && self.is(at, 2, Class::OpinionConnective)
        {
            return self.frame(Sign::Hearsay, at, at + 1);
        }
        if is(Class::PeopleNoun) {
            let is_of_this_text = |verb: usize| (verb..verb + 6).any(|at| self.form(at, 0) == "this");
            let voices = self
                .within(at, 3, Class::RequestVerb)
                .filter(|&verb| self.is_custom(at, verb) && !is_of_this_text(verb));
            let head = || self.within(at, 2, Class::OpinionVerb).or_else(|| self.within(at, 4, Class::MentalState));
            let minds = || head().map(|verb| (Sign::Minds, self.span(at, verb)));
            return voices.map(|verb| (Sign::Voices, self.span(at, verb))).or_else(minds);
        }
        None
    }

    /// The participle of a finding without its finder: "it was shown that", "has been found that", "several flaws were
    /// found".
    fn finding(&self, at: usize) -> Option<usize> {
        let auxiliary = self.is(at, 0, Class::FindingAuxiliary);
        let participle = self.within(at, 2, Class::FindingParticiple).filter(|_| auxiliary)?;
        let that = (participle + 1..participle + 3).any(|at| self.form(at, 0) == "that");
        let impersonal = self.form(at, 0) == "been" || self.form(at, -1) == "it";
        let many = |at: usize| self.is(at, 0, Class::ManyWord);
        let several = self.form(at, 0) == "were" && (at.saturating_sub(4)..at).any(many);
        let is_so = self.form(at, 0) == "been" && self.form(participle, 1) == "to";
        let is_negated = self.form(at, -1).ends_with("n't") || matches!(self.form(at, -1), "not" | "never");
        ((impersonal && that || several || is_so) && !is_negated).then_some(participle)
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
                let vast = |at: usize| self.is(at, 0, Class::LargeMajority);
                self.generality(at.saturating_sub(1), at + 1, (at.saturating_sub(2)..at).any(vast))
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
            _ if self.is(at, 0, Class::ChangeVerb) => self.frame(Sign::Trend, at, at),
            _ if self.is(at, 0, Class::CauseVerb) && is_perfect(at) => self.frame(Sign::Outcome, at - 1, at),
            _ if self.is(at, 0, Class::CauseVerb) => self.frame(Sign::Cause, at, at),
            _ => None,
        }
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
    fn frame(&self, sign: Sign, from: usize, to: usize) -> Option<(Sign, Span)> {
        Some((sign, self.span(from, to)))
    }

    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[to.min(self.tokens.len() - 1)].span)
    }

    /// The first of the next `most` words after `at` that is of a class. Marks other than a hyphen or emphasis end the
    /// search.
    fn within(&self, at: usize, most: usize, class: Class) -> Option<usize> {
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

    /// Whether the words after a participle name a source: "reported by Smith", "requested in RFC 12".
    fn names_its_source(&self, at: usize) -> bool {
        let source = |at: usize| self.tokens.get(at).is_some_and(|token| token.capital || token.is_number());
        self.is(at, 1, Class::SourcePreposition) && (source(at + 2) || source(at + 3))
    }

    /// Whether many people said something, or some say it repeatedly.
    fn is_custom(&self, people: usize, verb: usize) -> bool {
        (people..verb).any(|at| self.is(at, 0, Class::HabitAuxiliary) || self.is(at, 0, Class::OftenSaid))
            || self.is(people, -1, Class::ManyPeople)
            || self.form(verb, 0).ends_with("ed") && !self.is(people, -1, Class::ParticularPeople)
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

/// Whether a word looks like a verb in the past tense.
fn is_past(token: &Token<'_>) -> bool {
    token.form.ends_with("ed") && token.form.len() > 4 || token.classes.has(Class::IrregularPast)
}
