//! Term, verb, sense: "X is a …", "X refers to …", "X is defined as …".

use std::sync::LazyLock;

use ibid_language::Class;
use rustc_hash::FxHashMap;

use super::{
    Candidate, Named, SenseKind, Weight,
    complement::Complement,
    line::Line,
    subject::{Article, Subject},
};

/// Verbs that stand between a term and its sense, with what they weigh. Alternatives are parted by `|`.
const VERBS: &[(&str, f32)] = &[
    ("refers|refer|referred to", 2.6),
    ("is|are|was|were|be defined as|by", 2.6),
    ("is|are|was|were|be defined to be", 2.8),
    ("is|are|was|were defined here|formally|informally|loosely|broadly|simply as", 2.6),
    ("has|have the meaning set|given|ascribed|assigned|specified|defined", 2.2),
    ("is|are|was|were understood as", 1.4),
    ("is|are used as", -1.2),
    ("is|are|be thought of as", 0.9),
    ("be described|regarded|viewed|understood as", 0.4),
    ("measures", -0.4),
    ("is|are used for", 0.0),
    ("is|are considered", -0.8),
    ("is|was latin|greek|french|german|spanish|italian|sanskrit|hebrew|arabic|japanese|chinese|russian|dutch for", 2.0),
    ("is|are the term|name|word for|given|used", 2.0),
    ("is short for", 2.4),
    ("stands for", 2.2),
    ("denotes|denote", 1.8),
    ("means|mean that", 0.2),
    ("means|mean", 1.3),
    ("meant", 0.3),
    ("describes|describe", 0.3),
    ("is|are what", 0.2),
    ("is|are|was|were characterized|characterised by", 0.6),
    ("is|are|was|were when|where", 1.2),
    ("is|are how", 0.4),
    ("occurs|occur|happens|arises when|if|whenever", 1.0),
    ("takes|take place when|if|whenever", 1.0),
    ("consists|consist|consisted of", -0.3),
    ("is|are composed of", -0.2),
    ("is|are made up of", -0.3),
    ("comprises|comprise|comprised", -0.2),
    ("constitutes", -0.2),
    ("represents|represent", -0.2),
    ("involves|involve", -0.8),
    ("include", -1.2),
    ("includes", -1.2),
    ("is|are concerned with", 0.6),
    ("is|are based on", -1.0),
    ("examines|studies|deals", -0.4),
    ("focuses|focus on", -0.2),
];

/// What may follow the first word of one of [`VERBS`].
struct Rest {
    words: Option<&'static str>,
    weight: f32,
}

/// [`VERBS`] by their first word, in order.
static BY_FIRST_WORD: LazyLock<FxHashMap<&str, Vec<Rest>>> = LazyLock::new(|| {
    let mut verbs: FxHashMap<&str, Vec<Rest>> = FxHashMap::default();
    for &(phrase, weight) in VERBS {
        let (first, words) = phrase.split_once(' ').map_or((phrase, None), |(first, words)| (first, Some(words)));
        for word in first.split('|') {
            verbs.entry(word).or_default().push(Rest { words, weight });
        }
    }
    verbs
});

/// What a law or theory does that is told by what it says.
const STATING: &str = "states|holds|asserts|suggests|argues|proposes|posits|says|predicts|maintains that";

/// Subjects of [`STATING`] that make it a definition.
const STATED_THINGS: [&str; 20] = [
    "law",
    "thesis",
    "idea",
    "model",
    "view",
    "school",
    "perspective",
    "position",
    "maxim",
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
        if !line.is(verb, Class::DefiningVerb) {
            continue;
        }
        if let Some((end, weight)) = verb_at(line, verb) {
            found.extend(explicit(line, verb, end, weight));
        } else if line.is(verb, Class::Copula) {
            found.extend(copular(line, verb));
        }
    }
}

/// The defining verb at `at`, if one stands there: its end and its weight.
fn verb_at(line: &Line<'_>, at: usize) -> Option<(usize, f32)> {
    if let Some(end) = line.phrase(at, STATING) {
        return Some((end, 1.2));
    }
    if let Some(end) = used_to_mean(line, at) {
        return Some((end, 1.6));
    }
    BY_FIRST_WORD.get(line.form(at))?.iter().find_map(|rest| {
        let end = match rest.words {
            Some(words) => line.phrase(line.past_adverbs(at + 1), words)?,
            None => at + 1,
        };
        Some((end, rest.weight))
    })
}

/// "is used to describe", "is used today in law to refer": the end of it.
fn used_to_mean(line: &Line<'_>, at: usize) -> Option<usize> {
    let used = line.is(at, Class::Copula).then(|| line.phrase(line.past_adverbs(at + 1), "used"))??;
    (used..used + 5).find_map(|at| line.phrase(at, "to describe|mean|denote|refer|indicate|designate|signify"))
}

fn explicit(line: &Line<'_>, verb: usize, end: usize, weight: f32) -> Option<Candidate> {
    let subject = Subject::before(line, verb)?;
    let is_thing = |at: usize| STATED_THINGS.contains(&line.form(at));
    if line.phrase(verb, STATING).is_some() && !subject.term.clone().any(is_thing) {
        return None;
    }
    let sense = end..line.clause_end(end);
    // "He referred to it as …" names, but not its subject.
    let names_another = line.form(verb).starts_with("refer")
        && sense.clone().take(8).any(|at| line.form(at) == "as" && line.form(at - 1) != ",");
    // "She means to go": an intent. "What do you mean?" he asked: the question is over.
    let intends = line.form(verb).starts_with("mean") && line.form(end) == "to";
    // "the type referred to by a name"
    let passive = line.form(verb) == "referred" && line.form(end) == "by";
    if intends || passive || matches!(line.form(end), "?" | "!" | ".") {
        return None;
    }
    let least = if line.opens_quote(end) { 1 } else { 2 };
    if line.count(&sense) < least || names_another {
        return None;
    }
    let weight = Weight(weight + 0.4).and(subject.weight);
    let weight = weight.when(line.is(end, Class::Pronoun), -0.8).when(ends_in_question(line), -2.0);
    let counts = matches!(line.form(verb), "comprises" | "comprise" | "includes" | "include" | "consists")
        && sense.clone().take(4).any(|at| line.tokens[at].is_number());
    let weight = weight
        .when(counts, -0.8)
        .when(says_also(line, &subject, verb), -1.6)
        .when(line.form(verb).starts_with("mean") && !subject.is_word_as_such && is_consequence(line, &subject), -4.0)
        .when(line.form(verb).starts_with("mean") && line.is(end, Class::Pronoun), -0.6)
        .when(is_discipline(line.form(subject.term.end - 1)) && DISCIPLINED.contains(&line.form(verb)), 0.9)
        .when(subject.article == Article::Definite && LEGENDS.contains(&line.form(verb)), -0.9)
        .when(is_people(line.form(subject.term.end - 1)) && !line.is(verb, Class::Copula), -1.2);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(subject.term), sense, holder: None, weight })
}

/// Whether "means" tells what follows from a thing rather than what a word says: "a larger spike means that …", "going
/// there means a delay".
fn is_consequence(line: &Line<'_>, subject: &Subject) -> bool {
    let first = line.form(subject.term.start);
    let compared =
        first.len() > 4 && first.ends_with("er") || matches!(first, "more" | "less" | "fewer" | "zero" | "no");
    let doing = first.ends_with("ing") && subject.words > 1;
    compared || doing
}

/// What a figure's lines and colours do: "the dashed arrow denotes the target".
const LEGENDS: [&str; 4] = ["denotes", "denote", "represents", "represent"];

/// What a branch of knowledge does that is told by what it does.
const DISCIPLINED: [&str; 8] = ["examines", "studies", "deals", "focuses", "describes", "involves", "is", "looks"];

/// Whether a noun names a branch of knowledge.
fn is_discipline(noun: &str) -> bool {
    noun.len() > 5 && ["logy", "ics", "istry", "graphy", "nomy", "sophy"].iter().any(|end| noun.ends_with(end))
}

/// Whether a noun names people by what they do: what they describe or refer to defines something else.
fn is_people(noun: &str) -> bool {
    ["ists", "ians"].iter().any(|end| noun.ends_with(end))
        || matches!(noun, "people" | "doctors" | "authors" | "researchers" | "researcher" | "writers" | "scholars")
}

/// "X is a …": a definition only if both sides look like one.
fn copular(line: &Line<'_>, verb: usize) -> Option<Candidate> {
    let subject = Subject::before(line, verb)?;
    let mut start = past_remark(line, line.past_adverbs(verb + 1));
    while matches!(line.form(start), "*" | "_") {
        start += 1;
    }
    let sense = start..line.clause_end(start);
    let complement = Complement::of(line, &sense)?;
    let past = matches!(line.form(verb), "was" | "were");
    let encyclopedic = subject.article == Article::Definite && subject.opens && subject.words <= 3;
    let weight = Weight(-0.7)
        .and(subject.weight)
        .and(complement.weight)
        .when(past, -0.3)
        .when(encyclopedic, 0.3)
        .when(encyclopedic && complement.narrowed, 0.3)
        .when(start > verb + 1, -0.5)
        .when(matches!(line.form(verb + 1), "just" | "still" | "actually" | "really" | "now" | "currently"), -0.5)
        .when(line.form(verb + 1) == "also" || says_also(line, &subject, verb), -0.6)
        .when(repeats(line, &subject, &complement), -2.2)
        .when(ends_in_question(line), -2.5);
    Some(Candidate { kind: SenseKind::Stated, term: Named::Here(subject.term), sense, holder: None, weight })
}

/// Past a remark between commas: "is, strictly speaking, a …", "is, according to the dictionary, the …".
fn past_remark(line: &Line<'_>, at: usize) -> usize {
    const LONGEST: usize = 9;
    if line.form(at) != "," {
        return at;
    }
    let close = (at + 1..at + LONGEST).find(|&close| line.form(close) == ",");
    close.map_or(at, |close| close + 1)
}

/// Whether a sense is told beside another: "X also refers to …".
fn says_also(line: &Line<'_>, subject: &Subject, verb: usize) -> bool {
    (subject.term.end..verb).any(|at| line.form(at) == "also")
}

/// Whether the complement says of what kind the subject is in the subject's own word: "a loss function is a smooth
/// function of its arguments".
fn repeats(line: &Line<'_>, subject: &Subject, complement: &Complement) -> bool {
    let head = &complement.head;
    line.count(head) > 2 && line.form(head.end - 1) == line.form(subject.term.end - 1)
}

fn ends_in_question(line: &Line<'_>) -> bool {
    line.form(line.len() - 1) == "?"
}
