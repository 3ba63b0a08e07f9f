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
