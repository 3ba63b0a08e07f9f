//! The title of a callout: the first line of its block.

use ibid_text::{Mapped, Span};

use super::{Block, BlockKind};

impl Block {
    /// Splits off the first line as a title; also returns the rest, if there is any.
    pub(super) fn split_first_line(mut self) -> (Self, Option<Self>) {
        let len = self.text.text().len() as u32;
        let (end, next) = self.breaks.first().map_or((len, len), |&at| (at, at + 1));
        let later = self.links.partition_point(|link| link.shown.start < next);
        let mut rest = Self {
            kind: self.kind,
            text: Mapped::default(),
            opaque: Vec::new(),
            links: self.links.split_off(later),
            quote: self.quote,
            footnote: self.footnote,
            item: self.item,
            lead: None,
            breaks: self.breaks.iter().skip(1).map(|at| at - next).collect(),
        };
        rest.text.push_part(&self.text, Span::new(next, len));
        for link in &mut rest.links {
            link.shown = Span::new(link.shown.start - next, link.shown.end - next);
        }
        let behind = self.opaque.partition_point(|span| span.start < next);
        rest.opaque =
            self.opaque.split_off(behind).into_iter().map(|s| Span::new(s.start - next, s.end - next)).collect();
        let mut title = Mapped::default();
        title.push_part(&self.text, Span::new(0, end));
        self.text = title;
        self.kind = BlockKind::Title;
        self.breaks.clear();
        for span in self.opaque.iter_mut().chain(self.links.iter_mut().map(|link| &mut link.shown)) {
            span.end = span.end.min(end);
            span.start = span.start.min(span.end);
        }
        let has_rest = !rest.text.text().trim().is_empty() || !rest.links.is_empty();
        (self, has_rest.then_some(rest))
    }
}
