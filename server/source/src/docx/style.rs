//! What a paragraph is, by its style (ISO/IEC 29500-1, 17.7).

use roxmltree::{Document, Node};
use rustc_hash::FxHashMap;

use crate::{PassageKind, xml};

/// The longest chain of styles based on each other that is followed.
const DEEPEST: usize = 16;

/// The styles of a document by id.
#[derive(Default)]
pub(super) struct Styles(FxHashMap<String, Style>);

/// What a style says about its paragraphs.
struct Style {
    role: Option<Role>,
    based_on: Option<String>,
}

/// What a paragraph is in its document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// The title of the document.
    Title,
    /// A line of a table of contents or an index, which repeats text from elsewhere.
    Contents,
    /// A passage.
    Passage(PassageKind),
}

impl Styles {
    /// Reads the styles part.
    pub(super) fn of(tree: &Document) -> Self {
        let style = |node| {
            let name = xml::child(node, "name").and_then(|name| xml::value(name, "val")).unwrap_or_default();
            let role = built_in_role(name).or_else(|| own_role(xml::child(node, "pPr")?));
            let based_on = xml::child(node, "basedOn").and_then(|other| xml::value(other, "val"));
            Some((xml::value(node, "styleId")?.to_owned(), Style { role, based_on: based_on.map(str::to_owned) }))
        };
        Self(xml::all(tree, "style").filter_map(style).collect())
    }

    /// The role of a paragraph with these properties.
    pub(super) fn role(&self, properties: Option<Node>) -> Role {
        let style = properties.and_then(|properties| xml::value(xml::child(properties, "pStyle")?, "val"));
        let by_style = || {
            let first = self.0.get(style?);
            let mut chain = std::iter::successors(first, |style| self.0.get(style.based_on.as_deref()?)).take(DEEPEST);
            chain.find_map(|style| style.role)
        };
        let own = properties.and_then(own_role);
        // A heading can be numbered the way list items are.
        let role = match own {
            Some(Role::Passage(PassageKind::ListItem)) | None => by_style().or(own),
            own => own,
        };
        role.unwrap_or(Role::Passage(PassageKind::Paragraph))
    }
}

/// The role that the name of a built-in style stands for. Built-in names are English in every language version.
fn built_in_role(name: &str) -> Option<Role> {
    let name = name.to_ascii_lowercase();
    Some(match name.as_str() {
        "title" => Role::Title,
        "quote" | "intense quote" | "block text" | "quotations" | "block quote" | "blockquote" => {
            Role::Passage(PassageKind::Blockquote)
        }
        _ if name.starts_with("heading ") => Role::Passage(PassageKind::Heading),
        _ if ["toc ", "index ", "table of "].iter().any(|start| name.starts_with(start)) => Role::Contents,
        _ => return None,
    })
}

/// The role that a paragraph's own properties give.
fn own_role(properties: Node) -> Option<Role> {
    /// The outline level of body text.
    const BODY: &str = "9";
    let value = |node| xml::value(node, "val");
    let level = xml::child(properties, "outlineLvl").and_then(value);
    if level.is_some_and(|level| level != BODY) {
        return Some(Role::Passage(PassageKind::Heading));
    }
    let list = xml::child(properties, "numPr").and_then(|list| xml::child(list, "numId")).and_then(value);
    list.filter(|list| *list != "0").map(|_| Role::Passage(PassageKind::ListItem))
}
