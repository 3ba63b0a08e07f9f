//! How a server starts and ends.

use std::process::Command;

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

fn note() -> Workspace {
    Workspace::new("//- /note.md\nA note.\n")
}

#[test]
fn it_reports_its_capabilities() {
    let server = Server::pulling(&note());
    let capabilities = &server.initialized["capabilities"];
    assert_eq!(server.initialized["serverInfo"]["name"], "ibid");
    assert_eq!(capabilities["textDocumentSync"]["change"], 2);
    assert_eq!(capabilities["hoverProvider"], true);
    assert_eq!(capabilities["definitionProvider"], true);
    assert_eq!(capabilities["diagnosticProvider"]["interFileDependencies"], true);
}

#[test]
fn it_offers_pulled_diagnostics_only_to_a_client_that_supports_them() {
    let workspace = note();
    let server = Server::start(&Client::plain(&workspace));
    assert_eq!(server.initialized["capabilities"]["diagnosticProvider"], Value::Null);
}

#[test]
fn exit_after_shutdown_succeeds_while_stdin_stays_open() {
    let mut server = Server::pulling(&note());
    server.request("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn exit_without_shutdown_fails() {
    let mut server = Server::pulling(&note());
    server.notify("exit", Value::Null);
    assert_eq!(server.wait().code(), Some(1));
}

#[test]
fn it_ends_with_stdin() {
    let mut server = Server::pulling(&note());
    server.close_stdin();
    assert_eq!(server.wait().code(), Some(1));
}

#[test]
fn it_ends_with_the_client_s_process_while_stdin_stays_open() {
    let workspace = note();
    let mut editor = Command::new("sleep").arg("600").spawn().expect("a process starts");
    let client = Client { process: Some(editor.id()), ..Client::pulling(&workspace) };
    let mut server = Server::start(&client);
    server.open(&workspace, "note.md");
    assert!(server.diagnostics(&workspace, "note.md").is_empty());
    editor.kill().and_then(|()| editor.wait()).expect("the process ends");
    assert_eq!(server.wait().code(), Some(1));
}

#[test]
fn a_request_before_initialize_is_answered_with_an_error() {
    let workspace = note();
    let mut server = Server::uninitialized();
    let params = json!({ "textDocument": { "uri": workspace.uri("note.md") } });
    let id = server.begin("textDocument/diagnostic", params);
    assert_eq!(server.answer(id)["error"]["code"], -32002);
    server.initialize(&Client::pulling(&workspace));
}

#[test]
fn messages_sent_without_waiting_are_handled_in_order() {
    let workspace = note();
    let mut server = Server::uninitialized();
    let folders = json!([{ "uri": workspace.uri(""), "name": "workspace" }]);
    let params = json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders });
    let begun = server.begin("initialize", params);
    server.notify("initialized", json!({}));
    server.open(&workspace, "note.md");
    let note = json!({ "textDocument": { "uri": workspace.uri("note.md") } });
    let asked = server.begin("textDocument/documentSymbol", note);
    assert_eq!(server.answer(begun)["result"]["serverInfo"]["name"], "ibid");
    assert!(server.answer(asked)["result"].is_array());
    let ended = server.begin("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    assert_eq!(server.answer(ended)["result"], Value::Null);
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn an_unknown_method_is_answered_with_an_error() {
    let mut server = Server::pulling(&note());
    let id = server.begin("textDocument/unheardOf", json!({}));
    assert_eq!(server.answer(id)["error"]["code"], -32601);
}
