//! Work-done progress, which the client shows while a workspace is read.

use std::sync::Arc;

use tokio::sync::watch;
use tower_lsp::{Client, ls_types::ProgressToken};

/// A progress bar in the client. It disappears when its last clone is dropped.
#[derive(Clone)]
pub(super) struct ProgressBar {
    percentage: Arc<watch::Sender<u32>>,
}

impl ProgressBar {
    /// Shows a new bar. Must be called inside the runtime.
    pub(super) fn begin(client: Client) -> Self {
        let (percentage, percentages) = watch::channel(0);
        tokio::spawn(show(client, percentages));
        Self { percentage: Arc::new(percentage) }
    }

    /// Shows that `done` of `of` files are found and indexed, which is the first half of the work.
    pub(super) fn find(&self, done: usize, of: usize) {
        self.show(0, done, of);
    }

    /// Shows that `done` of `of` files are read in full, which is the second half of the work.
    pub(super) fn read(&self, done: usize, of: usize) {
        self.show(50, done, of);
    }

    fn show(&self, from: u32, done: usize, of: usize) {
        let percentage = from + (done * 50).checked_div(of).unwrap_or(50) as u32;
        self.percentage.send_if_modified(|shown| std::mem::replace(shown, percentage) != percentage);
    }
}

async fn show(client: Client, mut percentages: watch::Receiver<u32>) {
    let token = ProgressToken::String(format!("ibid/reading/{:?}", client.next_request_id()));
    if client.create_work_done_progress(token.clone()).await.is_err() {
        return;
    }
    let bar = client.progress(token, "Reading notes and sources").with_percentage(0).begin().await;
    while percentages.changed().await.is_ok() {
        let percentage = *percentages.borrow_and_update();
        bar.report(percentage).await;
    }
    bar.finish().await;
}
