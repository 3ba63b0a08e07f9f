//! A hint after each quotation that says where its words are from.

use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Form, Quotation};
use ibid_text::Span;

use crate::analysis::{
    checked_note::CheckedNote,
    judged::Judged,
    memo::Memo,
    place::{Place, title},
};

/// A hint after words of a note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// The byte offset at which it is shown.
    pub offset: u32,
    /// The text.
    pub label: String,
    /// The place that it leads to.
    pub place: Place,
}

/// The hints for quotations that end in `range` and were found in a source: the source's name with the page or line. `memo`
/// is that of the file.
pub fn inlay_hints(snapshot: &Snapshot, file: FileId, range: Span, memo: &Memo) -> Vec<Hint> {
    let Some(checked) = CheckedNote::open(snapshot, file, memo) else { return Vec::new() };
    let here = |quotation: &Quotation| quotation.form != Form::Nested && range.touches(quotation.span.end);
    let quotations = checked.quotations_where(here);
    quotations.filter_map(|(quotation, judged)| hint(snapshot, quotation, judged)).collect()
}

fn hint(snapshot: &Snapshot, quotation: &Quotation, judged: &Judged) -> Option<Hint> {
    /// The most characters of the name that are shown.
    const SHOWN: usize = 24;
    let best = judged.best()?;
    let file = snapshot.file(best.file)?;
    let place = *Place::of_match(snapshot, best).first()?;
    let title = title(snapshot, file);
    let name = if title.chars().count() <= SHOWN && title != file.path { &title } else { file.stem() };
    let name: String = name.chars().take(SHOWN).collect();
    let label = file.place_in(&name, place.span.start);
    Some(Hint { offset: quotation.span.end, label, place })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use ibid_text::Span;

    use crate::{Memo, fixture::Fixture, inlay_hints};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /sources/page.md\n---\ntitle: A Page\n---\n\nI think clarity is often very important.\n\
             //- /sources/log.txt\nThe harbour froze early that winter.\n//- /notes/note.md\n{note}"
        ));
        let whole = Span::from(0..fixture.page().text().len());
        let mut shown = fixture.page().text().to_owned();
        for hint in inlay_hints(&fixture.snapshot, fixture.file, whole, &Memo::default()).iter().rev() {
            shown.insert_str(hint.offset as usize, &format!("<{} → {}>", hint.label, fixture.show(hint.place)));
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn a_quotation_is_followed_by_its_source_and_line() {
        check(
            "“I think clarity is always very important” and “the harbour froze early that winter”.\n",
            &expect![[r#"
            “I think clarity is always very important” and “the harbour froze early that winter”<log:1 → sources/log.txt:1:1 "The harbour froze early that winter">.
        "#]],
        );
        check(
            "“Nothing that anybody ever said of it.”\n",
            &expect![[r#"
            “Nothing that anybody ever said of it.”
        "#]],
        );
    }
}
