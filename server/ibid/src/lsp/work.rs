//! Processor-heavy work, off the threads that read and answer messages.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

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
    run(move |abandoned| feature(&View { snapshot: view.snapshot.until(abandoned.clone()), ..view })).await
}

/// Runs `job` on a thread of its own and waits for what it finds.
///
/// A job that panics is an error answer to its one request. Dropping the future before it ends sets the job's flag; a
/// job that has not begun by then never does.
async fn run<T, F>(job: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Abandoned) -> T + Send + 'static,
{
    let abandoned = Abandoned::default();
    let _guard = SetOnDrop(abandoned.clone());
    let running = tokio::task::spawn_blocking(move || (!abandoned.load(Ordering::Relaxed)).then(|| job(&abandoned)));
    match running.await {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(Error::request_cancelled()),
        Err(failure) => {
            tracing::error!("a request failed: {failure}");
            Err(Error { message: "ibid failed on this request; its log says where".into(), ..Error::internal_error() })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tower_lsp::jsonrpc::ErrorCode;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_panic_is_an_error_answer() {
        let answer = run::<(), _>(|_| panic!("provoked by a test")).await;
        assert_eq!(answer.expect_err("the job panics").code, ErrorCode::InternalError);
        assert_eq!(run(|_| 7).await, Ok(7));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn dropping_the_future_stops_the_job() {
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (stopped, has_stopped) = mpsc::channel();
        let job = run(move |abandoned| {
            let _ = begun.send(());
            while !abandoned.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            let _ = stopped.send(());
        });
        tokio::select! {
            _ = job => unreachable!("the job ends only when cancelled"),
            _ = has_begun => {}
        }
        has_stopped.recv().expect("the job saw that nobody waits");
    }
}
