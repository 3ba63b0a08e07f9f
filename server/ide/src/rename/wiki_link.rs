//! Wiki-links, when a note or another with its name moves.

use std::path::Path;

use ibid_corpus::{File, FileId, Resolution, Snapshot};
use ibid_note::{Citation, Target};
use ibid_text::letters;

use super::{
    Edit,
    file::{Moves, before_fragment, slashed},
    path_link::{relative, without_extension},
};
use crate::{
    analysis::pointer::unwritten,
    syntax::{destination::destination, wiki_name::is_wiki_name},
};

/// A wiki-link to a file.
pub(super) struct WikiLink<'a> {
    pub(super) note: &'a File,
    pub(super) citation: &'a Citation,
    /// The name before `#`.
    pub(super) name: &'a str,
    /// The new path of the note.
    pub(super) from: &'a Path,
}

impl WikiLink<'_> {
    /// The edit for a `file` that will be at `there`. A name that no wiki-link can have makes it a Markdown link.
    pub(super) fn renamed(&self, snapshot: &Snapshot, text: &str, file: &File, there: &Path) -> Option<Edit> {
        let new = self.new_name(snapshot, file, there)?;
        if is_wiki_name(&new) {
            return self.with_name(text, new);
        }
        (!self.is_property()).then(|| (self.note.id, self.citation.span, self.as_markdown(text, there)))
    }

    /// Whether the link has no form for a `file` that will be at `there`: front matter has no Markdown links, and a name between
    /// other letters of YAML is not escaped.
    pub(super) fn is_left(&self, snapshot: &Snapshot, text: &str, file: &File, there: &Path) -> bool {
        let new = || self.new_name(snapshot, file, there);
        self.is_property() && new().is_some_and(|new| !is_wiki_name(&new) || self.is_quoting(text, &new))
    }

    /// Whether YAML would read a name otherwise than it is written, between the quotation marks that the link is in.
    fn is_quoting(&self, text: &str, name: &str) -> bool {
        let is_single = text[..self.citation.span.start as usize].ends_with('\'');
        name.contains(['"', '\\']) || is_single && name.contains('\'')
    }

    fn is_property(&self) -> bool {
        self.note.note().is_some_and(|note| note.is_property(self.citation))
    }

    /// The edit to the path of its file, which stays where it is, if the name alone could mean another.
    pub(super) fn by_path(&self, snapshot: &Snapshot, text: &str, file: &File) -> Option<Edit> {
        let has_namesake = namesakes(snapshot, file, file.stem()).next().is_some();
        if has_namesake { self.with_path_of(text, file) } else { None }
    }

    /// Whether several files have the name, so that the link may mean another one after a move.
    pub(super) fn is_by_shared_name(&self, snapshot: &Snapshot) -> bool {
        let is_shared = |name: &str| snapshot.files_called(name).nth(1).is_some();
        !self.name.contains('/') && [self.name, without_extension(self.name)].into_iter().any(is_shared)
    }

    /// The edit to the path of its file, if the link has its name alone.
    fn with_path_of(&self, text: &str, file: &File) -> Option<Edit> {
        let is_called = |name: &str| !name.is_empty() && letters(name).eq(letters(file.stem()));
        let is_name = !self.name.contains('/') && [self.name, without_extension(self.name)].into_iter().any(is_called);
        if is_name { self.with_name(text, unmistakable(&file.path)) } else { None }
    }

    fn with_name(&self, text: &str, new: String) -> Option<Edit> {
        let span = before_fragment(text, self.citation.target_span);
        let is_plain = !self.is_quoting(text, &new) || !self.is_property();
        (is_plain && span.of(text) != new).then_some((self.note.id, span, new))
    }

    /// Its stem at `there`, or its path if the link has a path or another file has that stem. `None` if the link uses a name that
    /// the file keeps.
    fn new_name(&self, snapshot: &Snapshot, file: &File, there: &Path) -> Option<String> {
        let name = self.name;
        let path = slashed(there.strip_prefix(&snapshot.config().root).ok()?);
        let stem = there.file_stem()?.to_str()?;
        let has_namesake = namesakes(snapshot, file, stem).next().is_some();
        let has_extension = Path::new(name).extension().is_some() && name.len() > file.stem().len();
        if name.contains('/') {
            let is_whole = has_extension && file.path.ends_with(name);
            let short = || if has_namesake { unmistakable(&path) } else { without_extension(&path).to_owned() };
            return Some(if is_whole { path } else { short() });
        }
        let old_name = if has_extension { name.rsplit_once('.')?.0 } else { name };
        if letters(old_name).ne(letters(file.stem())) {
            return None;
        }
        let is_renamed = letters(stem).ne(letters(file.stem()));
        let is_taken = has_namesake || is_renamed && leads_anywhere(snapshot, file.id, stem);
        let written = if has_extension { there.file_name()?.to_str()? } else { stem };
        Some(if is_taken { unmistakable(&path) } else { written.to_owned() })
    }

    /// The Markdown link or embed that means the same when the file is at `there`.
    fn as_markdown(&self, text: &str, there: &Path) -> String {
        let written = self.citation.span.of(text);
        let mark = if written.starts_with('!') { "!" } else { "" };
        let inside = written.trim_start_matches('!').trim_start_matches("[[").trim_end_matches("]]");
        let alias = inside.split_once('|').map(|(_, alias)| alias.to_owned());
        let label = alias.unwrap_or_else(|| there.file_stem().unwrap_or_default().to_string_lossy().into_owned());
        let label = label.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        let path = destination(&relative(self.from, there), false);
        let fragment = self.citation.target_span.of(text).split_once('#').map(|(_, fragment)| fragment.split('#'));
        let parts = fragment.into_iter().flatten().map(|part| format!("#{}", destination(part.trim(), false)));
        format!("{mark}[{label}]({path}{})", parts.collect::<String>())
    }
}

/// The edits of links to other files that have the name of a file at its new place `there`: the name alone could then mean that
/// one.
pub(super) fn links_to_namesakes(snapshot: &Snapshot, file: &File, there: &Path, moves: Moves<'_>) -> Vec<Edit> {
    let Some(stem) = there.file_stem().and_then(|stem| stem.to_str()) else { return Vec::new() };
    // Where a note moves to another folder the old name stays, and may become the nearest.
    // A source goes before a note of the same name.
    let is_rival = |other: &&File| moves.of(&other.absolute).is_none() && file.is_source() == other.is_source();
    let links = namesakes(snapshot, file, stem).filter(is_rival).flat_map(|other| {
        let edit = |(note, at): (FileId, u32)| {
            let note = snapshot.file(note).filter(|note| !note.is_source())?;
            let citation = &note.citation(at).filter(|citation| citation.footnote.is_none())?;
            let Target::Wiki { file: name, .. } = &citation.target else { return None };
            let page = note.page()?;
            WikiLink { note, citation, name, from: &note.absolute }.with_path_of(page.text(), other)
        };
        snapshot.citing(other.id).into_iter().filter_map(edit).collect::<Vec<_>>()
    });
    links.collect()
}

/// The path from the root, without extension, by which a wiki-link can mean no other file of the name.
fn unmistakable(path: &str) -> String {
    let path = without_extension(path);
    if path.contains('/') { path.to_owned() } else { format!("/{path}") }
}

/// The other files that a wiki-link with a name can mean.
fn namesakes<'s>(snapshot: &'s Snapshot, file: &File, stem: &str) -> impl Iterator<Item = &'s File> {
    let own = file.id;
    snapshot.files_called(stem).map(|other| &**other).filter(move |other| other.id != own)
}

fn leads_anywhere(snapshot: &Snapshot, from: FileId, name: &str) -> bool {
    let link = unwritten(Target::Wiki { file: name.to_owned(), fragment: None });
    snapshot.resolve(from, &link) != Resolution::NoCitation
}
