//! The root of a workspace, and its `ibid.toml`.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use ibid_text::Span;

use crate::{
    Baseline, Config, ConfigProblem, Disk, Roles,
    config::FILE_NAME,
    roles::{Pattern, SOURCE_FOLDERS},
};

impl Config {
    /// The root of the workspace that a file or folder belongs to: the nearest folder with an `ibid.toml`, else the
    /// nearest with a folder of sources; upward to the root of the repository, or one folder up if there is none.
    pub fn root_of(path: &Path) -> Option<PathBuf> {
        let disk = &Disk::Real;
        let repository = path.ancestors().position(|folder| disk.exists(&folder.join(".git")));
        let with_file = |folder: &&Path| disk.is_file(&folder.join(FILE_NAME));
        let within = |count: usize| path.ancestors().filter(|folder| disk.is_folder(folder)).take(count);
        let found = within(repository.map_or(usize::MAX, |at| at + 1)).find(with_file);
        found
            .or_else(|| within(repository.map_or(2, |at| at + 1)).find(|folder| has_sources(folder, disk)))
            .map(Path::to_owned)
    }

    /// The configuration of the workspace at `root`. Without an `ibid.toml`, it is the default. If the file cannot be read, or a
    /// path in it does not exist, [`Config::problems`] says so.
    pub fn load(root: &Path) -> Self {
        Self::load_from(&Disk::Real, root)
    }

    /// [`Config::load`] for a workspace on another disk.
    pub fn load_from(disk: &Disk, root: &Path) -> Self {
        let default = Self { root: root.to_owned(), ..Self::default() };
        let path = root.join(FILE_NAME);
        let bytes = match disk.read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.is_not_found() => return default,
            Err(error) => return broken(default, error.to_string()),
        };
        match String::from_utf8(bytes) {
            Ok(text) => with_paths_followed(root, &text, disk),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                broken(default, format!("not valid UTF-8 at byte {at}: save it as UTF-8"))
            }
        }
    }
}

/// The configuration in the file, with its baseline, and with the problems of the paths in it.
fn with_paths_followed(root: &Path, text: &str, disk: &Disk) -> Config {
    let (mut config, places) = Config::parse_with_places(root, text);
    let roles = Roles::new(&config);
    let is_missing = |pattern: &&Pattern| !disk.exists(&pattern.base);
    let overridden = config.overrides.clone();
    let patterns = roles.patterns().chain(overridden.iter().flat_map(|other| &other.patterns));
    for pattern in patterns.filter(is_missing) {
        let written = places.iter().filter(|(written, _)| *written == pattern.written);
        let problems = written.map(|(written, span)| ConfigProblem { span: *span, message: not_there(written) });
        config.problems.extend(problems);
    }
    if let Some(path) = config.baseline_path() {
        match read_baseline(&path, disk) {
            Ok(baseline) => config.accepted = Arc::new(baseline),
            Err(message) => {
                let place = places.iter().find(|(written, _)| Some(written) == config.baseline.as_ref());
                let span = place.map_or(Span::default(), |(_, span)| *span);
                config.problems.push(ConfigProblem { span, message });
            }
        }
    }
    config.problems.sort_by_key(|problem| problem.span);
    config.problems.dedup();
    config
}

/// The baseline in a file, or what is wrong with the file.
fn read_baseline(path: &Path, disk: &Disk) -> Result<Baseline, String> {
    let shown = path.file_name().unwrap_or_default().to_string_lossy();
    let text = disk.read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            format!("the baseline `{shown}` is not there: `ibid check --write-baseline FILE` writes one")
        }
        _ => format!("the baseline `{shown}` cannot be read ({error})"),
    })?;
    Baseline::parse(&text).map_err(|error| format!("the baseline `{shown}` cannot be read: {error}"))
}

/// The message for a pattern whose file or folder does not exist.
pub(super) fn not_there(written: &str) -> String {
    format!("`{written}` in {FILE_NAME} is not there: create it or correct the path")
}

fn broken(default: Config, message: String) -> Config {
    Config { written: true, problems: vec![ConfigProblem { span: Span::default(), message }], ..default }
}

fn has_sources(folder: &Path, disk: &Disk) -> bool {
    disk.names_in(folder).iter().any(|name| {
        SOURCE_FOLDERS.iter().any(|known| name.eq_ignore_ascii_case(known)) && disk.is_folder(&folder.join(name))
    })
}
