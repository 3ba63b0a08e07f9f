/// What an entry of front matter says. A field has several names: those that people use, and those that the programs
/// that export clippings use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// The title.
    Title,
    /// The title that goes before [`Field::Title`]: Readwise shortens the one it puts at the head of the page.
    FullTitle,
    /// The authors.
    Author,
    /// When the work appeared.
    Date,
    /// The address or the file of the work: what a source is a copy of, and what a literature note is about.
    Address,
    /// The address of the page itself, where it is published. In a source that is the address of the work.
    OwnAddress,
    /// The DOI of the work.
    Doi,
    /// The citation key of the work.
    CitationKey,
    /// The work in another way: its ISBN, its entry in a reference manager, its name.
    Work,
    /// The identifier of the page itself. In a source that is one more key of the work.
    Id,
    /// Other names of the page.
    Alias,
    /// The bibliographies of the page (pandoc, Quarto, R Markdown).
    Bibliography,
    /// `ibid: off` switches a note off.
    Switch,
}

impl Field {
    /// The field that a key names. Case does not matter, and `-`, `_` and the space are equal.
    pub fn of_key(key: &str) -> Option<Self> {
        let key = key.trim().to_lowercase().replace(['-', '_'], " ");
        Some(match key.as_str() {
            "title" => Self::Title,
            "full title" => Self::FullTitle,
            "author" | "authors" | "creator" | "creators" | "by" => Self::Author,
            "date" | "published" | "date published" | "publish date" | "year" => Self::Date,
            // Not where a page of one's own first appeared (`original-url`): the page may have changed since.
            "url" | "source" | "source url" | "link" | "paper url" | "article url" | "video url" => Self::Address,
            "canonical" | "permalink" => Self::OwnAddress,
            "doi" => Self::Doi,
            "citekey" | "cite key" | "citation key" | "key" | "bibtex key" | "bibtexkey" | "bibkey" => {
                Self::CitationKey
            }
            "arxiv" | "arxiv id" | "book" | "isbn" | "isbn10" | "isbn13" | "paper" | "pmid" | "zotero"
            | "zotero key" | "zotero link" | "zotero uri" => Self::Work,
            "id" => Self::Id,
            "alias" | "aliases" => Self::Alias,
            "bibliography" => Self::Bibliography,
            "ibid" => Self::Switch,
            _ => return None,
        })
    }

    /// Whether the field names a work that the page is about or a copy of, and not the page itself.
    pub const fn names_work(self) -> bool {
        matches!(self, Self::Address | Self::Doi | Self::CitationKey | Self::Work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_key_are_equal() {
        for key in ["citation-key", "Citation Key", "citation_key", "citekey", "bibtex_key"] {
            assert_eq!(Field::of_key(key), Some(Field::CitationKey), "{key}");
        }
        assert_eq!(Field::of_key("original-url"), None);
    }

    #[test]
    fn the_page_itself_is_no_work() {
        let names_work = |key: &str| Field::of_key(key).is_some_and(Field::names_work);
        assert!(
            ["link", "source-url", "citation-key", "source", "url", "citekey", "doi", "isbn", "zotero-link"]
                .into_iter()
                .all(names_work)
        );
        assert!(!["id", "permalink", "canonical", "title", "aliases", "ibid"].into_iter().any(names_work));
    }
}
