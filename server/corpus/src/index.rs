//! The positional index over the words of all sources.
