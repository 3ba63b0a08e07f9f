//! What stands under a statement of a note: citations, quotations, the work the note is about.

use std::sync::Arc;

use ibid_corpus::{FileId, RelatedPassage, Resolution, Snapshot};
use ibid_evidence::{
    Support, Verdict, Verification,
    lexicon::{Class, classes},
    verify,
};
use ibid_note::{Note, Setting, Statement};
use ibid_text::{Span, words};

use crate::{Place, bearing::is_wiki_link_set_off, diagnostics::Context, memo::Recall, place};

/// How a statement is supported. design: "What makes a statement supported".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// By a citation in it, or at the end of its paragraph or list item.
    Cited,
    /// By a quotation in it or directly below, found in a source.
    Quoted,
    /// By the one work that the note, or its section, is about.
    AboutAWork,
    /// By a citation or quotation elsewhere in its paragraph.
    Near,
    /// By nothing.
    Bare,
}

/// How a statement of the note is supported.
pub(crate) fn standing(context: &Context<'_>, statement: &Statement) -> Standing {
    let block = || context.note.statements.iter().filter(|other| other.block == statement.block);
    let cites = |other: &Statement| other.citations.iter().any(|&at| cites(context, at));
    let quotes = |other: &Statement| other.quotations.iter().any(|&at| is_found(context, at));
    if cites(statement) || block().any(|other| other.ends_block && cites(other)) {
        Standing::Cited
    } else if quotes(statement) {
        Standing::Quoted
    } else if is_about_a_work(context, statement) {
        Standing::AboutAWork
    } else if block().any(|other| cites(other) || quotes(other)) {
        Standing::Near
    } else {
        Standing::Bare
    }
}

/// Whether the citation points, or means to point, at a source. A dead one is reported as such.
fn cites(context: &Context<'_>, citation: u32) -> bool {
    let resolution = context.resolution(citation);
    resolution.is_some_and(|resolution| !matches!(resolution, Resolution::NoCitation | Resolution::Note { .. }))
}

fn is_found(context: &Context<'_>, quotation: u32) -> bool {
    let judged = context.judged(quotation);
    judged.is_some_and(|judged| !matches!(judged.verdict, Verdict::NotFound | Verdict::Unchecked))
}

/// A literature note stands on its work; a section whose heading is or links a work stands on that; so does a note whose
/// first heading links one.
fn is_about_a_work(context: &Context<'_>, statement: &Statement) -> bool {
    let Note { front_matter, headings, citations, .. } = &*context.note;
    let literature = front_matter.as_ref().is_some_and(|head| !head.works.is_empty());
    let links =
        |span: Span| (0..citations.len()).any(|at| span.covers(citations[at].span) && cites(context, at as u32));
    let above = headings.iter().filter(|heading| heading.section.covers(statement.span));
    literature || above.clone().any(|heading| links(heading.span) || names_a_source(context, &heading.text))
}

/// Whether a heading is the title of a source.
fn names_a_source(context: &Context<'_>, heading: &str) -> bool {
    heading.split_whitespace().count() > 1 && context.snapshot.has_source_titled(heading.trim())
}

/// Whether a statement may be judged as a claim at all: finished prose in a paragraph or list.
pub(crate) fn may_claim(statement: &Statement) -> bool {
    statement.finished && matches!(statement.setting, Setting::Paragraph | Setting::ListItem)
}

/// So many passages are told that speak to a sentence.
const TOLD: usize = 3;

/// Below this a passage does not speak to a sentence enough to be shown or cited.
const SPEAKS: f32 = 0.4;

/// The passages of all sources that speak to a sentence, best first.
pub(crate) fn speaking_to(snapshot: &Snapshot, recall: Recall<'_>, sentence: &str) -> Arc<[RelatedPassage]> {
    recall.or_else(|kept| &mut kept.speaking, sentence, || snapshot.related_passages(sentence, TOLD, SPEAKS).into())
}

/// A statement beside the passage of a cited source that is nearest to it.
#[derive(Clone)]
pub(crate) struct Weighed {
    /// The source.
    pub(crate) file: FileId,
    /// The passage, in the source's readable text.
    pub(crate) passage: Span,
    /// What the comparison says; spans of the claim are into the statement's words, of the evidence into the passage.
    pub(crate) verification: Verification,
    /// Whether another passage of the cited sources bears the claim.
    pub(crate) borne_elsewhere: bool,
}

impl Weighed {
    /// Where a span of the passage stands in the source's own text.
    pub(crate) fn place(&self, context: &Context<'_>, in_passage: Span) -> Option<Place> {
        Place::in_source(context.snapshot, self.file, in_passage.shift(self.passage.start))
    }

    /// The sentence of the source that the claim was compared with.
    pub(crate) fn sentence(&self, context: &Context<'_>) -> Option<Place> {
        self.place(context, self.verification.nearest.unwrap_or(Span::new(0, self.passage.len())))
    }

    /// The words of the source under a span of the passage.
    pub(crate) fn words(&self, context: &Context<'_>, in_passage: Span) -> Option<String> {
        let page = context.snapshot.file(self.file)?.page()?;
        page.readable().get(in_passage.shift(self.passage.start).range()).map(str::to_owned)
    }

    /// The first words of the nearest sentence from `start` on, a byte of the passage.
    pub(crate) fn words_from(&self, context: &Context<'_>, start: u32) -> Option<String> {
        const SHOWN: usize = 9;
        let end = self.verification.nearest?.end;
        let rest = self.words(context, Span::new(start.min(end), end))?;
        let rest: Vec<&str> = rest.split_whitespace().collect();
        let more = if rest.len() > SHOWN { " …" } else { "" };
        Some(format!("{}{more}", rest[..rest.len().min(SHOWN)].join(" ")))
    }
}

/// How many sentences of a source cited as a whole are looked at.
const LOOKED_AT: usize = 6;

/// How much less of a claim another passage may say and still bear it as well as the nearest.
const AS_NEAR: f32 = 0.1;

/// A claim with the places that it cites.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Citing {
    claim: String,
    /// Files, with the place in the file's own text where one is cited.
    cited: Vec<(FileId, Option<Span>)>,
}

/// Weighs a statement against what it cites. `None` where that cannot be told honestly: nothing cited, something cited
/// that is not held or of which only highlights are, or a sentence that tells its source's words.
pub(crate) fn weigh(context: &Context<'_>, statement: &Statement) -> Option<Arc<Weighed>> {
    let resolutions = statement.citations.iter().filter_map(|&at| context.resolution(at));
    let cited: Option<Vec<_>> = resolutions.map(place_in_source).collect();
    let cited = cited.filter(|cited| !cited.is_empty() && statement.quotations.is_empty() && may_claim(statement))?;
    let citing = Citing { claim: claimed(context, statement), cited };
    let snapshot = context.snapshot;
    context.recall().or_else(|kept| &mut kept.weighed, &citing, || compare(snapshot, &citing).map(Arc::new))
}

/// The words of a statement with blanks for the names that wiki-links set off give their sources: they are not what is claimed.
fn claimed(context: &Context<'_>, statement: &Statement) -> String {
    let mut claim = statement.words.text().to_owned();
    let citations = statement.citations.iter().filter_map(|&at| context.note.citations.get(at as usize));
    for citation in citations.filter(|citation| is_wiki_link_set_off(context, statement, citation)) {
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

fn compare(snapshot: &Snapshot, citing: &Citing) -> Option<Weighed> {
    let claim = &citing.claim;
    let mut weighed = Vec::new();
    for &(file, span) in &citing.cited {
        if span.is_none() && snapshot.file(file).is_some_and(|file| !file.is_whole()) {
            return None;
        }
        for passage in passages(snapshot, file, span, claim)? {
            let page = snapshot.file(file)?.page()?;
            let verification = verify(claim, page.readable().get(passage.range())?);
            weighed.push(Weighed { file, passage, verification, borne_elsewhere: false });
        }
    }
    let nearest = weighed.iter().map(|weighed| weighed.verification.coverage).fold(0.0, f32::max);
    let bears = |weighed: &&Weighed| {
        weighed.verification.verdict == Support::Supported && weighed.verification.coverage + AS_NEAR >= nearest
    };
    let borne = weighed.iter().filter(bears).count();
    let mut best = weighed.into_iter().max_by(|a, b| a.verification.coverage.total_cmp(&b.verification.coverage))?;
    best.borne_elsewhere = borne > usize::from(best.verification.verdict == Support::Supported);
    Some(best)
}

/// The passages of a source that a citation means, or those that speak to the claim when it means the whole.
fn passages(snapshot: &Snapshot, file: FileId, cited: Option<Span>, claim: &str) -> Option<Vec<Span>> {
    let page = snapshot.file(file)?.page()?;
    let source = page.source()?;
    let Some(cited) = cited else {
        let speaking = snapshot.related_passages_in(file, claim, LOOKED_AT);
        let mut passages: Vec<Span> = speaking.iter().map(|speaking| passage_of(source, speaking)).collect();
        passages.sort_unstable();
        passages.dedup();
        // Nothing speaks to the claim: the head of the source stands for all of it.
        let head = source.passages.first().filter(|_| passages.is_empty()).map(|passage| passage.span);
        passages.extend(head);
        return Some(passages);
    };
    let meant = |passage: &&ibid_source::Passage| source.content.to_original(passage.span).overlaps(cited);
    Some(source.passages.iter().filter(meant).map(|passage| passage.span).collect())
}

fn passage_of(source: &ibid_source::Source, speaking: &RelatedPassage) -> Span {
    place::passage_at(source, speaking.span.start).map_or(speaking.span, |passage| passage.span.cover(speaking.span))
}

/// Whether a sentence tells what somebody says, thinks or asks, the writer included, or invites the reader, rather than
/// asserting it.
pub(crate) fn tells_its_source(statement: &Statement) -> bool {
    let said = statement.words.text();
    let tells = |class| words(said).any(|word| classes(&word.folded).has(class));
    let invites = || words(said).next().is_some_and(|word| matches!(&*word.folded, "let's" | "let"));
    tells(Class::Report) || tells(Class::Assume) || tells(Class::First) || invites()
}
