//! The language server: `ibid lsp` over stdio. Nothing outside this folder names tower-lsp.
//!
//! One thread owns all mutable state: documents and workspaces ([`owner`]). A handler runs up to its first `await` in the
//! order of the messages. There, a notification sends the owner its change and a request asks the owner for a [`view`]. Both
//! go through one queue ([`owner_handle`]), so a request sees every change that was sent before it. Answers are computed on
//! other threads ([`work`]), where a cancelled request stops and a panic fails only one request.

mod addresses;
mod call_hierarchy;
mod client_capabilities;
mod client_process;
mod code_actions;
mod completion;
mod config_problems;
mod convert;
mod custom_requests;
mod diagnostics;
mod documentation;
mod documents;
mod doubtful;
mod event;
mod features;
mod handshake;
mod incoming;
mod owner;
mod owner_handle;
mod progress;
mod refresh;
mod semantic_tokens;
mod server;
mod server_capabilities;
mod settings;
mod status;
mod stdio;
mod text_content;
mod uri;
mod view;
mod watch;
mod work;
mod workspace;
mod workspace_diagnostics;

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
    time::Duration,
};

use handshake::Handshake;
use server::LanguageServer;
use tower_lsp::{LspService, Server};
use tracing_subscriber::EnvFilter;

/// How many requests are handled at once. With the library's default of four, four slow requests would block even their
/// own cancellation.
const CONCURRENCY: usize = 256;

/// How many bytes of messages are held while the server is busy.
const QUEUE: usize = 64 << 20;

/// How long the server may take to end after `exit` or the end of stdin, and to write its last answers. A client that has
/// gone neither reads them nor answers what it was asked.
const GRACE: Duration = Duration::from_secs(2);

/// The server cannot start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LspError {
    /// The log file cannot be created.
    #[error("cannot write the log {path}: {error}", path = .path.display())]
    Log {
        /// The log file.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
    /// The runtime cannot be started.
    #[error("cannot start the server: {0}")]
    Runtime(#[source] io::Error),
}

/// Serves on stdin and stdout until the client sends `exit` or its process has exited.
///
/// The exit code is 0 after `shutdown` and 1 otherwise, as LSP requires. The log goes to stderr, or to the file `log`.
pub(crate) fn run(log: Option<&Path>) -> Result<ExitCode, LspError> {
    start_logging(log)?;
    std::panic::set_hook(Box::new(|defect| tracing::error!("{defect}")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(LspError::Runtime)?;
    let ended = runtime.block_on(serve());
    // Do not wait for background threads. One of them may read stdin, which stays open after `exit`.
    runtime.shutdown_background();
    Ok(if ended.after_shutdown { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How serving ended.
struct Ended {
    after_shutdown: bool,
}

async fn serve() -> Ended {
    let (service, socket) = LspService::build(LanguageServer::new)
        .custom_method("ibid/sources", LanguageServer::sources)
        .custom_method("ibid/quotedPassages", LanguageServer::quoted_passages)
        .custom_method("ibid/cite", LanguageServer::cite)
        .custom_method("ibid/report", LanguageServer::report)
        .custom_method("workspace/textDocumentContent", LanguageServer::text_document_content)
        .finish();
    let life = service.inner().life();
    let (messages, input) = tokio::io::duplex(QUEUE);
    let server = Server::new(input, stdio::output(), socket).concurrency_level(CONCURRENCY);
    let last_message = async {
        incoming::pass_on(stdio::input(), messages).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = server.serve(Handshake::new(service)) => {}
        () = last_message => tracing::info!("ended with requests that nobody answered or read"),
        () = life.client_exited() => tracing::info!("the client's process has exited"),
    }
    Ended { after_shutdown: life.was_shut_down() }
}

fn start_logging(log: Option<&Path>) -> Result<(), LspError> {
    let filter = EnvFilter::try_from_env("IBID_LOG").unwrap_or_else(|_| EnvFilter::new("ibid=info,warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false);
    match log {
        None => lines.with_writer(io::stderr).init(),
        Some(path) => {
            let file = File::create(path).map_err(|error| LspError::Log { path: path.to_owned(), error })?;
            lines.with_writer(Mutex::new(file)).init();
        }
    }
    Ok(())
}
