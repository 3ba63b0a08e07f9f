//! Separates the content of a page from its furniture, by element names, roles, class names, and the share of the text.
//!
//! A mistake is cheap: text taken for furniture is in no passage, but a search for its words still finds it.

use ibid_text::Span;

use super::{
    blocks::Block,
    markup::Key,
    name::Name,
    tree::{Id, ROOT, Tree},
};
use crate::PassageKind;

/// Words in the class or id of furniture. Text of a comment that is outside its body is furniture too.
const FURNITURE: [&str; 49] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "akismet",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "categories",
    "comments",
    "cookie",
    "cookies",
    "cta",
    "dateline",
    "disqus",
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
    "relatedposts",
    "respond",
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
];

/// Words in the class of a box about an author, beside `author`.
const ABOUT_AUTHOR: [&str; 8] = ["about", "bio", "box", "card", "container", "description", "info", "profile"];

/// An element with at least this share of the page's unlinked text is never furniture.
const TOO_MUCH_FOR_FURNITURE: f32 = 0.4;

/// The share of the text that the content element contains.
const MOST: f32 = 0.85;

/// For each block, whether it is content. If everything would be furniture, furniture is ignored.
pub(super) fn content(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let running = Weights::of(blocks.iter().map(|block| (block.span, block.length - block.linked)));
    let content = content_beside(tree, blocks, &furniture(tree, &running));
    let is_text = |(block, is_content): (&Block, &bool)| *is_content && block.kind != PassageKind::Heading;
    if blocks.iter().zip(&content).any(is_text) {
        content
    } else {
        content_beside(tree, blocks, &vec![false; tree.elements.len()])
    }
}

/// For each block, whether it is content; `furniture` says for each element whether it is furniture.
fn content_beside(tree: &Tree, blocks: &[Block], furniture: &[bool]) -> Vec<bool> {
    let all = Weights::of(blocks.iter().map(|block| (block.span, block.length)));
    let linked = Weights::of(blocks.iter().map(|block| (block.span, block.linked)));
    let is_furniture = |block: &Block| furniture[block.holder as usize];
    let running = |block: &Block| if is_furniture(block) { 0 } else { block.length - block.linked };
    let weights = Weights::of(blocks.iter().map(|block| (block.span, running(block))));
    let body = body(tree, &weights);
    let is_content = |block: &Block| {
        let is_inside = tree.holds(body, block.holder);
        !is_furniture(block)
            && (is_text(tree, block, is_inside) || is_inside && stands_in_prose(tree, block, &all, &linked))
    };
    let mut content: Vec<bool> = blocks.iter().map(is_content).collect();
    drop_idle_headings(tree, blocks, &mut content);
    content
}

/// Whether a block is text rather than links. Outside the content element it must be long, or the title.
fn is_text(tree: &Tree, block: &Block, is_inside: bool) -> bool {
    /// Bytes of a paragraph that is more than a label.
    const RUNNING: u32 = 120;
    let linked = block.linked as f32 / block.length.max(1) as f32;
    match block.kind {
        PassageKind::Heading => is_inside || linked < 0.5 && is_title(tree, block),
        _ if block.length < RUNNING => is_inside && linked < 0.8,
        _ => linked < if is_inside { 0.8 } else { 0.3 },
    }
}

fn is_title(tree: &Tree, block: &Block) -> bool {
    tree.around(block.holder).any(|id| tree.element(id).name == Name::H1)
}

/// Whether a paragraph of links is surrounded by paragraphs that are not.
fn stands_in_prose(tree: &Tree, block: &Block, all: &Weights, linked: &Weights) -> bool {
    /// Bytes of a few paragraphs.
    const ENOUGH: u64 = 600;
    const MOST_LINKED: f32 = 0.3;
    let Some(paragraph) = tree.around(block.holder).find(|&id| tree.element(id).is_block) else { return false };
    let around = tree.extent(tree.element(paragraph).parent);
    let length = all.within(around);
    tree.element(paragraph).name == Name::P
        && length >= ENOUGH
        && (linked.within(around) as f32) < length as f32 * MOST_LINKED
}

/// Drops headings with blocks below them none of which is content. A heading with no block below may have a picture or
/// code.
fn drop_idle_headings(tree: &Tree, blocks: &[Block], content: &mut [bool]) {
    let is_heading = |at: usize| blocks[at].kind == PassageKind::Heading;
    for at in (0..blocks.len()).filter(|&at| is_heading(at)) {
        let below = (at + 1..blocks.len()).take_while(|&below| !is_heading(below));
        let mut below = below.peekable();
        let is_idle = below.peek().is_some() && below.all(|below| !content[below]);
        content[at] &= !is_idle || is_title(tree, &blocks[at]);
    }
}

/// For each element, whether it is furniture or inside furniture.
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
    let names_furniture = |key: Key| tree.value(id, key).is_some_and(|names| furniture_among(&names));
    names_furniture(Key::Class) || names_furniture(Key::Id) && !is_named_by_heading(tree, id)
}

/// Whether one of the class names or ids is a name for furniture.
fn furniture_among(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| {
        // In `block--modifier` only the block counts.
        let (name, _) = name.split_once("--").unwrap_or((name, ""));
        let has = |wanted: &[&str]| words_of(name).any(|word| wanted.iter().any(|one| word.eq_ignore_ascii_case(one)));
        // Page builders call their pieces "something-widget"; a sidebar widget begins with the word.
        let is_widget = || words_of(name).next().is_some_and(|word| word.eq_ignore_ascii_case("widget"));
        words_of(name).any(names_furniture) || is_widget() || has(&["author"]) && has(&ABOUT_AUTHOR)
    })
}

/// Whether an element's id repeats its heading: a section titled "Related work" is not a list of related pages.
fn is_named_by_heading(tree: &Tree, id: Id) -> bool {
    /// Elements that are looked at.
    const REACH: usize = 8;
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let is_heading = |&id: &Id| tree.element(id).name.is_heading();
    let heading = std::iter::once(id).chain(tree.inside(id)).take(REACH).find(is_heading);
    let (Some(heading), Some(name)) = (heading, tree.value(id, Key::Id)) else { return false };
    let (heading, name) = (letters(&tree.words(heading)), letters(&name));
    !heading.is_empty() && (heading.contains(&name) || name.contains(&heading))
}

fn names_furniture(word: &str) -> bool {
    /// The length of "recommendations".
    const LONGEST: usize = 15;
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    FURNITURE.binary_search_by_key(&&*lower, |known| known.as_bytes()).is_ok()
}

/// The words of a class name or id: `post-footer`, `shareButtons`.
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

/// The content element: the article around most of the text, otherwise the innermost element with most of the text.
fn body(tree: &Tree, weights: &Weights) -> Id {
    let most = (weights.within(tree.extent(ROOT)) as f32 * MOST) as u64;
    let holds_most = |id: &Id| weights.within(tree.extent(*id)) >= most;
    // Elements that contain most of the text are nested in each other.
    let innermost = (1..tree.elements.len() as Id).rfind(holds_most).unwrap_or(ROOT);
    let is_article = |id: &Id| {
        let name = tree.element(*id).name;
        let role = || tree.value(*id, Key::Role);
        matches!(name, Name::Article | Name::Main) || role().is_some_and(|role| matches!(&*role, "main" | "article"))
    };
    tree.around(innermost).find(is_article).unwrap_or(innermost)
}

/// The amount of text by position.
struct Weights {
    /// The start of each block and the amount of text before it.
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

    /// The amount of text in the blocks that begin in `span`.
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
    use ibid_language::Language;

    /// Checks the passages of a page with some prose, followed by `behind`.
    #[track_caller]
    fn check(behind: &str, expected: &[&str]) {
        const PROSE: &str =
            "Whoever counts wells by asking counts those that people go to, and no others are ever counted. ";
        let page = format!("<main><h1>Wells</h1><p>{}</p><div>{behind}</div></main>", PROSE.repeat(12));
        let source = crate::read(crate::Format::Html, page.as_bytes(), Language::ENGLISH).expect("it is text");
        let passages = source.passages.iter().map(|passage| passage.span.of(source.text()));
        assert_eq!(passages.skip(2).collect::<Vec<_>>(), expected, "{behind}");
    }

    #[test]
    fn furniture_has_telling_class_names() {
        check("<div class=post-share><p>Share it.</p></div>", &[]);
        check("<div class='author-box'><p>Ada counts wells.</p></div><p class=author>Ada</p>", &["Ada"]);
        check("<div class=widget_text><p>Buy a well.</p></div>", &[]);
        check("<div class=elementor-widget><p>A well.</p></div>", &["A well."]);
        check("<section class='review__part--ads'><p>A well.</p></section>", &["A well."]);
        check("<div id=comments><p>Comments are closed.</p></div>", &[]);
    }

    #[test]
    fn a_section_has_its_id_from_its_heading() {
        check("<h2 id=nav_1>Nav</h2><p>It is.</p>", &["Nav", "It is."]);
        check("<section id=related-work><h2>3 Related work</h2><p>It is.</p></section>", &["3 Related work", "It is."]);
        check("<section id=related><h2>More pages</h2><p>It is.</p></section>", &[]);
    }

    #[test]
    fn headings_over_links_are_dropped() {
        check("<h3>See also</h3><ul><li><a href=a>One</a></li><li><a href=b>Two</a></li></ul>", &[]);
        check("<h3>Code</h3><pre>let a = 1;</pre>", &["Code"]);
    }

    #[test]
    fn a_paragraph_among_others_may_be_a_link() {
        check("<p>One.</p></div><p><a href=a>Here it goes on.</a></p><div>", &["One.", "Here it goes on."]);
        check("<ul><li><a href=a>Here it goes on.</a></li></ul>", &[]);
    }

    #[test]
    fn no_page_is_only_furniture() {
        let page = "<aside><p>A few words.</p></aside><footer><p>And others.</p></footer>";
        assert!(
            crate::read(crate::Format::Html, page.as_bytes(), Language::ENGLISH)
                .is_ok_and(|source| source.passages.len() == 2)
        );
    }

    #[test]
    fn names_are_made_of_words() {
        let words: Vec<&str> = words_of("post-footer shareButtons PostsPage_tagList TOC 2x").collect();
        assert!(FURNITURE.into_iter().all(names_furniture), "they are in order");
        assert_eq!(words, ["post", "footer", "share", "Buttons", "Posts", "Page", "tag", "List", "TOC", "2x"]);
    }
}
