//! The apparatus of a blockquote: what its writer put before and behind the quoted words. Pages, author and year, links,
//! names of blocks, tags, classes and properties point at the words or file them; nobody quotes them.

use ibid_language::{Class, Language, List};
use ibid_text::{Span, words};

use crate::{Citation, Target, pointers::Run, token};

/// The part of a blockquote's paragraph without apparatus at its end. `is_first`: no paragraph of the blockquote is before
/// it, so it cannot be a line with author and work alone.
pub(crate) fn without_end(run: &Run, mut part: Span, is_first: bool, citations: &[Citation]) -> Span {
    part = trimmed(run.text.text(), part);
    while let Some(start) = end_apparatus(run, part, is_first, citations).filter(|_| !part.is_empty()) {
        part = trimmed(run.text.text(), Span::new(part.start, start));
    }
    part
}

/// The part of a blockquote's paragraph without apparatus at its beginning.
pub(crate) fn without_start(run: &Run, mut part: Span) -> Span {
    part = trimmed(run.text.text(), part);
    while let Some(len) = start_apparatus(run, part).filter(|&len| len > 0) {
        part = trimmed(run.text.text(), Span::new(part.start + len as u32, part.end));
    }
    part
}

/// Where the last piece of apparatus in `part` begins.
fn end_apparatus(run: &Run, part: Span, is_first: bool, citations: &[Citation]) -> Option<u32> {
    let text = part.of(run.text.text());
    let line = last_line(run, part);
    let of_text = label_at_end(text)
        .or_else(|| attributes(text))
        .or_else(|| reference_in_brackets(text, run.language))
        .or_else(|| place_at_end(text, run.language));
    let of_line = || {
        let written = line.of(run.text.text());
        let is_behind = line.start > part.start || !is_first;
        let ended = Span::new(part.start, line.start).of(run.text.text()).trim_end();
        let follows_end = ended.is_empty() || ends_sentence(ended);
        (is_property(written) || is_behind && follows_end && is_work(written)).then_some(line.start)
    };
    of_text.map(|at| part.start + at as u32).or_else(of_line).or_else(|| link_at_end(run, part, citations))
}

/// The length of the first piece of apparatus in `part`.
fn start_apparatus(run: &Run, part: Span) -> Option<usize> {
    let text = part.of(run.text.text());
    if let Some(end) = run.breaks.iter().find(|&&at| at > part.start && at < part.end)
        && is_property(Span::new(part.start, *end).of(run.text.text()))
    {
        return Some((end - part.start) as usize);
    }
    let word = text.split_whitespace().next()?;
    if is_tag(word) && word.len() < text.len() {
        return Some(word.len());
    }
    if let Some((inside, _)) = text.strip_prefix('(').and_then(|rest| rest.split_once(") "))
        && (is_place(inside, run.language) || is_bare_number(inside))
    {
        return Some(inside.len() + 2);
    }
    let bold = run.lead.filter(|lead| lead.start == part.start && lead.end < part.end);
    if let Some(bold) = bold {
        let label = bold.of(run.text.text()).trim().trim_end_matches([':', '.']);
        if is_place(label, run.language) || is_bare_number(label) {
            let behind = &text[bold.len() as usize..];
            return Some(text.len() - behind.trim_start_matches([':', '.', ' ']).len());
        }
    }
    let (label, _) = text.split_once(": ")?;
    is_place(label, run.language).then_some(label.len() + 1)
}

/// `^name` of a block, or `#tag`, as the last word.
fn label_at_end(text: &str) -> Option<usize> {
    let at = text.rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = &text[at..];
    let name = word.strip_prefix('^').unwrap_or_default();
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_name || is_tag(word)).then_some(at)
}

/// `#boats/upper`; a number sign before a number is none.
fn is_tag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|name| {
        name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'))
    })
}

/// `{.class}`, `{: .class #id}`.
fn attributes(text: &str) -> Option<usize> {
    let at = text.strip_suffix('}')?.rfind('{')?;
    text[at + 1..].starts_with(['.', '#', ':']).then_some(at)
}

/// `page:: 3`
fn is_property(line: &str) -> bool {
    let key = line.trim_start().split_once(":: ").map(|(key, _)| key).or_else(|| line.trim_end().strip_suffix("::"));
    key.is_some_and(|key| {
        key.starts_with(char::is_alphabetic) && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    })
}

/// `(p. 14)`, `(14–15)`, `(Oster 2011, 14)`.
fn reference_in_brackets(text: &str, language: Language) -> Option<usize> {
    let before = text.trim_end_matches('.').strip_suffix(')')?;
    let at = before.rfind('(')?;
    let inside = &before[at + 1..];
    (is_place(inside, language) || is_bare_number(inside) || is_author_and_year(inside)).then_some(at)
}

fn is_author_and_year(inside: &str) -> bool {
    /// A longer bracket is an aside.
    const WORDS: usize = 10;
    let mut words = inside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    inside.starts_with(char::is_uppercase)
        && inside.split_whitespace().count() <= WORDS
        && words.any(token::is_year)
        && words.all(|word| word.len() <= 2 || word.bytes().all(|b| b.is_ascii_digit()) || word.starts_with("pp"))
}

/// `… the ledger. p. 14`
fn place_at_end(text: &str, language: Language) -> Option<usize> {
    /// The words of a place: "pp. 14 – 15".
    const WORDS: usize = 4;
    let starts = text.rmatch_indices(char::is_whitespace).map(|(at, space)| at + space.len()).take(WORDS);
    let mut starts = starts.chain((text.len() < 16).then_some(0));
    starts.find(|&at| {
        let ended = text[..at].trim_end();
        (ended.is_empty() || ends_sentence(ended)) && is_place(&text[at..], language)
    })
}

/// Whether a text is a label and a number: `p. 14`, `location 120–122`.
fn is_place(text: &str, language: Language) -> bool {
    let text = text.trim();
    let letters = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let label = text[..letters].to_lowercase();
    language.words(List::ReferenceLabel).contains(&&*label)
        && is_numbers(text[letters..].trim_start_matches(['.', ' ', '\u{a0}', '\u{202f}']))
}

/// `14`, `14–15`: not a year or an amount.
fn is_bare_number(text: &str) -> bool {
    is_numbers(text) && text.split(|c: char| !c.is_ascii_digit()).all(|number| number.len() <= 3)
}

fn is_numbers(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.trim_end_matches(['f', '.']).chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ' '))
}

/// Whether a line behind the quoted words is an author and a work: every longer word has a capital, and no sentence ends.
fn is_work(line: &str) -> bool {
    /// A longer line is a sentence.
    const WORDS: usize = 12;
    let line = line.trim();
    let mut words = line.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    let is_titled = |word: &str| word.len() < 4 || !word.starts_with(char::is_lowercase);
    line.starts_with(char::is_uppercase)
        && line.is_ascii() | line.contains(' ')
        && line.split_whitespace().count() <= WORDS
        && !ends_sentence(line)
        && !line.ends_with([',', ';', ':'])
        && words.all(is_titled)
}

/// A link that ends the paragraph, with a dash or bracket before it: `— [[log]]`, `[the list](list.md), 1811`. The words of
/// a link to the web are cut off only behind the end of a sentence, since pages that were clipped have many in their words.
fn link_at_end(run: &Run, part: Span, citations: &[Citation]) -> Option<u32> {
    /// The words that may follow a link that has a dash before it.
    const BEHIND: usize = 4;
    let text = run.text.text();
    let (index, ..) = *run.citations.iter().rfind(|(_, span, _)| {
        let shown = run.text.span_to_plain(*span);
        !shown.is_empty() && shown.start >= part.start && shown.end <= part.end
    })?;
    let citation = &citations[index as usize];
    let shown = run.text.span_to_plain(citation.span);
    let before = Span::new(part.start, shown.start).of(text).trim_end();
    let unbracketed = before.trim_end_matches(['(', '[']).trim_end();
    let undashed = unbracketed.trim_end_matches(['—', '–', '―', '-', '~']);
    let has_dash = undashed.len() < unbracketed.len();
    let behind = Span::new(shown.end, part.end).of(text).trim_matches([')', ']', '.', ' ']);
    let is_last = behind.is_empty() || has_dash && behind.split_whitespace().count() <= BEHIND;
    let is_set_off = has_dash || undashed.is_empty() || ends_sentence(undashed);
    // "The measure should sidestep the [tradeoff](page.md)": the link is part of the sentence.
    let last_word = words(undashed).last();
    let is_continued = last_word.is_some_and(|word| run.language.is(&word.folded, Class::FunctionWord));
    let points = is_set_off || !is_continued && !matches!(citation.target, Target::Url { .. });
    (is_last && points).then_some(part.start + undashed.len() as u32)
}

/// Whether a sentence or the quoted text has ended.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '”', '"', '’', '»', ']', ')', '*', '。'])
}

fn last_line(run: &Run, part: Span) -> Span {
    let start = run.breaks.iter().rev().map(|at| at + 1).find(|&at| at > part.start && at < part.end);
    Span::new(start.unwrap_or(part.start), part.end)
}

fn trimmed(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let start = span.start + (part.len() - part.trim_start().len()) as u32;
    Span::new(start, start + part.trim().len() as u32)
}
