use std::collections::HashMap;

use ibid_language::Language;
use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::{
    Citation, Entry, Footnote, FrontMatter, Heading, Quotation, Statement, Suppressions, Target, comment, front_matter,
    glossary, heading, label, markdown, marks, path,
    pointers::{self, Footnotes, PointsTo, Run},
    property,
    quotation::{self, ParsedBlock},
    sentence, statement, suppression,
};

/// A parsed note.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Note {
    /// The YAML block at the head, if any.
    pub front_matter: Option<FrontMatter>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Candidates for quotations, in order; a nested one follows its host.
    pub quotations: Vec<Quotation>,
    /// Pointers to sources, and links that may be pointers to sources, in order; those in the front matter too. A link inside a footnote definition is
    /// here once for itself, and once for each mark of the footnote ([`Citation::footnote`]).
    pub citations: Vec<Citation>,
    /// Footnote definitions.
    pub footnotes: Vec<Footnote>,
    /// Sentences of prose, in order; none from code, front matter, comments, blockquotes or headings.
    pub statements: Vec<Statement>,
    /// Images and other attachments that the note shows, in order.
    pub images: Vec<Image>,
    /// Labels that the note defines for its own parts (`label.rs`), sorted. A key that is one of them is a
    /// cross-reference and no citation.
    pub labels: Vec<String>,
    /// The note's own glossary: `**X**: …`, definition lists.
    pub glossary: Vec<Entry>,
    /// The comments that switch findings off.
    pub suppressions: Suppressions,
    /// Spans of readable text, ascending and disjoint: headings, quotations and list items included; code, comments, link
    /// targets and front matter excluded.
    pub prose: Vec<Span>,
}

/// An image, or another attachment that is shown in place: `![words](path)`, `![[file.png]]`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Image {
    /// All of it.
    pub span: Span,
    /// The path alone, as written.
    pub target_span: Span,
    /// Where it is.
    pub target: Target,
}

impl Note {
    /// Whether a citation is a link in the front matter. It belongs to the note and to none of its sentences.
    pub fn is_property(&self, citation: &Citation) -> bool {
        self.front_matter.as_ref().is_some_and(|front| front.span.covers(citation.span))
    }
}

/// Parses a note that is written in `language`; never fails.
///
/// Without a pack for the language no rule of words runs: there are no reporting frames and no glossary. Quotations,
/// citations, links and headings are found in any language.
pub fn parse(text: &str, language: Language) -> Note {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front_matter = front_matter::read(text, start as u32);
    let start = front_matter.as_ref().map_or(start, |front| front.span.end as usize);
    let labels = label::find(text);
    let text = &*comment::blanked(text, start);
    let mut markdown = markdown::read(text, start);

    let mut footnotes = Footnotes::new(std::mem::take(&mut markdown.footnotes));
    let mut runs: Vec<Run> = Vec::with_capacity(markdown.blocks.len());
    for (number, block) in markdown.blocks.iter().enumerate() {
        runs.extend(pointers::read(text, number, block, language, &mut footnotes));
    }
    for run in &mut runs {
        run.pointers.retain(|pointer| !pointer.is_to_one_of(&labels));
    }
    for run in runs.iter_mut().filter(|run| run.footnote.is_some()) {
        path::find(run);
    }
    let properties = front_matter.as_ref().map_or_else(Vec::new, |front| property::links(text, front));
    let (citations, footnotes) = number_citations(&mut runs, footnotes, properties);
    let blocks: Vec<ParsedBlock> = runs
        .into_iter()
        .map(|run| {
            let pairs = marks::pairs(run.text.text(), &run.opaque);
            let sentences = sentence::split(&run, &pairs);
            ParsedBlock { run, pairs, sentences }
        })
        .collect();

    let title = |number: usize| {
        let at = blocks.partition_point(|block| block.run.number < number);
        blocks.get(at).map_or_else(String::new, |block| block.run.text.text().to_owned())
    };
    let headings = heading::sections(&markdown.headings, title, text.len() as u32);
    let quotations = quotation::gather(&blocks, &markdown.quotes, &citations);
    let statements = statement::gather(&blocks, &markdown.quotes, &quotations, &headings);
    let glossary = glossary::gather(&blocks, &headings);
    markdown.comments.sort_unstable();
    let suppressions = suppression::read(text, &markdown.comments);
    Note {
        front_matter,
        headings,
        quotations,
        citations,
        footnotes,
        statements,
        images: markdown.images,
        labels,
        glossary,
        suppressions,
        prose: markdown.prose,
    }
}

/// Numbers the citations of all runs in the order of the note, after the links of its `properties`, and adds to each run its own.
///
/// A footnote mark becomes a citation of everything that the definition of the footnote points at.
fn number_citations(
    runs: &mut [Run],
    footnotes: Footnotes,
    properties: Vec<Citation>,
) -> (Vec<Citation>, Vec<Footnote>) {
    /// A definition that points at more is a bibliography, and its mark cites the first ones.
    const TARGETS: usize = 32;
    let mut footnotes: Vec<Footnote> =
        footnotes.known.into_iter().map(|(label, span)| Footnote { label, span, marks: Vec::new() }).collect();
    let mut targets: HashMap<u32, Vec<(Span, Target, Option<String>)>> = HashMap::new();
    for run in runs.iter() {
        let Some(footnote) = run.footnote else { continue };
        let own = targets.entry(footnote).or_default();
        for pointer in &run.pointers {
            if let PointsTo::Target(target) = &pointer.points_to
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
            match &pointer.points_to {
                PointsTo::Target(target) => {
                    let only = citation(pointer.target_span, target.clone(), pointer.locator.clone(), None);
                    numbered.push((number, pointer.anchor, only));
                }
                PointsTo::Footnote(footnote) => {
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
    let mut citations = properties;
    for (run, anchor, citation) in numbered {
        runs[run].citations.push((citations.len() as u32, citation.span, anchor));
        citations.push(citation);
    }
    (citations, footnotes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_pack_no_rule_of_words_runs() {
        let text = "# Terms\n\nKwa writes “one two” and “three four” [@kwa].\n\n**Slack**: time to spare.\n\n> five six\n\n— Kwa\n";
        let (english, none) = (parse(text, Language::ENGLISH), parse(text, Language::NONE));
        let words = |note: &Note| -> Vec<String> {
            note.quotations.iter().map(|quotation| quotation.words.text().to_owned()).collect()
        };
        assert_eq!(words(&none), ["one two", "three four", "five six"]);
        assert_eq!(words(&none), words(&english));
        assert_eq!((&none.citations, &none.headings), (&english.citations, &english.headings));
        assert!(none.quotations[..2].iter().all(|quotation| quotation.attribution.names.is_empty()));
        assert!(!none.quotations[0].attribution.citations.is_empty());
        assert!(none.glossary.is_empty() && english.glossary.len() == 1);
    }

    #[test]
    fn nothing_is_read_in_a_comment() {
        let note = parse("One [[a]]. %%Two [[b]] “c d e”.%% Three.\n\n%%\n[[c]]\n%%\n", Language::ENGLISH);
        let sentences: Vec<&str> = note.statements.iter().map(|statement| statement.words.text()).collect();
        assert_eq!((note.citations.len(), note.quotations.len()), (1, 0));
        assert_eq!(sentences.join(" ").split_whitespace().collect::<Vec<_>>(), ["One", "a.", "Three."]);
    }

    #[test]
    fn a_label_of_the_note_is_no_citation() {
        let keys = |text: &str| parse(text, Language::ENGLISH).citations.len();
        assert_eq!(keys("# Gates {#sec-gates}\n\nSee [@sec-gates], @sec-gates and [-@sec-gates].\n"), 0);
        assert_eq!(keys("# Gates {#sec-gates}\n\nSee [@sec-gates; @doe99] and [@sec-locks].\n"), 2);
        assert_eq!(keys("$$ a $$ {#eq:sum}\n\nSee [@eq:sum] and @fig-plan.\n\n![A](a.png){#fig-plan}\n"), 0);
    }
}
