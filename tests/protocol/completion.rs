//! Completion.

use ibid_tests::{Server, Workspace};
use serde_json::Value;

const WORKSPACE: &str = "\
//- /sources/page.md
---
id: carlsmith2023
title: Scheming AIs
---

# Models that plan

A schemer is defined as a model that games its training in order to gain power later.
//- /notes/note.md
# Here

";

/// The items that are offered after `line`, typed at the end of the open note.
fn complete(line: &str) -> (Workspace, Server, Vec<Value>) {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    server.diagnostics(&workspace, "notes/note.md");
    let text = format!("{}{line}", workspace.read("notes/note.md"));
    server.replace(&workspace, "notes/note.md", 2, &text);
    workspace.write("notes/note.md", text);
    let at = workspace.at("notes/note.md", line, line.chars().count());
    let mut found = server.request("textDocument/completion", at);
    let items = match found["items"].take() {
        Value::Array(items) => items,
        _ => Vec::new(),
    };
    (workspace, server, items)
}

/// The texts that the items insert.
fn written(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["textEdit"]["newText"].as_str().expect("an item writes something")).collect()
}

#[test]
fn a_term_is_offered_with_documentation() {
    let (_workspace, mut server, items) = complete("Most sche");
    assert_eq!(written(&items), ["schemer"]);
    assert_eq!(items[0]["textEdit"]["range"]["start"]["character"], 5);
    assert_eq!(items[0].get("documentation"), None);
    let resolved = server.request("completionItem/resolve", items[0].clone());
    let read = resolved["documentation"]["value"].as_str().expect("there is something to read");
    assert!(read.starts_with("**schemer**") && read.contains("page.md#L8"), "{read}");
}

#[test]
fn citations_are_offered() {
    assert_eq!(written(&complete("Most [@carl").2), ["carlsmith2023"]);
    assert_eq!(written(&complete("Most [[sch").2), ["page]]"]);
    assert_eq!(written(&complete("Most [[page#").2), ["Models that plan]]"]);
}

#[test]
fn code_is_left_alone() {
    assert_eq!(written(&complete("```\nMost [[sch").2), [""; 0]);
}

#[test]
fn an_open_quotation_is_completed_with_sentences_of_the_source() {
    let workspace = Workspace::new(
        "//- /sources/page.txt\nNothing. The harbour froze early that winter. Nothing.\n//- /note.md\n\
         He wrote “the harbour fro$0” once.\n",
    );
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "note.md");
    server.diagnostics(&workspace, "note.md");
    let list = server.request("textDocument/completion", workspace.at_cursor());
    let item = &list["items"][0];
    assert_eq!(item["label"], "the harbour froze early that winter");
    let new = "the harbour froze early that winter” [page\\.txt](sources/page.txt#L1)";
    assert_eq!(item["textEdit"]["newText"], new);
    let resolved = server.request("completionItem/resolve", item.clone());
    let shown = resolved["documentation"]["value"].as_str().expect("there is more to read");
    assert!(shown.contains("sources/page.txt#L1"), "{shown}");
}
