use serde::{Deserialize, Serialize};

/// What a source says of itself: from front matter, or from the head of the page.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Metadata {
    /// Title of the document.
    pub title: Option<String>,
    /// Authors as written, in order.
    pub authors: Vec<String>,
    /// Date as written.
    pub date: Option<String>,
    /// Addresses of the document on the web; the first is the canonical one.
    pub urls: Vec<String>,
    /// Digital object identifier, without a resolver's address.
    pub doi: Option<String>,
    /// `id` and `citekey` of the front matter: the names a note cites it by.
    pub keys: Vec<String>,
    /// Further names.
    pub aliases: Vec<String>,
    /// How much of the document is here.
    pub extent: Extent,
}

/// How much of a work a source holds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum Extent {
    /// All of it, as far as can be told: what it does not say, the work does not say.
    #[default]
    Whole,
    /// What a reader highlighted in it: the work may say anything besides.
    Highlights,
    /// Not all of it could be read: it is cut off, or some of its pages are pictures.
    Partial,
}

/// Whether the title in the properties of a document is one, and not what a program wrote for want of it.
pub(crate) fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = lower
        .rsplit_once('.')
        .is_some_and(|(_, end)| ["pdf", "doc", "docx", "tex", "dvi", "indd", "qxd", "ps", "eps"].contains(&end));
    title.contains(' ') && !is_file && !lower.starts_with("microsoft") && !lower.starts_with("untitled")
}

/// The authors in the properties of a document; a single word is rather the name of an account.
pub(crate) fn authors(written: &str) -> Vec<String> {
    let written = Some(written).filter(|written| written.contains(' '));
    let names = written.iter().flat_map(|written| written.split([';', ','])).flat_map(|one| one.split(" and "));
    names.map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}
