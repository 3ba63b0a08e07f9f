//! One function per request about a file: convert in, ask, convert out.

use ibid_ide::{Renamable, RenameError};
use tower_lsp::ls_types as lsp;

use super::{completion, convert, view::View};

/// `textDocument/hover`
pub(super) fn hover(view: &View, position: lsp::Position) -> Option<lsp::Hover> {
    let hover = ibid_ide::hover(&view.snapshot, view.file.id, view.offset(position))?;
    Some(convert::hover(view, &hover))
}

/// `textDocument/definition`
pub(super) fn definition(view: &View, position: lsp::Position) -> Option<lsp::GotoDefinitionResponse> {
    let (origin, places) = ibid_ide::goto_definition(&view.snapshot, view.file.id, view.offset(position))?;
    let origin = view.range(origin);
    if view.abilities.links {
        let links = places.into_iter().filter_map(|place| convert::location_link(view, origin, place));
        return Some(lsp::GotoDefinitionResponse::Link(links.collect()));
    }
    let locations = places.into_iter().filter_map(|place| convert::location(view, place));
    Some(lsp::GotoDefinitionResponse::Array(locations.collect()))
}

/// `textDocument/codeLens`: the claims of a note, counted, above its first line; none for a note that makes none.
pub(super) fn lens(view: &View) -> Vec<lsp::CodeLens> {
    let (snapshot, note) = (&view.snapshot, view.file.id);
    let tally = ibid_ide::tally(snapshot, note, &ibid_ide::examine(snapshot, note));
    let command = lsp::Command { title: tally.to_string(), ..lsp::Command::default() };
    let lens = lsp::CodeLens { range: lsp::Range::default(), command: Some(command), data: None };
    (tally.claims > 0).then_some(lens).into_iter().collect()
}

/// `textDocument/references`
pub(super) fn references(view: &View, position: lsp::Position, with_definition: bool) -> Vec<lsp::Location> {
    let places = ibid_ide::references(&view.snapshot, view.file.id, view.offset(position), with_definition);
    convert::locations(view, &places)
}

/// `textDocument/documentHighlight`
pub(super) fn highlight(view: &View, position: lsp::Position) -> Vec<lsp::DocumentHighlight> {
    let spans = ibid_ide::highlight(&view.snapshot, view.file.id, view.offset(position));
    spans.into_iter().map(|span| lsp::DocumentHighlight { range: view.range(span), kind: None }).collect()
}

/// `textDocument/completion`
pub(super) fn completion(view: &View, position: lsp::Position) -> Option<lsp::CompletionResponse> {
    let completion = ibid_ide::completion(&view.snapshot, view.file.id, view.offset(position))?;
    Some(lsp::CompletionResponse::List(completion::list(view, &completion)))
}

/// `completionItem/resolve`: the item with what can be read of it.
pub(super) fn completion_item(view: &View, item: &lsp::CompletionItem) -> Option<lsp::CompletionItem> {
    let about = completion::about(item)?;
    let markdown = ibid_ide::documentation(&view.snapshot, view.file.id, &about)?;
    let documentation = lsp::Documentation::MarkupContent(convert::markdown(view, &markdown));
    Some(lsp::CompletionItem { documentation: Some(documentation), ..item.clone() })
}

/// `textDocument/prepareRename`
pub(super) fn renamable(view: &View, position: lsp::Position) -> Option<lsp::PrepareRenameResponse> {
    let Renamable { span, name } = ibid_ide::prepare_rename(&view.snapshot, view.file.id, view.offset(position))?;
    Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range: view.range(span), placeholder: name })
}

/// `textDocument/rename`
pub(super) fn rename(
    view: &View,
    position: lsp::Position,
    new: &str,
) -> Result<Option<lsp::WorkspaceEdit>, RenameError> {
    let files = ibid_ide::rename(&view.snapshot, view.file.id, view.offset(position), new)?;
    let files: Vec<_> = files.iter().map(|file| (file.file, &*file.edits)).collect();
    Ok(convert::workspace_edit(view, &files))
}

/// `textDocument/documentSymbol`
pub(super) fn outline(view: &View) -> lsp::DocumentSymbolResponse {
    let symbols = ibid_ide::outline(&view.snapshot, view.file.id);
    if view.abilities.symbol_tree {
        return symbols.iter().map(|symbol| convert::symbol(view, symbol)).collect::<Vec<_>>().into();
    }
    let mut flat = Vec::new();
    convert::flat_symbols(view, None, &symbols, &mut flat);
    flat.into()
}

/// `workspace/symbol`, in one workspace.
pub(super) fn landmarks(view: &View, typed: &str) -> Vec<lsp::SymbolInformation> {
    let landmarks = ibid_ide::workspace_symbols(&view.snapshot, typed);
    landmarks.into_iter().filter_map(|landmark| convert::landmark(view, landmark)).collect()
}

/// `textDocument/foldingRange`
pub(super) fn folding(view: &View) -> Vec<lsp::FoldingRange> {
    ibid_ide::folding(&view.snapshot, view.file.id).iter().map(|fold| convert::fold(view, fold)).collect()
}

/// `textDocument/selectionRange`: for each position, what grows around it.
pub(super) fn selections(view: &View, positions: &[lsp::Position]) -> Vec<lsp::SelectionRange> {
    let around = |position: &lsp::Position| {
        let spans = ibid_ide::selection_ranges(&view.snapshot, view.file.id, view.offset(*position));
        convert::selection(view, *position, &spans)
    };
    positions.iter().map(around).collect()
}

/// `textDocument/documentLink`
pub(super) fn links(view: &View) -> Vec<lsp::DocumentLink> {
    let links = ibid_ide::document_links(&view.snapshot, view.file.id);
    links.into_iter().filter_map(|link| convert::link(view, link)).collect()
}
