//! Groups letters into lines by their baseline, and adds the spaces that the file leaves out.

use ibid_text::raised;
use unicode_normalization::char::compose;

use super::glyph::Glyph;

/// Consecutive letters on one baseline. Lengths are in points from the upper left corner of the page.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// The text; not empty, without surrounding space.
    pub(super) text: String,
    /// The left edge.
    pub(super) left: f32,
    /// The right edge.
    pub(super) right: f32,
    /// The baseline.
    pub(super) y: f32,
    /// The largest font size.
    pub(super) size: f32,
}

impl Line {
    /// Whether another line has the same baseline.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        (self.y - other.y).abs() < 0.3 * self.size.min(other.size)
    }

    /// Appends another line.
    pub(super) fn append(&mut self, other: &Self) {
        self.text.push(' ');
        self.text.push_str(&other.text);
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.size = self.size.max(other.size);
    }
}

/// The smallest gap between words, in units of font size.
const SPACE: f32 = 0.14;

/// The smallest gap between columns, in units of font size: more than a space in a justified line.
const GUTTER: f32 = 0.95;

/// How far a letter may be above or below the baseline, in units of font size.
const RAISED: f32 = 0.45;

/// The lines of a page in drawing order.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut written: Option<Written> = None;
    for glyph in glyphs {
        match &mut written {
            Some(line) if line.takes(glyph) => line.write(glyph),
            _ => lines.extend(written.replace(Written::begin(glyph)).and_then(Written::end)),
        }
    }
    lines.extend(written.and_then(Written::end));
    lines
}

/// A line being built.
struct Written {
    line: Line,
    last: Glyph,
}

impl Written {
    fn begin(glyph: &Glyph) -> Self {
        let &Glyph { letter, x, y, width, size } = glyph;
        let line = Line { text: letter.to_string(), left: x, right: x + width, y, size };
        Self { line, last: *glyph }
    }

    /// Whether a letter continues the line.
    fn takes(&self, glyph: &Glyph) -> bool {
        let larger = self.line.size.max(glyph.size);
        let gap = glyph.x - self.line.right;
        (glyph.y - self.line.y).abs() < RAISED * larger
            && gap < GUTTER * larger
            && (gap > -0.6 * larger || self.is_accented(glyph))
    }

    fn write(&mut self, glyph: &Glyph) {
        let is_again = glyph.letter == self.last.letter
            && (glyph.x - self.last.x).abs() < 0.1 * glyph.size
            && (glyph.y - self.last.y).abs() < 0.1 * glyph.size;
        // Some programs draw a letter twice, slightly apart, to make it bold.
        if is_again {
            return;
        }
        if self.is_accented(glyph) {
            self.put_under_accent(glyph);
        } else {
            let space = SPACE * glyph.size.min(self.last.size);
            if glyph.x - self.line.right > space && glyph.letter != ' ' {
                self.space();
            }
            match self.raised(glyph) {
                ' ' => self.space(),
                letter => self.line.text.push(letter),
            }
        }
        if glyph.size > 1.1 * self.line.size {
            self.line.y = glyph.y;
        }
        self.line.size = self.line.size.max(glyph.size);
        self.line.right = self.line.right.max(glyph.x + glyph.width);
        self.last = *glyph;
    }

    fn space(&mut self) {
        if !self.line.text.ends_with(' ') {
            self.line.text.push(' ');
        }
    }

    /// The letter; a small raised digit becomes a superscript, so that "10³" is not read as "103".
    fn raised(&self, glyph: &Glyph) -> char {
        let is_raised = glyph.size < 0.85 * self.line.size && self.line.y - glyph.y > 0.2 * self.line.size;
        let digit = raised(glyph.letter).filter(|_| is_raised);
        digit.and_then(|digit| digit.chars().next()).unwrap_or(glyph.letter)
    }

    /// Whether the last letter is an accent over this one.
    fn is_accented(&self, glyph: &Glyph) -> bool {
        let middle = |glyph: &Glyph| glyph.x + glyph.width / 2.0;
        combining(self.last.letter).is_some() && (middle(glyph) - middle(&self.last)).abs() < 0.25 * glyph.size
    }

    /// Combines a letter with the accent before it.
    fn put_under_accent(&mut self, glyph: &Glyph) {
        let Some(accent) = combining(self.last.letter) else { return };
        let dotted = match glyph.letter {
            'ı' => 'i',
            'ȷ' => 'j',
            letter => letter,
        };
        self.line.text.pop();
        match compose(dotted, accent) {
            Some(letter) => self.line.text.push(letter),
            None => self.line.text.extend([dotted, accent]),
        }
    }

    fn end(self) -> Option<Line> {
        let text = self.line.text.trim();
        (!text.is_empty()).then(|| Line { text: text.to_owned(), ..self.line })
    }
}

/// The combining form of a spacing accent.
const fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' => '\u{300}',
        '´' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters that are half as wide as high, from position `x`.
    fn set(letters: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let at = |(at, letter)| Glyph { letter, x: x + at as f32 * size / 2.0, y, width: size / 2.0, size };
        letters.chars().enumerate().map(at).collect()
    }

    #[track_caller]
    fn check(glyphs: &[Vec<Glyph>], expected: &[&str]) {
        let lines = lines(&glyphs.concat());
        assert_eq!(lines.iter().map(|line| &*line.text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn gaps_become_spaces() {
        check(&[set("so", 0.0, 9.0, 10.0), set("it", 12.5, 9.0, 10.0)], &["so it"]);
        check(&[set("so", 0.0, 9.0, 10.0), set("on", 10.5, 9.0, 10.0)], &["soon"]);
        check(&[set("so ", 0.0, 9.0, 10.0), set("it", 17.0, 9.0, 10.0)], &["so it"]);
    }

    #[test]
    fn another_baseline_or_column_is_another_line() {
        check(&[set("one", 0.0, 9.0, 10.0), set("two", 0.0, 21.0, 10.0)], &["one", "two"]);
        check(&[set("one", 0.0, 9.0, 10.0), set("two", 26.0, 9.0, 10.0)], &["one", "two"]);
    }

    #[test]
    fn small_raised_digits_become_superscripts() {
        check(&[set("10", 0.0, 9.0, 10.0), set("3", 10.0, 5.0, 7.0)], &["10³"]);
        check(&[set("10", 0.0, 9.0, 10.0), set("3", 10.0, 9.0, 7.0)], &["103"]);
    }

    #[test]
    fn accents_combine_with_their_letters() {
        check(&[set("caf", 0.0, 9.0, 10.0), set("´", 15.0, 9.0, 10.0), set("e", 15.0, 9.0, 10.0)], &["café"]);
        check(&[set("na", 0.0, 9.0, 10.0), set("¨", 10.0, 9.0, 10.0), set("ıve", 10.0, 9.0, 10.0)], &["naïve"]);
    }

    #[test]
    fn a_letter_drawn_twice_is_one() {
        let twice = ["b", "b", "y", "y"].map(str::to_owned);
        let at = [0.0, 0.3, 5.0, 5.3];
        check(&[twice.iter().zip(at).flat_map(|(letter, x)| set(letter, x, 9.0, 10.0)).collect()], &["by"]);
    }
}
