//! Reporting frames: the words around a quotation that say whose words it repeats.
//!
//! A frame is a source, a cue and the content, adjacent to each other (Pareti, "A Database of Attribution Relations",
//! LREC 2012). Words that name nobody a note can quote ("you might say", "I would answer") are no frame. A language
//! without a pack has no frames.

use ibid_language::{Class, Language, PhraseList};
use ibid_text::Span;

use crate::{
    cue::{self, VerbForm},
    token::{self, Token},
};

/// What the words around a quotation say about its origin.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Frame {
    /// Names, as spans of the text.
    pub(crate) names: Vec<Span>,
    /// Whether the words around say that somebody wrote or said it.
    pub(crate) reported: bool,
    /// Why the quotation repeats nobody, if the words around it say so.
    pub(crate) denial: Option<Denial>,
    /// Whether the verb is one of speech ("said", "asked"): without a citation, such words belong to a story.
    pub(crate) is_speech: bool,
}

/// Why words in quotation marks repeat nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Denial {
    /// A title, a label, an example, a word as a word.
    Mentioned,
    /// Something imagined, or the writer's own.
    Imagined,
    /// Said in private, where no source records it.
    Private,
}

impl Frame {
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && !self.reported
    }

    /// A frame that names somebody.
    fn named(name: Span) -> Self {
        Self { names: vec![name], reported: true, ..Self::default() }
    }

    fn named_by(name: Span, verb: &Token<'_>) -> Self {
        Self { is_speech: verb.is(Class::SpeechVerb), ..Self::named(name) }
    }

    fn reported() -> Self {
        Self { reported: true, ..Self::default() }
    }

    fn denied(denial: Denial) -> Self {
        Self { denial: Some(denial), ..Self::default() }
    }
}

/// Reads the frame of the quotation between `before` and `after`, spans of `text` within the quotation's sentence.
pub(crate) fn around(text: &str, before: Span, quoted: Span, after: Span, language: Language) -> Frame {
    if !language.has_pack() {
        return Frame::default();
    }
    let head = token::tokens(text, before, language);
    let tail = token::tokens(text, after, language);
    if is_title(quoted.of(text)) || is_example(text, before, &head) || names_a_part(text, after, &tail) {
        return Frame::denied(Denial::Mentioned);
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
        return Frame::denied(Denial::Mentioned);
    }
    frame
}

/// Reads the frame that leads to a quotation at the end of `before`.
pub(crate) fn leading(text: &str, before: Span, language: Language) -> Frame {
    if !language.has_pack() {
        return Frame::default();
    }
    let head = token::tokens(text, before, language);
    let frame = before_quotation(text, before, &head);
    match dated_name(text, &head) {
        Some(name) if frame.names.is_empty() && frame.denial.is_none() => Frame::named(name),
        _ => frame,
    }
}

/// "X writes:", "according to X", "in X's words".
fn before_quotation(text: &str, before: Span, head: &[Token<'_>]) -> Frame {
    /// Words between a verb and the quotation that it reports, at most.
    const REACH: usize = 12;
    /// Words between a verb that imagines the quotation and the quotation, at most.
    const REACH_IMAGINED: usize = 3;
    let near = head.len().saturating_sub(REACH);
    if is_private(&head[near..]) {
        return Frame::denied(Denial::Private);
    }
    for at in (near..head.len()).rev() {
        if Span::new(head[at].span.end, before.end).of(text).contains([';', '.']) {
            break;
        }
        if let Some(len) = token::begin_with(&head[at..], PhraseList::AccordingTo) {
            return according_to(text, &head[at + len..]);
        }
        let Some(form) = cue::reporting(head, at) else { continue };
        match subject(text, head, at, form) {
            Subject::Named(name) => return Frame::named_by(name, &head[at]),
            Subject::Unnamed => return Frame::reported(),
            Subject::Imagined if head.len() - at <= REACH_IMAGINED => return Frame::denied(Denial::Imagined),
            // "She proposes a change, called “…”": a name for the thing.
            Subject::None if at + 1 == head.len() && head[at].is(Class::MentionedWordLabel) => {
                return Frame::denied(Denial::Mentioned);
            }
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
    (0..head.len()).any(|at| token::begin_with(&head[at..], PhraseList::PrivateCommunication).is_some())
}

/// The frame of "according to", given the words after it.
fn according_to(text: &str, rest: &[Token<'_>]) -> Frame {
    match token::name_from(text, rest, 0) {
        Some(name) => Frame::named(name),
        None if cue::mentions_source(&rest[..rest.len().min(5)]) => Frame::reported(),
        None => Frame::default(),
    }
}

/// The subject of a reporting verb.
enum Subject {
    /// A name.
    Named(Span),
    /// A pronoun or "the post", or a subject further up.
    Unnamed,
    /// "you might say", "I would answer".
    Imagined,
    /// Nothing that reports somebody's words.
    None,
}

/// The subject of the verb at `verb`.
fn subject(text: &str, head: &[Token<'_>], verb: usize, form: VerbForm) -> Subject {
    let mut at = verb;
    while at > 0 {
        let word = &head[at - 1];
        if word.is(Class::UnrealAuxiliary) {
            return Subject::Imagined;
        }
        if word.is(Class::InfinitiveMarker) && !cue::continues(&head[..at - 1]) {
            let own = head[..at].iter().any(|token| token.is(Class::UnquotableSubject));
            return if own { Subject::Imagined } else { Subject::None };
        }
        if form == VerbForm::Past && word.is(Class::PassiveAuxiliary) {
            return Subject::None;
        }
        if !cue::is_filler(word) {
            break;
        }
        at -= 1;
    }
    let Some(last) = at.checked_sub(1).map(|last| &head[last]) else { return Subject::None };
    if last.is(Class::UnquotableSubject) {
        return Subject::Imagined;
    }
    // "He grants this, and adds that …", "by saying that …": the subject is further up.
    let joined = last.is(Class::ClauseCoordinator) && form != VerbForm::Base;
    let explains = last.is(Class::MannerOpener) || last.ends_clause(text);
    if joined || form == VerbForm::Gerund && explains {
        let other = head[..at].iter().any(|token| token.is(Class::ThirdPerson) || token.is_name());
        let own = head[..at].iter().any(|token| token.is(Class::UnquotableSubject));
        return if other && !own && !head[verb].is(Class::SpeechVerb) { Subject::Unnamed } else { Subject::None };
    }
    if form == VerbForm::Gerund {
        return Subject::None;
    }
    // "They say", "Tan et al. write", but no "the DFX call".
    let agrees = form != VerbForm::Base || cue::is_plural(&head[at.saturating_sub(4)..at]);
    if !agrees {
        return Subject::None;
    }
    if last.is(Class::ThirdPerson) {
        // Nobody can look up what "he said" in a story. What he writes can be looked up.
        let story = head[verb].is(Class::SpeechVerb) || head.iter().any(|token| token.is(Class::Supposition));
        return if story { Subject::None } else { Subject::Unnamed };
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
    /// Words in the subject of a verb after a quotation, at most.
    const SUBJECT: usize = 6;
    let Some(first) = tail.first() else { return Frame::default() };
    // The frame is next to the quotation: nothing but a comma or a dash lies between.
    let gap = Span::new(after.start, first.span.start).of(text);
    if gap.contains(['.', ';', ':', '?', '!', '(', '[']) {
        return Frame::default();
    }
    if let Some(len) = token::begin_with(tail, PhraseList::AccordingTo) {
        return according_to(text, &tail[len..]);
    }
    let start = usize::from(first.is(Class::InvertedReportOpener));
    let Some(cue) = (start..tail.len().min(start + SUBJECT)).find(|&at| cue::reporting(tail, at).is_some()) else {
        return match token::name_from(text, tail, start) {
            Some(name) if gap.contains(['—', '–']) => Frame::named(name),
            _ => Frame::default(),
        };
    };
    if cue > start {
        let form = cue::reporting(tail, cue).unwrap_or(VerbForm::Past);
        if tail.get(cue + 1).is_some_and(|next| next.is(Class::ContentOpener)) {
            return Frame::default();
        }
        return match subject(text, tail, cue, form) {
            Subject::Named(name) => Frame::named_by(name, &tail[cue]),
            Subject::Unnamed => Frame::reported(),
            Subject::Imagined => Frame::denied(Denial::Imagined),
            Subject::None => Frame::default(),
        };
    }
    let rest = &tail[cue + 1..];
    if let Some(name) = token::name_from(text, rest, 0) {
        return Frame::named_by(name, &tail[cue]);
    }
    let writes = !tail[cue].is(Class::SpeechVerb);
    let pronoun = rest.first().is_some_and(|next| next.is(Class::ThirdPerson)) && writes;
    if pronoun || cue::mentions_source(&rest[..rest.len().min(3)]) { Frame::reported() } else { Frame::default() }
}

/// The name in "(X, 2023)", "X (2023)" or "X et al. (2023)".
fn dated_name(text: &str, tokens: &[Token<'_>]) -> Option<Span> {
    /// Characters between a name and its year, at most: ` et al., (`.
    const GAP: usize = 12;
    let year = tokens.iter().position(|token| token::is_year(token.word))?;
    let name = token::name_until(text, tokens, year)?;
    let gap = Span::new(name.end, tokens[year].span.start).of(text);
    let set_off = gap.contains('(') || text[..name.start as usize].trim_end().ends_with(['(', ';']);
    (set_off && gap.chars().count() <= GAP).then_some(name)
}

/// "the term “…”", "so-called “…”": the quotation marks mention a word.
fn is_mentioned_word(text: &str, before: Span, head: &[Token<'_>]) -> bool {
    let Some(last) = head.last() else { return false };
    let gap = Span::new(last.span.end, before.end).of(text);
    gap.trim().is_empty() && last.is(Class::MentionedWordLabel)
}

/// "the “…” section": the words are a label.
fn names_a_part(text: &str, after: Span, tail: &[Token<'_>]) -> bool {
    let Some(first) = tail.first() else { return false };
    let gap = Span::new(after.start, first.span.start).of(text);
    gap.trim().is_empty() && first.is(Class::LabelledNoun)
}

/// "such as “…”", "imagine someone saying “…”".
fn is_example(text: &str, before: Span, head: &[Token<'_>]) -> bool {
    let imagined = head.iter().any(|token| token.is(Class::ImaginingVerb));
    let adjacent = head.last().is_some_and(|last| Span::new(last.span.end, before.end).of(text).trim().is_empty());
    imagined
        || adjacent && token::end_with(head, PhraseList::ExampleMarker)
        || token::end_with(head, PhraseList::ExampleAbbreviation)
}

/// Whether the words are capitalised like a title: every longer word has a capital.
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
