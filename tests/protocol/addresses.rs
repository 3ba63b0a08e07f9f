//! Addresses as clients send them: not escaped, escaped in several ways, and through symbolic links.

use std::path::Path;

use ibid_tests::{Client, Server, Workspace};
use serde_json::json;

use crate::codes;

const NOTE: &str = "\
She writes \"the lamp was lit by an old keeper on each clear night\" [[lamp]].
";

const SOURCE: &str = "The lamp was lit by a young keeper on each clear night.\n";

/// The path of a file as a URI in which only a percent sign is escaped.
fn raw(path: &Path) -> String {
    format!("file://{}", path.display()).replace('%', "%25")
}

/// Opens a document and asks about its diagnostics and its first link. The codes, and where the link leads.
fn ask(server: &mut Server, opened: &str, asked: &str) -> (Vec<String>, String) {
    let document = json!({ "uri": opened, "languageId": "markdown", "version": 1, "text": NOTE });
    server.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let report = server.request("textDocument/diagnostic", json!({ "textDocument": { "uri": asked } }));
    let found = codes(report["items"].as_array().expect("a full report")).into_iter().map(str::to_owned).collect();
    let position = json!({ "line": 0, "character": NOTE.find("[[").expect("there is a link") + 3 });
    let goal =
        server.request("textDocument/definition", json!({ "textDocument": { "uri": asked }, "position": position }));
    let goal = goal[0]["uri"].as_str().or(goal[0]["targetUri"].as_str()).unwrap_or_default().to_owned();
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": opened } }));
    (found, goal)
}

#[cfg(unix)]
#[test]
fn what_a_client_does_not_escape_stands_for_itself() {
    let names = ["a [draft]", "a|b", "a^b", "a{b}", "a b", "ärger", "日記", "50% of it"];
    let notes = names.map(|name| format!("//- /notes/{name}.md\n{NOTE}")).concat();
    let workspace = Workspace::new(&format!("//- /sources/lamp.txt\n{SOURCE}{notes}"));
    let mut server = Server::pulling(&workspace);
    for name in names {
        let path = format!("notes/{name}.md");
        let (plain, escaped) = (raw(&workspace.path(&path)), workspace.uri(&path));
        for (opened, asked) in [(&plain, &plain), (&plain, &escaped), (&escaped, &plain)] {
            let (codes, goal) = ask(&mut server, opened, asked);
            assert_eq!(codes, ["quote-altered"], "{opened}, {asked}");
            assert_eq!(goal, workspace.uri("sources/lamp.txt"));
        }
    }
}

#[cfg(unix)]
#[test]
fn a_workspace_may_have_such_a_name() {
    let workspace =
        Workspace::new(&format!("//- /my [vault] é/sources/lamp.txt\n{SOURCE}//- /my [vault] é/n.md\n{NOTE}"));
    let root = workspace.path("my [vault] é");
    let client = Client { folders: vec![raw(&root)], ..Client::pulling(&workspace) };
    let mut server = Server::start(&client);
    let note = raw(&root.join("n.md"));
    assert_eq!(ask(&mut server, &note, &note).0, ["quote-altered"]);
}

#[cfg(unix)]
#[test]
fn a_workspace_opened_through_a_link_is_like_any_other() {
    use std::os::unix::fs::symlink;
    let workspace = Workspace::new(&format!("//- /real/sources/lamp.txt\n{SOURCE}//- /real/notes/n.md\n{NOTE}"));
    symlink("real", workspace.path("link")).expect("a link can be made");
    symlink("../sources/lamp.txt", workspace.path("real/notes/first.txt")).expect("a link can be made");
    symlink("notes", workspace.path("real/again")).expect("a link can be made");
    for root in ["real", "link"] {
        let client = Client { folders: vec![workspace.uri(root)], ..Client::pulling(&workspace) };
        let mut server = Server::start(&client);
        // A document may also be opened by another of its paths.
        for path in ["real/notes/n.md", "link/notes/n.md", "real/again/n.md", "link/again/n.md"] {
            let note = workspace.uri(path);
            let (codes, goal) = ask(&mut server, &note, &note);
            assert_eq!(codes, ["quote-altered"], "{root}: {path}");
            assert_eq!(goal, workspace.uri(&format!("{root}/sources/lamp.txt")), "{root}: {path}");
        }
    }
}
