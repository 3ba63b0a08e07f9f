//! The citations of a note as links to follow.

use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::Citation;
use ibid_text::Span;

use crate::Place;

/// A citation that leads to a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// Where its target is written.
    pub span: Span,
    /// Where it leads; an empty place at the beginning means the file as a whole.
    pub place: Place,
}

/// Every citation of a note that leads to one file, in order.
pub fn document_links(snapshot: &Snapshot, file: FileId) -> Vec<Link> {
    let citations = snapshot.file(file).map_or_else(Vec::new, |file| file.citations());
    let link = |citation: &Citation| match snapshot.resolve(file, citation) {
        Resolution::Source { file, span } | Resolution::Note { file, span } => {
            Some(Link { span: citation.target_span, place: Place { file, span: span.unwrap_or_default() } })
        }
        _ => None,
    };
    citations.iter().filter_map(link).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::{document_links, fixture::Fixture};

    #[test]
    fn citations_are_links() {
        let fixture = Fixture::new(
            "//- /sources/page.md\n---\nid: page\n---\n\nWords.\n//- /notes/note.md\nSo [@page], [it](../sources/page.md#L5) and [none](x.md).\n",
        );
        let page = fixture.page();
        let text = page.text();
        let links = document_links(&fixture.snapshot, fixture.file);
        let show = |link: &super::Link| format!("{} → {}\n", link.span.of(text), fixture.show(link.place));
        expect![[r#"
            page → sources/page.md:1:1 ""
            ../sources/page.md#L5 → sources/page.md:5:1 "Words."
        "#]]
        .assert_eq(&links.iter().map(show).collect::<String>());
    }
}
