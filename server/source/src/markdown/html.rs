//! HTML inside Markdown: the tags and comments to leave out of the readable text.

use std::ops::Range;

/// Inline elements. A tag of any other element separates words.
const WITHIN_LINES: [&str; 32] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];

/// The visible text that replaces a tag or comment: nothing, or a space.
pub(super) fn replacement(tag: &str) -> &'static str {
    let name = name(tag);
    let within = name.is_empty() || WITHIN_LINES.iter().any(|inline| name.eq_ignore_ascii_case(inline));
    if within { "" } else { " " }
}

/// Whether the text after a tag is raised; `None` if the tag changes nothing about that.
pub(super) fn raises(tag: &str) -> Option<bool> {
    name(tag).eq_ignore_ascii_case("sup").then(|| !tag.starts_with("</"))
}

/// The tags and comments of an HTML fragment in order, scripts and styles with their contents. A tag ends at the first
/// `>`. Takes linear time.
pub(super) fn markup(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|open| at + open) {
        let rest = &html[start..];
        let length = if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + "-->".len())
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            let Some(end) = rest.find('>') else { break };
            end + 1 + unread(rest, end + 1)
        } else {
            1
        };
        if length > 1 {
            found.push(start..start + length);
        }
        at = start + length;
    }
    found
}

/// The length of the script or style that follows the tag ending at `tag_end`, up to its closing tag; 0 for other tags.
fn unread(html: &str, tag_end: usize) -> usize {
    let name = name(html);
    if html.starts_with("</") || !name.eq_ignore_ascii_case("script") && !name.eq_ignore_ascii_case("style") {
        return 0;
    }
    let inside = &html[tag_end..];
    let closes = |at: &usize| inside[at + 2..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    inside.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(inside.len())
}

/// The element name in a tag; empty for a comment.
fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    &inside[..inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let found: Vec<&str> = markup(html).into_iter().map(|range| &html[range]).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn tags_and_comments_are_markup() {
        check("<p class=x>a < b</p>", &["<p class=x>", "</p>"]);
        check("a <!-- b > c --> d <br/>", &["<!-- b > c -->", "<br/>"]);
        check("a <!-- never ends", &["<!-- never ends"]);
        check("1<2, <unclosed", &[]);
        check("<STYLE>p > a {}</Style> a", &["<STYLE>p > a {}", "</Style>"]);
        check("<script>if (a < b) {}", &["<script>if (a < b) {}"]);
    }

    #[test]
    fn block_tags_separate_words() {
        assert_eq!(["<b>", "</SPAN>", "<!-- c -->", "<wbr/>"].map(replacement), [""; 4]);
        assert_eq!(["<br>", "</td>", "<img src=x>", "<p>"].map(replacement), [" "; 4]);
    }
}
