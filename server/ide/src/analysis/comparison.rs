//! A claim compared with the places that it cites.

use ibid_corpus::{FileId, RelatedPassage, Snapshot};
use ibid_evidence::{DemandKind, MismatchKind, Support, Verification, verify};
use ibid_source::{Passage, Source};
use ibid_text::{Span, words};

use super::place::{Place, passage_at};

/// How many sentences of a source are compared when it is cited as a whole.
const SENTENCES: usize = 6;

/// How much less coverage another passage may have and still support the claim as well as the nearest one, 0..1.
const AS_NEAR: f32 = 0.1;

/// Passages whose coverage differs by less are told apart by how probably they support the claim.
const TIE: f32 = 0.01;

/// The least probability of support at which a passage without a difference states what the claim does.
const BEARS: f32 = 0.5;

/// A claim with the places that it cites.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct CitedClaim {
    /// The words of the claim.
    pub(crate) claim: String,
    /// Cited sources, with the place in the file's own text where the citation names one.
    pub(crate) cited: Vec<(FileId, Option<Span>)>,
}

/// A claim compared with the nearest passage that it cites.
#[derive(Clone)]
pub(crate) struct Comparison {
    /// The source.
    pub(crate) file: FileId,
    /// The passage, in the source's readable text.
    pub(crate) passage: Span,
    /// The result; its spans point into the claim and into the passage.
    pub(crate) verification: Verification,
    /// Whether another passage of the cited sources supports the claim.
    pub(crate) supported_elsewhere: bool,
}

impl Comparison {
    /// How much the person should know of it: a difference before what was not found out.
    pub(crate) fn seriousness(&self) -> u8 {
        match self.verification.verdict {
            Support::Contradicted => 5,
            Support::Overstated => 4,
            Support::Unsupported => 3,
            Support::Unchecked => 2,
            Support::Understated => 1,
            Support::Supported => 0,
        }
    }

    /// Compares a claim with what it cites. `None` if a cited source cannot be read, or is only known by its highlights.
    pub(crate) fn of(snapshot: &Snapshot, cited_claim: &CitedClaim) -> Option<Self> {
        let CitedClaim { claim, cited } = cited_claim;
        let mut comparisons = Vec::new();
        for &(file, span) in cited {
            if span.is_none() && snapshot.file(file).is_some_and(|file| !file.is_whole()) {
                return None;
            }
            for passage in passages(snapshot, file, span, claim)? {
                let page = snapshot.file(file)?.page()?;
                let text = page.readable().get(passage.range())?;
                let verification = verify(claim, text, snapshot.language());
                let nearest = verification.nearest.map_or("", |nearest| nearest.of(text));
                if snapshot.file(file)?.is_note() && is_copy(claim, nearest) {
                    continue;
                }
                comparisons.push(Self { file, passage, verification, supported_elsewhere: false });
            }
        }
        nearest(&comparisons)
    }

    /// Whether the passage lacks a figure, ordinal or date of the claim. It does not bear the claim then, however much else it
    /// has.
    fn lacks_figure(&self) -> bool {
        let is_figure = |kind| matches!(kind, DemandKind::Figure | DemandKind::Ordinal | DemandKind::Date);
        self.verification.unmet.iter().any(|demand| is_figure(demand.kind))
    }

    /// Whether the passage has another number of the same thing.
    fn has_another_number(&self) -> bool {
        let is_number = |kind| matches!(kind, MismatchKind::Number | MismatchKind::Date);
        self.verification.mismatches.iter().any(|mismatch| is_number(mismatch.kind))
    }

    /// A span of the passage as a place in the source's own text.
    pub(crate) fn place(&self, snapshot: &Snapshot, in_passage: Span) -> Option<Place> {
        Place::in_source(snapshot, self.file, in_passage.shift(self.passage.start))
    }

    /// The sentence of the source that the claim was compared with.
    pub(crate) fn sentence(&self, snapshot: &Snapshot) -> Option<Place> {
        self.place(snapshot, self.verification.nearest.unwrap_or(Span::new(0, self.passage.len())))
    }

    /// The words of the source under a span of the passage.
    pub(crate) fn words(&self, snapshot: &Snapshot, in_passage: Span) -> Option<String> {
        let page = snapshot.file(self.file)?.page()?;
        page.readable().get(in_passage.shift(self.passage.start).range()).map(str::to_owned)
    }

    /// The first words of the nearest sentence from `start` on, a byte offset into the passage.
    pub(crate) fn words_from(&self, snapshot: &Snapshot, start: u32) -> Option<String> {
        const SHOWN: usize = 9;
        let end = self.verification.nearest?.end;
        let rest = self.words(snapshot, Span::new(start.min(end), end))?;
        let rest: Vec<&str> = rest.split_whitespace().collect();
        let more = if rest.len() > SHOWN { " …" } else { "" };
        Some(format!("{}{more}", rest[..rest.len().min(SHOWN)].join(" ")))
    }
}

/// Whether a text of another note is the claim itself, copied word for word. A claim is no evidence of itself.
pub(crate) fn is_copy(claim: &str, text: &str) -> bool {
    let folded = |text| words(text).map(|word| word.folded).collect::<Vec<_>>();
    folded(claim) == folded(text)
}

/// The comparison with the most coverage, with whether one of the others supports the claim as well.
fn nearest(comparisons: &[Comparison]) -> Option<Comparison> {
    let coverage = |comparison: &Comparison| comparison.verification.coverage;
    let most = comparisons.iter().map(coverage).fold(0.0, f32::max);
    let bears = |comparison: &Comparison| {
        let Verification { support, mismatches, .. } = &comparison.verification;
        *support >= BEARS && mismatches.is_empty() && !comparison.lacks_figure()
    };
    let supports = |comparison: &&Comparison| bears(comparison) && coverage(comparison) + AS_NEAR >= most;
    let supporting = comparisons.iter().filter(supports).count();
    let by_support = |a: &Comparison, b: &Comparison| a.verification.support.total_cmp(&b.verification.support);
    let as_near = |a: &Comparison, b: &Comparison| (coverage(a) - coverage(b)).abs() < TIE;
    let by_nearness = |a: &&Comparison, b: &&Comparison| {
        if as_near(a, b) { by_support(a, b) } else { coverage(a).total_cmp(&coverage(b)) }
    };
    let most_alike = comparisons.iter().max_by(by_nearness)?;
    // If the nearest passage has no number of the claim, one that is about as near and has another number tells more.
    let telling = comparisons.iter().filter(|other| other.has_another_number() && coverage(other) + AS_NEAR >= most);
    let telling = telling.max_by(by_nearness).filter(|_| most_alike.lacks_figure());
    let mut best = telling.unwrap_or(most_alike).clone();
    best.supported_elsewhere = supporting > usize::from(bears(&best));
    Some(best)
}

/// The passages of a source that a citation points at, or those related to the claim when it cites the whole source.
fn passages(snapshot: &Snapshot, file: FileId, cited: Option<Span>, claim: &str) -> Option<Vec<Span>> {
    let page = snapshot.file(file)?.page()?;
    let source = page.source()?;
    let Some(cited) = cited else {
        let related = snapshot.related_passages_in(file, claim, SENTENCES);
        let is_heading = |span: &Span| passage_at(source, span.start).is_some_and(Passage::is_heading);
        let mut passages: Vec<Span> = related.iter().map(|related| passage_of(source, related)).collect();
        // A title names its text, and may be a question; it is no evidence.
        passages.retain(|span| !is_heading(span));
        passages.sort_unstable();
        passages.dedup();
        // Without a related passage, the first passage represents the whole source.
        let first = source
            .passages
            .iter()
            .find(|passage| !passage.is_heading())
            .filter(|_| passages.is_empty())
            .map(|passage| passage.span);
        passages.extend(first);
        return Some(passages);
    };
    let is_cited = |passage: &&Passage| source.content.to_original(passage.span).overlaps(cited);
    Some(
        source
            .passages
            .iter()
            .filter(is_cited)
            .filter(|passage| !passage.is_heading())
            .map(|passage| passage.span)
            .collect(),
    )
}

fn passage_of(source: &Source, related: &RelatedPassage) -> Span {
    passage_at(source, related.span.start).map_or(related.span, |passage| passage.span.cover(related.span))
}
