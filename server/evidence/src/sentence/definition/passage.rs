//! Definitions over whole passages: what "it" and "the term" stand for, and acronyms without brackets.

use ibid_language::{Class, Language};
use ibid_text::{Span, sentences};

use super::{Candidate, Definition, Named, SenseKind, Weight, acronym::spells, candidates, line::Line};
use crate::tokens::tokens;

/// A term that was spoken of stays in mind for so many sentences.
const IN_MIND: u32 = 3;

/// The shortest acronym that is tied to an expansion without brackets: with fewer letters chance would do it.
const LEAST_LETTERS: usize = 3;

/// Every definition that `passages` of `text` may give, in order; all spans are into `text`.
///
/// A term that is asked for or defined is remembered over the next sentences, also into the next passage, where a
/// comment was broken into lines: that is what "it" and "the term" stand for.
pub fn definitions_in(text: &str, passages: &[Span], language: Language) -> Vec<Definition> {
    if !language.has_pack() {
        return Vec::new();
    }
    let mut reader = Reader { text, language, topic: None };
    passages.iter().flat_map(|&passage| reader.read(passage)).collect()
}

struct Reader<'a> {
    text: &'a str,
    language: Language,
    /// The term last spoken of as a word, and for how many sentences it will be remembered.
    topic: Option<(Span, u32)>,
}

impl Reader<'_> {
    fn read(&mut self, passage: Span) -> Vec<Definition> {
        let mut found = Vec::new();
        let mut behind: Option<Span> = None;
        for sentence in sentences(passage.of(self.text), self.language.abbreviations()) {
            let sentence = sentence.shift(passage.start);
            self.read_sentence(sentence, behind, &mut found);
            behind = Some(behind.map_or(sentence, |behind| Span::new(behind.start.max(passage.start), sentence.end)));
        }
        self.acronyms(passage, &mut found);
        found
    }

    /// Reads one sentence; `behind` is what the passage said before it.
    fn read_sentence(&mut self, sentence: Span, behind: Option<Span>, found: &mut Vec<Definition>) {
        let tokens = tokens(self.text, sentence, self.language);
        let line = Line::new(self.text, sentence, &tokens, self.language);
        let first = found.len();
        let (here, leaning): (Vec<_>, Vec<_>) =
            candidates(&line).into_iter().partition(|candidate| matches!(candidate.term, Named::Here(_)));
        for candidate in here {
            let names_what_was_said = is_call(&line, &candidate);
            let Some(mut definition) = candidate.place(&line, None) else { continue };
            if let Some(said) = behind.filter(|_| names_what_was_said) {
                definition.sense = self.last_of(said, if definition.term.of(self.text).contains('/') { 2 } else { 1 });
            }
            found.push(definition);
        }
        let topic = found[first..]
            .iter()
            .filter(|definition| definition.score >= 0.5)
            .max_by(|a, b| a.score.total_cmp(&b.score))
            .map(|definition| (definition.term, IN_MIND));
        let remembered = topic.or(self.topic);
        let before = remembered.map(|(term, _)| term);
        found.extend(leaning.into_iter().filter_map(|candidate| candidate.place(&line, before)));
        self.topic = topic.or(self.topic.and_then(|(term, left)| Some((term, left.checked_sub(1)?))));
    }

    /// The last `count` sentences of what was said.
    fn last_of(&self, said: Span, count: usize) -> Span {
        let all = sentences(said.of(self.text), self.language.abbreviations());
        let first = all.len().saturating_sub(count);
        all.get(first).map_or(said, |first| Span::new(said.start + first.start, said.end))
    }

    /// Ties acronyms to expansions elsewhere in the passage: "expected utility maximization … EUM".
    fn acronyms(&self, passage: Span, found: &mut Vec<Definition>) {
        let bytes = passage.of(self.text).as_bytes();
        if !bytes.windows(LEAST_LETTERS).any(|letters| letters.iter().all(u8::is_ascii_uppercase)) {
            return;
        }
        let tokens = tokens(self.text, passage, self.language);
        let line = Line::new(self.text, passage, &tokens, self.language);
        for at in 0..line.len() {
            let short = line.written(&(at..at + 1));
            let letters = short.chars().filter(|c| c.is_uppercase()).count();
            if letters < LEAST_LETTERS || letters != short.chars().count() {
                continue;
            }
            let known = found.iter().any(|one| one.term.of(self.text) == short || one.sense.of(self.text) == short);
            if known {
                continue;
            }
            let expansion = (0..line.len().saturating_sub(letters)).find(|&start| {
                let long = start..start + letters;
                // What it does may begin with its letters too: "an LEF also lets eels flee".
                let goes_on = (at + 1..at + 4).contains(&start);
                !goes_on
                    && !line.is_capital(start + 1)
                    && long.clone().all(|at| is_content(&line, at))
                    && spells(&line, short, &long)
            });
            if let Some(start) = expansion {
                let candidate = Candidate {
                    kind: SenseKind::Acronym,
                    term: Named::Here(at..at + 1),
                    sense: start..start + letters,
                    holder: None,
                    weight: Weight(0.2),
                };
                found.extend(candidate.place(&line, None));
            }
        }
    }
}

/// Whether a candidate names what was said before it: "call these X".
fn is_call(line: &Line<'_>, candidate: &Candidate) -> bool {
    candidate.kind == SenseKind::Stipulated && line.is(candidate.sense.start, Class::CallVerb)
}

fn is_content(line: &Line<'_>, at: usize) -> bool {
    line.is_word(at) && line.form(at).len() > 3 && !line.ends_noun_phrase(at) && !line.is(at, Class::Adverb)
}
