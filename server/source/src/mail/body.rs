//! The text of a message as HTML: paragraphs, and block quotations for what it quotes.

use mail_parser::{Message, PartType, decoders::html::html_to_text};

use super::escaped;

/// The depth of quotations within quotations that is told apart.
const DEEPEST: usize = 16;

/// The text of a message.
pub(super) fn html(message: &Message) -> String {
    let mut writer = Writer::default();
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => writer.text(text),
            PartType::Html(html) => writer.text(&html_to_text(own_words(html))),
            _ => {}
        }
    }
    writer.end()
}

/// A page up to the quotation of the message that it answers. Made into text, it would not tell whose words are whose.
fn own_words(html: &str) -> &str {
    const QUOTED: [&str; 4] = ["<blockquote", "gmail_quote", "divRplyFwdMsg", "moz-cite-prefix"];
    let end = QUOTED.iter().filter_map(|mark| html.find(mark)).min().unwrap_or(html.len());
    // A class stands within its tag.
    let tag = html[..end].rfind('<').filter(|&at| !html[at..end].contains('>'));
    &html[..tag.unwrap_or(end)]
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The quotations that are open.
    depth: usize,
    /// The lines of the paragraph that is open.
    lines: Vec<String>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let forwarded = (0..lines.len()).find(|&at| is_head(&lines[at..]));
        for (at, line) in lines.iter().enumerate() {
            let is_forwarded = forwarded.is_some_and(|from| from <= at);
            if line.trim_end() == "--" && !is_forwarded {
                // The signature.
                break;
            }
            let (depth, words) = quoted(line);
            self.line((depth + usize::from(is_forwarded)).min(DEEPEST), words);
        }
        self.flush();
    }

    fn line(&mut self, depth: usize, words: &str) {
        if depth != self.depth || words.is_empty() {
            self.flush();
        }
        if words.is_empty() {
            return;
        }
        while self.depth < depth {
            self.out.push_str("<blockquote>\n");
            self.depth += 1;
        }
        while self.depth > depth {
            self.out.push_str("</blockquote>\n");
            self.depth -= 1;
        }
        self.lines.push(escaped(words));
    }

    /// Ends the paragraph. Its lines are as long as the program of the sender made them.
    fn flush(&mut self) {
        let mut lines = std::mem::take(&mut self.lines).into_iter();
        let Some(first) = lines.next() else { return };
        self.out.extend(["<p>", &first]);
        for line in lines {
            let is_item = line.starts_with(['-', '*', '•']);
            self.out.extend([if is_item { "<br>" } else { " " }, &line]);
        }
        self.out.push_str("</p>\n");
    }

    fn end(mut self) -> String {
        self.line(0, "");
        for _ in 0..self.depth {
            self.out.push_str("</blockquote>\n");
        }
        self.out
    }
}

/// How deep a line is quoted, and its words.
fn quoted(line: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line.trim();
    while let Some(behind) = rest.strip_prefix('>') {
        depth += 1;
        rest = behind.trim_start();
    }
    (depth, rest)
}

/// Whether lines begin with the head of a message that is forwarded or answered below: fields of which the first is an
/// address.
fn is_head(lines: &[&str]) -> bool {
    const FEWEST: usize = 3;
    let is_field = |line: &&&str| {
        line.split_once(": ").is_some_and(|(name, value)| {
            !name.is_empty() && !value.is_empty() && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '*'))
        })
    };
    lines.first().is_some_and(|first| first.contains('@'))
        && lines.iter().take(FEWEST).filter(is_field).count() == FEWEST
}
