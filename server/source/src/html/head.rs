//! The metadata of a page: from its head, linked data, and the visible title and byline.

use super::{
    address, linked_data,
    markup::Key,
    name::Name,
    thread,
    tree::{Id, Node, ROOT, Tree},
};
use crate::{Metadata, entity, metadata::after_byline_preposition, txt::head::doi};

/// The metadata of a page. Of several values, those made for citation win, then those made for other machines, then
/// visible ones.
pub(super) fn metadata(tree: &Tree) -> Metadata {
    let mut head = Head::default();
    for node in &tree.nodes {
        match *node {
            Node::Open(id) => head.take_element(tree, id),
            Node::Comment(span) => head.take_comment(span.of(tree.text)),
            Node::Text(_) | Node::Close(..) => {}
        }
    }
    head.metadata()
}

/// Where a value comes from, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Origin {
    /// Bibliographic tags: Highwire, Dublin Core.
    Citation,
    /// Open Graph, linked data, links.
    Machine,
    /// Visible text.
    Visible,
}

/// The values found, each with its origin.
#[derive(Default)]
struct Head {
    titles: Vec<(Origin, String)>,
    authors: Vec<(Origin, String)>,
    dates: Vec<(Origin, String)>,
    urls: Vec<(Origin, String)>,
    doi: Option<String>,
    site: Option<String>,
}

impl Head {
    fn take_element(&mut self, tree: &Tree, id: Id) {
        match tree.element(id).name {
            Name::Meta => self.take_meta(tree, id),
            Name::Link if is_value(tree, id, Key::Rel, "canonical") => {
                self.urls.extend(tree.value(id, Key::Href).map(|href| (Origin::Machine, href.trim().to_owned())));
            }
            Name::Script if is_value(tree, id, Key::Type, "application/ld+json") => {
                let work = linked_data::work(&tree.written(id));
                self.titles.extend(work.title.map(|title| (Origin::Machine, title)));
                self.authors.extend(work.authors.into_iter().map(|author| (Origin::Machine, author)));
                self.dates.extend(work.date.map(|date| (Origin::Machine, date)));
                self.urls.extend(work.urls.into_iter().map(|url| (Origin::Machine, url)));
            }
            Name::Title if !tree.around(id).any(|outer| tree.element(outer).name == Name::Svg) => {
                self.titles.push((Origin::Visible, tree.words(id)));
            }
            Name::H1 if self.titles.is_empty() => self.titles.push((Origin::Visible, tree.words(id))),
            Name::Time if self.dates.is_empty() && !is_in_comment(tree, id) => {
                self.dates.extend(tree.value(id, Key::Datetime).map(|date| (Origin::Visible, date.into_owned())));
            }
            _ if (self.authors.is_empty() || tree.has_class(id, &[PERSON]))
                && is_byline(tree, id)
                && !is_in_comment(tree, id) =>
            {
                let words = tree.words(id);
                let name = after_byline_preposition(&words, tree.language).unwrap_or(&words);
                self.authors.push((Origin::Visible, name.to_owned()));
            }
            _ => {}
        }
    }

    fn take_meta(&mut self, tree: &Tree, id: Id) {
        let Some(content) = tree.value(id, Key::Content) else { return };
        let content = one_line(&content);
        let Some(name) = tree.value(id, Key::Property).or_else(|| tree.value(id, Key::Name)) else { return };
        match name.to_ascii_lowercase().as_str() {
            "citation_title" | "dc.title" | "dcterms.title" => self.titles.push((Origin::Citation, content)),
            "og:title" | "twitter:title" => self.titles.push((Origin::Machine, content)),
            "citation_author" | "dc.creator" | "dcterms.creator" => {
                self.authors.push((Origin::Citation, in_order(&content)));
            }
            "author" | "article:author" | "parsely-author" | "byl" => {
                let name = after_byline_preposition(&content, tree.language).unwrap_or(&content);
                self.authors.push((Origin::Machine, name.to_owned()));
            }
            "citation_date"
            | "citation_publication_date"
            | "citation_online_date"
            | "dc.date"
            | "dcterms.date"
            | "dcterms.created" => self.dates.push((Origin::Citation, content)),
            "article:published_time" | "datepublished" | "date" | "pubdate" | "og:published_time" => {
                self.dates.push((Origin::Machine, content));
            }
            "og:url"
            | "citation_public_url"
            | "citation_abstract_html_url"
            | "citation_fulltext_html_url"
            | "citation_pdf_url"
            | "dc.identifier.uri" => self.urls.push((Origin::Machine, content)),
            "citation_arxiv_id" => self.urls.push((Origin::Machine, format!("https://arxiv.org/abs/{content}"))),
            "citation_doi" | "dc.identifier" | "prism.doi" if doi(&content).starts_with("10.") => {
                self.doi.get_or_insert_with(|| doi(&content).to_owned());
            }
            "og:site_name" => self.site = Some(content),
            _ => {}
        }
    }

    /// Reads the address from the comment that a browser or extension adds to a saved page.
    fn take_comment(&mut self, comment: &str) {
        let is_saved = comment.contains("saved from url=") || comment.contains("Page saved with SingleFile");
        let address = comment.find("http").filter(|_| is_saved).map(|at| &comment[at..]);
        let address = address.and_then(|rest| rest.split(|c: char| c.is_whitespace() || c == '>').next());
        self.urls.extend(address.map(|address| (Origin::Visible, address.trim_end_matches("--").to_owned())));
    }

    fn metadata(mut self) -> Metadata {
        let mut urls: Vec<String> = Vec::new();
        for address in best_first(self.urls).filter(|address| address::is_web(address)) {
            let address = address::without_fragment(&address).to_owned();
            if !urls.contains(&address) {
                urls.push(address);
            }
        }
        let site = Site { name: self.site.as_deref(), page: urls.first().map(String::as_str) };
        for (origin, title) in &mut self.titles {
            *title = without_site(title, &site, *origin).to_owned();
        }
        Metadata {
            title: best_first(self.titles).next(),
            authors: of_best_origin(self.authors.into_iter().filter(|(_, name)| is_person(name)).collect()),
            date: best_first(self.dates).next(),
            urls,
            doi: self.doi,
            ..Metadata::default()
        }
    }
}

/// The non-empty values, best origin first, otherwise in page order.
fn best_first(mut answers: Vec<(Origin, String)>) -> impl Iterator<Item = String> {
    answers.sort_by_key(|(origin, _)| *origin);
    answers.into_iter().map(|(_, answer)| answer.trim().to_owned()).filter(|answer| !answer.is_empty())
}

/// The distinct values of the best origin present.
fn of_best_origin(answers: Vec<(Origin, String)>) -> Vec<String> {
    let best = answers.iter().map(|(origin, _)| *origin).min();
    let mut kept: Vec<String> = Vec::new();
    for (_, answer) in answers.into_iter().filter(|(origin, _)| Some(*origin) == best) {
        if !kept.contains(&answer) {
            kept.push(answer);
        }
    }
    kept
}

/// Whether this can be the name of a person or group. Some pages give an address as the author.
fn is_person(name: &str) -> bool {
    !name.trim().is_empty() && !name.contains("://") && name.split_whitespace().count() <= 8
}

/// Turns "Carlsmith, Joe" into "Joe Carlsmith".
fn in_order(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

/// What is known about the site of a page.
struct Site<'a> {
    /// Its name, as the page gives it.
    name: Option<&'a str>,
    /// The page's address.
    page: Option<&'a str>,
}

impl Site<'_> {
    /// Whether `name` is the site's name: the one the page gives, or part of its host name.
    fn is_called(&self, name: &str) -> bool {
        const SHORTEST: usize = 4;
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let host = self.page.and_then(|page| page.split('/').nth(2)).unwrap_or_default();
        self.name.is_some_and(|site| site.eq_ignore_ascii_case(name))
            || letters.len() >= SHORTEST && host.replace('-', "").contains(&letters)
    }
}

/// A page's title without the site's name after the last dash or bar. In the visible title, any short text after a
/// separator that titles rarely contain counts as a site name.
fn without_site<'t>(title: &'t str, site: &Site, origin: Origin) -> &'t str {
    const SHORT: usize = 4;
    let is_short = |name: &str| name.split_whitespace().count() <= SHORT;
    for dash in [" — ", " – ", " | ", " - ", " · ", " • "] {
        if let Some((head, tail)) = title.rsplit_once(dash).filter(|(head, _)| !head.trim().is_empty()) {
            let is_apart = origin == Origin::Visible && matches!(dash, " | " | " · " | " • ") && is_short(tail);
            if is_apart || site.is_called(tail) {
                return head;
            }
        }
    }
    title
}

/// The class of an author's name in a paper. Other author classes may belong to a comment.
const PERSON: &str = "ltx_personname";

/// Whether an element names the page's author.
fn is_byline(tree: &Tree, id: Id) -> bool {
    const LONGEST: u32 = 12;
    let element = tree.element(id);
    let is_short = element.last - element.first <= LONGEST;
    let says = || {
        tree.value(id, Key::Rel).is_some_and(|rel| rel == "author")
            || tree.value(id, Key::Itemprop).is_some_and(|property| property == "author")
            || tree.has_class(id, &["byline", "author-name", "post-author", "entry-author", PERSON])
    };
    is_short && says() && !tree.words(id).is_empty()
}

/// Whether an element is inside a comment, so that its author and date are not the page's.
fn is_in_comment(tree: &Tree, id: Id) -> bool {
    tree.around(id).any(|outer| thread::is_item(tree, outer))
}

fn is_value(tree: &Tree, id: Id, key: Key, wanted: &str) -> bool {
    tree.value(id, key).is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Tree<'_> {
    /// The text of an element on one line, with entities decoded.
    pub(super) fn words(&self, id: Id) -> String {
        one_line(&entity::decode(&self.written(id)))
    }

    /// The text of an element as written, visible or not.
    fn written(&self, id: Id) -> String {
        let text = self.steps(id).iter().filter_map(|node| match node {
            Node::Text(span) => Some(span.of(self.text)),
            _ => None,
        });
        text.collect()
    }

    /// The elements of the page for which `is_wanted` holds, in order.
    pub(super) fn find(&self, mut is_wanted: impl FnMut(Id) -> bool) -> impl Iterator<Item = Id> {
        (ROOT..self.elements.len() as Id).filter(move |&id| is_wanted(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_give_no_metadata_of_the_page() {
        let comment =
            "<div class=comment id=comment-7><a rel=author href='/u/ada'>Ada</a><time datetime=2024>today</time></div>";
        let of = |page: String| metadata(&Tree::of(&page, ibid_language::Language::ENGLISH));
        let page = of(format!("<h1>Wells</h1><p>Nobody counts them.</p>{comment}"));
        assert_eq!((page.authors, page.date), (Vec::new(), None));
        let page = of(format!("{comment}<h1>Wells</h1><a rel=author>Bo Reed</a><time datetime=2023>once</time>"));
        assert_eq!((page.authors, page.date.as_deref()), (vec!["Bo Reed".to_owned()], Some("2023")));
    }
}
