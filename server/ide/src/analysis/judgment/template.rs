//! Templates with slots: “‘*library*’ conflicts with use of other libs”, a usage line, a program's message.

use ibid_corpus::Match;
use ibid_evidence::{Change, Edit};
use ibid_note::Quotation;

/// Whether quotation and match fill the slots of one template differently: every difference except of letters is emphasised
/// in one of them, and none is a number, negation, modal or quantifier. `readable` is the source's text.
pub(super) fn is_filled(note: &str, quotation: &Quotation, found: &Match, readable: &str) -> bool {
    let mut changed = found.edits.iter().filter(|edit| !edit.change.is_of_letters()).peekable();
    let is_slot = |edit: &Edit| {
        let here = quotation.words.to_original(edit.quote);
        matches!(edit.change, Change::Name | Change::Wording)
            && (is_emphasised(note, here.start, here.end)
                || is_emphasised(readable, edit.source.start, edit.source.end))
    };
    changed.peek().is_some() && changed.all(is_slot)
}

/// Whether there are emphasis marks within a range or at its ends.
fn is_emphasised(text: &str, start: u32, end: u32) -> bool {
    let part = |range| text.get(range).unwrap_or_default();
    let (start, end) = (start as usize, end as usize);
    start < end
        && (part(start..end).contains('*')
            || part(0..start).ends_with(['*', '_'])
            || part(end..text.len()).starts_with(['*', '_']))
}
