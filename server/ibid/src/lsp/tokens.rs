//! `textDocument/semanticTokens`: the marked words of a note; all, those in a range, or what is otherwise than the client last
//! had it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use ibid_ide::{Token, TokenStatus};
use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit, SemanticTokensFullDeltaResult, Uri,
};

use super::view::View;

/// How many numbers the protocol makes of a token: edits count in numbers.
const NUMBERS: usize = 5;

/// The marked words that the client was last given of each document.
#[derive(Clone, Default)]
pub(super) struct GivenTokens {
    given: Arc<Mutex<Given>>,
}

#[derive(Default)]
struct Given {
    /// How many answers were named.
    named: u64,
    last: HashMap<Uri, SemanticTokens>,
}

impl GivenTokens {
    /// `textDocument/semanticTokens/full`
    pub(super) fn all(&self, document: Uri, view: &View) -> SemanticTokens {
        self.name(document, marked(view, None)).0
    }

    /// `textDocument/semanticTokens/full/delta`: what has changed since the answer that the client names; all, where that is not
    /// the last one.
    pub(super) fn changes(&self, document: Uri, since: &str, view: &View) -> SemanticTokensFullDeltaResult {
        let (tokens, before) = self.name(document, marked(view, None));
        match before.filter(|before| before.result_id.as_deref() == Some(since)) {
            Some(before) => delta(&before.data, tokens).into(),
            None => tokens.into(),
        }
    }

    /// The client has closed a document.
    pub(super) fn closed(&self, document: &Uri) {
        if let Ok(mut given) = self.given.lock() {
            given.last.remove(document);
        }
    }

    /// Names an answer, and remembers it in place of the one before, which is returned too.
    fn name(&self, document: Uri, data: Vec<SemanticToken>) -> (SemanticTokens, Option<SemanticTokens>) {
        let Ok(mut given) = self.given.lock() else { return (SemanticTokens { result_id: None, data }, None) };
        given.named += 1;
        let tokens = SemanticTokens { result_id: Some(given.named.to_string()), data };
        let before = given.last.insert(document, tokens.clone());
        (tokens, before)
    }
}

/// `textDocument/semanticTokens/range`
pub(super) fn in_range(view: &View, range: Range) -> SemanticTokens {
    SemanticTokens { result_id: None, data: marked(view, Some(range)) }
}

/// The marked words of a note, or those that a range touches, each told from where the one before it begins.
fn marked(view: &View, range: Option<Range>) -> Vec<SemanticToken> {
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
                TokenStatus::Faulty => 1 << 1,
                TokenStatus::Open => 1 << 2,
            },
        }
    };
    tokens.iter().map(relative).collect()
}

/// The one edit between what begins and ends alike.
fn delta(before: &[SemanticToken], SemanticTokens { result_id, data: after }: SemanticTokens) -> SemanticTokensDelta {
    let alike = |(one, other): &(&SemanticToken, &SemanticToken)| one == other;
    let head = before.iter().zip(&after).take_while(alike).count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(alike).count();
    let (old, new) = (old.len() - tail, &new[..new.len() - tail]);
    let edit = SemanticTokensEdit {
        start: (head * NUMBERS) as u32,
        delete_count: (old * NUMBERS) as u32,
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
        fn an_edit_makes_what_is_of_what_was(
            before in prop::collection::vec(0_u32..3, 0..8),
            after in prop::collection::vec(0_u32..3, 0..8),
        ) {
            let (before, after) = (tokens(&before), tokens(&after));
            let all = SemanticTokens { result_id: None, data: after.clone() };
            let mut edited = before.clone();
            for edit in delta(&before, all).edits {
                let [start, deleted] = [edit.start, edit.delete_count].map(|numbers| numbers as usize / NUMBERS);
                edited.splice(start..start + deleted, edit.data.unwrap_or_default());
            }
            prop_assert_eq!(edited, after);
        }
    }

    #[test]
    fn where_nothing_changes_nothing_is_told() {
        let same = tokens(&[1, 2]);
        assert_eq!(delta(&same, SemanticTokens { result_id: None, data: same.clone() }).edits, []);
    }
}
