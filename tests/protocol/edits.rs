//! Many edits give the same result as opening the final text.

use ibid_tests::{Client, Server, Workspace, example};
use serde_json::{Value, json};

const NOTE: &str = "notes/software-progress.md";
/// The version after five hundred edits of version 1.
const LAST: i32 = 501;

/// Snippets to insert: words, opening and closing marks, characters of every width, every line ending.
const SNIPPETS: [&str; 16] = [
    "a",
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "“",
    "”",
    "> ",
    "[@review-comments]",
    "[[",
    "]]",
    "é",
    "😀",
    "**compute**",
    "- ",
    "half of recent AI progress comes from using more compute in AI development",
];

#[test]
fn five_hundred_edits_equal_the_final_text() {
    let workspace = example();
    let mut text = workspace.read(NOTE);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    let mut random = Random(7);
    for version in 2..=LAST {
        let change = random.edit(&mut text);
        server.change(&workspace, NOTE, version, json!([change]));
    }
    let mut fresh = Server::pulling(&workspace);
    fresh.open_as(&workspace, NOTE, &text);
    let findings = without_pages(server.diagnostics(&workspace, NOTE));
    assert_eq!(findings, without_pages(fresh.diagnostics(&workspace, NOTE)), "in:\n{text}");
    for line in 0..text.lines().count() {
        let at = json!({
            "textDocument": { "uri": workspace.uri(NOTE) },
            "position": { "line": line, "character": 12 },
        });
        let hover = server.request("textDocument/hover", at.clone());
        assert_eq!(hover, fresh.request("textDocument/hover", at.clone()), "{at} in:\n{text}");
    }
}

/// Findings without the address of their code's page. Without a cache, each server writes the page to a folder of its own.
fn without_pages(mut findings: Vec<Value>) -> Vec<Value> {
    for finding in &mut findings {
        finding.as_object_mut().expect("a finding is an object").remove("codeDescription");
    }
    findings
}

#[test]
fn a_request_sees_every_edit_sent_before_it() {
    let workspace = Workspace::new("//- /sources/page.txt\nA page.\n//- /note.md\n\n");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "note.md");
    server.diagnostics(&workspace, "note.md");
    let (wrong, right) = ("[page](sources/gone.txt)\n", "[page](sources/page.txt)\n");
    let mut asked = Vec::new();
    for version in 2..200 {
        let text = if version % 2 == 0 { wrong } else { right };
        server.replace(&workspace, "note.md", version, text);
        let document = json!({ "uri": workspace.uri("note.md") });
        asked.push((version, server.begin("textDocument/diagnostic", json!({ "textDocument": document }))));
    }
    let mut answers = server.answers(asked.iter().map(|(_, id)| *id));
    for (version, id) in asked {
        let answer = answers.remove(&id).expect("every request has an answer");
        let findings = answer["result"]["items"].as_array().map(Vec::len);
        assert_eq!(findings, Some(usize::from(version % 2 == 0)), "at version {version}: {answer}");
    }
}

#[test]
fn the_last_of_many_edits_is_the_one_that_is_pushed() {
    let workspace = example();
    let mut text = workspace.read(NOTE);
    let mut server = Server::start(&Client::plain(&workspace));
    server.open(&workspace, NOTE);
    let mut random = Random(11);
    for version in 2..=LAST {
        let change = random.edit(&mut text);
        server.change(&workspace, NOTE, version, json!([change]));
    }
    let pushed = server.published(&workspace, NOTE, LAST);
    let mut fresh = Server::start(&Client::plain(&workspace));
    fresh.open_as(&workspace, NOTE, &text);
    assert_eq!(pushed, fresh.published(&workspace, NOTE, 1), "in:\n{text}");
}

#[test]
fn a_version_that_does_not_increase_is_refused() {
    let workspace = Workspace::new("//- /sources/page.txt\nA page.\n//- /note.md\nA note.\n");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "note.md");
    server.replace(&workspace, "note.md", 5, "Fine.\n");
    server.replace(&workspace, "note.md", 4, "[page](sources/gone.txt)\n");
    assert!(server.diagnostics(&workspace, "note.md").is_empty());
}

/// A pseudo-random generator with a fixed seed (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    /// Replaces a short part of the text by a snippet. Returns the change as a client sends it.
    fn edit(&mut self, text: &mut String) -> Value {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let first = self.below(places.len());
        let last = (first + self.below(6)).min(places.len() - 1);
        let (mut start, mut end) = (places[first], places[last]);
        // A cursor is never inside a `\r\n`.
        for place in [&mut start, &mut end] {
            if text[..*place].ends_with('\r') && text[*place..].starts_with('\n') {
                *place += 1;
            }
        }
        let snippet = SNIPPETS[self.below(SNIPPETS.len())];
        let range = json!({ "start": position(text, start), "end": position(text, end) });
        text.replace_range(start..end, snippet);
        json!({ "range": range, "text": snippet })
    }
}

/// The UTF-16 position of a byte offset, with the line endings of LSP.
fn position(text: &str, at: usize) -> Value {
    let head = text[..at].replace("\r\n", "\n").replace('\r', "\n");
    let line = head.matches('\n').count();
    let column = head.rsplit('\n').next().map_or(0, |head| head.encode_utf16().count());
    json!({ "line": line, "character": column })
}
