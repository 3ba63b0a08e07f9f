//! Acronyms beside their expansions: "expected utility maximization (EUM)".

use std::{collections::BTreeSet, ops::Range};

use super::{Candidate, CandidateTerm, SenseKind, Weight, tagged_sentence::TaggedSentence};

/// The most letters of a short form that are not all initials (Schwartz and Hearst 2003).
const MAX_LETTERS: usize = 10;

/// One in this many letters of a short form may come from inside a word: the T of "hypertext markup language (HTML)".
const INSIDE_RATIO: usize = 3;

/// An acronym before or inside a bracket: "expected utility maximization (EUM)", "EUM (expected utility maximization)".
pub(super) fn acronym(sentence: &TaggedSentence<'_>, open: usize, inside: &Range<usize>) -> Option<Candidate> {
    let before = open.checked_sub(1)?;
    let (short, long) = if let Some(short) = lone_word(sentence, inside) {
        let long = expansion_before(sentence, sentence.written(&short), open)?;
        (short, long)
    } else {
        let short = before..open;
        // The words after a mark are a citation or a note, not part of the expansion.
        let end = inside.clone().find(|&at| matches!(sentence.form(at), "," | ";")).unwrap_or(inside.end);
        let long = sentence.trim(inside.start..end);
        let written = sentence.written(&short);
        (spells(sentence, written, &long) || abbreviates(sentence, written, &long)).then_some((short, long))?
    };
    // The expansion of a proper name seldom says what the thing is.
    let name = long.clone().all(|at| !sentence.is_word(at) || sentence.is_capital(at) || sentence.ends_noun_phrase(at));
    let weight = Weight(0.3).when(name, -0.9);
    Some(Candidate { kind: SenseKind::Acronym, term: CandidateTerm::Here(short), sense: long, holder: None, weight })
}

/// The only word in a bracket, or the only word before its first mark: "(SVM)", "(“SVM”; Vapnik 1995)".
fn lone_word(sentence: &TaggedSentence<'_>, inside: &Range<usize>) -> Option<Range<usize>> {
    let first = inside.clone().find(|&at| sentence.is_word(at))?;
    let after = first + 1 + usize::from(sentence.closes_quote(first + 1));
    (after >= inside.end || matches!(sentence.form(after), ";" | ",")).then_some(first..first + 1)
}

/// The nearest words before `end` that `short` abbreviates: by their initials, or else by more of their letters.
fn expansion_before(sentence: &TaggedSentence<'_>, short: &str, end: usize) -> Option<Range<usize>> {
    let most = initials(short)?.len() * 2 + 2;
    let starts = (end.saturating_sub(most)..end).rev().filter(|&start| sentence.is_word(start));
    let mut longs = starts.map(|start| sentence.trim(start..end));
    longs
        .clone()
        .find(|long| spells(sentence, short, long))
        .or_else(|| longs.find(|long| abbreviates(sentence, short, long)))
}

/// Whether the initials of the words in `long` spell `short`. Function words may be left out.
pub(super) fn spells(sentence: &TaggedSentence<'_>, short: &str, long: &Range<usize>) -> bool {
    let Some(letters) = initials(short) else { return false };
    let mut left = letters.iter().peekable();
    for at in long.clone().filter(|&at| sentence.is_word(at)) {
        let first = sentence.form(at).chars().next();
        if left.peek().copied() == first.as_ref() {
            left.next();
        } else if !sentence.ends_noun_phrase(at) {
            return false;
        }
    }
    left.next().is_none() && sentence.count(long) >= 2
}

/// Whether `short` consists of letters of the words in `long`, in order (Schwartz and Hearst 2003): the initial of each
/// word, then capitals ("conditioned TD error", CTDE) and a few other letters ("hypertext markup language", HTML) of the
/// same word. Function words may be left out. The initials are required because other letters often match by chance.
fn abbreviates(sentence: &TaggedSentence<'_>, short: &str, long: &Range<usize>) -> bool {
    let Some(letters) = initials(short).filter(|letters| letters.len() <= MAX_LETTERS) else { return false };
    let words: Vec<usize> = long.clone().filter(|&at| sentence.is_word(at)).collect();
    let is_opened = words.first().is_some_and(|&first| sentence.form(first).starts_with(letters[0]));
    is_opened && words.len() >= 2 && consists_of(sentence, &letters, &words)
}

/// Whether `letters` can be read from `words`. Reads word by word and keeps every partial reading, as the number of letters
/// read and the number of lower-case letters among them that come from inside a word.
fn consists_of(sentence: &TaggedSentence<'_>, letters: &[char], words: &[usize]) -> bool {
    let mut ways = BTreeSet::from([(0, 0)]);
    for &at in words {
        let is_function_word = sentence.ends_noun_phrase(at);
        let before = std::mem::take(&mut ways);
        for (read, inside) in before {
            ways.extend(is_function_word.then_some((read, inside)));
            ways.extend(read_from(sentence.written(&(at..at + 1)), letters, (read, inside)));
        }
    }
    ways.into_iter().any(|(read, _)| read == letters.len())
}

/// Extends a partial reading by the initial of a word, and by more and more letters after it.
fn read_from(word: &str, letters: &[char], (read, inside): (usize, usize)) -> Vec<(usize, usize)> {
    let mut written = word.chars();
    let is_next = |c: char, read: usize| letters.get(read).is_some_and(|&next| c.to_lowercase().eq([next]));
    if !written.next().is_some_and(|initial| is_next(initial, read)) {
        return Vec::new();
    }
    let mut ways = vec![(read + 1, inside)];
    let (mut read, mut inside) = (read + 1, inside);
    while let Some(found) = written.find(|&c| is_next(c, read)) {
        inside += usize::from(found.is_lowercase());
        if inside > letters.len() / INSIDE_RATIO {
            break;
        }
        read += 1;
        ways.push((read, inside));
    }
    ways
}

/// The letters of an acronym in lower case, including lower-case letters between capitals ("`CoT`"). `None` if the word is
/// no acronym.
fn initials(short: &str) -> Option<Vec<char>> {
    let body = short.strip_suffix('s').unwrap_or(short);
    let letters: Vec<char> = body.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let is_edged = letters.first().zip(letters.last()).is_some_and(|(a, b)| a.is_uppercase() && b.is_uppercase());
    (letters.len() >= 2 && is_edged && capitals * 2 >= letters.len())
        .then(|| letters.iter().flat_map(|c| c.to_lowercase()).collect())
}
