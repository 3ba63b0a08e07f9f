//! `ibid sources`: what is indexed, and what was skipped and why.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::ValueEnum;
use ibid_corpus::{File, Snapshot};
use ibid_source::{Extent, Source, VoiceKind};
use ibid_text::words;
use serde_json::{Value, json};

use super::workspace::{self, OpenError, Workspace};

/// `ibid sources [PATH]`
#[derive(clap::Args)]
pub(super) struct Sources {
    /// The workspace, or a path in it.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// How the list is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the list is written.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// Versioned JSON.
    Json,
}

/// What can stop the list.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourcesError {
    /// The workspace could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Sources {
    /// Lists the sources of a workspace on stdout.
    pub(super) fn run(&self) -> Result<(), SourcesError> {
        let root = workspace::root_of(&workspace::absolute(&self.path)?);
        let workspace = Workspace::open(&root);
        workspace.warn();
        let listing = Listing::of(&workspace.snapshot);
        let written = match self.format {
            Format::Text => listing.text(),
            Format::Json => format!("{:#}\n", listing.json()),
        };
        anstream::stdout().lock().write_all(written.as_bytes())?;
        Ok(())
    }
}

/// What is indexed in a workspace, and what was skipped and why, for people.
pub(crate) fn report(snapshot: &Snapshot) -> String {
    Listing::of(snapshot).text()
}

/// What there is to list, ordered by path.
struct Listing {
    root: PathBuf,
    sources: Vec<Listed>,
    /// Each with the number of its works whose text is held.
    bibliographies: Vec<(Arc<File>, usize)>,
    /// Path and reason.
    skipped: Vec<(String, String)>,
}

/// One source.
struct Listed {
    path: String,
    format: &'static str,
    extent: Extent,
    title: Option<String>,
    authors: Vec<String>,
    passages: usize,
    words: usize,
    voices: Voices,
}

/// How many passages have which voice.
#[derive(Default)]
struct Voices {
    author: usize,
    quoted: usize,
    commenters: usize,
    unknown: usize,
}

impl Listing {
    fn of(snapshot: &Snapshot) -> Self {
        let root = snapshot.config().root.clone();
        let from_root = |path: &Path| path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let skipped = snapshot.skipped().iter().map(|skipped| (from_root(&skipped.path), skipped.reason.clone()));
        Self {
            sources: snapshot.files().filter_map(|file| Some(Listed::of(&file.path, file.page()?.source()?))).collect(),
            bibliographies: bibliographies(snapshot),
            skipped: skipped.collect(),
            root,
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for source in &self.sources {
            let _ = writeln!(out, "{}", printable(&source.path));
            let head = source.title.iter().chain(&source.authors).map(|name| printable(name)).collect::<Vec<_>>();
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
        let total = |of: fn(&Listed) -> usize| self.sources.iter().map(of).sum::<usize>();
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

    fn json(&self) -> Value {
        let works = |(file, works, held): (&File, &ibid_corpus::Bibliography, usize)| {
            let problem = |p: &ibid_corpus::bibliography::Problem| json!({ "line": p.line, "message": p.message });
            let problems: Vec<Value> = works.problems.iter().map(problem).collect();
            json!({ "path": file.path, "works": works.entries.len(), "held": held, "problems": problems })
        };
        let skipped = |(path, reason): &(String, String)| json!({ "path": path, "reason": reason });
        json!({
            "version": 1,
            "root": self.root,
            "sources": self.sources.iter().map(Listed::json).collect::<Vec<_>>(),
            "bibliographies": self.works().map(works).collect::<Vec<_>>(),
            "skipped": self.skipped.iter().map(skipped).collect::<Vec<_>>(),
        })
    }

    fn works(&self) -> impl Iterator<Item = (&File, &ibid_corpus::Bibliography, usize)> {
        self.bibliographies.iter().filter_map(|(file, held)| Some((&**file, file.bibliography.as_deref()?, *held)))
    }
}

/// Every bibliography, with the number of its works whose text is held.
fn bibliographies(snapshot: &Snapshot) -> Vec<(Arc<File>, usize)> {
    let held = |file: &Arc<File>| {
        let entries = file.bibliography.iter().flat_map(|works| &works.entries);
        let count = entries.filter(|entry| snapshot.holds(file, entry)).count();
        (file.clone(), count)
    };
    snapshot.files().filter(|file| file.bibliography.is_some()).map(held).collect()
}

impl Listed {
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
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Text of unknown origin without what a terminal would obey.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
