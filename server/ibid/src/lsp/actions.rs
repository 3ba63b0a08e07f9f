//! `textDocument/codeAction`: the fixes of the findings under a range, and what else can be done there. A client that can ask
//! again is sent no edits with them, but told with `codeAction/resolve` what the one does that was chosen.

use ibid_ide::{Finding, Fix};
use ibid_text::Span;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::{convert, view::View};

/// Sets all quotations as their sources do.
pub(super) const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.ibid");

/// Something that can be done.
struct Offer {
    action: lsp::CodeAction,
    /// Replacements in the note.
    edits: Vec<(Span, String)>,
}

/// What an action remembers whose edits are not told yet: by which question, on which text, it was offered.
#[derive(Serialize, Deserialize)]
struct Data {
    note: lsp::Uri,
    version: Option<i32>,
    range: lsp::Range,
    only: Option<Vec<lsp::CodeActionKind>>,
    /// Which of the offers it is.
    at: usize,
}

/// Every fix of every finding that the range touches, and the rewritings there. What is done to the whole note is offered to
/// those alone who ask for it, as editors do when they save.
pub(super) fn code_actions(view: &View, params: &lsp::CodeActionParams) -> Vec<lsp::CodeActionOrCommand> {
    let only = params.context.only.as_deref();
    let action = |(at, offer): (usize, Offer)| {
        if !view.abilities.resolves_edits {
            return done(view, offer);
        }
        let (note, version) = (view.uri(&view.file)?, view.version(&view.file));
        let data = Data { note, version, range: params.range, only: only.map(<[_]>::to_vec), at };
        Some(lsp::CodeAction { data: serde_json::to_value(data).ok(), ..offer.action })
    };
    let offers = offers(view, params.range, only).into_iter().enumerate();
    offers.filter_map(action).map(lsp::CodeActionOrCommand::CodeAction).collect()
}

/// The note that an action was offered in; `None` if nothing is left to be told of it.
pub(super) fn note_of(action: &lsp::CodeAction) -> Option<lsp::Uri> {
    Some(read(action)?.note)
}

/// An action with its edits; `None` if the text is no longer the one it was offered on.
pub(super) fn resolved(view: &View, action: &lsp::CodeAction) -> Option<lsp::CodeAction> {
    let Data { version, range, only, at, .. } = read(action)?;
    let offer = offers(view, range, only.as_deref()).into_iter().nth(at)?;
    let is_same = version == view.version(&view.file) && offer.action.title == action.title;
    is_same.then(|| done(view, offer)).flatten()
}

fn read(action: &lsp::CodeAction) -> Option<Data> {
    serde_json::from_value(action.data.clone()?).ok()
}

fn done(view: &View, offer: Offer) -> Option<lsp::CodeAction> {
    Some(lsp::CodeAction { edit: Some(convert::edit(view, &offer.edits)?), ..offer.action })
}

/// What can be done at a range, of the kinds that are asked for.
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
