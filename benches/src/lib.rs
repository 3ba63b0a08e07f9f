//! How fast and how right a quotation is found, measured.

pub mod answers;
pub mod chain;
pub mod corpus_maker;
pub mod engine;
pub mod grams;
pub mod memory;
pub mod originals;
pub mod probes;
pub mod statistics;
