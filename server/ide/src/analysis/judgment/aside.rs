//! Quoted words that were read as a citation and so are missing from the quotation's words: “which
//! ([roughly](post.md)) reinforces”.

use ibid_corpus::Match;
use ibid_evidence::{Edit, EditKind, Verdict};
use ibid_note::Quotation;
use ibid_text::{Span, words};

/// Removes the edits of an altered match that report words as left out although the note has them at that place.
pub(super) fn restore(note: &str, quotation: &Quotation, found: &mut Match, readable: &str) {
    found.edits.retain(|edit| !is_there(note, quotation, edit, readable));
    if found.edits.is_empty() {
        (found.verdict, found.similarity) = (Verdict::Typographic, 1.0);
    }
}

/// Whether the note has the words that an edit reports as left out, between the words around the gap.
fn is_there(note: &str, quotation: &Quotation, edit: &Edit, readable: &str) -> bool {
    let quoted = quotation.words.text();
    let (Some(before), Some(behind)) = (quoted.get(..edit.quote.start as usize), quoted.get(edit.quote.end as usize..))
    else {
        return false;
    };
    let (before, space) = (before.trim_end(), behind.len() - behind.trim_start().len());
    let (Some(last), Some(next)) = (before.chars().next_back(), behind.trim_start().chars().next()) else {
        return false;
    };
    let left = Span::from(before.len() - last.len_utf8()..before.len());
    let right = edit.quote.end as usize + space;
    let right = Span::from(right..right + next.len_utf8());
    let (left, right) = (quotation.words.to_original(left).end, quotation.words.to_original(right).start);
    let gap: Vec<_> =
        words(note.get(left as usize..right as usize).unwrap_or_default()).map(|word| word.folded).collect();
    let missing: Vec<_> = words(edit.source.of(readable)).map(|word| word.folded).collect();
    edit.kind == EditKind::Delete && !missing.is_empty() && gap.windows(missing.len()).any(|there| there == missing)
}
