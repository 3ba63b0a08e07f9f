//! Where memory is from, and that it goes back there.

/// In a static binary: musl's own allocator made a check of 650 notes take 45 % more time of the processors.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Gives the memory back to the system that was freed after much work. glibc keeps it in a heap for each thread that ever took
/// some.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    trim();
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "argued below")]
fn trim() {
    // SAFETY: it takes a number, and may be called at any time and on any thread.
    unsafe { libc::malloc_trim(0) };
}
