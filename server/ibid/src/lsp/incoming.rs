//! Reads the client's messages before the library does, which would end at the first one that it cannot parse.
//!
//! A message that is no JSON-RPC is replaced by a request for [`MALFORMED`], whose answer is the error that JSON-RPC asks for.
//! Half of a surrogate pair, which editors written in JavaScript can send, becomes U+FFFD, and an address that is no URI is
//! made one ([`addresses`](super::addresses)). Only a broken frame ends the stream, since nothing tells where the next message
//! begins.

use std::{borrow::Cow, io};

use serde_json::json;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tower_lsp::jsonrpc::{Error, Request, Response};

use super::addresses::with_uris;

/// The method of the request that stands for a malformed message. Its parameter is the code of the error.
pub(super) const MALFORMED: &str = "ibid/malformedMessage";

/// The largest message, in bytes.
const LARGEST: u64 = 256 << 20;

/// The longest line of a message's header, in bytes.
const LONGEST_LINE: u64 = 4096;

/// Why no further message can be read.
#[derive(Debug, thiserror::Error)]
enum BrokenFrame {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("a message without a valid Content-Length")]
    NoLength,
    #[error("a message of {0} bytes; the limit is {LARGEST}")]
    TooLarge(u64),
    #[error("a line of a message's header has no end")]
    EndlessLine,
}

/// Passes the messages of `input` on to `output`, until the input ends, `exit` was passed on, or the frame of a message is
/// broken.
pub(super) async fn pass_on(input: impl AsyncRead + Unpin, mut output: impl AsyncWrite + Unpin) {
    let mut input = BufReader::new(input);
    loop {
        match next(&mut input).await {
            Ok(Some(body)) => {
                let message = checked(&body);
                let is_exit = matches!(&message, Checked::Message { is_exit: true, .. });
                // The library has ended if it reads no more.
                if message.write_to(&mut output).await.is_err() || is_exit {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) => return tracing::error!("the connection to the editor is broken: {error}"),
        }
    }
}

/// The body of the next message. `None` at the end of the input.
async fn next(input: &mut (impl AsyncBufRead + Unpin)) -> Result<Option<Vec<u8>>, BrokenFrame> {
    let mut length = None;
    let mut has_header = false;
    loop {
        let mut line = Vec::new();
        (&mut *input).take(LONGEST_LINE).read_until(b'\n', &mut line).await?;
        match line.strip_suffix(b"\n").map(<[u8]>::trim_ascii) {
            None if line.is_empty() && !has_header => return Ok(None),
            None if line.is_empty() => return Err(BrokenFrame::NoLength),
            None => return Err(BrokenFrame::EndlessLine),
            Some([]) if has_header => break,
            Some([]) => {}
            Some(field) => {
                has_header = true;
                length = content_length(field).or(length);
            }
        }
    }
    let length = length.ok_or(BrokenFrame::NoLength)?;
    if length > LARGEST {
        return Err(BrokenFrame::TooLarge(length));
    }
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body).await?;
    // A message that was cut off was never sent in full.
    Ok((read as u64 == length).then_some(body))
}

/// The value of a header field, if it is the length of the body.
fn content_length(field: &[u8]) -> Option<u64> {
    let (name, value) = std::str::from_utf8(field).ok()?.split_once(':')?;
    name.trim().eq_ignore_ascii_case("Content-Length").then(|| value.trim().parse().ok())?
}

/// A message as the library may read it.
enum Checked<'b> {
    Message { body: Cow<'b, str>, is_exit: bool },
    Malformed(Error),
}

impl Checked<'_> {
    async fn write_to(&self, output: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
        let body = match self {
            Self::Message { body, .. } => Cow::Borrowed(&**body),
            Self::Malformed(error) => {
                let request =
                    json!({ "jsonrpc": "2.0", "id": null, "method": MALFORMED, "params": [error.code.code()] });
                Cow::Owned(request.to_string())
            }
        };
        output.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
        output.write_all(body.as_bytes()).await
    }
}

fn checked(body: &[u8]) -> Checked<'_> {
    let Ok(text) = std::str::from_utf8(body) else { return Checked::Malformed(Error::parse_error()) };
    let body = with_mended_strings(text);
    match serde_json::from_str::<Request>(&body) {
        Ok(request) => Checked::Message { is_exit: request.method() == "exit", body },
        Err(_) if serde_json::from_str::<Response>(&body).is_ok() => Checked::Message { body, is_exit: false },
        Err(error) if error.is_data() => Checked::Malformed(Error::invalid_request()),
        Err(_) => Checked::Malformed(Error::parse_error()),
    }
}

/// JSON whose strings the library accepts.
fn with_mended_strings(json: &str) -> Cow<'_, str> {
    match without_lone_surrogates(json) {
        Cow::Borrowed(json) => with_uris(json),
        Cow::Owned(json) => Cow::Owned(with_uris(&json).into_owned()),
    }
}

/// JSON in which each escaped half of a surrogate pair, without its other half, is U+FFFD.
fn without_lone_surrogates(json: &str) -> Cow<'_, str> {
    let mut repaired = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = json.as_bytes()[at..].iter().position(|&byte| byte == b'\\') {
        at += found;
        let (length, is_lone) = match (unit_at(json, at), unit_at(json, at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, false),
            (Some(0xD800..=0xDFFF), _) => (6, true),
            // Any other escape. The character after the backslash may be a backslash too.
            _ => (2, false),
        };
        if is_lone {
            repaired += &json[kept..at];
            repaired.push('\u{fffd}');
            kept = at + length;
        }
        at = (at + length).min(json.len());
    }
    if kept == 0 {
        return Cow::Borrowed(json);
    }
    repaired += &json[kept..];
    Cow::Owned(repaired)
}

/// The UTF-16 unit that is escaped at a byte of JSON.
fn unit_at(json: &str, at: usize) -> Option<u16> {
    let digits = json.as_bytes().get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed_on(input: &str) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
        let mut output = Vec::new();
        runtime.block_on(pass_on(input.as_bytes(), &mut output));
        String::from_utf8(output).expect("messages are UTF-8")
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn a_lone_surrogate_becomes_the_replacement_character() {
        let check = |json: &str, expected: &str| assert_eq!(without_lone_surrogates(json), expected);
        check(r#"["\ud83d"]"#, "[\"\u{fffd}\"]");
        check(r#"["\uDE00b"]"#, "[\"\u{fffd}b\"]");
        check(r#"["\uD83d\uDe00"]"#, r#"["\uD83d\uDe00"]"#);
        check(r#"["\ud83d\ud83d\ude00"]"#, "[\"\u{fffd}\\ud83d\\ude00\"]");
        check(r#"["\\ud83d", "\n", "é\\"]"#, r#"["\\ud83d", "\n", "é\\"]"#);
        check(r#"["\\\ud83d"]"#, "[\"\\\\\u{fffd}\"]");
        check("[\"\\", "[\"\\");
        check("[\"\\é", "[\"\\é");
    }

    #[test]
    fn a_malformed_message_is_replaced_and_the_next_one_passed_on() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
        let deep = format!(r#"{{"jsonrpc":"2.0","method":"x","params":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
        for (bad, code) in [
            ("{x}", -32700),
            ("", -32700),
            ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":\"a\tb\"}", -32700),
            (&deep, -32700),
            ("{}", -32600),
            ("7", -32600),
            (r#"{"jsonrpc":"2.0","id":2.5,"method":"shutdown"}"#, -32600),
            (r#"[{"jsonrpc":"2.0","id":3,"method":"shutdown"}]"#, -32600),
        ] {
            let passed = passed_on(&(framed(bad) + &good));
            assert!(passed.ends_with(&good), "{bad}: {passed}");
            assert!(passed.contains(MALFORMED) && passed.contains(&format!("[{code}]")), "{bad}: {passed}");
        }
        let answer = framed(r#"{"jsonrpc":"2.0","id":1,"result":null}"#);
        assert_eq!(passed_on(&answer), answer);
    }

    #[test]
    fn only_a_broken_frame_and_exit_end_the_stream() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
        let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(passed_on(&format!("{good}{exit}{good}")), format!("{good}{exit}"));
        assert_eq!(passed_on(&format!("content-length: 2\r\n\r\n[]{good}")).matches(MALFORMED).count(), 1);
        for broken in ["Content-Length: x\r\n\r\n", "Length: 3\r\n\r\n[]", "Content-Length: 9999999999\r\n\r\n"] {
            assert_eq!(passed_on(&format!("{good}{broken}{good}")), good);
        }
        assert_eq!(passed_on(&format!("{good}Content-Length: 9\r\n\r\n{{")), good);
        assert_eq!(passed_on(&"x".repeat(9000)), "");
    }
}
