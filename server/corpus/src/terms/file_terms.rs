//! The definitions and acronyms of one file, derived from that file's text alone.

use ibid_evidence::{Definition, SenseKind, definitions_in};
use ibid_language::{Class, Language};
use ibid_note::{EntryForm, Note};
use ibid_source::{Source, Voice, VoiceKind};
use ibid_text::{Span, sentences, words};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    admission::{is_gloss, is_name, is_phrase, is_shorthand, makes_a_term, whole},
    key::{Case, is_acronym},
};

/// Confidence in the voice of a sense if the sentence names its holder.
const NAMED_HOLDER: f32 = 0.9;

/// Score of a gloss that is a sentence and not a phrase.
const SENTENCE_GLOSS: f32 = 0.85;

/// The definitions a file gives and the acronyms it uses.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct FileTerms {
    /// Definitions in text order.
    pub(super) given: Vec<Given>,
    /// Entries that define their terms only if the name of the file says that it is a glossary.
    pub(super) given_by_glossary: Vec<Given>,
    /// Acronyms that a source uses, with the number of uses, ordered by name.
    pub(super) acronyms: Vec<(String, u32)>,
}

/// One definition of one name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Given {
    /// The name as written.
    pub(super) name: String,
    /// How uses must be written.
    pub(super) case: Case,
    /// The words of the sense, as running text.
    pub(super) words: String,
    /// The sentence, in the file's own text.
    pub(super) sentence: Span,
    /// The sense, in the file's own text.
    pub(super) span: Span,
    /// The form in which it is given.
    pub(super) kind: SenseKind,
    /// The person whose sense it is.
    pub(super) voice: Voice,
    /// Probability that it defines the name, 0..1.
    pub(super) score: f32,
    /// Whether it comes from the author of the notes, not from a source.
    pub(super) own: bool,
}

impl FileTerms {
    /// The terms of a file, which may be a source, a note or both.
    pub fn of(text: &str, source: Option<&Source>, note: Option<&Note>, language: Language) -> Self {
        let mut terms = Self::default();
        // Without words there is no telling what defines a term.
        if !language.has_pack() {
            return terms;
        }
        if let Some(source) = source {
            terms.read_source(source, language);
        }
        if let Some(note) = note {
            terms.read_glossary(text, note, language);
            if source.is_none() {
                terms.read_statements(note, language);
            }
        }
        terms.given.sort_by_key(|given| (given.sentence, given.span));
        terms
    }

    /// Whether both have the same definitions and acronyms in the same order, regardless of their places.
    pub(crate) fn says_same(&self, other: &Self) -> bool {
        let is_same = |(own, given): (&Given, &Given)| {
            Given { sentence: given.sentence, span: given.span, ..own.clone() } == *given
        };
        let are_same = |own: &[Given], given: &[Given]| own.len() == given.len() && own.iter().zip(given).all(is_same);
        self.acronyms == other.acronyms
            && are_same(&self.given, &other.given)
            && are_same(&self.given_by_glossary, &other.given_by_glossary)
    }

    fn read_source(&mut self, source: &Source, language: Language) {
        let text = source.text();
        let passages: Vec<Span> = source.passages.iter().map(|passage| passage.span).collect();
        for definition in definitions_in(text, &passages, language) {
            let at = source.passages.partition_point(|passage| passage.span.end < definition.sentence.end);
            let voice = source.passages.get(at).map_or(&Voice::UNKNOWN, |passage| &passage.voice);
            let addressee = source.addressee(definition.sentence.start);
            let author = source.metadata.authors.first().filter(|_| voice.kind == VoiceKind::Author);
            let voice = &Voice { name: voice.name.clone().or_else(|| author.cloned()), ..voice.clone() };
            let speaker = Speaker::Source { voice, addressee };
            self.add(text, &definition, speaker, language, |span| source.content.to_original(span));
        }
        self.acronyms = acronyms(source, language);
    }

    /// Reads the definitions in a note's own sentences. Words inside a quotation belong to the source, not the note.
    fn read_statements(&mut self, note: &Note, language: Language) {
        for statement in &note.statements {
            let body = statement.words.text();
            for definition in definitions_in(body, &[Span::from(0..body.len())], language) {
                let place = |span: Span| statement.words.to_original(span);
                let term = place(definition.term);
                let quoted = note.quotations.iter().any(|quotation| {
                    quotation.span.covers(term) && words(quotation.words.text()).nth(QUOTED_WORDS).is_some()
                });
                if !quoted {
                    self.add(body, &definition, Speaker::Writer, language, place);
                }
            }
        }
    }

    /// Reads a note's glossary. A name at the start of several paragraphs is a speaker or a heading, not a term.
    fn read_glossary(&mut self, text: &str, note: &Note, language: Language) {
        let mut entries: FxHashMap<&str, u32> = FxHashMap::default();
        for entry in &note.glossary {
            *entries.entry(entry.term.of(text)).or_default() += 1;
        }
        let lower = if note.glossary.is_empty() { String::new() } else { text.to_lowercase() };
        let uses = |name: &str| lower.matches(&name.to_lowercase()).count();
        for entry in &note.glossary {
            let (name, words) = (entry.term.of(text), entry.sense.of(text));
            if entries[name] > 1 || !is_gloss(name, words, uses, language) {
                continue;
            }
            let given = match entry.form {
                EntryForm::Definition => &mut self.given,
                EntryForm::DashedItem => &mut self.given_by_glossary,
            };
            given.push(Given {
                name: name.to_owned(),
                case: Case::of(name, true),
                words: words.to_owned(),
                sentence: entry.term.cover(entry.sense),
                span: entry.sense,
                kind: SenseKind::Glossary,
                voice: WRITER,
                score: if is_phrase(words, language) { 1.0 } else { SENTENCE_GLOSS },
                own: true,
            });
        }
    }

    /// Adds a definition found in `body`. `place` maps spans of `body` to the file's own text.
    fn add(
        &mut self,
        body: &str,
        definition: &Definition,
        speaker: Speaker<'_>,
        language: Language,
        place: impl Fn(Span) -> Span,
    ) {
        let name = definition.term.of(body);
        let is_proper = |name: &str| name.starts_with(char::is_uppercase) && !body.contains(&name.to_lowercase());
        if !makes_a_term(body, definition, is_proper, language) {
            return;
        }
        let is_another_name = matches!(definition.kind, SenseKind::Acronym | SenseKind::Alias);
        let sense_span = if is_another_name { whole(body, definition.sense) } else { definition.sense };
        let sense = sense_span.of(body);
        let voice = holder(definition, body, speaker, language);
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
        for (variant, part) in variants.iter().zip(parts(body, sense_span, variants.len(), language)) {
            give(variant, definition.term.start, part.of(body), part);
        }
        // An acronym or alias defines the expansion as well.
        if is_another_name && is_name(sense, language) {
            give(sense, sense_span.start, name, definition.term);
        }
    }
}

/// The speaker of a defining sentence.
#[derive(Clone, Copy)]
enum Speaker<'a> {
    /// A voice of a source, with the person it addresses.
    Source { voice: &'a Voice, addressee: Option<&'a str> },
    /// The author of the notes.
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

/// The author of a note.
const WRITER: Voice = Voice { kind: VoiceKind::Author, name: None, confidence: 1.0, evidence: None };

/// A quotation of more words than this repeats another person's words; a shorter one may only mark the term.
const QUOTED_WORDS: usize = 4;

/// A name that starts within this many bytes of its sentence (after a quotation mark or an article) may be capitalised only
/// because of that.
const OPENING: u32 = 4;

/// The person whose sense a definition gives: the one the sentence names or addresses, otherwise the passage's speaker.
fn holder(definition: &Definition, body: &str, speaker: Speaker<'_>, language: Language) -> Voice {
    let Some(named) = definition.holder else { return speaker.voice().clone() };
    let name = named.of(body);
    let is_addressed = [Class::Addressee, Class::AddressedPossessive]
        .into_iter()
        .any(|class| language.is(&name.to_lowercase(), class));
    let name = if is_addressed {
        speaker.addressee().map(str::to_owned)
    } else {
        Some(name.trim_end_matches("'s").trim_end_matches("’s").to_owned())
    };
    Voice { kind: VoiceKind::Quoted, name, confidence: NAMED_HOLDER, evidence: None }
}

/// The names combined by a slash: "fuzzy / non-fuzzy concepts" names fuzzy concepts and non-fuzzy concepts.
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

/// Divides the sense of `count` names defined together. If it has as many sentences, each name gets one, in order;
/// otherwise every name gets the whole sense.
fn parts(body: &str, sense: Span, count: usize, language: Language) -> Vec<Span> {
    let each: Vec<Span> =
        sentences(sense.of(body), language.abbreviations()).into_iter().map(|span| span.shift(sense.start)).collect();
    if each.len() == count { each } else { vec![sense; count] }
}

/// The acronyms in a source's passages, ordered by name. A word that the source also writes in lower case is not an acronym
/// but capitalised for emphasis.
fn acronyms(source: &Source, language: Language) -> Vec<(String, u32)> {
    let text = source.text();
    let written = || {
        let passages = source.passages.iter().map(|passage| passage.span.of(text));
        passages.flat_map(|passage| {
            // "TL;DR" is two words, neither of them an acronym.
            let is_whole = |word: &Span| {
                let behind = passage[word.end as usize..].strip_prefix(';');
                !passage[..word.start as usize].ends_with(';')
                    && !behind.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
            };
            words::spans(passage).filter(is_whole).map(|word| word.of(passage))
        })
    };
    let mut uses: FxHashMap<&str, u32> = FxHashMap::default();
    for word in written().filter(|word| is_acronym(word) && !is_shorthand(word, language)) {
        let name = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        *uses.entry(name.strip_suffix('s').unwrap_or(name)).or_default() += 1;
    }
    let mut emphasised: FxHashMap<String, bool> = uses.keys().map(|name| (name.to_lowercase(), false)).collect();
    let longest = emphasised.keys().map(String::len).max().unwrap_or(0);
    for word in written().take_while(|_| longest > 0) {
        if word.len() <= longest
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && let Some(is_emphasised) = emphasised.get_mut(word)
        {
            *is_emphasised = true;
        }
    }
    let mut uses: Vec<(String, u32)> = uses
        .into_iter()
        .filter(|(name, _)| !emphasised[&name.to_lowercase()])
        .map(|(name, count)| (name.to_owned(), count))
        .collect();
    uses.sort_unstable();
    uses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_separates_two_names() {
        assert_eq!(variants("fuzzy / non-fuzzy concepts"), ["fuzzy concepts", "non-fuzzy concepts"]);
        assert_eq!(variants("inner/outer alignment"), ["inner alignment", "outer alignment"]);
        assert_eq!(variants("schemer"), Vec::<String>::new());
        assert_eq!(variants("owner/project"), Vec::<String>::new());
    }

    #[test]
    fn two_names_share_a_sense_of_two_sentences() {
        let of = |sense: &str| -> Vec<String> {
            let parts = parts(sense, Span::from(0..sense.len()), 2, Language::ENGLISH);
            parts.into_iter().map(|part| part.of(sense).to_owned()).collect()
        };
        assert_eq!(of("Some glow. Others are dark."), ["Some glow.", "Others are dark."]);
        assert_eq!(of("Some glow, others do not."), ["Some glow, others do not."; 2]);
    }
}
