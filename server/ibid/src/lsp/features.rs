//! One function per request about a file: convert in, ask, convert out.

use tower_lsp::ls_types as lsp;

use super::{convert, view::View};

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
