//! Files by the words of their names, to complete what a person types.

use ibid_text::words;

use super::LazyList;
use crate::{File, FileId, Snapshot};

/// How many files are found at most.
const MOST: usize = 1024;

/// The files by the words of their names.
#[derive(Clone, Default)]
pub(crate) struct FileNames(LazyList<List>);

/// The heads of words and the files that have them, ascending.
type List = Box<[(Head, FileId)]>;

/// The first eight bytes of a folded word, in the order of words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Head([u8; 8]);

impl Head {
    /// The head of the first of all words with this beginning.
    fn first(beginning: &str) -> Self {
        Self::filled(beginning, 0)
    }

    /// The head of the last of them.
    fn last(beginning: &str) -> Self {
        Self::filled(beginning, u8::MAX)
    }

    fn filled(beginning: &str, filling: u8) -> Self {
        let mut head = [filling; 8];
        head.iter_mut().zip(beginning.bytes()).for_each(|(to, byte)| *to = byte);
        Self(head)
    }
}

impl FileNames {
    /// Records that a file changed from `old` to `new`; `None` if it did not exist, or does not any more.
    pub(crate) fn change(&mut self, file: FileId, old: Option<&File>, new: Option<&File>) {
        self.0.change(file, || old.map(words_of_names) == new.map(words_of_names));
    }

    /// The files that may have a word with this beginning, by id, and possibly others.
    fn with_beginning(&self, snapshot: &Snapshot, beginning: &str) -> Vec<FileId> {
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

/// The words of all files.
fn list(snapshot: &Snapshot) -> List {
    let files = snapshot.files().map(|file| (file.id, words_of_names(file)));
    let mut list: Vec<(Head, FileId)> =
        files.flat_map(|(id, words)| words.into_iter().map(move |word| (Head::first(&word), id))).collect();
    list.sort_unstable();
    list.dedup();
    list.into()
}

impl Snapshot {
    /// The files that a person may mean who has typed `typed`: each of its words begins a word of the file's name, title,
    /// aliases, keys or authors, or its year. Ordered by id, at most 1,024. If nothing is typed, every file qualifies.
    pub fn files_by_name(&self, typed: &str) -> Vec<FileId> {
        let wanted: Vec<String> = words(typed).map(|word| word.folded.into_owned()).collect();
        let begun = wanted.iter().map(|wanted| self.file_names().with_beginning(self, wanted));
        let Some(fewest) = begun.min_by_key(Vec::len) else {
            return self.files().take(MOST).map(|file| file.id).collect();
        };
        let is_meant = |file: &File| {
            let words = words_of_names(file);
            wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(&**wanted)))
        };
        fewest.into_iter().filter(|&id| self.file(id).is_some_and(|file| is_meant(file))).take(MOST).collect()
    }
}

/// The year of a date as written, if it has one of four digits.
fn year(date: &str) -> Option<&str> {
    date.split(|c: char| !c.is_ascii_digit()).find(|number| number.len() == 4)
}

/// The folded words of all names of a file, ascending.
fn words_of_names(file: &File) -> Vec<String> {
    let mut folded: Vec<String> = Vec::new();
    let mut add = |name: &str| folded.extend(words(name).map(|word| word.folded.into_owned()));
    if file.is_source() || file.is_note() {
        add(file.stem());
    }
    if let Some(metadata) = &file.metadata {
        let names = metadata.title.iter().chain(&metadata.aliases).chain(&metadata.keys).chain(&metadata.authors);
        names.for_each(|name| add(name));
        metadata.date.iter().filter_map(|date| year(date)).for_each(&mut add);
    }
    if let Some(note) = file.summary() {
        note.title.iter().chain(&note.aliases).for_each(|name| add(name));
        note.headings().iter().take(1).filter(|first| first.level == 1).for_each(|first| add(&first.text));
    }
    folded.sort_unstable();
    folded.dedup();
    folded
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
        snapshot.files_by_name(typed).into_iter().filter_map(|id| Some(snapshot.file(id)?.path.clone())).collect()
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
        assert_eq!(host.snapshot().files_by_name("bef").len(), 1);
        host.apply(vec![fixture::set("notes/a.md", "# After\n")]);
        let after = host.snapshot();
        assert_eq!((after.files_by_name("bef").len(), after.files_by_name("aft").len()), (0, 1));
        host.apply(vec![Change::Remove { path: "/workspace/notes/a.md".into() }]);
        assert_eq!((after.files_by_name("aft").len(), host.snapshot().files_by_name("aft").len()), (1, 0));
    }
}
