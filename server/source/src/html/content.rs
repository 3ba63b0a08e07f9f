//! What of a page is what it was written for, and what is furniture: told by elements, roles, names, and by where the text
//! is.
//!
//! A mistake here costs little: what is taken for furniture is no passage, but its words are still found.

use ibid_text::Span;

use super::{
    blocks::Block,
    markup::Key,
    name::Name,
    tree::{Id, ROOT, Tree},
};
use crate::PassageKind;

/// Words in the class or id of an element that is furniture.
const FURNITURE: [&str; 44] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "categories",
    "cookie",
    "cookies",
    "dateline",
    "footer",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "popup",
    "promo",
    "reactions",
    "recommendations",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "sidenav",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "submeta",
    "subscribe",
    "subscription",
    "tags",
    "toc",
    "toolbar",
    "widget",
];

/// The share of a page's text from which on an element holds the page, whatever it is called.
const TOO_MUCH_FOR_FURNITURE: f32 = 0.4;

/// The share of the text that the element has which is taken for the content.
const MOST: f32 = 0.85;

/// For each block whether it is content.
pub(super) fn content(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let all = Weights::of(blocks.iter().map(|block| (block.span, block.length)));
    let furniture = furniture(tree, &all);
    let is_furniture = |block: &Block| furniture[block.holder as usize];
    let running = |block: &Block| if is_furniture(block) { 0 } else { block.length - block.linked };
    let weights = Weights::of(blocks.iter().map(|block| (block.span, running(block))));
    let body = body(tree, &weights);
    blocks.iter().map(|block| !is_furniture(block) && is_text(tree, block, tree.holds(body, block.holder))).collect()
}

/// Whether a block is text rather than links; one that stands apart must be running text, or the title.
fn is_text(tree: &Tree, block: &Block, is_inside: bool) -> bool {
    /// Bytes of a paragraph that is more than a label.
    const RUNNING: u32 = 120;
    let linked = block.linked as f32 / block.length.max(1) as f32;
    let is_title = || linked < 0.5 && tree.around(block.holder).any(|id| tree.element(id).name == Name::H1);
    match block.kind {
        PassageKind::Heading => is_inside || is_title(),
        _ if block.length < RUNNING => is_inside && linked < 0.8,
        _ => linked < if is_inside { 0.8 } else { 0.3 },
    }
}

/// For each element whether it is furniture, or stands in it.
fn furniture(tree: &Tree, weights: &Weights) -> Vec<bool> {
    let limit = (weights.within(tree.extent(ROOT)) as f32 * TOO_MUCH_FOR_FURNITURE) as u64;
    let mut found = vec![false; tree.elements.len()];
    for id in 1..tree.elements.len() as Id {
        let parent = tree.element(id).parent;
        found[id as usize] =
            found[parent as usize] || is_named_furniture(tree, id) && weights.within(tree.extent(id)) <= limit;
    }
    found
}

fn is_named_furniture(tree: &Tree, id: Id) -> bool {
    let name = tree.element(id).name;
    if !(name.is_block() || name.is_cell()) {
        return false;
    }
    if matches!(name, Name::Aside | Name::Footer | Name::Form | Name::Menu | Name::Dialog) {
        return true;
    }
    let role = tree.value(id, Key::Role);
    if role.is_some_and(|role| matches!(&*role, "banner" | "complementary" | "contentinfo" | "form")) {
        return true;
    }
    [Key::Class, Key::Id].iter().any(|&key| {
        let Some(names) = tree.value(id, key) else { return false };
        words_of(&names).any(names_furniture)
    })
}

fn names_furniture(word: &str) -> bool {
    /// Of "recommendations".
    const LONGEST: usize = 15;
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    FURNITURE.binary_search_by_key(&&*lower, |known| known.as_bytes()).is_ok()
}

/// The words that the names of classes and ids are made of: `post-footer`, `shareButtons`.
pub(super) fn words_of(names: &str) -> impl Iterator<Item = &str> {
    let is_joint = |c: char| !c.is_ascii_alphanumeric();
    names.split(is_joint).flat_map(|name| {
        let mut rest = name;
        std::iter::from_fn(move || {
            let hump = rest.bytes().skip(1).position(|byte| byte.is_ascii_uppercase());
            // A name in capitals is one word.
            let end = hump.filter(|_| !rest.bytes().all(|b| b.is_ascii_uppercase())).map_or(rest.len(), |at| at + 1);
            let (word, behind) = rest.split_at_checked(end)?;
            rest = behind;
            (!word.is_empty()).then_some(word)
        })
    })
}

/// The element that is the page's content: an article that holds most of the text, else the innermost element that does.
fn body(tree: &Tree, weights: &Weights) -> Id {
    let most = (weights.within(tree.extent(ROOT)) as f32 * MOST) as u64;
    let holds_most = |id: &Id| weights.within(tree.extent(*id)) >= most;
    // Elements that hold most of the text hold each other.
    let innermost = (1..tree.elements.len() as Id).rfind(holds_most).unwrap_or(ROOT);
    let is_article = |id: &Id| {
        let name = tree.element(*id).name;
        let role = || tree.value(*id, Key::Role);
        matches!(name, Name::Article | Name::Main) || role().is_some_and(|role| matches!(&*role, "main" | "article"))
    };
    tree.around(innermost).find(is_article).unwrap_or(innermost)
}

/// How much text there is, by place.
struct Weights {
    /// Where each block begins, and how much there is before it.
    before: Vec<(u32, u64)>,
    all: u64,
}

impl Weights {
    fn of(blocks: impl Iterator<Item = (Span, u32)>) -> Self {
        let mut all = 0;
        let before = blocks
            .map(|(span, weight)| {
                let before = all;
                all += u64::from(weight);
                (span.start, before)
            })
            .collect();
        Self { before, all }
    }

    /// How much there is in the blocks that begin in a stretch of the page.
    fn within(&self, span: Span) -> u64 {
        let before = |at: u32| {
            let next = self.before.partition_point(|(start, _)| *start < at);
            self.before.get(next).map_or(self.all, |(_, before)| *before)
        };
        before(span.end) - before(span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_words() {
        let words: Vec<&str> = words_of("post-footer shareButtons PostsPage_tagList TOC 2x").collect();
        assert!(FURNITURE.into_iter().all(names_furniture), "they are in order");
        assert_eq!(words, ["post", "footer", "share", "Buttons", "Posts", "Page", "tag", "List", "TOC", "2x"]);
    }
}
