//! What the documents point at is there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{report, sources::root};

/// Folders of the repository, by which a path in a document is recognised.
const FOLDERS: [&str; 6] = ["benches/", "docs/", "editors/", "examples/", "server/", "tests/"];

/// What a document says, with the line of each.
#[derive(Default)]
struct Document {
    /// Its path from the root of the repository.
    name: String,
    links: Vec<(String, usize)>,
    /// Words between backticks.
    code: Vec<(String, usize)>,
    /// As the addresses of headings are made on the web.
    headings: Vec<String>,
}

impl Document {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.strip_prefix(root()).unwrap_or(path).to_string_lossy().into_owned();
        let mut document = Self { name, ..Self::default() };
        let mut heading = None;
        for (event, span) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
            let line = text[..span.start].matches('\n').count() + 1;
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => document.headings.extend(heading.take()),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    document.links.push((dest_url.to_string(), line));
                }
                Event::Code(word) => {
                    add_to(&mut heading, &word);
                    document.code.push((word.to_string(), line));
                }
                Event::Text(words) => add_to(&mut heading, &words),
                _ => {}
            }
        }
        document
    }
}

/// Adds words to the address of a heading, if one is being read.
fn add_to(heading: &mut Option<String>, words: &str) {
    let Some(heading) = heading else { return };
    let kept = words.to_lowercase().replace(' ', "-");
    heading.extend(kept.chars().filter(|letter| letter.is_alphanumeric() || "-_".contains(*letter)));
}

/// The documents for people who read or change the code.
fn documents() -> Vec<PathBuf> {
    let markdown = |folder: PathBuf| fs::read_dir(folder).expect("the folder can be read").flatten();
    let paths = ["", "docs", "benches"].into_iter().flat_map(|folder| markdown(root().join(folder)));
    let mut paths: Vec<PathBuf> = paths.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

#[test]
fn links_lead_somewhere() {
    let mut faults = Vec::new();
    for path in documents() {
        let document = Document::read(&path);
        for (link, line) in &document.links {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.with_file_name("").join(file) };
            let is_there = || anchor.is_empty() || Document::read(&target).headings.iter().any(|own| own == anchor);
            if !target.exists() || !is_there() {
                faults.push(format!("{}:{line}: {link}", document.name));
            }
        }
    }
    report("A link of a document leads to a file and, with `#`, to a heading.", &faults);
}

#[test]
fn paths_in_documents_are_there() {
    let mut faults = Vec::new();
    for path in documents() {
        let document = Document::read(&path);
        for (code, line) in &document.code {
            let named = code.split(' ').next().unwrap_or_default();
            let is_path = FOLDERS.iter().any(|folder| named.starts_with(folder)) && !named.contains(['*', '<']);
            if is_path && !root().join(named).exists() {
                faults.push(format!("{}:{line}: {named}", document.name));
            }
        }
    }
    report("A path of the repository that a document names is there.", &faults);
}
