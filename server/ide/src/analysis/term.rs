//! What the corpus says about a term: senses, status, frequency, examples.

use std::{cmp::Reverse, path::Path, sync::Arc};

use ibid_corpus::{Case, File, FileId, Frequency, Sense, Snapshot, Term, TermUse, Usage, person};
use ibid_evidence::{SenseKind, is_everyday};
use ibid_source::VoiceKind;
use ibid_text::{Span, sentences, words};
use rustc_hash::FxHashMap;

use super::place::Place;
use crate::syntax::markdown;

/// The most words of a sentence that is shown as an example of use.
const MOST_WORDS: usize = 40;

/// The fewest words of such a sentence.
const FEWEST_WORDS: usize = 8;

/// A term with everything that the corpus says about it.
pub struct Described {
    /// The term.
    pub term: Arc<Term>,
    /// Its senses: those of the asking file first, then the best first.
    pub senses: Vec<Sense>,
    /// How often it is used.
    pub frequency: Frequency,
    /// Examples of use for a term without a sense: the first readable sentence, and the longest.
    pub examples: Vec<Place>,
}

/// Whether a term is defined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermStatus {
    /// Its senses differ.
    Contested,
    /// It has one sense, or several that agree.
    Defined,
    /// It has no sense, and somebody asks for one. Contrasting one use with another does not define the term.
    Asked,
    /// It has no sense, and nobody asks for one.
    Undefined,
}

impl Described {
    /// Whether the term is defined.
    pub fn status(&self) -> TermStatus {
        let is_defined = self.senses.iter().any(|sense| sense.kind != SenseKind::Contrasted);
        match (is_defined, self.term.asked.is_empty()) {
            _ if self.term.contested => TermStatus::Contested,
            (true, _) => TermStatus::Defined,
            (false, false) => TermStatus::Asked,
            (false, true) => TermStatus::Undefined,
        }
    }
}

/// The term at a byte offset. `None` in code, front matter and link targets, and for a plain word in capitals.
pub fn term_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<TermUse> {
    let held = snapshot.file(file)?;
    let in_prose = held.note().is_none_or(|note| note.prose.iter().any(|span| span.touches(offset)));
    let found = if in_prose { snapshot.terms().at(held.page()?.text(), offset) } else { None };
    found.filter(|found| !snapshot.is_shouted(&found.term))
}

/// Describes a term for the file `asker`, given how often the term is used. The file's own senses come first, then those of
/// the same author; senses that only contrast one use with another come last.
pub fn describe(snapshot: &Snapshot, term: &Arc<Term>, asker: Option<FileId>, frequency: Frequency) -> Described {
    let mut senses: Vec<Sense> =
        term.senses.iter().filter(|sense| holds_at(snapshot, term, sense, asker)).cloned().collect();
    senses.sort_by_cached_key(|sense| (sense.kind == SenseKind::Contrasted, distance(snapshot, sense.file, asker)));
    let examples = if senses.is_empty() { examples(snapshot, &frequency.uses) } else { Vec::new() };
    Described { term: Arc::clone(term), senses, frequency, examples }
}

/// Whether `term` is more than a plain word in `file`: one of its senses applies there, it has no sense, or somebody asks
/// for its definition.
pub fn is_meant_at(snapshot: &Snapshot, term: &Term, file: FileId) -> bool {
    let has_sense =
        term.senses.is_empty() || term.senses.iter().any(|sense| holds_at(snapshot, term, sense, Some(file)));
    has_sense || !term.asked.is_empty()
}

/// Whether a sense applies to a term in the file `asker`. What one source means by an everyday word or a nickname is not
/// what another source means by it.
fn holds_at(snapshot: &Snapshot, term: &Term, sense: &Sense, asker: Option<FileId>) -> bool {
    let in_source = asker.and_then(|asker| snapshot.file(asker)).is_some_and(|asker| asker.is_source());
    let is_elsewhere = in_source && asker != Some(sense.file);
    let is_word = !term.name.contains([' ', '-']) && is_everyday(&term.name, snapshot.language());
    let is_nickname = sense.kind == SenseKind::Alias && term.case == Case::Any;
    !is_elsewhere || term.contested || !(is_word || is_nickname)
}

/// The distance of a file from the asking one: 0 for the file itself, 1 for the same author, 2 for others.
fn distance(snapshot: &Snapshot, file: FileId, asker: Option<FileId>) -> u8 {
    let authors = |file| Some(&snapshot.file(file)?.metadata.as_ref()?.authors);
    let shares_author = || {
        let (theirs, ours) = (authors(file)?, authors(asker?)?);
        theirs.iter().any(|author| ours.contains(author)).then_some(())
    };
    if Some(file) == asker {
        0
    } else if shares_author().is_some() {
        1
    } else {
        2
    }
}

/// Words of a file as a reader sees them: without Markdown syntax, if the file is Markdown.
pub fn plain_words(file: &File, words: &str) -> String {
    let extension = Path::new(&file.path).extension();
    let is_markdown = file.is_note() || extension.is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    if is_markdown { markdown::plain(words) } else { words.to_owned() }
}

/// The words of a sense as a reader sees them.
pub fn words_of(snapshot: &Snapshot, sense: &Sense) -> String {
    snapshot.file(sense.file).map_or_else(|| sense.words.clone(), |file| plain_words(file, &sense.words))
}

/// How a sense is given, in words, with the name of its author where it is known: "stated by Ada Holm".
pub fn manner(snapshot: &Snapshot, sense: &Sense) -> String {
    let holder = holder(snapshot, sense);
    let manner = match sense.kind {
        SenseKind::Reported => "reported",
        SenseKind::Stated => "stated",
        SenseKind::Stipulated => "stipulated",
        SenseKind::Parenthetical => "explained in passing",
        SenseKind::Acronym => "abbreviation or full form, used",
        SenseKind::Alias => "another name, given",
        SenseKind::Glossary => "in a glossary",
        SenseKind::Contrasted => "contrasted with other uses",
        SenseKind::Asked => "asked for",
    };
    match (sense.kind, holder) {
        (SenseKind::Reported, Some(holder)) => format!("{manner} as {holder}’s"),
        (_, Some(holder)) => format!("{manner} by {holder}"),
        (_, None) => manner.to_owned(),
    }
}

/// Who gives a sense or asks a question, if the source says so.
pub fn holder(snapshot: &Snapshot, sense: &Sense) -> Option<String> {
    let metadata = snapshot.file(sense.file).and_then(|file| file.metadata.as_ref());
    let names = metadata.map(|metadata| metadata.authors.as_slice()).unwrap_or_default();
    let authors = || (!names.is_empty()).then(|| person::list(names));
    match (sense.voice.kind, &sense.voice.name) {
        // What one of several authors writes is the view of them all.
        (VoiceKind::Author, Some(_)) if names.len() > 1 => authors(),
        (_, Some(name)) => Some(name.clone()),
        (VoiceKind::Author, None) => authors(),
        (VoiceKind::Quoted, None) => Some("somebody quoted there".to_owned()),
        (VoiceKind::Commenter, None) => Some("a commenter there".to_owned()),
        (VoiceKind::Unknown, None) => None,
    }
}

/// The sentence around a use, in the file's own text; the use itself if it is not in a sentence.
fn sentence_of(file: &File, used: Span) -> Span {
    if file.is_source() {
        return sentence_in_source(file, used.start).unwrap_or(used);
    }
    let note = file.note();
    let statements = note.iter().flat_map(|note| &note.statements);
    statements.map(|statement| statement.span).find(|span| span.covers(used)).unwrap_or(used)
}

fn sentence_in_source(file: &File, own: u32) -> Option<Span> {
    let at = file.to_readable(own)?;
    let (passage, _) = file.passage_at(at)?;
    let excerpt = file.excerpt(passage.start.into(), passage.end.into())?;
    let sentence = sentences(excerpt.words(passage)?, file.language.abbreviations())
        .into_iter()
        .find(|sentence| sentence.shift(passage.start).touches(at))?;
    file.to_own(sentence.shift(passage.start))
}

/// The first readable sentence with a use and the longest one, preferring files that use the term most.
fn examples(snapshot: &Snapshot, uses: &[Usage]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for one in uses {
        if let Some(file) = snapshot.file(one.file).filter(|file| file.is_source()) {
            let place = Place { file: file.id, span: sentence_of(file, one.span) };
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    let mut often: FxHashMap<FileId, usize> = FxHashMap::default();
    for one in uses {
        *often.entry(one.file).or_default() += 1;
    }
    places.sort_by_key(|place| Reverse(often[&place.file]));
    let readable: Vec<(usize, Place)> =
        places.iter().filter_map(|&place| Some((readable_words(snapshot, place)?, place))).collect();
    let Some(&(_, first)) = readable.first() else { return places.into_iter().take(1).collect() };
    let longest = readable.iter().skip(1).max_by_key(|(words, _)| *words).map(|&(_, place)| place);
    std::iter::once(first).chain(longest).collect()
}

/// The number of words at a place, if it reads as one short sentence: not a table cell, not an address.
fn readable_words(snapshot: &Snapshot, place: Place) -> Option<usize> {
    let file = snapshot.file(place.file)?;
    let words_there = file.words_at(place.span);
    let count = words(&words_there).count();
    let letters = words_there.chars().filter(|c| c.is_alphabetic()).count();
    let marks = words_there.chars().filter(|c| !c.is_alphabetic() && !c.is_whitespace()).count();
    let is_sentence = (FEWEST_WORDS..=MOST_WORDS).contains(&count) && letters > 4 * marks;
    (is_sentence && !words_there.contains('|') && !words_there.contains("://")).then_some(count)
}
