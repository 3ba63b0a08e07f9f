//! The diagnostic rules, one file a code, and the examination of a note by all of them.
//!
//! A rule's file holds its documentation, its logic and its tests.

mod accepted;
mod citation_ambiguous;
mod citation_unresolved;
mod claim_contradicted;
mod claim_fixes;
mod claim_overstated;
mod claim_uncited;
mod claim_unsupported;
mod examination;
#[cfg(test)]
mod examples;
mod explanation;
#[cfg(test)]
mod languages;
mod link_broken;
#[cfg(test)]
mod properties;
mod quote_altered;
mod quote_misattributed;
mod quote_not_found;
mod quote_wrong_page;
mod reference;
mod rewording;
mod rule;
mod suppressions;
mod term_contested;
mod term_undefined;

use ibid_note::{Citation, Fragment, Quotation, Target};
use ibid_text::Span;

use crate::analysis::{checked_note::CheckedNote, finding::Code};

pub use accepted::accept;
#[cfg(test)]
pub(crate) use examination::examine_with;
pub(crate) use examination::open_if_checked;
pub use examination::{diagnostics, examine};
pub use explanation::explain;
pub use reference::reference;
pub use rule::Rule;

/// Every rule, in the order of [`Code`].
pub const RULES: [&Rule; 13] = [
    &quote_altered::RULE,
    &quote_misattributed::RULE,
    &quote_not_found::RULE,
    &quote_wrong_page::RULE,
    &citation_unresolved::RULE,
    &citation_ambiguous::RULE,
    &link_broken::RULE,
    &claim_uncited::RULE,
    &claim_unsupported::RULE,
    &claim_contradicted::RULE,
    &claim_overstated::RULE,
    &term_contested::RULE,
    &term_undefined::RULE,
];

impl Code {
    /// The rule of this code.
    pub fn rule(self) -> &'static Rule {
        RULES[self as usize]
    }

    /// The code with this name.
    pub fn named(name: &str) -> Option<Self> {
        RULES.iter().find(|rule| rule.name == name).map(|rule| rule.code)
    }
}

/// The words of a quotation, without its quotation marks, as a span of the note.
fn words_of(quotation: &Quotation) -> Span {
    quotation.words.to_original(Span::from(0..quotation.words.text().len()))
}

/// A text with its first letter as a capital.
fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The target of a citation as the note writes it, without brackets.
fn written_target(checked: &CheckedNote<'_>, citation: &Citation) -> String {
    match &citation.target {
        Target::Key(key) => key.clone(),
        Target::Wiki { file: name, fragment } | Target::Path { path: name, fragment } => match fragment {
            Some(Fragment::Heading(heading)) => format!("{name}#{heading}"),
            Some(Fragment::Block(block)) => format!("{name}#^{block}"),
            _ => name.clone(),
        },
        Target::Url { url, .. } => url.clone(),
        Target::Words | Target::NoFootnote(_) => citation.target_span.of(checked.page.text()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn the_configuration_knows_every_code() {
        assert_eq!(RULES.map(|rule| rule.name), ibid_corpus::config::CODES);
    }

    #[test]
    fn rules_stand_in_the_order_of_their_codes() {
        for (at, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.code as usize, at);
        }
    }
}
