//! A workspace with pages saved from the web.

use ibid_tests::{Server, Workspace, example_of};
use serde_json::{Value, json};

const NOTE: &str = "notes/instruments.md";

fn serve() -> (Workspace, Server) {
    let workspace = example_of("saved-pages");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    server.diagnostics(&workspace, NOTE);
    (workspace, server)
}

/// Jumps from the first occurrence of `words` in the note. Returns the text at each target, as it is in the file.
fn jump(words: &str) -> Vec<String> {
    let (workspace, mut server) = serve();
    let places = server.request("textDocument/definition", workspace.at(NOTE, words, 2));
    let places = places.as_array().unwrap_or_else(|| panic!("{words:?} leads nowhere"));
    let place = |link: &Value| json!({ "uri": link["targetUri"], "range": link["targetSelectionRange"] });
    places.iter().map(|link| workspace.slice(&place(link))).collect()
}

#[test]
fn from_a_quotation_to_the_file_as_it_was_saved() {
    let places = jump("averaged away");
    assert!(places.contains(&"noise can be averaged away, while an audience error cannot".to_owned()), "{places:?}");
    let [place] = &jump("has recorded the height")[..] else { panic!("one page has it") };
    assert!(place.starts_with("has recorded the height of the sea at Marren since 1847.<sup id="), "{place}");
    assert!(place.ends_with("in continuous use"), "{place}");
}

#[test]
fn from_the_address_of_a_comment_to_the_comment() {
    let [place] = &jump("https://www.lesswrong.com")[..] else { panic!("one comment has it") };
    assert!(place.starts_with("noise can be averaged") && place.ends_with("rather than on ships."), "{place}");
}

#[test]
fn a_hover_shows_a_comment() {
    let (workspace, mut server) = serve();
    let hover = server.request("textDocument/hover", workspace.at(NOTE, "becomes an ordinary covariate", 2));
    let text = hover["contents"]["value"].as_str().expect("there is a hover");
    for part in ["Tomas Reed, commenting there", "2024-02-11", "commentId=aB3dEf5gHi7jKl9mN"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
