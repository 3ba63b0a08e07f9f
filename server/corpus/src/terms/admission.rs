//! Decides which candidate definitions make a term: a name that somebody would look up, with a sense that explains it. Many
//! sentences in the form of a definition only describe something ("the task is a hard one").

use ibid_evidence::{Definition, SenseKind, definitions, names_a_concept};
use ibid_language::{Class, Language, List};
use ibid_text::{Span, sentences, words};

use super::key::is_acronym;

/// The longest name, in words.
const LONGEST: usize = 6;

/// Whether a definition found in `body` makes a term. `is_proper` returns whether a name is capitalised in all its
/// occurrences in the text.
pub(super) fn makes_a_term(
    body: &str,
    definition: &Definition,
    is_proper: impl Fn(&str) -> bool,
    language: Language,
) -> bool {
    let (name, sense) = (definition.term.of(body), definition.sense.of(body));
    // Someone who coins a name of several words may choose any words.
    let is_coined = definition.kind == SenseKind::Stipulated && name.contains(' ');
    let is_set_off = is_set_off(body, definition.term);
    let is_about_the_word = is_set_off || is_about_words(body, definition, language);
    let is_another_name = matches!(definition.kind, SenseKind::Acronym | SenseKind::Alias);
    is_name(name, language)
        && (is_coined || names_a_concept(name, language))
        && definition.score >= least_score(definition.kind, name)
        && (is_another_name || is_whole(body, definition.term))
        && (is_set_off || reads_as_a_name(name, language))
        && (is_about_the_word
            || !is_plain_word(name)
            || is_proper(name)
            || defines_a_plain_word(body, definition, language))
        && explains(sense, definition, language)
        && !is_circular(name, sense)
}

/// Whether a sense begins with the name itself: "alignment with what we want".
fn is_circular(name: &str, sense: &str) -> bool {
    let mut sense = words(sense);
    words(name).all(|word| sense.next().is_some_and(|first| first.folded == word.folded))
}

/// Whether a string can be the name of a term: words, not a formula, address or number.
pub(super) fn is_name(name: &str, language: Language) -> bool {
    let spelled =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\n' | '-' | '‐' | '–' | '\'' | '’' | '/' | '&' | '.');
    name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && !is_shorthand(name, language)
        && name.chars().all(spelled)
        && name.starts_with(char::is_alphanumeric)
        && !name.contains("//")
        && words(name).nth(LONGEST).is_none()
}

/// Whether a name is a common abbreviation such as "e.g.".
pub(super) fn is_shorthand(name: &str, language: Language) -> bool {
    language.is(&name.trim_end_matches('.').to_lowercase(), Class::Shorthand)
}

/// Whether the words after a name at the start of a paragraph explain the name, that is, whether "name is words" reads as
/// a definition. If the words are a complete sentence, the text must use the name often (`uses` counts); otherwise the
/// name is only the heading of the paragraph.
pub(super) fn is_gloss(name: &str, words: &str, uses: impl Fn(&str) -> usize, language: Language) -> bool {
    const OFTEN: usize = 3;
    let read = format!("{name} is {words}");
    let first = sentences(&read, language.abbreviations()).into_iter().next().unwrap_or_default();
    let defines = |found: &Definition| found.term.start == 0 && found.kind == SenseKind::Stated && found.score >= 0.5;
    is_name(name, language)
        && !words.contains('$')
        && names_a_concept(name, language)
        && definitions(&read, first, language).iter().any(defines)
        && (!asserts(words, language) || uses(name) >= OFTEN)
}

/// Whether a gloss is a noun phrase: it begins with an article and asserts nothing.
pub(super) fn is_phrase(gloss: &str, language: Language) -> bool {
    words(gloss).next().is_some_and(|word| language.is(&word.folded, Class::GlossOpener)) && !asserts(gloss, language)
}

/// Whether a text is a complete sentence: it has a finite verb ("is", "has") before any subordinate clause.
fn asserts(text: &str, language: Language) -> bool {
    let first = sentences(text, language.abbreviations()).into_iter().next().unwrap_or_default();
    let mut all = words(first.of(text)).take_while(|word| !language.is(&word.folded, Class::ClauseOpener));
    all.any(|word| language.is(&word.folded, Class::GlossFiniteVerb))
}

/// The minimum score of a definition, by its kind. An acronym or alias is evident from its form, so it needs less. A plain
/// word with a sentence that may only describe it is rarely a term, so it needs more.
fn least_score(kind: SenseKind, name: &str) -> f32 {
    match kind {
        SenseKind::Acronym | SenseKind::Alias => 0.3,
        SenseKind::Parenthetical => 0.7,
        SenseKind::Stated if !name.contains([' ', '-']) && !is_acronym(name) => 0.88,
        SenseKind::Stated => 0.75,
        _ => 0.6,
    }
}

/// Whether a name is in quotation marks or emphasised.
fn is_set_off(body: &str, name: Span) -> bool {
    let mark = |c: char| matches!(c, '“' | '"' | '‘' | '«' | '„' | '*' | '_' | '`');
    body[..name.start as usize].ends_with(mark)
}

/// Whether the sentence is about a word or its meaning ("X refers to …") and does not just say that X is something.
fn is_about_words(body: &str, definition: &Definition, language: Language) -> bool {
    let between = Span::new(
        definition.term.end.min(definition.sense.end),
        definition.term.start.max(definition.sense.start).max(definition.term.end.min(definition.sense.end)),
    );
    match definition.kind {
        SenseKind::Parenthetical => false,
        SenseKind::Stated => words(between.of(body)).any(|word| language.is(&word.folded, Class::DefinitionMarker)),
        _ => true,
    }
}

/// Whether a name is complete: not part of a hyphenated word or a formula.
fn is_whole(body: &str, name: Span) -> bool {
    let before = body[..name.start as usize].chars().next_back();
    let after = body[name.end as usize..].chars().next();
    !matches!(before, Some('-' | '‐' | '–' | '$' | '/' | '\\' | '.')) && !matches!(after, Some('$' | '/' | '\\'))
}

/// Extends the expansion of a term to the start of its first word: "factor authentication" becomes "two-factor
/// authentication".
pub(super) fn whole(body: &str, phrase: Span) -> Span {
    let before = &body[..phrase.start as usize];
    let part = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '-');
    if before.ends_with('-') { Span::new(part.len() as u32, phrase.end) } else { phrase }
}

/// Whether an unmarked phrase reads as a name, unlike ordinary phrases such as "Aggregating the vectors", "plan's
/// evaluation" or "the arrow above".
fn reads_as_a_name(name: &str, language: Language) -> bool {
    let all: Vec<&str> = name.split_whitespace().collect();
    let Some((last, others)) = all.split_last() else { return false };
    let is_possessive = |word: &&str| {
        word.starts_with(char::is_lowercase) && (word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'"))
    };
    let is_number = !others.is_empty() && last.chars().all(|c| c.is_ascii_digit());
    !others.iter().any(is_possessive)
        && !all.iter().any(|word| language.is(word, Class::NeverInName))
        && !language.is(&last.to_lowercase(), Class::NeverNameEnd)
        && !is_number
}

/// Whether a name is a single ordinary word: not an acronym, compound or code.
fn is_plain_word(name: &str) -> bool {
    !name.contains([' ', '-', '\n']) && !is_acronym(name) && !name.contains(|c: char| c.is_ascii_digit())
}

/// Whether a sentence about a plain word is about the kind in general ("a polder is …", "polders are …") and not about one
/// instance ("the task is …", "our site is …"). For a parenthetical sense, whether it names a kind.
fn defines_a_plain_word(body: &str, definition: &Definition, language: Language) -> bool {
    let sense = definition.sense.of(body).to_lowercase();
    let names_a_kind = sense.split_once(' ').is_some_and(|(first, _)| language.is(first, Class::KindDeterminer));
    let lead = body.get(definition.sentence.start as usize..definition.term.start as usize).unwrap_or_default();
    let before = words(lead).last().map(|word| word.folded);
    let is_generic = match before.as_deref() {
        None => true,
        // "In mining, …", "More precisely, …".
        Some(_) if lead.trim_end().ends_with([',', ':', ';', '—', '-']) => true,
        Some(word) => language.is(word, Class::IndefiniteArticle),
    };
    match definition.kind {
        SenseKind::Parenthetical => names_a_kind,
        SenseKind::Stated => is_generic,
        _ => true,
    }
}

/// Whether a sense explains the name: it is not a remark, not truncated, and more than the name itself.
fn explains(sense: &str, definition: &Definition, language: Language) -> bool {
    let all: Vec<_> = words(sense).map(|word| word.folded).collect();
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return false };
    let is = |word: &str, class| language.is(word, class);
    let cuts_a_formula = sense.matches('$').count() % 2 == 1;
    let is_open = sense.matches('(').count() > sense.matches(')').count()
        || sense.matches('“').count() != sense.matches('”').count();
    let is_before = definition.sense.start < definition.term.start;
    let refers_back = is_before && (depends_on_context(first, language) || is_adverb(last, language));
    let is_opinion = all.iter().any(|word| is(word, Class::OpinionPronoun));
    // "a simpler operation than the other"
    let compares =
        all.iter().take(5).any(|word| is(word, Class::ThanWord)) && !all.iter().any(|word| is(word, Class::RatherWord));
    let is_remark = definition.kind == SenseKind::Stated
        && (is_opinion || compares || is(first, Class::RemarkOpener) || refers_back);
    let names_itself = definition.kind == SenseKind::Stipulated && definition.sense.covers(definition.term);
    let is_phrase = matches!(definition.kind, SenseKind::Stated | SenseKind::Reported | SenseKind::Parenthetical);
    let is_cut = is(last, Class::IncompleteEnd) && !sense.ends_with('$') || is_open || sense.starts_with(',');
    let is_broken = is_phrase && is_cut || cuts_a_formula;
    !(names_itself || is_remark || is_broken)
}

/// Whether a phrase with this first word depends on what came before it, and so explains nothing by itself.
fn depends_on_context(first: &str, language: Language) -> bool {
    language.is(first, Class::ContextOpener) || is_adverb(first, language)
}

/// Whether a word has the ending of an adverb.
fn is_adverb(word: &str, language: Language) -> bool {
    language.words(List::AdverbEnding).iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use ibid_evidence::definitions_in;

    use super::*;

    /// The names of `text` that make terms.
    fn admitted(text: &str) -> Vec<&str> {
        let found = definitions_in(text, &[Span::from(0..text.len())], Language::ENGLISH);
        let is_proper = |name: &str| name.starts_with(char::is_uppercase) && !text.contains(&name.to_lowercase());
        let made = found.into_iter().filter(|definition| makes_a_term(text, definition, is_proper, Language::ENGLISH));
        made.map(|definition| definition.term.of(text)).collect()
    }

    #[test]
    fn names_are_words() {
        for name in ["schemer", "Series B", "fuzzy / non-fuzzy concepts", "Goodhart’s law", "GPT-4"] {
            assert!(is_name(name, Language::ENGLISH), "{name}");
        }
        for name in ["", "B", "2,000", "u_A", "$P$", "a line of far too many words for a name"] {
            assert!(!is_name(name, Language::ENGLISH), "{name}");
        }
    }

    #[test]
    fn a_kind_is_defined_and_one_thing_is_not() {
        assert_eq!(admitted("A polder is a piece of land that lies below the sea."), ["polder"]);
        assert_eq!(admitted("The road was wet. The polder is a piece of land that lies below the sea."), [""; 0]);
        assert_eq!(admitted("The word “polder” refers to a piece of land that lies below the sea."), ["polder"]);
    }

    #[test]
    fn a_turn_of_one_sentence_is_no_name() {
        assert_eq!(admitted("The plan's evaluation is a number that is computed by the critic."), [""; 0]);
        assert_eq!(admitted("Plan evaluation is a method that is used to compare plans."), ["Plan evaluation"]);
    }

    #[test]
    fn a_remark_is_no_sense() {
        assert_eq!(admitted("Plan grafting is a simpler operation than plan repair."), [""; 0]);
        assert_eq!(admitted("Plan grafting is a method that joins plans, as I’ll show."), [""; 0]);
        assert_eq!(admitted("Plan grafting is a method that joins two plans."), ["Plan grafting"]);
    }

    #[test]
    fn a_gloss_is_no_sentence_of_its_own() {
        let once = |_: &str| 1;
        assert!(is_gloss("Slack", "the hours of a week that nobody has planned.", once, Language::ENGLISH));
        assert!(!is_gloss("Coup risks", "The number of people in a coup is small.", once, Language::ENGLISH));
        assert!(is_gloss("Coup risks", "The number of people in a coup is small.", |_| 3, Language::ENGLISH));
        assert!(!is_gloss("Ask early", "Nobody minds, and it saves a week.", once, Language::ENGLISH));
    }
}
