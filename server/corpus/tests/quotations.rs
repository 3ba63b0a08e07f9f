//! Finding quotations in whole sources: what writers and typesetters do to words, end to end.

use std::sync::Arc;

use ibid_corpus::{Change, Config, Host, Located, Role, Snapshot};
use ibid_evidence::Verdict;

const ROOT: &str = "/workspace";

fn snapshot(sources: &[&str]) -> Snapshot {
    let mut host = Host::default();
    let config = Config { root: ROOT.into(), ..Config::default() };
    let set = |(at, text): (usize, &&str)| Change::Set {
        path: format!("{ROOT}/{at}.txt").into(),
        role: Role { source: true, ..Role::default() },
        bytes: text.as_bytes().into(),
    };
    let configure = std::iter::once(Change::Configure(Arc::new(config)));
    host.apply(configure.chain(sources.iter().enumerate().map(set)).chain([Change::Ready]).collect());
    host.snapshot()
}

/// Asserts the verdict on a quotation of one source, and what of the file stands at its places, part by part.
#[track_caller]
fn check(source: &str, quote: &str, verdict: Verdict, places: &[&[&str]]) {
    let snapshot = snapshot(&[source]);
    let located = snapshot.locate(quote);
    assert_eq!(located.verdict, verdict, "{quote:?}: {located:?}");
    assert_eq!(places_of(&snapshot, source, &located), places, "{quote:?}");
}

fn places_of<'a>(snapshot: &Snapshot, file: &'a str, located: &Located) -> Vec<Vec<&'a str>> {
    let parts = |found: &ibid_corpus::Match| {
        let page = snapshot.file(found.file).and_then(|file| file.page()).expect("the source is held");
        let content = &page.source().expect("it is a source").content;
        found.parts.iter().map(|&part| content.to_original(part).of(file)).collect()
    };
    located.matches.iter().map(parts).collect()
}

#[test]
fn repeated_passages_are_all_told() {
    let refrain = "All roads were closed that night";
    let source = format!("{refrain}. Nobody came.\n\nThe bells rang twice.\n\n{refrain}. Nobody left.\n");
    check(&source, refrain, Verdict::Verbatim, &[&[refrain], &[refrain]]);
    check(
        &source,
        "roads were closed that night. Nobody left",
        Verdict::Verbatim,
        &[&["roads were closed that night. Nobody left"]],
    );
}

#[test]
fn places_that_overlap_are_one() {
    let source = "It went on and on and on and on until the morning came at last.";
    let located = snapshot(&[source]).locate("on and on and on");
    assert_eq!((located.verdict, located.matches.len()), (Verdict::Verbatim, 1));
}

#[test]
fn joined_places_are_both_told_in_the_order_of_the_quotation() {
    let (first, last) = ("the harbour froze early that winter", "every lamp along the quay was lit before dawn");
    let between = "Not one of the sentences between the two has a word of theirs. ".repeat(30);
    let source = format!("So {first}. {between}And {last}.\n");
    check(&source, &format!("{first} {last}"), Verdict::Altered, &[&[first, last]]);
    check(&source, &format!("{first} [...] {last}"), Verdict::Marked, &[&[first, last]]);
    check(&source, &format!("{last} {first}"), Verdict::Altered, &[&[last, first]]);
}

#[test]
fn a_quotation_may_run_over_lines_paragraphs_and_items() {
    let source = "The first line breaks\nhere and ends.\n\nA second paragraph follows it.\n\n* one item stands\n* another \
                  item stands\n";
    check(
        source,
        "first line breaks here and ends. A second paragraph follows",
        Verdict::Typographic,
        &[&["first line breaks\nhere and ends.\n\nA second paragraph follows"]],
    );
    check(
        source,
        "one item stands another item stands",
        Verdict::Typographic,
        &[&["one item stands\n* another item stands"]],
    );
}

#[test]
fn quotations_stand_inside_quotations() {
    let source = "She wrote: \u{201C}He told me \u{2018}never again\u{2019} and went away for good.\u{201D} So it was.";
    check(
        source,
        "He told me \u{201C}never again\u{201D} and went away",
        Verdict::Typographic,
        &[&["He told me \u{2018}never again\u{2019} and went away"]],
    );
    check(
        source,
        "She wrote: 'He told me \"never again\"'",
        Verdict::Typographic,
        &[&["She wrote: \u{201C}He told me \u{2018}never again"]],
    );
}

#[test]
fn few_words_are_found_where_they_are_rare() {
    let source = "The quagga was last seen grazing near the river.";
    check(source, "quagga", Verdict::Verbatim, &[&["quagga"]]);
    check(source, "last seen grazing", Verdict::Verbatim, &[&["last seen grazing"]]);
}

#[test]
fn a_word_parted_by_a_careless_scan_is_found() {
    let source = "He looked for the primitive tissue of which all organs were forever made.";
    check(source, "primi tive tissue", Verdict::Altered, &[&["primitive tissue"]]);
    check(source, "organs were for ever made", Verdict::Altered, &[&["organs were forever made"]]);
    check(source, "prime native tissue", Verdict::NotFound, &[]);
}

/// So many words, no two neighbours of which stand twice.
fn words(count: usize) -> String {
    (0..count).map(|at| format!("w{}", at * 7919 % 10_007)).collect::<Vec<_>>().join(" ")
}

#[test]
fn ten_thousand_words_are_found() {
    let source = words(10_000);
    check(&source, &source, Verdict::Verbatim, &[&[&source]]);
    let altered = source.replacen(" w7919 ", " not ", 1);
    let located = snapshot(&[&source]).locate(&altered);
    assert_eq!((located.verdict, located.matches[0].edits.len()), (Verdict::Altered, 1));
    assert_eq!(located.matches[0].edits[0].source.of(&source), "w7919");
}

#[test]
fn every_script_is_found() {
    let source = "他说：知识就是力量。再见。 שלום לכולם היום וגם מחר. Le cafe\u{301} est ferme\u{301} \u{1F600} \
                  aujourd\u{2019}hui. العلم نور والجهل ظلام.";
    check(source, "知识就是力量", Verdict::Verbatim, &[&["知识就是力量"]]);
    check(source, "שלום לכולם היום", Verdict::Verbatim, &[&["שלום לכולם היום"]]);
    check(source, "العلم نور والجهل ظلام", Verdict::Verbatim, &[&["العلم نور والجهل ظلام"]]);
    check(
        source,
        "café est fermé aujourd'hui",
        Verdict::Typographic,
        &[&["cafe\u{301} est ferme\u{301} \u{1F600} aujourd\u{2019}hui"]],
    );
}

#[test]
fn marks_of_the_source_are_no_changes() {
    let source = "They said [...] that it was so [13] for ever and e\u{FB03}cient of\u{AD}fices, hard\nwrapped, of the coun-\ntry.";
    check(
        source,
        "They said [...] that it was so [13] for ever",
        Verdict::Verbatim,
        &[&["They said [...] that it was so [13] for ever"]],
    );
    check(
        source,
        "that it was so for ever and efficient offices, hard wrapped, of the country",
        Verdict::Typographic,
        &[&["that it was so [13] for ever and e\u{FB03}cient of\u{AD}fices, hard\nwrapped, of the coun-\ntry"]],
    );
}

#[test]
fn entities_of_the_source_are_read() {
    let source = "We don&#39;t know that p &lt; 0.05 for Smith &amp; Sons &mdash; or do we?";
    check(
        source,
        "We don't know that p < 0.05 for Smith & Sons",
        Verdict::Verbatim,
        &[&["We don&#39;t know that p &lt; 0.05 for Smith &amp; Sons"]],
    );
    check(source, "know that p > 0.05 for Smith", Verdict::Altered, &[&["know that p &lt; 0.05 for Smith"]]);
}
