//! The reader for `.txt` files: plain text, and pages saved as such.
//!
//! A saved page has no marks: page furniture stands among the text, a comment ends where the next begins, and a
//! repeated passage is there twice. Lines become blocks ([`block`]), blocks become passages without the furniture, and
//! voices are told from cues.

mod block;
mod furniture;
pub(crate) mod head;
mod line;

use block::{Block, BlockKind, blocks};
use head::{Head, head, is_title};
use ibid_text::{Mapped, Span};

use crate::{
    Format, Passage, PassageKind, Source,
    passage::merge_repeats,
    requotation::requotations,
    voice::{Turn, weigh},
};

/// Reads a page; never fails. The readable text is the file's own.
pub fn read(text: &str) -> Source {
    let blocks = blocks(text);
    let head = head(text, &blocks);
    let (turns, kinds) = turns(text, &blocks, &head);
    let spans: Vec<Span> = turns.iter().map(|turn| turn.span).collect();
    let requotations = requotations(text, &spans);
    let evidence = weigh(text, &turns, &requotations);
    let author = match head.metadata.authors.as_slice() {
        [author] => Some(author.as_str()),
        _ => None,
    };
    let passages = turns.iter().zip(kinds).zip(evidence).map(|((turn, kind), evidence)| {
        let voice = evidence.voice(author);
        Passage { span: turn.span, kind, voice, repeats: Vec::new() }
    });
    let passages = merge_repeats(text, passages.collect());
    let content = Mapped::verbatim(text, Span::from(0..text.len()));
    Source { format: Format::Text, metadata: head.metadata, passages, requotations, content }
}

/// The blocks that are passages, each with its kind.
fn turns(text: &str, blocks: &[Block], head: &Head) -> (Vec<Turn>, Vec<PassageKind>) {
    let mut turns = Vec::new();
    let mut kinds = Vec::new();
    let mut parted = false;
    let elides =
        |at: Option<usize>| at.and_then(|at| blocks.get(at)).is_some_and(|block| block.kind == BlockKind::Elision);
    for (at, block) in blocks.iter().enumerate() {
        let kind = match block.kind {
            BlockKind::Furniture => {
                parted = true;
                continue;
            }
            BlockKind::Elision => continue,
            _ if head.taken.binary_search(&at).is_ok() => continue,
            BlockKind::ListItem => PassageKind::ListItem,
            BlockKind::Paragraph if head.title == Some(at) || is_heading(text, blocks, at) => PassageKind::Heading,
            BlockKind::Paragraph => PassageKind::Paragraph,
        };
        turns.push(Turn {
            span: block.span,
            item: kind == PassageKind::ListItem,
            elided: elides(at.checked_sub(1)) || elides(Some(at + 1)),
            profile: head.profile.contains(&at),
            parted,
        });
        kinds.push(kind);
        parted = false;
    }
    (turns, kinds)
}

/// Whether the block titles what follows: a short line of its own that something other than a heading follows.
fn is_heading(text: &str, blocks: &[Block], at: usize) -> bool {
    at + 1 < blocks.len() && is_title(blocks[at].span.of(text), blocks[at])
}
