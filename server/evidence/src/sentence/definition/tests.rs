#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use ibid_language::Language;
use ibid_text::sentences;
use proptest::prelude::*;

use super::*;

/// Checks the definitions in a passage, one a line: kind, term, sense, holder, and a question mark if unlikely.
#[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
fn check(passage: &str, expect: Expect) {
    let mut shown = String::new();
    for found in definitions_in(passage, &[Span::from(0..passage.len())], Language::ENGLISH) {
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
fn stated_in_a_roundabout_way() {
    check(
        "A shanty is, strictly speaking, a song that keeps time at work.",
        expect![[r#"
        stated shanty = a song that keeps time at work
    "#]],
    );
    check(
        "The ferry is, of course, part of the fleet.",
        expect![[r#"
        stated ferry = part of the fleet ?
    "#]],
    );
    check(
        "Draught most often refers to the depth of a hull below the water.",
        expect![[r#"
        stated Draught = the depth of a hull below the water
    "#]],
    );
    check(
        "A cable is one tenth of a nautical mile.",
        expect![[r#"
        stated cable = one tenth of a nautical mile
    "#]],
    );
    check(
        "Invented in the north, a sled is a vehicle that glides on runners.",
        expect![[r#"
            stated sled = a vehicle that glides on runners
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
    check("Eels swim far. Although we call them “snakes”, they are fish.", expect![[""]]);
    check("The “carelessness” remark is a kind of excuse for all.", expect![[""]]);
    check("A note on each LEF tells of it. An LEF also lets eels flee.", expect![[""]]);
}

#[test]
fn the_subject_may_follow_a_lead_and_precede_other_names() {
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
fn a_consequence_is_no_sense() {
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
fn a_sentence_that_depends_on_others_states_less() {
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
        "It was written in hypertext markup language (HTML).",
        expect![[r#"
        acronym HTML = hypertext markup language
    "#]],
    );
    check(
        "Google DeepMind (GDM) has an action-conditioned TD error (ACTDE).",
        expect![[r#"
            acronym GDM = Google DeepMind ?
            acronym ACTDE = action-conditioned TD error
        "#]],
    );
    check("The boats of that harbour (NATO), of the old town (OTB) and next to LayerNorm (LN) are gone.", expect![""]);
    // In how many ways letters could be read does not matter.
    let hostile =
        format!("{}({}B) {}(AAAAAAAAAB)", "AAAAAAAAAA ".repeat(15), "A".repeat(40), "a aaaaaaaaaa ".repeat(12));
    check(&hostile, expect![""]);
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
fn the_holder_of_a_sense() {
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
    assert_eq!(judge(question, span, &tokens(question, span, Language::ENGLISH), Language::ENGLISH), None);
}

#[test]
fn a_quality_is_defined_by_a_condition() {
    check(
        "A graph is said to be connected if a path joins any two of its points.",
        expect![[r#"
            stated connected = A graph ?
            stated connected = A graph is said to be connected if a path joins any two of its points
        "#]],
    );
    check(
        "We say that a plan is robust when it works in every weather.",
        expect![[r#"
            stated robust = a plan is robust when it works in every weather
        "#]],
    );
    check("A boat is good if it floats.", expect![[""]]);
}

#[test]
fn a_contract_names_its_parties_and_defines_its_words() {
    check(
        "The Ferry Company, a maker of boats (the “Builder”), shall deliver.",
        expect![[r#"
            stated Ferry Company = a maker of boats ?
            stipulated Builder = The Ferry Company, a maker of boats
        "#]],
    );
    check(
        "“Business Day” shall mean any day on which the ferry runs.",
        expect![[r#"
        stated Business Day = any day on which the ferry runs
    "#]],
    );
    check(
        "The term “Berth” has the meaning given in Section 2.",
        expect![[r#"
        stated Berth = in Section 2
    "#]],
    );
}

#[test]
fn what_happens_in_a_process_gives_its_sense() {
    check(
        "They live on cabotage, in which a foreign ship carries goods between two ports.",
        expect![[r#"
        stated cabotage = in which a foreign ship carries goods between two ports
    "#]],
    );
    check(
        "Slack - a stock of unplanned time that absorbs surprises.",
        expect![[r#"
        stated Slack = a stock of unplanned time that absorbs surprises
    "#]],
    );
    check(
        "Water stands in the bed; this is called ponding.",
        expect![[r#"
        stated ponding = Water stands in the bed
    "#]],
    );
    check(
        "Second mates are officers who keep the watch.",
        expect![[r#"
        stated Second mates = officers who keep the watch
    "#]],
    );
}

proptest! {
    /// Any text can be read. Every definition is inside the text and its sentence, and has a score.
    #[test]
    fn any_text_can_be_read(words in proptest::collection::vec(
        "is|a|the|called|known|as|\\(|\\)|,|;|:|“|”|\"|'s|refers|to|define[sd]?|it|term|X|ABC|call|these|\
         mean|by|you|what|which|sense|in|colloquial|definition|of|notions|like|—|/|-|\\.|\\?|é|[a-z]{1,4}",
        0..24,
    )) {
        let text = words.join(" ");
        let spans = sentences(&text, Language::ENGLISH.abbreviations());
        for found in definitions_in(&text, &[Span::from(0..text.len())], Language::ENGLISH) {
            prop_assert!(!found.term.of(&text).is_empty() && !found.sense.of(&text).is_empty());
            prop_assert!((0.0..=1.0).contains(&found.score));
        }
        for span in spans {
            for found in definitions(&text, span, Language::ENGLISH) {
                prop_assert!(span.covers(found.term) && span.covers(found.sense));
            }
        }
    }
}
