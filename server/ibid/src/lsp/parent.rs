//! Whether the client still lives. Stdin usually ends with it, but a process that inherited the pipe can keep it open.

use std::time::Duration;

/// How often to look.
const EVERY: Duration = Duration::from_secs(1);

/// Ends when the process is gone; never on systems where we cannot tell.
pub(super) async fn gone(process: u32) {
    while is_alive(process) {
        tokio::time::sleep(EVERY).await;
    }
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    use rustix::{io::Errno, process};

    let Some(pid) = i32::try_from(process).ok().and_then(process::Pid::from_raw) else { return true };
    // A process of another user may not be signalled, but it lives.
    process::test_kill_process(pid) != Err(Errno::SRCH)
}

#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
#[test]
fn a_process_is_alive_until_it_has_ended() {
    let mut child = std::process::Command::new("sleep").arg("60").spawn().expect("`sleep` starts");
    assert!(is_alive(child.id()));
    child.kill().expect("the child can be killed");
    child.wait().expect("the child ends");
    assert!(!is_alive(child.id()));
}
