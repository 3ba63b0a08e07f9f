//! `textDocument/codeAction`: the fixes of the findings in a range, and rewritings there. A client that supports
//! `codeAction/resolve` gets the edits only of the action that was chosen.

use ibid_ide::{Finding, Fix};
use ibid_text::Span;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::{convert, view::View};

/// The kind of the action that matches the typography of all quotations to their sources.
pub(super) const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.ibid");

/// An action and its edits.
struct Offer {
    action: lsp::CodeAction,
    /// Replacements in the note, by span.
    edits: Vec<(Span, String)>,
}

/// The `data` of an action that is sent without its edits: the request that it answered and the text's version.
#[derive(Serialize, Deserialize)]
struct ActionData {
    note: lsp::Uri,
    version: Option<i32>,
    range: lsp::Range,
    only: Option<Vec<lsp::CodeActionKind>>,
    /// The action's index among the offers.
    index: usize,
}

/// Every fix of every finding that the range touches, and the rewritings there. Actions on the whole note are offered only
/// if the client asks for their kind, as editors do on save.
pub(super) fn code_actions(view: &View, params: &lsp::CodeActionParams) -> Vec<lsp::CodeActionOrCommand> {
    let only = params.context.only.as_deref();
    let action = |(index, offer): (usize, Offer)| {
        if !view.capabilities.resolves_code_actions {
            return with_edits(view, offer);
        }
        let (note, version) = (view.uri(&view.file)?, view.version(&view.file));
        let data = ActionData { note, version, range: params.range, only: only.map(<[_]>::to_vec), index };
        Some(lsp::CodeAction { data: serde_json::to_value(data).ok(), ..offer.action })
    };
    let offers = offers(view, params.range, only).into_iter().enumerate();
    offers.filter_map(action).map(lsp::CodeActionOrCommand::CodeAction).collect()
}

/// The note that an action was offered in. `None` if the action already has its edits.
pub(super) fn note_of(action: &lsp::CodeAction) -> Option<lsp::Uri> {
    Some(read(action)?.note)
}

/// An action with its edits. `None` if the note has changed since the action was offered.
pub(super) fn resolved(view: &View, action: &lsp::CodeAction) -> Option<lsp::CodeAction> {
    let ActionData { version, range, only, index, .. } = read(action)?;
    let offer = offers(view, range, only.as_deref()).into_iter().nth(index)?;
    let is_same = version == view.version(&view.file) && offer.action.title == action.title;
    is_same.then(|| with_edits(view, offer)).flatten()
}

fn read(action: &lsp::CodeAction) -> Option<ActionData> {
    serde_json::from_value(action.data.clone()?).ok()
}

fn with_edits(view: &View, offer: Offer) -> Option<lsp::CodeAction> {
    Some(lsp::CodeAction { edit: Some(convert::edit(view, &offer.edits)?), ..offer.action })
}

/// The actions at a range, of the kinds that the client asks for.
fn offers(view: &View, range: lsp::Range, only: Option<&[lsp::CodeActionKind]>) -> Vec<Offer> {
    if !view.snapshot.is_ready() {
        return Vec::new();
    }
    let asked = |kind: &lsp::CodeActionKind| {
        let is_under =
            |only: &lsp::CodeActionKind| format!("{}.", kind.as_str()).starts_with(&format!("{}.", only.as_str()));
        only.map(|only| only.iter().any(is_under))
    };
    let span = view.span(range);
    let mut offers = Vec::new();
    if asked(&lsp::CodeActionKind::QUICKFIX).unwrap_or(true) {
        offers.extend(fixes(view, span));
    }
    if asked(&lsp::CodeActionKind::REFACTOR_REWRITE).unwrap_or(true) {
        let found = ibid_ide::actions(&view.snapshot, view.file.id, span, &view.memo());
        offers.extend(found.into_iter().map(|found| offer(found, lsp::CodeActionKind::REFACTOR_REWRITE)));
    }
    if asked(&FIX_ALL).unwrap_or(false) {
        let found = ibid_ide::match_typography(&view.snapshot, view.file.id, &view.memo());
        offers.extend(found.map(|found| offer(found, FIX_ALL)));
    }
    offers
}

fn offer(found: ibid_ide::Action, kind: lsp::CodeActionKind) -> Offer {
    let action = lsp::CodeAction { title: found.title, kind: Some(kind), ..lsp::CodeAction::default() };
    Offer { action, edits: found.edits }
}

fn fixes(view: &View, span: Span) -> Vec<Offer> {
    let touched = |finding: &&Finding| finding.span.touches(span.start) || span.touches(finding.span.start);
    let examination = view.memo().examined(&view.snapshot, view.file.id);
    examination.findings.iter().filter(touched).flat_map(|finding| fixes_of(view, finding)).collect()
}

fn fixes_of(view: &View, finding: &Finding) -> Vec<Offer> {
    let Some(diagnostic) = convert::diagnostic(view, finding) else { return Vec::new() };
    let offer = |fix: &Fix| Offer {
        action: lsp::CodeAction {
            title: fix.title.clone(),
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            is_preferred: Some(fix.preferred),
            ..lsp::CodeAction::default()
        },
        edits: fix.edits.clone(),
    };
    finding.fixes.iter().map(offer).collect()
}
