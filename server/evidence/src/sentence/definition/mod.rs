//! Does the sentence define a term?
//!
//! Each module knows one way in which English prose gives a sense: a verb between term and sense ([`forward`]), a
//! naming behind the sense ([`naming`]), a phrase beside the term ([`apposition`]), and people who talk about words
//! ([`talk`]). Each proposes candidates over the tokens of a sentence and weighs what stands around them; the weights are
//! set by hand and summed into a logit, so that a score reads as a probability. [`definitions_in`] looks at whole
//! passages: it resolves "it" and "the term" and ties acronyms to their expansions.
//!
//! The families of patterns go back to Hearst (1992) and to Navigli and Velardi's word-class lattices (2010).

mod apposition;
mod complement;
mod forward;
mod line;
mod name;
mod naming;
mod passage;
mod subject;
mod talk;
mod vocabulary;

use std::ops::Range;

use ibid_text::Span;
use serde::{Deserialize, Serialize};

use crate::tokens::{Token, tokens};
use line::Line;
pub use name::names_a_concept;
pub use passage::definitions_in;

/// A sentence's definition of a term.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The sentence that gives it.
    pub sentence: Span,
    /// Probability that this is a definition.
    pub score: f32,
    /// The term defined.
    pub term: Span,
    /// The words that give its sense; for [`SenseKind::Asked`], the question.
    pub sense: Span,
    /// How the sense is given.
    pub kind: SenseKind,
    /// Whose sense it is, when the sentence says so ("Carlsmith defines it as …"; "by X you mean …"): where it says it.
    pub holder: Option<Span>,
}

/// How a sense is given (ARCHITECTURE.md has an example of each).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SenseKind {
    /// "X is …", "X refers to …".
    Stated,
    /// "call these X", "when I say X I mean …", "by X you mean …".
    Stipulated,
    /// "X (a later round of …)".
    Parenthetical,
    /// An acronym and its expansion.
    Acronym,
    /// "X, formerly Y", "fka".
    Alias,
    /// "A defines X as …".
    Reported,
    /// An entry of a note's glossary.
    Glossary,
    /// "X in the colloquial sense", "an unusual use of the term".
    Contrasted,
    /// "what is the definition of X?" — an open question, not a sense.
    Asked,
}

/// A candidate, in tokens of its sentence.
#[derive(Clone, PartialEq, Debug)]
struct Candidate {
    kind: SenseKind,
    term: Named,
    sense: Range<usize>,
    holder: Option<Range<usize>>,
    weight: Weight,
}

/// How a candidate names its term.
#[derive(Clone, PartialEq, Debug)]
enum Named {
    /// In the sentence itself.
    Here(Range<usize>),
    /// By "it", "the term" or nothing at all: the term spoken of before.
    Before,
}

/// Evidence for a definition, as a logit.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
struct Weight(f32);

impl Weight {
    /// Adds `by` if `holds`.
    fn when(self, holds: bool, by: f32) -> Self {
        if holds { Self(self.0 + by) } else { self }
    }

    /// Both weights together.
    fn and(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// The probability it stands for.
    fn score(self) -> f32 {
        1.0 / (1.0 + (-self.0).exp())
    }
}

/// The best definition in a sentence, if it may give one. An open question gives none.
pub(super) fn judge(text: &str, span: Span, tokens: &[Token<'_>]) -> Option<Definition> {
    let line = Line::new(text, span, tokens);
    let named = candidates(&line).into_iter().filter_map(|candidate| candidate.place(&line, None));
    named.filter(|found| found.kind != SenseKind::Asked).max_by(|a, b| a.score.total_cmp(&b.score))
}

/// Every definition the sentence under `span` may give: one sentence can define several terms.
pub fn definitions(text: &str, span: Span) -> Vec<Definition> {
    let tokens = tokens(text, span);
    let line = Line::new(text, span, &tokens);
    candidates(&line).into_iter().filter_map(|candidate| candidate.place(&line, None)).collect()
}

/// All candidates of a sentence.
fn candidates(line: &Line<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    talk::propose(line, &mut found);
    forward::propose(line, &mut found);
    naming::propose(line, &mut found);
    apposition::propose(line, &mut found);
    if found.is_empty() {
        return found;
    }
    let setting = setting(line);
    found.iter_mut().filter(|candidate| candidate.kind == SenseKind::Stated).for_each(|candidate| {
        candidate.weight = candidate.weight.and(setting);
    });
    found
}

/// What the sentence around it tells of a stated sense: one that leans on what was said before hardly states one.
fn setting(line: &Line<'_>) -> Weight {
    let lead = 0..(0..line.len().min(8)).find(|&at| line.form(at) == ",").unwrap_or(0);
    let leans = lead.clone().any(|at| matches!(line.form(at), "this" | "these" | "that" | "those" | "such"));
    let concludes =
        line.phrase(0, "thus|therefore|hence|so|instead|moreover|similarly|likewise|consequently").is_some();
    Weight(0.0)
        .when(leans, -0.8)
        .when(concludes, -0.4)
        .when(line.phrase(0, "for example|instance").is_some(), -0.8)
        .when(line.form(line.len() - 1) == "?", -1.5)
}

impl Candidate {
    /// The candidate as a definition; `None` if it leans on a term from before and there is none.
    fn place(self, line: &Line<'_>, before: Option<Span>) -> Option<Definition> {
        let term = match self.term {
            Named::Here(term) => line.place(&term)?,
            Named::Before => before?,
        };
        Some(Definition {
            sentence: line.span,
            score: self.weight.score(),
            term,
            sense: line.place(&self.sense)?,
            kind: self.kind,
            holder: self.holder.and_then(|holder| line.place(&holder)),
        })
    }
}

#[cfg(test)]
#[allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};
    use ibid_text::sentences;
    use proptest::prelude::*;

    use super::*;

    /// Each definition of a passage on a line: kind, term, sense, holder, and whether it is likelier one than none.
    #[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
    fn check(passage: &str, expect: Expect) {
        let mut shown = String::new();
        for found in definitions_in(passage, &[Span::from(0..passage.len())]) {
            let kind = format!("{:?}", found.kind).to_lowercase();
            let holder = found.holder.map_or(String::new(), |holder| format!(" ({})", holder.of(passage)));
            let doubt = if found.score < 0.5 { " ?" } else { "" };
            let (term, sense) = (found.term.of(passage), found.sense.of(passage));
            let _ = writeln!(shown, "{kind} {term} = {sense}{holder}{doubt}");
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn stated() {
        check(
            "An axolotl is an amphibian that keeps its gills.",
            expect![[r#"
            stated axolotl = an amphibian that keeps its gills
        "#]],
        );
        check(
            "In mechanics, the term “moment” refers to a product of force and distance.",
            expect![[r#"
            stated moment = a product of force and distance
        "#]],
        );
        check(
            "Turnover is defined as the yearly sum of all sales.",
            expect![[r#"
            stated Turnover = the yearly sum of all sales
        "#]],
        );
        check(
            "Beavers build a kind of pond called a flowage.",
            expect![[r#"
            stated flowage = Beavers build a kind of pond
        "#]],
        );
        check(
            "They drained the polder, which is a piece of land below the sea.",
            expect![[r#"
            stated polder = a piece of land below the sea
        "#]],
        );
        check(
            "Ferns are plants that spread by spores.",
            expect![[r#"
            stated Ferns = plants that spread by spores
        "#]],
        );
        check(
            "In such towns people may form leagues, unions of their own trades.",
            expect![[r#"
            stated leagues = unions of their own trades ?
        "#]],
        );
        check(
            "Growth needs grafting, the joining of two stems.",
            expect![[r#"
            stated grafting = the joining of two stems
        "#]],
        );
        check(
            "They are often commensals: animals that eat at the table of others.",
            expect![[r#"
            stated commensals = animals that eat at the table of others
        "#]],
        );
        check(
            "Ablation: a method that takes out one part at a time.",
            expect![[r#"
            stated Ablation = a method that takes out one part at a time
        "#]],
        );
    }

    #[test]
    fn nothing_is_stated() {
        check("This is a good thing.", expect![[""]]);
        check(
            "The main problem is a lack of time.",
            expect![[r#"
                stated main problem = a lack of time ?
            "#]],
        );
        check("She was late, and the road is closed.", expect![[""]]);
        check("My guess is that it holds.", expect![[""]]);
        check("Investors are aware of the risk.", expect![[""]]);
        check("In the valley, the climate of the north is severe.", expect![[""]]);
        check("Call this number to rent a boat.", expect![[""]]);
        check("For a map, please refer to the guide of the lake.", expect![[""]]);
        check("It is shown in a user-defined colour by setting a flag.", expect![[""]]);
        check("She means to rent a boat.", expect![[""]]);
        check("“What do you mean?” asked the boatman.", expect![[""]]);
        check("They hid the bottle, the contents of which were gone.", expect![[""]]);
        check("Nations are building new ferries.", expect![[""]]);
        check("Figure: The boat that crosses the lake.", expect![[""]]);
        check("The latter is a boat that rows.", expect![[""]]);
        check("Settlers refer to this pattern as the rule of the river.", expect![[""]]);
    }

    #[test]
    fn the_subject_may_stand_behind_a_lead_and_before_other_names() {
        check(
            "In computing, and in law, a token, or chit, refers to a claim on a good.",
            expect![[r#"
                stated token = a claim on a good
            "#]],
        );
        check(
            "During the war the term “raider” was used in the press to mean a small ship.",
            expect![[r#"
                stated raider = a small ship
            "#]],
        );
    }

    #[test]
    fn a_name_may_be_given_in_passing() {
        check(
            "We refer to the slow growth of a reef as accretion.",
            expect![[r#"
            stated accretion = the slow growth of a reef
        "#]],
        );
        check(
            "Output lies below capacity, which is defined as the most that a mill can grind.",
            expect![[r#"
                stated capacity = the most that a mill can grind
            "#]],
        );
        check(
            "They came from an entrepôt, that is, a town where ships unload.",
            expect![[r#"
            stated entrepôt = a town where ships unload
        "#]],
        );
    }

    #[test]
    fn what_follows_from_a_thing_is_not_its_sense() {
        check(
            "A larger sail means a faster ship.",
            expect![[r#"
                stated larger sail = a faster ship ?
            "#]],
        );
        check("Rowing there means a delay of a day.", expect![[""]]);
        check(
            "Flotsam means wreckage that floats.",
            expect![[r#"
            stated Flotsam = wreckage that floats
        "#]],
        );
    }

    #[test]
    fn a_sentence_that_leans_on_others_states_less() {
        check(
            "This process is called grafting.",
            expect![[r#"
            stated grafting = This process ?
        "#]],
        );
        check(
            "If the ferry is a boat that rows, we walk.",
            expect![[r#"
            stated ferry = a boat that rows, we walk ?
        "#]],
        );
    }

    #[test]
    fn stipulated() {
        check(
            "When I say drift I mean the slow change of a sensor.",
            expect![[r#"
            stipulated drift = the slow change of a sensor
        "#]],
        );
        check(
            "By “progress” you mean the rate, right?",
            expect![[r#"
            stipulated progress = the rate (you)
        "#]],
        );
        check(
            "We use slack to mean unplanned time.",
            expect![[r#"
            stipulated slack = unplanned time
        "#]],
        );
        check(
            "Some plans survive contact. Call these robust plans.",
            expect![[r#"
            stipulated robust plans = Some plans survive contact.
        "#]],
        );
    }

    #[test]
    fn a_name_in_quotation_marks_is_the_name() {
        check(
            "Boats leave at ten. We call these early boats “larks”.",
            expect![[r#"
            stipulated larks = Boats leave at ten.
        "#]],
        );
    }

    #[test]
    fn beside_the_term() {
        check(
            "They joined the Hanse (a league of trading towns on the Baltic).",
            expect![[r#"
            parenthetical Hanse = a league of trading towns on the Baltic
        "#]],
        );
        check(
            "We trained a support vector machine (SVM).",
            expect![[r#"
            acronym SVM = support vector machine
        "#]],
        );
        check(
            "A theory of expected value maximization goes too far, and so does EVM.",
            expect![[r#"
            acronym EVM = expected value maximization
        "#]],
        );
        check(
            "The fund, formerly known as Green Door, gives grants.",
            expect![[r#"
                alias fund = Green Door
            "#]],
        );
    }

    #[test]
    fn whose_sense_it_is() {
        check(
            "Ostrom defines institutions as rules in use.",
            expect![[r#"
            reported institutions = rules in use (Ostrom)
        "#]],
        );
        check(
            "Your definition of growth includes price changes.",
            expect![[r#"
            reported growth = includes price changes (Your)
        "#]],
        );
        check(
            "What is the definition of “commons”? Ostrom’s book coined the word, and defines it as a shared pool.",
            expect![[r#"
                asked commons = What is the definition of “commons”
                reported commons = a shared pool (Ostrom’s)
            "#]],
        );
    }

    #[test]
    fn other_senses() {
        check(
            "He is “rational” in the colloquial sense.",
            expect![[r#"
            contrasted rational = He is “rational” in the colloquial sense
        "#]],
        );
        check(
            "What do you mean by fairness? Weaker notions like “no envy” are easy.",
            expect![[r#"
            asked fairness = What do you mean by fairness
            contrasted fairness = no envy
        "#]],
        );
        check(
            "Could you define what you mean by fairness?",
            expect![[r#"
            asked fairness = define what you mean by fairness
            asked fairness = what you mean by fairness
        "#]],
        );
    }

    #[test]
    fn an_open_question_is_no_definition_of_the_sentence() {
        let question = "What do you mean by fairness?";
        let span = Span::from(0..question.len());
        assert_eq!(judge(question, span, &tokens(question, span)), None);
    }

    proptest! {
        /// Any text is read; what is found lies in it, in its sentence, and is worth something.
        #[test]
        fn anything_is_read(words in proptest::collection::vec(
            "is|a|the|called|known|as|\\(|\\)|,|;|:|“|”|\"|'s|refers|to|define[sd]?|it|term|X|ABC|call|these|\
             mean|by|you|what|which|sense|in|colloquial|definition|of|notions|like|—|/|-|\\.|\\?|é|[a-z]{1,4}",
            0..24,
        )) {
            let text = words.join(" ");
            let spans = sentences(&text);
            for found in definitions_in(&text, &[Span::from(0..text.len())]) {
                prop_assert!(!found.term.of(&text).is_empty() && !found.sense.of(&text).is_empty());
                prop_assert!((0.0..=1.0).contains(&found.score));
            }
            for span in spans {
                for found in definitions(&text, span) {
                    prop_assert!(span.covers(found.term) && span.covers(found.sense));
                }
            }
        }
    }
}
