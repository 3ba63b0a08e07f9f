//! Character references: `&amp;`, `&#8217;`.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};
use ibid_text::{Mapped, Span};

/// The longest reference that is read, in bytes: the longest name has 31 letters.
const LONGEST: usize = 33;

/// The text at the start of `text` that has the form of a reference; `text` begins with `&`. The semicolon may be missing.
pub(crate) fn reference(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let named = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let end = 1 + named + usize::from(bytes.get(1 + named) == Some(&b';'));
    (named > 0).then(|| &text[..end])
}

/// Decodes a reference by the rules for HTML text, where some names need no semicolon. What is unknown stays as it is.
pub(crate) fn decode_reference(reference: &str) -> String {
    let mut decoded = String::new();
    for token in Tokenizer::new(reference) {
        if let Ok(Token::String(text)) = token {
            decoded.push_str(&String::from_utf8_lossy(&text));
        }
    }
    decoded
}

/// Decodes a reference that ends with a semicolon and stands for a character as a whole.
fn decode_terminated(reference: &str) -> Option<String> {
    let decoded = decode_reference(reference);
    let is_whole = reference.ends_with(';') && (!decoded.ends_with(';') || decoded == ";");
    is_whole.then_some(decoded)
}

/// Decodes the references in `text` that end with a semicolon. In an attribute the others are not references:
/// `?a=b&copy=c` is an address.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = reference(rest).unwrap_or("&");
        match decode_terminated(reference) {
            Some(character) => decoded.push_str(&character),
            None => decoded.push_str(reference),
        }
        rest = &rest[reference.len()..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Decodes `text` like [`decode`], with a map back to it. Carelessly saved text pages contain references: decoded,
/// `don&#39;t` is one word and `p &lt; 0.05` says less.
pub(crate) fn decode_mapped(text: &str) -> Mapped {
    let mut page = Mapped::default();
    let mut end = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let Some(reference) = reference(&text[at..]).filter(|_| at >= end) else { continue };
        // Text of the same length would count as verbatim in the map.
        let decoded = decode_terminated(reference).filter(|decoded| decoded.len() != reference.len());
        let Some(decoded) = decoded else { continue };
        page.push_verbatim(text, Span::from(end..at));
        end = at + reference.len();
        page.push(&decoded, Span::from(at..end));
    }
    page.push_verbatim(text, Span::from(end..text.len()));
    page
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn html_text_needs_no_semicolon() {
        for (reference, expected) in
            [("&amp;", "&"), ("&eacute", "é"), ("&#x27;", "'"), ("&#146;", "’"), ("&nope;", "&nope;"), ("&", "&")]
        {
            assert_eq!(decode_reference(reference), expected);
        }
        assert_eq!(reference("&amp; b"), Some("&amp;"));
        assert_eq!(reference("&copy b"), Some("&copy"));
        assert_eq!(reference("& b"), None);
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(decode(text), expected, "{text}");
        assert_eq!(decode_mapped(text).text(), expected, "{text}");
    }

    #[test]
    fn only_terminated_references_are_decoded() {
        check("?a=1&amp;b=2&copy=3&", "?a=1&b=2&copy=3&");
        check("don&#39;t &lt;go&gt; &amp; R&D; caf&eacute;&#x21;", "don't <go> & R&D; café!");
        check("AT&T, a &b; &; &#; &amp &nonsense; &", "AT&T, a &b; &; &#; &amp &nonsense; &");
        check("&amp;lt; &notit; &semi;", "&lt; &notit; ;");
    }

    #[test]
    fn decoded_text_maps_back() {
        let text = "we don&#39;t go";
        let page = decode_mapped(text);
        assert_eq!(page.to_original(Span::new(3, 8)).of(text), "don&#39;t");
        assert_eq!(page.to_original(Span::new(9, 11)).of(text), "go");
    }

    proptest! {
        #[test]
        fn every_text_maps_back(text in "([&;#] ?|amp|lt|39|x|é){0,12}") {
            let page = decode_mapped(&text);
            prop_assert_eq!(page.to_original(Span::from(0..page.text().len())).len() as usize, text.len());
        }
    }
}
