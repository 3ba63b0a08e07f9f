use ibid_note::{Citation, Form, Quotation, Setting, Statement};
use ibid_text::Span;

use super::Action;
use crate::analysis::{
    checked_note::CheckedNote,
    cite::{Style, cite},
    judged::Judged,
    place::Place,
};

/// Turns a quotation in a paragraph into a block quotation, followed by its citation: the one after the quotation, or else a
/// new one of the place where the words were found.
pub(super) fn set_off(checked: &CheckedNote<'_>, quotation: &Quotation, judged: &Judged) -> Option<Action> {
    let text = checked.page.text();
    let holds = |it: &&Statement| it.setting == Setting::Paragraph && it.span.covers(quotation.span);
    if quotation.form != Form::Inline || !checked.note.statements.iter().any(|it| holds(&it)) {
        return None;
    }
    let after = citation_after(checked, quotation);
    let citation = if let Some((citation, _)) = after {
        citation.span.of(text).to_owned()
    } else {
        let place = *Place::of_match(checked.snapshot, judged.best()?).first()?;
        cite(checked.snapshot, checked.file, place, Style::of_note(&checked.note))?
    };
    let before = text[..quotation.span.start as usize].trim_end_matches([' ', '(']);
    let end = after.map_or(quotation.span.end, |(_, end)| end) as usize;
    // Punctuation after the quotation would be left over.
    let after = text[end..].trim_start_matches([' ', '.', ',', ';']);
    let whole = Span::from(before.len()..text.len() - after.len());
    let lead = if before.is_empty() || before.ends_with("\n\n") { "" } else { "\n\n" };
    let trail = if after.is_empty() || after.starts_with('\n') { "" } else { "\n\n" };
    let words = quotation.words.to_original(Span::from(0..quotation.words.text().len())).of(text);
    let words: Vec<String> = words.lines().map(|line| format!("> {}", line.trim())).collect();
    let block = format!("{lead}{}\n>\n> — {citation}{trail}", words.join("\n"));
    Some(Action { title: "Turn into a block quotation with its citation".to_owned(), edits: vec![(whole, block)] })
}

/// The citation directly after a quotation, and its end, including a closing parenthesis.
fn citation_after<'a>(checked: &'a CheckedNote<'_>, quotation: &Quotation) -> Option<(&'a Citation, u32)> {
    let text = checked.page.text();
    let citations = quotation.attribution.citations.iter().filter_map(|&at| checked.note.citations.get(at as usize));
    let citation = citations.filter(|it| it.span.start >= quotation.span.end).min_by_key(|it| it.span.start)?;
    let gap = text.get(quotation.span.end as usize..citation.span.start as usize)?;
    if !gap.chars().all(|c| matches!(c, ' ' | '(' | '.' | ',')) {
        return None;
    }
    let is_enclosed = gap.contains('(') && text[citation.span.end as usize..].starts_with(')');
    (is_enclosed || !gap.contains('(')).then_some((citation, citation.span.end + u32::from(is_enclosed)))
}
