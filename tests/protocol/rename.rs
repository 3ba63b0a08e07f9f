//! Renaming files.

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

const WORKSPACE: &str = "\
//- /sources/page.txt
A page of words.
//- /notes/plan.md
See [[log]] and [it](log.md#day).
//- /notes/log.md
Read [the page](../sources/page.txt).
";

/// Edits as file name, replaced text and new text.
fn edits(workspace: &Workspace, answer: &Value) -> Vec<(String, String, String)> {
    let changes = answer["documentChanges"].as_array().unwrap_or_else(|| panic!("no edit: {answer}"));
    let mut shown = Vec::new();
    for change in changes.iter().filter(|change| change.get("edits").is_some()) {
        let uri = change["textDocument"]["uri"].as_str().expect("an edit is of a file");
        for edit in change["edits"].as_array().expect("edits are a list") {
            let replaced = workspace.slice(&json!({ "uri": uri, "range": edit["range"] }));
            let new = edit["newText"].as_str().unwrap_or_default().to_owned();
            shown.push((uri.rsplit('/').next().unwrap_or_default().to_owned(), replaced, new));
        }
    }
    shown
}

fn edit(file: &str, replaced: &str, new: &str) -> (String, String, String) {
    (file.to_owned(), replaced.to_owned(), new.to_owned())
}

#[test]
fn links_follow_a_file_that_the_editor_moves() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/plan.md");
    server.diagnostics(&workspace, "notes/plan.md");
    let file = json!({ "oldUri": workspace.uri("notes/log.md"), "newUri": workspace.uri("diary/days.md") });
    let answer = server.request("workspace/willRenameFiles", json!({ "files": [file] }));
    assert_eq!(
        edits(&workspace, &answer),
        [edit("plan.md", "log", "days"), edit("plan.md", "log.md", "../diary/days.md")]
    );
    let nothing = json!({ "oldUri": workspace.uri("notes/none.md"), "newUri": workspace.uri("notes/nil.md") });
    assert_eq!(server.request("workspace/willRenameFiles", json!({ "files": [nothing] })), Value::Null);
}

#[test]
fn a_note_is_renamed_by_a_link_to_it() {
    let workspace = Workspace::new(WORKSPACE);
    let client = Client::pulling(&workspace).with("/workspace/workspaceEdit/resourceOperations", json!(["rename"]));
    let ask = |client: &Client| {
        let mut server = Server::start(client);
        server.open(&workspace, "notes/plan.md");
        server.diagnostics(&workspace, "notes/plan.md");
        let mut params = workspace.at("notes/plan.md", "[[log", 3);
        params["newName"] = json!("days");
        let id = server.begin("textDocument/rename", params);
        server.answer(id)
    };
    let renamed = ask(&client)["result"].take();
    assert_eq!(edits(&workspace, &renamed), [edit("plan.md", "log", "days"), edit("plan.md", "log.md", "days.md")]);
    let moved = renamed["documentChanges"].as_array().and_then(|changes| changes.last()).expect("a file is moved");
    assert_eq!(moved["kind"], "rename");
    assert_eq!(moved["newUri"], workspace.uri("notes/days.md"));
    let refused = ask(&Client::pulling(&workspace));
    assert!(refused["error"]["message"].as_str().is_some_and(|why| why.contains("cannot rename files")), "{refused}");
}

#[test]
fn links_that_a_move_cannot_keep_are_told() {
    let workspace = Workspace::new(
        "//- /sources/page.txt\nA page.\n//- /notes/plan.md\n---\nup: \"[[log]]\"\n---\n\nSee [[log]].\n//- /notes/log.md\nA log.\n",
    );
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/plan.md");
    server.diagnostics(&workspace, "notes/plan.md");
    let file = json!({ "oldUri": workspace.uri("notes/log.md"), "newUri": workspace.uri("notes/log [old].md") });
    let answer = server.request("workspace/willRenameFiles", json!({ "files": [file] }));
    assert_eq!(edits(&workspace, &answer), [edit("plan.md", "[[log]]", "[log \\[old\\]](log%20[old].md)")]);
    let told = server.notification("window/showMessage");
    assert!(told["message"].as_str().is_some_and(|told| told.contains("[[log]] at notes/plan.md:2")), "{told}");
}
