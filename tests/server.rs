use std::{
    collections::{HashMap, VecDeque},
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{Workspace, command, target};

/// How long to wait for a silent server before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a client sends in `initialize`.
#[derive(Clone, Debug)]
pub struct Client {
    /// `capabilities`.
    pub capabilities: Value,
    /// `initializationOptions`.
    pub options: Value,
    /// `processId`.
    pub process: Option<u32>,
    /// `workspaceFolders`, as URIs.
    pub folders: Vec<String>,
}

impl Client {
    /// A client that pulls diagnostics and gets no unrequested notifications.
    pub fn pulling(workspace: &Workspace) -> Self {
        let capabilities = json!({
            "textDocument": {
                "diagnostic": { "relatedInformation": true, "codeDescriptionSupport": true },
                "definition": { "linkSupport": true },
            },
            "workspace": {
                "workspaceEdit": { "documentChanges": true },
                // The client claims to watch files, so the server notices only the changes that it reports.
                "didChangeWatchedFiles": { "dynamicRegistration": true },
            },
        });
        Self { capabilities, options: Value::Null, process: None, folders: vec![workspace.uri("")] }
    }

    /// A client without capabilities: diagnostics are pushed to it, and the server watches files itself.
    pub fn plain(workspace: &Workspace) -> Self {
        Self { capabilities: json!({}), options: Value::Null, process: None, folders: vec![workspace.uri("")] }
    }

    /// Sets a capability, by its JSON pointer.
    #[must_use]
    pub fn with(mut self, pointer: &str, value: Value) -> Self {
        let place = pointer.split('/').skip(1).fold(&mut self.capabilities, |at, key| &mut at[key]);
        *place = value;
        self
    }
}

/// A running `ibid lsp`, initialized.
///
/// Dropping it shuts it down and asserts that it exits successfully, that no message is unread and that no error was logged.
pub struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Notifications that no test code has read yet.
    unread: VecDeque<Value>,
    /// Requests from the server. Each was answered with `null` on arrival.
    asked: VecDeque<Value>,
    log: Option<JoinHandle<String>>,
    last_id: i64,
    /// The answer to `initialize`.
    pub initialized: Value,
}

impl Server {
    /// Starts a server for a client and completes the handshake.
    pub fn start(client: &Client) -> Self {
        let mut server = Self::uninitialized();
        server.initialize(client);
        server
    }

    /// Starts a server with a cache in a folder, and completes the handshake.
    pub fn keeping(client: &Client, cache: &Path) -> Self {
        let mut server = Self::spawned(command().env("IBID_CACHE", cache));
        server.initialize(client);
        server
    }

    /// Starts a server and sends nothing to it.
    pub fn uninitialized() -> Self {
        Self::spawned(&mut command())
    }

    fn spawned(command: &mut Command) -> Self {
        let mut child = command
            .arg("lsp")
            .env("XDG_CACHE_HOME", target().join("tmp"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().expect("stdout is piped");
        let mut stderr = child.stderr.take().expect("stderr is piped");
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(message) = read_message(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let log = thread::spawn(move || {
            let mut log = Vec::new();
            stderr.read_to_end(&mut log).expect("stderr can be read");
            String::from_utf8_lossy(&log).into_owned()
        });
        Self {
            child,
            stdin,
            messages,
            unread: VecDeque::new(),
            asked: VecDeque::new(),
            log: Some(log),
            last_id: 0,
            initialized: Value::Null,
        }
    }

    /// Completes the handshake.
    pub fn initialize(&mut self, client: &Client) {
        let folder = |uri: &String| json!({ "uri": uri, "name": "workspace" });
        self.initialized = self.request(
            "initialize",
            json!({
                "processId": client.process,
                "rootUri": client.folders.first(),
                "capabilities": client.capabilities,
                "initializationOptions": client.options,
                "workspaceFolders": client.folders.iter().map(folder).collect::<Vec<_>>(),
            }),
        );
        self.notify("initialized", json!({}));
    }

    /// Starts a server for [`Client::pulling`] in a workspace.
    pub fn pulling(workspace: &Workspace) -> Self {
        Self::start(&Client::pulling(workspace))
    }

    /// Sends a notification.
    #[expect(clippy::needless_pass_by_value, reason = "a caller writes the parameters in place")]
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and waits for its result. An error answer fails the test.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method} failed: {answer}");
        answer["result"].take()
    }

    /// Sends a request and returns its id.
    pub fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method });
        // A request without parameters has no `params` key.
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        self.last_id
    }

    /// Waits for the answer to a request, error or not.
    pub fn answer(&mut self, id: i64) -> Value {
        self.next_answer(&json!(id))
    }

    /// Waits for the answer to a message that was no request, and returns the code of its error.
    pub fn error_code(&mut self) -> i64 {
        self.next_answer(&Value::Null)["error"]["code"].as_i64().expect("the answer is an error")
    }

    fn next_answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.receive();
            if message.get("method").is_some() {
                self.file(message);
            } else {
                assert_eq!(message["id"], *id, "an answer that nobody waits for: {message}");
                return message;
            }
        }
    }

    /// Waits for the answers to several requests, in any order. Returns them by id.
    pub fn answers(&mut self, ids: impl IntoIterator<Item = i64>) -> HashMap<i64, Value> {
        let mut missing: Vec<i64> = ids.into_iter().collect();
        let mut answers = HashMap::new();
        while !missing.is_empty() {
            let message = self.receive();
            if message.get("method").is_some() {
                self.file(message);
                continue;
            }
            let id = message["id"].as_i64().unwrap_or_else(|| panic!("an answer to nothing: {message}"));
            let at = missing.iter().position(|missing| *missing == id);
            missing.remove(at.unwrap_or_else(|| panic!("an answer that nobody waits for: {message}")));
            answers.insert(id, message);
        }
        answers
    }

    /// Waits for the next notification of a method and returns its parameters.
    pub fn notification(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.unread.iter().position(|message| message["method"] == method) {
                return self.unread.remove(at).expect("it is there")["params"].take();
            }
            let message = self.receive();
            self.file(message);
        }
    }

    /// Waits for the next request of a method from the server and returns its parameters. It is already answered.
    pub fn asked(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.asked.iter().position(|message| message["method"] == method) {
                return self.asked.remove(at).expect("it is there")["params"].take();
            }
            let message = self.receive();
            self.file(message);
        }
    }

    /// Opens a document with its text on disk.
    pub fn open(&mut self, workspace: &Workspace, path: &str) {
        self.open_as(workspace, path, &workspace.read(path));
    }

    /// Opens a document with this text.
    pub fn open_as(&mut self, workspace: &Workspace, path: &str, text: &str) {
        let document = json!({ "uri": workspace.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text of an open document.
    pub fn replace(&mut self, workspace: &Workspace, path: &str, version: i32, text: &str) {
        self.change(workspace, path, version, json!([{ "text": text }]));
    }

    /// Changes an open document.
    #[expect(clippy::needless_pass_by_value, reason = "a caller writes the changes in place")]
    pub fn change(&mut self, workspace: &Workspace, path: &str, version: i32, changes: Value) {
        let document = json!({ "uri": workspace.uri(path), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Asks for the diagnostics of a document.
    pub fn diagnostics(&mut self, workspace: &Workspace, path: &str) -> Vec<Value> {
        let document = json!({ "uri": workspace.uri(path) });
        let mut report = self.request("textDocument/diagnostic", json!({ "textDocument": document }));
        assert_eq!(report["kind"], "full", "{report}");
        match report["items"].take() {
            Value::Array(items) => items,
            other => panic!("diagnostics are a list, not {other}"),
        }
    }

    /// Closes a document.
    pub fn close(&mut self, workspace: &Workspace, path: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": workspace.uri(path) } }));
    }

    /// Waits until diagnostics are pushed for a version of a document. Skips those of earlier versions.
    pub fn published(&mut self, workspace: &Workspace, path: &str, version: i32) -> Vec<Value> {
        loop {
            let published = self.notification("textDocument/publishDiagnostics");
            assert_eq!(published["uri"], workspace.uri(path));
            if published["version"] == version {
                return published["diagnostics"].as_array().expect("diagnostics are a list").clone();
            }
        }
    }

    /// Waits until diagnostics are pushed for a document that satisfy `are_right`.
    pub fn published_until(&mut self, workspace: &Workspace, path: &str, are_right: impl Fn(&[Value]) -> bool) {
        loop {
            let published = self.notification("textDocument/publishDiagnostics");
            assert_eq!(published["uri"], workspace.uri(path));
            if published["diagnostics"].as_array().is_some_and(|diagnostics| are_right(diagnostics)) {
                return;
            }
        }
    }

    /// Reports a file as changed on disk, as a client that watches files does.
    pub fn touched(&mut self, workspace: &Workspace, path: &str) {
        let change = json!({ "uri": workspace.uri(path), "type": 2 });
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    }

    /// Sends bytes unchanged.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("stdin is open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server reads");
    }

    /// Closes stdin, as happens when a client dies.
    pub fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// Waits for the process to exit.
    pub fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the server can be waited for") {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "the server does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn receive(&mut self) -> Value {
        self.messages.recv_timeout(PATIENCE).unwrap_or_else(|error| {
            let _ = self.child.kill();
            let log = self.log.take().and_then(|log| log.join().ok()).unwrap_or_default();
            panic!("the server is silent ({error}); its log:\n{log}")
        })
    }

    /// Stores a notification or request for later. A request is answered at once.
    fn file(&mut self, message: Value) {
        match message.get("id") {
            Some(id) => {
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
                self.asked.push_back(message);
            }
            None => self.unread.push_back(message),
        }
    }

    fn end(&mut self) {
        if self.child.try_wait().expect("the server can be waited for").is_none() && self.stdin.is_some() {
            self.request("shutdown", Value::Null);
            self.notify("exit", Value::Null);
            let status = self.wait();
            assert!(status.success(), "after shutdown and exit: {status}");
        }
        self.stdin = None;
        self.wait();
        // A request that arrived too late needs no answer.
        self.unread.extend(self.messages.iter().filter(|message| message.get("id").is_none()));
        assert!(self.unread.is_empty(), "unread: {:#?}", self.unread);
        let log = self.log.take().expect("the log is read once").join().expect("the log can be read");
        assert!(!log.contains("ERROR") && !log.contains("panicked"), "the server logged an error:\n{log}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            // The test has already failed. Only end the process.
            let _ = self.child.kill();
            let _ = self.child.wait();
        } else {
            self.end();
        }
    }
}

/// Reads one message. `None` at the end of the stream.
fn read_message(stdout: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if stdout.read_line(&mut header).ok()? == 0 {
            return None;
        }
        match header.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().expect("a length is a number"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("a message is JSON"))
}
