//! `ibid`: a language server and a command-line checker for research notes.
//!
//! [`cli`] is the front end for the terminal and [`lsp`] the one for editors. Only `lsp` names tower-lsp.

mod cache;
mod cli;
mod extract;
mod inventory;
mod lsp;
mod memory;
mod printable;

use std::process::ExitCode;

fn main() -> ExitCode {
    let code = cli::run();
    ibid_corpus::remove_temporary_folder();
    code
}
