//! Reporting frames: the words around a quotation that say whose words it repeats.
//!
//! The verbs and patterns follow the direct-speech literature (Pareti, "A Database of Attribution Relations", 2012):
//! a source, a cue and the content, adjacent to each other. A frame that names nobody a note can quote ("you might
//! say", "I would answer") is none.

use ibid_text::Span;

use crate::words::{self, Token};

/// What the words around a quotation say of it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Frame {
    /// Names, as spans of the text.
    pub(crate) names: Vec<Span>,
    /// Whether somebody is said to have written or said it.
    pub(crate) reported: bool,
    /// Whether the marks say that this repeats nobody: a title, a word as a word, something imagined.
    pub(crate) denied: bool,
}

impl Frame {
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && !self.reported
    }

    fn named(name: Span) -> Self {
        Self { names: vec![name], reported: true, denied: false }
    }

    fn reported() -> Self {
        Self { reported: true, ..Self::default() }
    }

    fn denied() -> Self {
        Self { denied: true, ..Self::default() }
    }
}

/// Reads the frame of the quotation that stands between `before` and `after`, both spans of `text` within its sentence.
pub(crate) fn around(text: &str, before: Span, quoted: Span, after: Span) -> Frame {
    let head = words::tokens(text, before);
    let tail = words::tokens(text, after);
    if words::is_title(quoted.of(text)) || is_example(text, before, &head) {
        return Frame::denied();
    }
    let mut frame = before_quotation(text, before, &head);
    if frame.denied {
        return frame;
    }
    if frame.names.is_empty() {
        let behind = after_quotation(text, after, &tail);
        if !behind.is_empty() {
            frame = behind;
        }
    }
    if frame.is_empty() && is_mentioned_word(text, before, &head) {
        return Frame::denied();
    }
    if frame.names.is_empty()
        && let Some(name) = dated_name(text, &head).or_else(|| dated_name(text, &tail))
    {
        frame = Frame::named(name);
    }
    frame
}

/// Reads the frame that leads to a quotation at the end of `before`.
pub(crate) fn leading(text: &str, before: Span) -> Frame {
    let head = words::tokens(text, before);
    let frame = before_quotation(text, before, &head);
    match dated_name(text, &head) {
        Some(name) if frame.names.is_empty() && !frame.denied => Frame::named(name),
        _ => frame,
    }
}

/// "X writes:", "according to X", "in X's words".
fn before_quotation(text: &str, before: Span, head: &[Token<'_>]) -> Frame {
    /// How many words may stand between a verb and the words it reports.
    const REACH: usize = 12;
    let near = head.len().saturating_sub(REACH);
    for at in (near..head.len()).rev() {
        if Span::new(head[at].span.end, before.end).of(text).contains([';', '.']) {
            break;
        }
        let word = head[at].lower.as_str();
        if word == "according" && head.get(at + 1).is_some_and(|next| next.lower == "to") {
            if let Some(who) = words::name_from(text, head, at + 2) {
                return Frame::named(who);
            }
            return if words::mentions_source(&head[at + 2..]) { Frame::reported() } else { Frame::default() };
        }
        if !words::is_reporting(word) {
            continue;
        }
        match subject(text, head, at) {
            Subject::Named(name) => return Frame::named(name),
            Subject::Unnamed => return Frame::reported(),
            Subject::Imagined => return Frame::denied(),
            Subject::None => {}
        }
    }
    let introduces = Span::new(head.last().map_or(before.start, |t| t.span.end), before.end).of(text).contains(':');
    let owners = head[near..].iter().filter(|token| token.is_possessive_name());
    let adjacent = |token: &&Token<'_>| Span::new(token.span.end, before.end).of(text).split_whitespace().count() <= 3;
    match owners.clone().next_back() {
        Some(owner) if introduces || adjacent(&owner) => Frame::named(owner.name_span()),
        _ => Frame::default(),
    }
}

enum Subject {
    Named(Span),
    /// A pronoun or "the post", or a subject further up.
    Unnamed,
    /// "you might say", "I would answer".
    Imagined,
    None,
}

/// Who does what the verb at `verb` says.
fn subject(text: &str, head: &[Token<'_>], verb: usize) -> Subject {
    let mut at = verb;
    while at > 0 {
        let word = head[at - 1].lower.as_str();
        if words::is_modal(word) {
            return Subject::Imagined;
        }
        if !words::stands_between_subject_and_verb(word) {
            break;
        }
        at -= 1;
    }
    if at == 0 {
        return Subject::None;
    }
    let last = &head[at - 1];
    if words::is_own_voice(&last.lower) {
        return Subject::Imagined;
    }
    if words::is_third_person(&last.lower) {
        return Subject::Unnamed;
    }
    if let Some(name) = words::name_until(text, head, at) {
        return Subject::Named(name);
    }
    let near = &head[at.saturating_sub(6)..at];
    if let Some(owner) = near.iter().rev().find(|token| token.is_possessive_name()) {
        return Subject::Named(owner.name_span());
    }
    let unbroken = near.iter().rposition(|token| token.ends_clause(text)).map_or(0, |at| at + 1);
    if words::mentions_source(&near[unbroken.min(near.len())..]) {
        return Subject::Unnamed;
    }
    // "He grants this, and adds that …": the subject is further up.
    if matches!(last.lower.as_str(), "and" | "but" | "then" | "also") {
        let subject = head[..at].iter().find(|token| words::is_third_person(&token.lower) || token.is_name_like());
        if subject.is_some() && !head[..at].iter().any(|token| words::is_own_voice(&token.lower)) {
            return Subject::Unnamed;
        }
    }
    Subject::None
}

/// `“…,” says X`, `“…”, X writes`, `“…”, as X puts it`, `“…”, according to X`.
fn after_quotation(text: &str, after: Span, tail: &[Token<'_>]) -> Frame {
    let Some(first) = tail.first() else { return Frame::default() };
    // The frame is next to the quotation: nothing but a comma or a dash lies between.
    let gap = Span::new(after.start, first.span.start).of(text);
    if gap.contains(['.', ';', ':', '?', '!', '(']) {
        return Frame::default();
    }
    let dashed = gap.contains(['—', '–']);
    let mut at = usize::from(matches!(first.lower.as_str(), "as" | "so" | "is" | "was" | "how" | "what"));
    if first.lower == "according" {
        return match words::name_from(text, tail, 2) {
            Some(name) => Frame::named(name),
            None if words::mentions_source(&tail[1..tail.len().min(6)]) => Frame::reported(),
            None => Frame::default(),
        };
    }
    let Some(token) = tail.get(at) else { return Frame::default() };
    if words::is_reporting(&token.lower) {
        at += 1;
        let Some(next) = tail.get(at) else { return Frame::default() };
        return if let Some(name) = words::name_from(text, tail, at) {
            Frame::named(name)
        } else if words::is_third_person(&next.lower) || words::mentions_source(&tail[at..tail.len().min(at + 4)]) {
            Frame::reported()
        } else {
            Frame::default()
        };
    }
    let verb = tail.iter().take(at + 6).position(|token| words::is_reporting(&token.lower));
    let Some(verb) = verb.filter(|&verb| verb > at) else {
        return match words::name_from(text, tail, at) {
            Some(name) if dashed => Frame::named(name),
            _ => Frame::default(),
        };
    };
    match subject(text, tail, verb) {
        Subject::Named(name) => Frame::named(name),
        Subject::Unnamed => Frame::reported(),
        Subject::Imagined => Frame::denied(),
        Subject::None => Frame::default(),
    }
}

/// The name in "(X, 2023)", "X (2023)" or "X et al. 2023".
fn dated_name(text: &str, tokens: &[Token<'_>]) -> Option<Span> {
    let year = tokens.iter().position(|token| words::is_year(token.span.of(text)))?;
    let name = words::name_until(text, tokens, year)?;
    let gap = Span::new(name.end, tokens[year].span.start).of(text);
    let set_off = gap.contains('(') || text[..name.start as usize].trim_end().ends_with(['(', ';']);
    (set_off && gap.chars().count() <= 10).then_some(name)
}

/// "the term “…”", "so-called “…”": the words themselves are meant.
fn is_mentioned_word(text: &str, before: Span, head: &[Token<'_>]) -> bool {
    let Some(last) = head.last() else { return false };
    let gap = Span::new(last.span.end, before.end).of(text);
    gap.trim().is_empty() && words::names_a_word(&last.lower)
}

/// "such as “…”", "imagine someone saying “…”".
fn is_example(text: &str, before: Span, head: &[Token<'_>]) -> bool {
    let lower = |back: usize| head.len().checked_sub(back).map_or("", |at| head[at].lower.as_str());
    let imagined = head.iter().any(|token| matches!(token.lower.as_str(), "imagine" | "suppose" | "pretend"));
    let adjacent = head.last().is_some_and(|last| Span::new(last.span.end, before.end).of(text).trim().is_empty());
    let example = matches!((lower(2), lower(1)), ("such", "as") | (_, "like"));
    imagined || example && adjacent || matches!((lower(2), lower(1)), ("e", "g") | (_, "e.g"))
}
