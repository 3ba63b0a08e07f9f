//! The elements of a page as a lightweight tree.
//!
//! It is not the tree that a browser builds, but it has the same blocks of text: optional end tags are implied (HTML,
//! 13.1.2.4), stray end tags are ignored, and an inline element never ends a block. Nothing recurses, so deep nesting
//! is harmless; elements beyond the depth limit of browsers belong to the deepest element.

use std::borrow::Cow;

use ibid_language::Language;
use ibid_text::Span;

use super::{
    markup::{Attribute, Key, Mark, MarkKind, Scripts, markup},
    name::Name,
    visible::is_script_request,
};
use crate::entity;

/// The depth up to which elements are distinguished, as in browsers.
const DEEPEST: usize = 512;

/// How many open elements a tag looks at, so that reading stays linear.
const REACH: usize = 64;

/// The index of an element in [`Tree::elements`].
pub(super) type Id = u32;

/// The root, which contains all elements and has no tag of its own.
pub(super) const ROOT: Id = 0;

/// The elements and text of a page.
pub(super) struct Tree<'t> {
    /// The page as written.
    pub(super) text: &'t str,
    /// The language of the page.
    pub(super) language: Language,
    /// In order of their start tags.
    pub(super) elements: Vec<Element>,
    /// Elements and text in order.
    pub(super) nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// How the page is read. Without scripts only if it has no visible text otherwise.
    pub(super) scripts: Scripts,
}

/// An element of a page.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// The element's name.
    pub(super) name: Name,
    /// Whether it begins and ends a block of text, by its name or class.
    pub(super) is_block: bool,
    /// The enclosing element; the root is its own parent.
    pub(super) parent: Id,
    /// Its start tag in the page.
    pub(super) tag: Span,
    attributes: std::ops::Range<u32>,
    /// The index of the node that opens it.
    pub(super) first: u32,
    /// The index of the node that closes it.
    pub(super) last: u32,
}

/// One step in a walk through the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Node {
    /// An element begins.
    Open(Id),
    /// An element ends; the span is the tag that ends it.
    Close(Id, Span),
    /// Text as written.
    Text(Span),
    /// A comment.
    Comment(Span),
}

impl<'t> Tree<'t> {
    /// Reads a page. Never fails; takes linear time.
    pub(super) fn of(text: &'t str, language: Language) -> Self {
        let tree = Self::build(text, language, Scripts::Run);
        if tree.has_words() {
            return tree;
        }
        let scriptless = Self::build(text, language, Scripts::Off);
        if is_script_request(scriptless.texts()) { tree } else { scriptless }
    }

    fn build(text: &'t str, language: Language, scripts: Scripts) -> Self {
        let markup = markup(text, scripts);
        let mut builder = Builder {
            tree: Self {
                text,
                language,
                elements: Vec::with_capacity(markup.marks.len() / 2),
                nodes: Vec::with_capacity(markup.marks.len() * 2),
                attributes: markup.attributes,
                scripts,
            },
            open: Vec::new(),
            beyond: 0,
        };
        builder.push(Name::Html, Span::default(), 0..0);
        let mut at = 0;
        for Mark { span, kind } in markup.marks {
            builder.text(Span::new(at, span.start));
            at = span.end;
            match kind {
                MarkKind::Open(name, attributes) => builder.open(name, span, attributes, name.is_void()),
                MarkKind::Whole(name, attributes) => builder.open(name, span, attributes, true),
                MarkKind::Close(name) => builder.close(name, span),
                MarkKind::Comment => builder.tree.nodes.push(Node::Comment(span)),
            }
        }
        builder.text(Span::new(at, markup.end.max(at)));
        let end = Span::empty(text.len() as u32);
        while !builder.open.is_empty() {
            builder.pop(end);
        }
        builder.tree
    }

    pub(super) fn element(&self, id: Id) -> &Element {
        &self.elements[id as usize]
    }

    /// The value of an attribute, with entities decoded.
    pub(super) fn value(&self, id: Id, key: Key) -> Option<Cow<'t, str>> {
        let attributes = &self.element(id).attributes;
        let attributes = &self.attributes[attributes.start as usize..attributes.end as usize];
        let found = attributes.iter().find(|attribute| attribute.key == key)?;
        Some(entity::decode(found.value.of(self.text)))
    }

    /// The element and the elements around it, innermost first, ending with the root.
    pub(super) fn around(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(Some(id), |&id| (id != ROOT).then(|| self.element(id).parent))
    }

    /// The elements inside an element, in order.
    pub(super) fn inside(&self, id: Id) -> impl Iterator<Item = Id> {
        let last = self.element(id).last;
        (id + 1..self.elements.len() as Id).take_while(move |&inner| self.element(inner).first < last)
    }

    /// Whether `outer` contains `inner` or is the same element.
    pub(super) fn holds(&self, outer: Id, inner: Id) -> bool {
        let (outer, inner) = (self.element(outer), self.element(inner));
        outer.first <= inner.first && inner.last <= outer.last
    }

    /// The span of an element in the page, from its start tag up to its end tag.
    pub(super) fn extent(&self, id: Id) -> Span {
        let element = self.element(id);
        let end = match self.nodes[element.last as usize] {
            Node::Close(_, tag) => tag.start,
            _ => element.tag.end,
        };
        Span::new(element.tag.start, end.max(element.tag.start))
    }

    /// The nodes from the start of an element to its end.
    pub(super) fn steps(&self, id: Id) -> &[Node] {
        let element = self.element(id);
        &self.nodes[element.first as usize..=element.last as usize]
    }
}

struct Builder<'t> {
    tree: Tree<'t>,
    /// The elements that are open, outermost first.
    open: Vec<Id>,
    /// How many elements are open beyond the depth limit.
    beyond: usize,
}

impl Builder<'_> {
    fn text(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        if self.top() == Name::Head && !span.of(self.tree.text).trim_ascii().is_empty() {
            self.pop(Span::empty(span.start));
        }
        self.tree.nodes.push(Node::Text(span));
    }

    fn open(&mut self, name: Name, tag: Span, attributes: std::ops::Range<u32>, holds_nothing: bool) {
        if self.top() == Name::Head && !name.is_in_head() {
            self.pop(Span::empty(tag.start));
        }
        self.supply_ends(name, tag.start);
        if self.open.len() >= DEEPEST && !holds_nothing {
            self.beyond += 1;
            return;
        }
        self.push(name, tag, attributes);
        if holds_nothing {
            self.pop(Span::empty(tag.end));
        }
    }

    /// Ends the elements that `name` implicitly closes.
    fn supply_ends(&mut self, name: Name, at: u32) {
        let at = Span::empty(at);
        match name {
            Name::Li => self.end_in(&[Name::Li], |outer| outer.is_block() && !matches!(outer, Name::P | Name::Div), at),
            Name::Dd | Name::Dt => self.end_in(
                &[Name::Dd, Name::Dt],
                |outer| outer.is_block() && !matches!(outer, Name::P | Name::Div),
                at,
            ),
            Name::Td | Name::Th => {
                self.end_in(&[Name::Td, Name::Th], |outer| matches!(outer, Name::Tr | Name::Table), at);
            }
            Name::Rt | Name::Rp => {
                self.end_in(&[Name::Rt, Name::Rp], |outer| outer == Name::Ruby || outer.is_block(), at);
            }
            Name::Tr => self.end_in(&[Name::Tr], |outer| matches!(outer, Name::Table), at),
            Name::Tbody | Name::Thead | Name::Tfoot => {
                self.end_in(&[Name::Tbody, Name::Thead, Name::Tfoot], |outer| matches!(outer, Name::Table), at);
            }
            _ => {}
        }
        if name.is_block() {
            self.end_in(&[Name::P], |outer| outer.is_block() || outer.is_cell() || outer == Name::Button, at);
        }
    }

    /// Ends the innermost open element with one of `names`, unless a barrier is inside it.
    fn end_in(&mut self, names: &[Name], is_barrier: impl Fn(Name) -> bool, at: Span) {
        for depth in (1..self.open.len()).rev().take(REACH) {
            let name = self.tree.element(self.open[depth]).name;
            if names.contains(&name) {
                self.end_at(depth, at);
                return;
            }
            if is_barrier(name) {
                return;
            }
        }
    }

    fn close(&mut self, name: Name, tag: Span) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let is_of_line = !name.is_block() && !name.is_cell() && (!name.is_never_visible() || name.is_in_ruby());
        for depth in (1..self.open.len()).rev().take(if is_of_line { REACH } else { DEEPEST }) {
            let open = self.tree.element(self.open[depth]);
            if open.name == name && (name != Name::Other || self.is_called(open.tag, tag)) {
                self.end_at(depth, tag);
                return;
            }
            let stops = if is_of_line {
                open.name.is_block() || open.name.is_cell()
            } else {
                (open.name.is_cell() || open.name == Name::Table) && !name.is_in_table() && name != Name::Table
            };
            if stops && !matches!(name, Name::Body | Name::Html) {
                return;
            }
        }
    }

    /// Whether a start tag and an end tag of unknown elements have the same name.
    fn is_called(&self, start: Span, end: Span) -> bool {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let name = |tag: Span, lead: usize| {
            let tag = tag.of(self.tree.text).as_bytes().get(lead..).unwrap_or_default();
            &tag[..tag.iter().position(ends).unwrap_or(tag.len())]
        };
        name(start, 1).eq_ignore_ascii_case(name(end, 2))
    }

    /// Ends the element at `depth` and all inside it.
    fn end_at(&mut self, depth: usize, tag: Span) {
        while self.open.len() > depth {
            self.pop(tag);
        }
    }

    fn push(&mut self, name: Name, tag: Span, attributes: std::ops::Range<u32>) {
        let (id, first) = (self.tree.elements.len() as Id, self.tree.nodes.len() as u32);
        let parent = self.open.last().copied().unwrap_or(ROOT);
        let is_block = name.is_block();
        self.tree.elements.push(Element { name, is_block, parent, tag, attributes, first, last: first });
        self.tree.elements[id as usize].is_block |= self.tree.is_note(id);
        self.tree.nodes.push(Node::Open(id));
        self.open.push(id);
    }

    fn pop(&mut self, tag: Span) {
        if let Some(id) = self.open.pop() {
            self.tree.elements[id as usize].last = self.tree.nodes.len() as u32;
            self.tree.nodes.push(Node::Close(id, tag));
        }
    }

    fn top(&self) -> Name {
        self.open.last().map_or(Name::Html, |&id| self.tree.element(id).name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the tree of a page: each element as its name with its contents in parentheses.
    #[track_caller]
    fn check(page: &str, expected: &str) {
        let tree = Tree::of(page, Language::ENGLISH);
        let mut shown = String::new();
        for node in &tree.nodes[1..tree.nodes.len() - 1] {
            match node {
                Node::Open(id) => {
                    let tag = tree.element(*id).tag.of(page);
                    shown += tag.trim_start_matches('<').split(['>', ' ', '/']).next().unwrap_or_default();
                    shown.push('(');
                }
                Node::Close(..) => shown.push(')'),
                Node::Text(span) => shown += span.of(page).trim(),
                Node::Comment(_) => shown.push('!'),
            }
        }
        assert_eq!(shown, expected, "{page}");
    }

    #[test]
    fn missing_end_tags_are_implied() {
        check("<p>a<p>b<div>c</div>", "p(a)p(b)div(c)");
        check("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul(li(a)li(bul(li(c)))li(d))");
        check("<table><tr><td>a<td>b<tr><th>c</table>", "table(tr(td(a)td(b))tr(th(c)))");
        check("<dl><dt>a<dd>b<p>c<dt>d</dl>", "dl(dt(a)dd(bp(c))dt(d))");
        check("<head><title>t</title><p>a", "head(title(t))p(a)");
        check("<p><em>a<p>b", "p(em(a))p(b)");
        check("<ruby>a<rp>(<rt>b<rp>)</ruby>c", "ruby(arp(()rt(b)rp()))c");
    }

    #[test]
    fn stray_end_tags_are_ignored() {
        check("<div>a</p></em>b</div>c", "div(ab)c");
        check("<b><p>a</b>b</p>", "b(p(ab))");
        check("<div><table><td>a</div>b</table></div>", "div(table(td(ab)))");
        check("<x-a><x-b>a</x-a>b", "x-a(x-b(a))b");
    }

    #[test]
    fn in_xhtml_a_start_tag_may_close_what_it_opens() {
        let open = r#"<html xmlns="http://www.w3.org/1999/xhtml">"#;
        check(&format!("{open}<title/><p>a<a id='x'/>b</p><script src='c'/><p>d"), "html(title()p(aa()b)script()p(d))");
        check("<p>a<a id='x'/>b</p>", "p(aa(b))");
    }

    #[test]
    fn void_elements_are_empty() {
        check("a<br>b<img src=x>c<br/>d", "abr()bimg()cbr()d");
        check("<!-- a --><p>b", "!p(b)");
    }

    #[test]
    fn deep_nesting_is_cheap() {
        let depth = 100_000;
        let page = format!("{}a{}b", "<div>".repeat(depth), "</div>".repeat(depth));
        let tree = Tree::of(&page, Language::ENGLISH);
        assert_eq!(tree.elements.len(), DEEPEST);
        let b = tree.nodes.iter().rposition(|node| matches!(node, Node::Text(_))).expect("there is text");
        assert_eq!(b, tree.nodes.len() - 2, "what stands behind all of them is in none");
    }
}
