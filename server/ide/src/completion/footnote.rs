use ibid_note::Note;
use ibid_text::Span;

use super::{Completion, Item, Kind, Typed};

/// Labels of the note's own footnotes, with what they say.
pub(super) fn labels(typed: &Typed<'_>, note: &Note, span: Span) -> Completion {
    const SHOWN: usize = 80;
    let item = |footnote: &ibid_note::Footnote| {
        let said = footnote.span.of(typed.text).split_once("]:").map_or("", |(_, said)| said);
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        Item {
            label: footnote.label.clone(),
            kind: Kind::Footnote,
            detail: Some(said),
            span,
            insert: format!("{}{}", footnote.label, typed.closing("]")),
            filter: footnote.label.clone(),
            about: None,
        }
    };
    // A mark half written may be read as a definition, of the very label that is being typed.
    let is_whole = |footnote: &&ibid_note::Footnote| !footnote.label.is_empty() && !footnote.span.touches(typed.offset);
    Completion { items: note.footnotes.iter().filter(is_whole).map(item).collect(), is_incomplete: false }
}
