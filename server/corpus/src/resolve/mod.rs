//! Resolves citations: by the names of files, by path and by web address.

mod address;
mod identifier;
mod metadata;
mod missing;
mod names;
mod nearest;
mod own_works;
mod place;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_note::{Citation, Fragment, Target, citation::is_media};
use ibid_source::Format;
use ibid_text::Span;

use crate::{File, FileId, Snapshot, bibliography::Entry, roles::normalise};
use identifier::{Prefixed, prefixed};
pub use missing::names_attachment;
pub(crate) use names::{Name, Names, names_meant, names_of_work, stem};
use names::{ends_with, fold, stem_of_link};
pub(crate) use nearest::Nearby;
use nearest::{NEAREST, nearest};
pub(crate) use own_works::is_readable;
use own_works::listed_by;
use place::Place;

/// The target of a citation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Resolution {
    /// A source or a place in it.
    Source {
        /// The file.
        file: FileId,
        /// The place, in bytes of the file's own text; `None` means the whole source.
        span: Option<Span>,
    },
    /// A note that is not a source: a link, not a citation.
    Note {
        /// The file.
        file: FileId,
        /// The place, in bytes of the file's own text; `None` means the whole note.
        span: Option<Span>,
    },
    /// A known work whose text is not among the sources (a URL, a bibliography entry).
    NotHeld,
    /// Several sources that match equally well.
    Several(Vec<FileId>),
    /// Nothing.
    Dead {
        /// Similar known names or paths, most similar first.
        nearest: Vec<String>,
    },
    /// It is not a citation: an undefined `@word`, a wiki-link to a note that does not exist yet, or plain words.
    NoCitation,
}

impl Resolution {
    /// The file it leads to, or the first of several.
    pub fn file(&self) -> Option<FileId> {
        match self {
            Self::Source { file, .. } | Self::Note { file, .. } => Some(*file),
            Self::Several(files) => files.first().copied(),
            Self::NotHeld | Self::Dead { .. } | Self::NoCitation => None,
        }
    }
}

impl Snapshot {
    /// Resolves a citation in `note`.
    pub fn resolve(&self, note: FileId, citation: &Citation) -> Resolution {
        let Some(note) = self.file(note) else { return Resolution::NoCitation };
        match self.resolve_target(note, &citation.target) {
            // `@word` in running text may be a user name.
            Resolution::Dead { .. } if citation.bare => Resolution::NoCitation,
            resolution => resolution,
        }
    }

    /// Resolves the target of a citation in `note`.
    pub(crate) fn resolve_target(&self, note: &File, target: &Target) -> Resolution {
        match target {
            Target::Key(key) => self.by_key(note, key),
            Target::Wiki { file, fragment } => self.by_wiki_link(note, file, fragment.as_ref()),
            Target::Path { path, fragment } => self.by_file_path(note, path, fragment.as_ref()),
            Target::Url { url, fragment } => self.by_url(note, url, fragment.as_ref()),
            Target::Words => Resolution::NoCitation,
            Target::NoFootnote(label) => {
                let footnotes = note.summary().map_or_else(Vec::new, |card| card.footnotes());
                let labels = footnotes.into_iter().map(|footnote| footnote.label);
                Resolution::Dead { nearest: nearest(label, labels) }
            }
        }
    }

    fn by_key(&self, note: &File, key: &str) -> Resolution {
        match self.named(note, &fold(key), File::is_source) {
            Named::One(file) => whole(file),
            Named::Several(files) => Resolution::Several(files),
            Named::None if self.entry_for(note, key).is_some() => Resolution::NotHeld,
            Named::None => match listed_by(note, key) {
                Some(address) => self.by_address(note, &address),
                None => self.by_unknown_key(note, key),
            },
        }
    }

    /// Resolves a key that no source and no bibliography of the note has.
    fn by_unknown_key(&self, note: &File, key: &str) -> Resolution {
        match prefixed(key) {
            Some(Prefixed::Address(address)) => return self.by_address(note, &address),
            Some(Prefixed::Elsewhere) => return Resolution::NotHeld,
            Some(Prefixed::Part(label)) if self.is_label(label) => return Resolution::NoCitation,
            Some(Prefixed::Part(_)) | None => {}
        }
        let is_not_read = || self.is_skipped(|path| fold(stem(path)) == fold(key)) || self.lacks_a_bibliography(note);
        if is_not_read() {
            return Resolution::NotHeld;
        }
        // A bibliography of another note may have the very key.
        let other = |near: &String| fold(near) != fold(key);
        Resolution::Dead { nearest: self.nearest_keys(key).into_iter().filter(other).collect() }
    }

    /// Whether a note defines the label: the parts of one text may be in several files.
    fn is_label(&self, label: &str) -> bool {
        let defines = |file: &Arc<File>| {
            let summary = file.summary();
            summary.is_some_and(|summary| summary.labels.binary_search_by(|known| (**known).cmp(label)).is_ok())
        };
        self.files().filter(|file| file.is_note()).any(defines)
    }

    /// Resolves a work by its DOI or URL, which may be empty.
    fn by_address(&self, note: &File, address: &str) -> Resolution {
        if address.is_empty() { Resolution::NotHeld } else { self.by_url(note, address, None) }
    }

    /// The bibliography entry with this key, ignoring case, and its bibliography.
    pub fn entry(&self, key: &str) -> Option<(&File, &Entry)> {
        self.work_named(&Name::Key(fold(key)))
    }

    fn work_named(&self, name: &Name) -> Option<(&File, &Entry)> {
        self.bibliographies().find_map(|file| Some((file, file.bibliography.as_ref()?.entry(name)?)))
    }

    /// Whether the text of a bibliography entry is among the sources.
    pub fn holds(&self, bibliography: &File, entry: &Entry) -> bool {
        !matches!(self.text_of(bibliography, entry), Named::None)
    }

    /// The source with the text of a work: found by its file, otherwise by URL or DOI, otherwise by title and author.
    fn text_of(&self, bibliography: &File, entry: &Entry) -> Named<'_> {
        let texts = || entry.files.iter().filter_map(|path| self.text_at(bibliography, path));
        if let Some(file) = texts().find(|file| file.is_whole()).or_else(|| texts().next()) {
            return Named::One(file);
        }
        let dois = entry.doi.iter().chain(&entry.url).filter_map(|text| address::doi(text)).map(Name::Doi);
        let urls = entry.url.iter().map(|url| Name::Url(address::normalise(url)));
        let found =
            dois.chain(urls).fold(Named::None, |found, name| found.or_else(|| self.files_named(&name, |_| true)));
        // Several texts with the same title may be different works.
        let by_title = || match names::work_of_entry(entry).map(|name| self.files_named(&name, |_| true)) {
            Some(Named::One(file)) => Named::One(file),
            _ => Named::None,
        };
        found.or_else(by_title)
    }

    /// The source at a path given in a bibliography. If there is none, because the path is from another machine or library
    /// folder, the only source with the same file and folder name: `storage/AB12CD34/page.html`.
    fn text_at(&self, bibliography: &File, path: &str) -> Option<&File> {
        let at_path = self.at_path(bibliography, path).filter(|file| file.is_source());
        at_path.or_else(|| {
            let (before, name) = path.rsplit_once('/')?;
            let folder = before.rsplit('/').next().filter(|folder| !folder.is_empty() && !folder.starts_with('.'))?;
            let mut found = self.ending_with(&format!("{folder}/{name}"));
            found.retain(|file| file.is_source());
            <[&File; 1]>::try_from(found).ok().map(|[file]| file)
        })
    }

    fn by_wiki_link(&self, note: &File, name: &str, fragment: Option<&Fragment>) -> Resolution {
        if name.is_empty() {
            return at_place(note, fragment, name);
        }
        let is_path = name.contains('/') || Format::of_name(name).is_some();
        if is_path && let Some(file) = self.at_path(note, name).or_else(|| self.at_path(note, &format!("{name}.md"))) {
            return at_place(file, fragment, name);
        }
        let wanted = if is_path { fold(stem_of_link(name)) } else { fold(name) };
        let suits = |file: &File| !is_path || ends_with(&file.path, name);
        // A source takes precedence over a note of the same name, because quotations can be checked against it.
        let sources = self.named(note, &wanted, |file| file.is_source() && suits(file));
        let found = sources.or_else(|| self.named(note, &wanted, suits));
        match found {
            // A note about a work often has the name of the work, and is not what the link means.
            Named::One(file) if file.id == note.id && self.entry_for(note, name).is_some() => Resolution::NotHeld,
            Named::One(file) => at_place(file, fragment, name),
            Named::Several(files) => self.among(note, files, fragment, name),
            Named::None if self.entry_for(note, name).is_some() => Resolution::NotHeld,
            Named::None if self.is_skipped(|path| ends_with(path, name)) => Resolution::NotHeld,
            Named::None => Resolution::NoCitation,
        }
    }

    /// Resolves a link to several files. Sources are ambiguous; of several notes, though they may be sources as well, the link
    /// means the one in the same folder, otherwise the one with the shortest path, as in Obsidian.
    fn among(&self, note: &File, files: Vec<FileId>, fragment: Option<&Fragment>, written: &str) -> Resolution {
        let mut files = files;
        // The order must not depend on the ids, which differ from start to start.
        files.sort_by_cached_key(|&id| self.file(id).map(|file| file.absolute.clone()));
        let held = || files.iter().filter_map(|&id| self.file(id));
        if held().any(|file| !file.is_note()) {
            return Resolution::Several(files);
        }
        let distance = |file: &&Arc<File>| (file.absolute.parent() != note.absolute.parent(), file.path.len());
        held().min_by_key(distance).map_or(Resolution::NoCitation, |file| at_place(file, fragment, written))
    }

    fn by_file_path(&self, note: &File, path: &str, fragment: Option<&Fragment>) -> Resolution {
        if path.is_empty() {
            return at_place(note, fragment, path);
        }
        if let Some(file) = self.at_path(note, path).or_else(|| self.at_path_without_extension(note, path)) {
            return at_place(file, fragment, path);
        }
        let is_site_path = path.starts_with('/');
        if is_site_path {
            match self.ending_with(path).as_slice() {
                [] => {}
                [file] => return at_place(file, fragment, path),
                _ => return Resolution::NoCitation,
            }
        }
        let tried = self.paths_meant(note, path);
        if self.skipped().iter().any(|skipped| tried.contains(&skipped.path)) {
            return Resolution::NotHeld;
        }
        // Only a link to a document can be a dead citation. A missing HTML page is most often part of a site that is
        // generated elsewhere, and a file without a role may still exist on disk.
        let is_document = Format::of_name(path).is_some_and(|format| format != Format::Html)
            && tried.iter().any(|path| path.starts_with(&self.config().root));
        if !is_document || tried.iter().any(|path| self.is_on_disk(path)) {
            return Resolution::NoCitation;
        }
        let nearest = self.nearest_paths(note, path);
        // The root folder of the site, to which `/path` refers, is not known.
        if is_site_path && nearest.is_empty() { Resolution::NoCitation } else { Resolution::Dead { nearest } }
    }

    /// The sources and notes whose file has this name, without its extension; case does not matter.
    pub fn files_called(&self, stem: &str) -> impl Iterator<Item = &Arc<File>> {
        self.names().get(&Name::Stem(fold(stem))).iter().filter_map(|&id| self.file(id))
    }

    /// The files whose paths end with `path`.
    fn ending_with(&self, path: &str) -> Vec<&File> {
        let same_stem = self.names().get(&Name::Stem(fold(stem(path)))).iter().filter_map(|&id| self.file(id));
        same_stem.filter(|file| ends_with(&file.path, path)).map(|file| &**file).collect()
    }

    fn by_url(&self, note: &File, url: &str, fragment: Option<&Fragment>) -> Resolution {
        if let Some(path) = url.strip_prefix("file://") {
            return self.by_file_path(note, path, fragment);
        }
        let by_url = self.files_named(&Name::Url(address::normalise(url)), |_| true);
        let by_doi = || address::doi(url).map_or(Named::None, |doi| self.files_named(&Name::Doi(doi), |_| true));
        match by_url.or_else(by_doi) {
            // The source may have only part of the page, so a fragment that is not found is not an error.
            Named::One(file) => match fragment.map(|fragment| place::find(file, fragment)) {
                Some(Place::At(span)) => Resolution::Source { file: file.id, span: Some(span) },
                _ => Resolution::Source { file: file.id, span: place::comment_at(file, url) },
            },
            Named::Several(files) => Resolution::Several(files),
            Named::None => Resolution::NotHeld,
        }
    }

    /// The files with a folded name: by key or alias, then through a bibliography, then by stem. The first of these that
    /// gives exactly one file wins.
    fn named(&self, note: &File, name: &str, suits: impl Fn(&File) -> bool) -> Named<'_> {
        let by_key = self.files_named(&Name::Key(name.to_owned()), &suits);
        let by_work =
            || self.entry_for(note, name).map_or(Named::None, |(file, entry)| self.text_of(file, entry).that(&suits));
        let by_stem = || self.files_named(&Name::Stem(name.to_owned()), &suits);
        if matches!(by_key, Named::One(file) if !file.is_whole())
            && let Named::One(whole) = by_work()
        {
            return Named::One(whole);
        }
        by_key.or_one(by_work).or_one(by_stem)
    }

    fn files_named(&self, name: &Name, suits: impl Fn(&File) -> bool) -> Named<'_> {
        let files = self.names().get(name).iter().filter_map(|&id| self.file(id)).filter(|file| suits(file));
        let mut files: Vec<&File> = files.map(|file| &**file).collect();
        // The text of a work takes precedence over highlights from it.
        if files.iter().any(|file| file.is_whole()) {
            files.retain(|file| file.is_whole());
        }
        match files.as_slice() {
            [] => Named::None,
            [file] => Named::One(file),
            files => Named::Several(files.iter().map(|file| file.id).collect()),
        }
    }

    /// The file that a path in `note` refers to, if there is one.
    fn at_path(&self, note: &File, path: &str) -> Option<&File> {
        // Most paths are relative to the note, so the path from the root is built only if needed.
        let near = self.by_path(&self.in_folder_of(note, path));
        let exact = near.or_else(|| self.by_path(&self.in_root(path))).map(|file| &**file);
        exact.or_else(|| self.at_same_letters(note, path))
    }

    /// The Markdown file that a path without its extension refers to, unless a file has the very path.
    fn at_path_without_extension(&self, note: &File, path: &str) -> Option<&File> {
        if path.ends_with(['/', '.']) || Format::of_name(path).is_some() || is_media(path) {
            return None;
        }
        let found = ["md", "markdown"].iter().find_map(|end| self.at_path(note, &format!("{path}.{end}")));
        found.filter(|_| !self.paths_meant(note, path).iter().any(|path| self.is_file_on_disk(path)))
    }

    /// [`Self::at_path`] for a path whose letters differ in case, or in how accents are written (composed or decomposed): most
    /// file systems and Obsidian find the file.
    fn at_same_letters(&self, note: &File, path: &str) -> Option<&File> {
        let letters = |path: &Path| fold(&path.to_string_lossy());
        let wanted: Vec<String> = self.paths_meant(note, path).iter().map(|path| letters(path)).collect();
        let same_stem = self.names().get(&Name::Stem(fold(stem(path)))).iter().filter_map(|&id| self.file(id));
        let mut files = same_stem.filter(|file| wanted.contains(&letters(&file.absolute)));
        let only = files.next()?;
        files.next().is_none().then_some(&**only)
    }

    /// The absolute paths that a path in `note` can refer to: relative to the note, then to the root.
    fn paths_meant(&self, note: &File, path: &str) -> Vec<PathBuf> {
        let mut paths = vec![self.in_folder_of(note, path), self.in_root(path)];
        paths.dedup();
        paths
    }

    fn in_folder_of(&self, note: &File, path: &str) -> PathBuf {
        normalise(&note.absolute.parent().unwrap_or(&self.config().root).join(path))
    }

    fn in_root(&self, path: &str) -> PathBuf {
        normalise(&self.config().root.join(path.trim_start_matches('/')))
    }

    fn is_skipped(&self, suits: impl Fn(&str) -> bool) -> bool {
        self.skipped().iter().any(|skipped| suits(&skipped.path.to_string_lossy()))
    }

    /// The paths of files with names similar to `path`, relative to `note`.
    fn nearest_paths(&self, note: &File, path: &str) -> Vec<String> {
        let names = self.nearest_stems(stem(path), note);
        let written = |name: &String| {
            let files = self.names().get(&Name::Stem(fold(name))).iter().filter_map(|&id| self.file(id));
            files.map(|file| from(note, file)).collect::<Vec<_>>()
        };
        let mut paths: Vec<String> = names.iter().flat_map(written).collect();
        paths.truncate(NEAREST);
        paths
    }
}

/// The files with a name.
enum Named<'a> {
    None,
    One(&'a File),
    Several(Vec<FileId>),
}

impl<'a> Named<'a> {
    /// This result if it is a single file, otherwise that of `other` if it is better.
    fn or_one(self, other: impl FnOnce() -> Named<'a>) -> Self {
        match self {
            Named::One(file) => Named::One(file),
            Named::None => other(),
            Named::Several(files) => match other() {
                Named::One(file) => Named::One(file),
                Named::None | Named::Several(_) => Named::Several(files),
            },
        }
    }

    /// This result, without a single file that does not suit.
    fn that(self, suits: impl Fn(&File) -> bool) -> Self {
        match self {
            Named::One(file) if !suits(file) => Named::None,
            found => found,
        }
    }

    fn or_else(self, other: impl FnOnce() -> Named<'a>) -> Self {
        match self {
            Named::None => other(),
            found => found,
        }
    }
}

fn whole(file: &File) -> Resolution {
    leads_to(file, None)
}

fn leads_to(file: &File, span: Option<Span>) -> Resolution {
    let id = file.id;
    if file.is_source() {
        Resolution::Source { file: id, span }
    } else if file.is_note() {
        Resolution::Note { file: id, span }
    } else {
        Resolution::NoCitation
    }
}

/// Resolves to the place in `file` that `fragment` refers to; `written` is the file as written in the citation. A fragment
/// that a source does not have makes a dead citation; in a note it is a broken link, which is ignored here.
fn at_place(file: &File, fragment: Option<&Fragment>, written: &str) -> Resolution {
    match fragment.map(|fragment| (fragment, place::find(file, fragment))) {
        Some((_, Place::At(span))) => leads_to(file, Some(span)),
        Some((fragment, Place::Missing(nearest))) if file.is_source() && !written.is_empty() => {
            let mark = if matches!(fragment, Fragment::Block(_)) { "#^" } else { "#" };
            Resolution::Dead { nearest: nearest.iter().map(|near| format!("{written}{mark}{near}")).collect() }
        }
        _ => whole(file),
    }
}

/// The relative path from `note` to `file`, with `/`.
fn from(note: &File, file: &File) -> String {
    let folder: Vec<_> = note.absolute.parent().unwrap_or(Path::new("")).components().collect();
    let there: Vec<_> = file.absolute.components().collect();
    let shared = folder.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".into(), folder.len() - shared);
    let down = there[shared..].iter().map(|part| part.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
