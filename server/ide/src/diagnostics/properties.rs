//! Properties of every fix, checked on random changes of quotations.

use proptest::prelude::*;

use super::{diagnostics, examine};
use crate::{analysis::finding::Code, fixture::Fixture};

const WORDS: [&str; 24] = [
    "clarity",
    "of",
    "the",
    "harbour",
    "is",
    "not",
    "often",
    "important",
    "for",
    "deciding",
    "which",
    "lamps",
    "may",
    "burn",
    "Ada",
    "twelve",
    "£5",
    "nights",
    "before",
    "all",
    "ferries",
    "come",
    "don't",
    "20%",
];

/// A change of the quoted words.
#[derive(Clone, Debug)]
enum Alteration {
    Replace(&'static str),
    Drop(usize),
    Add(&'static str),
    /// Words left out with a mark.
    Elide(usize),
    /// A word added with a mark.
    Gloss(&'static str),
    /// Emphasis.
    Set(&'static str),
}

/// How a quotation is written in the note.
#[derive(Clone, Copy, Debug)]
enum Setting {
    Inline,
    Block,
    Item,
    Emphasis,
    Wrapped,
    BlockInItem,
}

fn alteration() -> impl Strategy<Value = Alteration> {
    let other = prop::sample::select(vec![
        "purple",
        "never",
        "thirteen",
        "Bob",
        "will",
        "$5",
        "gently sleeping",
        "(so)",
        "the",
    ]);
    prop_oneof![
        other.clone().prop_map(Alteration::Replace),
        (1_usize..3).prop_map(Alteration::Drop),
        other.clone().prop_map(Alteration::Add),
        (1_usize..3).prop_map(Alteration::Elide),
        other.prop_map(Alteration::Gloss),
        prop::sample::select(vec!["*", "**", "_"]).prop_map(Alteration::Set),
    ]
}

fn setting() -> impl Strategy<Value = Setting> {
    use Setting::{Block, BlockInItem, Emphasis, Inline, Item, Wrapped};
    prop::sample::select(vec![Inline, Block, Item, Emphasis, Wrapped, BlockInItem])
}

/// A passage of words in any order, some followed by punctuation.
fn passage() -> impl Strategy<Value = Vec<String>> {
    let mark = prop::sample::select(vec!["", "", "", "", "", ",", " \u{2013}", ";", ".", "[3]", "\n"]);
    let marks = prop::collection::vec(mark, WORDS.len());
    (Just(WORDS.to_vec()).prop_shuffle(), marks)
        .prop_map(|(words, marks)| words.iter().zip(marks).map(|(word, mark)| format!("{word}{mark}")).collect())
}

fn altered(words: &[String], changes: &[(usize, Alteration)]) -> String {
    let mut words = words.to_vec();
    for (at, change) in changes {
        let at = at % words.len().max(1);
        let behind = |count: &usize| (at + count).min(words.len());
        match change {
            Alteration::Replace(other) => words[at] = (*other).to_owned(),
            Alteration::Drop(count) => drop(words.drain(at..behind(count))),
            Alteration::Add(other) => words.insert(at + at % 2, (*other).to_owned()),
            Alteration::Elide(count) => drop(words.splice(at..behind(count), ["[...]".to_owned()])),
            Alteration::Gloss(other) => words.insert(at, format!("[{other}]")),
            Alteration::Set(mark) => words[at] = format!("{mark}{}{mark}", words[at]),
        }
    }
    words.join(" ").replace('\n', "")
}

/// A note that quotes `words` and attributes them to the source `file`.
fn note(words: &str, file: &str, setting: Setting) -> String {
    let page = format!("[page](../sources/{file}.txt)");
    let middle = words.match_indices(' ').map(|(at, _)| at).find(|at| at * 2 > words.len()).unwrap_or_default();
    let (first, last) = words.split_at(middle);
    let last = last.trim_start();
    match setting {
        Setting::Inline => format!("The {page} says \u{201C}{words}\u{201D}.\n"),
        Setting::Block => format!("> {first}\n> {last}\n>\n> \u{2014} {page}\n"),
        Setting::BlockInItem => format!("- The {page} says:\n\n  > {first}\n  > {last}\n"),
        Setting::Item => format!("- One.\n- The {page} says \u{201C}{first}\n  {last}\u{201D}.\n"),
        Setting::Emphasis => format!("The {page} says \u{201C}{first} *{last}*\u{201D}.\n"),
        Setting::Wrapped => format!("The {page} says \u{201C}{first}\n{last}\u{201D}.\n"),
    }
}

proptest! {
    /// After a fix the note has no findings, and its quotation is verified.
    #[test]
    fn a_fix_leaves_nothing_to_find(
        passage in passage(),
        changes in prop::collection::vec((0_usize..40, alteration()), 1..4),
        setting in setting(),
        file in prop::sample::select(vec!["page", "page", "other"]),
    ) {
        let page = format!(
            "//- /sources/other.txt\nSomething else stands here.\n\n//- /sources/page.txt\nIt opens here.\n\n{}\n\nIt \
             ends here.\n//- /notes/note.md\n",
            passage.join(" ")
        );
        let note = note(&altered(&passage[2..12], &changes), file, setting);
        let fixture = Fixture::new(&format!("{page}{note}"));
        for finding in diagnostics(&fixture.snapshot, fixture.file) {
            let is_mendable = matches!(finding.code, Code::QuoteAltered | Code::QuoteMisattributed);
            prop_assert!(!is_mendable || !finding.fixes.is_empty(), "no fix: {note}");
            for fix in &finding.fixes {
                let fixed = fixture.apply(&fix.edits);
                let again = Fixture::new(&format!("{page}{fixed}"));
                let examined = examine(&again.snapshot, again.file);
                prop_assert_eq!(&examined.findings, &[], "{}: {} -> {}", fix.title, note, fixed);
                let verified = examined.quotations.iter().filter(|(_, judged)| judged.is_verified()).count();
                prop_assert_eq!(verified, 1, "{}: {} -> {}: {:?}", fix.title, note, fixed, examined.quotations);
            }
        }
    }
}
