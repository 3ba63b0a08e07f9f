//! Judging a quotation in its note: its words, the citation beside it and the voice that the note names, together.

mod aside;
mod asked;
mod cited;
mod template;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, cell::OnceCell, sync::Arc};

use ibid_corpus::{File, FileId, Located, Match, Page, Reason, Resolution, Snapshot};
use ibid_evidence::Verdict;
use ibid_note::{Citation, Form, Note, Quotation, Target};

use crate::memo::Recall;

pub(crate) use asked::Asked;
use cited::Cited;

/// Below this likeness, words are not the altered words of a source but other words.
const ALTERED: f32 = 0.6;
/// The same where the note does not tell us that the words are from this source: there, likeness is all we have.
const ALTERED_UNTOLD: f32 = 0.8;
/// How many words that takes.
const ALTERED_UNTOLD_WORDS: usize = 8;
/// Words too few to judge are led to their place all the same where they stand in no more places than this.
const RARE: usize = 3;

/// A quotation judged in its note: words, citations and voice together.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// The verdict with everything weighed.
    pub verdict: Verdict,
    /// Where its words stand; the matches that agree with the citation come first.
    pub located: Located,
    /// In what it is misattributed, if it is.
    pub misattribution: Option<Misattribution>,
    /// Why it was not judged, if it was not.
    pub unjudged: Option<Unjudged>,
}

/// How a quotation is misattributed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misattribution {
    /// Its words stand in a source, but in none that the note cites.
    Source,
    /// The note names one voice; at the place another speaks.
    Voice {
        /// The name in the note.
        named: String,
        /// Who speaks there, where the page says it.
        speaker: Option<String>,
    },
}

/// Why a quotation was not judged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unjudged {
    /// Below the minimum of words.
    TooShort,
    /// Nothing says that the words are anybody's, and no source has them.
    Unattributed,
    /// The words are said to be from a work whose text is not here.
    NotHeld,
    /// The words are said to be from a work of which only highlights are here.
    Excerpted,
    /// A source that may hold them could not be read.
    SourceUnread,
    /// The sources are still being read.
    NotReady,
}

impl Judged {
    /// Everything that holds of the quotation, in the order in which it is reported.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let words = self.best().map(|found| found.verdict);
        let altered = words.filter(|&words| self.misattribution.is_some() && words == Verdict::Altered);
        std::iter::once(self.verdict).chain(altered).collect()
    }

    /// Whether the words were found as the note has them.
    pub fn is_verified(&self) -> bool {
        matches!(self.verdict, Verdict::Verbatim | Verdict::Typographic | Verdict::Marked | Verdict::Ambiguous)
    }

    /// The place it is judged by.
    pub fn best(&self) -> Option<&Match> {
        self.located.matches.first()
    }

    /// Whether the words at the best place were changed.
    pub fn is_altered(&self) -> bool {
        self.verdicts().contains(&Verdict::Altered)
    }

    /// Where else the words stand unaltered, when they are altered at the best place.
    pub(crate) fn faithful_elsewhere(&self) -> impl Iterator<Item = &Match> {
        let altered = self.best().is_some_and(|best| best.verdict == Verdict::Altered);
        self.located.matches.iter().filter(move |found| altered && found.verdict != Verdict::Altered)
    }

    fn unjudged(located: Located, reason: Unjudged) -> Self {
        Self { verdict: Verdict::Unchecked, located, misattribution: None, unjudged: Some(reason) }
    }
}

impl Unjudged {
    /// The reason in words, to follow "Not checked: ".
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooShort => "too few words to tell a quotation from a turn of phrase",
            Self::Unattributed => "nothing says whose words these are, and no source has them",
            Self::NotHeld => "the text of the work it is from is not among the sources",
            Self::Excerpted => "only a part of the work it is from is among the sources",
            Self::SourceUnread => "a source that may hold it could not be read",
            Self::NotReady => "the sources are still being read",
        }
    }
}

/// What it takes to judge the quotations of one note.
pub(crate) struct Judge<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) file: &'a File,
    pub(crate) page: Arc<Page>,
    pub(crate) note: Arc<Note>,
    /// Where each citation leads, by index into [`Note::citations`]; found out when first asked for.
    resolutions: Vec<OnceCell<Resolution>>,
    recall: Recall<'a>,
}

/// The quotation of a note at an offset, judged: the innermost one that is found in a source, else the outermost.
pub(crate) fn judged_at(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    recall: Recall<'_>,
) -> Option<(Quotation, Arc<Judged>)> {
    let note = snapshot.file(file)?.note()?;
    let mut here = note.quotations.iter().filter(|quotation| quotation.span.touches(offset)).peekable();
    here.peek()?;
    let judge = Judge::recalling(snapshot, file, recall)?;
    let mut judged: Vec<(&Quotation, Arc<Judged>)> =
        here.map(|quotation| (quotation, judge.judged(quotation))).collect();
    judged.sort_by_key(|(quotation, judged)| (judged.located.matches.is_empty(), quotation.span.len()));
    let found = judged.first().is_some_and(|(_, judged)| !judged.located.matches.is_empty());
    let (quotation, judged) = if found { judged.into_iter().next() } else { judged.pop() }?;
    Some((quotation.clone(), judged))
}

impl<'a> Judge<'a> {
    /// The judge of a note; `None` if the file is none.
    pub(crate) fn of(snapshot: &'a Snapshot, file: FileId) -> Option<Self> {
        Self::recalling(snapshot, file, Recall::nothing(snapshot))
    }

    /// The same, who recalls what was found out before.
    pub(crate) fn recalling(snapshot: &'a Snapshot, file: FileId, recall: Recall<'a>) -> Option<Self> {
        let file: &File = snapshot.file(file)?;
        let page = file.page()?;
        let note = page.note()?.clone();
        let resolutions = note.citations.iter().map(|_| OnceCell::new()).collect();
        Some(Self { snapshot, file, page, note, resolutions, recall })
    }

    /// Where a citation of the note leads, by its index there.
    pub(crate) fn resolution(&self, citation: u32) -> Option<&Resolution> {
        let at = citation as usize;
        let citation = self.note.citations.get(at)?;
        Some(self.resolutions.get(at)?.get_or_init(|| self.resolve(citation)))
    }

    /// Every citation of the note, and where it leads, also where in a note: that may change without notice and is not kept.
    pub(crate) fn leads(&self) -> impl Iterator<Item = (&Citation, Cow<'_, Resolution>)> {
        self.citations().map(|(citation, resolution)| match resolution {
            Resolution::Note { .. } if self.recall.keeps() && citation.target.fragment().is_some() => {
                (citation, Cow::Owned(self.snapshot.resolve(self.file.id, citation)))
            }
            _ => (citation, Cow::Borrowed(resolution)),
        })
    }

    fn resolve(&self, citation: &Citation) -> Resolution {
        let target = &citation.target;
        let lead = |citation: &Citation| self.snapshot.resolve(self.file.id, citation);
        if !self.recall.keeps() {
            return lead(citation);
        }
        let resolve = || {
            // Where in a note it leads is no concern of a judgment, and may change without notice.
            let whole = Citation { target: target.without_fragment(), ..citation.clone() };
            match lead(&whole) {
                Resolution::Source { .. } if target.fragment().is_some() => lead(citation),
                whole => whole,
            }
        };
        if citation.bare || target.is_within_note() || matches!(target, Target::NoFootnote(_)) {
            return resolve();
        }
        // Whether there is a file that plays no part here the disk was asked.
        let asks_disk = matches!(target, Target::Path { .. } | Target::Url { .. });
        let is_known = |found: &Resolution| !matches!(found, Resolution::Dead { .. } | Resolution::NoCitation);
        self.recall.or_else_if(|kept| &mut kept.resolutions, target, resolve, |found| !asks_disk || is_known(found))
    }

    /// What is kept of the note.
    pub(crate) fn recall(&self) -> Recall<'a> {
        self.recall
    }

    /// The verdict on one quotation of the note, from what is kept if it is there.
    pub(crate) fn judged(&self, quotation: &Quotation) -> Arc<Judged> {
        let judge = || Arc::new(self.judge(quotation));
        if !self.recall.keeps() {
            return judge();
        }
        self.recall.or_else(|kept| &mut kept.judged, &Asked::of(self, quotation), judge)
    }

    /// Every citation of the note, and where it leads.
    pub(crate) fn citations(&self) -> impl Iterator<Item = (&Citation, &Resolution)> {
        let resolved = |(at, citation)| Some((citation, self.resolution(at as u32)?));
        self.note.citations.iter().enumerate().filter_map(resolved)
    }

    /// Judges one quotation of the note.
    pub(crate) fn judge(&self, quotation: &Quotation) -> Judged {
        let nothing = || Located { verdict: Verdict::Unchecked, matches: Vec::new(), nearest: None, reason: None };
        if !self.snapshot.is_ready() {
            return Judged::unjudged(nothing(), Unjudged::NotReady);
        }
        let words = quotation.words.text();
        let count = ibid_text::words(words).count();
        let short = count < self.snapshot.config().minimum_words as usize;
        if short && !quotation.attribution.is_attributed() {
            return Judged::unjudged(self.rare(words), Unjudged::TooShort);
        }
        let cited = Cited::of(self, quotation);
        let mut located = self.snapshot.locate(words);
        cited.look_there_too(words, &mut located);
        for found in located.matches.iter_mut().filter(|found| found.verdict == Verdict::Altered) {
            if let Some(there) = self.snapshot.file(found.file).and_then(|there| there.page()) {
                aside::restore(self.page.text(), quotation, found, there.readable());
            }
        }
        located.matches.retain(|found| found.file != self.file.id);
        cited.prefer(&mut located);
        self.drop_templates(&mut located, &cited, quotation);
        demote_lookalikes(&mut located, &cited, count);

        let Some(best) = located.matches.first() else {
            return self.absent(located, &cited, quotation, short);
        };
        let told = cited.names(best);
        let altered = best.verdict == Verdict::Altered;
        if short && altered {
            located.matches.clear();
            return Judged::unjudged(located, Unjudged::TooShort);
        }
        if altered && !told && cited.has_unheld() {
            return Judged::unjudged(located, Unjudged::NotHeld);
        }
        if altered && !told && cited.is_excerpted() {
            return Judged::unjudged(located, Unjudged::Excerpted);
        }
        let misattribution = cited.misattribution(&located.matches).filter(|_| !short);
        let verdict = match best.verdict {
            _ if misattribution.is_some() => Verdict::Misattributed,
            verdict if told || altered || equally_good(&located.matches).count() == 1 => verdict,
            _ => Verdict::Ambiguous,
        };
        Judged { verdict, located, misattribution, unjudged: None }
    }

    /// Takes matches out that differ in nothing but a slot, where the note does not tell whose the words are.
    fn drop_templates(&self, located: &mut Located, cited: &Cited<'_, '_>, quotation: &Quotation) {
        located.matches.retain(|found| {
            let page = || self.snapshot.file(found.file).and_then(|there| there.page());
            cited.tells_of(found)
                || found.verdict != Verdict::Altered
                || !page()
                    .is_some_and(|there| template::is_filled(self.page.text(), quotation, found, there.readable()))
        });
    }

    /// Where words stand that are too few to judge, if they stand unaltered in few other files.
    fn rare(&self, words: &str) -> Located {
        let mut located = Located { nearest: None, ..self.snapshot.locate(words) };
        located.matches.retain(|found| found.file != self.file.id && found.verdict != Verdict::Altered);
        if located.matches.len() > RARE {
            located.matches.clear();
        }
        located
    }

    /// The verdict on words that no source has.
    fn absent(&self, located: Located, cited: &Cited<'_, '_>, quotation: &Quotation, short: bool) -> Judged {
        let reason = match located.reason {
            _ if short => Some(Unjudged::TooShort),
            Some(Reason::TooShort) => Some(Unjudged::TooShort),
            Some(Reason::SourceUnread) => Some(Unjudged::SourceUnread),
            Some(Reason::NotReady) => Some(Unjudged::NotReady),
            // Inside another quotation the words are that quotation's, and judged with it.
            None if !cited.is_attributed() || quotation.form == Form::Nested => Some(Unjudged::Unattributed),
            None if cited.is_excerpted() => Some(Unjudged::Excerpted),
            None if !cited.is_all_held() => Some(Unjudged::NotHeld),
            // A name is no pointer: what could not be read may be this person's too.
            None if !cited.has_held() && !self.snapshot.skipped().is_empty() => Some(Unjudged::SourceUnread),
            None => None,
        };
        match reason {
            Some(reason) => Judged::unjudged(located, reason),
            None => Judged { verdict: Verdict::NotFound, located, misattribution: None, unjudged: None },
        }
    }

    /// Whether a name is that of an author of some held source beside the note itself, or of somebody who speaks in one.
    fn knows(&self, name: &str) -> bool {
        self.snapshot.is_speaker(name) || self.knows_author(name)
    }

    /// Whether a name is that of an author of some held source beside the note itself, whose words are here to be
    /// searched. Of somebody who is but quoted in a source, or of whose work highlights were kept, only that is here.
    fn knows_author(&self, name: &str) -> bool {
        self.snapshot.is_author(name, self.file)
    }
}

/// Takes altered matches that are too unlike out of the matches; the best of them becomes the nearest passage.
///
/// The cited source is believed to have the words, so that a lesser likeness will do there; unless they are few and stand
/// unaltered elsewhere, where a lookalike is no surprise.
fn demote_lookalikes(located: &mut Located, cited: &Cited<'_, '_>, count: usize) {
    let unaltered_somewhere = located.matches.iter().any(|found| found.verdict != Verdict::Altered);
    let enough = |found: &Match| {
        let told = cited.tells_of(found);
        let chance = unaltered_somewhere && count < ALTERED_UNTOLD_WORDS;
        let likeness = if told && !chance { ALTERED } else { ALTERED_UNTOLD };
        let words = if told { 0 } else { ALTERED_UNTOLD_WORDS };
        found.verdict != Verdict::Altered || (found.similarity >= likeness && count >= words)
    };
    let (kept, demoted): (Vec<_>, Vec<_>) = std::mem::take(&mut located.matches).into_iter().partition(enough);
    located.matches = kept;
    if located.matches.is_empty() {
        located.nearest = demoted.into_iter().next().or(located.nearest.take());
    }
}

/// The best matches: the first, and those as good.
pub(crate) fn equally_good(matches: &[Match]) -> impl Iterator<Item = &Match> {
    let best = matches.first();
    matches.iter().take_while(move |found| {
        best.is_some_and(|best| found.verdict == best.verdict && found.similarity >= best.similarity)
    })
}
