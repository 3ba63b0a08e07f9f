//! `workspace/diagnostic`: the findings of every note that is not open, told again when they change.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use ibid_corpus::{Config, File, FileId};
use tokio::sync::watch;
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
    ls_types as lsp,
};

use super::{
    diagnose,
    state::{State, path_of},
    view::View,
    work,
};

/// How long the workspace must rest before it is surveyed again.
const REST: Duration = Duration::from_secs(1);

/// Notes whose findings are told at once.
const PART: usize = 256;

/// What is known of the findings of all workspaces.
pub(super) struct Surveys {
    client: Client,
    state: State,
    /// Counts what changes besides the texts of open documents.
    changed: watch::Receiver<u64>,
    /// The last survey of each workspace, by root; none before the first.
    last: Mutex<Option<HashMap<PathBuf, Survey>>>,
}

/// The names of the findings that the client has, by note.
type Known = HashMap<lsp::Uri, String>;

impl Surveys {
    /// Nothing is known yet.
    pub(super) fn new(client: Client, state: State, changed: watch::Receiver<u64>) -> Self {
        Self { client, state, changed, last: Mutex::default() }
    }

    /// The answer to `workspace/diagnostic`. The client asks again as soon as it is answered; so, but for the first time, it is
    /// answered when there is news.
    pub(super) async fn report(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        let known = params.previous_result_ids.into_iter().map(|known| (known.uri, known.value));
        let known: Arc<Known> = Arc::new(known.collect());
        let token = params.partial_result_params.partial_result_token;
        let mut changed = self.changed.clone();
        loop {
            changed.mark_unchanged();
            if let Some(views) = self.state.workspaces_read().await? {
                let is_first = self.last.lock().is_ok_and(|last| last.is_none());
                let Told { items, went_ahead } = self.survey(views, &known, token.as_ref()).await?;
                if is_first || went_ahead || !items.is_empty() {
                    return Ok(lsp::WorkspaceDiagnosticReport { items }.into());
                }
            }
            changed.changed().await.map_err(|_| Error::internal_error())?;
            while tokio::time::timeout(REST, changed.changed()).await.is_ok_and(|more| more.is_ok()) {}
        }
    }

    /// What the client does not know yet. Parts of it go ahead to a client that named them.
    async fn survey(
        &self,
        mut views: Vec<View>,
        known: &Arc<Known>,
        token: Option<&lsp::ProgressToken>,
    ) -> Result<Told> {
        // Where there are more notes than the client wants to know of, what it knows is taken back.
        if views.iter().map(notes_of).sum::<usize>() > views.first().map_or(0, |view| view.abilities.surveys_up_to) {
            views.clear();
        }
        let mut last = self.last.lock().ok().and_then(|mut last| last.take()).unwrap_or_default();
        let mut surveys = HashMap::new();
        let mut reports = gone(&views, known);
        let mut went_ahead = false;
        for view in views {
            let root = view.snapshot.config().root.clone();
            let last = last.remove(&root).unwrap_or_default();
            let told = known.clone();
            let renew = move |view: &View| last.renewed(view, &told);
            let Stale { mut survey, notes } = work::read(view.clone(), renew).await?;
            for notes in notes.chunks(PART) {
                let (notes, known) = (notes.to_vec(), known.clone());
                let examine = move |view: &View| (survey.examine(view, &notes, &known), survey);
                let (found, examined) = work::read(view.clone(), examine).await?;
                survey = examined;
                reports.extend(found);
                if let Some(token) = token.filter(|_| !reports.is_empty()) {
                    let items = std::mem::take(&mut reports);
                    let value = lsp::WorkspaceDiagnosticReportPartialResult { items };
                    self.client.send_notification::<Part>(PartParams { token: token.clone(), value }).await;
                    went_ahead = true;
                }
            }
            surveys.insert(root, survey);
        }
        if let Ok(mut last) = self.last.lock() {
            *last = Some(surveys);
        }
        Ok(Told { items: reports, went_ahead })
    }
}

/// What a survey came to.
struct Told {
    /// What is still to be told.
    items: Vec<lsp::WorkspaceDocumentDiagnosticReport>,
    /// Whether parts were told already.
    went_ahead: bool,
}

/// The findings of every note of one workspace, by name ([`diagnose::fingerprint`]), and what they rest on.
#[derive(Default)]
struct Survey {
    config: Config,
    /// What all notes rest on: sources, bibliographies, and notes that say what terms mean.
    shared: Vec<Arc<File>>,
    /// The notes, by path.
    notes: HashMap<Arc<Path>, Examined>,
}

/// A note with what was found in it.
struct Examined {
    file: Arc<File>,
    /// The name of its findings.
    result_id: String,
    /// Whether there are none.
    is_clean: bool,
}

/// The notes whose findings are to be worked out anew; of the others they are what they were.
struct Stale {
    /// The survey as far as it still holds.
    survey: Survey,
    /// The notes.
    notes: Vec<Arc<File>>,
}

impl Survey {
    /// Brings a survey up to a view. Where only notes have changed, those are stale and the ones that link to them; and so are
    /// those of which the client has not heard, for an answer can get lost on its way.
    fn renewed(mut self, view: &View, known: &Known) -> Stale {
        let snapshot = &view.snapshot;
        let shared: Vec<Arc<File>> = snapshot.files().filter(|file| is_shared(file)).cloned().collect();
        let is_same =
            self.shared.len() == shared.len() && self.shared.iter().zip(&shared).all(|(a, b)| Arc::ptr_eq(a, b));
        if !is_same || self.config != *snapshot.config() {
            self.notes.clear();
        }
        let notes = || snapshot.files().filter(|file| file.is_note());
        let examined = |file: &Arc<File>| self.notes.get(&file.absolute).filter(|it| Arc::ptr_eq(&it.file, file));
        let changed: Vec<FileId> = notes().filter(|file| examined(file).is_none()).map(|file| file.id).collect();
        // Where all have changed, whoever links to them has too.
        let links = |&id: &FileId| snapshot.citing(id).into_iter().map(|(note, _)| note);
        let linking = changed.iter().filter(|_| !self.notes.is_empty()).flat_map(links);
        let stale: HashSet<FileId> = changed.iter().copied().chain(linking).collect();
        let is_told = |file: &Arc<File>| match (examined(file), view.uri(file).and_then(|uri| known.get(&uri))) {
            (Some(examined), None) => examined.is_clean,
            (Some(examined), Some(known)) => examined.result_id == *known,
            (None, _) => false,
        };
        let notes = notes().filter(|file| stale.contains(&file.id) || !is_told(file)).cloned().collect();
        self.notes.retain(|path, _| snapshot.by_path(path).is_some_and(|file| file.is_note()));
        Stale { survey: Self { config: snapshot.config().clone(), shared, notes: self.notes }, notes }
    }

    /// Works out the findings of some notes, and reports those that are not what the client has: by address, the name of what
    /// it has. Notes that the client has open are left out: it asks about them by themselves.
    fn examine(
        &mut self,
        view: &View,
        notes: &[Arc<File>],
        known: &Known,
    ) -> Vec<lsp::WorkspaceDocumentDiagnosticReport> {
        let mut reports = Vec::new();
        for note in notes {
            let of_note = View { file: note.clone(), ..view.clone() };
            let Some(uri) = of_note.uri(note).filter(|_| of_note.as_open().is_none()) else { continue };
            let items = diagnose::findings(&of_note);
            let result_id = diagnose::fingerprint(&items);
            let is_clean = items.is_empty();
            let examined = Examined { file: note.clone(), result_id: result_id.clone(), is_clean };
            self.notes.insert(note.absolute.clone(), examined);
            if known.get(&uri).map_or(!is_clean, |known| *known != result_id) {
                reports.push(full(uri, Some(result_id), items));
            }
        }
        reports
    }
}

/// How many notes a workspace has.
fn notes_of(view: &View) -> usize {
    view.snapshot.files().filter(|file| file.is_note()).count()
}

/// Whether the findings of all notes may hang on a file.
fn is_shared(file: &File) -> bool {
    let defines = file.summary().is_some_and(|card| card.has_glossary);
    file.is_source() || file.bibliography.is_some() || defines
}

/// That there is nothing to be found in what the client knows findings of and is no note any more.
fn gone(views: &[View], known: &Known) -> Vec<lsp::WorkspaceDocumentDiagnosticReport> {
    let is_note = |uri: &lsp::Uri| {
        let path = path_of(uri);
        let held =
            |view: &View| path.as_ref().and_then(|path| view.snapshot.by_path(path)).is_some_and(|it| it.is_note());
        views.iter().any(held)
    };
    known.keys().filter(|uri| !is_note(uri)).map(|uri| full(uri.clone(), None, Vec::new())).collect()
}

fn full(
    uri: lsp::Uri,
    result_id: Option<String>,
    items: Vec<lsp::Diagnostic>,
) -> lsp::WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = lsp::FullDocumentDiagnosticReport { result_id, items };
    lsp::WorkspaceFullDocumentDiagnosticReport { uri, version: None, full_document_diagnostic_report }.into()
}

/// Part of the answer, sent ahead.
enum Part {}

impl lsp::notification::Notification for Part {
    type Params = PartParams;
    const METHOD: &'static str = "$/progress";
}

/// What [`Part`] carries.
#[derive(serde::Serialize, serde::Deserialize)]
struct PartParams {
    /// The client's name for the answer.
    token: lsp::ProgressToken,
    /// The part.
    value: lsp::WorkspaceDiagnosticReportPartialResult,
}
