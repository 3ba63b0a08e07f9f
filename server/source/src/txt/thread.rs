//! Comments in a page that was copied as text, and words set off by `>`, as people quote in mail and in comments.
//!
//! Precision goes first. One line that looks like a byline is none: a page has a thread if at least two of the same make say so,
//! by a mark that only bylines have, or with a link to reply below nearly each. What a comment answers is told only where the
//! page shows it: by how far the bylines are set in, or by the links beside them.

use std::ops::Range;

use ibid_text::Span;

use super::{
    byline::{Byline, Linked, byline},
    line::Line,
};

/// So many bylines of one make are a thread.
const FEWEST: usize = 2;

/// What lines tell of who speaks where.
#[derive(Default, Debug)]
pub(super) struct Thread<'t> {
    /// The comments, in order.
    pub(super) comments: Vec<Found<'t>>,
    /// Words set off by `>`, in order: a stretch for each paragraph.
    pub(super) quotes: Vec<Span>,
    /// Lines that are nobody's words, in order.
    pub(super) furniture: Vec<Span>,
}

/// A comment.
#[derive(Debug)]
pub(super) struct Found<'t> {
    /// What is said of it.
    pub(super) byline: Byline<'t>,
    /// Where that stands.
    pub(super) signed: Span,
    /// From its first word to where the next begins, or its links.
    pub(super) span: Span,
    /// What it answers.
    pub(super) answers: Answers,
}

/// What a comment answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answers {
    /// The page itself.
    Page,
    /// The comment with this number.
    Comment(usize),
    /// One of them; the page does not show which.
    Unknown,
}

impl<'t> Thread<'t> {
    /// Reads the thread of a page from its lines.
    pub(super) fn of(text: &'t str, lines: &[Line]) -> Self {
        let mut thread = Self { quotes: quotes(text, lines), ..Self::default() };
        let mut bylines = bylines(text, lines);
        if bylines.iter().filter(|byline| byline.is_plain).count() >= FEWEST {
            bylines.retain(|byline| byline.is_plain);
        }
        let betweens: Vec<Range<usize>> = spans_between(&bylines, lines.len()).collect();
        let end = |between: &Range<usize>| between.clone().find(|&at| is_actions(lines[at].span.of(text)));
        let ends: Vec<Option<usize>> = betweens.iter().map(end).collect();
        let answerable = ends.iter().flatten().count();
        let is_answerable = answerable * 3 >= bylines.len() * 2;
        if bylines.len() < FEWEST || !(bylines[0].is_plain || is_answerable) {
            return thread;
        }
        let answers = answers(&bylines);
        let whole = |lines: &[Line]| lines.first().zip(lines.last()).map(|(first, last)| first.span.cover(last.span));
        for (((byline, between), end), answers) in bylines.into_iter().zip(betweens).zip(ends).zip(answers) {
            let Some(signed) = whole(&lines[byline.lines.clone()]) else { continue };
            thread.furniture.push(signed);
            let body = between.start..end.unwrap_or(between.end);
            thread.furniture.extend(lines[body.end..between.end].iter().map(|line| line.span).filter(|span| {
                let line = span.of(text);
                is_actions(line) || line.bytes().all(|byte| byte.is_ascii_digit())
            }));
            let span = whole(&lines[body]).unwrap_or(Span::empty(signed.end));
            thread.comments.push(Found { byline, signed, span, answers });
        }
        thread
    }

    /// The comment that holds a byte of the page.
    pub(super) fn owner(&self, at: u32) -> Option<usize> {
        let after = self.comments.partition_point(|comment| comment.span.start <= at);
        after.checked_sub(1).filter(|&before| self.comments[before].span.contains(at))
    }
}

/// The bylines of a page: those that share no line.
fn bylines<'t>(text: &'t str, lines: &[Line]) -> Vec<Byline<'t>> {
    let mut found: Vec<Byline<'t>> = Vec::new();
    for at in 0..lines.len() {
        if found.last().is_none_or(|last| last.lines.end <= at)
            && let Some(byline) = byline(text, lines, at)
        {
            found.push(byline);
        }
    }
    found
}

/// The lines behind each byline, up to the next.
fn spans_between<'a>(bylines: &'a [Byline<'_>], count: usize) -> impl Iterator<Item = Range<usize>> + 'a {
    let nexts = bylines.iter().skip(1).map(|next| next.lines.start).chain([count]);
    bylines.iter().zip(nexts).map(|(byline, next)| byline.lines.end..next)
}

/// What each comment answers.
fn answers(bylines: &[Byline<'_>]) -> Vec<Answers> {
    /// Less may be a slip.
    const STEP: u32 = 2;
    let is_set_in = bylines.iter().any(|byline| byline.indent.abs_diff(bylines[0].indent) >= STEP);
    let is_linked = bylines.iter().all(|byline| byline.linked != Linked::Unlinked);
    if is_linked {
        by_links(bylines)
    } else if is_set_in {
        by_indent(bylines)
    } else {
        vec![Answers::Unknown; bylines.len()]
    }
}

/// A comment answers the last above that is set in less.
fn by_indent(bylines: &[Byline<'_>]) -> Vec<Answers> {
    let mut open: Vec<usize> = Vec::new();
    let answer = |at: usize| {
        while open.last().is_some_and(|&above| bylines[above].indent >= bylines[at].indent) {
            open.pop();
        }
        let answers = open.last().map_or(Answers::Page, |&above| Answers::Comment(above));
        open.push(at);
        answers
    };
    (0..bylines.len()).map(answer).collect()
}

/// Comments stand in the order of the tree. So one whose parent is on the page answers the last one there; one that stands
/// deeper answers the one before it if that stands in the second row, else nobody can tell.
fn by_links(bylines: &[Byline<'_>]) -> Vec<Answers> {
    let mut top = None;
    let answer = |at: usize| match bylines[at].linked {
        Linked::ToParent => top.map_or(Answers::Unknown, Answers::Comment),
        Linked::ToRoot if at > 0 && bylines[at - 1].linked == Linked::ToParent => Answers::Comment(at - 1),
        Linked::ToRoot | Linked::Unlinked => Answers::Unknown,
        Linked::ToNone => {
            top = Some(at);
            Answers::Page
        }
    };
    (0..bylines.len()).map(answer).collect()
}

/// Whether a line is the links below a comment: "reply", "permalink embed save parent report reply".
fn is_actions(line: &str) -> bool {
    const ACTIONS: [&str; 24] = [
        "award",
        "context",
        "delete",
        "downvote",
        "edit",
        "embed",
        "favorite",
        "flag",
        "give",
        "hide",
        "like",
        "link",
        "more",
        "parent",
        "permalink",
        "quote",
        "report",
        "save",
        "see",
        "share",
        "source",
        "thread",
        "upvote",
        "vote",
    ];
    let mut words = line.split_whitespace().filter(|word| !matches!(*word, "•" | "·" | "|" | "-")).peekable();
    let is_action = |word: &str| word == "reply" || ACTIONS.binary_search(&word).is_ok();
    let mut answers = false;
    line.len() <= 80
        && words.peek().is_some()
        && words.all(|word| {
            let word = word.trim_matches(['[', ']', '(', ')']).to_lowercase();
            answers |= matches!(&*word, "reply" | "permalink" | "report" | "upvote" | "share");
            is_action(&word)
        })
        && answers
}

/// Paragraphs of lines that begin with `>`, without that. A prompt (`>>>`) sets off no words.
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
