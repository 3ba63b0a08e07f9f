//! Fields that an entry takes over from the entry it names in `crossref` or `xdata`.

use rustc_hash::FxHashMap;

use super::super::Entry;

/// The entry that another names as its parent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Parent {
    /// By `crossref`: the book, proceedings or collection in which the work appeared.
    Collection(String),
    /// By `xdata`: a container of fields that several entries share.
    Data(String),
}

/// The longest chain of parents that is followed. A chain may lead back to itself.
const LONGEST: usize = 8;

/// Fills the missing fields of each entry from its parents, which may be anywhere in the file. `parents` has the parent of
/// each entry.
pub(super) fn inherit(entries: &mut [Entry], parents: &[Option<Parent>]) {
    let by_key: FxHashMap<String, usize> =
        entries.iter().enumerate().rev().map(|(at, entry)| (entry.key.to_lowercase(), at)).collect();
    for at in 0..entries.len() {
        let mut next = parents[at].as_ref();
        for _ in 0..LONGEST {
            let Some(parent) = next else { break };
            let (Parent::Collection(key) | Parent::Data(key)) = parent;
            let Some(&from) = by_key.get(&key.trim().to_lowercase()).filter(|&&from| from != at) else { break };
            let inherited = entries[from].clone();
            fill(&mut entries[at], inherited, parent);
            next = parents[from].as_ref();
        }
    }
}

/// Takes over what `entry` lacks.
fn fill(entry: &mut Entry, from: Entry, parent: &Parent) {
    entry.year = entry.year.take().or(from.year);
    match parent {
        Parent::Collection(_) => entry.container = entry.container.take().or(from.title).or(from.container),
        Parent::Data(_) => {
            if entry.authors.is_empty() {
                (entry.authors, entry.has_more_authors) = (from.authors, from.has_more_authors);
            }
            if entry.files.is_empty() {
                entry.files = from.files;
            }
            entry.title = entry.title.take().or(from.title);
            entry.container = entry.container.take().or(from.container);
            entry.url = entry.url.take().or(from.url);
            entry.doi = entry.doi.take().or(from.doi);
        }
    }
}
