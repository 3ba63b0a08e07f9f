//! Transcripts: pages on which a label says who speaks each turn.
//!
//! A line that looks like a label says little: so do a term with its definition, a field and a remark. Only the page as a
//! whole shows that it is a transcript ([`evidence`]): times that go on, names that recur, people who are introduced, words
//! that people say to each other. In a transcript, each turn gets its speaker, and the label is in no passage.

mod evidence;
mod label;
mod roster;
#[cfg(test)]
mod tests;
mod time;

use ibid_language::{Class, Language};
use ibid_text::{Span, words};

use self::{
    evidence::Speakers,
    label::{Label, label},
};
use super::marked::NAMED;
use crate::{Passage, PassageKind, Voice, VoiceKind};

/// The confidence in the speaker of a paragraph that only follows a turn. It decides nothing.
const FOLLOWING: f32 = 0.85;

/// A label of the page, with the words that it stands before.
struct Turn {
    /// The passage that it stands in.
    passage: usize,
    label: Label,
    /// The words up to the next label or the end of the passage.
    words: Span,
    /// Whether a new line or sentence begins with it, rather than the next line of a sentence.
    is_clean: bool,
    /// Whether its words are such as people say to each other.
    is_talk: bool,
    /// Whether its words end with a question.
    asks: bool,
}

/// Gives the turns of a transcript their speakers; on another page does nothing. `authors` are those of the page.
pub(crate) fn name_speakers(
    text: &str,
    passages: Vec<Passage>,
    authors: &[String],
    language: Language,
) -> Vec<Passage> {
    let turns = turns(text, &passages, language);
    match Speakers::of(text, &passages, &turns, authors) {
        Some(speakers) => assign(text, passages, turns, &speakers, authors),
        None => passages,
    }
}

/// The lines that look like labels, in order.
fn turns(text: &str, passages: &[Passage], language: Language) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (at, passage) in passages.iter().enumerate().filter(|(_, passage)| passage.kind != PassageKind::Comment) {
        let words = passage.span.of(text);
        let first = turns.len();
        let mut start = 0;
        for line in words.split_inclusive('\n') {
            let before = words[..start].trim_end();
            if let Some(mut label) = label(line, language) {
                label.span = label.span.shift(passage.span.start + start as u32);
                let behind = Span::new(label.span.end, passage.span.end);
                if let Some(last) = turns.get_mut(first..).and_then(<[Turn]>::last_mut) {
                    last.words.end = label.span.start;
                }
                let is_clean = before.is_empty() || before.ends_with(ends_sentence) || label.time.is_some();
                turns.push(Turn { passage: at, label, words: behind, is_clean, is_talk: false, asks: false });
            }
            start += line.len();
        }
    }
    for at in 0..turns.len() {
        let said = said(text, passages, &turns, at);
        let asks = said.trim_end().ends_with(['?', '？']);
        (turns[at].is_talk, turns[at].asks) = (is_talk(said, language), asks);
    }
    turns
}

/// The words behind a label: on its line, or in the next passage.
fn said<'t>(text: &'t str, passages: &[Passage], turns: &[Turn], at: usize) -> &'t str {
    /// The bytes that are looked at.
    const REACH: usize = 600;
    let turn = &turns[at];
    let own = turn.words.of(text);
    let below = || passages.get(turn.passage + 1).map_or("", |next| next.span.of(text));
    let words = if own.trim().is_empty() { below() } else { own };
    &words[..words.floor_char_boundary(REACH)]
}

const fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | ':' | '…' | '”' | '"' | ')' | ']' | '—' | '。' | '？' | '！')
}

/// Whether words are such as people say to each other: a question, "I", "you".
fn is_talk(said: &str, language: Language) -> bool {
    let is_person = |word: &str| {
        let classes = language.classes(word);
        classes.has(Class::FirstPersonSingular) || classes.has(Class::SecondPerson)
    };
    said.contains(['?', '？']) || words(said).any(|word| is_person(&word.folded))
}

/// Who speaks at a place of the page.
struct Speaking {
    voice: Voice,
    /// Whether the label stands alone, and its words have not begun.
    is_to_begin: bool,
}

/// Splits the passages at the labels of the speakers, and gives them their voices.
fn assign(
    text: &str,
    passages: Vec<Passage>,
    turns: Vec<Turn>,
    speakers: &Speakers,
    authors: &[String],
) -> Vec<Passage> {
    let mut assigned = Vec::new();
    let mut turns = turns.into_iter().peekable();
    let mut speaking: Option<Speaking> = None;
    for (at, passage) in passages.into_iter().enumerate() {
        let here: Vec<Turn> = std::iter::from_fn(|| turns.next_if(|turn| turn.passage == at)).collect();
        if here.is_empty() {
            let is_followed = turns.peek().is_some();
            assigned.push(following(text, passage, &mut speaking, speakers, is_followed));
            continue;
        }
        let mut rest = passage.span.start;
        let mut push = |start: u32, end: u32, speaking: Option<&Speaking>| {
            if let Some(span) = trimmed(text, Span::new(start, end.max(start))) {
                let voice = speaking.map_or(&passage.voice, |speaking| &speaking.voice).clone();
                assigned.push(Passage { span, voice, ..passage.clone() });
            }
        };
        for turn in here {
            match speakers.name_of(&turn) {
                Some(name) => {
                    push(rest, turn.label.span.start, speaking.as_ref());
                    rest = turn.label.span.end;
                    let voice = spoken(name, authors, turn.label.span);
                    let is_to_begin = turn.words.of(text).trim().is_empty();
                    speaking = Some(Speaking { voice, is_to_begin });
                }
                // A remark of whoever wrote the page down.
                None if turn.is_clean => {
                    push(rest, turn.label.span.start, speaking.as_ref());
                    rest = turn.label.span.start;
                    speaking = None;
                }
                None => {}
            }
        }
        push(rest, passage.span.end, speaking.as_ref());
    }
    assigned
}

/// A passage without a label: it goes on with the turn before it, unless it begins something else.
fn following(
    text: &str,
    passage: Passage,
    speaking: &mut Option<Speaking>,
    speakers: &Speakers,
    is_followed: bool,
) -> Passage {
    match passage.kind {
        PassageKind::Heading | PassageKind::Comment => *speaking = None,
        PassageKind::Paragraph | PassageKind::ListItem => {
            let is_scene = passage.span.of(text).starts_with(['[', '(']) && passage.span.of(text).ends_with([']', ')']);
            let goes_on = |speaking: &&mut Speaking| !is_scene && (speaking.is_to_begin || speakers.speak_on);
            let Some(speaking) = speaking.as_mut().filter(goes_on) else { return passage };
            let is_certain = std::mem::take(&mut speaking.is_to_begin) || is_followed;
            let confidence = if is_certain { speaking.voice.confidence } else { FOLLOWING };
            return Passage { voice: Voice { confidence, ..speaking.voice.clone() }, ..passage };
        }
        PassageKind::Blockquote => {}
    }
    passage
}

/// The voice of a speaker.
fn spoken(name: &str, authors: &[String], label: Span) -> Voice {
    let is_author = matches!(authors, [author] if author.eq_ignore_ascii_case(name));
    let kind = if is_author { VoiceKind::Author } else { VoiceKind::Quoted };
    Voice { kind, name: Some(name.to_owned()), confidence: NAMED, evidence: Some(label) }
}

/// The span without the space and the signs of emphasis around it.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let inner = words.trim_start_matches(|c: char| c.is_whitespace() || c == '>' || c == '|');
    let start = span.end - inner.len() as u32;
    let inner = inner.trim_end_matches(|c: char| c.is_whitespace() || c == '|');
    (inner.contains(char::is_alphanumeric)).then(|| Span::new(start, start + inner.len() as u32))
}
