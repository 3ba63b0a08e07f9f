//! The passages of sources that notes quote.

use std::collections::BTreeMap;

use ibid_corpus::{FileId, Match, Snapshot};
use ibid_note::Form;
use ibid_text::Span;

use super::{
    checked_note::CheckedNote,
    judged::{Judged, equally_good},
    memo::Memo,
    place::{Place, passage_at},
};

/// A passage of a source that is quoted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuotedPassage {
    /// The passage, in the source's own text.
    pub place: Place,
    /// The quotations of it, by note and place.
    pub quotations: Vec<Place>,
}

impl QuotedPassage {
    /// How many notes quote it.
    pub fn notes(&self) -> usize {
        self.quotations.chunk_by(|a, b| a.file == b.file).count()
    }
}

/// The passages of a source that notes quote, by place.
pub fn quoted_passages(snapshot: &Snapshot, source: FileId) -> Vec<QuotedPassage> {
    let page = snapshot.file(source).filter(|file| file.is_source()).and_then(|file| file.page());
    let Some(page) = page else { return Vec::new() };
    let mut by_passage = ByPassage::default();
    let memo = Memo::default();
    for same_note in snapshot.quoting(page.readable()).chunk_by(|a, b| a.0 == b.0) {
        let Some(checked) = CheckedNote::open(snapshot, same_note[0].0, &memo) else { continue };
        for &(note, at) in same_note {
            let Some(quotation) = checked.note.quotations.get(at as usize) else { continue };
            if quotation.form != Form::Nested
                && let Some(judged) = checked.judged(at)
            {
                by_passage.add(snapshot, Some(source), judged, Place { file: note, span: quotation.span });
            }
        }
    }
    by_passage.passages()
}

/// The passages that a note quotes, by source and place.
pub fn passages_quoted_in(snapshot: &Snapshot, note: FileId) -> Vec<QuotedPassage> {
    let memo = Memo::default();
    let Some(checked) = CheckedNote::open(snapshot, note, &memo) else { return Vec::new() };
    let mut by_passage = ByPassage::default();
    for (quotation, judged) in checked.quotations_where(|quotation| quotation.form != Form::Nested) {
        by_passage.add(snapshot, None, judged, Place { file: note, span: quotation.span });
    }
    by_passage.passages()
}

/// The passage around a span of a source's readable text, as a place in the source's own text.
pub(crate) fn passage_around(snapshot: &Snapshot, source: FileId, readable: Span) -> Option<Place> {
    let page = snapshot.file(source)?.page()?;
    let passage = passage_at(page.source()?, readable.start).map_or(readable, |passage| passage.span);
    Some(Place { file: source, span: page.to_own(passage) })
}

/// Quotations by the passage that they quote.
#[derive(Default)]
struct ByPassage(BTreeMap<(FileId, Span), Vec<Place>>);

impl ByPassage {
    /// Adds a quotation under each of its best matches, or only under those in one source if that is given.
    fn add(&mut self, snapshot: &Snapshot, within: Option<FileId>, judged: &Judged, quotation: Place) {
        let is_wanted = |found: &&Match| within.is_none_or(|source| found.file == source);
        for found in equally_good(&judged.located.matches).filter(is_wanted) {
            if let Some(passage) = passage_around(snapshot, found.file, found.span) {
                self.0.entry((passage.file, passage.span)).or_default().push(quotation);
            }
        }
    }

    fn passages(self) -> Vec<QuotedPassage> {
        let passage = |((file, span), mut quotations): ((FileId, Span), Vec<Place>)| {
            quotations.sort_by_key(|place| (place.file, place.span));
            quotations.dedup();
            QuotedPassage { place: Place { file, span }, quotations }
        };
        self.0.into_iter().map(passage).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};
    use ibid_corpus::{FileId, Snapshot};

    use super::{QuotedPassage, passages_quoted_in, quoted_passages};
    use crate::fixture::Fixture;

    const WORKSPACE: &str = "\
//- /sources/page.md
---
id: page
---

When I say drift I mean the slow change of a sensor over the years.

Nothing of note stands in this paragraph of the page.

The second reading was taken by somebody else altogether.
//- /notes/a.md
They say “the slow change of a sensor over the years” [@page].

> The second reading was taken by somebody else.
//- /notes/b.md
“The slow change of a sensor over the decades” [@page], and “nothing that stands anywhere in it”.
";

    fn check(path: &str, passages: impl Fn(&Snapshot, FileId) -> Vec<QuotedPassage>, expect: &Expect) {
        let fixture = Fixture::new(WORKSPACE);
        let file = fixture.snapshot.files().find(|file| file.path == path).expect("the file is held");
        let mut shown = String::new();
        for passage in passages(&fixture.snapshot, file.id) {
            let _ = writeln!(shown, "{} in {} notes", fixture.show(passage.place), passage.notes());
            for quotation in passage.quotations {
                let _ = writeln!(shown, "    {}", fixture.show(quotation));
            }
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn a_source_has_the_passages_that_notes_quote() {
        check(
            "sources/page.md",
            quoted_passages,
            &expect![[r#"
            sources/page.md:5:1 "When I say drift I mean the slow change of a sensor over the years." in 2 notes
                notes/a.md:1:10 "“the slow change of a sensor over the years”"
                notes/b.md:1:1 "“The slow change of a sensor over the decades”"
            sources/page.md:9:1 "The second reading was taken by somebody else altogether." in 1 notes
                notes/a.md:3:1 "> The second reading was taken by somebody else."
        "#]],
        );
        check("notes/a.md", quoted_passages, &expect![[""]]);
    }

    #[test]
    fn a_note_has_the_passages_that_it_quotes() {
        check(
            "notes/b.md",
            passages_quoted_in,
            &expect![[r#"
            sources/page.md:5:1 "When I say drift I mean the slow change of a sensor over the years." in 1 notes
                notes/b.md:1:1 "“The slow change of a sensor over the decades”"
        "#]],
        );
    }
}
