//! Text in encodings other than UTF-8.
//!
//! Old pages declare an encoding in their head, and some editors write UTF-16 with a byte order mark. Such a file is
//! decoded, and all spans refer to the decoded text, which is what an editor shows. The encoding of a file that
//! declares none is never guessed.

use std::borrow::Cow;

use encoding_rs::{CoderResult, Encoding};
use ibid_text::Span;

use crate::{Format, LARGEST, ReadError, html};

/// The text of a file. UTF-8 is returned as it is, including a byte order mark; other encodings are decoded if the file
/// declares them.
pub fn decode(format: Format, bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: LARGEST });
    }
    if let Some((encoding, mark)) = marked(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        return text.ok_or_else(|| ReadError::Encoded { name: encoding.name().to_owned() });
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(ReadError::Binary { at });
    }
    let not_utf8 = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.into()),
        Err(error) => ReadError::NotUtf8 { at: error.valid_up_to() },
    };
    let name = Some(format).filter(|&format| format == Format::Html).and_then(|_| html::declared_encoding(bytes));
    let Some(name) = name else { return Err(not_utf8) };
    let text = Encoding::for_label(name.as_bytes())
        .and_then(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes));
    text.ok_or(ReadError::Encoded { name })
}

/// Converts a span of the text that [`decode`] returns into a span of the file's bytes.
pub fn span_in_bytes(format: Format, bytes: &[u8], span: Span) -> Span {
    let (encoding, mark) = match marked(bytes) {
        Some(marked) => marked,
        None if std::str::from_utf8(bytes).is_ok() => return span,
        None => {
            let name =
                Some(format).filter(|&format| format == Format::Html).and_then(|_| html::declared_encoding(bytes));
            match name.and_then(|name| Encoding::for_label(name.as_bytes())) {
                Some(encoding) => (encoding, 0),
                None => return span,
            }
        }
    };
    let start = offset_in_bytes(encoding, &bytes[mark..], span.start);
    let end = if span.is_empty() { start } else { offset_in_bytes(encoding, &bytes[mark..], span.end) };
    Span::from(mark + start..mark + end)
}

/// The number of bytes of a file that decode to the first `offset` bytes of its text.
fn offset_in_bytes(encoding: &'static Encoding, bytes: &[u8], offset: u32) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut room = [0; 16];
    let mut written = 0;
    // One byte at a time: a character is written as soon as its last byte is read.
    for (at, byte) in bytes.iter().enumerate() {
        if written >= offset as usize {
            return at;
        }
        let (result, _, wrote, _) = decoder.decode_to_utf8(std::slice::from_ref(byte), &mut room, false);
        debug_assert!(matches!(result, CoderResult::InputEmpty), "there is room for any character");
        written += wrote;
    }
    bytes.len()
}

/// The encoding that a byte order mark declares and the length of the mark. `None` for UTF-8.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes).filter(|&(encoding, _)| encoding != encoding_rs::UTF_8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn latin(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
    }

    #[test]
    fn declared_encodings_are_decoded() {
        let page = latin("<meta charset=\"ISO-8859-1\"><p>café — “so”");
        assert_eq!(decode(Format::Html, &page).as_deref(), Ok("<meta charset=\"ISO-8859-1\"><p>café — “so”"));
        let typed = b"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><p>\x93\x8c\x8b\x9e";
        assert!(decode(Format::Html, typed).is_ok_and(|text| text.ends_with("東京")));
        let late = latin(&format!("<script charset=utf-8>{}</script><meta charset=latin1><p>café", "x".repeat(5000)));
        assert!(decode(Format::Html, &late).is_ok_and(|text| text.ends_with("café")));
        let unknown = latin("<meta charset=klingon><p>café");
        assert_eq!(decode(Format::Html, &unknown), Err(ReadError::Encoded { name: "KLINGON".to_owned() }));
        assert_eq!(decode(Format::Html, &latin("<p>café")), Err(ReadError::NotUtf8 { at: 6 }));
        assert_eq!(decode(Format::Text, &latin("charset=latin1 café")), Err(ReadError::NotUtf8 { at: 18 }));
    }

    #[test]
    fn a_byte_order_mark_declares_utf_16() {
        for (mark, bytes) in [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)]
        {
            let encoded: Vec<u8> = mark.into_iter().chain("café 東京".encode_utf16().flat_map(bytes)).collect();
            assert_eq!(decode(Format::Text, &encoded).as_deref(), Ok("café 東京"));
        }
        assert_eq!(decode(Format::Text, b"\xff\xfe\x00\xd8"), Err(ReadError::Encoded { name: "UTF-16LE".to_owned() }));
    }

    proptest! {
        /// The bytes at a converted span are the encoded words.
        #[test]
        fn spans_map_to_their_bytes(words in prop::collection::vec("[a-zäéß—]{1,6}", 1..12), nth in 0_usize..12) {
            const HEAD: &str = "<meta charset=windows-1252><p>";
            let text = format!("{HEAD}{}", words.join(" "));
            let nth = nth.min(words.len() - 1);
            let start = HEAD.len() + words[..nth].iter().map(|word| word.len() + 1).sum::<usize>();
            let span = Span::from(start..start + words[nth].len());
            let bytes = latin(&text);
            // Some of these bytes are also valid UTF-8 and are read as such: 0xDF 0x97 is “ß—” or one N’Ko letter.
            prop_assume!(std::str::from_utf8(&bytes).is_err() || text.is_ascii());
            prop_assert_eq!(&bytes[span_in_bytes(Format::Html, &bytes, span).range()], &latin(&words[nth])[..]);
            let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            let there = span_in_bytes(Format::Html, &wide, span);
            let expected: Vec<u8> = words[nth].encode_utf16().flat_map(u16::to_le_bytes).collect();
            prop_assert_eq!(&wide[there.range()], &expected[..]);
        }

        #[test]
        fn decoding_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..64), declared in any::<bool>()) {
            let head: &[u8] = if declared { b"<meta charset=gbk>" } else { b"" };
            let bytes = [head, &bytes].concat();
            if let Ok(text) = decode(Format::Html, &bytes) {
                let whole = span_in_bytes(Format::Html, &bytes, Span::from(0..text.len()));
                prop_assert!(whole.end as usize <= bytes.len());
            }
        }
    }
}
