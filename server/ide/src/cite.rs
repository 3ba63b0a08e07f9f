//! Writing a citation the way the note writes its others.

use ibid_corpus::{File, Snapshot};
use ibid_note::{Note, Target};

use crate::{Place, markdown, place};

/// The way a citation is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Style {
    /// `[@key]`
    Key,
    /// `[[file]]`
    Wiki,
    /// `[title](path#L12)`
    Link,
}

impl Style {
    /// The style of a citation with this target; `None` for one that points at no text.
    pub fn of_target(target: &Target) -> Option<Self> {
        match target {
            Target::Key(_) => Some(Self::Key),
            Target::Wiki { .. } => Some(Self::Wiki),
            Target::Path { .. } | Target::Url { .. } => Some(Self::Link),
            Target::Words | Target::NoFootnote(_) => None,
        }
    }

    /// The style that a note uses most; links where it cites nothing yet or uses several alike.
    pub fn of_note(note: &Note) -> Self {
        let count = |style| note.citations.iter().filter(|c| Self::of_target(&c.target) == Some(style)).count();
        // Of equals the last is taken.
        [Self::Wiki, Self::Key, Self::Link].into_iter().max_by_key(|&style| count(style)).unwrap_or(Self::Link)
    }
}

/// A citation of `place`, to stand in `note`; an empty place means the source as a whole. A source without a key is
/// linked where the style asks for keys.
pub fn cite(snapshot: &Snapshot, note: &File, place: Place, style: Style) -> Option<String> {
    let file = snapshot.file(place.file)?;
    Some(match (style, target(snapshot, note, place, style)) {
        (Style::Key, Some(key)) => format!("[@{key}]"),
        (Style::Wiki, Some(name)) => format!("[[{name}]]"),
        _ => {
            let path = target(snapshot, note, place, Style::Link)?;
            format!("[{}]({path})", markdown::escape(&place::title(snapshot, file)))
        }
    })
}

/// The target alone of such a citation: what stands after `@`, in the double brackets, or in the parentheses. `None` if
/// the source has no key and the style asks for one.
pub fn target(snapshot: &Snapshot, note: &File, place: Place, style: Style) -> Option<String> {
    let file = snapshot.file(place.file)?;
    match style {
        Style::Key => snapshot.metadata(file).keys.into_iter().next(),
        Style::Wiki => Some(file.stem().to_owned()),
        Style::Link => {
            let path = relative(&note.path, &file.path).replace(' ', "%20");
            let line = file.line_of(place.span.start) + 1;
            Some(if place.span.is_empty() { path } else { format!("{path}#L{line}") })
        }
    }
}

/// The path to `to` from the folder of `from`, both from the workspace root with `/`; an absolute one stays so.
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
    let style = |note: &str| Style::of_note(&ibid_note::parse(note));
    assert_eq!(style("Nothing is cited.\n"), Style::Link);
    assert_eq!(style("See [@key] and [@other], and [[page]].\n"), Style::Key);
    assert_eq!(style("See [[page]] and [[other]], and [@key].\n"), Style::Wiki);
    assert_eq!(style("See [[page]] and [a page](page.md).\n"), Style::Link);
}
