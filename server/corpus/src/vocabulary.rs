//! Which notes may have a word, for whoever looks for one in all of them.

use crate::{FileId, Snapshot, bloom::Hash, index::Spot, listing::Listing};

/// A word is known by so many of its first letters.
const HEAD: usize = 6;

/// Bits for each different beginning of a word.
const BITS: usize = 12;

/// The words of all notes, as Bloom filters that lie one behind the other, to be passed over from the beginning.
#[derive(Clone, Default)]
pub(crate) struct Vocabulary(Listing<List>);

#[derive(Default)]
struct List {
    bits: Vec<u64>,
    /// Each note with how many words of bits it has, a power of two; none if it may have any word.
    notes: Vec<(FileId, usize)>,
}

impl Vocabulary {
    /// Takes in that a file is no longer as it was.
    pub(crate) fn change(&mut self, file: FileId) {
        self.0.change(file, || false);
    }
}

impl List {
    fn add(&mut self, file: FileId, text: &str) {
        let mut heads: Vec<Hash> = if is_plain(text) { heads(text).collect() } else { Vec::new() };
        heads.sort_unstable();
        heads.dedup();
        let words = if is_plain(text) { (heads.len() * BITS).div_ceil(64).next_power_of_two() } else { 0 };
        let start = self.bits.len();
        self.bits.resize(start + words, 0);
        for (word, bit) in heads.into_iter().flat_map(|head| head.bits(words)) {
            self.bits[start + word] |= bit;
        }
        self.notes.push((file, words));
    }

    /// The notes that may have all beginnings of words of one of these sets.
    fn having(&self, sets: &[Vec<Hash>]) -> Vec<FileId> {
        let mut start = 0;
        let mut having = Vec::new();
        for &(note, words) in &self.notes {
            let bits = &self.bits[start..start + words];
            start += words;
            let has = |head: &Hash| head.bits(words).iter().all(|&(word, bit)| bits[word] & bit != 0);
            if words == 0 || sets.iter().any(|heads| heads.iter().all(has)) {
                having.push(note);
            }
        }
        having
    }
}

/// Whether the words of a text are told apart by its ASCII letters and digits: it may have typographic marks besides.
fn is_plain(text: &str) -> bool {
    let is_mark = |c: char| {
        matches!(c, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{205E}' | '\u{20A0}'..='\u{20CF}' | '\u{2190}'..='\u{2BFF}')
            && !matches!(c, '\u{AA}' | '\u{AD}' | '\u{B2}'..='\u{B5}' | '\u{B9}'..='\u{BE}')
    };
    text.is_ascii() || text.chars().all(|c| c.is_ascii() || is_mark(c))
}

/// The beginning of each run of ASCII letters and digits, in any case.
fn heads(text: &str) -> impl Iterator<Item = Hash> {
    let runs = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).filter(|run| !run.is_empty());
    runs.map(|run| Hash::EMPTY.with(run.iter().take(HEAD).map(u8::to_ascii_lowercase)))
}

fn list(snapshot: &Snapshot) -> List {
    let mut list = List::default();
    for file in snapshot.files().filter(|file| file.is_note()) {
        if let Some(text) = file.text() {
            list.add(file.id, &text);
        }
    }
    list.bits.shrink_to_fit();
    list.notes.shrink_to_fit();
    list
}

impl Snapshot {
    /// The notes that may have the words of one of these spots; others may be among them.
    pub(crate) fn notes_that_may_have(&self, spots: &[Spot]) -> Vec<FileId> {
        // A word that begins with none of these letters stands in notes that are not plain, which may have any word.
        let heads_of = |spot: &Spot| spot.words().map(|word| heads(word).next()).collect::<Option<Vec<Hash>>>();
        let mut wanted: Vec<Vec<Hash>> = spots.iter().filter_map(heads_of).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let Vocabulary(listing) = self.vocabulary();
        let mut notes = listing.get(|| list(self)).having(&wanted);
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

    use crate::{
        fixture::{self, ROOT},
        index::Spot,
    };

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Where a word stands is never denied, whatever stands around it and whatever has changed.
        #[test]
        fn a_note_that_has_a_word_is_told(
            notes in prop::collection::vec("([a-zé]{1,8}( |’s |\\*|_|-|, |\n|“|知)){0,30}", 1..6),
            changed in "([a-z]{1,8} ){0,9}",
        ) {
            let mut host = crate::Host::default();
            host.apply(vec![crate::Change::Configure(std::sync::Arc::new(fixture::config()))]);
            let path = |at: usize| format!("notes/{at}.md");
            host.apply(notes.iter().enumerate().map(|(at, text)| fixture::set(&path(at), text)).collect());
            let before = host.snapshot();
            before.notes_that_may_have(&[]);
            host.apply(vec![fixture::set(&path(0), &changed)]);
            for snapshot in [before, host.snapshot()] {
                for file in snapshot.files() {
                    let page = file.page().expect("it is held");
                    let words: Vec<String> =
                        ibid_text::words(page.text()).map(|word| word.folded.into_owned()).collect();
                    let pairs = words.windows(2).map(|pair| Spot::Pair(pair[0].clone(), pair[1].clone()));
                    for spot in words.iter().cloned().map(Spot::Word).chain(pairs) {
                        let told = snapshot.notes_that_may_have(std::slice::from_ref(&spot));
                        prop_assert!(told.contains(&file.id), "{spot:?} in {ROOT}/{}", file.path);
                    }
                }
            }
        }
    }
}
