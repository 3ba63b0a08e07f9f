//! The citations of a note as links to follow.

use std::borrow::Cow;

use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::Citation;
use ibid_text::Span;

use crate::{Memo, Place, judgment::Judge, memo::Recall};

/// A citation that leads to a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// Where its target is written.
    pub span: Span,
    /// Where it leads; an empty place at the beginning means the file as a whole.
    pub place: Place,
}

/// Every citation of a note that leads to one file, in order. `memo` is that of the note.
pub fn document_links(snapshot: &Snapshot, file: FileId, memo: &Memo) -> Vec<Link> {
    links_with(snapshot, file, memo.recall(snapshot))
}

/// The same, with what was found out before.
pub(crate) fn links_with(snapshot: &Snapshot, file: FileId, recall: Recall<'_>) -> Vec<Link> {
    let Some(judge) = Judge::recalling(snapshot, file, recall) else { return Vec::new() };
    let link = |(citation, resolution): (&Citation, Cow<'_, Resolution>)| match *resolution {
        Resolution::Source { file, span } | Resolution::Note { file, span } => {
            Some(Link { span: citation.target_span, place: Place { file, span: span.unwrap_or_default() } })
        }
        _ => None,
    };
    judge.leads().filter_map(link).collect()
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
