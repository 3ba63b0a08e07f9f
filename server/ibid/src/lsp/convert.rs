//! Converts the results of features to the protocol's types.

use std::path::Path;

use ibid_corpus::{FileId, Severity};
use ibid_ide::{
    Finding, Fold, Hint, Link, Place, Problem, QuotedPassage, Related, Section, WorkspaceSymbol, WorkspaceSymbolKind,
};
use ibid_text::Span;
use serde_json::json;
use tower_lsp::ls_types as lsp;

use super::{client_capabilities::ClientCapabilities, documentation, view::View};

/// What precedes the target of a link to a place in a hover; see [`ibid_ide::markdown::link`].
const PLACE_LINK: &str = "](ibid-file:";

/// The beginning of a URI fragment that names a page (RFC 8118).
const PAGE: &str = "page=";

/// A finding as a diagnostic. `None` if its severity is off.
pub(super) fn diagnostic(view: &View, finding: &Finding) -> Option<lsp::Diagnostic> {
    let name = finding.code.rule().name;
    let related = || finding.related.iter().filter_map(|related| related_place(view, related)).collect();
    Some(lsp::Diagnostic {
        range: view.range(finding.span),
        severity: Some(severity(finding.severity)?),
        code: Some(lsp::NumberOrString::String(name.to_owned())),
        code_description: view.capabilities.code_description.then(|| documentation::link(name)).flatten(),
        source: Some("ibid".to_owned()),
        message: finding.message.clone(),
        related_information: view.capabilities.related_information.then(related),
        tags: None,
        data: None,
    })
}

/// A problem as a diagnostic without a code.
pub(super) fn problem(view: &View, problem: &Problem) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: view.range(problem.span),
        severity: Some(lsp::DiagnosticSeverity::WARNING),
        source: Some("ibid".to_owned()),
        message: problem.message.clone(),
        ..lsp::Diagnostic::default()
    }
}

/// The protocol's severity. `None` for off.
fn severity(severity: Severity) -> Option<lsp::DiagnosticSeverity> {
    match severity {
        Severity::Off => None,
        Severity::Hint => Some(lsp::DiagnosticSeverity::HINT),
        Severity::Information => Some(lsp::DiagnosticSeverity::INFORMATION),
        Severity::Warning => Some(lsp::DiagnosticSeverity::WARNING),
        Severity::Error => Some(lsp::DiagnosticSeverity::ERROR),
    }
}

fn related_place(view: &View, related: &Related) -> Option<lsp::DiagnosticRelatedInformation> {
    let location = location(view, Place { file: related.file, span: related.span })?;
    Some(lsp::DiagnosticRelatedInformation { location, message: related.message.clone() })
}

/// A place as a location.
pub(super) fn location(view: &View, place: Place) -> Option<lsp::Location> {
    let file = view.other(place.file)?;
    Some(lsp::Location::new(view.uri(file)?, view.range_in(file, place.span)))
}

/// Places as locations. Adjacent places in one file share one look-up of the file.
pub(super) fn locations(view: &View, places: &[Place]) -> Vec<lsp::Location> {
    let of_file = |places: &[Place]| {
        let file = view.other(places.first()?.file)?;
        let uri = view.uri(file)?;
        let location = |place: &Place| lsp::Location::new(uri.clone(), view.range_in(file, place.span));
        Some(places.iter().map(location).collect::<Vec<_>>())
    };
    places.chunk_by(|a, b| a.file == b.file).filter_map(of_file).flatten().collect()
}

/// A place as a link from `origin`.
pub(super) fn location_link(view: &View, origin: lsp::Range, place: Place) -> Option<lsp::LocationLink> {
    let lsp::Location { uri, range } = location(view, place)?;
    Some(lsp::LocationLink {
        origin_selection_range: Some(origin),
        target_uri: uri,
        target_range: range,
        target_selection_range: range,
    })
}

/// The answer to a definition or declaration request: the places that the words under `origin` lead to.
pub(super) fn definition_response(view: &View, origin: Span, places: Vec<Place>) -> lsp::GotoDefinitionResponse {
    let origin = view.range(origin);
    if view.capabilities.definition_links {
        let links = places.into_iter().filter_map(|place| location_link(view, origin, place));
        return lsp::GotoDefinitionResponse::Link(links.collect());
    }
    lsp::GotoDefinitionResponse::Array(places.into_iter().filter_map(|place| location(view, place)).collect())
}

/// A lens that counts the notes that quote a passage. Clicking it lists the quotations, if the client supports that.
pub(super) fn quoted_lens(view: &View, passage: &QuotedPassage) -> Option<lsp::CodeLens> {
    let range = view.range(passage.place.span);
    let notes = passage.notes();
    let title = format!("Quoted in {notes} {}", if notes == 1 { "note" } else { "notes" });
    lens_to(view, range, title, &passage.quotations)
}

/// A code lens at the start of a range. A click on it lists places, where the client has a command for that.
pub(super) fn lens_to(view: &View, range: lsp::Range, title: String, places: &[Place]) -> Option<lsp::CodeLens> {
    let command = if view.capabilities.shows_references {
        let (uri, locations) = (view.uri(&view.file)?, locations(view, places));
        let arguments = vec![json!(uri), json!(range.start), json!(locations)];
        lsp::Command::new(title, "ibid.showReferences".to_owned(), Some(arguments))
    } else {
        lsp::Command { title, ..lsp::Command::default() }
    };
    Some(lsp::CodeLens { range: lsp::Range::new(range.start, range.start), command: Some(command), data: None })
}

/// An inlay hint. Clicking it opens the place that it names.
pub(super) fn hint(view: &View, hint: &Hint) -> lsp::InlayHint {
    let label = lsp::InlayHintLabelPart {
        value: hint.label.clone(),
        location: location(view, hint.place),
        ..lsp::InlayHintLabelPart::default()
    };
    lsp::InlayHint {
        position: view.range(Span::empty(hint.offset)).start,
        label: lsp::InlayHintLabel::LabelParts(vec![label]),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// A hover.
pub(super) fn hover(view: &View, hover: &ibid_ide::Hover) -> lsp::Hover {
    lsp::Hover {
        contents: lsp::HoverContents::Markup(markdown(view, &hover.markdown)),
        range: Some(view.range(hover.span)),
    }
}

/// Markdown in which links to places have URIs that the client can open.
pub(super) fn markdown(view: &View, markdown: &str) -> lsp::MarkupContent {
    let value = with_file_links(markdown, |file, fragment| {
        let file = view.other(FileId(file))?;
        // A page number refers to the document, a line number to the text that was extracted from it. Editors do not open
        // `ibid:` links in hovers, so the link names the file in the cache.
        let uri = match file.extracted() {
            Some(_) if fragment.starts_with(PAGE) => View::own_uri(file),
            Some(_) => View::text_uri(file),
            None => view.uri(file),
        }?;
        Some(format!("{}#{fragment}", uri.as_str()))
    });
    lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value }
}

/// A section as a node of the outline.
#[expect(deprecated, reason = "the field has no default")]
pub(super) fn symbol(view: &View, symbol: &Section) -> lsp::DocumentSymbol {
    lsp::DocumentSymbol {
        name: symbol.title.clone(),
        detail: None,
        kind: lsp::SymbolKind::STRING,
        tags: None,
        deprecated: None,
        range: view.range(symbol.span),
        selection_range: view.range(symbol.heading),
        children: Some(symbol.children.iter().map(|child| self::symbol(view, child)).collect()),
    }
}

/// Sections as a flat list in which each names its parent, for clients that do not accept a tree.
#[expect(deprecated, reason = "the field has no default")]
pub(super) fn flat_symbols(
    view: &View,
    parent: Option<&str>,
    symbols: &[Section],
    flat: &mut Vec<lsp::SymbolInformation>,
) {
    let Some(uri) = view.uri(&view.file) else { return };
    for symbol in symbols {
        flat.push(lsp::SymbolInformation {
            name: symbol.title.clone(),
            kind: lsp::SymbolKind::STRING,
            tags: None,
            deprecated: None,
            location: lsp::Location::new(uri.clone(), view.range(symbol.span)),
            container_name: parent.map(str::to_owned),
        });
        flat_symbols(view, Some(&symbol.title), &symbol.children, flat);
    }
}

/// A term, file or heading of the workspace.
#[expect(deprecated, reason = "the field has no default")]
pub(super) fn landmark(view: &View, landmark: WorkspaceSymbol) -> Option<lsp::SymbolInformation> {
    Some(lsp::SymbolInformation {
        kind: match landmark.kind {
            WorkspaceSymbolKind::Term => lsp::SymbolKind::KEY,
            WorkspaceSymbolKind::Source | WorkspaceSymbolKind::Note => lsp::SymbolKind::FILE,
            WorkspaceSymbolKind::Work => lsp::SymbolKind::CONSTANT,
            WorkspaceSymbolKind::Heading => lsp::SymbolKind::STRING,
        },
        location: location(view, landmark.place)?,
        name: landmark.name,
        container_name: Some(landmark.within),
        tags: None,
        deprecated: None,
    })
}

/// A folding range of whole lines.
pub(super) fn fold(view: &View, fold: &Fold) -> lsp::FoldingRange {
    let range = view.range(fold.span);
    let kind = if fold.is_comment { lsp::FoldingRangeKind::Comment } else { lsp::FoldingRangeKind::Region };
    lsp::FoldingRange {
        start_line: range.start.line,
        end_line: range.end.line,
        kind: Some(kind),
        ..lsp::FoldingRange::default()
    }
}

/// A selection range from spans around a position, smallest first.
pub(super) fn selection(view: &View, position: lsp::Position, spans: &[Span]) -> lsp::SelectionRange {
    let grow = |parent: Option<lsp::SelectionRange>, span: &Span| {
        Some(lsp::SelectionRange { range: view.range(*span), parent: parent.map(Box::new) })
    };
    let smallest = spans.iter().rev().fold(None, grow);
    smallest.unwrap_or_else(|| lsp::SelectionRange { range: lsp::Range::new(position, position), parent: None })
}

/// A link from a citation to the line that it leads to.
pub(super) fn link(view: &View, link: Link) -> Option<lsp::DocumentLink> {
    let target = location(view, link.place)?;
    let target = format!("{}#L{}", target.uri.as_str(), target.range.start.line + 1).parse().ok()?;
    Some(lsp::DocumentLink { range: view.range(link.span), target: Some(target), tooltip: None, data: None })
}

/// Replaces the target of each `](ibid-file:ID#FRAGMENT)` by what `uri` returns for it. Text from sources is escaped, so it
/// contains no such link.
fn with_file_links(markdown: &str, uri: impl Fn(u32, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once(PLACE_LINK) {
        let (target, tail) = after.split_once(')').unwrap_or((after, ""));
        let found = target.split_once('#').and_then(|(id, fragment)| uri(id.parse().ok()?, fragment));
        out.push_str(before);
        out.push_str("](");
        out.push_str(found.as_deref().unwrap_or(""));
        out.push(')');
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A workspace edit with replacements in the view's file.
pub(super) fn edit(view: &View, edits: &[(Span, String)]) -> Option<lsp::WorkspaceEdit> {
    Some(workspace_edit(&view.capabilities, vec![edited(view, view.file.id, edits)?], None))
}

/// The edits of one file, and the version of the file that they apply to.
pub(super) struct Edited {
    pub(super) uri: lsp::Uri,
    pub(super) version: Option<i32>,
    pub(super) edits: Vec<lsp::TextEdit>,
}

/// Edits of one file. `None` if the file is gone.
pub(super) fn edited(view: &View, file: FileId, edits: &[(Span, String)]) -> Option<Edited> {
    let file = view.other(file)?;
    let edit = |(span, text): &(Span, String)| lsp::TextEdit::new(view.range_in(file, *span), text.clone());
    Some(Edited { uri: view.uri(file)?, version: view.version(file), edits: edits.iter().map(edit).collect() })
}

/// A workspace edit: the edits of files and then a file operation. It names versions if the client accepts them.
pub(super) fn workspace_edit(
    capabilities: &ClientCapabilities,
    edits: Vec<Edited>,
    then: Option<lsp::ResourceOp>,
) -> lsp::WorkspaceEdit {
    if !capabilities.versioned_edits {
        return lsp::WorkspaceEdit::new(edits.into_iter().map(|it| (it.uri, it.edits)).collect());
    }
    let versioned = |Edited { uri, version, edits }| lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
    };
    let edits = edits.into_iter().map(versioned);
    let changes = match then {
        None => lsp::DocumentChanges::Edits(edits.collect()),
        Some(operation) => {
            let edits = edits.map(lsp::DocumentChangeOperation::Edit);
            lsp::DocumentChanges::Operations(edits.chain([lsp::DocumentChangeOperation::Op(operation)]).collect())
        }
    };
    lsp::WorkspaceEdit { document_changes: Some(changes), ..lsp::WorkspaceEdit::default() }
}

/// The operation that moves a file to an absolute path.
pub(super) fn moved(view: &View, file: FileId, there: &Path) -> Option<lsp::ResourceOp> {
    Some(lsp::ResourceOp::Rename(lsp::RenameFile {
        old_uri: view.uri(view.other(file)?)?,
        new_uri: lsp::Uri::from_file_path(there)?,
        options: None,
        annotation_id: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_places_become_uris() {
        let uri = |file, fragment: &str| (file == 3).then(|| format!("file:///s.txt#{fragment}"));
        let check = |markdown: &str, expected: &str| assert_eq!(with_file_links(markdown, uri), expected);
        check("[s](ibid-file:3#L12) and [s](ibid-file:3#L1).", "[s](file:///s.txt#L12) and [s](file:///s.txt#L1).");
        check("[gone](ibid-file:9#L12)", "[gone]()");
        check("no link \\]\\(ibid\\-file\\:3\\#L1\\)", "no link \\]\\(ibid\\-file\\:3\\#L1\\)");
        check("[cut](ibid-file:3#L1", "[cut](file:///s.txt#L1)");
    }
}
