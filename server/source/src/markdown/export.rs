//! The conventions of exported clippings: links to places, headings of sections, labels.

/// A section of an export.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Section {
    /// A section that only this export has.
    #[default]
    Other,
    /// Metadata of the work.
    Metadata,
    /// Highlights from the work.
    Highlights,
}

impl Section {
    /// The section that a heading begins.
    pub(super) fn under(heading: &str) -> Self {
        const HIGHLIGHTS: [&str; 4] = ["highlights", "new highlights added", "extracted annotations", "annotations"];
        let heading = heading.trim().to_lowercase();
        if heading == "metadata" {
            Self::Metadata
        } else if HIGHLIGHTS.iter().any(|lead| heading.starts_with(lead)) {
            Self::Highlights
        } else {
            Self::Other
        }
    }
}

/// Whether a line introduces the highlights below it, as Readwise writes ("Highlights first synced by …").
pub(super) fn announces_highlights(line: &str) -> bool {
    const LEADS: [&str; 2] = ["highlights first synced by", "new highlights added"];
    LEADS.iter().any(|lead| line.get(..lead.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(lead)))
}

/// Whether a link points to a place of a work in a reading app, which is how exports mark a highlight.
pub(super) fn is_place(address: &str) -> bool {
    const APPS: [&str; 9] = [
        "https://read.readwise.io/read/",
        "https://readwise.io/to_kindle?",
        "https://readwise.io/open/",
        "https://instapaper.com/read/",
        "https://www.instapaper.com/read/",
        "kindle://book?",
        "https://hyp.is/",
        "https://hypothes.is/a/",
        "marginnote3app://note/",
    ];
    let is_of_zotero =
        || address.starts_with("zotero://open") && (address.contains("page=") || address.contains("annotation="));
    let is_of_omnivore = || address.starts_with("https://omnivore.app/") && address.contains('#');
    APPS.iter().any(|app| address.starts_with(app)) || is_of_zotero() || is_of_omnivore()
}

/// Whether a link points to a work in a reference manager. Beside a link to a place it is part of the same mark.
pub(super) fn is_item(address: &str) -> bool {
    address.starts_with("zotero://select/")
}

/// Whether a passage is a label of an export: tags, block ids or page properties.
pub(super) fn is_label(line: &str) -> bool {
    let bare = line.trim_start_matches(['*', '_']);
    let is_tag = |word: &str| word.starts_with(['#', '^']);
    let is_property = |line: &str| line.split_once("::").is_some_and(|(key, _)| !key.contains(' '));
    bare.starts_with("Tags:")
        || bare.starts_with("Tags**:")
        || bare.starts_with("Read on Omnivore")
        || announces_highlights(line)
        || line.lines().all(is_property)
        || line.split_whitespace().all(is_tag)
}

/// Whether a line is marked as the reader's note.
pub(super) fn is_remark(line: &str) -> bool {
    let bare = line.trim_start_matches(['*', '_']);
    bare.starts_with("Note:") || bare.starts_with("Note**:")
}
