//! The single owner of all mutable state: a thread that holds the open documents and the workspaces.
//!
//! It hands out immutable [`View`]s. Between messages it applies the results of discovery in small batches, so that edits do
//! not wait for a large workspace.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
};

use ibid_corpus::{Applied, Config, Discovery, FileAccess, Interrupted, config::FILE_NAME};
use tokio::sync::watch;
use tower_lsp::{
    Client,
    ls_types::{MessageType, TextDocumentContentChangeEvent, Uri},
};

use super::{
    client_capabilities::ClientCapabilities,
    config_problems::ConfigProblems,
    documents::Document,
    event::{Event, Reply},
    owner_handle::{OwnerHandle, When},
    progress::ProgressBar,
    settings::Settings,
    status::{StatusSender, WorkspaceStatus},
    uri::path_of,
    view::{OpenDocument, View},
    watch::Watcher,
    workspace::Workspace,
};
use crate::cache;

/// The owner.
pub(super) struct Owner {
    client: Client,
    /// Given to background threads, which send their results back as events.
    handle: OwnerHandle,
    access: FileAccess,
    capabilities: ClientCapabilities,
    settings: Settings,
    documents: HashMap<PathBuf, Document>,
    /// The open documents as views need them; shared with every view.
    open: Arc<HashMap<PathBuf, OpenDocument>>,
    /// Edited documents whose text has not been applied to their workspace. A burst of edits is applied and parsed once.
    unapplied: HashSet<PathBuf>,
    workspaces: Vec<Workspace>,
    /// Requests for views that wait until their workspace is ready.
    waiting: Vec<(Uri, Reply)>,
    progress: Option<ProgressBar>,
    watcher: Option<Watcher>,
    status: StatusSender,
    problems: ConfigProblems,
    any: watch::Sender<u64>,
    beyond_texts: watch::Sender<u64>,
}

impl Owner {
    /// An owner without documents and workspaces. `any` and `beyond_texts` count its changes; see
    /// [`Changes`](super::owner_handle::Changes).
    pub(super) fn new(
        client: Client,
        handle: OwnerHandle,
        any: watch::Sender<u64>,
        beyond_texts: watch::Sender<u64>,
    ) -> Self {
        Self {
            status: StatusSender::new(client.clone()),
            problems: ConfigProblems::new(client.clone()),
            client,
            handle,
            access: cache::access(),
            capabilities: ClientCapabilities::default(),
            settings: Settings::default(),
            documents: HashMap::new(),
            open: Arc::default(),
            unapplied: HashSet::new(),
            workspaces: Vec::new(),
            waiting: Vec::new(),
            progress: None,
            watcher: None,
            any,
            beyond_texts,
        }
    }

    /// Handles events until the queue is closed.
    pub(super) fn run(mut self, inbox: &mpsc::Receiver<Event>) {
        loop {
            match inbox.try_recv() {
                Ok(event) => self.guarded(|owner| owner.handle(event)),
                Err(mpsc::TryRecvError::Disconnected) => return,
                Err(mpsc::TryRecvError::Empty) => {
                    let mut busy = false;
                    self.guarded(|owner| busy = owner.idle());
                    if busy {
                        continue;
                    }
                    let Ok(event) = inbox.recv() else { return };
                    self.guarded(|owner| owner.handle(event));
                }
            }
        }
    }

    /// Runs one step. If it panics, only that step is lost.
    fn guarded(&mut self, step: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| step(self))).is_err() {
            tracing::error!("a change could not be applied; the files it affects may be out of date");
        }
    }

    /// Does some of the pending work while no event is waiting. Returns whether there may be more.
    fn idle(&mut self) -> bool {
        self.apply_edits();
        let busy = self.workspaces.iter_mut().find_map(|workspace| workspace.apply_some());
        if busy == Some(Applied::All) {
            self.applied_all();
        }
        busy.is_some()
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Start { capabilities, settings, folders } => self.start(capabilities, settings, &folders),
            Event::Configure(settings) => self.configure(settings),
            Event::Folders { added, removed } => self.change_folders(&added, &removed),
            Event::Open { uri, version, text } => self.open_document(uri, version, &text),
            Event::Edit { uri, version, changes } => self.edit_document(&uri, version, &changes),
            Event::Close { uri } => self.close_document(&uri),
            Event::Touched(paths) => self.touch(&paths),
            Event::FoundSources { root, config, changes } => {
                if let Some(workspace) = self.current(&root, &config) {
                    workspace.add_sources(changes);
                }
            }
            Event::Discovered { root, config, changes } => {
                if let Some(workspace) = self.current(&root, &config) {
                    workspace.add_discovered(changes);
                }
            }
            Event::ReadInFull { root, config, changes } => {
                if let Some(workspace) = self.current(&root, &config) {
                    workspace.add_facts(changes);
                }
            }
            Event::Corrupt { root } => self.rediscover(&root),
            Event::View { uri, when, reply } => self.answer(uri, when, reply),
            Event::Workspaces(reply) => drop(reply.send(self.workspace_views())),
            Event::WorkspacesRead(reply) => {
                let is_read = self.workspaces.iter().all(|workspace| workspace.is_ready());
                drop(reply.send(is_read.then(|| self.workspace_views())));
            }
            Event::OpenNotes(reply) => drop(reply.send(self.open_notes())),
        }
    }

    fn start(&mut self, capabilities: ClientCapabilities, settings: Settings, folders: &[PathBuf]) {
        self.capabilities = capabilities;
        self.configure(settings);
        self.watcher = Watcher::new(self.handle.clone());
        self.change_folders(folders, &[]);
    }

    /// Applies changed settings.
    fn configure(&mut self, settings: Settings) {
        if self.settings == settings {
            return;
        }
        self.settings = settings;
        for problem in self.settings.problems() {
            let client = self.client.clone();
            tokio::spawn(async move { client.show_message(MessageType::WARNING, format!("ibid: {problem}")).await });
        }
        let settings = self.settings.clone();
        let to_discover = self.workspaces.iter_mut().filter_map(|it| it.configure(&settings).then(|| it.root.clone()));
        for root in to_discover.collect::<Vec<_>>() {
            self.discover(&root);
        }
        self.changed();
    }

    fn change_folders(&mut self, added: &[PathBuf], removed: &[PathBuf]) {
        let removed: Vec<PathBuf> = removed.iter().map(|folder| root_of(folder)).collect();
        self.workspaces.retain(|workspace| !removed.contains(&workspace.root));
        for folder in added {
            self.add_workspace(&root_of(folder));
        }
        self.unapplied.extend(self.documents.keys().cloned());
        self.changed();
    }

    fn add_workspace(&mut self, root: &Path) {
        if self.workspaces.iter().all(|workspace| workspace.root != root) {
            self.insert(Workspace::new(root.to_owned(), &self.settings, self.access.clone()));
            self.discover(root);
        }
    }

    fn insert(&mut self, workspace: Workspace) {
        self.workspaces.push(workspace);
        // The innermost root comes first, so it is the one that is found for a file.
        self.workspaces.sort_by_key(|workspace| Reverse(workspace.root.components().count()));
    }

    /// Makes sure that some workspace contains a document.
    fn ensure_workspace(&mut self, path: &Path) {
        let Some(folder) = path.parent().filter(|_| self.workspace(path).is_none()) else { return };
        match Config::root_of(folder) {
            Some(root) => self.add_workspace(&root),
            None => self.insert(Workspace::loose(folder.to_owned(), &self.settings, self.access.clone())),
        }
    }

    /// Starts discovery in the background. Its results arrive as events.
    fn discover(&mut self, root: &Path) {
        let Some(workspace) = self.workspaces.iter().find(|workspace| workspace.root == root) else { return };
        if let Some(watcher) = &mut self.watcher {
            watcher.watch(workspace.config(), self.capabilities.watches_files);
        }
        self.problems.show(&self.capabilities, workspace.config());
        if self.progress.is_none() && self.capabilities.shows_progress {
            self.progress = Some(ProgressBar::begin(self.client.clone()));
        }
        let (handle, config, root) = (self.handle.clone(), workspace.config().clone(), workspace.root.clone());
        let (progress, cancelled) = (self.progress.clone(), workspace.cancelled().clone());
        let access = self.access.clone();
        thread::spawn(move || {
            let report = |at: ibid_corpus::Progress| progress.iter().for_each(|progress| progress.find(at.read, at.of));
            let take = |changes| {
                handle.send(Event::FoundSources { root: root.clone(), config: config.clone(), changes });
            };
            let discovery = Discovery { config: &config, access: &access, progress: &report, cancelled: &cancelled };
            if let Ok(changes) = discovery.run_sources_first(take) {
                handle.send(Event::Discovered { root, config, changes });
            }
        });
        self.show_status();
    }

    /// Starts to read in full, in the background, every workspace that is due. The results arrive as events.
    fn read_in_full(&mut self) {
        for workspace in &mut self.workspaces {
            if !workspace.begin_reading() {
                continue;
            }
            let (handle, config, root) = (self.handle.clone(), workspace.config().clone(), workspace.root.clone());
            let (progress, cancelled) = (self.progress.clone(), workspace.cancelled().clone());
            let (access, snapshot) = (self.access.clone(), workspace.snapshot());
            thread::spawn(move || {
                let report =
                    |at: ibid_corpus::Progress| progress.iter().for_each(|progress| progress.read(at.read, at.of));
                let discovery =
                    Discovery { config: &config, access: &access, progress: &report, cancelled: &cancelled };
                match discovery.read_in_full(&snapshot) {
                    Ok(changes) => handle.send(Event::ReadInFull { root, config, changes }),
                    Err(Interrupted::Corrupt) => handle.send(Event::Corrupt { root }),
                    Err(Interrupted::Cancelled(_)) => {}
                }
            });
        }
    }

    /// Builds in the background the lists over all files of the workspaces that are ready, so that no request waits for them.
    fn make_lists(&self) {
        for workspace in self.workspaces.iter().filter(|workspace| workspace.is_ready()) {
            let snapshot = workspace.snapshot();
            thread::spawn(move || snapshot.make_lists());
        }
    }

    /// The workspace that a discovery was started for. `None` if the folder was closed meanwhile, or if its configuration has
    /// changed so that another discovery is running.
    fn current(&mut self, root: &Path, config: &Arc<Config>) -> Option<&mut Workspace> {
        let is_current = |workspace: &&mut Workspace| workspace.root == root && Arc::ptr_eq(workspace.config(), config);
        self.workspaces.iter_mut().find(is_current)
    }

    /// Discovers a workspace again, without its index.
    fn rediscover(&mut self, root: &Path) {
        if let Some(workspace) = self.workspaces.iter_mut().find(|workspace| workspace.root == *root) {
            tracing::warn!("the index of {} is corrupt on disk and is built again", root.display());
            workspace.reload(&self.settings);
            self.discover(root);
        }
    }

    /// Continues after a workspace has applied all results of discovery, or of reading in full.
    fn applied_all(&mut self) {
        if self.workspaces.iter().all(|workspace| workspace.is_ready()) {
            self.progress = None;
        }
        self.read_in_full();
        self.make_lists();
        self.changed();
        let waiting = std::mem::take(&mut self.waiting);
        for (uri, reply) in waiting {
            self.answer(uri, When::Ready, reply);
        }
    }

    fn open_document(&mut self, uri: Uri, version: i32, text: &str) {
        let Some(path) = self.own_path(&uri) else { return };
        self.ensure_workspace(&path);
        self.documents.insert(path.clone(), Document::new(uri, version, text));
        self.edited(path);
    }

    fn edit_document(&mut self, uri: &Uri, version: i32, changes: &[TextDocumentContentChangeEvent]) {
        let Some(path) = self.own_path(uri) else { return };
        let Some(document) = self.documents.get_mut(&path) else {
            return tracing::warn!("{} was edited but is not open", uri.as_str());
        };
        if let Err(error) = document.edit(version, changes, self.capabilities.encoding) {
            tracing::warn!("an edit of {} was refused: {error}", uri.as_str());
        }
        self.edited(path);
    }

    fn close_document(&mut self, uri: &Uri) {
        let Some(path) = self.own_path(uri) else { return };
        self.documents.remove(&path);
        self.unapplied.remove(&path);
        Arc::make_mut(&mut self.open).remove(&path);
        if let Some(workspace) = self.workspace(&path) {
            workspace.close(&path);
        }
        self.changed();
    }

    fn edited(&mut self, path: PathBuf) {
        let document = &self.documents[&path];
        let open = OpenDocument { uri: document.uri.clone(), version: document.version, memo: document.memo.clone() };
        Arc::make_mut(&mut self.open).insert(path.clone(), open);
        self.unapplied.insert(path);
    }

    /// Applies the texts of edited documents to their workspaces.
    fn apply_edits(&mut self) {
        for path in std::mem::take(&mut self.unapplied) {
            let Some(document) = self.documents.get(&path) else { continue };
            let (version, text) = (document.version, document.text());
            if let Some(workspace) = self.workspace(&path) {
                workspace.set_text(&path, version, text);
                self.any.send_modify(|count| *count += 1);
            }
        }
    }

    fn touch(&mut self, paths: &[PathBuf]) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.without_links(path)).collect();
        let mut restructured = Vec::new();
        let mut changed = false;
        for workspace in &mut self.workspaces {
            let touched: Vec<&PathBuf> = paths.iter().filter(|path| workspace.contains(path)).collect();
            if touched.iter().any(|path| workspace.needs_discovery(path)) {
                workspace.reload(&self.settings);
                restructured.push(workspace.root.clone());
            } else {
                for path in touched {
                    changed |= workspace.refresh(path);
                }
            }
        }
        for root in &restructured {
            self.discover(root);
        }
        if changed || !restructured.is_empty() {
            self.changed();
        }
    }

    /// Signals a change that is not just an edit of an open document.
    fn changed(&mut self) {
        self.apply_edits();
        self.any.send_modify(|count| *count += 1);
        self.beyond_texts.send_modify(|count| *count += 1);
        self.show_status();
    }

    fn show_status(&mut self) {
        if self.capabilities.wants_status {
            self.status.show(self.workspaces.iter().map(WorkspaceStatus::of).collect());
        }
    }

    fn answer(&mut self, uri: Uri, when: When, reply: Reply) {
        self.apply_edits();
        let path = self.own_path(&uri);
        let workspace = path.as_ref().and_then(|path| self.workspace(path).map(|workspace| workspace.is_ready()));
        if workspace == Some(false) && when == When::Ready {
            self.waiting.push((uri, reply));
            return;
        }
        let view = path.and_then(|path| self.view(&path));
        reply(view);
    }

    fn view(&mut self, path: &Path) -> Option<View> {
        let snapshot = self.workspace(path)?.snapshot();
        let file = snapshot.by_path(path)?.clone();
        Some(View { snapshot, file, open: self.open.clone(), capabilities: self.capabilities })
    }

    fn workspace_views(&self) -> Vec<View> {
        let view = |workspace: &Workspace| {
            let snapshot = workspace.snapshot();
            let file = snapshot.files().next()?.clone();
            Some(View { snapshot, file, open: self.open.clone(), capabilities: self.capabilities })
        };
        self.workspaces.iter().filter_map(view).collect()
    }

    fn open_notes(&mut self) -> Vec<View> {
        self.apply_edits();
        let mut paths: Vec<PathBuf> = self.documents.keys().cloned().collect();
        paths.sort_unstable();
        let views = paths.iter().filter_map(|path| self.view(path));
        // Before all files are read, the terms they define are not known.
        views.filter(|view| view.snapshot.is_read() && view.file.is_note()).collect()
    }

    /// The path by which the document of a URI is known.
    fn own_path(&self, uri: &Uri) -> Option<PathBuf> {
        path_of(uri).map(|path| self.without_links(&path))
    }

    /// The path by which a file is known that `path` leads to, also through symbolic links.
    fn without_links(&self, path: &Path) -> PathBuf {
        let is_known = |path: &Path| {
            self.documents.contains_key(path) || self.workspaces.iter().any(|workspace| workspace.holds(path))
        };
        let own = || self.workspaces.iter().find_map(|workspace| workspace.own_path(path));
        if is_known(path) { path.to_owned() } else { own().unwrap_or_else(|| path.to_owned()) }
    }

    fn workspace(&mut self, path: &Path) -> Option<&mut Workspace> {
        self.workspaces.iter_mut().find(|workspace| workspace.contains(path))
    }
}

/// The root of the workspace that contains a folder: the folder of the nearest `ibid.toml` above it, or the folder itself.
fn root_of(folder: &Path) -> PathBuf {
    let configured = |root: &PathBuf| root.join(FILE_NAME).is_file();
    Config::root_of(folder).filter(configured).unwrap_or_else(|| folder.to_owned())
}
