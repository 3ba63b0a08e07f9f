//! Diagnostics: their contents, pulled and pushed.

use ibid_tests::{Client, Server, Workspace, command};
use serde_json::{Value, json};

use crate::{ALTERED, codes};

#[test]
fn a_finding_carries_its_evidence() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    let findings = server.diagnostics(&workspace, "notes/note.md");
    assert_eq!(codes(&findings), ["quote-altered"]);
    let finding = &findings[0];
    assert_eq!(finding["source"], "ibid");
    assert_eq!(finding["severity"], 2);
    assert_eq!(finding["range"]["start"]["line"], 2);
    let related = &finding["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], workspace.uri("sources/page.txt"));
    assert!(workspace.slice(related).contains("more compute"), "{related}");
}

#[test]
fn the_code_links_to_existing_documentation() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    let findings = server.diagnostics(&workspace, "notes/note.md");
    let href = findings[0]["codeDescription"]["href"].as_str().expect("the code has a link");
    let (page, code) = href.strip_prefix("file://").and_then(|href| href.split_once('#')).expect("it has a fragment");
    assert_eq!(code, "quote-altered");
    let page = std::fs::read_to_string(page).expect("the page is there");
    assert!(page.lines().any(|line| line.starts_with('#') && line.contains(code)), "{page}");
}

#[test]
fn unchanged_diagnostics_are_not_sent_again() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    let document = json!({ "uri": workspace.uri("notes/note.md") });
    let first = server.request("textDocument/diagnostic", json!({ "textDocument": document }));
    let again = json!({ "textDocument": document, "previousResultId": first["resultId"] });
    assert_eq!(server.request("textDocument/diagnostic", again.clone())["kind"], "unchanged");
    server.replace(&workspace, "notes/note.md", 2, "Nothing is quoted here.\n");
    assert_eq!(server.request("textDocument/diagnostic", again)["items"], json!([]));
}

#[test]
fn diagnostics_are_pushed_after_each_change() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::start(&Client::plain(&workspace));
    server.open(&workspace, "notes/note.md");
    let told = server.published(&workspace, "notes/note.md", 1);
    assert_eq!(codes(&told), ["quote-altered"]);
    let mended = workspace.read("notes/note.md").replace("less", "more");
    server.replace(&workspace, "notes/note.md", 2, &mended);
    assert!(server.published(&workspace, "notes/note.md", 2).is_empty());
}

#[test]
fn a_closed_note_has_no_findings_pushed() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::start(&Client::plain(&workspace));
    server.open(&workspace, "notes/note.md");
    server.published(&workspace, "notes/note.md", 1);
    server.close(&workspace, "notes/note.md");
    let last = server.notification("textDocument/publishDiagnostics");
    assert_eq!((last["uri"].as_str(), &last["diagnostics"]), (Some(&*workspace.uri("notes/note.md")), &json!([])));
}

#[test]
fn nothing_is_pushed_to_a_client_that_pulls() {
    // Dropping the server asserts that no message is unread, so no diagnostics were pushed.
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    assert_eq!(server.diagnostics(&workspace, "notes/note.md").len(), 1);
}

#[test]
fn a_fix_resolves_the_finding() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    let finding = server.diagnostics(&workspace, "notes/note.md").remove(0);
    let params = json!({
        "textDocument": { "uri": workspace.uri("notes/note.md") },
        "range": finding["range"],
        "context": { "diagnostics": [finding] },
    });
    let actions = server.request("textDocument/codeAction", params);
    let preferred = actions.as_array().expect("there are fixes").iter().find(|action| action["isPreferred"] == true);
    let edit = &preferred.expect("one is preferred")["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({ "uri": workspace.uri("notes/note.md"), "version": 1 }));
    let changes: Vec<Value> = edit["edits"].as_array().expect("it has edits").iter().rev().map(as_change).collect();
    server.change(&workspace, "notes/note.md", 2, Value::Array(changes));
    assert!(server.diagnostics(&workspace, "notes/note.md").is_empty());
}

fn as_change(edit: &Value) -> Value {
    json!({ "range": edit["range"], "text": edit["newText"] })
}

#[test]
fn a_workspace_without_sources_is_not_diagnosed() {
    let workspace = Workspace::new("//- /README.md\nMore than 70 % of all papers say “this is so” [@nobody].\n");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "README.md");
    assert!(server.diagnostics(&workspace, "README.md").is_empty());
}

#[test]
fn accepted_and_disabled_findings_are_not_reported() {
    let head = "//- /known.json\n{\"version\": 1, \"findings\": []}\n//- /ibid.toml\nbaseline = \"known.json\"\n\
                [[override]]\npaths = [\"drafts\"]\nseverity = { quote-altered = \"off\" }\n";
    let draft = ALTERED.split("//- /").find_map(|file| file.strip_prefix("notes/note.md")).expect("there is a note");
    let workspace = Workspace::new(&format!("{head}{ALTERED}//- /drafts/draft.md{draft}"));
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    server.open(&workspace, "drafts/draft.md");
    assert_eq!(codes(&server.diagnostics(&workspace, "drafts/draft.md")), [""; 0]);
    assert_eq!(codes(&server.diagnostics(&workspace, "notes/note.md")), ["quote-altered"]);
    let write = command().args(["check", "--write-baseline", "known.json"]).current_dir(workspace.root()).status();
    assert!(write.expect("the binary runs").success());
    server.touched(&workspace, "known.json");
    assert_eq!(codes(&server.diagnostics(&workspace, "notes/note.md")), [""; 0]);
}
