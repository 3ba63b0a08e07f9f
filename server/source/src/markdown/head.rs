//! The metadata of a Markdown page: from front matter, the first heading, and the lists of exports.

use std::ops::Range;

use ibid_front_matter::Field;
use ibid_text::{Mapped, Span};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::export::{self, Section};
use crate::{Extent, Metadata, front_matter, txt::head::is_url};

/// Collects the metadata of a page from the parser's events.
#[derive(Default)]
pub(super) struct Head<'t> {
    /// The front matter block with its fences, in the file's text.
    front_matter: Option<Span>,
    /// The text of the first heading, without markup.
    title: String,
    /// The text of the heading being read.
    heading: Option<String>,
    /// The section of an export being read.
    section: Section,
    /// The first paragraph, which may consist of properties.
    first: Option<Span>,
    /// The list items in an export's metadata section.
    fields: Vec<Span>,
    /// The target of the link being read.
    link: Option<CowStr<'t>>,
    /// The target of the link to the original page.
    original: Option<CowStr<'t>>,
    /// Whether the page has marks of highlights.
    has_highlights: bool,
    /// Whether the page has a metadata section.
    has_metadata: bool,
}

impl<'t> Head<'t> {
    pub(super) fn take(&mut self, event: &Event<'t>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.front_matter = Some(range.clone().into()),
            Event::Start(Tag::Heading { .. }) => self.heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Paragraph) if self.first.is_none() => self.first = Some(range.clone().into()),
            Event::Start(Tag::Item) if self.section == Section::Metadata => self.fields.push(range.clone().into()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.has_highlights |= export::is_place(dest_url);
                self.link = Some(dest_url.clone());
            }
            Event::End(TagEnd::Link) => self.link = None,
            Event::Text(words) | Event::Code(words) => self.take_words(words),
            _ => {}
        }
    }

    fn take_words(&mut self, words: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(words);
        } else if matches!(words, "Read Original" | "Original") && self.original.is_none() {
            self.original = self.link.take();
        } else if export::announces_highlights(words) {
            self.has_highlights = true;
        }
    }

    fn end_heading(&mut self) {
        let heading = self.heading.take().unwrap_or_default();
        self.section = Section::under(&heading);
        self.has_metadata |= self.section == Section::Metadata;
        self.has_highlights |= self.section == Section::Highlights && self.has_metadata;
        if self.title.is_empty() && self.section == Section::Other {
            self.title = heading;
        }
    }

    /// The metadata found; `content` is the readable text of the page.
    pub(super) fn metadata(self, content: &Mapped) -> Metadata {
        let block = self.front_matter.map(|block| content.span_to_plain(block).of(content.text()));
        let mut metadata = block.map(inside_fences).map_or_else(Metadata::default, front_matter::read);
        let written = |span: Span| content.span_to_plain(span).of(content.text());
        for property in self.first.map(written).unwrap_or_default().lines() {
            take_field(property, ":: ", &mut metadata);
        }
        for item in self.fields.into_iter().map(written) {
            take_field(item.lines().next().unwrap_or_default(), ": ", &mut metadata);
        }
        metadata.urls.extend(self.original.filter(|address| is_url(address)).map(CowStr::into_string));
        if self.has_highlights {
            metadata.extent = Extent::Highlights;
        }
        if metadata.title.is_none() && !self.title.is_empty() {
            metadata.title = Some(self.title);
        }
        if let Some(title) = &mut metadata.title {
            title.truncate(title.trim_end_matches("(highlights)").trim_end().len());
        }
        metadata
    }
}

/// Reads one field in a line of an export: `- Author: …`, `* DOI: …`, or `author:: …`.
fn take_field(line: &str, mark: &str, metadata: &mut Metadata) {
    let Some((key, value)) = line.trim_start_matches(['-', '*', '+', ' ']).split_once(mark) else { return };
    let (key, value) = (key.trim_matches('*'), value.trim_matches(['*', ' ', '"']));
    if let Some(field) = Field::of_key(key).filter(|_| !value.is_empty()) {
        front_matter::add(field, &[value.to_owned()], metadata);
    }
}

/// The lines between the fences of a front matter block.
fn inside_fences(block: &str) -> &str {
    let inside = block.split_once('\n').map_or("", |(_, inside)| inside).trim_end();
    inside.strip_suffix("---").or_else(|| inside.strip_suffix("...")).unwrap_or(inside)
}
