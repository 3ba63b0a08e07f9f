//! Cancelled requests.

use ibid_tests::{Server, example};
use serde_json::json;

#[test]
fn every_cancelled_request_has_an_answer_and_others_go_on() {
    let workspace = example();
    let note = "notes/reading-log.md";
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, note);
    let document = json!({ "textDocument": { "uri": workspace.uri(note) } });
    let cancelled: Vec<i64> = (0..300).map(|_| server.begin("textDocument/diagnostic", document.clone())).collect();
    for id in &cancelled {
        server.notify("$/cancelRequest", json!({ "id": id }));
    }
    let answers = server.answers(cancelled);
    for answer in answers.values() {
        let error = &answer["error"]["code"];
        assert!(answer["result"].is_object() || error == -32800, "neither an answer nor cancelled: {answer}");
    }
    assert!(answers.values().any(|answer| answer["error"]["code"] == -32800), "none was cancelled in time");
    server.diagnostics(&workspace, note);
}

#[test]
fn cancelling_a_finished_request_does_nothing() {
    let workspace = example();
    let mut server = Server::pulling(&workspace);
    server.notify("$/cancelRequest", json!({ "id": 1 }));
    server.notify("$/cancelRequest", json!({ "id": 999 }));
    server.open(&workspace, "notes/schemers.md");
    server.diagnostics(&workspace, "notes/schemers.md");
}
