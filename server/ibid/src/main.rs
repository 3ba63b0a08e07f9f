//! `ibid`: a language server and a checker for research notes.
//!
//! Two front ends over one library: [`cli`] for the terminal, [`lsp`] for editors. Only `lsp` names tower-lsp.

mod cli;
mod extract;
mod kept;
mod lsp;
mod memory;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
