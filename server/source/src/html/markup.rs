//! The tags of a page and their attributes, read by a tokenizer that follows the HTML standard (13.2.5).

use std::{convert::Infallible, mem, ops::Range};

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};
use ibid_text::Span;

use super::name::Name;

/// The tags and comments of a page. Everything between them is text.
#[derive(Default, Debug)]
pub(super) struct Markup {
    /// In order and disjoint.
    pub(super) marks: Vec<Mark>,
    /// The attributes of all tags that have a [`Key`].
    pub(super) attributes: Vec<Attribute>,
    /// The end of the text: an unterminated tag or comment may follow.
    pub(super) end: u32,
}

/// A tag or comment.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Its place in the page, including the angle brackets.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: MarkKind,
}

/// What a tag or comment does.
#[derive(Clone, Debug)]
pub(super) enum MarkKind {
    /// Opens an element; the range indexes its attributes in [`Markup::attributes`].
    Open(Name, Range<u32>),
    /// Opens and closes an empty element: `<a id="p5"/>` in XHTML.
    Whole(Name, Range<u32>),
    /// Closes an element.
    Close(Name),
    /// A comment or a document type.
    Comment,
}

/// An attribute of an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Attribute {
    /// The name.
    pub(super) key: Key,
    /// The value as written in the page.
    pub(super) value: Span,
}

/// The attributes that the reader uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    AriaHidden,
    AriaLabel,
    Class,
    Content,
    Datetime,
    /// The semantic type of an element in a book (EPUB 3.3, structural semantics).
    EpubType,
    Hidden,
    Href,
    Id,
    Itemprop,
    Itemtype,
    Name,
    Property,
    Rel,
    Role,
    ShadowRootMode,
    Style,
    Title,
    Type,
}

impl Key {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"aria-hidden" => Self::AriaHidden,
            b"aria-label" => Self::AriaLabel,
            b"class" => Self::Class,
            b"content" => Self::Content,
            b"datetime" => Self::Datetime,
            b"epub:type" => Self::EpubType,
            b"hidden" => Self::Hidden,
            b"href" => Self::Href,
            b"id" => Self::Id,
            b"itemprop" => Self::Itemprop,
            b"itemtype" => Self::Itemtype,
            b"name" => Self::Name,
            b"property" => Self::Property,
            b"rel" => Self::Rel,
            b"role" => Self::Role,
            b"shadowrootmode" => Self::ShadowRootMode,
            b"style" => Self::Style,
            b"title" => Self::Title,
            b"type" => Self::Type,
            _ => return None,
        })
    }
}

/// Whether a page is read as in a browser that runs scripts or in one that does not.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Scripts {
    /// `noscript` elements are not shown.
    #[default]
    Run,
    /// `noscript` elements are part of the page.
    Off,
}

/// The markup of a page. Never fails; takes linear time.
pub(super) fn markup(text: &str, scripts: Scripts) -> Markup {
    let mut marker = Marker { is_xhtml: is_xhtml(text), scripts, ..Marker::default() };
    // The emitter never returns a token, so this reads the whole page.
    let Ok(()) = Tokenizer::new_with_emitter(text, &mut marker).finish();
    let mut markup = marker.markup;
    markup.end = marker.unfinished.unwrap_or(text.len() as u32);
    markup
}

/// Whether a page declares itself XHTML, in which any start tag may close its element.
fn is_xhtml(text: &str) -> bool {
    /// How much of the page is searched for the declaration, in bytes.
    const REACH: usize = 2048;
    let head = &text.as_bytes()[..text.len().min(REACH)];
    memchr::memmem::find(head, b"http://www.w3.org/1999/xhtml").is_some()
}

/// The kind of the tag being read.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Tag {
    /// `<p>`
    #[default]
    Start,
    /// `<p/>`
    Whole,
    /// `</p>`
    End,
}

/// Records the positions of tags while the tokenizer reads a page.
#[derive(Default)]
struct Marker {
    markup: Markup,
    /// The tokenizer's position, in bytes.
    at: usize,
    /// The start of the last tag or comment.
    opened: usize,
    /// Its start while it is unterminated.
    unfinished: Option<u32>,
    /// The name of the tag being read.
    name: Vec<u8>,
    tag: Tag,
    is_xhtml: bool,
    scripts: Scripts,
    /// The name of the last start tag, which decides how a script, style or title ends.
    last_opened: Vec<u8>,
    /// The index of the first attribute of the tag being read.
    attributes: u32,
    /// The name of the attribute being read.
    key: Vec<u8>,
    value: Span,
}

impl Marker {
    fn mark(&mut self, kind: MarkKind) {
        self.unfinished = None;
        self.markup.marks.push(Mark { span: Span::from(self.opened..self.at.max(self.opened)), kind });
    }

    fn end_attribute(&mut self) {
        if let Some(key) = Key::of(&self.key) {
            self.markup.attributes.push(Attribute { key, value: self.value });
        }
        self.key.clear();
    }
}

impl Emitter for &mut Marker {
    type Token = Infallible;

    #[inline]
    fn move_position(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by);
    }

    fn set_last_start_tag(&mut self, tag: Option<&[u8]>) {
        tag.unwrap_or_default().clone_into(&mut self.last_opened);
    }

    fn emit_eof(&mut self) {}

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, _: &[u8]) {
        self.unfinished = None;
    }

    fn start_open_tag(&mut self) {
        self.opened = self.at.saturating_sub(1);
        self.unfinished = Some(self.opened as u32);
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        self.tag = Tag::Start;
        self.attributes = self.markup.attributes.len() as u32;
    }

    fn init_end_tag(&mut self) {
        self.name.clear();
        self.tag = Tag::End;
        self.attributes = self.markup.attributes.len() as u32;
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        let name = Name::of(&self.name);
        if self.tag == Tag::End {
            self.markup.attributes.truncate(self.attributes as usize);
            self.mark(MarkKind::Close(name));
            return None;
        }
        let attributes = self.attributes..self.markup.attributes.len() as u32;
        if self.tag == Tag::Whole && self.is_xhtml {
            self.mark(MarkKind::Whole(name, attributes));
            return None;
        }
        self.mark(MarkKind::Open(name, attributes));
        let marker = &mut **self;
        mem::swap(&mut marker.last_opened, &mut marker.name);
        // Without scripts, the contents of `noscript` are markup like any other.
        if name == Name::Noscript && self.scripts == Scripts::Off { None } else { naive_next_state(&self.last_opened) }
    }

    fn emit_current_comment(&mut self) {
        self.mark(MarkKind::Comment);
    }

    fn emit_current_doctype(&mut self) {
        self.mark(MarkKind::Comment);
    }

    fn set_self_closing(&mut self) {
        if self.tag == Tag::Start {
            self.tag = Tag::Whole;
        }
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.value = Span::empty(self.at as u32);
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.key.extend_from_slice(name);
    }

    fn init_attribute_value(&mut self) {
        self.value = Span::empty(self.at as u32);
    }

    fn push_attribute_value(&mut self, _: &[u8]) {
        self.value.end = (self.at as u32).max(self.value.start);
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag == Tag::End && !self.last_opened.is_empty() && self.last_opened == self.name
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Checks the marks of a page, each followed by the values of its attributes.
    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let found = markup(page, Scripts::Run);
        let shown: Vec<String> = found
            .marks
            .iter()
            .map(|mark| {
                let attributes = match &mark.kind {
                    MarkKind::Open(_, attributes) | MarkKind::Whole(_, attributes) => {
                        attributes.start as usize..attributes.end as usize
                    }
                    MarkKind::Close(_) | MarkKind::Comment => 0..0,
                };
                let values = found.attributes[attributes].iter().map(|one| format!(" ={}", one.value.of(page)));
                format!("{}{}", mark.span.of(page), values.collect::<String>())
            })
            .collect();
        assert_eq!(shown, expected, "{page}");
    }

    #[test]
    fn tags_and_comments_are_marks() {
        check("<!DOCTYPE html><p class=x>a < b</p>", &["<!DOCTYPE html>", "<p class=x> =x", "</p>"]);
        check("a <!-- b > c --> d <br/>é<i>", &["<!-- b > c -->", "<br/>", "<i>"]);
        check("<a href='x&y' ID=\"é\" data-x=1 hidden>", &["<a href='x&y' ID=\"é\" data-x=1 hidden> =x&y =é ="]);
        check("<p>\r\n<b class=\"a\r\nb\">\r\n</b>", &["<p>", "<b class=\"a\r\nb\"> =a\r\nb", "</b>"]);
        check("<script>if (a<b) '<p>'</script><title><b></title>", &["<script>", "</script>", "<title>", "</title>"]);
    }

    #[test]
    fn unterminated_tags_are_not_text() {
        assert_eq!(markup("text <p class=", Scripts::Run).end, 5);
        assert_eq!(markup("text <!-- more", Scripts::Run).marks.len(), 1);
        assert_eq!(markup("1 < 2", Scripts::Run).end, 5);
        assert_eq!(markup("1 <", Scripts::Run).end, 3);
    }

    proptest! {
        /// Marks are in order and begin with an angle bracket, and attribute values are inside them.
        #[test]
        fn marks_are_inside_the_page(
            page in "(<|</|<!--|-->|<!|>|=|\"|'| |\r|\r\n|\n|p|script|title|class|href|é|&amp;|&|x|/|<p>|</p>|<b id=\"){0,40}"
        ) {
            let found = markup(&page, Scripts::Run);
            let mut end = 0;
            for mark in &found.marks {
                prop_assert!(mark.span.start >= end, "{:?}", found);
                end = mark.span.end;
                let written = page.get(mark.span.range());
                prop_assert!(written.is_some_and(|mark| mark.starts_with('<')), "{:?}", found);
                prop_assert!(written.is_some_and(|mark| mark.ends_with('>')) || end as usize == page.len(), "{:?}", found);
                if let MarkKind::Open(_, attributes) = &mark.kind {
                    for attribute in &found.attributes[attributes.start as usize..attributes.end as usize] {
                        prop_assert!(mark.span.covers(attribute.value), "{:?}", found);
                        prop_assert!(page.get(attribute.value.range()).is_some(), "{:?}", found);
                    }
                }
            }
            prop_assert!(found.end >= end && page.is_char_boundary(found.end as usize));
        }
    }
}
