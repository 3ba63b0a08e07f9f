use ibid_corpus::Resolution;
use ibid_language::Language;
use ibid_note::Citation;
use ibid_text::Span;

use super::Action;
use crate::analysis::{
    checked_note::CheckedNote,
    cite::{Style, cite},
    place::{Place, title},
};

/// Rewrites the citation at the cursor in each other style, unless that would lose a place in the source, a locator, or
/// another citation in the same brackets.
pub(super) fn convert(checked: &CheckedNote<'_>, span: Span) -> Vec<Action> {
    let is_in_text = |citation: &Citation| citation.footnote.is_none() && !checked.note.is_property(citation);
    let is_here = |citation: &Citation| is_in_text(citation) && citation.span.touches(span.start);
    let Some(at) = checked.note.citations.iter().position(is_here) else { return Vec::new() };
    let citation = &checked.note.citations[at];
    let Some(Resolution::Source { file, span: None }) = checked.resolution(at as u32) else { return Vec::new() };
    let Some(now) = Style::of_target(&citation.target).filter(|_| is_alone(checked, citation)) else {
        return Vec::new();
    };
    let words = words_of_link(checked, citation, Place { file: *file, span: Span::default() });
    let to = |(style, title): (Style, &str)| {
        let cited = cite(checked.snapshot, checked.file, Place { file: *file, span: Span::default() }, style)?;
        let written = match &words {
            Some(words) if style != Style::Link => format!("{words} {cited}"),
            _ => cited,
        };
        let is_in_style =
            Style::of_target(&ibid_note::parse(&written, Language::NONE).citations.first()?.target) == Some(style);
        is_in_style.then(|| Action { title: title.to_owned(), edits: vec![(citation.span, written)] })
    };
    let ways = [(Style::Key, "Cite by key"), (Style::Wiki, "Cite by wiki-link"), (Style::Link, "Cite by link")];
    ways.into_iter().filter(|(style, _)| *style != now).filter_map(to).collect()
}

/// Whether this is the only citation in its brackets, and without a locator.
fn is_alone(checked: &CheckedNote<'_>, citation: &Citation) -> bool {
    let written = citation.span.of(checked.page.text());
    citation.locator.is_none()
        && citation.target.fragment().is_none()
        && written.starts_with(['[', '<'])
        && written.ends_with([']', ')', '>'])
}

/// The text of a link, if it differs from the source's title.
fn words_of_link(checked: &CheckedNote<'_>, citation: &Citation, source: Place) -> Option<String> {
    let written = citation.span.of(checked.page.text());
    let (words, _) = written.strip_prefix('[').filter(|rest| !rest.starts_with(['[', '@']))?.split_once("](")?;
    let title = title(checked.snapshot, checked.snapshot.file(source.file)?);
    (!words.is_empty() && words.replace('\\', "") != title).then(|| words.to_owned())
}
