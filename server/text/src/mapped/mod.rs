mod packed;

use serde::{Deserialize, Serialize};

use crate::Span;
pub use packed::{PackedMap, Part};

/// A text made from another by omitting or decoding parts, with a map back to the original.
///
/// Examples: the text of a blockquote without its `> ` marks, or of an HTML page without its tags. Offsets into
/// [`Mapped::text`] are called *plain*, offsets into the text it was made from *original*; both are bytes.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Mapped {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Piece {
    plain: Span,
    original: Span,
}

impl Mapped {
    /// The original text under `span`, unchanged.
    pub fn verbatim(original: &str, span: Span) -> Self {
        let mut mapped = Self::default();
        mapped.push_verbatim(original, span);
        mapped
    }

    /// Appends the original text under `span`, unchanged.
    pub fn push_verbatim(&mut self, original: &str, span: Span) {
        self.push(span.of(original), span);
    }

    /// Appends `plain`, made from the original text under `original`. Equal lengths mean equal bytes, so offsets inside map
    /// one to one. Otherwise (an entity, a line break with its quote mark) any offset inside maps to the whole piece.
    pub fn push(&mut self, plain: &str, original: Span) {
        if plain.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(plain);
        let plain = Span::new(start, self.text.len() as u32);
        if let Some(last) = self.pieces.last_mut() {
            let both_verbatim = last.plain.len() == last.original.len() && plain.len() == original.len();
            if both_verbatim && last.original.end == original.start {
                last.plain.end = plain.end;
                last.original.end = original.end;
                return;
            }
        }
        self.pieces.push(Piece { plain, original });
    }

    /// Appends the part of `other` under `plain`, mapped to the original of `other`.
    pub fn push_part(&mut self, other: &Self, plain: Span) {
        let first = other.pieces.partition_point(|piece| piece.plain.end <= plain.start);
        for piece in other.pieces[first..].iter().take_while(|piece| piece.plain.start < plain.end) {
            let kept = Span::new(piece.plain.start.max(plain.start), piece.plain.end.min(plain.end));
            let original = if piece.is_verbatim() {
                Span::new(kept.start - piece.plain.start, kept.end - piece.plain.start).shift(piece.original.start)
            } else {
                piece.original
            };
            self.push(kept.of(&other.text), original);
        }
    }

    /// The plain text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is the whole, unchanged original of `length` bytes.
    pub fn is_whole(&self, length: u32) -> bool {
        match &self.pieces[..] {
            [] => length == 0,
            [piece] => piece.plain == piece.original && piece.plain == Span::new(0, length),
            _ => false,
        }
    }

    /// The original span of a plain span: from the first byte it was made from to the last. An empty span maps to an empty
    /// one.
    pub fn to_original(&self, plain: Span) -> Span {
        to_original(&self.pieces, plain)
    }

    /// The plain offset of an original one; `None` if the original byte was omitted.
    pub fn to_plain(&self, original: u32) -> Option<u32> {
        let at = self.pieces.partition_point(|piece| piece.original.end <= original);
        let piece = self.pieces.get(at).filter(|piece| piece.original.contains(original))?;
        let inside = if piece.is_verbatim() { original - piece.original.start } else { 0 };
        Some(piece.plain.start + inside)
    }

    /// The plain span of the part of an original span that was kept; empty if nothing was. Decoded pieces count as a
    /// whole.
    pub fn span_to_plain(&self, original: Span) -> Span {
        let piece = |at: usize| self.pieces.get(at).copied();
        let inside = |piece: Piece, at: u32| piece.plain.start + (at - piece.original.start);
        let first = self.pieces.partition_point(|piece| piece.original.end <= original.start);
        let start = match piece(first) {
            Some(piece) if piece.is_verbatim() && piece.original.start < original.start => {
                inside(piece, original.start)
            }
            Some(piece) => piece.plain.start,
            None => self.text.len() as u32,
        };
        let last = self.pieces.partition_point(|piece| piece.original.start < original.end);
        let end = match last.checked_sub(1).and_then(piece) {
            Some(piece) if piece.is_verbatim() && original.end < piece.original.end => inside(piece, original.end),
            Some(piece) => piece.plain.end,
            None => 0,
        };
        Span::new(start, end.max(start))
    }
}

/// The original span of a plain span, given at least the pieces that touch it.
fn to_original(pieces: &[Piece], plain: Span) -> Span {
    let start = start_of(pieces, plain.start);
    if plain.is_empty() { Span::empty(start) } else { Span::new(start, end_of(pieces, plain.end).max(start)) }
}

fn start_of(pieces: &[Piece], plain: u32) -> u32 {
    let at = pieces.partition_point(|piece| piece.plain.end <= plain);
    match pieces.get(at) {
        Some(piece) if piece.is_verbatim() => piece.original.start + (plain - piece.plain.start),
        Some(piece) => piece.original.start,
        None => pieces.last().map_or(0, |piece| piece.original.end),
    }
}

fn end_of(pieces: &[Piece], plain: u32) -> u32 {
    let at = pieces.partition_point(|piece| piece.plain.end < plain);
    match pieces.get(at) {
        Some(piece) if piece.is_verbatim() => piece.original.start + (plain - piece.plain.start),
        Some(piece) => piece.original.end,
        None => pieces.last().map_or(0, |piece| piece.original.end),
    }
}

impl Piece {
    const fn is_verbatim(self) -> bool {
        self.plain.len() == self.original.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_decoded_piece_maps_as_a_whole() {
        let original = "a &amp; b";
        let mut mapped = Mapped::default();
        mapped.push_verbatim(original, Span::new(0, 2));
        mapped.push("&", Span::new(2, 7));
        mapped.push_verbatim(original, Span::new(7, 9));
        assert_eq!(mapped.text(), "a & b");
        assert_eq!(mapped.to_original(Span::new(2, 3)), Span::new(2, 7));
        assert_eq!(mapped.to_original(Span::new(4, 5)), Span::new(8, 9));
        assert_eq!(mapped.to_plain(4), Some(2));
        assert_eq!(mapped.span_to_plain(Span::new(4, 8)), Span::new(2, 4));
        assert!(!mapped.is_whole(9) && Mapped::verbatim(original, Span::new(0, 9)).is_whole(9));
    }

    #[test]
    fn an_omitted_part_has_no_plain_span() {
        let original = "some [words](url) here";
        let mut mapped = Mapped::default();
        for span in [Span::new(0, 5), Span::new(6, 11), Span::new(17, 22)] {
            mapped.push_verbatim(original, span);
        }
        assert_eq!(mapped.text(), "some words here");
        assert_eq!(mapped.span_to_plain(Span::new(5, 17)), Span::new(5, 10));
        assert_eq!(mapped.span_to_plain(Span::new(12, 16)), Span::empty(10));
    }

    proptest! {
        /// For any ascending slices that are kept, every plain span maps to equal original text and back.
        #[test]
        fn spans_round_trip(keep in proptest::collection::vec((0_u32..4, 1_u32..5), 0..12)) {
            let original: String = ('a'..='z').cycle().take(200).collect();
            let mut mapped = Mapped::default();
            let mut at = 0;
            for (skip, len) in keep {
                let span = Span::new(at + skip, at + skip + len);
                mapped.push_verbatim(&original, span);
                at = span.end;
            }
            for offset in 0..mapped.text().len() as u32 {
                let there = mapped.to_original(Span::new(offset, offset + 1));
                prop_assert_eq!(there.of(&original), Span::new(offset, offset + 1).of(mapped.text()));
                prop_assert_eq!(mapped.to_plain(there.start), Some(offset));
                prop_assert_eq!(mapped.span_to_plain(there), Span::new(offset, offset + 1));
            }
        }
    }
}
