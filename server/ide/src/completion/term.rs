use ibid_corpus::{Term, terms::Case};
use ibid_text::{Span, words};

use super::{About, Completion, Item, Kind, MOST, Request, filter};

/// The fewest letters of a name that must be typed.
const LEAST: usize = 3;

/// The most typed words that are looked up as the beginning of a name.
const LONGEST: usize = 4;

/// Terms whose names begin with the words before the cursor, as many of them as possible. Terms with a sense come first. `None`
/// if no name begins so.
pub(super) fn names(request: &Request<'_>) -> Option<Completion> {
    let (span, mut found) = beginnings(request).into_iter().find_map(|span| {
        let begun = span.of(request.text);
        let terms = request.snapshot.terms().beginning_with(begun).take(4 * MOST);
        let found: Vec<&Term> = terms.map(|term| &**term).filter(|term| term.name != begun).collect();
        (!found.is_empty()).then_some((span, found))
    })?;
    let begun = span.of(request.text);
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
    // Further typing may begin another name.
    Some(Completion { items: found.into_iter().take(MOST).map(item).collect(), is_incomplete: true })
}

/// The last words of the line up to the cursor that may begin a name, the most words first. Empty if too little is typed.
fn beginnings(request: &Request<'_>) -> Vec<Span> {
    let before = &request.text[..request.offset as usize];
    let line = before.rfind('\n').map_or(0, |at| at + 1) as u32;
    let all: Vec<Span> = words(&before[line as usize..]).map(|word| word.span.shift(line)).collect();
    let is_typed = all.last().is_some_and(|last| last.end == request.offset);
    let last = &all[all.len().saturating_sub(LONGEST)..];
    let spans = last.iter().map(|word| Span::new(word.start, request.offset));
    spans.filter(|span| is_typed && span.of(before).chars().count() >= LEAST).collect()
}

/// The name to insert, with a capital if the typed text has one and the name may have any case.
fn written(term: &Term, begun: &str) -> String {
    let mut letters = term.name.chars();
    match letters.next() {
        Some(first) if term.case == Case::Any && begun.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => term.name.clone(),
    }
}

/// The state of a term's definition.
fn detail(term: &Term) -> String {
    match term.senses.len() {
        0 => "Used but never defined".to_owned(),
        _ if term.contested => "Contested: its senses differ".to_owned(),
        1 => "One sense".to_owned(),
        senses => format!("{senses} senses"),
    }
}
