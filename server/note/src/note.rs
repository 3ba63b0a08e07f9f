use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::{Citation, Entry, Footnote, Heading, Quotation, Statement, Suppressions};

/// A note, read.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Note {
    /// The YAML block at the head, if any.
    pub front_matter: Option<FrontMatter>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Candidates for quotations (design: "What counts as a quotation"), in order; a nested one follows its host.
    pub quotations: Vec<Quotation>,
    /// Pointers to sources, and links that may turn out to be such, in order.
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

/// What a note's front matter says that bears on its evidence.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The block with its `---` lines.
    pub span: Span,
    /// `title`.
    pub title: Option<String>,
    /// Values of `source`, `url`, `citekey` and `doi`: the one work a literature note is about.
    pub works: Vec<String>,
    /// `aliases`.
    pub aliases: Vec<String>,
    /// `ibid: off` switches the note off.
    pub off: bool,
}

/// Reads a note; never fails. Text that is no Markdown is one paragraph.
pub fn parse(_text: &str) -> Note {
    Note::default()
}
