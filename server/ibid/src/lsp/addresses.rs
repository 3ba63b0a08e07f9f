//! Makes URIs of the addresses that clients write otherwise.
//!
//! Not every client escapes what a URI may not contain: some leave brackets, bars, spaces or letters with accents as they are,
//! others write a bare path or the drive of a Windows path as a host. The library refuses such a message as a whole. Here a
//! character that should have been escaped stands for itself, so that there is one form of each address behind this point.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tower_lsp::ls_types::Uri;

/// What may not stand in the path of a URI. A percent sign is looked at on its own.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What may not stand in a URI after its scheme: its query and fragment are told apart.
const NOT_IN_URI: &AsciiSet = &NOT_IN_PATH.remove(b'#').remove(b'?');

/// A JSON message in which each field named `uri`, or `…Uri`, is a URI if it can be made one.
pub(super) fn with_uris(json: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let mut kept = 0;
    for (at, _) in json.match_indices("ri\"") {
        let Some((start, end)) = value_of_field(json, at).filter(|&(start, _)| start >= kept) else { continue };
        let address = serde_json::from_str::<String>(&json[start..end]).ok();
        if let Some(uri) = address.and_then(|address| as_uri(&address)) {
            mended += &json[kept..start];
            mended += &serde_json::Value::from(uri).to_string();
            kept = end;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(json);
    }
    mended += &json[kept..];
    Cow::Owned(mended)
}

/// Where the string lies that is the value of a field whose name ends with the `ri"` at a byte. Within a string a quotation mark
/// is escaped, so it cannot be mistaken for the end of a name.
fn value_of_field(json: &str, at: usize) -> Option<(usize, usize)> {
    json[..at].ends_with(['u', 'U']).then_some(())?;
    let value = json[at + 3..].trim_ascii_start().strip_prefix(':')?.trim_ascii_start().strip_prefix('"')?;
    let start = json.len() - value.len() - 1;
    let mut is_escaped = false;
    let length = value.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })?;
    Some((start, start + length + 2))
}

/// The URI that an address stands for. `None` if it is one already, or cannot be made one.
fn as_uri(address: &str) -> Option<String> {
    let uri = match scheme_of(address) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("file") => match drive_path(rest) {
            Some(path) => of_path(&path),
            // The address of a file has no query and no fragment.
            None if is_uri(address) && !rest.contains(['#', '?']) => return None,
            None => format!("file:{}", escaped(rest, NOT_IN_PATH)),
        },
        Some(_) if is_uri(address) => return None,
        Some((scheme, rest)) => format!("{scheme}:{}", escaped(rest, NOT_IN_URI)),
        None => of_path(&drive_path(address).or_else(|| address.starts_with('/').then(|| address.to_owned()))?),
    };
    (uri != address && is_uri(&uri)).then_some(uri)
}

fn is_uri(address: &str) -> bool {
    address.parse::<Uri>().is_ok()
}

/// The scheme of an address and what follows its colon. A single letter is a drive.
fn scheme_of(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// The URI of an absolute path with `/`.
fn of_path(path: &str) -> String {
    format!("file://{}", escaped(path, NOT_IN_PATH))
}

/// A path that begins with a drive, as `/C:/…`, where it is not written as a URI has it: without the slash, as a host, with
/// backslashes or with a bar for the colon.
fn drive_path(written: &str) -> Option<String> {
    let path = written.trim_start_matches(['/', '\\']);
    let mut start = path.chars();
    let drive = start.next().filter(char::is_ascii_alphabetic)?;
    start.next().filter(|mark| matches!(mark, ':' | '|'))?;
    let below = start.as_str();
    if !(below.is_empty() || below.starts_with(['/', '\\'])) {
        return None;
    }
    Some(format!("/{drive}:{}", below.replace('\\', "/")))
}

/// A text in which what `set` names, every letter outside ASCII and every percent sign that escapes nothing are escaped.
fn escaped(text: &str, set: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, part) in text.split('%').enumerate() {
        if number > 0 {
            let is_escape = part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
            out += if is_escape { "%" } else { "%25" };
        }
        out.extend(utf8_percent_encode(part, set));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        assert_eq!(as_uri(address).as_deref().unwrap_or(address), expected);
        assert!(is_uri(expected), "{expected}");
        assert_eq!(as_uri(expected), None, "one form only");
    }

    #[test]
    fn what_should_have_been_escaped_stands_for_itself() {
        check("file:///v/draft [2].md", "file:///v/draft%20%5B2%5D.md");
        check("file:///v/a|b^c{d}`e\"<f>.md", "file:///v/a%7Cb%5Ec%7Bd%7D%60e%22%3Cf%3E.md");
        check("file:///v/Übung 五.md", "file:///v/%C3%9Cbung%20%E4%BA%94.md");
        check("file:///v/half %5Bescaped].md", "file:///v/half%20%5Bescaped%5D.md");
        check("file:///v/50% of it.md", "file:///v/50%25%20of%20it.md");
        check("file:///v/100%.md", "file:///v/100%25.md");
        check("file:///v/C# [why?].md", "file:///v/C%23%20%5Bwhy%3F%5D.md");
        check("file:///v/C#.md", "file:///v/C%23.md");
        check("untitled:New [note] 1", "untitled:New%20%5Bnote%5D%201");
        check("git:/v/a b.md?{\"ref\":\"x\"}#z", "git:/v/a%20b.md?%7B%22ref%22:%22x%22%7D#z");
    }

    #[test]
    fn a_path_becomes_a_uri() {
        check("/home/me/a b.md", "file:///home/me/a%20b.md");
        check("C:\\Users\\me\\a b.md", "file:///C:/Users/me/a%20b.md");
        check("c:/notes/a.md", "file:///c:/notes/a.md");
    }

    #[test]
    fn a_drive_is_no_host() {
        check("file://C:/notes/a.md", "file:///C:/notes/a.md");
        check("file:///C|/notes/a.md", "file:///C:/notes/a.md");
        check("file:///d:\\notes\\a [1].md", "file:///d:/notes/a%20%5B1%5D.md");
        check("file:///C:", "file:///C:");
    }

    #[test]
    fn a_uri_stays_as_it_is() {
        for uri in [
            "file:///v/a%20%5B1%5D.md",
            "file:///c%3A/notes/a.md",
            "file:///C:/notes/a.md",
            "file://server/share/a.md",
            "file:/v/a.md",
            "ibid:///v/a.pdf.txt",
            "untitled:Untitled-1",
            "vscode-remote://wsl%2Bubuntu/home/a.md",
        ] {
            assert_eq!(as_uri(uri), None, "{uri}");
        }
        assert_eq!(as_uri(""), None);
        assert_eq!(as_uri("a note"), None);
    }

    #[test]
    fn the_addresses_of_a_message_are_mended_and_nothing_else() {
        let message = r#"{"method":"m","params":{"textDocument":{"uri" : "file:///a [b]\u00e9.md","text":"\"uri\":\"file:///x [y]\""},"#;
        let message =
            message.to_owned() + r#""rootUri":"file:///v w","files":[{"oldUri":"file:///1 2","newUri":"/3"}]}}"#;
        let mended = r#"{"method":"m","params":{"textDocument":{"uri" : "file:///a%20%5Bb%5D%C3%A9.md","text":"\"uri\":\"file:///x [y]\""},"#;
        let mended = mended.to_owned()
            + r#""rootUri":"file:///v%20w","files":[{"oldUri":"file:///1%202","newUri":"file:///3"}]}}"#;
        assert_eq!(with_uris(&message), mended);
        for other in [r#"{"uri":null}"#, r#"{"a":"uri"}"#, r#"["uri", "x y"]"#, r#"{"uri":"file:///a"#, r#"{"uri":"\"#]
        {
            assert_eq!(with_uris(other), other);
        }
    }
}
