//! docs/features.md lists exactly what the server offers, and the test cases that it names exist.

use std::{collections::BTreeSet, fs, path::Path};

use ibid_tests::{Client, Server, Workspace};
use serde_json::{Value, json};

/// A row of the second table.
struct Row {
    request: String,
    neovim: String,
    vscode: String,
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rows() -> Vec<Row> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, _, request, neovim, vscode, _] = cells[..] else { return None };
        let request = request.strip_prefix('`')?.strip_suffix('`')?;
        Some(Row { request: request.to_owned(), neovim: neovim.to_owned(), vscode: vscode.to_owned() })
    };
    read("docs/features.md").lines().filter_map(row).collect()
}

/// The requests that a server's capabilities allow.
fn requests(capabilities: &Value) -> BTreeSet<String> {
    let offered = |pointer: &str| capabilities.pointer(pointer).is_some_and(|value| !value.is_null() && value != false);
    let providers = capabilities.as_object().expect("capabilities are an object").keys();
    let request = |name: &str| match name {
        "workspaceSymbol" => "workspace/symbol".to_owned(),
        "callHierarchy" => "textDocument/prepareCallHierarchy".to_owned(),
        name => format!("textDocument/{name}"),
    };
    let mut requests: BTreeSet<String> = providers
        .filter(|name| offered(&format!("/{name}")))
        .filter_map(|name| name.strip_suffix("Provider"))
        .map(request)
        .collect();
    let others = [
        ("/diagnosticProvider/workspaceDiagnostics", "workspace/diagnostic"),
        ("/workspace/fileOperations/willRename", "workspace/willRenameFiles"),
        ("/workspace/textDocumentContent", "workspace/textDocumentContent"),
    ];
    requests.extend(others.iter().filter(|(pointer, _)| offered(pointer)).map(|(_, request)| (*request).to_owned()));
    requests
}

#[test]
fn the_table_lists_every_request_that_the_server_announces() {
    let workspace = Workspace::new("");
    let options = json!({ "lens": true, "hints": true, "workspaceDiagnostics": true });
    let client = Client { options, ..Client::pulling(&workspace) }.with("/workspace/textDocumentContent", json!({}));
    let server = Server::start(&client);
    let listed: BTreeSet<String> = rows().into_iter().map(|row| row.request).collect();
    assert_eq!(listed, requests(&server.initialized["capabilities"]));
}

#[test]
fn the_cases_that_the_table_names_are_there() {
    let rows = rows();
    let check = |path: &str, case: &str, named: fn(&Row) -> &str| {
        let tests = read(path);
        let named: Vec<&str> = rows.iter().map(named).filter(|name| *name != "—").collect();
        assert!(named.len() > 10, "{path}: {named:?}");
        for name in named {
            assert!(tests.contains(&format!("{case}('{name}'")), "{path} has no case “{name}”");
        }
    };
    check("tests/editors/neovim.lua", "case", |row| &row.neovim);
    check("tests/editors/vscode/driver/driver.js", "test", |row| &row.vscode);
}
