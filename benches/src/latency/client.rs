//! The client's side of the protocol.

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::memory::{Memory, resident_of};

/// A running server and the connection to it.
pub(super) struct Client {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    started: Instant,
    asked: u64,
}

/// An answer and its cost.
pub(super) struct Answer {
    /// The result.
    pub(super) result: Value,
    /// The time from the request's first byte to the answer's last.
    pub(super) seconds: f64,
    /// The processor time of all the server's threads meanwhile.
    pub(super) own: f64,
}

impl Client {
    /// Starts a server with the cache folder `cache` and opens a workspace.
    pub(super) fn start(ibid: &Path, workspace: &Path, cache: &Path) -> Result<Self> {
        let started = Instant::now();
        let mut command = Command::new(ibid);
        command.arg("lsp").env("IBID_CACHE", cache).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().with_context(|| format!("cannot start {}", ibid.display()))?;
        let input = server.stdin.take().context("it has an input")?;
        let output = BufReader::new(server.stdout.take().context("it has an output")?);
        let mut client = Self { server, input, output, started, asked: 0 };
        let folder = json!({ "uri": address(workspace), "name": "workspace" });
        let capabilities = json!({ "textDocument": { "diagnostic": {} } });
        client.ask("initialize", &json!({ "workspaceFolders": [folder], "capabilities": capabilities }))?;
        client.tell("initialized", &json!({}))?;
        Ok(client)
    }

    /// The time since the server's process was started.
    pub(super) fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// Sends a request and waits for the answer, which may be an error.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Result<Answer> {
        self.asked += 1;
        let id = self.asked;
        let (ran, begun) = (self.ran(), Instant::now());
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            let message = self.receive()?;
            match (message.get("method"), message.get("id")) {
                (None, Some(answered)) if *answered == json!(id) => {
                    let seconds = begun.elapsed().as_secs_f64();
                    let own = (self.ran() - ran).max(0.0);
                    return Ok(Answer { result: message["result"].clone(), seconds, own });
                }
                (Some(_), Some(asked)) => {
                    let nothing = json!({ "jsonrpc": "2.0", "id": asked, "result": null });
                    self.send(&nothing)?;
                }
                _ => {}
            }
        }
    }

    /// Sends a notification.
    pub(super) fn tell(&mut self, method: &str, params: &Value) -> Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// The memory of the server.
    pub(super) fn memory(&self) -> Result<Memory> {
        resident_of(&self.server.id().to_string())
    }

    /// The processor time in seconds of the server's live threads.
    pub(super) fn ran(&self) -> f64 {
        let threads = fs::read_dir(format!("/proc/{}/task", self.server.id())).into_iter().flatten().flatten();
        let nanoseconds = threads.filter_map(|thread| {
            let statistics = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            statistics.split(' ').next()?.parse::<u64>().ok()
        });
        nanoseconds.sum::<u64>() as f64 / 1e9
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.input.flush()?)
    }

    fn receive(&mut self) -> Result<Value> {
        let mut length = None;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                bail!("the server is gone");
            }
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length:") {
                length = Some(value.trim().parse::<usize>()?);
            }
        }
        let mut body = vec![0; length.context("a message has a length")?];
        self.output.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may already have exited.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The URI of a file.
pub(super) fn address(path: &Path) -> String {
    let mut address = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            address.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}
