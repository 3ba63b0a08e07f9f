//! The verdict on a quotation in its note.

use ibid_corpus::{Located, Match};
use ibid_evidence::Verdict;

/// A judged quotation: its words, its citations and the voice that the note names, weighed together.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The verdict on all three together.
    pub verdict: Verdict,
    /// Where the words were found; matches that agree with the citation come first.
    pub located: Located,
    /// How the quotation is misattributed, if it is.
    pub misattribution: Option<Misattribution>,
    /// Whether they are the words of the person whom the note names; `None` if it names nobody.
    pub voice: Option<NamedVoice>,
    /// Why the quotation was not checked, if it was not.
    pub unchecked_reason: Option<UncheckedReason>,
}

/// How a quotation is misattributed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misattribution {
    /// A source has the words, but none of the cited sources does.
    Source,
    /// The note names one speaker, and the source shows another.
    Voice {
        /// The name in the note.
        named: String,
        /// The speaker, where the source names one.
        speaker: Option<String>,
    },
}

/// The person whom a note names for a quotation, and who speaks in the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedVoice {
    /// The name in the note.
    pub named: String,
    /// The speakers in the source, where it names any.
    pub found: Vec<String>,
    /// Whether they are the same.
    pub state: VoiceState,
}

/// Whether the words of a quotation are those of the person whom the note names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum VoiceState {
    /// The source shows that they are.
    Confirmed,
    /// The source shows that they are somebody else's.
    Other,
    /// The source does not show whose they are.
    NotChecked,
}

impl VoiceState {
    /// The state as it is called in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Other => "other",
            Self::NotChecked => "not-checked",
        }
    }
}

/// Why a quotation was not checked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UncheckedReason {
    /// It has fewer words than the configured minimum.
    TooShort,
    /// The note attributes the words to nobody, and no source has them.
    Unattributed,
    /// The text of the work that the words are attributed to is not among the sources.
    NotHeld,
    /// Only highlights of the work that the words are attributed to are among the sources.
    Excerpted,
    /// It is in another language than the sources that it is attributed to.
    Translated,
    /// A source that may have the words could not be read.
    SourceUnread,
    /// The sources are still being read.
    NotReady,
}

impl Judged {
    /// A quotation that was not checked.
    pub(crate) fn unchecked(located: Located, reason: UncheckedReason) -> Self {
        Self { verdict: Verdict::Unchecked, located, misattribution: None, voice: None, unchecked_reason: Some(reason) }
    }

    /// Every verdict that holds, in the order in which they are reported.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let words = self.best().map(|found| found.verdict);
        let altered = words.filter(|&words| self.misattribution.is_some() && words == Verdict::Altered);
        std::iter::once(self.verdict).chain(altered).collect()
    }

    /// Whether a source has the words as the note quotes them.
    pub fn is_verified(&self) -> bool {
        matches!(self.verdict, Verdict::Verbatim | Verdict::Typographic | Verdict::Marked | Verdict::Ambiguous)
    }

    /// Whether the note names a speaker whom the source does not confirm. Such words never look verified.
    pub fn is_voice_open(&self) -> bool {
        self.voice.as_ref().is_some_and(|voice| voice.state != VoiceState::Confirmed)
    }

    /// The match that the verdict is based on.
    pub fn best(&self) -> Option<&Match> {
        self.located.matches.first()
    }

    /// Whether the best match has other words.
    pub fn is_altered(&self) -> bool {
        self.verdicts().contains(&Verdict::Altered)
    }

    /// The matches with unaltered words, when the best match is altered.
    pub(crate) fn faithful_elsewhere(&self) -> impl Iterator<Item = &Match> {
        let altered = self.best().is_some_and(|best| best.verdict == Verdict::Altered);
        self.located.matches.iter().filter(move |found| altered && found.verdict != Verdict::Altered)
    }
}

impl UncheckedReason {
    /// The reason in words, to follow "Not checked: ".
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooShort => "too few words to tell a quotation from a turn of phrase",
            Self::Unattributed => "nothing says whose words these are, and no source has them",
            Self::NotHeld => "the text of the work it is from is not among the sources",
            Self::Excerpted => "only a part of the work it is from is among the sources",
            Self::Translated => "the source is in another language",
            Self::SourceUnread => "a source that may hold it could not be read",
            Self::NotReady => "the sources are still being read",
        }
    }
}

/// The first match and those that are as good.
pub(crate) fn equally_good(matches: &[Match]) -> impl Iterator<Item = &Match> {
    let best = matches.first();
    matches.iter().take_while(move |found| {
        best.is_some_and(|best| found.verdict == best.verdict && found.similarity >= best.similarity)
    })
}
