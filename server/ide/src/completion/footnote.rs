use ibid_note::Note;

use super::{Completion, Item, Kind, Request, context::Slot};

/// Labels of the note's footnotes, with the text of each.
pub(super) fn labels(request: &Request<'_>, note: &Note, slot: Slot) -> Completion {
    const SHOWN: usize = 80;
    let item = |footnote: &ibid_note::Footnote| {
        let text = footnote.span.of(request.text).split_once("]:").map_or("", |(_, text)| text);
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        Item {
            label: footnote.label.clone(),
            kind: Kind::Footnote,
            detail: Some(text),
            span: slot.span,
            insert: format!("{}{}", footnote.label, slot.closing("]")),
            filter: footnote.label.clone(),
            about: None,
        }
    };
    // The half-written mark may be parsed as a definition of the label that is being typed.
    let is_whole =
        |footnote: &&ibid_note::Footnote| !footnote.label.is_empty() && !footnote.span.touches(request.offset);
    Completion { items: note.footnotes.iter().filter(is_whole).map(item).collect(), is_incomplete: false }
}
