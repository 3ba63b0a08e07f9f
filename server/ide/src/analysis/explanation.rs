//! What was read in a sentence of a note, and what decided whether it is reported.

use ibid_evidence::Verdict;
use ibid_note::Setting;
use ibid_text::Span;

use super::{claim_state::ClaimState, finding::Finding, place::Place, support::Basis};

/// Why a sentence or quotation is reported, or is not. Words of files are as they stand there, not escaped.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The sentence or quotation, in the note.
    pub span: Span,
    /// What is reported about it.
    pub findings: Vec<Finding>,
    /// What was read in it that asks for a source: the kind and the words.
    pub signs: Vec<(&'static str, String)>,
    /// Figures and names that its source must have too, and that are in no sign: the kind and the words.
    pub readings: Vec<(&'static str, String)>,
    /// The words in it that lower its certainty.
    pub hedges: Vec<String>,
    /// The citations in it, as written.
    pub citations: Vec<(String, Lead)>,
    /// The quotations in it: the words, the verdict, and where they were found.
    pub quotations: Vec<(String, Verdict, Option<Place>)>,
    /// The sentence of a source that it was compared with.
    pub compared: Option<ComparedSentence>,
    /// What decided.
    pub decision: Decision,
}

/// Where a citation leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lead {
    /// To a source.
    Source(Place),
    /// To a work whose text is not held.
    NotHeld,
    /// To a note that is no source.
    Note(Place),
    /// To several sources.
    Several,
    /// Nowhere.
    Nowhere,
}

/// A sentence of a source, and what a claim has that it has not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComparedSentence {
    /// Where it stands.
    pub place: Place,
    /// Its words.
    pub words: String,
    /// The words of the claim and those of the source that differ.
    pub differences: Vec<(String, String)>,
    /// What the claim demands and the sentence does not have, in words: figures, names.
    pub unmet: Vec<&'static str>,
}

/// What decided whether a sentence is reported. The first that holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// A rule found a fault.
    Reported,
    /// The person accepted the finding, or a comment switches it off.
    Ignored,
    /// The note or the workspace is not checked.
    NotChecked,
    /// It stands where no claims are read.
    NoClaimIn(Setting),
    /// It is still being written.
    Unfinished,
    /// It is a quotation, which is compared word for word.
    Quotation,
    /// It was compared with the source that it cites.
    Compared(ClaimState),
    /// It has a basis that it was not compared with.
    Based(Basis),
    /// It has too few signs that it needs a source.
    FewSigns,
    /// It has signs, but the text around it or its form makes it the writer's own.
    Own,
}
