//! Judging a quotation in its note by its words, its citations and the voice that the note names.

mod aside;
mod cited;
mod key;
mod template;
#[cfg(test)]
mod tests;
mod translation;

use std::sync::Arc;

use ibid_corpus::{FileId, Located, Match, Reason, Snapshot};
use ibid_evidence::Verdict;
use ibid_note::{Form, Quotation};

use super::{
    checked_note::CheckedNote,
    judged::{Judged, UncheckedReason, equally_good},
    memo::{Memo, QuotationKey},
};
use cited::Cited;

/// The least similarity (0..1) of an altered quotation to its source.
const ALTERED: f32 = 0.6;
/// The least similarity where the note does not say that the words are from this source.
const ALTERED_UNATTRIBUTED: f32 = 0.8;
/// The fewest words of an altered quotation that the note does not attribute to the source.
const ALTERED_UNATTRIBUTED_WORDS: usize = 8;
/// A quotation too short to judge still leads to its source if the sources have its words in at most this many places.
const RARE: usize = 3;

/// The quotation of a note at a byte offset with its verdict: the innermost one that was found in a source, or the
/// outermost if none was. `memo` is that of the file.
pub(crate) fn judged_at(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    memo: &Memo,
) -> Option<(Quotation, Arc<Judged>)> {
    let note = snapshot.file(file)?.note()?;
    note.quotations.iter().find(|quotation| quotation.span.touches(offset))?;
    let note = CheckedNote::open(snapshot, file, memo)?;
    let mut here: Vec<(&Quotation, &Arc<Judged>)> =
        note.quotations_where(|quotation| quotation.span.touches(offset)).collect();
    here.sort_by_key(|(quotation, judged)| (judged.located.matches.is_empty(), quotation.span.len()));
    let is_found = here.first().is_some_and(|(_, judged)| !judged.located.matches.is_empty());
    let (quotation, judged) = if is_found { here.first() } else { here.last() }?;
    Some(((*quotation).clone(), Arc::clone(judged)))
}

impl CheckedNote<'_> {
    /// The verdict on a quotation, by its index into `Note::quotations`.
    pub(crate) fn judged(&self, quotation: u32) -> Option<&Arc<Judged>> {
        let at = quotation as usize;
        let quotation = self.note.quotations.get(at)?;
        let judge = || {
            let key = QuotationKey::of(self, quotation);
            self.memo.get_or(|kept| &mut kept.judged, &key, || Arc::new(self.judge(quotation)))
        };
        Some(self.judged.get(at)?.get_or_init(judge))
    }

    /// Every quotation of the note with its verdict.
    pub(crate) fn quotations(&self) -> impl Iterator<Item = (&Quotation, &Arc<Judged>)> {
        self.quotations_where(|_| true)
    }

    /// The quotations that `wanted` accepts, with their verdicts; no other is judged.
    pub(crate) fn quotations_where(
        &self,
        wanted: impl Fn(&Quotation) -> bool,
    ) -> impl Iterator<Item = (&Quotation, &Arc<Judged>)> {
        let quotations = self.note.quotations.iter().enumerate().filter(move |(_, quotation)| wanted(quotation));
        quotations.filter_map(|(at, quotation)| Some((quotation, self.judged(at as u32)?)))
    }

    /// Judges a quotation of the note.
    fn judge(&self, quotation: &Quotation) -> Judged {
        let nothing = || Located { verdict: Verdict::Unchecked, matches: Vec::new(), nearest: None, reason: None };
        if !self.snapshot.is_ready() {
            return Judged::unchecked(nothing(), UncheckedReason::NotReady);
        }
        let words = quotation.words.text();
        let count = word_count(words);
        let short = count < self.snapshot.config().minimum_words as usize;
        if short && !quotation.attribution.is_attributed() {
            return Judged::unchecked(self.rare(words), UncheckedReason::TooShort);
        }
        let cited = Cited::of(self, quotation);
        let mut located = self.snapshot.locate(words);
        cited.search_cited(words, &mut located);
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
        let is_cited = cited.names(best);
        let altered = best.verdict == Verdict::Altered;
        if short && altered {
            located.matches.clear();
            return Judged::unchecked(located, UncheckedReason::TooShort);
        }
        if altered && !is_cited && cited.has_unheld() {
            return Judged::unchecked(located, UncheckedReason::NotHeld);
        }
        if altered && !is_cited && cited.is_excerpted() {
            return Judged::unchecked(located, UncheckedReason::Excerpted);
        }
        let misattribution = cited.misattribution(&located.matches).filter(|_| !short);
        let verdict = match best.verdict {
            _ if misattribution.is_some() => Verdict::Misattributed,
            verdict if is_cited || altered || equally_good(&located.matches).count() == 1 => verdict,
            _ => Verdict::Ambiguous,
        };
        let voice = cited.named_voice(best, misattribution.as_ref());
        Judged { verdict, located, misattribution, voice, unchecked_reason: None }
    }

    /// Removes matches that differ only in the slots of a template, unless the note attributes the words to their source.
    fn drop_templates(&self, located: &mut Located, cited: &Cited<'_, '_>, quotation: &Quotation) {
        located.matches.retain(|found| {
            let page = || self.snapshot.file(found.file).and_then(|there| there.page());
            cited.attributes_to(found)
                || found.verdict != Verdict::Altered
                || !page()
                    .is_some_and(|there| template::is_filled(self.page.text(), quotation, found, there.readable()))
        });
    }

    /// The places of a quotation that is too short to judge, if few other files have its words unaltered.
    fn rare(&self, words: &str) -> Located {
        let mut located = Located { nearest: None, ..self.snapshot.locate(words) };
        located.matches.retain(|found| found.file != self.file.id && found.verdict != Verdict::Altered);
        if located.matches.len() > RARE {
            located.matches.clear();
        }
        located
    }

    /// The verdict on a quotation without a match.
    fn absent(&self, located: Located, cited: &Cited<'_, '_>, quotation: &Quotation, short: bool) -> Judged {
        let reason = match located.reason {
            _ if short => Some(UncheckedReason::TooShort),
            Some(Reason::TooShort) => Some(UncheckedReason::TooShort),
            Some(Reason::SourceUnread) => Some(UncheckedReason::SourceUnread),
            Some(Reason::NotReady) => Some(UncheckedReason::NotReady),
            // A nested quotation is judged as a part of the one around it.
            None if !cited.is_attributed() || !cited.is_word_for_word() || quotation.form == Form::Nested => {
                Some(UncheckedReason::Unattributed)
            }
            None if cited.is_excerpted() => Some(UncheckedReason::Excerpted),
            None if !cited.is_all_held() => Some(UncheckedReason::NotHeld),
            // A name alone does not say which source, so it may be one that could not be read.
            None if !cited.has_held() && !self.snapshot.skipped().is_empty() => Some(UncheckedReason::SourceUnread),
            None => translation::is_translated(self, quotation, cited).then_some(UncheckedReason::Translated),
        };
        match reason {
            Some(reason) => Judged::unchecked(located, reason),
            None => Judged {
                verdict: Verdict::NotFound,
                located,
                misattribution: None,
                voice: None,
                unchecked_reason: None,
            },
        }
    }

    /// Whether a name is that of an author of a held source other than the note, or of a speaker in one.
    fn knows(&self, name: &str) -> bool {
        self.snapshot.is_speaker(name) || self.knows_author(name)
    }

    /// Whether a name is that of an author of a held source other than the note. Somebody who is only quoted in a source,
    /// or whose work is held only as highlights, may have said more elsewhere.
    fn knows_author(&self, name: &str) -> bool {
        self.snapshot.is_author(name, self.file)
    }
}

/// The number of words of a quotation, of which the configuration asks for a minimum. Characters of scripts without spaces
/// are each a word to UAX 29; three of them say about as much as one word.
fn word_count(text: &str) -> usize {
    const PER_WORD: usize = 3;
    let (mut words, mut characters) = (0, 0);
    for word in ibid_text::words(text) {
        if word.folded.starts_with(is_of_unspaced_script) {
            characters += 1;
        } else {
            words += 1;
        }
    }
    words + characters / PER_WORD
}

/// Thai, Lao, Burmese, Khmer, hiragana, and Chinese characters.
const fn is_of_unspaced_script(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{309F}'
        | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Removes altered matches that are not similar enough; the best of them becomes the nearest passage.
///
/// A match in the source that the note attributes the words to needs less similarity, unless the quotation is a callout, or
/// the words are few and found unaltered elsewhere: then a similar passage is likely to be chance.
fn demote_lookalikes(located: &mut Located, cited: &Cited<'_, '_>, count: usize) {
    let unaltered_somewhere = located.matches.iter().any(|found| found.verdict != Verdict::Altered);
    let enough = |found: &Match| {
        let attributed = cited.is_word_for_word() && cited.attributes_to(found);
        let chance = unaltered_somewhere && count < ALTERED_UNATTRIBUTED_WORDS;
        let similarity = if attributed && !chance { ALTERED } else { ALTERED_UNATTRIBUTED };
        let words = if attributed { 0 } else { ALTERED_UNATTRIBUTED_WORDS };
        found.verdict != Verdict::Altered || (found.similarity >= similarity && count >= words)
    };
    let (kept, demoted): (Vec<_>, Vec<_>) = std::mem::take(&mut located.matches).into_iter().partition(enough);
    located.matches = kept;
    if located.matches.is_empty() {
        located.nearest = demoted.into_iter().next().or(located.nearest.take());
    }
}
