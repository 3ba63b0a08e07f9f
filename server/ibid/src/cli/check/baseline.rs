//! `--write-baseline FILE`: accepts the current findings, so that later checks report only new ones.

use std::{io::Write as _, path::Path};

use ibid_corpus::{Baseline, BaselineError, Config, Disk, config};
use ibid_ide::accept;

use super::{CheckError, report::Report, text::counted};

/// Writes a baseline with every finding of the checked notes. Notes that were not checked keep their entries. Prints the
/// number of findings on stderr, and how to use the file if `ibid.toml` does not name it.
///
/// # Errors
/// If the notes are not in exactly one workspace, or the file cannot be written.
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
    if is_another_file(file) {
        return Err(CheckError::NoBaseline(file.to_owned()));
    }
    save(file, &baseline.render()).map_err(|error| CheckError::Write { path: file.to_owned(), error })?;
    anstream::eprintln!("ibid: Accepted {} in {}", counted(baseline.len(), "finding"), file.display());
    if !is_named(config, file) {
        anstream::eprintln!(
            "ibid: To hide them, add `baseline = \"{}\"` at the top of {}",
            shown_from(&config.root, file),
            config::FILE_NAME
        );
    }
    Ok(())
}

/// Whether something is there already and is no baseline, such as a note whose name was given by mistake.
fn is_another_file(file: &Path) -> bool {
    if !file.exists() {
        return false;
    }
    let parsed = Disk::Real.read_to_string(file).ok().map(|text| Baseline::parse(&text));
    !matches!(parsed, Some(Ok(_) | Err(BaselineError::Version(_))))
}

/// Replaces the file atomically: an editor that reads it sees either the old text or the new.
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
