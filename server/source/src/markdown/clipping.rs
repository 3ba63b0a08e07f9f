//! Clippings: the highlights of a work that a reading app or reference manager exports.
//!
//! Readwise, Omnivore, Zotero and others write one page per work: its metadata, then the highlights, usually each with
//! a link to its place in the app, and between them the reader's own notes. Quoting a highlight is quoting the work.
//! What the page lacks may still be in the work.

use ibid_text::Span;

use super::export::{self, Section};
use crate::{Passage, PassageKind, Voice, VoiceKind};

/// The confidence that text followed by a link to its place is the work's.
const LINKED: f32 = 0.95;
/// The confidence that an item in a list of highlights is the work's, and that items nested in it are the reader's.
const LISTED: f32 = 0.85;

/// What the marks of an export say about a passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ExportMark {
    /// They say nothing.
    None,
    /// The text is a highlight, so the work's.
    Highlight,
    /// The text follows a highlight on its line, so it is the reader's note.
    Remark,
}

/// The position of a passage in an export.
#[derive(Clone, Copy, Debug)]
struct Setting {
    section: Section,
    mark: ExportMark,
    /// The number of the innermost list item or blockquote around it; 0 if there is none.
    container: u32,
    /// The number of list items and blockquotes around it.
    depth: usize,
}

/// Collects the marks of an export while its page is read.
#[derive(Default)]
pub(super) struct Marks {
    section: Section,
    /// The numbers of the open list items and blockquotes.
    open: Vec<u32>,
    opened: u32,
    line: Line,
    /// The setting of each passage, in order.
    settings: Vec<Setting>,
}

/// The marks seen in the current block.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Line {
    /// No link to a place.
    #[default]
    Plain,
    /// A link with no text before it.
    LinkAhead,
    /// A highlight with its link.
    LinkBehind,
}

impl Marks {
    pub(super) fn open(&mut self) {
        self.opened += 1;
        self.open.push(self.opened);
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// What the text of the current block is when the block ends.
    pub(super) fn at_block_end(&self) -> ExportMark {
        match self.line {
            Line::Plain => ExportMark::None,
            Line::LinkAhead => ExportMark::Highlight,
            Line::LinkBehind => ExportMark::Remark,
        }
    }

    /// What the text before a link to a place is.
    pub(super) fn before_link(&self) -> ExportMark {
        if self.line == Line::LinkBehind { ExportMark::Remark } else { ExportMark::Highlight }
    }

    /// Records a link to a place; `had_words` says whether it ended a passage.
    pub(super) fn link(&mut self, had_words: bool) {
        self.line = match self.line {
            Line::Plain if !had_words => Line::LinkAhead,
            Line::LinkBehind | Line::Plain | Line::LinkAhead if had_words => Line::LinkBehind,
            line => line,
        };
    }

    /// Records the next passage.
    pub(super) fn passage(&mut self, words: &str, kind: PassageKind, mark: ExportMark) {
        if kind == PassageKind::Heading {
            self.section = Section::under(words);
        } else if export::announces_highlights(words) {
            self.section = Section::Highlights;
        }
        let container = self.open.last().copied().unwrap_or_default();
        self.settings.push(Setting { section: self.section, mark, container, depth: self.open.len() });
    }

    /// Ends the block. A link alone in a block belongs to the passage before.
    pub(super) fn end_block(&mut self, had_words: bool) {
        if self.line == Line::LinkAhead
            && !had_words
            && let Some(last) = self.settings.last_mut()
        {
            last.mark = ExportMark::Highlight;
        }
        self.line = Line::Plain;
    }
}

/// Gives the passages of an export their voices: highlights are the work's, notes the reader's. Metadata and labels are
/// dropped.
pub(super) fn assign_voices(text: &str, passages: Vec<Passage>, marks: Marks) -> Vec<Passage> {
    let mut settings = marks.settings;
    spread(&mut settings);
    let is_linked = settings.iter().any(|setting| setting.mark == ExportMark::Highlight);
    let listed = settings.iter().zip(&passages).filter(|(setting, _)| setting.section == Section::Highlights);
    let is_set_off = |passage: &Passage| matches!(passage.kind, PassageKind::ListItem | PassageKind::Blockquote);
    let of_lists = listed.filter(|(_, passage)| is_set_off(passage) && !export::is_label(passage.span.of(text)));
    let outermost = of_lists.map(|(setting, _)| setting.depth).min();
    let mut voiced = Vec::new();
    for (mut passage, setting) in passages.into_iter().zip(settings) {
        let words = passage.span.of(text);
        if setting.section == Section::Metadata && passage.kind != PassageKind::Heading || export::is_label(words) {
            continue;
        }
        let is_listed = is_set_off(&passage) && Some(setting.depth) == outermost;
        passage.voice = match (setting.mark, setting.section) {
            _ if passage.kind == PassageKind::Heading => passage.voice,
            (ExportMark::Highlight, _) => voice(VoiceKind::Author, LINKED, passage.span),
            (ExportMark::Remark, _) => voice(VoiceKind::Commenter, LINKED, passage.span),
            _ if export::is_remark(words) => voice(VoiceKind::Commenter, LINKED, passage.span),
            (ExportMark::None, Section::Highlights) if !is_linked && is_listed => {
                voice(VoiceKind::Author, LISTED, passage.span)
            }
            (ExportMark::None, Section::Highlights) => voice(VoiceKind::Commenter, LISTED, passage.span),
            (ExportMark::None, _) => Voice::UNKNOWN,
        };
        voiced.push(passage);
    }
    voiced
}

/// A highlight of several paragraphs has its link after the last; the paragraphs before it in the same item are
/// highlights too.
fn spread(settings: &mut [Setting]) {
    let mut linked = 0;
    for setting in settings.iter_mut().rev() {
        match setting.mark {
            ExportMark::Highlight => linked = setting.container,
            ExportMark::None if setting.container != 0 && setting.container == linked => {
                setting.mark = ExportMark::Highlight;
            }
            _ => {}
        }
    }
}

fn voice(kind: VoiceKind, confidence: f32, evidence: Span) -> Voice {
    Voice { kind, name: None, confidence, evidence: Some(evidence) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use ibid_language::Language;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
    fn check(text: &str, expected: Expect) {
        let source = crate::read(crate::Format::Markdown, text.as_bytes(), Language::ENGLISH).expect("it is text");
        expected.assert_eq(&crate::shown(&source));
    }

    #[test]
    fn obsidian_web_clipper() {
        check(
            "---\ntitle: \"Keeping a paper index\"\nsource: \"https://fieldnotes.example/paper-index/\"\nauthor:\n  - \"[[Mara Lindqvist]]\"\n  - \"[[T. Okafor]]\"\n\
             published: 2019-04-02\ncreated: 2024-05-01\ndescription: \"On cards.\"\ntags:\n  - \"clippings\"\n---\n\
             Cards outlive ==the programs== that were to replace them.\n",
            expect![[r#"
                title: Keeping a paper index
                date: 2019-04-02
                author: Mara Lindqvist
                author: T. Okafor
                url: https://fieldnotes.example/paper-index/
                Paragraph (author, 0.80): Cards outlive ==the programs== that were to replace them.
            "#]],
        );
    }

    #[test]
    fn readwise() {
        check(
            "# The Need for Roots\n\n![rw-book-cover](https://images.example/a.jpg)\n\n## Metadata\n- Author: [[Simone Weil]]\n\
             - Full Title: The Need for Roots: Prelude to a Declaration\n- Category: #books\n- URL: https://books.example/roots\n\n\
             ## Highlights\n- To be rooted is perhaps the most important need. ([Location 612](https://readwise.io/to_kindle?action=open&asin=B0&location=612))\n\
             \x20   - Tags: [[roots]]\n    - Note: Compare with the *letter*.\n\
             - The first of two paragraphs.\n\n  And the second. ([View Highlight](https://read.readwise.io/read/01abc))\n    - mine\n\n\
             ## New highlights added May 3, 2024 at 9:12 AM\n- One more. ([Location 700](https://readwise.io/to_kindle?location=700))\n",
            expect![[r#"
                title: The Need for Roots: Prelude to a Declaration
                author: Simone Weil
                url: https://books.example/roots
                extent: Highlights
                Heading (author, Simone Weil, 0.80): The Need for Roots
                Heading (author, Simone Weil, 0.80): Metadata
                Heading (author, Simone Weil, 0.80): Highlights
                ListItem (author, Simone Weil, 0.95): To be rooted is perhaps the most important need.
                ListItem (commenter, 0.95): Note: Compare with the *letter*.
                ListItem (author, Simone Weil, 0.95): The first of two paragraphs.
                ListItem (author, Simone Weil, 0.95): And the second.
                ListItem (commenter, 0.85): mine
                ListItem (author, Simone Weil, 0.95): One more.
            "#]],
        );
    }

    #[test]
    fn readwise_for_outlines() {
        check(
            "title:: Counting wells twice (highlights)\nauthor:: [[Noor Haddad]]\nfull-title:: \"Counting wells twice\"\ncategory:: #articles\n\
             url:: https://wells.example/twice\n\n- Highlights first synced by [[Readwise]] [[Apr 16th, 2024]]\n\
             \t- A well that nobody visits is counted all the same.\n\t\t- **Note**: True here too.\n\t- Dry wells count double.\n",
            expect![[r#"
                title: Counting wells twice
                author: Noor Haddad
                url: https://wells.example/twice
                extent: Highlights
                ListItem (author, Noor Haddad, 0.85): A well that nobody visits is counted all the same.
                ListItem (commenter, 0.95): **Note**: True here too.
                ListItem (author, Noor Haddad, 0.85): Dry wells count double.
            "#]],
        );
    }

    #[test]
    fn omnivore() {
        check(
            "---\nid: 9ff0c7a8-1c0f\ntitle: |\n  The second oven\nauthor: |\n  Ines Prado\ntags:\n  - RSS\ndate_saved: 2024-01-22 22:30:44\n\
             date_published: 2024-01-20 08:00:00\n---\n\n# The second oven\n#Omnivore\n\n[Read on Omnivore](https://omnivore.app/me/the-second-oven-18d)\n\
             [Read Original](https://slowloaf.example/p/the-second-oven)\n\n## Highlights\n\n\
             > A starter keeps its own calendar. [⤴️](https://omnivore.app/me/the-second-oven-18d#5f1) ^5f1\n\nI doubt it.\n",
            expect![[r#"
                title: The second oven
                date: 2024-01-20 08:00:00
                author: Ines Prado
                url: https://slowloaf.example/p/the-second-oven
                extent: Highlights
                Heading (author, Ines Prado, 0.80): The second oven
                Heading (author, Ines Prado, 0.80): Highlights
                Blockquote (author, Ines Prado, 0.95): A starter keeps its own calendar.
                Paragraph (commenter, 0.85): I doubt it.
            "#]],
        );
    }

    #[test]
    fn notes_of_zotero() {
        check(
            "# Annotations\n(5/1/2024, 9:00:00 AM)\n\n“Damping hides the first swing.” ([Varga, 2021, p. 4](zotero://select/library/items/PUEB)) \
             ([pdf](zotero://open-pdf/library/items/2VSD?page=4&annotation=6JFT)) Which swing?\n\n\
             “A second one.” ([Varga, 2021, p. 5](zotero://select/library/items/PUEB)) ([pdf](zotero://open-pdf/library/items/2VSD?page=5&annotation=7JFT))\n",
            expect![[r#"
                extent: Highlights
                Heading (author, 0.80): Annotations
                Paragraph (commenter, 0.85): (5/1/2024, 9:00:00 AM)
                Paragraph (author, 0.95): Damping hides the first swing.
                Paragraph (commenter, 0.95): Which swing?
                Paragraph (author, 0.95): A second one.
            "#]],
        );
    }

    #[test]
    fn annotations_of_zotero() {
        check(
            "---\ntitle: Damped instruments\nauthors: Lena Varga, Tom Abe\nyear: 2021\ncitekey: varga2021\n---\n\nMy summary.\n\n### Annotations\n\n\
             > [!quote|#ffd400]\n> Damping hides the first swing. [(p. 4)](zotero://open-pdf/library/items/2VSD?page=4&annotation=6JFT)\n\n\
             > [!cite]+ [(p. 5)](zotero://open-pdf/library/items/2VSD?page=5&annotation=7JFT)\n> *\"So does the second.\"*\n\n\
             >📌 And the third.\n\n[Page 6](zotero://open-pdf/library/items/2VSD?page=6&annotation=8JFT)\n",
            expect![[r#"
                title: Damped instruments
                date: 2021
                author: Lena Varga
                author: Tom Abe
                extent: Highlights
                Paragraph: My summary.
                Heading (author, 0.80): Annotations
                Blockquote (author, 0.95): Damping hides the first swing.
                Blockquote (author, 0.95): So does the second.
                Blockquote (author, 0.95): 📌 And the third.
            "#]],
        );
    }

    #[test]
    fn other_pages_are_not_exports() {
        check(
            "Author: nobody\n\n## Highlights\n\n- Of the year. ([a link](https://example.org))\n",
            expect![[r#"
            Paragraph (author, 0.80): Author: nobody
            Heading (author, 0.80): Highlights
            ListItem (author, 0.80): Of the year. (a link)
        "#]],
        );
    }
}
