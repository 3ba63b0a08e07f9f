//! What supports a statement of a note: citations, quotations, the work that the note is about.

use std::sync::Arc;

use ibid_corpus::{FileId, RelatedPassage, Resolution, Snapshot};
use ibid_evidence::Verdict;
use ibid_language::{Class, Language};
use ibid_note::{Note, Setting, Statement};
use ibid_text::{Span, words};

use super::{
    checked_note::CheckedNote,
    comparison::{CitedClaim, Comparison},
    link_role::is_wiki_link_set_off,
    memo::MemoView,
};

/// What a statement is based on: the first of these that holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Basis {
    /// A citation in it, or at the end of its paragraph or list item.
    Citation,
    /// A quotation in it or directly below it that was found in a source.
    Quotation,
    /// The one work that the note or its section is about.
    Work,
    /// A citation or quotation elsewhere in its paragraph.
    Nearby,
    /// Nothing.
    Nothing,
}

impl Basis {
    /// What a statement of the note is based on.
    pub(crate) fn of(checked: &CheckedNote<'_>, statement: &Statement) -> Self {
        let block = || checked.note.statements.iter().filter(|other| other.block == statement.block);
        let cites = |other: &Statement| other.citations.iter().any(|&at| cites(checked, at));
        let quotes = |other: &Statement| other.quotations.iter().any(|&at| is_found(checked, at));
        if cites(statement) || block().any(|other| other.ends_block && cites(other)) {
            Self::Citation
        } else if quotes(statement) {
            Self::Quotation
        } else if is_about_a_work(checked, statement) {
            Self::Work
        } else if block().any(|other| cites(other) || quotes(other)) {
            Self::Nearby
        } else {
            Self::Nothing
        }
    }
}

/// Whether a citation points at a source, or is meant to. One that leads nowhere counts: it is reported by itself.
fn cites(checked: &CheckedNote<'_>, citation: u32) -> bool {
    let resolution = checked.resolution(citation);
    resolution.is_some_and(|resolution| !matches!(resolution, Resolution::NoCitation | Resolution::Note { .. }))
}

fn is_found(checked: &CheckedNote<'_>, quotation: u32) -> bool {
    let judged = checked.judged(quotation);
    judged.is_some_and(|judged| !matches!(judged.verdict, Verdict::NotFound | Verdict::Unchecked))
}

/// Whether the statement is in a literature note, under a heading that names or links a work, or in a note whose first
/// heading links one.
fn is_about_a_work(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let Note { front_matter, headings, citations, .. } = &*checked.note;
    let literature = front_matter.as_ref().is_some_and(|head| !head.works.is_empty());
    let links =
        |span: Span| (0..citations.len()).any(|at| span.covers(citations[at].span) && cites(checked, at as u32));
    let mut above = headings.iter().filter(|heading| heading.section.covers(statement.span));
    literature || above.any(|heading| links(heading.span) || names_a_source(checked, &heading.text))
}

/// Whether a heading is the title of a source.
fn names_a_source(checked: &CheckedNote<'_>, heading: &str) -> bool {
    heading.split_whitespace().count() > 1 && checked.snapshot.has_source_titled(heading.trim())
}

/// Whether a statement can be a claim: finished prose in a paragraph or list.
pub(crate) fn may_claim(statement: &Statement) -> bool {
    statement.finished && matches!(statement.setting, Setting::Paragraph | Setting::ListItem)
}

/// How many related passages are shown for a sentence.
const MOST_RELATED: usize = 3;

/// The lowest score of a related passage that is shown or cited, 0..1.
const LEAST_RELATED: f32 = 0.4;

/// The passages of all sources that are related to a sentence, best first.
pub(crate) fn related_passages(snapshot: &Snapshot, memo: MemoView<'_>, sentence: &str) -> Arc<[RelatedPassage]> {
    let search = || snapshot.related_passages(sentence, MOST_RELATED, LEAST_RELATED).into();
    memo.get_or(|kept| &mut kept.related, sentence, search)
}

/// Compares a statement with what it cites. `None` if nothing is cited, if the text of something cited is not held, or
/// if the statement quotes.
pub(crate) fn comparison(checked: &CheckedNote<'_>, statement: &Statement) -> Option<Arc<Comparison>> {
    let resolutions = statement.citations.iter().filter_map(|&at| checked.resolution(at));
    let cited: Option<Vec<_>> = resolutions.map(place_in_source).collect();
    let cited = cited.filter(|cited| !cited.is_empty() && statement.quotations.is_empty() && may_claim(statement))?;
    let key = CitedClaim { claim: claimed(checked, statement), cited };
    let compare = || Comparison::of(checked.snapshot, &key).map(Arc::new);
    checked.memo.get_or(|kept| &mut kept.comparisons, &key, compare)
}

/// The words of a statement, with blanks in place of wiki-links outside the sentence: a source's name is not
/// part of the claim.
fn claimed(checked: &CheckedNote<'_>, statement: &Statement) -> String {
    let mut claim = statement.words.text().to_owned();
    let citations = statement.citations.iter().filter_map(|&at| checked.note.citations.get(at as usize));
    for citation in citations.filter(|citation| is_wiki_link_set_off(checked, statement, citation)) {
        let name = statement.words.span_to_plain(citation.span).range();
        claim.replace_range(name.clone(), &" ".repeat(name.len()));
    }
    claim
}

fn place_in_source(resolution: &Resolution) -> Option<(FileId, Option<Span>)> {
    match resolution {
        Resolution::Source { file, span } => Some((*file, *span)),
        _ => None,
    }
}

/// Whether a sentence reports what somebody says, thinks or asks, the writer included, or invites the reader to do
/// something, rather than asserting it.
pub(crate) fn reports_a_view(statement: &Statement, language: Language) -> bool {
    let text = statement.words.text();
    let has = |class| words(text).any(|word| language.is(&word.folded, class));
    let invites = || words(text).next().is_some_and(|word| language.is(&word.folded, Class::Invitation));
    has(Class::ReportingVerb) || has(Class::Assumption) || has(Class::FirstPerson) || invites()
}
