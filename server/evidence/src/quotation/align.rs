//! Aligning a quotation's words with a stretch of its source.
//!
//! Word-level edit distance, free at both ends of the stretch (Sellers, 1980), with three additions: an omission mark
//! lets source words go unpaid, a bracketed word need not stand in the source, and two words may stand for one that is
//! broken by a hyphen.

use std::borrow::Cow;

use ibid_text::{Span, words};
use rustc_hash::FxHashMap;

use super::quoted::{Item, Standing};

/// What an unmarked change of one word costs. A word of the quotation that is nowhere weighs most, so that its words are
/// found wherever they can be; words left out in one stretch weigh less than as many changes.
const ADD: u32 = 12;
const REPLACE: u32 = 11;
const DROP: u32 = 10;
const DROP_MORE: u32 = 6;
/// The writer's own words cost next to nothing, so that words of the source win where both would do.
const MARKED: u32 = 1;
/// A marked omission, if anything is left out: the nearer continuation wins.
const OMISSION: u32 = 2;
/// A word that is split by a hyphen or space on one side only.
const SPLIT: u32 = 3;
/// Quotations of more words are aligned piece by piece, so that memory stays bounded.
const PIECE: usize = 600;
/// How far behind the end of one piece the next may end, in words beyond its own number.
const AHEAD: usize = 300;

/// A word of the source.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) span: Span,
    word: Cow<'a, str>,
    id: u32,
    /// The id of this word joined with the next.
    joined: u32,
    /// A footnote mark or an entity's name: a quotation may leave it out.
    pub(super) is_mark: bool,
    /// Line-end hyphenation: hyphen and line break between this word and the next.
    is_broken: bool,
}

/// One step of an alignment; numbers are positions among the items and the tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// The same word.
    Same { item: usize, token: usize },
    /// Another word, or the same in part, in the writer's brackets.
    Marked { item: usize, token: usize },
    /// One word here, two there, joined by a hyphen at a line end.
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

const NONE: u32 = u32::MAX;

/// Aligns all of `items` with the best fitting stretch of `source` under `window`.
pub(super) fn align<'s>(items: &[Item<'_>], text: &str, source: &'s str, window: Span) -> (Vec<Token<'s>>, Vec<Step>) {
    let vocabulary = Vocabulary::of(items, text);
    let tokens = vocabulary.tokens(source, window);
    let mut steps = Vec::new();
    let mut from = 0;
    for (at, piece) in items.chunks(PIECE).enumerate() {
        let to =
            if items.len() > PIECE && at > 0 { (from + piece.len() + AHEAD).min(tokens.len()) } else { tokens.len() };
        let ids = &vocabulary.items[at * PIECE..];
        let table = Table::fill(piece, ids, &tokens[from..to], at == 0);
        let mut found = table.steps();
        for step in &mut found {
            step.shift(at * PIECE, from);
        }
        from = found.iter().filter_map(Step::last_token).max().map_or(from, |last| last + 1);
        steps.append(&mut found);
    }
    (tokens, steps)
}

/// Ids of the quotation's words; a word of the source that is not among them has none.
struct Vocabulary {
    ids: FxHashMap<String, u32>,
    items: Vec<ItemIds>,
}

/// What an item is called in the vocabulary.
#[derive(Clone, Copy)]
struct ItemIds {
    id: u32,
    /// The id of this word joined with the next.
    joined: u32,
    /// Whether a hyphen and space stand between this word and the next.
    is_broken: bool,
}

impl Vocabulary {
    fn of(items: &[Item<'_>], text: &str) -> Self {
        let mut ids = FxHashMap::default();
        let mut id = |word: String| {
            let next = ids.len() as u32;
            *ids.entry(word).or_insert(next)
        };
        let mut pairs = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let next = items.get(at + 1).filter(|next| is_joint(text, item.span, next.span));
            pairs.push(ItemIds {
                id: id(item.word.to_string()),
                joined: next.map_or(NONE, |next| id(format!("{}{}", item.word, next.word))),
                is_broken: next
                    .is_some_and(|next| is_line_end(&text[item.span.end as usize..next.span.start as usize])),
            });
        }
        Self { ids, items: pairs }
    }

    fn tokens<'s>(&self, source: &'s str, window: Span) -> Vec<Token<'s>> {
        let id = |word: &str| self.ids.get(word).copied().unwrap_or(NONE);
        let found: Vec<_> = words(window.of(source)).collect();
        let mut tokens = Vec::with_capacity(found.len());
        for (at, word) in found.iter().enumerate() {
            let span = word.span.shift(window.start);
            let next = found.get(at + 1).filter(|next| is_joint(source, span, next.span.shift(window.start)));
            tokens.push(Token {
                span,
                word: word.folded.clone(),
                id: id(&word.folded),
                joined: next.map_or(NONE, |next| id(&format!("{}{}", word.folded, next.folded))),
                is_mark: is_mark(source, span),
                is_broken: next.is_some_and(|next| {
                    is_line_end(&source[span.end as usize..(next.span.start + window.start) as usize])
                }),
            });
        }
        tokens
    }
}

/// Whether two neighbouring words could be one: nothing but a hyphen or spaces stand between.
fn is_joint(text: &str, left: Span, right: Span) -> bool {
    let gap = &text[left.end as usize..right.start as usize];
    let mut hyphens = 0;
    gap.chars().all(|c| {
        hyphens += usize::from(is_hyphen(c));
        c.is_whitespace() || is_hyphen(c)
    }) && hyphens <= 1
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{AD}' | '¬')
}

/// A hyphen, then space: a word broken at the end of a line, whatever became of the line.
fn is_line_end(gap: &str) -> bool {
    let mut chars = gap.chars();
    chars.next().is_some_and(is_hyphen) && chars.next().is_some_and(char::is_whitespace)
}

/// Whether a source's word is no word but a mark: `[13]`, `[^note]`, a superscript figure, an entity's name.
fn is_mark(source: &str, span: Span) -> bool {
    let word = span.of(source);
    let (before, after) = (&source[..span.start as usize], &source[span.end as usize..]);
    let bracketed = after.starts_with(']')
        && (before.ends_with("[^") || (before.ends_with('[') && word.bytes().all(|b| b.is_ascii_digit())));
    let entity = after.starts_with(';') && (before.ends_with('&') || before.ends_with("&#"));
    bracketed || entity || word.chars().all(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'))
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

/// The table of least costs: row `i`, column `j` for the first `i` items ending at token `j`.
struct Table<'a> {
    items: &'a [Item<'a>],
    ids: &'a [ItemIds],
    tokens: &'a [Token<'a>],
    from: Vec<From>,
    end: usize,
}

impl<'a> Table<'a> {
    /// `free_start`: the stretch may begin at any token, else the tokens before it are dropped words.
    fn fill(items: &'a [Item<'a>], ids: &'a [ItemIds], tokens: &'a [Token<'a>], free_start: bool) -> Self {
        let width = tokens.len() + 1;
        let mut from = vec![From::Start; (items.len() + 1) * width];
        let first: Vec<u32> = if free_start {
            vec![0; width]
        } else {
            from[1..width].fill(From::Drop);
            std::iter::once(0)
                .chain(tokens.iter().scan(0, |sum, token| {
                    *sum += drop_cost(token, false, true);
                    Some(*sum)
                }))
                .collect()
        };
        let mut rows = [first.clone(), first];
        for (at, item) in items.iter().enumerate() {
            let omitting = item.omission.is_some() && at > 0;
            if omitting {
                let row = &mut from[at * width..(at + 1) * width];
                omit(&mut rows[1], row);
            }
            let [before, last] = &rows;
            let cells = &mut from[(at + 1) * width..(at + 2) * width];
            let beside_bracket = item.standing == Standing::Bracketed
                || items.get(at + 1).is_some_and(|next| next.standing == Standing::Bracketed);
            let is_last = at + 1 == items.len();
            let mut row = Vec::with_capacity(width);
            for j in 0..width {
                let mut best = (last[j] + add_cost(item), From::Add);
                if j > 0 {
                    let cost = last[j - 1] + pair_cost(item, ids[at].id, &tokens[j - 1]);
                    if cost <= best.0 {
                        best = (cost, From::Pair);
                    }
                    if j > 1 && ids[at].id == tokens[j - 2].joined && tokens[j - 2].joined != NONE {
                        let cost = last[j - 2] + if tokens[j - 2].is_broken { 0 } else { SPLIT };
                        if cost < best.0 {
                            best = (cost, From::TwoTokens);
                        }
                    }
                    if at > 0 && ids[at - 1].joined == tokens[j - 1].id && tokens[j - 1].id != NONE {
                        let cost = before[j - 1] + if ids[at - 1].is_broken { 0 } else { SPLIT };
                        if cost < best.0 {
                            best = (cost, From::TwoItems);
                        }
                    }
                    let continued = cells[j - 1] == From::Drop;
                    let cost: u32 = row[j - 1] + drop_cost(&tokens[j - 1], beside_bracket, continued);
                    if cost < best.0 && !(is_last && tokens[j - 1].is_mark) {
                        best = (cost, From::Drop);
                    }
                }
                row.push(best.0);
                cells[j] = best.1;
            }
            rows.swap(0, 1);
            rows[1] = row;
        }
        let end = (0..width).min_by_key(|&j| rows[1][j]).unwrap_or(0);
        Self { items, ids, tokens, from, end }
    }

    /// The steps of the cheapest alignment, in order.
    fn steps(&self) -> Vec<Step> {
        let width = self.tokens.len() + 1;
        let (mut i, mut j) = (self.items.len(), self.end);
        let mut steps = Vec::new();
        loop {
            match self.from[i * width + j] {
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
                    steps.push(if self.tokens[j].is_mark || self.is_beside_bracket(i) {
                        Step::Omitted { token: j }
                    } else {
                        Step::Dropped { token: j }
                    });
                }
                From::Omit => {
                    j -= 1;
                    steps.push(Step::Omitted { token: j });
                }
                From::TwoTokens => {
                    (i, j) = (i - 1, j - 2);
                    let (items, tokens) = ((i, i), (j, j + 1));
                    let broken = self.tokens[j].is_broken;
                    steps.push(if broken { Step::Broken { items, tokens } } else { Step::Split { items, tokens } });
                }
                From::TwoItems => {
                    (i, j) = (i - 2, j - 1);
                    let (items, tokens) = ((i, i + 1), (j, j));
                    let broken = self.ids[i].is_broken;
                    steps.push(if broken { Step::Broken { items, tokens } } else { Step::Split { items, tokens } });
                }
            }
        }
        steps.reverse();
        steps
    }

    fn paired(&self, item: usize, token: usize) -> Step {
        match pair_cost(&self.items[item], self.ids[item].id, &self.tokens[token]) {
            0 => Step::Same { item, token },
            REPLACE => Step::Other { item, token },
            _ => Step::Marked { item, token },
        }
    }

    /// Whether the words in front of or behind row `i` are the writer's own, so that they may stand for others.
    fn is_beside_bracket(&self, i: usize) -> bool {
        let bracketed = |at: usize| self.items.get(at).is_some_and(|item| item.standing == Standing::Bracketed);
        bracketed(i) || (i > 0 && bracketed(i - 1))
    }
}

/// Lets all tokens go unpaid in front of an omission: each column may continue from any before it.
fn omit(row: &mut [u32], from: &mut [From]) {
    let mut is_omitting = false;
    for j in 1..row.len() {
        let cost = row[j - 1] + if is_omitting { 0 } else { OMISSION };
        is_omitting = cost < row[j];
        if is_omitting {
            (row[j], from[j]) = (cost, From::Omit);
        }
    }
}

fn pair_cost(item: &Item<'_>, id: u32, token: &Token<'_>) -> u32 {
    match &item.standing {
        _ if id == token.id => 0,
        Standing::Quoted => REPLACE,
        Standing::Bracketed => 2 * MARKED,
        Standing::Partly { head, tail } => {
            let rest = token.word.strip_prefix(head.as_str());
            if rest.is_some_and(|rest| rest.ends_with(tail.as_str())) { MARKED } else { REPLACE }
        }
    }
}

fn add_cost(item: &Item<'_>) -> u32 {
    if item.standing == Standing::Bracketed { MARKED } else { ADD }
}

/// `continued`: the token in front was dropped too.
fn drop_cost(token: &Token<'_>, beside_bracket: bool, continued: bool) -> u32 {
    match continued {
        _ if token.is_mark || beside_bracket => MARKED,
        true => DROP_MORE,
        false => DROP,
    }
}
