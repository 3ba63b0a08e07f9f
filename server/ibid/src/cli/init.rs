//! `ibid init`: writes a configuration to start with.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use ibid_corpus::{config, roles::SOURCE_FOLDERS};

/// `ibid init [DIR]`
#[derive(clap::Args)]
pub(super) struct Init {
    /// The root of the workspace.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Print the JSON schema of ibid.toml instead, for editors that validate TOML.
    #[arg(long)]
    schema: bool,
}

/// The configuration could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}", path = path.display())]
pub(super) struct InitError {
    path: PathBuf,
    error: io::Error,
}

impl Init {
    /// Writes an `ibid.toml` that explains every key. Fails if there is one already.
    pub(super) fn run(&self) -> Result<(), InitError> {
        let path = self.dir.join(config::FILE_NAME);
        if self.schema {
            return print(&format!("{:#}\n", config::schema()))
                .map_err(|error| InitError { path: "stdout".into(), error });
        }
        let written = config::template(&source_folders(&self.dir));
        let result = File::create_new(&path).and_then(|mut file| file.write_all(written.as_bytes()));
        match result {
            Ok(()) => print(&format!("Wrote {}\n", path.display())),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(io::Error::new(error.kind(), "already exists and was not changed"))
            }
            Err(error) => Err(error),
        }
        .map_err(|error| InitError { path, error })
    }
}

/// Folders whose names suggest that they contain sources.
fn source_folders(dir: &Path) -> Vec<String> {
    let is_known = |name: &str| SOURCE_FOLDERS.iter().any(|known| name.eq_ignore_ascii_case(known));
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| is_known(name));
    names.sort();
    names
}

fn print(text: &str) -> io::Result<()> {
    anstream::stdout().lock().write_all(text.as_bytes())
}
