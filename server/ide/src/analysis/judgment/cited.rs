//! The sources and voices that a note names for a quotation.

use ibid_corpus::{FileId, Located, Match, Resolution, person};
use ibid_evidence::Verdict;
use ibid_language::{Class, Language, List};
use ibid_note::{Citation, Form, Note, Quotation, Target};
use ibid_source::{Source, VoiceKind};
use ibid_text::Span;

use super::{
    super::{
        judged::{Misattribution, NamedVoice, VoiceState},
        place::{Place, passage_at},
    },
    CheckedNote,
};

/// The least confidence (0..1) at which a voice decides anything.
const VOICE: f32 = 0.9;

/// The least confidence (0..1) at which an author whom the note names is confirmed: that of unmarked text on their page.
const AUTHOR: f32 = 0.75;

/// The least confidence at which a voice confirms the name in the note.
const fn least_confidence(kind: VoiceKind) -> f32 {
    if matches!(kind, VoiceKind::Author) { AUTHOR } else { VOICE }
}

/// The sources and voices that a note names for one quotation.
pub(super) struct Cited<'a, 'b> {
    checked: &'a CheckedNote<'b>,
    quotation: &'a Quotation,
    /// Cited sources that are held, with the place in the file's own text where the citation names one.
    held: Vec<(FileId, Option<Span>)>,
    /// Which cited works are not held.
    lack: Lack,
    /// Whether the note attributes the words to somebody, by a reporting frame or by a citation of their own (see
    /// [`is_theirs`]). Another link in their sentence may be there for another reason.
    is_attributed: bool,
    /// Names of people in the reporting frame around the quotation.
    names: Vec<&'a str>,
    /// Whether one of the names is that of an author of a held source.
    known_name: bool,
}

/// How much of the cited works is not held.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Lack {
    /// Nothing: all texts are held.
    Nothing,
    /// Some work is held only as highlights.
    Parts,
    /// Some work is not held at all.
    Works,
}

impl<'a, 'b> Cited<'a, 'b> {
    pub(super) fn of(checked: &'a CheckedNote<'b>, quotation: &'a Quotation) -> Self {
        let attribution = &quotation.attribution;
        let (mut held, mut lack): (Vec<(FileId, Option<Span>)>, _) = (Vec::new(), Lack::Nothing);
        let mut is_attributed = attribution.reported || !attribution.names.is_empty();
        for &index in &attribution.citations {
            let (Some(citation), Some(resolution)) =
                (checked.note.citations.get(index as usize), checked.resolution(index))
            else {
                continue;
            };
            match resolution {
                // A link to a section of the note itself is not a citation.
                &Resolution::Source { file, .. } | &Resolution::Note { file, .. } if file == checked.file.id => {
                    continue;
                }
                &Resolution::Source { file, span } => held.push((file, span)),
                Resolution::Several(files) => held.extend(files.iter().map(|&file| (file, None))),
                Resolution::NotHeld | Resolution::Dead { .. } | Resolution::Note { .. } => lack = Lack::Works,
                Resolution::NoCitation if citation.target == Target::Words => lack = Lack::Works,
                Resolution::NoCitation => {}
            }
            is_attributed |= is_theirs(checked.page.text(), quotation, citation, checked.language());
        }
        let written = attribution.names.iter().filter_map(|name| checked.page.text().get(name.range()));
        let names: Vec<&str> = written.filter(|name| person::is_name(name, checked.language())).collect();
        let known_name = held.is_empty() && names.iter().any(|name| checked.knows_author(name));
        let is_whole = |&(file, _): &(FileId, _)| checked.snapshot.file(file).is_none_or(|file| file.is_whole());
        if !held.iter().all(is_whole) {
            lack = lack.max(Lack::Parts);
        }
        Self { checked, quotation, held, lack, is_attributed, names, known_name }
    }

    fn language(&self) -> Language {
        self.checked.language()
    }

    /// Whether the note claims to repeat the words of a source exactly. A callout may hold a summary of it.
    pub(super) fn is_word_for_word(&self) -> bool {
        self.quotation.form != Form::Callout
    }

    /// Whether the note attributes the words to somebody.
    pub(super) fn is_attributed(&self) -> bool {
        self.is_attributed
    }

    /// Whether a cited source is held.
    pub(super) fn has_held(&self) -> bool {
        !self.held.is_empty()
    }

    /// The cited sources that are held.
    pub(super) fn held(&self) -> impl Iterator<Item = FileId> {
        self.held.iter().map(|&(file, _)| file)
    }

    /// Whether a cited work is not held.
    pub(super) fn has_unheld(&self) -> bool {
        self.lack == Lack::Works || (self.held.is_empty() && !self.names.is_empty() && !self.known_name)
    }

    /// Whether a cited work is held only as highlights: the rest of it may have the words.
    pub(super) fn is_excerpted(&self) -> bool {
        self.lack == Lack::Parts
    }

    /// Whether everything that the note names is held. A frame that names nobody known ("the post says") may mean any
    /// work.
    pub(super) fn is_all_held(&self) -> bool {
        self.lack == Lack::Nothing && (!self.held.is_empty() || self.known_name)
    }

    /// Whether a match is in a cited source, or in another text of the same work.
    pub(super) fn names(&self, found: &Match) -> bool {
        let snapshot = self.checked.snapshot;
        self.held.iter().any(|&(file, _)| file == found.file)
            || self.held.iter().any(|&(file, _)| snapshot.is_same_work(file, found.file))
    }

    /// Whether the note attributes the words to the source of a match, or to somebody whose source may be this one.
    pub(super) fn attributes_to(&self, found: &Match) -> bool {
        self.is_attributed && (self.names(found) || (self.held.is_empty() && !self.has_unheld()))
    }

    /// Adds the matches in the cited sources, if none is among the matches yet: a faithful copy in another source hides the
    /// altered one.
    pub(super) fn search_cited(&self, words: &str, located: &mut Located) {
        if !self.is_attributed || located.matches.is_empty() || located.matches.iter().any(|found| self.names(found)) {
            return;
        }
        let files: Vec<FileId> = self.held.iter().map(|&(file, _)| file).collect();
        if !files.is_empty() {
            located.matches.extend(self.checked.snapshot.locate_in(words, &files).matches);
        }
    }

    /// Puts the matches that agree with the citation first: those at the cited place, then those in the cited source. The
    /// highlights of a work come after its full text if they match no better.
    pub(super) fn prefer(&self, located: &mut Located) {
        let as_good = located.matches.first().map(|best| (best.verdict, best.similarity));
        let is_of_whole = |found: &Match| {
            as_good == Some((found.verdict, found.similarity))
                && self.held.iter().any(|&(file, _)| file == found.file)
                && self.checked.snapshot.file(found.file).is_some_and(|file| file.is_whole())
        };
        located.matches.sort_by_key(|found| {
            let at_place = self.held.iter().any(|&(file, span)| {
                let there = || Place::in_source(self.checked.snapshot, found.file, found.span);
                file == found.file && span.is_some_and(|span| there().is_some_and(|there| there.span.overlaps(span)))
            });
            let is_trusted = self.is_attributed || found.verdict != Verdict::Altered;
            (!(at_place && is_trusted), !(self.names(found) && is_trusted), !is_of_whole(found))
        });
    }

    /// How the note is certainly wrong about the source or the speaker of the words, if it is.
    pub(super) fn misattribution(&self, matches: &[Match]) -> Option<Misattribution> {
        let agreeing: Vec<&Match> = matches.iter().filter(|found| self.names(found)).collect();
        if agreeing.is_empty() && !self.held.is_empty() {
            return (self.is_attributed && self.lack == Lack::Nothing).then_some(Misattribution::Source);
        }
        if self.names.is_empty() || self.is_relayed() {
            return None;
        }
        let candidates = if agreeing.is_empty() { matches.iter().collect() } else { agreeing };
        let mut wrong = candidates.iter().map(|found| self.wrong_voice(found));
        let first = wrong.next()??;
        wrong.all(|other| other.is_some()).then_some(first)
    }

    /// The person whom the note names, and whether the source shows the words to be theirs.
    pub(super) fn named_voice(&self, best: &Match, misattribution: Option<&Misattribution>) -> Option<NamedVoice> {
        if let Some(Misattribution::Voice { named, speaker }) = misattribution {
            let found = speaker.iter().cloned().collect();
            return Some(NamedVoice { named: named.clone(), found, state: VoiceState::Other });
        }
        let named = (*self.names.first()?).to_owned();
        let found = self.speakers(best);
        let is_named = |speaker: &String| self.names.iter().any(|name| person::same(name, speaker, self.language()));
        let (found, confidence, least) = match found {
            Some((kind, confidence, speakers)) => (speakers, confidence, least_confidence(kind)),
            None => (Vec::new(), 0.0, VOICE),
        };
        let is_confirmed = confidence >= least && found.iter().any(is_named);
        let state = if is_confirmed { VoiceState::Confirmed } else { VoiceState::NotChecked };
        Some(NamedVoice { named, found, state })
    }

    /// Who speaks at a match, as far as the source says: the kind of voice, its confidence and the names.
    fn speakers(&self, found: &Match) -> Option<(VoiceKind, f32, Vec<String>)> {
        let file = self.checked.snapshot.file(found.file)?;
        let page = file.page()?;
        let voice = &passage_at(page.source()?, found.span.start)?.voice;
        let authors = || self.checked.snapshot.metadata(file).authors;
        let names = match voice.kind {
            VoiceKind::Author => voice.name.iter().cloned().chain(authors()).collect(),
            VoiceKind::Quoted | VoiceKind::Commenter => voice.name.iter().cloned().collect(),
            VoiceKind::Unknown => Vec::new(),
        };
        Some((voice.kind, voice.confidence, names))
    }

    /// Whether the words around say that the named person quotes or answers somebody else.
    fn is_relayed(&self) -> bool {
        relays(surroundings(self.checked.page.text(), &self.checked.note, self.quotation), self.language())
    }

    /// The voice at a match, if it is certainly another than the note names.
    fn wrong_voice(&self, found: &Match) -> Option<Misattribution> {
        let file = self.checked.snapshot.file(found.file)?;
        let page = file.page()?;
        let source = page.source()?;
        let passage = passage_at(source, found.span.start)?;
        let voice = &passage.voice;
        // Somebody who is named in the passage may be the one it quotes.
        let named_there = |name: &&str| {
            let there = std::iter::once(passage.span).chain(voice.evidence);
            there.into_iter().any(|span| person::is_named_in(name, span.of(source.text()), self.language()))
        };
        if voice.confidence < VOICE || self.names.iter().any(named_there) {
            return None;
        }
        let authors = self.checked.snapshot.metadata(file).authors;
        let speakers: Vec<&str> = match voice.kind {
            VoiceKind::Author => voice.name.iter().chain(&authors).map(String::as_str).collect(),
            VoiceKind::Quoted | VoiceKind::Commenter => voice.name.iter().map(String::as_str).collect(),
            VoiceKind::Unknown => return None,
        };
        if self.names.iter().any(|name| speakers.iter().any(|speaker| person::same(name, speaker, self.language()))) {
            return None;
        }
        // An unknown name may be another name of the speaker.
        let somebody_else = |name: &&&str| match voice.kind {
            VoiceKind::Quoted | VoiceKind::Commenter => {
                people_of(source, &authors).any(|other| person::same(name, other, self.language()))
            }
            _ => !speakers.is_empty() && self.checked.knows(name),
        };
        let named = (*self.names.iter().find(somebody_else)?).to_owned();
        Some(Misattribution::Voice { named, speaker: speakers.first().map(|&speaker| speaker.to_owned()) })
    }
}

/// Whether a citation certainly belongs to a quotation: a key, a footnote, any citation of a blockquote, a link beside it,
/// or a link that introduces it ("[the page](page.md) says “…”"). A link among quoted words is part of them.
pub(super) fn is_theirs(text: &str, quotation: &Quotation, citation: &Citation, language: Language) -> bool {
    if matches!(quotation.form, Form::Block | Form::Callout)
        || citation.footnote.is_some()
        || matches!(citation.target, Target::Key(_))
    {
        return true;
    }
    let is_before = citation.span.end <= quotation.span.start;
    let gap = if is_before { citation.span.end..quotation.span.start } else { quotation.span.end..citation.span.start };
    let Some(gap) = text.get(gap.start as usize..gap.end as usize) else { return false };
    let mut words = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_beside = match words.next() {
        None => true,
        Some(verb) => {
            is_before
                && language.is(verb, Class::LinkReportVerb)
                && words.all(|word| language.is(word, Class::Complementizer))
        }
    };
    is_beside && !gap.contains(['"', '\u{201C}', '\u{201D}', '\u{AB}', '\u{BB}'])
}

/// The authors of a source and its certain speakers.
fn people_of<'a>(source: &'a Source, authors: &'a [String]) -> impl Iterator<Item = &'a str> {
    let voices = source.passages.iter().map(|passage| &passage.voice).filter(|voice| voice.confidence >= VOICE);
    voices.filter_map(|voice| voice.name.as_ref()).chain(authors).map(String::as_str)
}

/// The sentences of the note around a quotation, up to it if they begin before it.
pub(super) fn surroundings<'a>(text: &'a str, note: &Note, quotation: &Quotation) -> &'a str {
    let names = quotation.attribution.names.iter();
    let around = names.fold(quotation.span, |around, &name| around.cover(name));
    let statements = note.statements.iter().map(|statement| statement.span);
    let around = statements.filter(|span| span.overlaps(around)).fold(around, Span::cover);
    let before = text.get(around.start as usize..quotation.span.start as usize).unwrap_or_default();
    if before.is_empty() { text.get(around.range()).unwrap_or_default() } else { before }
}

/// Whether the words around a quotation say that it is relayed: quoted, reported, answered.
fn relays(around: &str, language: Language) -> bool {
    let stems = language.words(List::RelayStem);
    ibid_text::words(around).any(|word| stems.iter().any(|stem| word.folded.starts_with(stem)))
}
