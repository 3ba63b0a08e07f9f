//! Would a careful reader ask for a source here?
//!
//! That is another question than whether a sentence is checkable: nearly every sentence of an essay is. A reader asks
//! where the writer reports what others found or counted, and not where the writer thinks aloud, plans, instructs,
//! defines or tells a story. So the answer is silence unless several signs come together.

use ibid_text::Span;

use crate::{
    lexicon::Class,
    tokens::{Token, tokens},
};

/// What speaks for asking, with its weight together.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Need {
    /// The sum of the signs' weights; 0 for a sentence that is no matter of sources.
    pub weight: f32,
    /// The signs with the words that give them, in order.
    pub signs: Vec<(Sign, Span)>,
}

/// Something in a sentence that makes a reader ask where it is from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sign {
    /// A share in figures: "70 percent".
    Share,
    /// A share in words: "the majority of".
    Part,
    /// An amount of money.
    Money,
    /// A large or exact figure.
    Figure,
    /// A date in the past.
    Date,
    /// Research, by whomever: "studies show".
    Research,
    /// What people in general think: "most economists agree".
    Consensus,
    /// What somebody said or did: "Hume argued".
    Deed,
    /// A rank in the world: "the largest".
    Rank,
    /// A change over time: "grew", "has doubled".
    Trend,
    /// A cause: "leads to".
    Cause,
    /// A name.
    Name,
}

impl Sign {
    /// How much it says.
    const fn weight(self) -> f32 {
        match self {
            Self::Share | Self::Money | Self::Research | Self::Consensus => 2.0,
            Self::Deed => 1.5,
            Self::Part | Self::Figure | Self::Trend | Self::Date | Self::Rank => 1.0,
            Self::Cause | Self::Name => 0.5,
        }
    }

    /// What it is, for a message.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share | Self::Part => "a share",
            Self::Money => "an amount",
            Self::Figure => "a figure",
            Self::Date => "a date",
            Self::Research => "research",
            Self::Consensus => "a consensus",
            Self::Deed => "what somebody said or did",
            Self::Rank => "a rank",
            Self::Trend => "a trend",
            Self::Cause => "a cause",
            Self::Name => "a name",
        }
    }
}

/// The signs in the sentence under `span` that a source is wanted.
pub fn need(text: &str, span: Span) -> Need {
    let tokens = tokens(text, span);
    if is_no_matter_of_sources(&tokens) {
        return Need::default();
    }
    let mut signs: Vec<(Sign, Span)> = Vec::new();
    for at in 0..tokens.len() {
        let Some(sign) = sign(&tokens, at) else { continue };
        if !signs.iter().any(|(known, _)| *known == sign) {
            signs.push((sign, words_of(&tokens, at, sign)));
        }
    }
    let weight = signs.iter().map(|(sign, _)| sign.weight()).sum();
    Need { weight, signs }
}

/// The fewest words that make a statement worth a source.
const FEWEST_WORDS: usize = 7;

/// Own views, questions, plans, instructions, hypotheses, examples, stories, and talk about the text itself.
fn is_no_matter_of_sources(tokens: &[Token<'_>]) -> bool {
    let form = |at: usize| tokens.get(at).map_or("", |token| &token.form);
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let ends = tokens.iter().rev().map(|token| &*token.form).find(|form| !["\"", "”", ")", "*", "_"].contains(form));
    let unfit = |token: &Token<'_>| {
        token.classes.has(Class::First)
            || token.classes.has(Class::Second)
            || token.classes.has(Class::Ought)
            || token.classes.has(Class::Assume)
            || token.classes.has(Class::Possible)
            || among(UNFIT, &token.form)
    };
    let about_itself = (0..tokens.len()).any(|at| among(POINTING, form(at)) && among(OF_THE_TEXT, form(at + 1)));
    let condition = ["if", "suppose", "imagine", "say", "let", "consider", "when", "once"].contains(&form(0));
    words < FEWEST_WORDS
        || matches!(ends, Some("?" | ":" | "!" | "…"))
        || condition
        || about_itself
        || tokens.iter().any(unfit)
        || super::hedge::judge(tokens).0 >= 0.5
}

/// Words that take a sentence out of the matter: thought experiments, examples, modality, narrative, code.
const UNFIT: &str = "would could might may hypothetical hypothetically example e.g eg instance will imagine suppose let won't \
     wouldn't he she him her his hers todo tbd proposal propose proposes proposed ` = { } < > | \\ :: axis plotted \
     highlights interval intervals ^ _";
const POINTING: &str = "this the next previous following above below current our";
const OF_THE_TEXT: &str = "rfc section post page note notes document essay chapter appendix table figure list paragraph sequence following \
     example examples proposal article paper author";

/// The sign at the token, if it gives one.
fn sign(tokens: &[Token<'_>], at: usize) -> Option<Sign> {
    let form = |by: isize| at.checked_add_signed(by).and_then(|at| tokens.get(at)).map_or("", |token| &*token.form);
    let token = &tokens[at];
    let past = || tokens.iter().any(|token| is_past(&token.form));
    match &*token.form {
        "%" | "percent" | "percentage" if tokens[..at].iter().any(Token::is_number) => Some(Sign::Share),
        "half" | "majority" | "third" | "quarter" if form(1) == "of" => Some(Sign::Part),
        "most" | "many" if among(GROUPS, form(1)) && among(OPINES, form(2)) => Some(Sign::Consensus),
        verb if among(DEEDS, verb) && at > 0 && names_somebody(&tokens[at - 1]) => Some(Sign::Deed),
        "<number>" if ["$", "€", "£"].contains(&form(-1)) => Some(Sign::Money),
        "dollars" | "euros" => Some(Sign::Money),
        "million" | "billion" | "trillion" | "thousand" | "millions" | "billions" | "thousands" => Some(Sign::Figure),
        "<number>" if counts_things(tokens, at) => Some(Sign::Figure),
        "<year>"
            if ["in", "since", "between", "and", "by", "of", "from", "until", "to", "during"].contains(&form(-1)) =>
        {
            past().then_some(Sign::Date)
        }
        "century" | "centuries" | "1990s" | "1980s" => past().then_some(Sign::Date),
        "studies" | "study" | "research" | "researchers" | "survey" | "surveys" | "experiments" | "scientists"
        | "meta-analysis" | "statistics" | "trial" | "trials"
            if among(FINDS, form(1)) || among(FINDS, form(2)) =>
        {
            Some(Sign::Research)
        }
        "largest" | "biggest" | "highest" | "lowest" | "oldest" | "fastest" | "richest" | "smallest" | "deadliest"
        | "leading"
            if ["the", "world's", "second", "third"].contains(&form(-1)) =>
        {
            Some(Sign::Rank)
        }
        "first" if form(-1) == "the" && past() && tokens.iter().any(|token| &*token.form == "<year>") => {
            Some(Sign::Rank)
        }
        "doubled" | "tripled" | "quadrupled" | "grew" | "rose" | "fell" | "declined" | "increased" | "decreased"
        | "dropped" | "soared" | "surged" => Some(Sign::Trend),
        "causes" | "caused" | "prevents" | "prevented" | "kills" | "killed" => Some(Sign::Cause),
        _ if token.capital && at > 0 && tokens[at - 1].is_word() && token.form.len() > 2 => Some(Sign::Name),
        _ => None,
    }
}

/// Whether a word is one of those in a list.
fn among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// A capital on a word of content: somebody's name, or something's.
fn names_somebody(token: &Token<'_>) -> bool {
    token.capital && !token.classes.has(Class::Function)
}

/// Verbs by which research is reported.
const FINDS: &str = "show shows showed shown find finds found suggest suggests suggested indicate indicates demonstrate demonstrates \
     demonstrated reveal revealed reveals report reported confirm confirms confirmed estimate estimated";

/// People in general.
const GROUPS: &str = "people americans europeans scientists researchers economists philosophers historians physicists psychologists \
     experts scholars doctors users developers programmers students countries companies women men children adults";

/// Verbs by which people in general are said to think or do.
const OPINES: &str =
    "believe think agree say accept reject consider prefer assume hold have show find report live die use";

/// Verbs for what somebody in particular said or did.
const DEEDS: &str = "argued claimed showed proved found discovered invented introduced published founded coined wrote announced \
     reported estimated predicted observed concluded demonstrated argues claims shows proves writes reports estimates";

/// A number of two digits or more that counts what follows it: "4,000 people", not "version 4" or "step 12".
fn counts_things(tokens: &[Token<'_>], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).filter(|token| token.is_word() && !token.is_number());
    let before = at.checked_sub(1).and_then(word);
    let labelled = before.is_some_and(|token| among(LABELS, &token.form) || token.capital);
    let thing = word(at + 1).is_some_and(|token| is_plural(&token.form) && !token.classes.has(Class::Function));
    thing && !labelled && tokens[at].span.len() >= 2
}

const LABELS: &str = "version step page line chapter section figure table level type part phase case option rule issue number item \
     rust c u i f";

fn is_plural(word: &str) -> bool {
    word.ends_with('s') || ["people", "men", "women", "children"].contains(&word)
}

/// Whether a word looks like a verb in the past tense.
fn is_past(word: &str) -> bool {
    (word.ends_with("ed") && word.len() > 4)
        || [
            "was", "were", "had", "did", "became", "began", "grew", "rose", "fell", "won", "lost", "made", "led",
            "wrote", "came", "went", "took", "held", "sold", "built", "found", "gave", "got", "said", "saw", "spent",
            "left", "died",
        ]
        .contains(&word)
}

/// The words that show the sign: the number with its unit, the year, the word itself.
fn words_of(tokens: &[Token<'_>], at: usize, sign: Sign) -> Span {
    let here = tokens[at].span;
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    match sign {
        Sign::Share | Sign::Figure | Sign::Money => {
            let number = before.filter(|token| token.is_number() || ["$", "€", "£"].contains(&&*token.form));
            let end = if sign == Sign::Figure && tokens[at].is_number() { tokens[at + 1].span } else { here };
            number.map_or(here, |token| token.span).cover(end)
        }
        _ => here,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Sign, &str)]) {
        let found = need(text, Span::from(0..text.len()));
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
        check("Several studies show that the habit fades within weeks.", &[(Sign::Research, "studies")]);
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
