//! The rules that the compiler does not hold for us: which crate and module may use which, and how the code is written.
//!
//! Each failure names the file and the line. `cargo test -p ibid-tests --test architecture` needs no built binary. The
//! floors inside `server/ide` are in `server/ide/tests/floors.rs`.

mod crates;
mod documents;
mod modules;
mod prose;
mod sources;
mod words;

/// Fails with all faults, one a line, if there are any.
fn report(rule: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{rule}\n{}\n", faults.join("\n"));
}
