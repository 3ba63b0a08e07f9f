//! The memory of a process.

use std::fs;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// Resident memory of this process, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Memory {
    /// Anonymous and shared pages, which only this process can free.
    pub own: u64,
    /// Pages of mapped files, which the system can reclaim.
    pub mapped: u64,
}

/// Reads `/proc/self/status`. Linux only.
pub fn resident() -> Result<Memory> {
    resident_of("self")
}

/// Reads the status of a process by its id or `self`. Linux only.
pub fn resident_of(process: &str) -> Result<Memory> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(path).context("resident memory is read from /proc, on Linux")?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
        kilobytes.map(|kilobytes| kilobytes * 1024).with_context(|| format!("the status of {process} has no {name}"))
    };
    Ok(Memory { own: field("RssAnon")? + field("RssShmem")?, mapped: field("RssFile")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_to_is_resident() {
        let before = resident().unwrap();
        let held = vec![1_u8; 64 << 20];
        let after = resident().unwrap();
        assert!(after.own >= before.own + (60 << 20), "{before:?} {after:?}");
        drop(held);
    }
}
