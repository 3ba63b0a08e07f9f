//! Finds and counts the uses of a term.

use std::{borrow::Cow, cell::OnceCell, sync::Arc};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use ibid_language::{Entry, Language, List};
use ibid_text::{
    Span,
    words::{self, spans},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Case, Term, key};
use crate::{File, FileId, Snapshot, file::Layout, index::Spot};

/// Up to this many files, every use of a term is counted, in notes too. With more files, the number of uses is estimated
/// from the index of the sources.
const COUNTED: usize = 64;

/// Maximum number of places of a term's words that are read for an estimate.
const LOOKED_AT: usize = 12;

/// An estimate stops after this many uses. If `k` uses were found in `n` places, `(k - 1) / (n - 1)` is an unbiased
/// estimate of the share of uses (Haldane 1945).
const ENOUGH: usize = 4;

/// A word in capitals is an acronym only if at least one in this many of its occurrences, in any case, is known to be one.
const SHOUTED: usize = 8;

/// Number of sources read that are known to use an acronym, if no use was found otherwise.
const MENTIONING: usize = 4;

/// Number of places looked up per requested use, and of notes that may be read.
const LOOKED_AT_FOR_ONE: usize = 2;

/// A single file contributes at most this fraction (1/`FILES`) of the requested uses of a frequent term, so that other
/// files are represented.
const FILES: usize = 8;

/// If not all places of a frequent term are read, one file is read per this many requested uses.
const USES_OF_FILE: usize = 2;

/// Sources up to this length in bytes are read whole to find uses; longer ones only around the places in the index.
const READ_WHOLE: u32 = 64 << 10;

/// Up to this many places, a shorter source too is read only around them, if the index lists all its places.
const ONE_BY_ONE: usize = 2;

/// Bytes read before and after a place, enough to contain the term there.
const AROUND: i64 = 200;

/// The precision of places in the index, in bytes.
const BLUR: u32 = 16;

/// One use of a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    /// The file.
    pub file: FileId,
    /// The term itself, in the file's own text.
    pub span: Span,
}

/// A limited number of uses of a term.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Uses {
    /// Ordered by path and place.
    pub uses: Vec<Usage>,
    /// Whether there may be others.
    pub are_some: bool,
}

/// How often a term is used, counted or estimated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frequency {
    /// The number of uses.
    pub times: usize,
    /// The number of sources and notes that use it. `None` if `times` is an estimate, which covers sources only.
    pub files: Option<usize>,
    /// Uses ordered by path and place: all of them if they were counted, otherwise some of those in sources.
    pub uses: Vec<Usage>,
}

impl Snapshot {
    /// Every use of a term in the passages of sources and the prose of notes, ordered by path and place. Reads all notes and
    /// those sources that have the term's words according to the index.
    pub fn uses_of(&self, term: &Term) -> Vec<Usage> {
        let Some(sought) = Sought::of(term, self.language()) else { return Vec::new() };
        let mut having: FxHashSet<FileId> = FxHashSet::default();
        self.index().some_places_of(&sought.spots(), 1, |file, _| {
            having.insert(file);
        });
        let may_have = |file: &&Arc<File>| self.is_corrupt() || file.is_note() || having.contains(&file.id);
        let files = self.files().filter(may_have).take_while(|_| !self.is_abandoned());
        files.flat_map(|file| self.uses_in(file, &sought, usize::MAX)).collect()
    }

    /// Up to `most` uses of a term, ordered by path and place. Uses in the file `asker` are preferred, then those in sources,
    /// then those in notes. If a term has far more uses than requested, not all places are read.
    pub fn some_uses_of(&self, term: &Term, asker: FileId, most: usize) -> Uses {
        let Some(sought) = Sought::of(term, self.language()) else { return Uses::default() };
        if self.is_corrupt() {
            let mut uses = self.uses_of(term);
            let are_some = uses.len() > most;
            uses.truncate(most);
            return Uses { uses, are_some };
        }
        let mut uses = self.file(asker).map_or_else(Vec::new, |file| self.uses_in(file, &sought, most));
        let mut met = FxHashSet::from_iter([asker]);
        let mut are_some = !self.add_uses_in_sources(&sought, most, &mut met, &mut uses);
        if uses.len() < most {
            let mut notes = self.notes_that_may_have(&sought.spots(), sought.case);
            notes.retain(|&note| met.insert(note));
            if notes.len() > most.saturating_mul(LOOKED_AT_FOR_ONE) {
                notes.truncate(most / USES_OF_FILE);
                are_some = true;
            }
            for note in notes.into_iter().filter_map(|note| self.file(note)) {
                if uses.len() >= most || self.is_abandoned() {
                    break;
                }
                uses.extend(self.uses_in(note, &sought, most));
            }
        }
        are_some |= uses.len() >= most;
        uses.truncate(most);
        self.sort_uses(&mut uses);
        Uses { uses, are_some }
    }

    /// Sorts uses by path and place.
    fn sort_uses(&self, uses: &mut [Usage]) {
        uses.sort_by_cached_key(|one| (self.file(one.file).map(|file| file.path.as_str()), one.span));
    }

    /// Adds uses in sources until there are `most`. Skips files in `met` and adds the files it reads to `met`. Returns
    /// whether the index was read completely, rather than sampled.
    fn add_uses_in_sources(
        &self,
        sought: &Sought,
        most: usize,
        met: &mut FxHashSet<FileId>,
        uses: &mut Vec<Usage>,
    ) -> bool {
        let spots = sought.spots();
        let stride = self.index().count_of(&spots) / LOOKED_AT_FOR_ONE.saturating_mul(most.max(1)) + 1;
        let (from_one, files) =
            if stride > 1 { (most / FILES + 1, met.len() + most / USES_OF_FILE) } else { (most, usize::MAX) };
        let mut order: Vec<FileId> = Vec::new();
        let mut places: FxHashMap<FileId, Vec<u32>> = FxHashMap::default();
        self.index().some_places_of(&spots, stride, |file, at| {
            let of_file = places.entry(file).or_insert_with(|| {
                order.push(file);
                Vec::new()
            });
            of_file.push(at);
        });
        for file in order {
            if uses.len() >= most || met.len() >= files || self.is_abandoned() {
                break;
            }
            let Some(held) = self.file(file).filter(|_| met.insert(file)) else { continue };
            let places = &places[&file];
            let read_places = is_long(held) || stride == 1 && places.len() <= ONE_BY_ONE;
            let found = if read_places && !held.is_note() {
                self.uses_near(held, &sought.key, places, from_one)
            } else {
                self.uses_in(held, sought, from_one)
            };
            uses.extend(found.into_iter().take(from_one));
        }
        stride == 1
    }

    /// Counts the uses of a term.
    pub fn count_of(&self, term: &Term) -> Frequency {
        let uses = self.uses_of(term);
        let files = uses.chunk_by(|a, b| a.file == b.file).count();
        Frequency { times: uses.len(), files: Some(files), uses }
    }

    /// The number of uses of every term by its name: those that [`Snapshot::count_of`] counts, in one pass over all files.
    pub fn counts_of_all(&self) -> FxHashMap<String, usize> {
        let mut counts = FxHashMap::default();
        for file in self.files().take_while(|_| !self.is_abandoned()) {
            let Some(text) = file.text() else { continue };
            let prose = Prose::of(file);
            let uses = self.terms().uses_in(&text).into_iter();
            for used in uses.filter(|used| prose.has(used.span.start)) {
                *counts.entry(used.term.name.clone()).or_default() += 1;
            }
        }
        counts
    }

    /// How often a term is used. In a large workspace this is an estimate from a few places, however frequent the term.
    pub fn frequency_of(&self, term: &Term) -> Frequency {
        if self.files().nth(COUNTED).is_none() {
            return self.count_of(term);
        }
        let estimate = || self.estimate(term);
        if self.is_corrupt() { estimate() } else { self.recent().frequencies.or_else(&term.name, estimate) }
    }

    /// Whether an undefined acronym is only an ordinary word in capitals: the sources use the word, in any case, far more
    /// often than as an acronym.
    pub fn is_shouted(&self, term: &Term) -> bool {
        let may_be = term.case == Case::Upper && term.senses.is_empty() && term.asked.is_empty();
        let counted = || {
            let meant: usize =
                self.terms().mentioned(&key::key(&term.name, self.language())).map(|(_, times)| times).sum();
            self.index().count_of(&spots(&term.name, self.language())) > SHOUTED * meant
        };
        may_be && !self.is_corrupt() && self.recent().shouted.or_else(&term.name, counted)
    }

    /// Estimates how often the sources use a term, from a few of its places in the index.
    fn estimate(&self, term: &Term) -> Frequency {
        // The index ignores case, so fewer places are uses if the case matters.
        let looked_at = if term.case == Case::Any { LOOKED_AT } else { 2 * LOOKED_AT };
        let (key, spots) = (key::key(&term.name, self.language()), spots(&term.name, self.language()));
        let all = self.index().count_of(&spots);
        let stride = all.div_ceil(looked_at).max(1);
        let mut places = Vec::new();
        self.index().some_places_of(&spots, stride, |file, at| places.push((file, at)));
        let use_near = |&(file, at): &(FileId, u32)| {
            let held = self.file(file)?;
            let first = self.named_near(held, &key, at).into_iter().min()?;
            Some(Usage { file, span: held.to_own(first)? })
        };
        // Places are grouped by inflection, so every fourth place is read first, to cover all inflections.
        let mut order = (0..4).flat_map(|from| places.iter().skip(from).step_by(4));
        let (mut read, mut uses) = (0, Vec::new());
        while let Some(place) = order.next().filter(|_| stride == 1 || uses.len() < ENOUGH) {
            read += 1;
            uses.extend(use_near(place));
        }
        let times = if read < places.len() {
            (all * (uses.len() - 1)).div_ceil(read - 1)
        } else {
            (all * uses.len()).div_ceil(read.max(1))
        };
        self.sort_uses(&mut uses);
        uses.dedup();
        if uses.is_empty() {
            return self.mentions_of(term);
        }
        Frequency { times, files: None, uses }
    }

    /// A lower bound of how often the sources use an acronym, from the sources that are known to use it.
    fn mentions_of(&self, term: &Term) -> Frequency {
        let key = key::key(&term.name, self.language());
        let times = self.terms().mentioned(&key).map(|(_, times)| times).sum();
        let short = self.terms().mentioned(&key).filter_map(|(file, _)| self.file(file)).filter(|file| !is_long(file));
        let sought = Sought::of(term, self.language());
        let uses_in = |file: &Arc<File>| sought.as_ref().map(|sought| self.uses_in(file, sought, LOOKED_AT));
        Frequency { times, files: None, uses: short.take(MENTIONING).filter_map(uses_in).flatten().collect() }
    }

    /// The uses of the term with this key in a source's readable text at a place from the index: a byte up to [`BLUR`] before
    /// the words.
    fn named_near(&self, file: &File, key: &str, at: u32) -> FxHashSet<Span> {
        let Some(excerpt) = file.excerpt(i64::from(at) - AROUND, i64::from(at) + AROUND) else {
            return FxHashSet::default();
        };
        // The excerpt may begin after the place, if the file was truncated in the meantime.
        let here = at.saturating_sub(excerpt.start)..(at + BLUR).saturating_sub(excerpt.start);
        let named = self.terms().with_key_near(key, &excerpt.text, &here);
        named.into_iter().map(|span| span.shift(excerpt.start)).collect()
    }

    /// The first `most` uses of a term in the passages of a source, at places from the index, ordered by place.
    fn uses_near(&self, file: &File, key: &str, places: &[u32], most: usize) -> Vec<Usage> {
        let prose = Prose::of(file);
        let mut places = places.to_owned();
        places.sort_unstable();
        let mut found: Vec<Span> = Vec::new();
        for at in places {
            if found.len() >= most {
                break;
            }
            let named = self.named_near(file, key, at).into_iter().filter(|span| prose.has_readable(span.start));
            found.extend(named);
            found.sort_unstable();
            found.dedup();
        }
        let own = |span: Span| Some(Usage { file: file.id, span: file.to_own(span)? });
        let mut uses: Vec<Usage> = found.into_iter().filter_map(own).collect();
        uses.sort_unstable_by_key(|one| one.span);
        uses
    }

    /// Every use of a term in one file, ordered by place.
    pub fn uses_of_in(&self, term: &Term, file: FileId) -> Vec<Usage> {
        let found = self.file(file).zip(Sought::of(term, self.language()));
        found.map_or_else(Vec::new, |(file, sought)| self.uses_in(file, &sought, usize::MAX))
    }

    /// The first `most` uses of a term in one file.
    fn uses_in(&self, file: &File, sought: &Sought, most: usize) -> Vec<Usage> {
        let Some(text) = file.text() else { return Vec::new() };
        let mut uses: Vec<Usage> = Vec::new();
        let prose = Prose::of(file);
        for found in sought.probe.find_iter(text.as_bytes()) {
            let at = found.start() as u32;
            if uses.last().is_some_and(|last| last.span.contains(at)) || !sought.may_stand_at(&text, found.start()) {
                continue;
            }
            if uses.len() >= most {
                break;
            }
            let here = Some(at).filter(|&at| prose.has(at));
            let here = here.and_then(|at| self.terms().with_key_at(&sought.key, &text, at));
            uses.extend(here.map(|span| Usage { file: file.id, span }));
        }
        uses
    }
}

/// Whether a file's text is too long to be read for a few words.
fn is_long(file: &File) -> bool {
    file.layout().is_some_and(|layout| layout.len() > READ_WHOLE)
}

/// A term whose uses are searched for.
struct Sought {
    name: String,
    language: Language,
    key: String,
    case: Case,
    /// Finds the longest word of the name, in any case and inflection.
    probe: AhoCorasick,
    is_one_word: bool,
}

impl Sought {
    fn of(term: &Term, language: Language) -> Option<Self> {
        let longest = words::words(&term.name).map(|word| word.folded).max_by_key(|word| word.len())?;
        let singular = key::singular(&longest, language);
        let changed = language.entries(List::NounInflection).iter().filter(|ending| !ending.value.is_empty());
        let roots = changed.filter_map(|ending| singular.strip_suffix(ending.value));
        let root = roots.min_by_key(|root| root.len()).unwrap_or(&singular);
        Some(Self {
            name: term.name.clone(),
            language,
            key: key::key(&term.name, language),
            case: term.case,
            probe: AhoCorasickBuilder::new().ascii_case_insensitive(true).build([root]).ok()?,
            is_one_word: spans(&term.name).nth(1).is_none(),
        })
    }

    /// The words and pairs by which it is found in the index.
    fn spots(&self) -> Vec<Spot> {
        spots(&self.name, self.language)
    }

    /// Whether the term may be used where the probe found its longest word, judging by the characters at the start of the
    /// word. In a name of several words the longest may be joined to the one before.
    fn may_stand_at(&self, text: &str, at: usize) -> bool {
        let bytes = text.as_bytes();
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let fits = self.case == Case::Any || !bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        !self.is_one_word || begins && fits
    }
}

/// The words and pairs by which a name is found in the index, in every inflection: its longest word with a neighbour, since
/// a pair is far rarer than a word; and the longest word alone, if it is the only word or is joined to the words before it,
/// as in "finetuning".
fn spots(name: &str, language: Language) -> Vec<Spot> {
    let name: Vec<String> = words::words(name).map(|word| key::singular(&word.folded, language).into_owned()).collect();
    let Some(longest) = (0..name.len()).max_by_key(|&at| name[at].len()) else { return Vec::new() };
    let forms = |from: usize, to: usize| inflected(&name[from..to].concat(), language);
    let ends = longest + 1..=name.len();
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
        for end in ends.clone() {
            (0..longest).for_each(|start| pair(forms(start, longest), &forms(longest, end)));
        }
        let joined = (0..longest).flat_map(|start| ends.clone().map(move |end| (start, end)));
        spots.extend(joined.flat_map(|(start, end)| forms(start, end)).map(Spot::Word));
    }
    spots.sort_unstable();
    spots.dedup();
    spots
}

/// The inflected forms whose singular is `singular`.
fn inflected(singular: &str, language: Language) -> Vec<String> {
    let is_regular = |form: &str| key::singular(form, language) == singular;
    // An acronym takes the regular ending whatever its last letter: "AIs".
    let plurals = language.words(List::RegularPlural);
    let form = |ending: &Entry| {
        let form = format!("{}{}", singular.strip_suffix(ending.value)?, ending.word);
        (plurals.contains(&ending.word) || is_regular(&form)).then_some(form)
    };
    let own = is_regular(singular).then(|| singular.to_owned());
    own.into_iter().chain(language.entries(List::NounInflection).iter().filter_map(form)).collect()
}

/// The parts of a file in which uses count: the passages of a source and the prose of a note.
struct Prose<'f> {
    file: &'f File,
    /// The passages of a source. Computed on first use.
    layout: OnceCell<Option<Cow<'f, Layout>>>,
    /// The prose of a note. Computed on first use.
    stretches: OnceCell<Vec<Span>>,
}

impl<'f> Prose<'f> {
    fn of(file: &'f File) -> Self {
        Self { file, layout: OnceCell::new(), stretches: OnceCell::new() }
    }

    /// Whether it includes a byte of the file's own text.
    fn has(&self, at: u32) -> bool {
        let in_source = || self.file.to_readable(at).is_some_and(|readable| self.has_readable(readable));
        let stretches =
            || self.stretches.get_or_init(|| self.file.summary().map_or_else(Vec::new, |note| note.prose()));
        self.file.is_source() && in_source() || is_among(stretches(), at)
    }

    /// Whether it includes a byte of a source's readable text.
    fn has_readable(&self, at: u32) -> bool {
        let layout = self.layout.get_or_init(|| self.file.laid_out());
        layout.as_ref().is_some_and(|layout| layout.has_passage_at(at))
    }
}

/// Whether a byte is in one of `spans`, which are ascending and disjoint.
fn is_among(spans: &[Span], at: u32) -> bool {
    spans.get(spans.partition_point(|span| span.end <= at)).is_some_and(|span| span.contains(at))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::{Sought, Usage};
    use crate::{
        Change, FileId, Host, Snapshot, Term,
        fixture::{self, snapshot},
    };

    /// The uses of a term, found by reading every file.
    fn by_reading_all(snapshot: &Snapshot, term: &Term) -> Vec<Usage> {
        let sought = Sought::of(term, snapshot.language()).expect("a name has words");
        snapshot.files().flat_map(|file| snapshot.uses_in(file, &sought, usize::MAX)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Files that are ruled out by the index or the vocabulary of notes have no use.
        #[test]
        fn uses_are_found_as_by_reading_all(
            files in prop::collection::vec(
                (any::<bool>(), "((drift|drifts|drift-|Drift’s|sensor|sensors|sensordrift|correction|CEs?|a|été|\\.|\n)( |-|/|\n)?){0,24}"),
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
                let plain = by_reading_all(&snapshot, term);
                prop_assert_eq!(&snapshot.uses_of(term), &plain);
                let uses = snapshot.some_uses_of(term, FileId(0), usize::MAX);
                prop_assert_eq!((&uses.uses, uses.are_some), (&plain, false));
                let some = snapshot.some_uses_of(term, FileId(0), 1);
                prop_assert!(some.uses.len() <= 1 && (some.are_some || plain.is_empty()));
                let sought = Sought::of(term, snapshot.language()).expect("a name has words");
                for file in snapshot.files().filter(|file| file.is_source()) {
                    let mut places = Vec::new();
                    snapshot.index().some_places_of(&sought.spots(), 1, |of, at| {
                        places.extend(Some(at).filter(|_| of == file.id));
                    });
                    let there: Vec<Usage> = plain.iter().filter(|one| one.file == file.id).copied().collect();
                    prop_assert_eq!(snapshot.uses_near(file, &sought.key, &places, usize::MAX), there);
                }
            }
        }
    }

    /// Checks sources of which the first defines fine-tuning and every `every`th uses it twice, in other spellings.
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
        let (counted, estimated) = (snapshot.count_of(&term), snapshot.frequency_of(&term));
        assert_eq!(counted.files, Some(sources.div_ceil(every)));
        assert_eq!(counted.times, 2 * sources.div_ceil(every) - 1);
        assert_eq!(estimated.times, counted.times);
        assert!(estimated.uses.iter().all(|used| counted.uses.contains(used)));
        assert_eq!(estimated.files.is_some(), sources <= super::COUNTED);
    }

    /// Answers cached before an edit are not reused after it.
    #[test]
    fn an_edit_of_a_source_takes_effect_at_once() {
        let text = |at: usize| match at {
            0 => "By fine-tuning I mean further training on the data of one task.\n",
            _ => "Nothing here is about that.\n",
        };
        let edit = fixture::set("sources/70.txt", "Finetuning on the data of one task took a day.\n");
        let host = || {
            let mut host = Host::default();
            host.apply(vec![Change::Configure(Arc::new(fixture::config()))]);
            host.apply((0..100).map(|at| fixture::set(&format!("sources/{at}.txt"), text(at))).collect());
            host
        };
        let answers = |host: &Host| {
            let snapshot = host.snapshot();
            let term = snapshot.terms().find("fine-tuning").expect("it is defined").clone();
            (snapshot.frequency_of(&term), snapshot.related_passages("Finetuning took a day.", 3, 0.0))
        };
        let (mut asked, mut fresh) = (host(), host());
        let before = answers(&asked);
        asked.apply(vec![edit.clone()]);
        fresh.apply(vec![edit]);
        assert_eq!(answers(&asked), answers(&fresh));
        assert_ne!(answers(&asked), before);
    }

    #[test]
    fn an_ordinary_word_in_capitals_is_not_an_acronym() {
        let page = |words: &str| {
            fixture::snapshot(&[("sources/a.txt", words), ("sources/b.txt", &"A note is here. ".repeat(20))])
        };
        let is_shouted = |words: &str, name: &str| {
            let snapshot = page(words);
            let term = snapshot.terms().find(name).expect("it is held").clone();
            snapshot.is_shouted(&term)
        };
        assert!(is_shouted("NOTE that it is deployed.\n", "NOTE"));
        assert!(!is_shouted("Progress after ASARA is simulated.\n", "ASARA"));
        // A word with an expansion is an acronym, however often the word is used.
        assert!(!is_shouted("We use the named object transfer engine (NOTE) here.\n", "NOTE"));
    }

    #[test]
    fn few_files_are_counted() {
        check(5, 2);
    }

    #[test]
    fn every_use_of_a_rare_term_is_found() {
        check(100, 10);
    }

    #[test]
    fn a_frequent_term_is_estimated() {
        check(300, 3);
    }
}
