//! Requests in the bundled example.

use ibid_tests::{Server, Workspace, example};
use serde_json::Value;

/// Jumps from the first occurrence of `words` in a note. Returns the file and text of each target.
fn jump(note: &str, words: &str) -> Vec<(String, String)> {
    let workspace = example();
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, note);
    server.diagnostics(&workspace, note);
    let places = server.request("textDocument/definition", workspace.at(note, words, 2));
    let places = places.as_array().unwrap_or_else(|| panic!("{words:?} leads nowhere"));
    places.iter().map(|place| target(&workspace, place)).collect()
}

/// The file and text that a link leads to.
fn target(workspace: &Workspace, link: &Value) -> (String, String) {
    let uri = link["targetUri"].as_str().expect("a link has a target").to_owned();
    let file = uri.rsplit('/').next().unwrap_or_default().to_owned();
    let place = serde_json::json!({ "uri": uri, "range": link["targetSelectionRange"] });
    (file, workspace.slice(&place))
}

/// The Markdown of the hover at the first occurrence of `words` in a note.
fn hover(note: &str, words: &str) -> String {
    let workspace = example();
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, note);
    server.diagnostics(&workspace, note);
    let hover = server.request("textDocument/hover", workspace.at(note, words, 2));
    hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("{words:?} has no hover")).to_owned()
}

const KWA: &str = "001_bfa0dc0747c7faaa.txt";
const REVIEWS: &str = "003_8279fd142acaf4fa.txt";

#[test]
fn from_an_inline_quotation_to_its_very_words() {
    let places = jump("notes/consequentialism.md", "thoughts in part based");
    assert_eq!(places, [(KWA.to_owned(), "picks thoughts in part based on real-world consequences".to_owned())]);
}

#[test]
fn from_a_quotation_broken_over_lines_to_its_very_words() {
    let places = jump("notes/consequentialism.md", "we don’t have good formalisms");
    assert_eq!(places.len(), 1);
    assert!(places[0].1.starts_with("we don't have good formalisms"), "{places:?}");
    assert!(places[0].1.ends_with("know how to reason about them"), "{places:?}");
}

#[test]
fn from_a_changed_quotation_to_the_words_it_changes() {
    let places = jump("notes/schemers.md", "I’m not generically against");
    assert_eq!(places[0].0, REVIEWS);
    assert!(places[0].1.contains("clarity is often very important"), "{places:?}");
}

#[test]
fn from_an_elided_block_to_each_of_its_parts() {
    let places = jump("notes/schemers.md", "I think people often use it now");
    let texts: Vec<&str> = places.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].ends_with("in the colloquial sense"), "{texts:?}");
    assert!(texts[1].starts_with("Is my girlfriend a schemer"), "{texts:?}");
}

#[test]
fn from_a_citation_to_its_source() {
    let places = jump("notes/schemers.md", "003_8279fd142acaf4fa]]");
    assert_eq!(places.iter().map(|(file, _)| file.as_str()).collect::<Vec<_>>(), [REVIEWS]);
}

#[test]
fn a_hover_on_a_quotation_shows_the_verdict_and_the_changed_words() {
    let text = hover("notes/schemers.md", "I’m not generically against");
    assert!(text.contains("often") && text.contains("always"), "{text}");
}

#[test]
fn a_hover_on_a_term_shows_its_senses_and_where_they_stand() {
    let text = hover("notes/schemers.md", "schemers in which");
    assert!(text.contains("Carlsmith"), "{text}");
    assert!(text.contains("training gaming"), "{text}");
    assert!(text.contains("colloquial"), "{text}");
    assert!(text.contains(&format!("{REVIEWS}#L")), "it links to a place: {text}");
}

#[test]
fn a_clean_note_has_no_finding() {
    let workspace = example();
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/reading-log.md");
    assert_eq!(server.diagnostics(&workspace, "notes/reading-log.md"), Vec::<Value>::new());
}
