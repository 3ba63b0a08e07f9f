//! `quote-wrong-page`

use ibid_corpus::{File, Resolution, Severity};
use ibid_note::{
    Citation, Fragment,
    locator::{PageNumber, PageRange, Pages},
};
use ibid_text::Span;

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding, Fix, Related},
    link_role::has_supporting_citation,
    place::Place,
    support::comparison,
};

pub(super) const RULE: Rule = Rule {
    code: Code::QuoteWrongPage,
    name: "quote-wrong-page",
    severity: Severity::Warning,
    summary: "The words stand on another page or line than the citation says.",
    documentation: r"## What it does

Compares the page in a citation (`[@key, p. 9]`, `[@key, pp. iv-vi]`, `paper.pdf#page=2`) with the pages of the source on which
the quotation stands, and the lines in a link (`page.txt#L4-L9`) with its lines. A page that the document does not have is
reported too. Where a sentence quotes nothing, the page of the passage that supports it counts. The fix writes the right page.

Pages are counted as the document counts them, and as in print where the bibliography says which pages the work has
(`pages = {211--212}`). If it does not, a page before the one where the words stand is not reported, because a printed book has
pages that are not counted; nor is anything reported if the pages in the note are all shifted by the same number.

## Why it matters

Whoever looks the words up does not find them, and doubts the rest.

## Fires

```
//- /sources/page.txt
The lock was built by two parishes.

They did not speak to each other.

In the ninth year the parishes compared their ledgers before a judge.
//- /notes/note.md
The page says that “the parishes compared their ledgers before a judge” ([page](../sources/page.txt#L1-L3)).
```

## Does not fire

```
//- /sources/page.txt
The lock was built by two parishes.

They did not speak to each other.

In the ninth year the parishes compared their ledgers before a judge.
//- /notes/note.md
The page says that “the parishes compared their ledgers before a judge” ([page](../sources/page.txt#L5)).
```
",
    check,
};

/// How far beyond the last page a page may be that is counted as the document counts: farther on, it is counted as in print.
const BEYOND: u32 = 10;

/// The least coverage (0..1) of a claim by the passage whose page counts.
const NEAR: f32 = 0.6;

/// What a citation says about the place of its words.
enum Told {
    /// Pages of a locator, where they are written, and whether a label is before them.
    Pages { ranges: Vec<PageRange>, written: Span, is_labelled: bool },
    /// The page that a viewer opens, and where its number is written.
    Viewer(u32, Span),
    /// Lines, counted from 1, and where they are written.
    Lines { first: u32, last: u32, written: Span },
}

/// Words of a source, cited with a place in it.
struct Cited<'a> {
    file: &'a File,
    told: Told,
    /// Where the words stand, best first; not empty.
    places: Vec<Place>,
    /// The words of the note.
    span: Span,
}

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    let cited: Vec<Cited<'_>> = quoted(checked).chain(claimed(checked)).collect();
    let shifts: Vec<Option<i64>> = cited.iter().map(|one| shift(checked, one)).collect();
    for (at, one) in cited.iter().enumerate() {
        let page = |one: &Cited<'_>| one.file.page_number(one.places[0].span.start);
        let is_shared = |other: usize| {
            shifts[at].is_some()
                && shifts[at] == shifts[other]
                && page(one) != page(&cited[other])
                && one.file.id == cited[other].file.id
        };
        if !(0..cited.len()).any(is_shared) && is_wrong(checked, one) {
            findings.push(finding(checked, one));
        }
    }
}

/// The quotations that were found in a source which is cited with a place in it.
fn quoted<'a>(checked: &'a CheckedNote<'_>) -> impl Iterator<Item = Cited<'a>> {
    checked.quotations().flat_map(move |(quotation, judged)| {
        quotation.attribution.citations.iter().filter_map(move |&at| {
            let (file, told) = cited_place(checked, at)?;
            let found = judged.located.matches.iter().filter(|found| found.file == file.id);
            let places: Vec<Place> = found.flat_map(|found| Place::of_match(checked.snapshot, found)).collect();
            (!places.is_empty()).then_some(Cited { file, told, places, span: super::words_of(quotation) })
        })
    })
}

/// The sentences that a passage of the cited source supports, if it is cited with a page.
fn claimed<'a>(checked: &'a CheckedNote<'_>) -> impl Iterator<Item = Cited<'a>> {
    let statements = checked.note.statements.iter().filter(|it| it.quotations.is_empty() && it.citations.len() == 1);
    statements.filter_map(move |statement| {
        let (file, told) = cited_place(checked, statement.citations[0])?;
        if !matches!(told, Told::Pages { .. }) || !has_supporting_citation(checked, statement) {
            return None;
        }
        let compared = comparison(checked, statement)?;
        let is_near = compared.verification.coverage >= NEAR && !compared.supported_elsewhere;
        let place = compared.sentence(checked.snapshot).filter(|place| is_near && place.file == file.id)?;
        Some(Cited { file, told, places: vec![place], span: statement.span })
    })
}

/// The source of a citation, and what it says about the place.
fn cited_place<'a>(checked: &'a CheckedNote<'_>, at: u32) -> Option<(&'a File, Told)> {
    let citation = checked.note.citations.get(at as usize)?;
    let text = checked.page.text();
    let file = match checked.resolution(at)? {
        Resolution::Source { file, .. } => checked.snapshot.file(*file)?,
        // A page that does not exist.
        Resolution::Dead { .. } if citation.target.fragment().is_some() => {
            let whole = Citation { target: citation.target.without_fragment(), ..citation.clone() };
            checked.snapshot.file(checked.snapshot.resolve(checked.file.id, &whole).file()?)?
        }
        _ => return None,
    };
    let written = citation.target_span.of(text);
    let behind = |mark: &str| {
        let start = citation.target_span.start + written.find(mark)? as u32 + mark.len() as u32;
        Some(Span::new(start, citation.target_span.end))
    };
    let told = match citation.target.fragment() {
        Some(Fragment::Heading(page)) => {
            let number = page.strip_prefix("page=")?.split('&').next()?;
            let span = behind("#page=")?;
            Told::Viewer(number.parse().ok()?, Span::new(span.start, span.start + number.len() as u32))
        }
        Some(&Fragment::Lines { first, last }) => Told::Lines { first, last, written: behind("#")? },
        Some(_) => return None,
        None => {
            let locator = citation.locator.as_deref()?;
            let pages = Pages::of(locator, checked.language())?;
            let after = Span::new(citation.target_span.end, citation.span.end.max(citation.target_span.end));
            let start = after.start + after.of(text).find(locator)? as u32;
            let written = Span::from(pages.written.clone()).shift(start);
            Told::Pages { ranges: pages.ranges, written, is_labelled: pages.is_labelled }
        }
    };
    Some((file, told))
}

/// By how many pages the note's count differs from the document's.
fn shift(checked: &CheckedNote<'_>, cited: &Cited<'_>) -> Option<i64> {
    let Told::Pages { ranges, .. } = &cited.told else { return None };
    let stands = cited.file.page_number(cited.places[0].span.start)?;
    let shift = i64::from(ranges[0].first.value()) - i64::from(stands);
    (shift != 0 && printed(checked, cited.file).is_none()).then_some(shift)
}

/// The first and last page of a source in print.
fn printed(checked: &CheckedNote<'_>, file: &File) -> Option<(u32, u32)> {
    checked.snapshot.entry_of(file)?.pages
}

/// Whether none of the places is where the citation says.
fn is_wrong(checked: &CheckedNote<'_>, cited: &Cited<'_>) -> bool {
    let file = cited.file;
    match &cited.told {
        Told::Lines { first, last, .. } => {
            let is_there = |place: &Place| {
                let (from, to) = (file.line_of(place.span.start) + 1, file.line_of(place.span.end) + 1);
                // A word that was changed at the start of the quotation may be on the line before.
                from <= *last + 1 && *first <= to + 1
            };
            file.extracted().is_none() && !cited.places.iter().any(is_there)
        }
        Told::Viewer(number, _) => {
            let page = |offset| page_of(file, offset);
            let is_there = |place: &Place| {
                page(place.span.start) <= Some(PageNumber::Arabic(*number))
                    && Some(PageNumber::Arabic(*number)) <= page(place.span.end)
            };
            file.extracted().is_some_and(|text| text.pages() > 0) && !cited.places.iter().any(is_there)
        }
        Told::Pages { ranges, .. } => {
            let told = |number: PageNumber| ranges.iter().any(|range| range.contains(number));
            let known = cited.places.iter().filter_map(|place| numbers(checked, file, place));
            let known: Vec<Vec<PageNumber>> = known.collect();
            !known.is_empty()
                && !known.iter().flatten().any(|&number| told(number))
                && is_certain(checked, cited, ranges)
        }
    }
}

/// Every number of the pages on which words stand, as the document counts and as in print.
fn numbers(checked: &CheckedNote<'_>, file: &File, place: &Place) -> Option<Vec<PageNumber>> {
    let (first, last) = (page_of(file, place.span.start)?, page_of(file, place.span.end)?);
    let mut numbers = vec![first, last];
    if let (Some((print, _)), Some(from), Some(to)) =
        (printed(checked, file), file.page_number(place.span.start), file.page_number(place.span.end))
    {
        numbers.extend([from, to].map(|page| PageNumber::Arabic(print + page - 1)));
    }
    Some(numbers)
}

/// The number of the page at a byte, as the document counts.
fn page_of(file: &File, offset: u32) -> Option<PageNumber> {
    PageNumber::read(&file.page_label(offset)?)
}

/// Whether the count that the citation uses is known: the document's own, or that of the print.
fn is_certain(checked: &CheckedNote<'_>, cited: &Cited<'_>, ranges: &[PageRange]) -> bool {
    let Some(text) = cited.file.extracted() else { return false };
    if text.has_page_labels() || printed(checked, cited.file).is_some() {
        return true;
    }
    let stands = cited.file.page_number(cited.places[0].span.start).unwrap_or_default();
    let is_after = |range: &PageRange| matches!(range.first, PageNumber::Arabic(page) if stands < page && page <= text.pages() as u32 + BEYOND);
    ranges.iter().all(is_after)
}

fn finding(checked: &CheckedNote<'_>, cited: &Cited<'_>) -> Finding {
    let place = cited.places[0];
    let related = vec![Related::at(place, "Where the words are")];
    let (where_told, written, right) = match &cited.told {
        Told::Lines { first, last, written } => {
            let lines =
                |first: u32, last: u32| if first == last { format!("L{first}") } else { format!("L{first}-L{last}") };
            let from = cited.file.line_of(place.span.start) + 1;
            let to = cited.file.line_of(place.span.end) + 1;
            (lines(*first, *last), *written, Some(lines(from, to)))
        }
        Told::Viewer(number, written) => {
            (format!("p. {number}"), *written, page_of(cited.file, place.span.start).map(|page| page.to_string()))
        }
        Told::Pages { ranges, written, is_labelled } => {
            let told: Vec<String> = ranges.iter().map(ToString::to_string).collect();
            (format!("p. {}", told.join(", ")), *written, right_page(checked, cited, ranges, *is_labelled))
        }
    };
    let message = match &right {
        Some(right) => format!("Wrong place: the words are not on {where_told}, but on {}", spoken(right)),
        None => format!("Wrong place: the words are not on {where_told}"),
    };
    let fix = |right: String| Fix {
        title: format!("Change to {}", spoken(&right)),
        edits: vec![(written, right)],
        preferred: true,
    };
    Finding {
        related,
        fixes: right.map(fix).into_iter().collect(),
        ..Finding::new(Code::QuoteWrongPage, cited.span, message)
    }
}

/// The right page as the citation would write it, counted as in print if the citation seems to.
fn right_page(checked: &CheckedNote<'_>, cited: &Cited<'_>, ranges: &[PageRange], is_labelled: bool) -> Option<String> {
    let ends = [cited.places[0].span.start, cited.places[0].span.end];
    let in_print = printed(checked, cited.file).filter(|(first, _)| ranges[0].first >= PageNumber::Arabic(*first));
    let page = |offset: u32| match in_print {
        Some((first, _)) => Some(PageNumber::Arabic(first + cited.file.page_number(offset)? - 1)),
        None => page_of(cited.file, offset),
    };
    let range = PageRange { first: page(ends[0])?, last: page(ends[1])? };
    let label = match (is_labelled, range.first == range.last) {
        (false, _) => "",
        (true, true) => "p. ",
        (true, false) => "pp. ",
    };
    Some(format!("{label}{range}"))
}

/// A place as a message names it.
fn spoken(right: &str) -> String {
    if right.starts_with(|c: char| c.is_ascii_digit()) { format!("p. {right}") } else { right.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{super::examples, RULE};

    #[test]
    fn the_documentation_is_true() {
        examples::check(&RULE);
    }
}
