use std::fmt::Write;

use super::{CHAPTER, MARK, PAGE, PARTIAL, PLAIN, sign};
use crate::{Extent, Metadata, PassageKind};

/// Writes a text that was taken out of a document.
pub(crate) struct Writer {
    out: String,
    /// Whether the head has ended.
    is_begun: bool,
    /// The last page that was begun; 0 before the first.
    page: u32,
    /// The title of the chapter that the next block begins.
    chapter: Option<String>,
}

impl Writer {
    /// Begins with the head.
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

    /// Lets the next block begin a chapter.
    pub(crate) fn chapter(&mut self, title: &str) {
        self.chapter = Some(clean(title)).filter(|title| !title.is_empty());
    }

    /// Writes a block of a document that has no pages, in the lines that its words have.
    pub(crate) fn prose(&mut self, kind: PassageKind, words: &str) {
        self.prose_over_pages(kind, words, &[]);
    }

    /// The same where pages of the printed book begin in the words, or before them: each at a byte of them, with its number.
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

    /// Marks where a page of the printed book begins.
    pub(crate) fn printed_page(&mut self, number: &str) {
        let number = clean(number);
        if !number.is_empty() {
            self.mark(&format!("{PAGE}{number}]"));
        }
    }

    /// Writes the lines of some words, of a block that is open or begins with them. Whether there were any.
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

    /// Writes a block whose words stand on these pages; each piece has the words of one, in order.
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

    /// Writes a line of a block.
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

    /// Parts a block from what stands above it.
    fn part(&mut self) {
        if self.is_begun {
            self.out.push('\n');
        }
        if let Some(title) = self.chapter.take() {
            self.mark(&format!("{CHAPTER}{title}]"));
        }
    }

    /// Marks the pages up to this one, none of which holds words but maybe the last.
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

    /// The text of a document that has so many pages; 0 where it has none.
    pub(crate) fn end(mut self, pages: u32) -> String {
        self.turn(pages);
        self.out
    }
}

/// Words in one line, without what is no text: control characters, and soft hyphens, which only say where a line may end.
fn clean(words: &str) -> String {
    let words = words.replace('\u{ad}', "");
    let words = words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Format,
        extracted::{chapters, pages},
        read,
    };

    /// A block: its kind, and its words by page.
    type Block = (PassageKind, Vec<(u32, String)>);

    /// What was written is read again: every block with its words, on its page.
    fn check(title: Option<&str>, blocks: &[Block], count: u32) -> Result<(), TestCaseError> {
        let mut writer = Writer::new(&Metadata { title: title.map(str::to_owned), ..Metadata::default() });
        for (kind, pieces) in blocks {
            writer.block(*kind, pieces);
        }
        let text = writer.end(count);
        let source = read(Format::Pdf, text.as_bytes()).expect("it is text");
        prop_assert_eq!(source.metadata.title.as_deref(), title);
        let begun = pages(&text);
        prop_assert_eq!(begun.len() as u32, count);
        let written = blocks.iter().filter_map(|(_, pieces)| {
            let words: Vec<&str> = pieces.iter().map(|(_, words)| &**words).collect();
            let first = pieces.iter().find(|(_, words)| !clean(words).is_empty())?;
            Some((first.0, clean(&words.join(" "))))
        });
        let mut spans: Vec<_> = source.passages.iter().map(|passage| passage.span).collect();
        // A passage that is said again is one with several places.
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

    /// Words with all that means something in the text, and how many pages are turned before them.
    fn piece() -> impl Strategy<Value = (u32, String)> {
        (0_u32..2, "[-#>\\\\a-zé\u{c}\r\n ]{0,12}")
    }

    #[test]
    fn chapters_are_told_by_their_marks() {
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
        assert_eq!(read(Format::Epub, text.as_bytes()).expect("it is text").passages.len(), 4);
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
