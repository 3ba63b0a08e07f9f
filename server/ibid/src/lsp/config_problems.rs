//! Problems in `ibid.toml`, as diagnostics of that file. They are always pushed: the file is not a document that clients
//! request diagnostics for.

use std::{collections::HashSet, path::PathBuf};

use ibid_corpus::{Config, ConfigProblem, Disk, config::FILE_NAME};
use ibid_text::{LineIndex, Span};
use tokio::sync::mpsc;
use tower_lsp::{
    Client,
    ls_types::{Diagnostic, DiagnosticSeverity, Position, Range, Uri},
};

use super::client_capabilities::ClientCapabilities;

/// Publishes the problems of configurations.
pub(super) struct ConfigProblems {
    found: mpsc::UnboundedSender<(Uri, Vec<Diagnostic>)>,
    /// The files that have published problems.
    shown: HashSet<PathBuf>,
}

impl ConfigProblems {
    /// Publishes nothing yet. Must be called inside the runtime.
    pub(super) fn new(client: Client) -> Self {
        let (found, mut problems) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some((uri, diagnostics)) = problems.recv().await {
                client.publish_diagnostics(uri, diagnostics, None).await;
            }
        });
        Self { found, shown: HashSet::new() }
    }

    /// Publishes the problems of a configuration, replacing those published before.
    pub(super) fn show(&mut self, capabilities: &ClientCapabilities, config: &Config) {
        let path = config.root.join(FILE_NAME);
        let were_shown = self.shown.remove(&path);
        if config.problems.is_empty() && !were_shown {
            return;
        }
        let text = Disk::Real.read_to_string(&path).unwrap_or_default();
        let lines = LineIndex::new(&text);
        let range = |span: Span| {
            let at = |offset| {
                let place = lines.position(&text, offset, capabilities.encoding);
                Position::new(place.line, place.column)
            };
            Range::new(at(span.start), at(span.end))
        };
        let diagnostic = |problem: &ConfigProblem| Diagnostic {
            range: range(problem.span),
            severity: Some(DiagnosticSeverity::WARNING),
            source: Some("ibid".to_owned()),
            message: problem.message.clone(),
            ..Diagnostic::default()
        };
        if let Some(uri) = Uri::from_file_path(&path) {
            // The receiver lives as long as the client.
            let _ = self.found.send((uri, config.problems.iter().map(diagnostic).collect()));
        }
        if !config.problems.is_empty() {
            self.shown.insert(path);
        }
    }
}
