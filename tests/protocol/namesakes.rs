//! Where else the thing under the cursor is: references and highlights.

use ibid_tests::{Server, Workspace};
use serde_json::{Value, json};

const WORKSPACE: &str = "\
//- /sources/page.txt
When I say drift I mean the slow change of a sensor over the years.
//- /notes/note.md
# Notes

Two dri$0fts, one drift. They say “slow change of a sensor over the years” [[page]].
//- /notes/other.md
See [the notes](note.md#notes), after [[page]].
";

/// Asks about a place of a note; the server has read the workspace by then.
fn ask(workspace: &Workspace, method: &str, mut at: Value) -> Vec<Value> {
    let mut server = Server::pulling(workspace);
    server.open(workspace, "notes/note.md");
    server.diagnostics(workspace, "notes/note.md");
    at["context"] = json!({ "includeDeclaration": true });
    server.request(method, at).as_array().expect("the answer is a list").clone()
}

fn references(at: impl Fn(&Workspace) -> Value) -> Vec<String> {
    let workspace = Workspace::new(WORKSPACE);
    let found = ask(&workspace, "textDocument/references", at(&workspace));
    found.iter().map(|place| workspace.slice(place)).collect()
}

#[test]
fn a_term_is_used_in_notes_and_sources() {
    assert_eq!(references(Workspace::at_cursor), ["drifts", "drift", "drift"]);
}

#[test]
fn a_source_is_cited_by_notes() {
    assert_eq!(references(|workspace| workspace.at("notes/note.md", "[[page]]", 3)), ["[[page]]", "[[page]]"]);
}

#[test]
fn a_heading_is_linked() {
    let places = references(|workspace| workspace.at("notes/note.md", "# Notes", 0));
    assert_eq!(places, ["# Notes", "[the notes](note.md#notes)"]);
}

#[test]
fn a_passage_is_quoted() {
    let places = references(|workspace| workspace.at("sources/page.txt", "sensor", 1));
    assert_eq!(places, ["“slow change of a sensor over the years”"]);
}

#[test]
fn a_term_is_highlighted_in_its_note_alone() {
    let workspace = Workspace::new(WORKSPACE);
    let found = ask(&workspace, "textDocument/documentHighlight", workspace.at_cursor());
    let uri = workspace.uri("notes/note.md");
    let words = found.iter().map(|one| workspace.slice(&json!({ "uri": uri, "range": one["range"] })));
    assert_eq!(words.collect::<Vec<_>>(), ["drifts", "drift"]);
}
