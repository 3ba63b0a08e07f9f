//! The visible text of a page.

use ibid_language::{Language, List};
use ibid_text::words;

use super::{
    markup::{Key, Scripts},
    name::Name,
    tree::{Id, Node, ROOT, Tree},
};
use crate::entity;

/// Classes of elements outside the text: navigation, text only for print or screen readers, links beside headings, and
/// the page numbers of a printed edition.
const HIDDEN_CLASSES: [&str; 25] = [
    "MJX_Assistive_MathML",
    "MathJax_Preview",
    "anchor-link",
    "anchorjs-link",
    "catlinks",
    "footnote-back",
    "footnote-backref",
    "header-anchor",
    "headerlink",
    "heading-anchor",
    "ltx_tag_note",
    "mw-cite-backlink",
    "mw-editsection",
    "mw-jump-link",
    "navbox",
    "noprint",
    "pageno",
    "pagenum",
    "screen-reader-text",
    "screenreader-only",
    "skip-link",
    "sr-only",
    "vertical-navbox",
    "visually-hidden",
    "visuallyhidden",
];

/// Roles of elements outside the text (WAI-ARIA 1.2).
const HIDDEN_ROLES: [&str; 12] = [
    "alertdialog",
    "dialog",
    "doc-backlink",
    "doc-noteref",
    "doc-pagebreak",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
    "tooltip",
];

impl Tree<'_> {
    /// The nodes of an element that are visible, in order. A hidden element appears as its start and end without
    /// contents.
    pub(super) fn visible(&self, id: Id) -> impl Iterator<Item = Node> {
        let (mut at, last) = (self.element(id).first as usize, self.element(id).last as usize);
        std::iter::from_fn(move || {
            let node = *self.nodes[..=last].get(at)?;
            at = match node {
                Node::Open(inner) if !self.is_visible(inner) => self.element(inner).last as usize,
                _ => at + 1,
            };
            Some(node)
        })
    }

    /// Whether an element is a side note or footnote written in place, which is shown beside or below the text.
    pub(super) fn is_note(&self, id: Id) -> bool {
        const NOTES: [&str; 5] = ["footnotetext", "ltx_note_content", "marginnote", "sidenote", "sidenote-content"];
        self.element(id).name == Name::Other && self.has_class(id, &NOTES)
    }

    /// Whether an element's contents are visible, by the element itself alone.
    fn is_visible(&self, id: Id) -> bool {
        let name = self.element(id).name;
        match name {
            // A shadow tree in the page's own text belongs to the page.
            Name::Template if self.value(id, Key::ShadowRootMode).is_some() => return true,
            Name::Noscript if self.scripts == Scripts::Off => return true,
            name if name.is_never_visible() => return false,
            _ => {}
        }
        // Some pages are hidden until their scripts have run.
        if id == ROOT || matches!(name, Name::Html | Name::Body | Name::Main | Name::Article) {
            return true;
        }
        // A book may hide its notes until the reader touches their marks.
        if self.is_in_book(id, &["footnote", "endnote", "rearnote"]) {
            return true;
        }
        !(self.is_hidden(id) || self.is_beside_text(id) || self.is_note_mark(id))
    }

    /// Whether the page has visible words.
    pub(super) fn has_words(&self) -> bool {
        self.texts().any(|text| text.contains(char::is_alphanumeric))
    }

    /// The visible text of the page, as written, in pieces.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.visible(ROOT).filter_map(|node| match node {
            Node::Text(span) => Some(span.of(self.text)),
            _ => None,
        })
    }

    fn is_hidden(&self, id: Id) -> bool {
        // Scripts that typeset formulas hide the letters from screen readers and give them another text.
        let is_formula = || self.element(id).tag.of(self.text).contains("mjx");
        self.value(id, Key::Hidden).is_some_and(|hidden| !hidden.eq_ignore_ascii_case("until-found"))
            && !self.is_streamed(id)
            || self.value(id, Key::AriaHidden).is_some_and(|hidden| hidden == "true") && !is_formula()
            || self.value(id, Key::Style).is_some_and(|style| is_styled_away(&style))
    }

    /// Whether an element is a part of the page that arrived late: a script moves it to its place (React's streamed
    /// rendering).
    fn is_streamed(&self, id: Id) -> bool {
        let is_segment = |id: &str| {
            id.strip_prefix("S:")
                .is_some_and(|segment| !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        self.value(id, Key::Id).is_some_and(|id| is_segment(&id))
    }

    fn is_beside_text(&self, id: Id) -> bool {
        self.has_class(id, &HIDDEN_CLASSES)
            || self.is_in_book(id, &["noteref", "pagebreak"])
            || self.value(id, Key::Role).is_some_and(|role| HIDDEN_ROLES.contains(&&*role))
    }

    /// Whether an element of a book has one of these semantic types.
    fn is_in_book(&self, id: Id, types: &[&str]) -> bool {
        let Some(types_given) = self.value(id, Key::EpubType) else { return false };
        types_given.split_ascii_whitespace().any(|one| types.contains(&one))
    }

    /// Whether an element has one of these classes, ignoring case.
    pub(super) fn has_class(&self, id: Id, classes: &[&str]) -> bool {
        let Some(class) = self.value(id, Key::Class) else { return false };
        class.split_ascii_whitespace().any(|one| classes.iter().any(|known| one.eq_ignore_ascii_case(known)))
    }

    /// Whether an element is a footnote mark or a link back from a footnote: a number, letter or sign that links within
    /// the page.
    fn is_note_mark(&self, id: Id) -> bool {
        /// The most nodes that a mark has.
        const STEPS: usize = 16;
        let name = self.element(id).name;
        let steps = self.steps(id);
        if !matches!(name, Name::A | Name::Sup) || steps.len() > STEPS {
            return false;
        }
        let words: String = steps
            .iter()
            .filter_map(|node| match node {
                Node::Text(span) => Some(span.of(self.text)),
                _ => None,
            })
            .collect();
        is_mark(&entity::decode(&words), self.language)
            && steps.iter().any(|node| match *node {
                Node::Open(inner) if name == Name::Sup => self.leads_within(inner) || self.is_called_note(inner),
                Node::Open(inner) => {
                    self.leads_to_note(inner) || self.leads_within(inner) && self.is_called_note(inner)
                }
                _ => false,
            })
    }

    fn leads_within(&self, id: Id) -> bool {
        self.value(id, Key::Href).is_some_and(|href| href.contains('#'))
    }

    /// Whether a link's fragment names a footnote or its mark.
    fn leads_to_note(&self, id: Id) -> bool {
        const NAMES: [&str; 10] =
            ["fn", "footnote", "cite_note", "cite_ref", "note", "ftn", "_ftn", "endnote", "sdfootnote", "ref-"];
        let Some(href) = self.value(id, Key::Href) else { return false };
        let Some((_, fragment)) = href.split_once('#') else { return false };
        NAMES.iter().any(|name| fragment.starts_with(name))
    }

    fn is_called_note(&self, id: Id) -> bool {
        let says = |value: &str| {
            let value = value.to_ascii_lowercase();
            ["footnote", "noteref", "reference", "note_mark", "fnref", "sidenote"]
                .iter()
                .any(|name| value.contains(name))
        };
        [Key::Class, Key::Role, Key::Rel, Key::Id]
            .iter()
            .any(|&key| self.value(id, key).is_some_and(|value| says(&value)))
    }
}

/// Whether a text only asks the reader to switch scripts on.
pub(super) fn is_script_request<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    /// The most words of such a request.
    const LONGEST: usize = 60;
    let text = texts.collect::<Vec<_>>().join(" ");
    text.to_lowercase().contains("javascript") && words(&text).count() <= LONGEST
}

/// Whether a `style` attribute hides its element.
fn is_styled_away(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let first = value.split_ascii_whitespace().next().unwrap_or_default();
        let value = first.split('!').next().unwrap_or_default();
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => value.eq_ignore_ascii_case("none"),
            "visibility" => value.eq_ignore_ascii_case("hidden"),
            _ => false,
        }
    })
}

/// Whether the text is a footnote mark: "12", "`[3]`", "[note 4]", "a", "†", "↩".
fn is_mark(words: &str, language: Language) -> bool {
    let words = words.trim();
    let inside = words.trim_matches(['[', ']', '(', ')', '{', '}', '\u{fe0e}', '.']);
    let after = |label: &&str| inside.strip_prefix(*label)?.strip_prefix(' ');
    let inside = language.words(List::NoteLabel).iter().find_map(after).unwrap_or(inside).trim();
    let is_number = inside.len() <= 4 && inside.bytes().all(|byte| byte.is_ascii_digit());
    let is_sign = inside.chars().count() <= 2 && inside.chars().all(|c| "*†‡§¶↩⏎↑^".contains(c));
    let is_letter = inside.len() == 1 && inside.bytes().all(|byte| byte.is_ascii_lowercase());
    !inside.is_empty() && (is_number || is_sign || is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_property_itself_hides() {
        for style in
            ["display:none", "color: red; DISPLAY : None !important", "visibility: hidden", "display:none!important"]
        {
            assert!(is_styled_away(style), "{style}");
        }
        for style in [
            "--menu-display: none",
            "display: inline; --display: none",
            "display: none-such",
            "content: 'display:none'",
        ] {
            assert!(!is_styled_away(style), "{style}");
        }
    }

    #[test]
    fn marks_of_footnotes_are_short() {
        assert!(
            ["1", "[12]", "a", "†", "**", "↩︎", "[note 3]", " 4 "]
                .into_iter()
                .all(|words| is_mark(words, Language::ENGLISH))
        );
        assert!(
            !["", "[]", "2nd", "note", "20234", "A", "see"].into_iter().any(|words| is_mark(words, Language::ENGLISH))
        );
    }
}
