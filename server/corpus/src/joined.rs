/// Short texts one behind the other, to be passed over from the beginning: none takes memory of its own.
#[derive(Default)]
pub(crate) struct Joined(String);

/// Where one of them stands, in bytes. In the order in which they were put there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    start: u32,
    length: u32,
}

impl Joined {
    /// Puts a text behind the others.
    pub(crate) fn push(&mut self, text: &str) -> Piece {
        let start = self.0.len() as u32;
        self.0.push_str(text);
        Piece { start, length: text.len() as u32 }
    }

    /// The text that [`Joined::push`] told the place of.
    pub(crate) fn get(&self, piece: Piece) -> &str {
        self.0.get(piece.start as usize..(piece.start + piece.length) as usize).unwrap_or_default()
    }

    /// Gives back what memory is not needed.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }
}
