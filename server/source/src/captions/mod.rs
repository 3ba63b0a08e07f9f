//! The reader for subtitles and captions: `.srt`, `.vtt` (W3C, Web Video Text Tracks), `.sbv` and the scripts `.ass` and
//! `.ssa`.
//!
//! A file is a list of cues, each with the time when it is shown ([`cue`]). Sentences go on from cue to cue, so the cues are
//! joined into turns ([`turn`]), in which each line keeps its time. A text that consists of cues, saved as `.txt`, is read
//! without its numbers and times.

mod cue;
mod script;
mod turn;

use cue::Cues;
use ibid_text::{Mapped, Span};

use crate::{ExtractError, Format, Metadata, PassageKind, encoding::decode, extracted::Writer};

/// The text of the cues in turns, each line marked with its time.
pub(crate) fn extract(bytes: &[u8]) -> Result<String, ExtractError> {
    let text = decode(Format::Captions, bytes).map_err(|_| ExtractError::Damaged)?;
    let cues = Cues::of(&text).cues;
    if cues.is_empty() {
        return Err(ExtractError::Damaged);
    }
    let turns = turn::turns(&text, cues);
    if turns.is_empty() {
        return Err(ExtractError::Wordless);
    }
    let mut writer = Writer::new(&Metadata::default());
    for turn in turns {
        for (at, line) in turn.iter().enumerate() {
            writer.said(PassageKind::Paragraph, &clock(line.begin), &line.words, at == 0);
        }
    }
    Ok(writer.end(0))
}

/// The words of a text that consists of cues, mapped to it; `None` if it is another text.
pub(crate) fn without_times(text: &str) -> Option<Mapped> {
    /// How many cues a text must have before it is taken for nothing but cues.
    const ENOUGH: usize = 3;
    let begins_with_cue = !script::is_script(text) && text.lines().take(4).any(|line| line.contains("-->"));
    if !begins_with_cue {
        return None;
    }
    let Cues { cues, strays } = Cues::of(text);
    if cues.len() < ENOUGH || strays > 1 {
        return None;
    }
    let mut words = Mapped::default();
    for turn in turn::turns(text, cues) {
        for (at, line) in turn.iter().enumerate() {
            if !words.text().is_empty() {
                let gap = if at == 0 { "\n\n" } else { " " };
                words.push(gap, Span::empty(line.span.start));
            }
            words.push_verbatim(text, line.span);
        }
    }
    Some(words)
}

/// A time as players show it: `1:02:03`, `12:34`.
fn clock(milliseconds: u32) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests;
