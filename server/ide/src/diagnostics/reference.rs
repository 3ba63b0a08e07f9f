//! The documentation of all codes on one page.

use std::fmt::Write as _;

use super::{RULES, Rule};

/// The text of `docs/diagnostics.md`: every code with its documentation. The heading of a code is its anchor.
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

Every finding has a code. The severity of a code is set in `ibid.toml`, under `[severity]`: `off`, `hint`, `information`,
`warning` or `error`.

Comments in a note switch codes off. Without a code, they switch off all of them.

- `<!-- ibid-disable CODE -->`: up to `<!-- ibid-enable CODE -->` or the end of the note.
- `<!-- ibid-disable-line CODE -->`: on this line.
- `<!-- ibid-disable-next-line CODE -->`: on the next line.
- `<!-- ibid-disable CODE \"the first words\" -->`: on the sentence or quotation that begins so, wherever it stands in the note.
- `<!-- ibid-disable-file CODE -->`: in the whole note.

A comment with an unknown code is reported as a warning without a code, which does not count towards `--fail-on`.

The examples are whole workspaces: `//- ` begins a file, files under `/sources` are sources, and the last note is the one
that is checked. A test runs all of them.

";

/// The rule's default severity as `ibid.toml` writes it.
fn level(rule: &Rule) -> String {
    format!("{:?}", rule.severity).to_lowercase()
}

/// The documentation with its headings one level lower.
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
