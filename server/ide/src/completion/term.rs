use ibid_corpus::{Term, terms::Case};
use ibid_text::{Span, words};

use super::{About, Completion, Item, Kind, MOST, Typed, filter};

/// So many letters must be typed of a name.
const LEAST: usize = 3;

/// The longest beginning of a name that is looked for, in words.
const LONGEST: usize = 4;

/// Terms whose names begin as the words before the cursor: by the longest such beginning, those with a sense first. `None`
/// where nothing begins a name.
pub(super) fn names(typed: &Typed<'_>) -> Option<Completion> {
    let (span, mut found) = beginnings(typed).into_iter().find_map(|span| {
        let begun = span.of(typed.text);
        let terms = typed.snapshot.terms().beginning_with(begun).take(4 * MOST);
        let found: Vec<&Term> = terms.map(|term| &**term).filter(|term| term.name != begun).collect();
        (!found.is_empty()).then_some((span, found))
    })?;
    let begun = span.of(typed.text);
    found.sort_by_key(|term| (term.senses.is_empty(), term.name.len()));
    let item = |term: &Term| {
        let name = written(term, begun);
        Item {
            kind: Kind::Term,
            detail: Some(detail(term)),
            span,
            filter: filter(begun, &[&name]),
            insert: name.clone(),
            about: Some(About::Term(term.name.clone())),
            label: name,
        }
    };
    // What is typed next may begin a longer name.
    Some(Completion { items: found.into_iter().take(MOST).map(item).collect(), is_incomplete: true })
}

/// What may be the beginning of a name: the last words of the line up to the cursor, the most words first. Empty while too
/// little is typed.
fn beginnings(typed: &Typed<'_>) -> Vec<Span> {
    let before = &typed.text[..typed.offset as usize];
    let line = before.rfind('\n').map_or(0, |at| at + 1) as u32;
    let all: Vec<Span> = words(&before[line as usize..]).map(|word| word.span.shift(line)).collect();
    let is_typed = all.last().is_some_and(|last| last.end == typed.offset);
    let last = &all[all.len().saturating_sub(LONGEST)..];
    let spans = last.iter().map(|word| Span::new(word.start, typed.offset));
    spans.filter(|span| is_typed && span.of(before).chars().count() >= LEAST).collect()
}

/// The name as it is to be written behind what is typed: with a capital where that has one and the name allows any.
fn written(term: &Term, begun: &str) -> String {
    let mut letters = term.name.chars();
    match letters.next() {
        Some(first) if term.case == Case::Any && begun.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => term.name.clone(),
    }
}

/// How far a term is pinned down.
fn detail(term: &Term) -> String {
    match term.senses.len() {
        0 => "used, never defined".to_owned(),
        _ if term.contested => "contested: its senses differ".to_owned(),
        1 => "one sense".to_owned(),
        senses => format!("{senses} senses"),
    }
}
