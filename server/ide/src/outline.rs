//! The outline of a Markdown file.

use ibid_corpus::{FileId, Snapshot};

use crate::syntax::{
    sections::{Section, sections},
    structure::elements_of,
};

/// The sections of a Markdown file; empty for a file of another kind.
pub fn outline(snapshot: &Snapshot, file: FileId) -> Vec<Section> {
    elements_of(snapshot, file).map_or_else(Vec::new, |(page, elements)| sections(page.text(), &elements))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use crate::{Section, fixture::Fixture, outline};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("//- /notes/note.md\n{note}"));
        let page = fixture.page();
        let text = page.text();
        let mut shown = String::new();
        show(&outline(&fixture.snapshot, fixture.file), text, 0, &mut shown);
        expect.assert_eq(&shown);
    }

    fn show(sections: &[Section], text: &str, depth: usize, out: &mut String) {
        for section in sections {
            let lines = section.span.of(text).lines().count();
            let _ = writeln!(out, "{}{} ({lines} lines)", "  ".repeat(depth), section.title);
            show(&section.children, text, depth + 1, out);
        }
    }

    #[test]
    fn sections_nest() {
        check(
            "---\ntitle: x\n---\n\nBefore.\n\n# One *two*\n\nText.\n\n## Inner\n\nText.\n\n# Two #\n\n### Deep\n",
            &expect![[r#"
                One two (7 lines)
                  Inner (3 lines)
                Two (3 lines)
                  Deep (1 lines)
            "#]],
        );
    }

    #[test]
    fn underlined_headings_count() {
        check(
            "One\n===\n\nText.\n\nTwo\n---\n\nText.\n",
            &expect![[r#"
            One (9 lines)
              Two (4 lines)
        "#]],
        );
    }

    #[test]
    fn code_has_no_headings() {
        check("```\n# no\n```\n", &expect![[""]]);
    }
}
