use ibid_corpus::File;

use super::{
    Completion, Item, Kind, Request,
    context::{Slot, Written},
    heading::leads_to,
};

/// The block ids (`^id` at the end of a line) in the file that a wiki-link names; `None` if it leads to no file.
pub(super) fn ids(request: &Request<'_>, target: &Written, slot: Slot) -> Option<Completion> {
    let item = |(id, words): (String, String)| Item {
        kind: Kind::Block,
        detail: Some(words).filter(|words| !words.is_empty()),
        span: slot.span,
        insert: format!("{id}{}", slot.closing("]]")),
        filter: id.clone(),
        about: None,
        label: id,
    };
    let file = request.snapshot.file(leads_to(request, target)?)?;
    Some(Completion { items: blocks(file).into_iter().map(item).collect(), is_incomplete: false })
}

/// The block ids of a file, each with the words of its line.
fn blocks(file: &File) -> Vec<(String, String)> {
    let Some(page) = file.page() else { return Vec::new() };
    let block = |line: &str| {
        let (words, id) = line.trim().rsplit_once('^')?;
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || c == '-');
        let stands_alone = words.is_empty() || words.ends_with(char::is_whitespace);
        (is_id && stands_alone).then(|| (id.to_owned(), words.trim().to_owned()))
    };
    page.text().lines().filter_map(block).collect()
}
