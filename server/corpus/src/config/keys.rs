//! Every key of `ibid.toml`, described once. The parser, the documentation, the JSON schema and `ibid init` use this table.

/// One key.
pub struct Key {
    /// The table it belongs to; `None` for the top level.
    pub table: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// The type of its value.
    pub kind: Kind,
    /// An example value as TOML: the default or a typical value.
    pub example: &'static str,
    /// Description of the default.
    pub default: &'static str,
    /// What it does: one or more Markdown sentences.
    pub summary: &'static str,
}

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A list of strings: files, folders or globs.
    Paths,
    /// A string.
    Text,
    /// A non-negative integer.
    Count,
    /// One of these strings.
    OneOf(&'static [&'static str]),
}

/// The names of the severities, lowest first.
pub const LEVELS: [&str; 5] = ["off", "hint", "information", "warning", "error"];

/// The values of `fail-on`.
pub const FAIL_ON: [&str; 5] = ["never", "hint", "information", "warning", "error"];

/// The values of `strictness`, least strict first.
pub const STRICTNESS: [&str; 3] = ["relaxed", "standard", "strict"];

/// The diagnostic codes that `[severity]` may name.
pub const CODES: [&str; 13] = [
    "quote-altered",
    "quote-misattributed",
    "quote-not-found",
    "quote-wrong-page",
    "citation-unresolved",
    "citation-ambiguous",
    "link-broken",
    "claim-uncited",
    "claim-unsupported",
    "claim-contradicted",
    "claim-overstated",
    "term-contested",
    "term-undefined",
];

/// The name of the table whose keys are diagnostic codes.
pub(crate) const SEVERITY: &str = "severity";

/// The name of the tables that change severities for some notes.
pub(crate) const OVERRIDE: &str = "override";
/// The keys of an `[[override]]`.
pub(crate) const OVERRIDE_KEYS: [&str; 2] = ["paths", SEVERITY];

/// Every key except those of `[severity]`, which are the diagnostic codes, and of `[[override]]`.
pub const KEYS: [Key; 8] = [
    Key {
        table: None,
        name: "sources",
        kind: Kind::Paths,
        example: r#"["sources"]"#,
        default: "all folders named `sources`, `corpus`, `references`, `clippings` or `seeds`",
        summary: "Files, folders or globs that contain the texts you quote and cite. \
                  A path may be absolute or begin with `~/` or `../`.",
    },
    Key {
        table: None,
        name: "notes",
        kind: Kind::Paths,
        example: r#"["notes"]"#,
        default: "every Markdown file under the root that is not a source",
        summary: "Files, folders or globs with the Markdown files to check. \
                  A file can be both a source and a note.",
    },
    Key {
        table: None,
        name: "bibliography",
        kind: Kind::Paths,
        example: r#"["refs.bib"]"#,
        default: "none",
        summary: "`.bib` or CSL-JSON files that define citation keys.",
    },
    Key {
        table: None,
        name: "language",
        kind: Kind::Text,
        example: r#""en""#,
        default: "`\"en\"`",
        summary: "The language of notes and sources, as a BCP 47 tag. \
                  Claims and term definitions are found in English only; quotations are checked in any language.",
    },
    Key {
        table: None,
        name: "baseline",
        kind: Kind::Text,
        example: r#""ibid-baseline.json""#,
        default: "none",
        summary: "A file of accepted findings, written by `ibid check --write-baseline`. \
                  An accepted finding is not reported again until its words change; it may move to another line.",
    },
    Key {
        table: Some("quotes"),
        name: "minimum-words",
        kind: Kind::Count,
        example: "4",
        default: "`4`",
        summary: "Quotations with fewer words are never reported, because so few words can occur anywhere.",
    },
    Key {
        table: Some("claims"),
        name: "strictness",
        kind: Kind::OneOf(&STRICTNESS),
        example: r#""standard""#,
        default: "`\"standard\"`",
        summary: "Which sentences count as claims that need a source. \
                  `relaxed` reports only the clearest claims, `strict` reports every sentence that may be one.",
    },
    Key {
        table: Some("check"),
        name: "fail-on",
        kind: Kind::OneOf(&FAIL_ON),
        example: r#""warning""#,
        default: "`\"warning\"`",
        summary: "The lowest severity at which `ibid check` exits with code 1. The flag `--fail-on` overrides it.",
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
