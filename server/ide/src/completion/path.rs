use ibid_corpus::File;
use ibid_note::Target;
use ibid_text::Span;
use percent_encoding::percent_decode_str;

use super::{Completion, Request, context::Slot, file};
use crate::{analysis::cite::relative, syntax::destination::destination};

/// Paths of files in `](path`, relative to the note. What is typed behind the last slash are words of a file's name. The
/// `fragment` behind the path is replaced too if the file has no such place.
pub(super) fn paths(request: &Request<'_>, slot: Slot, is_bracketed: bool, fragment: Span) -> Completion {
    let typed = decoded(slot.typed.of(request.text));
    let begun = typed.rsplit_once('/').map_or(&*typed, |(_, name)| name);
    let from = request.snapshot.file(request.file).map_or("", |note| note.path.as_str());
    let insert = |_: &str, file: &File| destination(&relative(from, &file.path), is_bracketed);
    let mut completion = file::files(request, slot, begun, insert);
    for item in &mut completion.items {
        if !request.has_fragment(fragment, |fragment| Target::Path { path: decoded(&item.insert), fragment }) {
            item.span.end = fragment.end;
        }
    }
    completion
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}
