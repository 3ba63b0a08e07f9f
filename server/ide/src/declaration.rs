//! Go to declaration: the footnote of a mark, the bibliography entry of a key, the heading of a link, the term in the
//! glossary.

use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_note::Target;
use ibid_text::Span;

use crate::analysis::{
    place::Place,
    pointer::citation_at,
    subject::{Subject, labels},
};

/// The span of the thing at a byte offset, and its declarations in notes and bibliographies; `None` if there is none.
pub fn goto_declaration(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<(Span, Vec<Place>)> {
    let held = snapshot.file(file)?;
    let note = held.note()?;
    if let Some(citation) = citation_at(held, offset) {
        let here = |span: Span| Place { file, span };
        let footnote = citation.footnote.and_then(|at| note.footnotes.get(at as usize)).map(|it| here(it.span));
        let entry = || match &citation.target {
            Target::Key(key) => snapshot.entry(key).map(|(file, entry)| Place { file: file.id, span: entry.span }),
            _ => None,
        };
        let link = || (!citation.span.covers(citation.target_span)).then(|| here(citation.target_span));
        let place = footnote.or_else(entry).or_else(link).or_else(|| match snapshot.resolve(file, &citation) {
            Resolution::Note { file, span } => Some(Place { file, span: span.unwrap_or_default() }),
            _ => None,
        });
        return Some((citation.span, vec![place?]));
    }
    match Subject::at(snapshot, file, offset)? {
        Subject::Footnote(footnote) => {
            let label = labels(held.page()?.text(), &footnote).find(|label| label.touches(offset))?;
            Some((label, vec![Place { file, span: footnote.span }]))
        }
        Subject::Term(used) => {
            let own = used.term.senses.iter().filter(|sense| sense.own);
            let places: Vec<Place> = own.map(|sense| Place { file: sense.file, span: sense.sentence }).collect();
            (!places.is_empty()).then_some((used.span, places))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{fixture::Fixture, goto_declaration};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /refs.bib\n@book{{gone, title = {{A book}}}}\n//- /sources/page.txt\nA page of words.\n\
             //- /notes/glossary.md\n# Glossary\n\n**Drift**: the slow change of a sensor.\n//- /notes/note.md\n{note}"
        ));
        let found = goto_declaration(&fixture.snapshot, fixture.file, fixture.offset);
        let line = |place| format!("{}\n", fixture.show(place));
        let shown: String = found.into_iter().flat_map(|(_, places)| places).map(line).collect();
        expect.assert_eq(&shown);
    }

    #[test]
    fn a_mark_has_its_footnote() {
        check(
            "So it is.[^$01]\n\n[^1]: [Page](../sources/page.txt)\n",
            &expect![[r#"
            notes/note.md:3:1 "[^1]: [Page](../sources/page.txt)"
        "#]],
        );
    }

    #[test]
    fn a_key_has_its_entry() {
        check(
            "So it is [@go$0ne].\n",
            &expect![[r#"
            refs.bib:1:1 "@book{gone, title = {A book}"
        "#]],
        );
    }

    #[test]
    fn a_term_has_its_own_definition() {
        check(
            "The dri$0ft is slow.\n",
            &expect![[r#"
            notes/glossary.md:3:3 "Drift**: the slow change of a sensor."
        "#]],
        );
    }

    #[test]
    fn a_link_to_a_source_is_declared_nowhere_else() {
        check("So it is ([page](../sources/pa$0ge.txt)).\n", &expect![[""]]);
    }
}
