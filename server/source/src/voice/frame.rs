//! Reporting frames: words that introduce somebody's words ("Wichers et al says", "According to Tom:").

use ibid_language::{Class, Language, List, PhraseList};

/// Punctuation around a name.
const PUNCTUATION: [char; 9] = ['(', ')', ',', ':', ';', '?', '!', '“', '"'];

/// The speaker whose words a reporting frame introduces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Speaker {
    /// A named speaker: "Tan et al say".
    Named(String),
    /// The person the passage addresses: "You write:".
    Addressee,
    /// The author of the passage: "Earlier I wrote:".
    Writer,
    /// Somebody or something without a name: "The post says:".
    Other,
}

impl Speaker {
    /// The name, if the frame gives one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Addressee | Self::Writer | Self::Other => None,
        }
    }

    fn of_name(name: Option<String>) -> Self {
        name.map_or(Self::Other, Self::Named)
    }
}

/// Whether the line ends with a reporting frame.
pub(crate) fn introduces(line: &str, language: Language) -> bool {
    speaker(line, language).is_some()
}

/// The speaker of the reporting frame with which `line` ends, if there is one.
pub(crate) fn speaker(line: &str, language: Language) -> Option<Speaker> {
    const REACH: usize = 8;
    if !language.has_pack() {
        return None;
    }
    let colon = line.ends_with(':');
    let line = line.trim_end_matches([':', ',', '—', '–', ' ']);
    if line.ends_with(['!', '?', '"', '”']) || (line.ends_with('.') && !line.ends_with("al.")) {
        return None;
    }
    // A quick exit for most lines, which end with neither a colon nor a reporting verb.
    if !colon && !line.split_whitespace().next_back().is_some_and(|word| says(word, true, language)) {
        return None;
    }
    let clause = last_clause(line, language);
    let words: Vec<&str> = clause.split_whitespace().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let last = words.len().checked_sub(1)?;
    if colon && let Some(speaker) = according_to(&words, language) {
        return Some(speaker);
    }
    let reach = if colon { REACH } else { 1 };
    let verb = (0..words.len()).rev().take(reach).find(|&at| says(words[at], at == last && !colon, language))?;
    subject(&words[..verb], words[verb], language)
}

/// The text after the last end of a sentence. "et al.", titles and initials end none.
fn last_clause(line: &str, language: Language) -> &str {
    let ends = line.match_indices(['.', '!', '?', ';']).map(|(at, _)| at);
    let abbreviated = |at: usize| {
        let word = line[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        language.words(List::NameAbbreviation).contains(&word) || word.chars().count() == 1
    };
    let ends = ends.filter(|&at| line[at + 1..].starts_with(char::is_whitespace) && !abbreviated(at));
    ends.max().map_or(line, |at| &line[at + 1..])
}

/// Whether `word` is a reporting verb. With `bare` (no colon after it), verbs that are also nouns do not count.
fn says(word: &str, bare: bool, language: Language) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let classes = language.classes(&word);
    classes.has(Class::FrameVerb) || !bare && classes.has(Class::FrameVerbBeforeColon)
}

/// The speaker in the words before the verb. `None` if there is none: "what I want to say".
fn subject(before: &[&str], verb: &str, language: Language) -> Option<Speaker> {
    let is_aside = |word: &&str| {
        let word = word.trim_matches(['(', ')', ',', '[', ']']);
        language.words(List::AdverbEnding).iter().any(|ending| word.ends_with(ending))
            || language.is(word, Class::FrameAside)
            || word.parse::<u16>().is_ok()
    };
    let mut before = before;
    while let Some((_, rest)) = before.split_last().filter(|(word, _)| is_aside(word)) {
        before = rest;
    }
    let nearest = language.classes(&before.last()?.trim_end_matches(',').to_lowercase());
    if nearest.has(Class::FrameWriter) {
        Some(Speaker::Writer)
    } else if nearest.has(Class::FrameBlocker) {
        None
    } else if nearest.has(Class::Addressee) {
        Some(Speaker::Addressee)
    } else if nearest.has(Class::FrameThirdPerson) {
        Some(Speaker::Other)
    } else {
        let name = trailing_name(before, language);
        let is_base = language.is(&verb.to_lowercase(), Class::FrameBaseVerb);
        (name.is_some() || !is_base).then(|| Speaker::of_name(name))
    }
}

/// The X of "according to X".
fn according_to(words: &[&str], language: Language) -> Option<Speaker> {
    let folded: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let form = |at: usize| folded.get(at).map_or("", String::as_str);
    let end = (0..words.len()).rev().find_map(|at| language.phrases(PhraseList::FrameSource).end_at(form, at))?;
    let after = &words[end..];
    let named = after.iter().take_while(|word| is_name_part(word, language)).count();
    Some(Speaker::of_name(trailing_name(&after[..named], language)))
}

/// The name at the end of `words`: capitalised words and what joins them ("Tan et al", "Kwa and Hebbar").
pub(crate) fn trailing_name(words: &[&str], language: Language) -> Option<String> {
    let parts = words.iter().rev().take(8).take_while(|word| is_name_part(word, language)).count();
    let name = &words[words.len() - parts..];
    let first = name.iter().position(|word| starts_name(word, language))?;
    let last = name.iter().rposition(|word| starts_name(word, language) || is_al(word))?;
    let name: Vec<&str> = name[first..=last.max(first)].iter().map(|word| word.trim_matches(PUNCTUATION)).collect();
    let name = name.join(" ");
    Some(name.strip_suffix("al.").map_or_else(|| name.clone(), |et| format!("{et}al")))
}

/// Whether the word is the end of "et al".
fn is_al(word: &str) -> bool {
    word.trim_matches(PUNCTUATION).trim_end_matches('.') == "al"
}

fn is_name_part(word: &str, language: Language) -> bool {
    let bare = word.trim_matches(['.', ',']);
    starts_name(word, language) || bare == "&" || language.is(bare, Class::NameJoiner)
}

/// Whether a name can begin with the word: it is capitalised, and not just because a sentence begins there.
fn starts_name(word: &str, language: Language) -> bool {
    let word = word.trim_start_matches(['(', '“', '"']).trim_end_matches(',');
    let is_opener = || {
        let is_acronym = word.chars().skip(1).any(char::is_uppercase);
        !is_acronym && language.is(&word.to_lowercase(), Class::NonNameOpener)
    };
    word.starts_with(char::is_uppercase) && !is_opener()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        let shown = speaker(line, Language::ENGLISH).map(|speaker| match speaker {
            Speaker::Named(name) => name,
            Speaker::Addressee => "you".to_owned(),
            Speaker::Writer => "the writer".to_owned(),
            Speaker::Other => "somebody".to_owned(),
        });
        assert_eq!(shown.as_deref(), expected, "{line}");
    }

    #[test]
    fn frames_name_the_speaker() {
        check("So… why does this work? Wichers et al says", Some("Wichers et al"));
        check("Joe Carlsmith writes in his report:", Some("Joe Carlsmith"));
        check("As Kwa and Hebbar (2023) argued:", Some("Kwa and Hebbar"));
        check("according to Tan et al.:", Some("Tan et al"));
        check("The post then says:", Some("somebody"));
        check("You write:", Some("you"));
        check("Earlier I wrote:", Some("the writer"));
        check("That was all. Then Mrs. E. Spencer says:", Some("Mrs. E. Spencer"));
    }

    #[test]
    fn without_a_pack_there_are_no_frames() {
        assert_eq!(speaker("Joe Carlsmith writes in his report:", Language::NONE), None);
    }

    #[test]
    fn other_lines_are_no_frames() {
        for line in [
            "More speculative thoughts:",
            "Some thoughts:",
            "He said.",
            "This is what they want to say",
            "See my notes",
            "Agree, and would add: what is it?",
            "",
        ] {
            check(line, None);
        }
    }
}
