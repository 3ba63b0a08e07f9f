//! Links to pictures and other files that are neither notes nor sources, when these move.

use std::path::{Path, PathBuf};

use ibid_corpus::{File, Snapshot, normalise};
use ibid_note::{Citation, Target};
use ibid_text::{Span, letters};

use super::{
    Edit,
    file::{Moves, before_fragment, slashed},
    path_link::PathLink,
};
use crate::syntax::{destination::destination, wiki_name::is_wiki_name};

/// The edits of links to attachments that move, in the notes that stay.
pub(super) fn links(snapshot: &Snapshot, moves: Moves<'_>) -> Vec<Edit> {
    let is_attachment = |from: &Path| snapshot.by_path(from).is_none();
    let names: Vec<String> = moves
        .0
        .iter()
        .filter(|(from, _)| is_attachment(from))
        .filter_map(|(from, _)| Some(from.file_name()?.to_string_lossy().into_owned()))
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let notes = snapshot.files().filter(|file| file.is_note() && !file.is_source());
    notes
        .filter(|note| moves.of(&note.absolute).is_none())
        .flat_map(|note| in_note(snapshot, note, moves, &names))
        .collect()
}

/// The edits in one note: of its images, and of links that lead to no note and no source. Most notes name none of the files, and
/// are not parsed.
fn in_note(snapshot: &Snapshot, file: &File, moves: Moves<'_>, names: &[String]) -> Vec<Edit> {
    let Some(page) = file.page() else { return Vec::new() };
    let text = page.text();
    let is_named =
        |name: &String| text.contains(&**name) || text.contains(&destination(name, false)) || !name.is_ascii();
    if !names.iter().any(is_named) {
        return Vec::new();
    }
    let edit = |(at, target): (Span, &Target)| match target {
        Target::Path { path, .. } => {
            let (target, then) = moved(snapshot, file, path, moves)?;
            PathLink { note: file, at, path, from: &file.absolute, target: &target, then: &then }
                .rewritten(snapshot, text)
        }
        Target::Wiki { file: name, .. } => {
            let new = renamed(snapshot, name, moves).filter(|new| is_wiki_name(new))?;
            let span = before_fragment(text, at);
            (span.of(text) != new).then_some((file.id, span, new))
        }
        _ => None,
    };
    let is_lost = |link: &Citation| snapshot.resolve(file.id, link).file().is_none();
    let citations = file.citations();
    let links = citations.iter().filter(|link| link.footnote.is_none() && !link.target.is_within_note());
    let links = links.filter_map(|link| edit((link.target_span, &link.target)).filter(|_| is_lost(link)));
    // Only images call for the note to be parsed.
    let note = page.note().filter(|_| text.contains("!["));
    let images = note.iter().flat_map(|note| &note.images).filter_map(|image| edit((image.target_span, &image.target)));
    images.chain(links).collect()
}

/// The old and new place of what a path in a note leads to, if it moves: relative to the note, then to the root.
fn moved(snapshot: &Snapshot, note: &File, path: &str, moves: Moves<'_>) -> Option<(PathBuf, PathBuf)> {
    let beside = normalise(&note.absolute.parent()?.join(path));
    let in_root = normalise(&snapshot.config().root.join(path.trim_start_matches('/')));
    [beside, in_root].into_iter().find_map(|old| moves.of(&old).map(|new| (old, new)))
}

/// The new name in a wiki-link to an attachment: by its path from the root, or by its file name alone.
fn renamed(snapshot: &Snapshot, name: &str, moves: Moves<'_>) -> Option<String> {
    let root = &snapshot.config().root;
    if name.contains('/') {
        let new = moves.of(&normalise(&root.join(name)))?;
        return Some(slashed(new.strip_prefix(root).ok()?));
    }
    let is_meant = |from: &Path| from.file_name().is_some_and(|old| letters(&old.to_string_lossy()).eq(letters(name)));
    let (_, to) = moves.0.iter().find(|(from, _)| is_meant(from))?;
    Some(to.file_name()?.to_str()?.to_owned())
}
