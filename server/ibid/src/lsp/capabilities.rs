//! What the server offers in its answer to `initialize`.

use serde_json::json;
use tower_lsp::ls_types as lsp;

use super::{abilities::Abilities, actions::FIX_ALL, handshake, texts};

/// What the server can do for this client.
pub(super) fn capabilities(abilities: &Abilities) -> lsp::ServerCapabilities {
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
        save: Some(lsp::TextDocumentSyncSaveOptions::Supported(true)),
        ..lsp::TextDocumentSyncOptions::default()
    };
    let actions = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QUICKFIX, lsp::CodeActionKind::REFACTOR_REWRITE, FIX_ALL]),
        resolve_provider: Some(abilities.resolves_edits),
        ..lsp::CodeActionOptions::default()
    };
    let diagnostics = lsp::DiagnosticOptions {
        identifier: Some("ibid".to_owned()),
        // A note's findings hang on its sources.
        inter_file_dependencies: true,
        workspace_diagnostics: abilities.surveys_up_to > 0,
        ..lsp::DiagnosticOptions::default()
    };
    // With a space, the next word of a quotation is asked for.
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
        position_encoding: Some(abilities.encoding_kind()),
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
        code_lens_provider: abilities.wants_lens.then_some(lsp::CodeLensOptions { resolve_provider: Some(false) }),
        semantic_tokens_provider: Some(semantic_tokens()),
        inlay_hint_provider: abilities.wants_hints.then_some(lsp::OneOf::Left(true)),
        call_hierarchy_provider: Some(true.into()),
        diagnostic_provider: abilities
            .pulls_diagnostics
            .then_some(lsp::DiagnosticServerCapabilities::Options(diagnostics)),
        workspace: Some(lsp::WorkspaceServerCapabilities {
            workspace_folders: Some(folders),
            file_operations: Some(file_operations()),
        }),
        experimental: abilities.takes_texts.then(|| json!({ handshake::TEXTS: { "schemes": [texts::SCHEME] } })),
        ..lsp::ServerCapabilities::default()
    }
}

/// The names of [`ibid_ide::TokenKind`] and [`ibid_ide::TokenStatus`], each in its order, for themes to colour.
fn semantic_tokens() -> lsp::SemanticTokensServerCapabilities {
    let types = ["quotation", "citation", "term", "hedge"].map(lsp::SemanticTokenType::new);
    let modifiers = ["verified", "faulty", "open"].map(lsp::SemanticTokenModifier::new);
    lsp::SemanticTokensServerCapabilities::SemanticTokensOptions(lsp::SemanticTokensOptions {
        legend: lsp::SemanticTokensLegend { token_types: types.into(), token_modifiers: modifiers.into() },
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..lsp::SemanticTokensOptions::default()
    })
}

/// Links are to follow whatever is moved: a folder moves all that is in it.
fn file_operations() -> lsp::WorkspaceFileOperationsServerCapabilities {
    let pattern = lsp::FileOperationPattern { glob: "**".to_owned(), ..lsp::FileOperationPattern::default() };
    let filters = vec![lsp::FileOperationFilter { scheme: Some("file".to_owned()), pattern }];
    lsp::WorkspaceFileOperationsServerCapabilities {
        will_rename: Some(lsp::FileOperationRegistrationOptions { filters }),
        ..lsp::WorkspaceFileOperationsServerCapabilities::default()
    }
}
