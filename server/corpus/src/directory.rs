//! Files by what they are called, for whoever types a name.

use ibid_text::words;

use crate::{Bibliography, File, FileId, Snapshot, bibliography::Entry, register::Register};

/// Which files have which folded word in one of their names.
pub(crate) type Directory = Register<Box<str>>;

/// So many entries are looked at for one beginning of a word.
const LOOKED_AT: usize = 1024;

impl Snapshot {
    /// Files that somebody may mean who has typed so far `typed`: each of its words begins a word of the file's name,
    /// title, aliases, keys or authors. Ordered by id; of very many some. Every file where nothing is typed.
    pub fn called(&self, typed: &str) -> Vec<FileId> {
        let wanted: Vec<String> = words(typed).map(|word| word.folded.into_owned()).collect();
        let Some(longest) = wanted.iter().max_by_key(|word| word.len()) else {
            return self.files().take(LOOKED_AT).map(|file| file.id).collect();
        };
        let begun = self.directory().from(longest.as_str().into()).take_while(|(word, _)| word.starts_with(longest));
        let mut files: Vec<FileId> = begun.take(LOOKED_AT).map(|(_, file)| file).collect();
        files.sort_unstable();
        files.dedup();
        let has = |file: &File, wanted: &String| file.called().iter().any(|word| word.starts_with(wanted));
        files.retain(|&id| self.file(id).is_some_and(|file| wanted.iter().all(|wanted| has(file, wanted))));
        files
    }
}

impl Bibliography {
    /// Works that somebody may mean who has typed so far `typed`: each of its words begins a word of the work's keys, title
    /// or authors. In the order of the bibliography; every work where nothing is typed.
    pub fn called(&self, typed: &str) -> Vec<&Entry> {
        let wanted: Vec<String> = words(typed).map(|word| word.folded.into_owned()).collect();
        let Some(longest) = wanted.iter().max_by_key(|word| word.len()) else { return self.entries.iter().collect() };
        let from = self.by_word.partition_point(|(word, _)| **word < **longest);
        let begun = self.by_word[from..].iter().take_while(|(word, _)| word.starts_with(longest));
        let mut works: Vec<u32> = begun.map(|&(_, work)| work).collect();
        works.sort_unstable();
        works.dedup();
        let works = works.into_iter().filter_map(|at| self.entries.get(at as usize));
        let has = |called: &[Box<str>], wanted: &String| called.iter().any(|word| word.starts_with(wanted));
        works.filter(|work| wanted.iter().all(|wanted| has(&words_of_work(work), wanted))).collect()
    }
}

/// The works of a bibliography by the folded words of their names, in the order of the words.
pub(crate) fn by_word(entries: &[Entry]) -> Vec<(Box<str>, u32)> {
    let of_work = |(at, work): (usize, &Entry)| words_of_work(work).into_iter().map(move |word| (word, at as u32));
    let mut by_word: Vec<(Box<str>, u32)> = entries.iter().enumerate().flat_map(of_work).collect();
    by_word.sort_unstable();
    by_word.dedup();
    by_word
}

fn words_of_work(work: &Entry) -> Vec<Box<str>> {
    let authors: Vec<String> = work.authors.iter().map(ToString::to_string).collect();
    let names = [&work.key].into_iter().chain(&work.aliases).chain(&work.title).chain(&authors);
    names.flat_map(|name| words(name)).map(|word| Box::from(&*word.folded)).collect()
}

/// The folded words of all that a file is called, ascending.
pub(crate) fn words_of_names(file: &File) -> Box<[Box<str>]> {
    let mut called: Vec<Box<str>> = Vec::new();
    let mut add = |name: &str| called.extend(words(name).map(|word| Box::from(&*word.folded)));
    if file.is_source() || file.note.is_some() {
        add(file.stem());
    }
    if let Some(metadata) = &file.metadata {
        let names = metadata.title.iter().chain(&metadata.aliases).chain(&metadata.keys).chain(&metadata.authors);
        names.for_each(|name| add(name));
    }
    if let Some(note) = &file.note {
        let head = note.front_matter.iter().flat_map(|head| head.title.iter().chain(&head.aliases));
        head.for_each(|name| add(name));
        note.headings.iter().take(1).filter(|first| first.level == 1).for_each(|first| add(&first.text));
    }
    called.sort_unstable();
    called.dedup();
    called.into()
}

#[cfg(test)]
mod tests {
    use crate::fixture;

    /// The paths of the files that are meant by what is typed.
    fn called(typed: &str) -> Vec<String> {
        let snapshot = fixture::snapshot(&[
            ("sources/page.md", "---\nid: carlsmith2023\ntitle: Scheming AIs\nauthor: Joe Carlsmith\n---\n\nWords.\n"),
            ("notes/scheming.md", "# On plans\n\nWords.\n"),
            ("notes/other.md", "---\naliases: [Plotting]\n---\n\n# Other\n"),
        ]);
        snapshot.called(typed).into_iter().filter_map(|id| Some(snapshot.file(id)?.path.clone())).collect()
    }

    #[test]
    fn a_beginning_of_any_word_of_any_name_will_do() {
        assert_eq!(called("sch"), ["sources/page.md", "notes/scheming.md"]);
        assert_eq!(called("joe sche"), ["sources/page.md"]);
        assert_eq!(called("Plot"), ["notes/other.md"]);
        assert_eq!(called("on pl"), ["notes/scheming.md"]);
        assert_eq!(called("cheming"), [""; 0]);
        assert_eq!(called("").len(), 3);
    }

    #[test]
    fn a_work_is_known_by_key_title_and_author() {
        let text =
            "@book{weil1949, author = {Simone Weil}, title = {The Need for Roots}}\n@misc{other, title = {Rooms}}\n";
        let works = crate::Bibliography::read("refs.bib", text);
        let keys = |typed| works.called(typed).into_iter().map(|work| &*work.key).collect::<Vec<_>>();
        assert_eq!(keys("ro"), ["weil1949", "other"]);
        assert_eq!(keys("simone roo"), ["weil1949"]);
        assert_eq!(keys("weil1"), ["weil1949"]);
        assert_eq!(keys("eil"), [""; 0]);
        assert_eq!(keys("").len(), 2);
    }
}
