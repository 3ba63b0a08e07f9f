//! Where the lines and passages of a source stand: what there is to ask of a place in it without reading the source.

use ibid_source::{Source, Voice};
use ibid_text::{Span, varint};
use memchr::memchr2_iter;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::Page;

/// Bytes of a text from one that is marked with its line to the next.
const STRIDE: u32 = 4096;

/// Where the lines and passages of one source stand, in a few bytes for each. It follows from the file's own text alone.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// The line of every so many bytes' first, in the file's own text.
    lines: Box<[u32]>,
    /// Bytes of the file's own text.
    len: u32,
    /// The places of passages in the readable text, by their start: the way from the start before, the length, and the number
    /// of the voice; for a repeat also how far before it the passage begins that it repeats.
    places: ByteBuf,
    voices: Box<[Voice]>,
    /// Whether it has comments that are known apart.
    pub(crate) has_comments: bool,
}

/// Where a passage stands, and who speaks in it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct PassagePlace<'a> {
    /// The place, in the readable text.
    pub(crate) span: Span,
    /// Whose words it has; what tells so is left out.
    pub(crate) voice: &'a Voice,
    /// Where the passage begins whose words these are once more, if they are.
    pub(crate) repeats: Option<u32>,
}

impl Layout {
    /// The layout of a page; it has no passages unless the page is a source's.
    pub(crate) fn of(page: &Page) -> Self {
        let (places, voices) = page.source().map_or_else(Default::default, pack);
        let len = page.text().len() as u32;
        let lines = (0..=len / STRIDE).map(|at| page.lines().line_of(at * STRIDE)).collect();
        let has_comments = page.source().is_some_and(|source| !source.comments.is_empty());
        Self { lines, len, places: places.into(), voices: voices.into(), has_comments }
    }

    /// Bytes of the file's own text.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// A byte at or before `offset` with its line, both of the file's own text: from there on lines are to be counted.
    pub(crate) fn line_before(&self, offset: u32) -> (u32, u32) {
        let at = offset.min(self.len) / STRIDE;
        (at * STRIDE, self.lines.get(at as usize).copied().unwrap_or_default())
    }

    /// A byte of the file's own text from which on the beginning of a line is met, at most once.
    pub(crate) fn before_line(&self, line: u32) -> u32 {
        self.lines.partition_point(|&marked| marked < line).saturating_sub(1) as u32 * STRIDE
    }

    /// All places of passages, by their start.
    pub(crate) fn places(&self) -> impl Iterator<Item = PassagePlace<'_>> {
        let (mut rest, mut start) = (&self.places[..], 0_u32);
        std::iter::from_fn(move || {
            start = start.checked_add(varint::take(&mut rest)?)?;
            let span = Span::new(start, start.checked_add(varint::take(&mut rest)?)?);
            let voice = varint::take(&mut rest)?;
            let is_repeat = voice & 1 == 1;
            let repeats = if is_repeat { Some(start.checked_sub(varint::take(&mut rest)?)?) } else { None };
            Some(PassagePlace { span, voice: self.voices.get((voice >> 1) as usize)?, repeats })
        })
    }

    /// The place of a passage that holds a byte of the readable text; one that repeats no other goes before one that does.
    pub(crate) fn passage_at(&self, offset: u32) -> Option<PassagePlace<'_>> {
        let begun = self.places().take_while(|place| place.span.start <= offset);
        begun
            .filter(|place| place.span.contains(offset))
            .max_by_key(|place| (place.repeats.is_none(), place.span.start))
    }

    /// The stretches of the readable text that have passages, repeats left out: ascending, disjoint, as long as may be.
    pub(crate) fn stretches(&self) -> Vec<Span> {
        let mut stretches: Vec<Span> = Vec::new();
        for place in self.places().filter(|place| place.repeats.is_none()) {
            match stretches.last_mut().filter(|last| place.span.start <= last.end) {
                Some(last) => *last = last.cover(place.span),
                None => stretches.push(place.span),
            }
        }
        stretches
    }

    /// The passages that lie near some stretches of the readable text, ascending; of one that is repeated the first place
    /// stands for all.
    pub(crate) fn passages_near(&self, stretches: &[Span]) -> Vec<Span> {
        let is_near = |place: &PassagePlace<'_>| stretches.iter().any(|stretch| stretch.overlaps(place.span));
        let first = |place: PassagePlace<'_>| {
            let start = place.repeats.unwrap_or(place.span.start);
            Span::new(start, start.saturating_add(place.span.len()))
        };
        let end = stretches.iter().map(|stretch| stretch.end).max().unwrap_or_default();
        let begun = self.places().take_while(|place| place.span.start < end);
        let mut near: Vec<Span> = begun.filter(is_near).map(first).collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The places of a source's passages as bytes, with the voices in them.
fn pack(source: &Source) -> (Vec<u8>, Vec<Voice>) {
    let mut voices: Vec<Voice> = Vec::new();
    let mut places: Vec<(Span, usize, Option<u32>)> = Vec::new();
    for passage in &source.passages {
        let voice = Voice { told_by: None, ..passage.voice.clone() };
        // Who spoke last most likely speaks on.
        let known = voices.iter().rposition(|known| *known == voice);
        let number = known.unwrap_or_else(|| {
            voices.push(voice);
            voices.len() - 1
        });
        places.push((passage.span, number, None));
        places.extend(passage.repeats.iter().map(|&repeat| (repeat, number, Some(passage.span.start))));
    }
    places.sort_by_key(|&(span, ..)| span);
    let (mut bytes, mut before) = (Vec::new(), 0);
    for (span, voice, repeats) in places {
        varint::push(&mut bytes, span.start - before);
        varint::push(&mut bytes, span.len());
        varint::push(&mut bytes, (voice as u32) << 1 | u32::from(repeats.is_some()));
        if let Some(first) = repeats {
            varint::push(&mut bytes, span.start.saturating_sub(first));
        }
        before = span.start;
    }
    (bytes, voices)
}

/// Where lines begin behind the first byte of `text`, in bytes of it; none at its last byte or behind it, which is there to tell
/// whether it ends a line that the byte before seems to end.
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

    use super::Layout;
    use crate::{Cache, Change, Config, Excerpt, File, Host, Unextracted, read_file};

    /// How the text of a source lies on disk.
    #[derive(Clone, Copy, Debug)]
    enum Written {
        Utf8,
        Utf16,
        /// A page that declares it.
        Latin1,
        /// A document that the text is taken out of.
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
    fn extract(_: Format, document: &[u8]) -> Result<String, Unextracted> {
        Ok(String::from_utf8_lossy(document).into_owned())
    }

    /// A source with this text that lies in a folder; none of it is in memory.
    fn shelved(folder: &tempfile::TempDir, written: Written, text: &str) -> Arc<File> {
        let config = Config { root: folder.path().to_owned(), ..Config::default() };
        let (name, bytes) = written.file(text);
        let path = folder.path().join("sources").join(name);
        fs::create_dir_all(folder.path().join("sources"))
            .and_then(|()| fs::write(&path, bytes))
            .expect("it is written");
        let mut host = Host::default();
        let read = read_file(&config, &Cache::NONE.extracting(extract), &path);
        host.apply(vec![Change::Configure(Arc::new(config)), read]);
        host.snapshot().by_path(&path).expect("it is a source").clone()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// What is told of a place of a source that lies on disk is what its whole text tells, however that is written there.
        #[test]
        fn places_are_told_as_by_the_whole_text(
            parts in prop::collection::vec(("[a-zé知]{1,9}", 1_usize..400, "( |\n|\r\n|\r|\n\n)"), 1..30),
            written in prop::sample::select(vec![Written::Utf8, Written::Utf16, Written::Latin1, Written::Document]),
            (at, length) in (0_u32..20_000, 0_u32..9_000),
        ) {
            let text: String = parts.iter().map(|(word, times, end)| format!("{word} ").repeat(*times) + end).collect();
            let folder = tempfile::tempdir().expect("a folder can be made");
            let page = shelved(&folder, written, &text).page().expect("it is there");
            let file = shelved(&folder, written, &text);
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
    }
}
