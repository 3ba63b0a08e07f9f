//! Code actions other than the fixes of findings.

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

const WORKSPACE: &str = "\
//- /sources/page.txt
The harbour froze early that winter—so they say—and the boats stayed in.
//- /note.md
He wrote “the harbour froze early that winter - so they say” once.
";

/// The actions of a kind at the first occurrence of `words` in the note. Without a kind, all default actions.
fn actions(words: &str, only: &Value) -> Vec<(String, String)> {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "note.md");
    server.diagnostics(&workspace, "note.md");
    let mut params = workspace.at("note.md", words, 2);
    let position = params["position"].take();
    params["range"] = json!({ "start": position, "end": position });
    params["context"] = json!({ "diagnostics": [], "only": only });
    let actions = server.request("textDocument/codeAction", params);
    let new = |action: &Value| action["edit"]["documentChanges"][0]["edits"][0]["newText"].as_str().map(str::to_owned);
    let shown =
        |action: &Value| (action["kind"].as_str().unwrap_or_default().to_owned(), new(action).unwrap_or_default());
    actions.as_array().expect("actions are a list").iter().map(shown).collect()
}

#[test]
fn a_quotation_can_be_cited_and_set_off() {
    let rewrite = |new: &str| ("refactor.rewrite".to_owned(), new.to_owned());
    let cited = rewrite(" [page\\.txt](sources/page.txt#L1)");
    assert_eq!(actions("harbour", &Value::Null)[0], cited);
    assert_eq!(actions("harbour", &json!(["refactor"])).len(), 2);
    assert_eq!(actions("once", &Value::Null), []);
}

#[test]
fn the_edits_of_an_action_are_resolved_when_it_is_chosen() {
    let workspace = Workspace::new(WORKSPACE);
    let resolving = json!({ "dataSupport": true, "resolveSupport": { "properties": ["edit"] } });
    let mut server = Server::start(&Client::pulling(&workspace).with("/textDocument/codeAction", resolving));
    server.open(&workspace, "note.md");
    server.diagnostics(&workspace, "note.md");
    let mut params = workspace.at("note.md", "harbour", 2);
    let position = params["position"].take();
    params["range"] = json!({ "start": position, "end": position });
    params["context"] = json!({ "diagnostics": [] });
    let offered = server.request("textDocument/codeAction", params)[0].clone();
    assert_eq!(offered["edit"], Value::Null);
    let resolved = server.request("codeAction/resolve", offered.clone());
    let new = &resolved["edit"]["documentChanges"][0]["edits"][0]["newText"];
    assert_eq!((&resolved["title"], new), (&offered["title"], &json!(" [page\\.txt](sources/page.txt#L1)")));
    server.replace(&workspace, "note.md", 2, "Another text.\n");
    let id = server.begin("codeAction/resolve", offered);
    assert_eq!(server.answer(id)["error"]["code"], -32801);
}

#[test]
fn actions_on_the_whole_note_are_offered_on_request() {
    let set = ("source.fixAll.ibid".to_owned(), "—".to_owned());
    assert_eq!(actions("once", &json!(["source.fixAll"])), [set]);
    assert_eq!(actions("once", &json!(["source.organizeImports"])), []);
}
