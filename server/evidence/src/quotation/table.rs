//! The table of least costs from which an alignment is read.
//!
//! Word-level edit distance, free at both ends of the stretch (Sellers, 1980), with a limit: a path within the limit
//! has no cell that costs more, so only cells within it are filled (Ukkonen, 1985). The result is that of the full table, for a
//! fraction of the work when quotation and source are similar.

use std::ops::Range;

use ibid_text::words::fold;

use super::{
    align::Step,
    quoted::{Marking, QuotedWord},
    word_ids::{NONE, SourceWord, WordKey},
};

/// The costs of unmarked changes of one word. An added word costs most, so that words of the quotation are matched
/// wherever possible. Words left out in a row cost less than separate changes.
pub(super) const ADD: u32 = 12;
pub(super) const REPLACE: u32 = 11;
const DROP: u32 = 10;
const DROP_MORE: u32 = 6;
/// The cost of a word that the writer marked: little, but more than a match with a word of the source.
const MARKED: u32 = 1;
/// The cost of a marked omission of any length, so that the nearer continuation wins.
const OMISSION: u32 = 2;
/// The cost of a word that a hyphen or space splits on one side only.
const SPLIT: u32 = 3;
/// A cost beyond every limit. The sum of two does not overflow.
const UNREACHABLE: u32 = u32::MAX / 2;

/// The two lists of words that are aligned.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    /// The words of the quotation, and their keys.
    pub(super) items: &'a [QuotedWord<'a>],
    pub(super) keys: &'a [WordKey],
    /// The words of the source, and its text.
    pub(super) tokens: &'a [SourceWord],
    pub(super) source: &'a str,
}

/// How a cell of the table was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum From {
    Start,
    Pair,
    Add,
    Drop,
    Omit,
    TwoItems,
    TwoTokens,
}

/// The cell in row `i` and column `j` is the cheapest alignment of the first `i` items that ends at token `j`.
pub(super) struct Table<'a> {
    sides: Sides<'a>,
    /// For each row, its first stored column and the index of its first cell.
    rows: Vec<(usize, usize)>,
    cells: Vec<From>,
    end: usize,
}

/// The costs of one row; [`UNREACHABLE`] outside of its columns.
struct Costs {
    columns: Range<usize>,
    /// Column `j` is at index `j + MARGIN`, so that every column has neighbours before it.
    costs: Vec<u32>,
}

/// How many columns before its own a cell may depend on.
const MARGIN: usize = 2;

impl Costs {
    /// An empty row for a number of tokens.
    fn none(tokens: usize) -> Self {
        Self { columns: 0..0, costs: vec![UNREACHABLE; tokens + 1 + MARGIN] }
    }

    /// The cost of the column `distance` before `column`.
    fn before(&self, column: usize, distance: usize) -> u32 {
        self.costs[column + MARGIN - distance]
    }

    /// Empties the row.
    fn clear(&mut self) {
        let columns = self.columns.clone();
        self.of(columns).fill(UNREACHABLE);
        self.columns = 0..0;
    }

    /// The costs of some columns.
    fn of(&mut self, columns: Range<usize>) -> &mut [u32] {
        &mut self.costs[columns.start + MARGIN..columns.end + MARGIN]
    }
}

impl<'a> Table<'a> {
    /// Fills the cells that cost at most `limit`. Returns `None` if no alignment is within it. With `free_start` the stretch may
    /// begin at any token; without it, the tokens before it count as dropped words.
    pub(super) fn fill(sides: Sides<'a>, free_start: bool, limit: u32) -> Option<Self> {
        let mut table = Self { sides, rows: Vec::with_capacity(sides.items.len() + 1), cells: Vec::new(), end: 0 };
        let mut last = table.first_row(free_start);
        let [mut before, mut row] = [Costs::none(sides.tokens.len()), Costs::none(sides.tokens.len())];
        for at in 0..sides.items.len() {
            if at > 0 && sides.items[at].omission.is_some() {
                table.omit(&mut last);
            }
            row.clear();
            table.row(&Above { before: &before, last: &last, item: ItemCosts::of(&sides, at) }, limit, &mut row);
            std::mem::swap(&mut before, &mut last);
            std::mem::swap(&mut last, &mut row);
        }
        let columns = last.columns.clone();
        let (end, cost) = columns.clone().zip(last.of(columns)).min_by_key(|(_, cost)| **cost)?;
        table.end = end;
        (*cost <= limit).then_some(table)
    }

    fn first_row(&mut self, free_start: bool) -> Costs {
        let tokens = self.sides.tokens;
        let mut row = Costs::none(tokens.len());
        row.columns = 0..tokens.len() + 1;
        self.rows.push((0, 0));
        self.cells.push(From::Start);
        self.cells.resize(tokens.len() + 1, if free_start { From::Start } else { From::Drop });
        let mut sum = 0;
        for (at, cost) in row.of(0..tokens.len() + 1).iter_mut().enumerate() {
            if at > 0 && !free_start {
                sum += drop_cost(&tokens[at - 1], false, true);
            }
            *cost = sum;
        }
        row
    }

    /// Makes the tokens at an omission free: each column of the last row may continue from any before it.
    fn omit(&mut self, last: &mut Costs) {
        let columns = last.columns.start..self.sides.tokens.len() + 1;
        let start = self.cells.len() - last.columns.len();
        self.cells.resize(start + columns.len(), From::Start);
        let (cells, costs) = (&mut self.cells[start..], last.of(columns.clone()));
        let mut is_omitting = false;
        for at in 1..costs.len() {
            let cost = costs[at - 1] + if is_omitting { 0 } else { OMISSION };
            is_omitting = cost < costs[at];
            if is_omitting {
                (costs[at], cells[at]) = (cost, From::Omit);
            }
        }
        last.columns = columns;
    }

    /// Fills an empty row, from the first column within the limit to the last.
    fn row(&mut self, above: &Above<'_>, limit: u32, row: &mut Costs) {
        let start = self.cells.len();
        let reach = above.columns();
        let (mut first, mut end) = (reach.start, reach.start);
        let mut left = (UNREACHABLE, From::Start);
        for j in reach.start..=self.sides.tokens.len() {
            if j >= reach.end && left.0 > limit {
                break;
            }
            left = above.cell(&self.sides, j, left);
            if left.0 <= limit {
                end = j + 1;
            } else if end == first {
                (first, end, left) = (j + 1, j + 1, (UNREACHABLE, From::Start));
                continue;
            }
            row.costs[j + MARGIN] = left.0;
            self.cells.push(left.1);
        }
        row.of(end..first + self.cells.len() - start).fill(UNREACHABLE);
        self.cells.truncate(start + end - first);
        row.columns = first..end;
        self.rows.push((first, start));
    }

    /// The steps of the cheapest alignment, in order.
    pub(super) fn steps(&self) -> Vec<Step> {
        let tokens = self.sides.tokens;
        let (mut i, mut j) = (self.sides.items.len(), self.end);
        let mut steps = Vec::with_capacity(i + 8);
        loop {
            let (first, start) = self.rows[i];
            match self.cells[start + j - first] {
                From::Start => break,
                From::Pair => {
                    (i, j) = (i - 1, j - 1);
                    steps.push(self.paired(i, j));
                }
                From::Add => {
                    i -= 1;
                    steps.push(Step::Added { item: i });
                }
                From::Drop => {
                    j -= 1;
                    let is_unpaid = tokens[j].is_mark || self.is_beside_bracket(i);
                    steps.push(if is_unpaid { Step::Omitted { token: j } } else { Step::Dropped { token: j } });
                }
                From::Omit => {
                    j -= 1;
                    steps.push(Step::Omitted { token: j });
                }
                From::TwoTokens => {
                    (i, j) = (i - 1, j - 2);
                    let (items, tokens, broken) = ((i, i), (j, j + 1), tokens[j].key.is_broken);
                    steps.push(if broken { Step::Broken { items, tokens } } else { Step::Split { items, tokens } });
                }
                From::TwoItems => {
                    (i, j) = (i - 2, j - 1);
                    let (items, tokens, broken) = ((i, i + 1), (j, j), self.sides.keys[i].is_broken);
                    steps.push(if broken { Step::Broken { items, tokens } } else { Step::Split { items, tokens } });
                }
            }
        }
        steps.reverse();
        steps
    }

    fn paired(&self, item: usize, token: usize) -> Step {
        match ItemCosts::of(&self.sides, item).pair(&self.sides.tokens[token], self.sides.source) {
            0 => Step::Same { item, token },
            REPLACE => Step::Other { item, token },
            _ => Step::Marked { item, token },
        }
    }

    /// Whether a word next to row `i` is in the writer's brackets, so that it may replace several.
    fn is_beside_bracket(&self, i: usize) -> bool {
        let bracketed = |at: usize| self.sides.items.get(at).is_some_and(is_bracketed);
        bracketed(i) || (i > 0 && bracketed(i - 1))
    }
}

/// The rows above and the word from which a row is computed.
struct Above<'a> {
    before: &'a Costs,
    last: &'a Costs,
    item: ItemCosts<'a>,
}

impl Above<'_> {
    /// The columns that can be reached from above. Columns after them can only be reached by dropping words.
    fn columns(&self) -> Range<usize> {
        let (last, before) = (&self.last.columns, &self.before.columns);
        if self.item.previous.is_none() || before.is_empty() {
            return last.start..last.end + 2;
        }
        last.start.min(before.start + 1)..(last.end + 2).max(before.end + 1)
    }

    /// The least cost of column `j` and how it is reached; `left` is the cell before it.
    fn cell(&self, sides: &Sides<'_>, j: usize, left: (u32, From)) -> (u32, From) {
        let item = &self.item;
        let mut best = (self.last.before(j, 0) + item.add, From::Add);
        let mut offer = |cost: u32, from: From| {
            if cost < best.0 || (cost == best.0 && from == From::Pair) {
                best = (cost, from);
            }
        };
        let Some(token) = j.checked_sub(1).map(|at| &sides.tokens[at]) else { return best };
        offer(self.last.before(j, 1) + item.pair(token, sides.source), From::Pair);
        if let Some(pair) = j.checked_sub(2).map(|at| sides.tokens[at].key).filter(|pair| pair.joined == item.key.id) {
            offer(self.last.before(j, 2) + split_cost(pair.is_broken), From::TwoTokens);
        }
        if let Some(pair) = item.previous.filter(|pair| pair.joined == token.key.id) {
            offer(self.before.before(j, 1) + split_cost(pair.is_broken), From::TwoItems);
        }
        if !(item.is_last && token.is_mark) {
            offer(left.0 + drop_cost(token, item.is_beside_bracket, left.1 == From::Drop), From::Drop);
        }
        best
    }
}

/// The costs of one word of the quotation.
struct ItemCosts<'a> {
    key: WordKey,
    marking: &'a Marking,
    add: u32,
    /// The word before it, if the two could be one.
    previous: Option<WordKey>,
    /// Whether it or the next word is in the writer's brackets.
    is_beside_bracket: bool,
    is_last: bool,
}

impl<'a> ItemCosts<'a> {
    fn of(sides: &Sides<'a>, at: usize) -> Self {
        let item = &sides.items[at];
        Self {
            key: sides.keys[at],
            marking: &item.marking,
            add: if is_bracketed(item) { MARKED } else { ADD },
            previous: at.checked_sub(1).map(|at| sides.keys[at]).filter(|key| key.joined != NONE),
            is_beside_bracket: is_bracketed(item) || sides.items.get(at + 1).is_some_and(is_bracketed),
            is_last: at + 1 == sides.items.len(),
        }
    }

    fn pair(&self, token: &SourceWord, source: &str) -> u32 {
        match self.marking {
            _ if self.key.id == token.key.id => 0,
            Marking::Quoted => REPLACE,
            Marking::Bracketed => 2 * MARKED,
            Marking::Partly { head, tail } => {
                let word = fold(token.span.of(source));
                let rest = word.strip_prefix(head.as_str());
                if rest.is_some_and(|rest| rest.ends_with(tail.as_str())) { MARKED } else { REPLACE }
            }
        }
    }
}

fn is_bracketed(item: &QuotedWord<'_>) -> bool {
    item.marking == Marking::Bracketed
}

const fn split_cost(is_broken: bool) -> u32 {
    if is_broken { 0 } else { SPLIT }
}

/// `continued`: the token before was dropped too.
const fn drop_cost(token: &SourceWord, beside_bracket: bool, continued: bool) -> u32 {
    match continued {
        _ if token.is_mark || beside_bracket => MARKED,
        true => DROP_MORE,
        false => DROP,
    }
}
