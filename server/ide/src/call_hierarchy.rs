//! Who quotes what: passages of sources and notes as a hierarchy, in which a note "calls" the passages that it quotes.

use ibid_corpus::{Backlink, FileId, Snapshot};
use ibid_text::Span;

use crate::{
    Place,
    judgment::judged_at,
    memo::Recall,
    place,
    quoted::{QuotedPassage, passage_around, passages_quoted_in, quoted_passages},
};

/// A note, or a passage of a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quoter {
    /// Whether it is a note, which quotes; else a passage, which is quoted.
    pub is_note: bool,
    /// What it is called: a note's title, a passage's first words.
    pub name: String,
    /// Where from: a note's path, a source's title with the page or the line.
    pub detail: String,
    /// Where it stands; of a note, an empty place at its beginning.
    pub place: Place,
}

/// One step of the hierarchy: the other end, and the quotations or links that make it, in the note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quoting {
    /// The other end.
    pub other: Quoter,
    /// Where in the note.
    pub spans: Vec<Span>,
}

/// What stands at an offset: the passage that is quoted there, the passage of a source, else the note.
pub fn quoter_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Quoter> {
    if let Some((_, judged)) = judged_at(snapshot, file, offset, Recall::nothing(snapshot))
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

/// The notes that quote a passage; of a note, the notes that link to it.
pub fn quoted_by(snapshot: &Snapshot, of: &Quoter) -> Vec<Quoting> {
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
        Some(Quoting { other, spans: places.iter().map(|place| place.span).collect() })
    };
    places.chunk_by(|a, b| a.file == b.file).filter_map(in_note).collect()
}

/// The passages that a note quotes; none for a passage.
pub fn quotes(snapshot: &Snapshot, of: &Quoter) -> Vec<Quoting> {
    if !of.is_note {
        return Vec::new();
    }
    let step = |quoted: QuotedPassage| {
        let spans = quoted.quotations.iter().map(|place| place.span).collect();
        Some(Quoting { other: passage(snapshot, quoted.place)?, spans })
    };
    passages_quoted_in(snapshot, of.place.file).into_iter().filter_map(step).collect()
}

/// A file as it stands in the hierarchy again, given a place in it that was told before.
pub fn quoter_of(snapshot: &Snapshot, is_note: bool, file: FileId, offset: u32) -> Option<Quoter> {
    if is_note {
        return note(snapshot, file);
    }
    let readable = snapshot.file(file)?.page()?.source()?.content.to_plain(offset)?;
    passage(snapshot, passage_around(snapshot, file, Span::empty(readable))?)
}

fn note(snapshot: &Snapshot, file: FileId) -> Option<Quoter> {
    let held = snapshot.file(file)?;
    let card = held.summary()?;
    let of_head = card.title.as_deref().map(str::to_owned);
    let heading = || Some(card.headings().first().filter(|first| first.level == 1)?.text.trim().to_owned());
    let name = of_head.or_else(heading).filter(|name| !name.is_empty()).unwrap_or_else(|| held.stem().to_owned());
    Some(Quoter { is_note: true, name, detail: held.path.clone(), place: Place { file, span: Span::default() } })
}

fn passage(snapshot: &Snapshot, place: Place) -> Option<Quoter> {
    let file = snapshot.file(place.file)?;
    let detail = file.place_in(&place::title(snapshot, file), place.span.start);
    Some(Quoter { is_note: false, name: first_words(&file.words_at(place.span)), detail, place })
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

    use super::{Quoting, quoted_by, quoter_at, quoter_of, quotes};
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

    /// What stands at the cursor, who quotes it, and what it quotes.
    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{WORKSPACE}{note}"));
        let snapshot = &fixture.snapshot;
        let mut shown = String::new();
        if let Some(here) = quoter_at(snapshot, fixture.file, fixture.offset) {
            let again = quoter_of(snapshot, here.is_note, here.place.file, here.place.span.start);
            assert_eq!(again.as_ref(), Some(&here));
            let _ = writeln!(shown, "{} ({})", here.name, here.detail);
            let mut tell = |way: &str, steps: Vec<Quoting>, from_here: bool| {
                for step in steps {
                    let note = if from_here { here.place.file } else { step.other.place.file };
                    let spans = step.spans.iter().map(|&span| fixture.show(Place { file: note, span }));
                    let spans = spans.collect::<Vec<_>>().join(", ");
                    let _ = writeln!(shown, "{way} {} ({}): {spans}", step.other.name, step.other.detail);
                }
            };
            tell("quoted by", quoted_by(snapshot, &here), false);
            tell("quotes", quotes(snapshot, &here), true);
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn a_passage_is_quoted_by_notes() {
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
                quoted by Other things (notes/other.md): notes/other.md:3:10 "“the slow change of a sensor over the years”"
                quoted by Mine (notes/note.md): notes/note.md:3:4 "“the slow change of a sensor over the decades”"
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
