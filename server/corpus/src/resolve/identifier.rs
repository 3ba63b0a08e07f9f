//! Keys that name a work by an identifier of its own (`@doi:10.1000/x`, as Manubot and others read them), and keys that refer
//! to a part of a text (`@fig-levels`).

/// What a key says by its prefix.
pub(super) enum Prefixed<'k> {
    /// A work with this DOI or web address.
    Address(String),
    /// A work in a register that is not looked at, or under a tag that another tool resolves.
    Elsewhere,
    /// A part of a text, with the label of that part. (A bibliography may have such a key all the same.)
    Part(&'k str),
}

/// Registers of works whose identifiers are no addresses.
const REGISTERS: [&str; 12] =
    ["clinicaltrials", "isbn", "issn", "mag", "pmc", "pmcid", "pmid", "raw", "tag", "uniprot", "wikidata", "zotero"];

/// What Quarto and pandoc-crossref refer to.
const PARTS: [&str; 22] = [
    "alg", "cau", "cnj", "cor", "def", "eq", "exm", "exr", "fig", "imp", "lem", "lst", "nte", "prp", "rem", "sec",
    "sol", "tbl", "tab", "thm", "tip", "wrn",
];

/// What a key says by its prefix, if it has one that is known.
pub(super) fn prefixed(key: &str) -> Option<Prefixed<'_>> {
    let (prefix, rest) = key.split_once([':', '-'])?;
    let prefix = prefix.to_lowercase();
    let has_colon = key[prefix.len()..].starts_with(':');
    match &*prefix {
        _ if rest.is_empty() => None,
        "doi" | "url" if has_colon => Some(Prefixed::Address(rest.to_owned())),
        "arxiv" if has_colon => Some(Prefixed::Address(format!("https://arxiv.org/abs/{rest}"))),
        "http" | "https" if rest.starts_with("//") => Some(Prefixed::Address(key.to_owned())),
        register if has_colon && REGISTERS.contains(&register) => Some(Prefixed::Elsewhere),
        part if PARTS.contains(&part) => Some(Prefixed::Part(key)),
        _ => None,
    }
}
