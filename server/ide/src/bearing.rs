//! Whether a citation is there to bear its sentence, or only leads to what the sentence's words name.

use std::path::Path;

use ibid_corpus::Resolution;
use ibid_note::{Citation, Fragment, Statement, Target};
use ibid_text::words;

use crate::{diagnostics::Context, place};

/// The fewest words of a link that can be a claim.
const CLAUSE: usize = 5;

/// Words that send the reader on: "for more information, see …".
const SENDING: [&str; 7] = ["see", "read", "visit", "consult", "refer", "article", "topic"];

/// Marks behind which a link stands apart from the sentence's words.
const MARKS: [char; 8] = ['(', '[', ',', '.', ';', ':', '”', '"'];

/// Whether a citation of the statement is there to bear it, rather than being a link to what its words name.
pub(crate) fn is_cited(context: &Context<'_>, statement: &Statement) -> bool {
    statement.citations.iter().any(|&at| {
        let citation = context.note.citations.get(at as usize);
        citation.is_some_and(|citation| {
            !citation.target.is_within_note() && !is_own(context, at) && is_set_off(context, statement, at, citation)
        })
    })
}

/// Whether the citation leads to the note that it stands in, which can be a source as well.
fn is_own(context: &Context<'_>, at: u32) -> bool {
    matches!(context.resolution(at), Some(Resolution::Source { file, .. }) if *file == context.file.id)
}

/// Whether a wiki-link stands outside the sentence's words, at its end.
pub(crate) fn is_wiki_link_set_off(context: &Context<'_>, statement: &Statement, citation: &Citation) -> bool {
    let is_wiki_link = matches!(citation.target, Target::Wiki { .. }) && citation.footnote.is_none();
    is_wiki_link && !behind(context, statement, citation).contains(char::is_alphanumeric)
}

/// The rest of a sentence behind a citation.
fn behind<'t>(context: &'t Context<'_>, statement: &Statement, citation: &Citation) -> &'t str {
    context.page.text().get(citation.span.end as usize..statement.span.end as usize).unwrap_or_default()
}

/// Whether a citation stands outside the sentence's words: a key, a footnote, a wiki-link at the end, or a link that does.
fn is_set_off(context: &Context<'_>, statement: &Statement, at: u32, citation: &Citation) -> bool {
    match &citation.target {
        _ if citation.footnote.is_some() => true,
        Target::Wiki { .. } => is_wiki_link_set_off(context, statement, citation),
        Target::Path { .. } | Target::Url { .. } => {
            let text = context.page.text();
            let before = text.get(statement.span.start as usize..citation.span.start as usize).unwrap_or_default();
            let behind = behind(context, statement, citation);
            let label = citation.span.of(text).split("](").next().unwrap_or_default();
            let link = Link { before, label: label.trim_start_matches(['[', '<']), behind, target: &citation.target };
            link.bears(statement) && (link.ends_in_brackets() || !is_title(context, at, link.label))
        }
        _ => true,
    }
}

/// Whether the words of a link are the title of what the citation `at` leads to.
fn is_title(context: &Context<'_>, at: u32, label: &str) -> bool {
    let Some(Resolution::Source { file, .. }) = context.resolution(at) else { return false };
    let title = context.snapshot.file(*file).map(|file| place::title(context.snapshot, file));
    title.is_some_and(|title| letters(&title) == letters(label))
}

/// A link in running text.
struct Link<'t> {
    /// The sentence up to it.
    before: &'t str,
    /// Its words.
    label: &'t str,
    /// The rest of the sentence.
    behind: &'t str,
    /// Where it leads.
    target: &'t Target,
}

impl Link<'_> {
    /// Whether it stands between marks, under a file's path, or under most of the sentence, which then is the claim; and
    /// its words do not name what it leads to.
    fn bears(&self, statement: &Statement) -> bool {
        let is_path = self.label.contains('/') && !self.label.contains([' ', '`']) && !self.label.starts_with('/');
        is_path || !self.sends_on() && !self.names_its_place() && (self.is_between_marks() || self.is_claim(statement))
    }

    fn is_between_marks(&self) -> bool {
        self.before.trim_end().ends_with(MARKS) && !self.behind.trim_start().starts_with(char::is_alphanumeric)
    }

    /// Whether it is most of a sentence, and not an entry of a list.
    fn is_claim(&self, statement: &Statement) -> bool {
        let said = statement.words.text();
        let linked = words(self.label).count();
        said.trim_end().ends_with(['.', '!', '?']) && linked >= CLAUSE && 2 * linked >= words(said).count()
    }

    /// Whether the sentence sends the reader to it.
    fn sends_on(&self) -> bool {
        words(self.before).any(|word| SENDING.contains(&&*word.folded))
    }

    /// Whether nothing but a bracket stands behind it.
    fn ends_in_brackets(&self) -> bool {
        self.before.trim_end().ends_with(['(', '[']) && !self.behind.contains(char::is_alphanumeric)
    }

    /// Whether its words are code, or those of the section or, but for a reference in brackets, the file that it leads to:
    /// "call `[GetPath](#getpath)`".
    fn names_its_place(&self) -> bool {
        let label = letters(self.label);
        let section = match self.target.fragment() {
            Some(Fragment::Heading(heading)) => letters(heading),
            _ => String::new(),
        };
        let stem = match self.target {
            Target::Path { path, .. } | Target::Url { url: path, .. } => {
                Path::new(path).file_stem().map(|stem| letters(&stem.to_string_lossy())).unwrap_or_default()
            }
            _ => String::new(),
        };
        let is_section = !section.is_empty() && (label.ends_with(&section) || section.ends_with(&label));
        self.label.starts_with('`') || is_section || stem.starts_with(&label) && !self.ends_in_brackets()
    }
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// Whether the first sentence of a note has a citation that bears it.
    fn check(note: &str, expected: bool) {
        let pages =
            "//- /sources/getpath.md\n# Paths of files\n\nA path is long.\n\n## GetPath\n\nIt gives the path.\n";
        let fixture = Fixture::new(&format!("{pages}//- /notes/note.md\n{note}\n"));
        let context = Context::new(&fixture.snapshot, fixture.file).expect("it is a note");
        assert_eq!(is_cited(&context, &context.note.statements[0]), expected, "{note}");
    }

    #[test]
    fn a_reference_bears_the_sentence_before_it() {
        check("Paths are long ([page](../sources/getpath.md)).", true);
        check("Paths are long ([Paths of files](../sources/getpath.md)).", true);
        check("Paths are long ([getpath](../sources/getpath.md)).", true);
        check("Paths are long, [as was shown](../sources/getpath.md).", true);
        check("Paths are long.[^1]\n\n[^1]: [GetPath](../sources/getpath.md)", true);
        check("[The path of any file is very long](../sources/getpath.md).", true);
    }

    #[test]
    fn a_link_to_what_is_named_does_not() {
        check("One calls it ([GetPath](../sources/getpath.md#getpath)).", false);
        check("One may call, if need be, [GetPath](../sources/getpath.md) twice.", false);
        check("One calls any of them ([`GetPath`](../sources/getpath.md)) twice.", false);
        check("Sets, as a rule, [Paths of files](../sources/getpath.md).", false);
        check("- [How the path of a file is told](../sources/getpath.md)", false);
        check("For more of it, see [how paths are told](../sources/getpath.md).", false);
    }

    #[test]
    fn a_note_does_not_bear_itself() {
        check("Paths are long ([above](#paths)).\n\n# Paths", false);
    }
}
