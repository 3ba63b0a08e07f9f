//! The modules of this crate form floors, and each uses only modules below it. This test reads the source tree.
//!
//! Test code is free to use everything: `mod tests`, `#[test]` functions, and the modules that `lib.rs` declares for tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The modules below the features, with what each of them may use. Every other module of `lib.rs` is a feature.
const FLOORS: [(&str, &[&str]); 4] = [
    ("syntax", &[]),
    ("analysis", &["syntax"]),
    ("render", &["syntax", "analysis"]),
    ("diagnostics", &["syntax", "analysis"]),
];

/// A use of a module: in which file of `src`, and the path from the crate's root.
type Use = (String, Vec<String>);

#[test]
fn modules_use_only_the_floors_below() {
    let mut forbidden = Vec::new();
    for (file, path) in uses() {
        let module = file.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let used = path[0].as_str();
        let allowed = match FLOORS.iter().find(|(floor, _)| *floor == module) {
            Some((_, below)) => below.contains(&used),
            None => FLOORS.iter().any(|(floor, _)| *floor == used),
        };
        if used != module && !allowed {
            forbidden.push(format!("{file} uses crate::{}", path.join("::")));
        }
    }
    assert_eq!(forbidden, [""; 0]);
}

/// Inside `analysis`, no modules use each other in a circle.
#[test]
fn the_modules_of_analysis_form_no_circle() {
    let mut uses_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, path) in uses() {
        if let (Some(user), [first, second, ..]) = (file.strip_prefix("analysis/"), &*path)
            && first == "analysis"
        {
            let user = user.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
            if user != *second {
                uses_of.entry(user).or_default().insert(second.clone());
            }
        }
    }
    // Remove modules that use none of the others, or that none of the others uses, until only circles are left.
    loop {
        let before = uses_of.len();
        let users: BTreeSet<String> = uses_of.keys().cloned().collect();
        let used: BTreeSet<String> = uses_of.values().flatten().cloned().collect();
        uses_of.retain(|user, uses| used.contains(user) && uses.iter().any(|one| users.contains(one)));
        if uses_of.len() == before {
            break;
        }
    }
    assert_eq!(uses_of, BTreeMap::new());
}

/// Every path from the crate's root in the source tree outside of test code.
fn uses() -> Vec<Use> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).expect("lib.rs is there");
    let test_modules = test_modules(&lib);
    let mut files = Vec::new();
    collect(&src, &mut files);
    let mut uses = Vec::new();
    for file in files {
        let name = file.strip_prefix(&src).expect("it is in src").to_string_lossy().replace('\\', "/");
        let is_test = name == "lib.rs"
            || name.ends_with("/tests.rs")
            || name.contains("/tests/")
            || test_modules.iter().any(|module| name == format!("{module}.rs"))
            || TEST_FILES.contains(&&*name);
        if !is_test {
            let text = fs::read_to_string(&file).expect("it can be read");
            uses.extend(paths(&without_tests(&text), &module_of(&name)).into_iter().map(|path| (name.clone(), path)));
        }
    }
    assert!(uses.len() > 100, "only {} uses were found", uses.len());
    uses
}

/// Files that hold test code alone, besides those called `tests.rs` or in a folder `tests`.
const TEST_FILES: [&str; 3] = ["diagnostics/examples.rs", "diagnostics/languages.rs", "diagnostics/properties.rs"];

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The modules that `lib.rs` declares for tests alone.
fn test_modules(lib: &str) -> Vec<String> {
    let lines: Vec<&str> = lib.lines().collect();
    let declared = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]").map(|pair| pair[1]);
    declared.filter_map(|line| Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())).collect()
}

/// The path of the module that a file holds: `hover/mod.rs` is `hover`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// Source text without comments, without the test code at its end, and without items marked `#[cfg(test)]`.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line {
            "#[test]" => break,
            "#[cfg(test)]" => {
                if lines.next().is_some_and(|item| item == "mod tests {") {
                    break;
                }
            }
            _ if line.trim_start().starts_with("//") => {}
            _ => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

/// Every path in a text that begins with `crate` or `super`, from the crate's root. Groups in braces are resolved.
fn paths(text: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut rest = text;
    while let Some(at) = ["crate::", "super::"].iter().filter_map(|root| rest.find(root)).min() {
        let before = rest[..at].chars().next_back();
        let is_whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
        let tree = &rest[at..];
        rest = if is_whole { expand(tree, &[], module, &mut paths) } else { &tree["crate::".len()..] };
    }
    paths
}

/// Adds the paths of the use tree at the beginning of `tree`, below `prefix`. Returns the rest of the text.
fn expand<'t>(tree: &'t str, prefix: &[String], module: &[String], paths: &mut Vec<Vec<String>>) -> &'t str {
    let mut path = prefix.to_vec();
    let mut rest = tree;
    loop {
        rest = rest.trim_start();
        if let Some(mut group) = rest.strip_prefix('{') {
            loop {
                group = expand(group, &path, module, paths).trim_start();
                group = group.strip_prefix(',').unwrap_or(group).trim_start();
                if let Some(after) = group.strip_prefix('}') {
                    return after;
                }
            }
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        path.push(rest[..end].to_owned());
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(after) => rest = after,
            None => break,
        }
    }
    paths.extend(from_root(&path, module));
    rest
}

/// A path as seen from a module, from the crate's root.
fn from_root(path: &[String], module: &[String]) -> Option<Vec<String>> {
    if path[0] == "crate" {
        return Some(path[1..].to_vec());
    }
    let ups = path.iter().take_while(|part| *part == "super").count();
    let above = &module[..module.len().checked_sub(ups)?];
    let whole: Vec<String> = above.iter().chain(&path[ups..]).filter(|part| *part != "self").cloned().collect();
    (!whole.is_empty()).then_some(whole)
}

#[test]
fn paths_are_read_from_the_root() {
    let read = |text: &str| -> Vec<String> {
        let module = ["hover".to_owned(), "term".to_owned()];
        let mut found: Vec<String> = paths(&without_tests(text), &module).iter().map(|path| path.join("::")).collect();
        found.sort();
        found
    };
    assert_eq!(
        read("use crate::{a::{self, b::C}, d};\n// crate::x\nfn f() { crate::e::g() }"),
        ["a::b::C", "a::self", "d", "e::g"]
    );
    assert_eq!(read("use super::{super::rename::Edit, Hover};\n"), ["hover::Hover", "rename::Edit"]);
    assert_eq!(read("use crate::a;\n#[cfg(test)]\nmod tests {\n    use crate::b;\n}\n"), ["a"]);
}
