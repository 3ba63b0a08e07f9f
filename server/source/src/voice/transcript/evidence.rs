//! Whether a page is a transcript, and which of its labels name speakers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Turn,
    label::Mark,
    roster::{Roster, is_initials},
};
use crate::{Passage, PassageKind};

/// The speakers of a transcript.
pub(super) struct Speakers {
    /// The labels that name them.
    names: FxHashSet<String>,
    roster: Roster,
    /// Whether nearly all of the page is turns, so that a paragraph without a label goes on with the turn before it.
    pub(super) speak_on: bool,
}

/// What the labels of a page show together.
struct Counts<'a> {
    /// The labels of people without a time, by name.
    by_name: FxHashMap<&'a str, u32>,
    turns: u32,
    /// Turns whose words are such as people say to each other.
    talk: u32,
    /// Whether a question of one is followed by the words of another.
    is_answered: bool,
    /// The share of the paragraphs from the first label to the last that have one.
    share: f32,
}

/// The fewest labels with a time that make a transcript.
const TIMED: usize = 2;

impl Speakers {
    /// The speakers of a page, if its labels show it to be a transcript.
    pub(super) fn of(text: &str, passages: &[Passage], turns: &[Turn], authors: &[String]) -> Option<Self> {
        let of_people = turns.iter().filter(|turn| !turn.label.is_of_text);
        let labels: Vec<&str> = of_people.map(|turn| turn.label.name.as_str()).collect();
        if labels.len() < TIMED {
            return None;
        }
        let roster = Roster::of(text, &labels, authors);
        let counts = Counts::of(passages, turns);
        let is_timed = is_timed(turns);
        if !is_timed && !counts.show_a_talk(&roster) {
            return None;
        }
        let is_speaker = |turn: &&Turn| {
            let (name, label) = (&*turn.label.name, &turn.label);
            let is_named = is_timed && label.time.is_some()
                || roster.has(name)
                || counts.recurs(name) && (label.mark != Mark::Cell || !is_timed)
                || turn.is_clean && is_full(name) && (turn.is_talk || counts.share >= 0.6);
            is_named && !label.is_of_text
        };
        let names: FxHashSet<String> = turns.iter().filter(is_speaker).map(|turn| turn.label.name.clone()).collect();
        (names.len() > 1 || is_timed).then_some(Self { names, roster, speak_on: is_timed || counts.share >= 0.3 })
    }

    /// The speaker whom a label names.
    pub(super) fn name_of<'a>(&'a self, turn: &'a Turn) -> Option<&'a str> {
        let name = &*turn.label.name;
        let is_known = self.names.contains(name) || self.has_part(name);
        (is_known && turn.is_clean).then(|| self.roster.full(name))
    }

    /// Whether a label is part of the name of a speaker: "Marsh" of "Una Marsh".
    fn has_part(&self, label: &str) -> bool {
        !label.contains(' ') && self.names.iter().any(|name| name.split(' ').any(|word| word == label))
    }
}

/// Whether the labels have times that go on. Chapters have such times too, but their titles do not recur.
fn is_timed(turns: &[Turn]) -> bool {
    let timed: Vec<(&Turn, u32)> = turns.iter().filter_map(|turn| Some((turn, turn.label.time?))).collect();
    let ascending = timed.windows(2).filter(|pair| pair[0].1 <= pair[1].1).count();
    let names: FxHashSet<&str> = timed.iter().map(|(turn, _)| turn.label.name.as_str()).collect();
    let is_certain = |turn: &Turn| turn.label.mark == Mark::Colon && !turn.label.is_time_first;
    timed.len() >= TIMED
        && ascending * 10 >= (timed.len() - 1) * 8
        && (timed.iter().all(|(turn, _)| is_certain(turn)) || names.len() * 3 <= timed.len() * 2)
}

/// Whether a label is a name of several words, or initials.
fn is_full(name: &str) -> bool {
    name.contains(' ') || is_initials(name)
}

impl<'a> Counts<'a> {
    fn of(passages: &[Passage], turns: &'a [Turn]) -> Self {
        // Items of a list have labels of many kinds.
        let is_item = |turn: &Turn| passages[turn.passage].kind == PassageKind::ListItem;
        let is_plain =
            |turn: &&Turn| turn.is_clean && turn.label.time.is_none() && !turn.label.is_of_text && !is_item(turn);
        let clean = || turns.iter().filter(is_plain);
        let mut by_name: FxHashMap<&str, u32> = FxHashMap::default();
        for turn in clean() {
            *by_name.entry(&turn.label.name).or_default() += 1;
        }
        let is_answer = |(one, next): (&Turn, &Turn)| one.asks && one.label.name != next.label.name;
        let is_answered = clean().zip(clean().skip(1)).any(is_answer);
        let talk = clean().filter(|turn| turn.is_talk).count() as u32;
        let range = turns.first().zip(turns.last()).map_or(0..0, |(first, last)| first.passage..last.passage + 1);
        let prose = |at: &usize| !matches!(passages[*at].kind, PassageKind::Heading | PassageKind::Blockquote);
        let paragraphs = range.filter(prose).count().max(1);
        let mut labelled: Vec<usize> = clean().map(|turn| turn.passage).collect();
        labelled.dedup();
        let share = labelled.len() as f32 / paragraphs as f32;
        Self { by_name, turns: clean().count() as u32, talk, is_answered, share }
    }

    fn recurs(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(|&count| count > 1)
    }

    /// Whether labels without times are those of a talk: their people are introduced, or take turns; or all of them are
    /// full names that nearly each paragraph begins with.
    fn show_a_talk(&self, roster: &Roster) -> bool {
        let talks = |share: f32| self.talk as f32 >= share * self.turns as f32;
        let introduced = self.by_name.keys().filter(|name| roster.has(name)).count();
        let recurring = self.by_name.keys().filter(|name| self.recurs(name)).count();
        let of_recurring: u32 = self.by_name.values().filter(|&&count| count > 1).sum();
        let take_turns = recurring > 1 && self.turns > 3 && of_recurring * 2 >= self.turns && talks(0.3);
        let is_all = self.by_name.len() > 1 && self.by_name.keys().all(|name| is_full(name));
        introduced > 1 && talks(0.3) || take_turns || is_all && self.share >= 0.6 && (talks(0.6) || self.is_answered)
    }
}
