//! What a person does with a document that has no text of its own.

use std::fs;

use ibid_tests::{Server, Workspace, example_of};

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
fn a_jump_lands_in_the_text_that_was_taken_out() {
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
fn a_hover_tells_the_page_and_links_to_it() {
    let (workspace, mut server) = serve();
    server.diagnostics(&workspace, NOTE);
    let hover = server.request("textDocument/hover", workspace.at(NOTE, "The difference may be due", 2));
    let text = hover["contents"]["value"].as_str().expect("there is a hover");
    for part in ["How Small Groups Decide", "moreau-2021.pdf, p. 2", "moreau-2021.pdf#page=2)"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn who_quotes_whom_is_told_with_the_page() {
    let (workspace, mut server) = serve();
    server.diagnostics(&workspace, NOTE);
    let items = server.request("textDocument/prepareCallHierarchy", workspace.at(NOTE, "The difference may be due", 2));
    assert_eq!(items[0]["detail"], "How Small Groups Decide, p. 2");
}
