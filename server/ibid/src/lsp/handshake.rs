//! Wraps the library's service: adds a capability of LSP 3.18 to `initialize`, and handles `initialize` and `shutdown` alone.
//!
//! The library's types are those of LSP 3.17 and drop unknown fields, except in `experimental`. So the new capability is moved
//! to `experimental` before the types read the request, and moved from there after they wrote the response.
//!
//! The library refuses requests that arrive before `initialize` is answered, silently drops `initialized`, and cancels
//! `shutdown` when `exit` follows at once. With a client that does not wait for these two answers the server would never
//! start, or would exit with an error. So no further message is read until they are answered.

use std::{
    future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use serde_json::{Value, json};
use tower_lsp::{
    LanguageServer, LspService,
    jsonrpc::{Error, Id, Request, Response},
};
use tower_service::Service;

use super::incoming::MALFORMED;

/// The capability of LSP 3.18, which clients and servers declare under `workspace`.
pub(super) const TEXT_CONTENT: &str = "textDocumentContent";

/// The library's service with the handshake described above.
pub(super) struct Handshake<S> {
    service: LspService<S>,
    gate: Gate,
}

impl<S> Handshake<S> {
    pub(super) fn new(service: LspService<S>) -> Self {
        Self { service, gate: Gate::default() }
    }
}

/// Holds back messages while one request is handled alone.
#[derive(Clone, Default)]
struct Gate(Arc<Mutex<GateState>>);

#[derive(Default)]
enum GateState {
    #[default]
    Open,
    /// Holds the waker of the task that waits, if any.
    Shut(Option<Waker>),
}

impl Gate {
    fn shut(&self) {
        *self.state() = GateState::Shut(None);
    }

    fn open(&self) {
        if let GateState::Shut(Some(waker)) = std::mem::take(&mut *self.state()) {
            waker.wake();
        }
    }

    fn poll_open(&self, context: &Context<'_>) -> Poll<()> {
        match &mut *self.state() {
            GateState::Open => Poll::Ready(()),
            GateState::Shut(waiting) => {
                *waiting = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, GateState> {
        // Every change is a single assignment, so a poisoned state is still valid.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: LanguageServer> Service<Request> for Handshake<S> {
    type Response = <LspService<S> as Service<Request>>::Response;
    type Error = <LspService<S> as Service<Request>>::Error;
    type Future = <LspService<S> as Service<Request>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        std::task::ready!(self.gate.poll_open(context));
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.method() == MALFORMED {
            return Box::pin(future::ready(Ok(Some(malformed(&request)))));
        }
        let is_initialize = request.method() == "initialize";
        if !is_initialize && request.method() != "shutdown" {
            return self.service.call(request);
        }
        let (gate, request) = (self.gate.clone(), if is_initialize { with_experimental(request) } else { request });
        let answer = self.service.call(request);
        gate.shut();
        Box::pin(async move {
            let answer = answer.await;
            gate.open();
            Ok(if is_initialize { answer?.map(without_experimental) } else { answer? })
        })
    }
}

/// The answer to a message that is no JSON-RPC. Nobody knows which request it was, so it has no id.
fn malformed(request: &Request) -> Response {
    let code = request.params().and_then(|params| params.get(0)?.as_i64());
    let error =
        if code == Some(Error::parse_error().code.code()) { Error::parse_error() } else { Error::invalid_request() };
    Response::from_error(Id::Null, error)
}

/// The `initialize` request with the new capability where the types keep it.
fn with_experimental(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let mut built = Request::build(method);
    if let Some(id) = id {
        built = built.id(id);
    }
    if let Some(mut params) = params {
        if let Some(capabilities) = params.get_mut("capabilities") {
            move_capability(capabilities, "workspace", "experimental");
        }
        built = built.params(params);
    }
    built.finish()
}

/// The response to `initialize` with the new capability where the client expects it.
fn without_experimental(answer: Response) -> Response {
    let (id, body) = answer.into_parts();
    let moved = |mut result: Value| {
        move_capability(&mut result["capabilities"], "experimental", "workspace");
        result
    };
    Response::from_parts(id, body.map(moved))
}

/// Moves [`TEXT_CONTENT`], if present, from one field of the capabilities to another.
fn move_capability(capabilities: &mut Value, from: &str, to: &str) {
    let Some(field) = capabilities.get_mut(from).and_then(Value::as_object_mut) else { return };
    let Some(capability) = field.remove(TEXT_CONTENT) else { return };
    if capabilities.get(to).is_none_or(|field| !field.is_object()) {
        capabilities[to] = json!({});
    }
    capabilities[to][TEXT_CONTENT] = capability;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_capability_is_moved_and_the_others_stay() {
        let check = |mut capabilities: Value, expected: Value| {
            move_capability(&mut capabilities, "workspace", "experimental");
            assert_eq!(capabilities, expected);
        };
        check(
            json!({ "workspace": { TEXT_CONTENT: {}, "symbol": {} }, "experimental": { "other": 1 } }),
            json!({ "workspace": { "symbol": {} }, "experimental": { "other": 1, TEXT_CONTENT: {} } }),
        );
        check(
            json!({ "workspace": { TEXT_CONTENT: { "dynamicRegistration": true } } }),
            json!({ "workspace": {}, "experimental": { TEXT_CONTENT: { "dynamicRegistration": true } } }),
        );
        check(json!({ "workspace": { "symbol": {} } }), json!({ "workspace": { "symbol": {} } }));
        check(json!(null), json!(null));
    }
}
