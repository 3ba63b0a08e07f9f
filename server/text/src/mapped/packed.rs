use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{Mapped, Piece, to_original};
use crate::{Span, varint};

/// The map of a [`Mapped`] text to its original, without the text: a few bytes for each piece.
///
/// With the map, any part of the text can be restored from the original span that the part was made from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PackedMap(Arc<ByteBuf>);

/// A part of a mapped text, without the text that equals the original.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Part {
    pieces: Vec<Piece>,
    /// The plain text of the decoded pieces, concatenated.
    decoded: String,
}

impl PackedMap {
    /// Packs the map of a text. `None` if the text does not follow the order of its original.
    pub fn of(mapped: &Mapped) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut behind = 0;
        for piece in &mapped.pieces {
            varint::push(&mut bytes, piece.original.start.checked_sub(behind)?);
            varint::push(&mut bytes, piece.plain.len());
            varint::push(&mut bytes, piece.original.len());
            if !piece.is_verbatim() {
                bytes.extend_from_slice(piece.plain.of(&mapped.text).as_bytes());
            }
            behind = piece.original.end;
        }
        Some(Self(Arc::new(bytes.into())))
    }

    /// The part of the text that contains a plain span, rounded up to whole pieces. Invalid bytes give an empty part.
    pub fn part(&self, plain: Span) -> Part {
        let mut part = Part::default();
        for (piece, decoded) in self.pieces().take_while(|(piece, _)| piece.plain.start <= plain.end) {
            if piece.plain.end >= plain.start {
                part.pieces.push(piece);
                part.decoded.push_str(std::str::from_utf8(decoded).unwrap_or_default());
            }
        }
        part
    }

    /// The pieces in order, each with its plain text if it is decoded.
    fn pieces(&self) -> impl Iterator<Item = (Piece, &[u8])> {
        let mut rest = &self.0[..];
        let (mut plain_end, mut original_end) = (0_u32, 0_u32);
        std::iter::from_fn(move || {
            let (gap, length) = (varint::take(&mut rest)?, varint::take(&mut rest)?);
            let (start, original_start) = (plain_end, original_end.saturating_add(gap));
            plain_end = start.saturating_add(length);
            original_end = original_start.saturating_add(varint::take(&mut rest)?);
            let piece = Piece { plain: Span::new(start, plain_end), original: Span::new(original_start, original_end) };
            let decoded = if piece.is_verbatim() { &[][..] } else { rest.get(..length as usize).unwrap_or_default() };
            rest = &rest[decoded.len()..];
            Some((piece, decoded))
        })
    }

    /// [`Mapped::to_plain`].
    pub fn to_plain(&self, original: u32) -> Option<u32> {
        let (piece, _) = self.pieces().find(|(piece, _)| piece.original.end > original)?;
        piece.original.contains(original).then(|| {
            let inside = if piece.is_verbatim() { original - piece.original.start } else { 0 };
            piece.plain.start + inside
        })
    }

    /// [`Mapped::to_original`].
    pub fn to_original(&self, plain: Span) -> Span {
        to_original(&self.part(plain).pieces, plain)
    }
}

impl Part {
    /// Its span in the plain text.
    pub fn plain(&self) -> Span {
        self.cover(|piece| piece.plain)
    }

    /// The span of the original that it was made from.
    pub fn original(&self) -> Span {
        self.cover(|piece| piece.original)
    }

    /// Its text, given the original text under [`Part::original`]; `None` if `original` has other bounds.
    pub fn text(&self, original: &str) -> Option<String> {
        let (start, mut decoded) = (self.original().start, &*self.decoded);
        let mut text = String::with_capacity(self.plain().len() as usize);
        for piece in &self.pieces {
            if piece.is_verbatim() {
                let from = (piece.original.start - start) as usize;
                text.push_str(original.get(from..from + piece.original.len() as usize)?);
            } else {
                let (this, rest) = decoded.split_at_checked(piece.plain.len() as usize)?;
                text.push_str(this);
                decoded = rest;
            }
        }
        Some(text)
    }

    fn cover(&self, side: impl Fn(&Piece) -> Span) -> Span {
        self.pieces.iter().map(side).reduce(Span::cover).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Any part of a text that was made by omitting and decoding is restored from its span of the original.
        #[test]
        fn parts_are_restored(
            steps in prop::collection::vec((0_u32..4, 0_u32..6, any::<bool>()), 0..30),
            (start, length) in (0_u32..120, 0_u32..60),
        ) {
            let original: String = ('a'..='z').cycle().take(400).collect();
            let mut mapped = Mapped::default();
            let mut at = 0;
            for (skip, taken, is_decoded) in steps {
                let span = Span::new(at + skip, at + skip + taken);
                // Equal lengths mean the same bytes.
                if is_decoded && taken != 3 { mapped.push("é\n", span) } else { mapped.push_verbatim(&original, span) }
                at = span.end;
            }
            let packed = PackedMap::of(&mapped).expect("it follows its original");
            let end = mapped.text().len() as u32;
            let plain = Span::new(start.min(end), (start + length).min(end));
            let part = packed.part(plain);
            prop_assert!(part.plain().covers(plain) || mapped.text().is_empty());
            let text = part.text(part.original().of(&original));
            prop_assert_eq!(text.as_deref(), Some(part.plain().of(mapped.text())));
            prop_assert_eq!(packed.to_original(plain), mapped.to_original(plain));
            prop_assert_eq!(packed.to_plain(start), mapped.to_plain(start));
        }

        #[test]
        fn invalid_bytes_do_not_fail(bytes in prop::collection::vec(any::<u8>(), 0..60), start in 0_u32..99) {
            let packed = PackedMap(Arc::new(bytes.into()));
            let part = packed.part(Span::new(start, start + 10));
            let _ = part.text("any text at all");
        }
    }
}
