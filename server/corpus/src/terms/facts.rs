//! What one file says of terms: it follows from the file's own text alone.

use ibid_evidence::{Definition, SenseKind, definitions_in};
use ibid_note::Note;
use ibid_source::{Source, Voice, VoiceKind};
use ibid_text::{Span, sentences, words};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    admission::{is_gloss, is_name, is_phrase, is_shorthand, makes_a_term, whole},
    key::{Case, is_acronym},
};

/// How sure a sentence that names the holder of a sense leaves us of whose sense it is.
const NAMED_HOLDER: f32 = 0.9;

/// How sure a gloss is a sense that is told in a sentence and not in a phrase.
const TOLD: f32 = 0.85;

/// The definitions a file gives and the acronyms it uses.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct FileTerms {
    /// Definitions in order of the text.
    pub(super) given: Vec<Given>,
    /// Acronyms that a source uses, with their number of uses, by name.
    pub(super) acronyms: Vec<(String, u32)>,
}

/// One definition of one name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Given {
    /// The name as written.
    pub(super) name: String,
    /// How its uses are written.
    pub(super) case: Case,
    /// The sense in its own words, as running text.
    pub(super) words: String,
    /// The sentence, in the file's own text.
    pub(super) sentence: Span,
    /// The sense, in the file's own text.
    pub(super) span: Span,
    /// How it is given.
    pub(super) kind: SenseKind,
    /// Whose sense it is.
    pub(super) voice: Voice,
    /// Probability that it defines the name.
    pub(super) score: f32,
    /// Whether the person who writes the notes gives it, not a source.
    pub(super) own: bool,
}

impl FileTerms {
    /// What a file says of terms, from what it is read as.
    pub fn of(text: &str, source: Option<&Source>, note: Option<&Note>) -> Self {
        let mut terms = Self::default();
        if let Some(source) = source {
            terms.read_source(source);
        }
        if let Some(note) = note {
            terms.read_glossary(text, note);
            if source.is_none() {
                terms.read_statements(note);
            }
        }
        terms.given.sort_by_key(|given| (given.sentence, given.span));
        terms
    }

    /// Whether the same is said in the same order, wherever it stands.
    pub(crate) fn says_same(&self, other: &Self) -> bool {
        let is_same = |(own, given): (&Given, &Given)| {
            Given { sentence: given.sentence, span: given.span, ..own.clone() } == *given
        };
        self.acronyms == other.acronyms
            && self.given.len() == other.given.len()
            && self.given.iter().zip(&other.given).all(is_same)
    }

    fn read_source(&mut self, source: &Source) {
        let text = source.text();
        let passages: Vec<Span> = source.passages.iter().map(|passage| passage.span).collect();
        for definition in definitions_in(text, &passages) {
            let at = source.passages.partition_point(|passage| passage.span.end < definition.sentence.end);
            let voice = source.passages.get(at).map_or(&Voice::UNKNOWN, |passage| &passage.voice);
            let addressee = source.addressee(definition.sentence.start);
            let author = source.metadata.authors.first().filter(|_| voice.kind == VoiceKind::Author);
            let voice = &Voice { name: voice.name.clone().or_else(|| author.cloned()), ..voice.clone() };
            let speaker = Speaker::Source { voice, addressee };
            self.add(text, &definition, speaker, |span| source.content.to_original(span));
        }
        self.acronyms = acronyms(source);
    }

    /// A note's own sentences. What stands inside a quotation is the source's to say, not the note's.
    fn read_statements(&mut self, note: &Note) {
        for statement in &note.statements {
            let body = statement.words.text();
            for definition in definitions_in(body, &[Span::from(0..body.len())]) {
                let place = |span: Span| statement.words.to_original(span);
                let term = place(definition.term);
                let quoted = note.quotations.iter().any(|quotation| {
                    quotation.span.covers(term) && words(quotation.words.text()).nth(QUOTED_WORDS).is_some()
                });
                if !quoted {
                    self.add(body, &definition, Speaker::Writer, place);
                }
            }
        }
    }

    /// A note's glossary. A name that leads several paragraphs is a speaker's, or a heading's.
    fn read_glossary(&mut self, text: &str, note: &Note) {
        let mut led: FxHashMap<&str, u32> = FxHashMap::default();
        for entry in &note.glossary {
            *led.entry(entry.term.of(text)).or_default() += 1;
        }
        let lower = if note.glossary.is_empty() { String::new() } else { text.to_lowercase() };
        let uses = |name: &str| lower.matches(&name.to_lowercase()).count();
        for entry in &note.glossary {
            let (name, words) = (entry.term.of(text), entry.sense.of(text));
            if led[name] > 1 || !is_gloss(name, words, uses) {
                continue;
            }
            self.given.push(Given {
                name: name.to_owned(),
                case: Case::of(name, true),
                words: words.to_owned(),
                sentence: entry.term.cover(entry.sense),
                span: entry.sense,
                kind: SenseKind::Glossary,
                voice: WRITER,
                score: if is_phrase(words) { 1.0 } else { TOLD },
                own: true,
            });
        }
    }

    /// Adds a definition found in `body`, whose spans `place` takes to the file's own text.
    fn add(&mut self, body: &str, definition: &Definition, speaker: Speaker<'_>, place: impl Fn(Span) -> Span) {
        let name = definition.term.of(body);
        let is_proper = |name: &str| name.starts_with(char::is_uppercase) && !body.contains(&name.to_lowercase());
        if !makes_a_term(body, definition, is_proper) {
            return;
        }
        let is_another_name = matches!(definition.kind, SenseKind::Acronym | SenseKind::Alias);
        let sense_span = if is_another_name { whole(body, definition.sense) } else { definition.sense };
        let sense = sense_span.of(body);
        let voice = whose(definition, body, speaker);
        let mut give = |name: &str, at: u32, words: &str, span: Span| {
            let opens = at <= definition.sentence.start + OPENING;
            self.given.push(Given {
                name: name.to_owned(),
                case: Case::of(name, opens),
                words: words.to_owned(),
                sentence: place(definition.sentence),
                span: place(span),
                kind: definition.kind,
                voice: voice.clone(),
                score: definition.score,
                own: matches!(speaker, Speaker::Writer),
            });
        };
        give(name, definition.term.start, sense, sense_span);
        let variants = variants(name);
        for (variant, part) in variants.iter().zip(parts(body, sense_span, variants.len())) {
            give(variant, definition.term.start, part.of(body), part);
        }
        // An acronym or alias names the same thing from both ends.
        if is_another_name && is_name(sense) {
            give(sense, sense_span.start, name, definition.term);
        }
    }
}

/// Who says a sentence that defines.
#[derive(Clone, Copy)]
enum Speaker<'a> {
    /// A voice of a source, who speaks to somebody there.
    Source { voice: &'a Voice, addressee: Option<&'a str> },
    /// The person who writes the notes.
    Writer,
}

impl<'a> Speaker<'a> {
    fn voice(self) -> &'a Voice {
        match self {
            Self::Source { voice, .. } => voice,
            Self::Writer => &WRITER,
        }
    }

    fn addressee(self) -> Option<&'a str> {
        match self {
            Self::Source { addressee, .. } => addressee,
            Self::Writer => None,
        }
    }
}

/// The person who writes a note.
const WRITER: Voice = Voice { kind: VoiceKind::Author, name: None, confidence: 1.0, evidence: None };

/// Inside a quotation of more words than this, the words are the quoted one's; a shorter one may set off the term.
const QUOTED_WORDS: usize = 4;

/// A name that begins within so many bytes of its sentence's begin (an opening quotation mark, an article) may owe its
/// capital to that.
const OPENING: u32 = 4;

/// Whose sense a definition gives: the one the sentence names or speaks to, else the passage's speaker.
fn whose(definition: &Definition, body: &str, speaker: Speaker<'_>) -> Voice {
    let Some(holder) = definition.holder else { return speaker.voice().clone() };
    let name = holder.of(body);
    let spoken_to = matches!(name.to_lowercase().as_str(), "you" | "your");
    let name = if spoken_to {
        speaker.addressee().map(str::to_owned)
    } else {
        Some(name.trim_end_matches("'s").trim_end_matches("’s").to_owned())
    };
    Voice { kind: VoiceKind::Quoted, name, confidence: NAMED_HOLDER, evidence: None }
}

/// The names that a name with a slash stands for: "fuzzy / non-fuzzy concepts" names fuzzy concepts and non-fuzzy ones.
fn variants(name: &str) -> Vec<String> {
    let joined = || name.split_once('/').filter(|(_, second)| second.contains(' '));
    let Some((first, second)) = name.split_once(" / ").or_else(joined) else { return Vec::new() };
    let shared = second.split_once(' ').map(|(_, head)| head);
    let first = match shared {
        Some(head) if !first.contains(' ') => format!("{first} {head}"),
        _ => first.to_owned(),
    };
    vec![first, second.to_owned()]
}

/// What each of `count` names that are given at once means, if as many sentences tell it: each tells of one, in their order.
/// Else all of it for every name.
fn parts(body: &str, sense: Span, count: usize) -> Vec<Span> {
    let told: Vec<Span> = sentences(sense.of(body)).into_iter().map(|span| span.shift(sense.start)).collect();
    if told.len() == count { told } else { vec![sense; count] }
}

/// The acronyms of a source's passages, by name. A word that the source also writes in lower case is only shouted.
fn acronyms(source: &Source) -> Vec<(String, u32)> {
    let text = source.text();
    let written = || {
        let passages = source.passages.iter().map(|passage| passage.span.of(text));
        passages.flat_map(|passage| {
            // "TL;DR" is cut at its mark.
            let is_whole = |word: &Span| {
                let behind = passage[word.end as usize..].strip_prefix(';');
                !passage[..word.start as usize].ends_with(';')
                    && !behind.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
            };
            words::spans(passage).filter(is_whole).map(|word| word.of(passage))
        })
    };
    let mut uses: FxHashMap<&str, u32> = FxHashMap::default();
    for word in written().filter(|word| is_acronym(word) && !is_shorthand(word)) {
        let name = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        *uses.entry(name.strip_suffix('s').unwrap_or(name)).or_default() += 1;
    }
    let mut shouted: FxHashMap<String, bool> = uses.keys().map(|name| (name.to_lowercase(), false)).collect();
    let longest = shouted.keys().map(String::len).max().unwrap_or(0);
    for word in written().take_while(|_| longest > 0) {
        if word.len() <= longest
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && let Some(shouted) = shouted.get_mut(word)
        {
            *shouted = true;
        }
    }
    let mut uses: Vec<(String, u32)> = uses
        .into_iter()
        .filter(|(name, _)| !shouted[&name.to_lowercase()])
        .map(|(name, count)| (name.to_owned(), count))
        .collect();
    uses.sort_unstable();
    uses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_names_both() {
        assert_eq!(variants("fuzzy / non-fuzzy concepts"), ["fuzzy concepts", "non-fuzzy concepts"]);
        assert_eq!(variants("inner/outer alignment"), ["inner alignment", "outer alignment"]);
        assert_eq!(variants("schemer"), Vec::<String>::new());
        assert_eq!(variants("owner/project"), Vec::<String>::new());
    }

    #[test]
    fn names_for_two_share_out_what_two_sentences_tell() {
        let of = |sense: &str| -> Vec<String> {
            let parts = parts(sense, Span::from(0..sense.len()), 2);
            parts.into_iter().map(|part| part.of(sense).to_owned()).collect()
        };
        assert_eq!(of("Some glow. Others are dark."), ["Some glow.", "Others are dark."]);
        assert_eq!(of("Some glow, others do not."), ["Some glow, others do not."; 2]);
    }
}
