//! `workspace/textDocumentContent`: gives the client the text that was extracted from a document, under an `ibid:` URI. A
//! client without this request opens the file in the cache that holds the text.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Serialize};
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::{Uri, request::Request},
};

use super::{
    owner_handle::{OwnerHandle, When},
    view::View,
    work,
};

/// The parameters of `workspace/textDocumentContent` and of [`Refresh`].
#[derive(Serialize, Deserialize)]
pub(super) struct TextContentParams {
    pub(super) uri: Uri,
}

/// The result of `workspace/textDocumentContent`.
#[derive(Serialize)]
pub(super) struct TextContentResult {
    text: String,
}

/// `workspace/textDocumentContent/refresh`: asks the client to request a text again.
pub(super) enum Refresh {}

impl Request for Refresh {
    type Params = TextContentParams;
    type Result = ();
    const METHOD: &'static str = "workspace/textDocumentContent/refresh";
}

/// The texts that the client has: by URI, the file in the cache that holds that version of the text.
#[derive(Clone, Default)]
pub(super) struct Texts {
    given: Arc<Mutex<HashMap<Uri, PathBuf>>>,
}

impl Texts {
    /// The text at a URI. An error if no source has its text there.
    pub(super) async fn give(&self, uri: Uri, view: Option<View>) -> Result<TextContentResult> {
        let Some(view) = view.filter(|view| view.file.extracted().is_some()) else { return Err(missing(&uri)) };
        let path = view.file.text_path().to_owned();
        let text = work::read(view, |view| Some(view.file.page()?.text().to_owned())).await?;
        let text = text.ok_or_else(|| missing(&uri))?;
        self.with_given(|given| given.insert(uri, path));
        Ok(TextContentResult { text })
    }

    /// Forgets a document that the client has closed.
    pub(super) fn closed(&self, uri: &Uri) {
        self.with_given(|given| given.remove(uri));
    }

    /// The URIs whose text has changed since the client got it.
    pub(super) async fn outdated(&self, owner: &OwnerHandle) -> Vec<Uri> {
        let mut outdated = Vec::new();
        for (uri, path) in self.with_given(|given| given.clone()).unwrap_or_default() {
            let view = owner.view(&uri, When::Now).await;
            if matches!(view, Ok(Some(view)) if view.file.text_path() != path) {
                outdated.push(uri);
            }
        }
        outdated
    }

    fn with_given<T>(&self, use_it: impl FnOnce(&mut HashMap<Uri, PathBuf>) -> T) -> Option<T> {
        self.given.lock().ok().map(|mut given| use_it(&mut given))
    }
}

fn missing(uri: &Uri) -> Error {
    Error::invalid_params(format!("No source has its text at {}", uri.as_str()))
}
