//! The names by which files can be cited, over all files.

use std::path::Path;

use ibid_note::Target;
use ibid_source::Format;
use ibid_text::letters;
use rpds::HashTrieMapSync;
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

use super::address;
use crate::{File, FileId, bibliography::Entry};

/// The files with each name. Persistent: a copy shares everything that did not change.
#[derive(Clone, Default)]
pub(crate) struct Names {
    files: HashTrieMapSync<Name, Vec<FileId>>,
}

/// A name by which a file can be cited.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Name {
    /// A source's `id`, `citekey` or alias, folded.
    Key(String),
    /// A file's name without its extension, folded.
    Stem(String),
    /// A source's URL, normalised.
    Url(String),
    /// A source's digital object identifier, in lower case.
    Doi(String),
    /// The digest of the letters of a work's title and its first author's family name.
    Work(u64),
}

impl Names {
    /// The files with a name, ordered by id.
    pub(crate) fn get(&self, name: &Name) -> &[FileId] {
        self.files.get(name).map_or(&[], Vec::as_slice)
    }

    /// Adds the names of a file.
    pub(crate) fn insert(&mut self, file: &File) {
        for name in names_of(file) {
            let mut files = self.get(&name).to_vec();
            if let Err(at) = files.binary_search(&file.id) {
                files.insert(at, file.id);
                self.files.insert_mut(name, files);
            }
        }
    }

    /// Removes the names of a file, which must be the same as when they were added.
    pub(crate) fn remove(&mut self, file: &File) {
        for name in names_of(file) {
            let files: Vec<FileId> = self.get(&name).iter().copied().filter(|&id| id != file.id).collect();
            if files.is_empty() {
                self.files.remove_mut(&name);
            } else {
                self.files.insert_mut(name, files);
            }
        }
    }
}

/// The folded form of a name, for comparison: NFC, in lower case, with single spaces.
pub(crate) fn fold(name: &str) -> String {
    // ASCII, the common case, is already in NFC.
    let composed =
        if name.is_ascii() { name.to_ascii_lowercase() } else { name.nfc().collect::<String>().to_lowercase() };
    let mut folded = String::with_capacity(composed.len());
    for word in composed.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// A file's name without its extension.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The names of a bibliography entry: its keys, the stems of its files, its URL and DOI, its title and author.
pub(crate) fn names_of_work(entry: &Entry) -> Vec<Name> {
    let keys = entry.aliases.iter().chain([&entry.key]).map(|key| Name::Key(fold(key)));
    let stems = entry.files.iter().map(|path| Name::Stem(fold(stem(path))));
    let urls = entry.url.iter().map(|url| Name::Url(address::normalise(url)));
    let dois = entry.doi.iter().chain(&entry.url).filter_map(|text| address::doi(text)).map(Name::Doi);
    keys.chain(stems).chain(urls).chain(dois).chain(work_of_entry(entry)).collect()
}

/// The name of a bibliography entry by title and first author.
pub(super) fn work_of_entry(entry: &Entry) -> Option<Name> {
    work(entry.title.as_deref()?, family(&entry.authors.first()?.family))
}

/// The name of a work by its title and its first author's family name. `None` for a title of one word, which many works
/// share.
fn work(title: &str, family: &str) -> Option<Name> {
    let plain = |text: &str| letters(text).collect::<String>();
    let (words, family) = (title.split_whitespace().count(), plain(family));
    (words > 1 && !family.is_empty()).then(|| Name::Work(xxh3_64(format!("{} {family}", plain(title)).as_bytes())))
}

/// The family name, without particles, in a full name: "Simone Weil" or "Weil, Simone".
fn family(name: &str) -> &str {
    name.split_once(',').map_or_else(|| name.split_whitespace().next_back().unwrap_or(name), |(family, _)| family)
}

/// The names that the file of a target can have: a file with none of them is not the target. Empty for a target within its
/// own note.
pub(crate) fn names_meant(target: &Target) -> Vec<Name> {
    let by_stem = |path: &str| Name::Stem(fold(stem(path)));
    let mut names = match target {
        Target::Key(key) => vec![Name::Key(fold(key)), Name::Stem(fold(key))],
        Target::Wiki { file, .. } if file.is_empty() => Vec::new(),
        Target::Path { path, .. } if path.is_empty() => Vec::new(),
        Target::Wiki { file, .. } => {
            let keys = [Name::Key(fold(file)), Name::Key(fold(stem_of_link(file)))];
            let last = file.rsplit('/').next().unwrap_or(file);
            // `[[v1.2]]` may be `v1.2.md`.
            keys.into_iter().chain([Name::Stem(fold(file)), Name::Stem(fold(last)), by_stem(file)]).collect()
        }
        // `[it](v1.2)` may be `v1.2.md`.
        Target::Path { path, .. } => vec![by_stem(path), Name::Stem(fold(path.rsplit('/').next().unwrap_or(path)))],
        Target::Url { url, .. } => match url.strip_prefix("file://") {
            Some(path) => vec![by_stem(path)],
            None => {
                std::iter::once(Name::Url(address::normalise(url))).chain(address::doi(url).map(Name::Doi)).collect()
            }
        },
        Target::Words | Target::NoFootnote(_) => Vec::new(),
    };
    names.dedup();
    names
}

/// A wiki-link's name without folder, and without the extension if it is the extension of a document.
pub(super) fn stem_of_link(name: &str) -> &str {
    if Format::of_name(name).is_some() { stem(name) } else { name.rsplit('/').next().unwrap_or(name) }
}

/// The names of a file, without those from bibliographies.
pub(super) fn names_of(file: &File) -> Vec<Name> {
    let mut names = Vec::new();
    if file.is_source() || file.is_note() {
        names.push(Name::Stem(fold(file.stem())));
    }
    if let Some(metadata) = &file.metadata {
        names.extend(metadata.keys.iter().chain(&metadata.aliases).map(|key| Name::Key(fold(key))));
        names.extend(metadata.urls.iter().map(|url| Name::Url(address::normalise(url))));
        let dois = metadata.doi.iter().chain(&metadata.urls).filter_map(|text| address::doi(text));
        names.extend(dois.map(Name::Doi));
        let title = metadata.title.iter().zip(metadata.authors.first());
        names.extend(title.filter_map(|(title, author)| work(title, family(author))));
    }
    names
}

/// Whether a path ends with `end`, folded and with or without the extension: `a/b/c.md` ends with `b/c.md` and `c`.
pub(crate) fn ends_with(path: &str, end: &str) -> bool {
    let without_extension = Path::new(path).with_extension("");
    let (path, end) = (fold(path), fold(end.trim_start_matches('/')));
    Path::new(&path).ends_with(&end) || Path::new(&fold(&without_extension.to_string_lossy())).ends_with(&end)
}
