//! The floors between the crates, by their manifests.

use std::fs;

use toml_edit::{Document, Item, TableLike};

use crate::{report, sources::root};

/// Each crate, and which of the others it may use. From the bottom up: a crate only uses what is above it in this list.
const FLOORS: [(&str, &[&str]); 9] = [
    ("text", &[]),
    ("language", &["text"]),
    ("source", &["text", "language"]),
    ("note", &["text", "language"]),
    ("evidence", &["text", "language"]),
    ("corpus", &["text", "language", "source", "note", "evidence"]),
    ("ide", &["text", "language", "source", "note", "evidence", "corpus"]),
    ("ibid", &["text", "language", "source", "note", "evidence", "corpus", "ide"]),
    // Makes weight files; it is not shipped.
    ("train", &["text", "language", "evidence"]),
];

#[test]
fn a_crate_uses_only_what_is_below_it() {
    let mut faults = Vec::new();
    for entry in fs::read_dir(root().join("server")).expect("the crates lie in server") {
        let folder = entry.expect("the folder can be read").file_name().to_string_lossy().into_owned();
        let path = format!("server/{folder}/Cargo.toml");
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        let Some((_, below)) = FLOORS.iter().find(|(name, _)| *name == folder) else {
            faults.push(format!("{path}:1: state in {} what this crate may use", file!()));
            continue;
        };
        for (used, line) in used_crates(&text) {
            if !below.contains(&used.as_str()) {
                faults.push(format!("{path}:{line}: {folder} may not use {used}"));
            }
        }
    }
    report("A crate uses only the crates of lower floors (ARCHITECTURE.md).", &faults);
}

#[test]
fn the_floors_are_listed_from_the_bottom_up() {
    for (at, (name, below)) in FLOORS.iter().enumerate() {
        let is_below = |used: &&str| FLOORS[..at].iter().any(|(lower, _)| lower == used);
        assert!(below.iter().all(|used| is_below(used)), "{name} uses a crate that is listed after it");
    }
}

/// The crates of this workspace that a manifest names, with the line of each. Dependencies of tests count.
fn used_crates(manifest: &str) -> Vec<(String, usize)> {
    let document = Document::parse(manifest).expect("the manifest is TOML");
    let mut used = Vec::new();
    dependencies(document.as_table(), manifest, &mut used);
    used
}

fn dependencies(table: &dyn TableLike, manifest: &str, used: &mut Vec<(String, usize)>) {
    for (key, item) in table.iter() {
        let Some(inner) = item.as_table_like() else { continue };
        match key {
            "dependencies" | "dev-dependencies" | "build-dependencies" => {
                let names = inner.get_values().into_iter().filter_map(|(keys, _)| keys.into_iter().next());
                let mut names: Vec<_> = names.chain(inner.iter().filter_map(|(name, _)| inner.key(name))).collect();
                names.dedup_by(|one, other| one.get() == other.get());
                for name in names {
                    let Some(short) = name.get().strip_prefix("ibid-") else { continue };
                    let start = name.span().map_or(0, |span| span.start);
                    used.push((short.to_owned(), manifest[..start].matches('\n').count() + 1));
                }
            }
            "target" => inner.iter().filter_map(|(_, item)| Item::as_table_like(item)).for_each(|platform| {
                dependencies(platform, manifest, used);
            }),
            _ => {}
        }
    }
}

#[test]
fn manifests_are_read_with_lines() {
    let manifest = "[package]\nname = \"x\"\n\n[dependencies]\nibid-text.workspace = true\nserde = \"1\"\n\n\
                    [target.'cfg(unix)'.dev-dependencies]\nibid-ide = { workspace = true }\n";
    assert_eq!(used_crates(manifest), [("text".to_owned(), 5), ("ide".to_owned(), 9)]);
}
