//! The floors between the crates, by their manifests.

use std::fs;

use toml_edit::{Document, Item, Key, TableLike};

use crate::{report, sources::root};

/// Each crate, and which of the others it may use. From the bottom up: a crate only uses what is above it in this list.
const FLOORS: [(&str, &[&str]); 10] = [
    ("text", &[]),
    ("front_matter", &["text"]),
    ("language", &["text"]),
    ("source", &["text", "front_matter", "language"]),
    ("note", &["text", "front_matter", "language"]),
    ("evidence", &["text", "language"]),
    ("corpus", &["text", "front_matter", "language", "source", "note", "evidence"]),
    ("ide", &["text", "language", "source", "note", "evidence", "corpus"]),
    ("ibid", &["text", "language", "source", "note", "evidence", "corpus", "ide"]),
    // Makes weight files; it is not shipped.
    ("train", &["text", "language", "evidence"]),
];

/// Crates of others that belong above the libraries: async, LSP, URLs, terminals, the clock, the network.
const BINARY_ONLY: [&str; 14] = [
    "anstream",
    "chrono",
    "clap",
    "futures",
    "indicatif",
    "jiff",
    "lsp-types",
    "notify",
    "time",
    "tokio",
    "tower-lsp",
    "tower-service",
    "tracing",
    "url",
];

/// Crates of others that touch files, which only `corpus` may use.
const CORPUS_ONLY: [&str; 3] = ["ignore", "memmap2", "tempfile"];

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
            let own = used.strip_prefix("ibid-").map(|name| name.replace('-', "_"));
            let may_use = match own {
                Some(own) => below.contains(&own.as_str()),
                None if ["ibid", "train"].contains(&folder.as_str()) => true,
                None if CORPUS_ONLY.contains(&used.as_str()) => folder == "corpus",
                None => !BINARY_ONLY.contains(&used.as_str()),
            };
            if !may_use {
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
        assert!(below.iter().all(is_below), "{name} uses a crate that is listed after it");
    }
}

/// The crates that a manifest names, with the line of each. Dependencies of tests count.
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
                for (name, _) in inner.iter() {
                    let start = inner.key(name).and_then(Key::span).map_or(0, |span| span.start);
                    used.push((name.to_owned(), manifest[..start].matches('\n').count() + 1));
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
    let used = used_crates(manifest);
    let used: Vec<_> = used.iter().map(|(name, line)| (name.as_str(), *line)).collect();
    assert_eq!(used, [("ibid-text", 5), ("serde", 6), ("ibid-ide", 9)]);
}
