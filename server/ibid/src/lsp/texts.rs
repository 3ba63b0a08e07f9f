//! `workspace/textDocumentContent`: the texts of documents that have none of their own, under addresses of ours. To a client
//! that does not ask for them, the text is a file of the cache.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Serialize};
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
    ls_types::{self as lsp, Uri},
};

use super::{
    refresh::told,
    state::{State, When},
    view::View,
    work,
};

/// The scheme of those addresses: `ibid:` and the document's path, with [`SUFFIX`].
pub(super) const SCHEME: &str = "ibid";

/// What ends them, so that an editor takes for text what it is shown, not for the document.
const SUFFIX: &str = ".txt";

/// The address of the text of the document at a path.
pub(super) fn address(document: &Path) -> Option<Uri> {
    let file = Uri::from_file_path(document)?;
    let path = file.as_str().strip_prefix("file:")?;
    format!("{SCHEME}:{path}{SUFFIX}").parse().ok()
}

/// The path of the document whose text is at an address; `None` for every other address.
pub(super) fn document(text: &Uri) -> Option<PathBuf> {
    let path = (text.scheme().as_str() == SCHEME).then(|| text.to_file_path())??;
    Some(PathBuf::from(path.to_str()?.strip_suffix(SUFFIX)?))
}

/// `workspace/textDocumentContent`: of what.
#[derive(Serialize, Deserialize)]
pub(super) struct TextAt {
    pub(super) uri: Uri,
}

/// Its answer.
#[derive(Serialize)]
pub(super) struct Text {
    text: String,
}

/// Which texts the client was given: by address, where the cache keeps that very text.
#[derive(Clone, Default)]
pub(super) struct Texts {
    given: Arc<Mutex<HashMap<Uri, PathBuf>>>,
}

impl Texts {
    /// Gives the text at an address; an error where no source has its text there.
    pub(super) async fn give(&self, uri: Uri, view: Option<View>) -> Result<Text> {
        let Some(view) = view.filter(|view| view.file.extracted().is_some()) else { return Err(missing(&uri)) };
        let kept = view.file.text_path().to_owned();
        let text = work::read(view, |view| Some(view.file.page()?.text().to_owned())).await?;
        let text = text.ok_or_else(|| missing(&uri))?;
        self.with_given(|given| given.insert(uri, kept));
        Ok(Text { text })
    }

    /// The client has closed a document.
    pub(super) fn closed(&self, uri: &Uri) {
        self.with_given(|given| given.remove(uri));
    }

    /// Has the client ask again for the texts that are others by now.
    pub(super) async fn refresh(&self, client: &Client, state: &State) {
        for (uri, kept) in self.with_given(|given| given.clone()).unwrap_or_default() {
            let view = state.view(&uri, When::Now).await;
            if matches!(view, Ok(Some(view)) if view.file.text_path() != kept) {
                told(client.send_request::<Refresh>(TextAt { uri }).await);
            }
        }
    }

    fn with_given<T>(&self, use_it: impl FnOnce(&mut HashMap<Uri, PathBuf>) -> T) -> Option<T> {
        self.given.lock().ok().map(|mut given| use_it(&mut given))
    }
}

fn missing(uri: &Uri) -> Error {
    Error::invalid_params(format!("no source has its text at {}", uri.as_str()))
}

/// `workspace/textDocumentContent/refresh`
enum Refresh {}

impl lsp::request::Request for Refresh {
    type Params = TextAt;
    type Result = ();
    const METHOD: &'static str = "workspace/textDocumentContent/refresh";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_document() {
        let paper = Path::new("/home/me/my papers/größe #1.pdf");
        let uri = address(paper).expect("a path has an address");
        assert_eq!(document(&uri).as_deref(), Some(paper));
        assert!(uri.as_str().starts_with("ibid:") && uri.as_str().ends_with(".pdf.txt"), "{}", uri.as_str());
        // As VS Code writes the same address.
        let short: Uri = uri.as_str().replace("ibid:///", "ibid:/").parse().expect("an address");
        assert_eq!(document(&short).as_deref(), Some(paper));
    }

    #[test]
    fn other_addresses_are_no_texts() {
        for other in ["file:///paper.pdf.txt", "ibid:/paper.pdf", "ibid:", "untitled:Untitled-1"] {
            assert_eq!(document(&other.parse().expect("an address")), None, "{other}");
        }
    }
}
