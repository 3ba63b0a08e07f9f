//! Decides whose words a passage contains, from weighted cues on the page. Without cues the voice is unknown.
//!
//! Pages saved as text do not mark quotations: the words that a comment replies to precede it as if they were the
//! author's own. The reply gives them away: by "you say", by repeating words in quotation marks, by a reporting frame.
//! Each cue adds its log-odds ([`cue`]); the logistic function of the sum is the confidence.

mod cue;
pub(crate) mod frame;
pub(crate) mod marked;
pub(crate) mod transcript;
mod utterance;

use std::collections::HashSet;

use cue::Cue;
use frame::{Speaker, speaker, trailing_name};
use ibid_language::{Class, Language};
use ibid_text::{Span, sentences};
use utterance::Utterance;

use crate::{PassageKind, Voice, VoiceKind, requotation::Requotation};

/// A passage with what the layout says about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// Its words.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: PassageKind,
    /// Whether `[...]` is directly before or after it.
    pub(crate) elided: bool,
    /// Whether it belongs to the head of a profile page.
    pub(crate) profile: bool,
    /// Whether page furniture separates it from the passage before.
    pub(crate) separated: bool,
}

impl Turn {
    fn is_item(&self) -> bool {
        self.kind == PassageKind::ListItem
    }
}

/// The evidence for and against a passage being quoted.
#[derive(Clone, Default, Debug)]
pub(crate) struct Evidence {
    /// Log-odds that it is quoted.
    weight: f32,
    /// The weight of the strongest cue, and its place.
    strongest: Option<(f32, Span)>,
    /// The speaker's name, if quoted and named.
    name: Option<String>,
}

impl Evidence {
    fn add(&mut self, weight: f32, place: Span) {
        self.weight += weight;
        if self.strongest.is_none_or(|(strongest, _)| strongest.abs() < weight.abs()) {
            self.strongest = Some((weight, place));
        }
    }

    /// The strength of the evidence, in either direction.
    pub(crate) fn strength(&self) -> f32 {
        self.weight.abs()
    }

    /// The voice that the evidence supports; `author` is the page's author.
    pub(crate) fn voice(&self, author: Option<&str>) -> Voice {
        /// The evidence below which cues are too weak or cancel out.
        const LEAST: f32 = 0.55;
        if self.strength() < LEAST {
            return Voice::UNKNOWN;
        }
        let confidence = 1.0 / (1.0 + (-self.strength()).exp());
        let evidence = self.strongest.map(|(_, place)| place);
        if self.weight > 0.0 {
            Voice { kind: VoiceKind::Quoted, name: self.name.clone(), confidence, evidence }
        } else {
            Voice { kind: VoiceKind::Author, name: author.map(str::to_owned), confidence, evidence }
        }
    }
}

/// Weighs the cues for every passage of a page; `requotations` are those of the page. Without a language pack
/// there are only the cues of layout and of repeated words.
pub(crate) fn weigh(text: &str, turns: &[Turn], requotations: &[Requotation], language: Language) -> Vec<Evidence> {
    let evidence = vec![Evidence::default(); turns.len()];
    if is_story(text, turns) {
        return evidence;
    }
    let said: Vec<Utterance> = turns.iter().map(|turn| Utterance::new(turn.span.of(text), language)).collect();
    let mut weigher = Weigher { text, turns, language, said, evidence };
    for at in 0..turns.len() {
        weigher.weigh_style(at);
        weigher.weigh_answer(at);
    }
    weigher.weigh_requotations(requotations);
    weigher.weigh_reports();
    weigher.share_within_lists();
    weigher.evidence
}

/// Whether the page is a story: many passages are direct speech. Its speakers are fictional, so cues say nothing.
fn is_story(text: &str, turns: &[Turn]) -> bool {
    const SPEECHES: usize = 10;
    let speaks = |turn: &&Turn| turn.span.of(text).starts_with(['"', '“', '‘', '„', '«']);
    let speeches = turns.iter().filter(speaks).count();
    speeches >= SPEECHES && speeches * 10 >= turns.len()
}

struct Weigher<'t> {
    text: &'t str,
    turns: &'t [Turn],
    language: Language,
    said: Vec<Utterance<'t>>,
    evidence: Vec<Evidence>,
}

impl Weigher<'_> {
    fn add_cue(&mut self, at: usize, cue: Cue, place: Span) {
        self.evidence[at].add(cue.weight(), place);
    }

    /// Records that passage `answer` shows `answered` to be quoted. Half the weight speaks for `answer` being the
    /// author's own.
    fn add_answer(&mut self, answered: usize, cue: Cue, answer: usize) {
        self.add_cue(answered, cue, self.turns[answer].span);
        self.evidence[answer].add(-cue.weight() / 2.0, self.turns[answered].span);
    }

    /// The passage directly before, unless page furniture is between them.
    fn before(&self, at: usize) -> Option<usize> {
        if self.turns[at].separated { None } else { at.checked_sub(1) }
    }

    /// Adds the cues in the passage's own style. They never decide, because quoted people say "I" and "you" too.
    fn weigh_style(&mut self, at: usize) {
        const MOST: f32 = 2.1;
        let turn = self.turns[at];
        if turn.elided {
            self.add_cue(at, Cue::Elided, turn.span);
        }
        if turn.kind == PassageKind::Heading {
            return;
        }
        let said = &self.said[at];
        let cues = [
            (said.says_i, Cue::FirstPerson),
            (cue::addresses(said), Cue::Addresses),
            (cue::responds(said), Cue::Responds),
            (turn.profile, Cue::Profile),
        ];
        let weight: f32 = cues.iter().filter(|(there, _)| *there).map(|(_, cue)| cue.weight()).sum();
        if weight < 0.0 {
            self.evidence[at].add(weight.max(-MOST), turn.span);
        }
    }

    /// Adds the cues in a passage about the passages before it.
    fn weigh_answer(&mut self, at: usize) {
        let Some(before) = self.before(at) else { return };
        self.weigh_frame(before, at);
        self.weigh_you_say(at);
        // A list of the author's own is often followed by a reply to somebody else, so only explicit words count across
        // it.
        if self.turns[before].is_item() {
            return;
        }
        if breaks_off(self.turns[before].span.of(self.text)) && takes_up(&self.said[at], &self.said[before]) {
            self.add_answer(before, Cue::BrokenOff, at);
        }
        let answer = &self.said[at];
        if let Some((_, cue)) = cue::asks_back(answer).filter(|(term, _)| self.said[before].mentions(term)) {
            self.add_answer(before, cue, at);
        } else if cue::asks_about(answer) {
            self.add_answer(before, Cue::AskedAbout, at);
        } else if cue::takes_side(answer) {
            self.add_answer(before, Cue::RespondedTo, at);
        }
    }

    /// Adds the cues of a reporting frame at the end of passage `before`, about that passage and the next.
    fn weigh_frame(&mut self, before: usize, at: usize) {
        let place = self.turns[before].span;
        let Some(speaker) = speaker(tail(place.of(self.text)), self.language) else { return };
        self.add_cue(before, Cue::Introduces, place);
        let cue = match speaker {
            Speaker::Named(_) | Speaker::Addressee => Cue::Introduced,
            Speaker::Other => Cue::IntroducedVaguely,
            Speaker::Writer => Cue::FirstPerson,
        };
        self.add_cue(at, cue, place);
        self.evidence[at].name = speaker.name().map(str::to_owned);
    }

    /// Finds the passage that "You say half of recent AI progress came from …" refers to: it is quoted.
    fn weigh_you_say(&mut self, at: usize) {
        const REACH: usize = 6;
        const ALIKE: usize = 4;
        let said = &self.said[at];
        let reported: Vec<usize> = (0..said.words.len()).filter_map(|you| cue::you_say(said, you)).collect();
        let grams: HashSet<Vec<&str>> = reported
            .iter()
            .flat_map(|&start| (start..start + 12).filter_map(|first| gram(said, first, ALIKE)))
            .collect();
        if grams.is_empty() {
            return;
        }
        let mut earlier = at;
        for _ in 0..REACH {
            let Some(before) = self.before(earlier) else { return };
            earlier = before;
            let other = &self.said[earlier];
            if (0..other.words.len()).any(|first| gram(other, first, ALIKE).is_some_and(|gram| grams.contains(&gram))) {
                self.add_answer(earlier, Cue::YouSay, at);
                return;
            }
        }
    }

    /// Adds the cues of re-quotations: words repeated in quotation marks further down are quoted, unless the author
    /// says they are their own.
    fn weigh_requotations(&mut self, requotations: &[Requotation]) {
        const REACH: usize = 12;
        let mut counted = HashSet::new();
        for requotation in requotations {
            let (Some(answer), Some(answered)) = (self.turn_at(requotation.quoted), self.turn_at(requotation.original))
            else {
                continue;
            };
            let near = answered < answer && answer - answered <= REACH;
            let said = &self.said[answer];
            if !near || cue::repeats_oneself(said) || !counted.insert((answer, answered)) {
                continue;
            }
            let asks = sentences(said.text, self.language.abbreviations()).into_iter().any(|sentence| {
                let quotes = sentence.shift(self.turns[answer].span.start).overlaps(requotation.quoted);
                quotes && sentence.of(said.text).ends_with('?')
            });
            let explicit = asks || cue::addresses(said);
            self.add_answer(answered, if explicit { Cue::Requoted } else { Cue::Repeated }, answer);
        }
    }

    /// Adds the cues of a report's style or of lower-case writing, on a page whose author says "I" and uses capitals.
    fn weigh_reports(&mut self) {
        let speakers = self.said.iter().filter(|said| said.says_i).count();
        let lower = self.said.iter().filter(|said| said.text.starts_with(char::is_lowercase)).count();
        for at in (0..self.turns.len()).rev() {
            let span = self.turns[at].span;
            if cue::lower_case(&self.said[at]) && lower * 5 < self.said.len() {
                self.add_cue(at, Cue::OtherHand, span);
            }
            if speakers < 2 || !cue::reports(&self.said[at]) {
                continue;
            }
            self.add_cue(at, Cue::ReportVoice, span);
            if let Some(before) = self.before(at)
                && let Some(work) = named_work(self.turns[before].span.of(self.text), self.language)
            {
                self.add_cue(at, Cue::ReportNamed, self.turns[before].span);
                let evidence = &mut self.evidence[at];
                evidence.name = evidence.name.take().or(work.authors);
            }
            let run = self.turns.get(at + 1).is_some_and(|next| !next.separated) && cue::reports(&self.said[at + 1]);
            if run && self.evidence[at + 1].weight > Cue::TermTakenUp.weight() {
                self.add_cue(at, Cue::SameRun, self.turns[at + 1].span);
            }
        }
    }

    /// Shares the evidence within a list, up to a limit: a list has one speaker.
    fn share_within_lists(&mut self) {
        const MOST: f32 = 2.0;
        let mut at = 0;
        while at < self.turns.len() {
            let list = self.turns[at..].iter().take_while(|turn| turn.is_item()).count();
            let items = &mut self.evidence[at..at + list];
            let shared = items.iter().map(|evidence| evidence.weight).sum::<f32>().clamp(-MOST, MOST);
            let strongest =
                items.iter().filter_map(|evidence| evidence.strongest).max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
            for evidence in items.iter_mut().filter(|evidence| evidence.strength() < shared.abs()) {
                evidence.weight = shared;
                evidence.strongest = evidence.strongest.or(strongest);
            }
            at += list.max(1);
        }
    }

    /// The passage that contains `span`.
    fn turn_at(&self, span: Span) -> Option<usize> {
        let at = self.turns.partition_point(|turn| turn.span.end < span.end);
        self.turns.get(at).filter(|turn| turn.span.covers(span)).map(|_| at)
    }
}

/// The end of a passage, where a reporting frame may be.
fn tail(passage: &str) -> &str {
    const TAIL: usize = 400;
    let start = passage.len().saturating_sub(TAIL);
    let start = (start..passage.len()).find(|&start| passage.is_char_boundary(start)).unwrap_or(0);
    &passage[start..]
}

/// Whether the passage stops in the middle of a sentence.
fn breaks_off(passage: &str) -> bool {
    passage.trim_end_matches(['"', '”', '’', '\'']).ends_with(',')
}

/// Whether `answer` uses at least two words that `answered` has in quotation marks.
fn takes_up(answer: &Utterance, answered: &Utterance) -> bool {
    const LEAST: usize = 4;
    let marked: HashSet<&str> = answered.marked_words().filter(|word| word.len() >= LEAST).collect();
    marked.iter().filter(|word| answer.words.iter().any(|other| other.folded == **word)).take(2).count() == 2
}

/// The `len` words from `first`.
fn gram<'a>(said: &'a Utterance, first: usize, len: usize) -> Option<Vec<&'a str>> {
    (first..first + len).map(|at| said.word(at)).collect()
}

/// A work that a passage mentions.
struct Work {
    /// "Tan et al"; `None` for "a paper".
    authors: Option<String>,
}

/// The last work that the passage mentions, if any.
fn named_work(passage: &str, language: Language) -> Option<Work> {
    let passage = tail(passage);
    let words: Vec<&str> = passage.split_whitespace().collect();
    let et_al = words.windows(2).rposition(|pair| pair[0] == "et" && pair[1].starts_with("al"));
    if let Some(at) = et_al {
        return Some(Work { authors: trailing_name(&words[..=at + 1], language) });
    }
    let is_work = |word: &&str| language.is(word.trim_matches(|c: char| !c.is_alphanumeric()), Class::WorkNoun);
    words.iter().any(is_work).then_some(Work { authors: None })
}
