use std::{path::Path, sync::Arc};

use ibid_language::Language;
use ibid_source::Format;
use proptest::prelude::*;

use super::{FileTerms, Terms};
use crate::FileId;

fn facts(page: &str) -> Arc<FileTerms> {
    let source = ibid_source::read(Format::Text, page.as_bytes(), Language::ENGLISH).expect("a page of text is read");
    Arc::new(FileTerms::of(page, Some(&source), None, Language::ENGLISH))
}

/// The path of page number `at`.
fn path(at: u32) -> Arc<Path> {
    Path::new(&format!("/{at:03}.txt")).into()
}

fn terms(pages: &[&str]) -> Terms {
    let mut terms = Terms::new(Language::ENGLISH);
    for (id, page) in (0..).zip(pages) {
        terms.set_file(FileId(id), &path(id), Some(&facts(page)));
    }
    terms
}

/// The uses that are found in `text`, each with the name of its term.
fn uses(pages: &[&str], text: &str) -> Vec<(String, String)> {
    let found = terms(pages).uses_in(text);
    found.into_iter().map(|used| (used.span.of(text).to_owned(), used.term.name.clone())).collect()
}

fn pair(used: &str, name: &str) -> (String, String) {
    (used.to_owned(), name.to_owned())
}

const PAGES: [&str; 3] = [
    "When I say drift I mean the slow change of a sensor.",
    "A drift correction is defined as any step that takes a known drift out of a series of readings.",
    "The fund (formerly known as Green Door) gave money to a support vector machine (SVM) project.",
];

#[test]
fn the_longest_term_wins() {
    assert_eq!(uses(&PAGES, "No drift-corrections."), [pair("drift-corrections", "drift correction")]);
    assert_eq!(uses(&PAGES, "Correction of drift."), [pair("drift", "drift")]);
}

#[test]
fn a_name_does_not_cross_sentences() {
    assert_eq!(uses(&PAGES, "It was the drift. Correction failed."), [pair("drift", "drift")]);
}

#[test]
fn acronyms_and_proper_names_need_their_capitals() {
    let found = uses(&PAGES, "An svm by Green Door, or two SVMs behind a green door.");
    assert_eq!(found, [pair("Green Door", "Green Door"), pair("SVMs", "SVM")]);
}

#[test]
fn the_cursor_may_be_anywhere_in_a_name() {
    let terms = terms(&PAGES);
    let text = "Some drift correction helps.";
    for at in 5..=21 {
        let found = terms.at(text, at).map(|found| found.span.of(text));
        assert_eq!(found, Some("drift correction"), "at {at}");
    }
    assert_eq!(terms.at(text, 2), None);
    assert_eq!(terms.at(text, 24), None);
}

#[test]
fn another_ending_is_the_same_name_under_the_cursor() {
    let at = |text: &str| terms(&PAGES).at(text, 9).map(|found| found.term.name.clone());
    assert_eq!(at("They drift-corrected it.").as_deref(), Some("drift correction"));
    assert_eq!(at("They are correct.").as_deref(), None);
}

#[test]
fn part_of_an_abbreviation_is_not_an_acronym() {
    let names = |page: &str| terms(&[page]).all().into_iter().map(|term| term.name.clone()).collect::<Vec<_>>();
    assert_eq!(names("TL;DR: the SVM won."), ["SVM"]);
}

#[test]
fn a_beginning_is_found_across_case_and_hyphen() {
    let terms = terms(&PAGES);
    let names = |typed| terms.beginning_with(typed).map(|term| &*term.name).collect::<Vec<_>>();
    assert_eq!(names("Drift"), ["drift", "drift correction"]);
    assert_eq!(names("drift-corr"), ["drift correction"]);
    assert_eq!(names("correction"), [""; 0]);
}

#[test]
fn two_people_with_two_senses_contest_a_term() {
    let contested = |pages: &[&str]| terms(pages).find("slack").map(|term| term.contested);
    let one = "When I say slack I mean unplanned hours in a week.";
    let same = "By slack I mean the hours of a week that are unplanned.";
    let other = "Economists define slack as idle machines and workers.";
    assert_eq!(contested(&[one, same]), Some(false));
    assert_eq!(contested(&[one, other]), Some(true));
    assert_eq!(contested(&[one, "She used slack in the loose sense, when I say slack I mean idle time."]), Some(true));
}

#[test]
fn an_everyday_word_is_rarely_contested() {
    let contested = |name: &str, pages: &[&str]| terms(pages).find(name).map(|term| term.contested);
    let agent = "When I say agent I mean a program that plays.";
    assert_eq!(contested("agent", &[agent, "Economists define agent as a household or a firm."]), Some(false));
    let asked = "What is the definition of agent?";
    assert_eq!(contested("agent", &[agent, "Economists define agent as a household or a firm.", asked]), Some(true));
    // Nothing says that the two pages are by different people, or that people disagree.
    let kiln = "When I say kiln I mean an oven for clay.";
    assert_eq!(contested("kiln", &[kiln, "By kiln I mean any dryer of timber."]), Some(false));
    assert_eq!(contested("kiln", &[kiln, "Used in the general sense, “kiln” includes all ovens."]), Some(false));
}

/// The names that a note defines.
fn noted(note: &str) -> Vec<String> {
    let mut terms = Terms::new(Language::ENGLISH);
    terms.set_file(
        FileId(0),
        &path(0),
        Some(&Arc::new(FileTerms::of(note, None, Some(&ibid_note::parse(note, Language::ENGLISH)), Language::ENGLISH))),
    );
    terms.all().into_iter().map(|term| term.name.clone() + if term.contested { ", contested" } else { "" }).collect()
}

#[test]
fn a_bold_lead_is_a_term_where_it_is_defined() {
    assert_eq!(noted("**Slack**: the hours of a week that nobody has planned.\n"), ["Slack"]);
    assert_eq!(noted("**Ask early**: Nobody minds, and it saves a week.\n"), [""; 0]);
    let talk = "**Ada**: a person who waits is a fool.\n\n**Ada**: the thing that I said was wrong.\n";
    assert_eq!(noted(talk), [""; 0]);
}

#[test]
fn one_writer_contests_nothing() {
    let note = "When I say slack I mean unplanned hours.\n\nBy slack I mean idle machines and workers.\n";
    assert_eq!(noted(note), ["slack"]);
}

proptest! {
    /// Setting, replacing and removing files gives the same terms as setting the remaining files once.
    #[test]
    fn step_by_step_equals_from_scratch(steps in proptest::collection::vec((0_u32..3, proptest::option::of(0_usize..6)), 0..12)) {
        let pages = [
            PAGES[0], PAGES[1], PAGES[2],
            "By drift you mean all change, right?",
            "What is the definition of drift? I think people use it in the colloquial sense.",
            "SVM and ASARA are used here. So is ASARA.",
        ];
        let mut stepwise = Terms::new(Language::ENGLISH);
        let mut left = std::collections::BTreeMap::new();
        for (file, page) in steps {
            stepwise.set_file(FileId(file), &path(file), page.map(|page| facts(pages[page])).as_ref());
            match page {
                Some(page) => left.insert(file, page),
                None => left.remove(&file),
            };
        }
        let mut scratch = Terms::new(Language::ENGLISH);
        for (file, page) in left {
            scratch.set_file(FileId(file), &path(file), Some(&facts(pages[page])));
        }
        prop_assert_eq!(stepwise.all(), scratch.all());
        prop_assert!(stepwise.beginning_with("").eq(scratch.beginning_with("")));
        prop_assert_eq!(stepwise.beginning_with("").count(), stepwise.all().len());
    }
}

/// What is told of a term depends on the files' paths, whatever ids they have and in whatever order they came.
#[test]
fn ids_and_arrival_change_nothing() {
    let pages = [
        "If it gains a slow river gauge (SRG), we could move it.",
        "The word is used in the matter of\nslow river gauge (SRG).",
        "Many towns know of the slow river gauge (SRG) by now.",
        "By slow river gauge (SRG) we mean a gauge that lags.",
    ];
    let told = |order: &[u32], id: fn(u32) -> FileId| {
        let mut terms = Terms::new(Language::ENGLISH);
        for &at in order {
            terms.set_file(id(at), &path(at), Some(&facts(pages[at as usize])));
        }
        // By path, since the ids differ.
        let shown = |sense: &super::Sense| ((0..4).find(|&at| id(at) == sense.file), sense.sentence, sense.also.len());
        terms.all().iter().map(|term| (term.name.clone(), term.senses.iter().map(shown).collect())).collect()
    };
    let plain: Vec<(String, Vec<_>)> = told(&[0, 1, 2, 3], FileId);
    assert!(plain.iter().any(|(_, senses)| senses.len() + senses.iter().map(|sense| sense.2).sum::<usize>() > 2));
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        assert_eq!(told(&order, FileId), plain);
        assert_eq!(told(&order, |at| FileId(9 - at)), plain);
        assert_eq!(told(&order, |at| FileId(at * 7 % 5)), plain);
    }
}

#[test]
fn you_in_a_reply_is_the_person_it_answers() {
    let page = "<article><p>A post of some words.</p></article><ul><li id=comment-1 class=comment><b class=fn>Ada</b>\n\
        <time datetime=2024>2024</time><div class=comment-body><p>We need drift.</p></div>\n\
        <ul><li id=comment-2 class=comment><b class=fn>Ben</b> <time datetime=2024>2024</time>\n\
        <div class=comment-body><p>By “drift” you mean the slow change of a sensor.</p></div></li></ul></li></ul>";
    let source = ibid_source::read(Format::Html, page.as_bytes(), Language::ENGLISH).expect("a page is read");
    let facts = FileTerms::of(page, Some(&source), None, Language::ENGLISH);
    let given: Vec<_> = facts.given.iter().map(|given| (given.name.as_str(), given.voice.name.as_deref())).collect();
    assert_eq!(given, [("drift", Some("Ada"))]);
}
