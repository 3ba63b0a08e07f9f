use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::Source;

/// A comment in the thread below a page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Comment {
    /// The comment in [`Source::text`], including what it quotes and excluding its replies.
    pub span: Span,
    /// The author's name, as the page gives it.
    pub author: Option<String>,
    /// The date as the page gives it, in machine-readable form where there is one.
    pub date: Option<String>,
    /// The comment's own web address.
    pub permalink: Option<String>,
    /// The comment it replies to, as an index into [`Source::comments`]. `None` if it replies to the page itself or the
    /// page does not say.
    pub parent: Option<usize>,
    /// Whether the page says what the comment replies to.
    pub is_parent_known: bool,
}

impl Source {
    /// The comment that contains the byte at `offset` of the readable text.
    pub fn comment_at(&self, offset: u32) -> Option<&Comment> {
        let at = self.comments.partition_point(|comment| comment.span.end <= offset);
        self.comments.get(at).filter(|comment| comment.span.contains(offset))
    }

    /// The comments above `comment` in its thread: the one it replies to first, the one on the page itself last.
    pub fn ancestors(&self, comment: &Comment) -> impl Iterator<Item = &Comment> {
        let parent = |comment: &Comment| self.comments.get(comment.parent?);
        std::iter::successors(parent(comment), move |comment| parent(comment))
    }

    /// The person a "you" at `offset` addresses, where the page says so: in a reply the author of the parent comment,
    /// in a top-level comment the page's author.
    pub fn addressee(&self, offset: u32) -> Option<&str> {
        let comment = self.comment_at(offset).filter(|comment| comment.is_parent_known)?;
        match (comment.parent, self.metadata.authors.as_slice()) {
            (Some(parent), _) => self.comments.get(parent)?.author.as_deref(),
            (None, [author]) => Some(author),
            (None, _) => None,
        }
    }
}
