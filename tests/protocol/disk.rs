//! Files that change on disk, while documents are open or not.

use ibid_tests::{Client, Server, Workspace};
use serde_json::json;

use crate::{ALTERED, codes};

const NOTE: &str = "notes/note.md";
const PAGE: &str = "sources/page.txt";
/// The source with the words that the note quotes.
const AGREEING: &str = "We assume that half of recent progress comes from using less compute in development.\n";

#[test]
fn what_the_client_says_has_changed_is_read_again() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["quote-altered"]);
    workspace.write(PAGE, AGREEING);
    server.touched(&workspace, PAGE);
    assert!(server.diagnostics(&workspace, NOTE).is_empty());
}

#[test]
fn changes_are_noticed_without_a_client_that_watches() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::start(&Client::plain(&workspace));
    server.open(&workspace, NOTE);
    server.published_until(&workspace, NOTE, |findings| codes(findings) == ["quote-altered"]);
    workspace.write(PAGE, AGREEING);
    server.published_until(&workspace, NOTE, <[_]>::is_empty);
}

#[test]
fn unsaved_text_wins_over_the_disk_until_it_is_closed() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    server.open_as(&workspace, PAGE, AGREEING);
    assert!(server.diagnostics(&workspace, NOTE).is_empty());
    workspace.write(PAGE, "Something else altogether stands here now, and nobody has quoted it.\n");
    server.touched(&workspace, PAGE);
    assert!(server.diagnostics(&workspace, NOTE).is_empty());
    workspace.write(PAGE, AGREEING.replace("less", "more"));
    server.touched(&workspace, PAGE);
    server.close(&workspace, PAGE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["quote-altered"]);
}

#[test]
fn a_source_can_come_and_go() {
    let workspace = Workspace::new(ALTERED);
    workspace.write(NOTE, "See [the other page](../sources/other.txt).\n");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["citation-unresolved"]);
    workspace.write("sources/other.txt", "The other page.\n");
    server.touched(&workspace, "sources/other.txt");
    assert!(server.diagnostics(&workspace, NOTE).is_empty());
    workspace.remove("sources/other.txt");
    server.touched(&workspace, "sources/other.txt");
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["citation-unresolved"]);
}

#[test]
fn a_folder_can_come_and_go() {
    let workspace = Workspace::new(ALTERED);
    workspace.write(NOTE, "See [a page](../sources/deep/page.txt).\n");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["citation-unresolved"]);
    workspace.write("sources/deep/page.txt", "Deep down.\n");
    server.touched(&workspace, "sources/deep");
    assert!(server.diagnostics(&workspace, NOTE).is_empty());
    std::fs::remove_dir_all(workspace.path("sources/deep")).expect("the folder can be removed");
    server.touched(&workspace, "sources/deep");
    assert_eq!(codes(&server.diagnostics(&workspace, NOTE)), ["citation-unresolved"]);
}

#[test]
fn the_configuration_is_read_again_when_it_changes() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    assert_eq!(server.diagnostics(&workspace, NOTE)[0]["severity"], 2);
    workspace.write("ibid.toml", "[severity]\nquote-altered = \"hint\"\n");
    server.touched(&workspace, "ibid.toml");
    assert_eq!(server.diagnostics(&workspace, NOTE)[0]["severity"], 4);
    workspace.remove("ibid.toml");
    server.touched(&workspace, "ibid.toml");
    assert_eq!(server.diagnostics(&workspace, NOTE)[0]["severity"], 2);
}

#[test]
fn a_client_that_pulls_is_asked_to_refresh() {
    let workspace = Workspace::new(ALTERED);
    let client = Client::pulling(&workspace).with("/workspace/diagnostics/refreshSupport", json!(true));
    let mut server = Server::start(&client);
    server.open(&workspace, NOTE);
    server.diagnostics(&workspace, NOTE);
    workspace.write(PAGE, AGREEING);
    server.touched(&workspace, PAGE);
    server.asked("workspace/diagnostic/refresh");
    assert!(server.diagnostics(&workspace, NOTE).is_empty());
}
