//! Asking the client to ask again for what it shows, where it can.

use std::time::Duration;

use tokio::sync::watch;
use tower_lsp::{Client, jsonrpc};

use super::{abilities::Abilities, state::State, texts::Texts};

/// How long the workspace must rest before the client asks again for all that it shows.
const REST: Duration = Duration::from_millis(60);

/// Asks whenever more has changed than the texts that the client has open, about which it asks by itself. Ends with the owner.
pub(super) async fn refresh(
    client: Client,
    abilities: Abilities,
    (state, texts): (State, Texts),
    mut changed: watch::Receiver<u64>,
) {
    while changed.changed().await.is_ok() {
        while tokio::time::timeout(REST, changed.changed()).await.is_ok_and(|more| more.is_ok()) {}
        if abilities.pulls_diagnostics && abilities.refreshes_diagnostics {
            told(client.workspace_diagnostic_refresh().await);
        }
        if abilities.refreshes_tokens {
            told(client.semantic_tokens_refresh().await);
        }
        if abilities.refreshes_hints && abilities.wants_hints {
            told(client.inlay_hint_refresh().await);
        }
        if abilities.refreshes_lenses && abilities.wants_lens {
            told(client.code_lens_refresh().await);
        }
        if abilities.takes_texts {
            texts.refresh(&client, &state).await;
        }
    }
}

/// Notes that the client did not do as it was asked.
pub(super) fn told(answer: jsonrpc::Result<()>) {
    if let Err(error) = answer {
        tracing::debug!("the client does not refresh: {error}");
    }
}
