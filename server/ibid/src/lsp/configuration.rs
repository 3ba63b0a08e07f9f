//! What is wrong in `ibid.toml`, as diagnostics there. They are pushed whatever the client can do: the file is no
//! document of ours, so no client asks about it.

use std::fs;

use ibid_corpus::{Config, ConfigProblem};
use ibid_text::{LineIndex, Span};
use tokio::sync::mpsc;
use tower_lsp::{
    Client,
    ls_types::{Diagnostic, DiagnosticSeverity, Position, Range, Uri},
};

use super::abilities::Abilities;

/// Shows problems in the order in which they are found.
pub(super) struct Problems {
    found: mpsc::UnboundedSender<(Uri, Vec<Diagnostic>)>,
}

impl Problems {
    /// Shows nothing yet.
    pub(super) fn new(client: Client) -> Self {
        let (found, mut problems) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some((uri, diagnostics)) = problems.recv().await {
                client.publish_diagnostics(uri, diagnostics, None).await;
            }
        });
        Self { found }
    }

    /// Shows the problems of a configuration in the place of those shown before.
    pub(super) fn show(&self, abilities: &Abilities, config: &Config) {
        let path = config.root.join("ibid.toml");
        let Ok(bytes) = fs::read(&path) else { return };
        let text = String::from_utf8_lossy(&bytes);
        let lines = LineIndex::new(&text);
        let range = |span: Span| {
            let at = |offset| {
                let place = lines.position(&text, offset, abilities.encoding);
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
            // The receiver lives as long as the client does.
            let _ = self.found.send((uri, config.problems.iter().map(diagnostic).collect()));
        }
    }
}
