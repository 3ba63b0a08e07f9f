//! What supports a statement of a note: citations, quotations, the work that the note is about.

use std::sync::Arc;

use ibid_corpus::{FileId, RelatedPassage, Resolution};
use ibid_evidence::Verdict;
use ibid_language::{Class, Language};
use ibid_note::{Setting, Statement, Target};
use ibid_text::{Span, words};

use super::{
    checked_note::CheckedNote,
    comparison::{CitedClaim, Comparison, is_copy},
    link_role::is_wiki_link_set_off,
    provenance::{cites, has_printed_reference, is_about_a_work, is_under_a_link},
};

/// What a statement is based on: the first of these that holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// A citation in it, at the end of its paragraph or list item, or in the item above it; or a printed reference.
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
        let is_referred = || has_printed_reference(checked, statement) || is_under_a_link(checked, statement);
        if cites(statement) || block().any(|other| other.ends_block && cites(other)) || is_referred() {
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

fn is_found(checked: &CheckedNote<'_>, quotation: u32) -> bool {
    let judged = checked.judged(quotation);
    judged.is_some_and(|judged| !matches!(judged.verdict, Verdict::NotFound | Verdict::Unchecked))
}

/// Whether a statement can be a claim: finished prose in a paragraph or list.
pub(crate) fn may_claim(statement: &Statement) -> bool {
    statement.finished && matches!(statement.setting, Setting::Paragraph | Setting::ListItem)
}

/// Whether the statement quotes a source word for word.
pub(crate) fn has_verified_quotation(checked: &CheckedNote<'_>, statement: &Statement) -> bool {
    let mut judged = statement.quotations.iter().filter_map(|&at| checked.judged(at));
    judged.any(|judged| judged.is_verified())
}

/// How many related passages are shown for a sentence.
const MOST_RELATED: usize = 3;

/// The lowest score of a related passage that is shown or cited, 0..1.
const LEAST_RELATED: f32 = 0.4;

/// The passages of all sources that are related to a sentence of the note, best first. The note itself is none, nor is a
/// copy of the sentence in another note.
pub(crate) fn related_passages(checked: &CheckedNote<'_>, sentence: &str) -> Arc<[RelatedPassage]> {
    let search = || {
        let related = checked.snapshot.related_passages(sentence, MOST_RELATED, LEAST_RELATED);
        related.into_iter().filter(|passage| !repeats(checked, passage, sentence)).collect()
    };
    checked.memo.get_or(|kept| &mut kept.related, sentence, search)
}

/// Whether a passage is of the note itself, or of another note that has the sentence word for word.
fn repeats(checked: &CheckedNote<'_>, passage: &RelatedPassage, sentence: &str) -> bool {
    passage.file == checked.file.id
        || checked.snapshot.file(passage.file).is_some_and(|file| {
            let page = if file.is_note() { file.page() } else { None };
            page.is_some_and(|page| is_copy(sentence, page.readable().get(passage.span.range()).unwrap_or_default()))
        })
}

/// Compares a statement with what it cites; of several clauses that cite something each, the one that differs most. `None`
/// if nothing is cited, if the text of something cited is not held, or if the statement quotes.
pub(crate) fn comparison(checked: &CheckedNote<'_>, statement: &Statement) -> Option<Arc<Comparison>> {
    if !statement.quotations.is_empty() || !may_claim(statement) {
        return None;
    }
    let mut most: Option<Arc<Comparison>> = None;
    for clause in clauses(checked, statement) {
        let key = cited_claim(checked, statement, &clause)?;
        let compare = || Comparison::of(checked.snapshot, &key).map(Arc::new);
        let compared = checked.memo.get_or(|kept| &mut kept.comparisons, &key, compare)?;
        if most.as_ref().is_none_or(|most| compared.seriousness() > most.seriousness()) {
            most = Some(compared);
        }
    }
    most
}

/// A part of a statement with the citations that stand in it.
struct Clause {
    /// The part, in the note.
    span: Span,
    /// By index into [`ibid_note::Note::citations`].
    citations: Vec<u32>,
}

/// The fewest words of a clause with a citation of its own.
const CLAUSE_WORDS: usize = 4;

/// The parts of a statement that end with a citation: `A holds [@a], and B holds [@b]`. One part if it cannot be divided.
fn clauses(checked: &CheckedNote<'_>, statement: &Statement) -> Vec<Clause> {
    let text = checked.page.text();
    let mut clauses: Vec<Clause> = Vec::new();
    let mut start = statement.span.start;
    let citation = |at: u32| checked.note.citations.get(at as usize);
    let mut cited: Vec<u32> = statement.citations.clone();
    cited.sort_by_key(|&at| citation(at).map(|citation| citation.span));
    for at in cited {
        let Some(citation) = citation(at) else { continue };
        let divides = matches!(citation.target, Target::Key(_)) || citation.footnote.is_some();
        let part = Span::new(start, citation.span.end.max(start));
        let count = |start: u32, end: u32| words(text.get(start as usize..end as usize).unwrap_or_default()).count();
        let is_short = |last: &Clause| count(last.span.start, last.span.end) < 2 * CLAUSE_WORDS;
        match clauses.last_mut() {
            Some(last) if !divides || count(start, citation.span.start) < CLAUSE_WORDS || is_short(last) => {
                last.citations.push(at);
                last.span = last.span.cover(part);
            }
            _ => clauses.push(Clause { span: part, citations: vec![at] }),
        }
        start = start.max(citation.span.end);
    }
    // What follows the last citation belongs to its clause.
    if let Some(last) = clauses.last_mut() {
        last.span = last.span.cover(Span::new(last.span.start, statement.span.end.max(last.span.start)));
    }
    clauses
}

/// The words of a clause with the places that it cites; `None` if not all of them are held.
fn cited_claim(checked: &CheckedNote<'_>, statement: &Statement, clause: &Clause) -> Option<CitedClaim> {
    let resolutions = clause.citations.iter().filter_map(|&at| checked.resolution(at));
    let is_itself = |found: &&Resolution| matches!(found, Resolution::Source { file, .. } if *file == checked.file.id);
    let cited: Option<Vec<_>> = resolutions.filter(|found| !is_itself(found)).map(place_in_source).collect();
    let cited = cited.filter(|cited| !cited.is_empty())?;
    Some(CitedClaim { claim: claimed(checked, statement, clause), cited })
}

/// The words of a statement, with blanks in place of its other clauses and of wiki-links outside the sentence: a source's
/// name is not part of the claim.
fn claimed(checked: &CheckedNote<'_>, statement: &Statement, clause: &Clause) -> String {
    let mut claim = statement.words.text().to_owned();
    let own = statement.words.span_to_plain(clause.span).range();
    for other in [0..own.start, own.end..claim.len()] {
        let blank: String = claim[other.clone()].chars().map(|c| " ".repeat(c.len_utf8())).collect();
        claim.replace_range(other, &blank);
    }
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
