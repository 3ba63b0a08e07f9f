//! The language server: `ibid lsp` over stdio. Nothing outside this folder names tower-lsp.
//!
//! One thread owns everything that changes ([`owner`]): documents and workspaces. Handlers run their code up to the first
//! await in the order of the messages, so a notification's first statement hands the owner its change and a request's
//! first statement asks for a [`view`]; both go through one queue, and every request sees all that was sent before it.
//! Answers are worked out on other threads ([`work`]), where cancelling really stops them and a panic ends one request.

mod abilities;
mod actions;
mod capabilities;
mod completion;
mod configuration;
mod convert;
mod diagnose;
mod documentation;
mod documents;
mod features;
mod handshake;
mod hierarchy;
mod library;
mod owner;
mod parent;
mod progress;
mod refresh;
mod server;
mod settings;
mod state;
mod status;
mod stdio;
mod survey;
mod texts;
mod tokens;
mod view;
mod watch;
mod work;
mod workspace;

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
};

use handshake::Handshake;
use server::LanguageServer;
use tower_lsp::{LspService, Server};
use tracing_subscriber::EnvFilter;

/// How many requests are looked after at once. With the library's default of four, four slow requests would block even
/// their own cancellation.
const CONCURRENCY: usize = 256;

/// What can stop the server before it runs.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LspError {
    /// The log cannot be written.
    #[error("cannot write the log {path}: {error}", path = .path.display())]
    Log {
        /// The file that was named.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The system gives no threads.
    #[error("cannot start the server: {0}")]
    Runtime(#[source] io::Error),
}

/// Serves on stdin and stdout until the client says `exit` or is gone.
///
/// The exit code is 0 after `shutdown`, else 1, as LSP asks. Logs go to stderr, or to the file `log`.
pub(crate) fn run(log: Option<&Path>) -> Result<ExitCode, LspError> {
    start_logging(log)?;
    std::panic::set_hook(Box::new(|defect| tracing::error!("{defect}")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(LspError::Runtime)?;
    let ended = runtime.block_on(serve());
    // What still runs, a thread that reads stdin among it, must not be waited for: `exit` ends us while stdin stays open.
    runtime.shutdown_background();
    Ok(if ended.after_shutdown { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How serving came to its end.
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
    let server = Server::new(stdio::input(), stdio::output(), socket).concurrency_level(CONCURRENCY);
    tokio::select! {
        () = server.serve(Handshake::new(service)) => {}
        () = life.client_is_gone() => tracing::info!("the client is gone"),
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
