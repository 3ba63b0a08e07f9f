//! The label of a turn in a transcript: who speaks, and when.
//!
//! ```text
//! Una Marsh: One of the things …          UM: One of the things …
//! Una Marsh (00:00:34):                   **Una Marsh** [00:34]: One of the things …
//! [00:34] Una Marsh: One of the things …  | 00:34 | Una Marsh | One of the things … |
//! ```

use ibid_language::{Class, Language, List};
use ibid_text::Span;

use super::time::{Stamp, stamp};

/// A label at the start of a line. Spans are bytes into the line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Label {
    /// The speaker's name, as written.
    pub(super) name: String,
    /// Whether it says what the text is, such as "Note", rather than who speaks.
    pub(super) is_of_text: bool,
    /// The time of the turn, in seconds.
    pub(super) time: Option<u32>,
    /// Whether the time stands before the name, as before the title of a chapter.
    pub(super) is_time_first: bool,
    /// What is between the label and the words.
    pub(super) mark: Mark,
    /// The label, from its first sign to its mark.
    pub(super) span: Span,
}

/// What ends a label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// A colon.
    Colon,
    /// The edge of a table's cell.
    Cell,
    /// Only a time.
    Time,
}

/// The longest name in a label, in bytes.
const LONGEST: usize = 60;

/// Signs of emphasis, which a label may be set in.
const EMPHASIS: [char; 2] = ['*', '_'];

/// The label with which a line begins, if it begins with one.
pub(super) fn label(line: &str, language: Language) -> Option<Label> {
    let mut at = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || c == '>').len();
    let start = at;
    at += emphasis(&line[at..]);
    let mut time = stamp(&line[at..]);
    let is_time_first = time.is_some();
    if let Some(stamp) = &time {
        at += stamp.length;
        at += gap(&line[at..]) + emphasis(&line[at + gap(&line[at..])..]);
    }
    let end = name_end(&line[at..])?;
    let name = line[at..at + end].trim_end();
    at += end;
    at += emphasis(&line[at..]);
    at += spaces(&line[at..]);
    at += aside(&line[at..]);
    if time.is_none() {
        time = stamp(&line[at..]);
        at += time.as_ref().map_or(0, |stamp| stamp.length);
    }
    at += emphasis(&line[at..]);
    let (mark, length) = mark(&line[at..], time.as_ref())?;
    at += length;
    at += emphasis(&line[at..]);
    let is_alone = line[at..].trim().is_empty();
    // Without a colon, a name and a time may begin any sentence.
    if mark == Mark::Time && !is_alone || !can_name(name, language) {
        return None;
    }
    let time = time.map(|stamp| stamp.seconds);
    let span = Span::from(start..at);
    Some(Label { name: name.to_owned(), is_of_text: labels_text(name, language), time, is_time_first, mark, span })
}

/// The end of a label and its length.
fn mark(rest: &str, time: Option<&Stamp>) -> Option<(Mark, usize)> {
    let words = rest.trim_start_matches(' ');
    let skipped = rest.len() - words.len();
    let found = words.strip_prefix([':', '：']).map(|behind| (Mark::Colon, behind));
    let found = found.or_else(|| words.strip_prefix(['|', '\t']).map(|behind| (Mark::Cell, behind)));
    match found {
        Some((Mark::Colon, behind)) if skipped == 0 => {
            let is_end = behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || EMPHASIS.contains(&c));
            let is_wide = words.starts_with('：');
            (is_end || is_wide).then(|| (Mark::Colon, rest.len() - behind.len()))
        }
        Some((Mark::Cell, behind)) => Some((Mark::Cell, rest.len() - behind.len())),
        _ => time.is_some().then_some((Mark::Time, 0)),
    }
}

/// The length of the name with which `rest` begins, up to what ends it.
fn name_end(rest: &str) -> Option<usize> {
    let ends = |(at, c): (usize, char)| {
        matches!(c, ':' | '：' | '(' | '[' | '|' | '\t' | '\n' | '\r') || EMPHASIS.contains(&c) || begins_time(rest, at)
    };
    let end = rest.char_indices().take_while(|(at, _)| *at <= LONGEST).find(|&one| ends(one));
    let end = end.map_or(rest.len(), |(at, _)| at);
    (1..=LONGEST).contains(&end).then_some(end)
}

/// Whether a time begins at a byte behind a space.
fn begins_time(rest: &str, at: usize) -> bool {
    at > 0 && rest[..at].ends_with(' ') && stamp(&rest[at..]).is_some()
}

fn emphasis(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(EMPHASIS).len()
}

fn spaces(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(' ').len()
}

/// The length of what stands between a time and a name: spaces, dashes, the edge of a cell.
fn gap(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches([' ', '\t', '|', '-', '–', '—']).len()
}

/// The length of what is said about a speaker in brackets: `Una Marsh (host):`.
fn aside(rest: &str) -> usize {
    /// The longest such remark, in bytes.
    const LONGEST: usize = 40;
    let Some(inside) = rest.strip_prefix('(') else { return 0 };
    if stamp(rest).is_some() {
        return 0;
    }
    let Some(end) = inside.find(')').filter(|&end| end <= LONGEST) else { return 0 };
    let behind = &inside[end + 1..];
    rest.len() - behind.trim_start_matches(' ').len()
}

/// Whether a label has the form of a name: a few words with capitals, or initials.
fn can_name(name: &str, language: Language) -> bool {
    const MOST: usize = 5;
    let words: Vec<&str> = name.split(' ').collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 2;
    let is_part = |word: &&str| {
        let bare = word.trim_end_matches(['.', ',']);
        let is_letter = |part: &str| part.chars().count() == 1;
        let is_spelled = bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
            && (!bare.contains('.') || bare.split('.').all(is_letter));
        let is_capital = bare.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        is_spelled && is_capital || language.is(bare, Class::NameParticle)
    };
    let (last, before) = words.split_last().unwrap_or((&"", &[]));
    (1..=MOST).contains(&words.len())
        && (is_part(last) || is_number(last) && !before.is_empty())
        && before.iter().all(is_part)
        && words
            .first()
            .is_some_and(|first| !language.is(&first.to_lowercase(), Class::NameParticle) || words.len() > 1)
}

/// Whether a label says what a text is rather than who speaks it: "Note", "Next Steps".
fn labels_text(name: &str, language: Language) -> bool {
    let lower = name.to_lowercase();
    name.chars().filter(|c| c.is_alphabetic()).count() < 2
        || language.value(List::ParagraphLabel, &lower).is_some()
        || language.value(List::HeadField, &lower).is_some()
        || lower.split(' ').next().is_some_and(|first| language.is(first, Class::NonNameOpener))
        || lower.split([' ', '-']).any(|word| language.value(List::TextLabel, word).is_some())
}
