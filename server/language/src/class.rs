//! Word classes: named sets of words that rules ask about.

use rustc_hash::FxHashMap;

use crate::file::{self, word_files};

const BITS: usize = u64::BITS as usize;

/// A set of word classes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Classes([u64; Class::ALL.len().div_ceil(BITS)]);

impl Classes {
    /// The set of `classes`.
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

    /// The set with `class` added.
    #[must_use]
    pub const fn with(mut self, class: Class) -> Self {
        self.0[class as usize / BITS] |= 1 << (class as usize % BITS);
        self
    }
}

/// Maps every word of the class files to its classes. The files are in the order of [`Class::ALL`].
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
    AddresseePronoun = "addressee-pronoun": "Pronouns of the addressee.";
    Adverb = "adverb": "Adverbs that may occur between a term and its verb: also, often.";
    Ago = "ago": "Words after a time span that has passed: ago.";
    AllOrNone = "all-or-none": "Quantifiers after \"nearly\".";
    AlternativeOpener = "alternative-opener": "First words of \"whether or not\".";
    AnotherLikelyFirst = "another-likely-first": "First words of the certainty sign \"another likely\".";
    AnotherLikelySecond = "another-likely-second": "Words after another-likely-first in the certainty sign \"another likely\".";
    AnswerVerb = "answer-verb": "Verbs that answer an open question.";
    AnyOpener = "any-opener": "Pronouns and determiners that open a generic complement.";
    Approximation = "approximation": "Words that make a figure or a rule rough: about, often.";
    Article = "article": "Articles.";
    Assumption = "assumption": "Words that take something as given without asserting it.";
    Auxiliary = "auxiliary": "Auxiliary verbs: will, can, has.";
    AverageWord = "average-word": "Adjectives of the usual one of a kind: \"the average clerk\".";
    Booster = "booster": "Words that raise certainty: clearly, proves, confirms.";
    BoundWord = "bound-word": "Words before a number that make it a bound.";
    ByWord = "by-word": "Prepositions before a term in \"by X you mean\".";
    BylineLink = "byline-link": "Labels of the links beside the name and time of a comment: parent, reply.";
    BylineNonName = "byline-non-name": "Words that begin a line with a time and are no user names: edited, posted.";
    Calendar = "calendar": "Names of months and days.";
    CallConcession = "call-concession": "Words before \"we call\" that introduce a wrong name or a reason.";
    CallLeader = "call-leader": "Words before \"call\" that make it a stipulation.";
    CallObject = "call-object": "Objects of \"call\" that refer to earlier text.";
    CallVerb = "call-verb": "Verbs that give a name: call, dub.";
    CapitalPronoun = "capital-pronoun": "Pronouns that are capitalised anywhere in a sentence and name nobody.";
    CapitalisedPronoun = "capitalised-pronoun": "Pronouns that careful writers capitalise: I.";
    Caption = "caption": "Words that head a line of text and are no term.";
    CausalEffect = "causal-effect": "Words beside those of causation that assert a cause.";
    Causation = "causation": "Words that state a cause: causes, prevents, leads.";
    CauseVerb = "cause-verb": "Verbs of cause: causes, prevented.";
    ChangeVerb = "change-verb": "Verbs of change over time: doubled, fell.";
    ClauseCoordinator = "clause-coordinator": "Conjunctions between two verbs with one subject: and, but.";
    ClauseOpener = "clause-opener": "Words that open a clause within a noun phrase: that, which.";
    CoAuthor = "co-author": "Words for authors who are not named: et al, colleagues.";
    CommentAction = "comment-action": "Labels of the links below a comment: reply, report.";
    CommentActionMarker = "comment-action-marker": "Labels of links that only comments have: reply, permalink.";
    CommonAdjective = "common-adjective": "Adjectives after \"the most\" that rank how common something is: \"the most common cause of\".";
    ComparativeDegree = "comparative-degree": "Words that intensify a comparative: much, even.";
    ComparedLevel = "compared-level": "Adjectives for a higher or lower level of something that can be measured.";
    ComparedPeople = "compared-people": "Words for the other group in a comparison of groups of people, before \"who\" or \"with\".";
    ComparedSubject = "compared-subject": "First words of a subject that compares or counts.";
    ComparisonDegree = "comparison-degree": "Words before \"likely\" that compare rather than hedge.";
    ComparisonFirst = "comparison-first": "First words of the certainty sign \"comparison\".";
    ComparisonSecond = "comparison-second": "Words after comparison-first in the certainty sign \"comparison\".";
    ComplementIntensifier = "complement-intensifier": "Intensifiers in a complement. An intensified complement is no definition.";
    ComplementPerson = "complement-person": "Pronouns of the writer inside a sense.";
    Complementizer = "complementizer": "Words that may open a reported clause: that.";
    ConceptNoun = "concept-noun": "Nouns before \"of\" and a term.";
    ConcessiveOpener = "concessive-opener": "First words of a concession.";
    ConcludingOpener = "concluding-opener": "First words of a sentence that concludes from those before it: so, thus.";
    ConditionOpener = "condition-opener": "Words that open a condition after a quality.";
    Conditional = "conditional": "Words that open a condition: if, unless, provided.";
    ConditionalModal = "conditional-modal": "Modals for what depends on a condition: would.";
    ConditionalOpener = "conditional-opener": "Words that open a condition or a time at which something is so.";
    Conjunction = "conjunction": "Conjunctions: and, but, because.";
    ContainmentVerb = "containment-verb": "Verbs of containing. Before a number they count parts rather than define.";
    ContentOpener = "content-opener": "Words that open the content of a report: that, whether.";
    ContextOpener = "context-opener": "First words of a phrase that depends on what came before it: this, because.";
    ContinuingVerb = "continuing-verb": "Verbs before a reporting infinitive: \"goes on to say\".";
    ContrastPerson = "contrast-person": "Words for people, who may use a term in different senses: they, authors.";
    Copula = "copula": "Finite forms of \"to be\": is, are, was, were.";
    Correlation = "correlation": "Words that state that two things occur together: associated, linked.";
    CountedNoun = "counted-noun": "Plural nouns for things that somebody would have to count: projects, cities.";
    CurrencyNoun = "currency-noun": "Names of currencies after a figure.";
    DashArticle = "dash-article": "Words, beside the indefinite article, that a sense after a dash begins with.";
    DateLabel = "date-label": "Words beside a date at the head of a page: published, on.";
    DatePreposition = "date-preposition": "Words before a year.";
    DayPreposition = "day-preposition": "Prepositions before a day: on.";
    Decrease = "decrease": "Words for less of something: decreases, lower, falls.";
    DeedVerb = "deed-verb": "Past-tense verbs for what a particular person or body said or did: invented, signed.";
    DefineVerb = "define-verb": "Verbs that define their object.";
    DefiningCondition = "defining-condition": "Words that open the condition of a defined quality.";
    DefiningVerb = "defining-verb": "First words of defining verbs: refers, denotes.";
    DefiniteArticle = "definite-article": "The definite article.";
    DefinitionMarker = "definition-marker": "Words that mark a sentence as a definition: refers, concept.";
    DefinitionNoun = "definition-noun": "Nouns for a definition that somebody gives.";
    Determiner = "determiner": "Determiners that refer to a particular thing, so that their noun is no term: this, my, some.";
    DisciplineVerb = "discipline-verb": "Verbs for what a branch of knowledge does.";
    DocumentedVerb = "documented-verb": "Verbs for what a software library offers. Its documentation is source enough.";
    Doubt = "doubt": "Verbs that doubt what follows.";
    Evaluation = "evaluation": "Words that evaluate rather than state: good, beautiful.";
    ExampleNoun = "example-noun": "Nouns for an example.";
    ExistenceAdjective = "existence-adjective": "Adjectives between a quantifier and a noun that refer to all such things in the world: existing, published.";
    ExistentialThere = "existential-there": "\"There\" before \"is\", with contraction.";
    ExpectationAdjective = "expectation-adjective": "Adjectives that state an expectation about a subject.";
    ExperimentSubject = "experiment-subject": "Words before the verb of an experiment of the writer's own: we, was.";
    ExperimentVerb = "experiment-verb": "Verbs for what somebody does in an experiment: measured, train.";
    ExpertNoun = "expert-noun": "Nouns for people who are asked what they know: experts, historians.";
    ExpertVerb = "expert-verb": "Verbs for what experts hold: agree, warn, estimate.";
    FactAdverb = "fact-adverb": "Adverbs that state a present fact: today, empirically.";
    FewDeterminer = "few-determiner": "Words before \"few\" after which it does not stress a small number: a few, the few.";
    FewIntensifier = "few-intensifier": "Words before \"few\" that stress how small the number is: very few, only few.";
    FictionNoun = "fiction-noun": "Nouns for invented works, in which anything may be so: novel, film.";
    FigureModal = "figure-modal": "Modals that leave a share a fact: \"40 % of them could not read\".";
    FindingAuxiliary = "finding-auxiliary": "Auxiliaries before a participle of finding.";
    FindingParticiple = "finding-participle": "Participles of finding: shown, demonstrated.";
    FiniteVerb = "finite-verb": "Finite verbs that are seldom nouns.";
    FirstPerson = "first-person": "Pronouns of the writer, with contractions: I, my, we.";
    FirstPersonSingular = "first-person-singular": "Pronouns of a single writer, with contractions: I, my.";
    FormerlyAdverb = "formerly-adverb": "Adverbs before a former name.";
    FrameAside = "frame-aside": "Words between the subject and the verb of a reporting frame: \"Tan also says\".";
    FrameBaseVerb = "frame-base-verb": "Uninflected reporting verbs, which need a plural subject or a name: say.";
    FrameBlocker = "frame-blocker": "Words before a verb that keep it from reporting: \"want to say\".";
    FrameFiller = "frame-filler": "Words, besides adverbs in -ly, that may come between the subject and the verb of a reporting frame.";
    FrameThirdPerson = "frame-third-person": "Third-person pronouns that are the subject of a reporting frame: they.";
    FrameVerb = "frame-verb": "Verbs that end a reporting frame even without a colon: says, argues.";
    FrameVerbBeforeColon = "frame-verb-before-colon": "Verbs that end a reporting frame only before a colon, because they are also nouns or need an object: claims, adds.";
    FrameWriter = "frame-writer": "Pronouns of the writer as subject of a reporting frame: I, we.";
    Frequency = "frequency": "Words for how often something is so: often, typically, tend.";
    FunctionWord = "function-word": "Words with a grammatical role and no content: the, of, is.";
    GenericYouContext = "generic-you-context": "Words before \"you say\" in statements about anybody: \"if you say\".";
    GenusNoun = "genus-noun": "Nouns that a definition begins with: type, process, person.";
    GlossArticle = "gloss-article": "Determiners, beside the indefinite article, that a gloss begins with.";
    GlossFiniteVerb = "gloss-finite-verb": "Finite verbs that make a gloss a sentence: is, has.";
    GlossOpener = "gloss-opener": "Determiners that open a gloss in the form of a noun phrase: a, those.";
    GoverningPreposition = "governing-preposition": "Prepositions before a noun that is no subject.";
    GroupQualifier = "group-qualifier": "Words after \"those\" that say who is meant: who, with, from.";
    HabitAuxiliary = "habit-auxiliary": "Auxiliaries of repeated actions: keep, have.";
    HappeningNoun = "happening-noun": "Nouns for events and activities, which are defined by their whole clause: process, practice.";
    HearsayAdverb = "hearsay-adverb": "Adverbs between \"it is\" and such a participle: commonly, well.";
    HearsayParticiple = "hearsay-participle": "Participles after \"it is\" for what is said without saying by whom: believed, estimated.";
    Hedge = "hedge": "Hedges: words that always or nearly always lower certainty.";
    HourPreposition = "hour-preposition": "Prepositions before a time of day: at.";
    ImaginingVerb = "imagining-verb": "Verbs that ask the reader to imagine something: suppose.";
    IncompleteEnd = "incomplete-end": "Words that never end a complete sense: the, of.";
    Increase = "increase": "Words for more of something: increases, higher, rises.";
    IndefiniteArticle = "indefinite-article": "Indefinite articles.";
    IndefiniteOpener = "indefinite-opener": "Determiners that open an indefinite complement.";
    InfinitiveMarker = "infinitive-marker": "The marker of an infinitive: to.";
    InterfaceWord = "interface-word": "Words of programs and their settings, whose figures are those of the program.";
    IntervalNoun = "interval-noun": "Nouns after a share that is the level of an interval.";
    InvertedReportOpener = "inverted-report-opener": "Words that open a report after its quotation: as X puts it.";
    Invitation = "invitation": "First words of a sentence that invites the reader to do something: let.";
    IrregularPast = "irregular-past": "Past tense forms that do not end in \"ed\".";
    IrregularPlural = "irregular-plural": "Plural nouns without a final \"s\".";
    ItemOpener = "item-opener": "Words, beside the indefinite article, that the next item of a list begins with.";
    JudgmentAdjective = "judgment-adjective": "Adjectives of judgment: important, good, key.";
    JudgmentNoun = "judgment-noun": "Nouns that a judgment begins with: problem, reason, question.";
    KindDeterminer = "kind-determiner": "Determiners at the beginning of a sense that names a kind: a, any.";
    LabelledNoun = "labelled-noun": "Nouns after a label in quotation marks: the \"X\" section.";
    LargeDegree = "large-degree": "Adverbs for a large difference: far, significantly.";
    LargeMajority = "large-majority": "Adjectives before \"majority\".";
    LeadPerson = "lead-person": "Pronouns of the writer before a term, which make the sense a view.";
    LeadVerb = "lead-verb": "Capitalised words that lead in before a comma.";
    LeaningDeterminer = "leaning-determiner": "Determiners and pronouns that refer to earlier text.";
    LeaningPossessive = "leaning-possessive": "Determiners that refer to earlier text, at the start of a phrase that is given a name.";
    LegendVerb = "legend-verb": "Verbs in the legend of a figure.";
    LikelihoodWord = "likelihood-word": "Adjectives and quantifiers compared by \"twice as\": likely, common, many.";
    LikelyDegree = "likely-degree": "Words before \"likely\" that make it a correlation.";
    LinkReportVerb = "link-report-verb": "Verbs between a link to a work and its words: says, argues.";
    LinkedParticiple = "linked-participle": "Participles that state that two things occur together: associated, linked.";
    LinkingVerb = "linking-verb": "Verbs that link a subject to its description.";
    LongPeriod = "long-period": "Plural nouns for long periods: years, decades.";
    LooseCause = "loose-cause": "Words of causation that are too vague to assert a cause.";
    MagnitudeNoun = "magnitude-noun": "Words for large numbers.";
    MainAdjective = "main-adjective": "Adjectives of rank before a reason: main, primary.";
    MannerOpener = "manner-opener": "Words before a form in -ing that says how something is done: by saying.";
    ManyPeople = "many-people": "Quantifiers before people that make their act a common one: many, most.";
    ManyWord = "many-word": "Words for a large number before a noun.";
    MeaningPerson = "meaning-person": "Subjects of \"mean\" in \"by X you mean\".";
    MeasuredComparative = "measured-comparative": "Comparatives and adjectives of measured qualities: faster, expensive.";
    MeasuredHarm = "measured-harm": "Nouns for harm that is counted: risk, deaths, crime.";
    MeasuredQuantity = "measured-quantity": "Nouns for what is measured in people and populations: rate, income, pressure.";
    MentalState = "mental-state": "Adjectives for the state of people's minds: aware, reluctant.";
    MentionedWordLabel = "mentioned-word-label": "Words before a word or title that is only mentioned: term, so-called.";
    Modal = "modal": "Modal verbs, with contractions: may, will, must.";
    MoneyNoun = "money-noun": "Names of currencies after an amount.";
    Month = "month": "Names of months.";
    MonthAbbreviation = "month-abbreviation": "The first three letters of the names of months.";
    MoreResearchFirst = "more-research-first": "First words of the certainty sign \"more research\".";
    MoreResearchSecond = "more-research-second": "Words after more-research-first in the certainty sign \"more research\".";
    NameConjunction = "name-conjunction": "Conjunctions between the names of authors: and.";
    NameJoiner = "name-joiner": "Words inside a name or between names: van, and.";
    NameLink = "name-link": "Words inside the name of a concept.";
    NameNoun = "name-noun": "Nouns for a name: term, acronym, title.";
    NameParticle = "name-particle": "Words in lower case inside a person's name: de, van.";
    NamedDeterminer = "named-determiner": "Determiners inside a phrase that is given a name.";
    NamingParticiple = "naming-participle": "First words of naming phrases: called, known.";
    NamingReason = "naming-reason": "First words of a sentence that gives the reason for a name.";
    NarrativeVerb = "narrative-verb": "Verbs of a narrative.";
    NarrowingClause = "narrowing-clause": "Words that open a clause which narrows a phrase that is given a name.";
    NarrowingParticiple = "narrowing-participle": "Participles and adjectives without a regular ending that narrow a noun.";
    NarrowingWord = "narrowing-word": "Words that narrow a definite noun phrase.";
    NearlyAdverb = "nearly-adverb": "Adverbs before \"all\" or \"none\".";
    Negation = "negation": "Words that negate: not, never, without.";
    NeverInName = "never-in-name": "Words that no unmarked name of a term contains: the, with.";
    NeverName = "never-name": "Words with a capital that open sentences and are no names: although, the.";
    NeverNameEnd = "never-name-end": "Words that never end a name: they point elsewhere or open a sentence.";
    NicknameAdverb = "nickname-adverb": "Adverbs before a nickname.";
    NoPresentVerb = "no-present-verb": "Words that end like a present-tense verb but do not say what a thing does.";
    NonNameOpener = "non-name-opener": "Words that are capitalised at the start of a sentence and begin no name: However, The.";
    NonStatementOpener = "non-statement-opener": "First words of suppositions, instructions and captions.";
    NotCheckworthy = "not-checkworthy": "Words that exempt their sentence: thought experiments, modality, narrative, formulas.";
    NotKnownFirst = "not-known-first": "First words of the certainty sign \"not known\".";
    NotKnownSecond = "not-known-second": "Words after not-known-first in the certainty sign \"not known\".";
    NotPersonName = "not-person-name": "Capitalised words that identify no person: the, dr.";
    NotSignificantFirst = "not-significant-first": "First words of the certainty sign \"not significant\".";
    NotSignificantSecond = "not-significant-second": "Words after not-significant-first in the certainty sign \"not significant\".";
    Notoriety = "notoriety": "Words for what is known to everybody: infamous, well-documented.";
    NumberLabel = "number-label": "Words before a number that make it a label rather than a count: version, page.";
    NumberWord = "number-word": "Sizes, shares and ranks in words, beside the cardinals: hundred, half, third.";
    Obligation = "obligation": "Words that state what ought to be: should, must, need.";
    OftenSaid = "often-said": "Adverbs of frequency before a participle of saying: often, repeatedly.";
    OpenEndedWord = "open-ended-word": "Words that a sentence cannot end with: the, of.";
    OpenQuestion = "open-question": "Words that open a question before \"whether\".";
    OpinionConnective = "opinion-connective": "Words after a noun such as \"belief\" that introduce its content.";
    OpinionNoun = "opinion-noun": "Nouns for what many people believe: belief, complaint, consensus.";
    OpinionPronoun = "opinion-pronoun": "Pronouns and contractions of a sentence that is an opinion: my, let's.";
    OpinionVerb = "opinion-verb": "Verbs for what people believe or feel: think, prefer, worry.";
    OrderingAdjective = "ordering-adjective": "First words of a phrase that picks one thing out of several.";
    Ordinal = "ordinal": "Ordinals that may begin the name of a kind.";
    OutdoingVerb = "outdoing-verb": "Verbs for a group that does better than another: outperform, outnumber.";
    PageNoun = "page-noun": "Nouns for the page that a comment is on: post, thread.";
    PartPossessive = "part-possessive": "Words after \"of\" that refer back to the whole of a part: \"the contents of which\".";
    PartialQuantifier = "partial-quantifier": "Quantifiers and adverbs that cover a part: some, few, often.";
    ParticipantPronoun = "participant-pronoun": "Pronouns of writer and reader in a gloss.";
    ParticipleComplement = "participle-complement": "Words after a participle that narrows a noun.";
    ParticularDeterminer = "particular-determiner": "Words before people that limit them to those of this text: these, our, two.";
    ParticularPeople = "particular-people": "Words before people that make them a particular group.";
    PassiveAgent = "passive-agent": "The preposition before the agent of a passive: by.";
    PassiveAuxiliary = "passive-auxiliary": "Auxiliaries that make a past form passive: is, been.";
    PastCopula = "past-copula": "Past forms of \"to be\".";
    PastPeriod = "past-period": "Names of periods in the past.";
    PeopleNoun = "people-noun": "Nouns for groups of people: economists, users, voters.";
    PercentWord = "percent-word": "Words for percent.";
    PerfectAuxiliary = "perfect-auxiliary": "Auxiliaries of the perfect tense.";
    PeriodPreposition = "period-preposition": "Prepositions before a period up to now: in the last ten years.";
    PersonUnit = "person-unit": "Nouns after \"per\" for one of a population: person, capita.";
    PhraseOpener = "phrase-opener": "Words before a noun phrase that begins a clause or a phrase.";
    PlainNegation = "plain-negation": "Words that negate a sentence as a whole: not, never.";
    PluralNarrowing = "plural-narrowing": "Words that narrow a plural noun.";
    PluralSubject = "plural-subject": "Words that make a subject plural: and, colleagues.";
    PointerConnective = "pointer-connective": "Words beside pointers in parentheses that add nothing: see, cf, pp.";
    PointerNoun = "pointer-noun": "Words after \"the\" that refer to something named before.";
    PointingAdjective = "pointing-adjective": "First words of a phrase that refers to something in the text.";
    PointingDeterminer = "pointing-determiner": "Determiners that point back: these, this, her.";
    PolicyVerb = "policy-verb": "Verbs of policy: recommend, ban.";
    PossessivePerson = "possessive-person": "Possessives before \"definition\": your definition.";
    Possibility = "possibility": "Hedges that leave a question open: may, perhaps.";
    PossibilityModal = "possibility-modal": "Modals between a term and its verb.";
    PossibleHedge = "possible-hedge": "Words that hedge in some contexts only: can, indicate, potential.";
    Preposition = "preposition": "Prepositions: of, in, by.";
    Probability = "probability": "Hedges that make one answer more likely: likely, seems.";
    ProgressWord = "progress-word": "Words after a share that is how far work has come: 67% complete.";
    ProgressiveCopula = "progressive-copula": "Forms of \"to be\" before a verb in \"ing\".";
    Pronoun = "pronoun": "Pronouns, with contractions: it, they, there, who.";
    PurposeParticiple = "purpose-participle": "Participles that narrow a complement: used, designed, based.";
    QualityAdjective = "quality-adjective": "Adjectives for a quality of the subject, with no noun after them: high, aware.";
    Quantity = "quantity": "Quantities in words: million, half, twice, percent.";
    QuestionAuxiliary = "question-auxiliary": "Auxiliaries before \"you\" in a question: do, could.";
    QuestionOpener = "question-opener": "Words that open a question about what somebody else wrote: is, why.";
    QuestionTail = "question-tail": "Words after the verb of a question about a sense.";
    QuestionedDeterminer = "questioned-determiner": "Determiners in a question about what somebody else wrote: \"Is this …?\".";
    QuotationVerbBase = "quotation-verb-base": "Verbs that report words, in the base form: say, write.";
    QuotationVerbGerund = "quotation-verb-gerund": "Forms in -ing of verbs that report words: saying.";
    QuotationVerbPast = "quotation-verb-past": "Verbs that report words, past or participle: said, written.";
    QuotationVerbSingular = "quotation-verb-singular": "Verbs that report words, third person singular: says, writes.";
    QuoteVerdictVerb = "quote-verdict-verb": "Verbs after a quoted phrase that judge it: \"… seems wrong\".";
    RankConnective = "rank-connective": "Words that open the clause after a rank.";
    RankDeterminer = "rank-determiner": "Words before a superlative of rank.";
    RankOrdinal = "rank-ordinal": "Words after \"the\" that single out one thing.";
    RankSuperlative = "rank-superlative": "Superlatives of rank: largest, oldest.";
    RareParticiple = "rare-participle": "Participles and adjectives after \"rarely\" or \"often\": needed, used, read.";
    Rarity = "rarity": "Adverbs for hardly ever: rarely, seldom.";
    RatherWord = "rather-word": "Adverbs that make \"than\" a contrast: rather.";
    ReasonConjunction = "reason-conjunction": "Conjunctions that introduce a reason: because, since.";
    ReasonNoun = "reason-noun": "Nouns for reasons that can be the main one: cause, obstacle.";
    RecordConnective = "record-connective": "Words after a noun such as \"evidence\" that introduce its content.";
    RecordedNoun = "recorded-noun": "Plural nouns after \"many\": reports, cases, complaints.";
    ReferVerb = "refer-verb": "Verb of referring, before \"to … as\".";
    Referral = "referral": "Words that refer the reader elsewhere: \"for more information, see …\".";
    RelatedCopula = "related-copula": "Forms of \"to be\" before \"related\".";
    RelatingWord = "relating-word": "Words that relate one work or thought to another: \"this connects to …\".";
    RelativeObject = "relative-object": "Relative pronouns after a preposition.";
    RelativePronoun = "relative-pronoun": "Words that open a relative clause: that, which, who.";
    RemarkOpener = "remark-opener": "First words of a remark, which is no sense: we, there.";
    ReportNoun = "report-noun": "Nouns after \"our\" in a scientific report: our results.";
    ReportPossessive = "report-possessive": "Possessives of the writers of a report: our.";
    ReportPronoun = "report-pronoun": "Pronouns of the writers of a report: we.";
    ReportVerb = "report-verb": "Verbs after \"we\" in a scientific report: we find.";
    ReportedOpening = "reported-opening": "Words with which a reported finding can begin, beside articles and figures.";
    ReportingVerb = "reporting-verb": "Verbs and nouns of reporting somebody's words: says, reports, according.";
    RequestVerb = "request-verb": "Verbs of asking and complaining, which leave a record: request, complained.";
    ResearchNoun = "research-noun": "Nouns for research and experience: studies, data, history.";
    ResearchVerb = "research-verb": "Verbs that report research: shows, finds, suggests.";
    RestatementOpener = "restatement-opener": "Words, beside the indefinite article, that a restatement begins with.";
    RiskAdjective = "risk-adjective": "Adjectives before \"risk\" that make it a correlation.";
    SayVerb = "say-verb": "Verbs of saying before \"I mean\".";
    SayingParticiple = "saying-participle": "Participles of saying: reported, cited, claimed.";
    SayingPronoun = "saying-pronoun": "Pronouns of a writer who stipulates a sense.";
    ScenarioNoun = "scenario-noun": "Nouns that place a statement in something supposed: example, scenario.";
    ScoreUnit = "score-unit": "Units of a comment's score: points, karma.";
    SecondPerson = "second-person": "Pronouns of the reader, with contractions: you, your.";
    SenseFrame = "sense-frame": "Words before an adjective and \"sense\".";
    SenseQualifier = "sense-qualifier": "Adjectives that distinguish senses of a word: colloquial, stricter.";
    SenseQuestion = "sense-question": "First words of questions about a sense: what, define.";
    ShareNoun = "share-noun": "Shares in words before \"of\".";
    SharedAdjective = "shared-adjective": "Adjectives, before a word of opinion-noun, for what many people believe: common, widespread.";
    ShortNameDeterminer = "short-name-determiner": "Determiners before a short name in a bracket.";
    ShortNameOpener = "short-name-opener": "Words in a bracket before a short name: hereinafter, collectively.";
    ShortTimeUnit = "short-time-unit": "Abbreviated units of time after a number: 3mo.";
    Shorthand = "shorthand": "Abbreviations that are no name of a term: e.g, cf.";
    SingleCount = "single-count": "Words for one unit of time: an hour.";
    SingleStudy = "single-study": "Nouns for one study, which \"the\" makes one that was mentioned before.";
    SingularLikePlural = "singular-like-plural": "Singular nouns that end like plurals: bias, lens.";
    SocialTie = "social-tie": "Words for ties between people, which are no finding.";
    SourceDeterminer = "source-determiner": "Words before the noun for a source of somebody else: the, another.";
    SourceNoun = "source-noun": "Nouns for a source or its voice: article, author, post.";
    SourceNounPlural = "source-noun-plural": "Plural nouns for sources or their voices: authors, papers.";
    SourcePreposition = "source-preposition": "Prepositions before the source of a statement.";
    Speaker = "speaker": "Subjects of \"say\" in \"when I say X I mean\".";
    SpeakerPronoun = "speaker-pronoun": "Pronouns of those whose words are reported.";
    SpeechNoun = "speech-noun": "Nouns for what somebody says: claim, remark.";
    SpeechVerb = "speech-verb": "Verbs of speech rather than writing, as in stories: said, asked.";
    SpeedComparative = "speed-comparative": "Comparatives of speed and price, which are worth a source by themselves.";
    StateAdverb = "state-adverb": "Adverbs after \"is\" that describe a state rather than a kind.";
    StatedNoun = "stated-noun": "Nouns for what a law or theory states: theorem, principle.";
    StatingCopula = "stating-copula": "Verbs after somebody's definition that are not part of the sense.";
    SubjectFollower = "subject-follower": "Words after a noun that show that the noun is no subject.";
    SubordinatingConjunction = "subordinating-conjunction": "Conjunctions that open a subordinate clause.";
    SuperlativeDegree = "superlative-degree": "Words of a superlative near the beginning of a complement.";
    SuperlativeDeterminer = "superlative-determiner": "Words before \"most\" that make it a degree or a bound: \"the most expensive\".";
    Supposition = "supposition": "Words that make what follows a supposition: if, perhaps.";
    SurnameParticle = "surname-particle": "Small words inside names: van, de.";
    TermLabel = "term-label": "Nouns before a term: \"the term X\", \"the word X\".";
    TextDeterminer = "text-determiner": "Words before a noun that limit it to the things of this text: these, our.";
    TextDirection = "text-direction": "Words after \"see\" that point elsewhere in the text.";
    TextPart = "text-part": "Names of a text and its parts: section, table, following.";
    TextPointer = "text-pointer": "Words before a word of text-part that refer to the text itself.";
    ThanWord = "than-word": "Conjunctions before what something is compared with: than.";
    TheseResultsFirst = "these-results-first": "First words of the certainty sign \"these results\".";
    TheseResultsSecond = "these-results-second": "Words after these-results-first in the certainty sign \"these results\".";
    ThinkingParticiple = "thinking-participle": "Participles of thinking: considered, believed, accepted.";
    ThirdPerson = "third-person": "Pronouns for somebody else: he, she, they.";
    ThreadLink = "thread-link": "Labels of links to other comments of a thread: next.";
    ThreadParentLink = "thread-parent-link": "Labels of the link to the parent of a comment.";
    ThreadRootLink = "thread-root-link": "Labels of the link to the first comment above a comment.";
    TimeUnit = "time-unit": "Units of time: minute, years.";
    TimeUnitAbbreviation = "time-unit-abbreviation": "Abbreviated units of time as words of their own: hrs.";
    TimesCount = "times-count": "Counts before \"times\".";
    Uncertainty = "uncertainty": "Words for what is not known: unclear, limited.";
    UnderstandVerb = "understand-verb": "Forms of \"to understand\".";
    UniqueRank = "unique-rank": "Words after \"the\" for a unique rank.";
    UniversalIdiomWord = "universal-idiom-word": "Words before a universal quantifier in an idiom: \"at all\", \"after all\".";
    UniversalQuantifier = "universal-quantifier": "Quantifiers and adverbs that cover everything or nothing: all, every, always.";
    UnquotableSubject = "unquotable-subject": "Subjects whose words no source contains: I, you, anybody.";
    UnrealAuxiliary = "unreal-auxiliary": "Modal verbs and negations before a reporting verb: the words were not said.";
    Unsettled = "unsettled": "Words for a condition or an open question, which hedge nothing: if, unknown.";
    UsageParticiple = "usage-participle": "Participles of use: deployed, installed, supported.";
    UseVerb = "use-verb": "Forms of \"to use\".";
    VerbLeader = "verb-leader": "Words that show that the next word is a verb: to, will.";
    ViewHolder = "view-holder": "Subjects that hold a view without a name: many, some, critics.";
    ViewLink = "view-link": "Words after the participle of a view: as, to, by.";
    ViewNoun = "view-noun": "Nouns for one person's view, after \"my\": guess, impression.";
    ViewParticiple = "view-participle": "Participles by which a view is told without its holder: regarded as, said to.";
    ViewVerb = "view-verb": "Verbs of holding a view, after those who hold it: consider, regard.";
    WidelyHeld = "widely-held": "Adverbs of extent before a participle of thinking: widely, commonly.";
    WorkFolder = "work-folder": "Names of folders for notes about works that one has read.";
    WorkNoun = "work-noun": "Nouns for a scientific work: paper, study.";
    WriterNoun = "writer-noun": "Nouns for people who write or study.";
    WriterOfText = "writer-of-text": "Nouns for whoever wrote the text that a claim is about: author, commenter.";
    YearAbbreviation = "year-abbreviation": "Abbreviations of \"year\" after a number: 3yr.";
    YouSayVerb = "you-say-verb": "Verbs in \"you say that\", which reports words to their author.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_contains_the_classes_it_was_made_from() {
        let last = Class::ALL[Class::ALL.len() - 1].0;
        let set = Classes::of(&[Class::Hedge, last]);
        assert!(set.has(Class::Hedge) && set.has(last) && !set.has(Class::Negation));
        assert!(set.intersects(Classes::of(&[last])) && !set.intersects(Classes::of(&[Class::Negation])));
    }
}
