//! Markdown as text: escaping what is shown, the sections and elements of a file, and heading anchors.

pub(crate) mod destination;
pub mod markdown;
pub(crate) mod sections;
pub(crate) mod slug;
pub(crate) mod structure;
pub(crate) mod wiki_name;
