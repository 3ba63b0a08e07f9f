//! Requests about quotations: call hierarchy, code lenses, inlay hints, semantic tokens.

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

const WORKSPACE: &str = "\
//- /ibid.toml
bibliography = [\"refs.bib\"]
//- /refs.bib
@book{drift1999, title = {On drift}}
//- /sources/page.txt
When I say drift I mean the slow change of a sensor over the years.

Nothing of note stands here.
//- /notes/first.md
# First

They say “the slow change of a sensor over the years” ([page](../sources/page.txt)), perhaps [@drift1999].
//- /notes/second.md
# Second

“The slow change of a sensor over the decades” ([page](../sources/page.txt)).
";

fn start(workspace: &Workspace, client: &Client) -> Server {
    let mut server = Server::start(client);
    server.open(workspace, "notes/first.md");
    server.diagnostics(workspace, "notes/first.md");
    server
}

#[test]
fn quotations_of_a_passage_are_a_call_hierarchy() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = start(&workspace, &Client::pulling(&workspace));
    let items = server.request("textDocument/prepareCallHierarchy", workspace.at("sources/page.txt", "slow change", 2));
    assert_eq!(workspace.slice(&items[0]), "When I say drift I mean the slow change of a sensor over the years.");
    let quoting = server.request("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    let names: Vec<&str> = array(&quoting).iter().filter_map(|call| call["from"]["name"].as_str()).collect();
    assert_eq!(names, ["First", "Second"]);
    let quotation = json!({ "uri": workspace.uri("notes/first.md"), "range": quoting[0]["fromRanges"][0] });
    assert_eq!(workspace.slice(&quotation), "“the slow change of a sensor over the years”");
    let quoted = server.request("callHierarchy/outgoingCalls", json!({ "item": quoting[0]["from"] }));
    assert_eq!(quoted[0]["to"]["detail"], "sources/page.txt:1");
}

#[test]
fn a_lens_counts_the_notes_that_quote_a_passage() {
    let workspace = Workspace::new(WORKSPACE);
    let client = |options| Client { options, ..Client::pulling(&workspace) };
    let lenses = |client: &Client| {
        let document = json!({ "textDocument": { "uri": workspace.uri("sources/page.txt") } });
        start(&workspace, client).request("textDocument/codeLens", document)
    };
    let plain = lenses(&client(json!({ "lens": true })));
    assert_eq!(array(&plain).len(), 1);
    assert_eq!(plain[0]["command"], json!({ "title": "Quoted in 2 notes", "command": "" }));
    let led = lenses(&client(json!({ "lens": true, "showReferences": true })));
    assert_eq!(led[0]["command"]["command"], "ibid.showReferences");
    assert_eq!(array(&led[0]["command"]["arguments"][2]).len(), 2);
}

#[test]
fn a_hint_shows_the_source_of_a_quotation_if_the_client_wants_it() {
    let workspace = Workspace::new(WORKSPACE);
    let client = Client { options: json!({ "hints": true }), ..Client::pulling(&workspace) };
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let params = json!({ "textDocument": { "uri": workspace.uri("notes/first.md") }, "range": whole });
    let hints = start(&workspace, &client).request("textDocument/inlayHint", params);
    assert_eq!(hints[0]["label"][0]["value"], "page:1");
    assert_eq!(workspace.slice(&hints[0]["label"][0]["location"]), "the slow change of a sensor over the years");
    let unasked = Server::pulling(&workspace);
    assert_eq!(unasked.initialized["capabilities"]["inlayHintProvider"], Value::Null);
}

#[test]
fn quotations_citations_terms_and_hedges_are_tokens() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = start(&workspace, &Client::pulling(&workspace));
    let legend = server.initialized["capabilities"]["semanticTokensProvider"]["legend"].take();
    let document = json!({ "textDocument": { "uri": workspace.uri("notes/first.md") } });
    let tokens = server.request("textDocument/semanticTokens/full", document);
    let (mut line, mut column) = (0, 0);
    let mut shown = Vec::new();
    for token in array(&tokens["data"]).chunks(5) {
        let [down, right, length, kind, standing] = [0, 1, 2, 3, 4].map(|at| token[at].as_u64().expect("a number"));
        column = if down > 0 { right } else { column + right };
        line += down;
        let position = |column| json!({ "line": line, "character": column });
        let range = json!({ "start": position(column), "end": position(column + length) });
        let words = workspace.slice(&json!({ "uri": workspace.uri("notes/first.md"), "range": range }));
        shown.push((legend["tokenTypes"][kind as usize].as_str().map(str::to_owned), standing, words));
    }
    let token = |kind: &str, standing, words: &str| (Some(kind.to_owned()), standing, words.to_owned());
    assert_eq!(
        shown,
        [
            token("quotation", 1, "“the slow change of a sensor over the years”"),
            token("citation", 0, "[page](../sources/page.txt)"),
            token("hedge", 0, "perhaps"),
            token("citation", 0, "[@drift1999]"),
        ]
    );
}

#[test]
fn tokens_can_be_requested_for_a_range_and_as_changes() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = start(&workspace, &Client::pulling(&workspace));
    let document = json!({ "uri": workspace.uri("notes/first.md") });
    let all = server.request("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    // The range touches the quotation but not what follows it.
    let range = json!({ "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 20 } });
    let part = server.request("textDocument/semanticTokens/range", json!({ "textDocument": document, "range": range }));
    let (all_data, part) = (array(&all["data"]), array(&part["data"]));
    assert!(part.len() == 5 && all_data.starts_with(part), "{part:?} of {all_data:?}");

    let mut changes = |since: &Value| {
        let params = json!({ "textDocument": document, "previousResultId": since });
        server.request("textDocument/semanticTokens/full/delta", params)
    };
    let none = changes(&all["resultId"]);
    assert_eq!(none["edits"], json!([]));
    assert_eq!(changes(&all["resultId"])["data"], all["data"], "an answer before the last is not remembered");

    let text = workspace.read("notes/first.md").replace(", perhaps", "");
    server.replace(&workspace, "notes/first.md", 2, &text);
    let last = server.request("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    assert_eq!(array(&last["data"]).len() + 5, all_data.len());
    server.replace(&workspace, "notes/first.md", 3, &workspace.read("notes/first.md"));
    let params = json!({ "textDocument": document, "previousResultId": last["resultId"] });
    let back = server.request("textDocument/semanticTokens/full/delta", params);
    let edit = &back["edits"][0];
    assert_eq!((edit["start"].as_u64(), edit["deleteCount"].as_u64()), (Some(10), Some(5)), "{back}");
    assert_eq!(edit["data"], json!(all_data[10..]));
}

#[test]
fn a_key_is_declared_in_the_bibliography() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = start(&workspace, &Client::pulling(&workspace));
    let places = server.request("textDocument/declaration", workspace.at("notes/first.md", "@drift1999", 3));
    assert_eq!(places[0]["targetUri"], workspace.uri("refs.bib"));
}

fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}
