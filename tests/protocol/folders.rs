//! Several workspace folders, and none.

use ibid_tests::{Client, Server, Workspace};
use serde_json::json;

use crate::{ALTERED, codes};

const NOTE: &str = "notes/note.md";

#[test]
fn each_folder_is_a_workspace_of_its_own() {
    let quoting = Workspace::new(ALTERED);
    let other = Workspace::new("//- /sources/other.txt\nA page.\n//- /notes/note.md\nSee [[page#Heading]].\n");
    let client = Client { folders: vec![quoting.uri(""), other.uri("")], ..Client::pulling(&quoting) };
    let mut server = Server::start(&client);
    server.open(&quoting, NOTE);
    server.open(&other, NOTE);
    assert_eq!(codes(&server.diagnostics(&quoting, NOTE)), ["quote-altered"]);
    assert!(server.diagnostics(&other, NOTE).is_empty());
}

#[test]
fn folders_can_be_added_and_removed() {
    let first = Workspace::new("//- /note.md\nA note.\n");
    let second = Workspace::new(ALTERED);
    let mut server = Server::pulling(&first);
    let folder = json!({ "uri": second.uri(""), "name": "second" });
    let event = json!({ "added": [folder], "removed": [] });
    server.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    server.open(&second, NOTE);
    assert_eq!(codes(&server.diagnostics(&second, NOTE)), ["quote-altered"]);
    let event = json!({ "added": [], "removed": [folder] });
    server.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    server.open(&first, "note.md");
    assert!(server.diagnostics(&first, "note.md").is_empty());
}

#[test]
fn a_note_outside_every_folder_finds_the_workspace_it_lies_in() {
    let workspace = Workspace::new(ALTERED);
    workspace.write("ibid.toml", "sources = [\"sources\"]\n");
    let elsewhere = Workspace::new("//- /note.md\nA note.\n");
    let mut server = Server::pulling(&elsewhere);
    server.open(&workspace, NOTE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["quote-altered"]);
}

#[test]
fn a_server_without_folders_checks_an_open_note() {
    let workspace = Workspace::new("//- /note.md\n# A $0note\n");
    let client = Client { folders: Vec::new(), ..Client::pulling(&workspace) };
    let mut server = Server::start(&client);
    server.open(&workspace, "note.md");
    assert!(server.diagnostics(&workspace, "note.md").is_empty());
    server.request("textDocument/hover", workspace.at_cursor());
}

#[test]
fn a_document_that_is_not_a_file_is_ignored() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    let uri = "untitled:Untitled-1";
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": "A note." });
    server.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let report = server.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(report["items"], json!([]));
}
