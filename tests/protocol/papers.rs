//! A workspace with PDFs, whose text is extracted.

use std::fs;

use ibid_tests::{Client, Server, Workspace, example_of};
use serde_json::json;

const NOTE: &str = "notes/committees.md";

fn serve() -> (Workspace, Server) {
    let workspace = example_of("papers");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    (workspace, server)
}

#[test]
fn a_finding_says_the_page() {
    let (workspace, mut server) = serve();
    let findings = server.diagnostics(&workspace, NOTE);
    let [finding] = &findings[..] else { panic!("one fault was planted: {findings:?}") };
    let message = finding["message"].as_str().expect("it has a message");
    assert!(message.contains("“always”") && message.ends_with("(p. 3)"), "{message}");
}

#[test]
fn a_jump_leads_to_the_extracted_text() {
    let (workspace, mut server) = serve();
    server.diagnostics(&workspace, NOTE);
    let places = server.request("textDocument/definition", workspace.at(NOTE, "The difference may be due", 2));
    let place = &places[0];
    let uri = place["targetUri"].as_str().unwrap_or_else(|| panic!("it leads somewhere: {places}"));
    let path = uri.strip_prefix("file://").expect("a file");
    let text = fs::read_to_string(path).expect("the text is there");
    let line = place["targetSelectionRange"]["start"]["line"].as_u64().expect("a line");
    let (before, lines) = (line as usize, text.lines().collect::<Vec<_>>());
    assert!(
        lines[before].contains("The difference may be due to chance. It is certainly not in favour"),
        "{}",
        lines[before]
    );
    let page = lines[..before].iter().rev().find_map(|line| line.strip_prefix('\u{c}'));
    assert_eq!(page, Some("[p. 2]"));
}

#[test]
fn a_hover_names_the_page_and_links_to_it() {
    let (workspace, mut server) = serve();
    server.diagnostics(&workspace, NOTE);
    let hover = server.request("textDocument/hover", workspace.at(NOTE, "The difference may be due", 2));
    let text = hover["contents"]["value"].as_str().expect("there is a hover");
    for part in ["How Small Groups Decide", "moreau-2021.pdf, p. 2", "moreau-2021.pdf#page=2)"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_call_hierarchy_names_the_page() {
    let (workspace, mut server) = serve();
    server.diagnostics(&workspace, NOTE);
    let items = server.request("textDocument/prepareCallHierarchy", workspace.at(NOTE, "The difference may be due", 2));
    assert_eq!(items[0]["detail"], "How Small Groups Decide, p. 2");
}

/// A client that supports `workspace/textDocumentContent` of LSP 3.18.
fn reading_text_content(workspace: &Workspace) -> Server {
    let client = Client::pulling(workspace).with("/workspace/textDocumentContent", json!({}));
    let mut server = Server::start(&client);
    server.open(workspace, NOTE);
    server.diagnostics(workspace, NOTE);
    server
}

#[test]
fn a_client_that_reads_text_content_gets_an_ibid_uri() {
    let workspace = example_of("papers");
    let mut server = reading_text_content(&workspace);
    let offered = &server.initialized["capabilities"]["workspace"]["textDocumentContent"];
    assert_eq!(*offered, json!({ "schemes": ["ibid"] }));
    let places = server.request("textDocument/definition", workspace.at(NOTE, "The difference may be due", 2));
    let uri = places[0]["targetUri"].as_str().unwrap_or_else(|| panic!("it leads somewhere: {places}"));
    assert!(uri.starts_with("ibid:") && uri.ends_with("moreau-2021.pdf.txt"), "{uri}");

    let content = server.request("workspace/textDocumentContent", json!({ "uri": uri }));
    let text = content["text"].as_str().expect("it has a text").to_owned();
    let line = places[0]["targetSelectionRange"]["start"]["line"].as_u64().expect("a line") as usize;
    assert!(text.lines().nth(line).is_some_and(|line| line.contains("The difference may be due to chance")));

    // The client then opens the text, and can request the references of a passage in it.
    let shown = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
    server.notify("textDocument/didOpen", json!({ "textDocument": shown }));
    let place = json!({ "textDocument": { "uri": uri }, "position": places[0]["targetSelectionRange"]["start"],
        "context": { "includeDeclaration": false } });
    let quoting = server.request("textDocument/references", place);
    assert_eq!(quoting[0]["uri"], workspace.uri(NOTE));
}

#[test]
fn a_changed_text_is_refreshed() {
    let workspace = example_of("papers");
    let mut server = reading_text_content(&workspace);
    let places = server.request("textDocument/definition", workspace.at(NOTE, "The difference may be due", 2));
    let uri = places[0]["targetUri"].clone();
    let params = json!({ "uri": uri });
    let before = server.request("workspace/textDocumentContent", params.clone());
    workspace.write("sources/moreau-2021.pdf", document("The paper was withdrawn by its authors."));
    server.touched(&workspace, "sources/moreau-2021.pdf");
    assert_eq!(server.asked("workspace/textDocumentContent/refresh")["uri"], uri);
    let after = server.request("workspace/textDocumentContent", params);
    assert!(after["text"].as_str().is_some_and(|text| text.contains("withdrawn by its authors")), "{after}");
    assert_ne!(before, after);
}

/// A PDF of one page with one line on it.
fn document(line: &str) -> Vec<u8> {
    let content = format!("BT /F 12 Tf 72 700 Td ({line}) Tj ET");
    let page = "/MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R {page} >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut table = "0000000000 65535 f \n".to_owned();
    let add = |pdf: &mut Vec<u8>, part: String| pdf.extend(part.into_bytes());
    for (number, object) in (1..).zip(&objects) {
        table.extend([format!("{:010} 00000 n \n", pdf.len())]);
        add(&mut pdf, format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (size, start) = (objects.len() + 1, pdf.len());
    add(&mut pdf, format!("xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"));
    add(&mut pdf, format!("startxref\n{start}\n%%EOF\n"));
    pdf
}

#[test]
fn a_uri_of_no_document_has_no_text() {
    let workspace = example_of("papers");
    let mut server = reading_text_content(&workspace);
    for address in [workspace.uri("notes/none.pdf.txt").replace("file:", "ibid:"), workspace.uri(NOTE)] {
        let id = server.begin("workspace/textDocumentContent", json!({ "uri": address }));
        assert!(server.answer(id)["error"]["message"].as_str().is_some_and(|told| told.contains(&address)));
    }
}
