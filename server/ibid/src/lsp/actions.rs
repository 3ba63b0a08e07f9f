//! `textDocument/codeAction`: the fixes of the findings under a range.

use ibid_ide::{Finding, diagnostics};
use tower_lsp::ls_types as lsp;

use super::{convert, view::View};

/// Every fix of every finding that the range touches.
pub(super) fn code_actions(view: &View, params: &lsp::CodeActionParams) -> Vec<lsp::CodeActionOrCommand> {
    let wanted = |only: &Vec<lsp::CodeActionKind>| only.iter().any(|kind| "quickfix".starts_with(kind.as_str()));
    if !params.context.only.as_ref().is_none_or(wanted) || !view.snapshot.is_ready() {
        return Vec::new();
    }
    let span = view.span(params.range);
    let touched = |finding: &Finding| finding.span.touches(span.start) || span.touches(finding.span.start);
    let findings = diagnostics(&view.snapshot, view.file.id);
    findings.iter().filter(|finding| touched(finding)).flat_map(|finding| fixes(view, finding)).collect()
}

fn fixes(view: &View, finding: &Finding) -> Vec<lsp::CodeActionOrCommand> {
    let Some(diagnostic) = convert::diagnostic(view, finding) else { return Vec::new() };
    let action = |fix: &ibid_ide::Fix| {
        Some(lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
            title: fix.title.clone(),
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            edit: Some(convert::fix_edit(view, fix)?),
            is_preferred: Some(fix.preferred),
            ..lsp::CodeAction::default()
        }))
    };
    finding.fixes.iter().filter_map(action).collect()
}
