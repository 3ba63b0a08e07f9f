//! Requests about the structure of a note: outline, symbols, folding, selections, links.

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

const NOTE: &str = "\
//- /sources/page.txt
First line.
Second line.
//- /note.md
# Café 😀

Two words.

## Inner

See [the page](sources/page.txt#L2).
";

fn ask(client: &Client, workspace: &Workspace, method: &str, more: Value) -> Value {
    let mut server = Server::start(client);
    server.open(workspace, "note.md");
    server.diagnostics(workspace, "note.md");
    let mut params = json!({ "textDocument": { "uri": workspace.uri("note.md") } });
    if let (Value::Object(params), Value::Object(more)) = (&mut params, more) {
        params.extend(more);
    }
    server.request(method, params)
}

#[test]
fn the_outline_is_a_tree_if_the_client_accepts_one() {
    let workspace = Workspace::new(NOTE);
    let pointer = "/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport";
    let client = Client::pulling(&workspace).with(pointer, json!(true));
    let symbols = ask(&client, &workspace, "textDocument/documentSymbol", Value::Null);
    assert_eq!(symbols[0]["name"], "Café 😀");
    assert_eq!(symbols[0]["range"]["start"], json!({ "line": 0, "character": 0 }));
    assert_eq!(symbols[0]["children"][0]["name"], "Inner");
}

#[test]
fn the_outline_is_a_list_otherwise() {
    let workspace = Workspace::new(NOTE);
    let symbols = ask(&Client::pulling(&workspace), &workspace, "textDocument/documentSymbol", Value::Null);
    assert_eq!(symbols[1]["name"], "Inner");
    assert_eq!(symbols[1]["containerName"], "Café 😀");
    assert_eq!(symbols[1]["location"]["uri"], workspace.uri("note.md"));
}

#[test]
fn terms_files_and_headings_are_found_by_some_of_their_letters() {
    let workspace = Workspace::new(&format!("{NOTE}//- /sources/more.txt\nWhen I say inert I mean slow to move.\n"));
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "note.md");
    server.diagnostics(&workspace, "note.md");
    let mut find = |query: &str| {
        let found = server.request("workspace/symbol", json!({ "query": query }));
        let found = found.as_array().expect("symbols are a list").iter();
        let shown = |one: &Value| (one["name"].as_str().map(str::to_owned), workspace.slice(&one["location"]));
        found.map(shown).collect::<Vec<_>>()
    };
    let named = |name: &str, words: &str| (Some(name.to_owned()), words.to_owned());
    assert_eq!(find("iner"), [named("inert", "When I say inert I mean slow to move."), named("Inner", "## Inner"),]);
    assert_eq!(find("mr"), [named("more", "")]);
}

#[test]
fn sections_fold() {
    let workspace = Workspace::new(NOTE);
    let folds = ask(&Client::pulling(&workspace), &workspace, "textDocument/foldingRange", Value::Null);
    let lines: Vec<(u64, u64)> = folds.as_array().expect("there are folds").iter().map(lines).collect();
    assert!(lines.contains(&(0, 6)) && lines.contains(&(4, 6)), "{lines:?}");
}

fn lines(fold: &Value) -> (u64, u64) {
    let line = |name: &str| fold[name].as_u64().expect("a line is a number");
    (line("startLine"), line("endLine"))
}

#[test]
fn a_selection_grows_from_the_word_to_the_file() {
    let workspace = Workspace::new(NOTE);
    let positions = json!({ "positions": [{ "line": 2, "character": 5 }] });
    let selections = ask(&Client::pulling(&workspace), &workspace, "textDocument/selectionRange", positions);
    let mut ranges = Vec::new();
    let mut at = &selections[0];
    while !at.is_null() {
        ranges.push(workspace.slice(&json!({ "uri": workspace.uri("note.md"), "range": at["range"] })));
        at = &at["parent"];
    }
    assert_eq!(ranges.first().map(String::as_str), Some("words"));
    assert_eq!(ranges.get(1).map(String::as_str), Some("Two words."));
    assert_eq!(ranges.last(), Some(&workspace.read("note.md")));
}

#[test]
fn a_citation_is_a_link_to_its_line() {
    let workspace = Workspace::new(NOTE);
    let links = ask(&Client::pulling(&workspace), &workspace, "textDocument/documentLink", Value::Null);
    assert_eq!(links[0]["target"], format!("{}#L2", workspace.uri("sources/page.txt")));
}

#[test]
fn a_lens_counts_the_claims_of_a_note_if_the_client_wants_it() {
    let workspace = Workspace::new(
        "//- /sources/page.txt\nA page about something else.\n//- /note.md\n\
         More than 70 percent of the papers published in 2024 used the word without defining it.\n",
    );
    let client = Client { options: json!({ "lens": true }), ..Client::pulling(&workspace) };
    let lenses = ask(&client, &workspace, "textDocument/codeLens", Value::Null);
    assert_eq!(lenses[0]["command"]["title"], "1 claim · 1 uncited");
    assert_eq!(lenses.as_array().map(Vec::len), Some(1));
}
