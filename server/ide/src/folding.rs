//! The ranges of a Markdown file that can be folded: sections, lists, quotations, code, comments, front matter.

use ibid_corpus::{FileId, Snapshot};
use ibid_note::ElementKind;
use ibid_text::Span;

use crate::syntax::{
    sections::{Section, sections},
    structure::elements_of,
};

/// A range of whole lines that folds into its first line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fold {
    /// From the start of the first line to the end of the last.
    pub span: Span,
    /// Whether it is a comment.
    pub is_comment: bool,
}

/// The folds of a Markdown file, by place; empty for a file of another kind.
pub fn folding(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let Some((page, elements)) = elements_of(snapshot, file) else { return Vec::new() };
    let mut folds = Vec::new();
    for element in elements.iter().filter(|element| folds_as_one(element.kind)) {
        push(element.span, page.text(), &mut folds);
    }
    push_sections(&sections(page.text(), &elements), page.text(), &mut folds);
    folds.sort_by_key(|fold| (fold.span.start, std::cmp::Reverse(fold.span.end)));
    folds
}

/// Whether an element is worth folding.
fn folds_as_one(kind: ElementKind) -> bool {
    match kind {
        ElementKind::FrontMatter
        | ElementKind::Item
        | ElementKind::Quote
        | ElementKind::Code
        | ElementKind::Html
        | ElementKind::Table => true,
        ElementKind::Heading(_) | ElementKind::List | ElementKind::Block | ElementKind::Inline => false,
    }
}

fn push_sections(sections: &[Section], text: &str, folds: &mut Vec<Fold>) {
    for section in sections {
        push(section.span, text, folds);
        push_sections(&section.children, text, folds);
    }
}

fn push(span: Span, text: &str, folds: &mut Vec<Fold>) {
    if span.of(text).contains('\n') {
        folds.push(Fold { span, is_comment: span.of(text).starts_with("<!--") });
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{fixture::Fixture, folding};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("//- /notes/note.md\n{note}"));
        let page = fixture.page();
        let text = page.text();
        let folds = folding(&fixture.snapshot, fixture.file);
        let show = |fold: &super::Fold| format!("{:?}\n", fold.span.of(text));
        expect.assert_eq(&folds.iter().map(show).collect::<String>());
    }

    #[test]
    fn sections_lists_and_quotations_fold() {
        check(
            "---\na: b\n---\n\n# One\n\n- a\n  - b\n- c\n\n> q\n> r\n\n```\ncode\n```\n\n<!-- x\ny -->\n",
            &expect![[r##"
                "---\na: b\n---"
                "# One\n\n- a\n  - b\n- c\n\n> q\n> r\n\n```\ncode\n```\n\n<!-- x\ny -->"
                "- a\n  - b"
                "> q\n> r"
                "```\ncode\n```"
                "<!-- x\ny -->"
            "##]],
        );
    }

    #[test]
    fn single_lines_do_not() {
        check("Text.\n\n- a\n\n> q\n", &expect![[""]]);
    }
}
