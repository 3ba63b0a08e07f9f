//! Groups lines into paragraphs.
//!
//! A paragraph begins after extra space, with an indent, after a short line, with another font size, or with a list
//! mark. A paragraph cut by the end of a column or page continues in the next, after the footnotes and before the
//! figures there.

use super::line::Line;
use crate::PassageKind;

/// A paragraph, heading or list item.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Paragraph {
    pub(super) kind: PassageKind,
    /// Its lines, each with its page, counted from 1.
    pub(super) lines: Vec<(u32, Line)>,
}

impl Paragraph {
    fn first(&self) -> &Line {
        &self.lines[0].1
    }

    fn last(&self) -> &Line {
        &self.lines[self.lines.len() - 1].1
    }
}

/// The typographic setting of a document.
struct Setting {
    /// The font size of most letters.
    size: f32,
    /// The usual distance between lines, in units of font size.
    leading: f32,
}

/// The paragraphs of a document, given the lines of each page in reading order.
pub(super) fn paragraphs(pages: &[Vec<Line>]) -> Vec<Paragraph> {
    let setting = Setting::of(pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    // The index of the first paragraph of the previous column.
    let mut before = 0;
    for (page, lines) in (1..).zip(pages) {
        for column in columns(lines) {
            let mut next = setting.column(page, column);
            setting.stitch(&mut paragraphs, before, &mut next);
            before = paragraphs.len();
            paragraphs.append(&mut next);
        }
    }
    for paragraph in &mut paragraphs {
        paragraph.kind = setting.kind(paragraph);
    }
    paragraphs
}

/// Splits the lines of a page into columns, where reading continues further up.
fn columns(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    let goes_on = |above: &Line, below: &Line| below.y > above.y - 1.5 * above.size.max(below.size);
    lines.chunk_by(goes_on)
}

impl Setting {
    fn of(pages: &[Vec<Line>]) -> Self {
        let lines = || pages.iter().flatten();
        let sizes = lines().map(|line| (line.size, line.text.len()));
        let size = commonest(sizes, 0.25).unwrap_or(10.0);
        let pairs = pages.iter().flat_map(|lines| lines.windows(2));
        let steps = pairs.filter(|pair| (pair[0].size - size).abs() < 0.5 && (pair[1].size - size).abs() < 0.5);
        let steps =
            steps.map(|pair| ((pair[1].y - pair[0].y) / size, 1)).filter(|&(step, _)| (0.9..2.5).contains(&step));
        Self { size, leading: commonest(steps, 0.02).unwrap_or(1.2) }
    }

    /// The paragraphs of a column.
    fn column(&self, page: u32, lines: &[Line]) -> Vec<Paragraph> {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            match paragraphs.last_mut() {
                Some(open) if !self.begins(lines, at, open) => open.lines.push((page, line.clone())),
                _ => paragraphs.push(Paragraph { kind: PassageKind::Paragraph, lines: vec![(page, line.clone())] }),
            }
        }
        paragraphs
    }

    /// Whether line `at` of a column begins a new paragraph after `open`.
    fn begins(&self, lines: &[Line], at: usize, open: &Paragraph) -> bool {
        let (last, line) = (open.last(), &lines[at]);
        let size = last.size.max(line.size);
        if line.is_beside(last) {
            return line.left - last.right > 4.0 * size;
        }
        let step = (line.y - last.y) / last.size.min(line.size);
        let is_other_size = last.size.min(line.size) < 0.88 * size;
        if is_other_size || step > self.leading + 0.35 || is_item(&line.text, true) {
            return true;
        }
        let right = lines.iter().filter(|other| overlap(other, line)).map(|other| other.right).fold(0.0, f32::max);
        let is_short = last.right < right - 0.15 * (right - last.left);
        let ends = is_end(&last.text);
        let indent = (line.left - last.left) / size;
        let em = 0.7;
        if is_item(&line.text, false) && (is_short || ends) && indent.abs() < 8.0 {
            return true;
        }
        if is_short && (ends || starts_upper(&line.text)) {
            return true;
        }
        let next = lines.get(at + 1).filter(|next| overlap(next, line) && next.y > line.y);
        if indent > em {
            // The first line of a paragraph is indented relative to the next; in a list, all lines but the first are.
            return ends && next.is_none_or(|next| (line.left - next.left) / size > em);
        }
        let is_first = open.lines.len() == 1;
        indent < -em && !is_first && ends
    }

    /// Continues a paragraph that the previous column left open, if one of the first paragraphs of `next` continues it.
    /// Footnotes below it in its column then come before it.
    fn stitch(&self, paragraphs: &mut Vec<Paragraph>, before: usize, next: &mut Vec<Paragraph>) {
        /// The most figures above the text of a column.
        const ABOVE: usize = 3;
        let is_body = |line: &Line| (line.size - self.size).abs() < 0.06 * self.size;
        let open = paragraphs[before..].iter().rposition(|one| is_body(one.last())).map(|at| before + at);
        let Some(open) = open.filter(|&open| !is_end(&paragraphs[open].last().text)) else { return };
        let goes_on = |one: &Paragraph| is_body(one.first()) && !one.first().text.starts_with(char::is_uppercase);
        let is_cut = |one: &Paragraph| is_body(one.first()) && paragraphs[open].last().text.ends_with('-');
        let found = next.iter().take(ABOVE).position(|one| goes_on(one) && !is_item(&one.first().text, false));
        let found = found.or_else(|| {
            next.iter()
                .take(1)
                .position(|one| is_cut(one) || is_body(one.first()) && self.is_full(&paragraphs[open], one))
        });
        let Some(found) = found else { return };
        let rest = next.remove(found);
        let mut whole = paragraphs.remove(open);
        whole.lines.extend(rest.lines);
        paragraphs.push(whole);
    }

    /// Whether the last line of `open` is as wide as the others, so that a paragraph that begins with a capital may
    /// continue it.
    fn is_full(&self, open: &Paragraph, next: &Paragraph) -> bool {
        let right = open.lines.iter().map(|(_, line)| line.right).fold(0.0, f32::max);
        let is_inner = next.lines.get(1).is_none_or(|(_, second)| next.first().left - second.left < 0.7 * self.size);
        open.lines.len() > 1 && open.last().right > right - self.size && is_inner
    }

    fn kind(&self, paragraph: &Paragraph) -> PassageKind {
        /// The longest heading, in bytes.
        const HEADING: usize = 200;
        let length: usize = paragraph.lines.iter().map(|(_, line)| line.text.len()).sum();
        let is_large = paragraph.lines.iter().all(|(_, line)| line.size > 1.12 * self.size);
        if is_large && length < HEADING && paragraph.first().text.chars().any(char::is_alphabetic) {
            PassageKind::Heading
        } else if is_item(&paragraph.first().text, true) {
            PassageKind::ListItem
        } else {
            PassageKind::Paragraph
        }
    }
}

/// The value with the largest total weight, where values within `step` count as equal.
fn commonest(values: impl Iterator<Item = (f32, usize)>, step: f32) -> Option<f32> {
    let mut weights: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for (value, weight) in values {
        *weights.entry((value / step).round() as i32).or_default() += weight;
    }
    weights.into_iter().max_by_key(|&(_, weight)| weight).map(|(value, _)| value as f32 * step)
}

/// Whether two lines overlap horizontally.
fn overlap(one: &Line, other: &Line) -> bool {
    one.left < other.right && other.left < one.right
}

/// Whether the text ends a sentence.
fn is_end(text: &str) -> bool {
    let closing = |c: char| {
        matches!(c, ')' | ']' | '"' | '”' | '’' | '\'' | '»')
            || ('⁰'..='⁹').contains(&c)
            || matches!(c, '¹' | '²' | '³')
    };
    text.trim_end_matches(closing).ends_with(['.', '!', '?', ':'])
}

fn starts_upper(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

/// Whether a line begins with a list mark. If `sure`, only bullets count; otherwise dashes, numbers and letters do too.
fn is_item(text: &str, sure: bool) -> bool {
    let Some((mark, _)) = text.split_once(' ') else { return false };
    if ["•", "◦", "▪", "‣", "∙", "·", "●", "○", "■"].contains(&mark) {
        return true;
    }
    let bare = mark.trim_matches(['(', ')', '[', ']', '.']);
    let is_closed = mark.ends_with([')', '.', ']']) && !bare.is_empty();
    let is_number = bare.len() <= 3 && bare.chars().all(|c| c.is_ascii_digit());
    let is_letter = bare.len() == 1 && bare.chars().all(char::is_lowercase);
    !sure && (["–", "—", "-", "*"].contains(&mark) || is_closed && (is_number || is_letter))
}
