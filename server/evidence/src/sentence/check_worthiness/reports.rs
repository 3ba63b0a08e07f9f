//! Reports: what others say, think or recommend.

use ibid_language::Class;
use ibid_text::Span;

use super::{Sign, frames::Sentence};

impl Sentence<'_> {
    /// Signs of what others say, think or recommend.
    pub(super) fn report(&self, at: usize) -> Option<(Sign, Span)> {
        let is = |class| self.is(at, 0, class);
        if is(Class::OftenSaid)
            && let Some(participle) = self.within(at, 1, Class::SayingParticiple).filter(|&it| it == at + 1)
            && self.form(participle, 1) != "questions"
            && self.form(at, -1) != "one"
        {
            return (!self.names_its_source(participle)).then(|| (Sign::Hearsay, self.span(at, participle)));
        }
        if is(Class::SayingParticiple) && self.is(at, 1, Class::OftenSaid) {
            return self.frame(Sign::Hearsay, at, at + 1);
        }
        if is(Class::WidelyHeld)
            // "A widely-held belief" is described, not reported.
            && let Some(participle) = self.within(at, 1, Class::ThinkingParticiple).filter(|&it| it == at + 1)
        {
            let is_conceded = self.is(at, -1, Class::ConcessiveOpener);
            let is_name = self.form(participle, 0) == "known" && self.form(participle, 1) == "as";
            let is_negated = self.form(at, -1) == "not";
            return (!is_negated && !is_conceded && !is_name && !self.names_its_source(participle))
                .then(|| (Sign::Hearsay, self.span(at, participle)));
        }
        if let Some(participle) = self.finding(at).or_else(|| self.hearsay(at)) {
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

    /// The participle of what is said without saying by whom: "it is commonly believed that", "it is said that".
    fn hearsay(&self, at: usize) -> Option<usize> {
        let is = usize::from(self.form(at, 1) == "has");
        let opens =
            self.form(at, 0) == "it" && self.opens_clause(at) && matches!(self.form(at + is, 1), "is" | "was" | "been");
        let adverb = usize::from(self.is(at + is, 2, Class::HearsayAdverb));
        let participle = at + is + adverb + 2;
        let is_so = self.is(participle, 0, Class::HearsayParticiple) && self.form(participle, 1) == "that";
        (opens && is_so).then_some(participle)
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
}
