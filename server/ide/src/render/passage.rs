//! A passage of a source as Markdown: where it is, who speaks, and what a quotation changed in it.

use std::borrow::Cow;

use ibid_corpus::{Excerpt, File, FileId, Snapshot, person};
use ibid_evidence::Edit;
use ibid_source::{Comment, Metadata, Source, Voice, VoiceKind};
use ibid_text::Span;

use crate::syntax::markdown;

/// The most words that are shown before and after the words in question.
const CONTEXT: usize = 40;

/// What to show in a passage.
pub(crate) struct Shown<'a> {
    /// The words in question, as spans of the source's readable text.
    pub(crate) parts: &'a [Span],
    /// What a quotation changed in them; empty if nothing.
    pub(crate) edits: &'a [Edit],
    /// The words of the quotation, into which [`Edit::quote`] points.
    pub(crate) quote: &'a str,
}

impl Shown<'_> {
    /// Whether nothing was changed within the parts. They may have been joined without a mark.
    pub(crate) fn is_unchanged(&self) -> bool {
        let is_joint = |edit: &Edit| {
            self.parts.len() > 1 && edit.quote.is_empty() && !self.parts.iter().any(|part| part.overlaps(edit.source))
        };
        self.edits.iter().all(is_joint)
    }
}

/// "**Title** · path:line · speaker", with the path linked.
pub(crate) fn heading(snapshot: &Snapshot, file: FileId, readable: Span) -> Option<String> {
    let title = snapshot.metadata(snapshot.file(file)?).title.as_deref().map(markdown::bold);
    Some(title.into_iter().chain([location(snapshot, file, readable)?]).collect::<Vec<_>>().join(" · "))
}

/// A passage with its place and speaker.
pub(crate) fn describe_passage(snapshot: &Snapshot, file: FileId, readable: Span) -> Option<String> {
    let block = block(snapshot.file(file)?, &Shown { parts: &[readable], edits: &[], quote: "" })?;
    Some(format!("{}\n\n{block}", heading(snapshot, file, readable)?))
}

/// "path:line · speaker · details of the comment", with the path linked.
pub(crate) fn location(snapshot: &Snapshot, file: FileId, readable: Span) -> Option<String> {
    let file = snapshot.file(file)?;
    let address = markdown::link_to(file, file.to_own(readable)?.start);
    let voice = file.passage_at(readable.start).and_then(|(_, voice)| speaker(&snapshot.metadata(file), &voice));
    Some(std::iter::once(address).chain(voice).chain(comment(file, readable.start)).collect::<Vec<_>>().join(" · "))
}

/// Details of the comment at a byte offset of the readable text, if there is one.
fn comment(file: &File, at: u32) -> Vec<String> {
    let page = if file.may_have_comments() { file.page() } else { None };
    let source = page.as_ref().and_then(|page| page.source());
    let details = source.and_then(|source| Some(details(source, source.comment_at(at)?)));
    details.unwrap_or_default()
}

/// The details of a comment besides its author: whom it answers, its date, and its web address.
fn details(source: &Source, comment: &Comment) -> Vec<String> {
    let answered = source.ancestors(comment).next().and_then(|answered| answered.author.as_deref());
    let answers = answered.map(|name| format!("in reply to {}", markdown::escape(name)));
    // The day is enough of a time stamp.
    let day = |date: &str| date.split_once('T').map_or(date, |(day, _)| day).to_owned();
    let date = comment.date.as_deref().map(|date| markdown::escape(&day(date)));
    let permalink = comment.permalink.as_deref().map(markdown::escape);
    answers.into_iter().chain(date).chain(permalink).collect()
}

/// The speaker of a passage, if the source says who it is.
fn speaker(metadata: &Metadata, voice: &Voice) -> Option<String> {
    let of_authors = voice.kind == VoiceKind::Author && metadata.authors.len() > 1;
    let authors = || Some(person::list(&metadata.authors)).filter(|names| !names.is_empty());
    let name = match (&voice.name, voice.kind) {
        (Some(name), _) if !of_authors => Some(name.clone()),
        (_, VoiceKind::Author) => authors(),
        (None, VoiceKind::Unknown) => {
            return authors().map(|names| format!("in a work by {}", markdown::escape(&names)));
        }
        (name, _) => name.clone(),
    };
    let name = name.map(|name| markdown::escape(&name));
    let probably = if voice.confidence < 0.9 { "probably " } else { "" };
    match (voice.kind, name) {
        (VoiceKind::Author, Some(name)) => Some(format!("{probably}{name}")),
        (VoiceKind::Quoted, Some(name)) => Some(format!("{probably}{name}, quoted there")),
        (VoiceKind::Quoted, None) => Some(format!("{probably}somebody quoted there")),
        (VoiceKind::Commenter, Some(name)) => Some(format!("{probably}{name}, commenting there")),
        (VoiceKind::Commenter, None) => Some(format!("{probably}a comment there")),
        (VoiceKind::Author, None) | (VoiceKind::Unknown, _) => None,
    }
}

/// The passage around `shown.parts` as a block quotation. The parts are bold if the passage has more words; changes are shown
/// as ~~the quotation's words~~ **the source's**. Long text between the parts is shortened.
pub(crate) fn block(file: &File, shown: &Shown<'_>) -> Option<String> {
    let whole = shown.parts.iter().copied().reduce(Span::cover)?;
    let passage = file.passage_at(whole.start).map_or(whole, |(passage, _)| passage);
    let near = passage.cover(whole);
    let excerpt = file.excerpt(near.start.into(), near.end.into())?;
    within(&excerpt, whole, passage, shown)
}

/// The block quotation of a passage in an excerpt of the readable text. All spans are into the whole readable text.
fn within(excerpt: &Excerpt, whole: Span, passage: Span, shown: &Shown<'_>) -> Option<String> {
    let here = |span: Span| excerpt.here(span);
    let parts: Vec<Span> = shown.parts.iter().filter_map(|&part| here(part)).collect();
    let moved = |edit: &Edit| Some(Edit { source: here(edit.source)?, ..edit.clone() });
    let edits: Vec<Edit> = shown.edits.iter().filter_map(moved).collect();
    let shown = &Shown { parts: &parts, edits: &edits, quote: shown.quote };
    let (whole, passage, text) = (here(whole)?, here(passage)?, &*excerpt.text);
    let before = before(text, Span::new(passage.start.min(whole.start), whole.start));
    let after = after(text, Span::new(whole.end, passage.end.max(whole.end)));
    let body = if shown.is_unchanged() {
        let mut parts = shown.parts.to_vec();
        parts.sort_unstable();
        emphasized(text, &parts, !(before.is_empty() && after.is_empty()))
    } else {
        changed(text, whole, shown)
    };
    Some(format!("> {}{body}{}", markdown::escape(&before), markdown::escape(&after)))
}

/// The last words of a span.
fn before(text: &str, span: Span) -> String {
    let words: Vec<_> = span.of(text).split_inclusive(char::is_whitespace).collect();
    let skipped = words.len().saturating_sub(CONTEXT);
    let lead = if skipped > 0 { "… " } else { "" };
    format!("{lead}{}", words[skipped..].concat())
}

/// The first words of a span.
fn after(text: &str, span: Span) -> String {
    let words: Vec<_> = span.of(text).split_inclusive(char::is_whitespace).collect();
    let trail = if words.len() > CONTEXT { "…" } else { "" };
    format!("{}{trail}", words[..words.len().min(CONTEXT)].concat())
}

/// The parts of a quotation with the text between them.
fn emphasized(text: &str, parts: &[Span], among_others: bool) -> String {
    let mut out = String::new();
    let mut at = parts.first().map_or(0, |part| part.start);
    for part in parts {
        if part.start > at {
            out.push_str(&between(Span::new(at, part.start).of(text)));
        }
        let words = &shortened(part.of(text));
        out.push_str(&if among_others || parts.len() > 1 { markdown::bold(words) } else { markdown::escape(words) });
        at = part.end.max(at);
    }
    out
}

/// The text between two parts; only its ends if it is long.
fn between(text: &str) -> String {
    const ENDS: usize = 12;
    let words: Vec<&str> = text.split_whitespace().collect();
    let space = |is_there: bool| if is_there { " " } else { "" };
    let shown = match words.len() {
        n if n <= 2 * ENDS => words.join(" "),
        n => format!("{} … {}", words[..ENDS].join(" "), words[n - ENDS..].join(" ")),
    };
    let (lead, trail) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    let trail = trail && !shown.is_empty();
    format!("{}{}{}", space(lead), markdown::escape(&shown), space(trail))
}

/// The source's words with the changes: the quotation's words struck through, the source's bold.
fn changed(text: &str, whole: Span, shown: &Shown<'_>) -> String {
    let mut out = String::new();
    let mut at = whole.start;
    for edit in shown.edits {
        let there = edit.source;
        if there.start < at || there.end > whole.end.max(at) {
            continue;
        }
        out.push_str(&markdown::escape(&shortened(Span::new(at, there.start).of(text))));
        let pieces = [markdown::struck(edit.quote.of(shown.quote)), markdown::bold(&shortened(there.of(text)))];
        let change = pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ");
        // Added words are shown between two of the source's words, on one side of the space between these.
        let touches = |side: Option<char>| there.is_empty() && side.is_some_and(char::is_alphanumeric);
        let lead = if touches(text[..there.start as usize].chars().next_back()) { " " } else { "" };
        let trail = if touches(text[there.end as usize..].chars().next()) { " " } else { "" };
        out.extend([lead, &change, trail]);
        at = there.end;
    }
    out.push_str(&markdown::escape(&shortened(Span::new(at.min(whole.end), whole.end).of(text))));
    out
}

/// A text without its middle if it is too long for a hover.
fn shortened(text: &str) -> Cow<'_, str> {
    const MOST: usize = 120;
    let words: Vec<_> = text.split_inclusive(char::is_whitespace).collect();
    if words.len() <= MOST {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}… {}", words[..CONTEXT].concat(), words[words.len() - CONTEXT..].concat()))
}
