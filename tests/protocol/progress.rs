//! Progress and status while the workspace is read.

use ibid_tests::{Client, Server, Workspace};
use serde_json::json;

use crate::ALTERED;

#[test]
fn reading_the_workspace_shows_progress() {
    let workspace = Workspace::new(ALTERED);
    let client = Client::pulling(&workspace).with("/window/workDoneProgress", json!(true));
    let mut server = Server::start(&client);
    let token = server.asked("window/workDoneProgress/create")["token"].take();
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind != "end") {
        let progress = server.notification("$/progress");
        assert_eq!(progress["token"], token);
        kinds.push(progress["value"]["kind"].as_str().expect("progress has a kind").to_owned());
    }
    assert_eq!(kinds[0], "begin");
    assert!(kinds[1..kinds.len() - 1].iter().all(|kind| kind == "report"), "{kinds:?}");
}

#[test]
fn the_status_is_sent_to_a_client_that_wants_it() {
    let workspace = Workspace::new(ALTERED);
    let client = Client { options: json!({ "status": true }), ..Client::pulling(&workspace) };
    let mut server = Server::start(&client);
    let status = loop {
        let status = server.notification("ibid/status");
        if status[0]["ready"] == true {
            break status;
        }
    };
    let root = workspace.root();
    let expected = json!([{
        "root": root, "ready": true, "sources": 1, "notes": 1, "skipped": 0, "hint": null,
    }]);
    assert_eq!(status, expected);
}

#[test]
fn a_workspace_without_sources_says_how_to_start() {
    let workspace = Workspace::new("//- /README.md\nWords.\n");
    let client = Client { options: json!({ "status": true }), ..Client::pulling(&workspace) };
    let mut server = Server::start(&client);
    loop {
        let status = server.notification("ibid/status");
        if status[0]["ready"] == true {
            assert!(status[0]["hint"].as_str().is_some_and(|hint| hint.contains("ibid init")), "{status}");
            return;
        }
    }
}
