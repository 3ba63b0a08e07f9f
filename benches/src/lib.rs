//! Measures how fast and how correctly quotations are found.

pub mod accuracy;
pub mod answers;
pub mod chain;
pub mod changes;
pub mod corpus_maker;
pub mod disk;
pub mod engine;
pub mod grams;
pub mod latency;
pub mod machine;
pub mod memory;
pub mod originals;
pub mod picture;
pub mod probes;
pub mod rivals;
pub mod scale;
pub mod stages;
pub mod statistics;
pub mod steps;
pub mod table;
