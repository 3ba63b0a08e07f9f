//! Term, verb, sense: "X is a …", "X refers to …", "X is defined as …".

use std::ops::Range;

use super::{Candidate, Named, SenseKind, Weight, line::Line, vocabulary::Part};

/// Verbs that stand between a term and its sense, with what they weigh. Alternatives are parted by `|`.
const VERBS: &[(&str, f32)] = &[
    ("refers|refer|referred to", 2.6),
    ("is|are|was|were|be defined as|by", 2.6),
    ("is|are|was|were|be defined to be", 2.8),
    ("is|are|was|were understood as", 1.4),
    ("is|are used to describe|mean|denote|refer", 1.6),
    ("is|are used for", 0.0),
    ("is|are the term|name|word for|given|used", 2.0),
    ("is short for", 2.4),
    ("stands for", 2.2),
    ("denotes|denote", 1.8),
    ("means|mean that", 0.2),
    ("means|mean", 1.3),
    ("describes|describe", 0.3),
    ("is|are|was|were characterized|characterised by", 0.6),
    ("is|are|was|were when|where", 1.2),
    ("occurs|occur|happens|arises when|if|whenever", 1.0),
    ("consists|consist|consisted of", 0.5),
    ("is|are composed of", 0.4),
    ("is|are made up of", 0.3),
    ("comprises|comprise", 0.2),
    ("constitutes", -0.2),
    ("represents|represent", -0.2),
    ("involves|involve", -0.2),
    ("includes|include", -0.9),
    ("is|are concerned with", 0.6),
    ("is|are based on", -1.0),
    ("examines|studies|deals", -0.4),
];

/// Subjects of "states that" that make it a definition.
const STATED_THINGS: [&str; 12] = [
    "law",
    "principle",
    "theorem",
    "theory",
    "rule",
    "hypothesis",
    "doctrine",
    "clause",
    "amendment",
    "effect",
    "lemma",
    "conjecture",
];

pub(super) fn propose(line: &Line<'_>, found: &mut Vec<Candidate>) {
    for verb in 1..line.len() {
        if !line.parts(verb).has(Part::Defining) {
            continue;
        }
        if let Some((end, weight)) = verb_at(line, verb) {
            found.extend(explicit(line, verb, end, weight));
        } else if line.parts(verb).has(Part::Be) {
            found.extend(copular(line, verb));
        }
    }
}

/// The defining verb at `at`, if one stands there: its end and its weight.
fn verb_at(line: &Line<'_>, at: usize) -> Option<(usize, f32)> {
    if let Some(end) = line.phrase(at, "states|holds|asserts that") {
        let is_thing = STATED_THINGS.contains(&line.form(at - 1));
        return is_thing.then_some((end, 1.2));
    }
    VERBS.iter().find_map(|&(phrase, weight)| {
        let mut words = phrase.splitn(2, ' ');
        let first = line.phrase(at, words.next()?)?;
        let end = match words.next() {
            Some(rest) => line.phrase(line.past_adverbs(first), rest)?,
            None => first,
        };
        Some((end, weight))
    })
}

fn explicit(line: &Line<'_>, verb: usize, end: usize, weight: f32) -> Option<Candidate> {
    let subject = Subject::before(line, verb)?;
    let sense = end..line.clause_end(end);
    // "He referred to it as …" names, but not its subject.
    let names_another = line.form(verb) == "referred" && sense.clone().any(|at| line.form(at) == "as");
    if line.count(&sense) < 2 || names_another {
        return None;
    }
    let weight = subject.weigh(Weight(weight + 0.2));
    let weight = weight.when(line.parts(end).has(Part::Pronoun), -0.8).when(ends_in_question(line), -2.0);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(subject.term), sense, holder: None, weight })
}

/// "X is a …": a definition only if both sides look like one.
fn copular(line: &Line<'_>, verb: usize) -> Option<Candidate> {
    let subject = Subject::before(line, verb)?;
    let start = line.past_adverbs(verb + 1);
    let sense = start..line.clause_end(start);
    let complement = Complement::of(line, &sense)?;
    let past = matches!(line.form(verb), "was" | "were");
    let encyclopedic =
        subject.article == Article::Definite && subject.opens && complement.narrowed && subject.words <= 3;
    let weight = complement
        .weigh(subject.weigh(Weight(-0.9)))
        .when(past, -0.7)
        .when(encyclopedic, 0.4)
        .when(line.phrase(0, "for example|instance").is_some(), -0.8)
        .when(start > verb + 1, -0.5)
        .when(ends_in_question(line), -2.5);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(subject.term), sense, holder: None, weight })
}

fn ends_in_question(line: &Line<'_>) -> bool {
    line.form(line.len() - 1) == "?"
}

/// What stands before the verb, if it can be a term.
struct Subject {
    term: Range<usize>,
    article: Article,
    quoted: bool,
    /// It opens the sentence, but for a phrase such as "In logic,".
    opens: bool,
    words: usize,
    /// It holds something that a plain term does not.
    winding: bool,
    /// It is all a name, each word with a capital.
    name: bool,
    /// It points into the text: "the plainest case", "a weaker notion".
    pointing: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Article {
    None,
    Indefinite,
    Definite,
    /// "the term X".
    Label,
}

impl Subject {
    /// The subject of the verb at `verb`.
    fn before(line: &Line<'_>, verb: usize) -> Option<Self> {
        let mut end = verb;
        let passes = |at: usize| line.parts(at).has(Part::Adverb) || matches!(line.form(at), "," | "may" | "can");
        while end > 0 && passes(end - 1) {
            end -= 1;
        }
        let (start, opens) = clause_start(line, end);
        let mut at = start;
        let mut article = Article::None;
        if line.parts(at).has(Part::Indefinite) {
            article = Article::Indefinite;
            at += 1;
        } else if line.form(at) == "the" {
            article = Article::Definite;
            at += 1;
        } else if line.parts(at).has(Part::Pointing) || line.parts(at).has(Part::Pronoun) {
            return None;
        }
        if line.parts(at).has(Part::Label) && at + 1 < end {
            article = Article::Label;
            at += 1;
        }
        let head = head_end(line, at, end);
        let quoted = line.opens_quote(at);
        let term = line.trim(at..head);
        let words = line.count(&term);
        if words == 0 || words > 9 || line.parts(term.start).ends_noun_phrase() {
            return None;
        }
        let inner = term.clone().skip(1);
        let winding = inner.clone().any(|at| line.parts(at).ends_noun_phrase());
        let clause = line.any(
            term.clone(),
            &[Part::Be, Part::Auxiliary, Part::Relative, Part::Joining, Part::Verb, Part::Pronoun, Part::Pointing],
        );
        let behind_messy = !quoted && line.any(head..end, &[Part::Be, Part::Auxiliary]) && !is_aside(line, head, end);
        if clause && !quoted || behind_messy {
            return None;
        }
        let name = term.clone().filter(|&at| line.is_word(at)).all(|at| line.is_capital(at));
        let pointing = !quoted && points(line, &term);
        Some(Self { term, article, quoted, opens, words, winding, name, pointing })
    }

    fn weigh(&self, weight: Weight) -> Weight {
        weight
            .when(self.article == Article::Indefinite, 1.4)
            .when(self.article == Article::None, 0.5)
            .when(self.article == Article::Definite, -0.1)
            .when(self.article == Article::Label, 2.0)
            .when(self.quoted, 0.9)
            .when(self.opens, 0.4)
            .when(!self.opens, -0.5)
            .when(self.words >= 4, -0.6)
            .when(self.words >= 6, -0.6)
            .when(self.winding, -0.7)
            .when(self.name && self.words > 1, -0.2)
            .when(self.pointing, -1.8)
    }
}

/// Whether a phrase points at something in the text rather than names a thing: it has a superlative, or is headed by a
/// word such as "case" or "notion".
fn points(line: &Line<'_>, term: &Range<usize>) -> bool {
    let superlative = line.form(term.start).len() > 5 && line.form(term.start).ends_with("est");
    let head = line.parts(term.end - 1);
    superlative || head.has(Part::Appraisal) || head.has(Part::Label)
}

/// Where the clause of the verb behind `end` begins, and whether it opens the sentence.
fn clause_start(line: &Line<'_>, end: usize) -> (usize, bool) {
    let mut start = 0;
    while start < end && !line.is_word(start) && !line.opens_quote(start) {
        start += 1;
    }
    // A list number: "3. X is …".
    if line.tokens[start].is_number() && matches!(line.form(start + 1), "." | ")") {
        start = (start + 2).min(end);
    }
    let mut opens = true;
    let mut depth = 0_i32;
    let first = start;
    for at in first..end {
        match line.form(at) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "," if depth == 0 && is_lead(line, start..at) => start = at + 1,
            ";" | ":" | "—" if depth == 0 => {
                start = at + 1;
                opens = false;
            }
            // "…, and X is …", "…, while Y is …".
            _ if depth == 0 && at > start && line.parts(at).has(Part::Joining) && line.form(at - 1) == "," => {
                start = at + 1;
                opens = false;
            }
            "that" if depth == 0 && at > start => {
                start = at + 1;
                opens = false;
            }
            _ => {}
        }
    }
    while start < end && (line.parts(start).has(Part::Adverb) || line.form(start) == ",") {
        start += 1;
    }
    if line.parts(start).has(Part::Joining) && start + 1 < end {
        start += 1;
    }
    (start.min(end), opens)
}

/// Whether what stands before a comma only leads in: "In mathematics", "For our purposes", "However".
fn is_lead(line: &Line<'_>, range: Range<usize>) -> bool {
    let first = range.start;
    let words = line.count(&range);
    (line.parts(first).has(Part::Preposition) && words <= 8)
        || (line.parts(first).has(Part::Adverb) || line.parts(first).has(Part::Joining)) && words <= 2
        || words == 1 && !line.is_capital(first)
}

/// Where the term itself ends: before a bracket, an aside, or "or".
fn head_end(line: &Line<'_>, start: usize, end: usize) -> usize {
    if line.opens_quote(start) {
        return (start + 1..end).find(|&at| line.closes_quote(at)).map_or(end, |at| at + 1);
    }
    (start + 1..end)
        .find(|&at| matches!(line.form(at), "(" | "[" | "," | "—" | "–") || line.form(at) == "or")
        .unwrap_or(end)
}

/// Whether a stretch is an aside: in brackets or between commas.
fn is_aside(line: &Line<'_>, start: usize, end: usize) -> bool {
    matches!(line.form(start), "(" | "[" | "," | "—" | "–" | "or")
        && (matches!(line.form(end.saturating_sub(1)), ")" | "]" | "," | "—" | "–") || line.form(end) == ",")
        || line.form(start) == "or"
}

/// What stands behind "is", if it can be a sense.
struct Complement {
    article: Article,
    genus: bool,
    appraisal: bool,
    praise: bool,
    /// A clause narrows it: "that …", "of …", "used to …".
    narrowed: bool,
    words: usize,
    numbers: bool,
    first_person: bool,
    any: bool,
    one_of: bool,
    /// "is the name of", "is a term for".
    naming: bool,
}

/// Whether a noun phrase without an article can be a sense: "are organisms that …" may define, "is energy transferred
/// from …" too; "is done", "is common in" never do.
fn is_bare_noun(line: &Line<'_>, head: &Range<usize>, narrowed: bool) -> bool {
    const NO_NOUNS: [&str; 12] = ["ed", "ing", "ly", "able", "ible", "ful", "ous", "ive", "less", "al", "ic", "en"];
    let last = line.form(head.end - 1);
    if line.parts(head.end - 1).has(Part::Praise) || NO_NOUNS.iter().any(|end| last.ends_with(end)) {
        return false;
    }
    last.ends_with('s') || line.parts(head.end - 1).has(Part::Genus) || narrowed && line.count(head) <= 3
}

impl Complement {
    fn of(line: &Line<'_>, sense: &Range<usize>) -> Option<Self> {
        let start = sense.start;
        let words = line.count(sense);
        let article = match line.form(start) {
            "a" | "an" => Article::Indefinite,
            "the" => Article::Definite,
            _ => Article::None,
        };
        let any = matches!(line.form(start), "any" | "those" | "one") && start + 1 < sense.end;
        let one_of = line.phrase(start, "one of").is_some();
        let parts = line.parts(start);
        if words < 2 || article == Article::None && !any && parts.ends_noun_phrase() {
            return None;
        }
        let noun_end = (start + 1..sense.end)
            .find(|&at| !line.is_word(at) && line.form(at) != "-" || line.parts(at).ends_noun_phrase())
            .unwrap_or(sense.end);
        let head = start..noun_end;
        let last = noun_end.saturating_sub(1);
        let narrowed = (noun_end..sense.end).any(|at| {
            line.parts(at).has(Part::Relative) && line.form(at) != "where"
                || line.form(at) == "of" && at == noun_end
                || matches!(
                    line.form(at),
                    "used"
                        | "designed"
                        | "intended"
                        | "consisting"
                        | "made"
                        | "containing"
                        | "based"
                        | "involving"
                        | "having"
                        | "formed"
                        | "caused"
                        | "defined"
                )
        });
        let intensified = (start..start + 2).any(|at| matches!(line.form(at), "too" | "more" | "less" | "so"));
        if intensified || article == Article::None && !any && !is_bare_noun(line, &head, narrowed) {
            return None;
        }
        Some(Self {
            article,
            naming: matches!(
                line.form(last),
                "name" | "term" | "word" | "acronym" | "abbreviation" | "label" | "title"
            ),
            genus: head.clone().skip(1).any(|at| line.parts(at).has(Part::Genus)),
            appraisal: line.parts(last).has(Part::Appraisal),
            praise: line.any(head, &[Part::Praise]),
            narrowed,
            words,
            numbers: sense.clone().take(14).any(|at| line.tokens[at].is_number()),
            first_person: sense.clone().any(|at| matches!(line.form(at), "i" | "my" | "me" | "i'm" | "i've")),
            any,
            one_of,
        })
    }

    fn weigh(&self, weight: Weight) -> Weight {
        weight
            .when(self.article == Article::Indefinite, 0.8)
            .when(self.article == Article::Definite, 0.3)
            .when(self.article == Article::None && !self.any, -0.2)
            .when(self.any && !self.one_of, 0.6)
            .when(self.one_of, -0.4)
            .when(self.genus, 0.7)
            .when(self.naming, 1.0)
            .when(self.appraisal, -1.5)
            .when(self.praise, -0.9)
            .when(self.narrowed, 1.0)
            .when(self.words <= 3, -0.9)
            .when(self.words >= 45, -0.4)
            .when(self.numbers, -0.5)
            .when(self.first_person, -1.2)
    }
}
