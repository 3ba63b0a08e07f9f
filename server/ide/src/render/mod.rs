//! Markdown about one thing, shown by hover and in the documentation of completions.

pub(crate) mod passage;
pub(crate) mod term;
pub(crate) mod work;
