//! How the text around a quotation affects its verdict.

use std::sync::Arc;

use ibid_evidence::Verdict;
use ibid_note::Quotation;

use super::judged_at;
use crate::{
    analysis::{
        judged::{Judged, Misattribution, UncheckedReason, VoiceState},
        memo::Memo,
    },
    fixture::Fixture,
};

const SOURCES: &str = "//- /sources/one.md\n---\nid: one\nauthor: Ada First\n---\n\n\
    It remains to be seen what happens at higher levels. Shared words stand in both pages.\n\n\
    > Clarity is very important for deciding the right interventions.\n\n\
    //- /sources/two.md\n---\nid: two\nauthor: Bob Second\n---\n\n\
    Shared words stand in both pages. Nobody can say how much is enough.\n\n\
    //- /notes/note.md\n";

/// The quotation at the cursor with its verdict.
fn judged(fixture: &Fixture) -> Option<(Quotation, Arc<Judged>)> {
    judged_at(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default())
}

/// Checks the verdict on the quotation at the cursor, its reason and its misattribution.
fn check(note: &str, verdict: Verdict, reason: Option<UncheckedReason>, misattribution: Option<Misattribution>) {
    let fixture = Fixture::new(&format!("{SOURCES}{note}"));
    let (_, judged) = judged(&fixture).expect("a quotation at the cursor");
    assert_eq!(
        (judged.verdict, judged.unchecked_reason, judged.misattribution.clone()),
        (verdict, reason, misattribution),
        "{note}"
    );
}

#[test]
fn the_citation_decides_between_equal_places() {
    check("“shared words $0stand in both pages”\n", Verdict::Ambiguous, None, None);
    let fixture = Fixture::new(&format!("{SOURCES}They say “Shared words $0stand in both pages” [@two].\n"));
    let (_, judged) = judged(&fixture).expect("a quotation");
    let best = judged.best().and_then(|found| fixture.snapshot.file(found.file)).expect("a place");
    assert_eq!((judged.verdict, best.path.as_str()), (Verdict::Verbatim, "sources/two.md"));
}

#[test]
fn the_place_cited_decides_between_equal_places() {
    let page = "//- /sources/song.txt\nSo the bells rang twice that night.\n\nNobody came.\n\n".to_owned()
        + &"Then the wind rose again and the boats were brought in.\n\n".repeat(4)
        + "So the bells rang twice that night.\n//- /notes/note.md\n";
    let line = |note: &str| {
        let fixture = Fixture::new(&format!("{page}{note}"));
        let (_, judged) = judged(&fixture).expect("a quotation");
        let best = judged.best().expect("a place");
        (judged.verdict, fixture.snapshot.file(best.file).expect("it is held").line_of(best.span.start) + 1)
    };
    assert_eq!(
        line("“the bells rang $0twice that night” ([song](../sources/song.txt#L13))\n"),
        (Verdict::Verbatim, 13)
    );
    assert_eq!(line("“the bells rang $0twice that night” ([song](../sources/song.txt#L1))\n"), (Verdict::Verbatim, 1));
}

#[test]
fn few_words_lead_to_their_place_where_they_are_rare() {
    let places = |note: &str| {
        let fixture = Fixture::new(&format!("{SOURCES}{note}"));
        let (_, judged) = judged(&fixture).expect("a quotation");
        (judged.verdict, judged.unchecked_reason, judged.located.matches.len())
    };
    assert_eq!(
        places("So much for “right $0interventions”.\n"),
        (Verdict::Unchecked, Some(UncheckedReason::TooShort), 1)
    );
    assert_eq!(
        places("So much for “wrong $0interventions”.\n"),
        (Verdict::Unchecked, Some(UncheckedReason::TooShort), 0)
    );
}

#[test]
fn a_link_in_the_sentence_is_not_yet_the_citation_of_its_words() {
    let unattributed = Some(UncheckedReason::Unattributed);
    let absent = "“the moon is $0made of green cheese”";
    for note in [
        format!("We saw [elsewhere](../sources/one.md) why {absent} is a theory.\n"),
        format!("See [below](#below) for what they mean by {absent}.\n\n## Below\n"),
        "It is called “[the moon is $0made](../sources/one.md) of green cheese”.\n".to_owned(),
        format!("They call it “[made of cheese](../sources/one.md)”, {absent}, and so on.\n"),
    ] {
        check(&note, Verdict::Unchecked, unattributed, None);
    }
    for note in [
        format!("We saw that {absent} ([one](../sources/one.md)).\n"),
        format!("[Green moons](../sources/one.md) says that {absent}.\n"),
        format!("[Green moons](../sources/one.md): {absent}.\n"),
        format!("It is settled that {absent}.[^1]\n\n[^1]: [One](../sources/one.md)\n"),
    ] {
        check(&note, Verdict::NotFound, None, None);
    }
}

#[test]
fn a_name_for_a_thing_is_nobodys_words() {
    let named = "Ada First proposes a small change, called “the slow $0green cheese”, to that.\n";
    check(named, Verdict::Unchecked, Some(UncheckedReason::Unattributed), None);
    let said = "According to Ada First, “the slow $0green cheese is what they called it”.\n";
    check(said, Verdict::NotFound, None, None);
}

#[test]
fn linked_words_in_brackets_are_not_left_out() {
    let page = "//- /sources/page.md\nThe treat turns into an event that (roughly) reinforces what the dog has done.\n\n\
        //- /notes/note.md\n";
    let verdict = |aside: &str| {
        let note =
            format!("They wrote:\n\n> The treat turns into an event that{aside} reinforces $0what the dog has done.\n");
        let fixture = Fixture::new(&format!("{page}{note}"));
        judged(&fixture).expect("a quotation").1.verdict
    };
    assert_eq!(verdict(" ([roughly](https://example.org/a-post))"), Verdict::Typographic);
    assert_eq!(verdict(" ([surely](https://example.org/a-post))"), Verdict::Altered);
    assert_eq!(verdict(""), Verdict::Altered);
}

#[test]
fn a_form_of_words_is_filled_in_many_ways() {
    let page = "//- /sources/page.md\nIt may say that the library '*name*' conflicts with the use of all other libraries.\n\n\
        //- /notes/note.md\n";
    let verdict = |note: &str| {
        let fixture = Fixture::new(&format!("{page}{note}"));
        judged(&fixture).expect("a quotation").1.verdict
    };
    let filled = "the library 'msvcrt' conflicts with the $0use of all other libraries";
    assert_eq!(verdict(&format!("> {filled}\n")), Verdict::Unchecked);
    assert_eq!(verdict(&format!("[The page](../sources/page.md) says “{filled}”.\n")), Verdict::Altered);
    assert_eq!(
        verdict("> the library '*name*' conflicts with the $0use of *some* other libraries\n"),
        Verdict::Altered
    );
    assert_eq!(verdict("> the library '*name*' conflicts with the $0use of all other archives\n"), Verdict::Altered);
}

#[test]
fn words_said_in_private_are_unchecked() {
    let verdict = |how: &str| {
        let note = format!("Bob Marsh wrote{how}:\n\n> The moon is $0made of green cheese.\n");
        let fixture = Fixture::new(&format!("{TALK}//- /notes/note.md\n{note}"));
        judged(&fixture).expect("a quotation").1.verdict
    };
    assert_eq!(verdict(""), Verdict::NotFound);
    for how in [" in private communication", " to me by email", " in a direct message"] {
        assert_eq!(verdict(how), Verdict::Unchecked, "{how}");
    }
}

#[test]
fn somebody_only_quoted_in_a_source_may_have_said_more_elsewhere() {
    let talk = "According to NAME, “the moon is $0made of green cheese”.\n";
    let verdict = |name: &str| {
        let fixture = Fixture::new(&format!("{TALK}//- /notes/note.md\n{}", talk.replace("NAME", name)));
        judged(&fixture).expect("a quotation").1.verdict
    };
    assert_eq!(verdict("Bob Marsh"), Verdict::NotFound);
    assert_eq!(verdict("Ada Lovelace"), Verdict::Unchecked);
}

#[test]
fn words_of_another_source_are_misattributed() {
    let wrong = Some(Misattribution::Source);
    check("They say “Nobody can say $0how much is enough” [@one].\n", Verdict::Misattributed, None, wrong);
}

#[test]
fn the_cited_source_is_asked_first() {
    let other =
        "//- /sources/three.txt\nNobody can say just how much is enough, he said. Shared words stand in all pages.\n";
    let verdict = |note: &str| {
        let fixture = Fixture::new(&format!("{other}{SOURCES}{note}"));
        let (_, judged) = judged(&fixture).expect("a quotation");
        (judged.verdict, judged.faithful_elsewhere().count())
    };
    // Both sources have the words, the cited one without “just”.
    assert_eq!(verdict("He says “Nobody can say just $0how much is enough” [@two].\n"), (Verdict::Altered, 1));
    assert_eq!(verdict("He says “Nobody can say just $0how much is enough” [@three].\n"), (Verdict::Verbatim, 0));
    // One of these four words differs from the cited source: no more similar than any other passage.
    assert_eq!(verdict("He says “stand in $0all pages” [@two].\n"), (Verdict::Misattributed, 0));
}

/// A page of Bob's on which Ada, Carol and somebody unnamed speak.
const TALK: &str = "//- /sources/talk.md\n---\nid: talk\nauthor: Bob Marsh\n---\n\n\
    Ada Lovelace writes:\n\n> The engine weaves patterns as the loom weaves leaves. As Eve has it, no loom ever sleeps.\n\n\
    Carol Shaw writes:\n\n> Numbers are all that a machine could ever hold.\n\n\
    That does not follow.\n\n> Somebody answered that it plainly does follow here.\n\n\
    Eve Moss writes:\n\n> It is late and the lamps are burning low.\n\n";

/// Checks whether the quotation at the cursor is attributed to the wrong voice.
fn check_voice(note: &str, named: Option<&str>, speaker: &str) {
    let fixture = Fixture::new(&format!("{TALK}//- /notes/note.md\n{note}"));
    let (_, judged) = judged(&fixture).expect("a quotation at the cursor");
    assert_eq!(judged.located.verdict, Verdict::Verbatim, "{note}");
    let wrong = |named: &str| Misattribution::Voice { named: named.to_owned(), speaker: Some(speaker.to_owned()) };
    assert_eq!(judged.misattribution, named.map(wrong), "{note}");
}

#[test]
fn a_named_speaker_is_confirmed_another_or_not_checked() {
    let state = |name: &str| {
        let note = format!("{name} writes: “The engine weaves patterns $0as the loom weaves leaves” [@talk].\n");
        let fixture = Fixture::new(&format!("{TALK}//- /notes/note.md\n{note}"));
        let (_, judged) = judged(&fixture).expect("a quotation at the cursor");
        (judged.voice.as_ref().map(|voice| voice.state), judged.is_voice_open())
    };
    assert_eq!(state("Ada Lovelace"), (Some(VoiceState::Confirmed), false));
    assert_eq!(state("Bob Marsh"), (Some(VoiceState::Other), true));
    assert_eq!(state("Zeno Quill"), (Some(VoiceState::NotChecked), true));
    assert_eq!(state("It"), (None, false));
}

#[test]
fn words_in_another_voice_than_the_one_named_are_misattributed() {
    let patterns = "“The engine weaves patterns $0as the loom weaves leaves” [@talk]";
    check_voice(&format!("Carol Shaw writes: {patterns}.\n"), Some("Carol Shaw"), "Ada Lovelace");
    check_voice(&format!("Bob Marsh writes: {patterns}.\n"), Some("Bob Marsh"), "Ada Lovelace");
    check_voice(&format!("Ada Lovelace writes: {patterns}.\n"), None, "");
    check_voice(&format!("Lovelace writes: {patterns}.\n"), None, "");
}

#[test]
fn a_voice_that_may_be_the_one_named_is_not_reported() {
    let patterns = "“The engine weaves patterns $0as the loom weaves leaves” [@talk]";
    // Somebody who reports the words does not speak them, and a name that the page does not have may be a pen name.
    check_voice(&format!("Bob Marsh quotes: {patterns}.\n"), None, "");
    check_voice(&format!("Bob Marsh reports: {patterns}.\n"), None, "");
    check_voice(&format!("Augusta King writes: {patterns}.\n"), None, "");
    // Ada names Eve, so the words may be Eve's.
    check_voice("Eve Moss writes: “no loom $0ever sleeps” [@talk].\n", None, "");
    // The page does not say whose words these are.
    check_voice("Carol Shaw writes: “it plainly $0does follow here” [@talk].\n", None, "");
    // Nothing marks them as Bob's.
    check_voice("Carol Shaw writes: “That does $0not follow” [@talk].\n", None, "");
}

#[test]
fn a_work_that_is_not_held_leaves_words_unchecked() {
    let note = "They say “the moon is $0made of green cheese” (<https://example.org>).\n";
    check(note, Verdict::Unchecked, Some(UncheckedReason::NotHeld), None);
}

#[test]
fn unattributed_words_are_unchecked() {
    check(
        "I call it the “made of $0green cheese” view.\n",
        Verdict::Unchecked,
        Some(UncheckedReason::Unattributed),
        None,
    );
    check("I call it the “green $0cheese” view.\n", Verdict::Unchecked, Some(UncheckedReason::TooShort), None);
}

/// The highlights of a work that is not held, another work, and highlights of that.
const CLIPPINGS: &str = "//- /sources/roots.md\n# Roots\n\n## Metadata\n- Author: [[Simone Weil]]\n- URL: https://books.example/roots\n\n\
    ## Highlights\n- To be rooted is perhaps the most important need. ([Location 6](https://readwise.io/to_kindle?location=6))\n\
    \x20   - Note: it should be compared with the letter to a friend\n\
    //- /sources/wells.md\n---\nsource: https://wells.example/a\nauthor: Noor Haddad\n---\n\nNobody counts a dry well twice, or so it is said.\n\
    //- /sources/kept.md\n# Wells\n\n## Metadata\n- Author: [[Noor Haddad]]\n- URL: https://wells.example/a\n\n## Highlights\n\
    - Nobody counts a dry well but the collector. ([View Highlight](https://read.readwise.io/read/1))\n\
    //- /notes/note.md\n";

fn check_clippings(
    note: &str,
    verdict: Verdict,
    reason: Option<UncheckedReason>,
    misattribution: Option<Misattribution>,
) {
    let fixture = Fixture::new(&format!("{CLIPPINGS}{note}"));
    let (_, judged) = judged(&fixture).expect("a quotation at the cursor");
    assert_eq!(
        (judged.verdict, judged.unchecked_reason, judged.misattribution.clone()),
        (verdict, reason, misattribution),
        "{note}"
    );
}

#[test]
fn what_was_not_highlighted_may_be_in_the_work() {
    let excerpted = Some(UncheckedReason::Excerpted);
    check_clippings(
        "“perhaps the $0most important need” ([Weil](https://books.example/roots))\n",
        Verdict::Verbatim,
        None,
        None,
    );
    check_clippings(
        "“perhaps the $0least important need” ([Weil](https://books.example/roots))\n",
        Verdict::Altered,
        None,
        None,
    );
    check_clippings(
        "“uprooting breeds $0idolatry in every land” ([Weil](https://books.example/roots))\n",
        Verdict::Unchecked,
        excerpted,
        None,
    );
    check_clippings(
        "Weil writes: “uprooting breeds $0idolatry in every land”.\n",
        Verdict::Unchecked,
        Some(UncheckedReason::NotHeld),
        None,
    );
    // This work may have the words of another page too.
    check_clippings(
        "“Nobody counts a $0dry well twice” ([Weil](https://books.example/roots))\n",
        Verdict::Verbatim,
        None,
        None,
    );
}

#[test]
fn what_was_highlighted_in_a_page_is_that_pages() {
    let page = "([Wells](https://wells.example/a))";
    check_clippings(&format!("“Nobody counts a $0dry well twice” {page}\n"), Verdict::Verbatim, None, None);
    check_clippings(&format!("“a dry well $0but the collector” {page}\n"), Verdict::Verbatim, None, None);
    check_clippings(
        &format!("“perhaps the most $0important need” {page}\n"),
        Verdict::Misattributed,
        None,
        Some(Misattribution::Source),
    );
}

#[test]
fn words_that_were_highlighted_are_shown_in_the_work_that_is_cited() {
    let fixture = Fixture::new(
        "//- /sources/a-kept.md\n# Wells\n\n## Metadata\n- Author: [[Noor Haddad]]\n- URL: https://wells.example/a\n\n\
         ## Highlights\n- Nobody counts a dry well twice. ([View Highlight](https://read.readwise.io/read/1))\n\
         //- /sources/wells.md\n---\nid: haddad\nurl: https://wells.example/a\nauthor: Noor Haddad\n---\n\n\
         Nobody counts a dry well twice.\n\
         //- /notes/note.md\n“Nobody counts a $0dry well twice” [@haddad].\n",
    );
    let (_, judged) = judged(&fixture).expect("a quotation at the cursor");
    let shown = judged.best().and_then(|found| fixture.snapshot.file(found.file)).expect("it is found");
    assert_eq!(shown.path, "sources/wells.md");
}

#[test]
fn a_readers_note_is_not_the_authors() {
    let voice = Misattribution::Voice { named: "Weil".to_owned(), speaker: None };
    check_clippings(
        "Weil writes: “it should be compared with $0the letter to a friend”.\n",
        Verdict::Misattributed,
        None,
        Some(voice),
    );
}

/// A German and a Spanish source, and an English one.
const ABROAD: &str = "//- /sources/hafen.md\n---\nid: hafen\n---\nDer Hafenmeister schrieb jeden Abend die Namen der Schiffe in ein \
    grünes Buch, und niemand durfte es lesen, solange er lebte.\n\
    //- /sources/pozo.md\n---\nid: pozo\n---\nNadie cuenta dos veces un pozo seco, decían los viejos, y menos todavía cuando el \
    verano acaba de empezar.\n\
    //- /sources/quay.md\n---\nid: quay\n---\nEvery evening the master of the quay wrote the names of the ships into a green book.\n\
    //- /notes/note.md\n";

#[test]
fn the_words_of_a_translation_are_not_in_the_source() {
    let translated = (Verdict::Unchecked, Some(UncheckedReason::Translated));
    let missing = (Verdict::NotFound, None);
    for (note, expected) in [
        ("He says “the harbour master kept a list of ships that nobody was allowed to $0read” [@hafen].\n", translated),
        (
            "They say “nobody counts a dry well twice, and certainly not at the start of $0summer” [@pozo].\n",
            translated,
        ),
        ("Er schreibt: „Jeden Abend trug der Meister die Schiffe in ein grünes $0Buch ein“ [@quay].\n", translated),
        ("Escribe: «Cada tarde el maestro del muelle apuntaba los barcos en un $0libro verde» [@quay].\n", translated),
        ("He says “the harbour master sold his green book to the oldest $0captain of the town” [@quay].\n", missing),
        ("Er schreibt: „Der Kapitän verkaufte sein Schiff an die älteste $0Tochter des Müllers“ [@hafen].\n", missing),
    ] {
        let fixture = Fixture::new(&format!("{ABROAD}{note}"));
        let (_, judged) = judged(&fixture).expect("a quotation at the cursor");
        assert_eq!((judged.verdict, judged.unchecked_reason), expected, "{note}");
    }
}
