//! The pointers in a block, and its text without those that a reader skips.
//!
//! Markdown knows links and footnote marks. Pandoc keys, bare addresses and inline notes are found here, in the text
//! that Markdown leaves.

use std::collections::HashMap;

use ibid_text::{Mapped, Span};

use crate::{
    Setting, Target, citation,
    page::{Block, Kind, Link, LinkKind},
    pandoc,
};

/// A block as a reader reads it: without footnote marks, keys in brackets and other pure pointers.
pub(crate) struct Running {
    pub(crate) kind: Kind,
    /// The number of its block on the page; an inline note has that of the block it stands in.
    pub(crate) block: usize,
    pub(crate) inline_note: bool,
    /// The words; original offsets are the note's.
    pub(crate) said: Mapped,
    /// Parts of `said` that are code or mathematics.
    pub(crate) opaque: Vec<Span>,
    /// Where lines end within `said`.
    pub(crate) breaks: Vec<u32>,
    pub(crate) quote: Option<u32>,
    pub(crate) footnote: Option<u32>,
    /// The innermost list item that holds it.
    pub(crate) item: Option<u32>,
    /// The part of `said` that is bold from the very beginning.
    pub(crate) lead: Option<Span>,
    /// Ascending.
    pub(crate) pointers: Vec<Pointer>,
    /// Its citations once they are numbered: index, whole span, and [`Pointer::anchor`]. Ascending.
    pub(crate) citations: Vec<(u32, Span, u32)>,
    /// The stretch of the note from the first word or pointer to the last.
    pub(crate) span: Span,
}

/// A pointer as it stands in the running text.
pub(crate) struct Pointer {
    pub(crate) span: Span,
    pub(crate) target_span: Span,
    /// The byte of the note by which it belongs to a sentence: its first word, or the pointer itself.
    pub(crate) anchor: u32,
    pub(crate) leads: Leads,
    pub(crate) locator: Option<String>,
    pub(crate) bare: bool,
}

/// Where a pointer leads.
#[derive(Clone)]
pub(crate) enum Leads {
    To(Target),
    /// To the footnote of this number.
    Footnote(u32),
}

/// The footnotes known so far: the page's definitions, and inline notes as they are found.
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

/// Something found in a block's text, at a plain span of it.
struct Found {
    at: Span,
    /// Whether a reader skips it.
    aside: bool,
    pointers: Vec<Pointer>,
}

/// Reads the pointers of a block. The first result is the block; the others are its inline notes.
pub(crate) fn read(note: &str, number: usize, block: &Block, footnotes: &mut Footnotes) -> Vec<Running> {
    let brackets = bracket_pairs(block);
    let mut found: Vec<Found> = block.links.iter().filter_map(|link| from_link(block, link, footnotes)).collect();
    let mut notes = Vec::new();
    if block.kind != Kind::Code {
        notes = take_inline_notes(block, &brackets, footnotes, &mut found);
        scan(note, block, &brackets, footnotes, &mut found);
    }
    found.sort_by_key(|found| (found.at.start, found.at.end));
    mark_asides(block, &brackets, &mut found);

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
    let kinds = notes.iter().map(|note| (note.inner, Kind::Prose(Setting::Footnote), Some(note.number), true));
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
                Running { kind, block: number, inline_note, footnote, ..Running::of(block) },
            )
        })
        .collect()
}

fn from_link(block: &Block, link: &Link, footnotes: &Footnotes) -> Option<Found> {
    let first_word = block.text.to_original(link.shown).start;
    let (leads, aside) = match &link.kind {
        LinkKind::Target(target) => (Leads::To(target.clone()?), false),
        LinkKind::Wiki(target) => (Leads::To(target.clone()), link.shown.is_empty()),
        LinkKind::Autolink(target) => (Leads::To(target.clone()), true),
        LinkKind::Footnote(label) => (leads_to_footnote(label, footnotes), true),
    };
    let anchor = if aside || link.shown.is_empty() { link.span.start } else { first_word };
    let pointer = Pointer { span: link.span, target_span: link.target_span, anchor, leads, locator: None, bare: false };
    Some(Found { at: link.shown, aside, pointers: vec![pointer] })
}

fn leads_to_footnote(label: &str, footnotes: &Footnotes) -> Leads {
    match footnotes.find(label) {
        Some(number) => Leads::Footnote(number),
        None => Leads::To(Target::NoFootnote(label.to_owned())),
    }
}

/// Code, mathematics and the text of links: no pointer is looked for there.
fn hidden(block: &Block) -> Vec<Span> {
    let shown = block.links.iter().map(|link| link.shown).filter(|shown| !shown.is_empty());
    merge(block.opaque.iter().copied().chain(shown).collect())
}

/// An inline note `^[…]`, in plain spans of its block.
struct InlineNote {
    inner: Span,
    number: u32,
}

/// The inline notes of a block, in order; one inside another is left in it.
fn take_inline_notes(
    block: &Block,
    brackets: &[Span],
    footnotes: &mut Footnotes,
    found: &mut Vec<Found>,
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
        let leads = Leads::Footnote(number);
        let pointer = Pointer { span, target_span: span, anchor: span.start, leads, locator: None, bare: false };
        found.push(Found { at: outer, aside: true, pointers: vec![pointer] });
        notes.push(InlineNote { inner: Span::new(pair.start + 1, pair.end - 1), number });
    }
    notes
}

/// Finds keys, bare addresses and marks of missing footnotes in the text between the hidden parts.
fn scan(note: &str, block: &Block, brackets: &[Span], footnotes: &Footnotes, found: &mut Vec<Found>) {
    let text = block.text.text();
    let hidden = hidden(block);
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
        // `\@` and `\[` are plain characters.
        if note[..block.text.to_original(Span::from(here..at)).start as usize].ends_with('\\') {
            continue;
        }
        let item = match text.as_bytes()[here] {
            b'[' => bracketed(block, brackets, here, footnotes),
            b'@' => pandoc::bare_key(text, here).map(|key| key_found(block, &[key], None)),
            _ => address(block, here, stop),
        };
        if let Some(item) = item {
            at = at.max(item.at.end as usize);
            found.push(item);
        }
    }
}

/// `[@key]` or the mark of a footnote that is not defined.
fn bracketed(block: &Block, brackets: &[Span], open: usize, footnotes: &Footnotes) -> Option<Found> {
    let text = block.text.text();
    let pair = brackets[brackets.binary_search_by_key(&(open as u32), |pair| pair.start).ok()?];
    let inner = Span::new(pair.start + 1, pair.end - 1);
    if let Some(label) = inner.of(text).strip_prefix('^') {
        let numbered = !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
        let named = !footnotes.known.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !numbered && (!named || label.is_empty()) {
            return None;
        }
        let span = block.text.to_original(pair);
        let target_span = Span::new(span.start + 2, span.end - 1);
        let leads = leads_to_footnote(label, footnotes);
        let pointer = Pointer { span, target_span, anchor: span.start, leads, locator: None, bare: false };
        return Some(Found { at: pair, aside: true, pointers: vec![pointer] });
    }
    let keys = pandoc::group(text, inner)?;
    Some(key_found(block, &keys, Some(pair)))
}

fn key_found(block: &Block, keys: &[pandoc::Key<'_>], group: Option<Span>) -> Found {
    let at = group.unwrap_or(keys[0].span);
    let pointers = keys.iter().map(|key| {
        let whole = if keys.len() == 1 { at } else { key.span };
        let span = block.text.to_original(whole);
        Pointer {
            span,
            target_span: block.text.to_original(key.name_span),
            anchor: span.start,
            leads: Leads::To(Target::Key(key.name.to_owned())),
            locator: key.locator.clone(),
            bare: group.is_none(),
        }
    });
    Found { at, aside: group.is_some(), pointers: pointers.collect() }
}

/// A bare address around the `:` of its `://` at `colon` (GFM, "Autolinks (extension)").
fn address(block: &Block, colon: usize, stop: usize) -> Option<Found> {
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
    let leads = Leads::To(target);
    let pointer = Pointer { span, target_span: span, anchor: span.start, leads, locator: None, bare: false };
    Some(Found { at, aside: true, pointers: vec![pointer] })
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

/// Pairs of `[…]` and `(…)` in a block's text, by their start; code is passed over.
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

/// Marks the links that a reader skips: alone in parentheses, behind the end of a sentence or a quotation.
fn mark_asides(block: &Block, brackets: &[Span], found: &mut Vec<Found>) {
    let text = block.text.text();
    let mut wraps = Vec::new();
    for pair in brackets.iter().filter(|pair| pair.len() < 400) {
        let first = found.partition_point(|f| f.at.start < pair.start);
        let held: Vec<Span> = found[first..].iter().map(|f| f.at).take_while(|at| at.end <= pair.end).collect();
        if !held.is_empty() && is_only_pointers(text, Span::new(pair.start + 1, pair.end - 1), &held) {
            wraps.push(*pair);
        }
    }
    for at in 0..found.len() {
        let shown = found[at].at;
        let wiki = found[at].pointers.iter().any(|p| matches!(p.leads, Leads::To(Target::Wiki { .. })));
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
    found.extend(wraps.into_iter().map(|at| Found { at, aside: true, pointers: Vec::new() }));
}

/// Whether nothing but pointers and words like "see" stands in `inner`.
fn is_only_pointers(text: &str, inner: Span, pointers: &[Span]) -> bool {
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
        word.bytes().all(|b| b.is_ascii_digit()) || CONNECTIVES.iter().any(|c| c.eq_ignore_ascii_case(word))
    })
}

/// What stands beside pointers in parentheses without saying anything of its own.
const CONNECTIVES: &[&str] = &[
    "see", "cf", "also", "eg", "e", "g", "source", "sources", "via", "from", "and", "in", "at", "by", "here", "p",
    "pp", "para", "section", "sec", "ch", "chapter", "ref", "link", "quoted", "as",
];

/// Whether a wiki-link's text is a file's name rather than words: `carlsmith-2023`, `001_bfa0`.
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

/// Fills in `run` with the part `whole` of a block's text without the asides.
fn running(block: &Block, whole: Span, asides: &[Span], mut pointers: Vec<Pointer>, run: Running) -> Running {
    let kept = kept(block.text.text(), whole, asides);
    let mut said = Mapped::default();
    let mut said_from = Vec::with_capacity(kept.len());
    for part in &kept {
        said_from.push(said.text().len() as u32);
        said.push_part(&block.text, *part);
    }
    let len = said.text().len() as u32;
    let to_said = |plain: u32| match kept.partition_point(|part| part.start <= plain).checked_sub(1) {
        Some(at) => said_from[at] + plain.min(kept[at].end) - kept[at].start,
        None => 0,
    };
    let part = |span: &Span| Span::new(to_said(span.start), to_said(span.end));
    let inside = |span: &&Span| whole.covers(**span) && !span.is_empty();
    let opaque = block.opaque.iter().filter(inside).map(part).collect();
    let lead = block.lead.as_ref().filter(inside).map(part);
    // A line that ends inside a pointer ends in words that are not said.
    let is_said = |at: &u32| kept.iter().any(|part| part.contains(*at));
    let breaks = block.breaks.iter().filter(|at| is_said(at)).map(|&at| to_said(at)).collect();

    pointers.sort_by_key(|pointer| (pointer.span.start, pointer.target_span.start));
    let read = (len > 0).then(|| said.to_original(Span::new(0, len)));
    let pointed = pointers.iter().map(|pointer| pointer.span).reduce(Span::cover);
    let span = read.into_iter().chain(pointed).reduce(Span::cover).unwrap_or_default();
    Running { said, opaque, breaks, lead, pointers, span, ..run }
}

/// What of `whole` a reader reads: all but the asides, and but the space before an aside that ends a clause.
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

impl Running {
    /// What a block says of itself, before its text is read.
    fn of(block: &Block) -> Self {
        Self {
            kind: block.kind,
            block: 0,
            inline_note: false,
            said: Mapped::default(),
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
