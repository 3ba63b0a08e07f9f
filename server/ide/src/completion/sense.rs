use ibid_corpus::{FileId, Sense, Snapshot};
use rustc_hash::FxHashMap;

use super::Request;
use crate::analysis::term::manner;

/// How far back the beginning of the sentence is searched, in bytes.
const REACH: usize = 300;

/// The files that define a term of the sentence that is being written, each with its best sense: a citation in the sentence
/// probably leads to one of them.
pub(super) fn senses_meant(request: &Request<'_>) -> FxHashMap<FileId, String> {
    let mut meant = FxHashMap::default();
    for used in request.snapshot.terms().uses_in(sentence(request)) {
        for sense in used.term.senses.iter().filter(|sense| sense.file != request.file) {
            meant.entry(sense.file).or_insert_with(|| describe(request.snapshot, &used.term.name, sense));
        }
    }
    meant
}

fn describe(snapshot: &Snapshot, name: &str, sense: &Sense) -> String {
    const SHOWN: usize = 12;
    let words: Vec<&str> = sense.words.split_whitespace().collect();
    let more = if words.len() > SHOWN { " …" } else { "" };
    let shown = words[..words.len().min(SHOWN)].join(" ");
    format!("“{name}”, {}: “{shown}{more}”", manner(snapshot, sense))
}

/// The sentence before the cursor, or its end if it is long.
fn sentence<'a>(request: &Request<'a>) -> &'a str {
    let before = &request.text[..request.offset as usize];
    let from = before.len().saturating_sub(REACH);
    let from = (from..before.len()).find(|&at| before.is_char_boundary(at)).unwrap_or(before.len());
    let near = &before[from..];
    let start = near.rfind("\n\n").map_or(0, |at| at + 2);
    let near = &near[start..];
    let last = ibid_text::sentences(near, request.snapshot.language().abbreviations()).last().copied();
    last.map_or(near, |sentence| &near[sentence.start as usize..])
}
