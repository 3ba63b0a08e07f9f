//! What the README shows is what the commands print.

use std::{fs, path::Path};

use ibid_tests::command;

/// Each block of the README that begins with `$ ibid …`: the command, and the stretches that its output must hold.
fn shown(readme: &str) -> Vec<(Vec<&str>, Vec<&str>)> {
    let blocks = readme.split("```text\n$ ibid ").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks
        .filter_map(|block| block.split_once('\n'))
        .map(|(command, output)| (command.split(' ').collect(), stretches(output)))
        .collect()
}

/// What of an output is shown: the stretches between lines that say that something is left out.
fn stretches(output: &str) -> Vec<&str> {
    output.split("[…]").map(|stretch| stretch.trim_matches('\n')).filter(|stretch| !stretch.is_empty()).collect()
}

#[test]
fn the_readme_shows_what_the_commands_print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    let shown = shown(&readme);
    assert_eq!(shown.len(), 3, "two checks and a definition are shown");
    for (arguments, stretches) in shown {
        let output = command().args(&arguments).current_dir(&root).output().expect("the binary runs");
        let printed = String::from_utf8(output.stdout).expect("what is printed is UTF-8");
        for stretch in stretches {
            assert!(
                printed.contains(stretch),
                "`ibid {}` does not print:\n{stretch}\nbut:\n{printed}",
                arguments.join(" ")
            );
        }
    }
}
