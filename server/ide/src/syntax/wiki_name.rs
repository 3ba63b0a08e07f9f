//! Names in wiki-links.

/// Characters that end the name of a wiki-link or part it, and cannot be escaped.
const MARKS: [char; 5] = ['[', ']', '|', '#', '^'];

/// Whether a wiki-link can have a text as its name, or as the heading behind `#`.
pub(crate) fn is_wiki_name(name: &str) -> bool {
    !name.contains(MARKS)
}
