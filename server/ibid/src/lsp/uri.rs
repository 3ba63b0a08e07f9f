//! Paths and the URIs that name them in the protocol.
//!
//! A document that has no text of its own, such as a PDF, has two URIs: `file:` names the document, `ibid:` the text that
//! was extracted from it. Both lead to the same path.

use std::path::{Path, PathBuf};

use tower_lsp::ls_types::Uri;

/// The scheme of extracted texts: `ibid:`, the document's path, [`SUFFIX`].
pub(super) const SCHEME: &str = "ibid";

/// The suffix of extracted texts. It makes editors treat the text as text and not as the document.
const SUFFIX: &str = ".txt";

/// The path of a file or folder, without a trailing `/`. `None` if the URI names neither a file nor an extracted text.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if let Some(document) = document_of(uri) {
        return Some(document);
    }
    let path = uri.scheme().as_str().eq_ignore_ascii_case("file").then(|| uri.to_file_path())??;
    Some(path.components().collect())
}

/// The paths of all URIs that have one.
pub(super) fn paths_of<'a>(uris: impl IntoIterator<Item = &'a Uri>) -> Vec<PathBuf> {
    uris.into_iter().filter_map(path_of).collect()
}

/// The URI of the text that was extracted from the document at a path.
pub(super) fn of_extracted_text(document: &Path) -> Option<Uri> {
    let file = Uri::from_file_path(document)?;
    let path = file.as_str().strip_prefix("file:")?;
    format!("{SCHEME}:{path}{SUFFIX}").parse().ok()
}

/// The path of the document that an extracted text belongs to. `None` for any other URI.
fn document_of(text: &Uri) -> Option<PathBuf> {
    let path = (text.scheme().as_str() == SCHEME).then(|| text.to_file_path())??;
    Some(PathBuf::from(path.to_str()?.strip_suffix(SUFFIX)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uri_of_an_extracted_text_leads_back_to_its_document() {
        let paper = Path::new("/home/me/my papers/größe #1.pdf");
        let uri = of_extracted_text(paper).expect("a path has a URI");
        assert_eq!(document_of(&uri).as_deref(), Some(paper));
        assert!(uri.as_str().starts_with("ibid:") && uri.as_str().ends_with(".pdf.txt"), "{}", uri.as_str());
        // VS Code writes the same URI like this.
        let short: Uri = uri.as_str().replace("ibid:///", "ibid:/").parse().expect("a URI");
        assert_eq!(document_of(&short).as_deref(), Some(paper));
    }

    #[test]
    fn other_uris_name_no_extracted_text() {
        for other in ["file:///paper.pdf.txt", "ibid:/paper.pdf", "ibid:", "untitled:Untitled-1"] {
            assert_eq!(document_of(&other.parse().expect("a URI")), None, "{other}");
        }
    }
}
