//! In a language without a pack of words, only the rules on quotations and citations report anything.

use std::collections::BTreeSet;

use super::{RULES, examples::blocks_under};
use crate::{Memo, analysis::checked_note::CheckedNote, fixture::Fixture};

/// A quotation of words that are not in the source, attributed by no words but by the link beside it.
const LINKED: &str = "//- /sources/page.txt\nClarity is often very important.\n//- /notes/note.md\n\
    “A schemer is any model that would rather be trusted than right” ([page](../sources/page.txt)).\n";

/// The codes of all findings, whatever their severity, in the examples of all rules and in [`LINKED`] where the workspace is
/// in `language`.
fn codes(language: &str) -> BTreeSet<&'static str> {
    let mut findings = Vec::new();
    let examples = RULES.iter().flat_map(|rule| blocks_under(rule.documentation, "## Fires"));
    for example in examples.chain([LINKED.to_owned()]) {
        let fixture = Fixture::configured(&example, |config| language.clone_into(&mut config.language));
        let memo = Memo::default();
        let checked = CheckedNote::open(&fixture.snapshot, fixture.file, &memo).expect("an example ends in a note");
        for rule in RULES {
            (rule.check)(&checked, &mut findings);
        }
    }
    findings.into_iter().map(|finding| finding.code.rule().name).collect()
}

#[test]
fn without_words_only_quotations_and_citations_are_judged() {
    let english = codes("en-GB");
    for code in ["claim-uncited", "term-contested", "term-undefined", "quote-altered", "citation-unresolved"] {
        assert!(english.contains(code), "{code}: {english:?}");
    }
    for language in ["de", "xx"] {
        let found = codes(language);
        let is_by_words = |code: &&&str| code.starts_with("claim-") || code.starts_with("term-");
        assert_eq!(found.iter().find(is_by_words), None, "{language}: {found:?}");
        for code in ["quote-altered", "quote-not-found", "citation-unresolved", "citation-ambiguous"] {
            assert!(found.contains(code), "{language}: {code}: {found:?}");
        }
    }
}
