//! The citations of a note as links that can be followed.

use std::borrow::Cow;

use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::Citation;
use ibid_text::Span;

use crate::analysis::{checked_note::CheckedNote, memo::Memo, place::Place};

/// A citation that leads to a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// The target as written.
    pub span: Span,
    /// Where it leads; an empty span at the beginning means the whole file.
    pub place: Place,
}

/// Every citation of a note that leads to exactly one file, in order. `memo` is that of the note.
pub fn document_links(snapshot: &Snapshot, file: FileId, memo: &Memo) -> Vec<Link> {
    let Some(checked) = CheckedNote::open(snapshot, file, memo) else { return Vec::new() };
    let link = |(citation, resolution): (&Citation, Cow<'_, Resolution>)| match *resolution {
        Resolution::Source { file, span } | Resolution::Note { file, span } => {
            Some(Link { span: citation.target_span, place: Place { file, span: span.unwrap_or_default() } })
        }
        _ => None,
    };
    checked.citations_with_places().filter_map(link).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::{Memo, document_links, fixture::Fixture};

    #[test]
    fn citations_are_links() {
        let fixture = Fixture::new(
            "//- /sources/page.md\n---\nid: page\n---\n\nWords.\n//- /notes/note.md\nSo [@page], [it](../sources/page.md#L5) and [none](x.md).\n",
        );
        let page = fixture.page();
        let text = page.text();
        let links = document_links(&fixture.snapshot, fixture.file, &Memo::default());
        let show = |link: &super::Link| format!("{} → {}\n", link.span.of(text), fixture.show(link.place));
        expect![[r#"
            page → sources/page.md:1:1 ""
            ../sources/page.md#L5 → sources/page.md:5:1 "Words."
        "#]]
        .assert_eq(&links.iter().map(show).collect::<String>());
    }
}
