//! Definitions in whole passages: resolves "it" and "the term", and finds acronyms without brackets.

use ibid_language::{Class, Language};
use ibid_text::{Span, sentences};

use super::{
    Candidate, CandidateTerm, Definition, SenseKind, Weight, acronym::spells, candidates,
    tagged_sentence::TaggedSentence,
};
use crate::tokens::tokens;

/// The number of sentences for which a term is remembered.
const REMEMBERED_FOR: u32 = 3;

/// The shortest acronym that is matched with an expansion without brackets. Shorter ones would match by chance.
const MIN_LETTERS: usize = 3;

/// Every possible definition in `passages` of `text`, in order. All spans are bytes of `text`.
///
/// "It" and "the term" refer to the last term that was defined or asked about in the sentences before. That term may be
/// in another passage, because comments are often broken into several passages.
pub fn definitions_in(text: &str, passages: &[Span], language: Language) -> Vec<Definition> {
    if !language.has_pack() {
        return Vec::new();
    }
    let mut reader = PassageReader { text, language, topic: None };
    passages.iter().flat_map(|&passage| reader.read(passage)).collect()
}

struct PassageReader<'a> {
    text: &'a str,
    language: Language,
    /// The term last defined or asked about, and the number of sentences for which it is still remembered.
    topic: Option<(Span, u32)>,
}

impl PassageReader<'_> {
    fn read(&mut self, passage: Span) -> Vec<Definition> {
        let mut found = Vec::new();
        let mut earlier: Option<Span> = None;
        for sentence in sentences(passage.of(self.text), self.language.abbreviations()) {
            let sentence = sentence.shift(passage.start);
            self.read_sentence(sentence, earlier, &mut found);
            earlier =
                Some(earlier.map_or(sentence, |earlier| Span::new(earlier.start.max(passage.start), sentence.end)));
        }
        self.acronyms(passage, &mut found);
        found
    }

    /// Reads one sentence. `earlier` is the text of the passage before it.
    fn read_sentence(&mut self, sentence: Span, earlier: Option<Span>, found: &mut Vec<Definition>) {
        let tokens = tokens(self.text, sentence, self.language);
        let tagged = TaggedSentence::new(self.text, sentence, &tokens, self.language);
        let first = found.len();
        let (complete, dependent): (Vec<_>, Vec<_>) =
            candidates(&tagged).into_iter().partition(|candidate| matches!(candidate.term, CandidateTerm::Here(_)));
        for candidate in complete {
            let names_earlier_text = is_call(&tagged, &candidate);
            let Some(mut definition) = candidate.into_definition(&tagged, None) else { continue };
            if let Some(earlier) = earlier.filter(|_| names_earlier_text) {
                // "Call these X / Y" names two sentences.
                let count = if definition.term.of(self.text).contains('/') { 2 } else { 1 };
                definition.sense = self.last_sentences(earlier, count);
            }
            found.push(definition);
        }
        let topic = found[first..]
            .iter()
            .filter(|definition| definition.score >= 0.5)
            .max_by(|a, b| a.score.total_cmp(&b.score))
            .map(|definition| (definition.term, REMEMBERED_FOR));
        let remembered = topic.or(self.topic);
        let earlier_term = remembered.map(|(term, _)| term);
        found.extend(dependent.into_iter().filter_map(|candidate| candidate.into_definition(&tagged, earlier_term)));
        self.topic = topic.or(self.topic.and_then(|(term, left)| Some((term, left.checked_sub(1)?))));
    }

    /// The last `count` sentences of a span.
    fn last_sentences(&self, span: Span, count: usize) -> Span {
        let all = sentences(span.of(self.text), self.language.abbreviations());
        let first = all.len().saturating_sub(count);
        all.get(first).map_or(span, |first| Span::new(span.start + first.start, span.end))
    }

    /// Matches acronyms with expansions elsewhere in the passage: "expected utility maximization … EUM".
    fn acronyms(&self, passage: Span, found: &mut Vec<Definition>) {
        let bytes = passage.of(self.text).as_bytes();
        if !bytes.windows(MIN_LETTERS).any(|letters| letters.iter().all(u8::is_ascii_uppercase)) {
            return;
        }
        let tokens = tokens(self.text, passage, self.language);
        let tagged = TaggedSentence::new(self.text, passage, &tokens, self.language);
        for at in 0..tagged.len() {
            let short = tagged.written(&(at..at + 1));
            let letters = short.chars().filter(|c| c.is_uppercase()).count();
            if letters < MIN_LETTERS || letters != short.chars().count() {
                continue;
            }
            let is_found = found.iter().any(|one| one.term.of(self.text) == short || one.sense.of(self.text) == short);
            if is_found {
                continue;
            }
            let expansion = (0..tagged.len().saturating_sub(letters)).find(|&start| {
                let long = start..start + letters;
                // The words right after it are its predicate, even if they have its initials: "an LEF also lets eels flee".
                let is_predicate = (at + 1..at + 4).contains(&start);
                !is_predicate
                    && !tagged.is_capital(start + 1)
                    && long.clone().all(|at| is_content_word(&tagged, at))
                    && spells(&tagged, short, &long)
            });
            if let Some(start) = expansion {
                let candidate = Candidate {
                    kind: SenseKind::Acronym,
                    term: CandidateTerm::Here(at..at + 1),
                    sense: start..start + letters,
                    holder: None,
                    weight: Weight(0.2),
                };
                found.extend(candidate.into_definition(&tagged, None));
            }
        }
    }
}

/// Whether a candidate names earlier text: "call these X".
fn is_call(tagged: &TaggedSentence<'_>, candidate: &Candidate) -> bool {
    candidate.kind == SenseKind::Stipulated && tagged.is(candidate.sense.start, Class::CallVerb)
}

fn is_content_word(tagged: &TaggedSentence<'_>, at: usize) -> bool {
    tagged.is_word(at) && tagged.form(at).len() > 3 && !tagged.ends_noun_phrase(at) && !tagged.is(at, Class::Adverb)
}
