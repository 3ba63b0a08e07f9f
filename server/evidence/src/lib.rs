//! Pure judgments over plain text: no file, no index, no note.
//!
//! - [`quotation`]: given a quotation and a stretch of source, is it the same, and what was changed?
//! - [`sentence`]: per sentence, is it a checkable claim, how sure does it sound, does it define a term?
//! - [`mod@verify`]: given a claim and a passage, does the claim say more, other, or something else?
//!
//! Scores are calibrated probabilities, 0..1, decided at 0.5.

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
pub use verify::{Mismatch, MismatchKind, Strength, Support, Verification, is_everyday, verify};
