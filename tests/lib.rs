//! Support for the end-to-end tests, which run the release binary as a person or an editor does.
//!
//! [`Workspace`] is a temporary folder whose files are written as one string. [`Server`] is a running `ibid lsp` and its
//! client. The release binary is built first if necessary; set `IBID_BIN` to test another one.

mod server;
mod workspace;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

pub use server::{Client, Server};
pub use workspace::{Workspace, example, example_of};

/// A run of the binary without a cache.
pub fn command() -> Command {
    let mut command = Command::new(binary());
    command.env("IBID_CACHE", "");
    command
}

/// The binary under test: `$IBID_BIN`, or else the release binary.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let path = env::var_os("IBID_BIN").map_or_else(built, PathBuf::from);
        assert!(path.is_file(), "there is no binary at {}", path.display());
        path
    })
}

/// Builds the release binary, unless it is up to date, in the folder that this test was built in.
fn built() -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--package", "ibid", "--target-dir"])
        .arg(target())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(build.is_ok_and(|status| status.success()), "`cargo build --release --package ibid` failed");
    target().join("release").join(format!("ibid{}", env::consts::EXE_SUFFIX))
}

/// The folder that cargo builds in.
fn target() -> PathBuf {
    let test = env::current_exe().expect("a running test has a path");
    // target/PROFILE/deps/TEST
    test.ancestors().nth(3).unwrap_or(Path::new("target")).to_owned()
}
