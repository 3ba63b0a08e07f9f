//! Watches the client's process. Stdin usually ends with it, but another process that inherited the pipe can keep it open.

use std::time::Duration;

/// How often to look.
const INTERVAL: Duration = Duration::from_secs(1);

/// Returns when the process has exited. Never returns on systems where that cannot be found out.
pub(super) async fn exited(process: u32) {
    while is_alive(process) {
        tokio::time::sleep(INTERVAL).await;
    }
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    use rustix::{io::Errno, process};

    if is_zombie(process) {
        return false;
    }
    let Some(pid) = i32::try_from(process).ok().and_then(process::Pid::from_raw) else { return true };
    // Any other error means that the process exists but belongs to another user.
    process::test_kill_process(pid) != Err(Errno::SRCH)
}

/// Whether the process has ended and its parent has not asked how. Its state is the first field behind its name.
#[cfg(unix)]
fn is_zombie(process: u32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{process}/stat")).ok();
    let state = state.as_deref().and_then(|stat| stat.rsplit_once(')')?.1.trim_start().chars().next());
    matches!(state, Some('Z' | 'X'))
}

#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
#[test]
fn a_process_is_alive_until_it_has_exited() {
    let mut child = std::process::Command::new("sleep").arg("60").spawn().expect("`sleep` starts");
    assert!(is_alive(child.id()));
    child.kill().expect("the child can be killed");
    while !is_zombie(child.id()) && cfg!(target_os = "linux") {
        std::thread::yield_now();
    }
    assert!(!is_alive(child.id()) || cfg!(not(target_os = "linux")));
    child.wait().expect("the child exits");
    assert!(!is_alive(child.id()));
}
