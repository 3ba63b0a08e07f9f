//! What was changed in a quotation, in words.

use ibid_evidence::{Edit, EditKind};
use ibid_text::words;

/// One phrase for each change, the first few of them.
pub(crate) fn explain(edits: &[Edit], quote: &str, source: &str) -> String {
    const SHOWN: usize = 3;
    let mut phrases: Vec<String> = edits.iter().take(SHOWN).map(|edit| phrase(edit, quote, source)).collect();
    if edits.len() > SHOWN {
        phrases.push(format!("{} more changes", edits.len() - SHOWN));
    }
    phrases.join("; ")
}

fn phrase(edit: &Edit, quote: &str, source: &str) -> String {
    let (ours, theirs) = (edit.quote.of(quote), edit.source.of(source));
    match edit.kind {
        EditKind::Replace => format!("the source says “{theirs}”, the quotation “{ours}”"),
        EditKind::Delete if words(theirs).count() > 6 => {
            format!("{} words were left out without a mark", words(theirs).count())
        }
        EditKind::Delete => format!("“{theirs}” was left out without a mark"),
        EditKind::Insert => format!("“{ours}” is not in the source"),
    }
}
