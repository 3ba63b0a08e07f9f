//! Text directives: the part of a web address that makes a browser scroll to words of the page.
//!
//! The syntax is `#:~:text=[prefix-,]start[,end][,-suffix]` (WICG, URL Fragment Text Directives). A browser goes to the first
//! range that matches, so a directive contains as many of the words around as it takes to match first. A browser compares
//! it with the rendered page, and only the readable text is known here, so no term crosses a place where the page may show
//! more.

use std::ops::Range;

use ibid_source::{Format, Source};
use ibid_text::{Span, Word, words};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::place::passage_at;

/// Everything that is encoded: `-`, `,` and `&` have a meaning in a directive, brackets in Markdown.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

/// The most words that are written in full; of a longer range only the beginning and the end are.
const MOST_IN_FULL: usize = 12;
/// The number of words of a beginning or an end, if there are as many.
const TERM: usize = 4;
/// The most words of the prefix and of the suffix.
const AROUND: usize = 8;

/// The directive for the words under `span` of a source's readable text, to be appended to the page's address; `own` is the
/// file's own text. `None` if there are no words, or the page repeats them with the same words around so often that no
/// directive of a sensible length is unique.
pub(crate) fn directive(source: &Source, own: &str, span: Span) -> Option<String> {
    let words: Vec<Word<'_>> = words(source.text()).collect();
    let first = words.partition_point(|word| word.span.end <= span.start);
    let last = words.partition_point(|word| word.span.start < span.end);
    let page = PageWords { source, own, words };
    (first < last).then_some(())?;
    let candidate = page.candidates(first..last).find(|candidate| page.leads_to(candidate, first..last))?;
    Some(page.written(&candidate))
}

/// The words of a page.
struct PageWords<'s> {
    source: &'s Source,
    own: &'s str,
    words: Vec<Word<'s>>,
}

/// A directive as ranges of words; empty ranges are left out.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Candidate {
    prefix: Range<usize>,
    start: Range<usize>,
    end: Range<usize>,
    suffix: Range<usize>,
}

/// What is between two neighbouring words of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Gap {
    /// Exactly what the page shows, within one block.
    Plain,
    /// The end of a block.
    Block,
    /// The page may show something that is not in the readable text.
    Uncertain,
}

impl PageWords<'_> {
    /// Directives for a range of words, the shortest first.
    fn candidates(&self, wanted: Range<usize>) -> impl Iterator<Item = Candidate> {
        let is_plain = (wanted.start + 1..wanted.end).all(|at| self.gap_before(at) == Gap::Plain);
        let (start, end) = if is_plain && wanted.len() <= MOST_IN_FULL {
            (wanted.clone(), wanted.end..wanted.end)
        } else {
            let last = self.reaching_back(wanted.end - 1, TERM.min(wanted.len() - 1) - 1);
            let first = self.reaching_on(wanted.start + 1, TERM.min(last - wanted.start) - 1);
            (wanted.start..first, last..wanted.end)
        };
        (0..=AROUND).flat_map(move |around| {
            let prefix = self.context_before(wanted.start, around);
            let suffix = self.context_after(wanted.end, around);
            let candidate = |prefix: &Range<usize>, suffix| {
                let (prefix, start, end) = (prefix.clone(), start.clone(), end.clone());
                Candidate { prefix, start, end, suffix }
            };
            [candidate(&prefix, wanted.end..wanted.end), candidate(&prefix, suffix)]
        })
    }

    /// Up to `most` words before a range that can be written in a directive.
    fn context_before(&self, at: usize, most: usize) -> Range<usize> {
        if most == 0 || at == 0 || self.gap_before(at) == Gap::Uncertain {
            return at..at;
        }
        self.reaching_back(at - 1, most - 1)..at
    }

    /// Up to `most` words after a range that can be written in a directive.
    fn context_after(&self, at: usize, most: usize) -> Range<usize> {
        if most == 0 || at == self.words.len() || self.gap_before(at) == Gap::Uncertain {
            return at..at;
        }
        at..self.reaching_on(at + 1, most - 1)
    }

    /// The end of a term that contains the word before `at` and up to `more` further words.
    fn reaching_on(&self, at: usize, more: usize) -> usize {
        let end = (at + more).min(self.words.len());
        (at..end).find(|&at| self.gap_before(at) != Gap::Plain).unwrap_or(end)
    }

    /// The start of a term that contains the word at `at` and up to `more` words before it.
    fn reaching_back(&self, at: usize, more: usize) -> usize {
        let start = at.saturating_sub(more);
        (start..at).rev().find(|&before| self.gap_before(before + 1) != Gap::Plain).map_or(start, |before| before + 1)
    }

    /// What is between the word at `at` and the one before.
    fn gap_before(&self, at: usize) -> Gap {
        let gap = Span::new(self.words[at - 1].span.end, self.words[at].span.start);
        let read = gap.of(self.source.text());
        let is_shown = |c: char| c.is_whitespace() || !(c.is_ascii() && "*_`~=#<>[]|^\\\"".contains(c));
        if !read.chars().all(is_shown) || read.contains("-\n") || self.hides_words(gap) {
            Gap::Uncertain
        } else if block_break(read).is_some() || !self.is_one_passage(gap) {
            Gap::Block
        } else {
            Gap::Plain
        }
    }

    /// Whether both sides of a gap are in one passage. Outside of passages, a line break ends a block.
    fn is_one_passage(&self, gap: Span) -> bool {
        let passage = |at: u32| passage_at(self.source, at).map(|passage| passage.span);
        let before = passage(gap.start.saturating_sub(1));
        before == passage(gap.end) && (before.is_some() || !gap.of(self.source.text()).contains('\n'))
    }

    /// Whether the file has words in a gap that are not in the readable text, or a line break element.
    fn hides_words(&self, gap: Span) -> bool {
        let content = &self.source.content;
        let before = content.to_original(Span::new(gap.start.saturating_sub(1), gap.start)).end;
        let after = content.to_original(Span::new(gap.end, gap.end + 1)).start;
        let Some(written) = self.own.get(before as usize..after.max(before) as usize) else { return true };
        match self.source.format {
            Format::Html | Format::Mhtml | Format::Mail => {
                written.to_ascii_lowercase().contains("<br") || !without_markup(written).chars().all(is_punctuation)
            }
            _ => written != gap.of(self.source.text()),
        }
    }

    /// Whether a directive leads to the wanted words, which means that they are the first match.
    fn leads_to(&self, candidate: &Candidate, wanted: Range<usize>) -> bool {
        let matches = |part: &Range<usize>, at: usize| {
            let there = self.words.get(at..at + part.len());
            there.is_some_and(|there| there.iter().zip(&self.words[part.clone()]).all(|(a, b)| a.folded == b.folded))
        };
        let Candidate { prefix, start, end, suffix } = candidate;
        for at in prefix.len()..=wanted.start {
            if !matches(start, at) || !matches(prefix, at - prefix.len()) {
                continue;
            }
            let behind = at + start.len();
            let mut ends = (behind..=self.words.len()).filter(|&from| matches(end, from)).map(|from| from + end.len());
            let found = if end.is_empty() {
                Some(behind).filter(|&end| matches(suffix, end))
            } else {
                ends.find(|&end| matches(suffix, end))
            };
            if let Some(end) = found {
                return at == wanted.start && end == wanted.end;
            }
        }
        false
    }

    fn written(&self, candidate: &Candidate) -> String {
        let text = self.source.text();
        let span = |range: &Range<usize>| {
            (!range.is_empty()).then(|| self.words[range.start].span.cover(self.words[range.end - 1].span))
        };
        let [mut prefix, mut end, mut suffix] = [&candidate.prefix, &candidate.end, &candidate.suffix].map(span);
        let mut start = span(&candidate.start).unwrap_or_default();
        // Punctuation between the terms must be written too, with the term in whose block it is.
        if let Some(prefix) = &mut prefix {
            let gap = Span::new(prefix.end, start.start);
            let ends = block_break(gap.of(text)).unwrap_or(gap.len() as usize) as u32;
            (prefix.end, start.start) = (gap.start + ends, gap.start + ends);
        }
        if let Some(suffix) = &mut suffix {
            let last = end.as_mut().unwrap_or(&mut start);
            let gap = Span::new(last.end, suffix.start);
            let ends = block_break(gap.of(text)).unwrap_or_default() as u32;
            (last.end, suffix.start) = (gap.start + ends, gap.start + ends);
        }
        let term = |span: Span| encoded(span.of(text));
        let parts = [
            prefix.map(|prefix| term(prefix) + "-"),
            Some(term(start)),
            end.map(term),
            suffix.map(|suffix| format!("-{}", term(suffix))),
        ];
        format!(":~:text={}", parts.into_iter().flatten().collect::<Vec<_>>().join(","))
    }
}

/// Where a block ends between two words, if one does: at a blank line, or between table cells.
fn block_break(gap: &str) -> Option<usize> {
    let blank = gap.find('\n').filter(|at| gap[at + 1..].trim_start_matches(['\r', ' ']).starts_with('\n'));
    blank.or_else(|| gap.find('\t'))
}

/// A term percent-encoded, with white space collapsed as on a rendered page.
fn encoded(term: &str) -> String {
    let shown: String =
        term.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}')).collect();
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    utf8_percent_encode(&line, ENCODED).to_string()
}

/// HTML without tags and character references.
fn without_markup(html: &str) -> String {
    let mut left = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        left.push_str(&rest[..at]);
        let end = if rest[at..].starts_with('<') { '>' } else { ';' };
        rest = rest[at..].find(end).map_or("", |length| &rest[at + length + 1..]);
    }
    left + rest
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use ibid_corpus::Resolution;
    use ibid_note::{Citation, Fragment, Target};
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::Fixture;

    fn read(format: Format, text: &str) -> Source {
        ibid_source::read(format, text.as_bytes(), ibid_language::Language::ENGLISH).expect("it is text")
    }

    /// The directive that leads to the words between `[[` and `]]` of a page.
    fn to_marked(format: Format, page: &str) -> Option<String> {
        let own = page.replace("[[", "").replace("]]", "");
        let start = page.find("[[").expect("a beginning is marked") as u32;
        let end = page.find("]]").expect("an end is marked") as u32 - 2;
        let source = read(format, &own);
        directive(&source, &own, source.content.span_to_plain(Span::new(start, end)))
    }

    #[track_caller]
    fn check(page: &str, expected: &str) {
        assert_eq!(to_marked(Format::Html, page).as_deref(), Some(expected), "{page}");
    }

    #[test]
    fn words_are_written_as_the_page_shows_them() {
        check("<p>One [[two  three]] four.</p>", ":~:text=two%20three");
        check("<p>One [[t<b>wo</b> <i>three</i>]] four.</p>", ":~:text=two%20three");
        check("<p>A [[well-known, “so&amp;so”]] thing.</p>", ":~:text=well%2Dknown%2C%20%E2%80%9Cso%26so");
        check("<p>Über [[œuvre, déjà]].</p>", ":~:text=%C5%93uvre%2C%20d%C3%A9j%C3%A0");
    }

    #[test]
    fn of_many_words_only_the_ends_are_written() {
        let many = "<p>x [[a1 b2 c3 d4 e5 f6 g7 h8 i9 j1 k2 l3 m4]] y</p>";
        check(many, ":~:text=a1%20b2%20c3%20d4,j1%20k2%20l3%20m4");
        check("<p>x [[one two</p><p>three four]] y</p>", ":~:text=one%20two,three%20four");
        check("<p>x [[one two<br>three]] y</p>", ":~:text=one%20two,three");
        check("<p>x [[one two<script>hidden words</script> three four]] y</p>", ":~:text=one%20two,three%20four");
    }

    #[test]
    fn words_around_distinguish_equal_ranges() {
        check("<p>No bell rang. Then [[a bell rang]].</p><p>A bell rang.</p>", ":~:text=a%20bell%20rang");
        check("<p>A bell rang. [[A bell rang]] twice.</p>", ":~:text=rang.-,A%20bell%20rang");
        check("<p>A bell rang.</p><p>“[[A bell rang]] twice.</p>", ":~:text=rang.-,%E2%80%9CA%20bell%20rang");
        check("<p>So it is a bell. So it is [[a bell]], he said.</p>", ":~:text=is-,a%20bell,-%2C%20he");
        check("<p>It is a bell.</p><p>It is [[a bell]]!</p><p>He said.</p>", ":~:text=is-,a%20bell%21,-He");
        assert_eq!(
            to_marked(Format::Html, &format!("<p>{}[[a bell]]{}</p>", "a bell ".repeat(40), " a bell".repeat(40))),
            None
        );
    }

    #[test]
    fn no_term_contains_markdown_syntax() {
        let markdown = |page, expected: &str| assert_eq!(to_marked(Format::Markdown, page).as_deref(), Some(expected));
        markdown("One [[two *three* four]] five.", ":~:text=two,four");
        markdown("One [[two](u) three]].".replace("[[two]", "[[[two]").as_str(), ":~:text=two,three");
        let text = |page, expected: &str| assert_eq!(to_marked(Format::Text, page).as_deref(), Some(expected));
        text("One [[two\nthree]] four goes\non in the next line.", ":~:text=two%20three");
    }

    proptest! {
        /// A directive leads back to the words it was made for.
        #[test]
        fn a_directive_leads_to_its_words(
            text in "((a|an|bell|rang|twice|so-so|it’s)(, | |\\. |</p>\n<p>|<br>| <b>|</b> )){1,40}",
            at in 0_usize..40,
            many in 1_usize..30,
        ) {
            let page = format!("<link rel=canonical href='https://example.org/p'><article><p>{text}</p></article>");
            let fixture = Fixture::new(&format!("//- /sources/p.html\n{page}\n//- /notes/note.md\nWords.\n"));
            let file = fixture.snapshot.files().find(|file| file.is_source()).expect("a source is held").clone();
            let held = file.page().expect("its text is held");
            let source = held.source().expect("it is a source");
            let spans: Vec<Span> = ibid_text::words(source.text()).map(|word| word.span).collect();
            let at = at.min(spans.len() - 1);
            let span = spans[at].cover(spans[(at + many).min(spans.len()) - 1]);
            if let Some(directive) = directive(source, held.text(), span) {
                let fragment = Fragment::parse(&directive);
                prop_assert!(fragment.is_some(), "{directive}");
                let target = Target::Url { url: "https://example.org/p".to_owned(), fragment };
                let none = Span::default();
                let citation = Citation { span: none, target_span: none, target, footnote: None, locator: None, bare: false };
                let resolution = fixture.snapshot.resolve(fixture.file, &citation);
                let expected = Resolution::Source { file: file.id, span: Some(source.content.to_original(span)) };
                prop_assert_eq!(resolution, expected, "{}", directive);
            }
        }
    }
}
