//! Small workspaces written as one string, for tests. They are discovered as in production, on a disk in memory.
//!
//! ```text
//! //- /sources/page.txt
//! We assume that half of recent progress comes from compute.
//! //- /notes/note.md
//! They write: "half of $0recent progress comes from compute".
//! ```
//!
//! Files under `/sources` are sources, other `.md` files are notes, `.bib` files are bibliographies. `$0` is the cursor. Without
//! it, the cursor is at the start of the last note.

use std::{fmt::Write as _, path::Path, sync::Arc};

use ibid_corpus::{Change, Config, File, FileId, Page, Snapshot, Workspace};
use ibid_text::{Encoding, Span};

use crate::analysis::{finding::Finding, place::Place};

const ROOT: &str = "/workspace";

/// A workspace with a cursor in it.
pub(crate) struct Fixture {
    pub(crate) snapshot: Snapshot,
    /// The file that holds the cursor.
    pub(crate) file: FileId,
    /// The cursor, in bytes of that file.
    pub(crate) offset: u32,
}

impl Fixture {
    /// Builds the workspace that `text` describes, with all files read completely.
    pub(crate) fn new(text: &str) -> Self {
        Self::configured(text, |_| ())
    }

    /// [`Fixture::new`] with a changed configuration.
    pub(crate) fn configured(text: &str, configure: impl FnOnce(&mut Config)) -> Self {
        Self::build(text, configure, |workspace| workspace.read_in_full(&|_| {}))
    }

    /// [`Fixture::new`] at the moment when quotations can be found but the sources are not read completely. The notes are
    /// open in an editor.
    pub(crate) fn unlearned(text: &str) -> Self {
        let open = |file: &Arc<File>| {
            let text = file.page().expect("the text of a note is held").text().into();
            Change::Open { path: file.absolute.to_path_buf(), version: 1, text }
        };
        Self::build(
            text,
            |_| (),
            |workspace| {
                let snapshot = workspace.snapshot();
                workspace.apply(snapshot.files().filter(|file| file.is_note()).map(open).collect());
            },
        )
    }

    fn build(text: &str, configure: impl FnOnce(&mut Config), read: impl FnOnce(&mut Workspace)) -> Self {
        let mut files = split(text);
        let (path, offset) = take_cursor(&mut files);
        let mut config = Config { root: ROOT.into(), minimum_words: 4, ..Config::default() };
        configure(&mut config);
        let bibliographies = files.iter().filter(|(path, _)| has_extension(path, "bib"));
        config.bibliography.extend(bibliographies.map(|(path, _)| path.trim_start_matches('/').to_owned()));
        let files = files.into_iter().map(|(path, text)| (format!("{ROOT}{path}").into(), text.into_bytes()));
        let mut workspace = Workspace::in_memory(config, files);
        read(&mut workspace);
        let snapshot = workspace.snapshot();
        let file = snapshot.by_path(Path::new(&format!("{ROOT}{path}"))).expect("the cursor's file is held").id;
        Self { snapshot, file, offset }
    }

    /// The file that holds the cursor.
    pub(crate) fn file(&self) -> &File {
        self.snapshot.file(self.file).expect("the cursor's file is held")
    }

    /// The text of that file.
    pub(crate) fn page(&self) -> Arc<Page> {
        self.file().page().expect("the text of the cursor's file is held")
    }

    /// A place as `path:line:column "the words there"`, with line and column counted from 1.
    pub(crate) fn show(&self, place: Place) -> String {
        let file = self.snapshot.file(place.file).expect("a place is in a file that is held");
        let page = file.page().expect("its text is held");
        let start = page.lines().position(page.text(), place.span.start, Encoding::Utf32);
        format!("{}:{}:{} {:?}", file.path, start.line + 1, start.column + 1, place.span.of(page.text()))
    }

    /// The lines of the cursor's file that have findings, with each finding underlined:
    ///
    /// ```text
    /// They write: "all of recent progress".
    ///             ^^^^^^^^^^^^^^^^^^^^^^^^ warning[quote-altered]: message
    ///                 sources/page.txt:1:16 "half of recent progress": what it shows
    ///                 fix: its title
    /// ```
    pub(crate) fn underline(&self, findings: &[Finding]) -> String {
        let mut out = String::new();
        let mut shown = None;
        for finding in findings {
            let page = self.page();
            let start = page.lines().position(page.text(), finding.span.start, Encoding::Utf32);
            if shown != Some(start.line) {
                out.push_str(line_of(&page, start.line));
                out.push('\n');
                shown = Some(start.line);
            }
            let indent = " ".repeat(start.column as usize);
            let first = finding.span.of(page.text()).lines().next().unwrap_or_default();
            let marks = "^".repeat(first.chars().count().max(1));
            let severity = format!("{:?}", finding.severity).to_lowercase();
            let _ = writeln!(out, "{indent}{marks} {severity}[{}]: {}", finding.code.rule().name, finding.message);
            for related in &finding.related {
                let place = self.show(Place { file: related.file, span: related.span });
                let _ = writeln!(out, "{indent}    {place}: {}", related.message);
            }
            for fix in &finding.fixes {
                let _ = writeln!(out, "{indent}    fix: {}", fix.title);
            }
        }
        out
    }

    /// The text of the cursor's file after the edits.
    pub(crate) fn apply(&self, edits: &[(Span, String)]) -> String {
        let mut text = self.page().text().to_owned();
        for (span, new) in edits.iter().rev() {
            text.replace_range(span.range(), new);
        }
        text
    }
}

fn line_of(page: &Page, line: u32) -> &str {
    let span = Span::new(page.lines().start_of(line), page.lines().start_of(line + 1));
    span.of(page.text()).trim_end()
}

fn has_extension(path: &str, wanted: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == wanted)
}

/// The paths and texts of the files, with the cursor still in its text.
fn split(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("//- ") {
            files.push((path.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = files.last_mut() {
            body.push_str(line);
        }
    }
    files
}

/// Removes the cursor from the files. Returns the path of its file and its byte offset.
fn take_cursor(files: &mut [(String, String)]) -> (String, u32) {
    for (path, text) in files.iter_mut() {
        if let Some(at) = text.find("$0") {
            text.replace_range(at..at + 2, "");
            return (path.clone(), at as u32);
        }
    }
    let last = files.iter().rev().find(|(path, _)| has_extension(path, "md")).expect("a fixture has a note");
    (last.0.clone(), 0)
}

#[test]
fn a_fixture_is_a_workspace_with_a_cursor() {
    let fixture = Fixture::new("//- /sources/page.txt\nA page.\n//- /notes/note.md\nOne.\nTwo $0words.\n");
    assert_eq!(fixture.file().path, "notes/note.md");
    assert_eq!(fixture.page().text(), "One.\nTwo words.\n");
    assert_eq!(fixture.offset, 9);
    assert_eq!(fixture.snapshot.files().filter(|file| file.is_source()).count(), 1);
}
