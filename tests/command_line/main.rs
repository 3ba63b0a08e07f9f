//! The command line.

mod sources;

use std::process::Command;

use ibid_tests::binary;

#[test]
fn a_wrong_command_is_a_failure_of_the_tool() {
    let output = Command::new(binary()).arg("unheard-of").output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_log_that_cannot_be_written_is_a_failure_of_the_tool() {
    let output =
        Command::new(binary()).args(["lsp", "--log", "/nowhere/at/all.log"]).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/nowhere/at/all.log"));
}
