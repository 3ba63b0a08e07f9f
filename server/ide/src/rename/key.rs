use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::{Citation, Target};
use ibid_text::{Span, letters};

use super::{Edit, RenameError};
use crate::analysis::pointer::unwritten;

/// Renames a citation key in its bibliography and in every citation by it.
pub(super) fn rename(snapshot: &Snapshot, note: FileId, key: &str, new: &str) -> Result<Vec<Edit>, RenameError> {
    let (bibliography, entry) = snapshot.entry(key).ok_or_else(|| RenameError::KeyOfSource(key.to_owned()))?;
    if !is_key(new) {
        return Err(RenameError::Unfit(new.to_owned(), "a key can have letters, digits and :.#$%&-+?<>~/_ only"));
    }
    let is_new = !same(new, key);
    if is_new && !leads_nowhere(snapshot, note, new) {
        return Err(RenameError::Taken(new.to_owned()));
    }
    let target = Target::Key(key.to_owned());
    let found = match snapshot.resolve(note, &unwritten(target.clone())).file() {
        Some(file) => snapshot.backlinks_of(file, |target| is_by(target, key)),
        None => snapshot.pointing_alike(&target),
    };
    let page = bibliography.page().ok_or(RenameError::Nothing)?;
    let declared = declared(page.text(), entry.span, &entry.key);
    let mut edits =
        vec![(bibliography.id, declared.ok_or_else(|| RenameError::unsure(bibliography, entry.span))?, new.to_owned())];
    for link in found {
        let Some(file) = snapshot.file(link.note) else { continue };
        let citation = file.citation(link.citation);
        if let Some(citation) = citation.filter(|it| it.footnote.is_none() && is_by(&it.target, key)) {
            edits.push((file.id, written(&citation, key), new.to_owned()));
        }
    }
    Ok(edits)
}

/// The span of the key in a citation.
pub(super) fn written(citation: &Citation, key: &str) -> Span {
    Span::new(citation.target_span.start, citation.target_span.start + key.len() as u32)
}

/// Whether a target is a key: `@key`, or `[[key]]`, which means the same.
fn is_by(target: &Target, key: &str) -> bool {
    matches!(target, Target::Key(name) | Target::Wiki { file: name, .. } if name.len() == key.len() && same(name, key))
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn leads_nowhere(snapshot: &Snapshot, note: FileId, key: &str) -> bool {
    matches!(snapshot.resolve(note, &unwritten(Target::Key(key.to_owned()))), Resolution::Dead { .. })
}

/// Whether pandoc would read the text as one key.
fn is_key(name: &str) -> bool {
    let ends = |c: char| c.is_alphanumeric() || c == '_';
    name.starts_with(ends)
        && name.ends_with(ends)
        && name.chars().all(|c| ends(c) || ":.#$%&-+?<>~/".contains(c))
        && letters(name).next().is_some()
}

/// The span of the key in a bibliography entry: after the first brace of BibTeX, or the `id` of CSL-JSON.
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
