//! Aligning a quotation's words with a stretch of its source.
//!
//! Word-level edit distance, free at both ends of the stretch, with three additions: words of the source are free at an
//! omission mark, a bracketed word may be missing in the source, and two words may match one that is broken by a hyphen or
//! by emphasis marks. If the stretch has the words unchanged and in a row, no [`Table`] is needed.

use ibid_text::Span;

use super::{
    quoted::{Marking, Quoted},
    table::{ADD, REPLACE, Sides, Table},
    word_ids::{NONE, SourceWord},
};

/// The most words that are aligned at once. Longer quotations are aligned in pieces, to bound the memory.
const PIECE: usize = 600;
/// The most words of the source between two pieces.
const AHEAD: usize = 300;

/// One step of an alignment. An item is the index of a word of the quotation, a token that of a word of the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// A word that both have.
    Same { item: usize, token: usize },
    /// A word that the writer put into brackets in place of the source's, in whole or in part.
    Marked { item: usize, token: usize },
    /// One word on one side and two on the other, separated by a hyphen at a line end or by emphasis marks.
    Broken { items: (usize, usize), tokens: (usize, usize) },
    /// One word on one side and two on the other: a matter of spelling.
    Split { items: (usize, usize), tokens: (usize, usize) },
    /// Another word.
    Other { item: usize, token: usize },
    /// Only in the quotation.
    Added { item: usize },
    /// Only in the source.
    Dropped { token: usize },
    /// Only in the source, and the writer marked the omission.
    Omitted { token: usize },
}

/// Aligns all words of `quoted` with the stretch of `source` inside `window` that fits best. Returns the words of the window and
/// the steps.
pub(super) fn align(quoted: &Quoted<'_>, source: &str, window: Span) -> (Vec<SourceWord>, Vec<Step>) {
    let tokens = quoted.word_ids.tokens(source, window);
    let sides = Sides { items: &quoted.items, keys: &quoted.word_ids.items, tokens: &tokens, source };
    let steps = word_for_word(&sides).unwrap_or_else(|| by_table(&sides, quoted.word_ids.len()));
    (tokens, steps)
}

/// The first place that has all words in a row. `None` if there is none, or if brackets, omissions or words broken at a line
/// end could make another place as good, which only the table finds.
fn word_for_word(sides: &Sides<'_>) -> Option<Vec<Step>> {
    let Sides { items, keys, tokens, .. } = *sides;
    let is_plain =
        |at: usize| items[at].marking == Marking::Quoted && items[at].omission.is_none() && !keys[at].is_broken;
    if items.is_empty() || !(0..items.len()).all(is_plain) {
        return None;
    }
    let has_all = |tokens: &[SourceWord]| tokens.iter().zip(keys).all(|(token, key)| token.key.id == key.id);
    let at = tokens.windows(keys.len()).position(has_all)?;
    let is_unbroken = |token: &SourceWord| !token.key.is_broken || token.key.joined == NONE;
    let steps = || (0..items.len()).map(|item| Step::Same { item, token: at + item }).collect();
    tokens[..at + keys.len()].iter().all(is_unbroken).then(steps)
}

/// The cheapest alignment, by tables. `words` is the number of different words in the quotation.
fn by_table(sides: &Sides<'_>, words: usize) -> Vec<Step> {
    let Sides { items, keys, tokens, source } = *sides;
    let mut steps = Vec::new();
    let mut from = 0;
    for (at, items) in items.chunks(PIECE).enumerate() {
        let first = at * PIECE;
        let to = if at > 0 { (from + items.len() + AHEAD).min(tokens.len()) } else { tokens.len() };
        let sides = Sides { items, keys: &keys[first..first + items.len()], tokens: &tokens[from..to], source };
        let mut found = cheapest(sides, at == 0, least_cost(&sides, words));
        for step in &mut found {
            step.shift(first, from);
        }
        from = found.iter().filter_map(Step::last_token).max().map_or(from, |last| last + 1);
        steps.append(&mut found);
    }
    steps
}

/// The cheapest alignment, which costs at least `least`. The limit grows until an alignment is within it.
fn cheapest(sides: Sides<'_>, free_start: bool, least: u32) -> Vec<Step> {
    // Every word of the quotation may be an addition.
    let most = ADD * sides.items.len() as u32;
    let mut limit = least + 2 * ADD;
    loop {
        // Near the maximum, a limit saves little.
        limit = if limit > most / 2 { most } else { limit };
        if let Some(table) = Table::fill(sides, free_start, limit) {
            return table.steps();
        }
        if limit == most {
            return Vec::new();
        }
        limit *= 2;
    }
}

/// A lower bound on the cost: one change for each word that the source does not have.
fn least_cost(sides: &Sides<'_>, words: usize) -> u32 {
    let mut is_there = vec![false; words];
    for id in sides.tokens.iter().flat_map(|token| [token.key.id, token.key.joined]) {
        if let Some(there) = is_there.get_mut(id as usize) {
            *there = true;
        }
    }
    let has = |id: u32| is_there.get(id as usize).is_some_and(|&there| there);
    let joined = |at: usize| sides.keys.get(at).is_some_and(|key| has(key.joined));
    let is_missing = |&at: &usize| {
        sides.items[at].marking == Marking::Quoted
            && !has(sides.keys[at].id)
            && !joined(at)
            && !at.checked_sub(1).is_some_and(joined)
    };
    REPLACE * (0..sides.items.len()).filter(is_missing).count() as u32
}

impl Step {
    fn shift(&mut self, items: usize, tokens: usize) {
        match self {
            Self::Same { item, token } | Self::Marked { item, token } | Self::Other { item, token } => {
                *item += items;
                *token += tokens;
            }
            Self::Broken { items: pair, tokens: there } | Self::Split { items: pair, tokens: there } => {
                *pair = (pair.0 + items, pair.1 + items);
                *there = (there.0 + tokens, there.1 + tokens);
            }
            Self::Added { item } => *item += items,
            Self::Dropped { token } | Self::Omitted { token } => *token += tokens,
        }
    }

    fn last_token(&self) -> Option<usize> {
        match *self {
            Self::Same { token, .. }
            | Self::Marked { token, .. }
            | Self::Other { token, .. }
            | Self::Dropped { token }
            | Self::Omitted { token } => Some(token),
            Self::Broken { tokens, .. } | Self::Split { tokens, .. } => Some(tokens.1),
            Self::Added { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;
    use proptest::prelude::*;

    use super::*;

    /// A text of few different words, so that many alignments are as good or nearly, with every mark that bears on one.
    fn text(words: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = String> {
        let word = prop_oneof![
            4 => "[a-d]{1,2}",
            1 => prop::sample::select(vec!["...", "[a]", "[b]c", "ab[]", "[1]", "a-\nb", "a*b*", "a:`b`", "a_{b}", "a-b", "ab", "&amp;", "²"]).prop_map(str::to_owned),
        ];
        prop::collection::vec(word, words).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_fast_paths_equal_the_full_table(quote in text(1..8), source in text(0..16)) {
            let (quoted, window) = (Quoted::parse(&quote, Language::ENGLISH), Span::from(0..source.len()));
            prop_assume!(!quoted.is_empty());
            let (tokens, steps) = align(&quoted, &source, window);
            let keys = &quoted.word_ids.items;
            let sides = Sides { items: &quoted.items, keys, tokens: &tokens, source: &source };
            let full = Table::fill(sides, true, u32::MAX / 4).map(|table| table.steps());
            prop_assert_eq!(Some(steps), full);
        }

        #[test]
        fn what_is_held_to_its_start_is_cut_off_alike(quote in text(1..8), source in text(0..16)) {
            let quoted = Quoted::parse(&quote, Language::ENGLISH);
            prop_assume!(!quoted.is_empty());
            let tokens = quoted.word_ids.tokens(&source, Span::from(0..source.len()));
            let keys = &quoted.word_ids.items;
            let sides = Sides { items: &quoted.items, keys, tokens: &tokens, source: &source };
            let full = Table::fill(sides, false, u32::MAX / 4).map(|table| table.steps());
            let least = least_cost(&sides, quoted.word_ids.len());
            prop_assert_eq!(Some(cheapest(sides, false, least)), full);
        }
    }
}
