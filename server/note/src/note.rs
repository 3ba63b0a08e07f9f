use std::collections::HashMap;

use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::{
    Citation, Entry, Footnote, FrontMatter, Heading, Quotation, Statement, Suppressions, Target, front_matter,
    glossary, heading, marks, page, path,
    pointers::{self, Footnotes, Leads, Running},
    quotation::{self, Reading},
    sentence, statement, suppression,
};

/// A note, read.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Note {
    /// The YAML block at the head, if any.
    pub front_matter: Option<FrontMatter>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Candidates for quotations (design: "What counts as a quotation"), in order; a nested one follows its host.
    pub quotations: Vec<Quotation>,
    /// Pointers to sources, and links that may turn out to be such, in order. A link inside a footnote's definition
    /// stands here twice: for itself, and once for each mark of the footnote ([`Citation::footnote`]).
    pub citations: Vec<Citation>,
    /// Footnote definitions.
    pub footnotes: Vec<Footnote>,
    /// Sentences of prose, in order. None stands in code, front matter, comments, blockquotes or headings.
    pub statements: Vec<Statement>,
    /// The note's own glossary: `**X**: …`, definition lists.
    pub glossary: Vec<Entry>,
    /// Where findings are switched off by comment.
    pub suppressions: Suppressions,
    /// Stretches of readable prose (headings, quotations and list items included; code, comments, link targets and
    /// front matter excluded): where a term may be hovered. Ascending, disjoint.
    pub prose: Vec<Span>,
}

/// Reads a note; never fails. Text that is no Markdown is one paragraph.
pub fn parse(text: &str) -> Note {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front_matter = front_matter::read(text, start as u32);
    let start = front_matter.as_ref().map_or(start, |front| front.span.end as usize);
    let mut page = page::read(text, start);

    let mut footnotes = Footnotes::new(std::mem::take(&mut page.footnotes));
    let mut runs: Vec<Running> = Vec::with_capacity(page.blocks.len());
    for (number, block) in page.blocks.iter().enumerate() {
        runs.extend(pointers::read(text, number, block, &mut footnotes));
    }
    for run in runs.iter_mut().filter(|run| run.footnote.is_some()) {
        path::find(run);
    }
    let (citations, footnotes) = number_citations(&mut runs, footnotes);
    let readings: Vec<Reading> = runs
        .into_iter()
        .map(|run| {
            let pairs = marks::pairs(run.said.text(), &run.opaque);
            let sentences = sentence::split(&run, &pairs);
            Reading { run, pairs, sentences }
        })
        .collect();

    let title = |block: usize| {
        let at = readings.partition_point(|reading| reading.run.block < block);
        readings.get(at).map_or_else(String::new, |reading| reading.run.said.text().to_owned())
    };
    let headings = heading::sections(&page.headings, title, text.len() as u32);
    let quotations = quotation::gather(&readings, &page.quotes, &citations);
    let statements = statement::gather(&readings, &page.quotes, &quotations, &headings);
    let glossary = glossary::gather(&readings, &headings);
    page.comments.sort_unstable();
    let suppressions = suppression::read(text, &page.comments);
    Note {
        front_matter,
        headings,
        quotations,
        citations,
        footnotes,
        statements,
        glossary,
        suppressions,
        prose: page.prose,
    }
}

/// Numbers the citations of all blocks in the order of the note, and tells each block its own.
///
/// A footnote's mark becomes a citation of whatever its definition points at.
fn number_citations(runs: &mut [Running], footnotes: Footnotes) -> (Vec<Citation>, Vec<Footnote>) {
    /// A definition that points at more is a bibliography, and its mark stands for the first ones.
    const TARGETS: usize = 32;
    let mut footnotes: Vec<Footnote> =
        footnotes.known.into_iter().map(|(label, span)| Footnote { label, span, marks: Vec::new() }).collect();
    let mut targets: HashMap<u32, Vec<(Span, Target, Option<String>)>> = HashMap::new();
    for run in runs.iter() {
        let Some(footnote) = run.footnote else { continue };
        let own = targets.entry(footnote).or_default();
        for pointer in &run.pointers {
            if let Leads::To(target) = &pointer.leads
                && own.len() < TARGETS
            {
                own.push((pointer.target_span, target.clone(), pointer.locator.clone()));
            }
        }
    }
    let mut numbered: Vec<(usize, u32, Citation)> = Vec::new();
    for (number, run) in runs.iter().enumerate() {
        for pointer in &run.pointers {
            let citation = |target_span, target, locator, footnote| Citation {
                span: pointer.span,
                target_span,
                target,
                footnote,
                locator,
                bare: pointer.bare,
            };
            match &pointer.leads {
                Leads::To(target) => {
                    let only = citation(pointer.target_span, target.clone(), pointer.locator.clone(), None);
                    numbered.push((number, pointer.anchor, only));
                }
                Leads::Footnote(footnote) => {
                    let definition = &mut footnotes[*footnote as usize];
                    definition.marks.push(pointer.span);
                    let own = targets.get(footnote).map(Vec::as_slice).unwrap_or_default();
                    if own.is_empty() {
                        let words = citation(definition.span, Target::Words, None, Some(*footnote));
                        numbered.push((number, pointer.anchor, words));
                    }
                    numbered.extend(own.iter().map(|(span, target, locator)| {
                        let through = citation(*span, target.clone(), locator.clone(), Some(*footnote));
                        (number, pointer.anchor, through)
                    }));
                }
            }
        }
    }
    numbered.sort_by_key(|(_, _, citation)| (citation.span.start, citation.span.end, citation.target_span.start));
    let mut citations = Vec::with_capacity(numbered.len());
    for (index, (run, anchor, citation)) in numbered.into_iter().enumerate() {
        runs[run].citations.push((index as u32, citation.span, anchor));
        citations.push(citation);
    }
    (citations, footnotes)
}
