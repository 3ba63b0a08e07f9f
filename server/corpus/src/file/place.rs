//! Lines, positions, pages and chapters of a file.

use ibid_source::Format;
use ibid_text::{Encoding, Position, Span, width};

use super::{
    File,
    layout::{Layout, line_starts},
};

impl File {
    /// The number of the page that contains a byte of its own text, counted from 1, if it has pages.
    pub fn page_number(&self, offset: u32) -> Option<u32> {
        self.extracted()?.page_of(offset)
    }

    /// The page that contains a byte of its own text, as it is numbered, if it has pages: also those of a printed book.
    pub fn page_label(&self, offset: u32) -> Option<String> {
        self.extracted()?.page_label(offset)
    }

    /// The title of the chapter that contains a byte of its own text, if it has chapters.
    pub fn chapter(&self, offset: u32) -> Option<&str> {
        self.extracted()?.chapter_of(offset)
    }

    /// The part of it that contains a byte of its own text, as people name it: "p. 5", "“In Chancery”" of a book, or "at 12:34" of a
    /// recording.
    pub fn part(&self, offset: u32) -> Option<String> {
        let page = self.page_label(offset).map(|page| format!("p. {page}"));
        page.or_else(|| {
            let chapter = self.chapter(offset)?;
            let is_recording = Format::of_name(&self.path) == Some(Format::Captions);
            Some(if is_recording { format!("at {chapter}") } else { format!("“{chapter}”") })
        })
    }

    /// The place of a byte of its own text, for a person: "paper.pdf, p. 5" or "book.epub, “In Chancery”" if it has such
    /// parts, else "page.txt:12".
    pub fn place(&self, offset: u32) -> String {
        self.place_in(&self.path, offset)
    }

    /// [`File::place`] with another name than its path: "Small Groups, p. 5", "Small Groups:12".
    pub fn place_in(&self, name: &str, offset: u32) -> String {
        match self.part(offset) {
            Some(part) => format!("{name}, {part}"),
            None => format!("{name}:{}", self.line_of(offset) + 1),
        }
    }

    /// The line of a byte of its text, counted from 0; 0 if the text is gone.
    pub fn line_of(&self, offset: u32) -> u32 {
        match self.text.in_memory() {
            Some(page) => page.lines().line_of(offset),
            None => self.line_to(offset).map_or(0, |(line, _)| line),
        }
    }

    /// The position of a byte of its text; `None` as for [`File::page`]. If the file is read in full, hardly more than the
    /// line is read.
    pub fn position(&self, offset: u32, encoding: Encoding) -> Option<Position> {
        if let Some(page) = self.text.in_memory() {
            return Some(page.lines().position(page.text(), offset, encoding));
        }
        let (line, before) = self.line_to(offset)?;
        Some(Position { line, column: width(&before, encoding) })
    }

    /// The positions of the ends of a span of its text; `None` as for [`File::page`]. If a note is read in full, mostly
    /// nothing is read.
    pub fn range(&self, span: Span, encoding: Encoding) -> Option<[Position; 2]> {
        let Some(layout) = self.layout().filter(|_| self.text.in_memory().is_none()) else {
            return Some([self.position(span.start, encoding)?, self.position(span.end, encoding)?]);
        };
        let ends = [span.start, span.end].map(|end| end.min(layout.len()));
        if let [Some(start), Some(end)] = ends.map(|end| layout.position(end)) {
            return Some([start, end]);
        }
        let (from, line) = layout.line_before(ends[0]);
        let near = self.text.bytes(self, Span::new(from, ends[1] + 1))?;
        let place = |end: u32| {
            let (line, before) = self.line_near(layout, end, (from, line), &near)?;
            Some(Position { line, column: width(&before, encoding) })
        };
        Some([place(ends[0])?, place(ends[1])?])
    }

    /// The line of a byte of a text on disk, and what precedes the byte in that line; `None` if the text is gone.
    fn line_to(&self, offset: u32) -> Option<(u32, String)> {
        let Some(layout) = self.layout() else {
            let page = self.page()?;
            let place = page.lines().position(page.text(), offset, Encoding::Utf8);
            let start = page.lines().start_of(place.line);
            return Some((place.line, Span::new(start, start + place.column).of(page.text()).to_owned()));
        };
        let offset = offset.min(layout.len());
        let (from, line) = layout.line_before(offset);
        // With the byte itself: it may be the end of a line that the byte before it seems to end.
        let near = self.text.bytes(self, Span::new(from, offset + 1))?;
        self.line_near(layout, offset, (from, line), &near)
    }

    /// [`File::line_to`], given the text `near` from a byte on whose line is `known`.
    fn line_near(&self, layout: &Layout, offset: u32, known: (u32, u32), near: &[u8]) -> Option<(u32, String)> {
        let (from, line) = known;
        let upto = (offset - from) as usize;
        if let Some((nth, start)) = line_starts(near, upto).enumerate().last() {
            return Some((line + nth as u32 + 1, text_of(near.get(start..upto)?)));
        }
        let from = layout.before_line(line);
        let all = self.text.bytes(self, Span::new(from, offset))?;
        let start = line_starts(&all, all.len()).last().unwrap_or_default();
        Some((line, text_of(&all[start..])))
    }
}

/// The text of bytes whose last character may be cut.
fn text_of(bytes: &[u8]) -> String {
    let whole = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    String::from_utf8_lossy(&bytes[..whole]).into_owned()
}
