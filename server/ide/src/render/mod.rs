//! Text about one thing: Markdown for hover and the documentation of completions, and the lines of an explanation.

pub(crate) mod explanation;
pub(crate) mod passage;
pub(crate) mod term;
pub(crate) mod work;
