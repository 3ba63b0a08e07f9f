//! Plain file paths in footnotes: `[^1]: sources/carlsmith.txt#L42, second paragraph`.

use ibid_text::Span;

use crate::{
    citation,
    pointers::{Leads, Pointer, Running},
};

/// Adds the paths that a footnote's text names to its pointers.
pub(crate) fn find(run: &mut Running) {
    let text = run.said.text();
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let path = word.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '/' | '~' | '_' | '-')));
        let path = path.trim_end_matches('.');
        if !is_document(path) {
            continue;
        }
        let Some(target) = citation::link_target(path) else { continue };
        let start = (path.as_ptr() as usize - text.as_ptr() as usize) as u32;
        let span = run.said.to_original(Span::new(start, start + path.len() as u32));
        let anchor = span.start;
        let leads = Leads::To(target);
        found.push(Pointer { span, target_span: span, anchor, leads, locator: None, bare: false });
    }
    // Pointers ascend and do not overlap, so the one that begins last before a path's end is the only one to fear.
    found.retain(|path| {
        let before = run.pointers.partition_point(|pointer| pointer.span.start < path.span.end);
        before == 0 || !run.pointers[before - 1].span.overlaps(path.span)
    });
    run.pointers.extend(found);
    run.pointers.sort_by_key(|pointer| (pointer.span.start, pointer.target_span.start));
}

/// Whether a word is the path of a file that can hold text, a fragment perhaps behind it.
fn is_document(word: &str) -> bool {
    let path = word.split('#').next().unwrap_or_default();
    !path.contains("://")
        && path.rsplit_once('.').is_some_and(|(stem, extension)| {
            !stem.is_empty() && DOCUMENTS.iter().any(|known| known.eq_ignore_ascii_case(extension))
        })
}

const DOCUMENTS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "mhtml", "mht", "pdf", "epub", "docx", "odt", "rst",
    "tex", "org", "xml",
];
