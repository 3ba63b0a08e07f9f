//! `--write-baseline FILE`: what is found now is accepted, so that from now on only what is new is told.

use std::{io::Write as _, path::Path};

use ibid_corpus::{Baseline, Config, config};
use ibid_ide::accept;

use super::{CheckError, report::Report, text::counted};

/// Writes every finding of the notes that were checked, and for other notes what the workspace's baseline had, in one step.
/// Tells on stderr how many there are, and what is still to be done.
///
/// # Errors
/// If the notes are of several workspaces, or the file cannot be written.
pub(super) fn write(report: &Report, file: &Path) -> Result<(), CheckError> {
    let [checked] = &report.workspaces[..] else { return Err(CheckError::SeveralWorkspaces) };
    let config = checked.workspace.config();
    let mut baseline = Baseline::clone(&config.accepted);
    for (note, examination) in &checked.notes {
        accept(note, examination.findings.iter().chain(&examination.accepted), &mut baseline);
    }
    let gone = baseline.notes().filter(|path| !config.root.join(path).exists());
    for path in gone.map(str::to_owned).collect::<Vec<_>>() {
        baseline.forget(&path);
    }
    save(file, &baseline.render()).map_err(|error| CheckError::Write { path: file.to_owned(), error })?;
    anstream::eprintln!("ibid: {} accepted in {}", counted(baseline.len(), "finding"), file.display());
    if !is_named(config, file) {
        anstream::eprintln!(
            "ibid: to leave them out, write `baseline = \"{}\"` at the top of {}",
            shown_from(&config.root, file),
            config::FILE_NAME
        );
    }
    Ok(())
}

/// Writes beside the file and renames: an editor that reads it meanwhile sees all of the one or the other.
fn save(file: &Path, text: &str) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut written = tempfile::NamedTempFile::new_in(folder)?;
    written.write_all(text.as_bytes())?;
    written.persist(file)?;
    Ok(())
}

fn is_named(config: &Config, file: &Path) -> bool {
    let named = config.baseline_path().and_then(|path| path.canonicalize().ok());
    named.is_some() && named == file.canonicalize().ok()
}

/// A path as `ibid.toml` would name it.
fn shown_from(root: &Path, file: &Path) -> String {
    let absolute = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    absolute.strip_prefix(root).unwrap_or(&absolute).to_string_lossy().replace('\\', "/")
}
