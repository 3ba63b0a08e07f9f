//! Links by path, when the file or the note moves.

use std::path::Path;

use ibid_corpus::{File, Snapshot, normalise};
use ibid_text::Span;
use unicode_normalization::UnicodeNormalization as _;

use super::{
    Edit,
    file::{before_fragment, slashed},
};
use crate::{analysis::cite, syntax::destination::destination};

/// A link by path, with its old and new ends.
pub(super) struct PathLink<'a> {
    pub(super) note: &'a File,
    /// Its target as written.
    pub(super) at: Span,
    /// The path in it.
    pub(super) path: &'a str,
    /// The new path of the note.
    pub(super) from: &'a Path,
    /// The old path of the target.
    pub(super) target: &'a Path,
    /// The new path of the target.
    pub(super) then: &'a Path,
}

impl PathLink<'_> {
    /// The edit to the new path: relative to the note, or to the root if it was written so; without extension if it was.
    pub(super) fn rewritten(&self, snapshot: &Snapshot, text: &str) -> Option<Edit> {
        let folder = self.note.absolute.parent()?;
        let is_from_note = [self.path.to_owned(), format!("{}.md", self.path), format!("{}.markdown", self.path)]
            .iter()
            .any(|path| is_same(&normalise(&folder.join(path)), self.target));
        let new = if is_from_note {
            relative(self.from, self.then)
        } else {
            let lead = if self.path.starts_with('/') { "/" } else { "" };
            format!("{lead}{}", slashed(self.then.strip_prefix(&snapshot.config().root).ok()?))
        };
        let new = if self.path.starts_with("./") && !new.starts_with('.') { format!("./{new}") } else { new };
        let new = if self.is_without_extension() { without_extension(&new) } else { &new };
        let span = before_fragment(text, self.at);
        let new = destination(new, text[..span.start as usize].ends_with('<'));
        let is_other = span.of(text) != new && span.of(text).replace("%20", " ") != new.replace("%20", " ");
        is_other.then_some((self.note.id, span, new))
    }

    /// Whether the link leaves out the extension of the file.
    fn is_without_extension(&self) -> bool {
        let end = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase().nfc().collect::<String>();
        let stem = self.target.file_stem().map(|stem| end(&stem.to_string_lossy()));
        stem.is_some_and(|stem| end(self.path) == stem) && self.target.extension().is_some()
    }
}

/// A path without the extension of its last part.
pub(super) fn without_extension(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    path[name..].rfind('.').filter(|&at| at > 0).map_or(path, |at| &path[..name + at])
}

/// Whether two paths are the same but for the composition of letters with accents.
fn is_same(a: &Path, b: &Path) -> bool {
    a == b || a.to_string_lossy().nfc().eq(b.to_string_lossy().nfc())
}

/// The path of `to` relative to the folder of `from`, with `/`.
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let (from, to) = (slashed(from), slashed(to));
    cite::relative(from.trim_start_matches('/'), to.trim_start_matches('/'))
}
