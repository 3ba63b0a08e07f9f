use std::path::{Path, PathBuf};

use ibid_corpus::{File, FileId, Resolution, Snapshot, normalise};
use ibid_note::{Citation, Target};
use ibid_text::Span;

use super::{
    Edit, FileEdits, RenameError, Renaming, attachment, in_order,
    path_link::PathLink,
    wiki_link::{self, WikiLink},
};
use crate::analysis::place::Place;

/// The edits that keep links working when files and folders move from one absolute path to another: in all notes, links to
/// moved files and pictures; in moved notes, all links and pictures. The edits are for the files at their old paths.
pub fn move_files(snapshot: &Snapshot, moves: &[(PathBuf, PathBuf)]) -> Vec<FileEdits> {
    let moves = Moves(moves);
    let mut edits = Vec::new();
    for file in snapshot.files() {
        let Some(there) = moves.of(&file.absolute) else { continue };
        edits.extend(links_to(snapshot, file, &there, moves));
        edits.extend(wiki_link::links_to_namesakes(snapshot, file, &there, moves));
        if file.is_note() && !file.is_source() {
            edits.extend(links_from(snapshot, file, &there, moves));
        }
    }
    edits.extend(attachment::links(snapshot, moves));
    in_order(edits, None)
}

/// The links to moved files that cannot be kept: those in front matter, where the new name cannot be written.
pub fn links_left(snapshot: &Snapshot, moves: &[(PathBuf, PathBuf)]) -> Vec<Place> {
    let moves = Moves(moves);
    let moving = snapshot.files().filter_map(|file| Some((file, moves.of(&file.absolute)?)));
    let left = moving.flat_map(|(file, there)| {
        let is_left = |(note, at): (FileId, u32)| {
            let note = snapshot.file(note).filter(|note| !note.is_source())?;
            let citation = &note.citation(at)?;
            let Target::Wiki { file: name, .. } = &citation.target else { return None };
            let link = WikiLink { note, citation, name, from: &note.absolute };
            link.is_left(snapshot, note.page()?.text(), file, &there)
                .then_some(Place { file: note.id, span: citation.span })
        };
        snapshot.citing(file.id).into_iter().filter_map(is_left).collect::<Vec<_>>()
    });
    left.collect()
}

/// Renames a note within its folder.
pub(super) fn rename(snapshot: &Snapshot, note: FileId, new: &str) -> Result<Renaming, RenameError> {
    let held = snapshot.file(note).ok_or(RenameError::Nothing)?;
    let extension = held.absolute.extension().unwrap_or_default().to_string_lossy();
    let new = new.strip_suffix(&format!(".{extension}")).unwrap_or(new);
    if new.starts_with('.') || new.contains(['/', '\\', ':', '[', ']', '|', '#', '^', '<', '>', '"', '*', '?']) {
        return Err(RenameError::Unfit(
            new.to_owned(),
            "a file name cannot have any of / \\ : [ ] | # ^ < > \" * ?, or begin with a dot",
        ));
    }
    let there = held.absolute.with_file_name(format!("{new}.{extension}"));
    if *there == *held.absolute {
        return Ok(Renaming::default());
    }
    if snapshot.by_path(&there).is_some() {
        return Err(RenameError::Taken(new.to_owned()));
    }
    let edits = move_files(snapshot, &[(held.absolute.to_path_buf(), there.clone())]);
    Ok(Renaming { edits, doubts: Vec::new(), moved: Some((note, there)) })
}

/// Old and new absolute paths of files and folders.
#[derive(Clone, Copy)]
pub(super) struct Moves<'a>(pub(super) &'a [(PathBuf, PathBuf)]);

impl Moves<'_> {
    /// The new path of a file, if it moves.
    pub(super) fn of(self, path: &Path) -> Option<PathBuf> {
        let to = |(from, to): &(PathBuf, PathBuf)| {
            let inside = path.strip_prefix(from).ok()?;
            Some(if inside.as_os_str().is_empty() { to.clone() } else { to.join(inside) })
        };
        self.0.iter().find_map(to)
    }

    /// The path of a file after the moves.
    pub(super) fn then(self, path: &Path) -> PathBuf {
        self.of(path).unwrap_or_else(|| path.to_owned())
    }
}

/// The edits of links to a file that will be at `there`. Paths in notes that move too are edited by [`links_from`].
fn links_to(snapshot: &Snapshot, file: &File, there: &Path, moves: Moves<'_>) -> Vec<Edit> {
    let edit = |(note, at): (FileId, u32)| {
        let note = snapshot.file(note).filter(|note| !note.is_source())?;
        let citation = &note.citation(at)?;
        let page = note.page().filter(|_| citation.footnote.is_none() && !citation.target.is_within_note())?;
        let text = page.text();
        match &citation.target {
            Target::Wiki { file: name, .. } => {
                let from = moves.then(&note.absolute);
                WikiLink { note, citation, name, from: &from }.renamed(snapshot, text, file, there)
            }
            Target::Key(key) => {
                let new = key_of_stem(snapshot, key, file, there)?;
                let span = before_fragment(text, citation.target_span);
                (span.of(text) != new).then_some((note.id, span, new))
            }
            Target::Path { path, .. } if moves.of(&note.absolute).is_none() => {
                let (at, from): (Span, &Path) = (citation.target_span, &note.absolute);
                PathLink { note, at, path, from, target: &file.absolute, then: there }.rewritten(snapshot, text)
            }
            _ => None,
        }
    };
    snapshot.citing(file.id).into_iter().filter_map(edit).collect()
}

/// The edits of links and pictures in a note that moves.
fn links_from(snapshot: &Snapshot, file: &File, there: &Path, moves: Moves<'_>) -> Vec<Edit> {
    let (Some(page), Some(note)) = (file.page(), file.note()) else { return Vec::new() };
    let text = page.text();
    let by_path = |at: Span, path: &str, target: PathBuf| {
        let then = moves.then(&target);
        PathLink { note: file, at, path, from: there, target: &target, then: &then }.rewritten(snapshot, text)
    };
    let beside = |path: &str| Some(normalise(&file.absolute.parent()?.join(path)));
    let link = |citation: &Citation| match &citation.target {
        _ if citation.footnote.is_some() => None,
        Target::Path { path, .. } if !path.is_empty() => {
            let target = match snapshot.resolve(file.id, citation).file() {
                Some(target) => snapshot.file(target)?.absolute.to_path_buf(),
                None => beside(path)?,
            };
            by_path(citation.target_span, path, target)
        }
        Target::Wiki { file: name, .. } => {
            let link = WikiLink { note: file, citation, name, from: there };
            let leads = || snapshot.resolve(file.id, citation);
            let Resolution::Note { file: target, .. } = link.is_by_shared_name(snapshot).then(leads)? else {
                return None;
            };
            let target = snapshot.file(target).filter(|target| moves.of(&target.absolute).is_none())?;
            link.by_path(snapshot, text, target)
        }
        _ => None,
    };
    let links = note.citations.iter().filter_map(link);
    let pictures = note.images.iter().filter_map(|image| match &image.target {
        // From the root of a web site, which does not move.
        Target::Path { path, .. } if !path.starts_with('/') => by_path(image.target_span, path, beside(path)?),
        _ => None,
    });
    links.chain(pictures).collect()
}

/// The new key in a citation by file stem of a source that will be at `there`; `None` if the source or a bibliography defines
/// the key.
fn key_of_stem(snapshot: &Snapshot, key: &str, file: &File, there: &Path) -> Option<String> {
    let keys = snapshot.metadata(file).keys;
    let is_given = keys.iter().chain(file.metadata.iter().flat_map(|own| &own.aliases)).any(|own| own == key);
    let stem = there.file_stem()?.to_str()?;
    (!is_given && key.eq_ignore_ascii_case(file.stem()) && !stem.contains(char::is_whitespace)).then(|| stem.to_owned())
}

/// The part of a target before `#`.
pub(super) fn before_fragment(text: &str, target: Span) -> Span {
    let length = target.of(text).find('#').map_or(target.len(), |at| at as u32);
    Span::new(target.start, target.start + length)
}

/// A path with `/`.
pub(super) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
