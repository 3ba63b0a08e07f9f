//! Renders the table of keys as documentation, JSON schema and template.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{
    CODES, Kind, LEVELS,
    keys::{Key, OVERRIDE, SEVERITY, keys_of, tables},
};

const INTRODUCTION: &str = "\
# Configuration

<!-- Written by `UPDATE_EXPECT=1 cargo test -p ibid-corpus`. -->

Put `ibid.toml` at the root of the workspace. `ibid` looks for it in the folder of a note and in the folders above, up to
the root of the repository. `ibid init` writes a file with every key, and `ibid init --schema` prints its JSON schema.
Unknown keys and invalid values are reported with a suggested fix, in editors directly in the file; the rest of the file
still applies. Editor settings and command-line flags override the file.

Without the file, folders named `sources`, `corpus`, `references`, `clippings` or `seeds` contain the sources, and all
other Markdown files are notes. With neither the file nor any source, nothing is reported.

A note with `ibid: off` in its front matter is not checked.

`.gitignore` and `.ignore` are respected, hidden files are skipped, and symbolic links are followed only inside the
workspace. `ibid sources` lists the sources that were read, and the files that were skipped with the reason.
";

const OVERRIDE_EXAMPLE: &str = "\
[[override]]
paths = [\"drafts\", \"**/*.draft.md\"]
severity = { claim-uncited = \"off\", term-contested = \"off\" }
";

/// The text of docs/configuration.md.
pub fn documentation() -> String {
    let mut out = INTRODUCTION.to_owned();
    for table in [None].into_iter().chain(tables().into_iter().filter(|&table| table != SEVERITY).map(Some)) {
        if let Some(table) = table {
            let _ = write!(out, "\n## `[{table}]`\n");
        } else {
            out += "\n## Top level\n";
        }
        for key in keys_of(table) {
            let _ = write!(out, "\n### `{}`\n\n{}\n\n", key.name, key.summary);
            let _ = writeln!(out, "- Value: {}", describe(key.kind));
            let _ = writeln!(out, "- Default: {}\n", key.default);
            let head = table.map_or_else(String::new, |table| format!("[{table}]\n"));
            let _ = writeln!(out, "```toml\n{head}{} = {}\n```", key.name, key.example);
        }
    }
    let codes = CODES.map(|code| format!("- [`{code}`](diagnostics.md#{code})")).join("\n");
    let _ = write!(
        out,
        "\n## `[{SEVERITY}]`\n\nThe severity of each kind of finding, by its code. Value: one of {}.\n\n{codes}\n\n\
         ```toml\n[{SEVERITY}]\nclaim-uncited = \"information\"\n```\n",
        words(&LEVELS)
    );
    let _ = write!(
        out,
        "\n## `[[{OVERRIDE}]]`\n\nOther severities for some notes. `paths` lists files, folders or globs. There may be \
         several such tables; if more than one sets a code for a note, the last one wins.\n\n\
         ```toml\n{OVERRIDE_EXAMPLE}```\n"
    );
    out
}

/// The JSON schema of `ibid.toml` (draft 2020-12), for editors with a TOML language server.
pub fn schema() -> Value {
    let mut top = properties(None);
    for table in tables().into_iter().filter(|&table| table != SEVERITY) {
        top.insert(table.to_owned(), object(&properties(Some(table))));
    }
    let level = json!({ "enum": LEVELS });
    let codes: Map<_, _> = CODES.iter().map(|&code| (code.to_owned(), level.clone())).collect();
    let severities = object(&codes);
    top.insert(SEVERITY.to_owned(), severities.clone());
    let paths = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    let keys = [("paths".to_owned(), paths), (SEVERITY.to_owned(), severities)];
    top.insert(OVERRIDE.to_owned(), json!({ "type": "array", "items": object(&keys.into_iter().collect()) }));
    let mut schema = object(&top);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("ibid.toml");
    schema
}

/// An `ibid.toml` with every key. All keys are commented out, except `sources` if given.
pub fn template(sources: &[String]) -> String {
    let mut out = "# What ibid reads in this workspace, and what it reports.\n\
                   # A key that is commented out shows its default or an example value.\n"
        .to_owned();
    for table in [None].into_iter().chain(tables().into_iter().filter(|&table| table != SEVERITY).map(Some)) {
        if let Some(table) = table {
            let _ = write!(out, "\n[{table}]\n");
        }
        for key in keys_of(table) {
            if table.is_none() {
                out.push('\n');
            }
            let summary = key.summary.replace(". ", ".\n# ");
            let _ = writeln!(out, "# {summary}\n# Default: {}.", key.default);
            if key.name == "sources" && !sources.is_empty() {
                let _ = writeln!(out, "sources = {}", json!(sources));
            } else {
                let _ = writeln!(out, "# {} = {}", key.name, key.example);
            }
        }
    }
    let _ = write!(out, "\n[{SEVERITY}]\n# The severity of each kind of finding: one of {}.\n", LEVELS.join(", "));
    out += "# claim-uncited = \"information\"\n\n# Other severities for some notes. If several apply, the last one wins.\n";
    out.extend(OVERRIDE_EXAMPLE.lines().map(|line| format!("# {line}\n")));
    out
}

fn properties(table: Option<&str>) -> Map<String, Value> {
    keys_of(table).map(|key| (key.name.to_owned(), property(key))).collect()
}

fn object(properties: &Map<String, Value>) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn property(key: &Key) -> Value {
    let mut property = match key.kind {
        Kind::Paths => json!({ "type": "array", "items": { "type": "string", "minLength": 1 } }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::OneOf(words) => json!({ "enum": words }),
    };
    property["description"] = json!(format!("{} Default: {}.", key.summary, key.default));
    property
}

fn describe(kind: Kind) -> String {
    match kind {
        Kind::Paths => "a list of strings".to_owned(),
        Kind::Text => "a string".to_owned(),
        Kind::Count => "a non-negative integer".to_owned(),
        Kind::OneOf(choices) => format!("one of {}", words(choices)),
    }
}

fn words(words: &[&str]) -> String {
    words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::expect_file;

    use super::*;
    use crate::Config;

    #[test]
    fn the_documentation_is_up_to_date() {
        expect_file!["../../../../docs/configuration.md"].assert_eq(&documentation());
        expect_file!["../../../../docs/ibid.schema.json"].assert_eq(&format!("{:#}\n", schema()));
    }

    #[test]
    fn the_template_has_no_problems() {
        let config = Config::parse(Path::new("/"), &template(&["clips".into()]));
        assert_eq!(config.sources, ["clips"]);
        assert_eq!(config.problems, []);
    }

    #[test]
    fn every_example_is_valid() {
        let uncommented: String = template(&[])
            .lines()
            .map(|line| {
                line.strip_prefix("# ").filter(|rest| rest.contains(" = ") || rest.starts_with("[[")).unwrap_or(line)
            })
            .flat_map(|line| [line, "\n"])
            .collect();
        let config = Config::parse(Path::new("/"), &uncommented);
        assert_eq!(config.problems, []);
        assert_eq!((config.sources.len(), config.severity.len(), config.overrides.len()), (1, 1, 1), "{uncommented}");
    }
}
