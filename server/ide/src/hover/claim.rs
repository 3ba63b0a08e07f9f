//! Hover on a claim: its support.

use ibid_corpus::{FileId, Snapshot};

use super::Hover;

pub(super) fn hover(_snapshot: &Snapshot, _file: FileId, _offset: u32) -> Option<Hover> {
    None
}
