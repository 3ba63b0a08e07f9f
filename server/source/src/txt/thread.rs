//! Threads in a page copied as text: comments with bylines, and words quoted with `>` as in mail.
//!
//! Precision comes first. A single line that looks like a byline is not taken for one: a page has a thread if it has at
//! least two bylines of the same form, which either have a mark that only bylines have or are nearly all followed by a
//! link to reply. A comment's parent is known only if the page shows it: by the indent of the bylines or by the links
//! beside them.

use std::ops::Range;

use ibid_language::{Class, Language};
use ibid_text::Span;

use super::{
    byline::{Byline, ThreadLinks, byline},
    line::Line,
};

/// The number of bylines of one form that make a thread.
const FEWEST: usize = 2;

/// The comments and quotations of a page.
#[derive(Default, Debug)]
pub(super) struct Thread<'t> {
    /// The comments, in order.
    pub(super) comments: Vec<ThreadComment<'t>>,
    /// Text quoted with `>`, in order, one span per paragraph.
    pub(super) quotes: Vec<Span>,
    /// Lines that are no passage, in order.
    pub(super) furniture: Vec<Span>,
}

/// A comment.
#[derive(Debug)]
pub(super) struct ThreadComment<'t> {
    /// Its byline.
    pub(super) byline: Byline<'t>,
    /// The span of the byline.
    pub(super) signed: Span,
    /// From its first word to the next byline or its own links.
    pub(super) span: Span,
    /// What it replies to.
    pub(super) reply_to: ReplyTo,
}

/// What a comment replies to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ReplyTo {
    /// The page itself.
    Page,
    /// The comment with this index.
    Comment(usize),
    /// Unknown: the page does not show it.
    Unknown,
}

impl<'t> Thread<'t> {
    /// Reads the thread of a page from its lines.
    pub(super) fn of(text: &'t str, lines: &[Line], language: Language) -> Self {
        let mut thread = Self { quotes: quotes(text, lines), ..Self::default() };
        let mut bylines = bylines(text, lines, language);
        if bylines.iter().filter(|byline| byline.is_certain).count() >= FEWEST {
            bylines.retain(|byline| byline.is_certain);
        }
        let betweens: Vec<Range<usize>> = spans_between(&bylines, lines.len()).collect();
        let end = |between: &Range<usize>| between.clone().find(|&at| is_actions(lines[at].span.of(text), language));
        let ends: Vec<Option<usize>> = betweens.iter().map(end).collect();
        let with_links = ends.iter().flatten().count();
        let is_answerable = with_links * 3 >= bylines.len() * 2;
        if bylines.len() < FEWEST || !(bylines[0].is_certain || is_answerable) {
            return thread;
        }
        let targets = reply_targets(&bylines);
        let whole = |lines: &[Line]| lines.first().zip(lines.last()).map(|(first, last)| first.span.cover(last.span));
        for (((byline, between), end), reply_to) in bylines.into_iter().zip(betweens).zip(ends).zip(targets) {
            let Some(signed) = whole(&lines[byline.lines.clone()]) else { continue };
            thread.furniture.push(signed);
            let body = between.start..end.unwrap_or(between.end);
            thread.furniture.extend(lines[body.end..between.end].iter().map(|line| line.span).filter(|span| {
                let line = span.of(text);
                is_actions(line, language) || line.bytes().all(|byte| byte.is_ascii_digit())
            }));
            let span = whole(&lines[body]).unwrap_or(Span::empty(signed.end));
            thread.comments.push(ThreadComment { byline, signed, span, reply_to });
        }
        thread
    }

    /// The comment that contains byte `at` of the page.
    pub(super) fn owner(&self, at: u32) -> Option<usize> {
        let after = self.comments.partition_point(|comment| comment.span.start <= at);
        after.checked_sub(1).filter(|&before| self.comments[before].span.contains(at))
    }
}

/// The bylines of a page; no two share a line.
fn bylines<'t>(text: &'t str, lines: &[Line], language: Language) -> Vec<Byline<'t>> {
    let mut found: Vec<Byline<'t>> = Vec::new();
    for at in 0..lines.len() {
        if found.last().is_none_or(|last| last.lines.end <= at)
            && let Some(byline) = byline(text, lines, at, language)
        {
            found.push(byline);
        }
    }
    found
}

/// The lines after each byline, up to the next.
fn spans_between<'a>(bylines: &'a [Byline<'_>], count: usize) -> impl Iterator<Item = Range<usize>> + 'a {
    let nexts = bylines.iter().skip(1).map(|next| next.lines.start).chain([count]);
    bylines.iter().zip(nexts).map(|(byline, next)| byline.lines.end..next)
}

/// What each comment replies to.
fn reply_targets(bylines: &[Byline<'_>]) -> Vec<ReplyTo> {
    /// The smallest difference of indents that counts, in bytes.
    const STEP: u32 = 2;
    let is_indented = bylines.iter().any(|byline| byline.indent.abs_diff(bylines[0].indent) >= STEP);
    let is_linked = bylines.iter().all(|byline| byline.links != ThreadLinks::None);
    if is_linked {
        by_links(bylines)
    } else if is_indented {
        by_indent(bylines)
    } else {
        vec![ReplyTo::Unknown; bylines.len()]
    }
}

/// A comment replies to the last one above it with a smaller indent.
fn by_indent(bylines: &[Byline<'_>]) -> Vec<ReplyTo> {
    let mut open: Vec<usize> = Vec::new();
    let target = |at: usize| {
        while open.last().is_some_and(|&above| bylines[above].indent >= bylines[at].indent) {
            open.pop();
        }
        let target = open.last().map_or(ReplyTo::Page, |&above| ReplyTo::Comment(above));
        open.push(at);
        target
    };
    (0..bylines.len()).map(target).collect()
}

/// Comments are in tree order. One with a parent on the page replies to the last comment on the page. A deeper one
/// replies to the comment before it if that is a direct reply; otherwise its parent is unknown.
fn by_links(bylines: &[Byline<'_>]) -> Vec<ReplyTo> {
    let mut top = None;
    let target = |at: usize| match bylines[at].links {
        ThreadLinks::ToParent => top.map_or(ReplyTo::Unknown, ReplyTo::Comment),
        ThreadLinks::ToRoot if at > 0 && bylines[at - 1].links == ThreadLinks::ToParent => ReplyTo::Comment(at - 1),
        ThreadLinks::ToRoot | ThreadLinks::None => ReplyTo::Unknown,
        ThreadLinks::NoParent => {
            top = Some(at);
            ReplyTo::Page
        }
    };
    (0..bylines.len()).map(target).collect()
}

/// Whether a line consists of the links below a comment: "reply", "permalink embed save parent report reply".
fn is_actions(line: &str, language: Language) -> bool {
    /// The longest such line, in bytes.
    const LONGEST: usize = 80;
    let mut words = line.split_whitespace().filter(|word| !matches!(*word, "•" | "·" | "|" | "-")).peekable();
    let mut has_marker = false;
    line.len() <= LONGEST
        && words.peek().is_some()
        && words.all(|word| {
            let classes = language.classes(&word.trim_matches(['[', ']', '(', ')']).to_lowercase());
            has_marker |= classes.has(Class::CommentActionMarker);
            classes.has(Class::CommentAction)
        })
        && has_marker
}

/// The paragraphs of lines that begin with `>`, without the marks. A prompt (`>>>`) is not a quotation.
fn quotes(text: &str, lines: &[Line]) -> Vec<Span> {
    let mut quotes: Vec<Span> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (at, line) in lines.iter().enumerate() {
        let words = line.span.of(text);
        let inner = words.trim_start_matches(['>', ' ']);
        let depth = words[..words.len() - inner.len()].matches('>').count();
        if depth == 0 || line.marker > 0 || words.starts_with(">>>") || inner.is_empty() {
            last = None;
            continue;
        }
        let start = line.span.end - inner.len() as u32;
        match quotes.last_mut() {
            Some(quote) if last == Some((at.wrapping_sub(1), depth)) && !line.gap_before => quote.end = line.span.end,
            _ => quotes.push(Span::new(start, line.span.end)),
        }
        last = Some((at, depth));
    }
    quotes
}
