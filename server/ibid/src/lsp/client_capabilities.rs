//! The capabilities and initialization options of the client that affect what the server sends.

use ibid_text::Encoding;
use serde_json::Value;
use tower_lsp::ls_types::{self as lsp, InitializeParams, PositionEncodingKind};

use super::handshake;

/// What the client supports and wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate capability of the protocol")]
pub(super) struct ClientCapabilities {
    /// The negotiated unit of columns.
    pub(super) encoding: Encoding,
    /// It requests diagnostics, so none are pushed to it.
    pub(super) pulls_diagnostics: bool,
    /// It requests diagnostics again when asked to refresh.
    pub(super) refreshes_diagnostics: bool,
    /// It shows progress that the server begins.
    pub(super) shows_progress: bool,
    /// It watches files for the server.
    pub(super) watches_files: bool,
    /// It accepts links, with the range they start from, as the answer to a definition request.
    pub(super) definition_links: bool,
    /// It accepts related places with a diagnostic.
    pub(super) related_information: bool,
    /// It accepts a link with a diagnostic's code.
    pub(super) code_description: bool,
    /// It accepts edits that name the version of the document.
    pub(super) versioned_edits: bool,
    /// It asks the person about the edits that are marked so.
    pub(super) confirms_changes: bool,
    /// It accepts edits that rename files.
    pub(super) renames_files: bool,
    /// It requests the edits of a code action when the action is chosen.
    pub(super) resolves_code_actions: bool,
    /// It accepts an outline as a tree.
    pub(super) symbol_tree: bool,
    /// It answers requests for its settings.
    pub(super) answers_configuration: bool,
    /// It reports changes of its settings if the server registers for them.
    pub(super) watches_settings: bool,
    /// It wants `ibid/status` notifications: `initializationOptions.status`.
    pub(super) wants_status: bool,
    /// It wants code lenses: `initializationOptions.lens`.
    pub(super) wants_lens: bool,
    /// The largest number of notes for which it wants the findings of all notes and not only of the open ones:
    /// `initializationOptions.workspaceDiagnostics`, a number, or `true` for no limit.
    pub(super) workspace_diagnostics_limit: usize,
    /// It wants an inlay hint with the source after each quotation: `initializationOptions.hints`.
    pub(super) wants_hints: bool,
    /// It has the command `ibid.showReferences`, which takes a URI, a position and locations:
    /// `initializationOptions.showReferences`.
    pub(super) shows_references: bool,
    /// It requests semantic tokens again when asked to refresh.
    pub(super) refreshes_tokens: bool,
    /// It requests inlay hints again when asked to refresh.
    pub(super) refreshes_hints: bool,
    /// It requests code lenses again when asked to refresh.
    pub(super) refreshes_lenses: bool,
    /// It supports `workspace/textDocumentContent`.
    pub(super) reads_text_content: bool,
}

impl ClientCapabilities {
    /// Reads the `initialize` request.
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
            definition_links: has("/textDocument/definition/linkSupport"),
            related_information: has("/textDocument/publishDiagnostics/relatedInformation")
                || has("/textDocument/diagnostic/relatedInformation"),
            code_description: has("/textDocument/publishDiagnostics/codeDescriptionSupport")
                || has("/textDocument/diagnostic/codeDescriptionSupport"),
            versioned_edits: has("/workspace/workspaceEdit/documentChanges"),
            confirms_changes: has("/workspace/workspaceEdit/documentChanges")
                && all
                    .pointer("/workspace/workspaceEdit/changeAnnotationSupport")
                    .is_some_and(|value| !value.is_null()),
            renames_files: has("/workspace/workspaceEdit/documentChanges") && renames_files(&all),
            resolves_code_actions: resolves_code_actions(&all),
            symbol_tree: has("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            answers_configuration: has("/workspace/configuration"),
            watches_settings: has("/workspace/didChangeConfiguration/dynamicRegistration"),
            wants_status: wants("status"),
            wants_lens: wants("lens"),
            workspace_diagnostics_limit: options
                .and_then(|options| options.get("workspaceDiagnostics"))
                .map_or(0, limit),
            wants_hints: wants("hints"),
            shows_references: wants("showReferences"),
            refreshes_tokens: has("/workspace/semanticTokens/refreshSupport"),
            refreshes_hints: has("/workspace/inlayHint/refreshSupport"),
            refreshes_lenses: has("/workspace/codeLens/refreshSupport"),
            reads_text_content: all["experimental"].get(handshake::TEXT_CONTENT).is_some_and(|value| !value.is_null()),
        }
    }

    /// The negotiated encoding as the protocol names it.
    pub(super) fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The limit that a value means: a number, `true` for no limit, anything else for 0.
fn limit(value: &Value) -> usize {
    if value == true { usize::MAX } else { value.as_u64().map_or(0, |limit| limit as usize) }
}

fn renames_files(capabilities: &Value) -> bool {
    let operations = capabilities.pointer("/workspace/workspaceEdit/resourceOperations").and_then(Value::as_array);
    operations.is_some_and(|operations| operations.iter().any(|operation| operation == "rename"))
}

/// Whether the client keeps a code action's `data` and resolves its `edit`.
fn resolves_code_actions(capabilities: &Value) -> bool {
    let actions = capabilities.pointer("/textDocument/codeAction");
    let resolved = actions.and_then(|actions| actions.pointer("/resolveSupport/properties")).and_then(Value::as_array);
    actions.is_some_and(|actions| actions["dataSupport"] == true)
        && resolved.is_some_and(|properties| properties.iter().any(|property| property == "edit"))
}

/// The client's first offer that the protocol defines. UTF-16 if it offers none.
fn negotiate(capabilities: &lsp::ClientCapabilities) -> Encoding {
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

    fn read(capabilities: &Value) -> ClientCapabilities {
        let params = json!({ "processId": null, "capabilities": capabilities });
        ClientCapabilities::of(&serde_json::from_value(params).expect("the parameters are well formed"))
    }

    #[test]
    fn the_client_s_first_known_encoding_wins() {
        let offer = |kinds: &[&str]| read(&json!({ "general": { "positionEncodings": kinds } })).encoding;
        assert_eq!(offer(&["utf-32", "utf-8"]), Encoding::Utf32);
        assert_eq!(offer(&["utf-7", "utf-8"]), Encoding::Utf8);
        assert_eq!(offer(&[]), Encoding::Utf16);
    }

    #[test]
    fn a_client_that_declares_nothing_has_no_capabilities() {
        assert_eq!(read(&json!({})), ClientCapabilities::default());
    }

    #[test]
    fn a_capability_may_be_an_empty_object() {
        assert!(read(&json!({ "textDocument": { "diagnostic": {} } })).pulls_diagnostics);
    }
}
