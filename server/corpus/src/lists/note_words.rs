//! Notes by the words that their prose may contain.

use std::collections::BTreeMap;

use ibid_text::{Span, words::for_each_folded};

use super::{Hash, LazyList};
use crate::{FileId, Snapshot, index::Spot, terms::Case};

/// How many letters of each word in a pair are hashed; the words themselves are hashed in full.
const HEAD: usize = 6;

/// Bits set for each distinct word. About one note in 250 is reported for a word that it does not contain.
const OF_WORD: usize = 4;

/// Bits set for each pair of words. Of the notes that contain both words elsewhere, about one in 16 is reported for the pair.
const OF_PAIR: usize = 2;

/// Bits of a filter for every two that are set.
const ROOM: usize = 7;

/// The words of the prose of all notes, as Bloom filters stored one after the other and scanned from the beginning.
#[derive(Clone, Default)]
pub(crate) struct NoteWords(LazyList<List>);

#[derive(Default)]
struct List {
    bits: Vec<u64>,
    notes: Vec<Filter>,
}

/// The filter of a note.
struct Filter {
    note: FileId,
    /// Its size in 64-bit words.
    room: usize,
    made_of: MadeOf,
}

/// What is hashed in a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MadeOf {
    /// Runs of ASCII letters and digits, which are faster to find, if they are the words of the text.
    Runs,
    /// Folded words.
    Words,
}

impl NoteWords {
    /// Records that a file changed.
    pub(crate) fn change(&mut self, file: FileId) {
        self.0.change(file, || false);
    }
}

impl List {
    /// Adds the words of the stretches `read` of a note's text, and their neighbours, with which they may form a name.
    fn add(&mut self, file: FileId, text: &str, read: &[Span]) {
        let distinct = |mut hashes: Vec<Hash>| {
            hashes.sort_unstable();
            hashes.dedup();
            hashes
        };
        let made_of = if is_plain(text) { MadeOf::Runs } else { MadeOf::Words };
        let (words, pairs) = match made_of {
            MadeOf::Runs => of_runs(text, read),
            MadeOf::Words => of_words(text, read),
        };
        let (words, pairs) = (distinct(words), distinct(pairs));
        let room = ((words.len() * OF_WORD + pairs.len() * OF_PAIR) * ROOM / 2).div_ceil(64).max(1);
        let start = self.bits.len();
        self.bits.resize(start + room, 0);
        let word_bits = words.iter().flat_map(|word| word.bits(OF_WORD, room));
        for (at, bit) in word_bits.chain(pairs.iter().flat_map(|pair| pair.bits(OF_PAIR, room))) {
            self.bits[start + at] |= bit;
        }
        self.notes.push(Filter { note: file, room, made_of });
    }

    /// The notes that may contain something that is wanted.
    fn having(&self, wanted: &Wanted) -> Vec<FileId> {
        let mut start = 0;
        let mut having = Vec::new();
        for filter in &self.notes {
            let bits = &self.bits[start..start + filter.room];
            start += filter.room;
            if wanted.may_be_in(bits, filter.made_of) {
                having.push(filter.note);
            }
        }
        having
    }
}

/// What is looked for in a note.
#[derive(Default)]
struct Wanted {
    words: Vec<Hash>,
    /// Pairs of words by their beginnings, with the words of each pair.
    pairs: BTreeMap<Hash, Vec<[Hash; 2]>>,
    /// `words`, for filters of folded words.
    folded: Vec<Hash>,
    /// `pairs`, for filters of folded words.
    folded_pairs: Vec<(Hash, [Hash; 2])>,
}

impl Wanted {
    /// Any of these spots; single words only in capitals, if `case` asks for that.
    fn of(spots: &[Spot], case: Case) -> Self {
        let mut wanted = Self::default();
        for spot in spots {
            // A word without ASCII letters is only in notes whose filter has folded words.
            match spot {
                Spot::Word(one) => {
                    wanted.folded.push(folded(one));
                    let hash = if case == Case::Upper { shouted } else { word };
                    wanted.words.extend(runs(one).next().map(hash));
                }
                Spot::Pair(one, next) => {
                    wanted.folded_pairs.push((folded_pair(folded(one), next), [folded(one), folded(next)]));
                    if let (Some(left), Some(right)) = (runs(one).last(), runs(next).next()) {
                        wanted.pairs.entry(pair(left, right)).or_default().push([word(left), word(right)]);
                    }
                }
            }
        }
        wanted
    }

    fn may_be_in(&self, bits: &[u64], made_of: MadeOf) -> bool {
        let has = |hash: &Hash, count| hash.bits(count, bits.len()).all(|(at, bit)| bits[at] & bit != 0);
        let has_word = |word: &Hash| has(word, OF_WORD);
        let has_both = |words: &[Hash; 2]| words.iter().all(has_word);
        let has_pair = |(pair, words): (&Hash, &Vec<[Hash; 2]>)| has(pair, OF_PAIR) && words.iter().any(has_both);
        let has_folded = |(pair, words): &(Hash, [Hash; 2])| has(pair, OF_PAIR) && has_both(words);
        match made_of {
            MadeOf::Runs => self.words.iter().any(has_word) || self.pairs.iter().any(has_pair),
            MadeOf::Words => self.folded.iter().any(has_word) || self.folded_pairs.iter().any(has_folded),
        }
    }
}

/// Whether the words of a text are its runs of ASCII letters and digits: it may contain typographic marks, but no other letters.
fn is_plain(text: &str) -> bool {
    let is_mark = |c: char| {
        matches!(c, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{205E}' | '\u{20A0}'..='\u{20CF}' | '\u{2190}'..='\u{2BFF}')
            && !matches!(c, '\u{AA}' | '\u{AD}' | '\u{B2}'..='\u{B5}' | '\u{B9}'..='\u{BE}')
    };
    text.is_ascii() || text.chars().all(|c| c.is_ascii() || is_mark(c))
}

/// The words and pairs of a plain text in the stretches `read`.
fn of_runs(text: &str, read: &[Span]) -> (Vec<Hash>, Vec<Hash>) {
    let all = runs_near(text, read);
    let shouted = all.iter().filter(|run| may_be_acronym(run)).map(|run| shouted(run));
    let words = all.iter().map(|run| word(run)).chain(shouted).collect();
    (words, all.windows(2).map(|two| pair(two[0], two[1])).collect())
}

/// The words and pairs of any text in the stretches `read`.
fn of_words(text: &str, read: &[Span]) -> (Vec<Hash>, Vec<Hash>) {
    let (mut words, mut pairs) = (Vec::new(), Vec::new());
    let mut before: Option<(Hash, bool)> = None;
    for_each_folded(text, |span, word| {
        let next = read.get(read.partition_point(|stretch| stretch.end <= span.start));
        let (hash, is_read) = (folded(word), next.is_some_and(|stretch| stretch.start < span.end));
        if let Some((left, was_read)) = before
            && (is_read || was_read)
        {
            words.extend([left, hash]);
            pairs.push(folded_pair(left, word));
        }
        words.extend(is_read.then_some(hash));
        before = Some((hash, is_read));
    });
    (words, pairs)
}

/// The place of each run of ASCII letters and digits.
fn places(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    let all = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).map(move |run| {
        let span = Span::from(start..start + run.len());
        start = span.end as usize + 1;
        span
    });
    all.filter(|run| run.start < run.end)
}

/// Each run of ASCII letters and digits.
fn runs(text: &str) -> impl Iterator<Item = &[u8]> {
    places(text).map(|run| run.of(text).as_bytes())
}

/// The runs in some stretches of a text, which are ascending and disjoint, and the runs next to these.
fn runs_near<'t>(text: &'t str, stretches: &[Span]) -> Vec<&'t [u8]> {
    let mut ahead = stretches.iter().peekable();
    let is_in = |run: Span| {
        while ahead.next_if(|stretch| stretch.end <= run.start).is_some() {}
        ahead.peek().is_some_and(|stretch| stretch.start < run.end)
    };
    let are_in: Vec<bool> = places(text).map(is_in).collect();
    let is_near = |at: usize| are_in[at.saturating_sub(1)..(at + 2).min(are_in.len())].contains(&true);
    runs(text).enumerate().filter(|&(at, _)| is_near(at)).map(|(_, run)| run).collect()
}

/// Whether a run may be part of an acronym: it is in capitals but for an ending.
fn may_be_acronym(run: &[u8]) -> bool {
    let body = run.strip_suffix(b"s").unwrap_or(run);
    !body.iter().any(u8::is_ascii_lowercase)
}

/// A run in any case.
fn word(run: &[u8]) -> Hash {
    Hash::EMPTY.with(run.iter().map(u8::to_ascii_lowercase))
}

/// A run in capitals.
fn shouted(run: &[u8]) -> Hash {
    word(run).with(*b"!")
}

/// A folded word.
fn folded(word: &str) -> Hash {
    Hash::EMPTY.with(word.bytes())
}

/// A folded word after another.
fn folded_pair(left: Hash, right: &str) -> Hash {
    left.with(*b" ").with(right.bytes())
}

/// Two runs in a row.
fn pair(left: &[u8], right: &[u8]) -> Hash {
    let with_head = |hash: Hash, run: &[u8]| hash.with(run.iter().take(HEAD).map(u8::to_ascii_lowercase));
    with_head(with_head(Hash::EMPTY, left).with(*b" "), right)
}

fn list(snapshot: &Snapshot) -> List {
    let mut list = List::default();
    for file in snapshot.files().filter(|file| file.is_note()) {
        let (Some(text), Some(card)) = (file.text(), file.summary()) else { continue };
        // Of a source its passages are read, which are nearly all of it.
        let read = if file.is_source() { vec![Span::from(0..text.len())] } else { card.prose() };
        list.add(file.id, &text, &read);
    }
    list.bits.shrink_to_fit();
    list.notes.shrink_to_fit();
    list
}

impl Snapshot {
    /// The notes whose prose may contain the words of one of these spots, a single word in the `case` asked for; possibly others.
    pub(crate) fn notes_that_may_have(&self, spots: &[Spot], case: Case) -> Vec<FileId> {
        let NoteWords(listing) = self.note_words();
        let mut notes = listing.get(|| list(self)).having(&Wanted::of(spots, case));
        notes.retain(|&note| !listing.is_changed(note));
        let is_note = |&file: &FileId| self.file(file).is_some_and(|file| file.is_note());
        notes.extend(listing.changed().filter(is_note));
        notes.retain(|&note| self.file(note).is_some());
        notes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use ibid_text::words;

    use crate::{
        fixture::{self, ROOT},
        index::Spot,
        terms::{Case, is_acronym},
    };

    #[test]
    fn a_note_without_the_word_is_not_reported() {
        let notes = [
            "",
            "---\ntitle: Drift\n---\n",
            "```\ndrift\n```\n",
            "Nothing of it is said here.\n",
            "Rien de cela n’a été dit ici.\n",
            "Some drift.\n",
            "La drift a été lente.\n",
        ];
        let paths: Vec<String> = (0..notes.len()).map(|at| format!("notes/{at}.md")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(String::as_str).zip(notes).collect();
        let snapshot = fixture::snapshot(&files);
        let told = snapshot.notes_that_may_have(&[Spot::Word("drift".to_owned())], Case::Any);
        let told: Vec<&str> = told.iter().filter_map(|&note| Some(snapshot.file(note)?.path.as_str())).collect();
        assert_eq!(told, ["notes/5.md", "notes/6.md"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A note with a word is always reported, whatever is around the word and whatever has changed.
        #[test]
        fn a_note_with_the_word_is_reported(
            notes in prop::collection::vec("(([a-zé]{1,8}|[A-Za-z0-9]{1,4}|`[a-z]{1,3}`)( |’s |\\*|_|-|-\n|\\.|, |\n|“|知)){0,30}", 1..6),
            changed in "([a-z]{1,8} ){0,9}",
        ) {
            let mut host = crate::Host::default();
            host.apply(vec![crate::Change::Configure(std::sync::Arc::new(fixture::config()))]);
            let path = |at: usize| format!("notes/{at}.md");
            host.apply(notes.iter().enumerate().map(|(at, text)| fixture::set(&path(at), text)).collect());
            let before = host.snapshot();
            before.notes_that_may_have(&[], Case::Any);
            host.apply(vec![fixture::set(&path(0), &changed)]);
            for snapshot in [before, host.snapshot()] {
                for file in snapshot.files() {
                    let page = file.page().expect("it is held");
                    let told = |spot: Spot, case| snapshot.notes_that_may_have(&[spot], case).contains(&file.id);
                    let all: Vec<words::Word<'_>> = ibid_text::words(page.text()).collect();
                    let folded = |word: &words::Word<'_>| word.folded.to_string();
                    let prose = file.summary().expect("it is a note").prose();
                    let is_read = |word: &words::Word<'_>| prose.iter().any(|stretch| stretch.overlaps(word.span));
                    for pair in all.windows(2).filter(|pair| pair.iter().any(is_read)) {
                        let spot = Spot::Pair(folded(&pair[0]), folded(&pair[1]));
                        prop_assert!(told(spot.clone(), Case::Any), "{spot:?} in {ROOT}/{}", file.path);
                    }
                    for word in all.iter().filter(|word| is_read(word)) {
                        let (spot, is_upper) = (Spot::Word(folded(word)), is_acronym(word.span.of(page.text())));
                        let case = if is_upper { Case::Upper } else { Case::Any };
                        prop_assert!(told(spot.clone(), case), "{spot:?} in {ROOT}/{}", file.path);
                    }
                }
            }
        }
    }
}
