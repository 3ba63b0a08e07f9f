//! Which files of a workspace are read, by a walk over its folders.

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use ibid_source::Format;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Skipped, own_paths::OwnPaths, root};
use crate::{
    Config, Disk, Role, Roles,
    config::FILE_NAME,
    disk::{Entry, EntryKind, IRREGULAR},
    roles::Pattern,
};

/// The reason for not following a link.
const LEAVES: &str = "a link that leads out of the workspace: name the place itself in `sources` to have it read";

/// One walk over the workspace.
pub(super) struct Walk<'a> {
    pub(super) config: &'a Config,
    pub(super) roles: &'a Roles,
    pub(super) disk: &'a Disk,
    /// The only path to look for.
    pub(super) only: Option<&'a Path>,
    pub(super) cancelled: &'a AtomicBool,
}

/// The result of a walk.
#[derive(Default)]
pub(super) struct Walked {
    /// Files to read, ordered by path.
    pub(super) files: Vec<(PathBuf, Role)>,
    pub(super) skipped: Vec<Skipped>,
}

impl Walk<'_> {
    pub(super) fn run(&self) -> Walked {
        let mut found = Walked::default();
        let mut walks = Vec::new();
        if self.roles.reach_everywhere() {
            walks.push(self.walk(&self.config.root, &mut found.skipped));
        }
        let everywhere = walks.len();
        for pattern in self.roles.patterns() {
            if walks[..everywhere].iter().any(|entries| self.is_walked(&pattern.base, entries)) {
                continue;
            }
            if self.disk.exists(&pattern.base) {
                walks.push(self.walk(&pattern.base, &mut found.skipped));
            } else if self.only.is_none() {
                found.skipped.push(missing(pattern));
            }
        }
        self.sort_out(&joined(walks), &mut found);
        found
    }

    /// Whether a walk from `base` would find nothing new after the walk over the whole workspace, whose entries are in order:
    /// `base` was visited, and no ignore file above it applies below.
    fn is_walked(&self, base: &Path, entries: &[Entry]) -> bool {
        const IGNORING: [&str; 3] = [".gitignore", ".ignore", ".git"];
        let above = base.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.config.root));
        entries.binary_search_by(|entry| (*entry.path).cmp(base)).is_ok()
            && !above.flat_map(|folder| IGNORING.map(|name| folder.join(name))).any(|path| self.disk.exists(&path))
    }

    /// Walks one file or folder. Returns each entry once, ordered by path.
    fn walk(&self, start: &Path, skipped: &mut Vec<Skipped>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let only = self.only.map(Path::to_owned);
        if only.as_ref().is_some_and(|only| !only.starts_with(start)) {
            return entries;
        }
        let inside: Vec<PathBuf> =
            [start, &self.config.root].iter().filter_map(|path| self.disk.canonicalize(path).ok()).collect();
        let (base, disk) = (start.to_owned(), self.disk.clone());
        let leaving = Arc::new(Mutex::new(Vec::new()));
        let left = Arc::clone(&leaving);
        let is_entered = move |entry: Entry<&Path>| {
            let path = entry.path;
            let leaves = leaves(&inside, entry, &disk);
            if leaves && let Ok(mut left) = left.lock() {
                left.push(path.to_owned());
            }
            !leaves && only.as_ref().is_none_or(|only| only.starts_with(path)) && !opens_workspace(&base, entry, &disk)
        };
        for entry in self.disk.walk(start, is_entered) {
            if self.cancelled.load(Ordering::Relaxed) {
                return entries;
            }
            match entry {
                Ok(entry) => entries.push(entry),
                Err(error) => skipped.extend(fault(&error).filter(|skipped| self.matters(&skipped.path))),
            }
        }
        let left = leaving.lock().map(|mut left| std::mem::take(&mut *left)).unwrap_or_default();
        let outside = |path| Skipped { path, reason: LEAVES.to_owned() };
        skipped.extend(left.into_iter().filter(|path| self.matters(path)).map(outside));
        entries
    }

    /// Whether what lies at a path could have had a role: a folder, or a file with one.
    fn matters(&self, path: &Path) -> bool {
        self.disk.is_folder(path) || self.roles.of(path) != Role::default()
    }

    /// Adds each file once, with its role, or why it has no reader.
    fn sort_out(&self, entries: &[Entry], found: &mut Walked) {
        let is_special =
            |entry: &&Entry| entry.kind == EntryKind::Other && self.roles.of(&entry.path) != Role::default();
        if self.only.is_none() {
            let special = entries.iter().filter(is_special);
            found
                .skipped
                .extend(special.map(|entry| Skipped { path: entry.path.clone(), reason: IRREGULAR.to_owned() }));
        }
        for path in under_own_names(entries, &OwnPaths::of(self.config, self.roles, self.disk)) {
            let role = self.roles.of(&path);
            let is_asked_for = self.only.is_none_or(|only| only == path);
            if role == Role::default() || !is_asked_for || path.file_name() == Some(OsStr::new(FILE_NAME)) {
                continue;
            }
            if role.source && is_part_of_page(&path, self.disk) {
                continue;
            }
            if role.source && !role.bibliography && format_of(&path).is_none() {
                found.skipped.push(Skipped { reason: no_reader(&path), path });
            } else {
                found.files.push((path, role));
            }
        }
    }
}

/// The entries of several walks, each once, ordered by path.
fn joined(mut walks: Vec<Vec<Entry>>) -> Vec<Entry> {
    if let [_] = &*walks {
        return walks.remove(0);
    }
    let mut entries: Vec<Entry> = walks.into_iter().flatten().collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries.dedup_by(|a, b| a.path == b.path);
    entries
}

/// The paths of the files among entries. A file that is also reached through a symbolic link has only its own path.
fn under_own_names(entries: &[Entry], names: &OwnPaths) -> Vec<PathBuf> {
    let mut folders = RealFolders::of(entries, names);
    let files = || entries.iter().filter(|entry| entry.kind == EntryKind::File);
    let real: Vec<Option<PathBuf>> = files().map(|entry| folders.real(entry)).collect();
    let paths = files().map(|entry| &*entry.path);
    let own: FxHashSet<&Path> =
        if real.iter().any(Option::is_some) { paths.clone().collect() } else { FxHashSet::default() };
    let mut seen = FxHashSet::default();
    let is_kept = |real: Option<PathBuf>| real.is_none_or(|real| !own.contains(&*real) && seen.insert(real));
    paths.zip(real.into_iter().map(is_kept)).filter(|(_, is_kept)| *is_kept).map(|(path, _)| path.to_owned()).collect()
}

/// The own paths of folders, without symbolic links below the places that a walk begins at. The disk is asked only where a walk began and at a link: every other
/// folder is where its parent is.
struct RealFolders<'e> {
    names: &'e OwnPaths,
    /// Folders that are not links, inside a folder that was walked.
    plain: FxHashSet<&'e Path>,
    /// The own path of a folder, if it is another.
    known: FxHashMap<&'e Path, Option<PathBuf>>,
}

impl<'e> RealFolders<'e> {
    fn of(entries: &'e [Entry], names: &'e OwnPaths) -> Self {
        let is_plain = |entry: &&Entry| entry.depth > 0 && !entry.is_symlink && entry.kind == EntryKind::Folder;
        let plain = entries.iter().filter(is_plain).map(|entry| &*entry.path).collect();
        Self { names, plain, known: FxHashMap::default() }
    }

    /// The own path of a file, if it is another.
    fn real(&mut self, file: &'e Entry) -> Option<PathBuf> {
        let path = &*file.path;
        let real = if file.is_symlink {
            self.names.of_path(path)?
        } else {
            self.folder(path.parent()?)?.join(path.file_name()?)
        };
        (real != path).then_some(real)
    }

    fn folder(&mut self, folder: &'e Path) -> Option<PathBuf> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let elsewhere = if self.plain.contains(folder) {
            let above = folder.parent().and_then(|above| self.folder(above));
            above.zip(folder.file_name()).map(|(above, name)| above.join(name))
        } else {
            self.names.of_path(folder).filter(|real| real != folder)
        };
        self.known.insert(folder, elsewhere.clone());
        elsewhere
    }
}

/// Whether an entry is a symbolic link that leads out of all of `inside`.
fn leaves(inside: &[PathBuf], entry: Entry<&Path>, disk: &Disk) -> bool {
    entry.is_symlink
        && disk.canonicalize(entry.path).is_ok_and(|real| !inside.iter().any(|folder| real.starts_with(folder)))
}

fn fault(error: &ignore::Error) -> Option<Skipped> {
    let path = path_of(error)?.to_owned();
    let reason = match error.io_error() {
        _ if is_loop(error) => "a link to a folder that it lies in: not followed".to_owned(),
        Some(error) if error.kind() == io::ErrorKind::NotFound => {
            "a link that leads nowhere: mend or remove it".to_owned()
        }
        Some(error) if error.kind() == io::ErrorKind::Other => error.to_string(),
        Some(error) => format!("cannot be read ({error}): check its permissions"),
        None => error.to_string(),
    };
    Some(Skipped { path, reason })
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

/// Whether a folder below the start is a workspace of its own.
fn opens_workspace(start: &Path, entry: Entry<&Path>, disk: &Disk) -> bool {
    let path = entry.path;
    path != start && entry.kind == EntryKind::Folder && disk.is_file(&path.join(FILE_NAME))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn missing(pattern: &Pattern) -> Skipped {
    Skipped { path: pattern.base.clone(), reason: root::not_there(&pattern.written) }
}

/// Whether a file belongs to a page that a browser saved: it is in the folder named after the page, with its pictures, styles,
/// scripts and frames.
fn is_part_of_page(path: &Path, disk: &Disk) -> bool {
    /// What browsers add to the page's name, in some of their languages.
    const BEHIND: [&str; 5] = ["_files", "-Dateien", "_fichiers", "_archivos", "_bestanden"];
    let is_of_page = |folder: &Path| {
        let name = folder.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let page = BEHIND.iter().find_map(|end| name.strip_suffix(end));
        page.is_some_and(|page| {
            ["html", "htm"].iter().any(|end| disk.is_file(&folder.with_file_name(format!("{page}.{end}"))))
        })
    };
    path.ancestors().skip(1).any(is_of_page)
}

fn format_of(path: &Path) -> Option<Format> {
    Format::of_name(path.file_name()?.to_str()?)
}

fn no_reader(path: &Path) -> String {
    match path.extension() {
        Some(end) => format!("no reader for .{} yet: save its text as .txt or .md", end.to_string_lossy()),
        None => "no extension tells what it is: rename it to .txt or .md".to_owned(),
    }
}
