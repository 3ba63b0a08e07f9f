//! Sentences: the boundaries of UAX 29, corrected.
//!
//! UAX 29 knows no words: it ends a sentence after "Dr." and at every line break, and before a footnote mark or an
//! asterisk that still belongs to the sentence. Each proposed boundary is moved after such marks, then kept or dropped
//! by the text on its two sides. The words for this, [`Abbreviations`], come from the caller.

mod bounds;

use std::borrow::Cow;

use bounds::Bounds;

use crate::Span;

/// The words of a language that distinguish the full stop of an abbreviation from the end of a sentence.
///
/// All lists are sorted by bytes and in lower case, but for [`Abbreviations::single_letter_words`]. Abbreviations lack
/// their last full stop. The default has no words: every full stop before a capital letter ends a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Abbreviations {
    /// Abbreviations that never or hardly ever end a sentence: `dr`, `e.g`.
    pub within_sentence: &'static [&'static str],
    /// Abbreviations before a number: `no`, `pp`. Before anything else, their full stop ends a sentence.
    pub before_number: &'static [&'static str],
    /// Abbreviations that end a sentence only where a word of `sentence_openers` follows: `inc`, `al`.
    pub anywhere: &'static [&'static str],
    /// Words that begin many sentences and no name: `the`.
    pub sentence_openers: &'static [&'static str],
    /// Words in lower case that the initial of a name may follow: `by`.
    pub before_initial: &'static [&'static str],
    /// Words of one capital letter that are no initials: `I`.
    pub single_letter_words: &'static [&'static str],
}

/// The sentences of `text`, trimmed of surrounding space, in order; empty ones are left out. A blank line always ends
/// a sentence. A single line break does only if a list item or heading is before or after it.
pub fn sentences(text: &str, abbreviations: Abbreviations) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for proposed in Bounds::new(text) {
        if proposed <= start {
            continue;
        }
        if let Some(end) = boundary(text, start, proposed, abbreviations) {
            push_trimmed(&mut found, text, start, end);
            start = end;
        }
    }
    push_trimmed(&mut found, text, start, text.len());
    found
}

fn push_trimmed(found: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let piece = &text[start..end];
    let lead = piece.len() - piece.trim_start().len();
    let body = piece.trim();
    if !body.is_empty() {
        found.push(Span::from(start + lead..start + lead + body.len()));
    }
}

/// Where the sentence that begins at `start` ends, if it ends at the boundary that UAX 29 proposes.
fn boundary(text: &str, start: usize, proposed: usize, abbreviations: Abbreviations) -> Option<usize> {
    let end = behind_marks(text, start, proposed)?;
    let before = text[start..end].trim_end();
    if before.is_empty() {
        return Some(end);
    }
    let (gap, after) = (&text[start + before.len()..end], &text[end..]);
    let next = after.trim_start();
    if next.is_empty() {
        return Some(end);
    }
    let breaks = gap.matches('\n').count() + after[..after.len() - next.len()].matches('\n').count();
    if breaks > 1 || (breaks == 1 && (begins_block(next) || is_heading(before))) {
        return Some(end);
    }
    let core = without_marks(before);
    let goes_on = match core.chars().next_back() {
        Some('.') => abbreviations.continue_sentence(core, next) || is_item_number(core, text, start),
        Some('!' | '?') => next.starts_with(char::is_lowercase),
        // A line break inside a sentence; other ends (。 ؟ …) are as UAX 29 has them.
        Some(c) => breaks == 1 && c.is_ascii() || c.is_alphanumeric(),
        None => true,
    };
    (!goes_on).then_some(end)
}

/// Moves a boundary right after a Latin full stop, without a space, over everything that still belongs to the sentence:
/// emphasis marks, closing marks, footnote and citation brackets. `None` where letters follow ("Node.js").
fn behind_marks(text: &str, start: usize, proposed: usize) -> Option<usize> {
    let before = &text[start..proposed];
    if before.ends_with(char::is_whitespace) || proposed == text.len() {
        return Some(proposed);
    }
    // UAX 29 takes an opening bracket for a closing one: go back to the stop.
    let stop = before.trim_end_matches(|c| is_closer(c) || matches!(c, '[' | '(' | '^'));
    if !stop.ends_with(['.', '!', '?']) {
        return Some(proposed);
    }
    let mut at = start + stop.len();
    loop {
        let rest = &text[at..];
        let bracket = rest.strip_prefix('^').unwrap_or(rest).starts_with('[');
        match rest.chars().next() {
            None => return Some(at),
            Some(c) if c.is_whitespace() => {
                let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
                let line_end = usize::from(rest[blank..].starts_with('\n'));
                return Some(at + (blank + line_end).max(c.len_utf8()));
            }
            Some(_) if bracket => at += closing_bracket(rest)? + 1,
            Some(c) if is_closer(c) => at += c.len_utf8(),
            Some(_) => return None,
        }
    }
}

/// Where the bracket that `text` begins with closes, if it closes near and on the same line.
fn closing_bracket(text: &str) -> Option<usize> {
    /// Longest footnote or citation, in bytes: the search stays linear where no bracket closes.
    const LONGEST: usize = 2048;
    let near = &text.as_bytes()[..text.len().min(LONGEST)];
    memchr::memchr2(b']', b'\n', near).filter(|&at| near[at] == b']')
}

/// A sentence up to its full stop, without closing marks and citation brackets.
fn without_marks(sentence: &str) -> &str {
    let core = sentence.trim_end_matches(is_closer);
    match sentence.ends_with(']').then(|| core.rfind('[')).flatten() {
        Some(at) if !core.ends_with(['.', '!', '?']) => without_marks(core[..at].trim_end_matches('^')),
        _ => core,
    }
}

/// A mark that may occur between a full stop and the space after it.
const fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '‘' | ')' | ']' | '}' | '*' | '_' | '~' | '`' | '」' | '』')
}

/// Whether a line begins a block: a list item, a heading, a quotation, a table row or a fence.
fn begins_block(line: &str) -> bool {
    let mut chars = line.chars();
    let marker = chars.next();
    let spaced = chars.next().is_none_or(char::is_whitespace);
    match marker {
        Some('-' | '*' | '+') => spaced,
        Some('•' | '◦' | '▪' | '‣' | '#' | '>' | '|') => true,
        Some('`' | '~') => line.starts_with("```") || line.starts_with("~~~"),
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(". ") || rest.starts_with(") ")
        }
        _ => false,
    }
}

/// Whether the last line of `before` is a Markdown heading.
fn is_heading(before: &str) -> bool {
    before.rsplit('\n').next().is_some_and(|line| line.starts_with('#'))
}

/// Whether the sentence up to its full stop is nothing but the number of a list item.
fn is_item_number(core: &str, text: &str, start: usize) -> bool {
    let number = core.trim_end_matches('.').trim_start();
    let at_line_start = start == 0 || text[..start].ends_with('\n') || core.starts_with('\n');
    at_line_start && !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
}

impl Abbreviations {
    /// Whether the full stop that ends `core` belongs to an abbreviation, and the sentence continues with `next`.
    fn continue_sentence(&self, core: &str, next: &str) -> bool {
        let stem = &core[..core.len() - 1];
        let word_start =
            stem.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘' | '—' | '*' | '_' | '/'));
        let word = word_start.map_or(stem, |at| &stem[at..]).trim_start_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() || word.len() > 8 {
            return false;
        }
        let lower = lower(word);
        if is_in(self.before_number, &lower) {
            return next.starts_with(|c: char| c.is_ascii_digit());
        }
        if is_in(self.within_sentence, &lower) {
            return true;
        }
        // "et al. The" begins a sentence; "e.g. The Times" hardly ever does.
        if is_in(self.anywhere, &lower) {
            return !self.opens_sentence(next);
        }
        let before_initial = next.chars().nth(1) == Some('.');
        self.is_initial(word)
            && !self.opens_sentence(next)
            && (before_initial || self.allow_initial(&stem[..stem.len() - word.len()]))
    }

    /// Whether `next` begins with a word that begins many sentences.
    fn opens_sentence(&self, next: &str) -> bool {
        let first = &next[..next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len())];
        is_in(self.sentence_openers, &lower(first))
    }

    /// A single capital letter, or several with full stops between ("J", "J.R").
    fn is_initial(&self, word: &str) -> bool {
        !is_in(self.single_letter_words, word)
            && word.split('.').all(|part| {
                let mut letters = part.chars();
                letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
            })
    }

    /// Whether an initial may follow `before`: nothing, a capitalised word or another initial ("Thomas S.").
    fn allow_initial(&self, before: &str) -> bool {
        let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let last = last.trim_start_matches(|c: char| !c.is_alphanumeric());
        last.is_empty() || last.starts_with(char::is_uppercase) || is_in(self.before_initial, last)
    }
}

fn is_in(words: &[&str], word: &str) -> bool {
    words.binary_search(&word).is_ok()
}

/// A word in lower case, copied only where it is in another.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SOME: Abbreviations = Abbreviations {
        within_sentence: &["dr", "e.g", "pp"],
        before_number: &["no"],
        anywhere: &["al", "u.s"],
        sentence_openers: &["it", "nothing", "the", "they", "we"],
        before_initial: &["by"],
        single_letter_words: &["I"],
    };

    /// `|` marks where the text is to be split.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found: Vec<&str> = sentences(&text, SOME).into_iter().map(|span| span.of(&text)).collect();
        let wanted: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check("Dr. Smith met J. R. R. Tolkien. |They talked.");
        check("See pp. 12 and no. 5, e.g. Figure 3. |It rose by 3.5 percent.");
        check("Wang et al. Published later, as Smith et al. |The rest is known.");
        check("He lives in the U.S. |The rest live in the U.S. Virgin Islands.");
        check("The answer is no. |We went on with vitamin C. |Nothing changed.");
    }

    #[test]
    fn without_words_a_full_stop_before_a_capital_is_an_end() {
        let text = "Dr. Smith met John R. Doe.";
        let found = sentences(text, Abbreviations::default());
        let found: Vec<&str> = found.into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["Dr.", "Smith met John R. Doe."]);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence() {
        check("He said “so.” |Then he left.");
        check("It fell.[^1] |It rose.^[So they say.] |**It stood.** |Then (it lay.) |So it is.[12][13] |End.");
        check("“Are you?” he asked. |“No!” |She left.");
        check("Use Node.js or example.Com today. |Done.");
    }

    #[test]
    fn a_soft_line_break_is_a_space_and_a_blank_line_is_not() {
        check("One sentence broken\nover lines. |Another\r\none, by Dr.\nSmith.");
        check("No stop here\n\n|Next paragraph");
        check("Some thoughts:\n|- first item\n|- second item\n|1. Third");
        check("# A heading\n|Text under it.");
    }

    #[test]
    fn scripts_have_their_own_full_stops() {
        check("これは文です。|次の文です。");
    }

    proptest! {
        #[test]
        fn sentences_cover_all_that_is_not_space(text in "[a-zA-Z .?!\"”\\n\\[\\]^*。0-9é-]{0,80}") {
            let mut end = 0;
            for span in sentences(&text, SOME) {
                prop_assert!(text[end..span.start as usize].trim().is_empty());
                prop_assert!(!span.is_empty());
                end = span.end as usize;
            }
            prop_assert!(text[end..].trim().is_empty());
        }

        #[test]
        fn never_fails(text in "\\PC{0,60}") {
            sentences(&text, SOME);
            sentences(&text, Abbreviations::default());
        }
    }
}
