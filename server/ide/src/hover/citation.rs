//! Hover on a citation: where it leads. Hover on a footnote's mark: first what the footnote says.

use ibid_corpus::{File, FileId, Resolution, Snapshot};
use ibid_note::{Citation, Target};

use super::Hover;
use crate::{
    analysis::pointer::citation_at,
    render::work::{NOT_HELD, note, of_work, source},
    syntax::markdown,
};

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let held = snapshot.file(file)?;
    let citation = citation_at(held, offset)?;
    let is_at_mark = citation.span.touches(offset);
    let words = footnote(held, &citation).filter(|_| is_at_mark);
    let parts = [words, end(snapshot, file, &citation)];
    let markdown = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let span = if is_at_mark { citation.span } else { citation.target_span };
    (!markdown.is_empty()).then_some(Hover { span, markdown })
}

/// Where a citation of a note leads.
fn end(snapshot: &Snapshot, file: FileId, citation: &Citation) -> Option<String> {
    match snapshot.resolve(file, citation) {
        Resolution::Source { file, span } => source(snapshot, file, span),
        Resolution::Note { file, span } => note(snapshot, file, span),
        Resolution::NotHeld => Some(match &citation.target {
            Target::Key(key) => of_work(snapshot, key),
            _ => NOT_HELD.to_owned(),
        }),
        Resolution::Several(files) => Some(several(snapshot, &files)),
        Resolution::Dead { nearest } => Some(dead(&nearest)),
        Resolution::NoCitation => None,
    }
}

/// What the footnote says that a citation stands in, escaped.
fn footnote(file: &File, citation: &Citation) -> Option<String> {
    let (note, page) = (file.note()?, file.page()?);
    let footnote = note.footnotes.get(citation.footnote? as usize)?;
    let written = footnote.span.of(page.text());
    let words = match written.strip_prefix("^[") {
        Some(inline) => inline.strip_suffix(']').unwrap_or(inline),
        None => written.split_once("]:")?.1,
    };
    let words = markdown::plain(words);
    (!words.is_empty()).then(|| format!("> {}", markdown::escape(&words)))
}

fn several(snapshot: &Snapshot, files: &[FileId]) -> String {
    let links = files.iter().filter_map(|&id| snapshot.file(id)).map(|file| markdown::link(&file.path, file.id, 0));
    format!("**Ambiguous**: it leads to {} sources: {}.", files.len(), links.collect::<Vec<_>>().join(", "))
}

fn dead(nearest: &[String]) -> String {
    let near: Vec<String> = nearest.iter().take(3).map(|name| markdown::escape(name)).collect();
    if near.is_empty() {
        return "**Leads nowhere.**".to_owned();
    }
    format!("**Leads nowhere.** Nearest: {}.", near.join(", "))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{Memo, fixture::Fixture, hover};

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!(
            "//- /sources/page.md\n---\nid: page\ntitle: A [Page](http://x.y)\nauthor: Ada First\ndate: 2023-05-01\n---\n\n\
             # Models\n\nThey are evidence.\n//- /notes/other.md\nOther.\n//- /notes/note.md\n{note}"
        ));
        let hover = hover(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default());
        expect.assert_eq(&hover.map_or("no hover\n".to_owned(), |hover| hover.markdown + "\n"));
    }

    #[test]
    fn a_source_is_named() {
        check(
            "They are evidence [@pa$0ge].\n",
            &expect![[r#"
                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md](ibid-file:0#L1)
            "#]],
        );
    }

    #[test]
    fn the_place_is_shown() {
        check(
            "They are evidence ([page](../sources/page.md#L10$0)).\n",
            &expect![[r#"
                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md:10](ibid-file:0#L10) · probably Ada First

                > They are evidence.
            "#]],
        );
    }

    #[test]
    fn a_citation_that_leads_nowhere_says_so() {
        check(
            "They are evidence [@pag$0].\n",
            &expect![[r#"
            **Leads nowhere.** Nearest: page.
        "#]],
        );
    }

    #[test]
    fn a_footnote_shows_its_source() {
        check(
            "They are evidence.[^1]$0\n\n[^1]: [page](../sources/page.md)\n",
            &expect![[r#"
                > page

                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md](ibid-file:0#L1)
            "#]],
        );
    }

    #[test]
    fn a_footnote_says_its_own_words_first() {
        check(
            "They are evidence.[^1]$0\n\n[^1]: So says *Ada*, in\n  [page](../sources/page.md), twice.\n",
            &expect![[r#"
                > So says Ada, in page, twice.

                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md](ibid-file:0#L1)
            "#]],
        );
        check(
            "They are evidence.[^1]$0\n\n[^1]: Ada First, *Models*, 2023.\n",
            &expect![[r#"
                > Ada First, Models, 2023.
            "#]],
        );
        check(
            "They are evidence.^[A gu$0ess <b>of mine</b>.]\n",
            &expect![[r#"
                > A guess of mine.
            "#]],
        );
        check(
            "They are evidence.[^1]\n\n[^1]: See [page](../sources/pa$0ge.md).\n",
            &expect![[r#"
            **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01 · [sources/page.md](ibid-file:0#L1)
        "#]],
        );
    }

    #[test]
    fn a_work_without_text_is_named_from_the_bibliography() {
        check(
            "They are evidence [@car$0lsmith].\n//- /refs.bib\n@book{carlsmith,\n  author = {Joe Carlsmith},\n  title = {On <b>AI</b>},\n  year = {2023},\n}\n",
            &expect![[r#"
                **On \<b\>AI\</b\>**, Joe Carlsmith, 2023 · [refs.bib:1](ibid-file:3#L1)

                **Not held**: its text is not among the sources, so nothing is checked against it.
            "#]],
        );
    }

    #[test]
    fn a_work_whose_text_is_held_is_shown_with_its_container() {
        check(
            "They are evidence [@pa$0ge].\n//- /refs.bib\n@article{page,\n  title = {A Page}, journal = {J. Pages},\n}\n",
            &expect![[r#"
                **A \[Page\](http\://x\.y)**, Ada First, 2023-05-01, *J. Pages* · [sources/page.md](ibid-file:0#L1)
            "#]],
        );
    }

    #[test]
    fn highlights_say_that_they_are() {
        check(
            "So [@ro$0ots].\n//- /sources/kept.md\n---\ncitekey: roots\nauthor: Simone Weil\n---\n\n# Roots\n\n## Highlights\n\
             - Words. ([View Highlight](https://read.readwise.io/read/1))\n",
            &expect![[r#"
                **Roots**, Simone Weil · [sources/kept.md](ibid-file:0#L1)

                **Highlights only**: the rest of the work is not held, so nothing is checked against it.
            "#]],
        );
    }

    #[test]
    fn what_is_not_held_says_so() {
        check(
            "They are evidence (<https://exa$0mple.org>).\n",
            &expect![[r#"
                **Not held**: its text is not among the sources, so nothing is checked against it.
            "#]],
        );
    }
}
