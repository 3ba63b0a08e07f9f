use ibid_text::{PackedMap, Span};
use serde::{Deserialize, Serialize};

/// Part of a source's readable text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Excerpt {
    /// Where it begins in the whole, in bytes.
    pub start: u32,
    /// Its text; no word is cut at its ends, if words are of ordinary length.
    pub text: String,
}

/// How the readable text of a source is made from the file's own text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ReadableFrom {
    /// It is the same, byte for byte.
    Unchanged,
    /// It consists of parts of it, in order.
    Parts(PackedMap),
    /// It is known only by reading the whole file.
    WholeFile,
}

/// Number of bytes read beyond what is asked for, to find where words begin and end.
const BEYOND: i64 = 128;

impl Excerpt {
    /// The stretch of `text` from one byte to another, widened so that no word is cut. What is outside the text is left out.
    pub(crate) fn of(text: &str, from: i64, to: i64) -> Self {
        let clamp = |at: i64| usize::try_from(at.max(0)).unwrap_or(0).min(text.len());
        let (from, to) = (text.floor_char_boundary(clamp(from)), text.ceil_char_boundary(clamp(to)));
        let start = text[..from].rfind(char::is_whitespace).unwrap_or(0);
        let end = text[to..].find(char::is_whitespace).map_or(text.len(), |at| to + at);
        Self { start: start as u32, text: text[start..end].to_owned() }
    }

    /// The excerpt of a source on disk. `read` reads some bytes of its own text, which has `size` bytes. `None` if nothing can be
    /// read, or the source must be read as a whole.
    pub(crate) fn read(
        read: impl Fn(Span) -> Option<Vec<u8>>,
        size: u64,
        made: &ReadableFrom,
        from: i64,
        to: i64,
    ) -> Option<Self> {
        match made {
            ReadableFrom::Unchanged => Self::of_own_text(read, size, from, to),
            ReadableFrom::Parts(map) => Self::of_parts(read, size, map, from, to),
            ReadableFrom::WholeFile => None,
        }
    }

    fn of_parts(
        read: impl Fn(Span) -> Option<Vec<u8>>,
        size: u64,
        map: &PackedMap,
        from: i64,
        to: i64,
    ) -> Option<Self> {
        let clamp = |at: i64| u32::try_from(at.max(0)).unwrap_or(u32::MAX);
        let first = clamp(from - BEYOND);
        let part = map.part(Span::new(first, clamp(to + BEYOND).max(first)));
        let (start, wanted) = (part.plain().start, part.original());
        let original = Self::of_own_text(read, size, wanted.start.into(), wanted.end.into())?;
        let lead = wanted.start.checked_sub(original.start)?;
        let inside = Span::from(0..wanted.len() as usize).shift(lead);
        let text = part.text(original.text.get(inside.range())?)?;
        let cut = Self::of(&text, from - i64::from(start), to - i64::from(start));
        Some(Self { start: cut.start + start, ..cut })
    }

    fn of_own_text(read: impl Fn(Span) -> Option<Vec<u8>>, size: u64, from: i64, to: i64) -> Option<Self> {
        let clamp = |at: i64| u32::try_from(u64::try_from(at).unwrap_or(0).min(size)).unwrap_or(u32::MAX);
        let first = clamp(from - BEYOND);
        let bytes = read(Span::new(first, clamp(to + BEYOND).max(first)))?;
        let skipped = bytes.iter().take_while(|&&byte| byte & 0xC0 == 0x80).count();
        let whole = match std::str::from_utf8(&bytes[skipped..]) {
            Ok(text) => text,
            // Only the last character is cut: the file was UTF-8 when it was indexed, and is the same.
            Err(error) => std::str::from_utf8(&bytes[skipped..][..error.valid_up_to()]).unwrap_or_default(),
        };
        let start = i64::from(first) + i64::from(skipped as u32);
        let cut = Self::of(whole, from - start, to - start);
        Some(Self { start: cut.start + start as u32, ..cut })
    }

    /// Where a span of the whole text is in this excerpt, if the excerpt contains it.
    pub fn here(&self, span: Span) -> Option<Span> {
        self.span().covers(span).then(|| Span::new(span.start - self.start, span.end - self.start))
    }

    /// The words under a span of the whole text, if the excerpt contains it.
    pub fn words(&self, span: Span) -> Option<&str> {
        self.text.get(self.here(span)?.range())
    }

    /// Where it is in the whole text.
    pub fn span(&self) -> Span {
        Span::from(0..self.text.len()).shift(self.start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is asked for, an excerpt is the text of its span, and has all that was asked for.
        #[test]
        fn an_excerpt_is_part_of_the_text(text in "[a-zäé知 \\n]{0,400}", from in -50_i64..500, length in 0_i64..300) {
            let bytes = |span: Span| text.as_bytes().get(span.range()).map(<[u8]>::to_owned);
            let size = text.len() as u64;
            let wanted = |at: i64| at.clamp(0, text.len().cast_signed() as i64) as u32;
            for excerpt in [
                Excerpt::of(&text, from, from + length),
                Excerpt::read(bytes, size, &ReadableFrom::Unchanged, from, from + length).expect("it is text"),
            ] {
                prop_assert_eq!(excerpt.span().of(&text), &excerpt.text);
                prop_assert!(excerpt.span().start <= wanted(from) && excerpt.span().end >= wanted(from + length));
            }
        }

        /// So it is where the readable text is made of parts of the file's own.
        #[test]
        fn an_excerpt_is_made_of_parts(
            text in "([a-z]{1,9}|\\*[a-zé]{1,5}\\*|&amp;|\\[[a-z]{1,4}\\]\\(u\\)|\\n\\n| ){0,60}",
            from in -50_i64..300,
            length in 0_i64..200,
        ) {
            let bytes = |span: Span| text.as_bytes().get(span.range()).map(<[u8]>::to_owned);
            let readable = ibid_source::readable_text(ibid_source::Format::Markdown, text.as_bytes(), ibid_language::Language::ENGLISH).expect("it is text");
            let made = ReadableFrom::Parts(PackedMap::of(&readable.content).expect("it follows the file"));
            let from = from.min(readable.text().len().cast_signed() as i64);
            let excerpt =
                Excerpt::read(bytes, text.len() as u64, &made, from, from + length).expect("it is text");
            let wanted = |at: i64| at.clamp(0, readable.text().len().cast_signed() as i64) as u32;
            prop_assert_eq!(excerpt.span().of(readable.text()), &excerpt.text);
            prop_assert!(excerpt.span().start <= wanted(from) && excerpt.span().end >= wanted(from + length));
        }
    }
}
