use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A temporary folder of files that is deleted after the test.
pub struct Workspace {
    folder: TempDir,
    cursor: Option<(String, u32, u32)>,
}

impl Workspace {
    /// Writes the files of `fixture`:
    ///
    /// ```text
    /// //- /sources/page.txt
    /// Half of recent progress comes from compute.
    /// //- /note.md
    /// They write: "half of $0recent progress comes from compute".
    /// ```
    ///
    /// `$0` is the cursor.
    pub fn new(fixture: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut workspace = Self { folder, cursor: None };
        fs::create_dir_all(workspace.root()).expect("a folder can be created");
        for file in fixture.split("//- /").skip(1) {
            let (path, text) = file.split_once('\n').expect("a file's path ends its line");
            workspace.write_fixture(path.trim(), text);
        }
        workspace
    }

    fn write_fixture(&mut self, path: &str, text: &str) {
        if let Some((before, after)) = text.split_once("$0") {
            let line = before.matches('\n').count() as u32;
            let column = before.rsplit('\n').next().map_or(0, |head| head.encode_utf16().count()) as u32;
            self.cursor = Some((path.to_owned(), line, column));
            self.write(path, format!("{before}{after}"));
        } else {
            self.write(path, text);
        }
    }

    /// Writes a file and creates its folders.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be created");
        fs::write(path, text).expect("a file can be written");
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("the file can be removed");
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file is there")
    }

    /// The folder.
    pub fn root(&self) -> PathBuf {
        // The temporary folder is behind a symbolic link on some systems. A subfolder keeps other files in it away.
        self.folder.path().canonicalize().expect("the folder is there").join("workspace")
    }

    /// The path of a file in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// The URI of a file in it. `""` is the folder itself.
    pub fn uri(&self, path: &str) -> String {
        uri(&self.path(path))
    }

    /// The text at a location that the server returned.
    pub fn slice(&self, location: &Value) -> String {
        let uri = location["uri"].as_str().unwrap_or_else(|| panic!("no location: {location}"));
        let path = uri.strip_prefix(&self.uri("")).unwrap_or_else(|| panic!("{uri} is not in the workspace"));
        let text = self.read(path.trim_start_matches('/'));
        let [start, end] = ["start", "end"].map(|side| offset(&text, &location["range"][side]));
        text[start..end].to_owned()
    }

    /// The parameters of a request about the cursor. Columns are UTF-16 units.
    pub fn at_cursor(&self) -> Value {
        let (path, line, column) = self.cursor.as_ref().expect("the fixture has a cursor");
        json!({ "textDocument": { "uri": self.uri(path) }, "position": { "line": line, "character": column } })
    }

    /// The parameters of a request about the first occurrence of `words` in a file, plus `into` characters.
    pub fn at(&self, path: &str, words: &str, into: usize) -> Value {
        let text = self.read(path);
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {path}"));
        let head: String = text[..at].chars().chain(words.chars().take(into)).collect();
        let line = head.matches('\n').count();
        let column = head.rsplit('\n').next().map_or(0, |head| head.encode_utf16().count());
        json!({ "textDocument": { "uri": self.uri(path) }, "position": { "line": line, "character": column } })
    }
}

/// The byte offset of a UTF-16 position.
fn offset(text: &str, position: &Value) -> usize {
    let number = |name: &str| position[name].as_u64().unwrap_or_else(|| panic!("no position: {position}")) as usize;
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let mut left = number("character");
    let mut at = start;
    for c in text[start..].chars().take_while(|c| *c != '\n') {
        if left < c.len_utf16() {
            break;
        }
        left -= c.len_utf16();
        at += c.len_utf8();
    }
    at
}

/// A temporary copy of the bundled example `alignment`.
pub fn example() -> Workspace {
    example_of("alignment")
}

/// A temporary copy of a bundled example.
pub fn example_of(name: &str) -> Workspace {
    let workspace = Workspace::new("");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
    copy(&example, &workspace.root());
    workspace
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be created");
    for entry in fs::read_dir(from).expect("the example is there") {
        let entry = entry.expect("the example can be read");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file can be copied");
        }
    }
}

fn uri(path: &Path) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    let path = path.to_str().expect("a temporary path is UTF-8").replace('\\', "/");
    let escaped: String =
        path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("file://{}{escaped}", if escaped.starts_with('/') { "" } else { "/" })
}
