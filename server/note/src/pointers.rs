//! The pointers in a block, and its visible text: the text without pure pointers.
//!
//! The Markdown parser finds links and footnote marks. Pandoc keys, bare addresses and inline notes are found here, in
//! the text that the parser leaves. A block becomes one [`Run`], and each of its inline notes another.

use std::collections::HashMap;

use ibid_language::{Class, Language};
use ibid_text::{Mapped, Span};

use crate::{
    Setting, Target, citation,
    markdown::{Block, BlockKind, Link, LinkKind},
    pandoc,
};

/// The visible text of a block or inline note: without footnote marks, keys in brackets and other pure pointers.
pub(crate) struct Run {
    pub(crate) kind: BlockKind,
    /// The language that its rules of words are for.
    pub(crate) language: Language,
    /// The number of its block in the note; an inline note has that of the block around it.
    pub(crate) number: usize,
    pub(crate) inline_note: bool,
    /// The visible text; original offsets are the note's.
    pub(crate) text: Mapped,
    /// Parts of `text` that are code or mathematics.
    pub(crate) opaque: Vec<Span>,
    /// Offsets in `text` at which lines end.
    pub(crate) breaks: Vec<u32>,
    /// The innermost blockquote around it.
    pub(crate) quote: Option<u32>,
    /// The footnote definition around it.
    pub(crate) footnote: Option<u32>,
    /// The innermost list item around it.
    pub(crate) item: Option<u32>,
    /// The part of `text` that is bold from the very beginning.
    pub(crate) lead: Option<Span>,
    /// Ascending.
    pub(crate) pointers: Vec<Pointer>,
    /// Its citations, once they are numbered: index, span, and [`Pointer::anchor`]. Ascending.
    pub(crate) citations: Vec<(u32, Span, u32)>,
    /// The span in the note from the first word or pointer to the last.
    pub(crate) span: Span,
}

/// A pointer in running text. Spans are the note's.
pub(crate) struct Pointer {
    pub(crate) span: Span,
    /// The address, key or name alone.
    pub(crate) target_span: Span,
    /// The offset in the note that decides which sentence it belongs to: its first word, or the pointer itself.
    pub(crate) anchor: u32,
    pub(crate) points_to: PointsTo,
    pub(crate) locator: Option<String>,
    pub(crate) bare: bool,
}

impl Pointer {
    /// Whether it is a key that is one of some sorted labels.
    pub(crate) fn is_to_one_of(&self, labels: &[String]) -> bool {
        matches!(&self.points_to, PointsTo::Target(Target::Key(key)) if labels.binary_search(key).is_ok())
    }
}

/// What a pointer points to.
#[derive(Clone)]
pub(crate) enum PointsTo {
    /// A source, or something that may be one.
    Target(Target),
    /// The footnote with this index.
    Footnote(u32),
}

/// The footnotes known so far: the note's definitions, and inline notes as they are found.
pub(crate) struct Footnotes {
    pub(crate) known: Vec<(String, Span)>,
    by_label: HashMap<String, u32>,
}

impl Footnotes {
    pub(crate) fn new(known: Vec<(String, Span)>) -> Self {
        let mut by_label = HashMap::with_capacity(known.len());
        for (number, (label, _)) in known.iter().enumerate() {
            by_label.entry(label.to_lowercase()).or_insert(number as u32);
        }
        Self { known, by_label }
    }

    fn find(&self, label: &str) -> Option<u32> {
        self.by_label.get(&label.to_lowercase()).copied()
    }
}

/// Pointers found in one place of a block.
struct PointerMatch {
    /// The place, in the block's text.
    at: Span,
    /// Whether it is left out of the visible text.
    aside: bool,
    pointers: Vec<Pointer>,
}

/// The runs of the block `number`: the block itself, then its inline notes.
pub(crate) fn read(
    note: &str,
    number: usize,
    block: &Block,
    language: Language,
    footnotes: &mut Footnotes,
) -> Vec<Run> {
    let brackets = bracket_pairs(block);
    let mut found: Vec<PointerMatch> =
        block.links.iter().filter_map(|link| from_link(block, link, footnotes)).collect();
    let mut notes = Vec::new();
    if block.kind != BlockKind::Code {
        notes = take_inline_notes(block, &brackets, footnotes, &mut found);
        scan(note, block, &brackets, footnotes, &mut found);
    }
    found.sort_by_key(|found| (found.at.start, found.at.end));
    mark_asides(block, &brackets, language, &mut found);

    let whole = Span::new(0, block.text.text().len() as u32);
    let mut asides = vec![Vec::new(); notes.len() + 1];
    let mut pointers: Vec<Vec<Pointer>> = (0..=notes.len()).map(|_| Vec::new()).collect();
    for found in found {
        let note = notes.partition_point(|note| note.inner.end < found.at.end);
        let inside = notes.get(note).is_some_and(|note| note.inner.covers(found.at));
        let run = if inside { note + 1 } else { 0 };
        if found.aside {
            asides[run].push(found.at);
        }
        pointers[run].extend(found.pointers);
    }
    let kinds = notes.iter().map(|note| (note.inner, BlockKind::Prose(Setting::Footnote), Some(note.number), true));
    std::iter::once((whole, block.kind, block.footnote, false))
        .chain(kinds)
        .zip(asides.into_iter().zip(pointers))
        .map(|((part, kind, footnote, inline_note), (asides, pointers))| {
            let asides = merge(asides);
            running(
                block,
                part,
                &asides,
                pointers,
                Run { kind, number, inline_note, footnote, ..Run::of(block, language) },
            )
        })
        .collect()
}

fn from_link(block: &Block, link: &Link, footnotes: &Footnotes) -> Option<PointerMatch> {
    let first_word = block.text.to_original(link.shown).start;
    let (points_to, aside) = match &link.kind {
        LinkKind::Target(target) => (PointsTo::Target(target.clone()?), false),
        LinkKind::Wiki(target) => (PointsTo::Target(target.clone()), link.shown.is_empty()),
        LinkKind::Autolink(target) => (PointsTo::Target(target.clone()), true),
        LinkKind::Footnote(label) => (to_footnote(label, footnotes), true),
    };
    let anchor = if aside || link.shown.is_empty() { link.span.start } else { first_word };
    let pointer =
        Pointer { span: link.span, target_span: link.target_span, anchor, points_to, locator: None, bare: false };
    Some(PointerMatch { at: link.shown, aside, pointers: vec![pointer] })
}

fn to_footnote(label: &str, footnotes: &Footnotes) -> PointsTo {
    match footnotes.find(label) {
        Some(number) => PointsTo::Footnote(number),
        None => PointsTo::Target(Target::NoFootnote(label.to_owned())),
    }
}

/// Code, mathematics and the text of links, in which no pointer is searched.
fn hidden(block: &Block) -> Vec<Span> {
    let shown = block.links.iter().map(|link| link.shown).filter(|shown| !shown.is_empty());
    merge(block.opaque.iter().copied().chain(shown).collect())
}

/// An inline note `^[…]`.
struct InlineNote {
    /// The note without its brackets, in the block's text.
    inner: Span,
    /// The index of its footnote.
    number: u32,
}

/// The inline notes of a block, in order. A note inside another is part of the outer one.
fn take_inline_notes(
    block: &Block,
    brackets: &[Span],
    footnotes: &mut Footnotes,
    found: &mut Vec<PointerMatch>,
) -> Vec<InlineNote> {
    let text = block.text.text();
    let mut notes: Vec<InlineNote> = Vec::new();
    for &pair in
        brackets.iter().filter(|pair| text[..pair.start as usize].ends_with('^') && pair.of(text).starts_with('['))
    {
        if notes.last().is_some_and(|note| note.inner.end > pair.start) {
            continue;
        }
        let outer = Span::new(pair.start - 1, pair.end);
        let number = footnotes.known.len() as u32;
        let span = block.text.to_original(outer);
        footnotes.known.push((String::new(), span));
        let points_to = PointsTo::Footnote(number);
        let pointer = Pointer { span, target_span: span, anchor: span.start, points_to, locator: None, bare: false };
        found.push(PointerMatch { at: outer, aside: true, pointers: vec![pointer] });
        notes.push(InlineNote { inner: Span::new(pair.start + 1, pair.end - 1), number });
    }
    notes
}

/// Finds keys, bare addresses and the marks of undefined footnotes between the hidden parts.
fn scan(note: &str, block: &Block, brackets: &[Span], footnotes: &Footnotes, found: &mut Vec<PointerMatch>) {
    let text = block.text.text();
    let hidden = hidden(block);
    // `\@` and `\[` are plain characters.
    let is_escaped = |at: usize| {
        let original = block.text.to_original(Span::from(at..at + 1)).start as usize;
        note[..original].ends_with('\\')
    };
    let is_hidden = |at: usize| {
        let next = hidden.partition_point(|span| span.end as usize <= at);
        hidden.get(next).is_some_and(|span| span.start as usize <= at)
    };
    let is_mark = |at: usize| !is_hidden(at) && !is_escaped(at);
    let keys = pandoc::Reader { text, is_mark: &is_mark };
    let mut at = 0;
    let mut hidden = hidden.iter().peekable();
    while at < text.len() {
        while hidden.peek().is_some_and(|span| span.end as usize <= at) {
            hidden.next();
        }
        let (stop, next) = hidden.peek().map_or((text.len(), text.len()), |s| (s.start as usize, s.end as usize));
        if at >= stop {
            at = next;
            continue;
        }
        let Some(ahead) = memchr::memchr3(b'@', b'[', b':', &text.as_bytes()[at..stop]) else {
            at = next;
            continue;
        };
        let here = at + ahead;
        at = here + 1;
        if is_escaped(here) {
            continue;
        }
        let item = match text.as_bytes()[here] {
            b'[' => bracketed(block, brackets, here, &keys, footnotes),
            b'@' => keys.in_text(here).map(|(keys, end)| {
                let whole = Span::new(keys[0].span.start, end);
                keys_found(block, &keys, whole, false)
            }),
            _ => address(block, here, stop),
        };
        if let Some(item) = item {
            at = at.max(item.at.end as usize);
            found.push(item);
        }
    }
}

/// `[@key]` or the mark of an undefined footnote; not the brackets of an inline note, whose keys are found one by one.
fn bracketed(
    block: &Block,
    brackets: &[Span],
    open: usize,
    keys: &pandoc::Reader<'_>,
    footnotes: &Footnotes,
) -> Option<PointerMatch> {
    let text = block.text.text();
    let pair = brackets[brackets.binary_search_by_key(&(open as u32), |pair| pair.start).ok()?];
    if text[..open].ends_with('^') {
        return None;
    }
    let inner = Span::new(pair.start + 1, pair.end - 1);
    if let Some(label) = inner.of(text).strip_prefix('^') {
        let numbered = !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
        let named = !footnotes.known.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !numbered && (!named || label.is_empty()) {
            return None;
        }
        let span = block.text.to_original(pair);
        let target_span = Span::new(span.start + 2, span.end - 1);
        let points_to = to_footnote(label, footnotes);
        let pointer = Pointer { span, target_span, anchor: span.start, points_to, locator: None, bare: false };
        return Some(PointerMatch { at: pair, aside: true, pointers: vec![pointer] });
    }
    let found = keys.group(inner)?;
    Some(keys_found(block, &found, pair, true))
}

/// The pointers of the keys found in `whole`, which is left out of the visible text if it is an `aside`.
fn keys_found(block: &Block, keys: &[pandoc::Key<'_>], whole: Span, aside: bool) -> PointerMatch {
    let pointers = keys.iter().map(|key| {
        let span = block.text.to_original(if keys.len() == 1 { whole } else { key.span });
        Pointer {
            span,
            target_span: block.text.to_original(key.name_span),
            anchor: span.start,
            points_to: PointsTo::Target(Target::Key(key.name.to_owned())),
            locator: key.locator.clone(),
            bare: key.bare,
        }
    });
    PointerMatch { at: whole, aside, pointers: pointers.collect() }
}

/// A bare address around the `:` of its `://` at `colon` (GFM, "Autolinks (extension)").
fn address(block: &Block, colon: usize, stop: usize) -> Option<PointerMatch> {
    let text = block.text.text();
    if !text[colon..stop].starts_with("://") {
        return None;
    }
    let head = &text[..colon];
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| head.ends_with(scheme))?;
    let start = colon - scheme.len();
    if head[..start].chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[start..stop];
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '`');
    let address = trim_address(&rest[..rest.find(ends).unwrap_or(rest.len())]);
    if address.len() <= scheme.len() + 3 {
        return None;
    }
    let at = Span::from(start..start + address.len());
    let target = citation::link_target(address)?;
    let span = block.text.to_original(at);
    let points_to = PointsTo::Target(target);
    let pointer = Pointer { span, target_span: span, anchor: span.start, points_to, locator: None, bare: false };
    Some(PointerMatch { at, aside: true, pointers: vec![pointer] })
}

/// Drops the punctuation that ends the sentence rather than the address.
fn trim_address(mut address: &str) -> &str {
    let mut open = address.matches('(').count();
    let mut close = address.matches(')').count();
    while let Some(last) = address.chars().next_back() {
        let drop = match last {
            ')' => close > open,
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '’' | ']' => true,
            _ => false,
        };
        if !drop {
            break;
        }
        open -= usize::from(last == '(');
        close -= usize::from(last == ')');
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

/// Pairs of `[…]` and `(…)` in a block's text, by their start; none in code.
fn bracket_pairs(block: &Block) -> Vec<Span> {
    let bytes = block.text.text().as_bytes();
    let mut opaque = block.opaque.iter().peekable();
    let mut open: Vec<(u8, u32)> = Vec::new();
    let mut pairs = Vec::new();
    for (at, &byte) in bytes.iter().enumerate() {
        let at = at as u32;
        while opaque.peek().is_some_and(|span| span.end <= at) {
            opaque.next();
        }
        if opaque.peek().is_some_and(|span| span.contains(at)) {
            continue;
        }
        match byte {
            b'[' | b'(' => open.push((byte, at)),
            b']' | b')' => {
                let wanted = if byte == b']' { b'[' } else { b'(' };
                if open.last().is_some_and(|&(mark, _)| mark == wanted) {
                    let (_, start) = open.pop().expect("just looked at");
                    pairs.push(Span::new(start, at + 1));
                }
            }
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Marks the links that are asides: alone in parentheses, or after the end of a sentence or a quotation.
fn mark_asides(block: &Block, brackets: &[Span], language: Language, found: &mut Vec<PointerMatch>) {
    let text = block.text.text();
    let mut wraps = Vec::new();
    for pair in brackets.iter().filter(|pair| pair.len() < 400) {
        let first = found.partition_point(|f| f.at.start < pair.start);
        let held: Vec<Span> = found[first..].iter().map(|f| f.at).take_while(|at| at.end <= pair.end).collect();
        if !held.is_empty() && is_only_pointers(text, Span::new(pair.start + 1, pair.end - 1), &held, language) {
            wraps.push(*pair);
        }
    }
    for at in 0..found.len() {
        let shown = found[at].at;
        let wiki = found[at].pointers.iter().any(|p| matches!(p.points_to, PointsTo::Target(Target::Wiki { .. })));
        let bare = found[at].pointers.iter().any(|p| p.bare);
        if found[at].aside || bare || found[at].pointers.is_empty() {
            continue;
        }
        let before = text[..shown.start as usize].trim_end();
        let after = text[shown.end as usize..].trim_start();
        let next_is_pointer = found.get(at + 1).is_some_and(|next| {
            next.aside && text[shown.end as usize..(next.at.start.max(shown.end)) as usize].trim().is_empty()
        });
        let at_end = after.is_empty() || next_is_pointer;
        let new_sentence = after.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
        let behind_sentence = before.ends_with(['.', '!', '?', '…', '”', '"', '»', '’']) && before.len() > 1;
        let closes = after.starts_with(['.', ',', ';', ':', ')']);
        let behind_quotation = before.ends_with(['”', '"', '»']) && closes;
        let named_by_id = wiki && closes && is_identifier(shown.of(text));
        found[at].aside =
            behind_sentence && (at_end || wiki && new_sentence) || wiki && behind_quotation || named_by_id;
    }
    found.extend(wraps.into_iter().map(|at| PointerMatch { at, aside: true, pointers: Vec::new() }));
}

/// Whether `inner` contains nothing but pointers and words like "see".
fn is_only_pointers(text: &str, inner: Span, pointers: &[Span], language: Language) -> bool {
    let mut at = inner.start;
    let mut rest = String::new();
    for pointer in pointers {
        if pointer.start >= at {
            rest.push_str(Span::new(at, pointer.start).of(text));
            rest.push(' ');
            at = pointer.end;
        }
    }
    rest.push_str(Span::new(at.min(inner.end), inner.end).of(text));
    rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        word.bytes().all(|b| b.is_ascii_digit()) || language.is(&word.to_ascii_lowercase(), Class::PointerConnective)
    })
}

/// Whether the text of a wiki-link is a file name rather than words: `carlsmith-2023`, `001_bfa0`.
fn is_identifier(shown: &str) -> bool {
    !shown.contains(char::is_whitespace) && shown.contains(|c: char| c.is_ascii_digit() || c == '_')
}

fn merge(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// Completes `run` with the part `whole` of a block's text, without the asides.
fn running(block: &Block, whole: Span, asides: &[Span], mut pointers: Vec<Pointer>, run: Run) -> Run {
    let kept = kept(block.text.text(), whole, asides);
    let mut visible = Mapped::default();
    let mut visible_from = Vec::with_capacity(kept.len());
    for part in &kept {
        visible_from.push(visible.text().len() as u32);
        visible.push_part(&block.text, *part);
    }
    let len = visible.text().len() as u32;
    let to_visible = |plain: u32| match kept.partition_point(|part| part.start <= plain).checked_sub(1) {
        Some(at) => visible_from[at] + plain.min(kept[at].end) - kept[at].start,
        None => 0,
    };
    let part = |span: &Span| Span::new(to_visible(span.start), to_visible(span.end));
    let inside = |span: &&Span| whole.covers(**span) && !span.is_empty();
    let opaque = block.opaque.iter().filter(inside).map(part).collect();
    let lead = block.lead.as_ref().filter(inside).map(part);
    // A line end inside an aside is not visible.
    let is_visible = |at: &u32| kept.iter().any(|part| part.contains(*at));
    let breaks = block.breaks.iter().filter(|at| is_visible(at)).map(|&at| to_visible(at)).collect();

    pointers.sort_by_key(|pointer| (pointer.span.start, pointer.target_span.start));
    let read = (len > 0).then(|| visible.to_original(Span::new(0, len)));
    let pointed = pointers.iter().map(|pointer| pointer.span).reduce(Span::cover);
    let span = read.into_iter().chain(pointed).reduce(Span::cover).unwrap_or_default();
    Run { text: visible, opaque, breaks, lead, pointers, span, ..run }
}

/// The visible parts of `whole`: everything but the asides, and but the space before an aside that ends a clause.
fn kept(text: &str, whole: Span, asides: &[Span]) -> Vec<Span> {
    let mut kept = Vec::with_capacity(asides.len() + 1);
    let mut at = whole.start;
    for aside in asides.iter().filter(|aside| !aside.is_empty()) {
        let before = Span::new(at, aside.start);
        let next = text[aside.end as usize..whole.end as usize].chars().next();
        let closes = next.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')'));
        let len = if closes { before.of(text).trim_end().len() as u32 } else { before.len() };
        kept.push(Span::new(at, at + len));
        at = aside.end;
    }
    kept.push(Span::new(at, at + Span::new(at, whole.end).of(text).trim_end().len() as u32));
    kept.retain(|part| !part.is_empty());
    kept
}

impl Run {
    /// The run of a block before its text is read.
    fn of(block: &Block, language: Language) -> Self {
        Self {
            kind: block.kind,
            language,
            number: 0,
            inline_note: false,
            text: Mapped::default(),
            opaque: Vec::new(),
            breaks: Vec::new(),
            quote: block.quote,
            footnote: block.footnote,
            item: block.item,
            lead: None,
            pointers: Vec::new(),
            citations: Vec::new(),
            span: Span::default(),
        }
    }
}
