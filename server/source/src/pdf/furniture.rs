//! Removes running heads, page numbers and other text that recurs at the edges of pages.

use ibid_language::List;
use rustc_hash::FxHashMap;

use super::line::Line;
use crate::read::LABELS;

/// The most lines of furniture above the text of a page, and below it.
const DEEP: usize = 2;

/// The fewest pages with the same furniture.
const FEWEST: usize = 3;

/// If at least this share of the pages has an isolated line at the same height, it is furniture whatever its text.
const USUAL: f32 = 0.35;

/// The distance to the next line from which a line is isolated, in units of its font size.
const ISOLATED: f32 = 1.7;

/// An edge of a page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Edge {
    Top,
    Bottom,
}

/// Removes the furniture from the pages of a document.
pub(super) fn remove(pages: &mut [Vec<Line>]) {
    for edge in [Edge::Top, Edge::Bottom] {
        for _ in 0..DEEP {
            remove_outermost(pages, edge);
        }
    }
}

/// The outermost lines of a page that share a baseline.
struct Outermost {
    /// Their indices.
    lines: Vec<usize>,
    /// Their height on the page, in steps large enough to absorb rounding.
    height: i32,
    /// Whether they are isolated from the next line.
    is_isolated: bool,
    /// Their text with `#` for each number.
    pattern: String,
    /// The numbers in the text.
    numbers: Vec<i32>,
}

impl Outermost {
    fn of(lines: &[Line], edge: Edge) -> Option<Self> {
        let heights = lines.iter().map(|line| line.y);
        let y = match edge {
            Edge::Top => heights.reduce(f32::min)?,
            Edge::Bottom => heights.reduce(f32::max)?,
        };
        let (outer, inner): (Vec<usize>, Vec<usize>) = (0..lines.len()).partition(|&at| (lines[at].y - y).abs() < 3.0);
        let next = inner.iter().map(|&at| (lines[at].y - y).abs()).reduce(f32::min);
        let size = outer.iter().map(|&at| lines[at].size).fold(0.0, f32::max);
        let words = outer.iter().flat_map(|&at| lines[at].text.split_whitespace());
        let (mut pattern, mut numbers) = (String::new(), Vec::new());
        for word in words {
            match number(word) {
                Some(number) => {
                    numbers.push(number);
                    pattern.push_str("# ");
                }
                None => pattern.extend([word, " "]),
            }
        }
        let is_isolated = next.is_none_or(|next| next > ISOLATED * size);
        Some(Self { lines: outer, height: (y / 3.0).round() as i32, is_isolated, pattern, numbers })
    }

    /// Whether the text is only a page number, with or without a word such as "page".
    fn is_number(&self) -> bool {
        let rest = self.pattern.replace('#', "").to_lowercase();
        !self.numbers.is_empty()
            && rest
                .split_whitespace()
                .all(|word| ["-", "–", "/", "|"].contains(&word) || LABELS.words(List::PageNumberWord).contains(&word))
    }
}

/// The value of a number in digits, or of a small Roman numeral, ignoring punctuation around it.
fn number(word: &str) -> Option<i32> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.parse::<u16>().ok().map(i32::from).or_else(|| roman(bare))
}

/// The value of a Roman numeral below forty, in one case.
fn roman(word: &str) -> Option<i32> {
    let lower = word.to_lowercase();
    if word.is_empty() || (word != lower && word != word.to_uppercase()) {
        return None;
    }
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let rest = lower.trim_start_matches('x');
    let tens = (0..4).zip(["", "x", "xx", "xxx"]).find(|(_, tens)| tens.len() == lower.len() - rest.len());
    let one = (0..10).zip(ones).find(|(_, one)| *one == rest);
    Some(10 * tens?.0 + one?.0)
}

fn remove_outermost(pages: &mut [Vec<Line>], edge: Edge) {
    let outermost: Vec<Option<Outermost>> = pages.iter().map(|lines| Outermost::of(lines, edge)).collect();
    let numbering = numbering(&outermost);
    let (mut same, mut isolated): (FxHashMap<&str, usize>, FxHashMap<i32, usize>) = Default::default();
    for outer in outermost.iter().flatten() {
        *same.entry(&outer.pattern).or_default() += 1;
        *isolated.entry(outer.height).or_default() += usize::from(outer.is_isolated);
    }
    let usual = FEWEST.max((USUAL * pages.len() as f32).ceil() as usize);
    let near = |height: i32| (height - 1..=height + 1).filter_map(|height| isolated.get(&height)).sum::<usize>();
    let is_furniture = |page: i32, outer: &Outermost| {
        let is_numbered = numbering.is_some_and(|first| outer.numbers.contains(&(first + page)));
        // In a short document, two pages with the same isolated line are enough.
        let is_repeated = same[&*outer.pattern] >= if outer.is_isolated { 2 } else { FEWEST };
        let is_in_place = outer.is_isolated && near(outer.height) >= usual;
        is_in_place || if outer.is_number() { is_numbered } else { is_repeated }
    };
    let removed: Vec<Vec<usize>> = (0..)
        .zip(&outermost)
        .map(|(page, outer)| outer.as_ref().filter(|outer| is_furniture(page, outer)))
        .map(|outer| outer.map_or_else(Vec::new, |outer| outer.lines.clone()))
        .collect();
    for (lines, removed) in pages.iter_mut().zip(removed) {
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !removed.contains(&(at - 1))
        });
    }
}

/// The number of the first page, if the numbers at this edge count the pages: the value that most of them imply.
fn numbering(outermost: &[Option<Outermost>]) -> Option<i32> {
    let mut votes: FxHashMap<i32, usize> = FxHashMap::default();
    for (page, outer) in (0..).zip(outermost) {
        for number in outer.iter().flat_map(|outer| &outer.numbers) {
            *votes.entry(number - page).or_default() += 1;
        }
    }
    let (first, votes) = votes.into_iter().max_by_key(|&(first, votes)| (votes, first))?;
    (votes >= 2).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removes furniture from pages with these lines. A leading space isolates a line.
    fn removed(pages: &[&[&str]]) -> Vec<Vec<String>> {
        let page = |lines: &&[&str]| {
            let (mut y, mut below_apart) = (0.0, false);
            let place = |text: &&str| {
                let is_isolated = text.starts_with(' ');
                y += if std::mem::replace(&mut below_apart, is_isolated) || is_isolated { 20.0 } else { 12.0 };
                Line { text: text.trim().to_owned(), left: 0.0, right: 90.0, y, size: 10.0 }
            };
            lines.iter().map(place).collect()
        };
        let mut pages: Vec<Vec<Line>> = pages.iter().map(page).collect();
        remove(&mut pages);
        pages.into_iter().map(|lines| lines.into_iter().map(|line| line.text).collect()).collect()
    }

    #[test]
    fn running_heads_and_page_numbers_are_removed() {
        let pages: [&[&str]; 3] = [
            &[" A Paper 1", "One.", "Two.", " 1"],
            &[" A Paper 2", "Three.", "Four.", " 2"],
            &[" A Paper 3", "Five.", "Six.", " 3"],
        ];
        assert_eq!(removed(&pages), [["One.", "Two."], ["Three.", "Four."], ["Five.", "Six."]]);
    }

    #[test]
    fn numbers_that_do_not_count_pages_stay() {
        let pages: [&[&str]; 2] = [&["The year was", "1916."], &["And then came", "1940."]];
        assert_eq!(removed(&pages), [["The year was", "1916."], ["And then came", "1940."]]);
    }

    #[test]
    fn roman_numerals_are_read() {
        assert_eq!([number("iv"), number("xii."), number("X"), number("Mix")], [Some(4), Some(12), Some(10), None]);
    }
}
