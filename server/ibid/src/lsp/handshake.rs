//! `initialize` with what LSP 3.18 adds to it: the library's types are those of 3.17 and drop what they do not know.
//!
//! It goes through them in `experimental`, the one field of both sides' capabilities that takes anything: what the client can
//! do is moved there before the types read it, what the server offers is moved from there after they wrote it.

use std::task::{Context, Poll};

use serde_json::{Value, json};
use tower_lsp::{
    LanguageServer, LspService,
    jsonrpc::{Request, Response},
};
use tower_service::Service;

/// What 3.18 adds that is used here: a capability of the workspace on both sides.
pub(super) const TEXTS: &str = "textDocumentContent";

/// A service of the library's, with the handshake of LSP 3.18.
pub(super) struct Handshake<S>(pub(super) LspService<S>);

impl<S: LanguageServer> Service<Request> for Handshake<S> {
    type Response = <LspService<S> as Service<Request>>::Response;
    type Error = <LspService<S> as Service<Request>>::Error;
    type Future = <LspService<S> as Service<Request>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.method() != "initialize" {
            return self.0.call(request);
        }
        let answer = self.0.call(heard(request));
        Box::pin(async { Ok(answer.await?.map(told)) })
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
        carry(&mut params["capabilities"], "workspace", "experimental");
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
