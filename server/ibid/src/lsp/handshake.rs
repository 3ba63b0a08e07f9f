//! `initialize`, with what LSP 3.18 adds to it, before all else, and `shutdown` after it.
//!
//! The library's types are those of 3.17 and drop what they do not know. So what is new goes through them in `experimental`,
//! the one field of both sides' capabilities that takes anything: what the client can do is moved there before the types read
//! it, what the server offers is moved from there after they wrote it.
//!
//! The library refuses what comes before `initialize` is answered, drops `initialized` without a word, and calls off `shutdown`
//! when `exit` comes right behind it. Clients that do not wait for these two answers are few, but such a one would talk to a
//! server that never begins, or has failed at its end; so the next message is read only then.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use serde_json::{Value, json};
use tower_lsp::{
    LanguageServer, LspService,
    jsonrpc::{Request, Response},
};
use tower_service::Service;

/// What 3.18 adds that is used here: a capability of the workspace on both sides.
pub(super) const TEXTS: &str = "textDocumentContent";

/// A service of the library's, with the handshake of LSP 3.18.
pub(super) struct Handshake<S> {
    service: LspService<S>,
    gate: Gate,
}

impl<S> Handshake<S> {
    pub(super) fn new(service: LspService<S>) -> Self {
        Self { service, gate: Gate::default() }
    }
}

/// What lets no message in while one is to be answered alone.
#[derive(Clone, Default)]
struct Gate(Arc<Mutex<Way>>);

#[derive(Default)]
enum Way {
    #[default]
    Open,
    /// With whom there is to wake, if anybody waits by now.
    Shut(Option<Waker>),
}

impl Gate {
    fn shut(&self) {
        *self.way() = Way::Shut(None);
    }

    fn open(&self) {
        if let Way::Shut(Some(waker)) = std::mem::take(&mut *self.way()) {
            waker.wake();
        }
    }

    fn poll_open(&self, context: &Context<'_>) -> Poll<()> {
        match &mut *self.way() {
            Way::Open => Poll::Ready(()),
            Way::Shut(waiting) => {
                *waiting = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        // Every change to it is whole.
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
        let is_initialize = request.method() == "initialize";
        if !is_initialize && request.method() != "shutdown" {
            return self.service.call(request);
        }
        let (gate, request) = (self.gate.clone(), if is_initialize { heard(request) } else { request });
        let answer = self.service.call(request);
        gate.shut();
        Box::pin(async move {
            let answer = answer.await;
            gate.open();
            Ok(if is_initialize { answer?.map(told) } else { answer? })
        })
    }
}

/// The client's request, as the types can read it.
fn heard(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let mut built = Request::build(method);
    if let Some(id) = id {
        built = built.id(id);
    }
    if let Some(mut params) = params {
        if let Some(capabilities) = params.get_mut("capabilities") {
            carry(capabilities, "workspace", "experimental");
        }
        built = built.params(params);
    }
    built.finish()
}

/// The server's answer, as the client can read it.
fn told(answer: Response) -> Response {
    let (id, body) = answer.into_parts();
    let told = |mut result: Value| {
        carry(&mut result["capabilities"], "experimental", "workspace");
        result
    };
    Response::from_parts(id, body.map(told))
}

/// Carries [`TEXTS`], where it is there, from one field of some capabilities to another.
fn carry(capabilities: &mut Value, from: &str, to: &str) {
    let Some(field) = capabilities.get_mut(from).and_then(Value::as_object_mut) else { return };
    let Some(texts) = field.remove(TEXTS) else { return };
    if capabilities.get(to).is_none_or(|field| !field.is_object()) {
        capabilities[to] = json!({});
    }
    capabilities[to][TEXTS] = texts;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_types_do_not_know_is_carried_beside_what_they_do() {
        let check = |mut capabilities: Value, expected: Value| {
            carry(&mut capabilities, "workspace", "experimental");
            assert_eq!(capabilities, expected);
        };
        check(
            json!({ "workspace": { TEXTS: {}, "symbol": {} }, "experimental": { "else": 1 } }),
            json!({ "workspace": { "symbol": {} }, "experimental": { "else": 1, TEXTS: {} } }),
        );
        check(
            json!({ "workspace": { TEXTS: { "dynamicRegistration": true } } }),
            json!({ "workspace": {}, "experimental": { TEXTS: { "dynamicRegistration": true } } }),
        );
        check(json!({ "workspace": { "symbol": {} } }), json!({ "workspace": { "symbol": {} } }));
        check(json!(null), json!(null));
    }
}
