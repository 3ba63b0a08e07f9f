//! Plain file paths in footnotes: `[^1]: sources/carlsmith.txt#L42, second paragraph`.

use ibid_text::Span;

use crate::{
    citation,
    pointers::{Pointer, PointsTo, Run},
};

/// Adds the file paths in a footnote to its pointers.
pub(crate) fn find(run: &mut Run) {
    let text = run.text.text();
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let path = word.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '/' | '~' | '_' | '-')));
        let path = path.trim_end_matches('.');
        if !is_document(path) {
            continue;
        }
        let Some(target) = citation::link_target(path) else { continue };
        let start = (path.as_ptr() as usize - text.as_ptr() as usize) as u32;
        let span = run.text.to_original(Span::new(start, start + path.len() as u32));
        let anchor = span.start;
        let points_to = PointsTo::Target(target);
        found.push(Pointer { span, target_span: span, anchor, points_to, locator: None, bare: false });
    }
    // Pointers ascend and do not overlap: only the last one that begins before the end of a path can overlap it.
    found.retain(|path| {
        let before = run.pointers.partition_point(|pointer| pointer.span.start < path.span.end);
        before == 0 || !run.pointers[before - 1].span.overlaps(path.span)
    });
    run.pointers.extend(found);
    run.pointers.sort_by_key(|pointer| (pointer.span.start, pointer.target_span.start));
}

/// Whether a word is the path of a text file, with or without a fragment.
fn is_document(word: &str) -> bool {
    let path = word.split('#').next().unwrap_or_default();
    !path.contains("://")
        && path.rsplit_once('.').is_some_and(|(stem, extension)| {
            !stem.is_empty() && DOCUMENTS.iter().any(|known| known.eq_ignore_ascii_case(extension))
        })
}

/// File extensions of documents.
const DOCUMENTS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "mhtml", "mht", "pdf", "epub", "docx", "odt", "rst",
    "tex", "org", "xml", "srt", "vtt", "sbv", "ass", "ssa", "eml", "mbox",
];
