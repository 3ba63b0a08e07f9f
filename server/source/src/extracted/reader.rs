use ibid_language::Language;
use ibid_text::{Mapped, Span};
use serde::{Deserialize, Serialize};

use super::{CHAPTER, MARK, PAGE, PARTIAL, PLAIN, TIME, sign};
use crate::{Extent, Metadata, Passage, PassageKind, passage::Discourse, requotation::requotations, voice::marked};

/// The kinds of block that have a sign.
const SIGNED: [PassageKind; 3] = [PassageKind::Heading, PassageKind::ListItem, PassageKind::Blockquote];

/// A line below the head.
struct Line {
    kind: LineKind,
    /// Its text, without the sign of its block.
    words: Span,
    /// The start of the next line, in bytes.
    end: u32,
}

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum LineKind {
    /// The mark of a new page or chapter.
    Mark,
    /// The mark of a time, before a line of a recording.
    Time,
    Blank,
    /// The first line of a block.
    First(PassageKind),
    /// A later line of a block.
    Further,
}

/// The lines below the head.
fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut is_open = false;
    let mut end = head(text).len() as u32;
    text[end as usize..].split_inclusive('\n').map(move |whole| {
        let start = end;
        end += whole.len() as u32;
        let signed = SIGNED.into_iter().find(|&kind| !is_open && whole.starts_with(sign(kind)));
        let skipped = if is_open { "" } else { signed.map_or(PLAIN, sign) };
        let rest = whole.strip_prefix(skipped).unwrap_or(whole);
        let from = match rest.trim_start() {
            "" => whole.trim_end_matches('\n').len(),
            rest => whole.len() - rest.len(),
        };
        let words = Span::from(from..from + rest.trim().len()).shift(start);
        let kind = match (whole.strip_prefix(MARK), words.is_empty(), is_open) {
            (Some(mark), ..) if mark.starts_with(TIME) => LineKind::Time,
            (Some(_), ..) => LineKind::Mark,
            (_, true, _) => LineKind::Blank,
            (_, _, true) => LineKind::Further,
            _ => LineKind::First(signed.unwrap_or(PassageKind::Paragraph)),
        };
        is_open = matches!(kind, LineKind::First(_) | LineKind::Further)
            || matches!(kind, LineKind::Mark | LineKind::Time) && is_open;
        Line { kind, words, end }
    })
}

/// The text before the first mark.
fn head(text: &str) -> &str {
    match text.find(MARK) {
        Some(at) if text[..at].is_empty() || text[..at].ends_with('\n') => &text[..at],
        _ => "",
    }
}

/// The metadata and the readable text: the document without its head, marks and signs. Never fails.
pub(crate) fn readable_text(text: &str) -> (Metadata, Mapped) {
    let mut metadata = Metadata::default();
    for (name, value) in head(text).lines().filter_map(|line| line.split_once(": ")) {
        let value = value.trim().to_owned();
        match name {
            "title" => metadata.title = Some(value),
            "date" => metadata.date = Some(value),
            "doi" => metadata.doi = Some(value),
            "author" => metadata.authors.push(value),
            "url" => metadata.urls.push(value),
            "id" => metadata.keys.push(value),
            "alias" => metadata.aliases.push(value),
            "extent" if value == PARTIAL => metadata.extent = Extent::Partial,
            _ => {}
        }
    }
    let mut content = Mapped::default();
    let mut lines = lines(text).peekable();
    while let Some(Line { kind, words, end }) = lines.next() {
        let next = lines.peek().filter(|next| next.kind == LineKind::Time);
        match (kind, next) {
            (LineKind::Mark | LineKind::Time, _) => {}
            (LineKind::First(_) | LineKind::Further, Some(time)) => {
                content.push_verbatim(text, words);
                // A recording has no lines.
                content.push(" ", Span::empty(time.end));
            }
            // The line's end belongs to the text.
            _ => content.push_verbatim(text, Span::new(words.start, end)),
        }
    }
    (metadata, content)
}

/// The passages of a text; `content` and `metadata` are what [`readable_text`] returned for it. Never fails.
pub(crate) fn passages(text: &str, content: &Mapped, metadata: &Metadata, language: Language) -> Discourse {
    let mut passages: Vec<Passage> = Vec::new();
    for line in lines(text) {
        let span = content.span_to_plain(line.words);
        match (line.kind, passages.last_mut()) {
            (LineKind::First(kind), _) => {
                passages.push(Passage { span, kind, voice: marked::own_voice(), repeats: Vec::new() });
            }
            (LineKind::Further, Some(last)) => last.span.end = span.end,
            (LineKind::Further | LineKind::Mark | LineKind::Time | LineKind::Blank, _) => {}
        }
    }
    for at in 0..passages.len() {
        let is_quoted = |at: usize| passages[at].kind == PassageKind::Blockquote;
        if is_quoted(at) && (at == 0 || !is_quoted(at - 1)) {
            let run = passages[at..].iter().take_while(|passage| passage.kind == PassageKind::Blockquote).count();
            marked::attribute(content.text(), &mut passages[..at + run], at, &metadata.authors, language);
        }
    }
    marked::name_author(&mut passages, &metadata.authors);
    let spans: Vec<Span> = passages.iter().map(|passage| passage.span).collect();
    let requotations = requotations(content.text(), &spans);
    Discourse { passages, requotations, ..Discourse::default() }
}

/// The byte offset of each page in a text that was extracted from a document with pages.
pub fn pages(text: &str) -> Vec<u32> {
    marks(text).filter(|(_, mark)| mark.starts_with(PAGE) && mark.ends_with(']')).map(|(at, _)| at).collect()
}

/// The page labels of such a text in order; empty if the pages are simply counted from 1.
pub fn page_labels(text: &str) -> Vec<String> {
    let label = |(_, mark): (u32, &str)| Some(mark.strip_prefix(PAGE)?.strip_suffix(']')?.to_owned());
    let labels: Vec<String> = marks(text).filter_map(label).collect();
    let counts = labels.iter().zip(1..).all(|(label, number)| label.parse() == Ok(number));
    if counts { Vec::new() } else { labels }
}

/// A chapter of a document that has no pages, or a line of a recording.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Chapter {
    /// Byte offset of its mark in the extracted text.
    pub begin: u32,
    /// Its title, on one line; of a line of a recording its time.
    pub title: String,
}

/// The chapters of an extracted text, in order.
pub fn chapters(text: &str) -> Vec<Chapter> {
    let title = |mark: &str| {
        let named = mark.strip_prefix(CHAPTER).or_else(|| mark.strip_prefix(TIME));
        Some(named?.strip_suffix(']')?.to_owned())
    };
    marks(text).filter_map(|(begin, mark)| Some(Chapter { begin, title: title(mark)? })).collect()
}

/// The marks of a text, each with the byte offset of its line.
fn marks(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let begins_line = |at: &usize| *at == 0 || text[..*at].ends_with('\n');
    let marks = text.match_indices(MARK).map(|(at, _)| at).filter(begins_line);
    marks.map(|at| (at as u32, text[at + MARK.len_utf8()..].lines().next().unwrap_or_default()))
}
