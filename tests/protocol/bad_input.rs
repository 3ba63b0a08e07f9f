//! Invalid files, settings and messages: each is reported, and the rest works.

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

use crate::{ALTERED, codes};

const NOTE: &str = "notes/note.md";

/// Asserts that the finding of [`ALTERED`] is still reported after `spoil` has changed the workspace.
fn still_works(spoil: impl FnOnce(&Workspace)) {
    let workspace = Workspace::new(ALTERED);
    spoil(&workspace);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["quote-altered"]);
}

#[test]
fn files_that_are_no_text() {
    still_works(|workspace| workspace.write("sources/latin.txt", b"caf\xe9 \xff\xfe au lait"));
    still_works(|workspace| workspace.write("sources/nul.txt", b"before\0after"));
    still_works(|workspace| workspace.write("sources/empty.txt", b""));
    still_works(|workspace| workspace.write("notes/latin.md", b"caf\xe9 \"quoted words stand here\" [[page]]"));
}

#[test]
fn a_huge_line() {
    still_works(|workspace| workspace.write("sources/huge.txt", "word ".repeat(200_000)));
}

#[cfg(unix)]
#[test]
fn symbolic_links_that_form_cycles_or_lead_nowhere() {
    use std::os::unix::fs::symlink;
    still_works(|workspace| symlink(workspace.path("sources"), workspace.path("sources/loop")).expect("a link"));
    still_works(|workspace| symlink("/nowhere/at/all", workspace.path("sources/broken.txt")).expect("a link"));
}

/// The diagnostics of an `ibid.toml`.
fn problems(configuration: &str) -> Vec<Value> {
    let workspace = Workspace::new(ALTERED);
    workspace.write("ibid.toml", configuration);
    let mut server = Server::pulling(&workspace);
    let mut published = server.notification("textDocument/publishDiagnostics");
    assert_eq!(published["uri"], workspace.uri("ibid.toml"));
    server.open(&workspace, NOTE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["quote-altered"], "the rest of the settings holds");
    match published["diagnostics"].take() {
        Value::Array(problems) => problems,
        other => panic!("diagnostics are a list, not {other}"),
    }
}

#[test]
fn an_unknown_key_is_reported_with_the_nearest_one() {
    let problems = problems("sources = [\"sources\"]\n\n[quotes]\nminimal-words = 3\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
    let start = json!({ "line": 3, "character": 0 });
    assert_eq!(problems[0]["range"]["start"], start);
    assert!(problems[0]["message"].as_str().is_some_and(|text| text.contains("minimum-words")), "{problems:?}");
}

#[test]
fn invalid_toml_is_reported() {
    let problems = problems("sources = [\"sources\"\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn a_missing_sources_folder_is_reported() {
    let problems = problems("sources = [\"sources\", \"sorces\"]\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0]["message"].as_str().is_some_and(|text| text.contains("sorces")), "{problems:?}");
}

#[test]
fn invalid_parameters_are_answered_with_an_error() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    let id = server.begin("textDocument/hover", json!({ "textDocument": 7 }));
    assert_eq!(server.answer(id)["error"]["code"], -32602);
}

#[test]
fn an_unknown_document_has_an_empty_answer() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    let gone =
        json!({ "textDocument": { "uri": workspace.uri("gone.md") }, "position": { "line": 0, "character": 0 } });
    assert_eq!(server.request("textDocument/hover", gone), Value::Null);
    server.replace(&workspace, "gone.md", 2, "An edit of what is not open.\n");
    server.close(&workspace, "gone.md");
}

#[test]
fn a_position_past_the_end_means_the_end() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::start(&Client::pulling(&workspace));
    server.open(&workspace, NOTE);
    let uri = workspace.uri(NOTE);
    let far = json!({ "textDocument": { "uri": uri }, "position": { "line": 9_999, "character": 9_999 } });
    assert_eq!(server.request("textDocument/hover", far), Value::Null);
}

/// Sends a body in a proper frame.
fn send(server: &mut Server, body: &str) {
    server.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
}

#[test]
fn the_server_outlives_malformed_messages() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    for (body, code) in [
        ("{", -32700),
        ("{}", -32600),
        ("[]", -32600),
        ("\u{7}", -32700),
        (r#"{"jsonrpc":"2.0","id":0.5,"method":"shutdown"}"#, -32600),
    ] {
        send(&mut server, body);
        assert_eq!(server.error_code(), code, "{body}");
    }
    server.open(&workspace, NOTE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["quote-altered"]);
}

#[test]
fn half_a_surrogate_pair_is_one_character() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    let before = server.diagnostics(&workspace, NOTE);
    let uri = workspace.uri(NOTE);
    let start = r#"{"start":{"line":2,"character":0},"end":{"line":2,"character":0}}"#;
    send(
        &mut server,
        &format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":2}},"contentChanges":[{{"range":{start},"text":"\ud83d"}}]}}}}"#
        ),
    );
    let after = server.diagnostics(&workspace, NOTE);
    assert_eq!(codes(&after), ["quote-altered"]);
    let column = |found: &[Value]| found[0]["range"]["start"]["character"].as_u64();
    assert_eq!(column(&after), column(&before).map(|column| column + 1));
}

#[test]
fn the_server_ends_although_its_requests_were_not_answered() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::start(&Client::pulling(&workspace));
    server.open(&workspace, NOTE);
    for _ in 0..9 {
        server.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }
    server.request("shutdown", Value::Null);
    server.close_stdin();
    assert!(server.wait().success());
}
