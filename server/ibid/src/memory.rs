//! The memory allocator.

/// The allocator of static binaries. With musl's own, a check of 650 notes took 45 % more processor time.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Limits glibc to one heap per processor instead of eight, so that threads reuse memory that others have freed. With sources
/// of 100 MB and 10,000 notes this saves 40 % of the memory.
///
/// glibc reads its environment only when a program starts. So this function executes the program again in the same process,
/// and must be called before anything else happens. If that fails, the program continues with the default.
pub(crate) fn limit_heaps() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::limit_heaps();
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::{env, num::NonZero, os::unix::process::CommandExt, process::Command, thread};

    /// The environment variable that glibc reads. Left alone if it is already set.
    const HEAP_LIMIT: &str = "MALLOC_ARENA_MAX";

    pub(super) fn limit_heaps() {
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        let Ok(program) = env::current_exe() else { return };
        if env::var_os(HEAP_LIMIT).is_none() {
            let mut arguments = env::args_os();
            let name = arguments.next().unwrap_or_default();
            // Returns only on an error.
            drop(Command::new(program).arg0(name).args(arguments).env(HEAP_LIMIT, processors.to_string()).exec());
        }
    }
}
