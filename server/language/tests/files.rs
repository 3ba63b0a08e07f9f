//! Checks that every word file is sorted, without duplicates, not empty, has a head, and is used.

use std::{collections::BTreeSet, fs, path::Path};

use ibid_language::{Class, List, PhraseList, file::is_head};

/// The file names of an enum's members, which must be in alphabetical order.
fn named<T>(all: &[(T, &str)]) -> BTreeSet<String> {
    assert!(all.is_sorted_by_key(|(_, name)| *name), "the members are in alphabetical order of their files");
    all.iter().map(|(_, name)| (*name).to_owned()).collect()
}

fn check(folder: &str, named: &BTreeSet<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("en").join(folder);
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(path).expect("the folder exists") {
        let path = entry.expect("the folder is readable").path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        check_file(&name, &fs::read_to_string(&path).expect("the file is readable"));
        found.insert(name);
    }
    assert_eq!(&found, named, "the files of en/{folder} are those that the code names");
}

fn check_file(name: &str, text: &str) {
    let head = text.lines().take_while(|line| is_head(line)).count();
    let entries: Vec<&str> = text.lines().skip(head).collect();
    assert!(head > 0, "{name} has a head");
    assert!(!entries.is_empty(), "{name} has entries");
    assert!(text.ends_with('\n'), "{name} ends with a line break");
    for pair in entries.windows(2) {
        assert!(pair[0] < pair[1], "{name}: {:?} comes before {:?}", pair[0], pair[1]);
    }
    for entry in entries {
        let words = entry.split('\t').next().unwrap_or_default();
        assert!(!words.is_empty() && words.trim() == words && !words.contains("  "), "{name}: {entry:?}");
        for word in words.split(' ') {
            let alternatives: Vec<&str> = word.split('|').collect();
            let distinct: BTreeSet<&&str> = alternatives.iter().collect();
            let is_bar = word == "|";
            assert!(is_bar || !alternatives.contains(&""), "{name}: {entry:?} has an empty alternative");
            assert!(is_bar || distinct.len() == alternatives.len(), "{name}: {entry:?} repeats an alternative");
        }
    }
}

#[test]
fn class_files_are_in_order() {
    check("classes", &named(Class::ALL));
}

#[test]
fn phrase_files_are_in_order() {
    check("phrases", &named(PhraseList::ALL));
}

#[test]
fn list_files_are_in_order() {
    check("lists", &named(List::ALL));
}
