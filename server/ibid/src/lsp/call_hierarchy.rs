//! Quotations as the protocol's call hierarchy: a note "calls" the passages that it quotes.

use ibid_corpus::FileId;
use ibid_ide::{HierarchyItem, HierarchyStep};
use ibid_text::Span;
use tower_lsp::ls_types as lsp;

use super::view::View;

/// The `data` of an item that is a note.
const NOTE: &str = "note";

/// `textDocument/prepareCallHierarchy`
pub(super) fn item_at(view: &View, position: lsp::Position) -> Option<lsp::CallHierarchyItem> {
    item(view, &ibid_ide::hierarchy_item_at(&view.snapshot, view.file.id, view.offset(position))?)
}

/// `callHierarchy/incomingCalls`: the notes that quote a passage or link to a note.
pub(super) fn quoted_by(view: &View, of: &lsp::CallHierarchyItem) -> Option<Vec<lsp::CallHierarchyIncomingCall>> {
    let call = |step: HierarchyStep| {
        let from_ranges = ranges(view, step.other.place.file, &step.spans)?;
        Some(lsp::CallHierarchyIncomingCall { from: item(view, &step.other)?, from_ranges })
    };
    let steps = ibid_ide::incoming_quotations(&view.snapshot, &quoter(view, of)?);
    Some(steps.into_iter().filter_map(call).collect())
}

/// `callHierarchy/outgoingCalls`: the passages that a note quotes.
pub(super) fn quotes(view: &View, of: &lsp::CallHierarchyItem) -> Option<Vec<lsp::CallHierarchyOutgoingCall>> {
    let call = |step: HierarchyStep| {
        let from_ranges = ranges(view, view.file.id, &step.spans)?;
        Some(lsp::CallHierarchyOutgoingCall { to: item(view, &step.other)?, from_ranges })
    };
    let steps = ibid_ide::outgoing_quotations(&view.snapshot, &quoter(view, of)?);
    Some(steps.into_iter().filter_map(call).collect())
}

/// What an item stands for. It may have moved since the item was sent.
fn quoter(view: &View, item: &lsp::CallHierarchyItem) -> Option<HierarchyItem> {
    let is_note = item.data.as_ref().is_some_and(|data| data == NOTE);
    ibid_ide::hierarchy_item_of(&view.snapshot, is_note, view.file.id, view.offset(item.selection_range.start))
}

fn item(view: &View, quoter: &HierarchyItem) -> Option<lsp::CallHierarchyItem> {
    let file = view.other(quoter.place.file)?;
    let range = view.range_in(file, quoter.place.span);
    Some(lsp::CallHierarchyItem {
        name: quoter.name.clone(),
        kind: if quoter.is_note { lsp::SymbolKind::FILE } else { lsp::SymbolKind::STRING },
        tags: None,
        detail: Some(quoter.detail.clone()),
        uri: view.uri(file)?,
        range,
        selection_range: range,
        data: quoter.is_note.then(|| NOTE.into()),
    })
}

fn ranges(view: &View, file: FileId, spans: &[Span]) -> Option<Vec<lsp::Range>> {
    let page = view.other(file)?.page()?;
    Some(spans.iter().map(|&span| view.range_on(&page, span)).collect())
}
