//! The protocol's methods. Each reads its parameters, calls the function that does the work, and answers.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::watch;
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
    ls_types as lsp,
};

use super::{
    call_hierarchy,
    client_capabilities::ClientCapabilities,
    client_process, code_actions, completion, convert,
    custom_requests::{self, CiteParams, PassageItem, QuotedPassagesParams, SourceItem},
    diagnostics,
    event::Event,
    features,
    owner_handle::{Changes, OwnerHandle, When},
    refresh,
    semantic_tokens::{self, SentTokens},
    server_capabilities::server_capabilities,
    settings::Settings,
    text_content::{TextContentParams, TextContentResult, Texts},
    uri::{path_of, paths_of},
    view::View,
    work,
    workspace_diagnostics::WorkspaceDiagnostics,
};

/// The server.
pub(super) struct LanguageServer {
    client: Client,
    owner: OwnerHandle,
    life: Life,
    session: OnceLock<Session>,
    changes: Mutex<Option<Changes>>,
    workspace_diagnostics: WorkspaceDiagnostics,
    texts: Texts,
    tokens: SentTokens,
}

/// What `initialize` sets for the rest of the session.
struct Session {
    capabilities: ClientCapabilities,
    settings: Settings,
    folders: Vec<PathBuf>,
}

/// Whether the server should stop.
#[derive(Clone)]
pub(super) struct Life {
    shut_down: Arc<AtomicBool>,
    client_process: Arc<watch::Sender<Option<u32>>>,
}

impl Life {
    /// Whether the client has sent `shutdown`.
    pub(super) fn was_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::Relaxed)
    }

    /// Returns when the client's process has exited. Never returns if the client did not name its process.
    pub(super) async fn client_exited(&self) {
        let mut process = self.client_process.subscribe();
        let known = process.wait_for(Option::is_some).await.ok().and_then(|process| *process);
        match known {
            Some(process) => client_process::exited(process).await,
            None => std::future::pending().await,
        }
    }
}

impl LanguageServer {
    /// A server for a client.
    pub(super) fn new(client: Client) -> Self {
        let (owner, changes) = OwnerHandle::start(client.clone());
        let life = Life { shut_down: Arc::default(), client_process: Arc::default() };
        let workspace_diagnostics =
            WorkspaceDiagnostics::new(client.clone(), owner.clone(), changes.beyond_texts.clone());
        Self {
            client,
            owner,
            life,
            session: OnceLock::new(),
            changes: Mutex::new(Some(changes)),
            workspace_diagnostics,
            texts: Texts::default(),
            tokens: SentTokens::default(),
        }
    }

    /// A handle that says when this server should stop.
    pub(super) fn life(&self) -> Life {
        self.life.clone()
    }

    /// Starts the tasks that notify the client of changes. Findings are either pushed or pulled.
    fn start_notifying(&self, capabilities: ClientCapabilities) {
        let Some(changes) = self.changes.lock().ok().and_then(|mut changes| changes.take()) else { return };
        if capabilities.pulls_diagnostics {
            tokio::spawn(diagnostics::examine_ahead(self.owner.clone(), changes.any));
        } else {
            tokio::spawn(diagnostics::push(self.client.clone(), self.owner.clone(), changes.any));
        }
        let texts = (self.owner.clone(), self.texts.clone());
        tokio::spawn(refresh::refresh(self.client.clone(), capabilities, texts, changes.beyond_texts));
    }

    /// Asks the client to report changes of files and settings. If it refuses, only saved documents are noticed and the initial
    /// settings stay in force.
    fn register(&self, capabilities: &ClientCapabilities) {
        let files = capabilities.watches_files.then(watch_everything);
        let wanted: Vec<_> = files.into_iter().chain(capabilities.watches_settings.then(watch_settings)).collect();
        if wanted.is_empty() {
            return;
        }
        let client = self.client.clone();
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(wanted).await {
                tracing::warn!("the client refused to watch files or settings: {error}");
            }
        });
    }
}

/// Requests beyond the library's protocol.
impl LanguageServer {
    /// `ibid/sources`
    pub(super) async fn sources(&self) -> Result<Vec<SourceItem>> {
        self.of_all_workspaces(custom_requests::sources).await
    }

    /// `ibid/report`
    pub(super) async fn report(&self) -> Result<String> {
        let reports = self.of_all_workspaces(|view| [custom_requests::report(view)]).await?;
        Ok(reports.join("\n"))
    }

    /// `ibid/quotedPassages`
    pub(super) async fn quoted_passages(&self, params: QuotedPassagesParams) -> Result<Option<Vec<PassageItem>>> {
        self.owner
            .read(params.text_document.uri, When::Ready, |view| Some(custom_requests::quoted_passages(view)))
            .await
    }

    /// `ibid/cite`
    pub(super) async fn cite(&self, params: CiteParams) -> Result<Option<String>> {
        self.owner
            .read(params.text_document.uri, When::Ready, move |view| {
                custom_requests::citation(view, &params.source.uri)
            })
            .await
    }

    /// `workspace/textDocumentContent`, which the library does not support yet.
    pub(super) async fn text_document_content(&self, params: TextContentParams) -> Result<TextContentResult> {
        let view = self.owner.view(&params.uri, When::Ready);
        self.texts.give(params.uri, view.await?).await
    }

    /// Runs `find` on every workspace and joins the results.
    async fn of_all_workspaces<T, F>(&self, find: fn(&View) -> F) -> Result<Vec<T>>
    where
        T: Send + 'static,
        F: IntoIterator<Item = T> + Send + 'static,
    {
        let mut found = Vec::new();
        for view in self.owner.workspaces().await? {
            found.extend(work::read(view, find).await?);
        }
        Ok(found)
    }
}

impl tower_lsp::LanguageServer for LanguageServer {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let capabilities = ClientCapabilities::of(&params);
        let offered = server_capabilities(&capabilities);
        self.life.client_process.send_replace(params.process_id);
        let section = params.initialization_options.as_ref().and_then(|options| options.get("settings")).cloned();
        let settings = Settings::of(section.unwrap_or_default());
        let _ = self.session.set(Session { capabilities, settings, folders: folders(params) });
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let server_info = Some(lsp::ServerInfo { name: "ibid".to_owned(), version: Some(version) });
        Ok(lsp::InitializeResult { capabilities: offered, server_info, ..lsp::InitializeResult::default() })
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        let Some(Session { capabilities, settings, folders }) = self.session.get() else { return };
        let (settings, folders) = (settings.clone(), folders.clone());
        self.owner.send(Event::Start { capabilities: *capabilities, settings, folders });
        self.start_notifying(*capabilities);
        self.register(capabilities);
    }

    async fn shutdown(&self) -> Result<()> {
        self.life.shut_down.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, version, text, .. } = params.text_document;
        self.owner.send(Event::Open { uri, version, text });
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        let lsp::VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.owner.send(Event::Edit { uri, version, changes: params.content_changes });
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.owner.send(Event::Close { uri: uri.clone() });
        self.texts.closed(&uri);
        self.tokens.closed(&uri);
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        self.owner.send(Event::Touched(paths_of([&params.text_document.uri])));
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        self.owner.send(Event::Touched(paths_of(params.changes.iter().map(|change| &change.uri))));
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        if let Some(section) = params.settings.get("ibid") {
            return self.owner.send(Event::Configure(Settings::of(section.clone())));
        }
        if !self.session.get().is_some_and(|session| session.capabilities.answers_configuration) {
            return;
        }
        let section = lsp::ConfigurationItem { scope_uri: None, section: Some("ibid".to_owned()) };
        match self.client.configuration(vec![section]).await {
            Ok(sections) => {
                let section = sections.into_iter().next().unwrap_or_default();
                self.owner.send(Event::Configure(Settings::of(section)));
            }
            Err(error) => tracing::warn!("the client did not send its settings: {error}"),
        }
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[lsp::WorkspaceFolder]| paths_of(folders.iter().map(|folder| &folder.uri));
        self.owner.send(Event::Folders { added: paths(&params.event.added), removed: paths(&params.event.removed) });
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let at = params.text_document_position_params;
        self.owner.read(at.text_document.uri, When::Now, move |view| features::hover(view, at.position)).await
    }

    async fn goto_definition(&self, params: lsp::GotoDefinitionParams) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.owner.read(at.text_document.uri, When::Now, move |view| features::definition(view, at.position)).await
    }

    async fn goto_declaration(
        &self,
        params: lsp::request::GotoDeclarationParams,
    ) -> Result<Option<lsp::request::GotoDeclarationResponse>> {
        let at = params.text_document_position_params;
        self.owner.read(at.text_document.uri, When::Now, move |view| features::declaration(view, at.position)).await
    }

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        let at = params.text_document_position;
        self.owner.read(at.text_document.uri, When::Now, move |view| features::completion(view, at.position)).await
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        let Some(note) = completion::note_of(&item) else { return Ok(item) };
        let asked = item.clone();
        let resolved = self.owner.read(note, When::Now, move |view| features::completion_item(view, &asked)).await?;
        Ok(resolved.unwrap_or(item))
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        let at = params.text_document_position;
        let with_definition = params.context.include_declaration;
        let found = self.owner.read(at.text_document.uri, When::Now, move |view| {
            Some(features::references(view, at.position, with_definition))
        });
        let Some((places, message)) = found.await? else { return Ok(None) };
        if let Some(message) = message {
            self.client.show_message(lsp::MessageType::INFO, message).await;
        }
        Ok(Some(places))
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.owner.read(at.text_document.uri, When::Now, move |view| Some(features::highlight(view, at.position))).await
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        self.owner
            .read(params.text_document.uri, When::Now, move |view| features::renamable(view, params.position))
            .await
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let at = params.text_document_position;
        let renamed = self
            .owner
            .read(at.text_document.uri, When::Ready, move |view| {
                Some(features::rename(view, at.position, &params.new_name))
            })
            .await?;
        renamed.unwrap_or(Ok(None)).map_err(refused)
    }

    async fn will_rename_files(&self, params: lsp::RenameFilesParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let views = self.owner.workspaces();
        let path = |uri: &str| path_of(&uri.parse().ok()?);
        let moves = params.files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?)));
        let moves: Arc<[(PathBuf, PathBuf)]> = moves.collect();
        let mut edits = Vec::new();
        for view in views.await? {
            let moves = moves.clone();
            let answer =
                work::read(view, move |view| (features::move_files(view, &moves), features::links_left(view, &moves)));
            let (edited, left) = answer.await?;
            edits.extend(edited);
            if let Some(left) = left {
                self.client.show_message(lsp::MessageType::WARNING, left).await;
            }
        }
        let capabilities = self.session.get().map(|session| session.capabilities).unwrap_or_default();
        Ok((!edits.is_empty()).then(|| convert::workspace_edit(&capabilities, edits, None)))
    }

    async fn document_symbol(&self, params: lsp::DocumentSymbolParams) -> Result<Option<lsp::DocumentSymbolResponse>> {
        self.owner.read(params.text_document.uri, When::Now, |view| Some(features::outline(view))).await
    }

    async fn symbol(&self, params: lsp::WorkspaceSymbolParams) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        let mut found = Vec::new();
        let views = self.owner.workspaces();
        for view in views.await? {
            let typed = params.query.clone();
            found.extend(work::read(view, move |view| features::landmarks(view, &typed)).await?);
        }
        Ok(Some(lsp::WorkspaceSymbolResponse::Flat(found)))
    }

    async fn folding_range(&self, params: lsp::FoldingRangeParams) -> Result<Option<Vec<lsp::FoldingRange>>> {
        self.owner.read(params.text_document.uri, When::Now, |view| Some(features::folding(view))).await
    }

    async fn selection_range(&self, params: lsp::SelectionRangeParams) -> Result<Option<Vec<lsp::SelectionRange>>> {
        self.owner
            .read(params.text_document.uri, When::Now, move |view| Some(features::selections(view, &params.positions)))
            .await
    }

    async fn document_link(&self, params: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>> {
        self.owner.read(params.text_document.uri, When::Now, |view| Some(features::links(view))).await
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        self.owner.read(params.text_document.uri, When::Ready, |view| Some(features::lens(view))).await
    }

    async fn semantic_tokens_full(
        &self,
        params: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        let uri = params.text_document.uri;
        let sent = self.tokens.clone();
        self.owner.read(uri.clone(), When::Now, move |view| Some(sent.all(uri, view).into())).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: lsp::SemanticTokensDeltaParams,
    ) -> Result<Option<lsp::SemanticTokensFullDeltaResult>> {
        let (uri, since) = (params.text_document.uri, params.previous_result_id);
        let sent = self.tokens.clone();
        self.owner.read(uri.clone(), When::Now, move |view| Some(sent.changes(uri, &since, view))).await
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        self.owner
            .read(params.text_document.uri, When::Now, move |view| {
                Some(semantic_tokens::in_range(view, params.range).into())
            })
            .await
    }

    async fn inlay_hint(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        self.owner
            .read(params.text_document.uri, When::Now, move |view| Some(features::hints(view, params.range)))
            .await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: lsp::CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.owner
            .read(at.text_document.uri, When::Now, move |view| Some(vec![call_hierarchy::item_at(view, at.position)?]))
            .await
    }

    async fn incoming_calls(
        &self,
        params: lsp::CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
        self.owner
            .read(params.item.uri.clone(), When::Now, move |view| call_hierarchy::quoted_by(view, &params.item))
            .await
    }

    async fn outgoing_calls(
        &self,
        params: lsp::CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
        self.owner
            .read(params.item.uri.clone(), When::Now, move |view| call_hierarchy::quotes(view, &params.item))
            .await
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        self.owner
            .read(params.text_document.uri.clone(), When::Now, move |view| {
                Some(code_actions::code_actions(view, &params))
            })
            .await
    }

    async fn code_action_resolve(&self, action: lsp::CodeAction) -> Result<lsp::CodeAction> {
        let Some(note) = code_actions::note_of(&action) else { return Ok(action) };
        let resolved = self.owner.read(note, When::Now, move |view| code_actions::resolved(view, &action)).await?;
        resolved.ok_or_else(Error::content_modified)
    }

    async fn workspace_diagnostic(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        self.workspace_diagnostics.report(params).await
    }

    async fn diagnostic(&self, params: lsp::DocumentDiagnosticParams) -> Result<lsp::DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let report = self
            .owner
            .read(params.text_document.uri, When::Ready, move |view| {
                Some(diagnostics::report(view, previous.as_deref()))
            })
            .await?;
        Ok(lsp::DocumentDiagnosticReportResult::Report(report.unwrap_or_else(diagnostics::nothing)))
    }
}

/// The error `RequestFailed` of LSP 3.17: the request is valid but cannot be carried out.
fn refused(reason: String) -> Error {
    const REQUEST_FAILED: i64 = -32803;
    Error { code: REQUEST_FAILED.into(), message: reason.into(), data: None }
}

/// The folders that the client has open.
#[expect(deprecated, reason = "clients without workspace folders name one root")]
fn folders(params: lsp::InitializeParams) -> Vec<PathBuf> {
    match params.workspace_folders {
        Some(folders) => paths_of(folders.iter().map(|folder| &folder.uri)),
        None => paths_of(&params.root_uri),
    }
}

/// A registration for all files and folders. The owner decides which of them matter, since that depends on the configuration.
fn watch_everything() -> lsp::Registration {
    lsp::Registration {
        id: "ibid/watch".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(serde_json::json!({ "watchers": [{ "globPattern": "**/*" }] })),
    }
}

/// A registration for the section `ibid` of the client's settings.
fn watch_settings() -> lsp::Registration {
    lsp::Registration {
        id: "ibid/settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(serde_json::json!({ "section": "ibid" })),
    }
}
