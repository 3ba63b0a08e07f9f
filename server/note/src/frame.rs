//! Reporting frames: the words around a quotation that say whose words it repeats.
//!
//! A frame is a source, a cue and the content, adjacent to each other (Pareti, "A Database of Attribution Relations",
//! LREC 2012). A frame that names nobody a note can quote ("you might say", "I would answer") is none.

use ibid_text::Span;

use crate::{
    cue::{self, Form},
    lexicon,
    token::{self, Token},
};

/// What the words around a quotation say of it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Frame {
    /// Names, as spans of the text.
    pub(crate) names: Vec<Span>,
    /// Whether somebody is said to have written or said it.
    pub(crate) reported: bool,
    /// Why this repeats nobody, if the words around say so.
    pub(crate) denial: Option<Denial>,
    /// Whether the verb is one of talk ("said", "asked"): the stuff of stories, unless a citation says otherwise.
    pub(crate) told: bool,
}

/// Why marked words repeat nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Denial {
    /// A title, a label, an example, a word as a word.
    Mentioned,
    /// Something imagined, or the writer's own.
    Imagined,
    /// Said where no source could hear it.
    Private,
}

impl Frame {
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && !self.reported
    }

    fn named(name: Span) -> Self {
        Self { names: vec![name], reported: true, ..Self::default() }
    }

    fn named_by(name: Span, verb: &Token<'_>) -> Self {
        Self { told: verb.is_in(lexicon::TALK), ..Self::named(name) }
    }

    fn reported() -> Self {
        Self { reported: true, ..Self::default() }
    }

    fn denied() -> Self {
        Self { denial: Some(Denial::Mentioned), ..Self::default() }
    }

    fn private() -> Self {
        Self { denial: Some(Denial::Private), ..Self::default() }
    }

    fn imagined() -> Self {
        Self { denial: Some(Denial::Imagined), ..Self::default() }
    }
}

/// Reads the frame of the quotation that stands between `before` and `after`, both spans of `text` within its sentence.
pub(crate) fn around(text: &str, before: Span, quoted: Span, after: Span) -> Frame {
    let head = token::tokens(text, before);
    let tail = token::tokens(text, after);
    if is_title(quoted.of(text)) || is_example(text, before, &head) || names_a_part(text, after, &tail) {
        return Frame::denied();
    }
    let leading = before_quotation(text, before, &head);
    if leading.denial.is_some() {
        return leading;
    }
    let behind = if leading.names.is_empty() { after_quotation(text, after, &tail) } else { Frame::default() };
    let frame = if behind.is_empty() { leading } else { behind };
    if !frame.names.is_empty() {
        return frame;
    }
    if let Some(name) = dated_name(text, &head).or_else(|| dated_name(text, &tail)) {
        return Frame::named(name);
    }
    if frame.is_empty() && is_mentioned_word(text, before, &head) {
        return Frame::denied();
    }
    frame
}

/// Reads the frame that leads to a quotation at the end of `before`.
pub(crate) fn leading(text: &str, before: Span) -> Frame {
    let head = token::tokens(text, before);
    let frame = before_quotation(text, before, &head);
    match dated_name(text, &head) {
        Some(name) if frame.names.is_empty() && frame.denial.is_none() => Frame::named(name),
        _ => frame,
    }
}

/// "X writes:", "according to X", "in X's words".
fn before_quotation(text: &str, before: Span, head: &[Token<'_>]) -> Frame {
    /// How many words may stand between a verb and the words it reports.
    const REACH: usize = 12;
    /// How many, where the verb says that nobody says them.
    const NEXT: usize = 3;
    let near = head.len().saturating_sub(REACH);
    if is_private(&head[near..]) {
        return Frame::private();
    }
    for at in (near..head.len()).rev() {
        if Span::new(head[at].span.end, before.end).of(text).contains([';', '.']) {
            break;
        }
        let word = head[at].lower.as_str();
        if word == "according" && head.get(at + 1).is_some_and(|next| next.lower == "to") {
            return according_to(text, &head[at + 2..]);
        }
        let Some(form) = cue::reporting(head, at) else { continue };
        match subject(text, head, at, form) {
            Subject::Named(name) => return Frame::named_by(name, &head[at]),
            Subject::Unnamed => return Frame::reported(),
            Subject::Imagined if head.len() - at <= NEXT => return Frame::imagined(),
            // "She proposes a change, called “…”": a name for the thing.
            Subject::None if at + 1 == head.len() && head[at].is_in(lexicon::MENTION) => return Frame::denied(),
            Subject::Imagined | Subject::None => {}
        }
    }
    let last = head.last().map_or(before.start, |token| token.span.end);
    let introduces = Span::new(last, before.end).of(text).contains(':');
    let owner = (near..head.len()).rev().find(|&at| cue::owns_words(&head[at..]));
    match owner {
        Some(at) if introduces || head.len() - at <= 4 => Frame::named(head[at].name_span()),
        _ => Frame::default(),
    }
}

/// "in private communication", "by email".
fn is_private(head: &[Token<'_>]) -> bool {
    head.windows(2).any(|pair| {
        pair[0].is_in(lexicon::PRIVATE) && pair[1].is_in(lexicon::TALKS)
            || pair[0].lower == "by" && pair[1].is_in(lexicon::LETTERS)
    })
}

fn according_to(text: &str, rest: &[Token<'_>]) -> Frame {
    match token::name_from(text, rest, 0) {
        Some(name) => Frame::named(name),
        None if cue::mentions_source(&rest[..rest.len().min(5)]) => Frame::reported(),
        None => Frame::default(),
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
fn subject(text: &str, head: &[Token<'_>], verb: usize, form: Form) -> Subject {
    let mut at = verb;
    while at > 0 {
        let word = head[at - 1].lower.as_str();
        if cue::is_modal(word) {
            return Subject::Imagined;
        }
        if word == "to" && !cue::goes_on(&head[..at - 1]) {
            let own = head[..at].iter().any(|token| token.is_in(lexicon::OWN_VOICE));
            return if own { Subject::Imagined } else { Subject::None };
        }
        if form == Form::Past && lexicon::PASSIVE.contains(&word) {
            return Subject::None;
        }
        if !cue::stands_between_subject_and_verb(word) {
            break;
        }
        at -= 1;
    }
    let Some(last) = at.checked_sub(1).map(|last| &head[last]) else { return Subject::None };
    if last.is_in(lexicon::OWN_VOICE) {
        return Subject::Imagined;
    }
    // "He grants this, and adds that …", "by saying that …": the subject is further up.
    let joined = matches!(last.lower.as_str(), "and" | "but") && form != Form::Base;
    let explains = matches!(last.lower.as_str(), "by" | "as") || last.ends_clause(text);
    if joined || form == Form::Gerund && explains {
        let told = head[..at].iter().any(|token| token.is_in(lexicon::THIRD_PERSON) || token.is_name_like());
        let own = head[..at].iter().any(|token| token.is_in(lexicon::OWN_VOICE));
        return if told && !own && !head[verb].is_in(lexicon::TALK) { Subject::Unnamed } else { Subject::None };
    }
    if form == Form::Gerund {
        return Subject::None;
    }
    // "They say", "Tan et al. write", but no "the DFX call".
    let many = form != Form::Base || cue::is_plural(&head[at.saturating_sub(4)..at]);
    if !many {
        return Subject::None;
    }
    if last.is_in(lexicon::THIRD_PERSON) {
        // What "he said" in a story nobody can look up; what he writes, they can.
        let told = head[verb].is_in(lexicon::TALK) || head.iter().any(|token| token.is_in(lexicon::CONDITIONAL));
        return if told { Subject::None } else { Subject::Unnamed };
    }
    if let Some(name) = token::name_until(text, head, at)
        && !last.ends_clause(text)
    {
        return Subject::Named(name);
    }
    let near = &head[at.saturating_sub(7)..at];
    if let Some(owner) = (0..near.len()).rev().find(|&owner| cue::owns_words(&near[owner..])) {
        return Subject::Named(near[owner].name_span());
    }
    let unbroken = near.iter().rposition(|token| token.ends_clause(text)).map_or(0, |comma| comma + 1);
    if cue::mentions_source(&near[unbroken.min(near.len())..]) { Subject::Unnamed } else { Subject::None }
}

/// `“…,” says X`, `“…”, X writes`, `“…”, as X puts it`, `“…”, according to X`.
fn after_quotation(text: &str, after: Span, tail: &[Token<'_>]) -> Frame {
    /// How many words the subject of a verb behind a quotation may have.
    const SUBJECT: usize = 6;
    let Some(first) = tail.first() else { return Frame::default() };
    // The frame is next to the quotation: nothing but a comma or a dash lies between.
    let gap = Span::new(after.start, first.span.start).of(text);
    if gap.contains(['.', ';', ':', '?', '!', '(', '[']) {
        return Frame::default();
    }
    if first.lower == "according" {
        return according_to(text, tail.get(2..).unwrap_or_default());
    }
    let start = usize::from(matches!(first.lower.as_str(), "as" | "so"));
    let Some(cue) = (start..tail.len().min(start + SUBJECT)).find(|&at| cue::reporting(tail, at).is_some()) else {
        return match token::name_from(text, tail, start) {
            Some(name) if gap.contains(['—', '–']) => Frame::named(name),
            _ => Frame::default(),
        };
    };
    if cue > start {
        let form = cue::reporting(tail, cue).unwrap_or(Form::Past);
        if tail.get(cue + 1).is_some_and(|next| next.is_in(lexicon::CONTENT)) {
            return Frame::default();
        }
        return match subject(text, tail, cue, form) {
            Subject::Named(name) => Frame::named_by(name, &tail[cue]),
            Subject::Unnamed => Frame::reported(),
            Subject::Imagined => Frame::imagined(),
            Subject::None => Frame::default(),
        };
    }
    let rest = &tail[cue + 1..];
    if let Some(name) = token::name_from(text, rest, 0) {
        return Frame::named_by(name, &tail[cue]);
    }
    let writes = !tail[cue].is_in(lexicon::TALK);
    let pronoun = rest.first().is_some_and(|next| next.is_in(lexicon::THIRD_PERSON)) && writes;
    if pronoun || cue::mentions_source(&rest[..rest.len().min(3)]) { Frame::reported() } else { Frame::default() }
}

/// The name in "(X, 2023)", "X (2023)" or "X et al. (2023)".
fn dated_name(text: &str, tokens: &[Token<'_>]) -> Option<Span> {
    /// Characters between a name and its year: ` et al., (`.
    const GAP: usize = 12;
    let year = tokens.iter().position(|token| token::is_year(token.word))?;
    let name = token::name_until(text, tokens, year)?;
    let gap = Span::new(name.end, tokens[year].span.start).of(text);
    let set_off = gap.contains('(') || text[..name.start as usize].trim_end().ends_with(['(', ';']);
    (set_off && gap.chars().count() <= GAP).then_some(name)
}

/// "the term “…”", "so-called “…”": the words themselves are meant.
fn is_mentioned_word(text: &str, before: Span, head: &[Token<'_>]) -> bool {
    let Some(last) = head.last() else { return false };
    let gap = Span::new(last.span.end, before.end).of(text);
    gap.trim().is_empty() && last.is_in(lexicon::MENTION)
}

/// "the “…” section": the words are a label.
fn names_a_part(text: &str, after: Span, tail: &[Token<'_>]) -> bool {
    let Some(first) = tail.first() else { return false };
    let gap = Span::new(after.start, first.span.start).of(text);
    gap.trim().is_empty() && first.is_in(lexicon::LABELLED)
}

/// "such as “…”", "imagine someone saying “…”".
fn is_example(text: &str, before: Span, head: &[Token<'_>]) -> bool {
    let lower = |back: usize| head.len().checked_sub(back).map_or("", |at| head[at].lower.as_str());
    let imagined = head.iter().any(|token| token.is_in(lexicon::IMAGINED));
    let adjacent = head.last().is_some_and(|last| Span::new(last.span.end, before.end).of(text).trim().is_empty());
    let example = matches!((lower(2), lower(1)), ("such", "as") | (_, "like"));
    imagined || example && adjacent || matches!((lower(2), lower(1)), ("e", "g") | (_, "e.g"))
}

/// Whether quoted words are set like a title: every longer word has a capital.
fn is_title(quoted: &str) -> bool {
    let mut capitals = 0;
    let mut words = 0;
    for word in
        quoted.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|word| !word.is_empty())
    {
        words += 1;
        let capital = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        if !capital && word.chars().count() > 4 {
            return false;
        }
        capitals += usize::from(capital);
    }
    capitals >= 2 && capitals * 2 >= words && !quoted.trim_end().ends_with('.')
}
