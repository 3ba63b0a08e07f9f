//! Short forms that spell their long ones: "expected utility maximization (EUM)".

use std::{collections::BTreeSet, ops::Range};

use super::{Candidate, Named, SenseKind, Weight, line::Line};

/// More letters a short form has hardly, if not all are initials (Schwartz and Hearst 2003).
const MOST: usize = 10;

/// One in so many letters of a short form may stand inside of a word: the T of "hypertext markup language (HTML)".
const INSIDE: usize = 3;

/// "expected utility maximization (EUM)", "EUM (expected utility maximization)": what a bracket spells or is spelled by.
pub(super) fn acronym(line: &Line<'_>, open: usize, inside: &Range<usize>) -> Option<Candidate> {
    let before = open.checked_sub(1)?;
    let (short, long) = if let Some(short) = lone_name(line, inside) {
        let long = expansion_before(line, line.written(&short), open)?;
        (short, long)
    } else {
        let short = before..open;
        // What follows a mark is a citation or a note, not part of the expansion.
        let end = inside.clone().find(|&at| matches!(line.form(at), "," | ";")).unwrap_or(inside.end);
        let long = line.trim(inside.start..end);
        let written = line.written(&short);
        (spells(line, written, &long) || abbreviates(line, written, &long)).then_some((short, long))?
    };
    // Spelling out a name tells what it is called, hardly what it is.
    let name = long.clone().all(|at| !line.is_word(at) || line.is_capital(at) || line.ends_noun_phrase(at));
    let weight = Weight(0.3).when(name, -0.9);
    Some(Candidate { kind: SenseKind::Acronym, term: Named::Here(short), sense: long, holder: None, weight })
}

/// The one word that a bracket holds or opens with: "(SVM)", "(“SVM”; Vapnik 1995)".
fn lone_name(line: &Line<'_>, inside: &Range<usize>) -> Option<Range<usize>> {
    let first = inside.clone().find(|&at| line.is_word(at))?;
    let behind = first + 1 + usize::from(line.closes_quote(first + 1));
    (behind >= inside.end || matches!(line.form(behind), ";" | ",")).then_some(first..first + 1)
}

/// The nearest words before `end` that `short` stands for: by their initials, else by more of their letters.
fn expansion_before(line: &Line<'_>, short: &str, end: usize) -> Option<Range<usize>> {
    let most = initials(short)?.len() * 2 + 2;
    let starts = (end.saturating_sub(most)..end).rev().filter(|&start| line.is_word(start));
    let mut longs = starts.map(|start| line.trim(start..end));
    longs.clone().find(|long| spells(line, short, long)).or_else(|| longs.find(|long| abbreviates(line, short, long)))
}

/// Whether the initials of the words in `long` spell `short`; small words may be left out of it.
pub(super) fn spells(line: &Line<'_>, short: &str, long: &Range<usize>) -> bool {
    let Some(letters) = initials(short) else { return false };
    let mut left = letters.iter().peekable();
    for at in long.clone().filter(|&at| line.is_word(at)) {
        let first = line.form(at).chars().next();
        if left.peek().copied() == first.as_ref() {
            left.next();
        } else if !line.ends_noun_phrase(at) {
            return false;
        }
    }
    left.next().is_none() && line.count(long) >= 2
}

/// Whether `short` is made of the initials of the words in `long` and of letters behind them, in order: capitals
/// ("conditioned TD error", CTDE) and a few others ("hypertext markup language", HTML). Small words may be left out of it. A
/// short form stands for the words beside it whose letters it has in order (Schwartz and Hearst 2003); asking each of them
/// for its initial leaves out what only chance spells.
fn abbreviates(line: &Line<'_>, short: &str, long: &Range<usize>) -> bool {
    let Some(letters) = initials(short).filter(|letters| letters.len() <= MOST) else { return false };
    let words: Vec<usize> = long.clone().filter(|&at| line.is_word(at)).collect();
    let is_opened = words.first().is_some_and(|&first| line.form(first).starts_with(letters[0]));
    is_opened && words.len() >= 2 && is_made_of(line, &letters, &words)
}

/// Whether `letters` are those of `words`: read word by word, with all ways in which they may have been read so far, each as
/// how many letters were read, and how many of these small ones from inside of words.
fn is_made_of(line: &Line<'_>, letters: &[char], words: &[usize]) -> bool {
    let mut ways = BTreeSet::from([(0, 0)]);
    for &at in words {
        let is_small = line.ends_noun_phrase(at);
        let before = std::mem::take(&mut ways);
        for (read, inside) in before {
            ways.extend(is_small.then_some((read, inside)));
            ways.extend(read_from(line.written(&(at..at + 1)), letters, (read, inside)));
        }
    }
    ways.into_iter().any(|(read, _)| read == letters.len())
}

/// The ways to go on with the initial of a word and, behind it, with ever more of its letters.
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
        if inside > letters.len() / INSIDE {
            break;
        }
        read += 1;
        ways.push((read, inside));
    }
    ways
}

/// The letters of an acronym, lower-cased, small ones between capitals among them ("`CoT`"); `None` if the word is none.
fn initials(short: &str) -> Option<Vec<char>> {
    let body = short.strip_suffix('s').unwrap_or(short);
    let letters: Vec<char> = body.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let is_edged = letters.first().zip(letters.last()).is_some_and(|(a, b)| a.is_uppercase() && b.is_uppercase());
    (letters.len() >= 2 && is_edged && capitals * 2 >= letters.len())
        .then(|| letters.iter().flat_map(|c| c.to_lowercase()).collect())
}
