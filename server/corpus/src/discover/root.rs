//! Where a workspace begins, and what its `ibid.toml` says.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use ibid_text::Span;

use crate::{
    Config, ConfigProblem, Roles,
    config::FILE_NAME,
    roles::{Pattern, SOURCE_FOLDERS},
};

impl Config {
    /// The root of the workspace that a file or folder belongs to: the nearest folder with an `ibid.toml`, else the
    /// nearest with a folder of sources; upward to the repository's root, or one folder up where there is none.
    pub fn root_of(path: &Path) -> Option<PathBuf> {
        let repository = path.ancestors().position(|folder| folder.join(".git").exists());
        let with_file = |folder: &&Path| folder.join(FILE_NAME).is_file();
        let within = |count: usize| path.ancestors().filter(|folder| folder.is_dir()).take(count);
        let found = within(repository.map_or(usize::MAX, |at| at + 1)).find(with_file);
        found
            .or_else(|| within(repository.map_or(2, |at| at + 1)).find(|folder| has_sources(folder)))
            .map(Path::to_owned)
    }

    /// The configuration of the workspace at `root`. Without an `ibid.toml` all is by default; one that cannot be read
    /// is told in [`Config::problems`], as is a path in it that leads nowhere.
    pub fn load(root: &Path) -> Self {
        let default = Self { root: root.to_owned(), ..Self::default() };
        let path = root.join(FILE_NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return default,
            Err(error) => return broken(default, format!("cannot be read ({error}): check its permissions")),
        };
        match String::from_utf8(bytes) {
            Ok(text) => with_missing_paths_told(root, &text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                broken(default, format!("not valid UTF-8 at byte {at}: save it as UTF-8"))
            }
        }
    }
}

fn with_missing_paths_told(root: &Path, text: &str) -> Config {
    let (mut config, places) = Config::parse_with_places(root, text);
    let roles = Roles::new(&config);
    let is_missing = |pattern: &&Pattern| !pattern.base.exists();
    for pattern in roles.patterns().filter(is_missing) {
        let written = places.iter().filter(|(written, _)| *written == pattern.written);
        let told = written.map(|(written, span)| ConfigProblem { span: *span, message: not_there(written) });
        config.problems.extend(told);
    }
    config.problems.sort_by_key(|problem| problem.span);
    config.problems.dedup();
    config
}

/// What to say of a pattern that leads nowhere.
pub(super) fn not_there(written: &str) -> String {
    format!("`{written}` in {FILE_NAME} is not there: create it or correct the path")
}

fn broken(default: Config, message: String) -> Config {
    Config { written: true, problems: vec![ConfigProblem { span: Span::default(), message }], ..default }
}

fn has_sources(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.filter_map(Result::ok).any(|entry| {
        let name = entry.file_name();
        SOURCE_FOLDERS.iter().any(|known| name.eq_ignore_ascii_case(known)) && entry.path().is_dir()
    })
}
