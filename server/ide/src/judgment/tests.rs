//! What a note says around a quotation, and what comes of it.

use ibid_evidence::Verdict;

use super::{Misattribution, Unjudged, judged_at};
use crate::fixture::Fixture;

const SOURCES: &str = "//- /sources/one.md\n---\nid: one\nauthor: Ada First\n---\n\n\
    It remains to be seen what happens at higher levels. Shared words stand in both pages.\n\n\
    > Clarity is very important for deciding the right interventions.\n\n\
    //- /sources/two.md\n---\nid: two\nauthor: Bob Second\n---\n\n\
    Shared words stand in both pages. Nobody can say how much is enough.\n\n\
    //- /notes/note.md\n";

/// The verdict on the quotation at the cursor, its reason and its misattribution.
fn check(note: &str, verdict: Verdict, unjudged: Option<Unjudged>, misattribution: Option<Misattribution>) {
    let fixture = Fixture::new(&format!("{SOURCES}{note}"));
    let (_, judged) = judged_at(&fixture.snapshot, fixture.file, fixture.offset).expect("a quotation at the cursor");
    assert_eq!((judged.verdict, judged.unjudged, judged.misattribution), (verdict, unjudged, misattribution), "{note}");
}

#[test]
fn the_citation_decides_between_equal_places() {
    check("“shared words $0stand in both pages”\n", Verdict::Ambiguous, None, None);
    let fixture = Fixture::new(&format!("{SOURCES}They say “Shared words $0stand in both pages” [@two].\n"));
    let (_, judged) = judged_at(&fixture.snapshot, fixture.file, fixture.offset).expect("a quotation");
    let best = judged.best().and_then(|found| fixture.snapshot.file(found.file)).expect("a place");
    assert_eq!((judged.verdict, best.path.as_str()), (Verdict::Verbatim, "sources/two.md"));
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
        let (_, judged) = judged_at(&fixture.snapshot, fixture.file, fixture.offset).expect("a quotation");
        (judged.verdict, judged.faithful_elsewhere().count())
    };
    // Both sources have the words, the cited one without “just”.
    assert_eq!(verdict("He says “Nobody can say just $0how much is enough” [@two].\n"), (Verdict::Altered, 1));
    assert_eq!(verdict("He says “Nobody can say just $0how much is enough” [@three].\n"), (Verdict::Verbatim, 0));
    // Of few words, one in four differs from the cited source: as like as any.
    assert_eq!(verdict("He says “stand in $0all pages” [@two].\n"), (Verdict::Misattributed, 0));
}

#[test]
fn a_work_that_is_not_held_leaves_words_unchecked() {
    let note = "They say “the moon is $0made of green cheese” (<https://example.org>).\n";
    check(note, Verdict::Unchecked, Some(Unjudged::NotHeld), None);
}

#[test]
fn words_of_nobody_are_unchecked() {
    check("I call it the “made of $0green cheese” view.\n", Verdict::Unchecked, Some(Unjudged::Unattributed), None);
    check("I call it the “green $0cheese” view.\n", Verdict::Unchecked, Some(Unjudged::TooShort), None);
}

#[test]
fn nothing_is_found_before_all_is_read() {
    let fixture = Fixture::new(&format!("{SOURCES}They say “the moon is $0made of green cheese” [@one].\n"));
    let unread = ibid_corpus::Snapshot::default();
    assert!(!unread.is_ready());
    assert_eq!(crate::examine(&unread, fixture.file), crate::Examination::default());
}
