//! Puts the lines of a page in reading order.
//!
//! Most programs draw a page in that order. If one alternates between two columns instead, the gutter between the
//! columns gives the order: a line that crosses it comes before the columns below it.

use super::line::Line;

/// The fewest lines of a column.
const FEWEST: usize = 4;

/// If a page is drawn in order, at most this share of its line steps crosses the gutter.
const CROSSED: f32 = 0.2;

/// Parts of a line further apart than this are table cells, in units of font size.
const TABULATED: f32 = 4.0;

/// Puts lines in reading order, and joins the parts of a line.
pub(super) fn in_order(lines: Vec<Line>) -> Vec<Line> {
    let gutter = gutter(&lines);
    let lines = match gutter {
        Some(gutter) if !is_in_order(&lines, gutter) => by_column(lines, gutter),
        _ => lines,
    };
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut() {
            Some(last) if goes_on(last, &line, gutter) => last.append(&line),
            _ => joined.push(line),
        }
    }
    joined
}

/// Whether `line` continues `last` on the same baseline.
fn goes_on(last: &Line, line: &Line, gutter: Option<f32>) -> bool {
    let gap = line.left - last.right;
    let is_parted = gutter.is_some_and(|gutter| last.right <= gutter && gutter <= line.left);
    last.is_beside(line) && !is_parted && (-0.5 * line.size..TABULATED * line.size).contains(&gap)
}

/// The position of the gutter: hardly any line crosses it, and there are columns of text on both sides.
fn gutter(lines: &[Line]) -> Option<f32> {
    let left = lines.iter().map(|line| line.left).reduce(f32::min)?;
    let right = lines.iter().map(|line| line.right).reduce(f32::max)?;
    // Only wide lines count: numbers in a table form columns too.
    let is_wide = |line: &&Line| line.right - line.left > 0.25 * (right - left);
    let wide: Vec<&Line> = lines.iter().filter(is_wide).collect();
    let mut edges: Vec<f32> = wide.iter().map(|line| line.left - 1.0).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let middle = left + 0.3 * (right - left)..left + 0.7 * (right - left);
    let sides = |at: f32| {
        let before = wide.iter().filter(|line| line.right <= at).count();
        let behind = wide.iter().filter(|line| line.left >= at).count();
        (before.min(behind), wide.len() - before - behind)
    };
    let gutters = edges.into_iter().filter(|at| middle.contains(at)).map(|at| (at, sides(at)));
    let gutters = gutters.filter(|&(_, (fewer, across))| fewer >= FEWEST && across <= 2 * fewer);
    gutters.max_by_key(|&(_, (fewer, across))| fewer.saturating_sub(across)).map(|(at, _)| at)
}

/// The side of a gutter that a line is on. A line that crosses it has none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}

fn side(line: &Line, gutter: f32) -> Option<Side> {
    match line {
        line if line.right <= gutter => Some(Side::Left),
        line if line.left >= gutter => Some(Side::Right),
        _ => None,
    }
}

fn is_in_order(lines: &[Line], gutter: f32) -> bool {
    let sides: Vec<Side> = lines.iter().filter_map(|line| side(line, gutter)).collect();
    let crossings = sides.windows(2).filter(|pair| pair[0] != pair[1]).count();
    (crossings as f32) < CROSSED * sides.len() as f32
}

/// Orders lines from top to bottom; between lines that cross the gutter, the left column comes before the right one.
fn by_column(mut lines: Vec<Line>, gutter: f32) -> Vec<Line> {
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let mut ordered = Vec::with_capacity(lines.len());
    for band in lines.chunk_by(|a, b| side(a, gutter).is_some() && side(b, gutter).is_some()) {
        let of = |wanted: Side| band.iter().filter(move |line| side(line, gutter).unwrap_or(Side::Left) == wanted);
        ordered.extend(of(Side::Left).chain(of(Side::Right)).cloned());
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, right: f32, y: f32) -> Line {
        Line { text: text.to_owned(), left, right, y, size: 10.0 }
    }

    /// A title above two columns of six lines, drawn by row or by column.
    fn page(by_row: bool) -> Vec<Line> {
        let rows = (0..6_u8).map(|row| (row, 30.0 + 12.0 * f32::from(row)));
        let left = rows.clone().map(|(row, y)| line(&format!("left {row}"), 0.0, 100.0, y));
        let right = rows.map(|(row, y)| line(&format!("right {row}"), 112.0, 212.0, y));
        let title = line("title", 50.0, 160.0, 10.0);
        let columns: Vec<Line> = if by_row {
            left.zip(right).flat_map(|(left, right)| [left, right]).collect()
        } else {
            left.chain(right).collect()
        };
        std::iter::once(title).chain(columns).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let ordered = in_order(page(true));
        assert_eq!(ordered, in_order(page(false)));
        let texts: Vec<&str> = ordered.iter().map(|line| &*line.text).collect();
        assert_eq!(texts[..3], ["title", "left 0", "left 1"]);
        assert_eq!(texts[6..9], ["left 5", "right 0", "right 1"]);
    }

    #[test]
    fn the_parts_of_a_heading_are_one_line() {
        let lines = vec![line("1", 0.0, 5.0, 10.0), line("Introduction", 17.0, 80.0, 10.0)];
        assert_eq!(in_order(lines)[0].text, "1 Introduction");
    }
}
