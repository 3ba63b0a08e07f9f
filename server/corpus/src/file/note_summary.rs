use std::marker::PhantomData;

use ibid_front_matter::Reference;
use ibid_note::{Citation, Footnote, Heading, Note};
use ibid_text::{Span, varint};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;

use crate::lists::Mentioned;

/// What is known of a note without its text. It follows from the note alone.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct NoteSummary {
    /// The `title` of its front matter.
    pub title: Option<Box<str>>,
    /// The `aliases` there.
    pub aliases: Box<[Box<str>]>,
    /// The paths of its own bibliographies, as its front matter writes them.
    pub bibliographies: Box<[Box<str>]>,
    /// The works that its front matter lists.
    pub references: Box<[Reference]>,
    /// The labels that it defines for its own parts, sorted.
    pub labels: Box<[Box<str>]>,
    /// Whether it has a glossary.
    pub has_glossary: bool,
    headings: Packed<Heading>,
    citations: PackedApart<Citation>,
    footnotes: Packed<Footnote>,
    /// For each stretch of prose, the number of bytes between it and the previous one, and its length in bytes.
    prose: Packed<(u32, u32)>,
    /// The names that its citations use, and runs of the words that it quotes.
    pub(crate) mentioned: Mentioned,
}

impl NoteSummary {
    /// The summary of a note.
    pub(crate) fn of(note: &Note) -> Self {
        let front = note.front_matter.as_ref();
        let boxed = |text: &String| text.as_str().into();
        Self {
            title: front.and_then(|front| front.title.as_ref()).map(boxed),
            aliases: front.iter().flat_map(|front| &front.aliases).map(boxed).collect(),
            bibliographies: front.iter().flat_map(|front| &front.bibliographies).map(boxed).collect(),
            references: front.iter().flat_map(|front| &front.references).cloned().collect(),
            labels: note.labels.iter().map(boxed).collect(),
            has_glossary: !note.glossary.is_empty(),
            headings: Packed::of(&note.headings),
            citations: PackedApart::of(&note.citations),
            footnotes: Packed::of(&note.footnotes),
            prose: Packed::of(&gaps(&note.prose)),
            mentioned: Mentioned::by(note),
        }
    }

    /// The number of its headings. None of them is decoded.
    pub(crate) fn count_headings(&self) -> usize {
        self.headings.count()
    }

    /// Its headings, in order.
    pub fn headings(&self) -> Vec<Heading> {
        self.headings.unpacked()
    }

    /// Its citations, in order.
    pub fn citations(&self) -> Vec<Citation> {
        self.citations.items().collect()
    }

    /// One of its citations. No other is decoded.
    pub fn citation(&self, at: u32) -> Option<Citation> {
        self.citations.item(at)
    }

    /// Its citations with these numbers, which ascend. No others are decoded.
    pub fn some_citations(&self, numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = Option<Citation>> {
        self.citations.some(numbers)
    }

    /// Its footnotes' definitions.
    pub fn footnotes(&self) -> Vec<Footnote> {
        self.footnotes.unpacked()
    }

    /// Its stretches of prose, in order.
    pub fn prose(&self) -> Vec<Span> {
        let mut end = 0_u32;
        let stretch = |(gap, length): (u32, u32)| {
            let start = end.saturating_add(gap);
            end = start.saturating_add(length);
            Span::new(start, end)
        };
        self.prose.unpacked().into_iter().map(stretch).collect()
    }
}

/// Stretches in order, as the number of bytes before each and in each.
fn gaps(stretches: &[Span]) -> Vec<(u32, u32)> {
    let ends = std::iter::once(0).chain(stretches.iter().map(|stretch| stretch.end));
    stretches.iter().zip(ends).map(|(stretch, end)| (stretch.start - end, stretch.len())).collect()
}

/// An encoded list in a few bytes for each item, decoded on use.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Packed<T> {
    bytes: ByteBuf,
    #[serde(skip)]
    items: PhantomData<T>,
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Self { bytes: ByteBuf::new(), items: PhantomData }
    }
}

impl<T: Serialize + DeserializeOwned> Packed<T> {
    fn of(items: &[T]) -> Self {
        if items.is_empty() {
            return Self::default();
        }
        let mut bytes = postcard::to_stdvec(items).unwrap_or_default();
        bytes.shrink_to_fit();
        Self { bytes: bytes.into(), items: PhantomData }
    }

    /// The number of items, with which the encoding begins.
    fn count(&self) -> usize {
        if self.bytes.is_empty() { 0 } else { postcard::from_bytes(&self.bytes).unwrap_or_default() }
    }

    fn unpacked(&self) -> Vec<T> {
        if self.bytes.is_empty() { Vec::new() } else { postcard::from_bytes(&self.bytes).unwrap_or_default() }
    }
}

/// An encoded list of which one item can be decoded without the others: each is preceded by its length in bytes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct PackedApart<T> {
    bytes: ByteBuf,
    #[serde(skip)]
    items: PhantomData<T>,
}

impl<T> Default for PackedApart<T> {
    fn default() -> Self {
        Self { bytes: ByteBuf::new(), items: PhantomData }
    }
}

impl<T: Serialize + DeserializeOwned> PackedApart<T> {
    fn of(items: &[T]) -> Self {
        let mut bytes = Vec::new();
        for item in items {
            let packed = postcard::to_stdvec(item).unwrap_or_default();
            varint::push(&mut bytes, packed.len() as u32);
            bytes.extend_from_slice(&packed);
        }
        bytes.shrink_to_fit();
        Self { bytes: bytes.into(), items: PhantomData }
    }

    /// The encoded items.
    fn packed(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &self.bytes[..];
        std::iter::from_fn(move || {
            let length = varint::take(&mut rest)?;
            rest.split_off(..length as usize)
        })
    }

    fn items(&self) -> impl Iterator<Item = T> {
        self.packed().map_while(|bytes| postcard::from_bytes(bytes).ok())
    }

    /// The items with these numbers, which ascend.
    fn some(&self, numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = Option<T>> {
        let mut packed = (0..).zip(self.packed());
        numbers.map(move |wanted| {
            let (_, bytes) = packed.find(|&(number, _)| number == wanted)?;
            postcard::from_bytes(bytes).ok()
        })
    }

    fn item(&self, at: u32) -> Option<T> {
        postcard::from_bytes(self.packed().nth(at as usize)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;

    use super::NoteSummary;

    #[test]
    fn a_summary_has_what_the_note_has() {
        let text = "---\ntitle: On Plans\naliases: [Plots]\n---\n\n# Head {#one}\n\nSee [@key, p. 3], [[file#Part]], \
                    <https://example.org/a#:~:text=b> and [it](a/b.md#L3-L9).[^1]\n\n## Next\n\n[^1]: Words. [[c]]\n";
        let note = ibid_note::parse(text, Language::ENGLISH);
        let summary = NoteSummary::of(&note);
        assert_eq!(summary.count_headings(), note.headings.len());
        for (at, citation) in (0..).zip(&note.citations) {
            assert_eq!(summary.citation(at).as_ref(), Some(citation));
        }
        assert_eq!(summary.citation(note.citations.len() as u32), None);
        let some: Vec<_> = summary.some_citations([1, 3, 9].into_iter()).collect();
        assert_eq!(some, [Some(note.citations[1].clone()), Some(note.citations[3].clone()), None]);
        assert_eq!((summary.headings(), summary.citations()), (note.headings, note.citations));
        assert_eq!((summary.footnotes(), summary.prose()), (note.footnotes, note.prose));
        assert_eq!((summary.title.as_deref(), &*summary.aliases), (Some("On Plans"), &["Plots".into()][..]));
        assert_eq!(NoteSummary::of(&ibid_note::parse("", Language::ENGLISH)), NoteSummary::default());
    }
}
