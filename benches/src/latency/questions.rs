//! The requests of an editor about a note.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use rand::{Rng, RngExt, seq::IndexedRandom as _};
use serde_json::{Value, json};

use super::client::{Answer, Client, address};

/// The number of lines that an editor shows at once.
const SCREEN: usize = 50;

/// A kind of request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Question {
    /// The diagnostics of a note that was just opened. Editors request them first.
    Opening,
    Hover,
    Definition,
    References,
    Outline,
    Symbols,
    Completion,
    Actions,
    /// The code actions that cite a passage for the sentence with a selected word, without other actions.
    Passages,
    Folding,
    Selection,
    Links,
    Highlight,
    Tokens,
    Hints,
    /// The diagnostics after a letter was typed.
    Keystroke,
}

impl Question {
    /// The requests that are sent in every place.
    const ALL: [Self; 15] = [
        Self::Hover,
        Self::Definition,
        Self::References,
        Self::Outline,
        Self::Symbols,
        Self::Completion,
        Self::Actions,
        Self::Passages,
        Self::Folding,
        Self::Selection,
        Self::Links,
        Self::Highlight,
        Self::Tokens,
        Self::Hints,
        Self::Keystroke,
    ];

    /// The name in the table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening to diagnostics",
            Self::Hover => "hover",
            Self::Definition => "definition",
            Self::References => "references",
            Self::Outline => "outline",
            Self::Symbols => "workspace symbols",
            Self::Completion => "completion",
            Self::Actions => "code actions",
            Self::Passages => "passages for a selection",
            Self::Folding => "folding",
            Self::Selection => "selection",
            Self::Links => "document links",
            Self::Highlight => "highlight",
            Self::Tokens => "semantic tokens",
            Self::Hints => "inlay hints",
            Self::Keystroke => "keystroke to diagnostics",
        }
    }
}

/// A position in a note, in the protocol's units.
#[derive(Default)]
struct Place {
    line: usize,
    character: usize,
    /// The beginning of a word in the line.
    typed: String,
}

impl Place {
    /// A random position in a text. `None` on an empty line.
    fn any(text: &str, rng: &mut impl Rng) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        let line = rng.random_range(0..lines.len().max(1));
        let written = lines.get(line).filter(|line| !line.trim().is_empty())?;
        let character = rng.random_range(0..written.encode_utf16().count());
        let words: Vec<&str> = written.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let word = words.choose(rng).copied().unwrap_or_default();
        let typed = word.chars().take(rng.random_range(1..8)).collect();
        Some(Self { line, character, typed })
    }
}

/// Opens a note and sends every request in some places of it. `take` gets the answers.
pub(super) fn ask_all(
    server: &mut Client,
    note: &Path,
    places: usize,
    rng: &mut impl Rng,
    mut take: impl FnMut(Question, Answer),
) -> Result<()> {
    let text = fs::read_to_string(note)?;
    open(server, note, &text)?;
    // Parsing the note should not count as part of the first request.
    server.ask("textDocument/foldingRange", &document(note))?;
    take(Question::Opening, ask(server, note, &Place::default(), Question::Opening, 1)?);
    let mut version = 1;
    for _ in 0..places {
        let Some(place) = Place::any(&text, rng) else { continue };
        for question in Question::ALL {
            version += 1;
            take(question, ask(server, note, &place, question, version)?);
        }
    }
    server.tell("textDocument/didClose", &document(note))
}

fn ask(server: &mut Client, note: &Path, place: &Place, question: Question, version: i32) -> Result<Answer> {
    let here = at(note, place.line, place.character);
    let range = json!({ "start": here["position"], "end": here["position"] });
    match question {
        Question::Opening => server.ask("textDocument/diagnostic", &document(note)),
        Question::Hover => server.ask("textDocument/hover", &here),
        Question::Definition => server.ask("textDocument/definition", &here),
        Question::References => {
            server.ask("textDocument/references", &with(&here, "context", json!({ "includeDeclaration": true })))
        }
        Question::Outline => server.ask("textDocument/documentSymbol", &document(note)),
        Question::Symbols => server.ask("workspace/symbol", &json!({ "query": place.typed })),
        Question::Completion => server.ask("textDocument/completion", &here),
        Question::Actions => {
            let about = with(&document(note), "range", range);
            server.ask("textDocument/codeAction", &with(&about, "context", json!({ "diagnostics": [] })))
        }
        Question::Passages => {
            let selected = json!({ "line": place.line, "character": place.character + 1 });
            let about = with(&document(note), "range", json!({ "start": here["position"], "end": selected }));
            let context = json!({ "diagnostics": [], "only": ["refactor.rewrite"] });
            server.ask("textDocument/codeAction", &with(&about, "context", context))
        }
        Question::Folding => server.ask("textDocument/foldingRange", &document(note)),
        Question::Selection => {
            let there = json!([here["position"]]);
            server.ask("textDocument/selectionRange", &with(&document(note), "positions", there))
        }
        Question::Links => server.ask("textDocument/documentLink", &document(note)),
        Question::Highlight => server.ask("textDocument/documentHighlight", &here),
        Question::Tokens => server.ask("textDocument/semanticTokens/full", &document(note)),
        Question::Hints => {
            let upto = json!({ "line": place.line + SCREEN, "character": 0 });
            let screen = json!({ "start": { "line": place.line, "character": 0 }, "end": upto });
            server.ask("textDocument/inlayHint", &with(&document(note), "range", screen))
        }
        Question::Keystroke => {
            let document_now = json!({ "uri": address(note), "version": version });
            let typed = json!([{ "range": range, "text": "e" }]);
            server.tell("textDocument/didChange", &json!({ "textDocument": document_now, "contentChanges": typed }))?;
            server.ask("textDocument/diagnostic", &document(note))
        }
    }
}

/// Whether an answer is not empty.
pub(super) fn tells(result: &Value) -> bool {
    match result {
        Value::Null => false,
        Value::Array(places) => !places.is_empty(),
        Value::Object(report) => report.get("items").and_then(Value::as_array).is_none_or(|items| !items.is_empty()),
        _ => true,
    }
}

/// Opens a document with a text.
pub(super) fn open(server: &mut Client, path: &Path, text: &str) -> Result<()> {
    let opened = json!({ "uri": address(path), "languageId": "markdown", "version": 1, "text": text });
    server.tell("textDocument/didOpen", &json!({ "textDocument": opened }))
}

/// The parameters of a request about a file.
pub(super) fn document(path: &Path) -> Value {
    json!({ "textDocument": { "uri": address(path) } })
}

/// The parameters of a request about a place in a file.
pub(super) fn at(path: &Path, line: usize, character: usize) -> Value {
    with(&document(path), "position", json!({ "line": line, "character": character }))
}

fn with(params: &Value, key: &str, value: Value) -> Value {
    let mut params = params.clone();
    params[key] = value;
    params
}

/// A quotation whose source is known.
pub(super) struct Probe {
    /// The URI of its source.
    pub(super) source: PathBuf,
    words: String,
}

impl Probe {
    /// A quotation of a line of prose in a source.
    pub(super) fn of(source: &Path) -> Option<Self> {
        const LEAST: usize = 16;
        const TAKEN: usize = 12;
        let text = fs::read_to_string(source).ok()?;
        let is_prose = |word: &&str| word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ',' | '\''));
        let mut lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        let words = lines.find(|words| words.len() >= LEAST && words.iter().take(TAKEN).all(is_prose))?;
        Some(Self { source: source.to_owned(), words: words[..TAKEN].join(" ") })
    }

    /// A note with the quotation.
    pub(super) fn note(&self) -> String {
        format!("It says “{}”.\n", self.words)
    }

    /// Whether an answer leads to the source.
    pub(super) fn is_answered(&self, result: &Value) -> bool {
        let wanted = address(&self.source);
        result.as_array().is_some_and(|places| places.iter().any(|place| place["uri"] == json!(wanted)))
    }
}
