use ibid_language::{Language, List};
use serde::{Deserialize, Serialize};

use crate::read::LABELS;

/// The metadata of a source, from its front matter or the head of the page.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The authors as written, in order.
    pub authors: Vec<String>,
    /// The date as written.
    pub date: Option<String>,
    /// The web addresses of the document; the first is the canonical one.
    pub urls: Vec<String>,
    /// The digital object identifier, without the address of a resolver.
    pub doi: Option<String>,
    /// The citation keys: `id` and `citekey` of the front matter.
    pub keys: Vec<String>,
    /// Other names of the document.
    pub aliases: Vec<String>,
    /// How much of the work is here.
    pub extent: Extent,
}

/// How much of a work a source contains.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum Extent {
    /// All of it, as far as is known: text that is not here is not in the work.
    #[default]
    Whole,
    /// Highlights that a reader made: the work contains more.
    Highlights,
    /// Part of it: the file is cut off, or some pages are pictures.
    Partial,
}

/// Whether the title in a document's properties is a real one, not a file name or a program's default.
pub(crate) fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = lower
        .rsplit_once('.')
        .is_some_and(|(_, end)| ["pdf", "doc", "docx", "tex", "dvi", "indd", "qxd", "ps", "eps"].contains(&end));
    title.contains(' ') && !is_file && !lower.starts_with("microsoft") && !lower.starts_with("untitled")
}

/// The authors in a document's properties. A single word is ignored: it is usually an account name.
pub(crate) fn authors(written: &str) -> Vec<String> {
    if !written.contains(' ') {
        return Vec::new();
    }
    let mut names: Vec<&str> = written.split([';', ',']).collect();
    for conjunction in LABELS.words(List::NameConjunction) {
        let separator = format!(" {conjunction} ");
        names = names.into_iter().flat_map(|name| name.split(&*separator).collect::<Vec<_>>()).collect();
    }
    names.into_iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

/// The text after the preposition of a byline: "Ada Moreau" in "By Ada Moreau"; `None` if there is no preposition.
pub(crate) fn after_byline_preposition(text: &str, language: Language) -> Option<&str> {
    let after = |preposition: &&str| text.strip_prefix(*preposition)?.strip_prefix(' ');
    language.words(List::BylinePreposition).iter().find_map(after)
}
