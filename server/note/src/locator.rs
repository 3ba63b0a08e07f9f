//! The pages that the locator of a citation names: "p. 9", "pp. iv-vi", "33–35, 41f".

use std::{fmt, ops::Range};

use ibid_language::{Language, List};

/// The number of a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PageNumber {
    /// Of the pages before the text: "xii".
    Roman(u32),
    /// "12"
    Arabic(u32),
}

/// Pages that follow each other, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageRange {
    /// The first page.
    pub first: PageNumber,
    /// The last page.
    pub last: PageNumber,
}

/// The pages that a locator names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pages {
    /// Where they are written, label included, in bytes of the locator.
    pub written: Range<usize>,
    /// Whether a label such as "pp." is before them.
    pub is_labelled: bool,
    /// The pages, in order; not empty.
    pub ranges: Vec<PageRange>,
}

/// "33ff" means the page and about as many as these after it.
const FOLLOWING: u32 = 20;

impl Pages {
    /// The pages at the beginning of a locator; `None` if it names none. Numbers without a label are pages if the locator
    /// has nothing else, as in pandoc.
    pub fn of(locator: &str, language: Language) -> Option<Self> {
        let start = locator.len() - locator.trim_start_matches(['{', ' ', '\u{a0}']).len();
        let label = label(&locator[start..], language);
        let mut at = start + label;
        let mut ranges = Vec::new();
        let mut end = at;
        while let Some((range, len)) = range(&locator[at..]) {
            ranges.push(range);
            end = at + len;
            let rest = &locator[end..];
            let gap = rest.len() - rest.trim_start_matches([',', ' ', '&', '\u{a0}']).len();
            if gap == 0 {
                break;
            }
            at = end + gap;
        }
        let is_alone = locator[end..].trim_matches([' ', '}', '.', ',']).is_empty();
        let is_roman = ranges.iter().any(|range| matches!(range.first, PageNumber::Roman(_)));
        let is_named = label > 0 || is_alone && !is_roman;
        (!ranges.is_empty() && is_named).then_some(Self { written: start..end, is_labelled: label > 0, ranges })
    }
}

impl PageRange {
    /// Whether a page is one of these.
    pub fn contains(self, page: PageNumber) -> bool {
        std::mem::discriminant(&self.first) == std::mem::discriminant(&page) && self.first <= page && page <= self.last
    }
}

impl PageNumber {
    /// A page's number as written: "12", "xii".
    pub fn read(written: &str) -> Option<Self> {
        if written.bytes().all(|byte| byte.is_ascii_digit()) {
            return written.parse().ok().map(Self::Arabic);
        }
        roman(written).map(Self::Roman)
    }

    /// The number alone.
    pub const fn value(self) -> u32 {
        match self {
            Self::Roman(value) | Self::Arabic(value) => value,
        }
    }
}

impl fmt::Display for PageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arabic(value) => write!(f, "{value}"),
            Self::Roman(value) => f.write_str(&to_roman(*value)),
        }
    }
}

impl fmt::Display for PageRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}–{}", self.first, self.last) }
    }
}

/// The length of a label and the space after it; 0 if the text begins with none.
fn label(text: &str, language: Language) -> usize {
    let letters = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..letters].to_lowercase();
    if !language.words(List::PageLocator).contains(&&*word) {
        return 0;
    }
    let rest = text[letters..].trim_start_matches(['.', ' ', '\u{a0}', '\u{202f}']);
    text.len() - rest.len()
}

/// The range at the beginning of a text, and its length.
fn range(text: &str) -> Option<(PageRange, usize)> {
    let (first, len) = number(text)?;
    let rest = &text[len..];
    let dashes = rest.len() - rest.trim_start_matches(['-', '–', '—', '\u{2011}']).len();
    if dashes > 0
        && let Some((last, more)) = number(&rest[dashes..])
    {
        let last = completed(first, last);
        return Some((PageRange { first, last }, len + dashes + more));
    }
    let following = if rest.starts_with("ff") { (FOLLOWING, 2) } else { (1, usize::from(rest.starts_with('f'))) };
    let (more, marks) = if following.1 > 0 { following } else { (0, 0) };
    let last = match first {
        PageNumber::Arabic(value) => PageNumber::Arabic(value.saturating_add(more)),
        PageNumber::Roman(value) => PageNumber::Roman(value.saturating_add(more)),
    };
    let end = len + marks;
    (!text[end..].starts_with(char::is_alphanumeric)).then_some((PageRange { first, last }, end))
}

/// The number at the beginning of a text, and its length.
fn number(text: &str) -> Option<(PageNumber, usize)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let len = if digits > 0 { digits } else { letters };
    if len == 0 {
        return None;
    }
    PageNumber::read(&text[..len]).map(|number| (number, len))
}

/// The last page of a range as it is meant: in "133-5" it is 135.
fn completed(first: PageNumber, last: PageNumber) -> PageNumber {
    let (PageNumber::Arabic(from), PageNumber::Arabic(to)) = (first, last) else { return last };
    let scale = 10_u32.saturating_pow(to.checked_ilog10().unwrap_or(0) + 1);
    if to < from { PageNumber::Arabic(from - from % scale + to) } else { last }
}

const ROMAN: [(&str, u32); 13] = [
    ("m", 1000),
    ("cm", 900),
    ("d", 500),
    ("cd", 400),
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
];

/// The value of a Roman number in small or capital letters.
fn roman(written: &str) -> Option<u32> {
    let lower = written.to_ascii_lowercase();
    let (mut rest, mut value) = (&*lower, 0);
    for (letters, worth) in ROMAN {
        while let Some(after) = rest.strip_prefix(letters) {
            rest = after;
            value += worth;
        }
    }
    (rest.is_empty() && value > 0 && to_roman(value) == lower).then_some(value)
}

fn to_roman(mut value: u32) -> String {
    let mut written = String::new();
    for (letters, worth) in ROMAN {
        while value >= worth {
            written.push_str(letters);
            value -= worth;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(locator: &str, expected: &[&str], written: &str) {
        let found = Pages::of(locator, Language::ENGLISH);
        let shown: Vec<String> = found.iter().flat_map(|pages| &pages.ranges).map(ToString::to_string).collect();
        assert_eq!(shown, expected, "{locator}");
        assert_eq!(found.map_or("", |pages| &locator[pages.written]), written, "{locator}");
    }

    #[test]
    fn pages_are_read() {
        check("p. 9", &["9"], "p. 9");
        check("pp. 33-35, 38", &["33–35", "38"], "pp. 33-35, 38");
        check("pp. iv–vi", &["iv–vi"], "pp. iv–vi");
        check("page 133--5", &["133–135"], "page 133--5");
        check("p.12f., and passim", &["12–13"], "p.12f");
        check("{p. 3}", &["3"], "p. 3");
        check("p. 3, see also", &["3"], "p. 3");
        check("9", &["9"], "9");
        check("pp. 12ff", &["12–32"], "pp. 12ff");
    }

    #[test]
    fn other_locators_name_no_pages() {
        for locator in ["chap. 3", "fig. 2", "§ 4", "vol. 2, p. 9", "2019 edition", "see the end", "mid", "p. 3a", ""]
        {
            check(locator, &[], "");
        }
    }
}
