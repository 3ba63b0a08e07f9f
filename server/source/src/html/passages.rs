//! The passages of a page with their voices, and the comments below it.

use std::ops::Range;

use ibid_language::Language;
use ibid_text::{Mapped, Span, words};
use rustc_hash::FxHashMap;

use super::{
    blocks::{Block, blocks},
    content::content,
    thread::{PageComment, Thread},
    tree::{Id, Tree},
};
use crate::{
    Comment, Metadata, Passage, PassageKind, Voice, VoiceKind,
    passage::Discourse,
    requotation::requotations,
    voice::{
        frame::Speaker,
        marked::{self, NAMED, QuoteContext, UNNAMED},
    },
};

/// The confidence that a comment is by the person the page names beside it.
const SIGNED: f32 = 0.97;

/// The passages of a page; `content` and `metadata` are what [`super::readable_text`] returned for it. Never fails.
pub(crate) fn passages(text: &str, content: &Mapped, metadata: &Metadata, language: Language) -> Discourse {
    let tree = Tree::of(text, language);
    let thread = Thread::of(&tree, metadata.urls.first().map(String::as_str));
    let mut reader = PassageReader { content, metadata, language, passages: Vec::new(), owners: Vec::new() };
    reader.take(kept(&tree, &thread));
    reader.give_voices(&thread.comments);
    let comments = reader.comments(&thread.comments);
    let passages = reader.passages;
    let spans: Vec<Span> = passages.iter().map(|passage| passage.span).collect();
    let requotations = requotations(content.text(), &spans);
    Discourse { passages, requotations, comments }
}

/// A block that becomes a passage or part of one.
struct Kept {
    block: Block,
    /// The comment it belongs to.
    comment: Option<usize>,
}

/// The blocks of the page's content and of the comments' bodies, in order.
fn kept(tree: &Tree, thread: &Thread) -> Vec<Kept> {
    let all = blocks(tree);
    let (commented, own): (Vec<Block>, Vec<Block>) =
        all.into_iter().partition(|block| thread.owner(block.holder).is_some());
    let is_content = content(tree, &own);
    let own = own.into_iter().zip(is_content).filter(|(_, is_content)| *is_content);
    let own = own.map(|(block, _)| Kept { block, comment: None });
    let commented = commented.into_iter().filter_map(|block| {
        let owner = thread.owner(block.holder)?;
        thread.is_body(tree, owner, block.holder).then_some(Kept { block, comment: Some(owner) })
    });
    let mut kept: Vec<Kept> = own.chain(commented).collect();
    kept.sort_by_key(|kept| kept.block.span.start);
    kept
}

/// What a passage belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Owner {
    comment: Option<usize>,
    quote: Option<Id>,
}

struct PassageReader<'a> {
    content: &'a Mapped,
    metadata: &'a Metadata,
    language: Language,
    passages: Vec<Passage>,
    /// The owner of each passage.
    owners: Vec<Owner>,
}

impl PassageReader<'_> {
    /// Makes a passage of each block. Consecutive blocks of one comment become one passage.
    fn take(&mut self, blocks: Vec<Kept>) {
        for Kept { block, comment } in blocks {
            let Some(span) = self.plain(block.span) else { continue };
            let owner = Owner { comment, quote: block.quote };
            let is_own = comment.is_some() && block.quote.is_none();
            if let Some(last) = self.passages.last_mut().filter(|_| is_own && self.owners.last() == Some(&owner)) {
                last.span.end = span.end;
                continue;
            }
            let kind = if is_own { PassageKind::Comment } else { block.kind };
            self.passages.push(Passage { span, kind, voice: marked::own_voice(), repeats: Vec::new() });
            self.owners.push(owner);
        }
    }

    /// A span of the page as written, as a span of the readable text without surrounding space.
    fn plain(&self, span: Span) -> Option<Span> {
        let plain = self.content.span_to_plain(span);
        let words = plain.of(self.content.text());
        let start = plain.start + (words.len() - words.trim_start().len()) as u32;
        let length = words.trim().len() as u32;
        (length > 0).then(|| Span::new(start, start + length))
    }

    /// Gives comments the voice of their authors, and blockquotes the voice that the words around them name.
    fn give_voices(&mut self, found: &[PageComment]) {
        let text = self.content.text();
        let authors = &self.metadata.authors;
        let mut search = Search::default();
        let mut at = 0;
        while at < self.passages.len() {
            let Owner { comment, quote } = self.owners[at];
            let run = || self.owners[at..].iter().take_while(|other| **other == self.owners[at]).count();
            let end = at + if quote.is_some() { run() } else { 1 };
            let voice = match (comment, quote) {
                (None, Some(_)) => {
                    marked::attribute(text, &mut self.passages[..end], at, authors, self.language);
                    None
                }
                (Some(comment), None) => Some(self.signed(&found[comment])),
                (Some(comment), Some(_)) => Some(self.quoted(found, comment, at..end, &mut search)),
                (None, None) => None,
            };
            for passage in &mut self.passages[at..end] {
                passage.voice = voice.clone().unwrap_or(passage.voice.clone());
            }
            at = end;
        }
        let own = self.passages.iter_mut().zip(&self.owners).filter(|(_, owner)| owner.comment.is_none());
        marked::name_author(own.map(|(passage, _)| passage), authors);
    }

    /// The voice of a comment's author.
    fn signed(&self, comment: &PageComment) -> Voice {
        let Some(author) = &comment.author else { return Voice::UNKNOWN };
        let evidence = comment.named.and_then(|named| self.plain(named));
        Voice { kind: self.voice_kind(author), name: Some(author.clone()), confidence: SIGNED, evidence }
    }

    /// The voice kind of somebody who writes on the page.
    fn voice_kind(&self, name: &str) -> VoiceKind {
        let is_author = self.metadata.authors.iter().any(|author| author.trim().eq_ignore_ascii_case(name));
        if is_author { VoiceKind::Author } else { VoiceKind::Commenter }
    }

    /// The voice of a quotation inside a comment: the person named around it, otherwise the author of the text above
    /// that contains the same words.
    fn quoted(&self, found: &[PageComment], comment: usize, quote: Range<usize>, search: &mut Search) -> Voice {
        let text = self.content.text();
        let QuoteContext { speaker, frame, signature } =
            marked::quote_context(text, &self.passages[..quote.end], quote.start, self.language);
        let is_framed_here =
            quote.start.checked_sub(1).is_some_and(|before| self.owners[before].comment == Some(comment));
        let named = match speaker.filter(|_| is_framed_here) {
            Some(Speaker::Writer) => return self.signed(&found[comment]),
            Some(Speaker::Addressee) => match found[comment].parent {
                Some(parent) => found[parent].author.clone(),
                None => self.author().map(str::to_owned),
            },
            Some(Speaker::Named(name)) => Some(name),
            Some(Speaker::Other) | None => signature,
        };
        let evidence = frame.filter(|_| is_framed_here).or(Some(self.passages[quote.start].span));
        if let Some(name) = named {
            let writes = found.iter().any(|one| one.author.as_deref() == Some(&name)) || self.author() == Some(&name);
            let kind = if writes { self.voice_kind(&name) } else { VoiceKind::Quoted };
            return Voice { kind, name: Some(name), confidence: NAMED, evidence };
        }
        match search.speaker(self, found, comment, &self.passages[quote]) {
            Some(Speech::Article) => {
                let name = self.author().map(str::to_owned);
                Voice { kind: VoiceKind::Author, name, confidence: NAMED, evidence }
            }
            Some(Speech::Comment(above)) => Voice { evidence, confidence: NAMED, ..self.signed(&found[above]) },
            None => Voice { kind: VoiceKind::Quoted, name: None, confidence: UNNAMED, evidence },
        }
    }

    /// The page's author, if there is exactly one.
    fn author(&self) -> Option<&str> {
        match self.metadata.authors.as_slice() {
            [author] => Some(author),
            _ => None,
        }
    }

    /// The comments that have text, in order. A reply to an empty comment becomes a reply to what that comment replied
    /// to.
    fn comments(&self, found: &[PageComment]) -> Vec<Comment> {
        let mut numbers: Vec<Option<usize>> = vec![None; found.len()];
        let mut comments: Vec<(usize, Span)> = Vec::new();
        let mut before = None;
        for (passage, owner) in self.passages.iter().zip(&self.owners) {
            if let Some(comment) = owner.comment {
                match comments.last_mut() {
                    Some((_, span)) if before == Some(comment) => *span = span.cover(passage.span),
                    _ if numbers[comment].is_none() => {
                        numbers[comment] = Some(comments.len());
                        comments.push((comment, passage.span));
                    }
                    _ => {}
                }
            }
            before = owner.comment;
        }
        let comment = |(comment, span): (usize, Span)| {
            let one = &found[comment];
            let mut above = std::iter::successors(one.parent, |&above| found[above].parent);
            Comment {
                span,
                author: one.author.clone(),
                date: one.date.clone(),
                permalink: one.permalink.clone(),
                parent: above.find_map(|above| numbers[above]),
                is_parent_known: true,
            }
        };
        comments.into_iter().map(comment).collect()
    }
}

/// Where the words that a comment quotes come from.
enum Speech {
    /// The page above the comments.
    Article,
    /// A comment further up.
    Comment(usize),
}

/// The text of the page and its comments as folded words with a space around each; built on first use.
#[derive(Default)]
struct Search {
    article: Option<String>,
    comments: FxHashMap<usize, String>,
}

impl Search {
    /// Finds the words of a quotation in what the comment replies to, nearest first, and then in the page.
    fn speaker(
        &mut self,
        reader: &PassageReader,
        found: &[PageComment],
        comment: usize,
        quote: &[Passage],
    ) -> Option<Speech> {
        const FEWEST: usize = 3;
        let text = reader.content.text();
        let quote = quote.iter().map(|passage| folded(passage.span.of(text))).max_by_key(String::len)?;
        if quote.split_whitespace().count() < FEWEST {
            return None;
        }
        let own = |wanted: Option<usize>| {
            let is_own = move |owner: &Owner| owner.comment == wanted && (wanted.is_none() || owner.quote.is_none());
            let passages = reader.passages.iter().zip(&reader.owners).filter(move |(_, owner)| is_own(owner));
            passages.map(|(passage, _)| folded(passage.span.of(text))).collect::<String>()
        };
        let mut above = std::iter::successors(found[comment].parent, |&above| found[above].parent);
        let said =
            above.find(|&above| self.comments.entry(above).or_insert_with(|| own(Some(above))).contains(&*quote));
        let mut in_article = || self.article.get_or_insert_with(|| own(None)).contains(&*quote);
        said.map(Speech::Comment).or_else(|| in_article().then_some(Speech::Article))
    }
}

/// The folded words of a text with a space around each. Two texts appended to each other have two spaces between them.
fn folded(text: &str) -> String {
    words(text).fold(" ".to_owned(), |folded, word| folded + &word.folded + " ")
}
