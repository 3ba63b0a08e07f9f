//! Runs CPU-bound work off the thread that reads and answers messages.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use super::view::View;

/// A flag that is set when the result of a job is no longer wanted.
pub(super) type Abandoned = Arc<AtomicBool>;

/// Sets the flag when it is dropped. The library cancels a request by dropping its future.
struct SetOnDrop(Abandoned);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs `feature` on a view. If the future is dropped, searches find nothing from then on, so `feature` ends soon.
pub(super) async fn read<T: Send + 'static>(
    view: View,
    feature: impl FnOnce(&View) -> T + Send + 'static,
) -> Result<T> {
    let (begin, found) = prepare(|view: View, abandoned| feature(&view.until(abandoned)));
    begin(view);
    found.await
}

/// Prepares a job for a separate thread. Returns a function that starts the job with its input, to be called inside the
/// runtime, and a future of the job's result.
///
/// A job that panics yields an error. Dropping the future sets the job's flag; a job that has not started by then never
/// starts.
pub(super) fn prepare<G, T>(
    job: impl FnOnce(G, &Abandoned) -> T + Send + 'static,
) -> (impl FnOnce(G) + Send + 'static, impl Future<Output = Result<T>>)
where
    G: Send + 'static,
    T: Send + 'static,
{
    let abandoned = Abandoned::default();
    let guard = SetOnDrop(abandoned.clone());
    let (reply, found) = oneshot::channel();
    let begin = move |given: G| {
        tokio::task::spawn_blocking(move || {
            if !abandoned.load(Ordering::Relaxed) {
                // The receiver is gone if the request was cancelled.
                drop(reply.send(job(given, &abandoned)));
            }
        });
    };
    let found = async move {
        let _guard = guard;
        found.await.map_err(|_| Error {
            message: "ibid failed to answer this request; see its log".into(),
            ..Error::internal_error()
        })
    };
    (begin, found)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tower_lsp::jsonrpc::ErrorCode;

    use super::*;

    #[tokio::test]
    async fn a_panic_yields_an_error() {
        let (begin, found) = prepare::<_, ()>(|(), _| panic!("caused by a test"));
        begin(());
        assert_eq!(found.await.expect_err("the job panics").code, ErrorCode::InternalError);
        let (begin, found) = prepare(|given: u8, _| given + 1);
        begin(6);
        assert_eq!(found.await, Ok(7));
    }

    #[tokio::test]
    async fn dropping_the_future_stops_the_job() {
        let (entered, has_begun) = tokio::sync::oneshot::channel();
        let (stopped, has_stopped) = mpsc::channel();
        let (begin, found) = prepare(move |(), abandoned| {
            let _ = entered.send(());
            while !abandoned.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            let _ = stopped.send(());
        });
        begin(());
        tokio::select! {
            _ = found => unreachable!("the job ends only when it is cancelled"),
            _ = has_begun => {}
        }
        has_stopped.recv().expect("the job saw the flag");
    }
}
