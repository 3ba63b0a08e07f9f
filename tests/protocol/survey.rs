//! `workspace/diagnostic`: the findings of all notes, open or not.

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

const WORKSPACE: &str = "\
//- /sources/page.txt
We assume that half of recent progress comes from using more compute in development.
//- /notes/wrong.md
The page says “half of recent progress comes from using less compute in development” [[page]].
//- /notes/right.md
The page says “half of recent progress comes from using more compute in development” [[page]].
";

/// A client that wants the findings of all notes.
fn client(workspace: &Workspace) -> Client {
    Client { options: json!({ "workspaceDiagnostics": true }), ..Client::pulling(workspace) }
}

/// The notes of an answer: file name, number of findings and result id.
fn reports(answer: &Value) -> Vec<(String, usize, String)> {
    let one = |report: &Value| {
        let uri = report["uri"].as_str().expect("a report is about a note");
        let findings = report["items"].as_array().map_or(0, Vec::len);
        let id = report["resultId"].as_str().unwrap_or_default().to_owned();
        (uri.rsplit('/').next().unwrap_or_default().to_owned(), findings, id)
    };
    answer["items"].as_array().unwrap_or_else(|| panic!("no report: {answer}")).iter().map(one).collect()
}

fn ask(server: &mut Server, known: &Value) -> i64 {
    server.begin("workspace/diagnostic", json!({ "previousResultIds": known }))
}

#[test]
fn the_first_request_is_answered_at_once_and_later_ones_after_a_change() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    let first = ask(&mut server, &json!([]));
    let found = reports(&server.answer(first)["result"]);
    assert_eq!(found.iter().map(|(note, count, _)| (note.as_str(), *count)).collect::<Vec<_>>(), [("wrong.md", 1)]);

    let has = |note: &str, id: &str| json!({ "uri": workspace.uri(&format!("notes/{note}")), "value": id });
    let wrong = has("wrong.md", &found[0].2);
    let second = ask(&mut server, &json!([wrong]));
    workspace.write("notes/right.md", workspace.read("notes/wrong.md"));
    server.touched(&workspace, "notes/right.md");
    let news = reports(&server.answer(second)["result"]);
    assert_eq!(news.iter().map(|(note, count, _)| (note.as_str(), *count)).collect::<Vec<_>>(), [("right.md", 1)]);

    let third = ask(&mut server, &json!([wrong, has("right.md", &news[0].2)]));
    workspace.remove("notes/wrong.md");
    server.touched(&workspace, "notes/wrong.md");
    assert_eq!(reports(&server.answer(third)["result"]), [("wrong.md".to_owned(), 0, String::new())]);
}

#[test]
fn with_more_notes_than_the_client_s_limit_none_is_reported() {
    let workspace = Workspace::new(WORKSPACE);
    let at_most =
        |most: u32| Client { options: json!({ "workspaceDiagnostics": most }), ..Client::pulling(&workspace) };
    let first = |client: &Client| {
        let mut server = Server::start(client);
        let asked = ask(&mut server, &json!([]));
        reports(&server.answer(asked)["result"]).len()
    };
    assert_eq!([first(&at_most(2)), first(&at_most(1))], [1, 0]);
}

#[test]
fn a_lost_answer_is_sent_again() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    for _ in 0..2 {
        let asked = ask(&mut server, &json!([]));
        assert_eq!(reports(&server.answer(asked)["result"]).len(), 1);
    }
}

#[test]
fn an_open_note_is_left_to_its_own_request() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    server.open(&workspace, "notes/wrong.md");
    assert_eq!(server.diagnostics(&workspace, "notes/wrong.md").len(), 1);
    let first = ask(&mut server, &json!([]));
    assert_eq!(reports(&server.answer(first)["result"]), []);
    let second = ask(&mut server, &json!([]));
    server.close(&workspace, "notes/wrong.md");
    assert_eq!(reports(&server.answer(second)["result"])[0].0, "wrong.md");
}

#[test]
fn partial_results_are_sent_to_a_client_with_a_token() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    let params = json!({ "previousResultIds": [], "partialResultToken": "parts" });
    let answer = server.request("workspace/diagnostic", params);
    assert_eq!(answer, json!({ "items": [] }));
    let part = server.notification("$/progress");
    let found = reports(&part["value"]);
    assert_eq!((part["token"].as_str(), found[0].0.as_str()), (Some("parts"), "wrong.md"));
    // The last part is followed by the answer, so that the client can send its result ids.
    let known = json!([{ "uri": workspace.uri("notes/wrong.md"), "value": found[0].2 }]);
    let again =
        server.begin("workspace/diagnostic", json!({ "previousResultIds": known, "partialResultToken": "more" }));
    workspace.write("notes/right.md", workspace.read("notes/wrong.md"));
    server.touched(&workspace, "notes/right.md");
    assert_eq!(server.answer(again)["result"], json!({ "items": [] }));
    assert_eq!(reports(&server.notification("$/progress")["value"])[0].0, "right.md");
}

#[test]
fn it_is_offered_only_to_a_client_that_wants_it() {
    let workspace = Workspace::new(WORKSPACE);
    let server = Server::pulling(&workspace);
    assert_eq!(server.initialized["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], false);
}
