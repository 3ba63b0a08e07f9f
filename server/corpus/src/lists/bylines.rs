use ibid_language::Language;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{File, Snapshot, person};

/// The titles, authors and voices of all sources. Gathered on first use; kept until a source or a bibliography changes.
#[derive(Debug, Default)]
pub(crate) struct Bylines {
    language: Language,
    /// In lowercase ASCII.
    titles: FxHashSet<Box<str>>,
    names: Vec<Named>,
    /// Names by each word that identifies a person.
    by_token: FxHashMap<String, Vec<u32>>,
}

/// A name and what is known under it.
#[derive(Debug)]
struct Named {
    name: String,
    /// The number of sources by this author.
    wrote: u32,
    /// The number of sources with highlights of a work by this author.
    excerpted: u32,
    /// Whether it is the name of a voice in a source.
    speaks: bool,
}

impl Bylines {
    fn of(snapshot: &Snapshot) -> Self {
        let mut bylines = Self { language: snapshot.language(), ..Self::default() };
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        for file in snapshot.files().filter(|file| file.is_source()) {
            let title = file.metadata.as_ref().and_then(|metadata| metadata.title.as_deref());
            bylines.titles.extend(title.map(|title| title.to_ascii_lowercase().into()));
            for author in authors_of(snapshot, file) {
                let named = bylines.named(author, &mut numbers);
                *(if file.is_whole() { &mut named.wrote } else { &mut named.excerpted }) += 1;
            }
            for speaker in file.speakers() {
                bylines.named(speaker.clone(), &mut numbers).speaks = true;
            }
        }
        bylines
    }

    /// What is known under a name.
    fn named(&mut self, name: String, numbers: &mut FxHashMap<String, u32>) -> &mut Named {
        let next = self.names.len() as u32;
        let number = *numbers.entry(name.clone()).or_insert(next);
        if number == next {
            for token in person::tokens(&name, self.language) {
                self.by_token.entry(token).or_default().push(number);
            }
            self.names.push(Named { name, wrote: 0, excerpted: 0, speaks: false });
        }
        &mut self.names[number as usize]
    }

    /// The names that can be the same person's: they share a word.
    fn namesakes(&self, name: &str) -> impl Iterator<Item = &Named> {
        let sharing: FxHashSet<u32> = person::tokens(name, self.language)
            .filter_map(|token| self.by_token.get(&token))
            .flatten()
            .copied()
            .collect();
        let names = sharing.into_iter().filter_map(|number| self.names.get(number as usize));
        names.filter(move |named| person::same(name, &named.name, self.language))
    }
}

/// The authors of a source, each once.
fn authors_of(snapshot: &Snapshot, file: &File) -> Vec<String> {
    let mut authors = snapshot.metadata(file).authors;
    authors.sort_unstable();
    authors.dedup();
    authors
}

impl Snapshot {
    pub(crate) fn bylines(&self) -> &Bylines {
        self.kept_bylines().get_or_init(|| Bylines::of(self))
    }

    /// Whether a source gives itself this title, in capital or small letters.
    pub fn has_source_titled(&self, title: &str) -> bool {
        self.bylines().titles.contains(title.to_ascii_lowercase().as_str())
    }

    /// Whether a name is that of somebody who speaks in a source.
    pub fn is_speaker(&self, name: &str) -> bool {
        self.bylines().namesakes(name).any(|named| named.speaks)
    }

    /// Whether a name is that of an author of some source beside `file`, of whom no more is held than is held in full.
    pub fn is_author(&self, name: &str, file: &File) -> bool {
        let own = authors_of(self, file);
        self.bylines().namesakes(name).any(|named| {
            let is_own = file.is_source() && own.contains(&named.name);
            let by_file = |is_whole: bool| u32::from(is_own && file.is_whole() == is_whole);
            named.wrote > by_file(true) && named.excerpted == by_file(false)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture;

    #[test]
    fn names_are_known_while_a_source_has_them() {
        let by = |author: &str| format!("---\ntitle: On Drift\nauthor: {author}\n---\n\nIt drifts.\n");
        let files = [("sources/a.md", by("Ada Lovelace")), ("notes/n.md", by("Ben Note"))];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let snapshot = fixture::snapshot(&files);
        let note = snapshot.by_path("/workspace/notes/n.md".as_ref()).expect("it is held");
        let source = snapshot.by_path("/workspace/sources/a.md".as_ref()).expect("it is held");
        assert!(snapshot.is_author("Lovelace", note) && !snapshot.is_author("Ben Note", note));
        assert!(!snapshot.is_author("Lovelace", source), "nobody else has written anything by her");
        assert!(snapshot.has_source_titled("on drift") && !snapshot.has_source_titled("drift"));
    }

    #[test]
    fn what_was_gathered_is_forgotten_when_a_source_changes() {
        let mut host = crate::Host::default();
        let set = |author: &str| fixture::set("sources/a.md", &format!("---\nauthor: {author}\n---\n\nIt is.\n"));
        host.apply(vec![crate::Change::Configure(std::sync::Arc::new(fixture::config())), set("Ada Lovelace")]);
        host.apply(vec![fixture::set("notes/n.md", "A note.\n")]);
        let knows = |host: &crate::Host, name: &str| {
            let snapshot = host.snapshot();
            let note = snapshot.by_path("/workspace/notes/n.md".as_ref()).expect("it is held").clone();
            snapshot.is_author(name, &note)
        };
        assert!(knows(&host, "Ada Lovelace"));
        host.apply(vec![set("Grace Hopper")]);
        assert!(knows(&host, "Grace Hopper") && !knows(&host, "Ada Lovelace"));
    }
}
