//! What a Markdown page says of itself: front matter, and its first heading.

use std::ops::Range;

use ibid_text::{Mapped, Span};
use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{Metadata, front_matter};

/// What tells of the page, gathered from its events.
#[derive(Default)]
pub(super) struct Head {
    /// The block of front matter with its marks, in the file's text.
    front_matter: Option<Span>,
    /// The words of the first heading, without its marks.
    title: String,
    in_heading: bool,
    /// Whether the first heading has ended.
    titled: bool,
}

impl Head {
    pub(super) fn take(&mut self, event: &Event, range: &Range<usize>) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.front_matter = Some(range.clone().into()),
            Event::Start(Tag::Heading { .. }) => self.in_heading = true,
            Event::End(TagEnd::Heading(_)) => {
                self.in_heading = false;
                self.titled = true;
            }
            Event::Text(words) | Event::Code(words) if self.in_heading && !self.titled => self.title.push_str(words),
            _ => {}
        }
    }

    /// What it amounts to; `content` is the readable text of the page.
    pub(super) fn metadata(self, content: &Mapped) -> Metadata {
        let block = self.front_matter.map(|block| content.span_to_plain(block).of(content.text()));
        let mut metadata = block.map(inside_fences).map_or_else(Metadata::default, front_matter::read);
        if metadata.title.is_none() && !self.title.is_empty() {
            metadata.title = Some(self.title);
        }
        metadata
    }
}

/// The lines between the marks of a front matter block.
fn inside_fences(block: &str) -> &str {
    let inside = block.split_once('\n').map_or("", |(_, inside)| inside).trim_end();
    inside.strip_suffix("---").or_else(|| inside.strip_suffix("...")).unwrap_or(inside)
}
