//! The folder for files of a program that keeps no cache: they last as long as the program.
//!
//! A program that is killed deletes nothing, so the next one does. A folder is in use as long as its lock is held, which the
//! system releases with the process.

use std::{
    env,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tempfile::{NamedTempFile, TempDir};

use crate::disk::open_regular;

const PREFIX: &str = "ibid-texts-";

const LOCK: &str = "lock";

static FOLDER: Mutex<State> = Mutex::new(State::Unused);

enum State {
    Unused,
    Made {
        folder: TempDir,
        lock: File,
    },
    /// The program ends; nothing may be left by a thread that still runs.
    Closed,
}

fn state() -> MutexGuard<'static, State> {
    // Every change is a single assignment, so a poisoned state is still valid.
    FOLDER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folder for files that last as long as this program. It is made at the first call.
///
/// # Errors
/// If it cannot be made, or [`remove_temporary_folder`] was called.
pub fn temporary_folder() -> io::Result<PathBuf> {
    let mut state = state();
    if matches!(*state, State::Unused) {
        sweep(&env::temp_dir());
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        let lock = File::create(folder.path().join(LOCK))?;
        lock.try_lock()?;
        *state = State::Made { folder, lock };
    }
    match &*state {
        State::Made { folder, .. } => Ok(folder.path().to_owned()),
        State::Unused | State::Closed => Err(io::Error::other("the program is ending")),
    }
}

/// Deletes the temporary folder with everything in it. To be called when the program ends.
pub fn remove_temporary_folder() {
    if let State::Made { folder, lock } = std::mem::replace(&mut *state(), State::Closed) {
        // An open file cannot be deleted everywhere.
        drop(lock);
        // What cannot be deleted now is deleted by the next program.
        drop(folder.close());
    }
}

/// A new file in the temporary folder.
pub(super) fn temporary_file(suffix: &str) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().suffix(suffix).tempfile_in(temporary_folder()?)
}

/// Deletes the folders of programs that were killed.
fn sweep(parent: &Path) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    // A link is never followed: anybody may write into the folder for temporary files.
    for folder in ours.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        let Ok(lock) = open_regular(&folder.path().join(LOCK)) else { continue };
        if !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            drop(lock);
            // It may belong to somebody else.
            drop(fs::remove_dir_all(folder.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_uses_is_swept() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let made = ["ibid-texts-dead", "ibid-texts-alive", "ibid-texts-unlocked", "another"].map(|name| {
            let folder = parent.path().join(name);
            fs::create_dir(&folder).expect("it can be made");
            folder
        });
        let [dead, alive, unlocked, another] = &made;
        let lock = |folder: &Path| File::create(folder.join(LOCK)).expect("it can be made");
        drop((lock(dead), lock(another)));
        let held = lock(alive);
        held.try_lock().expect("nobody else has it");
        sweep(parent.path());
        assert!(!dead.exists());
        assert!(alive.exists() && unlocked.exists() && another.exists());
    }
}
