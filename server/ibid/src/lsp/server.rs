//! The protocol's methods, each a few lines: read the parameters, hand on, answer.

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
    abilities::Abilities,
    actions,
    capabilities::capabilities,
    completion, convert, diagnose, features, hierarchy, library, parent, refresh,
    settings::Settings,
    state::{Changes, Event, State, When, path_of},
    survey::Surveys,
    texts::{self, Texts},
    tokens::{self, GivenTokens},
    view::View,
    work,
};

/// The server.
pub(super) struct LanguageServer {
    client: Client,
    state: State,
    life: Life,
    agreed: OnceLock<Agreed>,
    changes: Mutex<Option<Changes>>,
    surveys: Surveys,
    texts: Texts,
    tokens: GivenTokens,
}

/// What `initialize` settled.
struct Agreed {
    abilities: Abilities,
    settings: Settings,
    folders: Vec<PathBuf>,
}

/// Whether the server may go on.
#[derive(Clone)]
pub(super) struct Life {
    shut_down: Arc<AtomicBool>,
    client_process: Arc<watch::Sender<Option<u32>>>,
}

impl Life {
    /// Whether the client has asked for `shutdown`.
    pub(super) fn was_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::Relaxed)
    }

    /// Ends when the client's process is gone; never if it named none.
    pub(super) async fn client_is_gone(&self) {
        let mut process = self.client_process.subscribe();
        let known = process.wait_for(Option::is_some).await.ok().and_then(|process| *process);
        match known {
            Some(process) => parent::gone(process).await,
            None => std::future::pending().await,
        }
    }
}

impl LanguageServer {
    /// A server that speaks to `client`.
    pub(super) fn new(client: Client) -> Self {
        let (state, changes) = State::start(client.clone());
        let life = Life { shut_down: Arc::default(), client_process: Arc::default() };
        let surveys = Surveys::new(client.clone(), state.clone(), changes.beyond_texts.clone());
        Self {
            client,
            state,
            life,
            agreed: OnceLock::new(),
            changes: Mutex::new(Some(changes)),
            surveys,
            texts: Texts::default(),
            tokens: GivenTokens::default(),
        }
    }

    /// The life of this server.
    pub(super) fn life(&self) -> Life {
        self.life.clone()
    }

    /// Starts what tells the client of changes: of findings in the one way that was agreed.
    fn start_telling(&self, abilities: Abilities) {
        let Some(changes) = self.changes.lock().ok().and_then(|mut changes| changes.take()) else { return };
        if abilities.pulls_diagnostics {
            tokio::spawn(diagnose::examine_ahead(self.state.clone(), changes.any));
        } else {
            tokio::spawn(diagnose::push(self.client.clone(), self.state.clone(), changes.any));
        }
        let texts = (self.state.clone(), self.texts.clone());
        tokio::spawn(refresh::refresh(self.client.clone(), abilities, texts, changes.beyond_texts));
    }

    /// Asks the client to tell of changes to files and settings. It may refuse; then only saved documents are seen, and the
    /// settings of the beginning hold.
    fn register(&self, abilities: &Abilities) {
        let files = abilities.watches_files.then(watch_everything);
        let wanted: Vec<_> = files.into_iter().chain(abilities.watches_settings.then(watch_settings)).collect();
        if wanted.is_empty() {
            return;
        }
        let client = self.client.clone();
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(wanted).await {
                tracing::warn!("the client does not watch after all: {error}");
            }
        });
    }
}

/// Requests of our own.
impl LanguageServer {
    /// `ibid/sources`
    pub(super) async fn sources(&self) -> Result<Vec<library::SourceItem>> {
        self.of_all(library::sources).await
    }

    /// `ibid/report`
    pub(super) async fn report(&self) -> Result<String> {
        let reports = self.of_all(|view| [library::report(view)]).await?;
        Ok(reports.join("\n"))
    }

    /// `ibid/quotedPassages`
    pub(super) async fn quoted_passages(&self, of: library::OfDocument) -> Result<Option<Vec<library::PassageItem>>> {
        self.state.read(of.text_document.uri, When::Ready, |view| Some(library::quoted_passages(view))).await
    }

    /// `ibid/cite`
    pub(super) async fn cite(&self, citing: library::Citing) -> Result<Option<String>> {
        self.state
            .read(citing.text_document.uri, When::Ready, move |view| library::citation(view, &citing.source.uri))
            .await
    }

    /// `workspace/textDocumentContent`, which the library knows nothing of yet.
    pub(super) async fn text_document_content(&self, at: texts::TextAt) -> Result<texts::Text> {
        let view = self.state.view(&at.uri, When::Ready);
        self.texts.give(at.uri, view.await?).await
    }

    /// What is found in every workspace.
    async fn of_all<T, F>(&self, find: fn(&View) -> F) -> Result<Vec<T>>
    where
        T: Send + 'static,
        F: IntoIterator<Item = T> + Send + 'static,
    {
        let mut found = Vec::new();
        for view in self.state.workspaces().await? {
            found.extend(work::read(view, find).await?);
        }
        Ok(found)
    }
}

impl tower_lsp::LanguageServer for LanguageServer {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let abilities = Abilities::of(&params);
        let capabilities = capabilities(&abilities);
        self.life.client_process.send_replace(params.process_id);
        let section = params.initialization_options.as_ref().and_then(|options| options.get("settings")).cloned();
        let settings = Settings::of(section.unwrap_or_default());
        let _ = self.agreed.set(Agreed { abilities, settings, folders: folders(params) });
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let server_info = Some(lsp::ServerInfo { name: "ibid".to_owned(), version: Some(version) });
        Ok(lsp::InitializeResult { capabilities, server_info, ..lsp::InitializeResult::default() })
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        let Some(Agreed { abilities, settings, folders }) = self.agreed.get() else { return };
        let (settings, folders) = (settings.clone(), folders.clone());
        self.state.send(Event::Start { abilities: *abilities, settings, folders });
        self.start_telling(*abilities);
        self.register(abilities);
    }

    async fn shutdown(&self) -> Result<()> {
        self.life.shut_down.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, version, text, .. } = params.text_document;
        self.state.send(Event::Open { uri, version, text });
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        let lsp::VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.state.send(Event::Edit { uri, version, changes: params.content_changes });
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.state.send(Event::Close { uri: uri.clone() });
        self.texts.closed(&uri);
        self.tokens.closed(&uri);
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        self.state.send(Event::Touched(file_paths([&params.text_document.uri])));
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        self.state.send(Event::Touched(file_paths(params.changes.iter().map(|change| &change.uri))));
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        if let Some(section) = params.settings.get("ibid") {
            return self.state.send(Event::Configure(Settings::of(section.clone())));
        }
        if !self.agreed.get().is_some_and(|agreed| agreed.abilities.tells_settings) {
            return;
        }
        let section = lsp::ConfigurationItem { scope_uri: None, section: Some("ibid".to_owned()) };
        match self.client.configuration(vec![section]).await {
            Ok(told) => self.state.send(Event::Configure(Settings::of(told.into_iter().next().unwrap_or_default()))),
            Err(error) => tracing::warn!("the client does not tell its settings: {error}"),
        }
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[lsp::WorkspaceFolder]| file_paths(folders.iter().map(|folder| &folder.uri));
        self.state.send(Event::Folders { added: paths(&params.event.added), removed: paths(&params.event.removed) });
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let at = params.text_document_position_params;
        self.state.read(at.text_document.uri, When::Now, move |view| features::hover(view, at.position)).await
    }

    async fn goto_definition(&self, params: lsp::GotoDefinitionParams) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.state.read(at.text_document.uri, When::Now, move |view| features::definition(view, at.position)).await
    }

    async fn goto_declaration(
        &self,
        params: lsp::request::GotoDeclarationParams,
    ) -> Result<Option<lsp::request::GotoDeclarationResponse>> {
        let at = params.text_document_position_params;
        self.state.read(at.text_document.uri, When::Now, move |view| features::declaration(view, at.position)).await
    }

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        let at = params.text_document_position;
        self.state.read(at.text_document.uri, When::Now, move |view| features::completion(view, at.position)).await
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        let Some(note) = completion::note_of(&item) else { return Ok(item) };
        let asked = item.clone();
        let resolved = self.state.read(note, When::Now, move |view| features::completion_item(view, &asked)).await?;
        Ok(resolved.unwrap_or(item))
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        let at = params.text_document_position;
        let with_definition = params.context.include_declaration;
        let found = self.state.read(at.text_document.uri, When::Now, move |view| {
            Some(features::references(view, at.position, with_definition))
        });
        let Some((places, remark)) = found.await? else { return Ok(None) };
        if let Some(remark) = remark {
            self.client.show_message(lsp::MessageType::INFO, remark).await;
        }
        Ok(Some(places))
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.state.read(at.text_document.uri, When::Now, move |view| Some(features::highlight(view, at.position))).await
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        self.state
            .read(params.text_document.uri, When::Now, move |view| features::renamable(view, params.position))
            .await
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let at = params.text_document_position;
        let renamed = self
            .state
            .read(at.text_document.uri, When::Ready, move |view| {
                Some(features::rename(view, at.position, &params.new_name))
            })
            .await?;
        renamed.unwrap_or(Ok(None)).map_err(refused)
    }

    async fn will_rename_files(&self, params: lsp::RenameFilesParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let views = self.state.workspaces();
        let path = |uri: &str| path_of(&uri.parse().ok()?);
        let moves = params.files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?)));
        let moves: Arc<[(PathBuf, PathBuf)]> = moves.collect();
        let mut edits = Vec::new();
        for view in views.await? {
            let moves = moves.clone();
            edits.extend(work::read(view, move |view| features::move_files(view, &moves)).await?);
        }
        let abilities = self.agreed.get().map(|agreed| agreed.abilities).unwrap_or_default();
        Ok((!edits.is_empty()).then(|| convert::workspace_edit(&abilities, edits, None)))
    }

    async fn document_symbol(&self, params: lsp::DocumentSymbolParams) -> Result<Option<lsp::DocumentSymbolResponse>> {
        self.state.read(params.text_document.uri, When::Now, |view| Some(features::outline(view))).await
    }

    async fn symbol(&self, params: lsp::WorkspaceSymbolParams) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        let mut found = Vec::new();
        let views = self.state.workspaces();
        for view in views.await? {
            let typed = params.query.clone();
            found.extend(work::read(view, move |view| features::landmarks(view, &typed)).await?);
        }
        Ok(Some(lsp::WorkspaceSymbolResponse::Flat(found)))
    }

    async fn folding_range(&self, params: lsp::FoldingRangeParams) -> Result<Option<Vec<lsp::FoldingRange>>> {
        self.state.read(params.text_document.uri, When::Now, |view| Some(features::folding(view))).await
    }

    async fn selection_range(&self, params: lsp::SelectionRangeParams) -> Result<Option<Vec<lsp::SelectionRange>>> {
        self.state
            .read(params.text_document.uri, When::Now, move |view| Some(features::selections(view, &params.positions)))
            .await
    }

    async fn document_link(&self, params: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>> {
        self.state.read(params.text_document.uri, When::Now, |view| Some(features::links(view))).await
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        self.state.read(params.text_document.uri, When::Ready, |view| Some(features::lens(view))).await
    }

    async fn semantic_tokens_full(
        &self,
        params: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        let uri = params.text_document.uri;
        let given = self.tokens.clone();
        self.state.read(uri.clone(), When::Now, move |view| Some(given.all(uri, view).into())).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: lsp::SemanticTokensDeltaParams,
    ) -> Result<Option<lsp::SemanticTokensFullDeltaResult>> {
        let (uri, since) = (params.text_document.uri, params.previous_result_id);
        let given = self.tokens.clone();
        self.state.read(uri.clone(), When::Now, move |view| Some(given.changes(uri, &since, view))).await
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        self.state
            .read(params.text_document.uri, When::Now, move |view| Some(tokens::in_range(view, params.range).into()))
            .await
    }

    async fn inlay_hint(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        self.state
            .read(params.text_document.uri, When::Now, move |view| Some(features::hints(view, params.range)))
            .await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: lsp::CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.state
            .read(at.text_document.uri, When::Now, move |view| Some(vec![hierarchy::item_at(view, at.position)?]))
            .await
    }

    async fn incoming_calls(
        &self,
        params: lsp::CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
        self.state.read(params.item.uri.clone(), When::Now, move |view| hierarchy::quoted_by(view, &params.item)).await
    }

    async fn outgoing_calls(
        &self,
        params: lsp::CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
        self.state.read(params.item.uri.clone(), When::Now, move |view| hierarchy::quotes(view, &params.item)).await
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        self.state
            .read(params.text_document.uri.clone(), When::Now, move |view| Some(actions::code_actions(view, &params)))
            .await
    }

    async fn code_action_resolve(&self, action: lsp::CodeAction) -> Result<lsp::CodeAction> {
        let Some(note) = actions::note_of(&action) else { return Ok(action) };
        let resolved = self.state.read(note, When::Now, move |view| actions::resolved(view, &action)).await?;
        resolved.ok_or_else(Error::content_modified)
    }

    async fn workspace_diagnostic(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        self.surveys.report(params).await
    }

    async fn diagnostic(&self, params: lsp::DocumentDiagnosticParams) -> Result<lsp::DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let report = self
            .state
            .read(params.text_document.uri, When::Ready, move |view| Some(diagnose::report(view, previous.as_deref())))
            .await?;
        Ok(lsp::DocumentDiagnosticReportResult::Report(report.unwrap_or_else(diagnose::nothing)))
    }
}

/// That a request was understood and is not done: `RequestFailed` of LSP 3.17.
fn refused(why: String) -> Error {
    const REQUEST_FAILED: i64 = -32803;
    Error { code: REQUEST_FAILED.into(), message: why.into(), data: None }
}

/// The folders that the client has open.
#[expect(deprecated, reason = "clients older than workspace folders name one root")]
fn folders(params: lsp::InitializeParams) -> Vec<PathBuf> {
    match params.workspace_folders {
        Some(folders) => file_paths(folders.iter().map(|folder| &folder.uri)),
        None => file_paths(&params.root_uri),
    }
}

fn file_paths<'a>(uris: impl IntoIterator<Item = &'a lsp::Uri>) -> Vec<PathBuf> {
    uris.into_iter().filter_map(path_of).collect()
}

/// Every file and folder: which of them matter changes with the configuration, and is decided where that is known.
fn watch_everything() -> lsp::Registration {
    lsp::Registration {
        id: "ibid/watch".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(serde_json::json!({ "watchers": [{ "globPattern": "**/*" }] })),
    }
}

/// The client's section of settings.
fn watch_settings() -> lsp::Registration {
    lsp::Registration {
        id: "ibid/settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(serde_json::json!({ "section": "ibid" })),
    }
}
