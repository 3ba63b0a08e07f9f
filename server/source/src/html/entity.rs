//! Character references: `&amp;`, `&#8217;`.

use std::borrow::Cow;

use super::markup;

/// The longest reference that is read, in bytes: the longest name has 32.
const LONGEST: usize = 33;

/// What is shaped like a reference at the head of `text`, which begins with `&`; the semicolon may be missing.
pub(super) fn reference(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let named = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let end = 1 + named + usize::from(bytes.get(1 + named) == Some(&b';'));
    (named > 0).then(|| &text[..end])
}

/// The value of an attribute. Only what ends with a semicolon is a reference there: `?a=b&copy=c` is an address.
pub(super) fn decoded_value(value: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = reference(rest).unwrap_or("&");
        if reference.ends_with(';') {
            decoded.push_str(&markup::character(reference));
        } else {
            decoded.push_str(reference);
        }
        rest = &rest[reference.len()..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_addresses() {
        assert_eq!(decoded_value("?a=1&amp;b=2&copy=3&"), "?a=1&b=2&copy=3&");
        assert_eq!(reference("&amp; b"), Some("&amp;"));
        assert_eq!(reference("&copy b"), Some("&copy"));
        assert_eq!(reference("& b"), None);
    }
}
