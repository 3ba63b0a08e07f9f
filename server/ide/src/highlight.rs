//! Every occurrence of the thing under the cursor within its file.

use ibid_corpus::{FileId, Snapshot};
use ibid_note::{Citation, Heading};
use ibid_text::Span;

use crate::analysis::subject::{Subject, labels, may_name, written};

/// The occurrences of the thing at a byte offset in its own file, in order: a term, a footnote's label, all citations of one
/// work, a heading and the links to it. No other file is read.
pub fn highlight(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Span> {
    let Some(page) = snapshot.file(file).and_then(|file| file.page()) else { return Vec::new() };
    let mut spans: Vec<Span> = match Subject::at(snapshot, file, offset) {
        Some(Subject::Term(used)) => snapshot.uses_of_in(&used.term, file).iter().map(|used| used.span).collect(),
        Some(Subject::Footnote(footnote)) => labels(page.text(), &footnote).collect(),
        Some(Subject::Citation(citation)) => citations_like(snapshot, file, &citation),
        Some(Subject::Heading(heading)) => {
            links_to(snapshot, file, &heading).chain([written(page.text(), &heading)]).collect()
        }
        None | Some(Subject::Quotation(_) | Subject::Passage(_)) => Vec::new(),
    };
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// The citations of a note that lead to the same file as the given one, or have the same target if it leads to no file.
fn citations_like(snapshot: &Snapshot, file: FileId, citation: &Citation) -> Vec<Span> {
    let citations = snapshot.file(file).map_or_else(Vec::new, |file| file.citations());
    let whole = Citation { target: citation.target.without_fragment(), ..citation.clone() };
    let leads = if citation.target.is_within_note() { Some(file) } else { snapshot.resolve(file, &whole).file() };
    let Some(leads) = leads else {
        return citations.iter().filter(|other| other.target == citation.target).map(|other| other.span).collect();
    };
    let alike = snapshot.citations_of(leads, file).into_iter();
    alike.filter_map(|at| Some(citations.get(at as usize)?.span)).collect()
}

/// The links of a note to a heading of its own.
fn links_to(snapshot: &Snapshot, file: FileId, heading: &Heading) -> impl Iterator<Item = Span> {
    let backlinks = snapshot.backlinks_of(file, |target| may_name(target, heading));
    let own = backlinks.into_iter().filter(move |link| link.note == file && link.place == Some(heading.section));
    let citations = snapshot.file(file).map_or_else(Vec::new, |file| file.citations());
    own.filter_map(move |link| Some(citations.get(link.citation as usize)?.span))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{fixture::Fixture, highlight};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /sources/page.md\n---\nid: page\n---\n\nWhen I say drift I mean the slow change of a sensor.\n\
             //- /notes/other.md\nMore drift [@page].\n//- /notes/note.md\n{note}"
        ));
        let page = fixture.page();
        let mut marked = page.text().to_owned();
        for span in highlight(&fixture.snapshot, fixture.file, fixture.offset).iter().rev() {
            marked.insert(span.end as usize, '⟩');
            marked.insert(span.start as usize, '⟨');
        }
        expect.assert_eq(&marked);
    }

    #[test]
    fn a_term_in_any_inflection() {
        check(
            "Dri$0ft is slow. Two drifts, `drift`.\n",
            &expect![[r#"
            ⟨Drift⟩ is slow. Two ⟨drifts⟩, `drift`.
        "#]],
        );
    }

    #[test]
    fn a_footnotes_label() {
        check(
            "One.[^a$0] Two.[^b] Three.[^a]\n\n[^a]: First.\n[^b]: Second.\n",
            &expect![[r#"
            One.[^⟨a⟩] Two.[^b] Three.[^⟨a⟩]

            [^⟨a⟩]: First.
            [^b]: Second.
        "#]],
        );
        check(
            "One.[^a] Two.[^b]\n\n[^$0a]: First.\n[^b]: Second.\n",
            &expect![[r#"
            One.[^⟨a⟩] Two.[^b]

            [^⟨a⟩]: First.
            [^b]: Second.
        "#]],
        );
    }

    #[test]
    fn a_work_however_it_is_cited() {
        check(
            "So [@pa$0ge], and [it](../sources/page.md#L5), and [[other]].\n",
            &expect![[r#"
            So ⟨[@page]⟩, and ⟨[it](../sources/page.md#L5)⟩, and [[other]].
        "#]],
        );
    }

    #[test]
    fn a_heading_and_the_links_to_it() {
        check(
            "# Top\n\n## In$0ner\n\nSee [[#Inner]], [top](#top) and [in](#inner).\n",
            &expect![[r#"
                # Top

                ⟨## Inner⟩

                See ⟨[[#Inner]]⟩, [top](#top) and ⟨[in](#inner)⟩.
            "#]],
        );
    }

    #[test]
    fn nothing_in_plain_words() {
        check(
            "Nothing$0 here.\n",
            &expect![[r#"
            Nothing here.
        "#]],
        );
    }
}
