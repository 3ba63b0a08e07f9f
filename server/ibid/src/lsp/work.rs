//! Processor-heavy work, off the threads that read and answer messages.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use super::view::View;

/// Set when nobody waits for a job any more.
pub(super) type Abandoned = Arc<AtomicBool>;

/// Sets the flag when the future that holds it is dropped, which is how the library cancels a request.
struct SetOnDrop(Abandoned);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Works out what `feature` finds in a view. Once nobody waits any more, its searches find nothing and it ends soon.
pub(super) async fn read<T: Send + 'static>(
    view: View,
    feature: impl FnOnce(&View) -> T + Send + 'static,
) -> Result<T> {
    let (begin, found) = prepare(|view: View, abandoned| feature(&view.until(abandoned)));
    begin(view);
    found.await
}

/// Prepares a job for a thread of its own. Returns what begins it, inside the runtime, with what it is to work on, and what
/// it finds.
///
/// A job that panics is an error answer to its one request. Dropping the future before it ends sets the job's flag; a job
/// that has not begun by then never does.
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
                // Nobody may wait any more.
                drop(reply.send(job(given, &abandoned)));
            }
        });
    };
    let found = async move {
        let _guard = guard;
        found.await.map_err(|_| Error {
            message: "ibid failed on this request; its log says where".into(),
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
    async fn a_panic_is_an_error_answer() {
        let (begin, found) = prepare::<_, ()>(|(), _| panic!("provoked by a test"));
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
            _ = found => unreachable!("the job ends only when cancelled"),
            _ = has_begun => {}
        }
        has_stopped.recv().expect("the job saw that nobody waits");
    }
}
