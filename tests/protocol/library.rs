//! Requests beyond the protocol: sources with their quoted passages, a citation to insert, the report of what is indexed.

use ibid_tests::{Server, Workspace};
use serde_json::{Value, json};

const WORKSPACE: &str = "\
//- /sources/page.md
---
id: page
title: A Page
author: Ada First
---

The harbour froze early that winter.
//- /notes/note.md
He wrote “the harbour froze early that winter” [@page].
";

#[test]
fn sources_have_passages_that_notes_quote() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    server.diagnostics(&workspace, "notes/note.md");
    let sources = server.request("ibid/sources", Value::Null);
    let uri = workspace.uri("sources/page.md");
    let source = json!({ "uri": uri, "title": "A Page", "path": "sources/page.md", "authors": ["Ada First"] });
    assert_eq!(sources, json!([source]));
    let passages = server.request("ibid/quotedPassages", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(passages[0]["text"], "The harbour froze early that winter.");
    let quotation = &passages[0]["quotations"][0];
    assert_eq!(quotation["note"], "notes/note.md");
    assert_eq!(workspace.slice(quotation), "“the harbour froze early that winter”");
}

#[test]
fn a_source_is_cited_in_the_note_s_style() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::pulling(&workspace);
    let cite = |source: &str| {
        let of = |path: &str| json!({ "uri": workspace.uri(path) });
        json!({ "textDocument": of("notes/note.md"), "source": of(source) })
    };
    assert_eq!(server.request("ibid/cite", cite("sources/page.md")), "[@page]");
    assert_eq!(server.request("ibid/cite", cite("sources/none.md")), Value::Null);
}

#[test]
fn the_report_lists_what_is_indexed() {
    let workspace = Workspace::new(WORKSPACE);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    server.diagnostics(&workspace, "notes/note.md");
    let report = server.request("ibid/report", Value::Null);
    assert!(report.as_str().is_some_and(|report| report.contains("A Page, Ada First")), "{report}");
}
