//! What a workspace has indexed, and what was skipped and why. `ibid sources` prints it and editors show it.

use std::{
    borrow::Cow,
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_corpus::{File, Snapshot};
use ibid_source::{Extent, Source, VoiceKind};
use ibid_text::words;
use serde_json::{Value, json};

use crate::printable::printable;

/// The sources and bibliographies of a workspace, each ordered by path, and the files that were skipped.
pub(crate) struct Inventory {
    root: PathBuf,
    sources: Vec<SourceEntry>,
    /// Each with the number of its works whose text is available.
    bibliographies: Vec<(Arc<File>, usize)>,
    /// Each with its path and the reason.
    skipped: Vec<(String, String)>,
}

/// One source.
struct SourceEntry {
    path: String,
    format: &'static str,
    extent: Extent,
    title: Option<String>,
    authors: Vec<String>,
    passages: usize,
    words: usize,
    voices: Voices,
}

/// The number of passages by voice.
#[derive(Default)]
struct Voices {
    author: usize,
    quoted: usize,
    commenters: usize,
    unknown: usize,
}

impl Inventory {
    /// Lists what a snapshot contains.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let root = snapshot.config().root.clone();
        let from_root = |path: &Path| path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let skipped = snapshot.skipped().iter().map(|skipped| (from_root(&skipped.path), skipped.reason.clone()));
        Self {
            sources: snapshot
                .files()
                .filter_map(|file| Some(SourceEntry::of(&file.path, file.page()?.source()?)))
                .collect(),
            bibliographies: bibliographies(snapshot),
            skipped: skipped.collect(),
            root,
        }
    }

    /// The inventory as text for people.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for source in &self.sources {
            let _ = writeln!(out, "{}", printable(&source.path));
            let head =
                source.title.iter().chain(&source.authors).map(|name| printable(name)).collect::<Vec<Cow<'_, str>>>();
            if !head.is_empty() {
                let _ = writeln!(out, "    {}", head.join(", "));
            }
            let Voices { author, quoted, commenters, unknown } = source.voices;
            let commenting = if commenters > 0 { format!(", {commenters} commenting") } else { String::new() };
            let extent = match source.extent {
                Extent::Whole => "",
                Extent::Highlights => ", highlights only",
                Extent::Partial => ", not all of it could be read",
            };
            let _ = writeln!(
                out,
                "    {}{extent}, {}, {}; voices: {author} author, {quoted} quoted{commenting}, {unknown} unknown",
                source.format,
                count(source.passages, "passage"),
                count(source.words, "word")
            );
        }
        for (file, works, held) in self.works() {
            let number = count(works.entries.len(), "work");
            let _ = writeln!(out, "{}\n    bibliography, {number}, {held} with text", printable(&file.path));
            for problem in &works.problems {
                let _ = writeln!(out, "    line {}: {}", problem.line, printable(&problem.message));
            }
        }
        if !self.skipped.is_empty() {
            out += "skipped:\n";
        }
        for (path, reason) in &self.skipped {
            let _ = writeln!(out, "    {}: {}", printable(path), printable(reason));
        }
        let total = |of: fn(&SourceEntry) -> usize| self.sources.iter().map(of).sum::<usize>();
        let _ = writeln!(
            out,
            "{}, {}, {}; {} skipped",
            count(self.sources.len(), "source"),
            count(total(|source| source.passages), "passage"),
            count(total(|source| source.words), "word"),
            self.skipped.len()
        );
        out
    }

    /// The inventory as versioned JSON.
    pub(crate) fn json(&self) -> Value {
        let works = |(file, works, held): (&File, &ibid_corpus::Bibliography, usize)| {
            let problem = |p: &ibid_corpus::bibliography::Problem| json!({ "line": p.line, "message": p.message });
            let problems: Vec<Value> = works.problems.iter().map(problem).collect();
            json!({ "path": file.path, "works": works.entries.len(), "held": held, "problems": problems })
        };
        let skipped = |(path, reason): &(String, String)| json!({ "path": path, "reason": reason });
        json!({
            "version": 1,
            "root": self.root,
            "sources": self.sources.iter().map(SourceEntry::json).collect::<Vec<_>>(),
            "bibliographies": self.works().map(works).collect::<Vec<_>>(),
            "skipped": self.skipped.iter().map(skipped).collect::<Vec<_>>(),
        })
    }

    fn works(&self) -> impl Iterator<Item = (&File, &ibid_corpus::Bibliography, usize)> {
        self.bibliographies.iter().filter_map(|(file, held)| Some((&**file, file.bibliography.as_deref()?, *held)))
    }
}

/// Every bibliography with the number of its works whose text is available.
fn bibliographies(snapshot: &Snapshot) -> Vec<(Arc<File>, usize)> {
    let held = |file: &Arc<File>| {
        let entries = file.bibliography.iter().flat_map(|works| &works.entries);
        let count = entries.filter(|entry| snapshot.holds(file, entry)).count();
        (file.clone(), count)
    };
    snapshot.files().filter(|file| file.bibliography.is_some()).map(held).collect()
}

impl SourceEntry {
    fn of(path: &str, source: &Source) -> Self {
        let mut voices = Voices::default();
        for passage in &source.passages {
            *match passage.voice.kind {
                VoiceKind::Author => &mut voices.author,
                VoiceKind::Quoted => &mut voices.quoted,
                VoiceKind::Commenter => &mut voices.commenters,
                VoiceKind::Unknown => &mut voices.unknown,
            } += 1;
        }
        Self {
            path: path.to_owned(),
            format: source.format.name(),
            extent: source.metadata.extent,
            title: source.metadata.title.clone(),
            authors: source.metadata.authors.clone(),
            passages: source.passages.len(),
            words: source.passages.iter().map(|passage| words(passage.span.of(source.text())).count()).sum(),
            voices,
        }
    }

    fn json(&self) -> Value {
        let Voices { author, quoted, commenters, unknown } = self.voices;
        json!({
            "path": self.path,
            "format": self.format,
            "highlights": self.extent == Extent::Highlights,
            "whole": self.extent == Extent::Whole,
            "title": self.title,
            "authors": self.authors,
            "passages": self.passages,
            "words": self.words,
            "voices": { "author": author, "quoted": quoted, "commenters": commenters, "unknown": unknown },
        })
    }
}

/// "1 passage", "2 passages".
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
