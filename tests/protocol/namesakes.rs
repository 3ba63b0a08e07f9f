//! References, highlights and rename.

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

/// Sends a request about a place in a note after the server has read the workspace.
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
fn an_incomplete_list_of_uses_is_announced() {
    let often: Vec<String> = (0..300).map(|day| format!("On day {day} the drift goes on.\n\n")).collect();
    let workspace = Workspace::new(&format!("{WORKSPACE}//- /sources/often.txt\n{}", often.concat()));
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    server.diagnostics(&workspace, "notes/note.md");
    let mut at = workspace.at_cursor();
    at["context"] = json!({ "includeDeclaration": true });
    let listed = server.request("textDocument/references", at).as_array().map(Vec::len);
    let message = server.notification("window/showMessage");
    let count = listed.expect("the answer is a list");
    assert_eq!(message["message"], format!("ibid lists {count} places; there may be more."));
    assert!((200..300).contains(&count), "{count}");
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
fn a_term_is_highlighted_only_in_its_note() {
    let workspace = Workspace::new(WORKSPACE);
    let found = ask(&workspace, "textDocument/documentHighlight", workspace.at_cursor());
    let uri = workspace.uri("notes/note.md");
    let words = found.iter().map(|one| workspace.slice(&json!({ "uri": uri, "range": one["range"] })));
    assert_eq!(words.collect::<Vec<_>>(), ["drifts", "drift"]);
}

const OWN: &str = "\
//- /sources/page.txt
Nothing is defined here.
//- /notes/note.md
# Notes$0

One.[^a]

[^a]: Said in [the other](other.md).
//- /notes/other.md
See [the notes](note.md#notes) and [[note#Notes]].
";

#[test]
fn a_heading_is_renamed_with_the_links_to_it() {
    let workspace = Workspace::new(OWN);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    let range = server.request("textDocument/prepareRename", workspace.at_cursor());
    assert_eq!(range["placeholder"], "Notes");
    let mut at = workspace.at_cursor();
    at["newName"] = json!("All readings");
    let edit = server.request("textDocument/rename", at);
    let files = edit["documentChanges"].as_array().expect("files are edited");
    let new =
        |file: &Value| file["edits"].as_array().map(|edits| edits.iter().map(|one| one["newText"].clone()).collect());
    let new: Vec<Vec<Value>> = files.iter().filter_map(new).collect();
    assert_eq!(new, [vec![json!("All readings")], vec![json!("all-readings"), json!("All readings")]]);
    assert_eq!([&files[0], &files[1]].map(|file| file["textDocument"]["version"].as_i64()), [Some(1), None]);
}

#[test]
fn a_refused_rename_has_a_reason() {
    let workspace = Workspace::new(OWN);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    let mut at = workspace.at("notes/note.md", "[^a]", 2);
    at["newName"] = json!("two words");
    let id = server.begin("textDocument/rename", at);
    let answer = server.answer(id);
    assert_eq!(answer["error"]["code"], -32803);
    assert!(answer["error"]["message"].as_str().is_some_and(|why| why.contains("cannot have spaces")), "{answer}");
}
