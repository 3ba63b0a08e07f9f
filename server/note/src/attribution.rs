//! Whose words a quotation repeats, as far as the note says.

use std::ops::Range;

use ibid_text::{Mapped, Span};

use crate::{
    Attribution, Citation,
    frame::{self, Denial, Frame},
    page::{BlockQuote, Kind},
    pointers::Running,
    quotation::Reading,
    token,
};

/// A blockquote without its attribution lines.
pub(crate) struct BlockReading {
    /// What of each block's words is quoted, in order.
    pub(crate) kept: Vec<Span>,
    pub(crate) attribution: Attribution,
}

/// The attribution of the outermost quotation `number` inside running text: from its own sentence. `previous` is where
/// the quotation before it ends in the block's words.
pub(crate) fn of_inline(reading: &Reading, number: usize, previous: u32, citations: &[Citation]) -> Attribution {
    let said = &reading.run.said;
    let text = said.text();
    let pair = &reading.pairs[number];
    let at = reading.sentences.partition_point(|sentence| sentence.said.end <= pair.outer.start);
    let Some(sentence) = reading.sentences.get(at) else { return Attribution::default() };
    // Single marks count only where a citation stands.
    if pair.single && sentence.citations.is_empty() {
        return Attribution::default();
    }
    let later = reading.pairs[number..].iter().take(SIBLINGS);
    let next = later.into_iter().find(|other| !other.single && other.outer.start >= pair.outer.end);
    let next = next.map(|next| next.outer.start).filter(|&next| next < sentence.said.end);
    let before = Span::new(sentence.said.start.min(pair.outer.start), pair.outer.start);
    let after = Span::new(pair.outer.end, next.unwrap_or(sentence.said.end).max(pair.outer.end));
    let frame = frame::around(text, near_end(text, before), pair.inner, near_start(text, after));

    let behind = said.to_original(pair.outer).end;
    let until = next.map_or(u32::MAX, |next| said.to_original(Span::empty(next)).start);
    let begins_before = |offset: u32| move |&index: &u32| citations[index as usize].span.start < offset;
    let all = &sentence.citations;
    let own = all.partition_point(begins_before(behind))..all.partition_point(begins_before(until));
    // Nobody cites what is only imagined, or what was said in private.
    let denied = match frame.denial {
        Some(Denial::Mentioned) => true,
        Some(Denial::Imagined | Denial::Private) => own.is_empty(),
        None => false,
    };
    if denied {
        return Attribution::default();
    }
    // With several quotations in a sentence, each has the citation behind it before the next one begins; failing
    // that the next citation of the sentence, failing that the one before.
    let alone = next.is_none() && previous <= sentence.said.start;
    let chosen = if alone {
        all.clone()
    } else if own.is_empty() {
        all.get(own.start).or_else(|| all.last()).copied().into_iter().collect()
    } else {
        all[own].to_vec()
    };
    if frame.told && chosen.is_empty() {
        return Attribution::default();
    }
    attribution(said, &frame, chosen)
}

/// How far around a quotation its frame is looked for, in bytes.
const NEIGHBOURHOOD: u32 = 400;

/// How many pairs of marks behind a quotation are looked at for the next one beside it: what it holds lies between.
const SIBLINGS: usize = 32;

fn near_end(text: &str, span: Span) -> Span {
    let mut start = span.start.max(span.end.saturating_sub(NEIGHBOURHOOD));
    while !text.is_char_boundary(start as usize) {
        start += 1;
    }
    Span::new(start, span.end)
}

fn near_start(text: &str, span: Span) -> Span {
    let mut end = span.end.min(span.start + NEIGHBOURHOOD);
    while !text.is_char_boundary(end as usize) {
        end -= 1;
    }
    Span::new(span.start, end)
}

fn attribution(said: &Mapped, frame: &Frame, citations: Vec<u32>) -> Attribution {
    let names = frame.names.iter().map(|name| said.to_original(*name)).collect();
    Attribution { citations, names, reported: frame.reported }
}

/// The attribution of a blockquote: from its own last line, the line behind it, or the sentence that leads to it.
pub(crate) fn of_block(
    readings: &[Reading],
    inside: Range<usize>,
    quote: &BlockQuote,
    citations: &[Citation],
) -> BlockReading {
    let blocks = &readings[inside.clone()];
    let mut kept: Vec<Span> = blocks.iter().map(|reading| whole(&reading.run)).collect();
    let mut attribution = Attribution::default();
    if let Some(last) = blocks.iter().rposition(|reading| !reading.run.inline_note) {
        let reading = &blocks[last];
        if let Some(line) = own_attribution_line(&reading.run, last > 0) {
            kept[last].end = line.start;
            read_line(reading, line, citations, &mut attribution);
        }
        attribution.citations.extend(apparatus(reading, kept[last], citations));
    }
    for reading in blocks.iter().filter(|reading| !reading.run.inline_note) {
        let marks = reading.run.citations.iter().filter(|(index, ..)| citations[*index as usize].footnote.is_some());
        attribution.citations.extend(marks.map(|(index, ..)| *index));
    }
    let same_level = |reading: &&Reading| reading.run.quote == quote.parent && !reading.run.inline_note;
    if let Some(next) = readings.get(inside.end).filter(same_level)
        && next.run.block == quote.blocks.1
        && is_line_behind(&next.run)
    {
        read_line(next, whole(&next.run), citations, &mut attribution);
    }
    let mut higher = readings[..inside.start].iter().rev().filter(|reading| !reading.run.inline_note);
    if let Some(above) = higher.next().filter(same_level)
        && above.run.block + 1 == quote.blocks.0
        && matches!(above.run.kind, Kind::Prose(_))
    {
        // What signs the blockquote before it leads to none.
        let signs = is_line_behind(&above.run) && higher.next().is_some_and(|before| before.run.quote != quote.parent);
        if !signs {
            lead_in(above, quote, citations, &mut attribution);
        }
    }
    attribution.citations.sort_unstable();
    attribution.citations.dedup();
    BlockReading { kept, attribution }
}

fn whole(run: &Running) -> Span {
    Span::new(0, run.said.text().len() as u32)
}

/// The line at the end of a blockquote that says whose words it holds. `alone`: whether the block's words may be
/// nothing else.
fn own_attribution_line(run: &Running, alone: bool) -> Option<Span> {
    let text = run.said.text();
    let end = text.len() as u32;
    let start = run.breaks.last().map_or(0, |&at| (at + 1).min(end));
    let line = Span::new(start, end);
    let written = Span::new(0, start).of(text).trim_end();
    // A wrapped line may begin with a dash by chance.
    let set_off = start == 0 || ends_quotation(written) || line.of(text).split_whitespace().count() <= 7;
    if (start > 0 || alone)
        && set_off
        && (is_signature(line.of(text), points_in(run, line)) || is_source_line(line.of(text)))
    {
        return Some(line);
    }
    // “… of all evil. — Donald Knuth”
    let body = line.of(text);
    let dash = ["— ", "– ", "―", "-- "].into_iter().filter_map(|dash| body.rfind(dash)).max()?;
    let closed = ends_quotation(body[..dash].trim_end());
    let tail = Span::new(start + dash as u32, end);
    (closed && dash > 0 && is_signature(tail.of(text), points_in(run, tail))).then_some(tail)
}

/// Whether a pointer stands in a part of a block's words.
fn points_in(run: &Running, part: Span) -> bool {
    let from = run.said.to_original(Span::empty(part.start)).start;
    run.citations.last().is_some_and(|(_, _, anchor)| *anchor >= from)
}

/// Whether a signature may follow: a sentence or what is quoted has ended.
fn ends_quotation(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '”', '"', '’', '»', ']', ')', '*'])
}

/// `— Carlsmith (2023)`: a dash and a few words that begin like a name or "quoted in", or that hold a pointer.
fn is_signature(line: &str, points: bool) -> bool {
    /// A longer line is a sentence.
    const WORDS: usize = 20;
    let line = line.trim();
    let Some(rest) = ["—", "–", "―", "-- ", "--- ", "- ", "~ "].into_iter().find_map(|dash| line.strip_prefix(dash))
    else {
        return false;
    };
    let rest = rest.trim();
    let words = rest.split_whitespace().count();
    let first = rest.trim_start_matches(['(', '[', '“', '"', '@']);
    let opens = first.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        || OPENINGS.iter().any(|opening| first.starts_with(opening))
        || points;
    words <= WORDS && opens && (words <= 6 || !rest.ends_with(['?', '!', ':']))
}

/// How a signature begins that begins with no name.
const OPENINGS: &[&str] = &["from", "quoted", "as ", "via", "the ", "in ", "source", "u/", "anon"];

/// `Source: …`, `(Carlsmith, 2023)`.
fn is_source_line(line: &str) -> bool {
    let line = line.trim();
    let lower = line.to_lowercase();
    let labelled = ["source:", "from:", "via:"].iter().any(|label| lower.starts_with(label));
    let dated = line.starts_with('(')
        && line.ends_with(')')
        && line.len() < 80
        && line.split(|c: char| !c.is_alphanumeric()).any(token::is_year);
    labelled && line.len() < 160 || dated
}

/// Whether the block right behind a blockquote is nothing but its attribution.
fn is_line_behind(run: &Running) -> bool {
    let text = run.said.text();
    let only_pointers = text.trim().is_empty() && !run.citations.is_empty();
    only_pointers
        || run.breaks.is_empty()
            && (text.starts_with(['—', '–', '―']) && is_signature(text, !run.citations.is_empty())
                || is_source_line(text))
}

/// Adds what an attribution line says.
fn read_line(reading: &Reading, line: Span, citations: &[Citation], to: &mut Attribution) {
    let run = &reading.run;
    let text = run.said.text();
    let from = run.said.to_original(Span::empty(line.start)).start;
    let behind = |(_, span, anchor): &&(u32, Span, u32)| *anchor >= from || span.start >= from;
    to.citations.extend(run.citations.iter().filter(behind).map(|(index, ..)| *index));
    let tokens = token::tokens(text, line);
    let name = tokens.iter().position(token::Token::is_name_like).filter(|&at| at <= 3);
    if let Some(name) = name.and_then(|at| token::name_from(text, &tokens, at)) {
        to.names.push(run.said.to_original(name));
    }
    to.reported |= to.names.is_empty() && to.citations.is_empty() && !citations.is_empty() || !tokens.is_empty();
}

/// Keys and pure pointers behind the last quoted word of a blockquote's block.
fn apparatus<'a>(reading: &'a Reading, kept: Span, citations: &'a [Citation]) -> impl Iterator<Item = u32> + 'a {
    let run = &reading.run;
    let end = run.said.to_original(kept).end;
    run.citations
        .iter()
        .filter(move |(index, span, _)| span.start >= end || citations[*index as usize].locator.is_some())
        .map(|(index, ..)| *index)
}

/// Adds what the sentence above a blockquote says, if it leads to it.
///
/// A sentence that ends in a colon leads to what follows, and so does one that ends in a link without a full stop. One
/// that is complete does so only if it both cites and reports.
fn lead_in(above: &Reading, quote: &BlockQuote, citations: &[Citation], to: &mut Attribution) {
    let run = &above.run;
    let same_item = run.item == quote.item;
    let Some(sentence) = above.sentences.last() else {
        // A paragraph of nothing but pointers.
        to.citations.extend(run.citations.iter().filter(|_| same_item).map(|(index, ..)| *index));
        return;
    };
    let text = run.said.text();
    let words = sentence.said.of(text);
    let frame = frame::leading(text, sentence.said);
    if frame.denial.is_some() {
        return;
    }
    let introduces = words.ends_with([':', ',', '—', '–']);
    let complete = words.trim_end_matches([')', '”', '"', '’', '*']).ends_with(['.', '!', '?', '…']);
    let ends_in_pointer = sentence.citations.iter().any(|&at| citations[at as usize].span.end >= sentence.span.end);
    let leads = if introduces {
        true
    } else if complete {
        same_item && !frame.is_empty() && !sentence.citations.is_empty()
    } else {
        same_item && (ends_in_pointer || !frame.is_empty())
    };
    if leads {
        to.citations.extend(&sentence.citations);
        to.names.extend(frame.names.iter().map(|name| run.said.to_original(*name)));
        to.reported |= frame.reported;
    }
}
