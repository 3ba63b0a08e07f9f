//! Which names a module may use, by the paths in its sources.

use std::collections::HashMap;

use crate::{
    report,
    sources::{Kind, Source, Written, root},
};

/// The crates below the binary.
const LIBRARIES: [&str; 8] = ["text", "front_matter", "language", "source", "note", "evidence", "corpus", "ide"];

/// Where files are read and written: the disk, and the cache, which maps its own files into memory.
const DISK: [&str; 3] = ["server/corpus/src/disk.rs", "server/corpus/src/disk/", "server/corpus/src/cache/"];

/// Names that touch files.
const FILES: [&str; 4] = ["std::fs", "ignore::WalkBuilder", "memmap2", "tempfile"];

/// Methods of `std::path::Path` that ask the disk. None takes an argument, which tells them from those of our own disk.
const FILE_METHODS: [&str; 8] =
    ["canonicalize", "exists", "is_dir", "is_file", "is_symlink", "read_dir", "read_link", "try_exists"];

/// Names that no library uses: the clock, the process and its surroundings, the network. Crates are in `crates.rs`.
const OUTSIDE: [&str; 6] =
    ["std::env", "std::net", "std::process", "std::time::Instant", "std::time::SystemTime", "std::time::UNIX_EPOCH"];

/// What a path in `ibid.toml` may begin with (`~`): the one look at the surroundings.
const HOME: &str = "std::env::home_dir";

/// Macros that print.
const PRINTING: [&str; 5] = ["dbg", "eprint", "eprintln", "print", "println"];

fn libraries() -> impl Iterator<Item = Source> {
    LIBRARIES.into_iter().flat_map(|name| Source::of_crate(&format!("server/{name}")))
}

/// A fault for each path in `sources` that begins with one of `names`.
fn naming(sources: impl IntoIterator<Item = Source>, names: &[&str]) -> Vec<String> {
    let faults = |source: Source| {
        let paths = source.paths();
        let is_named = |path: &&Written| names.iter().any(|name| path.is_in(name));
        let found = paths.iter().filter(is_named).filter(|path| !path.is_in(HOME));
        found.map(|path| format!("{}:{}: {}", source.path, path.line, path.segments.join("::"))).collect::<Vec<_>>()
    };
    sources.into_iter().flat_map(faults).collect()
}

fn is_disk(source: &Source) -> bool {
    DISK.iter().any(|disk| source.path.starts_with(disk))
}

#[test]
fn below_the_binary_only_the_disk_touches_files() {
    let mut faults = naming(libraries().filter(|source| !is_disk(source)), &FILES);
    for source in libraries().filter(|source| !is_disk(source)) {
        for tokens in source.tokens.windows(4) {
            if let [Kind::Mark('.'), Kind::Word(method), Kind::Open('('), Kind::Close('(')] =
                [0, 1, 2, 3].map(|at| &tokens[at].kind)
                && FILE_METHODS.contains(&method.as_str())
            {
                faults.push(format!("{}:{}: .{method}()", source.path, tokens[1].line));
            }
        }
    }
    report("Below the binary only the disk and the cache of `corpus` touch files.", &faults);
}

#[test]
fn below_the_binary_there_is_no_clock_no_async_and_no_output() {
    let mut faults = naming(libraries().filter(|source| !is_disk(source)), &OUTSIDE);
    for source in libraries() {
        for (at, token) in source.tokens.iter().enumerate() {
            let Kind::Word(word) = &token.kind else { continue };
            let is_macro = source.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Mark('!'));
            if ["async", "await"].contains(&word.as_str()) || is_macro && PRINTING.contains(&word.as_str()) {
                faults.push(format!("{}:{}: {word}", source.path, token.line));
            }
        }
    }
    report("Below the binary there is no clock, no async, no process, no network and no output.", &faults);
}

#[test]
fn only_the_language_server_names_tower_lsp() {
    let binary = Source::of_crate("server/ibid").into_iter();
    let outside = binary.filter(|source| !source.path.starts_with("server/ibid/src/lsp/"));
    report("Only server/ibid/src/lsp names tower-lsp.", &naming(outside, &["tower_lsp", "tower_service"]));
}

/// The two front ends share modules beside them.
#[test]
fn the_front_ends_do_not_use_each_other() {
    let [lsp, cli] = ["lsp", "cli"].map(|name| {
        let binary = Source::of_crate("server/ibid").into_iter();
        binary.filter(move |source| source.path.starts_with(&format!("server/ibid/src/{name}/")))
    });
    let mut faults = naming(lsp, &["crate::cli"]);
    // The command line starts the server.
    faults.extend(naming(cli.filter(|source| source.path != "server/ibid/src/cli/mod.rs"), &["crate::lsp"]));
    report("In the binary, `lsp` and `cli` do not use each other.", &faults);
}

/// Arrows that would point up inside a crate: the crate, its lower modules, and the modules that these never use. The floors of
/// `ide` have a test of their own.
const NEVER: &[(&str, &[&str], &[&str])] = &[
    ("source", &["passage", "voice"], &["docx", "epub", "html", "markdown", "mhtml", "pdf", "read", "txt"]),
    ("evidence", &["model", "tokens"], &["quotation", "sentence", "verify"]),
    ("evidence", &["quotation"], &["sentence", "verify"]),
    ("evidence", &["sentence"], &["quotation", "verify"]),
    (
        "corpus",
        &["disk"],
        &["cache", "config", "discover", "file", "host", "index", "resolve", "snapshot", "workspace"],
    ),
    ("corpus", &["config", "file", "identity", "index"], &["discover", "host", "snapshot", "workspace"]),
    ("corpus", &["bibliography", "cache"], &["discover", "host", "snapshot", "workspace"]),
    ("corpus", &["lists", "locate", "resolve", "retrieve", "snapshot", "terms"], &["host", "workspace"]),
    ("corpus", &["discover", "host"], &["workspace"]),
];

#[test]
fn modules_of_a_crate_keep_to_their_floors() {
    let mut faults = Vec::new();
    for (name, lower, upper) in NEVER {
        let folder = format!("server/{name}");
        let is_there = |module: &&str| {
            let source = root().join(&folder).join("src");
            source.join(module).is_dir() || source.join(format!("{module}.rs")).is_file()
        };
        let gone = lower.iter().chain(*upper).filter(|module| !is_there(module));
        faults.extend(gone.map(|module| format!("{folder}/src: there is no module {module}: correct {}", file!())));
        let up = |used: &Use| lower.contains(&used.from.as_str()) && upper.contains(&used.to.as_str());
        let fault = |used: Use| format!("{}:{}: {} may not use {}", used.file, used.line, used.from, used.to);
        faults.extend(uses_within(&folder).into_iter().filter(up).map(fault));
    }
    report("Inside a crate, a lower module does not use a higher one.", &faults);
}

/// A use of one module of a crate by another.
struct Use {
    from: String,
    to: String,
    file: String,
    line: usize,
}

/// All uses between the modules at the top of a crate. A name that the crate's root exports counts for its module.
fn uses_within(folder: &str) -> Vec<Use> {
    let sources = Source::of_crate(folder);
    let start = format!("{folder}/src/");
    let module_of = |path: &str| path.strip_prefix(&start)?.split(['/', '.']).next().map(str::to_owned);
    let root = sources.iter().find(|source| source.path.ends_with("src/lib.rs")).expect("a library has a root");
    let exported = |path: Written| Some((path.segments.last()?.clone(), path.segments.first()?.clone()));
    let exported: HashMap<String, String> = root.paths().into_iter().filter_map(exported).collect();
    let mut uses = Vec::new();
    for source in &sources {
        let Some(from) = module_of(&source.path).filter(|module| module != "lib") else { continue };
        for path in source.paths().iter().filter(|path| path.segments[0] == "crate") {
            let Some(named) = path.segments.get(1) else { continue };
            let to = exported.get(named).unwrap_or(named).clone();
            if to != from {
                uses.push(Use { from: from.clone(), to, file: source.path.clone(), line: path.line });
            }
        }
    }
    uses
}
