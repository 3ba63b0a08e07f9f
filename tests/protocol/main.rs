//! The language server over stdio.

mod actions;
mod addresses;
mod bad_input;
mod cancellation;
mod clippings;
mod completion;
mod diagnostics;
mod disk;
mod edits;
mod encodings;
mod example;
mod features;
mod folders;
mod hostile;
mod library;
mod lifecycle;
mod namesakes;
mod papers;
mod progress;
mod quoting;
mod rename;
mod saved_pages;
mod settings;
mod structure;
mod survey;

use serde_json::Value;

/// A source, and a note that quotes it incorrectly.
const ALTERED: &str = "\
//- /sources/page.txt
We assume that half of recent progress comes from using more compute in development.
//- /notes/note.md
# Compute

The page says \"half of recent progress comes from using $0less compute in development\" [[page]].
";

/// The codes of diagnostics, in order.
fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap_or("none")).collect()
}
