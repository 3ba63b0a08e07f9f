//! `textDocument/semanticTokens`: all tokens of a note, those in a range, or the changes since the last answer.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use ibid_ide::{Token, TokenStatus};
use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit, SemanticTokensFullDeltaResult, Uri,
};

use super::view::View;

/// How many integers encode a token. Edits count in integers.
const INTEGERS: usize = 5;

/// The tokens that the client last got for each document.
#[derive(Clone, Default)]
pub(super) struct SentTokens {
    sent: Arc<Mutex<Sent>>,
}

#[derive(Default)]
struct Sent {
    /// How many result ids have been assigned.
    ids: u64,
    last: HashMap<Uri, SemanticTokens>,
}

impl SentTokens {
    /// `textDocument/semanticTokens/full`
    pub(super) fn all(&self, document: Uri, view: &View) -> SemanticTokens {
        self.store(document, tokens_of(view, None)).0
    }

    /// `textDocument/semanticTokens/full/delta`: the changes since the answer with the id `since`, or all tokens if that is not
    /// the last answer.
    pub(super) fn changes(&self, document: Uri, since: &str, view: &View) -> SemanticTokensFullDeltaResult {
        let (tokens, before) = self.store(document, tokens_of(view, None));
        match before.filter(|before| before.result_id.as_deref() == Some(since)) {
            Some(before) => delta(&before.data, tokens).into(),
            None => tokens.into(),
        }
    }

    /// Forgets a document that the client has closed.
    pub(super) fn closed(&self, document: &Uri) {
        if let Ok(mut sent) = self.sent.lock() {
            sent.last.remove(document);
        }
    }

    /// Assigns a result id to an answer and stores it. Also returns the previous answer.
    fn store(&self, document: Uri, data: Vec<SemanticToken>) -> (SemanticTokens, Option<SemanticTokens>) {
        let Ok(mut sent) = self.sent.lock() else { return (SemanticTokens { result_id: None, data }, None) };
        sent.ids += 1;
        let tokens = SemanticTokens { result_id: Some(sent.ids.to_string()), data };
        let before = sent.last.insert(document, tokens.clone());
        (tokens, before)
    }
}

/// `textDocument/semanticTokens/range`
pub(super) fn in_range(view: &View, range: Range) -> SemanticTokens {
    SemanticTokens { result_id: None, data: tokens_of(view, Some(range)) }
}

/// The tokens of a note, or those that a range touches, each relative to the start of the one before.
fn tokens_of(view: &View, range: Option<Range>) -> Vec<SemanticToken> {
    let within = range.map(|range| view.span(range));
    let mut tokens = ibid_ide::semantic_tokens(&view.snapshot, view.file.id, &view.memo());
    tokens.retain(|token| within.is_none_or(|within| within.overlaps(token.span)));
    let mut last = Range::default().start;
    let relative = |token: &Token| {
        let Range { start, end } = view.range(token.span);
        let delta_line = start.line - last.line;
        let delta_start = if delta_line == 0 { start.character - last.character } else { start.character };
        last = start;
        SemanticToken {
            delta_line,
            delta_start,
            length: end.character - start.character,
            token_type: token.kind as u32,
            token_modifiers_bitset: match token.status {
                TokenStatus::Plain => 0,
                TokenStatus::Verified => 1 << 0,
                TokenStatus::Unconfirmed => 1 << 3,
                TokenStatus::Faulty => 1 << 1,
                TokenStatus::Open => 1 << 2,
            },
        }
    };
    tokens.iter().map(relative).collect()
}

/// The single edit that remains after the common beginning and end are removed.
fn delta(before: &[SemanticToken], SemanticTokens { result_id, data: after }: SemanticTokens) -> SemanticTokensDelta {
    let alike = |(one, other): &(&SemanticToken, &SemanticToken)| one == other;
    let head = before.iter().zip(&after).take_while(alike).count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(alike).count();
    let (old, new) = (old.len() - tail, &new[..new.len() - tail]);
    let edit = SemanticTokensEdit {
        start: (head * INTEGERS) as u32,
        delete_count: (old * INTEGERS) as u32,
        data: (!new.is_empty()).then(|| new.to_vec()),
    };
    let is_needed = old > 0 || !new.is_empty();
    SemanticTokensDelta { result_id, edits: is_needed.then_some(edit).into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(lengths: &[u32]) -> Vec<SemanticToken> {
        let token =
            |&length| SemanticToken { delta_line: 0, delta_start: 9, length, token_type: 0, token_modifiers_bitset: 0 };
        lengths.iter().map(token).collect()
    }

    proptest! {
        #[test]
        fn the_edit_turns_the_old_tokens_into_the_new(
            before in prop::collection::vec(0_u32..3, 0..8),
            after in prop::collection::vec(0_u32..3, 0..8),
        ) {
            let (before, after) = (tokens(&before), tokens(&after));
            let all = SemanticTokens { result_id: None, data: after.clone() };
            let mut edited = before.clone();
            for edit in delta(&before, all).edits {
                let [start, deleted] = [edit.start, edit.delete_count].map(|numbers| numbers as usize / INTEGERS);
                edited.splice(start..start + deleted, edit.data.unwrap_or_default());
            }
            prop_assert_eq!(edited, after);
        }
    }

    #[test]
    fn equal_tokens_need_no_edit() {
        let same = tokens(&[1, 2]);
        assert_eq!(delta(&same, SemanticTokens { result_id: None, data: same.clone() }).edits, []);
    }
}
