/// Short texts stored one after the other, without an allocation for each.
#[derive(Default)]
pub(crate) struct TextPool(String);

/// The place of one of them, in bytes. Ordered as they were added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PooledText {
    start: u32,
    length: u32,
}

impl TextPool {
    /// Adds a text.
    pub(crate) fn push(&mut self, text: &str) -> PooledText {
        let start = self.0.len() as u32;
        self.0.push_str(text);
        PooledText { start, length: text.len() as u32 }
    }

    /// The text for which [`TextPool::push`] returned `place`.
    pub(crate) fn get(&self, place: PooledText) -> &str {
        self.0.get(place.start as usize..(place.start + place.length) as usize).unwrap_or_default()
    }

    /// Frees memory that is not needed.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }
}
