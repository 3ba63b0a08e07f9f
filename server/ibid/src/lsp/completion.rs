//! Completion lists. An item's `data` says what its documentation is about, for `completionItem/resolve`.

use ibid_corpus::FileId;
use ibid_ide::completion::{About, Completion, Item, Kind};
use ibid_text::Span;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::view::View;

/// The `data` of an item.
#[derive(Serialize, Deserialize)]
struct ItemData {
    /// The note that the item was offered in.
    note: lsp::Uri,
    about: Subject,
}

/// The subject of an item's documentation, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Subject {
    Term(String),
    File(u32),
    Work(String),
    Passage(u32, u32, u32),
}

/// The items in the order in which the client should show them.
pub(super) fn list(view: &View, completion: &Completion) -> lsp::CompletionList {
    let items = completion.items.iter().enumerate().map(|(at, offered)| item(view, at, offered)).collect();
    lsp::CompletionList { is_incomplete: completion.is_incomplete, items }
}

fn item(view: &View, at: usize, item: &Item) -> lsp::CompletionItem {
    let edit = lsp::TextEdit::new(view.range(item.span), item.insert.clone());
    lsp::CompletionItem {
        label: item.label.clone(),
        kind: Some(kind(item.kind)),
        detail: item.detail.clone(),
        sort_text: Some(format!("{at:03}")),
        filter_text: Some(item.filter.clone()),
        text_edit: Some(lsp::CompletionTextEdit::Edit(edit)),
        data: item.about.as_ref().and_then(|about| data(view, about)),
        ..lsp::CompletionItem::default()
    }
}

const fn kind(kind: Kind) -> lsp::CompletionItemKind {
    match kind {
        Kind::Term => lsp::CompletionItemKind::KEYWORD,
        Kind::Source | Kind::Note => lsp::CompletionItemKind::FILE,
        Kind::Work | Kind::Heading | Kind::Footnote | Kind::Block => lsp::CompletionItemKind::REFERENCE,
        Kind::Quotation => lsp::CompletionItemKind::TEXT,
    }
}

fn data(view: &View, about: &About) -> Option<serde_json::Value> {
    let about = match about {
        About::Term(name) => Subject::Term(name.clone()),
        About::File(file) => Subject::File(file.0),
        About::Work(key) => Subject::Work(key.clone()),
        About::Passage(file, span) => Subject::Passage(file.0, span.start, span.end),
    };
    serde_json::to_value(ItemData { note: view.uri(&view.file)?, about }).ok()
}

/// The note that an item was offered in. `None` if the item has no documentation.
pub(super) fn note_of(item: &lsp::CompletionItem) -> Option<lsp::Uri> {
    Some(read(item)?.note)
}

/// The subject of an item's documentation.
pub(super) fn about(item: &lsp::CompletionItem) -> Option<About> {
    Some(match read(item)?.about {
        Subject::Term(name) => About::Term(name),
        Subject::File(file) => About::File(FileId(file)),
        Subject::Work(key) => About::Work(key),
        Subject::Passage(file, start, end) => About::Passage(FileId(file), Span::new(start, end.max(start))),
    })
}

fn read(item: &lsp::CompletionItem) -> Option<ItemData> {
    serde_json::from_value(item.data.clone()?).ok()
}
