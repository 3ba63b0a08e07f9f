//! The readable text of a Markdown page.

use std::ops::Range;

use ibid_text::{Mapped, Span, marked_digits, raised_figure};
use pulldown_cmark::{Event, Tag, TagEnd};

use super::html;

/// Builds the readable text from the parser's events. It leaves out tags, comments, images, link targets, footnote
/// marks and reference definitions, and decodes entities. Markup of emphasis and blocks stays: the comparison of
/// quotations handles it.
pub(super) struct Reading<'t> {
    text: &'t str,
    /// The hidden spans, each with the text that replaces it.
    cuts: Vec<(Span, String)>,
    /// The open links, each with the span of its visible text.
    links: Vec<Option<Span>>,
    /// Runs of text, in which to find markup that the parser does not know.
    runs: Vec<Span>,
    /// Whether a `<sup>` is open.
    raised: bool,
}

impl<'t> Reading<'t> {
    /// Starts a page; `definitions` are the spans of its link reference definitions.
    pub(super) fn new(text: &'t str, definitions: Vec<Span>) -> Self {
        let cuts = definitions.into_iter().map(|span| (span, String::new())).collect();
        Self { text, cuts, links: Vec::new(), runs: Vec::new(), raised: false }
    }

    pub(super) fn take(&mut self, event: &Event, range: &Range<usize>) {
        let span = Span::from(range.clone());
        if let Event::End(TagEnd::Link) = event {
            if let Some(shown) = self.links.pop() {
                let shown = shown.unwrap_or(Span::empty(span.end));
                self.hide(Span::new(span.start, shown.start));
                // The parser excludes the `[]` of `[label][]` from the link.
                let mark = if self.text[span.end as usize..].starts_with("[]") { 2 } else { 0 };
                self.hide(Span::new(shown.end, span.end + mark));
            }
            return;
        }
        if let Some(shown) = self.links.last_mut() {
            *shown = Some(shown.map_or(span, |shown| shown.cover(span)));
        }
        match event {
            Event::Start(Tag::Link { .. }) => self.links.push(None),
            Event::Start(Tag::Image { .. }) | Event::FootnoteReference(_) => self.hide(span),
            Event::Start(Tag::FootnoteDefinition(_)) => {
                let label = span.of(self.text).find("]:").map_or(0, |end| end + "]:".len());
                self.hide(Span::new(span.start, span.start + label as u32));
            }
            Event::InlineHtml(tag) => {
                self.raised = html::raises(tag).unwrap_or(self.raised);
                self.show(span, html::replacement(tag));
            }
            Event::Start(Tag::HtmlBlock) => {
                for markup in html::markup(span.of(self.text)) {
                    let markup = Span::from(markup).shift(span.start);
                    self.show(markup, html::replacement(markup.of(self.text)));
                }
            }
            Event::Text(words) => {
                let written = span.of(self.text);
                // Text of the same length would count as verbatim in the map.
                if written.starts_with('&') && written.ends_with(';') && words.len() != written.len() {
                    self.show(span, words);
                }
                self.raise(span);
                match self.runs.last_mut() {
                    Some(run) if run.end == span.start => run.end = span.end,
                    _ => self.runs.push(span),
                }
            }
            _ => {}
        }
    }

    /// Raises and lowers the digits of a text.
    fn raise(&mut self, span: Span) {
        let text = span.of(self.text);
        if let Some(figure) = raised_figure(text).filter(|_| self.raised) {
            let shown = figure.map(|(_, shown)| shown).collect::<String>();
            self.show(span, &shown);
            return;
        }
        for (digits, shown) in marked_digits(text) {
            self.show(digits.shift(span.start), &shown);
        }
    }

    fn hide(&mut self, span: Span) {
        self.show(span, "");
    }

    fn show(&mut self, span: Span, shown: &str) {
        self.cuts.push((span, shown.to_owned()));
    }

    /// Hides the markup of wiki-links: `[[page|words]]` shows the words, `[[page]]` the name, `![[picture]]` nothing.
    fn hide_wiki_links(&mut self) {
        for run in std::mem::take(&mut self.runs) {
            let text = run.of(self.text);
            let mut at = 0;
            while let Some(open) = open_brackets(&text[at..]).map(|open| at + open) {
                let inside = open + "[[".len();
                let Some(close) = text[inside..].find(['[', ']', '\n']).map(|close| inside + close) else { break };
                at = close;
                if text[close..].starts_with("]]") {
                    let end = close + "]]".len();
                    let words = text[inside..close].rfind('|').map_or(inside, |bar| inside + bar + 1);
                    let embeds = text[..open].ends_with('!');
                    let (start, words) = if embeds { (open - 1, end) } else { (open, words) };
                    self.hide(Span::from(start..words).shift(run.start));
                    self.hide(Span::from(close..end).shift(run.start));
                    at = end;
                }
            }
        }
    }

    /// Returns the readable text.
    pub(super) fn finish(mut self) -> Mapped {
        self.hide_wiki_links();
        self.cuts.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut readable = Mapped::default();
        let mut at = 0;
        for (span, shown) in &self.cuts {
            // Markup inside a span that is already hidden, such as a tag in an image's title, is hidden with it.
            if span.start >= at {
                readable.push_verbatim(self.text, Span::new(at, span.start));
                readable.push(shown, *span);
                at = span.end;
            }
        }
        readable.push_verbatim(self.text, Span::new(at, self.text.len() as u32));
        readable
    }
}

/// The position of the first `[[`.
fn open_brackets(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'[', text.as_bytes()).find(|&at| text.as_bytes().get(at + 1) == Some(&b'['))
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;
    use proptest::prelude::*;

    use super::*;
    use crate::{Format, markdown::readable_text};

    fn readable(text: &str) -> Mapped {
        readable_text(text).1
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(readable(text).text(), expected, "{text}");
    }

    #[test]
    fn tags_and_comments_are_not_read() {
        check("Some <b>bold</b> and <span class=\"x\">sp</span>an.", "Some bold and span.");
        check("One<br>two <!-- not --> three.", "One two  three.");
        check("<div>\nwords <i>of</i> a block\n</div>\n", " \nwords of a block\n \n");
        check("Code `<b>` stays, and 1 < 2 too.", "Code `<b>` stays, and 1 < 2 too.");
    }

    #[test]
    fn digits_are_raised_and_lowered() {
        check(
            "30<sup>2</sup> cells, 10^6^ grams of N~2~O, the 19<sup>th</sup>",
            "30² cells, 10⁶ grams of N2O, the 19th",
        );
        check("until then.<sup>4</sup> `a^2^`", "until then.⁴ `a^2^`");
    }

    #[test]
    fn links_show_their_text() {
        check("A [*fine* text](http://x.y/z \"title\") here.", "A *fine* text here.");
        check("See [text][ref], [ref][] and [ref].\n\n[ref]: http://x.y 'Title'\n", "See text, ref and ref.\n\n\n");
        check("At <http://x.y> and http://x.y/z.", "At http://x.y and http://x.y/z.");
        check("Empty [](http://x.y).", "Empty .");
        check("Note [[13]](#cite-13) and [13].", "Note [13] and [13].");
    }

    #[test]
    fn pictures_and_footnote_marks_are_not_read() {
        check("A ![view](a.png) b [![c](d.png)](e) f.", "A  b  f.");
        check("Words[^1] go on.\n\n[^1]: And end.\n", "Words go on.\n\n And end.\n");
    }

    #[test]
    fn wiki_links_show_their_text() {
        check("See [[page|the words]] and [[Page]]; ![[a.png]].", "See the words and Page; .");
        check("Not `[[ -f a | b ]]` nor [[broken.", "Not `[[ -f a | b ]]` nor [[broken.");
    }

    #[test]
    fn entities_are_decoded() {
        check("Fish &amp; chips&nbsp;here, `&amp;`.", "Fish & chips\u{a0}here, `&amp;`.");
    }

    /// Fragments of Markdown in any combination.
    fn page() -> impl Strategy<Value = String> {
        const PIECES: [&str; 30] = [
            "word ",
            "é ",
            "<b>",
            "</b>",
            "<br>",
            "<!--",
            "-->",
            "[",
            "]",
            "](u)",
            "[[",
            "]]",
            "|",
            "![",
            "[^1]",
            "[^1]: ",
            "[w]: /u\n",
            "&amp;",
            "&nGg;",
            "&",
            "<http://x>",
            "`",
            "*",
            "> ",
            "- ",
            "\n",
            "\n\n",
            "\r\n",
            "<div>",
            "\\",
        ];
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        /// Every character maps to its place in the file, and every place maps back.
        #[test]
        fn places_round_trip(page in page()) {
            let readable = readable(&page);
            let mut end = 0;
            for (at, char) in readable.text().char_indices() {
                let plain = Span::from(at..at + char.len_utf8());
                let there = readable.to_original(plain);
                prop_assert!(there.start >= end || there.of(&page).starts_with('&'));
                end = there.start;
                let written = there.of(&page);
                prop_assert!(written.starts_with(char) || written.starts_with(['&', '<']), "{char:?} is {written:?}");
                let back = readable.span_to_plain(there);
                prop_assert!(back.covers(plain));
                prop_assert!(written.starts_with(['&', '<']) || back == plain);
            }
        }

        /// Passages are in order and not empty.
        #[test]
        fn passages_are_of_the_readable_text(page in page()) {
            let source = crate::read(Format::Markdown, page.as_bytes(), Language::ENGLISH).expect("it is text");
            for passage in &source.passages {
                prop_assert!(!passage.span.of(source.text()).trim().is_empty());
            }
            let starts = source.passages.iter().map(|passage| passage.span.start);
            prop_assert!(starts.is_sorted());
        }
    }
}
