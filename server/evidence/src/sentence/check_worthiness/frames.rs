//! The signs themselves: short frames of words, read from one word on.

use ibid_language::Class;
use ibid_text::Span;

use super::Sign;
use crate::tokens::Token;

/// A sentence in which signs are looked for.
pub(super) struct Sentence<'a> {
    pub(super) tokens: &'a [Token<'a>],
}

impl<'a> Sentence<'a> {
    pub(super) fn new(tokens: &'a [Token<'a>]) -> Self {
        Self { tokens }
    }

    /// The sign that turns on the token, with the words that show it.
    pub(super) fn sign(&self, at: usize) -> Option<(Sign, Span)> {
        self.counted(at).or_else(|| self.told(at)).or_else(|| self.general(at)).or_else(|| self.happened(at))
    }

    /// Shares, amounts, figures, measures.
    fn counted(&self, at: usize) -> Option<(Sign, Span)> {
        let number_before = || self.tokens[..at].last().is_some_and(Token::is_number);
        let with_number = |sign| Some((sign, self.with_number(at)));
        match self.form(at, 0) {
            "%" | "percent" if number_before() => with_number(Sign::Share),
            "half" | "third" | "quarter" | "thirds" | "quarters" if self.form(at, 1) == "of" => {
                self.frame(Sign::Part, at, at)
            }
            // "$1 - p$" is no money.
            "<number>"
                if ["$", "€", "£"].contains(&self.form(at, -1)) && !["$", "-", "+"].contains(&self.form(at, 1)) =>
            {
                with_number(Sign::Money)
            }
            "dollars" | "euros" => with_number(Sign::Money),
            "million" | "billion" | "trillion" | "thousand" | "millions" | "billions" | "thousands" => {
                with_number(Sign::Figure)
            }
            "times" if ["many", "several", "three", "four", "five", "ten"].contains(&self.form(at, -1)) => {
                let on_average = self.form(at, 1) == "on" && self.form(at, 2) == "average";
                let to = if on_average { Some(at + 2) } else { self.within(at, 2, Class::MeasuredComparative) };
                self.frame(Sign::Measure, at - 1, to?)
            }
            "times" | "x" if number_before() => {
                let compared = self.within(at, 2, Class::MeasuredComparative)?;
                self.frame(Sign::Measure, at - 1, compared)
            }
            "factor" if self.form(at, 1) == "of" && self.tokens.get(at + 2).is_some_and(Token::is_number) => {
                self.frame(Sign::Measure, at, at + 2)
            }
            "magnitude" if self.form(at, -1) == "of" => self.frame(Sign::Measure, at - 1, at),
            "<number>" if self.counts_things(at) => self.frame(Sign::Figure, at, at + 1),
            "in" | "of" if number_before() && self.tokens.get(at + 1).is_some_and(Token::is_number) => {
                let label = at >= 2 && self.is(at, -2, Class::NumberLabel);
                (!label && self.form(at, -1) == "<number>").then(|| (Sign::Part, self.span(at - 1, at + 1)))
            }
            _ if self.is(at, 0, Class::MeasuredComparative)
                && (at + 1..at + 4).any(|at| self.form(at, 0) == "than") =>
            {
                let much = |form: &str| ["much", "even"].contains(&form);
                let by_much = self.is(at, -1, Class::LargeDegree) || much(self.form(at, -1));
                let speed = ["faster", "slower", "cheaper"].contains(&self.form(at, 0));
                let start = at.saturating_sub(1);
                by_much
                    .then_some(Sign::Contrast)
                    .or(speed.then_some(Sign::Comparison))
                    .map(|it| (it, self.span(start, at)))
            }
            _ => None,
        }
    }

    /// What is said by others: research, hearsay, voices.
    fn told(&self, at: usize) -> Option<(Sign, Span)> {
        let is = |class| self.is(at, 0, class);
        if is(Class::ResearchNoun)
            && let Some(finds) = self.within(at, if self.form(at, 1) == "with" { 6 } else { 2 }, Class::ResearchVerb)
        {
            return self.frame(Sign::Research, at, finds);
        }
        if is(Class::OftenSaid)
            && let Some(said) = self.within(at, 1, Class::SayingParticiple)
            && self.form(said, 1) != "questions"
        {
            return (!self.names_its_source(said)).then(|| (Sign::Hearsay, self.span(at, said)));
        }
        if is(Class::SayingParticiple) && self.is(at, 1, Class::OftenSaid) {
            return self.frame(Sign::Hearsay, at, at + 1);
        }
        if is(Class::WidelyHeld)
            && let Some(thought) = self.within(at, 1, Class::ThinkingParticiple)
        {
            let denied = self.form(at, -1) == "not";
            return (!denied && !self.names_its_source(thought)).then(|| (Sign::Hearsay, self.span(at, thought)));
        }
        if let Some(found) = self.finding(at) {
            return (!self.names_its_source(found)).then(|| (Sign::Hearsay, self.span(at, found)));
        }
        if is(Class::RecordedNoun)
            && (at.saturating_sub(4)..at).any(|at| ["there", "there's"].contains(&self.form(at, 0)))
            && ["that", "of", "where", "from", "about"].contains(&self.form(at, 1))
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
        if is(Class::SharedAdjective)
            && self.is(at, 1, Class::OpinionNoun)
            && ["that", "is", "was", "among", "from", "of"].contains(&self.form(at, 2))
        {
            return self.frame(Sign::Hearsay, at, at + 1);
        }
        if is(Class::PeopleNoun) {
            let here = |verb: usize| (verb..verb + 6).any(|at| self.form(at, 0) == "this");
            let asks = self.within(at, 3, Class::RequestVerb).filter(|&verb| self.is_custom(at, verb) && !here(verb));
            let head = || self.within(at, 2, Class::OpinionVerb).or_else(|| self.within(at, 4, Class::MentalState));
            let thinks = || head().map(|verb| (Sign::Minds, self.span(at, verb)));
            return asks.map(|verb| (Sign::Voices, self.span(at, verb))).or_else(thinks);
        }
        None
    }

    /// A finding of nobody in particular: "it was shown that", "has been found that", "several flaws were found".
    fn finding(&self, at: usize) -> Option<usize> {
        let told = ["been", "was", "were"].contains(&self.form(at, 0));
        let found = self.within(at, 2, Class::FindingParticiple).filter(|_| told)?;
        let that = (found + 1..found + 3).any(|at| self.form(at, 0) == "that");
        let nobody = self.form(at, 0) == "been" || self.form(at, -1) == "it";
        let many = |at: usize| ["multiple", "several", "numerous", "many", "dozens"].contains(&self.form(at, 0));
        let several = self.form(at, 0) == "were" && (at.saturating_sub(4)..at).any(many);
        (nobody && that || several).then_some(found)
    }

    /// What nearly all of a kind are or do, how much something is used, what is so in fact.
    fn general(&self, at: usize) -> Option<(Sign, Span)> {
        let next = self.form(at, 1);
        match self.form(at, 0) {
            "most" if self.form(at, -1) == "the" => {
                let adverb = self.is(at, 1, Class::OftenSaid) || self.is(at, 1, Class::WidelyHeld);
                let used = self.within(if adverb { at + 1 } else { at }, 1, Class::UsageParticiple)?;
                let before = at.saturating_sub(5)..at;
                let predicate = self.form(at, -2) == "," || before.into_iter().any(|at| is_copula(self.form(at, 0)));
                predicate.then(|| (Sign::Popularity, self.span(at, used)))
            }
            "most" if next != "of" => self.generality(at, at, false),
            "almost" | "nearly" | "virtually" if ["all", "every", "none", "no"].contains(&next) => {
                self.generality(at, at + 1, true)
            }
            "majority" if next == "of" => {
                let vast = |at: usize| ["vast", "overwhelming", "large", "great"].contains(&self.form(at, 0));
                self.generality(at.saturating_sub(1), at + 1, (at.saturating_sub(2)..at).any(vast))
            }
            "few" if ["very", "only", "relatively"].contains(&self.form(at, -1)) => self.generality(at - 1, at, false),
            "few" if !["a", "the", "these", "next", "last", "first", "every"].contains(&self.form(at, -1)) => {
                self.generality(at, at, true)
            }
            "top" | "main" | "biggest" | "leading" | "greatest" | "chief"
                if self.is(at, 1, Class::ReasonNoun)
                    && (at.saturating_sub(4)..at).any(|at| is_copula(self.form(at, 0))) =>
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
            _ if self.is(at, 0, Class::Rarity) && at > 0 && is_copula(self.form(at, -1)) => {
                let needed = (at + 1..at + 4).find(|&at| self.is(at, 0, Class::RareParticiple))?;
                self.frame(Sign::Rarity, at, needed)
            }
            _ if self.is(at, 0, Class::FactAdverb) => self.frame(Sign::Practice, at, at),
            _ if self.is(at, 0, Class::Frequency) => self.frame(Sign::Frequency, at, at),
            _ if self.is(at, 0, Class::ReasonConjunction) => self.frame(Sign::Reason, at, at),
            _ => None,
        }
    }

    /// What happened, by whom, when, and with what rank.
    fn happened(&self, at: usize) -> Option<(Sign, Span)> {
        let past = || self.tokens.iter().any(|token| is_past(&token.form));
        let has_come = |at: usize| ["has", "have", "had"].contains(&self.form(at, -1));
        match self.form(at, 0) {
            "<year>" if is_before_a_year(self.form(at, -1)) && past() => self.frame(Sign::Date, at, at),
            "century" | "centuries" | "1990s" | "1980s" | "1970s" | "1960s" if past() => self.frame(Sign::Date, at, at),
            "only" | "first" if self.form(at, -1) == "the" && past() => {
                let to = (at + 2..at + 5).find(|&at| ["to", "who", "that"].contains(&self.form(at, 0)))?;
                self.frame(Sign::Rank, at, to)
            }
            _ if self.is(at, 0, Class::RankSuperlative)
                && ["the", "world's", "second", "third"].contains(&self.form(at, -1)) =>
            {
                self.frame(Sign::Rank, at, at)
            }
            _ if self.is(at, 0, Class::DeedVerb) && self.is_done_by_somebody(at) => self.frame(Sign::Deed, at, at),
            done if is_past(done) && self.is_done_by_somebody(at) && self.has_a_year() => {
                self.frame(Sign::Deed, at - 1, at)
            }
            _ if self.is(at, 0, Class::ChangeVerb) => self.frame(Sign::Trend, at, at),
            _ if self.is(at, 0, Class::CauseVerb) && has_come(at) => self.frame(Sign::Outcome, at - 1, at),
            _ if self.is(at, 0, Class::CauseVerb) => self.frame(Sign::Cause, at, at),
            _ => None,
        }
    }

    /// The form of the token `by` places from `at`; empty beyond the sentence.
    pub(super) fn form(&self, at: usize, by: isize) -> &str {
        at.checked_add_signed(by).and_then(|at| self.tokens.get(at)).map_or("", |token| &token.form)
    }

    /// Whether the token `by` places from `at` is of a class.
    pub(super) fn is(&self, at: usize, by: isize, class: Class) -> bool {
        at.checked_add_signed(by).and_then(|at| self.tokens.get(at)).is_some_and(|token| token.classes.has(class))
    }

    /// A sign with the words from one token to another.
    #[expect(clippy::unnecessary_wraps, reason = "every frame answers with an option")]
    fn frame(&self, sign: Sign, from: usize, to: usize) -> Option<(Sign, Span)> {
        Some((sign, self.span(from, to)))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[to.min(self.tokens.len() - 1)].span)
    }

    /// The first of the next `most` words behind `at` that is of a class; marks other than a hyphen or emphasis end the
    /// search.
    fn within(&self, at: usize, most: usize, class: Class) -> Option<usize> {
        let behind = self.tokens.iter().enumerate().skip(at + 1);
        let near = behind.take_while(|(_, token)| token.is_word() || ["-", "*", "_"].contains(&&*token.form));
        near.filter(|(_, token)| token.is_word()).take(most).map(|(at, _)| at).find(|&at| self.is(at, 0, class))
    }

    /// A statement of most, or nearly all, of the people or things behind `quantifier`; its words begin at `start`.
    fn generality(&self, start: usize, quantifier: usize, sweeping: bool) -> Option<(Sign, Span)> {
        let things = self.counted_things(quantifier)?;
        let outside = (quantifier..things).any(|at| self.is(at, 0, Class::ExistenceAdjective));
        let sign =
            if sweeping || outside || self.is_said_of_people(start, things) { Sign::Sweep } else { Sign::Generality };
        let asks = self.opens_clause(start) && !self.is_conceded(start) && !self.tells_what_is_documented(things);
        asks.then(|| (sign, self.span(start, things)))
    }

    /// What libraries and the like provide stands in their documentation, under their names.
    fn tells_what_is_documented(&self, things: usize) -> bool {
        const PROVIDES: [&str; 8] = ["provide", "offer", "support", "have", "use", "include", "expose", "display"];
        self.is(things, 0, Class::CountedNoun) && PROVIDES.contains(&self.form(things, 1))
    }

    /// Whether people are the subject of what is said: "most users forget", not "for most users".
    fn is_said_of_people(&self, start: usize, noun: usize) -> bool {
        let before = self.form(start, -1);
        let governed = ["for", "in", "by", "of", "on", "to", "among", "as"].contains(&before);
        let verb =
            self.tokens.get(noun + 1).is_some_and(|token| token.is_word() && !token.capital && !token.is_number());
        let not_a_verb = ["who", "of", "in", "and", "or", "that", "with", "from", "to", "for", "on", "at"];
        let expected = ["expected", "likely"].contains(&self.form(noun, 2));
        self.is(noun, 0, Class::PeopleNoun)
            && !governed
            && verb
            && !expected
            && !not_a_verb.contains(&self.form(noun, 1))
    }

    /// Whether the token stands in a concession: "while most users are content, …". No weight rests on it.
    fn is_conceded(&self, at: usize) -> bool {
        let concedes = ["while", "although", "though", "even"].contains(&self.form(0, 0));
        concedes && !self.tokens[..at].iter().any(|token| token.form == ",")
    }

    /// Whether a clause, or a phrase in it, begins at the token: what it names is not just the object of a verb.
    fn opens_clause(&self, at: usize) -> bool {
        const OPENERS: [&str; 26] = [
            "",
            "the",
            "a",
            "and",
            "but",
            "because",
            "since",
            "as",
            "that",
            "while",
            "though",
            "although",
            "so",
            "when",
            "where",
            "for",
            "in",
            "by",
            "of",
            "on",
            "to",
            "among",
            "today",
            "currently",
            "unfortunately",
            "is",
        ];
        let before = self.form(at, -1);
        OPENERS.contains(&before) || !before.starts_with(char::is_alphanumeric)
    }

    /// The people or things that a quantifier at `from` counts, if they are the world's and not this text's: "most
    /// users", not "most of these users".
    fn counted_things(&self, from: usize) -> Option<usize> {
        let things = self.within(from, 4, Class::CountedNoun);
        let noun = self
            .within(from, 4, Class::PeopleNoun)
            .map_or(things, |people| Some(things.map_or(people, |at| at.min(people))))?;
        let pointing =
            |form: &str| ["this", "these", "those", "such", "above", "our", "its", "their", "team"].contains(&form);
        let here = self.tokens[from..noun].iter().any(|token| pointing(&token.form));
        let idiom = self.form(noun, 0) == "cases" && !(self.form(noun, -1) == "use" || self.form(noun, -2) == "use");
        (!here && !idiom).then_some(noun)
    }

    /// Whether the words behind a participle say by whom or where: "reported by Smith", "requested in RFC 12".
    fn names_its_source(&self, at: usize) -> bool {
        let source = |at: usize| self.tokens.get(at).is_some_and(|token| token.capital || token.is_number());
        ["by", "in", "at"].contains(&self.form(at, 1)) && (source(at + 2) || source(at + 3))
    }

    /// Whether people are told to say something again and again, or many to have said it.
    fn is_custom(&self, people: usize, verb: usize) -> bool {
        let between = |form: &str| ["keep", "keeps", "have", "has"].contains(&form);
        (people..verb).any(|at| between(self.form(at, 0)) || self.is(at, 0, Class::OftenSaid))
            || ["many", "most", "several", "numerous"].contains(&self.form(people, -1))
            || self.form(verb, 0).ends_with("ed")
                && !["some", "these", "those", "the", "two", "few"].contains(&self.form(people, -1))
    }

    /// Whether a name stands before a verb.
    fn is_done_by_somebody(&self, at: usize) -> bool {
        let adverb = |before: usize| self.is(before, 0, Class::Frequency) || self.form(before, 0).ends_with("ly");
        at.checked_sub(1).is_some_and(|before| {
            let token = &self.tokens[before];
            token.capital && !token.classes.has(Class::FunctionWord) && !adverb(before)
        })
    }

    fn has_a_year(&self) -> bool {
        (1..self.tokens.len()).any(|at| self.form(at, 0) == "<year>" && is_before_a_year(self.form(at, -1)))
    }

    /// A number of three digits or more that counts what follows it: "4,000 people", not "version 4" or "step 12".
    fn counts_things(&self, at: usize) -> bool {
        let word = |at: usize| self.tokens.get(at).filter(|token| token.is_word() && !token.is_number());
        let labelled =
            self.is(at, -1, Class::NumberLabel) || at.checked_sub(1).and_then(word).is_some_and(|token| token.capital);
        let thing = word(at + 1).is_some_and(|token| is_plural(&token.form) && !token.classes.has(Class::FunctionWord));
        thing && !labelled && self.tokens[at].span.len() >= 3
    }

    /// The token with the number or the sign of a currency before it.
    fn with_number(&self, at: usize) -> Span {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let number = before.filter(|token| token.is_number() || ["$", "€", "£"].contains(&&*token.form));
        number.map_or(self.tokens[at].span, |token| token.span).cover(self.tokens[at].span)
    }
}

fn is_copula(word: &str) -> bool {
    ["is", "was", "are", "were", "remains", "became", "be"].contains(&word)
}

fn is_before_a_year(word: &str) -> bool {
    ["in", "since", "between", "and", "by", "of", "from", "until", "to", "during"].contains(&word)
}

fn is_plural(word: &str) -> bool {
    word.ends_with('s') || ["people", "men", "women", "children"].contains(&word)
}

/// Whether a word looks like a verb in the past tense.
fn is_past(word: &str) -> bool {
    const IRREGULAR: [&str; 28] = [
        "was", "were", "had", "did", "became", "began", "grew", "rose", "fell", "won", "lost", "made", "led", "wrote",
        "came", "went", "took", "held", "sold", "built", "found", "gave", "got", "said", "saw", "spent", "left",
        "died",
    ];
    (word.ends_with("ed") && word.len() > 4) || IRREGULAR.contains(&word)
}
