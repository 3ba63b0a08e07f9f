//! The attribution of quotations: whose words they repeat, according to the note.

use std::ops::Range;

use ibid_language::{Language, List};
use ibid_text::{Mapped, Span};

use crate::{
    Attribution, Citation, apparatus,
    apparatus::ends_sentence,
    frame::{self, Denial, Frame},
    markdown::{BlockKind, BlockQuote},
    pointers::Run,
    quotation::ParsedBlock,
    token,
};

/// A blockquote without its attribution lines.
pub(crate) struct QuotedBlock {
    /// The quoted part of each block's text, in order.
    pub(crate) kept: Vec<Span>,
    pub(crate) attribution: Attribution,
}

/// The attribution of an outermost quotation in running text, the pair `number` of the block: from its own sentence.
/// `previous` is the end of the quotation before it, in the block's text.
pub(crate) fn of_inline(block: &ParsedBlock, number: usize, previous: u32, citations: &[Citation]) -> Attribution {
    let run = &block.run;
    let text = run.text.text();
    let pair = &block.pairs[number];
    let at = block.sentences.partition_point(|sentence| sentence.text_span.end <= pair.outer.start);
    let Some(sentence) = block.sentences.get(at) else { return Attribution::default() };
    // Single marks count only with a citation.
    if pair.single && sentence.citations.is_empty() {
        return Attribution::default();
    }
    let later = block.pairs[number..].iter().take(SIBLINGS);
    let next = later.into_iter().find(|other| !other.single && other.outer.start >= pair.outer.end);
    let next = next.map(|next| next.outer.start).filter(|&next| next < sentence.text_span.end);
    let before = Span::new(sentence.text_span.start.min(pair.outer.start), pair.outer.start);
    let after = Span::new(pair.outer.end, next.unwrap_or(sentence.text_span.end).max(pair.outer.end));
    let frame = frame::around(text, near_end(text, before), pair.inner, near_start(text, after), run.language);

    let behind = run.text.to_original(pair.outer).end;
    let until = next.map_or(u32::MAX, |next| run.text.to_original(Span::empty(next)).start);
    let begins_before = |offset: u32| move |&index: &u32| citations[index as usize].span.start < offset;
    let all = &sentence.citations;
    let own = all.partition_point(begins_before(behind))..all.partition_point(begins_before(until));
    // Nobody cites imagined words or a private conversation.
    let denied = match frame.denial {
        Some(Denial::Mentioned) => true,
        Some(Denial::Imagined | Denial::Private) => own.is_empty(),
        None => false,
    };
    if denied {
        return Attribution::default();
    }
    // Of several quotations in a sentence, each has the citations between it and the next quotation. Without any, it has
    // the next citation of the sentence, or else the last.
    let alone = next.is_none() && previous <= sentence.text_span.start;
    let chosen = if alone {
        all.clone()
    } else if own.is_empty() {
        all.get(own.start).or_else(|| all.last()).copied().into_iter().collect()
    } else {
        all[own].to_vec()
    };
    if frame.is_speech && chosen.is_empty() {
        return Attribution::default();
    }
    attribution(&run.text, &frame, chosen)
}

/// How far from a quotation its frame can be, in bytes.
const NEIGHBOURHOOD: u32 = 400;

/// How many pairs of marks after a quotation are searched for the next quotation beside it; nested ones lie between.
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

fn attribution(text: &Mapped, frame: &Frame, citations: Vec<u32>) -> Attribution {
    let names = frame.names.iter().map(|name| text.to_original(*name)).collect();
    Attribution { citations, names, reported: frame.reported }
}

/// The attribution of a blockquote: from its own last line, the line below it, or the sentence that leads to it.
/// `inside` are the indices of its blocks.
pub(crate) fn of_block(
    blocks: &[ParsedBlock],
    inside: Range<usize>,
    quote: &BlockQuote,
    citations: &[Citation],
) -> QuotedBlock {
    let own = &blocks[inside.clone()];
    let mut kept: Vec<Span> = own.iter().map(|block| whole(&block.run)).collect();
    let mut attribution = Attribution::default();
    if let Some(last) = own.iter().rposition(|block| !block.run.inline_note) {
        let block = &own[last];
        if let Some(line) = own_attribution_line(&block.run, last > 0) {
            kept[last].end = line.start;
            read_line(block, line, citations, &mut attribution);
        }
        part_apparatus(own, &mut kept, citations);
        for (block, kept) in own.iter().zip(&kept).filter(|(block, _)| !block.run.inline_note) {
            attribution.citations.extend(outside(block, *kept, citations));
        }
    }
    for (block, kept) in own.iter().zip(&mut kept).filter(|(block, _)| is_callout_title(&block.run, quote)) {
        kept.end = kept.start;
        attribution.citations.extend(block.run.citations.iter().map(|(index, ..)| *index));
    }
    for block in own.iter().filter(|block| !block.run.inline_note) {
        let marks = block.run.citations.iter().filter(|(index, ..)| citations[*index as usize].footnote.is_some());
        attribution.citations.extend(marks.map(|(index, ..)| *index));
    }
    let same_level = |block: &&ParsedBlock| block.run.quote == quote.parent && !block.run.inline_note;
    if !quote.is_reply
        && let Some(next) = blocks.get(inside.end).filter(same_level)
        && next.run.number == quote.blocks.1
        && is_line_behind(&next.run)
    {
        read_line(next, whole(&next.run), citations, &mut attribution);
    }
    let mut higher = blocks[..inside.start].iter().rev().filter(|block| !block.run.inline_note);
    if let Some(above) = higher.next().filter(same_level)
        && above.run.number + 1 == quote.blocks.0
        && matches!(above.run.kind, BlockKind::Prose(_))
    {
        // The signature of the blockquote before it does not lead to this one.
        let signs = is_line_behind(&above.run) && higher.next().is_some_and(|before| before.run.quote != quote.parent);
        if !signs {
            lead_in(above, quote, citations, &mut attribution);
        }
    }
    attribution.citations.sort_unstable();
    attribution.citations.dedup();
    QuotedBlock { kept, attribution }
}

/// Whether a block is the line of a callout with its kind and title.
pub(crate) fn is_callout_title(run: &Run, quote: &BlockQuote) -> bool {
    quote.callout.is_some() && run.number == quote.blocks.0 && run.kind == BlockKind::Title
}

fn whole(run: &Run) -> Span {
    Span::new(0, run.text.text().len() as u32)
}

/// The attribution line at the end of a blockquote. `alone` is whether the whole block can be that line.
fn own_attribution_line(run: &Run, alone: bool) -> Option<Span> {
    let text = run.text.text();
    let end = text.len() as u32;
    let start = run.breaks.last().map_or(0, |&at| (at + 1).min(end));
    let line = Span::new(start, end);
    let written = Span::new(0, start).of(text).trim_end();
    // A wrapped line may begin with a dash by chance.
    let set_off = start == 0 || ends_sentence(written) || line.of(text).split_whitespace().count() <= 7;
    if (start > 0 || alone)
        && set_off
        && (is_signature(line.of(text), points_in(run, line), run.language)
            || is_source_line(line.of(text), run.language))
    {
        return Some(line);
    }
    // “… of all evil. — Donald Knuth”
    let body = line.of(text);
    let dash = ["— ", "– ", "―", "-- "].into_iter().filter_map(|dash| body.rfind(dash)).max()?;
    let closed = ends_sentence(body[..dash].trim_end());
    let tail = Span::new(start + dash as u32, end);
    (closed && dash > 0 && is_signature(tail.of(text), points_in(run, tail), run.language)).then_some(tail)
}

/// Whether a part of a block's text has a pointer in or after it.
fn points_in(run: &Run, part: Span) -> bool {
    let from = run.text.to_original(Span::empty(part.start)).start;
    run.citations.last().is_some_and(|(_, _, anchor)| *anchor >= from)
}

/// `— Carlsmith (2023)`: a dash and a few words that begin with a name or a signature opening ("quoted in"). `points` is
/// whether they have a pointer, which does as well.
fn is_signature(line: &str, points: bool, language: Language) -> bool {
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
    let opens =
        first.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || opens_signature(first, language) || points;
    words <= WORDS && opens && (words <= 6 || !rest.ends_with(['?', '!', ':']))
}

/// Whether a signature without a name may begin like this.
fn opens_signature(signature: &str, language: Language) -> bool {
    /// A Reddit user.
    const HANDLE: &str = "u/";
    let opens = |opening: &ibid_language::Entry| {
        let rest = signature.strip_prefix(opening.word);
        rest.is_some_and(|rest| opening.value != "whole" || rest.starts_with(' '))
    };
    signature.starts_with(HANDLE) || language.entries(List::SignatureOpening).iter().any(opens)
}

/// `Source: …`, `(Carlsmith, 2023)`.
fn is_source_line(line: &str, language: Language) -> bool {
    let line = line.trim();
    let lower = line.to_lowercase();
    let label = lower.split_once(':').map(|(label, _)| label);
    let labelled = label.is_some_and(|label| language.words(List::SourceLabel).contains(&label));
    let dated = line.starts_with('(')
        && line.ends_with(')')
        && line.len() < 80
        && line.split(|c: char| !c.is_alphanumeric()).any(token::is_year);
    labelled && line.len() < 160 || dated
}

/// Whether the block right below a blockquote is nothing but its attribution.
fn is_line_behind(run: &Run) -> bool {
    let text = run.text.text();
    let only_pointers = text.trim().is_empty() && !run.citations.is_empty();
    only_pointers
        || run.breaks.is_empty()
            && (text.starts_with(['—', '–', '―']) && is_signature(text, !run.citations.is_empty(), run.language)
                || is_source_line(text, run.language))
}

/// Adds the citations and the name of an attribution line.
fn read_line(block: &ParsedBlock, line: Span, citations: &[Citation], to: &mut Attribution) {
    let run = &block.run;
    let text = run.text.text();
    let from = run.text.to_original(Span::empty(line.start)).start;
    let behind = |(_, span, anchor): &&(u32, Span, u32)| *anchor >= from || span.start >= from;
    to.citations.extend(run.citations.iter().filter(behind).map(|(index, ..)| *index));
    let tokens = token::tokens(text, line, run.language);
    let name = tokens.iter().position(token::Token::is_name).filter(|&at| at <= 3);
    if let Some(name) = name.and_then(|at| token::name_from(text, &tokens, at)) {
        to.names.push(run.text.to_original(name));
    }
    to.reported |= to.names.is_empty() && to.citations.is_empty() && !citations.is_empty() || !tokens.is_empty();
}

/// Parts the apparatus at the edges of a blockquote from its words. A paragraph of nothing else leaves the next one at the
/// edge.
fn part_apparatus(own: &[ParsedBlock], kept: &mut [Span], citations: &[Citation]) {
    let is_text = |block: &ParsedBlock| matches!(block.run.kind, BlockKind::Prose(_)) && !block.run.inline_note;
    for at in (0..own.len()).rev().filter(|&at| is_text(&own[at])) {
        kept[at] = apparatus::without_end(&own[at].run, kept[at], at == 0, citations);
        if !kept[at].is_empty() {
            break;
        }
    }
    for at in (0..own.len()).filter(|&at| is_text(&own[at])) {
        kept[at] = apparatus::without_start(&own[at].run, kept[at]);
        if !kept[at].is_empty() {
            break;
        }
    }
}

/// The citations outside the quoted part of a blockquote's block, and those with a locator.
fn outside<'a>(block: &'a ParsedBlock, kept: Span, citations: &'a [Citation]) -> impl Iterator<Item = u32> + 'a {
    let run = &block.run;
    let quoted = run.text.to_original(kept);
    let is_outside = move |span: Span| kept.is_empty() || span.start >= quoted.end || span.end <= quoted.start;
    run.citations
        .iter()
        .filter(move |(index, span, _)| is_outside(*span) || citations[*index as usize].locator.is_some())
        .map(|(index, ..)| *index)
}

/// Adds the attribution in the sentence above a blockquote, if that sentence leads to it.
///
/// A sentence that ends with a colon or with a link leads to what follows. A complete one does only if it both cites and
/// reports.
fn lead_in(above: &ParsedBlock, quote: &BlockQuote, citations: &[Citation], to: &mut Attribution) {
    let run = &above.run;
    let same_item = run.item == quote.item;
    let Some(sentence) = above.sentences.last() else {
        // A paragraph of nothing but pointers.
        to.citations.extend(run.citations.iter().filter(|_| same_item).map(|(index, ..)| *index));
        return;
    };
    let text = run.text.text();
    let words = sentence.text_span.of(text);
    let frame = frame::leading(text, sentence.text_span, run.language);
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
        to.names.extend(frame.names.iter().map(|name| run.text.to_original(*name)));
        to.reported |= frame.reported;
    }
}
