//! Writing a citation in the style of the note.

use ibid_corpus::{File, Snapshot};
use ibid_note::{Note, Target, written_key};
use ibid_text::Span;

use super::{place::Place, text_directive::directive};
use crate::syntax::{destination::destination, markdown, wiki_name::is_wiki_name};

/// How a citation is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Style {
    /// `[@key]`
    Key,
    /// `[[file]]`
    Wiki,
    /// `[title](path#L12)`
    Link,
    /// `[title](https://example.org/page#:~:text=words)`: opens at the same words in a browser.
    Web,
}

impl Style {
    /// The style of a citation with this target; `None` if the target is not written as a pointer.
    pub fn of_target(target: &Target) -> Option<Self> {
        match target {
            Target::Key(_) => Some(Self::Key),
            Target::Wiki { .. } => Some(Self::Wiki),
            Target::Path { .. } => Some(Self::Link),
            Target::Url { .. } => Some(Self::Web),
            Target::Words | Target::NoFootnote(_) => None,
        }
    }

    /// The style that a note uses most; [`Style::Link`] if it cites nothing or uses several equally often.
    pub fn of_note(note: &Note) -> Self {
        let in_text = || note.citations.iter().filter(|citation| !note.is_property(citation));
        let count = |style| in_text().filter(|citation| Self::of_target(&citation.target) == Some(style)).count();
        // `max_by_key` returns the last of equals.
        [Self::Wiki, Self::Key, Self::Web, Self::Link]
            .into_iter()
            .max_by_key(|&style| count(style))
            .unwrap_or(Self::Link)
    }
}

/// A citation of `place`, to be written in `note`; an empty place means the source as a whole. A source without a key or web
/// address is linked by its path where the style asks for one.
pub fn cite(snapshot: &Snapshot, note: &File, place: Place, style: Style) -> Option<String> {
    cite_from(snapshot, &note.path, place, style)
}

/// A citation of `place` for a note at `path`, which need not exist. The path is relative to the workspace root, with `/`.
pub fn cite_from(snapshot: &Snapshot, path: &str, place: Place, style: Style) -> Option<String> {
    let file = snapshot.file(place.file)?;
    Some(match (style, target_from(snapshot, path, place, style)) {
        (Style::Key, Some(key)) => format!("[@{key}]"),
        (Style::Wiki, Some(name)) => format!("[[{name}]]"),
        (Style::Web | Style::Link, Some(address)) => link(snapshot, file, &address),
        (Style::Key | Style::Wiki | Style::Web | Style::Link, None) => {
            link(snapshot, file, &target_from(snapshot, path, place, Style::Link)?)
        }
    })
}

/// A link with the source's title, or its file name, as the text.
fn link(snapshot: &Snapshot, file: &File, address: &str) -> String {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let title = snapshot.metadata(file).title.filter(|title| !title.is_empty());
    format!("[{}]({address})", markdown::escape(title.as_deref().unwrap_or(name)))
}

/// Only the target of such a citation: the text after `@`, with braces where the key needs them, in the double brackets, or in the parentheses. `None` if the
/// style asks for a key or web address and the source has none.
pub fn target(snapshot: &Snapshot, note: &File, place: Place, style: Style) -> Option<String> {
    target_from(snapshot, &note.path, place, style)
}

fn target_from(snapshot: &Snapshot, note: &str, place: Place, style: Style) -> Option<String> {
    let file = snapshot.file(place.file)?;
    match style {
        Style::Key => snapshot.metadata(file).keys.iter().find_map(|key| written_key(key)),
        Style::Wiki => Some(file.stem().to_owned()).filter(|name| is_wiki_name(name)),
        Style::Web => address(snapshot, file, place),
        Style::Link => {
            let path = destination(&relative(note, &file.path), false);
            let fragment = Some(place.span).filter(|span| !span.is_empty()).and_then(|span| fragment(file, span));
            Some(fragment.map_or_else(|| path.clone(), |fragment| format!("{path}#{fragment}")))
        }
    }
}

/// The web address of a source, or of its comment at the place if there is one, with a text directive that leads to the
/// words.
fn address(snapshot: &Snapshot, file: &File, place: Place) -> Option<String> {
    let page = file.page();
    let found = page.as_ref().and_then(|page| Some((page.source()?, page.text()))).map(|(source, own)| {
        let span = source.content.span_to_plain(place.span);
        let comment = source.comment_at(span.start).and_then(|comment| comment.permalink.clone());
        (comment, directive(source, own, span).filter(|_| !place.span.is_empty()))
    });
    let (comment, directive) = found.unwrap_or_default();
    let page = comment.or_else(|| snapshot.metadata(file).urls.into_iter().next())?;
    let mark = if page.contains('#') { "" } else { "#" };
    let page = page.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E");
    Some(directive.map_or(page.clone(), |directive| format!("{page}{mark}{directive}")))
}

/// The fragment of a link to a place in a file's own text: the page if the file has pages (RFC 8118), the words if it was
/// extracted from a document without pages, or the line.
fn fragment(file: &File, span: Span) -> Option<String> {
    if let Some(page) = file.page_number(span.start) {
        return Some(format!("page={page}"));
    }
    if file.extracted().is_some() {
        let page = file.page()?;
        let source = page.source()?;
        return directive(source, page.text(), source.content.span_to_plain(span));
    }
    Some(format!("L{}", file.line_of(span.start) + 1))
}

/// The path of `to` relative to the folder of `from`. Both are relative to the workspace root, with `/`; an absolute `to`
/// is returned as it is.
pub(crate) fn relative(from: &str, to: &str) -> String {
    if to.starts_with('/') || to.contains(':') {
        return to.to_owned();
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    let target: Vec<&str> = to.split('/').collect();
    let shared = folders.iter().zip(&target[..target.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folders.len() - shared);
    up.chain(target[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[test]
fn paths_are_relative_to_the_note() {
    assert_eq!(relative("notes/a.md", "sources/page.txt"), "../sources/page.txt");
    assert_eq!(relative("a.md", "sources/page.txt"), "sources/page.txt");
    assert_eq!(relative("notes/deep/a.md", "notes/b.md"), "../b.md");
    assert_eq!(relative("notes/a.md", "/elsewhere/b.md"), "/elsewhere/b.md");
}

#[test]
fn a_note_cites_as_it_cites_most() {
    let style = |note: &str| Style::of_note(&ibid_note::parse(note, ibid_language::Language::ENGLISH));
    assert_eq!(style("Nothing is cited.\n"), Style::Link);
    assert_eq!(style("See [@key] and [@other], and [[page]].\n"), Style::Key);
    assert_eq!(style("See [[page]] and [[other]], and [@key].\n"), Style::Wiki);
    assert_eq!(style("See [[page]] and [a page](page.md).\n"), Style::Link);
}

#[test]
fn a_key_is_cited_as_it_is_read() {
    let cited = |key: &str| {
        let fixture = crate::fixture::Fixture::new(&format!(
            "//- /sources/page.md\n---\nid: \"{key}\"\n---\nSome words.\n//- /notes/note.md\nSee [@x].\n"
        ));
        let page = fixture.snapshot.files().find(|file| file.is_source()).expect("it is held");
        cite(&fixture.snapshot, fixture.file(), Place { file: page.id, span: Span::empty(0) }, Style::Key)
    };
    assert_eq!(cited("plain_1790").as_deref(), Some("[@plain_1790]"));
    assert_eq!(cited("WB+:TIDE:10").as_deref(), Some("[@{WB+:TIDE:10}]"));
    assert_eq!(cited("a}b").as_deref(), Some("[page\\.md](../sources/page.md)"));
}

#[test]
fn a_page_is_cited_by_its_address_and_words() {
    let fixture = crate::fixture::Fixture::new(
        "//- /sources/page.html\n<title>On (b)</title><link rel=canonical href='https://a.org/on_(b)'><article><p>Some words of a page.</p></article>\n\
         //- /sources/plain.txt\nOther words.\n//- /notes/note.md\nSee <https://b.org>.\n",
    );
    let cited = |path: &str, words: &str| {
        let file = fixture.snapshot.files().find(|file| file.path == path).expect("it is held");
        let start = file.page().expect("its text is held").text().find(words).expect("it has the words") as u32;
        let place = Place { file: file.id, span: ibid_text::Span::new(start, start + words.len() as u32) };
        cite(&fixture.snapshot, fixture.file(), place, Style::of_note(&fixture.file().note().expect("a note")))
    };
    let expected = "[On (b)](https://a.org/on_%28b%29#:~:text=words%20of%20a)";
    assert_eq!(cited("sources/page.html", "words of a").as_deref(), Some(expected));
    assert_eq!(cited("sources/plain.txt", "Other").as_deref(), Some("[plain\\.txt](../sources/plain.txt#L1)"));
}
