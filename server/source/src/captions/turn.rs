//! The turns of a recording: what is said until somebody else speaks, or until a sentence and a pause end.

use ibid_text::Span;

use super::cue::Cue;
use crate::entity;

/// Bytes after which the end of a sentence ends a paragraph.
const ENOUGH: usize = 400;

/// The pause after a sentence that ends a paragraph, in milliseconds.
const PAUSE: u32 = 2000;

/// A line of a turn.
#[derive(Debug)]
pub(super) struct Line {
    /// When it appears, in milliseconds.
    pub(super) begin: u32,
    /// Its words, on the first line of a turn behind the speaker's name.
    pub(super) words: String,
    /// Its place in the file.
    pub(super) span: Span,
}

/// The lines of the cues, by turn.
pub(super) fn turns(text: &str, mut cues: Vec<Cue>) -> Vec<Vec<Line>> {
    if is_rolling(text, &cues) {
        drop_repeated(text, &mut cues);
    }
    let mut speech = Speech::default();
    for cue in &cues {
        for &span in &cue.lines {
            speech.add(text, cue, span);
        }
    }
    speech.turns
}

/// Collects turns.
#[derive(Default)]
struct Speech {
    turns: Vec<Vec<Line>>,
    /// Who speaks, where the file says so.
    speaker: Option<String>,
    /// When the last line disappears.
    end: u32,
}

impl Speech {
    fn add(&mut self, text: &str, cue: &Cue, span: Span) {
        let written = span.of(text);
        let spoken = spoken(written);
        let speaker = voice(written).map(str::to_owned).or_else(|| cue.speaker.clone());
        let is_other = speaker.is_some() && speaker != self.speaker;
        let (words, has_mark) = without_turn_mark(&spoken);
        if words.is_empty() {
            return;
        }
        let begins = is_other || has_mark || begins_with_name(words) || self.has_ended(cue.begin);
        let line = |words: String| Line { begin: cue.begin, words, span };
        match self.turns.last_mut() {
            Some(turn) if !begins => turn.push(line(words.to_owned())),
            _ => {
                let name = speaker.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
                self.turns.push(vec![line(name + words)]);
            }
        }
        self.end = cue.end;
        self.speaker = speaker.or_else(|| self.speaker.take().filter(|_| !has_mark));
    }

    /// Whether the last turn ended before a time.
    fn has_ended(&self, begin: u32) -> bool {
        let Some(turn) = self.turns.last() else { return true };
        let length: usize = turn.iter().map(|line| line.words.len()).sum();
        let last = turn.last().map_or("", |line| &line.words);
        let ends_sentence =
            last.trim_end_matches(['"', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', '…', '。', '！', '？']);
        ends_sentence && (length >= ENOUGH || begin.saturating_sub(self.end) >= PAUSE)
    }
}

/// Whether the captions roll up, so that a cue shows the end of the one before again.
fn is_rolling(text: &str, cues: &[Cue]) -> bool {
    const ENOUGH: usize = 3;
    let repeats = |pair: &&[Cue]| match (pair[0].lines.last(), pair[1].lines.first()) {
        (Some(last), Some(first)) => spoken(last.of(text)) == spoken(first.of(text)),
        _ => false,
    };
    let count = cues.windows(2).filter(repeats).count();
    count >= ENOUGH && count * 3 >= cues.len()
}

/// Drops the lines at the start of each cue that the one before ended with.
fn drop_repeated(text: &str, cues: &mut [Cue]) {
    let mut shown: Vec<String> = Vec::new();
    for cue in cues {
        let now: Vec<String> = cue.lines.iter().map(|line| spoken(line.of(text))).collect();
        let repeated = (0..=now.len().min(shown.len())).rev().find(|&count| shown.ends_with(&now[..count]));
        cue.lines.drain(..repeated.unwrap_or_default());
        shown = now;
    }
}

/// The words of a line, without tags and descriptions of sounds.
fn spoken(written: &str) -> String {
    let mut words = String::new();
    let mut rest = written;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, behind) = rest.split_at(at);
        words.push_str(before);
        let end = tag(behind).unwrap_or(0);
        // A bracket of no tag is text.
        words.push_str(if end == 0 { &behind[..1] } else { "" });
        rest = &behind[end.max(1)..];
    }
    words.push_str(rest);
    let words = entity::decode(&words).replace("\\h", " ");
    let words = words.trim_matches(['♪', '♫', ' ']).trim();
    let is_sound = words.starts_with('[') && words.find(']') == Some(words.len() - 1);
    if is_sound { String::new() } else { words.to_owned() }
}

/// The length of the tag at the start of a text: `<i>`, `</c>`, `<00:00:01.000>`, `{\an8}`.
fn tag(text: &str) -> Option<usize> {
    let is_tag = match text.as_bytes() {
        [b'<', first, ..] => first.is_ascii_alphanumeric() || *first == b'/',
        [b'{', first, ..] => *first == b'\\',
        _ => false,
    };
    let close = if text.starts_with('<') { '>' } else { '}' };
    is_tag.then(|| text.find(close).map(|at| at + 1)).flatten()
}

/// The name in a voice tag: `<v Ada Moreau>`, `<v.loud Ada Moreau>`.
fn voice(written: &str) -> Option<&str> {
    let (_, behind) = written.split_once("<v")?;
    let (tag, _) = behind.split_once('>')?;
    let (classes, name) = tag.split_once(char::is_whitespace)?;
    let name = name.trim();
    ((classes.is_empty() || classes.starts_with('.')) && !name.is_empty()).then_some(name)
}

/// A line without the mark that somebody else speaks (`>>` or a dash), and whether it had one.
fn without_turn_mark(line: &str) -> (&str, bool) {
    let bare = line.trim_start_matches(">>").trim_start_matches('>');
    if bare.len() < line.len() {
        return (bare.trim(), true);
    }
    let bare =
        line.strip_prefix(['-', '–', '—']).filter(|bare| bare.starts_with(|c: char| c == ' ' || c.is_alphabetic()));
    bare.map_or((line.trim(), false), |bare| (bare.trim(), true))
}

/// Whether a line begins with a speaker's name and a colon.
fn begins_with_name(line: &str) -> bool {
    const MOST: usize = 4;
    let Some((name, said)) = line.split_once(':') else { return false };
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    said.starts_with(' ')
        && (1..=MOST).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(is_capital)
}
