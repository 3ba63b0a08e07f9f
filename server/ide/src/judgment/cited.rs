//! What a note says of where a quotation is from.

use ibid_corpus::{FileId, Located, Match, Resolution, person};
use ibid_evidence::Verdict;
use ibid_note::{Citation, Form, Note, Quotation, Target};
use ibid_source::{Source, VoiceKind};
use ibid_text::Span;

use super::{Judge, Misattribution};
use crate::place::{Place, passage_at};

/// How sure a voice must be before it decides anything.
const VOICE: f32 = 0.9;

/// The sources and voices that a note names for one quotation.
pub(super) struct Cited<'a, 'b> {
    judge: &'a Judge<'b>,
    quotation: &'a Quotation,
    /// Held sources, with the place in the file's own text where the citation has one.
    held: Vec<(FileId, Option<Span>)>,
    /// What of the cited works is not here.
    lack: Lack,
    /// The note presents the words as somebody's: by a frame, or by a citation that is theirs (see [`is_theirs`]). A link
    /// that merely stands in their sentence may be there for another reason.
    is_attributed: bool,
    /// Names of people in the frame around the quotation.
    names: Vec<&'a str>,
    /// A name is that of an author of a held source.
    known_name: bool,
}

/// What of the works that a quotation may be from is not here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Lack {
    /// Nothing: all texts are held.
    Nothing,
    /// Of some work only highlights are here.
    Parts,
    /// Some work is not held at all.
    Works,
}

impl<'a, 'b> Cited<'a, 'b> {
    pub(super) fn of(judge: &'a Judge<'b>, quotation: &'a Quotation) -> Self {
        let attribution = &quotation.attribution;
        let (mut held, mut lack): (Vec<(FileId, Option<Span>)>, _) = (Vec::new(), Lack::Nothing);
        let mut is_attributed = attribution.reported || !attribution.names.is_empty();
        for &index in &attribution.citations {
            let (Some(citation), Some(resolution)) =
                (judge.note.citations.get(index as usize), judge.resolution(index))
            else {
                continue;
            };
            match resolution {
                // Nobody quotes the note at hand: a link to one of its own sections is no citation.
                &Resolution::Source { file, .. } | &Resolution::Note { file, .. } if file == judge.file.id => continue,
                &Resolution::Source { file, span } => held.push((file, span)),
                Resolution::Several(files) => held.extend(files.iter().map(|&file| (file, None))),
                Resolution::NotHeld | Resolution::Dead { .. } | Resolution::Note { .. } => lack = Lack::Works,
                Resolution::NoCitation if citation.target == Target::Words => lack = Lack::Works,
                Resolution::NoCitation => {}
            }
            is_attributed |= is_theirs(judge.page.text(), quotation, citation);
        }
        let written = attribution.names.iter().filter_map(|name| judge.page.text().get(name.range()));
        let names: Vec<&str> = written.filter(|name| person::is_name(name)).collect();
        let known_name = held.is_empty() && names.iter().any(|name| judge.knows_author(name));
        let is_whole = |&(file, _): &(FileId, _)| judge.snapshot.file(file).is_none_or(|file| file.is_whole());
        if !held.iter().all(is_whole) {
            lack = lack.max(Lack::Parts);
        }
        Self { judge, quotation, held, lack, is_attributed, names, known_name }
    }

    /// Whether the note presents the words as somebody's.
    pub(super) fn is_attributed(&self) -> bool {
        self.is_attributed
    }

    /// Whether a cited source is here.
    pub(super) fn has_held(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether a work is cited whose text is not here.
    pub(super) fn has_unheld(&self) -> bool {
        self.lack == Lack::Works || (self.held.is_empty() && !self.names.is_empty() && !self.known_name)
    }

    /// Whether of a cited work only highlights are here: what they do not have, the work may have.
    pub(super) fn is_excerpted(&self) -> bool {
        self.lack == Lack::Parts
    }

    /// Whether all that the note names is here to be searched. A frame that names nobody we know ("the post says")
    /// leaves open which work it means.
    pub(super) fn is_all_held(&self) -> bool {
        self.lack == Lack::Nothing && (!self.held.is_empty() || self.known_name)
    }

    /// Whether a match lies in a cited source, or in another text of the same work.
    pub(super) fn names(&self, found: &Match) -> bool {
        let snapshot = self.judge.snapshot;
        self.held.iter().any(|&(file, _)| file == found.file)
            || self.held.iter().any(|&(file, _)| snapshot.is_same_work(file, found.file))
    }

    /// Whether the note tells that its words are from the source of this match, as far as we can know.
    pub(super) fn tells_of(&self, found: &Match) -> bool {
        self.is_attributed && (self.names(found) || (self.held.is_empty() && !self.has_unheld()))
    }

    /// Adds how the cited sources have the words, if that is not among the matches: a faithful copy elsewhere hides one that
    /// was altered.
    pub(super) fn look_there_too(&self, words: &str, located: &mut Located) {
        if !self.is_attributed || located.matches.is_empty() || located.matches.iter().any(|found| self.names(found)) {
            return;
        }
        let files: Vec<FileId> = self.held.iter().map(|&(file, _)| file).collect();
        if !files.is_empty() {
            located.matches.extend(self.judge.snapshot.locate_in(words, &files).matches);
        }
    }

    /// Puts the matches that agree with the citation first: those at the very place, then those in the source. Of a work that
    /// is here as a whole, its highlights go behind it where they have the words no better.
    pub(super) fn prefer(&self, located: &mut Located) {
        let as_good = located.matches.first().map(|best| (best.verdict, best.similarity));
        let is_of_whole = |found: &Match| {
            as_good == Some((found.verdict, found.similarity))
                && self.held.iter().any(|&(file, _)| file == found.file)
                && self.judge.snapshot.file(found.file).is_some_and(|file| file.is_whole())
        };
        located.matches.sort_by_key(|found| {
            let at_place = self.held.iter().any(|&(file, span)| {
                let there = || Place::in_source(self.judge.snapshot, found.file, found.span);
                file == found.file && span.is_some_and(|span| there().is_some_and(|there| there.span.overlaps(span)))
            });
            let is_believed = self.is_attributed || found.verdict != Verdict::Altered;
            (!(at_place && is_believed), !(self.names(found) && is_believed), !is_of_whole(found))
        });
    }

    /// In what the note is wrong about where the words stand, if it surely is.
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

    /// Whether the words around tell that the named person quotes or answers somebody.
    fn is_relayed(&self) -> bool {
        relays(surroundings(self.judge.page.text(), &self.judge.note, self.quotation))
    }

    /// The voice at a match, if it surely is another than the note names.
    fn wrong_voice(&self, found: &Match) -> Option<Misattribution> {
        let file = self.judge.snapshot.file(found.file)?;
        let page = file.page()?;
        let source = page.source()?;
        let passage = passage_at(source, found.span.start)?;
        let voice = &passage.voice;
        // Whoever is named there may be the one who is quoted, in turn.
        let named_there = |name: &&str| {
            let there = std::iter::once(passage.span).chain(voice.evidence);
            there.into_iter().any(|span| person::is_named_in(name, span.of(source.text())))
        };
        if voice.confidence < VOICE || self.names.iter().any(named_there) {
            return None;
        }
        let authors = self.judge.snapshot.metadata(file).authors;
        let speakers: Vec<&str> = match voice.kind {
            VoiceKind::Author => voice.name.iter().chain(&authors).map(String::as_str).collect(),
            VoiceKind::Quoted | VoiceKind::Commenter => voice.name.iter().map(String::as_str).collect(),
            VoiceKind::Unknown => return None,
        };
        if self.names.iter().any(|name| speakers.iter().any(|speaker| person::same(name, speaker))) {
            return None;
        }
        // A name we know nothing of may well be the speaker's other name.
        let somebody_else = |name: &&&str| match voice.kind {
            VoiceKind::Quoted | VoiceKind::Commenter => {
                people_of(source, &authors).any(|other| person::same(name, other))
            }
            _ => !speakers.is_empty() && self.judge.knows(name),
        };
        let named = (*self.names.iter().find(somebody_else)?).to_owned();
        Some(Misattribution::Voice { named, speaker: speakers.first().map(|&speaker| speaker.to_owned()) })
    }
}

/// Whether a citation is that of a quotation beyond doubt: a key or a footnote's mark, any that a blockquote has, a link
/// beside it, or one that says it ("[the page](page.md) says “…”"). A link among quoted words is part of them.
pub(super) fn is_theirs(text: &str, quotation: &Quotation, citation: &Citation) -> bool {
    if quotation.form == Form::Block || citation.footnote.is_some() || matches!(citation.target, Target::Key(_)) {
        return true;
    }
    let is_before = citation.span.end <= quotation.span.start;
    let gap = if is_before { citation.span.end..quotation.span.start } else { quotation.span.end..citation.span.start };
    let Some(gap) = text.get(gap.start as usize..gap.end as usize) else { return false };
    let mut words = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_beside = match words.next() {
        None => true,
        Some(verb) => is_before && SAYS.contains(&verb) && words.all(|word| word == "that"),
    };
    is_beside && !gap.contains(['"', '\u{201C}', '\u{201D}', '\u{AB}', '\u{BB}'])
}

/// What a work does, named by a link, whose words follow.
const SAYS: [&str; 16] = [
    "says",
    "said",
    "writes",
    "wrote",
    "states",
    "stated",
    "argues",
    "argued",
    "claims",
    "claimed",
    "notes",
    "noted",
    "reads",
    "concludes",
    "reports",
    "puts",
];

/// Who wrote a page, and who surely speaks on it.
fn people_of<'a>(source: &'a Source, authors: &'a [String]) -> impl Iterator<Item = &'a str> {
    let voices = source.passages.iter().map(|passage| &passage.voice).filter(|voice| voice.confidence >= VOICE);
    voices.filter_map(|voice| voice.name.as_ref()).chain(authors).map(String::as_str)
}

/// The sentences of the note around a quotation.
pub(super) fn surroundings<'a>(text: &'a str, note: &Note, quotation: &Quotation) -> &'a str {
    let names = quotation.attribution.names.iter();
    let around = names.fold(quotation.span, |around, &name| around.cover(name));
    let statements = note.statements.iter().map(|statement| statement.span);
    let around = statements.filter(|span| span.overlaps(around)).fold(around, Span::cover);
    let before = text.get(around.start as usize..quotation.span.start as usize).unwrap_or_default();
    if before.is_empty() { text.get(around.range()).unwrap_or_default() } else { before }
}

/// Whether the words around a quotation tell that it is relayed: quoted, reported, answered.
fn relays(around: &str) -> bool {
    const STEMS: [&str; 10] =
        ["quot", "cite", "citing", "repl", "respon", "answer", "object", "react", "report", "relay"];
    ibid_text::words(around).any(|word| STEMS.iter().any(|stem| word.folded.starts_with(stem)))
}
