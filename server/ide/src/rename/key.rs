use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::{Citation, Target};
use ibid_text::{Span, letters};

use super::{Edit, RenameError};
use crate::completion::pointer;

/// Renames a citation key: in the bibliography that gives it, and wherever a note cites by it.
pub(super) fn rename(snapshot: &Snapshot, note: FileId, key: &str, new: &str) -> Result<Vec<Edit>, RenameError> {
    let (bibliography, entry) = snapshot.entry(key).ok_or_else(|| RenameError::KeyOfSource(key.to_owned()))?;
    if !is_key(new) {
        return Err(RenameError::Unfit(new.to_owned(), "a key is letters, digits and :.#$%&-+?<>~/_"));
    }
    let is_new = !same(new, key);
    if is_new && !leads_nowhere(snapshot, note, new) {
        return Err(RenameError::Taken(new.to_owned()));
    }
    let target = Target::Key(key.to_owned());
    let found = match snapshot.resolve(note, &pointer(target.clone())).file() {
        Some(file) => snapshot.backlinks_of(file, |target| goes_by(target, key)),
        None => snapshot.pointing_alike(&target),
    };
    let page = bibliography.page().ok_or(RenameError::Nothing)?;
    let declared = declared(page.text(), entry.span, &entry.key);
    let mut edits =
        vec![(bibliography.id, declared.ok_or_else(|| RenameError::unsure(bibliography, entry.span))?, new.to_owned())];
    for link in found {
        let Some(file) = snapshot.file(link.note) else { continue };
        let citation = file.citation(link.citation);
        if let Some(citation) = citation.filter(|it| it.footnote.is_none() && goes_by(&it.target, key)) {
            edits.push((file.id, written(&citation, key), new.to_owned()));
        }
    }
    Ok(edits)
}

/// Where the key of a citation is written.
pub(super) fn written(citation: &Citation, key: &str) -> Span {
    Span::new(citation.target_span.start, citation.target_span.start + key.len() as u32)
}

/// Whether a citation goes by a key: `@key`, or `[[key]]`, which means the same.
fn goes_by(target: &Target, key: &str) -> bool {
    matches!(target, Target::Key(name) | Target::Wiki { file: name, .. } if name.len() == key.len() && same(name, key))
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn leads_nowhere(snapshot: &Snapshot, note: FileId, key: &str) -> bool {
    matches!(snapshot.resolve(note, &pointer(Target::Key(key.to_owned()))), Resolution::Dead { .. })
}

/// Whether pandoc would read these letters as one key.
fn is_key(name: &str) -> bool {
    let ends = |c: char| c.is_alphanumeric() || c == '_';
    name.starts_with(ends)
        && name.ends_with(ends)
        && name.chars().all(|c| ends(c) || ":.#$%&-+?<>~/".contains(c))
        && letters(name).next().is_some()
}

/// Where an entry of a bibliography has its key: behind the first brace of BibTeX, or as the `id` of CSL-JSON.
fn declared(text: &str, entry: Span, key: &str) -> Option<Span> {
    let written = entry.of(text);
    let before = if written.starts_with('@') {
        written.find('{')? + 1
    } else {
        let id = written.find("\"id\"")? + "\"id\"".len();
        id + written[id..].find(|c: char| !c.is_whitespace() && c != ':' && c != '"')?
    };
    let at = before + written[before..].find(|c: char| !c.is_whitespace())?;
    let start = entry.start as usize + at;
    written[at..].starts_with(key).then(|| Span::from(start..start + key.len()))
}
