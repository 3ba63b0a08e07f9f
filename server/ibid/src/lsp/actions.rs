//! `textDocument/codeAction`: the fixes of the findings under a range, and what else can be done there.

use ibid_ide::{Action, Finding};
use ibid_text::Span;
use tower_lsp::ls_types as lsp;

use super::{convert, view::View};

/// Sets all quotations as their sources do.
pub(super) const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.ibid");

/// Every fix of every finding that the range touches, and the rewritings there. What is done to the whole note is offered to
/// those alone who ask for it, as editors do when they save.
pub(super) fn code_actions(view: &View, params: &lsp::CodeActionParams) -> Vec<lsp::CodeActionOrCommand> {
    if !view.snapshot.is_ready() {
        return Vec::new();
    }
    let asked = |kind: &lsp::CodeActionKind| {
        let is_under =
            |only: &lsp::CodeActionKind| format!("{}.", kind.as_str()).starts_with(&format!("{}.", only.as_str()));
        params.context.only.as_ref().map(|only| only.iter().any(is_under))
    };
    let span = view.span(params.range);
    let mut actions = Vec::new();
    if asked(&lsp::CodeActionKind::QUICKFIX).unwrap_or(true) {
        actions.extend(fixes(view, span));
    }
    if asked(&lsp::CodeActionKind::REFACTOR_REWRITE).unwrap_or(true) {
        let found = ibid_ide::actions(&view.snapshot, view.file.id, span, &view.memo());
        actions.extend(found.iter().filter_map(|found| action(view, found, lsp::CodeActionKind::REFACTOR_REWRITE)));
    }
    if asked(&FIX_ALL).unwrap_or(false) {
        let found = ibid_ide::set_as_sources(&view.snapshot, view.file.id);
        actions.extend(found.and_then(|found| action(view, &found, FIX_ALL)));
    }
    actions
}

fn action(view: &View, action: &Action, kind: lsp::CodeActionKind) -> Option<lsp::CodeActionOrCommand> {
    Some(lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
        title: action.title.clone(),
        kind: Some(kind),
        edit: Some(convert::edit(view, &action.edits)?),
        ..lsp::CodeAction::default()
    }))
}

fn fixes(view: &View, span: Span) -> Vec<lsp::CodeActionOrCommand> {
    let touched = |finding: &Finding| finding.span.touches(span.start) || span.touches(finding.span.start);
    let examination = view.memo().examined(&view.snapshot, view.file.id);
    examination.findings.iter().filter(|finding| touched(finding)).flat_map(|finding| fixes_of(view, finding)).collect()
}

fn fixes_of(view: &View, finding: &Finding) -> Vec<lsp::CodeActionOrCommand> {
    let Some(diagnostic) = convert::diagnostic(view, finding) else { return Vec::new() };
    let action = |fix: &ibid_ide::Fix| {
        Some(lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
            title: fix.title.clone(),
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            edit: Some(convert::edit(view, &fix.edits)?),
            is_preferred: Some(fix.preferred),
            ..lsp::CodeAction::default()
        }))
    };
    finding.fixes.iter().filter_map(action).collect()
}
