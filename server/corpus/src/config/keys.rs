//! Every key of `ibid.toml`, described once. Reading, the docs, the JSON schema and `ibid init` all go by this table.

/// One key.
pub struct Key {
    /// The table it stands in; `None` for the top of the file.
    pub table: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// What its value looks like.
    pub kind: Kind,
    /// A value, as TOML: the one that holds when the key is not set, or a typical one.
    pub example: &'static str,
    /// What holds when it is not set, in words.
    pub default: &'static str,
    /// What it does: one or more Markdown sentences.
    pub summary: &'static str,
}

/// What a value looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A list of strings: files, folders or globs.
    Paths,
    /// A string.
    Text,
    /// A whole number, not negative.
    Count,
    /// One of these strings.
    OneOf(&'static [&'static str]),
}

/// The words for how loud a finding is, quietest first.
pub const LEVELS: [&str; 5] = ["off", "hint", "information", "warning", "error"];

/// The words for what makes `ibid check` fail.
pub const FAIL_ON: [&str; 5] = ["never", "hint", "information", "warning", "error"];

/// The words for how much a claim must look like one before it is reported.
pub const STRICTNESS: [&str; 3] = ["relaxed", "standard", "strict"];

/// The diagnostic codes that `[severity]` may name.
pub const CODES: [&str; 11] = [
    "quote-altered",
    "quote-misattributed",
    "quote-not-found",
    "citation-unresolved",
    "citation-ambiguous",
    "claim-uncited",
    "claim-unsupported",
    "claim-contradicted",
    "claim-overstated",
    "term-contested",
    "term-undefined",
];

/// The table whose keys are diagnostic codes.
pub(crate) const SEVERITY: &str = "severity";

/// The tables that change severities for some notes, and the keys of each.
pub(crate) const OVERRIDE: &str = "override";
pub(crate) const OVERRIDE_KEYS: [&str; 2] = ["paths", SEVERITY];

/// Every key but those of `[severity]`, which are the diagnostic codes, and of `[[override]]`.
pub const KEYS: [Key; 8] = [
    Key {
        table: None,
        name: "sources",
        kind: Kind::Paths,
        example: r#"["sources"]"#,
        default: "every folder named `sources`, `corpus`, `references`, `clippings` or `seeds`",
        summary: "Files, folders or globs whose texts may be quoted and cited. \
                  A path may be absolute, or begin with `~/` or `../`.",
    },
    Key {
        table: None,
        name: "notes",
        kind: Kind::Paths,
        example: r#"["notes"]"#,
        default: "every Markdown file under the root that is not a source",
        summary: "Files, folders or globs whose Markdown files are checked. \
                  A file can be a source and a note at once.",
    },
    Key {
        table: None,
        name: "bibliography",
        kind: Kind::Paths,
        example: r#"["refs.bib"]"#,
        default: "none",
        summary: "`.bib` or CSL-JSON files that give citation keys a work.",
    },
    Key {
        table: None,
        name: "language",
        kind: Kind::Text,
        example: r#""en""#,
        default: "`\"en\"`",
        summary: "The language of the notes and sources, as a BCP 47 tag. \
                  Claims and senses are judged in English only; quotations in any language.",
    },
    Key {
        table: None,
        name: "baseline",
        kind: Kind::Text,
        example: r#""ibid-baseline.json""#,
        default: "none",
        summary: "A file of findings that are accepted, which `ibid check --write-baseline` writes. \
                  They are not reported again until their words change; their lines may move.",
    },
    Key {
        table: Some("quotes"),
        name: "minimum-words",
        kind: Kind::Count,
        example: "4",
        default: "`4`",
        summary: "Quotations of fewer words are never reported: so few words stand anywhere.",
    },
    Key {
        table: Some("claims"),
        name: "strictness",
        kind: Kind::OneOf(&STRICTNESS),
        example: r#""standard""#,
        default: "`\"standard\"`",
        summary: "How readily a sentence counts as a claim that needs a source. \
                  `relaxed` reports the plainest only, `strict` whatever looks like one.",
    },
    Key {
        table: Some("check"),
        name: "fail-on",
        kind: Kind::OneOf(&FAIL_ON),
        example: r#""warning""#,
        default: "`\"warning\"`",
        summary: "The least severity at which `ibid check` ends with exit code 1. The flag `--fail-on` goes before it.",
    },
];

/// The names of the tables, in the order of [`KEYS`], `severity` last.
pub(crate) fn tables() -> Vec<&'static str> {
    let mut tables: Vec<_> = KEYS.iter().filter_map(|key| key.table).collect();
    tables.dedup();
    tables.push(SEVERITY);
    tables
}

/// The keys of one table.
pub(crate) fn keys_of(table: Option<&str>) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.table == table)
}
