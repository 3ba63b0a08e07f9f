use ibid_corpus::{FileId, Sense, Snapshot};
use ibid_language::Language;
use rustc_hash::FxHashMap;

use super::Typed;

/// How far back the terms of a sentence are looked for, in bytes.
const REACH: usize = 300;

/// The files that give a sense to a term of the sentence being written, with that sense: what a citation in it is likely to
/// name. The surest sense of a file stands for it.
pub(super) fn senses_meant(typed: &Typed<'_>) -> FxHashMap<FileId, String> {
    let mut meant = FxHashMap::default();
    for used in typed.snapshot.terms().uses_in(sentence(typed)) {
        for sense in used.term.senses.iter().filter(|sense| sense.file != typed.file) {
            meant.entry(sense.file).or_insert_with(|| describe(typed.snapshot, &used.term.name, sense));
        }
    }
    meant
}

fn describe(snapshot: &Snapshot, name: &str, sense: &Sense) -> String {
    const SHOWN: usize = 12;
    let words: Vec<&str> = sense.words.split_whitespace().collect();
    let more = if words.len() > SHOWN { " …" } else { "" };
    let said = words[..words.len().min(SHOWN)].join(" ");
    format!("“{name}”, {}: “{said}{more}”", crate::term::manner(snapshot, sense))
}

/// What has been written of the sentence, from somewhere near its beginning on.
fn sentence<'a>(typed: &Typed<'a>) -> &'a str {
    let before = &typed.text[..typed.offset as usize];
    let from = before.len().saturating_sub(REACH);
    let from = (from..before.len()).find(|&at| before.is_char_boundary(at)).unwrap_or(before.len());
    let near = &before[from..];
    let start = near.rfind("\n\n").map_or(0, |at| at + 2);
    let near = &near[start..];
    let last = ibid_text::sentences(near, Language::ENGLISH.abbreviations()).last().copied();
    last.map_or(near, |sentence| &near[sentence.start as usize..])
}
