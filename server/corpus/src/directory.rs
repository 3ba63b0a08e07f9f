//! Files by what they are called, for whoever types a name.

use ibid_text::words;

use crate::{Bibliography, File, FileId, Snapshot, bibliography::Entry, listing::Listing};

/// So many files are named for one beginning of a word.
const NAMED: usize = 1024;

/// Which files have which word in one of their names.
#[derive(Clone, Default)]
pub(crate) struct Directory(Listing<List>);

/// Beginnings of words with the files that have them, ascending.
type List = Box<[(Head, FileId)]>;

/// The first eight bytes of a folded word, in the order of words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Head([u8; 8]);

impl Head {
    /// The least of all words that begin like this.
    fn first(beginning: &str) -> Self {
        Self::filled(beginning, 0)
    }

    /// The greatest of them.
    fn last(beginning: &str) -> Self {
        Self::filled(beginning, u8::MAX)
    }

    fn filled(beginning: &str, filling: u8) -> Self {
        let mut head = [filling; 8];
        head.iter_mut().zip(beginning.bytes()).for_each(|(to, byte)| *to = byte);
        Self(head)
    }
}

impl Directory {
    /// Takes in that a file is no longer as it was; `None` where there was none, or is none any more. Costs the file.
    pub(crate) fn change(&mut self, file: FileId, old: Option<&File>, new: Option<&File>) {
        self.0.change(file, || old.map(words_of_names) == new.map(words_of_names));
    }

    /// Files of which a word may begin like this, in the order of ids; others among them.
    fn begun(&self, snapshot: &Snapshot, beginning: &str) -> Vec<FileId> {
        let listed = self.0.get(|| list(snapshot));
        let from = listed.partition_point(|(head, _)| *head < Head::first(beginning));
        let upto = listed.partition_point(|(head, _)| *head <= Head::last(beginning));
        let mut files: Vec<FileId> = listed[from..upto].iter().map(|&(_, file)| file).collect();
        files.extend(self.0.changed());
        files.sort_unstable();
        files.dedup();
        files
    }
}

/// All words of all files.
fn list(snapshot: &Snapshot) -> List {
    let files = snapshot.files().map(|file| (file.id, words_of_names(file)));
    let mut list: Vec<(Head, FileId)> =
        files.flat_map(|(id, words)| words.into_iter().map(move |word| (Head::first(&word), id))).collect();
    list.sort_unstable();
    list.dedup();
    list.into()
}

impl Snapshot {
    /// Files that somebody may mean who has typed so far `typed`: each of its words begins a word of the file's name,
    /// title, aliases, keys or authors, or its year. Ordered by id; of very many the first. Every file where nothing is typed.
    pub fn called(&self, typed: &str) -> Vec<FileId> {
        let wanted: Vec<String> = words(typed).map(|word| word.folded.into_owned()).collect();
        let begun = wanted.iter().map(|wanted| self.directory().begun(self, wanted));
        let Some(fewest) = begun.min_by_key(Vec::len) else {
            return self.files().take(NAMED).map(|file| file.id).collect();
        };
        let is_called = |file: &File| {
            let words = words_of_names(file);
            wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(&**wanted)))
        };
        fewest.into_iter().filter(|&id| self.file(id).is_some_and(|file| is_called(file))).take(NAMED).collect()
    }
}

impl Bibliography {
    /// Works that somebody may mean who has typed so far `typed`: each of its words begins a word of the work's keys, title
    /// or authors, or its year. In the order of the bibliography; every work where nothing is typed.
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
    let names = [&work.key].into_iter().chain(&work.aliases).chain(&work.title).chain(&authors).chain(&work.year);
    names.flat_map(|name| words(name)).map(|word| Box::from(&*word.folded)).collect()
}

/// The year of a date as written, if it has one of four digits.
fn year(date: &str) -> Option<&str> {
    date.split(|c: char| !c.is_ascii_digit()).find(|number| number.len() == 4)
}

/// The folded words of all that a file is called, ascending.
fn words_of_names(file: &File) -> Vec<String> {
    let mut called: Vec<String> = Vec::new();
    let mut add = |name: &str| called.extend(words(name).map(|word| word.folded.into_owned()));
    if file.is_source() || file.is_note() {
        add(file.stem());
    }
    if let Some(metadata) = &file.metadata {
        let names = metadata.title.iter().chain(&metadata.aliases).chain(&metadata.keys).chain(&metadata.authors);
        names.for_each(|name| add(name));
        metadata.date.iter().filter_map(|date| year(date)).for_each(&mut add);
    }
    if let Some(card) = file.card() {
        card.title.iter().chain(&card.aliases).for_each(|name| add(name));
        card.headings().iter().take(1).filter(|first| first.level == 1).for_each(|first| add(&first.text));
    }
    called.sort_unstable();
    called.dedup();
    called
}

#[cfg(test)]
mod tests {
    use crate::{Change, Host, fixture};

    /// The paths of the files that are meant by what is typed.
    fn called(typed: &str) -> Vec<String> {
        let snapshot = fixture::snapshot(&[
            (
                "sources/page.md",
                "---\nid: carlsmith2023\ntitle: Scheming AIs\nauthor: Joe Carlsmith\ndate: 2023-11-14\n---\n\nWords.\n",
            ),
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
        assert_eq!(called("carlsmith 2023"), ["sources/page.md"]);
        assert_eq!(called("cheming"), [""; 0]);
        assert_eq!(called("").len(), 3);
    }

    #[test]
    fn a_name_that_was_changed_is_known_at_once() {
        let mut host = Host::default();
        host.apply(vec![fixture::set("sources/page.md", "# Page\n"), fixture::set("notes/a.md", "# Before\n")]);
        assert_eq!(host.snapshot().called("bef").len(), 1);
        host.apply(vec![fixture::set("notes/a.md", "# After\n")]);
        let after = host.snapshot();
        assert_eq!((after.called("bef").len(), after.called("aft").len()), (0, 1));
        host.apply(vec![Change::Remove { path: "/workspace/notes/a.md".into() }]);
        assert_eq!((after.called("aft").len(), host.snapshot().called("aft").len()), (1, 0));
    }

    #[test]
    fn a_work_is_known_by_key_title_and_author() {
        let text = "@book{weil1949, author = {Simone Weil}, title = {The Need for Roots}, year = 1952}\n@misc{other, title = {Rooms}}\n";
        let works = crate::Bibliography::read("refs.bib", text);
        let keys = |typed| works.called(typed).into_iter().map(|work| &*work.key).collect::<Vec<_>>();
        assert_eq!(keys("ro"), ["weil1949", "other"]);
        assert_eq!(keys("simone roo"), ["weil1949"]);
        assert_eq!(keys("weil1"), ["weil1949"]);
        assert_eq!(keys("roots 1952"), ["weil1949"]);
        assert_eq!(keys("eil"), [""; 0]);
        assert_eq!(keys("").len(), 2);
    }
}
