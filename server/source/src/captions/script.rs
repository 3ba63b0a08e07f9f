//! Cues of scripts (`.ass`, `.ssa`): a line each, in fields that the script names itself.

use ibid_text::Span;

use super::cue::{Cue, lines, milliseconds, trimmed};

/// The start of the line with a cue.
const DIALOGUE: &str = "Dialogue:";

/// The fields, if the script does not name them.
const FIELDS: &str = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

/// Whether a file is a script rather than a list of cues in blocks.
pub(super) fn is_script(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with("[Script Info]")
}

/// The cues of a script in the order of their times.
pub(super) fn cues(text: &str) -> Vec<Cue> {
    let mut fields = FIELDS;
    let mut cues: Vec<Cue> = Vec::new();
    for line in lines(text) {
        let words = line.of(text);
        if let Some(named) = words.strip_prefix("Format:").filter(|named| named.contains("Text")) {
            fields = named;
        } else if words.starts_with(DIALOGUE) {
            cues.extend(cue(text, line, fields));
        }
    }
    cues.sort_by_key(|cue| cue.begin);
    cues
}

/// The cue in a line. The text is the last field and may contain commas.
fn cue(text: &str, line: Span, fields: &str) -> Option<Cue> {
    let names: Vec<&str> = fields.split(',').map(str::trim).collect();
    let words = line.of(text).strip_prefix(DIALOGUE)?;
    let values: Vec<&str> = words.splitn(names.len(), ',').collect();
    let value = |wanted: &str| Some(values.get(names.iter().position(|name| *name == wanted)?)?.trim());
    let said = values.get(names.len() - 1)?;
    let start = line.end - said.len() as u32;
    let speaker = value("Name").or_else(|| value("Actor")).filter(|name| !name.is_empty()).map(str::to_owned);
    let lines = broken(said).map(|part| trimmed(text, part.shift(start))).filter(|part| !part.is_empty()).collect();
    Some(Cue { begin: milliseconds(value("Start")?)?, end: milliseconds(value("End")?)?, lines, speaker })
}

/// The lines of a cue, between its marks for a break.
fn broken(said: &str) -> impl Iterator<Item = Span> + '_ {
    let mut end = 0;
    let parts = said.split("\\N").flat_map(|part| part.split("\\n"));
    parts.map(move |part| {
        let start = end;
        end += part.len() + "\\N".len();
        Span::from(start..start + part.len())
    })
}
