//! Check-worthiness: would a careful reader ask for a source?
//!
//! Being checkable is not enough: nearly every sentence of an essay is checkable. A reader asks for a source where the
//! writer reports what others found, counted, said or do, and not where the writer reasons, plans, instructs, defines or
//! narrates. Signs have weights, which are added up. `tests/labels/claims.md` defines the labels.

mod comparisons;
mod exempt;
mod frames;
mod reports;
mod research;
mod shares;

use ibid_language::Language;
use ibid_text::Span;

use crate::tokens::tokens;

/// The signs that a sentence needs a source.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CheckWorthiness {
    /// The signs, each with its words, in order. Empty for an exempt sentence.
    pub signs: Vec<(Sign, Span)>,
}

impl CheckWorthiness {
    /// The sum of the signs' weights.
    pub fn weight(&self) -> f32 {
        self.sum(|_| true)
    }

    /// The weight where writers describe their own work. Figures there are most likely the writer's own, unless the
    /// sentence gives a year: a report of one's own experiment gives no year.
    pub fn weight_in_own_work(&self) -> f32 {
        let dated = self.signs.iter().any(|(sign, _)| *sign == Sign::Date);
        if dated { self.weight() } else { self.weight_beside_code() }
    }

    /// The weight where the sentence is about code. Readers can count and measure there themselves.
    pub fn weight_beside_code(&self) -> f32 {
        self.sum(|sign| !sign.may_be_own())
    }

    /// Whether the sentence reports what others say or do. No definition does that.
    pub fn reports_others(&self) -> bool {
        use Sign::{Association, Generality, Groups, Hearsay, Likelihood, Popularity, Rarity, Research, Sweep, Voices};
        let reports = |sign| {
            matches!(
                sign,
                Research
                    | Association
                    | Groups
                    | Likelihood
                    | Hearsay
                    | Voices
                    | Generality
                    | Sweep
                    | Popularity
                    | Rarity
            )
        };
        self.signs.iter().any(|(sign, _)| reports(*sign))
    }

    /// Whether the sentence gives research or hearsay, of which nobody's own view can be the ground.
    pub fn is_of_others(&self) -> bool {
        use Sign::{Association, Hearsay, Record, Research, Voices};
        let is_of_others = |sign| matches!(sign, Research | Hearsay | Record | Voices | Association);
        self.signs.iter().any(|(sign, _)| is_of_others(*sign))
    }

    /// Whether every sign is about people or things in general. Such claims can be supported by argument.
    pub fn is_general(&self) -> bool {
        use Sign::{Cause, Frequency, Generality, Minds, Practice, Reason, Sweep};
        let is_general = |sign| matches!(sign, Generality | Sweep | Minds | Practice | Frequency | Reason | Cause);
        self.signs.iter().all(|(sign, _)| is_general(*sign))
    }

    fn sum(&self, counts: impl Fn(Sign) -> bool) -> f32 {
        let general =
            self.signs.iter().any(|(sign, _)| matches!(sign, Sign::Generality | Sign::Contrast | Sign::Rarity));
        let counts = |sign: &Sign| counts(*sign) && (general || *sign != Sign::Reason);
        self.signs.iter().map(|(sign, _)| sign).filter(|sign| counts(sign)).map(|sign| sign.weight()).sum()
    }
}

/// Something in a sentence that makes a reader ask for a source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sign {
    /// A share in figures: "70 percent".
    Share,
    /// A share in words: "half of".
    Part,
    /// An amount of money.
    Money,
    /// A large or exact figure.
    Figure,
    /// A large and rough count: "more than two million lives".
    Count,
    /// A ratio: "ten times faster".
    Measure,
    /// A likelihood compared with another: "twice as likely".
    Likelihood,
    /// A group of people compared with another: "score higher than those who do not".
    Groups,
    /// Two things that occur together: "is associated with a lower risk".
    Association,
    /// A large difference without figures: "far slower than".
    Contrast,
    /// A difference in speed or price: "faster than".
    Comparison,
    /// A date in the past.
    Date,
    /// A finding of research or experience: "studies show".
    Research,
    /// What is said or thought, without saying by whom: "widely considered", "often reported".
    Hearsay,
    /// What people in general say or ask: "many users have complained".
    Voices,
    /// What people in general think: "programmers forget".
    Minds,
    /// The existence of reports: "there is evidence that".
    Record,
    /// A recommendation or rule: "recommends".
    Policy,
    /// What most people or things of a kind are or do: "most programmers".
    Generality,
    /// What nearly all or hardly any of a kind are or do: "almost no compilers".
    Sweep,
    /// Being used more than anything else: "is the most widely used".
    Popularity,
    /// Being common or well known: "widely used", "infamous".
    Custom,
    /// What hardly ever happens: "is rarely needed".
    Rarity,
    /// The main cause: "is the main cause".
    Factor,
    /// What happens in practice: "in practice", "in the wild".
    Practice,
    /// How often something happens: "usually".
    Frequency,
    /// A reason for something else: "because", "since".
    Reason,
    /// What somebody said or did in public: "Hume argued".
    Deed,
    /// A rank: "the largest", "the only one to".
    Rank,
    /// A change over time: "grew", "has doubled".
    Trend,
    /// A result in the past: "has led to".
    Outcome,
    /// A cause: "leads to".
    Cause,
}

impl Sign {
    /// How strongly it calls for a source.
    const fn weight(self) -> f32 {
        match self {
            Self::Share
            | Self::Money
            | Self::Count
            | Self::Likelihood
            | Self::Groups
            | Self::Association
            | Self::Research
            | Self::Hearsay
            | Self::Voices
            | Self::Popularity => 2.0,
            Self::Measure | Self::Contrast | Self::Record | Self::Generality | Self::Sweep => 1.5,
            Self::Part
            | Self::Figure
            | Self::Comparison
            | Self::Minds
            | Self::Policy
            | Self::Deed
            | Self::Custom
            | Self::Trend
            | Self::Date
            | Self::Rank
            | Self::Rarity
            | Self::Factor
            | Self::Outcome => 1.0,
            Self::Practice | Self::Frequency | Self::Reason | Self::Cause => 0.5,
        }
    }

    /// Whether writers can give it about their own work without a source.
    const fn may_be_own(self) -> bool {
        matches!(
            self,
            Self::Share
                | Self::Part
                | Self::Money
                | Self::Figure
                | Self::Count
                | Self::Measure
                | Self::Likelihood
                | Self::Contrast
                | Self::Comparison
                | Self::Trend
                | Self::Rank
        )
    }

    /// The sign as a noun phrase, for a message: "Uncited claim: it gives a share".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share | Self::Part => "a share",
            Self::Money => "an amount of money",
            Self::Figure | Self::Count => "a figure",
            Self::Measure | Self::Likelihood | Self::Groups | Self::Contrast | Self::Comparison => "a comparison",
            Self::Association => "a correlation",
            Self::Date => "a date",
            Self::Research => "a research finding",
            Self::Hearsay => "an unattributed report",
            Self::Voices => "what people say",
            Self::Record => "a reference to evidence or reports",
            Self::Policy => "a recommendation or rule",
            Self::Minds => "what people think",
            Self::Generality | Self::Sweep => "a generalisation",
            Self::Popularity | Self::Custom => "how common or well known something is",
            Self::Practice => "what happens in practice",
            Self::Rarity | Self::Frequency => "how often something happens",
            Self::Reason => "a reason",
            Self::Deed => "what somebody said or did",
            Self::Rank => "a superlative",
            Self::Trend => "a trend",
            Self::Factor | Self::Outcome | Self::Cause => "a cause",
        }
    }
}

/// Returns the signs that the sentence under `span` (bytes of `text`) needs a source; none without a language pack.
pub fn check_worthiness(text: &str, span: Span, language: Language) -> CheckWorthiness {
    if !language.has_pack() {
        return CheckWorthiness::default();
    }
    let tokens = tokens(text, span, language);
    let sentence = frames::Sentence::new(&tokens, text, language);
    if sentence.is_exempt() {
        return CheckWorthiness::default();
    }
    let mut signs: Vec<(Sign, Span)> = Vec::new();
    let mentioned = sentence.mentioned();
    for at in (0..tokens.len()).filter(|&at| !mentioned[at]) {
        let Some((sign, words)) = sentence.sign(at) else { continue };
        if !signs.iter().any(|(earlier, inside)| *earlier == sign || inside.covers(words)) {
            signs.push((sign, words));
        }
    }
    CheckWorthiness { signs }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Sign, &str)]) {
        let found = check_worthiness(text, Span::from(0..text.len()), Language::ENGLISH);
        let shown: Vec<(Sign, &str)> = found.signs.iter().map(|(sign, span)| (*sign, span.of(text))).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn counts_and_research_need_a_source() {
        check(
            "More than 70 percent of the papers published in 2024 used the word without defining it.",
            &[(Sign::Share, "70 percent"), (Sign::Date, "2024")],
        );
        check(
            "The war killed 40,000 people in 1871.",
            &[(Sign::Cause, "killed"), (Sign::Figure, "40,000 people"), (Sign::Date, "1871")],
        );
        check("Several studies show that the habit fades within weeks.", &[(Sign::Research, "studies show")]);
    }

    #[test]
    fn shares_in_words_need_a_source() {
        let share = |text: &str, words: &str| check(text, &[(Sign::Share, words)]);
        share("One in five adults on the coast has never seen a doctor.", "One in five adults");
        share("Nine out of ten post offices accept parcels without a stamp.", "Nine out of ten post offices");
        share("Sixty percent of village cooperatives fold within four years.", "Sixty percent");
        share("Some sixty-five per cent of the mills stood still in winter.", "sixty-five per cent");
        share("Two thirds of nursing students learn from flash cards.", "Two thirds of nursing students");
        share("About two-thirds of the students learn from flash cards.", "two-thirds of the students");
        share("The average clerk loses 17 hours a week to forms.", "average clerk loses 17 hours");
        share("About 83% of the lighthouses could not cope with a power cut.", "83%");
    }

    #[test]
    fn rates_need_a_source() {
        let share = |text: &str, words: &str| check(text, &[(Sign::Share, words)]);
        share("The allergy troubles about one child in every 1,500.", "one child in every 1,500");
        share("Patients with a cat recovered two days earlier on average.", "on average");
        share("Attendance at evening schools is 9.2%.", "9.2%");
        check("The tide: 40% down.", &[]);
    }

    #[test]
    fn correlations_need_a_source() {
        let association = |text: &str, words: &str| check(text, &[(Sign::Association, words)]);
        association("Night work is associated with a higher risk of bad sleep.", "associated with a higher risk");
        association("Lead in the water is strongly linked to violence in cities.", "linked to violence");
        check("Every label is associated with exactly one layer of the image.", &[]);
    }

    #[test]
    fn groups_that_are_compared_need_a_source() {
        check("Farmers are twice as likely to fall ill.", &[(Sign::Likelihood, "twice as likely")]);
        check("Pupils who keep a diary spell better than those who keep none.", &[(Sign::Groups, "better than those")]);
        check("Nurses on the coast earn less than men in the hills.", &[(Sign::Groups, "less than men")]);
    }

    #[test]
    fn what_experts_hold_needs_a_source() {
        let research = |text: &str, words: &str| check(text, &[(Sign::Research, words)]);
        research("Geologists agree that the valley is sinking.", "Geologists agree");
        research("Many historians now doubt that the letter is genuine.", "Many historians now doubt");
        research("According to economists, the toll harms the villages more.", "According to economists");
        research("Trials have repeatedly linked the glue to bad headaches.", "Trials have repeatedly linked");
        check("These historians say that the letter is genuine.", &[]);
        check("It is commonly believed that bees remember faces.", &[(Sign::Hearsay, "It is commonly believed")]);
    }

    #[test]
    fn large_and_dated_figures_need_a_source() {
        check("The flood cost more than two million lives.", &[(Sign::Count, "million")]);
        check(
            "The mill dismissed 1,500 weavers in March 1921.",
            &[(Sign::Figure, "1,500 weavers"), (Sign::Date, "March 1921")],
        );
        check(
            "The lake has risen by about 20 centimetres since 1900.",
            &[(Sign::Trend, "risen"), (Sign::Reason, "since"), (Sign::Date, "1900")],
        );
        check(
            "The vast majority of small projects are kept by one person.",
            &[(Sign::Share, "vast majority of small projects")],
        );
    }

    #[test]
    fn words_that_look_like_shares_need_none() {
        check("The first draft is only half of the work on the second volume.", &[(Sign::Part, "half")]);
        check("It works nine times out of ten if the stamp is dry.", &[]);
        check("The first one in line gets the ticket for the boats.", &[]);
        check("Half of these chapters have no title at the moment.", &[(Sign::Part, "Half")]);
    }

    #[test]
    fn findings_without_a_finder_need_a_source() {
        check("The glue has been found to be weaker than nails.", &[(Sign::Hearsay, "been found")]);
        check("Damp is the most common cause of rot in old barns.", &[(Sign::Popularity, "most common cause")]);
        check("Most studies compare the glue with nails and screws.", &[(Sign::Research, "Most studies")]);
        check("It hasn't been established that the glue is weaker than nails.", &[]);
    }

    #[test]
    fn reports_of_what_others_say_need_a_source() {
        check("The missing index is often cited as the main flaw of the book.", &[(Sign::Hearsay, "often cited")]);
        check(
            "Gardeners and many doctors have complained about the smell.",
            &[(Sign::Voices, "doctors have complained")],
        );
        check("It was shown that bees remember the faces of their keepers.", &[(Sign::Hearsay, "was shown")]);
        check(
            "There is some evidence that bees remember the faces of their keepers.",
            &[(Sign::Record, "evidence that")],
        );
        check("It is a widespread belief that bees remember faces.", &[(Sign::Hearsay, "widespread belief")]);
        check("Flaws of the index were reported by Smith and often cited by Jones.", &[(Sign::Frequency, "often")]);
    }

    #[test]
    fn generalisations_need_a_source() {
        check(
            "Because most workers distrust the new rules, they are ignored.",
            &[(Sign::Reason, "Because"), (Sign::Sweep, "most workers")],
        );
        check(
            "Nearly all published games are never finished by anybody.",
            &[(Sign::Sweep, "Nearly all published games")],
        );
        check("While most users are content, some of them have left the site.", &[]);
        check("The new layout is good enough for most users of the site.", &[(Sign::Generality, "most users")]);
        check("Most of these users are content with the new layout.", &[]);
    }

    #[test]
    fn comparisons_need_a_source() {
        check(
            "The new engine is usually much faster than the old one.",
            &[(Sign::Frequency, "usually"), (Sign::Contrast, "much faster")],
        );
        check("The new engine is 40 times faster on large inputs.", &[(Sign::Measure, "40 times faster")]);
        check(
            "In 2011, Germany closed eight of its reactors.",
            &[(Sign::Date, "2011"), (Sign::Deed, "Germany closed")],
        );
    }

    #[test]
    fn figures_about_own_work_count_if_they_are_dated() {
        let weight =
            |text: &str| check_worthiness(text, Span::from(0..text.len()), Language::ENGLISH).weight_in_own_work();
        assert!(weight("More than 70 percent of the runs ended early.") < 1.0);
        assert!(weight("More than 70 percent of the papers published in 2024 used the word.") >= 2.0);
    }

    #[test]
    fn views_questions_and_instructions_need_no_source() {
        check("I think that 70 percent of the papers used the word without defining it.", &[]);
        check("Did 70 percent of the papers really use the word without defining it?", &[]);
        check("Suppose that 70 percent of the papers used the word in 2024.", &[]);
        check("For example, 70 percent of the papers used the word in 2024.", &[]);
        check("You should read 70 percent of the papers before you write.", &[]);
        check("Perhaps 70 percent of the papers used the word without defining it.", &[]);
        check("This section covers 70 percent of the papers that used the word.", &[]);
    }
}
