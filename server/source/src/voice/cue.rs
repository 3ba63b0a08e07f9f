//! Discourse cues about whose words a passage contains.
//!
//! A cue in a passage is about the passage itself or about another that it replies to. Its weight is in log-odds that
//! the words are quoted: positive for somebody else's words, negative for the author's. The weights are set by hand so
//! that only an explicit cue reaches a confidence of 0.9 alone: a reporting frame with a name, a question about words
//! in quotation marks, "you say …". The style of a passage never does.

use super::utterance::Utterance;

/// A sign of whose words a passage contains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cue {
    /// The passage before introduces a named speaker, or the person it addresses.
    Introduced,
    /// The passage before introduces somebody or something without a name.
    IntroducedVaguely,
    /// A later passage repeats its words in quotation marks and asks about them, or addresses their author.
    Requoted,
    /// A later passage repeats its words in quotation marks. Authors also repeat themselves.
    Repeated,
    /// A later passage reports its words to their author: "You say half of …".
    YouSay,
    /// The next passage asks its author about the meaning of a word it uses, in quotation marks.
    TermAskedBack,
    /// The next passage asks about "your definition of" a word it uses.
    TermTakenUp,
    /// It breaks off, and the next passage takes up words it has in quotation marks.
    BrokenOff,
    /// It reads like a report ("We hypothesize", "Our results") on a page whose author says "I".
    ReportVoice,
    /// It reads like a report, and the passage before names a work or its authors.
    ReportNamed,
    /// `[...]` is directly before or after it.
    Elided,
    /// The next passage opens by asking about "this" or "another".
    AskedAbout,
    /// The next passage opens by agreeing or disagreeing.
    RespondedTo,
    /// It is in lower case on a page with capitals.
    OtherHand,
    /// It reads like a report, as does the quoted passage after it.
    SameRun,
    /// It says "I".
    FirstPerson,
    /// It addresses somebody: "your definition", "do you think".
    Addresses,
    /// It opens like a reply, or mentions "this post".
    Responds,
    /// It introduces somebody's words.
    Introduces,
    /// It is at the head of a person's profile page.
    Profile,
}

impl Cue {
    /// Log-odds that the passage is quoted.
    pub(super) const fn weight(self) -> f32 {
        match self {
            Self::Introduced => 4.0,
            Self::Requoted => 3.5,
            Self::YouSay | Self::TermAskedBack => 3.3,
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

/// Whether the passage addresses somebody in particular, rather than a "you" that means anyone.
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
            you_say(said, at).is_some() || (asks && asked) || (1..=4).any(|gap| in_your_text(said, at + gap))
        }
        _ => false,
    })
}

/// Whether "in the paper", "in your post" or the like is at `at`.
fn in_your_text(said: &Utterance, at: usize) -> bool {
    said.own(at) == Some("in")
        && matches!(said.own(at + 1), Some("the" | "your" | "this"))
        && matches!(said.own(at + 2), Some("paper" | "post" | "report" | "article" | "essay" | "section" | "appendix"))
}

/// The index where the reported words begin after "you say (that)", if `at` is that "you".
pub(super) fn you_say(said: &Utterance, at: usize) -> Option<usize> {
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

/// Whether the passage opens like a reply, possibly by judging a phrase it quotes, or mentions the page it is on.
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

/// Whether the passage says that the words it quotes are its author's own: "as I said", "I wrote above".
pub(super) fn repeats_oneself(said: &Utterance) -> bool {
    said.own_words().any(|(at, word)| {
        word == "i" && matches!(said.own(at + 1), Some("said" | "say" | "wrote" | "noted" | "claimed" | "argued"))
    })
}

/// Whether the passage opens by agreeing or disagreeing with what is before it.
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

/// Whether the passage opens with a question about "this" or "another", which authors do not ask about their own words.
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

/// Whether the passage opens like a scientific report.
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

/// Whether the passage begins in lower case and writes "i", unlike an author who uses capitals.
pub(super) fn lower_case(said: &Utterance) -> bool {
    let bare = said.words.iter().any(|word| word.span.of(said.text) == "i");
    bare && said.text.starts_with(char::is_lowercase)
}

/// The word whose meaning the passage asks its addressee about, and the cue that the passage before is quoted.
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

/// The index of X in "by X you mean", where `at` is the "you".
fn by_term(said: &Utterance, at: usize) -> Option<usize> {
    (2..=6).filter_map(|back| at.checked_sub(back)).find(|&by| said.own(by) == Some("by")).map(|by| by + 1)
}
