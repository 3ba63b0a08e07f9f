//! Character entities in plain text: what a page that was saved carelessly leaves of its HTML.

use ibid_text::{Mapped, Span};
use pulldown_cmark::{Event, Parser};

/// Longest entity that is read, in bytes; the longest name in HTML has 31 letters.
const LONGEST: usize = 33;

/// A page with each entity (`&amp;`, `&#39;`) read as the character that it stands for, so that `don&#39;t` is one word
/// and `p &lt; 0.05` says less. What stands for no character is left as it is.
pub(super) fn decoded(text: &str) -> Mapped {
    let mut page = Mapped::default();
    let mut behind = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let Some(entity) = entity(&text[at..]).filter(|_| at >= behind) else { continue };
        // Of the same length, it would pass for what is written there.
        let Some(character) = character(entity).filter(|character| character.len() != entity.len()) else { continue };
        page.push_verbatim(text, Span::from(behind..at));
        behind = at + entity.len();
        page.push(&character, Span::from(at..behind));
    }
    page.push_verbatim(text, Span::from(behind..text.len()));
    page
}

/// What is shaped like an entity at the head of `text`.
fn entity(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let end = bytes[1..].iter().take(LONGEST).position(|&b| !(b.is_ascii_alphanumeric() || b == b'#'))? + 1;
    (end > 1 && bytes[end] == b';').then(|| &text[..=end])
}

/// What an entity stands for, as Markdown has it, which takes its names from HTML.
fn character(entity: &str) -> Option<String> {
    Parser::new(entity).find_map(|event| match event {
        Event::Text(text) => (*text != *entity && !text.starts_with('&') || *text == *"&").then(|| text.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(decoded(text).text(), expected, "{text}");
    }

    #[test]
    fn entities_are_read_as_what_they_stand_for() {
        check("don&#39;t &lt;go&gt; &amp; R&D; caf&eacute;&#x21;", "don't <go> & R&D; café!");
        check("AT&T, a &b; &; &#; &amp &nonsense; &", "AT&T, a &b; &; &#; &amp &nonsense; &");
        check("&amp;lt;", "&lt;");
    }

    #[test]
    fn what_was_read_leads_back() {
        let text = "we don&#39;t go";
        let page = decoded(text);
        assert_eq!(page.to_original(Span::new(3, 8)).of(text), "don&#39;t");
        assert_eq!(page.to_original(Span::new(9, 11)).of(text), "go");
    }

    proptest! {
        #[test]
        fn no_page_fails(text in "([&;#] ?|amp|lt|39|x|é){0,12}") {
            let page = decoded(&text);
            prop_assert_eq!(page.to_original(Span::from(0..page.text().len())).len() as usize, text.len());
        }
    }
}
