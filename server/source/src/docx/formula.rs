//! Formulas (Office Math: ISO/IEC 29500-1, 22.1) as one writes them in a line of text: `E = mc²`, `x₁ + (a + b)/2`.

use roxmltree::Node;

use crate::xml;

/// The depth of nested formulas beyond which nothing is read.
const DEEPEST: usize = 64;

/// Signs that have a space on either side between two terms.
const SPACED: [char; 22] = [
    '=', '+', '-', '\u{2212}', '±', '×', '·', '÷', '<', '>', '≤', '≥', '≠', '≈', '≡', '∼', '→', '←', '↔', '⇒', '∈', '∝',
];

/// Where letters stand beside the line.
#[derive(Clone, Copy)]
enum Script {
    Raised,
    Lowered,
}

impl Script {
    /// The letters in their small forms, if they all have one that is common in text.
    fn of(self, letters: &str) -> Option<String> {
        const LINE: &str = "0123456789+-=()ni";
        let small = match self {
            Self::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ",
            Self::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ",
        };
        let form = |letter: char| {
            let letter = if letter == '\u{2212}' { '-' } else { letter };
            small.chars().nth(LINE.chars().position(|one| one == letter)?)
        };
        letters.chars().filter(|letter| *letter != ' ').map(form).collect()
    }
}

/// A formula in a line of text.
pub(super) fn written(formula: Node) -> String {
    let mut line = Line::default();
    line.parts(formula, 0);
    line.out
}

#[derive(Default)]
struct Line {
    out: String,
}

impl Line {
    fn parts(&mut self, parent: Node, depth: usize) {
        if depth <= DEEPEST {
            parent.children().for_each(|node| self.part(node, depth + 1));
        }
    }

    fn part(&mut self, node: Node, depth: usize) {
        match xml::name(node) {
            "t" => self.letters(node.text().unwrap_or_default()),
            // Deleted parts and properties.
            name if name == "del" || name.ends_with("Pr") => {}
            "sup" => self.beside(node, Script::Raised, depth),
            "sub" => self.beside(node, Script::Lowered, depth),
            "f" => {
                self.grouped(xml::child(node, "num"), depth);
                self.out.push('/');
                self.grouped(xml::child(node, "den"), depth);
            }
            "rad" => {
                if let Some(degree) = xml::child(node, "deg") {
                    self.beside(degree, Script::Raised, depth);
                }
                self.out.push('√');
                self.grouped(xml::child(node, "e"), depth);
            }
            "d" => self.bracketed(node, depth),
            "nary" => {
                self.out.push_str(property(node, "chr").unwrap_or("∫"));
                self.parts(node, depth);
            }
            _ => self.parts(node, depth),
        }
    }

    /// Adds the letters of a run, with spaces around the signs between two terms.
    fn letters(&mut self, letters: &str) {
        for letter in letters.chars() {
            if !SPACED.contains(&letter) {
                self.out.push(letter);
            } else if self.follows_term() {
                self.out.truncate(self.out.trim_end().len());
                self.out.extend([' ', letter, ' ']);
            } else {
                self.out.push(letter);
            }
        }
    }

    /// Whether a term stands before the end of the line, so that a sign there is not its first.
    fn follows_term(&self) -> bool {
        let last = self.out.trim_end().chars().next_back();
        last.is_some_and(|last| !SPACED.contains(&last) && !matches!(last, '(' | '[' | '{' | '/' | ','))
    }

    fn beside(&mut self, node: Node, script: Script, depth: usize) {
        let letters = inner(node, depth);
        self.out.push_str(&script.of(&letters).unwrap_or(letters));
    }

    /// Adds a part, in brackets if it has more than one letter or number.
    fn grouped(&mut self, part: Option<Node>, depth: usize) {
        let Some(part) = part else { return };
        let letters = inner(part, depth);
        let is_one = letters.chars().nth(1).is_none() || letters.chars().all(char::is_numeric);
        if is_one {
            self.out.push_str(&letters);
        } else {
            self.out.extend(["(", &letters, ")"]);
        }
    }

    fn bracketed(&mut self, node: Node, depth: usize) {
        self.out.push_str(property(node, "begChr").unwrap_or("("));
        for (at, part) in xml::children(node, "e").enumerate() {
            if at > 0 {
                self.out.push_str(property(node, "sepChr").unwrap_or("|"));
            }
            self.out.push_str(&inner(part, depth));
        }
        self.out.push_str(property(node, "endChr").unwrap_or(")"));
    }
}

/// The contents of a part on their own.
fn inner(node: Node, depth: usize) -> String {
    let mut line = Line::default();
    line.parts(node, depth);
    line.out.trim().to_owned()
}

/// The value of a property of a part, such as its bracket.
fn property<'t>(node: Node<'t, '_>, wanted: &'static str) -> Option<&'t str> {
    let properties = node.children().find(|child| xml::name(*child).ends_with("Pr"))?;
    xml::value(xml::child(properties, wanted)?, "val")
}
