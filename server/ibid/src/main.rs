//! `ibid`: a language server and a checker for research notes.
//!
//! Two front ends over one library: [`cli`] for the terminal, [`lsp`] for editors. Only `lsp` names tower-lsp.

mod cli;
mod extract;
mod kept;
mod lsp;

use std::process::ExitCode;

/// In a static binary: musl's own allocator made a check of 650 notes take 45 % more time of the processors.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
