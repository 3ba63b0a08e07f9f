//! The role of a path in the workspace: source, note, bibliography, or none.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher, GlobSet};

use crate::{Config, Role};

/// Folders that contain sources unless the configuration says otherwise; in any case.
pub const SOURCE_FOLDERS: [&str; 5] = ["sources", "corpus", "references", "clippings", "seeds"];

/// The patterns of a configuration, compiled. Does not access the disk.
#[derive(Clone, Default, Debug)]
pub struct Roles {
    root: PathBuf,
    sources: Vec<Pattern>,
    notes: Vec<Pattern>,
    bibliography: Vec<Pattern>,
}

/// A file, folder or glob from the configuration.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// The pattern as written in the configuration.
    pub(crate) written: String,
    /// The file or folder; for a glob, the deepest folder that contains all its matches.
    pub(crate) base: PathBuf,
    shape: Shape,
}

/// What a pattern matches below its base.
#[derive(Clone, Debug)]
enum Shape {
    /// Everything.
    Tree,
    /// What matches a glob.
    Glob(GlobMatcher),
    /// Nothing: the glob is invalid.
    Broken,
}

impl Roles {
    /// The roles that `config` gives. An invalid glob matches nothing.
    pub fn new(config: &Config) -> Self {
        let patterns = |written: &[String]| written.iter().map(|one| Pattern::new(&config.root, one)).collect();
        Self {
            root: config.root.clone(),
            sources: patterns(&config.sources),
            notes: patterns(&config.notes),
            bibliography: patterns(&config.bibliography),
        }
    }

    /// The role of the file at an absolute path.
    pub fn of(&self, path: &Path) -> Role {
        let source = if self.sources.is_empty() {
            self.is_in_source_folder(path)
        } else {
            self.sources.iter().any(|pattern| pattern.matches(path))
        };
        let note = is_markdown(path)
            && if self.notes.is_empty() {
                !source && path.starts_with(&self.root)
            } else {
                self.notes.iter().any(|pattern| pattern.matches(path))
            };
        Role { source, note, bibliography: self.bibliography.iter().any(|pattern| pattern.matches(path)) }
    }

    /// The files and folders outside the root that patterns include.
    pub fn outside(&self) -> impl Iterator<Item = &Path> {
        self.patterns().map(|pattern| pattern.base.as_path()).filter(|base| !base.starts_with(&self.root))
    }

    /// Every pattern, sources first.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.sources.iter().chain(&self.notes).chain(&self.bibliography)
    }

    /// Whether a file can have a role without matching a pattern, because of its place in the workspace.
    pub(crate) fn reach_everywhere(&self) -> bool {
        self.sources.is_empty() || self.notes.is_empty()
    }

    fn is_in_source_folder(&self, path: &Path) -> bool {
        let Some(inside) = path.strip_prefix(&self.root).ok().and_then(Path::parent) else { return false };
        inside.components().any(|folder| {
            let name = folder.as_os_str();
            SOURCE_FOLDERS.iter().any(|known| name.eq_ignore_ascii_case(known))
        })
    }
}

/// Patterns with the same text and base match the same.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written && self.base == other.base
    }
}

/// How many braces of a pattern may stand within each other. Far more would overflow the stack or the matcher's own limit.
const NESTED_BRACES: usize = 8;

/// The longest pattern, in bytes.
const LONGEST_PATTERN: usize = 4096;

/// The matcher of a pattern, or what is wrong with the pattern.
pub(crate) fn glob(pattern: &str) -> Result<GlobMatcher, String> {
    if pattern.len() > LONGEST_PATTERN {
        return Err(format!("it is longer than {LONGEST_PATTERN} bytes"));
    }
    let depths = pattern.bytes().scan(0_usize, |depth, byte| {
        match byte {
            b'{' => *depth += 1,
            b'}' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some(*depth)
    });
    if depths.max().is_some_and(|depth| depth > NESTED_BRACES) {
        return Err(format!("more than {NESTED_BRACES} braces stand within each other"));
    }
    let glob = GlobBuilder::new(pattern).literal_separator(true).build().map_err(|error| error.kind().to_string())?;
    // A matcher is compiled without a way to fail, a set of patterns is not.
    GlobSet::builder().add(glob.clone()).build().map_err(|error| error.kind().to_string())?;
    Ok(glob.compile_matcher())
}

impl Pattern {
    pub(crate) fn new(root: &Path, written: &str) -> Self {
        let absolute = normalise(&root.join(expand_home(written)));
        let is_wild = |part: &Component<'_>| part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
        // The root may have such characters in its name; they are not wildcards there.
        if !Path::new(written).components().any(|part| is_wild(&part)) {
            return Self { written: written.to_owned(), base: absolute, shape: Shape::Tree };
        }
        let below = expand_home(written);
        let literal: PathBuf = below.components().take_while(|part| !is_wild(part)).collect();
        let wild: PathBuf = below.components().skip_while(|part| !is_wild(part)).collect();
        let base = normalise(&root.join(literal));
        let shape = glob(&wild.to_string_lossy()).map_or(Shape::Broken, Shape::Glob);
        Self { written: written.to_owned(), base, shape }
    }

    /// Whether the pattern matches this file or a folder above it.
    pub(crate) fn matches(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.base) else { return false };
        match &self.shape {
            Shape::Tree => true,
            Shape::Glob(glob) => below.ancestors().any(|part| glob.is_match(part)),
            Shape::Broken => false,
        }
    }
}

/// Whether a file is Markdown, by its name.
pub(crate) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
}

/// `path` from `root` with `/`; unchanged if it is outside.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    let shown = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() }
}

/// Removes `.` and `..` from an absolute path, without accessing the disk.
pub fn normalise(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}

fn expand_home(written: &str) -> PathBuf {
    match (written.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(written),
    }
}
