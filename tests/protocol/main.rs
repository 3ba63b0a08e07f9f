//! The language server over stdio.

mod encodings;
mod lifecycle;
