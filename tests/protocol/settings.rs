//! The client's settings, which override `ibid.toml`.

use ibid_tests::{Client, Server, Workspace};
use serde_json::json;

use crate::{ALTERED, codes};

#[test]
fn initial_settings_apply() {
    let workspace = Workspace::new(ALTERED);
    let settings = json!({ "severity": { "quote-altered": "error" }, "server": { "path": "/elsewhere" } });
    let client = Client { options: json!({ "settings": settings }), ..Client::pulling(&workspace) };
    let mut server = Server::start(&client);
    server.open(&workspace, "notes/note.md");
    assert_eq!(server.diagnostics(&workspace, "notes/note.md")[0]["severity"], 1);
}

#[test]
fn changed_settings_apply() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, "notes/note.md");
    assert_eq!(codes(&server.diagnostics(&workspace, "notes/note.md")), ["quote-altered"]);
    let settings = json!({ "ibid": { "severity": { "quote-altered": "off" } } });
    server.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    assert_eq!(codes(&server.diagnostics(&workspace, "notes/note.md")), Vec::<&str>::new());
    server.notify("workspace/didChangeConfiguration", json!({ "settings": { "ibid": {} } }));
    assert_eq!(codes(&server.diagnostics(&workspace, "notes/note.md")), ["quote-altered"]);
}

#[test]
fn problems_in_settings_are_reported() {
    let workspace = Workspace::new(ALTERED);
    let mut server = Server::pulling(&workspace);
    let settings = json!({ "ibid": { "quotes": { "minimum-word": 3 } } });
    server.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    let shown = server.notification("window/showMessage");
    assert!(shown["message"].as_str().is_some_and(|message| message.contains("minimum-words")), "{shown}");
}
