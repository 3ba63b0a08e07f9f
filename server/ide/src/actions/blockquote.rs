use ibid_note::{Citation, Form, Quotation, Setting, Statement};
use ibid_text::Span;

use super::Action;
use crate::{
    Place,
    cite::{Style, cite},
    judgment::{Judge, Judged},
};

/// Sets a quotation of a paragraph off as a block, with its citation in a line of its own: the one behind it, else that of
/// where it stands.
pub(super) fn set_off(judge: &Judge<'_>, quotation: &Quotation, judged: &Judged) -> Option<Action> {
    let text = judge.page.text();
    let holds = |it: &&Statement| it.setting == Setting::Paragraph && it.span.covers(quotation.span);
    if quotation.form != Form::Inline || !judge.note.statements.iter().any(|it| holds(&it)) {
        return None;
    }
    let behind = citation_behind(judge, quotation);
    let citation = if let Some((citation, _)) = behind {
        citation.span.of(text).to_owned()
    } else {
        let place = *Place::of_match(judge.snapshot, judged.best()?).first()?;
        cite(judge.snapshot, judge.file, place, Style::of_note(&judge.note))?
    };
    let before = text[..quotation.span.start as usize].trim_end_matches([' ', '(']);
    let end = behind.map_or(quotation.span.end, |(_, end)| end) as usize;
    // What ended the sentence behind the quotation ends nothing any more.
    let after = text[end..].trim_start_matches([' ', '.', ',', ';']);
    let whole = Span::from(before.len()..text.len() - after.len());
    let lead = if before.is_empty() || before.ends_with("\n\n") { "" } else { "\n\n" };
    let trail = if after.is_empty() || after.starts_with('\n') { "" } else { "\n\n" };
    let words = quotation.words.to_original(Span::from(0..quotation.words.text().len())).of(text);
    let words: Vec<String> = words.lines().map(|line| format!("> {}", line.trim())).collect();
    let block = format!("{lead}{}\n>\n> — {citation}{trail}", words.join("\n"));
    Some(Action { title: "set off as a block with its citation".to_owned(), edits: vec![(whole, block)] })
}

/// The citation that stands next behind a quotation, and where that ends, closing parenthesis included.
fn citation_behind<'a>(judge: &'a Judge<'_>, quotation: &Quotation) -> Option<(&'a Citation, u32)> {
    let text = judge.page.text();
    let citations = quotation.attribution.citations.iter().filter_map(|&at| judge.note.citations.get(at as usize));
    let citation = citations.filter(|it| it.span.start >= quotation.span.end).min_by_key(|it| it.span.start)?;
    let gap = text.get(quotation.span.end as usize..citation.span.start as usize)?;
    if !gap.chars().all(|c| matches!(c, ' ' | '(' | '.' | ',')) {
        return None;
    }
    let is_enclosed = gap.contains('(') && text[citation.span.end as usize..].starts_with(')');
    (is_enclosed || !gap.contains('(')).then_some((citation, citation.span.end + u32::from(is_enclosed)))
}
