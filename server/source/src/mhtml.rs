//! The reader for MHTML (RFC 2557), which browsers write as "Webpage, single file".
//!
//! Such a file is a MIME message whose parts are the page and its pictures, styles and frames. The page is extracted as
//! HTML, with the same comment about its address that browsers put into pages saved as HTML.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::{ExtractError, Format, encoding::decode};

/// The header with the address that the browser saved the page from.
const SAVED_FROM: &str = "Snapshot-Content-Location";

/// Extracts the page as HTML.
pub(crate) fn extract(bytes: &[u8]) -> Result<String, ExtractError> {
    let message = MessageParser::default().parse(bytes).ok_or(ExtractError::Damaged)?;
    // Text that could not be decoded may be wrong anywhere.
    let page = page(&message).filter(|page| !page.is_encoding_problem).ok_or(ExtractError::Damaged)?;
    // Browsers ignore NUL characters.
    let html = text(page).ok_or(ExtractError::Damaged)?.replace('\0', "");
    if html.trim().is_empty() {
        return Err(ExtractError::Wordless);
    }
    let address = message.header_raw(SAVED_FROM).map(str::trim).or_else(|| page.content_location());
    let saved_from = address.filter(|address| fits_in_comment(address)).map(saved_from).unwrap_or_default();
    Ok(saved_from + &html)
}

/// The part with the page: the one that the message names as its start, otherwise the first HTML part (RFC 2387, 3.2).
fn page<'a, 'b>(message: &'a Message<'b>) -> Option<&'a MessagePart<'b>> {
    let bare = |id: &str| id.trim_matches(['<', '>']).to_owned();
    let start = message.content_type().and_then(|kind| kind.attribute("start")).map(bare);
    let is_start = |part: &&MessagePart| start.is_some() && part.content_id().map(bare) == start;
    let mut pages = message.parts.iter().filter(|part| is_page(part));
    pages.clone().find(is_start).or_else(|| pages.next())
}

fn is_page(part: &MessagePart) -> bool {
    part.is_content_type("text", "html") || part.is_content_type("application", "xhtml+xml")
}

/// The text of a part. The parser has already undone its transfer encoding.
fn text(part: &MessagePart) -> Option<String> {
    match &part.body {
        PartType::Html(text) | PartType::Text(text) => Some(text.to_string()),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            decode(Format::Html, bytes).ok().map(std::borrow::Cow::into_owned)
        }
        PartType::Message(_) | PartType::Multipart(_) => None,
    }
}

/// Whether an address can be written in a comment.
fn fits_in_comment(address: &str) -> bool {
    address.starts_with("http") && !address.contains(|c: char| c.is_whitespace() || c == '>')
}

/// The comment that browsers write; the number is the length of the address.
fn saved_from(address: &str) -> String {
    format!("<!-- saved from url=({:04}){address} -->\n", address.len())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use ibid_language::Language;
    use proptest::prelude::*;

    use super::*;
    use crate::{read, shown};

    /// A page as Chromium saves it.
    const SAVED: &str = "From: <Saved by Blink>\r\n\
        Snapshot-Content-Location: https://example.org/posts/tides?a=1\r\n\
        Subject: =?utf-8?Q?Of=20tides?=\r\n\
        Date: Sat, 1 Feb 2025 10:00:00 +0100\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--x----\"\r\n\r\n\r\n\
        ------MultipartBoundary--x----\r\n\
        Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/posts/tides?a=1\r\n\r\n\
        <!DOCTYPE html><html><head><meta http-equiv=3D\"Content-Type\" content=3D\"text/html;=\r\n charset=3DUTF-8\">\
        <meta name=3D\"author\" content=3D\"Ines Okafor\"><meta name=3D\"date\" content=3D\"2025-01-30\"><title>Of tides</title></head><body><article><h1>Of tides</h1>\
        <p>The sea comes back=E2=80=94it always has, and nobody who has lived be=\r\nside it keeps count.</p>\
        <div id=3D\"comment-7\" class=3D\"comment\"><a class=3D\"author\" href=3D\"/users/tomas\">Tomas Reed</a> <time \
        datetime=3D\"2025-02-01\">today</time><div class=3D\"comment-body\"><p>I kept count for a year.</p></div></div>\
        </article></body></html>\r\n\
        ------MultipartBoundary--x----\r\n\
        Content-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\np { color: red }\r\n\
        ------MultipartBoundary--x----\r\n\
        Content-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        PHA+QW4gYWR2ZXJ0aXNlbWVudCBpbiBhIGZyYW1lLjwvcD4=\r\n\
        ------MultipartBoundary--x------\r\n";

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
    fn check(saved: &str, expected: Expect) {
        let page = extract(saved.as_bytes()).expect("there is a page");
        expected.assert_eq(&shown(&read(Format::Mhtml, page.as_bytes(), Language::ENGLISH).expect("it is text")));
    }

    #[test]
    fn a_page_keeps_its_address_and_comments() {
        check(
            SAVED,
            expect![[r#"
                title: Of tides
                date: 2025-01-30
                author: Ines Okafor
                url: https://example.org/posts/tides?a=1
                Heading (author, Ines Okafor, 0.80): Of tides
                Paragraph (author, Ines Okafor, 0.80): The sea comes back—it always has, and nobody who has lived beside it keeps count.
                Comment (commenter, Tomas Reed, 0.97): I kept count for a year.
                comment: Tomas Reed to the page, 2025-02-01, https://example.org/posts/tides?a=1#comment-7: I kept count for
            "#]],
        );
    }

    #[test]
    fn the_start_part_is_the_page() {
        let second = SAVED.replace("type=\"text/html\";", "type=\"text/html\"; start=\"<frame-2@mhtml.blink>\";");
        let from = "<!-- saved from url=(0035)https://example.org/posts/tides?a=1 -->\n";
        assert_eq!(extract(second.as_bytes()), Ok(format!("{from}<p>An advertisement in a frame.</p>")));
    }

    #[test]
    fn a_page_may_be_in_another_encoding() {
        let saved =
            b"MIME-Version: 1.0\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n\
                      Content-Location: file:///tmp/a.html\n\n<p>caf\xe9</p>";
        assert_eq!(extract(saved).as_deref(), Ok("<p>café</p>"));
    }

    #[test]
    fn files_without_a_page_are_errors() {
        assert_eq!(extract(b""), Err(ExtractError::Damaged));
        assert_eq!(extract(SAVED.replace("be=\r\nside", "be==side").as_bytes()), Err(ExtractError::Damaged));
        assert_eq!(extract(b"MIME-Version: 1.0\nContent-Type: image/png\n\n\x89PNG"), Err(ExtractError::Damaged));
        assert_eq!(extract(b"MIME-Version: 1.0\nContent-Type: text/html\n\n \n"), Err(ExtractError::Wordless));
    }

    proptest! {
        /// Extraction ends without a panic, however a file is cut and corrupted.
        #[test]
        fn corrupted_pages_do_not_panic(
            cut in 0..SAVED.len(),
            garbled in prop::collection::vec((0..SAVED.len(), any::<u8>()), 0..12),
        ) {
            let mut bytes = SAVED.as_bytes().to_vec();
            drop(extract(&bytes[..cut]));
            for (at, byte) in garbled {
                bytes[at] = byte;
            }
            drop(extract(&bytes));
        }
    }
}
