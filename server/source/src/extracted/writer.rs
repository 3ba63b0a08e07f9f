use std::fmt::Write;

use super::{CHAPTER, MARK, PAGE, PARTIAL, PLAIN, TIME, sign};
use crate::{Extent, Metadata, PassageKind};

/// Writes the text extracted from a document.
pub(crate) struct Writer {
    out: String,
    /// Whether the head has ended.
    is_begun: bool,
    /// The number of the last page begun; 0 before the first.
    page: u32,
    /// The title of the chapter that begins with the next block.
    chapter: Option<String>,
}

impl Writer {
    /// Starts a text with its head.
    pub(crate) fn new(metadata: &Metadata) -> Self {
        let mut out = String::new();
        let fields = [("title", &metadata.title), ("date", &metadata.date), ("doi", &metadata.doi)];
        let lists = [
            ("author", &metadata.authors),
            ("url", &metadata.urls),
            ("id", &metadata.keys),
            ("alias", &metadata.aliases),
        ];
        let of_lists = lists.into_iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
        for (name, value) in
            fields.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).chain(of_lists)
        {
            let _ = writeln!(out, "{name}: {}", clean(value));
        }
        if metadata.extent == Extent::Partial {
            let _ = writeln!(out, "extent: {PARTIAL}");
        }
        Self { out, is_begun: false, page: 0, chapter: None }
    }

    /// Begins a chapter at the next block.
    pub(crate) fn chapter(&mut self, title: &str) {
        self.chapter = Some(clean(title)).filter(|title| !title.is_empty());
    }

    /// Writes a block of a document that has no pages. Line breaks in `words` are kept.
    pub(crate) fn prose(&mut self, kind: PassageKind, words: &str) {
        self.prose_over_pages(kind, words, &[]);
    }

    /// Writes a block like [`Writer::prose`]. `pages` gives the printed pages that begin in or before the words: a byte
    /// offset into them and the page label.
    pub(crate) fn prose_over_pages(&mut self, kind: PassageKind, words: &str, pages: &[(usize, &str)]) {
        let (mut rest, mut from, mut is_open) = (words, 0, false);
        for &(at, number) in pages {
            let (before, behind) = rest.split_at(at.saturating_sub(from).min(rest.len()));
            is_open |= self.lines(kind, before, is_open);
            self.printed_page(number);
            (rest, from) = (behind, from + before.len());
        }
        self.lines(kind, rest, is_open);
    }

    /// Writes a line of a block of a recording, with the time at which it is said.
    pub(crate) fn said(&mut self, kind: PassageKind, time: &str, words: &str, is_first: bool) {
        let words = clean(words);
        if words.is_empty() {
            return;
        }
        if is_first {
            self.part();
        }
        self.mark(&format!("{TIME}{time}]"));
        self.line(kind, &words, is_first);
    }

    /// Marks the start of a page of the printed edition.
    pub(crate) fn printed_page(&mut self, number: &str) {
        let number = clean(number);
        if !number.is_empty() {
            self.mark(&format!("{PAGE}{number}]"));
        }
    }

    /// Writes lines of a block; `is_open` says whether the block has begun. Returns whether any were written.
    fn lines(&mut self, kind: PassageKind, words: &str, is_open: bool) -> bool {
        let lines: Vec<String> = words.lines().map(clean).filter(|line| !line.is_empty()).collect();
        for (at, line) in lines.iter().enumerate() {
            let is_first = at == 0 && !is_open;
            if is_first {
                self.part();
            }
            self.line(kind, line, is_first);
        }
        !lines.is_empty()
    }

    /// Writes a block that may span pages: the text on each page, in order.
    pub(crate) fn block(&mut self, kind: PassageKind, pieces: &[(u32, String)]) {
        let pieces = pieces.iter().map(|(page, words)| (*page, clean(words)));
        for (at, (page, words)) in pieces.filter(|(_, words)| !words.is_empty()).enumerate() {
            if at == 0 {
                self.part();
            }
            self.turn(page);
            self.line(kind, &words, at == 0);
        }
    }

    /// Writes one line of a block.
    fn line(&mut self, kind: PassageKind, words: &str, is_first: bool) {
        if !self.is_begun {
            self.mark("");
        }
        if is_first {
            let is_taken = words.starts_with(['#', '-', '>', '\\']);
            self.out.push_str(if is_taken && sign(kind).is_empty() { PLAIN } else { sign(kind) });
        }
        self.out.push_str(words);
        self.out.push('\n');
    }

    /// Ends the previous block.
    fn part(&mut self) {
        if self.is_begun {
            self.out.push('\n');
        }
        if let Some(title) = self.chapter.take() {
            self.mark(&format!("{CHAPTER}{title}]"));
        }
    }

    /// Writes the marks of all pages up to `page`.
    fn turn(&mut self, page: u32) {
        while self.page < page {
            self.page += 1;
            self.mark(&format!("{PAGE}{}]", self.page));
        }
    }

    fn mark(&mut self, part: &str) {
        self.is_begun = true;
        let _ = writeln!(self.out, "{MARK}{part}");
    }

    /// Returns the text of a document with this many pages; 0 if it has none.
    pub(crate) fn end(mut self, pages: u32) -> String {
        self.turn(pages);
        self.out
    }
}

/// Text on one line, without control characters and soft hyphens.
fn clean(words: &str) -> String {
    let words = words.replace('\u{ad}', "");
    let words = words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Format,
        extracted::{chapters, pages},
        read,
    };

    /// A block: its kind, and its text by page.
    type Block = (PassageKind, Vec<(u32, String)>);

    /// Reading what was written gives every block with its text on its page.
    fn check(title: Option<&str>, blocks: &[Block], count: u32) -> Result<(), TestCaseError> {
        let mut writer = Writer::new(&Metadata { title: title.map(str::to_owned), ..Metadata::default() });
        for (kind, pieces) in blocks {
            writer.block(*kind, pieces);
        }
        let text = writer.end(count);
        let source = read(Format::Pdf, text.as_bytes(), Language::ENGLISH).expect("it is text");
        prop_assert_eq!(source.metadata.title.as_deref(), title);
        let begun = pages(&text);
        prop_assert_eq!(begun.len() as u32, count);
        let written = blocks.iter().filter_map(|(_, pieces)| {
            let words: Vec<&str> = pieces.iter().map(|(_, words)| &**words).collect();
            let first = pieces.iter().find(|(_, words)| !clean(words).is_empty())?;
            Some((first.0, clean(&words.join(" "))))
        });
        let mut spans: Vec<_> = source.passages.iter().map(|passage| passage.span).collect();
        // A repeated passage is one passage with several places.
        spans.extend(source.passages.iter().flat_map(|passage| &passage.repeats));
        spans.sort_unstable();
        let found = spans.into_iter().map(|span| {
            let page = begun.partition_point(|&begin| begin <= source.content.to_original(span).start);
            (page as u32, clean(span.of(source.text())))
        });
        prop_assert_eq!(found.collect::<Vec<_>>(), written.collect::<Vec<_>>());
        Ok(())
    }

    fn kind() -> impl Strategy<Value = PassageKind> {
        let kinds = [PassageKind::Heading, PassageKind::Paragraph, PassageKind::ListItem, PassageKind::Blockquote];
        prop::sample::select(kinds.to_vec())
    }

    /// Text with every character that is special in the format, and the number of pages to turn before it.
    fn piece() -> impl Strategy<Value = (u32, String)> {
        (0_u32..2, "[-#>\\\\a-zé\u{c}\r\n ]{0,12}")
    }

    #[test]
    fn chapters_begin_at_their_marks() {
        let mut writer = Writer::new(&Metadata::default());
        writer.prose(PassageKind::Paragraph, "Before.");
        writer.chapter("I: \u{c}[p. 2]\nIn Chancery");
        writer.prose(PassageKind::Heading, "In Chancery");
        writer.prose(PassageKind::Paragraph, "Fog\neverywhere.");
        writer.chapter(" ");
        writer.prose(PassageKind::ListItem, "[§ II]");
        let text = writer.end(0);
        assert_eq!(
            text,
            "\u{c}\nBefore.\n\n\u{c}[§ I: [p. 2] In Chancery]\n# In Chancery\n\nFog\neverywhere.\n\n- [§ II]\n"
        );
        let chapters = chapters(&text);
        let titles: Vec<_> = chapters.iter().map(|chapter| (chapter.begin, &*chapter.title)).collect();
        assert_eq!(titles, [(11, "I: [p. 2] In Chancery")]);
        assert_eq!(pages(&text), [0; 0]);
        assert_eq!(read(Format::Epub, text.as_bytes(), Language::ENGLISH).expect("it is text").passages.len(), 4);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            title in prop::option::of("[a-z:]( [a-z:]){0,4}"),
            mut blocks in prop::collection::vec((kind(), prop::collection::vec(piece(), 1..4)), 0..8),
        ) {
            let mut page = 1;
            for (turned, _) in blocks.iter_mut().flat_map(|(_, pieces)| pieces) {
                page += std::mem::take(turned);
                *turned = page;
            }
            check(title.as_deref(), &blocks, page)?;
        }
    }
}
