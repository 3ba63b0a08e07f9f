//! What is known of a term, as hover, the terminal and the rules all tell it.

use std::{cmp::Reverse, path::Path, sync::Arc};

use ibid_corpus::{Case, File, FileId, Frequency, Sense, Snapshot, Term, TermUse, Usage};
use ibid_evidence::{SenseKind, is_everyday};
use ibid_language::Language;
use ibid_source::VoiceKind;
use ibid_text::{Span, sentences, words};
use rustc_hash::FxHashMap;

use crate::{Place, markdown};

/// A use is worth showing in full up to this many words.
const LONGEST_SHOWN: usize = 40;

/// And from this many on.
const LEAST_SHOWN: usize = 8;

/// A term with all that the corpus says of it.
pub struct Described {
    /// The term.
    pub term: Arc<Term>,
    /// Its senses, those of the note that asks first, then best first.
    pub senses: Vec<Sense>,
    /// How often it is used.
    pub frequency: Frequency,
    /// The sentences that tell most of a term that is defined nowhere: its first use, and the one that says most.
    pub telling: Vec<Place>,
}

/// How far a term is pinned down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Its senses differ.
    Contested,
    /// It has a sense, or several that agree.
    Defined,
    /// It has none, and somebody asks for one. A use that is set apart from others is no sense.
    Asked,
    /// It has none, and nobody asks.
    Undefined,
}

impl Described {
    /// How far the term is pinned down.
    pub fn status(&self) -> Status {
        let is_defined = self.senses.iter().any(|sense| sense.kind != SenseKind::Contrasted);
        match (is_defined, self.term.asked.is_empty()) {
            _ if self.term.contested => Status::Contested,
            (true, _) => Status::Defined,
            (false, false) => Status::Asked,
            (false, true) => Status::Undefined,
        }
    }
}

/// The term under the cursor, where a term can be meant: not in code, front matter or the target of a link, and no plain word
/// in capitals.
pub fn term_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<TermUse> {
    let held = snapshot.file(file)?;
    let in_prose = held.note().is_none_or(|note| note.prose.iter().any(|span| span.touches(offset)));
    let found = if in_prose { snapshot.terms().at(held.page()?.text(), offset) } else { None };
    found.filter(|found| !snapshot.is_shouted(&found.term))
}

/// Describes a term as it is seen from `asker`, a file, given how often it is used: what the file says itself comes first,
/// then what its author says elsewhere. What only sets a use apart comes last.
pub fn describe(snapshot: &Snapshot, term: &Arc<Term>, asker: Option<FileId>, frequency: Frequency) -> Described {
    let mut senses: Vec<Sense> =
        term.senses.iter().filter(|sense| holds_at(snapshot, term, sense, asker)).cloned().collect();
    senses.sort_by_cached_key(|sense| (sense.kind == SenseKind::Contrasted, distance(snapshot, sense.file, asker)));
    let telling = if senses.is_empty() { telling(snapshot, &frequency.uses) } else { Vec::new() };
    Described { term: Arc::clone(term), senses, frequency, telling }
}

/// Whether `term` is more than a plain word in `file`: one of its senses can be meant there, or it has none, or it is
/// asked for.
pub fn is_meant_at(snapshot: &Snapshot, term: &Term, file: FileId) -> bool {
    let has_sense =
        term.senses.is_empty() || term.senses.iter().any(|sense| holds_at(snapshot, term, sense, Some(file)));
    has_sense || !term.asked.is_empty()
}

/// Whether a sense can be meant where a term is used in the file of `asker`. What one source means by an everyday word,
/// or calls a thing in passing, is not what another means.
fn holds_at(snapshot: &Snapshot, term: &Term, sense: &Sense, asker: Option<FileId>) -> bool {
    let in_source = asker.and_then(|asker| snapshot.file(asker)).is_some_and(|asker| asker.is_source());
    let is_elsewhere = in_source && asker != Some(sense.file);
    let is_word = !term.name.contains([' ', '-']) && is_everyday(&term.name, snapshot.language());
    let is_nickname = sense.kind == SenseKind::Alias && term.case == Case::Any;
    !is_elsewhere || term.contested || !(is_word || is_nickname)
}

/// How far a file is from the one that asks: itself, by the same author, by anybody.
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

/// Words of a file as a reader sees them: without the marks of Markdown, if it is written in it.
pub fn said(file: &File, words: &str) -> String {
    let extension = Path::new(&file.path).extension();
    let is_markdown = file.is_note() || extension.is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    if is_markdown { markdown::said(words) } else { words.to_owned() }
}

/// The words of a sense as a reader sees them.
pub fn words_of(snapshot: &Snapshot, sense: &Sense) -> String {
    snapshot.file(sense.file).map_or_else(|| sense.words.clone(), |file| said(file, &sense.words))
}

/// How a sense is given, in words, with whose it is where that is known.
pub fn manner(snapshot: &Snapshot, sense: &Sense) -> String {
    let holder = holder(snapshot, sense);
    let manner = match sense.kind {
        SenseKind::Reported => "reported",
        SenseKind::Stated => "stated",
        SenseKind::Stipulated => "stipulated",
        SenseKind::Parenthetical => "explained in passing",
        SenseKind::Acronym => "short or long form, used",
        SenseKind::Alias => "another name, given",
        SenseKind::Glossary => "in a glossary",
        SenseKind::Contrasted => "set apart from other uses",
        SenseKind::Asked => "asked for",
    };
    match (sense.kind, holder) {
        (SenseKind::Reported, Some(holder)) => format!("{manner} as {holder}’s"),
        (_, Some(holder)) => format!("{manner} by {holder}"),
        (_, None) => manner.to_owned(),
    }
}

/// Whose sense or question it is, as far as the page tells.
pub fn holder(snapshot: &Snapshot, sense: &Sense) -> Option<String> {
    let metadata = snapshot.file(sense.file).and_then(|file| file.metadata.as_ref());
    let author = || metadata.and_then(|metadata| metadata.authors.first().cloned());
    match (sense.voice.kind, &sense.voice.name) {
        (_, Some(name)) => Some(name.clone()),
        (VoiceKind::Author, None) => author(),
        (VoiceKind::Quoted, None) => Some("somebody the page answers".to_owned()),
        (VoiceKind::Commenter, None) => Some("somebody who comments there".to_owned()),
        (VoiceKind::Unknown, None) => None,
    }
}

/// The sentence of a file's own text in which a use stands; the use itself if it stands in none.
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
    let sentence = sentences(excerpt.words(passage)?, Language::ENGLISH.abbreviations())
        .into_iter()
        .find(|sentence| sentence.shift(passage.start).touches(at))?;
    file.to_own(sentence.shift(passage.start))
}

/// The first use that reads as a sentence, and the one that says most; those of the files that use it most before others.
fn telling(snapshot: &Snapshot, uses: &[Usage]) -> Vec<Place> {
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
    let saying: Vec<(usize, Place)> =
        places.iter().filter_map(|&place| Some((says(snapshot, place)?, place))).collect();
    let Some(&(_, first)) = saying.first() else { return places.into_iter().take(1).collect() };
    let most = saying.iter().skip(1).max_by_key(|(said, _)| *said).map(|&(_, place)| place);
    std::iter::once(first).chain(most).collect()
}

/// How many words a place has, if it reads as a sentence and can be read at a glance: no cell of a table, no address.
fn says(snapshot: &Snapshot, place: Place) -> Option<usize> {
    let file = snapshot.file(place.file)?;
    let words_there = file.words_at(place.span);
    let count = words(&words_there).count();
    let letters = words_there.chars().filter(|c| c.is_alphabetic()).count();
    let marks = words_there.chars().filter(|c| !c.is_alphabetic() && !c.is_whitespace()).count();
    let reads = (LEAST_SHOWN..=LONGEST_SHOWN).contains(&count) && letters > 4 * marks;
    (reads && !words_there.contains('|') && !words_there.contains("://")).then_some(count)
}
