//! One function per request about a file: converts the parameters, calls the feature, converts the result.

use std::path::PathBuf;

use ibid_ide::{ClaimState, Place, References, Renamable, Renaming};
use tower_lsp::ls_types as lsp;

use super::{
    completion,
    convert::{self, Edited},
    doubtful,
    view::View,
};

/// `textDocument/hover`
pub(super) fn hover(view: &View, position: lsp::Position) -> Option<lsp::Hover> {
    let hover = ibid_ide::hover(&view.snapshot, view.file.id, view.offset(position), &view.memo())?;
    Some(convert::hover(view, &hover))
}

/// `textDocument/definition`
pub(super) fn definition(view: &View, position: lsp::Position) -> Option<lsp::GotoDefinitionResponse> {
    let (origin, places) =
        ibid_ide::goto_definition(&view.snapshot, view.file.id, view.offset(position), &view.memo())?;
    Some(convert::definition_response(view, origin, places))
}

/// `textDocument/declaration`
pub(super) fn declaration(view: &View, position: lsp::Position) -> Option<lsp::GotoDefinitionResponse> {
    let (origin, places) = ibid_ide::goto_declaration(&view.snapshot, view.file.id, view.offset(position))?;
    Some(convert::definition_response(view, origin, places))
}

/// `textDocument/codeLens`: the counts of a note's claims above its first line, which leads to them, and the number of quoting
/// notes above each quoted passage of a source.
pub(super) fn lens(view: &View) -> Vec<lsp::CodeLens> {
    let (snapshot, file) = (&view.snapshot, view.file.id);
    let examination = view.memo().examined(snapshot, file);
    let counts = ibid_ide::claim_statistics(snapshot, file, &examination);
    let mut claims = ibid_ide::claims(snapshot, file, &examination);
    if counts.supported < counts.claims {
        claims.retain(|(_, state)| *state != ClaimState::Supported);
    }
    let places: Vec<Place> = claims.into_iter().map(|(span, _)| Place { file, span }).collect();
    let of_claims = convert::lens_to(view, lsp::Range::default(), counts.to_string(), &places);
    let of_claims = of_claims.filter(|_| counts.claims > 0);
    let quoted = ibid_ide::quoted_passages(snapshot, file);
    of_claims.into_iter().chain(quoted.iter().filter_map(|passage| convert::quoted_lens(view, passage))).collect()
}

/// `textDocument/inlayHint`
pub(super) fn hints(view: &View, range: lsp::Range) -> Vec<lsp::InlayHint> {
    let hints = ibid_ide::inlay_hints(&view.snapshot, view.file.id, view.span(range), &view.memo());
    hints.iter().map(|hint| convert::hint(view, hint)).collect()
}

/// `textDocument/references`, and a message for the person if the list is incomplete.
pub(super) fn references(
    view: &View,
    position: lsp::Position,
    with_definition: bool,
) -> (Vec<lsp::Location>, Option<String>) {
    let References { places, is_partial } =
        ibid_ide::references(&view.snapshot, view.file.id, view.offset(position), with_definition);
    let message = || format!("ibid lists {} places; there may be more.", places.len());
    (convert::locations(view, &places), is_partial.then(message))
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

/// `completionItem/resolve`: the item with its documentation.
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

/// `textDocument/rename`, or the reason why it is refused.
pub(super) fn rename(view: &View, position: lsp::Position, new: &str) -> Result<Option<lsp::WorkspaceEdit>, String> {
    let renaming = ibid_ide::rename(&view.snapshot, view.file.id, view.offset(position), new);
    let Renaming { edits, doubts, moved } = renaming.map_err(|refusal| refusal.to_string())?;
    if moved.is_some() && !view.capabilities.renames_files {
        return Err("This editor cannot rename files for a language server: rename the file itself".to_owned());
    }
    if !doubts.is_empty() {
        return Ok(doubtful::workspace_edit(view, edits, &doubts));
    }
    let edits = edits.iter().map(|file| convert::edited(view, file.file, &file.edits)).collect::<Option<_>>();
    let moved = moved.and_then(|(file, there)| convert::moved(view, file, &there));
    Ok(edits.map(|edits| convert::workspace_edit(&view.capabilities, edits, moved)))
}

/// `workspace/willRenameFiles` in one workspace.
pub(super) fn move_files(view: &View, moves: &[(PathBuf, PathBuf)]) -> Vec<Edited> {
    let files = ibid_ide::move_files(&view.snapshot, moves);
    files.iter().filter_map(|file| convert::edited(view, file.file, &file.edits)).collect()
}

/// What to tell about links that a move of files leaves as they are. `None` if there are none.
pub(super) fn links_left(view: &View, moves: &[(PathBuf, PathBuf)]) -> Option<String> {
    /// How many places are named.
    const NAMED: usize = 3;
    let left = ibid_ide::links_left(&view.snapshot, moves);
    let place = |place: &Place| {
        let file = view.other(place.file)?;
        Some(format!("{} at {}:{}", file.words_at(place.span), file.path, file.line_of(place.span.start) + 1))
    };
    let mut named: Vec<String> = left.iter().take(NAMED).filter_map(place).collect();
    if left.len() > NAMED {
        named.push(format!("{} more", left.len() - NAMED));
    }
    let reason = "the new name cannot be written in a wiki-link of front matter";
    (!named.is_empty()).then(|| format!("ibid: {reason}, so these stay as they are: {}", named.join(", ")))
}

/// `textDocument/documentSymbol`
pub(super) fn outline(view: &View) -> lsp::DocumentSymbolResponse {
    let symbols = ibid_ide::outline(&view.snapshot, view.file.id);
    if view.capabilities.symbol_tree {
        return symbols.iter().map(|symbol| convert::symbol(view, symbol)).collect::<Vec<_>>().into();
    }
    let mut flat = Vec::new();
    convert::flat_symbols(view, None, &symbols, &mut flat);
    flat.into()
}

/// `workspace/symbol` in one workspace.
pub(super) fn landmarks(view: &View, typed: &str) -> Vec<lsp::SymbolInformation> {
    let landmarks = ibid_ide::workspace_symbols(&view.snapshot, typed);
    landmarks.into_iter().filter_map(|landmark| convert::landmark(view, landmark)).collect()
}

/// `textDocument/foldingRange`
pub(super) fn folding(view: &View) -> Vec<lsp::FoldingRange> {
    ibid_ide::folding(&view.snapshot, view.file.id).iter().map(|fold| convert::fold(view, fold)).collect()
}

/// `textDocument/selectionRange`: the nested ranges around each position.
pub(super) fn selections(view: &View, positions: &[lsp::Position]) -> Vec<lsp::SelectionRange> {
    let around = |position: &lsp::Position| {
        let spans = ibid_ide::selection_ranges(&view.snapshot, view.file.id, view.offset(*position));
        convert::selection(view, *position, &spans)
    };
    positions.iter().map(around).collect()
}

/// `textDocument/documentLink`
pub(super) fn links(view: &View) -> Vec<lsp::DocumentLink> {
    let links = ibid_ide::document_links(&view.snapshot, view.file.id, &view.memo());
    links.into_iter().filter_map(|link| convert::link(view, link)).collect()
}
