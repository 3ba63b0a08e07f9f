use ibid_corpus::File;
use percent_encoding::percent_decode_str;

use super::{Completion, Request, context::Slot, file};
use crate::{analysis::cite::relative, syntax::destination::destination};

/// Paths of files in `](path`, relative to the note. What is typed behind the last slash are words of a file's name.
pub(super) fn paths(request: &Request<'_>, slot: Slot, is_bracketed: bool) -> Completion {
    let typed = percent_decode_str(slot.typed.of(request.text)).decode_utf8_lossy();
    let begun = typed.rsplit_once('/').map_or(&*typed, |(_, name)| name);
    let from = request.snapshot.file(request.file).map_or("", |note| note.path.as_str());
    let insert = |_: &str, file: &File| destination(&relative(from, &file.path), is_bracketed);
    file::files(request, slot, begun, insert)
}
