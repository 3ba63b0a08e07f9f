//! The comments below a page: which elements are comments, who wrote them, and what they reply to.
//!
//! Sites use different names but nest their elements alike: an element per comment contains a line about the comment,
//! its text, and the elements of its replies. Some sites put another element around a comment and its replies.

use std::borrow::Cow;

use ibid_language::List;
use ibid_text::Span;
use rustc_hash::FxHashMap;

use super::{
    address,
    content::words_of,
    markup::Key,
    name::Name,
    tree::{Id, Tree},
};
use crate::metadata::after_byline_preposition;

/// Classes of elements that are comments.
const COMMENT_CLASSES: [&str; 11] = [
    "comment",
    "comment-container",
    "comment-item",
    "comment-list-item",
    "comment-node",
    "comment-wrapper",
    "comment_item",
    "commentitem",
    "comments-node",
    "threaded-comment",
    "u-comment",
];

/// Classes of the element with a comment's text, in lower case and without punctuation.
const BODY_CLASSES: [&str; 9] = [
    "bodytext",
    "commentbody",
    "commentbodyroot",
    "commentcontent",
    "commenthtml",
    "commentitembody",
    "commentmessage",
    "commentscontent",
    "commenttext",
];

/// A comment found in the page.
#[derive(Default, Debug)]
pub(super) struct PageComment {
    /// The author's name.
    pub(super) author: Option<String>,
    /// The element that names the author, in the page as written.
    pub(super) named: Option<Span>,
    /// The date.
    pub(super) date: Option<String>,
    /// The comment's own address.
    pub(super) permalink: Option<String>,
    /// The comment it replies to.
    pub(super) parent: Option<usize>,
    /// The element that contains only the comment's text, if there is one.
    body: Option<Id>,
}

/// The comments of a page.
#[derive(Default, Debug)]
pub(super) struct Thread {
    /// In page order.
    pub(super) comments: Vec<PageComment>,
    /// The comment that each element belongs to.
    owners: Vec<Option<usize>>,
}

impl Thread {
    /// Finds the comments of the page with this address.
    pub(super) fn of(tree: &Tree, address: Option<&str>) -> Self {
        let items: Vec<Id> = tree.find(|id| is_item(tree, id)).collect();
        if items.is_empty() {
            return Self::default();
        }
        let nest = Nest::of(tree, &items);
        let mut thread = Self { comments: Vec::new(), owners: nest.owners };
        let mut own: Vec<Vec<Id>> = vec![Vec::new(); nest.parents.len()];
        for (id, owner) in thread.owners.iter().enumerate() {
            if let Some(owner) = owner {
                own[*owner].push(id as Id);
            }
        }
        thread.comments =
            own.iter().zip(nest.parents).map(|(own, parent)| PageComment::of(tree, own, parent, address)).collect();
        thread.follow_links(tree, &own);
        thread
    }

    /// The comment that an element belongs to.
    pub(super) fn owner(&self, id: Id) -> Option<usize> {
        *self.owners.get(id as usize)?
    }

    /// Whether an element contains text of its comment rather than information about it.
    pub(super) fn is_body(&self, tree: &Tree, owner: usize, id: Id) -> bool {
        match self.comments[owner].body {
            Some(body) => tree.holds(body, id),
            None => tree.around(id).take_while(|&outer| self.owner(outer) == Some(owner)).all(|id| !is_about(tree, id)),
        }
    }

    /// Sets the parent of each comment: the comment it links to, otherwise the one it is nested in.
    fn follow_links(&mut self, tree: &Tree, own: &[Vec<Id>]) {
        let mut named: FxHashMap<Cow<str>, usize> = FxHashMap::default();
        for (at, own) in own.iter().enumerate() {
            let link = own.iter().find(|&&id| is_parent_link(tree, id)).and_then(|&id| tree.value(id, Key::Href));
            // A comment can only reply to one above it, which is already in the map.
            let linked = link.and_then(|href| named.get(href.rsplit_once('#')?.1).copied());
            for id in own.iter().filter_map(|&id| tree.value(id, Key::Id)) {
                named.entry(id).or_insert(at);
            }
            self.comments[at].parent = linked.or(self.comments[at].parent);
        }
    }
}

/// How comments are nested.
struct Nest {
    /// For each comment, the comment around it.
    parents: Vec<Option<usize>>,
    /// For each element of the page, the comment it belongs to.
    owners: Vec<Option<usize>>,
}

impl Nest {
    /// `items` are the elements marked as comments, in order. An item that names no author is part of the comment it
    /// begins with; if it begins with none, it only groups comments.
    fn of(tree: &Tree, items: &[Id]) -> Self {
        let innermost = innermost(tree, items);
        let outer: Vec<_> = items.iter().map(|&item| innermost[tree.element(item).parent as usize]).collect();
        let mut inner: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        let mut own: Vec<Vec<Id>> = vec![Vec::new(); items.len()];
        for (item, outer) in outer.iter().enumerate() {
            if let Some(outer) = outer {
                inner[*outer].push(item);
            }
        }
        for (id, item) in innermost.iter().enumerate() {
            if let Some(item) = item {
                own[*item].push(id as Id);
            }
        }
        // For each item, the item that names the author of its comment. Inner items come after outer ones.
        let mut heads: Vec<Option<usize>> = vec![None; items.len()];
        for item in (0..items.len()).rev() {
            heads[item] = if is_signed(tree, &own[item]) {
                Some(item)
            } else {
                begins_with(tree, items, &inner[item]).and_then(|first| heads[first])
            };
        }
        let mut numbers = vec![None; items.len()];
        let mut parents = Vec::new();
        for item in (0..items.len()).filter(|&item| heads[item] == Some(item)) {
            numbers[item] = Some(parents.len());
            let mut around = std::iter::successors(outer[item], |&outer_item| outer[outer_item]);
            let holder = around.find_map(|outer| heads[outer].filter(|&head| head != item));
            parents.push(holder.and_then(|holder| numbers[holder]));
        }
        let owners = innermost.into_iter().map(|item| numbers[heads[item?]?]).collect();
        Self { parents, owners }
    }
}

/// For each element of the page, the innermost item that contains it or that it is.
fn innermost(tree: &Tree, items: &[Id]) -> Vec<Option<usize>> {
    let mut innermost: Vec<Option<usize>> = vec![None; tree.elements.len()];
    for id in 1..tree.elements.len() {
        let parent = tree.elements[id].parent as usize;
        innermost[id] = items.binary_search(&(id as Id)).ok().or(innermost[parent]);
    }
    innermost
}

/// The first of the inner items, unless it has siblings of the same name: then the element is a list of comments.
fn begins_with(tree: &Tree, items: &[Id], inner: &[usize]) -> Option<usize> {
    let (&first, others) = inner.split_first()?;
    let parent = |item: usize| tree.element(items[item]).parent;
    let name = |item: usize| tree.element(items[item]).name;
    let is_beside = |&other: &usize| parent(other) == parent(first) && name(other) == name(first);
    (!others.iter().any(is_beside)).then_some(first)
}

/// Whether an item names an author and has a body, a date or a comment number.
fn is_signed(tree: &Tree, own: &[Id]) -> bool {
    let tells = |&id: &Id| {
        is_body(tree, id) || tree.element(id).name == Name::Time || is_date(tree, id) || is_numbered(tree, id)
    };
    own.iter().any(|&id| author_rank(tree, id).is_some() && author(tree, id).is_some()) && own.iter().any(tells)
}

impl PageComment {
    fn of(tree: &Tree, own: &[Id], parent: Option<usize>, page: Option<&str>) -> Self {
        let names_author = |id: Id| author_rank(tree, id).is_some_and(|rank| rank != LINKED);
        let is_whole_body = |&&id: &&Id| is_body(tree, id) && !tree.inside(id).any(names_author);
        let body = own.iter().find(is_whole_body).copied();
        let about = || own.iter().copied().filter(|&id| body.is_none_or(|body| !tree.holds(body, id)));
        let named = about()
            .filter_map(|id| Some((author_rank(tree, id)?, id, author(tree, id)?)))
            .min_by_key(|(rank, id, _)| (*rank, *id));
        let (named, author) = named.map_or((None, None), |(_, id, author)| (Some(tree.extent(id)), Some(author)));
        let identity =
            about().find_map(|id| tree.value(id, Key::Id).filter(|_| is_numbered(tree, id) || is_item(tree, id)));
        let link =
            about().filter(|&id| is_permalink(tree, id, identity.as_deref())).find_map(|id| tree.value(id, Key::Href));
        let permalink = link.or_else(|| Some(format!("#{}", identity.as_deref()?).into()));
        Self {
            author,
            named,
            date: about().find_map(|id| date(tree, id)),
            permalink: permalink.and_then(|link| address::resolved(&link, page)),
            parent,
            body,
        }
    }
}

/// Whether an element is marked as a comment.
pub(super) fn is_item(tree: &Tree, id: Id) -> bool {
    let name = tree.element(id).name;
    // Inline elements called "comment" also occur in highlighted source code.
    if !(name.is_block() || name.is_cell()) || matches!(name, Name::Body | Name::Ul | Name::Ol) {
        return false;
    }
    tree.has_class(id, &COMMENT_CLASSES)
        || is_numbered(tree, id)
        || tree.value(id, Key::Itemprop).is_some_and(|property| property == "comment")
        || tree.value(id, Key::Itemtype).is_some_and(|kind| kind.ends_with("schema.org/Comment"))
}

/// Whether an element's id is a comment number: `comment-123`.
fn is_numbered(tree: &Tree, id: Id) -> bool {
    tree.value(id, Key::Id).is_some_and(|id| {
        let number = id.strip_prefix("comment-").or_else(|| id.strip_prefix("comment_"));
        number.is_some_and(|number| !number.contains('-') && number.contains(|c: char| c.is_ascii_digit()))
    })
}

/// Whether an element is marked as the text of a comment.
fn is_body(tree: &Tree, id: Id) -> bool {
    let is_called = tree.value(id, Key::Class).is_some_and(|class| {
        class.split_ascii_whitespace().any(|one| {
            let name: String = one.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
            BODY_CLASSES.contains(&&*name)
        })
    });
    is_called || tree.value(id, Key::Itemprop).is_some_and(|property| matches!(&*property, "text" | "commentText"))
}

/// Whether an element is information about a comment: author, date, score, actions.
fn is_about(tree: &Tree, id: Id) -> bool {
    const WORDS: [&str; 12] = [
        "actions",
        "author",
        "controls",
        "date",
        "karma",
        "meta",
        "metadata",
        "permalink",
        "reply",
        "score",
        "vote",
        "votes",
    ];
    let says = |key: Key| {
        let Some(names) = tree.value(id, key) else { return false };
        words_of(&names).any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    matches!(tree.element(id).name, Name::Header | Name::Footer | Name::Time)
        || says(Key::Class)
        || author_rank(tree, id).is_some_and(|rank| rank != LINKED)
}

/// The rank of a link to a user's profile, who may only be mentioned.
const LINKED: u8 = 1;

/// How clearly an element names an author, 0 being clearest; `None` if it names none.
fn author_rank(tree: &Tree, id: Id) -> Option<u8> {
    const NAMES: [&str; 9] = [
        "author",
        "comment-author-link",
        "comment-author-name",
        "commenter",
        "fn",
        "p-author",
        "profile-name",
        "user-name",
        "username",
    ];
    const PROFILES: [&str; 6] = ["/users/", "/user/", "/u/", "/@", "/profile/", "/author/"];
    let class = || tree.value(id, Key::Class);
    let is_named = || tree.value(id, Key::Itemprop).is_some_and(|property| property == "author");
    let is_user =
        || class().is_some_and(|class| class.split_ascii_whitespace().any(|one| one.starts_with("UsersName")));
    let leads_to_user =
        || tree.value(id, Key::Href).is_some_and(|href| PROFILES.iter().any(|part| href.contains(part)));
    if tree.has_class(id, &NAMES) || is_named() || is_user() {
        Some(0)
    } else if leads_to_user() {
        Some(LINKED)
    } else {
        tree.has_class(id, &["comment-author", "vcard", "comment-meta-author"]).then_some(2)
    }
}

/// The author's name in an element that names one.
fn author(tree: &Tree, id: Id) -> Option<String> {
    const LONGEST: usize = 60;
    let words = tree.words(id);
    let verbs = tree.language.words(List::BylineVerb).iter().filter(|verb| verb.ends_with(':'));
    let name = verbs.into_iter().find_map(|verb| words.strip_suffix(verb)).unwrap_or(&words);
    let name = after_byline_preposition(name, tree.language).unwrap_or(name).trim_matches([' ', ':', '@', ',']);
    (name.len() <= LONGEST && name.contains(char::is_alphanumeric)).then(|| name.to_owned())
}

fn is_date(tree: &Tree, id: Id) -> bool {
    tree.has_class(id, &["date", "comment-date", "comment-time", "dt-published"])
        || tree.value(id, Key::Itemprop).is_some_and(|property| matches!(&*property, "dateCreated" | "datePublished"))
}

/// The date in an element that gives one.
fn date(tree: &Tree, id: Id) -> Option<String> {
    const LONGEST: usize = 40;
    if tree.element(id).name == Name::Time || is_date(tree, id) {
        let date = tree.value(id, Key::Datetime).or_else(|| tree.value(id, Key::Content));
        let date = date.map_or_else(|| tree.words(id), Cow::into_owned);
        return Some(date).filter(|date| date.contains(|c: char| c.is_ascii_digit()) && date.len() <= LONGEST);
    }
    None
}

/// Whether a link is the comment's permalink: it contains the comment's id, or its text is the date.
fn is_permalink(tree: &Tree, id: Id, identity: Option<&str>) -> bool {
    let Some(href) = tree.value(id, Key::Href).filter(|_| tree.element(id).name == Name::A) else { return false };
    let names = identity.is_some_and(|identity| {
        let number = identity.rsplit(['-', '_']).next().unwrap_or(identity);
        href.ends_with(&format!("#{identity}")) || number.len() > 3 && href.ends_with(number)
    });
    !is_parent_link(tree, id)
        && (names
            || tree.has_class(id, &["permalink"])
            || is_date(tree, id)
            || tree.inside(id).any(|id| tree.element(id).name == Name::Time))
}

/// Whether a link points to the parent comment.
fn is_parent_link(tree: &Tree, id: Id) -> bool {
    tree.element(id).name == Name::A
        && tree.value(id, Key::Class).is_some_and(|class| words_of(&class).any(|word| word == "parent"))
}
