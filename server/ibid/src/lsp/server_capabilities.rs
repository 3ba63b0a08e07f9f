//! The server's capabilities, which answer `initialize`.

use serde_json::json;
use tower_lsp::ls_types as lsp;

use super::{client_capabilities::ClientCapabilities, code_actions::FIX_ALL, handshake, uri};

/// The capabilities that are offered to a client.
pub(super) fn server_capabilities(capabilities: &ClientCapabilities) -> lsp::ServerCapabilities {
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
        save: Some(lsp::TextDocumentSyncSaveOptions::Supported(true)),
        ..lsp::TextDocumentSyncOptions::default()
    };
    let actions = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QUICKFIX, lsp::CodeActionKind::REFACTOR_REWRITE, FIX_ALL]),
        resolve_provider: Some(capabilities.resolves_code_actions),
        ..lsp::CodeActionOptions::default()
    };
    let diagnostics = lsp::DiagnosticOptions {
        identifier: Some("ibid".to_owned()),
        // A note's findings depend on its sources.
        inter_file_dependencies: true,
        workspace_diagnostics: capabilities.workspace_diagnostics_limit > 0,
        ..lsp::DiagnosticOptions::default()
    };
    // A space asks for the next word of a quotation.
    let characters = ["[", "@", "^", "#", "\"", "“", "«", "„", " "].map(str::to_owned);
    let completion = lsp::CompletionOptions {
        trigger_characters: Some(characters.into()),
        resolve_provider: Some(true),
        ..lsp::CompletionOptions::default()
    };
    let rename = lsp::RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    };
    let links = lsp::DocumentLinkOptions {
        resolve_provider: Some(false),
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    };
    let folders = lsp::WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(lsp::OneOf::Left(true)),
    };
    lsp::ServerCapabilities {
        position_encoding: Some(capabilities.encoding_kind()),
        text_document_sync: Some(sync.into()),
        hover_provider: Some(true.into()),
        definition_provider: Some(lsp::OneOf::Left(true)),
        declaration_provider: Some(lsp::DeclarationCapability::Simple(true)),
        completion_provider: Some(completion),
        references_provider: Some(lsp::OneOf::Left(true)),
        document_highlight_provider: Some(lsp::OneOf::Left(true)),
        rename_provider: Some(lsp::OneOf::Right(rename)),
        document_symbol_provider: Some(lsp::OneOf::Left(true)),
        workspace_symbol_provider: Some(lsp::OneOf::Left(true)),
        folding_range_provider: Some(true.into()),
        selection_range_provider: Some(true.into()),
        document_link_provider: Some(links),
        code_action_provider: Some(actions.into()),
        code_lens_provider: capabilities.wants_lens.then_some(lsp::CodeLensOptions { resolve_provider: Some(false) }),
        semantic_tokens_provider: Some(semantic_tokens()),
        inlay_hint_provider: capabilities.wants_hints.then_some(lsp::OneOf::Left(true)),
        call_hierarchy_provider: Some(true.into()),
        diagnostic_provider: capabilities
            .pulls_diagnostics
            .then_some(lsp::DiagnosticServerCapabilities::Options(diagnostics)),
        workspace: Some(lsp::WorkspaceServerCapabilities {
            workspace_folders: Some(folders),
            file_operations: Some(file_operations()),
        }),
        experimental: capabilities
            .reads_text_content
            .then(|| json!({ handshake::TEXT_CONTENT: { "schemes": [uri::SCHEME] } })),
        ..lsp::ServerCapabilities::default()
    }
}

/// The names of [`ibid_ide::TokenKind`] and [`ibid_ide::TokenStatus`] in their order. Colour themes refer to them.
fn semantic_tokens() -> lsp::SemanticTokensServerCapabilities {
    let types = ["quotation", "citation", "term", "hedge"].map(lsp::SemanticTokenType::new);
    let modifiers = ["verified", "faulty", "open", "unconfirmed"].map(lsp::SemanticTokenModifier::new);
    lsp::SemanticTokensServerCapabilities::SemanticTokensOptions(lsp::SemanticTokensOptions {
        legend: lsp::SemanticTokensLegend { token_types: types.into(), token_modifiers: modifiers.into() },
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..lsp::SemanticTokensOptions::default()
    })
}

/// Links are updated when any file or folder is moved.
fn file_operations() -> lsp::WorkspaceFileOperationsServerCapabilities {
    let pattern = lsp::FileOperationPattern { glob: "**".to_owned(), ..lsp::FileOperationPattern::default() };
    let filters = vec![lsp::FileOperationFilter { scheme: Some("file".to_owned()), pattern }];
    lsp::WorkspaceFileOperationsServerCapabilities {
        will_rename: Some(lsp::FileOperationRegistrationOptions { filters }),
        ..lsp::WorkspaceFileOperationsServerCapabilities::default()
    }
}
