//! Research: what studies show, what experts hold, what occurs together with what.

use ibid_language::Class;
use ibid_text::Span;

use super::{Sign, frames::Sentence};
use crate::tokens::Token;

impl Sentence<'_> {
    /// The finding of research whose first word is at a token.
    pub(super) fn research(&self, at: usize) -> Option<(Sign, Span)> {
        self.finding_of_research(at)
            .or_else(|| self.most_studies(at))
            .or_else(|| self.expert_opinion(at))
            .or_else(|| self.association(at))
    }

    /// "studies show", "a survey of teachers found", "studies have repeatedly linked".
    fn finding_of_research(&self, at: usize) -> Option<(Sign, Span)> {
        if !self.is(at, 0, Class::ResearchNoun) || self.is_mentioned_before(at) {
            return None;
        }
        let reach = if self.form(at, 1) == "with" { 6 } else { 2 };
        // A capital makes it the beginning of something else, and "a statistics report from the tool" is no finding.
        let reports = |verb: &usize| {
            !self.tokens[*verb].capital && (!self.form(*verb, 0).starts_with("report") || self.opens_content(*verb + 1))
        };
        let verb = self.within(at, reach, Class::ResearchVerb).filter(reports);
        let linked = || {
            self.within(at, 3, Class::LinkedParticiple).filter(|&verb| {
                (at..verb).any(|at| self.is(at, 0, Class::PerfectAuxiliary)) && self.form(verb - 1, 0) != "been"
            })
        };
        verb.or_else(linked).map(|verb| (Sign::Research, self.span(at, verb)))
    }

    /// Whether the noun is a study that was mentioned before ("the study found", "these data show"), a variable ("study A
    /// shows") or asked for ("what experience teaches").
    fn is_mentioned_before(&self, at: usize) -> bool {
        let pointed_at = self.form(at, -1) == "the" && self.is(at, 0, Class::SingleStudy);
        let is_variable = self.tokens.get(at + 1).is_some_and(|token| token.capital && token.span.len() == 1);
        pointed_at || is_variable || self.form(at, -1) == "what" || self.is(at, -1, Class::PointingDeterminer)
    }

    /// Whether what is reported begins at a token: "that", a figure, or a noun with its article.
    fn opens_content(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_number)
            || self.is(at, 0, Class::Article)
            || self.is(at, 0, Class::ReportedOpening)
    }

    /// "most studies compare".
    fn most_studies(&self, at: usize) -> Option<(Sign, Span)> {
        let noun = self.within(at, 1, Class::ResearchNoun).filter(|_| self.form(at, 0) == "most")?;
        (self.is_plural(noun) && self.form(noun, 1) != "of").then(|| (Sign::Research, self.span(at, noun)))
    }

    /// "experts warn that", "many historians now doubt that", "according to economists". Not "these historians say".
    fn expert_opinion(&self, at: usize) -> Option<(Sign, Span)> {
        if !self.is(at, 0, Class::ExpertNoun) {
            return None;
        }
        let start = at - usize::from(self.is(at, -1, Class::ManyPeople) || self.form(at, -1) == "some");
        if self.form(start, -1) == "to" && self.form(start, -2) == "according" {
            return Some((Sign::Research, self.span(start - 2, at)));
        }
        if self.is(start, -1, Class::ParticularDeterminer) || !self.opens_clause(start) {
            return None;
        }
        let verb = self.within(at, 3, Class::ExpertVerb).or_else(|| self.within(at, 2, Class::ResearchVerb))?;
        let holds =
            self.form(verb, 1) == "that" || self.is(verb, 1, Class::Article) || self.is_plural_subject(verb + 1);
        holds.then(|| (Sign::Research, self.span(start, verb)))
    }

    /// Whether a plural noun and more words follow, as a clause without "that" begins.
    fn is_plural_subject(&self, at: usize) -> bool {
        let in_reach = self.tokens.len() > at + 2;
        in_reach && (at..at + 2).any(|at| self.is_plural(at) && !self.is(at, 0, Class::FunctionWord))
    }

    /// "is associated with a lower risk": two things that occur together, one of them at another level.
    fn association(&self, at: usize) -> Option<(Sign, Span)> {
        let states = self.is(at, 0, Class::LinkedParticiple) && matches!(self.form(at, 1), "with" | "to");
        let predicate = (at.saturating_sub(3)..at).any(|at| self.is(at, 0, Class::LinkingVerb));
        if !states || !predicate {
            return None;
        }
        let reach: Vec<usize> = (at + 2..at + 8).take_while(|&at| self.form(at, 0) != ",").collect();
        let harm = reach.iter().find(|&&at| self.is(at, 0, Class::MeasuredHarm));
        let is_level = |&&at: &&usize| {
            let quantity = |by| self.is(at, by, Class::MeasuredQuantity);
            self.is(at, 0, Class::ComparedLevel) && (1..=3).any(quantity)
        };
        let level = *harm.or_else(|| reach.iter().find(is_level))?;
        Some((Sign::Association, self.span(at, level)))
    }
}
