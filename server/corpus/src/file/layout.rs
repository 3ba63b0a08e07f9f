//! Where the lines and passages of a file are: what can be asked about a place without reading the file.

use ibid_source::{Source, Voice};
use ibid_text::{Position, Span, varint};
use memchr::memchr2_iter;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::Page;

/// Distance between bytes whose line is recorded.
const STRIDE: u32 = 4096;

/// Number of lines of a note, and of places of passages, between those that are marked.
const MARKED: usize = 32;

/// Where the lines and passages of a source or note are, in a few bytes for each. It follows from the file's own text alone.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// The line of every byte at a multiple of [`STRIDE`], in the file's own text.
    lines: Box<[u32]>,
    /// For a note: the length of each line in bytes, doubled, plus one if the line is not ASCII. With this, references give
    /// positions in many notes without opening any.
    lengths: ByteBuf,
    /// Where every [`MARKED`]th line begins: in the note's own text, and in `lengths`.
    begins: Box<[(u32, u32)]>,
    /// Size of the file's own text in bytes.
    len: u32,
    /// The places of passages in the readable text, by start: the distance from the previous start, the length, and the number
    /// of the voice; for a repeat also the distance back to the passage that it repeats.
    places: ByteBuf,
    /// Where to begin reading `places`.
    marks: Box<[Mark]>,
    voices: Box<[Voice]>,
    /// Whether it has separate comments.
    pub(crate) has_comments: bool,
}

/// A place of a passage from which places can be read on.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
struct Mark {
    /// Where its bytes begin in `places`.
    at: u32,
    /// Where the previous place starts in the readable text.
    before: u32,
    /// Where it starts.
    start: u32,
    /// Where the last of the previous places ends.
    reach: u32,
}

/// Where a passage is, and whose words it has.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct PassagePlace<'a> {
    /// The place, in the readable text.
    pub(crate) span: Span,
    /// Whose words it has, without how that is known.
    pub(crate) voice: &'a Voice,
    /// Where the passage begins that it repeats, if it repeats one.
    pub(crate) repeats: Option<u32>,
}

impl Layout {
    /// The layout of a page; without passages unless the page is a source.
    pub(crate) fn of(page: &Page) -> Self {
        let Packed { places, marks, voices } = page.source().map_or_else(Packed::default, Packed::of);
        let len = page.text().len() as u32;
        let lines = (0..=len / STRIDE).map(|at| page.lines().line_of(at * STRIDE)).collect();
        let (lengths, begins) = if page.is_note() { lengths(page) } else { Default::default() };
        let has_comments = page.source().is_some_and(|source| !source.comments.is_empty());
        let (lengths, places) = (lengths.into(), places.into());
        let (begins, marks, voices) = (begins.into(), marks.into(), voices.into());
        Self { lines, lengths, begins, len, places, marks, voices, has_comments }
    }

    /// Size of the file's own text in bytes.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// A byte at or before `offset` and its line, from which lines can be counted; both in the file's own text.
    pub(crate) fn line_before(&self, offset: u32) -> (u32, u32) {
        let at = offset.min(self.len) / STRIDE;
        (at * STRIDE, self.lines.get(at as usize).copied().unwrap_or_default())
    }

    /// A byte of the file's own text at or before the beginning of a line.
    pub(crate) fn before_line(&self, line: u32) -> u32 {
        self.lines.partition_point(|&marked| marked < line).saturating_sub(1) as u32 * STRIDE
    }

    /// The position of a byte of a note's own text, if it is known without the text: in a line of ASCII, where it is the same in
    /// all encodings.
    pub(crate) fn position(&self, offset: u32) -> Option<Position> {
        let mark = self.begins.partition_point(|&(start, _)| start <= offset).checked_sub(1)?;
        let (mut start, at) = self.begins[mark];
        let (mut rest, mut line) = (self.lengths.get(at as usize..)?, (mark * MARKED) as u32);
        while let Some(length) = varint::take(&mut rest) {
            let end = start.checked_add(length >> 1)?;
            if offset < end || rest.is_empty() {
                return (length & 1 == 0).then_some(Position { line, column: offset - start });
            }
            (line, start) = (line + 1, end);
        }
        None
    }

    /// Places of passages by start, including all that contain a byte of the readable text from `offset` on.
    fn places_from(&self, offset: u32) -> impl Iterator<Item = PassagePlace<'_>> {
        let begun = self.marks.partition_point(|mark| mark.start <= offset);
        let mark = self.marks[..begun].iter().rev().find(|mark| mark.reach <= offset);
        let (at, mut start) = mark.map_or((0, 0), |mark| (mark.at as usize, mark.before));
        let mut rest = self.places.get(at..).unwrap_or_default();
        std::iter::from_fn(move || {
            start = start.checked_add(varint::take(&mut rest)?)?;
            let span = Span::new(start, start.checked_add(varint::take(&mut rest)?)?);
            let voice = varint::take(&mut rest)?;
            let is_repeat = voice & 1 == 1;
            let repeats = if is_repeat { Some(start.checked_sub(varint::take(&mut rest)?)?) } else { None };
            Some(PassagePlace { span, voice: self.voices.get((voice >> 1) as usize)?, repeats })
        })
    }

    /// The places of passages that contain a byte of the readable text, by start.
    fn places_at(&self, offset: u32) -> impl Iterator<Item = PassagePlace<'_>> {
        let begun = self.places_from(offset).take_while(move |place| place.span.start <= offset);
        begun.filter(move |place| place.span.contains(offset))
    }

    /// The place of a passage that contains a byte of the readable text, preferably one that repeats no other.
    pub(crate) fn passage_at(&self, offset: u32) -> Option<PassagePlace<'_>> {
        self.places_at(offset).max_by_key(|place| (place.repeats.is_none(), place.span.start))
    }

    /// Whether a byte of the readable text is in a passage that repeats no other.
    pub(crate) fn has_passage_at(&self, offset: u32) -> bool {
        self.places_at(offset).any(|place| place.repeats.is_none())
    }

    /// The passages that overlap some stretches of the readable text, ascending; for a repeat, the place that it repeats.
    pub(crate) fn passages_near(&self, stretches: &[Span]) -> Vec<Span> {
        let is_near = |place: &PassagePlace<'_>| stretches.iter().any(|stretch| stretch.overlaps(place.span));
        let first = |place: PassagePlace<'_>| {
            let start = place.repeats.unwrap_or(place.span.start);
            Span::new(start, start.saturating_add(place.span.len()))
        };
        let start = stretches.iter().map(|stretch| stretch.start).min().unwrap_or_default();
        let end = stretches.iter().map(|stretch| stretch.end).max().unwrap_or_default();
        let begun = self.places_from(start).take_while(|place| place.span.start < end);
        let mut near: Vec<Span> = begun.filter(is_near).map(first).collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The encoded places of a source's passages, and their voices.
#[derive(Default)]
struct Packed {
    places: Vec<u8>,
    marks: Vec<Mark>,
    voices: Vec<Voice>,
}

impl Packed {
    fn of(source: &Source) -> Self {
        let mut packed = Self::default();
        let mut places: Vec<(Span, usize, Option<u32>)> = Vec::new();
        for passage in &source.passages {
            let number = packed.number_of(Voice { evidence: None, ..passage.voice.clone() });
            places.push((passage.span, number, None));
            places.extend(passage.repeats.iter().map(|&repeat| (repeat, number, Some(passage.span.start))));
        }
        places.sort_by_key(|&(span, ..)| span);
        let (mut before, mut reach) = (0, 0);
        for (count, (span, voice, repeats)) in places.into_iter().enumerate() {
            let bytes = &mut packed.places;
            if count > 0 && count.is_multiple_of(MARKED) {
                packed.marks.push(Mark { at: bytes.len() as u32, before, start: span.start, reach });
            }
            varint::push(bytes, span.start - before);
            varint::push(bytes, span.len());
            varint::push(bytes, (voice as u32) << 1 | u32::from(repeats.is_some()));
            if let Some(first) = repeats {
                varint::push(bytes, span.start.saturating_sub(first));
            }
            before = span.start;
            reach = reach.max(span.end);
        }
        packed
    }

    fn number_of(&mut self, voice: Voice) -> usize {
        // The last voice is the most likely one.
        let known = self.voices.iter().rposition(|known| *known == voice);
        known.unwrap_or_else(|| {
            self.voices.push(voice);
            self.voices.len() - 1
        })
    }
}

/// `lengths` and `begins` of a [`Layout`], for a note.
fn lengths(page: &Page) -> (Vec<u8>, Vec<(u32, u32)>) {
    let (mut bytes, mut begins) = (Vec::new(), Vec::new());
    for line in 0..page.lines().lines() {
        let span = Span::new(page.lines().start_of(line), page.lines().start_of(line + 1));
        if (line as usize).is_multiple_of(MARKED) {
            begins.push((span.start, bytes.len() as u32));
        }
        varint::push(&mut bytes, span.len() << 1 | u32::from(!span.of(page.text()).is_ascii()));
    }
    (bytes, begins)
}

/// Where lines begin in `text` after its first byte and up to `upto`, in bytes. The byte at `upto` only decides whether a line ends
/// before it: a `\r` may be followed by `\n`.
pub(crate) fn line_starts(text: &[u8], upto: usize) -> impl Iterator<Item = usize> {
    let ends = memchr2_iter(b'\n', b'\r', text.get(..upto).unwrap_or(text));
    ends.filter(|&at| text[at] != b'\r' || text.get(at + 1) != Some(&b'\n')).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::Arc};

    use ibid_source::Format;
    use ibid_text::{Encoding, LineIndex, Span};
    use proptest::prelude::*;

    use ibid_language::Language;

    use super::{Layout, Packed};
    use crate::{Cache, Change, Config, Disk, Excerpt, ExtractionError, File, FileAccess, Host, Page, Role, read_file};

    /// How the text of a source is written on disk.
    #[derive(Clone, Copy, Debug)]
    enum Written {
        Utf8,
        Utf16,
        /// A page that declares it.
        Latin1,
        /// A document whose text is extracted.
        Document,
    }

    impl Written {
        fn file(self, text: &str) -> (&'static str, Vec<u8>) {
            let utf16 = || text.encode_utf16().flat_map(u16::to_le_bytes);
            let latin1 = || text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?'));
            match self {
                Self::Utf8 => ("a.txt", text.as_bytes().to_owned()),
                Self::Utf16 => ("a.txt", [0xFF, 0xFE].into_iter().chain(utf16()).collect()),
                Self::Latin1 => ("a.html", b"<meta charset=latin1><p>".iter().copied().chain(latin1()).collect()),
                Self::Document => ("a.pdf", format!("title: A\n\u{c}[p. 1]\n{text}").into_bytes()),
            }
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "as extractors are")]
    fn extract(_: Format, document: &[u8]) -> Result<String, ExtractionError> {
        Ok(String::from_utf8_lossy(document).into_owned())
    }

    /// A source in a folder with this text; none of it is in memory.
    fn on_disk(folder: &tempfile::TempDir, written: Written, text: &str) -> Arc<File> {
        let config = Config { root: folder.path().to_owned(), ..Config::default() };
        let (name, bytes) = written.file(text);
        let path = folder.path().join("sources").join(name);
        fs::create_dir_all(folder.path().join("sources"))
            .and_then(|()| fs::write(&path, bytes))
            .expect("it is written");
        let mut host = Host::default();
        let access = FileAccess { disk: Disk::Real, cache: Cache::NONE, extractor: extract };
        let read = read_file(&config, &access, &path);
        host.apply(vec![Change::Configure(Arc::new(config)), read]);
        host.snapshot().by_path(&path).expect("it is a source").clone()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// The place of a byte of a source on disk is that in its whole text, however the text is written.
        #[test]
        fn places_are_those_in_the_whole_text(
            parts in prop::collection::vec(("[a-zé知]{1,9}", 1_usize..400, "( |\n|\r\n|\r|\n\n)"), 1..30),
            written in prop::sample::select(vec![Written::Utf8, Written::Utf16, Written::Latin1, Written::Document]),
            (at, length) in (0_u32..20_000, 0_u32..9_000),
        ) {
            let text: String = parts.iter().map(|(word, times, end)| format!("{word} ").repeat(*times) + end).collect();
            let folder = tempfile::tempdir().expect("a folder can be made");
            let page = on_disk(&folder, written, &text).page().expect("it is there");
            let file = on_disk(&folder, written, &text);
            let own = page.text();
            let at = at.min(own.len() as u32);
            let lines = LineIndex::new(own);
            prop_assert_eq!(file.line_of(at), lines.line_of(at));
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                prop_assert_eq!(file.position(at, encoding), Some(lines.position(own, at, encoding)));
                let ends = [at, (at + length).min(own.len() as u32)];
                let range = file.range(Span::new(ends[0], ends[1]), encoding);
                prop_assert_eq!(range, Some(ends.map(|end| lines.position(own, end, encoding))));
            }
            let (from, to) = (i64::from(at), i64::from(at + length));
            prop_assert_eq!(file.excerpt(from, to), Some(Excerpt::of(page.readable(), from, to)));
            let source = page.source().expect("it is a source");
            let passage = source.passages.iter().find(|passage| passage.span.contains(at));
            let layout = Layout::of(&page);
            let told = layout.passage_at(at);
            prop_assert_eq!(
                told.filter(|place| place.repeats.is_none()).map(|place| place.span),
                passage.map(|passage| passage.span)
            );
            prop_assert_eq!(file.passage_at(at).map(|(span, _)| span), told.map(|place| place.span));
            // From here on the text is in memory too.
            prop_assert!(file.page().is_some());
            prop_assert_eq!(file.line_of(at), lines.line_of(at));
        }

        /// The position of a byte by the lines of a note is that by its text, in any encoding; it is known in a line of ASCII.
        #[test]
        fn positions_by_lines_are_those_by_text(
            parts in prop::collection::vec(("[a-z]{0,70}|[a-zé知]{0,9}", "\n|\r|\r\n"), 0..150),
            at in 0_u32..4_000,
        ) {
            let text: String = parts.iter().flat_map(|(words, end)| [&**words, end]).collect();
            let page = Page::read("a.md", Role { note: true, ..Role::default() }, text.as_bytes(), Language::ENGLISH).expect("it is text");
            let at = at.min(text.len() as u32);
            let told = Layout::of(&page).position(at);
            let line = page.lines().line_of(at);
            let whole = Span::new(page.lines().start_of(line), page.lines().start_of(line + 1));
            prop_assert_eq!(told.is_some(), whole.of(&text).is_ascii());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().filter(|_| told.is_some()) {
                prop_assert_eq!(told, Some(page.lines().position(&text, at, encoding)));
            }
        }

        /// Reading from a mark leaves out no passage.
        #[test]
        fn places_from_a_mark_are_those_from_the_beginning(
            paragraphs in prop::collection::vec("(> ){0,2}[a-c]{1,3}( [a-c]{1,3}){0,3}", 1..200),
            (at, length, longer) in (0_u32..2_000, 0_u32..90, 0_u32..400),
        ) {
            let role = Role { source: true, ..Role::default() };
            let page = Page::read("a.txt", role, paragraphs.join("\n\n").as_bytes(), Language::ENGLISH).expect("it is text");
            let mut source = page.source().expect("it is a source").clone();
            // As far as a layout knows, a passage may hold others.
            source.passages.iter_mut().step_by(7).for_each(|passage| passage.span.end += longer);
            let Packed { places, marks, voices } = Packed::of(&source);
            let layout = Layout { places: places.into(), marks: marks.into(), voices: voices.into(), ..Layout::of(&page) };
            let all = Layout { marks: Box::default(), ..layout.clone() };
            prop_assert_eq!(layout.passage_at(at), all.passage_at(at));
            prop_assert_eq!(layout.has_passage_at(at), all.has_passage_at(at));
            let near = [Span::new(at, at + length)];
            prop_assert_eq!(layout.passages_near(&near), all.passages_near(&near));
        }
    }
}
