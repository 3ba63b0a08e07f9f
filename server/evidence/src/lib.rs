//! Judgments about plain text, as pure functions: no files, no index, no notes.
//!
//! - [`quotation`]: does a quotation match a passage of its source, and what was changed?
//! - [`sentence`]: is a sentence a checkable claim, how certain does it sound, does it define a term?
//! - [`mod@verify`]: does a passage support a claim, and where do they differ?
//!
//! Scores are calibrated probabilities, 0..1. The threshold of a decision is 0.5.

pub mod model;
pub mod quotation;
pub mod sentence;
pub mod tokens;
pub mod verify;

pub use quotation::{Change, Edit, EditKind, Verdict};
pub use sentence::{
    Annotation, CheckWorthiness, Definition, SenseKind, Sign, annotate, annotate_sentence, check_worthiness,
    definitions, definitions_in, names_a_concept,
};
pub use verify::{
    Demand, DemandKind, Mismatch, MismatchKind, Reading, Strength, Support, Verification, is_everyday, readings, verify,
};
