//! Word classes: the sets of words that rules ask about.

use rustc_hash::FxHashMap;

use crate::file::{self, word_files};

const BITS: usize = u64::BITS as usize;

/// A set of word classes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Classes([u64; Class::ALL.len().div_ceil(BITS)]);

impl Classes {
    /// The set of these classes.
    pub const fn of(classes: &[Class]) -> Self {
        let mut set = Self([0; Class::ALL.len().div_ceil(BITS)]);
        let mut at = 0;
        while at < classes.len() {
            set = set.with(classes[at]);
            at += 1;
        }
        set
    }

    /// Whether `class` belongs to the set.
    pub const fn has(self, class: Class) -> bool {
        self.0[class as usize / BITS] & (1 << (class as usize % BITS)) != 0
    }

    /// Whether the sets have a class in common.
    pub fn intersects(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(mine, theirs)| mine & theirs != 0)
    }

    const fn with(mut self, class: Class) -> Self {
        self.0[class as usize / BITS] |= 1 << (class as usize % BITS);
        self
    }
}

/// The classes of every word in class files, given in the order of [`Class::ALL`].
pub(crate) fn table(files: &[&'static str]) -> FxHashMap<&'static str, Classes> {
    let mut table: FxHashMap<&str, Classes> = FxHashMap::default();
    for ((class, _), text) in Class::ALL.iter().zip(files) {
        for (word, _) in file::entries(text) {
            let classes = table.entry(word).or_default();
            *classes = classes.with(*class);
        }
    }
    table
}

word_files! {
    /// A class of words. A word can belong to several.
    pub enum Class in "classes";
    AddressedNoun = "addressed-noun": "Nouns after \"your\" for what the addressee wrote or argued: argument, post.";
    AddressedPossessive = "addressed-possessive": "Possessives of the addressee: your.";
    AddressedVerb = "addressed-verb": "Verbs in questions to an addressee: \"do you agree\", \"could you explain\".";
    Addressee = "addressee": "Pronouns of the addressee: you.";
    Adverb = "adverb": "Adverbs that may occur between a term and its verb: also, often.";
    Ago = "ago": "Words after a time span that has passed: ago.";
    Approximation = "approximation": "Words that make a figure or a rule rough: about, often.";
    Assumption = "assumption": "Words that take something as given without asserting it.";
    Auxiliary = "auxiliary": "Auxiliary verbs: will, can, has.";
    Booster = "booster": "Words that raise certainty: clearly, proves, confirms.";
    ByWord = "by-word": "Prepositions before a term in \"by X you mean\".";
    BylineLink = "byline-link": "Labels of the links beside the name and time of a comment: parent, reply.";
    BylineNonName = "byline-non-name": "Words that begin a line with a time and are no user names: edited, posted.";
    Calendar = "calendar": "Names of months and days.";
    CapitalisedPronoun = "capitalised-pronoun": "Pronouns that careful writers capitalise: I.";
    Causation = "causation": "Words that state a cause: causes, prevents, leads.";
    CauseVerb = "cause-verb": "Verbs of cause: causes, prevented.";
    ChangeVerb = "change-verb": "Verbs of change over time: doubled, fell.";
    CommentAction = "comment-action": "Labels of the links below a comment: reply, report.";
    CommentActionMarker = "comment-action-marker": "Labels of links that only comments have: reply, permalink.";
    Complementizer = "complementizer": "Words that may open a reported clause: that.";
    Conditional = "conditional": "Words that open a condition: if, unless, provided.";
    Conjunction = "conjunction": "Conjunctions: and, but, because.";
    Copula = "copula": "Finite forms of \"to be\": is, are, was, were.";
    Correlation = "correlation": "Words that state that two things occur together: associated, linked.";
    CountedNoun = "counted-noun": "Plural nouns for things that somebody would have to count: projects, cities.";
    DateLabel = "date-label": "Words beside a date at the head of a page: published, on.";
    DatePreposition = "date-preposition": "Prepositions before a date: on.";
    Decrease = "decrease": "Words for less of something: decreases, lower, falls.";
    DeedVerb = "deed-verb": "Past-tense verbs for what a particular person or body said or did: invented, signed.";
    DefiningVerb = "defining-verb": "First words of defining verbs: refers, denotes.";
    DefiniteArticle = "definite-article": "The definite article.";
    Determiner = "determiner": "Determiners whose noun phrase refers to something and is not defined: this, my, some.";
    Evaluation = "evaluation": "Words that evaluate rather than state: good, beautiful.";
    ExistenceAdjective = "existence-adjective": "Adjectives between a quantifier and a noun that place it in the world: existing, published.";
    FactAdverb = "fact-adverb": "Adverbs for what is so in fact or by now: today, empirically.";
    FindingParticiple = "finding-participle": "Participles of finding: shown, demonstrated.";
    FiniteVerb = "finite-verb": "Finite verbs that are seldom nouns.";
    FirstPerson = "first-person": "Pronouns of the writer, with contractions: I, my, we.";
    FirstPersonSingular = "first-person-singular": "Pronouns of a single writer, with contractions: I, my.";
    FrameAside = "frame-aside": "Words between the subject and the verb of a reporting frame: \"Tan also says\".";
    FrameBaseVerb = "frame-base-verb": "Uninflected reporting verbs, which need a plural subject or a name: say.";
    FrameBlocker = "frame-blocker": "Words before a verb that keep it from reporting: \"want to say\".";
    FrameThirdPerson = "frame-third-person": "Third-person pronouns that are the subject of a reporting frame: they.";
    FrameVerb = "frame-verb": "Verbs that end a reporting frame even without a colon: says, argues.";
    FrameVerbBeforeColon = "frame-verb-before-colon": "Verbs that end a reporting frame only before a colon, because they are also nouns or need an object: claims, adds.";
    FrameWriter = "frame-writer": "Pronouns of the writer as subject of a reporting frame: I, we.";
    Frequency = "frequency": "Words for how often something is so: often, typically, tend.";
    FunctionWord = "function-word": "Words with a grammatical role and no content: the, of, is.";
    GenericYouContext = "generic-you-context": "Words before \"you say\" in statements about anybody: \"if you say\".";
    GenusNoun = "genus-noun": "Nouns that a definition begins with: type, process, person.";
    Hedge = "hedge": "Hedges: words that always or nearly always lower certainty.";
    HourPreposition = "hour-preposition": "Prepositions before a time of day: at.";
    Increase = "increase": "Words for more of something: increases, higher, rises.";
    IndefiniteArticle = "indefinite-article": "Indefinite articles.";
    JudgmentAdjective = "judgment-adjective": "Adjectives of judgment: important, good, key.";
    JudgmentNoun = "judgment-noun": "Nouns that a judgment begins with: problem, reason, question.";
    LargeDegree = "large-degree": "Adverbs for a large difference: far, significantly.";
    MeasuredComparative = "measured-comparative": "Comparatives and adjectives of measured qualities: faster, expensive.";
    MentalState = "mental-state": "Adjectives for the state of people's minds: aware, reluctant.";
    Month = "month": "Names of months.";
    MonthAbbreviation = "month-abbreviation": "The first three letters of the names of months.";
    NameJoiner = "name-joiner": "Words inside a name or between names: van, and.";
    NameParticle = "name-particle": "Words in lower case inside a person's name: de, van.";
    NamingParticiple = "naming-participle": "First words of naming phrases: called, known.";
    Negation = "negation": "Words that negate: not, never, without.";
    NonNameOpener = "non-name-opener": "Words that are capitalised at the start of a sentence and begin no name: However, The.";
    NonStatementOpener = "non-statement-opener": "First words of suppositions, instructions and captions.";
    NotCheckworthy = "not-checkworthy": "Words that exempt their sentence: thought experiments, modality, narrative, formulas.";
    Notoriety = "notoriety": "Words for what is known to everybody: infamous, well-documented.";
    NumberLabel = "number-label": "Words before a number that make it a label rather than a count: version, page.";
    Obligation = "obligation": "Words that state what ought to be: should, must, need.";
    OftenSaid = "often-said": "Adverbs of frequency before a participle of saying: often, repeatedly.";
    OpenEndedWord = "open-ended-word": "Words that a sentence cannot end with: the, of.";
    OpinionNoun = "opinion-noun": "Nouns for what many hold: belief, complaint, consensus.";
    OpinionVerb = "opinion-verb": "Verbs for what people believe or feel: think, prefer, worry.";
    PageNoun = "page-noun": "Nouns for the page that a comment is on: post, thread.";
    PartialQuantifier = "partial-quantifier": "Quantifiers and adverbs that cover a part: some, few, often.";
    PeopleNoun = "people-noun": "Nouns for groups of people: economists, users, voters.";
    PolicyVerb = "policy-verb": "Verbs of policy: recommend, ban.";
    Possibility = "possibility": "Hedges that leave a question open: may, perhaps.";
    PossibleHedge = "possible-hedge": "Words that hedge in some contexts only: can, indicate, potential.";
    Preposition = "preposition": "Prepositions: of, in, by.";
    Probability = "probability": "Hedges that lean one way: likely, seems.";
    Pronoun = "pronoun": "Pronouns, with contractions: it, they, there, who.";
    QualityAdjective = "quality-adjective": "Adjectives for a quality of the subject, with no noun behind them: high, aware.";
    Quantity = "quantity": "Quantities in words: million, half, twice, percent.";
    QuestionAuxiliary = "question-auxiliary": "Auxiliaries before \"you\" in a question: do, could.";
    QuestionOpener = "question-opener": "Words that open a question about what somebody else wrote: is, why.";
    QuestionedDeterminer = "questioned-determiner": "Determiners in a question about what somebody else wrote: \"Is this …?\".";
    QuoteVerdictVerb = "quote-verdict-verb": "Verbs after a quoted phrase that judge it: \"… seems wrong\".";
    RankSuperlative = "rank-superlative": "Superlatives of rank: largest, oldest.";
    RareParticiple = "rare-participle": "Participles and adjectives after \"rarely\" or \"often\": needed, used, read.";
    Rarity = "rarity": "Adverbs for hardly ever: rarely, seldom.";
    ReasonConjunction = "reason-conjunction": "Conjunctions that introduce a reason: because, since.";
    ReasonNoun = "reason-noun": "Nouns for reasons, of which one can be the main one: cause, obstacle.";
    RecordedNoun = "recorded-noun": "Plural nouns after \"many\": reports, cases, complaints.";
    RelativePronoun = "relative-pronoun": "Words that open a relative clause: that, which, who.";
    ReportNoun = "report-noun": "Nouns after \"our\" in a scientific report: our results.";
    ReportPossessive = "report-possessive": "Possessives of the writers of a report: our.";
    ReportPronoun = "report-pronoun": "Pronouns of the writers of a report: we.";
    ReportVerb = "report-verb": "Verbs after \"we\" in a scientific report: we find.";
    ReportingVerb = "reporting-verb": "Verbs and nouns of reporting somebody's words: says, reports, according.";
    RequestVerb = "request-verb": "Verbs of asking and complaining, which leave a record: request, complained.";
    ResearchNoun = "research-noun": "Nouns for research and experience: studies, data, history.";
    ResearchVerb = "research-verb": "Verbs that report research: shows, finds, suggests.";
    SayingParticiple = "saying-participle": "Participles of saying: reported, cited, claimed.";
    ScoreUnit = "score-unit": "Units of a comment's score: points, karma.";
    SecondPerson = "second-person": "Pronouns of the reader, with contractions: you, your.";
    SenseQualifier = "sense-qualifier": "Adjectives that distinguish senses of a word: colloquial, stricter.";
    SenseQuestion = "sense-question": "First words of questions for a sense: what, define.";
    SharedAdjective = "shared-adjective": "Adjectives for what many hold, before a word of opinion-noun: common, widespread.";
    ShortTimeUnit = "short-time-unit": "Abbreviated units of time after a number: 3mo.";
    SingleCount = "single-count": "Words for one unit of time: an hour.";
    TermLabel = "term-label": "Nouns before a term: \"the term X\", \"the word X\".";
    TextPart = "text-part": "Names of a text and its parts: section, table, following.";
    TextPointer = "text-pointer": "Words that point at the text itself, before a word of text-part.";
    ThinkingParticiple = "thinking-participle": "Participles of thinking: considered, believed, accepted.";
    ThreadLink = "thread-link": "Labels of links to other comments of a thread: next.";
    ThreadParentLink = "thread-parent-link": "Labels of the link to the parent of a comment.";
    ThreadRootLink = "thread-root-link": "Labels of the link to the first comment above a comment.";
    TimeUnit = "time-unit": "Units of time: minute, years.";
    TimeUnitAbbreviation = "time-unit-abbreviation": "Abbreviated units of time as words of their own: hrs.";
    Uncertainty = "uncertainty": "Words for what is not known: unclear, limited.";
    UniversalQuantifier = "universal-quantifier": "Quantifiers and adverbs that cover everything or nothing: all, every, always.";
    UsageParticiple = "usage-participle": "Participles of use: deployed, installed, supported.";
    WidelyHeld = "widely-held": "Adverbs of extent before a participle of thinking: widely, commonly.";
    WorkNoun = "work-noun": "Nouns for a scientific work: paper, study.";
    YearAbbreviation = "year-abbreviation": "Abbreviations of \"year\" after a number: 3yr.";
    YouSayVerb = "you-say-verb": "Verbs in \"you say that\", which reports words to their author.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_the_classes_it_was_made_of() {
        let last = Class::ALL[Class::ALL.len() - 1].0;
        let set = Classes::of(&[Class::Hedge, last]);
        assert!(set.has(Class::Hedge) && set.has(last) && !set.has(Class::Negation));
        assert!(set.intersects(Classes::of(&[last])) && !set.intersects(Classes::of(&[Class::Negation])));
    }
}
