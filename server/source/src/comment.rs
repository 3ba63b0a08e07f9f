use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::Source;

/// A comment of a thread below a page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Comment {
    /// Its words in [`Source::text`], with what it quotes and without its replies.
    pub span: Span,
    /// Who wrote it, as the page names them.
    pub author: Option<String>,
    /// When, as the page says: in the form for machines where it has one.
    pub date: Option<String>,
    /// Its own address on the web.
    pub permalink: Option<String>,
    /// The comment that it replies to, as an index into [`Source::comments`]; `None` if it is on the page itself, or the page
    /// does not tell.
    pub parent: Option<usize>,
    /// Whether the page tells what it replies to.
    pub is_placed: bool,
}

impl Source {
    /// The comment that holds the byte at `offset` of the readable text.
    pub fn comment_at(&self, offset: u32) -> Option<&Comment> {
        let at = self.comments.partition_point(|comment| comment.span.end <= offset);
        self.comments.get(at).filter(|comment| comment.span.contains(offset))
    }

    /// The comments that a comment replies to: the one it answers first, the one on the page itself last.
    pub fn answered_by(&self, comment: &Comment) -> impl Iterator<Item = &Comment> {
        let parent = |comment: &Comment| self.comments.get(comment.parent?);
        std::iter::successors(parent(comment), move |comment| parent(comment))
    }

    /// Whom a "you" at `offset` speaks to, where the page tells: in a reply the author of what it replies to, in a comment
    /// on the page the page's author.
    pub fn addressee(&self, offset: u32) -> Option<&str> {
        let comment = self.comment_at(offset).filter(|comment| comment.is_placed)?;
        match (comment.parent, self.metadata.authors.as_slice()) {
            (Some(parent), _) => self.comments.get(parent)?.author.as_deref(),
            (None, [author]) => Some(author),
            (None, _) => None,
        }
    }
}
