//! What one file says of terms: it follows from the file's own text alone.

use ibid_evidence::{Definition, SenseKind, definitions, definitions_in, names_a_concept};
use ibid_note::Note;
use ibid_source::{Source, Standing, Voice};
use ibid_text::{Span, sentences, words};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::key::{Case, is_acronym};

/// How sure a sentence that names the holder of a sense leaves us of whose sense it is.
const NAMED_HOLDER: f32 = 0.9;

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

    fn read_source(&mut self, source: &Source) {
        let text = source.text();
        let passages: Vec<Span> = source.passages.iter().map(|passage| passage.span).collect();
        for definition in definitions_in(text, &passages) {
            let at = source.passages.partition_point(|passage| passage.span.end < definition.sentence.end);
            let voice = source.passages.get(at).map_or(&Voice::UNKNOWN, |passage| &passage.voice);
            let addressee = source.addressee(definition.sentence.start);
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
        for entry in &note.glossary {
            let (name, words) = (entry.term.of(text), entry.sense.of(text));
            if led[name] > 1 || !is_name(name) || !names_a_concept(name) || !is_gloss(name, words) {
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
                score: 1.0,
                own: true,
            });
        }
    }

    /// Adds a definition found in `body`, whose spans `place` takes to the file's own text.
    fn add(&mut self, body: &str, definition: &Definition, speaker: Speaker<'_>, place: impl Fn(Span) -> Span) {
        let name = definition.term.of(body);
        // Who gives a thing a name of several words may name it as they like.
        let is_given = definition.kind == SenseKind::Stipulated && name.contains(' ');
        let is_term = is_name(name) && (is_given || names_a_concept(name));
        if !is_term || definition.score < least_score(definition.kind, name) {
            return;
        }
        let sense = definition.sense.of(body);
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
        give(name, definition.term.start, sense, definition.sense);
        for variant in variants(name) {
            give(&variant, definition.term.start, sense, definition.sense);
        }
        // An acronym or alias names the same thing from both ends.
        if matches!(definition.kind, SenseKind::Acronym | SenseKind::Alias) && is_name(sense) {
            give(sense, definition.sense.start, name, definition.term);
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

/// Whether what follows a name at the head of a paragraph tells what the name means: it would read as a definition with
/// a verb between the two.
fn is_gloss(name: &str, words: &str) -> bool {
    let read = format!("{name} is {words}");
    let first = sentences(&read).into_iter().next().unwrap_or_default();
    let defines = |found: &Definition| found.term.start == 0 && found.kind == SenseKind::Stated && found.score >= 0.5;
    definitions(&read, first).iter().any(defines)
}

/// The score from which a definition counts, by how it is given. Another name is plain from its form, whether or not it
/// defines; a plain word that a sentence merely says something of is hardly a term, so that takes more.
fn least_score(kind: SenseKind, name: &str) -> f32 {
    let is_plain_word = !name.contains([' ', '-']) && !is_acronym(name);
    match kind {
        SenseKind::Acronym | SenseKind::Alias => 0.3,
        SenseKind::Parenthetical => 0.7,
        SenseKind::Stated if is_plain_word => 0.88,
        SenseKind::Stated => 0.75,
        _ => 0.6,
    }
}

/// The longest name, in words.
const LONGEST: usize = 6;

/// Whether something can be the name of a term: words, no formula, address or number.
fn is_name(name: &str) -> bool {
    let spelled =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\n' | '-' | '‐' | '–' | '\'' | '’' | '/' | '&' | '.');
    name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && name.chars().all(spelled)
        && name.starts_with(char::is_alphanumeric)
        && !name.contains("//")
        && words(name).nth(LONGEST).is_none()
}

/// The person who writes a note.
const WRITER: Voice = Voice { standing: Standing::Author, name: None, confidence: 1.0, told_by: None };

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
    Voice { standing: Standing::Quoted, name, confidence: NAMED_HOLDER, told_by: None }
}

/// The names that a name with a slash stands for: "fuzzy / non-fuzzy concepts" names fuzzy concepts and non-fuzzy ones.
fn variants(name: &str) -> Vec<String> {
    let Some((first, second)) = name.split_once(" / ").or_else(|| name.split_once('/')) else { return Vec::new() };
    let shared = second.split_once(' ').map(|(_, head)| head);
    let first = match shared {
        Some(head) if !first.contains(' ') => format!("{first} {head}"),
        _ => first.to_owned(),
    };
    vec![first, second.to_owned()]
}

/// The acronyms of a source's passages, by name. A word that the source also writes in lower case is only shouted.
fn acronyms(source: &Source) -> Vec<(String, u32)> {
    let text = source.text();
    let written = || {
        let passages = source.passages.iter().map(|passage| passage.span.of(text));
        passages.flat_map(|passage| words::spans(passage).map(move |word| word.of(passage)))
    };
    let mut uses: FxHashMap<&str, u32> = FxHashMap::default();
    for word in written().filter(|word| is_acronym(word)) {
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
    fn names_are_words() {
        for name in ["schemer", "Series B", "fuzzy / non-fuzzy concepts", "Goodhart’s law", "GPT-4"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "B", "2,000", "u_A", "$P$", "a line of far too many words for a name"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn a_slash_names_both() {
        assert_eq!(variants("fuzzy / non-fuzzy concepts"), ["fuzzy concepts", "non-fuzzy concepts"]);
        assert_eq!(variants("schemer"), Vec::<String>::new());
    }
}
