//! Names in wiki-links.

/// Characters that end the name of a wiki-link or part it, and cannot be escaped.
const MARKS: [char; 5] = ['[', ']', '|', '#', '^'];

/// Whether a wiki-link can have a text as its name.
pub(crate) fn is_wiki_name(name: &str) -> bool {
    !name.contains(MARKS)
}

/// The words of a heading as they are written behind `#` in a wiki-link: with spaces for what it cannot have there, as Obsidian
/// writes them. Headings are compared by letters and digits alone.
pub(crate) fn wiki_heading(heading: &str) -> String {
    heading.replace(MARKS, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_wiki_link_cannot_have_becomes_a_space() {
    assert_eq!(wiki_heading("What [is] C#, really?"), "What is C , really?");
    assert_eq!(wiki_heading("^a|b"), "a b");
}
