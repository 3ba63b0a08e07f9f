//! Resolves the fragment of a citation, the part after `#`, to a place in the file.

use ibid_note::{Fragment, heading::split_attributes};
use ibid_source::{PassageKind, Source};
use ibid_text::{Span, letters, words};
use memchr::memmem;
use unicode_normalization::UnicodeNormalization;

use super::nearest::nearest;
use crate::{Extracted, File, Page, roles::is_markdown};

/// The place in a file that a fragment leads to.
pub(super) enum Place {
    /// A span of the file's own text.
    At(Span),
    /// No particular place; the citation refers to the whole file.
    Whole,
    /// Something that does not exist; with similar names that do, most similar first.
    Missing(Vec<String>),
}

pub(super) fn find(file: &File, fragment: &Fragment) -> Place {
    // The headings of a note are known without reading its text.
    if let Fragment::Heading(wanted) = fragment
        && let Some(section) = section_of(&file.headings(), wanted)
    {
        return Place::At(section);
    }
    // A file that was just deleted has no places; the deletion will be reported separately.
    let Some(page) = &file.page() else { return Place::Whole };
    match fragment {
        Fragment::Heading(heading) => under_heading(file, page, heading),
        Fragment::Block(id) => block(page, id),
        Fragment::Lines { first, last } => lines(page, *first, *last),
        Fragment::Text { prefix, start, end, suffix } => {
            let wanted = Wanted {
                prefix: folded(prefix.as_deref().unwrap_or_default()),
                start: folded(start),
                end: folded(end.as_deref().unwrap_or_default()),
                suffix: folded(suffix.as_deref().unwrap_or_default()),
            };
            text_fragment(page, &wanted).map_or_else(|| Place::Missing(Vec::new()), Place::At)
        }
    }
}

/// The section under a heading, or the line of an HTML anchor. Names are compared by letters and digits only, like the slugs
/// that websites generate.
fn under_heading(file: &File, page: &Page, wanted: &str) -> Place {
    if page.source().is_some_and(|source| source.format.is_web_page()) {
        return in_web_page(file, page, wanted);
    }
    if let Some(text) = file.extracted() {
        return in_document(text, page, wanted);
    }
    let headings = headings(file, page);
    if headings.is_empty() && !is_markdown(&file.absolute) {
        return Place::Whole;
    }
    let found = section_called(&headings, wanted);
    if let Some(section) = found.or_else(|| anchor(page, wanted)) {
        return Place::At(section);
    }
    let words = |heading: Heading| split_attributes(&heading.text).0.trim().to_owned();
    // An anchor has hyphens for spaces.
    let wanted = if wanted.contains(' ') { wanted.to_owned() } else { wanted.replace('-', " ") };
    Place::Missing(nearest(&wanted, headings.into_iter().map(words)))
}

/// The section that a name leads to: a heading's words or slug, a path of headings (`Part#Chapter`), or, for the second of two
/// equal headings, its slug with `-1`.
fn section_called(headings: &[Heading], wanted: &str) -> Option<Span> {
    let named = |name: &str| {
        let slug = slug(name);
        headings.iter().filter(move |heading| heading.is_called(&slug)).map(|heading| heading.section)
    };
    let by_path = || {
        let (above, last) = wanted.rsplit_once('#')?;
        let parts: Vec<&str> = above.split('#').collect();
        named(last).find(|&section| is_inside(headings, &parts, section))
    };
    let numbered = || {
        let (name, number) = wanted.rsplit_once('-')?;
        named(name).nth(number.parse().ok().filter(|&number: &usize| number > 0)?)
    };
    named(wanted).next().or_else(by_path).or_else(numbered)
}

/// Whether a section is inside sections with these names, the outermost first.
fn is_inside(headings: &[Heading], above: &[&str], section: Span) -> bool {
    let Some((last, outer)) = above.split_last() else { return true };
    let slug = slug(last);
    let around = |heading: &&Heading| heading.section.covers(section) && heading.section != section;
    let named = headings.iter().filter(around).filter(|heading| heading.is_called(&slug));
    named.into_iter().any(|heading| is_inside(headings, outer, heading.section))
}

/// The page given by `page=5` in a document with pages (RFC 8118), or the chapter with a title. Other fragments, which a
/// viewer may understand, lead to the whole document.
fn in_document(text: &Extracted, page: &Page, wanted: &str) -> Place {
    let number = wanted.strip_prefix("page=").and_then(|rest| rest.split('&').next()?.parse().ok());
    let Some(number) = number.filter(|_| text.has_pages()) else {
        let wanted = slug(wanted);
        let chapter = text.chapter(|title| slug(title) == wanted);
        return chapter.map_or(Place::Whole, |there| Place::At(trimmed(page, there)));
    };
    let there = text.page(number).map(|there| trimmed(page, there));
    there.map_or_else(|| Place::Missing(Vec::new()), Place::At)
}

/// The comment, section or element with an id in a saved page. Scripts may add ids, so one that is not found leads to the
/// whole page.
fn in_web_page(file: &File, page: &Page, wanted: &str) -> Place {
    let names_comment = |permalink: &str| permalink.rsplit_once('#').is_some_and(|(_, id)| id == wanted);
    let section = || section_called(&headings(file, page), wanted);
    let found = comment(page, names_comment).or_else(section).or_else(|| anchor(page, wanted));
    found.map_or(Place::Whole, Place::At)
}

/// The comment in a saved page whose own address is `url`.
pub(super) fn comment_at(file: &File, url: &str) -> Option<Span> {
    // Most addresses do not look like that of a comment, so the page need not be read.
    if !url.to_ascii_lowercase().contains("comment") {
        return None;
    }
    let written = url.split_once("://").map_or(url, |(_, rest)| rest);
    comment(&*file.page()?, |permalink| permalink.split_once("://").is_some_and(|(_, rest)| rest == written))
}

/// The first comment of a page with a wanted address, as a span of the file's own text.
fn comment(page: &Page, is_wanted: impl Fn(&str) -> bool) -> Option<Span> {
    let source = page.source()?;
    let found = source.comments.iter().find(|comment| comment.permalink.as_deref().is_some_and(&is_wanted))?;
    Some(source.content.to_original(found.span))
}

/// The section of the first heading of a note with exactly these letters and digits, if no heading up to it has an attribute
/// block.
fn section_of(headings: &[ibid_note::Heading], wanted: &str) -> Option<Span> {
    let is_plain = |text: &str| !text.trim_end().ends_with('}');
    let plain = headings.iter().take_while(|heading| is_plain(&heading.text));
    plain.into_iter().find(|heading| letters(&heading.text).eq(letters(wanted))).map(|heading| heading.section)
}

/// The line with `id="wanted"`, or else with `name="wanted"`.
fn anchor(page: &Page, wanted: &str) -> Option<Span> {
    let text = page.text();
    let value_of = |attribute: &str| {
        let is_value = |&at: &usize| {
            let behind = text[at + wanted.len()..].chars().next();
            let before =
                behind.filter(|quote| matches!(quote, '"' | '\'')).and_then(|quote| text[..at].strip_suffix(quote));
            before.and_then(|before| before.strip_suffix('=')).is_some_and(|before| before.ends_with(attribute))
        };
        memmem::find_iter(text.as_bytes(), wanted).find(is_value)
    };
    let at = if wanted.is_empty() { None } else { value_of("id").or_else(|| value_of("name")) }?;
    let line = page.lines().line_of(at as u32);
    Some(trimmed(page, Span::new(page.lines().start_of(line), page.lines().start_of(line + 1))))
}

pub(super) fn slug(text: &str) -> String {
    letters(text).collect()
}

struct Heading {
    text: String,
    section: Span,
}

impl Heading {
    /// Whether its slug matches: that of its words, or that of the id in an attribute block `{#id}` after them.
    fn is_called(&self, slug: &str) -> bool {
        let (words, attributes) = split_attributes(&self.text);
        let id = attributes.and_then(|block| block.split_whitespace().find_map(|part| part.strip_prefix('#')));
        std::iter::once(words).chain(id).any(|name| letters(name).eq(slug.chars()))
    }
}

fn headings(file: &File, page: &Page) -> Vec<Heading> {
    if file.is_note() {
        let heading = |it: ibid_note::Heading| Heading { text: it.text, section: it.section };
        return file.headings().into_iter().map(heading).collect();
    }
    page.source().map_or_else(Vec::new, |source| headings_of_source(page, source))
}

/// The headings of a source. The number of `#` on the line is the level, which determines where a section ends.
fn headings_of_source(page: &Page, source: &Source) -> Vec<Heading> {
    let headings = source.passages.iter().filter(|passage| passage.kind == PassageKind::Heading);
    let found: Vec<(Span, &str, usize)> = headings
        .map(|passage| {
            let span = source.content.to_original(passage.span);
            let line = page.lines().start_of(page.lines().line_of(span.start));
            let whole = Span::new(line, span.end);
            let marks = whole.of(page.text()).trim_start().bytes().take_while(|&byte| byte == b'#').count();
            (whole, passage.span.of(source.text()), marks)
        })
        .collect();
    let end_of = |at: usize| {
        let (_, _, level) = found[at];
        found[at + 1..]
            .iter()
            .find(|(_, _, other)| *other <= level)
            .map_or(page.text().len() as u32, |next| next.0.start)
    };
    let heading = |(at, (span, text, _)): (usize, &(Span, &str, usize))| Heading {
        text: text.trim_matches(['#', ' ']).to_owned(),
        section: trimmed(page, Span::new(span.start, end_of(at).max(span.end))),
    };
    found.iter().enumerate().map(heading).collect()
}

/// The paragraph, list item or table that ends with ` ^id` or is followed by a line with only `^id`.
fn block(page: &Page, id: &str) -> Place {
    let is_id = |written: &str| written == id || written.nfc().eq(id.nfc());
    let mut paragraph: Option<Span> = None;
    let mut ended = false;
    let mut ids = Vec::new();
    let mut at = 0;
    for line in page.text().split_inclusive('\n') {
        let body = line.trim();
        let span = Span::from(at..at + line.trim_end().len());
        at += line.len();
        if body.strip_prefix('^').is_some_and(is_id) {
            return paragraph.map_or(Place::Whole, |paragraph| Place::At(trimmed(page, paragraph)));
        }
        if body.is_empty() {
            ended = true;
            continue;
        }
        let begins = ended || body.starts_with(['-', '*', '+', '#']);
        paragraph = Some(paragraph.filter(|_| !begins).map_or(span, |paragraph| paragraph.cover(span)));
        ended = false;
        if let Some((head, found)) = body.rsplit_once(" ^") {
            if is_id(found) && !head.is_empty() {
                return Place::At(trimmed(page, paragraph.unwrap_or(span)));
            }
            ids.push(found.to_owned());
        }
    }
    Place::Missing(nearest(id, ids))
}

fn lines(page: &Page, first: u32, last: u32) -> Place {
    if first == 0 || first > page.lines().lines() {
        return Place::Missing(Vec::new());
    }
    let span = Span::new(page.lines().start_of(first - 1), page.lines().start_of(last.max(first)));
    Place::At(trimmed(page, span))
}

/// The parts of a text directive, as folded words.
struct Wanted {
    prefix: Vec<String>,
    start: Vec<String>,
    end: Vec<String>,
    suffix: Vec<String>,
}

/// The first match of a text directive (WICG, Scroll to Text Fragment, section 3.5), compared word by word.
fn text_fragment(page: &Page, wanted: &Wanted) -> Option<Span> {
    if wanted.start.is_empty() {
        return None;
    }
    let plain = page.readable();
    let held: Vec<_> = words(plain).collect();
    let matches = |at: usize, part: &[String]| {
        held.get(at..at + part.len())
            .is_some_and(|there| there.iter().zip(part).all(|(word, wanted)| word.folded == **wanted))
    };
    let starts = (wanted.prefix.len()..held.len())
        .filter(|&at| matches(at, &wanted.start) && matches(at - wanted.prefix.len(), &wanted.prefix));
    for start in starts {
        let after = start + wanted.start.len();
        let end = if wanted.end.is_empty() {
            Some(after).filter(|&end| matches(end, &wanted.suffix))
        } else {
            let ends = (after..held.len()).filter(|&at| matches(at, &wanted.end)).map(|at| at + wanted.end.len());
            ends.into_iter().find(|&end| matches(end, &wanted.suffix))
        };
        if let Some(end) = end {
            let span = held[start].span.cover(held[end - 1].span);
            return Some(page.source().map_or(span, |source| source.content.to_original(span)));
        }
    }
    None
}

fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| word.folded.into_owned()).collect()
}

/// The span without surrounding whitespace.
fn trimmed(page: &Page, span: Span) -> Span {
    let text = span.of(page.text());
    let start = span.start + (text.len() - text.trim_start().len()) as u32;
    Span::new(start, start + text.trim().len() as u32)
}
