use ibid_evidence::Verdict;
use ibid_note::Quotation;
use ibid_text::{Span, Word, words};

use crate::analysis::{checked_note::CheckedNote, judged::Judged};

/// The edits that give a quotation the typography of its source, if nothing else differs. The case of the first letter, line
/// breaks and Markdown syntax stay.
pub(super) fn edits(checked: &CheckedNote<'_>, quotation: &Quotation, judged: &Judged) -> Vec<(Span, String)> {
    let best = judged.best().filter(|_| judged.verdict == Verdict::Typographic);
    let page = best.and_then(|best| checked.snapshot.file(best.file)?.page());
    let (Some(best), Some(page)) = (best, page) else { return Vec::new() };
    let Some(source) = page.readable().get(best.span.range()) else { return Vec::new() };
    let quoted = quotation.words.text();
    let (ours, theirs): (Vec<Word<'_>>, Vec<Word<'_>>) = (words(quoted).collect(), words(source).collect());
    let is_same = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| a.folded == b.folded);
    if !is_same {
        return Vec::new();
    }
    let text = checked.page.text();
    let mut edits = Vec::new();
    let mut replace = |ours: Span, theirs: &str| {
        let there = quotation.words.to_original(ours);
        let written = there.of(text);
        let is_plain = written == ours.of(quoted) && !written.contains('\n') && !theirs.contains(is_markdown);
        if is_plain && written != theirs {
            edits.push((there, theirs.to_owned()));
        }
    };
    for (at, (our, their)) in ours.iter().zip(&theirs).enumerate() {
        let word = their.span.of(source);
        replace(our.span, &if at == 0 { as_begun(word, our.span.of(quoted)) } else { word.to_owned() });
        if let (Some(our_next), Some(their_next)) = (ours.get(at + 1), theirs.get(at + 1)) {
            let gap = Span::new(their.span.end, their_next.span.start).of(source);
            replace(Span::new(our.span.end, our_next.span.start), &in_one_line(gap));
        }
    }
    edits
}

fn is_markdown(c: char) -> bool {
    matches!(c, '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\' | '\n' | '\r')
}

/// The text between two words on one line.
fn in_one_line(gap: &str) -> String {
    let words: Vec<&str> = gap.split_whitespace().collect();
    let lead = if gap.starts_with(char::is_whitespace) { " " } else { "" };
    let trail = if !words.is_empty() && gap.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{lead}{}{trail}", words.join(" "))
}

/// A word with the first letter of `begun`, which may differ in case.
fn as_begun(word: &str, begun: &str) -> String {
    let (mut rest, first) = (word.chars(), begun.chars().next());
    let same = |a: char, b: char| a.to_lowercase().eq(b.to_lowercase());
    match (rest.next(), first) {
        (Some(theirs), Some(ours)) if same(theirs, ours) => std::iter::once(ours).chain(rest).collect(),
        _ => word.to_owned(),
    }
}
