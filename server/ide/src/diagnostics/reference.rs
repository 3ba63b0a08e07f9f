//! The documentation of all codes as one page.

use std::fmt::Write as _;

use super::{RULES, Rule};

/// `docs/diagnostics.md`: every code with its documentation. A code's heading is its anchor.
pub fn reference() -> String {
    let mut page = String::from(HEAD);
    for rule in RULES {
        let _ = writeln!(page, "- [`{0}`](#{0}) ({1}): {2}", rule.name, level(rule), rule.summary);
    }
    for rule in RULES {
        let _ = writeln!(page, "\n## {}\n\n{} Default: {}.\n", rule.name, rule.summary, level(rule));
        page.push_str(&nested(rule.documentation));
    }
    page
}

const HEAD: &str = "\
# Diagnostics

<!-- Generated from the rules' own documentation: `UPDATE_EXPECT=1 cargo test -p ibid-ide reference`. -->

Each finding has a code. Set how loud a code is in `ibid.toml`, under `[severity]`: `off`, `hint`, `information`,
`warning` or `error`. Switch codes off inside a note by comment: `<!-- ibid-disable CODE -->` to the end of the note or to
`<!-- ibid-enable CODE -->`, `<!-- ibid-disable-line CODE -->`, `<!-- ibid-disable-next-line CODE -->`,
`<!-- ibid-disable-file CODE -->`; without a code they switch off all. A comment that names a code there is not is told,
as a warning of its own without a code, and does not count towards `--fail-on`.

The examples are whole workspaces: `//- ` begins a file, files under `/sources` are sources, and the last note is the one
that is checked. A test runs them all.

";

/// The rule's default severity in the words of `ibid.toml`.
fn level(rule: &Rule) -> String {
    format!("{:?}", rule.severity).to_lowercase()
}

/// The documentation one level down, under the rule's own heading.
fn nested(documentation: &str) -> String {
    let mut fenced = false;
    let mut out = String::with_capacity(documentation.len() + 16);
    for line in documentation.trim().lines() {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with("## ") {
            out.push('#');
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn the_page_is_up_to_date() {
    expect_test::expect_file!["../../../../docs/diagnostics.md"].assert_eq(&reference());
}
