use crate::{FileId, index::Candidate};

/// Votes of word pairs for the byte at which a quotation begins.
pub(super) struct Votes {
    cast: Vec<(FileId, i64, f32)>,
    /// Votes at most this many bytes apart are for the same place: changed words shift what is behind them.
    slack: i64,
}

impl Votes {
    /// For a quotation of so many bytes.
    pub(super) fn new(length: u32) -> Self {
        Self { cast: Vec::new(), slack: i64::from(length / 5).max(32) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cast.is_empty()
    }

    pub(super) fn add(&mut self, file: FileId, start: i64, information: f32) {
        self.cast.push((file, start, information));
    }

    /// The places with the most information, best first.
    pub(super) fn candidates(mut self, most: usize) -> Vec<Candidate> {
        self.cast.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        let mut places: Vec<(Candidate, f32)> = Vec::new();
        let mut first = i64::MIN;
        for (file, start, information) in self.cast {
            match places.last_mut() {
                Some((place, heaviest)) if place.file == file && start - first <= self.slack => {
                    place.score += information;
                    // The place begins where its strongest witness says.
                    if information > *heaviest {
                        (*heaviest, place.start) = (information, start);
                    }
                }
                _ => {
                    first = start;
                    places.push((Candidate { file, start, score: information }, information));
                }
            }
        }
        let mut places: Vec<Candidate> = places.into_iter().map(|(place, _)| place).collect();
        places.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.file, a.start).cmp(&(b.file, b.start))));
        places.truncate(most);
        places
    }
}
