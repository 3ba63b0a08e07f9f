//! The readable text of a page: its visible text with entities decoded and white space collapsed.

use ibid_text::{Mapped, Span, raised_figure};

use super::{
    name::Name,
    tree::{Element, Id, Node, ROOT, Tree},
};
use crate::entity;

/// The readable text of a page, mapped to the page as written. Blocks are separated by a blank line, lines by a line
/// break and table cells by a tab. Of any other run of white space, the first space or line break is kept.
pub(super) fn readable(tree: &Tree) -> Mapped {
    let mut writer =
        Writer { text: tree.text, out: Mapped::default(), after_space: true, gap: None, preformatted: 0, raised: 0 };
    for node in tree.visible(ROOT) {
        match node {
            Node::Open(id) => writer.begin(tree, id),
            Node::Close(id, tag) => writer.end(tree, id, tag),
            Node::Text(span) => writer.write(span),
            Node::Comment(_) => {}
        }
    }
    writer.out
}

/// What separates two pieces of text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Gap {
    Cell,
    Line,
    Block,
}

impl Gap {
    /// As text. It is shorter than any tag, so that the map never mistakes it for verbatim text.
    const fn shown(self) -> &'static str {
        match self {
            Self::Cell => "\t",
            Self::Line => "\n",
            Self::Block => "\n\n",
        }
    }
}

struct Writer<'t> {
    text: &'t str,
    out: Mapped,
    /// Whether the last character was white space or a gap.
    after_space: bool,
    /// The gap to write before the next piece of text, and the tag it comes from.
    gap: Option<(Gap, Span)>,
    /// The number of open elements in which white space is significant.
    preformatted: u32,
    /// The number of open elements that raise their text.
    raised: u32,
}

impl Writer<'_> {
    fn begin(&mut self, tree: &Tree, id: Id) {
        let &Element { name, tag, .. } = tree.element(id);
        self.part(tree, id, tag);
        self.preformatted += u32::from(name.is_preformatted());
        self.raised += u32::from(name == Name::Sup);
        match name {
            Name::Q => self.mark(tag),
            // Many pages use two line breaks to separate paragraphs.
            Name::Br if matches!(self.gap, Some((Gap::Line, _))) => self.leave(Gap::Block, tag),
            Name::Br => self.leave(Gap::Line, tag),
            _ => {}
        }
    }

    fn end(&mut self, tree: &Tree, id: Id, tag: Span) {
        let name = tree.element(id).name;
        if name == Name::Q {
            self.mark(tag);
        }
        self.preformatted -= u32::from(name.is_preformatted());
        self.raised -= u32::from(name == Name::Sup);
        self.part(tree, id, tag);
    }

    fn part(&mut self, tree: &Tree, id: Id, tag: Span) {
        if tree.element(id).is_block {
            self.leave(Gap::Block, tag);
        } else if tree.element(id).name.is_cell() {
            self.leave(Gap::Cell, tag);
        }
    }

    /// Requests a gap before the next piece of text. An implied end tag has no text to map the gap to; the tag that
    /// implied it makes its own gap.
    fn leave(&mut self, gap: Gap, tag: Span) {
        if !tag.is_empty() && self.gap.is_none_or(|(before, _)| before < gap) {
            self.gap = Some((gap, tag));
            self.after_space = true;
        }
    }

    fn fill_gap(&mut self) {
        if let Some((gap, tag)) = self.gap.take()
            && !self.out.text().is_empty()
        {
            self.out.push(gap.shown(), tag);
        }
    }

    /// Writes a quotation mark in place of a `q` tag, as browsers do. An implied end tag has none.
    fn mark(&mut self, tag: Span) {
        let name = tag.of(self.text).trim_start_matches(['<', '/']);
        if name.starts_with(['q', 'Q']) {
            self.fill_gap();
            self.out.push("\"", tag);
            self.after_space = false;
        }
    }

    fn write(&mut self, span: Span) {
        let text = span.of(self.text);
        if let Some(figure) = raised_figure(text).filter(|_| self.raised > 0) {
            self.fill_gap();
            self.after_space = false;
            for (at, shown) in figure {
                let length = text[at..].chars().next().map_or(0, char::len_utf8);
                self.out.push(shown, Span::from(at..at + length).shift(span.start));
            }
            return;
        }
        let bytes = text.as_bytes();
        let (mut from, mut at) = (0, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_whitespace() && self.preformatted == 0 {
                let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                if self.after_space || end - at > 1 {
                    self.copy(span, from, at);
                    from = end;
                }
                if !self.after_space && end - at > 1 {
                    let shown = (at..end).find(|&at| matches!(bytes[at], b' ' | b'\n')).unwrap_or(at);
                    self.copy(span, shown, shown + 1);
                }
                self.after_space = true;
                at = end;
            } else if let Some(reference) = Some(&text[at..]).filter(|_| byte == b'&').and_then(entity::reference) {
                self.copy(span, from, at);
                self.decode(span, at, reference);
                at += reference.len();
                from = at;
            } else {
                self.fill_gap();
                self.after_space = false;
                at += 1 + plain(&bytes[at + 1..]);
            }
        }
        self.copy(span, from, bytes.len());
    }

    /// Copies part of a text node as written.
    fn copy(&mut self, span: Span, from: usize, to: usize) {
        if from < to {
            self.fill_gap();
            self.out.push_verbatim(self.text, Span::from(from..to).shift(span.start));
        }
    }

    fn decode(&mut self, span: Span, at: usize, reference: &str) {
        let there = Span::from(at..at + reference.len()).shift(span.start);
        let shown = entity::decode_reference(reference);
        self.fill_gap();
        self.after_space = false;
        // Text of the same length would count as verbatim in the map.
        if shown.len() == reference.len() {
            self.out.push_verbatim(self.text, there);
        } else {
            self.out.push(&shown, there);
        }
    }
}

/// The number of bytes that can be copied as they are: up to a possible entity, or white space other than a single
/// character between two words.
fn plain(bytes: &[u8]) -> usize {
    let ends = |(at, byte): (usize, &u8)| {
        *byte == b'&' || byte.is_ascii_whitespace() && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace)
    };
    bytes.iter().enumerate().position(ends).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;
    use ibid_text::PackedMap;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        assert_eq!(readable(&Tree::of(page, Language::ENGLISH)).text(), expected, "{page}");
    }

    #[test]
    fn tags_are_not_read() {
        check("<p>Some <b>bold</b> and <i class=x>sl</i>anted words.</p>", "Some bold and slanted words.");
        check("One<br>two<!-- not --> three<wbr>four.", "One\ntwo threefour.");
        check("<title>T</title><style>p {}</style><p>a<script>b</script>", "a");
    }

    #[test]
    fn blocks_are_parted() {
        check("<h1>A</h1><p>b\n  c</p>\n\n<ul><li>d</li> <li>e</li></ul>", "A\n\nb\nc\n\nd\n\ne");
        check("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\n\nc");
        check("a<br><br>b<br>c", "a\n\nb\nc");
        check("<p>a <b> b</b> </p>c", "a b \n\nc");
        check("a<span class=sidenote>b</span> c", "a\n\nb\n\nc");
        check("a<pre>  b\n   c</pre>", "a\n\n  b\n   c");
    }

    #[test]
    fn text_that_a_script_puts_into_place_is_read() {
        check("<div hidden></div><div hidden id=S:1a><p>One</div><div hidden id=S:><p>Two</div>", "One");
        check("<x-y><template shadowrootmode=open><p>One</template></x-y><template><p>Two</template>", "One");
    }

    #[test]
    fn a_page_without_other_text_is_read_as_without_scripts() {
        check("<p>One</p><noscript><p>Two</p></noscript>", "One");
        check("<div id=app></div><noscript><p>One</p></noscript>", "One");
        check("<div id=app></div><noscript><p>Please enable JavaScript to run this app.</p></noscript>", "");
    }

    #[test]
    fn entities_are_decoded() {
        check(
            "Fish &amp; chips&nbsp;here, caf&eacute;, it&#8217;s &lt;b&gt; & so",
            "Fish & chips\u{a0}here, café, it’s <b> & so",
        );
    }

    #[test]
    fn inline_quotations_get_quotation_marks() {
        check("She said <q>yes</q>.", "She said \"yes\".");
        check("<p><q>never closed</p>", "\"never closed");
    }

    #[test]
    fn marks_of_footnotes_are_not_read() {
        check("Words<sup><a href='#fn1'>[1]</a></sup> go on.", "Words go on.");
        check("Words<a class=footnote-anchor href='#footnote-2'>2</a>.", "Words.");
        check("<sup class=reference><a href='#cite_note-3'><span>&#91;</span>3<span>&#93;</span></a></sup>x", "x");
        check("In 10<sup>5</sup> cases [<a href='#bib1'>7</a>].", "In 10⁵ cases [7].");
        check("The 19<sup>th</sup>, 10<sup>−12</sup> and then.<sup>2,3</sup>", "The 19th, 10−¹² and then.²,³");
        check("See <a href='#top'>the top</a> (<a href='#s2'>2</a>).", "See the top (2).");
    }

    #[test]
    fn what_is_hidden_is_not_read() {
        check("a<span style='display: none'>b</span><i hidden>c</i><i aria-hidden=true>d</i><nav>e</nav>f", "a\n\nf");
        check("<h2>A<span class='mw-editsection'>[edit]</span></h2>", "A");
    }

    proptest! {
        /// Every character maps to its place in the page, and every place maps back.
        #[test]
        fn places_round_trip(
            page in "(<p>|</p>|<br>|<b>|</b>|<td>|<q>|</q>|<li>|<pre>|</pre>|<!-- x -->|<sup>|&amp;|&lt|&nGg;|&#13;|&| |\r\n|\r|\n  |\t|é|知|a|<|>|\"){0,40}"
        ) {
            let readable = readable(&Tree::of(&page, Language::ENGLISH));
            prop_assert!(PackedMap::of(&readable).is_some(), "it follows the order of the page");
            for (at, char) in readable.text().char_indices() {
                let plain = Span::from(at..at + char.len_utf8());
                let there = readable.to_original(plain);
                let written = there.of(&page);
                prop_assert!(written.starts_with(char) || written.starts_with(['&', '<']), "{char:?} is {written:?}");
                let back = readable.span_to_plain(there);
                prop_assert!(back.covers(plain));
            }
        }
    }
}
