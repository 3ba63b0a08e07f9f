//! Where a term is used.

use std::{cell::OnceCell, sync::Arc};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use ibid_text::{
    Span,
    words::{self, spans},
};
use rustc_hash::FxHashSet;

use super::{Term, key};
use crate::{File, FileId, Snapshot, index::Spot};

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
        let spots = spots(&term.name);
        let all: usize = spots.iter().map(|spot| self.index().count_of_spot(spot)).sum();
        let stride = all / PLACES_FOR_ONE.saturating_mul(most.max(1)) + 1;
        let mut files: Vec<FileId> = vec![asker];
        for spot in &spots {
            self.index().some_places_of_spot(spot, stride, |file, _| files.push(file));
        }
        let mut met = FxHashSet::default();
        files.retain(|&file| met.insert(file));
        let in_notes = std::iter::once_with(|| self.notes_that_may_have(&spots)).flatten();
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
        let spots = spots(&term.name);
        let all: usize = spots.iter().map(|spot| self.index().count_of_spot(spot)).sum();
        let stride = all.div_ceil(LOOKED_AT).max(1);
        let mut places = Vec::new();
        for spot in &spots {
            self.index().some_places_of_spot(spot, stride, |file, at| places.push((file, at)));
        }
        places.sort_unstable();
        let key = key::key(&term.name);
        let mut uses: Vec<Usage> = places.iter().filter_map(|&(file, at)| self.use_near(&key, file, at)).collect();
        let times = (all * uses.len()).div_ceil(places.len().max(1));
        uses.dedup();
        Frequency { times, files: None, uses }
    }

    /// Where the index says that the words stand by which a name is found: in order, by source and byte of its readable text,
    /// which is up to [`BLUR`] in front of the first of them.
    fn places_of(&self, name: &str) -> Vec<(FileId, u32)> {
        let mut places = Vec::new();
        for spot in spots(name) {
            self.index().some_places_of_spot(&spot, 1, |file, at| places.push((file, at)));
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
        let read = Read { file, stretches: OnceCell::new(), prose: OnceCell::new() };
        for found in probe.find_iter(text.as_bytes()) {
            let at = found.start() as u32;
            if uses.last().is_some_and(|last| last.span.contains(at)) {
                continue;
            }
            let here = self.terms().with_key_at(&key, &text, at).filter(|_| read.has(at));
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

/// By what a name is found in the index, wherever it stands and however it is inflected: its longest word and one beside it,
/// for two words are met far more seldom than one; and that word alone where it is grown together with those before it, as
/// "finetuning" is, or where the name has no other.
fn spots(name: &str) -> Vec<Spot> {
    let name: Vec<String> = words::words(name).map(|word| key::singular(&word.folded).into_owned()).collect();
    let Some(longest) = (0..name.len()).max_by_key(|&at| name[at].len()) else { return Vec::new() };
    let forms = |from: usize, to: usize| inflected(&name[from..to].concat());
    let ends_behind = longest + 1..=name.len();
    let mut spots = Vec::new();
    let mut pair = |left: Vec<String>, right: &[String]| {
        let with = |word: &String| right.iter().map(|next| Spot::Pair(word.clone(), next.clone())).collect::<Vec<_>>();
        spots.extend(left.iter().flat_map(with));
    };
    if longest == 0 {
        for end in 1..name.len() {
            (end + 1..=name.len()).for_each(|next| pair(forms(0, end), &forms(end, next)));
        }
        spots.extend(forms(0, name.len()).into_iter().map(Spot::Word));
    } else {
        for end in ends_behind.clone() {
            (0..longest).for_each(|start| pair(forms(start, longest), &forms(longest, end)));
        }
        let grown = (0..longest).flat_map(|start| ends_behind.clone().map(move |end| (start, end)));
        spots.extend(grown.flat_map(|(start, end)| forms(start, end)).map(Spot::Word));
    }
    spots.sort_unstable();
    spots.dedup();
    spots
}

/// The words whose singular is `singular`.
fn inflected(singular: &str) -> Vec<String> {
    const ENDINGS: [&str; 6] = ["", "s", "es", "'s", "s'", "es'"];
    let y = singular.strip_suffix('y').map(|stem| ["ies", "ies'"].map(|ending| format!("{stem}{ending}")));
    let regular = ENDINGS.map(|ending| format!("{singular}{ending}"));
    let forms = regular.into_iter().chain(y.into_iter().flatten());
    // An acronym takes an s whatever it ends in: "AIs".
    forms.enumerate().filter(|(at, form)| *at == 1 || key::singular(form) == singular).map(|(_, form)| form).collect()
}

/// The places of a file that are read: in a passage of a source, in the prose of a note.
struct Read<'f> {
    file: &'f File,
    /// The stretches of a source that are, once one is asked for.
    stretches: OnceCell<Vec<Span>>,
    /// The prose of a note, likewise.
    prose: OnceCell<Vec<Span>>,
}

impl Read<'_> {
    /// Whether a byte of the file's own text is.
    fn has(&self, at: u32) -> bool {
        let stretches = || self.stretches.get_or_init(|| self.file.stretches());
        let in_source = || self.file.to_readable(at).is_some_and(|readable| is_among(stretches(), readable));
        let prose = || self.prose.get_or_init(|| self.file.card().map_or_else(Vec::new, |card| card.prose()));
        self.file.is_source() && in_source() || is_among(prose(), at)
    }
}

/// Whether a byte lies in one of some spans, which are ascending and disjoint.
fn is_among(spans: &[Span], at: u32) -> bool {
    spans.get(spans.partition_point(|span| span.end <= at)).is_some_and(|span| span.contains(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Usage, probe};
    use crate::{FileId, Snapshot, Term, fixture::snapshot};

    /// The uses of a term, looked for in every file.
    fn plainly(snapshot: &Snapshot, term: &Term) -> Vec<Usage> {
        let probe = probe(&term.name).expect("a name has words");
        snapshot.files().flat_map(|file| snapshot.uses_in(file, term, &probe)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// What the index and the words of notes leave out has no use.
        #[test]
        fn uses_are_found_as_by_reading_all(
            files in prop::collection::vec(
                (any::<bool>(), "((drift|drifts|drift-|Drift’s|sensor|sensors|sensordrift|correction|CEs?|a|\\.|\n)( |-|/|\n)?){0,24}"),
                1..7,
            ),
        ) {
            let head = "When I say drift I mean change.\n\nBy sensor drift I mean its change.\n\n\
                By drift correction of sensors I mean work.\n\nWe use a CE (chief editor) here.\n";
            let paths: Vec<String> = (0..files.len())
                .map(|at| if files[at].0 { format!("sources/{at}.txt") } else { format!("notes/{at}.md") })
                .collect();
            let texts = paths.iter().zip(&files).map(|(path, (_, text))| (&**path, &**text));
            let all: Vec<(&str, &str)> = texts.chain([("sources/head.txt", head)]).collect();
            let snapshot = snapshot(&all);
            for term in snapshot.terms().all() {
                let plain = plainly(&snapshot, term);
                prop_assert_eq!(&snapshot.uses_of(term), &plain);
                prop_assert_eq!(&snapshot.some_uses_of(term, FileId(0), usize::MAX), &plain);
            }
        }
    }

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
