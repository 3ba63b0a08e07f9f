//! Cues of discourse: what on a page tells whose words a passage is.
//!
//! A cue in one passage may speak of that passage itself, or of another that it answers. Its weight is in log-odds that
//! the words are quoted: above 0 for somebody else's, below 0 for the author's. The weights are judgments, set so that
//! only an explicit pointer reaches 0.9 by itself: a frame that names, words that are asked about in quotation marks,
//! "you say …". How a passage speaks never does.

use super::utterance::Utterance;

/// What tells whose words a passage is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cue {
    /// The passage before hands over to somebody it names, or to the one it speaks to.
    Introduced,
    /// The passage before hands over to somebody or something without a name.
    IntroducedVaguely,
    /// A later passage repeats its words in quotation marks and asks about them, or speaks to their writer.
    Requoted,
    /// A later passage repeats its words in quotation marks: people repeat themselves too.
    Repeated,
    /// A later passage tells its writer what it says: "You say half of …".
    ToldBack,
    /// The next passage asks what its writer means by a word it uses, in quotation marks.
    TermAskedBack,
    /// The next passage speaks to its writer of "your definition of" a word it uses.
    TermTakenUp,
    /// It breaks off, and the next passage takes up words that it has in quotation marks.
    BrokenOff,
    /// It speaks as a report does ("We hypothesize", "Our results") on a page whose author says "I".
    ReportVoice,
    /// It speaks as a report does, and the passage before names a work or its authors.
    ReportNamed,
    /// `[...]` stands directly before or behind it.
    Elided,
    /// The next passage opens by asking about "this" or "another".
    AskedAbout,
    /// The next passage opens by agreeing or disagreeing.
    RespondedTo,
    /// It is written without capitals on a page that has them.
    OtherHand,
    /// It speaks as the quoted passage behind it does.
    SameRun,
    /// It says "I".
    FirstPerson,
    /// It speaks to somebody: "your definition", "do you think".
    Addresses,
    /// It opens as a reply does, or speaks of "this post".
    Responds,
    /// It hands over to somebody's words.
    Introduces,
    /// It stands at the head of a person's profile page.
    Profile,
}

impl Cue {
    /// Log-odds that the passage is quoted.
    pub(super) const fn weight(self) -> f32 {
        match self {
            Self::Introduced => 4.0,
            Self::Requoted => 3.5,
            Self::ToldBack | Self::TermAskedBack => 3.3,
            Self::BrokenOff => 2.9,
            Self::TermTakenUp | Self::IntroducedVaguely => 2.0,
            Self::ReportVoice | Self::Elided | Self::OtherHand => 1.5,
            Self::ReportNamed | Self::AskedAbout | Self::Repeated => 1.3,
            Self::SameRun => 1.0,
            Self::RespondedTo => 0.6,
            Self::Responds => -0.8,
            Self::Profile => -0.9,
            Self::FirstPerson => -1.0,
            Self::Addresses => -1.1,
            Self::Introduces => -1.5,
        }
    }
}

/// Whether the passage speaks to somebody in particular, rather than to a "you" that means anyone.
pub(super) fn addresses(said: &Utterance) -> bool {
    const YOURS: &[&str] = &[
        "analogy",
        "analysis",
        "approach",
        "argument",
        "article",
        "claim",
        "comment",
        "conclusion",
        "definition",
        "diagram",
        "essay",
        "example",
        "experiment",
        "experiments",
        "explanation",
        "framing",
        "graph",
        "hypothesis",
        "intuition",
        "model",
        "objection",
        "paper",
        "point",
        "position",
        "post",
        "proof",
        "proposal",
        "question",
        "reasoning",
        "reply",
        "report",
        "response",
        "results",
        "section",
        "sentence",
        "statement",
        "suggestion",
        "theory",
        "thesis",
        "view",
        "work",
    ];
    const ASKED: &[&str] =
        &["agree", "believe", "clarify", "define", "elaborate", "expect", "explain", "mean", "say", "think"];
    said.own_words().any(|(at, word)| match word {
        "your" => (1..=3).any(|gap| said.own(at + gap).is_some_and(|word| YOURS.binary_search(&word).is_ok())),
        "you" => {
            let asks = at > 0 && matches!(said.own(at - 1), Some("do" | "did" | "can" | "could" | "would"));
            let asked = (1..=2).any(|gap| said.own(at + gap).is_some_and(|word| ASKED.binary_search(&word).is_ok()));
            told_back(said, at).is_some() || (asks && asked) || (1..=4).any(|gap| in_your_text(said, at + gap))
        }
        _ => false,
    })
}

/// "… in the paper", "in your post" at `at`.
fn in_your_text(said: &Utterance, at: usize) -> bool {
    said.own(at) == Some("in")
        && matches!(said.own(at + 1), Some("the" | "your" | "this"))
        && matches!(said.own(at + 2), Some("paper" | "post" | "report" | "article" | "essay" | "section" | "appendix"))
}

/// Where the words begin that a "you" at `at` is told to have said: behind "you say (that)".
pub(super) fn told_back(said: &Utterance, at: usize) -> Option<usize> {
    const SAYING: &[&str] = &[
        "argue",
        "argued",
        "assume",
        "assumed",
        "claim",
        "claimed",
        "conclude",
        "concluded",
        "describe",
        "described",
        "intended",
        "mean",
        "meant",
        "mention",
        "mentioned",
        "said",
        "say",
        "state",
        "stated",
        "suggest",
        "suggested",
        "write",
        "wrote",
    ];
    if said.own(at)? != "you" || SAYING.binary_search(&said.own(at + 1)?).is_err() {
        return None;
    }
    let anyone =
        at > 0 && matches!(said.own(at - 1), Some("if" | "would" | "might" | "can" | "could" | "until" | "unless"));
    let that = usize::from(said.own(at + 2) == Some("that"));
    (!anyone).then_some(at + 2 + that)
}

/// Whether the passage opens as a reply does (by judging a phrase it quotes, too), or speaks of the page it stands
/// under.
pub(super) fn responds(said: &Utterance) -> bool {
    const LONGEST_PHRASE: usize = 6;
    const OPENINGS: &[&[&str]] = &[
        &["appreciate"],
        &["appreciated"],
        &["congrats"],
        &["cool"],
        &["fwiw"],
        &["just", "wanted", "to", "say"],
        &["strong", "upvote"],
        &["thank", "you"],
        &["thanks"],
        &["upvoted"],
    ];
    let judges = said.own(0).is_none()
        && said.own_words().next().is_some_and(|(at, word)| {
            at <= LONGEST_PHRASE && matches!(word, "feels" | "is" | "isn't" | "seems" | "sounds" | "strikes")
        });
    let praise = matches!(said.own(0), Some("excellent" | "good" | "great" | "interesting" | "nice"))
        && matches!(
            said.own(1),
            Some("analysis" | "comment" | "essay" | "piece" | "point" | "post" | "question" | "work")
        );
    let of_page = said.own_words().any(|(at, word)| {
        word == "this" && matches!(said.own(at + 1), Some("post" | "comment" | "essay" | "article" | "thread"))
    });
    judges || praise || of_page || takes_side(said) || OPENINGS.iter().any(|opening| said.follows(0, opening))
}

/// Whether the passage says that words it quotes are its writer's own: "as I said", "I wrote above".
pub(super) fn repeats_oneself(said: &Utterance) -> bool {
    said.own_words().any(|(at, word)| {
        word == "i" && matches!(said.own(at + 1), Some("said" | "say" | "wrote" | "noted" | "claimed" | "argued"))
    })
}

/// Whether the passage opens by taking a side on what stands before it.
pub(super) fn takes_side(said: &Utterance) -> bool {
    const OPENINGS: &[&[&str]] = &[
        &["agree"],
        &["agreed"],
        &["disagree"],
        &["fair", "point"],
        &["hmm"],
        &["i", "agree"],
        &["i", "disagree"],
        &["i", "don't", "think"],
        &["i'm", "confused"],
        &["i'm", "skeptical"],
        &["well", "put"],
        &["well", "said"],
    ];
    OPENINGS.iter().any(|opening| said.follows(0, opening))
}

/// Whether the passage opens with a question about "this" or "another": one does not ask that of one's own words.
pub(super) fn asks_about(said: &Utterance) -> bool {
    const REACH: usize = 9;
    let opens = matches!(
        said.own(0),
        Some("are" | "aren't" | "could" | "does" | "doesn't" | "how" | "is" | "isn't" | "why" | "wouldn't" | "would")
    );
    if !opens {
        return false;
    }
    let first_sentence = said.text.find(['?', '.', '!']).filter(|&at| said.text[at..].starts_with('?'));
    let Some(end) = first_sentence else { return false };
    (1..REACH).filter(|&at| said.words.get(at).is_some_and(|word| (word.span.end as usize) <= end)).any(|at| {
        let of_page = matches!(said.own(at + 1), Some("post" | "comment" | "essay" | "article" | "thread" | "paper"));
        matches!(said.own(at), Some("another" | "that" | "this")) && !of_page && said.own(at) != Some("that")
    })
}

/// Whether the passage opens in the voice of a report.
pub(super) fn reports(said: &Utterance) -> bool {
    const WE: &[&str] = &[
        "analyse",
        "analyze",
        "assume",
        "conclude",
        "demonstrate",
        "derive",
        "describe",
        "develop",
        "estimate",
        "evaluate",
        "examine",
        "explore",
        "find",
        "found",
        "hypothesise",
        "hypothesize",
        "introduce",
        "investigate",
        "measure",
        "model",
        "observe",
        "present",
        "propose",
        "prove",
        "report",
        "show",
        "simulate",
        "study",
        "suggest",
        "test",
        "train",
    ];
    const OUR: &[&str] = &[
        "analyses",
        "analysis",
        "approach",
        "contributions",
        "data",
        "evidence",
        "experiments",
        "findings",
        "framework",
        "method",
        "methods",
        "model",
        "paper",
        "results",
        "study",
        "work",
    ];
    (0..6).any(|at| match said.own(at) {
        Some("we") => (1..=2).any(|gap| said.own(at + gap).is_some_and(|word| WE.binary_search(&word).is_ok())),
        Some("our") => (1..=2).any(|gap| said.own(at + gap).is_some_and(|word| OUR.binary_search(&word).is_ok())),
        _ => false,
    }) && !said.says_i
}

/// Whether the passage begins without a capital and writes "i": another hand than one that uses capitals.
pub(super) fn lower_case(said: &Utterance) -> bool {
    let bare = said.words.iter().any(|word| word.span.of(said.text) == "i");
    bare && said.text.starts_with(char::is_lowercase)
}

/// The word for whose meaning the passage asks its addressee, with the cue that this is of what stands before.
pub(super) fn asks_back(said: &Utterance) -> Option<(String, Cue)> {
    for (at, word) in said.own_words() {
        let term_at = match word {
            "your"
                if matches!(
                    said.own(at + 1),
                    Some("definition" | "notion" | "concept" | "use" | "usage" | "sense")
                ) =>
            {
                (said.own(at + 2) == Some("of")).then_some(at + 3)
            }
            "you" if said.follows(at, &["you", "mean", "by"]) => Some(at + 3),
            "you" if said.own(at + 1) == Some("mean") => by_term(said, at),
            "you" if said.own(at + 1) == Some("say") && said.own(at.wrapping_sub(1)) == Some("when") => Some(at + 2),
            _ => None,
        };
        if let Some((at, term)) = term_at.and_then(|at| Some((at, said.word(at)?))) {
            let cue = if said.own(at).is_none() { Cue::TermAskedBack } else { Cue::TermTakenUp };
            return Some((term.to_owned(), cue));
        }
    }
    None
}

/// In "by X you mean" with "you" at `at`, where X begins.
fn by_term(said: &Utterance, at: usize) -> Option<usize> {
    (2..=6).filter_map(|back| at.checked_sub(back)).find(|&by| said.own(by) == Some("by")).map(|by| by + 1)
}
