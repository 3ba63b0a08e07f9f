//! The terms of a corpus and their senses.

use std::sync::Arc;

use ibid_evidence::SenseKind;
use ibid_source::Voice;
use ibid_text::Span;

use crate::FileId;

/// All terms of sources and notes. Lookup is by inflected form, longest term first.
#[derive(Default, Debug)]
pub struct Terms {
    terms: Vec<Arc<Term>>,
}

/// A term with every sense the corpus gives it.
#[derive(Clone, PartialEq, Debug)]
pub struct Term {
    /// As best written.
    pub name: String,
    /// Its senses, best first.
    pub senses: Vec<Sense>,
    /// Where the corpus asks for its definition.
    pub asked: Vec<Sense>,
    /// Whether the senses differ.
    pub contested: bool,
    /// How often it is used, in all files.
    pub uses: u32,
}

/// One sense of a term.
#[derive(Clone, PartialEq, Debug)]
pub struct Sense {
    /// The file that gives it.
    pub file: FileId,
    /// The sentence that gives it, in the file's own text.
    pub sentence: Span,
    /// The words that give the sense, in the file's own text.
    pub span: Span,
    /// How it is given.
    pub kind: SenseKind,
    /// Whose sense it is.
    pub voice: Voice,
    /// Probability that this defines the term, 0..1.
    pub score: f32,
}

/// A term at a place in a text.
#[derive(Clone, PartialEq, Debug)]
pub struct TermUse {
    /// Where it stands.
    pub span: Span,
    /// The term.
    pub term: Arc<Term>,
}

impl Terms {
    /// All terms, ordered by name.
    pub fn all(&self) -> &[Arc<Term>] {
        &self.terms
    }

    /// The term called `name`, in any inflection or case.
    pub fn find(&self, _name: &str) -> Option<&Arc<Term>> {
        None
    }

    /// The longest term of `text` under the cursor at `offset` bytes.
    pub fn at(&self, _text: &str, _offset: u32) -> Option<TermUse> {
        None
    }

    /// Every use of a term in `text`, in order, longest first, not overlapping.
    pub fn uses_in(&self, _text: &str) -> Vec<TermUse> {
        Vec::new()
    }
}
