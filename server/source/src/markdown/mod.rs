//! The reader for Markdown files: clippings, and notes that are quoted themselves.
//!
//! Markdown has marks for quotations, so an unmarked paragraph is probably the author's own and a blockquote is not.
//! Code, HTML, alternative texts of images and front matter are in no passage.

mod clipping;
mod export;
mod head;
mod html;
mod readable;

use std::ops::Range;

use clipping::{ExportMark, Marks};
use head::Head;
use ibid_language::Language;
use ibid_text::{Mapped, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use readable::Reading;

use crate::{Extent, Metadata, Passage, PassageKind, passage::Discourse, requotation::requotations, voice::marked};

/// The metadata and the readable text of a page: the file's text without what a reader of the rendered page does not
/// see. Never fails.
pub(crate) fn readable_text(text: &str) -> (Metadata, Mapped) {
    let (events, definitions) = events(text);
    let mut reading = Reading::new(text, definitions);
    let mut head = Head::default();
    for (event, range) in events {
        head.take(&event, &range);
        reading.take(&event, &range);
    }
    let content = reading.finish();
    (head.metadata(&content), content)
}

/// The passages of a page and their re-quotations; `content` and `metadata` are what [`readable_text`] returned for it.
/// Never fails.
pub(crate) fn passages(text: &str, content: &Mapped, metadata: &Metadata, language: Language) -> Discourse {
    let mut reader = Reader::new(content, metadata, language);
    for (event, range) in events(text).0 {
        reader.take(&event, range);
    }
    let passages = reader.finish();
    let spans: Vec<Span> = passages.iter().map(|passage| passage.span).collect();
    let requotations = requotations(content.text(), &spans);
    Discourse { passages, requotations, ..Discourse::default() }
}

/// The parser's events, and the spans of link reference definitions; ranges are in `text`.
fn events(text: &str) -> (impl Iterator<Item = (Event<'_>, Range<usize>)>, Vec<Span>) {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let events = Parser::new_ext(&text[mark..], options).into_offset_iter();
    let moved = move |range: Range<usize>| mark + range.start..mark + range.end;
    let definitions =
        events.reference_definitions().iter().map(|(_, there)| moved(there.span.clone()).into()).collect();
    (events.map(move |(event, range)| (event, moved(range))), definitions)
}

/// The passage being read.
#[derive(Clone, Copy)]
struct Words {
    span: Span,
    kind: PassageKind,
}

/// A block that holds other blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    /// A quotation, with the index of the first passage in it.
    Quote(usize),
    /// A callout, which is the author's own text.
    Callout,
    /// An item of a list.
    Item,
}

struct Reader<'t> {
    content: &'t Mapped,
    /// The readable text; all spans refer to it.
    text: &'t str,
    authors: &'t [String],
    language: Language,
    passages: Vec<Passage>,
    /// The open containers, outermost first.
    open: Vec<Container>,
    /// The passage being read, without the markup of its block.
    words: Option<Words>,
    in_heading: bool,
    /// The number of open code blocks, HTML blocks, images and front matter blocks, which have no passages.
    muted: u32,
    /// The marks of the export, if the page is one of highlights.
    marks: Option<Marks>,
    /// For each open link, whether it is a mark of the export.
    links: Vec<bool>,
}

impl<'t> Reader<'t> {
    fn new(content: &'t Mapped, metadata: &'t Metadata, language: Language) -> Self {
        Self {
            content,
            text: content.text(),
            authors: &metadata.authors,
            language,
            passages: Vec::new(),
            open: Vec::new(),
            words: None,
            in_heading: false,
            muted: 0,
            marks: (metadata.extent == Extent::Highlights).then(Marks::default),
            links: Vec::new(),
        }
    }

    /// Processes the next event; `range` is in the file's text.
    fn take(&mut self, event: &Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(_) | Event::Code(_) | Event::FootnoteReference(_) => self.cover(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Link { dest_url, .. } => self.start_link(dest_url, range),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.cover(range),
            Tag::Image { .. } | Tag::MetadataBlock(_) => self.muted += 1,
            Tag::TableCell => {}
            _ => {
                self.flush();
                self.open(tag, range);
            }
        }
    }

    /// A link is part of the passage unless it is a mark of the export.
    fn start_link(&mut self, address: &str, range: Range<usize>) {
        let is_mark =
            self.marks.is_some() && (export::is_place(address) || export::is_item(address) && self.is_aside());
        self.links.push(is_mark);
        if !is_mark {
            return self.cover(range);
        }
        self.muted += 1;
        let mark = self.marks.as_ref().map_or(ExportMark::None, Marks::before_link);
        let had_words = self.push_words(mark);
        if let Some(marks) = &mut self.marks {
            marks.link(had_words);
        }
    }

    fn end_link(&mut self) {
        if self.links.pop() == Some(true) {
            self.muted -= 1;
        }
    }

    /// Whether the text read so far ends with an opening parenthesis.
    fn is_aside(&self) -> bool {
        self.words.is_some_and(|words| words.span.of(self.text).trim_end().ends_with('('))
    }

    /// Opens a block; the previous passage has ended.
    fn open(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.muted += 1,
            Tag::Heading { .. } => self.in_heading = true,
            Tag::Item => self.contain(Container::Item),
            Tag::BlockQuote(kind) => {
                let callout = kind.is_some() || is_callout(self.content.span_to_plain(range.into()).of(self.text));
                self.contain(if callout { Container::Callout } else { Container::Quote(self.passages.len()) });
            }
            _ => {}
        }
    }

    fn contain(&mut self, container: Container) {
        self.open.push(container);
        if let Some(marks) = &mut self.marks {
            marks.open();
        }
    }

    fn release(&mut self) -> Option<Container> {
        if let Some(marks) = &mut self.marks {
            marks.close();
        }
        self.open.pop()
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.end_link(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::TableCell => {}
            TagEnd::MetadataBlock(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image => self.muted -= 1,
            TagEnd::Heading(_) => {
                self.flush();
                self.in_heading = false;
            }
            TagEnd::Item => {
                self.flush();
                self.release();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                if let Some(Container::Quote(first)) = self.release() {
                    marked::attribute(self.text, &mut self.passages, first, self.authors, self.language);
                }
            }
            _ => self.flush(),
        }
    }

    /// Adds inline text to the passage being read.
    fn cover(&mut self, range: Range<usize>) {
        if self.muted > 0 {
            return;
        }
        let span = self.content.span_to_plain(range.into());
        match &mut self.words {
            Some(words) => words.span = words.span.cover(span),
            None => self.words = Some(Words { span, kind: self.kind() }),
        }
    }

    fn kind(&self) -> PassageKind {
        if self.open.iter().any(|container| matches!(container, Container::Quote(_))) {
            PassageKind::Blockquote
        } else if self.in_heading {
            PassageKind::Heading
        } else if self.open.contains(&Container::Item) {
            PassageKind::ListItem
        } else {
            PassageKind::Paragraph
        }
    }

    /// Ends the block being read, and its passage if there is one.
    fn flush(&mut self) {
        let mark = self.marks.as_ref().map_or(ExportMark::None, Marks::at_block_end);
        let had_words = self.push_words(mark);
        if let Some(marks) = &mut self.marks {
            marks.end_block(had_words);
        }
    }

    /// Makes a passage of the text read so far. Returns whether there was any.
    fn push_words(&mut self, mark: ExportMark) -> bool {
        let Some(Words { span, kind }) = self.words.take() else { return false };
        let span = trimmed(self.text, span, if mark == ExportMark::None { is_space } else { is_bracket });
        let before = self.passages.len();
        let (title, body) = callout_parts(self.text, span);
        for span in [title, body].into_iter().filter(|span| !span.is_empty()) {
            if let Some(marks) = &mut self.marks {
                marks.passage(span.of(self.text), kind, mark);
            }
            self.passages.push(Passage { span, kind, voice: marked::own_voice(), repeats: Vec::new() });
        }
        self.passages.len() > before
    }

    /// Returns the passages, with the author's name if there is exactly one author.
    fn finish(mut self) -> Vec<Passage> {
        self.flush();
        if let Some(marks) = self.marks {
            self.passages = clipping::assign_voices(self.text, self.passages, marks);
        }
        marked::name_author(&mut self.passages, self.authors);
        self.passages
    }
}

/// The span without leading and trailing characters that are `is_outside`.
fn trimmed(text: &str, span: Span, is_outside: fn(char) -> bool) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start_matches(is_outside).len()) as u32;
    let end = span.end - (words.len() - words.trim_end_matches(is_outside).len()) as u32;
    Span::new(start.min(end), end)
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// The characters that an export writes around a highlight and its link.
fn is_bracket(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '“' | '”' | '"' | '📌' | '*' | '—')
}

/// The title line of a callout without its mark, and the rest. For another passage, an empty span and the passage.
fn callout_parts(text: &str, span: Span) -> (Span, Span) {
    let passage = span.of(text);
    let kind = passage.strip_prefix("[!").and_then(|rest| rest.split_once(']')).map(|(kind, _)| kind);
    let Some(mark) = kind.filter(|kind| kind.starts_with(char::is_alphabetic)).map(|kind| kind.len() + "[!]".len())
    else {
        return (Span::empty(span.start), span);
    };
    let line = passage.find('\n').unwrap_or(passage.len()).max(mark);
    let trimmed = |range: Range<usize>| {
        let part = &passage[range.clone()];
        let words = part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '+' | '-'));
        let start = span.start + (range.end - words.len()) as u32;
        Span::new(start, start + words.trim_end().len() as u32)
    };
    (trimmed(mark..line), trimmed(line..passage.len()))
}

/// Whether a blockquote is a callout (`> [!note]`) and so the author's own. `> [!quote]` is still a quotation.
fn is_callout(block: &str) -> bool {
    let inside = block.strip_prefix('>').map(|inside| inside.strip_prefix(' ').unwrap_or(inside));
    let Some(kind) = inside.and_then(|inside| inside.strip_prefix("[!")) else { return false };
    let is = |name: &str| kind.get(..name.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(name));
    !is("quote") && !is("cite")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use ibid_language::Language;

    use crate::{Format, Source};

    fn read(text: &str) -> Source {
        crate::read(Format::Markdown, text.as_bytes(), Language::ENGLISH).expect("it is text")
    }

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&crate::shown(&read(text)));
    }

    #[test]
    fn front_matter_is_metadata_and_no_passage() {
        check(
            "---\ntitle: Scheming AIs\nauthor: Joe Carlsmith\n---\n# Introduction\n\nThe *first*\nparagraph.\n",
            expect![[r"
                title: Scheming AIs
                author: Joe Carlsmith
                Heading (author, Joe Carlsmith, 0.80): Introduction
                Paragraph (author, Joe Carlsmith, 0.80): The *first*⏎paragraph.
            "]],
        );
    }

    #[test]
    fn code_and_html_are_no_passages() {
        check(
            "Before.\n\n```\ncode\n```\n\n    indented\n\n<div>\nhtml\n</div>\n\n![picture](a.png)\n\nAfter `code`.\n",
            expect![[r"
                Paragraph (author, 0.80): Before.
                Paragraph (author, 0.80): After `code`.
            "]],
        );
    }

    #[test]
    fn tight_and_loose_items_are_passages() {
        check(
            "- one **bold**\n  - nested\n- two\n  goes on\n\n1. loose\n\n   second paragraph\n\n2. [link](x) ends\n- [ ] task\n",
            expect![[r#"
                ListItem (author, 0.80): one **bold**
                ListItem (author, 0.80): nested
                ListItem (author, 0.80): two⏎  goes on
                ListItem (author, 0.80): loose
                ListItem (author, 0.80): second paragraph
                ListItem (author, 0.80): link ends
                ListItem (author, 0.80): task
            "#]],
        );
    }

    #[test]
    fn blockquotes_are_quoted() {
        check(
            "# Notes\n\nCarlsmith writes:\n\n> Schemers are\n> deceptive.\n>\n> > Nested.\n\nI wrote:\n\n> My own.\n\n\
             > Signed words.\n>\n> — Ada Lovelace, 1843\n\n> [!note] A callout\n> of mine.\n",
            expect![[r"
                title: Notes
                Heading (author, 0.80): Notes
                Paragraph (author, 0.80): Carlsmith writes:
                Blockquote (quoted, Carlsmith, 0.95): Schemers are⏎> deceptive.
                Blockquote (quoted, Carlsmith, 0.95): Nested.
                Paragraph (author, 0.80): I wrote:
                Blockquote (author, 0.80): My own.
                Blockquote (quoted, Ada Lovelace, 0.95): Signed words.
                Blockquote (quoted, Ada Lovelace, 0.95): — Ada Lovelace, 1843
                Paragraph (author, 0.80): A callout
                Paragraph (author, 0.80): of mine.
            "]],
        );
    }

    #[test]
    fn a_table_row_is_a_passage() {
        check(
            "| a | b |\n|---|---|\n| c | d |\n",
            expect![[r"
            Paragraph (author, 0.80): a | b
            Paragraph (author, 0.80): c | d
        "]],
        );
    }
}
