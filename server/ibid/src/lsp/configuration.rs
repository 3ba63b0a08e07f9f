//! What is wrong in `ibid.toml`, as diagnostics there. They are pushed whatever the client can do: the file is no
//! document of ours, so no client asks about it.

use std::{collections::HashSet, fs, path::PathBuf};

use ibid_corpus::{Config, ConfigProblem, config::FILE_NAME};
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
    /// The files that problems are shown in.
    shown: HashSet<PathBuf>,
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
        Self { found, shown: HashSet::new() }
    }

    /// Shows the problems of a configuration in the place of those shown before.
    pub(super) fn show(&mut self, abilities: &Abilities, config: &Config) {
        let path = config.root.join(FILE_NAME);
        let were_shown = self.shown.remove(&path);
        if config.problems.is_empty() && !were_shown {
            return;
        }
        let bytes = fs::read(&path).unwrap_or_default();
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
        if !config.problems.is_empty() {
            self.shown.insert(path);
        }
    }
}
