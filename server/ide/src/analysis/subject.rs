//! The thing under the cursor, for features that find every occurrence of it.

use std::sync::Arc;

use ibid_corpus::{FileId, Snapshot, TermUse};
use ibid_note::{Citation, Footnote, Fragment, Heading, Note, Target};
use ibid_text::{Span, letters};

use super::{judged::Judged, judgment::judged_at, memo::Memo, place, pointer::citation_at, term::term_at};

/// The thing under the cursor.
pub(crate) enum Subject {
    /// A footnote, by its label in the text or at its definition.
    Footnote(Footnote),
    /// A citation or a link to a note.
    Citation(Citation),
    /// A heading of a note.
    Heading(Heading),
    /// A term.
    Term(TermUse),
    /// A quotation that was found in a source.
    Quotation(Arc<Judged>),
    /// A passage of a source, as a span of its readable text.
    Passage(Span),
}

impl Subject {
    /// The smallest thing at a byte offset that can occur elsewhere too. A citation takes precedence over the heading it is
    /// in, a linked heading over a term in it, and a term over the quotation it is in.
    pub(crate) fn at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Self> {
        let held = snapshot.file(file)?;
        let page = held.page()?;
        if let Some(note) = page.note() {
            if let Some(footnote) = footnote_at(page.text(), note, offset) {
                return Some(Self::Footnote(footnote.clone()));
            }
            if let Some(citation) = citation_at(held, offset) {
                return Some(Self::Citation(citation));
            }
        }
        let heading = held.headings().into_iter().find(|heading| heading.span.touches(offset));
        let term = term_at(snapshot, file, offset);
        match (heading, term) {
            (Some(heading), Some(_)) if is_linked(snapshot, file, &heading) => return Some(Self::Heading(heading)),
            (_, Some(term)) => return Some(Self::Term(term)),
            (Some(heading), None) => return Some(Self::Heading(heading)),
            (None, None) => {}
        }
        if let Some((_, judged)) = judged_at(snapshot, file, offset, &Memo::default()) {
            return judged.best().is_some().then_some(Self::Quotation(judged));
        }
        let source = page.source()?;
        Some(Self::Passage(place::passage_at(source, source.content.to_plain(offset)?)?.span))
    }
}

/// Whether any link leads to a heading of a note.
pub(crate) fn is_linked(snapshot: &Snapshot, file: FileId, heading: &Heading) -> bool {
    let links = snapshot.backlinks_of(file, |target| may_name(target, heading));
    links.iter().any(|link| link.place == Some(heading.section))
}

/// Whether a target may lead to a heading, by the fragment after its `#`.
pub(crate) fn may_name(target: &Target, heading: &Heading) -> bool {
    target.fragment().and_then(Fragment::heading).is_some_and(|name| {
        // The second of two equal headings may have a number appended, and an attribute block may set any id.
        let (name, words): (String, String) = (letters(name).collect(), letters(&heading.text).collect());
        name.starts_with(&words) || words.starts_with(&name) || heading.text.contains('{')
    })
}

/// The footnote whose label is at a byte offset.
fn footnote_at<'a>(text: &str, note: &'a Note, offset: u32) -> Option<&'a Footnote> {
    note.footnotes.iter().find(|footnote| labels(text, footnote).any(|label| label.touches(offset)))
}

/// Where the label of a footnote is written, without brackets, first at its definition. Empty for an inline footnote.
pub(crate) fn labels<'a>(text: &'a str, footnote: &'a Footnote) -> impl Iterator<Item = Span> {
    let written = std::iter::once(footnote.span).chain(footnote.marks.iter().copied());
    let label = |whole: Span| {
        let inner = whole.of(text).strip_prefix("[^")?;
        let start = whole.start + "[^".len() as u32;
        Some(Span::new(start, start + inner.find(']')? as u32))
    };
    written.filter_map(label)
}

/// The span of a heading without the line break after it.
pub(crate) fn written(text: &str, heading: &Heading) -> Span {
    let line = heading.span.of(text).trim_end();
    Span::new(heading.span.start, heading.span.start + line.len() as u32)
}
