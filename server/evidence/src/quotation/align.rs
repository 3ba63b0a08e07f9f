//! Aligning a quotation's words with a stretch of its source.
//!
//! Word-level edit distance, free at both ends of the stretch, with three additions: an omission mark lets source words go
//! unpaid, a bracketed word need not stand in the source, and two words may stand for one that is broken by a hyphen or
//! by marks of emphasis.
//! Words that stand in the stretch as they are, one behind the other, need no [`Table`].

use ibid_text::Span;

use super::{
    quoted::{Quoted, Standing},
    table::{ADD, REPLACE, Sides, Table},
    word_ids::{NONE, Token},
};

/// Quotations of more words are aligned piece by piece, so that memory stays bounded.
const PIECE: usize = 600;
/// How far behind the end of one piece the next may end, in words beyond its own number.
const AHEAD: usize = 300;

/// One step of an alignment; numbers are positions among the items and the tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// A word that is equal.
    Same { item: usize, token: usize },
    /// Another word, or the same in part, in the writer's brackets.
    Marked { item: usize, token: usize },
    /// One word here, two there, parted by a hyphen at a line end or by marks of emphasis.
    Broken { items: (usize, usize), tokens: (usize, usize) },
    /// One word here, two there: a spelling.
    Split { items: (usize, usize), tokens: (usize, usize) },
    /// Another word.
    Other { item: usize, token: usize },
    /// Only in the quotation.
    Added { item: usize },
    /// Only in the source.
    Dropped { token: usize },
    /// Only in the source, and the writer says so.
    Omitted { token: usize },
}

/// Aligns all words of `quoted` with the best fitting stretch of `source` under `window`, whose words come first.
pub(super) fn align(quoted: &Quoted<'_>, source: &str, window: Span) -> (Vec<Token>, Vec<Step>) {
    let tokens = quoted.word_ids.tokens(source, window);
    let sides = Sides { items: &quoted.items, names: &quoted.word_ids.items, tokens: &tokens, source };
    let steps = word_for_word(&sides).unwrap_or_else(|| by_table(&sides, quoted.word_ids.len()));
    (tokens, steps)
}

/// The first place where all words stand one behind the other. `None` if there is none, or if the table could find a
/// place that is as good: where brackets, omissions or words broken at a line end have a say.
fn word_for_word(sides: &Sides<'_>) -> Option<Vec<Step>> {
    let Sides { items, names, tokens, .. } = *sides;
    let is_plain =
        |at: usize| items[at].standing == Standing::Quoted && items[at].omission.is_none() && !names[at].is_broken;
    if items.is_empty() || !(0..items.len()).all(is_plain) {
        return None;
    }
    let has_all = |tokens: &[Token]| tokens.iter().zip(names).all(|(token, name)| token.name.id == name.id);
    let at = tokens.windows(names.len()).position(has_all)?;
    let is_unbroken = |token: &Token| !token.name.is_broken || token.name.joined == NONE;
    let steps = || (0..items.len()).map(|item| Step::Same { item, token: at + item }).collect();
    tokens[..at + names.len()].iter().all(is_unbroken).then(steps)
}

/// The cheapest alignment, by tables. `words`: how many different words the quotation has.
fn by_table(sides: &Sides<'_>, words: usize) -> Vec<Step> {
    let Sides { items, names, tokens, source } = *sides;
    let mut steps = Vec::new();
    let mut from = 0;
    for (at, items) in items.chunks(PIECE).enumerate() {
        let first = at * PIECE;
        let to = if at > 0 { (from + items.len() + AHEAD).min(tokens.len()) } else { tokens.len() };
        let sides = Sides { items, names: &names[first..first + items.len()], tokens: &tokens[from..to], source };
        let mut found = cheapest(sides, at == 0, least_cost(&sides, words));
        for step in &mut found {
            step.shift(first, from);
        }
        from = found.iter().filter_map(Step::last_token).max().map_or(from, |last| last + 1);
        steps.append(&mut found);
    }
    steps
}

/// The cheapest alignment, which costs `least` or more: the limit grows until there is one within it.
fn cheapest(sides: Sides<'_>, free_start: bool, least: u32) -> Vec<Step> {
    // Every word of the quotation may be an addition.
    let most = ADD * sides.items.len() as u32;
    let mut limit = least + 2 * ADD;
    loop {
        // Near the most there is little left to cut off.
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

/// What an alignment costs at least: a change for each word that the source has nowhere.
fn least_cost(sides: &Sides<'_>, words: usize) -> u32 {
    let mut is_there = vec![false; words];
    for id in sides.tokens.iter().flat_map(|token| [token.name.id, token.name.joined]) {
        if let Some(there) = is_there.get_mut(id as usize) {
            *there = true;
        }
    }
    let has = |id: u32| is_there.get(id as usize).is_some_and(|&there| there);
    let joined = |at: usize| sides.names.get(at).is_some_and(|name| has(name.joined));
    let is_nowhere = |&at: &usize| {
        sides.items[at].standing == Standing::Quoted
            && !has(sides.names[at].id)
            && !joined(at)
            && !at.checked_sub(1).is_some_and(joined)
    };
    REPLACE * (0..sides.items.len()).filter(is_nowhere).count() as u32
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
            let names = &quoted.word_ids.items;
            let sides = Sides { items: &quoted.items, names, tokens: &tokens, source: &source };
            let full = Table::fill(sides, true, u32::MAX / 4).map(|table| table.steps());
            prop_assert_eq!(Some(steps), full);
        }

        #[test]
        fn what_is_held_to_its_start_is_cut_off_alike(quote in text(1..8), source in text(0..16)) {
            let quoted = Quoted::parse(&quote, Language::ENGLISH);
            prop_assume!(!quoted.is_empty());
            let tokens = quoted.word_ids.tokens(&source, Span::from(0..source.len()));
            let names = &quoted.word_ids.items;
            let sides = Sides { items: &quoted.items, names, tokens: &tokens, source: &source };
            let full = Table::fill(sides, false, u32::MAX / 4).map(|table| table.steps());
            let least = least_cost(&sides, quoted.word_ids.len());
            prop_assert_eq!(Some(cheapest(sides, false, least)), full);
        }
    }
}
