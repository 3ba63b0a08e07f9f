//! Quotations as a call hierarchy: a note "calls" the passages that it quotes.

use ibid_corpus::{Backlink, FileId, Snapshot};
use ibid_text::Span;

use crate::analysis::{
    judgment::judged_at,
    memo::Memo,
    place::{Place, title},
    quoted::{QuotedPassage, passage_around, passages_quoted_in, quoted_passages},
};

/// A note or a passage of a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HierarchyItem {
    /// Whether it is a note. Notes quote, passages are quoted.
    pub is_note: bool,
    /// The title of a note or the first words of a passage.
    pub name: String,
    /// The path of a note, or the source of a passage with the page or line.
    pub detail: String,
    /// The place; for a note, an empty span at its beginning.
    pub place: Place,
}

/// A step of the hierarchy: the item it leads to, and the quotations or links in the note that connect them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HierarchyStep {
    /// The item that the step leads to.
    pub other: HierarchyItem,
    /// The quotations or links, in the note.
    pub spans: Vec<Span>,
}

/// The item at a byte offset: the passage that is quoted there, the passage of a source, or else the note.
pub fn hierarchy_item_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<HierarchyItem> {
    if let Some((_, judged)) = judged_at(snapshot, file, offset, &Memo::default())
        && let Some(best) = judged.best()
    {
        return passage(snapshot, passage_around(snapshot, best.file, best.span)?);
    }
    let held = snapshot.file(file)?;
    if held.is_source() {
        let readable = held.page()?.source()?.content.to_plain(offset)?;
        return passage(snapshot, passage_around(snapshot, file, Span::empty(readable))?);
    }
    note(snapshot, file)
}

/// The notes that quote a passage, or that link to a note.
pub fn incoming_quotations(snapshot: &Snapshot, of: &HierarchyItem) -> Vec<HierarchyStep> {
    let mut places: Vec<Place> = if of.is_note {
        let links = snapshot.backlinks(of.place.file).into_iter().filter(|link| link.note != of.place.file);
        let place = |link: Backlink| {
            let citation = snapshot.file(link.note)?.citations().into_iter().nth(link.citation as usize)?;
            Some(Place { file: link.note, span: citation.span })
        };
        links.filter_map(place).collect()
    } else {
        let passages = quoted_passages(snapshot, of.place.file);
        passages.into_iter().filter(|other| other.place == of.place).flat_map(|other| other.quotations).collect()
    };
    places.sort_by_key(|place| (place.file, place.span));
    places.dedup();
    let in_note = |places: &[Place]| {
        let other = note(snapshot, places[0].file)?;
        Some(HierarchyStep { other, spans: places.iter().map(|place| place.span).collect() })
    };
    places.chunk_by(|a, b| a.file == b.file).filter_map(in_note).collect()
}

/// The passages that a note quotes; empty for a passage.
pub fn outgoing_quotations(snapshot: &Snapshot, of: &HierarchyItem) -> Vec<HierarchyStep> {
    if !of.is_note {
        return Vec::new();
    }
    let step = |quoted: QuotedPassage| {
        let spans = quoted.quotations.iter().map(|place| place.span).collect();
        Some(HierarchyStep { other: passage(snapshot, quoted.place)?, spans })
    };
    passages_quoted_in(snapshot, of.place.file).into_iter().filter_map(step).collect()
}

/// The item at a place that an earlier item had, as a client sends it back.
pub fn hierarchy_item_of(snapshot: &Snapshot, is_note: bool, file: FileId, offset: u32) -> Option<HierarchyItem> {
    if is_note {
        return note(snapshot, file);
    }
    let readable = snapshot.file(file)?.page()?.source()?.content.to_plain(offset)?;
    passage(snapshot, passage_around(snapshot, file, Span::empty(readable))?)
}

fn note(snapshot: &Snapshot, file: FileId) -> Option<HierarchyItem> {
    let held = snapshot.file(file)?;
    let card = held.summary()?;
    let of_head = card.title.as_deref().map(str::to_owned);
    let heading = || Some(card.headings().first().filter(|first| first.level == 1)?.text.trim().to_owned());
    let name = of_head.or_else(heading).filter(|name| !name.is_empty()).unwrap_or_else(|| held.stem().to_owned());
    Some(HierarchyItem { is_note: true, name, detail: held.path.clone(), place: Place { file, span: Span::default() } })
}

fn passage(snapshot: &Snapshot, place: Place) -> Option<HierarchyItem> {
    let file = snapshot.file(place.file)?;
    let detail = file.place_in(&title(snapshot, file), place.span.start);
    Some(HierarchyItem { is_note: false, name: first_words(&file.words_at(place.span)), detail, place })
}

/// The first words of a text, as one line.
fn first_words(text: &str) -> String {
    const SHOWN: usize = 10;
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(SHOWN).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::{HierarchyStep, hierarchy_item_at, hierarchy_item_of, incoming_quotations, outgoing_quotations};
    use crate::{Place, fixture::Fixture};

    const WORKSPACE: &str = "\
//- /sources/page.md
---
title: A Page
---

When I say drift I mean the slow change of a sensor over the years.

Nothing of note.
//- /notes/other.md
# Other things

They say “the slow change of a sensor over the years”, as [[note]] does.
";

    /// Compares the item at the cursor with the items that quote it and that it quotes.
    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{WORKSPACE}{note}"));
        let snapshot = &fixture.snapshot;
        let mut shown = String::new();
        if let Some(here) = hierarchy_item_at(snapshot, fixture.file, fixture.offset) {
            let again = hierarchy_item_of(snapshot, here.is_note, here.place.file, here.place.span.start);
            assert_eq!(again.as_ref(), Some(&here));
            let _ = writeln!(shown, "{} ({})", here.name, here.detail);
            let mut show = |way: &str, steps: Vec<HierarchyStep>, from_here: bool| {
                for step in steps {
                    let note = if from_here { here.place.file } else { step.other.place.file };
                    let spans = step.spans.iter().map(|&span| fixture.show(Place { file: note, span }));
                    let spans = spans.collect::<Vec<_>>().join(", ");
                    let _ = writeln!(shown, "{way} {} ({}): {spans}", step.other.name, step.other.detail);
                }
            };
            show("quoted by", incoming_quotations(snapshot, &here), false);
            show("quotes", outgoing_quotations(snapshot, &here), true);
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn a_passage_is_incoming_quotations_notes() {
        check(
            "//- /notes/note.md\nNo.\n//- /sources/more.txt\nIt says$0 little.\n",
            &expect![[r#"
                It says little. (sources/more.txt:1)
            "#]],
        );
        check(
            "//- /notes/note.md\n# Mine\n\nSo “the slow$0 change of a sensor over the decades”.\n",
            &expect![[r#"
                When I say drift I mean the slow change of … (A Page:5)
                quoted by Mine (notes/note.md): notes/note.md:3:4 "“the slow change of a sensor over the decades”"
                quoted by Other things (notes/other.md): notes/other.md:3:10 "“the slow change of a sensor over the years”"
            "#]],
        );
    }

    #[test]
    fn a_note_quotes_passages() {
        check(
            "//- /notes/note.md\n# Mi$0ne\n\nSo “the slow change of a sensor over the years” it is.\n",
            &expect![[r#"
                Mine (notes/note.md)
                quoted by Other things (notes/other.md): notes/other.md:3:59 "[[note]]"
                quotes When I say drift I mean the slow change of … (A Page:5): notes/note.md:3:4 "“the slow change of a sensor over the years”"
            "#]],
        );
    }
}
