//! Requests beyond the protocol, for the parts of an editor it does not cover: a tree of sources, inserting a citation, a
//! report of what is indexed.

use std::sync::Arc;

use ibid_corpus::File;
use ibid_ide::{
    Place, QuotedPassage,
    cite::{Style, cite},
};
use ibid_text::Span;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::{convert, uri::path_of, view::View};
use crate::inventory::Inventory;

/// An item of the answer to `ibid/sources`: a source.
#[derive(Serialize)]
pub(super) struct SourceItem {
    uri: lsp::Uri,
    /// Its title, or its path if it has none.
    title: String,
    /// Its path, relative to the root of its workspace.
    path: String,
    authors: Vec<String>,
}

/// An item of the answer to `ibid/quotedPassages`: a passage of a source that notes quote.
#[derive(Serialize)]
pub(super) struct PassageItem {
    range: lsp::Range,
    text: String,
    quotations: Vec<QuotationItem>,
}

/// A quotation of a passage.
#[derive(Serialize)]
struct QuotationItem {
    #[serde(flatten)]
    location: lsp::Location,
    /// The note's path.
    note: String,
}

/// The parameters of `ibid/quotedPassages`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct QuotedPassagesParams {
    /// The source.
    pub(super) text_document: lsp::TextDocumentIdentifier,
}

/// The parameters of `ibid/cite`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CiteParams {
    /// The note that the citation is for.
    pub(super) text_document: lsp::TextDocumentIdentifier,
    /// The source to cite.
    pub(super) source: lsp::TextDocumentIdentifier,
}

/// The sources of a workspace, ordered by path.
pub(super) fn sources(view: &View) -> Vec<SourceItem> {
    let item = |file: &Arc<File>| {
        let metadata = view.snapshot.metadata(file);
        let title = metadata.title.filter(|title| !title.is_empty()).unwrap_or_else(|| file.path.clone());
        Some(SourceItem { uri: view.uri(file)?, title, path: file.path.clone(), authors: metadata.authors })
    };
    view.snapshot.files().filter(|file| file.is_source()).filter_map(item).collect()
}

/// The passages of a source that notes quote.
pub(super) fn quoted_passages(view: &View) -> Vec<PassageItem> {
    let quotation = |place: &Place| {
        let note = view.other(place.file)?.path.clone();
        Some(QuotationItem { location: convert::location(view, *place)?, note })
    };
    let item = |passage: &QuotedPassage| PassageItem {
        range: view.range(passage.place.span),
        text: view.file.words_at(passage.place.span),
        quotations: passage.quotations.iter().filter_map(quotation).collect(),
    };
    ibid_ide::quoted_passages(&view.snapshot, view.file.id).iter().map(item).collect()
}

/// A citation of a source in the style of the note. `None` if there is no such source.
pub(super) fn citation(view: &View, source: &lsp::Uri) -> Option<String> {
    let source = view.snapshot.by_path(&path_of(source)?).filter(|file| file.is_source())?;
    let style = Style::of_note(&*view.file.note()?);
    cite(&view.snapshot, &view.file, Place { file: source.id, span: Span::default() }, style)
}

/// The workspace's root and what is indexed in it, as `ibid sources` prints it.
pub(super) fn report(view: &View) -> String {
    let root = &view.snapshot.config().root;
    format!("{}\n\n{}", root.display(), Inventory::of(&view.snapshot).text())
}
