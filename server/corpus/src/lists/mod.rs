//! Lists over all files, derived from what is known of each.
//!
//! [`backlinks`]: notes by what they mention. [`bylines`]: titles and people. [`file_names`] and [`landmarks`]: names of files
//! and headings, by word and by letter. [`note_words`]: notes by the words they may contain. These are [`LazyList`]s: made on
//! first use, then kept up to date. [`RecentAnswers`] keeps what was worked out from the index.

mod backlinks;
mod bloom;
mod bylines;
mod file_names;
mod landmarks;
mod lazy_list;
mod letters;
mod note_words;
mod ordered_path;
mod recent_answers;
mod text_pool;

pub use backlinks::Backlink;
pub(crate) use backlinks::{Mentioned, Mentions};
pub(crate) use bloom::Hash;
pub(crate) use bylines::Bylines;
pub(crate) use file_names::FileNames;
pub(crate) use landmarks::Landmarks;
pub use landmarks::{Landmark, LandmarkKind};
pub(crate) use lazy_list::LazyList;
pub use letters::Letters;
pub(crate) use note_words::NoteWords;
pub(crate) use ordered_path::OrderedPath;
pub(crate) use recent_answers::RecentAnswers;
pub(crate) use text_pool::{PooledText, TextPool};
