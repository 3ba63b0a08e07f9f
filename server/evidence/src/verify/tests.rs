use proptest::prelude::*;

use super::*;

fn check(claim: &str, evidence: &str, verdict: Support, mismatch: Option<(MismatchKind, &str, &str)>) {
    let found = verify(claim, evidence, Language::ENGLISH);
    let shown = found.mismatches.first().map(|m| (m.kind, m.claim.of(claim), m.evidence.of(evidence)));
    assert_eq!((found.verdict, shown), (verdict, mismatch), "{claim} / {evidence}: {found:?}");
}

#[test]
fn an_assumption_is_weaker_than_a_statement() {
    check(
        "Half of recent AI progress comes from using more compute.",
        "We simulate progress. We assume that half of recent AI progress comes from using more compute in AI \
         development and the other half comes from improved software. Compute is constant.",
        Support::Overstated,
        Some((MismatchKind::Hedge, "", "We assume")),
    );
}

#[test]
fn a_correlation_is_weaker_than_a_cause() {
    check(
        "Coffee prevents headaches among adults.",
        "Coffee is associated with fewer headaches among adults.",
        Support::Overstated,
        Some((MismatchKind::Causal, "", "associated")),
    );
}

#[test]
fn what_is_only_related_to_a_thing_is_no_correlation() {
    check(
        "Closing schools prevents symptoms among adults in cold countries.",
        "Closing schools prevents symptoms related to the virus among adults in cold countries.",
        Support::Supported,
        None,
    );
}

#[test]
fn another_number_of_the_same_thing_contradicts() {
    check(
        "The survey covered 41,000 households in twelve regions.",
        "The survey covered 4,100 households in twelve regions.",
        Support::Contradicted,
        Some((MismatchKind::Number, "41,000", "4,100")),
    );
}

#[test]
fn a_number_is_of_the_same_thing_if_the_same_words_lead_to_it() {
    let evidence = "The share of leaking boats fell from 0.42 to 0.35, and the crews slept better.";
    check(
        "The share of leaking boats fell from 0.42 to 0.31.",
        evidence,
        Support::Contradicted,
        Some((MismatchKind::Number, "0.31", "0.35")),
    );
    check(
        "The brewer sells 60 percent of the barrels.",
        "The brewer sells 80 percent of the barrels, and he gives the rest away.",
        Support::Contradicted,
        Some((MismatchKind::Number, "60 percent", "80 percent")),
    );
    let other = verify("The share of leaking boats in the north was 0.31.", evidence, Language::ENGLISH);
    assert_ne!(other.verdict, Support::Contradicted, "{other:?}");
}

#[test]
fn any_negation_of_a_shared_word_counts() {
    check(
        "The proposed repair needs a second mast.",
        "We show that the rig never held in a gale, and the proposed repair needs no second mast.",
        Support::Contradicted,
        Some((MismatchKind::Negation, "mast", "no")),
    );
}

#[test]
fn another_name_in_the_same_place_contradicts() {
    let evidence = "The survey of fishing villages was led by Grace Holm in the winter of 1952.";
    check(
        "The survey of fishing villages was led by Ada Berg in the winter of 1952.",
        evidence,
        Support::Contradicted,
        Some((MismatchKind::Name, "Ada Berg", "Grace Holm")),
    );
    check("The survey of fishing villages was led by Holm in the winter of 1952.", evidence, Support::Supported, None);
}

#[test]
fn two_names_of_one_thing_do_not() {
    check(
        "The treaty on fishing grounds was signed by the United Nations after nine years of talks.",
        "The treaty on fishing grounds was signed by the UN after nine years of talks.",
        Support::Supported,
        None,
    );
}

#[test]
fn another_month_is_another_date() {
    check(
        "The committee published its report on housing in March and closed the inquiry.",
        "The committee published its report on housing in October and closed the inquiry.",
        Support::Contradicted,
        Some((MismatchKind::Date, "March", "October")),
    );
}

#[test]
fn less_for_more_contradicts() {
    let evidence = "Rents in the old town increased by a third after the new bridge was opened.";
    check(
        "Rents in the old town decreased by a third after the new bridge was opened.",
        evidence,
        Support::Contradicted,
        Some((MismatchKind::Causal, "decreased", "increased")),
    );
    check("Rents in the old town rose by a third after the new bridge was opened.", evidence, Support::Supported, None);
}

#[test]
fn another_ordinal_contradicts() {
    let evidence = "The harbour office moved in the fourteenth week of the strike.";
    check(
        "The harbour office moved in the 15th week of the strike.",
        evidence,
        Support::Contradicted,
        Some((MismatchKind::Number, "15th", "fourteenth")),
    );
    check("The harbour office moved in the 14th week of the strike.", evidence, Support::Supported, None);
}

#[test]
fn a_share_in_words_is_a_figure() {
    let evidence = "After a year 75% of the lanterns were still lit.";
    check("After a year three quarters of the lanterns were still lit.", evidence, Support::Supported, None);
    check(
        "After a year half of the lanterns were still lit.",
        evidence,
        Support::Contradicted,
        Some((MismatchKind::Number, "half", "75%")),
    );
}

#[test]
fn a_lost_quantifier_overstates() {
    for (claim, evidence, here, there) in [
        ("All weavers left the valley.", "Most of the weavers left the valley.", "All", "Most"),
        ("The weavers left the valley.", "Some weavers left the valley.", "weavers", "Some"),
        ("The mill is the oldest in town.", "The mill is one of the oldest in town.", "the oldest", "one of"),
    ] {
        check(claim, evidence, Support::Overstated, Some((MismatchKind::Quantifier, here, there)));
    }
    check(
        "No weavers left the valley.",
        "Most weavers left the valley.",
        Support::Contradicted,
        Some((MismatchKind::Quantifier, "No", "Most")),
    );
    let found = verify("Some weavers left.", "Most weavers left.", Language::ENGLISH);
    assert!(found.mismatches.is_empty(), "{found:?}");
}

#[test]
fn a_lost_limit_or_view_overstates() {
    for (claim, evidence) in [
        ("A deeper keel steadies the barge.", "A deeper keel can in some cases steady the barge."),
        ("The keel lasts for ninety years.", "Under good conditions, the keel lasts for ninety years."),
        ("The keel is the best of its century.", "The keel is regarded by many as the best of its century."),
        ("The keel was decisive for the race.", "Many consider the keel to be decisive for the race."),
        ("A keel is a promise to the wind.", "A shipwright told me: a keel is a promise to the wind."),
        ("The keel steadies the barge in a storm.", "I doubt that the keel steadies the barge in a storm."),
    ] {
        let found = verify(claim, evidence, Language::ENGLISH);
        assert_eq!(found.verdict, Support::Overstated, "{claim} / {evidence}: {found:?}");
    }
    for (claim, evidence) in [
        (
            "If conditions are good, the keel lasts for ninety years.",
            "Under good conditions, the keel lasts for ninety years.",
        ),
        (
            "Some regard the keel as the best of its century.",
            "The keel is regarded by many as the best of its century.",
        ),
    ] {
        let found = verify(claim, evidence, Language::ENGLISH);
        assert!(found.mismatches.is_empty(), "{claim} / {evidence}: {found:?}");
    }
}

#[test]
fn what_is_not_in_the_passage_is_not_supported() {
    let evidence = "The crew rinsed the filters four times, and the water was clear after one month.";
    for (claim, kind) in [
        ("The crew of Tolm rinsed the filters four times, and the water was clear.", DemandKind::Name),
        ("The crew always rinsed the filters four times.", DemandKind::Quantifier),
        ("The crew must rinse the filters four times.", DemandKind::Modality),
        ("The crew argues that it rinsed the filters four times.", DemandKind::Attribution),
    ] {
        let found = verify(claim, evidence, Language::ENGLISH);
        let has = found.unmet.iter().any(|demand| demand.kind == kind);
        assert!(has && found.verdict != Support::Supported, "{claim}: {found:?}");
    }
}

#[test]
fn a_hedge_of_something_else_weakens_nothing() {
    for (claim, evidence) in [
        ("The tax had less effect on bread.", "The tax had less effect on bread than one might have feared."),
        ("Neither baker answered the letter.", "It may be that the guild agreed; neither baker answered the letter."),
        ("Weak rules do not lead to fines.", "Weak rules like “paid in part by the parish” do not lead to fines."),
    ] {
        let found = verify(claim, evidence, Language::ENGLISH);
        assert!(found.mismatches.is_empty(), "{claim} / {evidence}: {found:?}");
    }
}

#[test]
fn other_holders_hold_another_view() {
    let found = verify("Proponents say that it is slow.", "Critics say that it is slow.", Language::ENGLISH);
    assert_ne!(found.verdict, Support::Supported, "{found:?}");
}

#[test]
fn two_reversals_are_none() {
    let found = verify(
        "Barges without a keel took more time on the river.",
        "Barges with a keel took less time on the river.",
        Language::ENGLISH,
    );
    assert!(found.mismatches.is_empty(), "{found:?}");
}

#[test]
fn a_comparison_told_from_its_other_end_is_the_same() {
    for (claim, evidence) in [
        (
            "The cost of storage is lower than the cost of training a model.",
            "The cost of training a model is higher than the cost of storage.",
        ),
        (
            "The eastern mills opened their sluices earlier than the western ones.",
            "The western mills opened their sluices later than the eastern ones.",
        ),
    ] {
        let found = verify(claim, evidence, Language::ENGLISH);
        assert_ne!(found.verdict, Support::Contradicted, "{found:?}");
    }
}

#[test]
fn a_share_is_not_a_length() {
    let found = verify(
        "In 1953 perhaps 40 percent of the dyke was raised.",
        "The dyke was raised by 40 centimetres in 1953.",
        Language::ENGLISH,
    );
    assert_ne!(found.verdict, Support::Supported, "{found:?}");
}

#[test]
fn a_correlation_is_enough_for_a_correlation() {
    check(
        "Coffee is linked with fewer headaches among adults in cold countries.",
        "Coffee is associated with fewer headaches among adults in cold countries.",
        Support::Supported,
        None,
    );
}

#[test]
fn what_is_set_either_way_is_not_asked() {
    let claim = "The flag sets the checks of iterators in the linked library.";
    for evidence in [
        "The flag sets whether the checks of iterators in the linked library are on.",
        "The flag tells whether or not the command sets the checks of iterators in the linked library.",
    ] {
        let found = verify(claim, evidence, Language::ENGLISH);
        assert!(found.mismatches.is_empty(), "{evidence}: {found:?}");
    }
    check(
        "Rain helps the growth of mushrooms in the northern forests.",
        "It is not known whether rain helps the growth of mushrooms in the northern forests.",
        Support::Overstated,
        Some((MismatchKind::Hedge, "", "known whether")),
    );
}

#[test]
fn what_ought_to_be_is_not_denied() {
    check(
        "A class template needs a definition before its use in a return type.",
        "The class template had not a definition before its use in a return type.",
        Support::Unchecked,
        None,
    );
}

#[test]
fn a_short_passage_may_say_it_in_other_words() {
    check("Cats eat fish.", "Our pet likes salmon.", Support::Unchecked, None);
}

#[test]
fn a_short_passage_of_other_matters_does_not() {
    check(
        "The committee raised the price of bread in the winter.",
        "The violin is tuned in fifths.",
        Support::Unsupported,
        None,
    );
}

#[test]
fn the_same_words_support() {
    let words = "The survey covered 4,100 households in twelve regions of Norway.";
    check(words, words, Support::Supported, None);
}

#[test]
fn other_matters_do_not() {
    check(
        "The parliament of Norway moved to a new building on Karl Johans gate in 1866.",
        "Tomatoes want sun and water.",
        Support::Unsupported,
        None,
    );
}

proptest! {
    /// Any two texts can be compared, and every span that comes back lies in its text.
    #[test]
    fn never_panics(claim in "[\\PC\n]{0,60}", evidence in "[\\PC\n]{0,200}") {
        let found = verify(&claim, &evidence, Language::ENGLISH);
        for mismatch in &found.mismatches {
            prop_assert!(claim.get(mismatch.claim.range()).is_some());
            prop_assert!(evidence.get(mismatch.evidence.range()).is_some());
        }
        prop_assert!(found.missing.iter().all(|span| claim.get(span.range()).is_some()));
        prop_assert!((0.0..=1.0).contains(&found.support));
    }

    /// A claim made of words and numbers never panics either.
    #[test]
    fn never_panics_on_numbers(claim in "([0-9]{1,9}|[$%,.]|may|not|half|[A-Z][a-z]{1,5}| ){0,20}", evidence in "([0-9]{1,9}|[$%,.]|may|not|half|[A-Z][a-z]{1,5}| ){0,40}") {
        verify(&claim, &evidence, Language::ENGLISH);
    }
}
