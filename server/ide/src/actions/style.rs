use ibid_corpus::Resolution;
use ibid_language::Language;
use ibid_note::Citation;
use ibid_text::Span;

use super::Action;
use crate::{
    Place,
    cite::{Style, cite},
    judgment::Judge,
    place,
};

/// The citation under the cursor in each other way in which it can be written, unless something of it would be lost: a place in
/// the source, a locator, a neighbour in its brackets.
pub(super) fn convert(judge: &Judge<'_>, span: Span) -> Vec<Action> {
    let is_here = |citation: &Citation| citation.footnote.is_none() && citation.span.touches(span.start);
    let Some(at) = judge.note.citations.iter().position(is_here) else { return Vec::new() };
    let citation = &judge.note.citations[at];
    let Some(Resolution::Source { file, span: None }) = judge.resolution(at as u32) else { return Vec::new() };
    let Some(now) = Style::of_target(&citation.target).filter(|_| is_alone(judge, citation)) else { return Vec::new() };
    let words = words_of_link(judge, citation, Place { file: *file, span: Span::default() });
    let to = |(style, title): (Style, &str)| {
        let cited = cite(judge.snapshot, judge.file, Place { file: *file, span: Span::default() }, style)?;
        let written = match &words {
            Some(words) if style != Style::Link => format!("{words} {cited}"),
            _ => cited,
        };
        let is_in_style =
            Style::of_target(&ibid_note::parse(&written, Language::NONE).citations.first()?.target) == Some(style);
        is_in_style.then(|| Action { title: title.to_owned(), edits: vec![(citation.span, written)] })
    };
    let ways = [(Style::Key, "cite by key"), (Style::Wiki, "cite by wiki-link"), (Style::Link, "cite by link")];
    ways.into_iter().filter(|(style, _)| *style != now).filter_map(to).collect()
}

/// Whether the whole of what is written is this one citation, without a locator.
fn is_alone(judge: &Judge<'_>, citation: &Citation) -> bool {
    let written = citation.span.of(judge.page.text());
    citation.locator.is_none()
        && citation.target.fragment().is_none()
        && written.starts_with(['[', '<'])
        && written.ends_with([']', ')', '>'])
}

/// The words of a link, where they say more than the source's title.
fn words_of_link(judge: &Judge<'_>, citation: &Citation, source: Place) -> Option<String> {
    let written = citation.span.of(judge.page.text());
    let (words, _) = written.strip_prefix('[').filter(|rest| !rest.starts_with(['[', '@']))?.split_once("](")?;
    let title = place::title(judge.snapshot, judge.snapshot.file(source.file)?);
    (!words.is_empty() && words.replace('\\', "") != title).then(|| words.to_owned())
}
