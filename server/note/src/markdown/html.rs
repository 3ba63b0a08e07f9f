//! The HTML of a note: quotations in `<blockquote>` and `<q>`, which are read as those in Markdown are.
//!
//! In a line, a tag of either is read as the quotation mark that a browser shows. A `<blockquote>` that begins a block is a
//! blockquote up to its closing tag, whether its words are HTML or, between blank lines, Markdown again. No other words in a
//! block of HTML are read.

use ibid_text::{Mapped, Span, marked_digits, raised_figure};
use pulldown_cmark::{Event, Parser};

use super::{Container, Reader, Script};

/// Blockquotes that are nested deeper are read as part of the one around them.
const DEEPEST: u32 = 8;

/// Elements within lines. Any other begins a block of its own, and so does `cite`, which names who is quoted.
const WITHIN_LINES: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// What a tag does to the text around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Effect {
    OpensBlockquote,
    ClosesBlockquote,
    OpensQuotation,
    ClosesQuotation,
    BreaksLine,
    Raises,
    EndsRaising,
    PartsBlocks,
    Nothing,
}

impl Effect {
    fn of(tag: &str) -> Self {
        let closes = tag.starts_with("</");
        let inside = tag.trim_start_matches(['<', '/']);
        let name = &inside[..inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len())];
        let is = |element: &str| name.eq_ignore_ascii_case(element);
        match closes {
            false if is("sup") => Self::Raises,
            true if is("sup") => Self::EndsRaising,
            _ if name.is_empty() || WITHIN_LINES.iter().any(|element| is(element)) => Self::Nothing,
            false if is("blockquote") => Self::OpensBlockquote,
            true if is("blockquote") => Self::ClosesBlockquote,
            false if is("q") => Self::OpensQuotation,
            true if is("q") => Self::ClosesQuotation,
            _ if is("br") => Self::BreaksLine,
            _ => Self::PartsBlocks,
        }
    }
}

impl Reader<'_> {
    /// Takes a tag or comment in running text.
    pub(super) fn inline_html(&mut self, tag: &str, span: Span) {
        if tag.starts_with("<!--") {
            self.markdown.comments.push(span);
        }
        match Effect::of(tag) {
            Effect::ClosesBlockquote if self.is_in_html_quote() => self.close_html_quote(span.end),
            Effect::OpensBlockquote | Effect::OpensQuotation => self.push_mark("“", span),
            Effect::ClosesBlockquote | Effect::ClosesQuotation => self.push_mark("”", span),
            Effect::BreaksLine => self.line_break(span),
            Effect::Raises => self.script = Script::Raised,
            Effect::EndsRaising => self.script = Script::OnTheLine,
            Effect::PartsBlocks | Effect::Nothing => {}
        }
        self.joined = false;
    }

    /// Takes a block of HTML.
    pub(super) fn html_block(&mut self, html: &Mapped) {
        for piece in pieces(html.text()) {
            match piece {
                Piece::Words(span) => {
                    if self.is_in_html_quote() {
                        self.html_words(html, span);
                    }
                }
                Piece::Tag(span) => self.block_tag(span.of(html.text()), html.to_original(span)),
            }
            self.joined = false;
        }
    }

    fn block_tag(&mut self, tag: &str, span: Span) {
        let effect = Effect::of(tag);
        if effect == Effect::OpensBlockquote && self.may_open_quote(span) {
            self.close();
            let quote = self.open_quote(span, None);
            self.containers.push(Container::HtmlQuote(quote));
            return;
        }
        if !self.is_in_html_quote() {
            return;
        }
        match effect {
            Effect::ClosesBlockquote => self.close_html_quote(span.end),
            Effect::OpensQuotation => self.push_mark("“", span),
            Effect::ClosesQuotation => self.push_mark("”", span),
            Effect::BreaksLine => self.line_break(span),
            Effect::OpensBlockquote | Effect::PartsBlocks => self.close(),
            Effect::Raises => self.script = Script::Raised,
            Effect::EndsRaising => self.script = Script::OnTheLine,
            Effect::Nothing => {}
        }
    }

    /// Whether a blockquote may begin with the tag: one that is never closed is a slip, and would quote the rest of the note.
    fn may_open_quote(&self, tag: Span) -> bool {
        let last =
            ["</blockquote", "</BLOCKQUOTE"].map(|close| memchr::memmem::rfind(self.text.as_bytes(), close.as_bytes()));
        let is_closed = last.into_iter().flatten().any(|close| close >= tag.end as usize);
        let depth = self.innermost_quote().map_or(0, |quote| self.markdown.quotes[quote as usize].depth + 1);
        is_closed && depth <= DEEPEST
    }

    /// Reads words with their digits raised and lowered.
    pub(super) fn push_text(&mut self, plain: &str, span: Span) {
        if self.code || span.of(self.text) != plain {
            return self.push(plain, span, false);
        }
        if let Some(figure) = raised_figure(plain).filter(|_| self.script == Script::Raised) {
            for (at, shown) in figure {
                let length = plain[at..].chars().next().map_or(0, char::len_utf8);
                self.push(shown, Span::from(at..at + length).shift(span.start), false);
            }
            return;
        }
        let mut at = 0;
        for (digits, shown) in marked_digits(plain) {
            self.push_some(Span::new(at, digits.start).shift(span.start));
            // Text of the same length would count as verbatim.
            let shorter = u32::from(shown.len() as u32 == digits.len());
            self.push(&shown, Span::new(digits.start, digits.end - shorter).shift(span.start), false);
            at = digits.end;
        }
        self.push_some(Span::new(at, plain.len() as u32).shift(span.start));
    }

    /// Reads words as they are written, if there are any.
    fn push_some(&mut self, span: Span) {
        if !span.is_empty() {
            self.push(span.of(self.text), span, false);
        }
    }

    fn is_in_html_quote(&self) -> bool {
        matches!(self.containers.last(), Some(Container::HtmlQuote(_)))
    }

    fn close_html_quote(&mut self, end: u32) {
        self.close();
        if let Some(Container::HtmlQuote(number)) = self.containers.pop() {
            let quote = &mut self.markdown.quotes[number as usize];
            quote.blocks.1 = self.markdown.blocks.len();
            quote.span.end = quote.span.end.max(end);
        }
    }

    /// Closes the blockquotes that the end of the Markdown around them closes: those within the list `item`, if it is one
    /// that ends.
    pub(super) fn close_html_quotes(&mut self, item: Option<u32>) {
        while let Some(Container::HtmlQuote(number)) = self.containers.last() {
            if item.is_some() && self.markdown.quotes[*number as usize].item != item {
                return;
            }
            self.close_html_quote(self.last_end as u32);
        }
    }

    /// Reads a quotation mark for a tag. The tag must differ in length from the mark, or it would count as verbatim.
    fn push_mark(&mut self, mark: &str, tag: Span) {
        let shorter = u32::from(tag.len() as usize == mark.len());
        self.push(mark, Span::new(tag.start, tag.end - shorter), false);
    }

    /// Reads words between tags, line by line, with their character references decoded.
    fn html_words(&mut self, html: &Mapped, span: Span) {
        let mut at = span.start;
        for line in span.of(html.text()).split_inclusive('\n') {
            let begins_block =
                self.open.as_ref().is_none_or(|open| open.text.text().is_empty() || open.pending.is_some());
            let kept = line.trim_end_matches(['\n', '\r']);
            let kept = if begins_block { kept.trim_start() } else { kept };
            let start = at + (kept.as_ptr() as usize - line.as_ptr() as usize) as u32;
            self.html_line(html, Span::new(start, start + kept.len() as u32));
            at += line.len() as u32;
            if line.ends_with('\n') {
                self.line_break(html.to_original(Span::new(at - 1, at)));
            }
        }
    }

    fn html_line(&mut self, html: &Mapped, line: Span) {
        let mut at = line.start;
        while at < line.end {
            let rest = Span::new(at, line.end).of(html.text());
            let (length, decoded) = match reference(rest) {
                Some((length, decoded)) => (length, Some(decoded)),
                None => (rest.char_indices().skip(1).find(|(_, c)| *c == '&').map_or(rest.len(), |(at, _)| at), None),
            };
            let piece = Span::new(at, at + length as u32);
            let plain = decoded.as_deref().unwrap_or_else(|| piece.of(html.text()));
            self.push_text(plain, html.to_original(piece));
            at = piece.end;
        }
    }
}

/// The length of the character reference that `text` begins with, and what it stands for.
fn reference(text: &str) -> Option<(usize, String)> {
    /// The longest name of a character has 31 letters.
    const LONGEST: usize = 33;
    let named = text.strip_prefix('&')?.bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#');
    let length = named.count() + "&;".len();
    let reference = text.get(..length).filter(|reference| reference.ends_with(';'))?;
    let mut decoded = String::new();
    for event in Parser::new(reference) {
        if let Event::Text(text) = event {
            decoded.push_str(&text);
        }
    }
    (decoded != reference && !decoded.is_empty()).then_some((length, decoded))
}

/// A piece of HTML.
#[derive(PartialEq, Eq, Debug)]
enum Piece {
    Words(Span),
    /// A tag, up to the first `>`.
    Tag(Span),
}

/// The words and tags of HTML, in order; comments are left out. Takes linear time.
fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut words_from) = (0, 0);
    while let Some(start) = html[at..].find('<').map(|open| at + open) {
        let rest = &html[start..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let is_comment = rest.starts_with("<!--");
        let end =
            if is_comment { rest.find("-->").map(|end| end + "-->".len()) } else { rest.find('>').map(|end| end + 1) };
        if !is_tag {
            at = start + 1;
            continue;
        }
        let end = start + end.unwrap_or(rest.len());
        pieces.push(Piece::Words(Span::from(words_from..start)));
        if !is_comment {
            pieces.push(Piece::Tag(Span::from(start..end)));
        }
        (at, words_from) = (end, end);
    }
    pieces.push(Piece::Words(Span::from(words_from..html.len())));
    pieces.retain(|piece| !matches!(piece, Piece::Words(span) if span.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_words_and_tags() {
        let found = |html: &str| -> Vec<String> {
            let shown = |piece: &Piece| match piece {
                Piece::Words(span) | Piece::Tag(span) => span.of(html).to_owned(),
            };
            pieces(html).iter().map(shown).collect()
        };
        assert_eq!(found("<p class=a>b < c</p>"), ["<p class=a>", "b < c", "</p>"]);
        assert_eq!(found("a<!-- b > c -->d"), ["a", "d"]);
        assert_eq!(found("a <b"), ["a ", "<b"]);
    }

    #[test]
    fn references_are_decoded() {
        assert_eq!(reference("&amp; b"), Some((5, "&".to_owned())));
        assert_eq!(reference("&#8217;s"), Some((7, "’".to_owned())));
        for text in ["& b;", "&amp", "&nGg", "&unknown;", "amp;", "&é;"] {
            assert_eq!(reference(text), None, "{text}");
        }
    }
}
