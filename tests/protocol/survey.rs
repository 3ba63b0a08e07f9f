//! The findings of all notes, open or not.

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

/// The notes that an answer is about, by their last names, each with the number of its findings and its result's id.
fn told(answer: &Value) -> Vec<(String, usize, String)> {
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
fn the_client_is_answered_at_first_and_when_there_is_news() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    let first = ask(&mut server, &json!([]));
    let found = told(&server.answer(first)["result"]);
    assert_eq!(found.iter().map(|(note, count, _)| (note.as_str(), *count)).collect::<Vec<_>>(), [("wrong.md", 1)]);

    let has = |note: &str, id: &str| json!({ "uri": workspace.uri(&format!("notes/{note}")), "value": id });
    let wrong = has("wrong.md", &found[0].2);
    let second = ask(&mut server, &json!([wrong]));
    workspace.write("notes/right.md", workspace.read("notes/wrong.md"));
    server.touched(&workspace, "notes/right.md");
    let news = told(&server.answer(second)["result"]);
    assert_eq!(news.iter().map(|(note, count, _)| (note.as_str(), *count)).collect::<Vec<_>>(), [("right.md", 1)]);

    let third = ask(&mut server, &json!([wrong, has("right.md", &news[0].2)]));
    workspace.remove("notes/wrong.md");
    server.touched(&workspace, "notes/wrong.md");
    assert_eq!(told(&server.answer(third)["result"]), [("wrong.md".to_owned(), 0, String::new())]);
}

#[test]
fn where_there_are_more_notes_than_the_client_wants_none_is_surveyed() {
    let workspace = Workspace::new(WORKSPACE);
    let at_most =
        |most: u32| Client { options: json!({ "workspaceDiagnostics": most }), ..Client::pulling(&workspace) };
    let first = |client: &Client| {
        let mut server = Server::start(client);
        let asked = ask(&mut server, &json!([]));
        told(&server.answer(asked)["result"]).len()
    };
    assert_eq!([first(&at_most(2)), first(&at_most(1))], [1, 0]);
}

#[test]
fn an_answer_that_got_lost_is_given_again() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    for _ in 0..2 {
        let asked = ask(&mut server, &json!([]));
        assert_eq!(told(&server.answer(asked)["result"]).len(), 1);
    }
}

#[test]
fn a_note_that_is_open_is_left_to_its_own_request() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    server.open(&workspace, "notes/wrong.md");
    assert_eq!(server.diagnostics(&workspace, "notes/wrong.md").len(), 1);
    let first = ask(&mut server, &json!([]));
    assert_eq!(told(&server.answer(first)["result"]), []);
    let second = ask(&mut server, &json!([]));
    server.close(&workspace, "notes/wrong.md");
    assert_eq!(told(&server.answer(second)["result"])[0].0, "wrong.md");
}

#[test]
fn parts_go_ahead_to_who_names_them() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::start(&client(&workspace));
    let params = json!({ "previousResultIds": [], "partialResultToken": "parts" });
    let answer = server.request("workspace/diagnostic", params);
    assert_eq!(answer, json!({ "items": [] }));
    let part = server.notification("$/progress");
    let found = told(&part["value"]);
    assert_eq!((part["token"].as_str(), found[0].0.as_str()), (Some("parts"), "wrong.md"));
    // With the last part the request is answered, so that the client can say what it knows by now.
    let known = json!([{ "uri": workspace.uri("notes/wrong.md"), "value": found[0].2 }]);
    let again =
        server.begin("workspace/diagnostic", json!({ "previousResultIds": known, "partialResultToken": "more" }));
    workspace.write("notes/right.md", workspace.read("notes/wrong.md"));
    server.touched(&workspace, "notes/right.md");
    assert_eq!(server.answer(again)["result"], json!({ "items": [] }));
    assert_eq!(told(&server.notification("$/progress")["value"])[0].0, "right.md");
}

#[test]
fn a_client_that_does_not_want_it_is_not_offered_it() {
    let workspace = Workspace::new(WORKSPACE);
    let server = Server::pulling(&workspace);
    assert_eq!(server.initialized["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], false);
}
