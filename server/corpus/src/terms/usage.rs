//! Where a term is used.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use ibid_text::{
    Span,
    words::{self, spans},
};
use rustc_hash::FxHashSet;

use super::{Term, key};
use crate::{File, FileId, Snapshot};

/// Up to so many files every use of a term is counted, in notes too; in more it is estimated from the sources' index.
const COUNTED: usize = 64;

/// Places of a term's words that are looked at for an estimate.
const LOOKED_AT: usize = 16;

/// For each use that is wanted, so many places of its words are looked up.
const PLACES_FOR_ONE: usize = 4;

/// Bytes around a place that hold the term that stands there.
const AROUND: i64 = 200;

/// The index tells a place to so many bytes.
const BLUR: u32 = 16;

/// One use of a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    /// The file.
    pub file: FileId,
    /// The term itself, in the file's own text.
    pub span: Span,
}

/// How often a term is used, as far as can be told at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frequency {
    /// In how many places.
    pub times: usize,
    /// In how many files, if that was counted, in all sources and notes; else the uses are estimated, and of sources alone.
    pub files: Option<usize>,
    /// Uses by path and place: all, or some of the sources'.
    pub uses: Vec<Usage>,
}

impl Snapshot {
    /// Every use of a term in the passages of sources and the prose of notes, by path and place. Reads the notes, and the
    /// sources that the index says have the term's words.
    pub fn uses_of(&self, term: &Term) -> Vec<Usage> {
        let Some(probe) = probe(&term.name) else { return Vec::new() };
        let having: FxHashSet<FileId> = self.places_of(&term.name).into_iter().map(|(file, _)| file).collect();
        let may_have = |file: &&Arc<File>| self.is_torn() || file.is_note() || having.contains(&file.id);
        self.files().filter(may_have).flat_map(|file| self.uses_in(file, term, &probe)).collect()
    }

    /// Up to `most` uses of a term, by path and place: those in the file `asker` before all others, then those in sources, of
    /// which not all are looked at if they are very many. Of notes only those are read that may have one.
    pub fn some_uses_of(&self, term: &Term, asker: FileId, most: usize) -> Vec<Usage> {
        let Some(probe) = probe(&term.name) else { return Vec::new() };
        if self.is_torn() {
            let mut uses = self.uses_of(term);
            uses.truncate(most);
            return uses;
        }
        let forms = forms(&term.name);
        let all: usize = forms.iter().map(|form| self.index().count_of_word(form)).sum();
        let stride = all / (PLACES_FOR_ONE * most.max(1)) + 1;
        let mut files: Vec<FileId> = vec![asker];
        for form in &forms {
            self.index().some_places_of_word(form, stride, |file, _| files.push(file));
        }
        let mut met = FxHashSet::default();
        files.retain(|&file| met.insert(file));
        let in_notes = std::iter::once_with(|| self.notes_that_may_have(&forms)).flatten();
        let mut uses = Vec::new();
        for file in files.into_iter().chain(in_notes.filter(|note| !met.contains(note))) {
            let Some(file) = self.file(file).filter(|_| uses.len() < most) else { continue };
            uses.extend(self.uses_in(file, term, &probe));
        }
        uses.truncate(most);
        uses.sort_by_cached_key(|one| (self.file(one.file).map(|file| file.path.clone()), one.span));
        uses
    }

    /// How often a term is used, counted.
    pub fn count_of(&self, term: &Term) -> Frequency {
        let uses = self.uses_of(term);
        let files = uses.chunk_by(|a, b| a.file == b.file).count();
        Frequency { times: uses.len(), files: Some(files), uses }
    }

    /// How often a term is used. In a large workspace a few places are looked at, however frequent the term.
    pub fn frequency_of(&self, term: &Term) -> Frequency {
        if self.files().nth(COUNTED).is_none() {
            return self.count_of(term);
        }
        let forms = forms(&term.name);
        let all: usize = forms.iter().map(|form| self.index().count_of_word(form)).sum();
        let stride = all.div_ceil(LOOKED_AT).max(1);
        let mut places = Vec::new();
        for form in &forms {
            self.index().some_places_of_word(form, stride, |file, at| places.push((file, at)));
        }
        places.sort_unstable();
        let key = key::key(&term.name);
        let mut uses: Vec<Usage> = places.iter().filter_map(|&(file, at)| self.use_near(&key, file, at)).collect();
        let times = (all * uses.len()).div_ceil(places.len().max(1));
        uses.dedup();
        Frequency { times, files: None, uses }
    }

    /// Where the index says that the longest word of a name stands, in any inflection, and grown together with those beside
    /// it: in order, by source and byte of its readable text, which is up to [`BLUR`] in front of the word.
    fn places_of(&self, name: &str) -> Vec<(FileId, u32)> {
        let mut places = Vec::new();
        for form in forms(name) {
            self.index().each_place_of_word(&form, |file, at| places.push((file, at)));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The use of a term at a place that [`Snapshot::places_of`] told.
    fn use_near(&self, key: &str, file: FileId, at: u32) -> Option<Usage> {
        let held = self.file(file)?;
        let excerpt = held.excerpt(i64::from(at) - AROUND, i64::from(at) + AROUND)?;
        let here = |word: &Span| (at..at + BLUR).contains(&(word.start + excerpt.start));
        let named = |word: Span| self.terms().with_key_at(key, &excerpt.text, word.start);
        let found = spans(&excerpt.text).filter(here).find_map(named)?;
        Some(Usage { file, span: held.to_own(found.shift(excerpt.start))? })
    }

    /// Every use of a term in one file, by place.
    pub fn uses_of_in(&self, term: &Term, file: FileId) -> Vec<Usage> {
        let found = self.file(file).zip(probe(&term.name));
        found.map_or_else(Vec::new, |(file, probe)| self.uses_in(file, term, &probe))
    }

    fn uses_in(&self, file: &File, term: &Term, probe: &AhoCorasick) -> Vec<Usage> {
        let Some(text) = file.text() else { return Vec::new() };
        let key = key::key(&term.name);
        let mut uses: Vec<Usage> = Vec::new();
        for found in probe.find_iter(text.as_bytes()) {
            let at = found.start() as u32;
            if uses.last().is_some_and(|last| last.span.contains(at)) || !is_read(file, at) {
                continue;
            }
            let here = self.terms().with_key_at(&key, &text, at);
            uses.extend(here.map(|span| Usage { file: file.id, span }));
        }
        uses
    }
}

/// Finds the longest word of a name, in any case and inflection.
fn probe(name: &str) -> Option<AhoCorasick> {
    let longest = words::words(name).map(|word| word.folded).max_by_key(|word| word.len())?;
    let root = key::singular(&longest).into_owned();
    let root = root.strip_suffix('y').unwrap_or(&root);
    AhoCorasickBuilder::new().ascii_case_insensitive(true).build([root]).ok()
}

/// The folded words that stand where the longest word of a name does: in the singular and the plural, alone and as one
/// word with those beside it ("finetuning" for "fine-tuning").
fn forms(name: &str) -> Vec<String> {
    let name: Vec<String> = words::words(name).map(|word| key::singular(&word.folded).into_owned()).collect();
    let Some(longest) = (0..name.len()).max_by_key(|&at| name[at].len()) else { return Vec::new() };
    let joined = (0..=longest).flat_map(|from| (longest + 1..=name.len()).map(move |to| (from, to)));
    joined.flat_map(|(from, to)| inflected(&name[from..to].concat())).collect()
}

/// The words whose singular is `singular`.
fn inflected(singular: &str) -> Vec<String> {
    const ENDINGS: [&str; 6] = ["", "s", "es", "'s", "s'", "es'"];
    let y = singular.strip_suffix('y').map(|stem| ["ies", "ies'"].map(|ending| format!("{stem}{ending}")));
    let regular = ENDINGS.map(|ending| format!("{singular}{ending}"));
    regular.into_iter().chain(y.into_iter().flatten()).filter(|form| key::singular(form) == singular).collect()
}

/// Whether a place in a file's own text is read: in a passage of a source, in the prose of a note.
fn is_read(file: &File, at: u32) -> bool {
    let in_source = file.is_source() && file.to_readable(at).is_some_and(|readable| file.has_passage_at(readable));
    let in_note = file.note().is_some_and(|note| {
        let next = note.prose.partition_point(|span| span.end <= at);
        note.prose.get(next).is_some_and(|span| span.contains(at))
    });
    in_source || in_note
}

#[cfg(test)]
mod tests {
    use crate::fixture::snapshot;

    /// Sources of which the first defines fine-tuning, and every so many use it twice, in other spellings.
    fn check(sources: usize, every: usize) {
        let text = |at: usize| match at {
            0 => "By fine-tuning I mean further training on the data of one task.\n",
            at if at.is_multiple_of(every) => "Finetuning, with the finetunings before it, took a day.\n",
            _ => "Nothing here is about that.\n",
        };
        let paths: Vec<String> = (0..sources).map(|at| format!("sources/{at:03}.txt")).collect();
        let files: Vec<(&str, &str)> = paths.iter().enumerate().map(|(at, path)| (&**path, text(at))).collect();
        let snapshot = snapshot(&files);
        let term = snapshot.terms().find("fine-tuning").expect("it is defined").clone();
        let (counted, told) = (snapshot.count_of(&term), snapshot.frequency_of(&term));
        assert_eq!(counted.files, Some(sources.div_ceil(every)));
        assert_eq!(counted.times, 2 * sources.div_ceil(every) - 1);
        assert_eq!(told.times, counted.times);
        assert!(told.uses.iter().all(|used| counted.uses.contains(used)));
        assert_eq!(told.files.is_some(), sources <= super::COUNTED);
    }

    #[test]
    fn few_files_are_counted() {
        check(5, 2);
    }

    #[test]
    fn a_rare_term_is_seen_everywhere_it_stands() {
        check(100, 10);
    }

    #[test]
    fn a_frequent_term_is_estimated() {
        check(300, 3);
    }
}
