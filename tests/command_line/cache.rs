//! The cache between runs.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use ibid_tests::{Workspace, command};

const WORKSPACE: &str = "\
//- /sources/snow.txt
Snow fell on the twelve wooden houses of Upper Marsh. A schemer is a model that plots against its makers.
//- /notes/note.md
They write: \"Snow fell on the thirteen wooden houses of Upper Marsh\" ([snow](../sources/snow.txt)).
";

/// The output of `ibid check` with a cache folder.
fn check(workspace: &Workspace, cache: &Path) -> String {
    let output = command().env("IBID_CACHE", cache).args(["check", "--color=never"]).arg(workspace.root()).output();
    String::from_utf8(output.expect("the binary runs").stdout).expect("what is printed is UTF-8")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("it is").path()).collect()
}

#[test]
fn the_cache_may_be_deleted_cut_off_or_shared_at_any_time() {
    let workspace = Workspace::new(WORKSPACE);
    let folder = Workspace::new("");
    let cache = folder.root().join("kept");
    let first = check(&workspace, &cache);
    assert!(first.contains("twelve"), "{first}");
    assert_eq!(files(&cache).len(), 3);
    assert_eq!(check(&workspace, &cache), first, "from what was kept");
    for file in files(&cache) {
        let bytes = fs::read(&file).expect("it is there");
        fs::write(&file, &bytes[..bytes.len() / 2]).expect("it can be written");
    }
    assert_eq!(check(&workspace, &cache), first, "after it was cut off");
    fs::remove_dir_all(&cache).expect("it can be removed");
    thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| check(&workspace, &cache)));
        for one in both {
            assert_eq!(one.join().expect("the run ends"), first, "two at once");
        }
    });
    assert_eq!(files(&cache).len(), 3, "nothing is left over");
    assert_eq!(check(&workspace, Path::new("/dev/null/nowhere")), first, "where nothing can be kept");
}
