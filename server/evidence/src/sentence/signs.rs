//! Turns of phrase that make a sentence sound more or less sure: gaps in knowledge, modals, rough figures, absolutes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::tokens::Token;

/// The names of the signs in a sentence, each once, in the order of the lists below.
pub(super) fn signs(tokens: &[Token<'_>]) -> impl Iterator<Item = &'static str> + Clone {
    let mut found = [false; COUNT];
    for at in 0..tokens.len() {
        for phrase in PHRASES.get(&*tokens[at].form).into_iter().flatten() {
            found[phrase.sign] |= phrase.continues(&tokens[at + 1..]);
        }
        for (nth, pair) in PAIRS.iter().enumerate() {
            found[LISTS.len() + nth] |= pair.opens(&tokens[at]) && pair.closes(&tokens[at + 1..]);
        }
    }
    let names = LISTS.iter().map(|list| list.0).chain(PAIRS.iter().map(|pair| pair.name));
    names.zip(found).filter(|(_, found)| *found).map(|(name, _)| name)
}

/// Whether the sign takes certainty away whatever stands around it.
pub(super) fn weakens(sign: &str) -> bool {
    WEAKENING.contains(&sign)
}

/// The one of `signs` that leaves least certainty: a chain is as strong as its weakest link.
pub(super) fn weakest(signs: &[&'static str]) -> Option<&'static str> {
    WEAKEST_FIRST.iter().find(|sign| signs.contains(sign)).copied()
}

const COUNT: usize = LISTS.len() + PAIRS.len();

/// A phrase without its first word.
struct Phrase {
    /// Its place in [`LISTS`].
    sign: usize,
    rest: Vec<&'static str>,
}

impl Phrase {
    fn continues(&self, behind: &[Token<'_>]) -> bool {
        behind.len() >= self.rest.len() && self.rest.iter().zip(behind).all(|(word, token)| *word == token.form)
    }
}

/// Every phrase of [`LISTS`] under its first word.
static PHRASES: LazyLock<FxHashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: FxHashMap<&str, Vec<Phrase>> = FxHashMap::default();
    for (sign, (_, list)) in LISTS.iter().enumerate() {
        for written in list.split_ascii_whitespace() {
            // A phrase is one word of the list, its words joined with underscores.
            let mut words = written.split('_');
            let first = words.next().unwrap_or_default();
            phrases.entry(first).or_default().push(Phrase { sign, rest: words.collect() });
        }
    }
    phrases
});

/// A sign made of two words with at most `reach` tokens from the one to the other.
struct Pair {
    name: &'static str,
    first: &'static [&'static str],
    second: &'static [&'static str],
    reach: usize,
}

impl Pair {
    fn opens(&self, token: &Token<'_>) -> bool {
        self.first.contains(&&*token.form)
    }

    fn closes(&self, behind: &[Token<'_>]) -> bool {
        behind.iter().take(self.reach).any(|token| self.second.contains(&&*token.form))
    }
}

const PAIRS: &[Pair] = &[
    Pair {
        name: "more research",
        first: &[
            "further",
            "more",
            "additional",
            "future",
            "larger",
            "rigorous",
            "prospective",
            "longitudinal",
            "careful",
            "novel",
            "follow-up",
        ],
        second: &[
            "research",
            "study",
            "studies",
            "investigation",
            "investigations",
            "work",
            "trial",
            "trials",
            "evidence",
            "experiments",
            "evaluation",
            "evaluations",
            "analysis",
            "analyses",
            "data",
            "testing",
            "tests",
            "information",
            "understanding",
            "exploration",
            "efforts",
            "attention",
        ],
        reach: 3,
    },
    Pair {
        name: "not known",
        first: &[
            "not",
            "yet",
            "poorly",
            "incompletely",
            "little",
            "less",
            "never",
            "hardly",
            "insufficiently",
            "partly",
        ],
        second: &[
            "known",
            "clear",
            "understood",
            "established",
            "studied",
            "explored",
            "reported",
            "determined",
            "elucidated",
            "investigated",
            "certain",
            "resolved",
            "confirmed",
            "tested",
            "proven",
            "defined",
            "characterized",
            "characterised",
            "explain",
            "explained",
            "examined",
            "evaluated",
            "demonstrated",
            "obvious",
        ],
        reach: 2,
    },
    Pair {
        name: "another likely",
        first: &["more", "less", "most", "least", "times", "equally", "as", "percent", "fold"],
        second: &["likely"],
        reach: 2,
    },
    Pair {
        name: "these results",
        first: &["these", "our", "the", "this", "recent", "present", "current", "new"],
        second: &[
            "result",
            "results",
            "finding",
            "findings",
            "data",
            "observation",
            "observations",
            "study",
            "studies",
            "analysis",
            "analyses",
            "work",
            "evidence",
            "research",
            "report",
            "experiment",
            "experiments",
        ],
        reach: 1,
    },
    Pair {
        name: "comparison",
        first: &[
            "more", "less", "higher", "lower", "greater", "better", "worse", "fewer", "larger", "smaller", "faster",
            "longer", "stronger", "compared",
        ],
        second: &["than", "with", "to"],
        reach: 4,
    },
    Pair {
        name: "not significant",
        first: &["not", "no", "nonsignificant", "insignificant", "non"],
        second: &["significant", "significantly"],
        reach: 2,
    },
];

const WEAKENING: &[&str] = &[
    "more research",
    "not known",
    "unknown",
    "limited",
    "may",
    "might",
    "could",
    "can",
    "would",
    "should",
    "possible",
    "potential",
    "likely",
    "suggest",
    "indicate",
    "seem",
    "believe",
    "expect",
    "if",
];

/// The signs that tell how sure, from not known to beyond doubt.
const WEAKEST_FIRST: &[&str] = &[
    "unknown",
    "not known",
    "more research",
    "need for research",
    "might",
    "may",
    "could",
    "possible",
    "likely",
    "seem",
    "believe",
    "suggest",
    "if",
    "limited",
    "potential",
    "expect",
    "can",
    "would",
    "should",
    "indicate",
    "could not",
    "not possible",
    "need",
    "aim",
    "association",
    "tend",
    "rough",
    "not all",
    "reported",
    "help",
    "concession",
    "not significant",
    "find",
    "strong",
    "significant",
    "absolute",
    "negation",
];

/// Each sign with its phrases; the words of a phrase are joined with underscores.
const LISTS: &[(&str, &str)] = &[
    (
        "need for research",
        "is_needed are_needed is_warranted are_warranted is_required are_required is_necessary \
        are_necessary is_recommended are_recommended warrant warrants merit merits needs_to_be needs_further needs_more \
        necessary still_needed urgently_needed called_for",
    ),
    (
        "unknown",
        "unknown unclear uncertain unresolved unexplored untested unanswered undetermined undocumented \
        unconfirmed remains_to_be remain_to_be yet_to_be remains_elusive remain_elusive remains_open remains_an \
        remains_a remains_controversial remains_poorly remains_largely remains_challenging as_yet as-yet to_be_seen \
        to_be_determined to_be_elucidated to_be_established to_be_confirmed much_to_learn",
    ),
    (
        "limited",
        "limited lack lacks lacking lacked insufficient inconclusive mixed conflicting scarce sparse inconsistent \
        controversial preliminary tentative paucity gap gaps debate debated dispute disputed questionable contradictory \
        weak limitation limitations bias caution cautiously small-scale not_enough enough_evidence low_quality \
        low-quality very_low",
    ),
    ("may", "may"),
    ("might", "might"),
    ("could", "could"),
    ("could not", "could_not couldn't"),
    ("can", "can"),
    ("cannot", "cannot can_not can't"),
    ("would", "would"),
    ("should", "should"),
    ("must", "must have_to has_to"),
    ("will", "will"),
    (
        "possible",
        "possible possibly possibility possibilities perhaps maybe conceivable conceivably plausible plausibly \
        feasible feasibility",
    ),
    ("not possible", "not_possible thought_possible than_possible impossible"),
    (
        "potential",
        "potential potentially prospect prospects promise promising hope hopes hopeful hypothetical \
        hypothetically opportunity opportunities",
    ),
    ("likely", "likely unlikely probable probably presumably likelihood"),
    (
        "suggest",
        "suggest suggests suggested suggesting suggestive suggestion suggestions imply implies implied implying \
        implication implications hint hints point_to points_to",
    ),
    (
        "indicate",
        "indicate indicates indicated indicating indication indications supports_the support_the \
        supporting_the consistent_with evidence_for evidence_that evidence_of",
    ),
    ("seem", "seem seems seemed seeming seemingly appear appears appeared appearing apparent apparently"),
    (
        "believe",
        "believe believes believed think thinks thought suspect suspects suspected speculate speculates \
        speculated speculation hypothesis hypotheses hypothesize hypothesized hypothesise hypothesised postulate \
        postulated propose proposes proposed assume assumes assumed assumption assumptions presume presumed guess argue \
        argues argued consider considered considers regarded theory theories theoretical theoretically claim claims \
        claimed",
    ),
    (
        "expect",
        "expect expects expected expecting expectation predict predicts predicted predicting prediction predictions \
        estimate estimates estimated estimating estimation anticipate anticipated projected projection projections \
        forecast simulation simulations simulated model models modeled modelled",
    ),
    ("if", "if whether unless provided assuming depend depends depending dependent hinge hinges hinging conditional"),
    (
        "tend",
        "tend tends tended tendency typically typical usual usually often general generally sometimes frequent \
        frequently common commonly occasionally rare rarely",
    ),
    (
        "rough",
        "about around approximately roughly nearly almost some ca circa several many most mostly largely mainly \
        primarily partly partially somewhat relatively rather quite fairly up_to at_least as_much_as as_many_as \
        to_some_extent in_part certain various few half slightly small minor modest moderate subtle little ~ ≈",
    ),
    (
        "not all",
        "not_all not_every not_always not_necessarily not_only not_merely not_just not_so not_fully not_entirely \
        not_completely not_enough not_as",
    ),
    ("significant", "significant significantly p ci confidence_interval"),
    (
        "absolute",
        "always never only all every entire entirely complete completely no none any cannot must without nothing \
        exactly precisely identical impossible undetectable prove proves proven proof",
    ),
    (
        "find",
        "found find finds show shows showed shown demonstrate demonstrates demonstrated demonstrating reveal reveals \
        revealed revealing observed confirm confirms confirmed identified discovered establish established",
    ),
    (
        "strong",
        "clear clearly strong strongly highly essential crucial critical critically key indeed fact fundamental \
        robust robustly consistently substantial substantially dramatically markedly extremely very far first major \
        remarkable remarkably particularly especially",
    ),
    (
        "negation",
        "not no nor never none neither without cannot don't doesn't didn't isn't aren't wasn't weren't won't \
        can't couldn't hasn't haven't",
    ),
    ("concession", "although though while whereas despite however but yet nevertheless nonetheless even"),
    (
        "association",
        "associate associated association associations correlate correlates correlated correlation \
        correlations linked link links related relation relationship relationships risk",
    ),
    ("past", "was were had did"),
    ("present", "is are has have does do"),
    (
        "reported",
        "say says said told according explains notes noted adds added write writes wrote report reports \
        reported researchers scientists authors dr professor \" “ ”",
    ),
    (
        "help",
        "help helps helped helping helpful contribute contributes contributed contribution allow allows allowed \
        allowing enable enables enabled provide provides provided providing role useful effective effectively \
        effectiveness",
    ),
    ("need", "need needs needed require requires required"),
    (
        "aim",
        "aim aims aimed objective purpose goal to_investigate to_examine to_evaluate to_assess to_determine to_explore \
        to_identify to_understand to_elucidate to_confirm to_test",
    ),
    ("share", "% percent"),
    ("break", "-- —"),
];

#[cfg(test)]
mod tests {
    use ibid_text::Span;

    use super::*;
    use crate::tokens::tokens;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = signs(&tokens(text, Span::from(0..text.len()))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_and_phrases_are_signs() {
        check("Tea might help.", &["might", "help"]);
        check("It remains to be seen.", &["unknown"]);
        check("It remains.", &[]);
        check("Not all of it.", &["not all", "absolute", "negation"]);
    }

    #[test]
    fn a_chain_is_as_strong_as_its_weakest_link() {
        assert_eq!(weakest(&["find", "may", "association"]), Some("may"));
        assert_eq!(weakest(&["past"]), None);
        let known =
            |sign: &&str| LISTS.iter().any(|list| list.0 == *sign) || PAIRS.iter().any(|pair| pair.name == *sign);
        assert!(WEAKEST_FIRST.iter().all(known), "every name is that of a sign");
    }

    #[test]
    fn pairs_stand_near_each_other() {
        check("Further clinical research.", &["more research"]);
        check("Further north lies a town of research.", &[]);
        check("The cause has not yet been known.", &["negation", "concession", "present", "not known"]);
    }
}
