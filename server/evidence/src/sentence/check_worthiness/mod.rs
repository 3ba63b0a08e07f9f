//! Whether a careful reader would ask for a source (check-worthiness).
//!
//! This differs from whether a sentence is checkable: nearly every sentence of an essay is. A reader asks where the
//! writer reports what others found, counted, said or do, and not where the writer thinks aloud, plans, instructs,
//! defines or narrates. One sign alone is not enough. `tests/labels/claims.md` defines the labels.

mod exempt;
mod frames;

use ibid_language::Language;
use ibid_text::Span;

use crate::tokens::tokens;

/// The signs that a sentence wants a source.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CheckWorthiness {
    /// The signs with the words that give them, in order; none for an exempt sentence.
    pub signs: Vec<(Sign, Span)>,
}

impl CheckWorthiness {
    /// The sum of the signs' weights.
    pub fn weight(&self) -> f32 {
        self.sum(|_| true)
    }

    /// The weight where the writer describes their own work. Counts and measures there are most likely the writer's own,
    /// unless the sentence gives a year: nobody dates an experiment in the report of it.
    pub fn weight_in_own_work(&self) -> f32 {
        let dated = self.signs.iter().any(|(sign, _)| *sign == Sign::Date);
        if dated { self.weight() } else { self.weight_beside_code() }
    }

    /// The weight where the sentence is about code: the reader can repeat counts and measures there.
    pub fn weight_beside_code(&self) -> f32 {
        self.sum(|sign| !sign.may_be_own())
    }

    /// Whether the sentence reports what others say or do, which no definition does.
    pub fn tells_of_others(&self) -> bool {
        use Sign::{Generality, Hearsay, Popularity, Rarity, Research, Sweep, Voices};
        let tells = |sign| matches!(sign, Research | Hearsay | Voices | Generality | Sweep | Popularity | Rarity);
        self.signs.iter().any(|(sign, _)| tells(*sign))
    }

    /// Whether every sign is about people or things in general, which can be argued for.
    pub fn is_general(&self) -> bool {
        use Sign::{Cause, Frequency, Generality, Minds, Practice, Reason, Sweep};
        let argued = |sign| matches!(sign, Generality | Sweep | Minds | Practice | Frequency | Reason | Cause);
        self.signs.iter().all(|(sign, _)| argued(*sign))
    }

    fn sum(&self, counts: impl Fn(Sign) -> bool) -> f32 {
        let general =
            self.signs.iter().any(|(sign, _)| matches!(sign, Sign::Generality | Sign::Contrast | Sign::Rarity));
        let counts = |sign: &Sign| counts(*sign) && (general || *sign != Sign::Reason);
        self.signs.iter().map(|(sign, _)| sign).filter(|sign| counts(sign)).map(|sign| sign.weight()).sum()
    }
}

/// Something in a sentence that makes a reader ask where it is from.
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
    /// How many times as fast, large or likely: "ten times faster".
    Measure,
    /// More or less of something than elsewhere, by much: "far slower than".
    Contrast,
    /// That one thing is faster or cheaper than another.
    Comparison,
    /// A date in the past.
    Date,
    /// Research or experience, by whomever: "studies show".
    Research,
    /// What is said, asked or thought, by nobody in particular: "widely considered", "often reported".
    Hearsay,
    /// What people in general say or ask: "many users have complained".
    Voices,
    /// What people in general think: "programmers forget".
    Minds,
    /// That there have been reports: "there is evidence that".
    Record,
    /// What somebody prescribes: "recommends".
    Policy,
    /// What most of a kind are or do: "most programmers".
    Generality,
    /// What nearly all or hardly any of a kind are or do: "almost no compilers".
    Sweep,
    /// That something is used more than all else: "is the most widely used".
    Popularity,
    /// That something is used much: "widely used".
    Custom,
    /// That something is hardly ever so: "is rarely needed".
    Rarity,
    /// What is the greatest of reasons: "is the main cause".
    Factor,
    /// That it is so in fact: "in practice", "in the wild".
    Practice,
    /// How often it is so: "usually".
    Frequency,
    /// That something else rests on it: "because", "so".
    Reason,
    /// What somebody said or did in public: "Hume argued".
    Deed,
    /// A rank in the world: "the largest", "the only one to".
    Rank,
    /// A change over time: "grew", "has doubled".
    Trend,
    /// What has come of something: "has led to".
    Outcome,
    /// A cause: "leads to".
    Cause,
}

impl Sign {
    /// How much it says.
    const fn weight(self) -> f32 {
        match self {
            Self::Share
            | Self::Money
            | Self::Research
            | Self::Hearsay
            | Self::Voices
            | Self::Sweep
            | Self::Popularity => 2.0,
            Self::Measure | Self::Contrast | Self::Record | Self::Generality => 1.5,
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

    /// Whether those who tell of their own work give it without a source.
    const fn may_be_own(self) -> bool {
        matches!(
            self,
            Self::Share
                | Self::Part
                | Self::Money
                | Self::Figure
                | Self::Measure
                | Self::Contrast
                | Self::Comparison
                | Self::Trend
                | Self::Rank
        )
    }

    /// What it is, for a message.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share | Self::Part => "a share",
            Self::Money => "an amount",
            Self::Figure => "a figure",
            Self::Measure | Self::Contrast | Self::Comparison => "a measure",
            Self::Date => "a date",
            Self::Research => "research",
            Self::Hearsay => "hearsay",
            Self::Voices | Self::Record => "what people say",
            Self::Policy => "what is prescribed",
            Self::Minds => "what people think",
            Self::Generality | Self::Sweep => "a generality",
            Self::Popularity | Self::Custom => "how much it is used",
            Self::Practice => "how it is in fact",
            Self::Rarity | Self::Frequency => "how often it is so",
            Self::Reason => "a reason",
            Self::Deed => "what somebody said or did",
            Self::Rank => "a rank",
            Self::Trend => "a trend",
            Self::Factor | Self::Outcome | Self::Cause => "a cause",
        }
    }
}

/// Returns the signs that the sentence under `span` (bytes of `text`) wants a source; none without a language pack.
pub fn check_worthiness(text: &str, span: Span, language: Language) -> CheckWorthiness {
    if !language.has_pack() {
        return CheckWorthiness::default();
    }
    let tokens = tokens(text, span, language);
    let sentence = frames::Sentence::new(&tokens);
    if sentence.is_no_matter_of_sources() {
        return CheckWorthiness::default();
    }
    let mut signs: Vec<(Sign, Span)> = Vec::new();
    for at in 0..tokens.len() {
        let Some((sign, words)) = sentence.sign(at) else { continue };
        if !signs.iter().any(|(known, _)| *known == sign) {
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
    fn what_was_counted_wants_a_source() {
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
    fn what_others_are_said_to_say_wants_a_source() {
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
    fn what_most_are_like_wants_a_source() {
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
    fn what_is_faster_by_how_much_wants_a_source() {
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
    fn figures_of_ones_own_work_count_where_they_are_dated() {
        let weight =
            |text: &str| check_worthiness(text, Span::from(0..text.len()), Language::ENGLISH).weight_in_own_work();
        assert!(weight("More than 70 percent of the runs ended early.") < 1.0);
        assert!(weight("More than 70 percent of the papers published in 2024 used the word.") >= 2.0);
    }

    #[test]
    fn thinking_aloud_does_not() {
        check("I think that 70 percent of the papers used the word without defining it.", &[]);
        check("Did 70 percent of the papers really use the word without defining it?", &[]);
        check("Suppose that 70 percent of the papers used the word in 2024.", &[]);
        check("For example, 70 percent of the papers used the word in 2024.", &[]);
        check("You should read 70 percent of the papers before you write.", &[]);
        check("Perhaps 70 percent of the papers used the word without defining it.", &[]);
        check("This section covers 70 percent of the papers that used the word.", &[]);
    }
}
