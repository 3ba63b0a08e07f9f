//! Support for the end-to-end tests, which run the release binary as a person or an editor does.
//!
//! [`Workspace`] is a folder of files written as one string; [`Server`] is `ibid lsp` with a client around it.

mod server;
mod workspace;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

pub use server::{Client, Server};
pub use workspace::{Workspace, example, example_of};

/// A run of the binary that keeps nothing.
pub fn command() -> Command {
    let mut command = Command::new(binary());
    command.env("IBID_CACHE", "");
    command
}

/// The binary under test: `$IBID_BIN`, else `target/release/ibid` of the build that this test belongs to.
fn binary() -> PathBuf {
    let path = env::var_os("IBID_BIN").map_or_else(built, PathBuf::from);
    assert!(path.is_file(), "{} is missing: run `cargo build --release`, or set IBID_BIN", path.display());
    path
}

fn built() -> PathBuf {
    target().join("release").join(format!("ibid{}", env::consts::EXE_SUFFIX))
}

/// The folder that everything is built in.
fn target() -> PathBuf {
    let test = env::current_exe().expect("a running test has a path");
    // target/PROFILE/deps/TEST
    test.ancestors().nth(3).unwrap_or(Path::new("target")).to_owned()
}
