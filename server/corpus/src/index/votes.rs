/// Votes of a quotation's word pairs for the byte at which it begins.
pub(super) struct Votes {
    cast: Vec<Vote>,
    /// Votes at most this many bytes apart are for the same place: changed words shift what is behind them.
    slack: i64,
}

/// That a pair of the quotation stands where it would if the quotation began there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vote {
    /// The text, by its number over all segments.
    pub(super) text: u32,
    /// The pair, by its position among the lists.
    pub(super) list: u32,
    /// Byte at which the quotation would begin.
    pub(super) start: i64,
}

/// A place that votes agree on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) text: u32,
    pub(super) start: i64,
    pub(super) score: f32,
}

impl Votes {
    /// For a quotation of so many bytes.
    pub(super) fn new(length: u32) -> Self {
        Self { cast: Vec::new(), slack: i64::from(length / 5).max(32) }
    }

    /// None yet, for the same quotation.
    pub(super) const fn like(&self) -> Self {
        Self { cast: Vec::new(), slack: self.slack }
    }

    pub(super) const fn len(&self) -> usize {
        self.cast.len()
    }

    pub(super) fn cast(&mut self, vote: Vote) {
        self.cast.push(vote);
    }

    /// Drops the votes that none of `others`, sorted, stands by.
    pub(super) fn retain_near(&mut self, others: &Self) {
        self.sort();
        let mut near = others.cast.iter().peekable();
        let slack = self.slack;
        self.cast.retain(|vote| {
            let is_before = |other: &&Vote| (other.text, other.start + slack) < (vote.text, vote.start);
            while near.next_if(|other| is_before(other)).is_some() {}
            near.peek().is_some_and(|other| other.text == vote.text && other.start <= vote.start + slack)
        });
    }

    pub(super) fn sort(&mut self) {
        // Sorted runs, one of each list: a stable sort finds and merges them.
        self.cast.sort_by_key(|vote| (vote.text, vote.start));
    }

    /// The places voted for, by text and start; `information` is that of each list. A list counts once for a place.
    pub(super) fn places(&mut self, information: impl Fn(u32) -> f32) -> Vec<Place> {
        self.sort();
        let mut places: Vec<Place> = Vec::new();
        let mut first = i64::MIN;
        let mut heaviest = 0.0;
        // For each list, the last place that it counted for.
        let mut counted: Vec<usize> = Vec::new();
        let mut count_anew = |list: u32, place: usize| {
            let list = list as usize;
            counted.resize(counted.len().max(list + 1), 0);
            std::mem::replace(&mut counted[list], place) != place
        };
        for &Vote { text, list, start } in &self.cast {
            let weight = information(list);
            let number = places.len();
            match places.last_mut() {
                Some(place) if place.text == text && start - first <= self.slack => {
                    if count_anew(list, number) {
                        place.score += weight;
                    }
                    // The place begins where its strongest witness says.
                    if weight > heaviest {
                        (heaviest, place.start) = (weight, start);
                    }
                }
                _ => {
                    (first, heaviest) = (start, weight);
                    count_anew(list, number + 1);
                    places.push(Place { text, start, score: weight });
                }
            }
        }
        places
    }
}
