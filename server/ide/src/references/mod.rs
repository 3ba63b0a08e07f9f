//! Find references: uses of a term, citations of a source, links to a note or heading, marks of a footnote, quotations of a
//! passage. One file a kind.

mod citation;
mod footnote;
mod heading;
mod passage;
mod term;

use ibid_corpus::{Backlink, FileId, Snapshot};
use ibid_note::{Citation, Footnote};

use crate::analysis::{place::Place, subject::Subject};

/// Every place of one thing.
#[derive(Default)]
pub(crate) struct Occurrences {
    /// Where it is defined.
    pub(crate) definition: Vec<Place>,
    /// Where it is used; the definition may be among these places.
    pub(crate) uses: Vec<Place>,
    /// Whether there may be more uses than were listed.
    pub(crate) is_partial: bool,
}

/// The references to one thing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct References {
    /// The places, by path and position.
    pub places: Vec<Place>,
    /// Whether there may be more places than were listed.
    pub is_partial: bool,
}

/// The references to the thing at a byte offset, with its definition if `with_definition`. Empty if there is nothing that can
/// occur elsewhere.
pub fn references(snapshot: &Snapshot, file: FileId, offset: u32, with_definition: bool) -> References {
    let Some(subject) = Subject::at(snapshot, file, offset) else { return References::default() };
    let Occurrences { definition, uses, is_partial } = of(snapshot, file, &subject);
    let is_definition = |place: &Place| {
        definition.iter().any(|definition| definition.file == place.file && definition.span.covers(place.span))
    };
    let mut places: Vec<Place> = if with_definition {
        let outside = definition.iter().filter(|definition| !uses.iter().any(|place| covers(definition, place)));
        outside.chain(&uses).copied().collect()
    } else {
        uses.into_iter().filter(|place| !is_definition(place)).collect()
    };
    let path = |place: &Place| snapshot.file(place.file).map(|file| file.path.as_str());
    places.sort_by_cached_key(|place| (path(place), place.span));
    places.dedup();
    References { places, is_partial }
}

fn covers(outer: &Place, inner: &Place) -> bool {
    outer.file == inner.file && outer.span.covers(inner.span)
}

/// Every place of a thing that is in the file `file`.
pub(crate) fn of(snapshot: &Snapshot, file: FileId, subject: &Subject) -> Occurrences {
    match subject {
        Subject::Footnote(footnote) => footnote::references(snapshot, file, footnote),
        Subject::Citation(citation) => citation::references(snapshot, file, citation),
        Subject::Heading(heading) => heading::references(snapshot, file, heading),
        Subject::Term(used) => term::references(snapshot, file, &used.term),
        Subject::Quotation(judged) => passage::of_quotation(snapshot, judged),
        Subject::Passage(passage) => passage::references(snapshot, file, *passage),
    }
}

/// The places of citations, each given by its note and its index there, ascending within each note. A citation in a footnote
/// is listed at the footnote's marks.
fn places_of(snapshot: &Snapshot, citing: &[(FileId, u32)]) -> Vec<Place> {
    let in_note = |citing: &[(FileId, u32)]| {
        let card = snapshot.file(citing[0].0).and_then(|note| note.summary()).unwrap_or_default();
        let footnotes = card.footnotes();
        let citations = card.some_citations(citing.iter().map(|&(_, at)| at));
        let place = |(&(file, _), citation): (&(FileId, u32), Option<Citation>)| {
            let citation = citation?;
            let holds = |footnote: &Footnote| !footnote.marks.is_empty() && footnote.span.covers(citation.span);
            let is_listed_at_mark = citation.footnote.is_none() && footnotes.iter().any(holds);
            (!is_listed_at_mark).then_some(Place { file, span: citation.span })
        };
        citing.iter().zip(citations).filter_map(place).collect::<Vec<_>>()
    };
    citing.chunk_by(|a, b| a.0 == b.0).flat_map(in_note).collect()
}

/// The citations of backlinks, each by its note and its index there.
fn citing(backlinks: &[Backlink]) -> Vec<(FileId, u32)> {
    backlinks.iter().map(|link| (link.note, link.citation)).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{fixture::Fixture, references};

    const WORKSPACE: &str = "\
//- /refs.bib
@book{gone, title = {A book}}
//- /sources/page.md
---
id: page
---

# Part

When I say drift I mean the slow change of a sensor over the years.

Nothing of note.
//- /notes/other.md
# Other things

They say “the slow change of a sensor over the years” [@page], and drifts pass [[page#Part]].

By the book [@gone]; see [[note]] and [[note#Inner]]; more in [[unwritten]].
";

    /// Compares the references to the thing under the cursor. `note` may contain further files.
    fn check(note: &str, expect: &Expect) {
        let note = if note.starts_with("//- ") { note.to_owned() } else { format!("//- /notes/note.md\n{note}") };
        let fixture = Fixture::new(&format!("{WORKSPACE}{note}"));
        let places = |with_definition| {
            let found = references(&fixture.snapshot, fixture.file, fixture.offset, with_definition);
            assert!(!found.is_partial);
            found.places
        };
        let (all, uses) = (places(true), places(false));
        let line = |place| {
            let mark = if uses.contains(place) { "" } else { "defined: " };
            format!("{mark}{}\n", fixture.show(*place))
        };
        expect.assert_eq(&all.iter().map(line).collect::<String>());
    }

    #[test]
    fn of_a_term_its_uses_in_sources_and_notes() {
        check(
            "Drift$0 is slow.\n",
            &expect![[r#"
            notes/note.md:1:1 "Drift"
            notes/other.md:3:68 "drifts"
            defined: sources/page.md:7:12 "drift"
        "#]],
        );
    }

    #[test]
    fn of_a_citation_all_citations_of_the_work() {
        check(
            "So it is.[^1]\n\n[^1]: [Page](../sources/pa$0ge.md#L7)\n",
            &expect![[r#"
            notes/note.md:1:10 "[^1]"
            notes/other.md:3:55 "[@page]"
            notes/other.md:3:80 "[[page#Part]]"
        "#]],
        );
    }

    #[test]
    fn of_a_work_that_is_not_held_its_entry_too() {
        check(
            "So it is [see @go$0ne, p. 3].\n",
            &expect![[r#"
            notes/note.md:1:10 "[see @gone, p. 3]"
            notes/other.md:5:13 "[@gone]"
            defined: refs.bib:1:1 "@book{gone, title = {A book}"
        "#]],
        );
    }

    #[test]
    fn of_a_link_to_a_note_that_nobody_wrote_yet() {
        check(
            "See [[unwrit$0ten]].\n",
            &expect![[r#"
            notes/note.md:1:5 "[[unwritten]]"
            notes/other.md:5:63 "[[unwritten]]"
        "#]],
        );
    }

    #[test]
    fn of_a_heading_the_links_to_it() {
        check(
            "# Note\n\n## In$0ner\n\nSee [above](#note).\n",
            &expect![[r###"
                defined: notes/note.md:3:1 "## Inner"
                notes/other.md:5:39 "[[note#Inner]]"
            "###]],
        );
    }

    #[test]
    fn of_a_title_the_links_to_the_note() {
        check(
            "# No$0te\n\n## Inner\n\nSee [above](#note).\n",
            &expect![[r##"
                defined: notes/note.md:1:1 "# Note"
                notes/note.md:5:5 "[above](#note)"
                notes/other.md:5:26 "[[note]]"
            "##]],
        );
    }

    #[test]
    fn of_a_footnote_its_marks() {
        check(
            "One.[^a] Two.[^a$0]\n\n[^a]: First.\n",
            &expect![[r#"
            notes/note.md:1:7 "a"
            notes/note.md:1:16 "a"
            defined: notes/note.md:3:3 "a"
        "#]],
        );
    }

    #[test]
    fn of_a_quotation_who_else_quotes_it() {
        check(
            "As said, “slow change of a sensor$0 over the decades”.\n",
            &expect![[r#"
            notes/note.md:1:10 "“slow change of a sensor over the decades”"
            notes/other.md:3:10 "“the slow change of a sensor over the years”"
            notes/other.md:3:80 "[[page#Part]]"
            defined: sources/page.md:7:29 "slow change of a sensor over the years"
        "#]],
        );
    }

    #[test]
    fn of_a_passage_who_quotes_or_cites_it() {
        check(
            "//- /notes/note.md\nSee [it](../sources/more.txt#L1).\n\nIt says “in the second paragraph of it”.\n\
             //- /sources/more.txt\nIn the first$0 paragraph of it.\n\nIn the second paragraph of it.\n",
            &expect![[r#"
                notes/note.md:1:5 "[it](../sources/more.txt#L1)"
            "#]],
        );
    }

    #[test]
    fn of_plain_words_nothing() {
        check("Nothing$0 here.\n", &expect![[r#""#]]);
    }
}
