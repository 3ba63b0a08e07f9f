//! What the client said it can do, and what was agreed with it.

use ibid_text::Encoding;
use serde_json::Value;
use tower_lsp::ls_types::{ClientCapabilities, InitializeParams, PositionEncodingKind};

use super::handshake;

/// What the client can do, as far as it changes what we send.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate switch of the protocol")]
pub(super) struct Abilities {
    /// The unit of columns that was agreed on.
    pub(super) encoding: Encoding,
    /// It asks for diagnostics itself; nothing is pushed to it then.
    pub(super) pulls_diagnostics: bool,
    /// It asks again when told that diagnostics have changed.
    pub(super) refreshes_diagnostics: bool,
    /// It shows work-done progress that we begin.
    pub(super) shows_progress: bool,
    /// It watches files for us.
    pub(super) watches_files: bool,
    /// It takes links with the range they start from, where a definition is asked for.
    pub(super) links: bool,
    /// It takes related places with a diagnostic.
    pub(super) related_information: bool,
    /// It takes a link with a diagnostic's code.
    pub(super) code_description: bool,
    /// It takes edits that name the version of the document they are for.
    pub(super) versioned_edits: bool,
    /// It takes edits that rename files too.
    pub(super) moves_files: bool,
    /// It asks for the edits of a code action once that is chosen.
    pub(super) resolves_edits: bool,
    /// It takes an outline as a tree.
    pub(super) symbol_tree: bool,
    /// It tells its settings when asked.
    pub(super) tells_settings: bool,
    /// It tells when its settings change, if that is registered.
    pub(super) watches_settings: bool,
    /// It wants `ibid/status`: `initializationOptions.status`.
    pub(super) wants_status: bool,
    /// It wants what is counted shown above the lines: `initializationOptions.lens`.
    pub(super) wants_lens: bool,
    /// It wants the findings of all notes, open or not, where there are at most so many:
    /// `initializationOptions.workspaceDiagnostics`, a number, or `true` for however many.
    pub(super) surveys_up_to: usize,
    /// It wants to see behind a quotation where it stands: `initializationOptions.hints`.
    pub(super) wants_hints: bool,
    /// It has the command `ibid.showReferences`, which takes an address, a position and locations:
    /// `initializationOptions.showReferences`.
    pub(super) shows_references: bool,
    /// It asks again when told that semantic tokens have changed.
    pub(super) refreshes_tokens: bool,
    /// It asks again when told that inlay hints have changed.
    pub(super) refreshes_hints: bool,
    /// It asks again when told that code lenses have changed.
    pub(super) refreshes_lenses: bool,
    /// It asks for texts under addresses of ours.
    pub(super) takes_texts: bool,
}

impl Abilities {
    /// Reads them from the `initialize` request.
    pub(super) fn of(params: &InitializeParams) -> Self {
        let all = serde_json::to_value(&params.capabilities).unwrap_or_default();
        let has = |pointer: &str| all.pointer(pointer).is_some_and(|value| value == true);
        let options = params.initialization_options.as_ref();
        let wants = |name| options.and_then(|options| options.get(name)).is_some_and(|value| value == true);
        Self {
            encoding: negotiate(&params.capabilities),
            pulls_diagnostics: all.pointer("/textDocument/diagnostic").is_some_and(|value| !value.is_null()),
            refreshes_diagnostics: has("/workspace/diagnostics/refreshSupport")
                || has("/workspace/diagnostic/refreshSupport"),
            shows_progress: has("/window/workDoneProgress"),
            watches_files: has("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            links: has("/textDocument/definition/linkSupport"),
            related_information: has("/textDocument/publishDiagnostics/relatedInformation")
                || has("/textDocument/diagnostic/relatedInformation"),
            code_description: has("/textDocument/publishDiagnostics/codeDescriptionSupport")
                || has("/textDocument/diagnostic/codeDescriptionSupport"),
            versioned_edits: has("/workspace/workspaceEdit/documentChanges"),
            moves_files: has("/workspace/workspaceEdit/documentChanges") && moves_files(&all),
            resolves_edits: resolves_edits(&all),
            symbol_tree: has("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            tells_settings: has("/workspace/configuration"),
            watches_settings: has("/workspace/didChangeConfiguration/dynamicRegistration"),
            wants_status: wants("status"),
            wants_lens: wants("lens"),
            surveys_up_to: options.and_then(|options| options.get("workspaceDiagnostics")).map_or(0, most),
            wants_hints: wants("hints"),
            shows_references: wants("showReferences"),
            refreshes_tokens: has("/workspace/semanticTokens/refreshSupport"),
            refreshes_hints: has("/workspace/inlayHint/refreshSupport"),
            refreshes_lenses: has("/workspace/codeLens/refreshSupport"),
            takes_texts: all["experimental"].get(handshake::TEXTS).is_some_and(|value| !value.is_null()),
        }
    }

    /// The agreed encoding as LSP writes it.
    pub(super) fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// As many as a value says: `true` is however many.
fn most(value: &Value) -> usize {
    if value == true { usize::MAX } else { value.as_u64().map_or(0, |most| most as usize) }
}

fn moves_files(capabilities: &Value) -> bool {
    let operations = capabilities.pointer("/workspace/workspaceEdit/resourceOperations").and_then(Value::as_array);
    operations.is_some_and(|operations| operations.iter().any(|operation| operation == "rename"))
}

/// Whether a client asks again for the edits of a code action, by what that remembers.
fn resolves_edits(capabilities: &Value) -> bool {
    let actions = capabilities.pointer("/textDocument/codeAction");
    let asks_for = actions.and_then(|actions| actions.pointer("/resolveSupport/properties")).and_then(Value::as_array);
    actions.is_some_and(|actions| actions["dataSupport"] == true)
        && asks_for.is_some_and(|properties| properties.iter().any(|property| property == "edit"))
}

/// The first encoding the client offers that we know, which is all three; without an offer, UTF-16.
fn negotiate(capabilities: &ClientCapabilities) -> Encoding {
    let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered.unwrap_or_default().iter().find_map(known).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn abilities(capabilities: &Value) -> Abilities {
        let params = json!({ "processId": null, "capabilities": capabilities });
        Abilities::of(&serde_json::from_value(params).expect("the parameters are well formed"))
    }

    #[test]
    fn the_client_s_first_known_encoding_wins() {
        let offer = |kinds: &[&str]| abilities(&json!({ "general": { "positionEncodings": kinds } })).encoding;
        assert_eq!(offer(&["utf-32", "utf-8"]), Encoding::Utf32);
        assert_eq!(offer(&["utf-7", "utf-8"]), Encoding::Utf8);
        assert_eq!(offer(&[]), Encoding::Utf16);
    }

    #[test]
    fn a_client_that_says_nothing_is_sent_nothing_new() {
        assert_eq!(abilities(&json!({})), Abilities::default());
    }

    #[test]
    fn an_ability_may_be_an_empty_object() {
        assert!(abilities(&json!({ "textDocument": { "diagnostic": {} } })).pulls_diagnostics);
    }
}
