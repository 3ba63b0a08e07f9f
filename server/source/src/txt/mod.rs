//! The reader for `.txt` files: plain text, and pages saved as text.
//!
//! A saved page has no markup: page furniture is mixed with the text, comments follow each other without separators,
//! and passages may be repeated. Lines are grouped into blocks ([`block`]), the head gives the metadata ([`mod@head`]), the
//! other blocks without furniture become passages, and voices follow from discourse cues. If a copied thread names the
//! author above each comment ([`thread`]), the names decide ([`voices`]).

mod block;
mod byline;
mod furigana;
mod furniture;
pub(crate) mod head;
mod line;
mod thread;
mod timestamp;
mod voices;

use block::{Block, BlockKind, blocks};
use head::{Head, head, is_title};
use ibid_language::Language;
use ibid_text::{Mapped, Span};
use line::lines;
use thread::Thread;

use crate::{
    Metadata, Passage, PassageKind, captions, entity,
    passage::Discourse,
    requotation::requotations,
    voice::{Turn, weigh},
};

/// The metadata and the readable text of a page: the file's text with character entities decoded,
/// or without the readings of its words or the times of its cues. Never fails.
pub(crate) fn readable_text(text: &str, language: Language) -> (Metadata, Mapped) {
    let page = furigana::without_readings(text)
        .or_else(|| captions::without_times(text))
        .unwrap_or_else(|| entity::decode_mapped(text));
    let head = head(page.text(), &blocks(page.text(), head::REACH, language), language);
    (head.metadata, page)
}

/// The passages of a page and their re-quotations. Never fails.
pub(crate) fn passages(text: &str, language: Language) -> Discourse {
    let blocks = blocks(text, usize::MAX, language);
    let head = head(text, &blocks, language);
    let thread = Thread::of(text, &lines(text), language);
    let turns = voices::split(text, turns(text, &blocks, &head), &thread);
    let spans: Vec<Span> = turns.iter().map(|turn| turn.span).collect();
    let requotations = requotations(text, &spans);
    let evidence = weigh(text, &turns, &requotations, language);
    let author = match head.metadata.authors.as_slice() {
        [author] => Some(author.as_str()),
        _ => None,
    };
    let passages = turns.iter().zip(evidence).map(|(turn, evidence)| {
        let voice = evidence.voice(author);
        Passage { span: turn.span, kind: turn.kind, voice, repeats: Vec::new() }
    });
    let mut passages: Vec<Passage> = passages.collect();
    let comments = voices::assign(text, &mut passages, &thread, author, language);
    Discourse { passages, requotations, comments }
}

/// The blocks that are passages.
fn turns(text: &str, blocks: &[Block], head: &Head) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut separated = false;
    let elides =
        |at: Option<usize>| at.and_then(|at| blocks.get(at)).is_some_and(|block| block.kind == BlockKind::Elision);
    for (at, block) in blocks.iter().enumerate() {
        let kind = match block.kind {
            BlockKind::Furniture => {
                separated = true;
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
            kind,
            elided: elides(at.checked_sub(1)) || elides(Some(at + 1)),
            profile: head.profile.contains(&at),
            separated,
        });
        separated = false;
    }
    turns
}

/// Whether the block is a heading: a title-like line that another block follows.
fn is_heading(text: &str, blocks: &[Block], at: usize) -> bool {
    at + 1 < blocks.len() && is_title(blocks[at].span.of(text), blocks[at])
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use ibid_language::Language;

    use crate::{Format, Source};

    fn read(text: &str) -> Source {
        crate::read(Format::Text, text.as_bytes(), Language::ENGLISH).expect("it is text")
    }

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&crate::shown(&read(text)));
    }

    #[test]
    fn a_hard_wrapped_page_is_unwrapped() {
        check(
            "Chapter 1\n\nMiss Brooke had that kind of beauty which seems to be thrown into\nrelief by poor dress. \
             Her hand and wrist were so finely formed that\nshe could wear sleeves not less bare of style than those.\n\n\
             And then there were well-bred people who had heard of it in the county-\ntown, and who said so, and \
             repeated it to everybody that came to see\nMiss Brooke.\nBut that is all.\n",
            expect![[r"
                title: Chapter 1
                Heading: Chapter 1
                Paragraph: Miss Brooke had that kind of beauty which seems to be thrown into⏎relief by poor dress. Her hand and wrist were so finely formed that⏎she could wear sleeves not less bare of style than those.
                Paragraph: And then there were well-bred people who had heard of it in the county-⏎town, and who said so, and repeated it to everybody that came to see⏎Miss Brooke.
                Paragraph: But that is all.
            "]],
        );
    }

    #[test]
    fn lines_of_a_page_without_blank_lines_are_paragraphs() {
        check(
            "Cool!\nThis goes on in the\nnext line, and\nthat is that.\nA third comment is here, and it is so much longer \
             than the others that no page is wrapped at its width, whatever the margins may have been on that day, \
             which nobody knows.\nLoad More\nA fourth.\n",
            expect![[r"
                Paragraph (author, 0.69): Cool!
                Paragraph: This goes on in the⏎next line, and⏎that is that.
                Paragraph: A third comment is here, and it is so much longer than the others that no page is wrapped at its width, whatever the margins may have been on that day, which nobody knows.
                Paragraph: A fourth.
            "]],
        );
    }

    #[test]
    fn list_items_are_passages_of_their_own() {
        check(
            "Three things follow from this:\n\n  • The first,\n    broken.\n    • Nested under it.\n  - The second.\n\n\
             1. One.\n2) Two.\n2023. A year is no number of an item.\n",
            expect![[r"
                Paragraph: Three things follow from this:
                ListItem: The first,⏎    broken.
                ListItem: Nested under it.
                ListItem: The second.
                ListItem: One.
                ListItem: Two.
                Paragraph: 2023. A year is no number of an item.
            "]],
        );
    }

    #[test]
    fn the_head_becomes_metadata() {
        check(
            "Robust agents learn world models\n\nBy Ada Lovelace\n\nhttps://example.org/robust\n\nMay 3, 2024\n\n\
             We begin.\n\nA section\n\nIt goes on.\n",
            expect![[r"
                title: Robust agents learn world models
                date: May 3, 2024
                author: Ada Lovelace
                url: https://example.org/robust
                Heading: Robust agents learn world models
                Paragraph: We begin.
                Heading: A section
                Paragraph: It goes on.
            "]],
        );
        check(
            "Ada Lovelace\n\nI count.\n\nWiki Contributions\n\nComments\n\nIt may be so.\n",
            expect![[r"
                author: Ada Lovelace
                Paragraph (author, Ada Lovelace, 0.87): I count.
                Paragraph: It may be so.
            "]],
        );
        check(
            "Title: Middlemarch\nAuthor: George Eliot\n\nWho that cares much to know the history of man.\n",
            expect![[r"
                title: Middlemarch
                author: George Eliot
                Paragraph: Who that cares much to know the history of man.
            "]],
        );
    }

    #[test]
    fn a_sentence_at_the_head_is_no_title() {
        check(
            "A sentence stands here.\n\nAnother one follows.\n",
            expect![[r"
                Paragraph: A sentence stands here.
                Paragraph: Another one follows.
            "]],
        );
    }

    #[test]
    fn frames_introduce_the_next_passage() {
        check(
            "Ada Lovelace argues:\nThe engine weaves patterns.\nEarlier I wrote:\nThe engine is slow.\n",
            expect![[r"
                Paragraph (author, 0.82): Ada Lovelace argues:
                Paragraph (quoted, Ada Lovelace, 0.98): The engine weaves patterns.
                Paragraph (author, 0.92): Earlier I wrote:
                Paragraph (author, 0.73): The engine is slow.
            "]],
        );
    }

    #[test]
    fn words_repeated_as_ones_own_are_not_quoted() {
        check(
            "The engine weaves algebraic patterns.\nAs I said, “the engine weaves algebraic patterns” holds.\n",
            expect![[r"
                Paragraph: The engine weaves algebraic patterns.
                Paragraph (author, 0.73): As I said, “the engine weaves algebraic patterns” holds.
                again: the engine weaves algebraic patterns
            "]],
        );
    }

    #[test]
    fn dialogue_in_a_story_gives_no_voices() {
        let speech = "“You say that pigs fly.”\n".repeat(12);
        let text = format!("She thought, and then she said:\n{speech}I listened.\n");
        assert!(read(&text).passages.iter().all(|passage| passage.voice == crate::Voice::UNKNOWN));
    }

    #[test]
    fn a_generic_you_addresses_nobody() {
        check(
            "If you say that pigs fly, pigs do not fly.\nOnce you have it, you can sell it.\n",
            expect![[r"
                Paragraph: If you say that pigs fly, pigs do not fly.
                Paragraph: Once you have it, you can sell it.
            "]],
        );
    }
}
