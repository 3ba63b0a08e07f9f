use ibid_text::words;
use rustc_hash::FxHashMap;

use super::{Entry, Problem, parse};
use crate::resolve::{Name, names_of_work};

/// The works of a bibliography.
#[derive(Default, Debug)]
pub struct Bibliography {
    /// Its works, in order.
    pub entries: Vec<Entry>,
    /// Entries that were skipped.
    pub problems: Vec<Problem>,
    by_name: FxHashMap<Name, u32>,
    /// By the folded words of a work's names, in order.
    by_word: Vec<(Box<str>, u32)>,
}

impl Bibliography {
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let (entries, problems) = parse(path, text);
        let mut by_name = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            for name in names_of_work(entry) {
                by_name.entry(name).or_insert(at as u32);
            }
        }
        let by_word = by_word(&entries);
        Self { entries, problems, by_name, by_word }
    }

    /// The entry with a name.
    pub(crate) fn entry(&self, name: &Name) -> Option<&Entry> {
        self.entries.get(*self.by_name.get(name)? as usize)
    }
}

impl Bibliography {
    /// The works that match a partly typed name: each word of `typed` begins a word of the work's keys, title, authors or
    /// year. In the order of the bibliography; every work if `typed` has no words.
    pub fn works_by_name(&self, typed: &str) -> Vec<&Entry> {
        let wanted: Vec<String> = words(typed).map(|word| word.folded.into_owned()).collect();
        let Some(longest) = wanted.iter().max_by_key(|word| word.len()) else { return self.entries.iter().collect() };
        let from = self.by_word.partition_point(|(word, _)| **word < **longest);
        let begun = self.by_word[from..].iter().take_while(|(word, _)| word.starts_with(longest));
        let mut works: Vec<u32> = begun.map(|&(_, work)| work).collect();
        works.sort_unstable();
        works.dedup();
        let works = works.into_iter().filter_map(|at| self.entries.get(at as usize));
        let has = |names: &[Box<str>], wanted: &String| names.iter().any(|word| word.starts_with(wanted));
        works.filter(|work| wanted.iter().all(|wanted| has(&words_of_work(work), wanted))).collect()
    }
}

/// The works of a bibliography by the folded words of their names, in the order of the words.
fn by_word(entries: &[Entry]) -> Vec<(Box<str>, u32)> {
    let of_work = |(at, work): (usize, &Entry)| words_of_work(work).into_iter().map(move |word| (word, at as u32));
    let mut by_word: Vec<(Box<str>, u32)> = entries.iter().enumerate().flat_map(of_work).collect();
    by_word.sort_unstable();
    by_word.dedup();
    by_word
}

fn words_of_work(work: &Entry) -> Vec<Box<str>> {
    let authors: Vec<String> = work.authors.iter().map(ToString::to_string).collect();
    let names = [&work.key].into_iter().chain(&work.aliases).chain(&work.title).chain(&authors).chain(&work.year);
    names.flat_map(|name| words(name)).map(|word| Box::from(&*word.folded)).collect()
}

#[cfg(test)]
mod tests {
    use super::Bibliography;

    #[test]
    fn a_work_is_known_by_key_title_and_author() {
        let text = "@book{weil1949, author = {Simone Weil}, title = {The Need for Roots}, year = 1952}\n@misc{other, title = {Rooms}}\n";
        let works = Bibliography::read("refs.bib", text);
        let keys = |typed| works.works_by_name(typed).into_iter().map(|work| &*work.key).collect::<Vec<_>>();
        assert_eq!(keys("ro"), ["weil1949", "other"]);
        assert_eq!(keys("simone roo"), ["weil1949"]);
        assert_eq!(keys("weil1"), ["weil1949"]);
        assert_eq!(keys("roots 1952"), ["weil1949"]);
        assert_eq!(keys("eil"), [""; 0]);
        assert_eq!(keys("").len(), 2);
    }
}
