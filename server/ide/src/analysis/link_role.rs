//! The role of a citation in its sentence: it supports the sentence, or only links to what the sentence's words name.

use std::path::Path;

use ibid_corpus::Resolution;
use ibid_language::{Class, Language};
use ibid_note::{Citation, Fragment, Statement, Target};
use ibid_text::{Span, words};

use super::{checked_note::CheckedNote, place};

/// The fewest words of a link that can be a claim.
const FEWEST_WORDS: usize = 5;

/// Characters after which a link is set off from the sentence's words.
const MARKS: [char; 8] = ['(', '[', ',', '.', ';', ':', '”', '"'];

/// Whether a statement is nothing but links, perhaps behind a label: `Up: [[Tides]]`. It points, and claims nothing. A whole
/// sentence with its full stop that is the text of a Markdown link is the note's own words, and no name of anything.
pub(crate) fn is_only_links(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let text = checked.page.text();
    let links = || statement.citations.iter().filter_map(|&at| checked.note.citations.get(at as usize));
    let is_sentence = statement.words.text().trim_end().ends_with(['.', '!']);
    if is_sentence && links().any(|link| !matches!(link.target, Target::Wiki { .. })) {
        return false;
    }
    let mut links: Vec<Span> = links().map(|citation| citation.span).collect();
    links.sort_unstable();
    let Some(first) = links.first() else { return false };
    let label = text.get(statement.span.start as usize..first.start as usize).unwrap_or_default();
    let is_label = label.trim_end_matches([' ', '!', '*', '_']).ends_with(':') && words(label).count() < FEWEST_WORDS;
    let starts = std::iter::once(if is_label { first.start } else { statement.span.start });
    let starts = starts.chain(links.iter().map(|link| link.end));
    let ends = links.iter().map(|link| link.start).chain([statement.span.end]);
    let mut outside = starts.zip(ends).map(|(start, end)| text.get(start as usize..end as usize).unwrap_or_default());
    outside.all(|part| words(part).all(|word| checked.language().is(&word.folded, Class::PointerConnective)))
}

/// Whether a citation of the statement supports it, rather than linking to what its words name.
pub(crate) fn has_supporting_citation(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    !is_only_links(checked, statement)
        && statement.citations.iter().any(|&at| {
            let citation = checked.note.citations.get(at as usize);
            citation.is_some_and(|citation| {
                !citation.target.is_within_note()
                    && !leads_to_itself(checked, at)
                    && is_set_off(checked, statement, at, citation)
            })
        })
}

/// Whether the citation leads to its own note, which can be a source as well.
fn leads_to_itself(checked: &CheckedNote<'_>, at: u32) -> bool {
    matches!(checked.resolution(at), Some(Resolution::Source { file, .. }) if *file == checked.file.id)
}

/// Whether the citation is a wiki-link at the end of the sentence, outside its words.
pub(crate) fn is_wiki_link_set_off(checked: &CheckedNote<'_>, statement: &Statement, citation: &Citation) -> bool {
    let is_wiki_link = matches!(citation.target, Target::Wiki { .. }) && citation.footnote.is_none();
    is_wiki_link && !after(checked, statement, citation).contains(char::is_alphanumeric)
}

/// The rest of a sentence after a citation.
fn after<'t>(checked: &'t CheckedNote<'_>, statement: &Statement, citation: &Citation) -> &'t str {
    checked.page.text().get(citation.span.end as usize..statement.span.end as usize).unwrap_or_default()
}

/// Whether a citation is outside the sentence's words: a key, a footnote, a wiki-link at the end, or a link set off by
/// punctuation.
fn is_set_off(checked: &CheckedNote<'_>, statement: &Statement, at: u32, citation: &Citation) -> bool {
    match &citation.target {
        _ if citation.footnote.is_some() => true,
        Target::Wiki { .. } => wiki_link_supports(checked, statement, at, citation),
        Target::Path { .. } | Target::Url { .. } => {
            let text = checked.page.text();
            let before = text.get(statement.span.start as usize..citation.span.start as usize).unwrap_or_default();
            let after = after(checked, statement, citation);
            let label = citation.span.of(text).split("](").next().unwrap_or_default();
            let label = label.trim_start_matches(['[', '<']);
            let link = Link { before, label, after, target: &citation.target, language: checked.language() };
            link.supports(statement) && (link.ends_in_brackets() || !is_title(checked, at, link.label))
        }
        _ => true,
    }
}

/// Whether a wiki-link is a reference after what the sentence says, and not one of its words: `connects to [[Tides]]`. One
/// that leads to another note of one's own, rather than to a text that one only reads, must be set off by punctuation.
fn wiki_link_supports(checked: &CheckedNote<'_>, statement: &Statement, at: u32, citation: &Citation) -> bool {
    const OPENING: [char; 2] = ['(', '['];
    const MARKS: [char; 8] = [',', '.', ';', '”', '"', '—', '–', '-'];
    /// How many words before a link can say that it relates two works.
    const NEAR: usize = 4;
    let before = checked.page.text().get(statement.span.start as usize..citation.span.start as usize);
    let before = before.unwrap_or_default().trim_end_matches([' ', '!', '*', '_']);
    if citation.footnote.is_some() || !is_wiki_link_set_off(checked, statement, citation) {
        return false;
    }
    if before.ends_with(OPENING) {
        return true;
    }
    let language = checked.language();
    let said: Vec<_> = words(before).map(|word| word.folded).collect();
    let relates = said.iter().rev().take(NEAR).any(|word| language.is(word, Class::RelatingWord));
    let refers = said.iter().any(|word| language.is(word, Class::Referral));
    let goes_on = said.last().is_none_or(|word| language.is(word, Class::FunctionWord));
    let is_own = matches!(checked.resolution(at), Some(Resolution::Source { file, .. })
        if checked.snapshot.file(*file).is_some_and(|file| file.is_note()));
    !relates && !refers && (before.ends_with(MARKS) || !goes_on && !before.ends_with(':') && !is_own)
}

/// Whether the words of a link are the title of what the citation `at` leads to.
fn is_title(checked: &CheckedNote<'_>, at: u32, label: &str) -> bool {
    let Some(Resolution::Source { file, .. }) = checked.resolution(at) else { return false };
    let title = checked.snapshot.file(*file).map(|file| place::title(checked.snapshot, file));
    title.is_some_and(|title| letters(&title) == letters(label))
}

/// A link in running text.
struct Link<'t> {
    /// The sentence up to the link.
    before: &'t str,
    /// The words of the link.
    label: &'t str,
    /// The rest of the sentence.
    after: &'t str,
    /// Where it leads.
    target: &'t Target,
    language: Language,
}

impl Link<'_> {
    /// Whether it is set off by punctuation, its words are a path, or its words are most of the sentence and so the claim;
    /// and its words do not name what it leads to.
    fn supports(&self, statement: &Statement) -> bool {
        let is_path = self.label.contains('/') && !self.label.contains([' ', '`']) && !self.label.starts_with('/');
        is_path || !self.is_referral() && !self.names_its_target() && (self.is_set_off() || self.is_claim(statement))
    }

    fn is_set_off(&self) -> bool {
        self.before.trim_end().ends_with(MARKS) && !self.after.trim_start().starts_with(char::is_alphanumeric)
    }

    /// Whether its words are most of a full sentence. An entry of a list has no full stop.
    fn is_claim(&self, statement: &Statement) -> bool {
        let said = statement.words.text();
        let linked = words(self.label).count();
        said.trim_end().ends_with(['.', '!', '?']) && linked >= FEWEST_WORDS && 2 * linked >= words(said).count()
    }

    /// Whether the sentence refers the reader to it.
    fn is_referral(&self) -> bool {
        words(self.before).any(|word| self.language.is(&word.folded, Class::Referral))
    }

    /// Whether it is the last thing in brackets, and nothing but the bracket follows.
    fn ends_in_brackets(&self) -> bool {
        self.before.trim_end().ends_with(['(', '[']) && !self.after.contains(char::is_alphanumeric)
    }

    /// Whether its words are code, or name the section it leads to, or, outside brackets, the file: "call
    /// `[GetPath](#getpath)`".
    fn names_its_target(&self) -> bool {
        let label = letters(self.label);
        let section = self.target.fragment().and_then(Fragment::heading).map(letters).unwrap_or_default();
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
    use crate::{Memo, fixture::Fixture};

    /// Whether the first sentence of a note has a citation that supports it.
    fn check(note: &str, expected: bool) {
        let pages =
            "//- /sources/getpath.md\n# Paths of files\n\nA path is long.\n\n## GetPath\n\nIt gives the path.\n";
        let fixture = Fixture::new(&format!("{pages}//- /notes/note.md\n{note}\n"));
        let memo = Memo::default();
        let checked = CheckedNote::open(&fixture.snapshot, fixture.file, &memo).expect("it is a note");
        assert_eq!(has_supporting_citation(&checked, &checked.note.statements[0]), expected, "{note}");
    }

    #[test]
    fn a_reference_supports_the_sentence_before_it() {
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
    fn a_wiki_link_that_relates_or_sends_on_does_not() {
        check("Paths are long [[getpath]].", true);
        check("Paths are long ([[getpath]]).", true);
        check("Paths are long, [[getpath]].", true);
        check("Long paths connect to [[getpath]].", false);
        check("For long paths see [[getpath]].", false);
        check("Paths are long, which relates to [[getpath]].", false);
        check("Long paths are one of the reasons for [[getpath]].", false);
    }

    #[test]
    fn a_link_alone_claims_nothing() {
        let is_alone = |note: &str| {
            let fixture =
                Fixture::new(&format!("//- /sources/tides.md\nA tide is long.\n//- /notes/note.md\n{note}\n"));
            let memo = Memo::default();
            let checked = CheckedNote::open(&fixture.snapshot, fixture.file, &memo).expect("it is a note");
            checked.note.statements.iter().all(|statement| is_only_links(&checked, statement))
        };
        for note in [
            "- [[tides]]",
            "1. **[[tides|The tides]]**",
            "See [[tides]] and [[tides]].",
            "Up: [[tides]]",
            "→ [[tides]]",
            "![[tides]]",
        ] {
            assert!(is_alone(note), "{note}");
        }
        for note in [
            "Tides are long ([[tides]]).",
            "[[tides]] are long.",
            "Tides are long: [[tides]] says it in so many words.",
        ] {
            assert!(!is_alone(note), "{note}");
        }
    }

    #[test]
    fn a_note_does_not_support_itself() {
        check("Paths are long ([above](#paths)).\n\n# Paths", false);
    }
}
