use std::path::{Path, PathBuf};

use ibid_corpus::{File, FileId, Resolution, Snapshot, normalise};
use ibid_note::{Citation, Note, Target};
use ibid_text::{Span, letters};
use pulldown_cmark::{Event, Parser, Tag};

use super::{Edit, FileEdits, RenameError, Renaming, in_order};
use crate::analysis::{cite, pointer::unwritten};

/// The edits that keep links working when files and folders move from one absolute path to another: in all notes, links to
/// moved files; in moved notes, all links and pictures. The edits are for the files at their old paths.
pub fn move_files(snapshot: &Snapshot, moves: &[(PathBuf, PathBuf)]) -> Vec<FileEdits> {
    let moves = Moves(moves);
    let mut edits = Vec::new();
    for file in snapshot.files() {
        let Some(there) = moves.of(&file.absolute) else { continue };
        edits.extend(links_to(snapshot, file, &there, moves));
        if file.is_note() && !file.is_source() {
            edits.extend(links_from(snapshot, file, &there, moves));
        }
    }
    in_order(edits, None)
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
    Ok(Renaming { edits, moved: Some((note, there)) })
}

/// Old and new absolute paths of files and folders.
#[derive(Clone, Copy)]
struct Moves<'a>(&'a [(PathBuf, PathBuf)]);

impl Moves<'_> {
    /// The new path of a file, if it moves.
    fn of(self, path: &Path) -> Option<PathBuf> {
        let to = |(from, to): &(PathBuf, PathBuf)| {
            let inside = path.strip_prefix(from).ok()?;
            Some(if inside.as_os_str().is_empty() { to.clone() } else { to.join(inside) })
        };
        self.0.iter().find_map(to)
    }

    /// The path of a file after the moves.
    fn then(self, path: &Path) -> PathBuf {
        self.of(path).unwrap_or_else(|| path.to_owned())
    }
}

/// The edits of links to a file that will be at `there`. Paths in notes that move too are edited by [`links_from`].
fn links_to(snapshot: &Snapshot, file: &File, there: &Path, moves: Moves<'_>) -> Vec<Edit> {
    let edit = |(note, at): (FileId, u32)| {
        let note = snapshot.file(note).filter(|note| !note.is_source())?;
        let citation = &note.citation(at)?;
        let page = note.page().filter(|_| citation.footnote.is_none() && !citation.target.is_within_note())?;
        let new = match &citation.target {
            Target::Wiki { file: name, .. } => wiki_name(snapshot, name, file, there)?,
            Target::Key(key) => key_of_stem(snapshot, key, file, there)?,
            Target::Path { path, .. } if moves.of(&note.absolute).is_none() => {
                let from: &Path = &note.absolute;
                let link = PathLink { note, citation, path, from, target: &file.absolute, then: there };
                return link.rewritten(snapshot, page.text());
            }
            _ => return None,
        };
        let span = before_fragment(page.text(), citation);
        (span.of(page.text()) != new).then_some((note.id, span, new))
    };
    snapshot.citing(file.id).into_iter().filter_map(edit).collect()
}

/// The edits of links and pictures in a note that moves.
fn links_from(snapshot: &Snapshot, file: &File, there: &Path, moves: Moves<'_>) -> Vec<Edit> {
    let (Some(page), Some(note)) = (file.page(), file.note()) else { return Vec::new() };
    let link = |citation: &Citation| {
        let Target::Path { path, .. } = &citation.target else { return None };
        if citation.footnote.is_some() || path.is_empty() {
            return None;
        }
        let target = match snapshot.resolve(file.id, citation).file() {
            Some(target) => snapshot.file(target)?.absolute.to_path_buf(),
            None => normalise(&file.absolute.parent()?.join(path)),
        };
        let link = PathLink { note: file, citation, path, from: there, target: &target, then: &moves.then(&target) };
        link.rewritten(snapshot, page.text())
    };
    let links = note.citations.iter().filter_map(link);
    links.chain(pictures(page.text(), &note, file, there, moves)).collect()
}

/// The edits of pictures in a note that moves; pictures are not citations.
fn pictures(text: &str, note: &Note, file: &File, there: &Path, moves: Moves<'_>) -> Vec<Edit> {
    let body = note.front_matter.as_ref().map_or(0, |head| head.span.end as usize);
    let picture = |(event, range): (Event<'_>, std::ops::Range<usize>)| {
        let Event::Start(Tag::Image { dest_url, .. }) = event else { return None };
        let is_relative = !dest_url.is_empty() && !dest_url.contains(':') && !dest_url.starts_with(['/', '#']);
        let range = body + range.start..body + range.end;
        let at = text.get(range.clone())?.rfind(&*dest_url).filter(|_| is_relative)? + range.start;
        let target = normalise(&file.absolute.parent()?.join(dest_url.replace("%20", " ")));
        let new = encoded(&relative(there, &moves.then(&target)), text, at);
        let span = Span::from(at..at + dest_url.len());
        (*dest_url != *new).then_some((file.id, span, new))
    };
    Parser::new(&text[body..]).into_offset_iter().filter_map(picture).collect()
}

/// The new name in a wiki-link to a file that will be at `there`: its stem, or its path if the link has a path or another file
/// has that stem. `None` if the link uses a name that the file keeps.
fn wiki_name(snapshot: &Snapshot, name: &str, file: &File, there: &Path) -> Option<String> {
    let path = slashed(there.strip_prefix(&snapshot.config().root).ok()?);
    let without_extension = || path.rsplit_once('.').map_or(&*path, |(path, _)| path).to_owned();
    let has_extension = Path::new(name).extension().is_some() && name.len() > file.stem().len();
    if name.contains('/') {
        return Some(if has_extension && file.path.ends_with(name) { path } else { without_extension() });
    }
    let old_name = if has_extension { name.rsplit_once('.')?.0 } else { name };
    if letters(old_name).ne(letters(file.stem())) {
        return None;
    }
    let stem = there.file_stem()?.to_str()?;
    let is_taken = letters(stem).ne(letters(file.stem())) && leads_anywhere(snapshot, file.id, stem);
    let written = if has_extension { there.file_name()?.to_str()? } else { stem };
    Some(if is_taken { without_extension() } else { written.to_owned() })
}

fn leads_anywhere(snapshot: &Snapshot, from: FileId, name: &str) -> bool {
    let link = unwritten(Target::Wiki { file: name.to_owned(), fragment: None });
    snapshot.resolve(from, &link) != Resolution::NoCitation
}

/// The new key in a citation by file stem of a source that will be at `there`; `None` if the source or a bibliography defines
/// the key.
fn key_of_stem(snapshot: &Snapshot, key: &str, file: &File, there: &Path) -> Option<String> {
    let keys = snapshot.metadata(file).keys;
    let is_given = keys.iter().chain(file.metadata.iter().flat_map(|own| &own.aliases)).any(|own| own == key);
    let stem = there.file_stem()?.to_str()?;
    (!is_given && key.eq_ignore_ascii_case(file.stem()) && !stem.contains(char::is_whitespace)).then(|| stem.to_owned())
}

/// A link by path, with its old and new ends.
struct PathLink<'a> {
    note: &'a File,
    citation: &'a Citation,
    path: &'a str,
    /// The new path of the note.
    from: &'a Path,
    /// The old path of the target.
    target: &'a Path,
    /// The new path of the target.
    then: &'a Path,
}

impl PathLink<'_> {
    /// The edit to the new path: relative to the note, or to the root if it was written so.
    fn rewritten(&self, snapshot: &Snapshot, text: &str) -> Option<Edit> {
        let is_from_note = normalise(&self.note.absolute.parent()?.join(self.path)) == *self.target;
        let new = if is_from_note {
            relative(self.from, self.then)
        } else {
            let lead = if self.path.starts_with('/') { "/" } else { "" };
            format!("{lead}{}", slashed(self.then.strip_prefix(&snapshot.config().root).ok()?))
        };
        let new = if self.path.starts_with("./") && !new.starts_with('.') { format!("./{new}") } else { new };
        let span = before_fragment(text, self.citation);
        let new = encoded(&new, text, span.start as usize);
        (span.of(text) != new).then_some((self.note.id, span, new))
    }
}

/// The span of a citation's target before `#`.
pub(super) fn before_fragment(text: &str, citation: &Citation) -> Span {
    let target = citation.target_span;
    let length = target.of(text).find('#').map_or(target.len(), |at| at as u32);
    Span::new(target.start, target.start + length)
}

/// A path encoded for a link target at byte `at`; in angle brackets nothing is encoded.
fn encoded(path: &str, text: &str, at: usize) -> String {
    if text[..at].ends_with('<') {
        return path.to_owned();
    }
    path.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// The path of `to` relative to the folder of `from`, with `/`.
fn relative(from: &Path, to: &Path) -> String {
    let (from, to) = (slashed(from), slashed(to));
    cite::relative(from.trim_start_matches('/'), to.trim_start_matches('/'))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
