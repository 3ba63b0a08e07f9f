//! Every finding of a note.

mod accepted;
mod citation_ambiguous;
mod citation_unresolved;
mod claim_contradicted;
mod claim_overstated;
mod claim_uncited;
mod claim_unsupported;
mod context;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod laws;
mod quote_altered;
mod quote_misattributed;
mod quote_not_found;
mod reference;
mod rewording;
mod suppressions;
mod term_contested;
mod term_undefined;

use std::sync::Arc;

use ibid_corpus::{FileId, Severity, Snapshot};
use ibid_note::{Citation, Form, Fragment, Quotation, Target};
use ibid_text::Span;

use crate::{Judged, Memo, Place, memo::Recall};

pub use accepted::accept;
pub use context::Context;
pub use reference::reference;
pub use suppressions::Problem;

/// A diagnostic code; each has a file of its own with its documentation, logic and test.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// `quote-altered`
    QuoteAltered,
    /// `quote-misattributed`
    QuoteMisattributed,
    /// `quote-not-found`
    QuoteNotFound,
    /// `citation-unresolved`
    CitationUnresolved,
    /// `citation-ambiguous`
    CitationAmbiguous,
    /// `claim-uncited`
    ClaimUncited,
    /// `claim-unsupported`
    ClaimUnsupported,
    /// `claim-contradicted`
    ClaimContradicted,
    /// `claim-overstated`
    ClaimOverstated,
    /// `term-contested`
    TermContested,
    /// `term-undefined`
    TermUndefined,
}

/// What is reported to the person; it always carries its evidence.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Its code.
    pub code: Code,
    /// How loud. A rule that leaves [`Severity::Error`] here is as loud as configured, any other at most that loud.
    pub severity: Severity,
    /// Where in the note.
    pub span: Span,
    /// One line.
    pub message: String,
    /// The evidence: places in sources (or notes) with what they show.
    pub related: Vec<Related>,
    /// What would mend it.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding as loud as configured, as yet without evidence and fixes.
    fn new(code: Code, span: Span, message: String) -> Self {
        Self { code, severity: Severity::Error, span, message, related: Vec::new(), fixes: Vec::new() }
    }
}

/// A place that a finding points to.
#[derive(Clone, PartialEq, Debug)]
pub struct Related {
    /// The file.
    pub file: FileId,
    /// Where, in the file's own text.
    pub span: Span,
    /// What it shows.
    pub message: String,
}

impl Related {
    /// A place with what it shows.
    fn at(place: Place, message: &str) -> Self {
        Self { file: place.file, span: place.span, message: message.to_owned() }
    }
}

/// An edit of the note that mends a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// Replacements in the note, ascending, disjoint.
    pub edits: Vec<(Span, String)>,
    /// Whether an editor may offer it first.
    pub preferred: bool,
}

/// Everything about one code, in one place: `ibid explain`, docs/diagnostics.md and the editor's link come from it.
pub struct Rule {
    /// The code.
    pub code: Code,
    /// The code as written: `quote-altered`.
    pub name: &'static str,
    /// How loud unless configured.
    pub severity: Severity,
    /// One line: what it reports.
    pub summary: &'static str,
    /// Markdown with the headings `## What it does`, `## Why it matters`, `## Fires` and `## Does not fire`. Every fenced
    /// block under the last two is a workspace in the notation of the tests (`//- /sources/page.txt`), and is run as one.
    pub documentation: &'static str,
    /// Finds them in a note.
    check: fn(&Context<'_>, &mut Vec<Finding>),
}

/// Every rule, in the order of [`Code`].
pub const RULES: [&Rule; 11] = [
    &quote_altered::RULE,
    &quote_misattributed::RULE,
    &quote_not_found::RULE,
    &citation_unresolved::RULE,
    &citation_ambiguous::RULE,
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

    /// The code called `name`.
    pub fn named(name: &str) -> Option<Self> {
        RULES.iter().find(|rule| rule.name == name).map(|rule| rule.code)
    }
}

/// Everything that a check of one note comes to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Examination {
    /// Its findings, in order of place.
    pub findings: Vec<Finding>,
    /// Further findings, which the workspace's baseline accepts: not to be told.
    pub accepted: Vec<Finding>,
    /// What is wrong with how it addresses ibid itself.
    pub problems: Vec<Problem>,
    /// Its quotations, judged, in order of place; nested ones are part of their hosts and left out.
    pub quotations: Vec<(Span, Arc<Judged>)>,
}

/// Checks a note.
///
/// Nothing is found if the file is no note or switches itself off, before all sources are read, and in a workspace that is
/// not checked ([`Snapshot::is_checked`]): a README is no research note.
pub fn examine(snapshot: &Snapshot, file: FileId) -> Examination {
    let examination = Memo::default().examine(snapshot, file);
    Arc::unwrap_or_clone(examination)
}

/// The same, with what is kept of the note.
pub(crate) fn examine_with(snapshot: &Snapshot, file: FileId, recall: Recall<'_>) -> Examination {
    let Some(context) = examined(snapshot, file, recall) else { return Examination::default() };
    let (findings, accepted) = accepted::split(&context, findings(&context));
    let problems = suppressions::problems(&context.note);
    let outermost = context.quotations().filter(|(quotation, _)| quotation.form != Form::Nested);
    let quotations = outermost.map(|(quotation, judged)| (words_of(quotation), judged.clone())).collect();
    Examination { findings, accepted, problems, quotations }
}

/// The context of a note, if [`examine`] finds anything in it.
pub(crate) fn examined<'a>(snapshot: &'a Snapshot, file: FileId, recall: Recall<'a>) -> Option<Context<'a>> {
    if !snapshot.is_ready() || !snapshot.is_checked() {
        return None;
    }
    Context::recalling(snapshot, file, recall).filter(|context| !is_off(context))
}

/// The findings of [`examine`].
pub fn diagnostics(snapshot: &Snapshot, file: FileId) -> Vec<Finding> {
    examine(snapshot, file).findings
}

/// What the rules find, as loud as configured and without what the note suppresses.
fn findings(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        let severity = configured(context, rule);
        if severity > Severity::Off {
            let before = findings.len();
            (rule.check)(context, &mut findings);
            for finding in &mut findings[before..] {
                finding.severity = finding.severity.min(severity);
            }
        }
    }
    findings.retain(|finding| !suppressions::suppresses(&context.note, finding));
    name_parts(context, &mut findings);
    findings.sort_by_key(|finding| (finding.span, finding.code));
    findings
}

/// Says on which page or in which chapter the evidence of a finding stands, where its source has such parts.
fn name_parts(context: &Context<'_>, findings: &mut [Finding]) {
    for finding in findings {
        let mut first = None;
        for related in &mut finding.related {
            if let Some(part) = context.snapshot.file(related.file).and_then(|file| file.part(related.span.start)) {
                related.message = format!("{} ({part})", related.message);
                first = first.or(Some(part));
            }
        }
        if let Some(part) = first {
            finding.message = format!("{} ({part})", finding.message);
        }
    }
}

/// Whether the note's front matter says `ibid: off`.
fn is_off(context: &Context<'_>) -> bool {
    context.note.front_matter.as_ref().is_some_and(|head| head.off)
}

/// How loud a rule is for this note.
fn configured(context: &Context<'_>, rule: &Rule) -> Severity {
    context.snapshot.config().severity_of(rule.name, &context.file.absolute).unwrap_or(rule.severity)
}

/// The words of a quotation, without its marks, as a span of the note.
fn words_of(quotation: &Quotation) -> Span {
    quotation.words.to_original(Span::from(0..quotation.words.text().len()))
}

/// A citation's target as the note writes it, without the brackets around.
fn written_target(context: &Context<'_>, citation: &Citation) -> String {
    match &citation.target {
        Target::Key(key) => key.clone(),
        Target::Wiki { file: name, fragment } | Target::Path { path: name, fragment } => match fragment {
            Some(Fragment::Heading(heading)) => format!("{name}#{heading}"),
            Some(Fragment::Block(block)) => format!("{name}#^{block}"),
            _ => name.clone(),
        },
        Target::Url { url, .. } => url.clone(),
        Target::Words | Target::NoFootnote(_) => citation.target_span.of(context.page.text()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use ibid_corpus::{Change, Config, Host, Role};

    use super::{Code, RULES, diagnostics};

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

    #[test]
    fn a_workspace_is_checked_once_it_has_a_configuration() {
        let codes = |written| {
            let config = Config { root: "/w".into(), written, ..Config::default() };
            let role = Role { note: true, ..Role::default() };
            let bytes = b"So it is ([page](gone.txt#L3)).\n".as_slice().into();
            let note = Change::Set { path: "/w/note.md".into(), role, bytes };
            let mut host = Host::default();
            host.apply(vec![Change::Configure(Arc::new(config)), note, Change::Ready]);
            let snapshot = host.snapshot();
            let file = snapshot.by_path(Path::new("/w/note.md")).expect("the note is held").id;
            diagnostics(&snapshot, file).iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(false), []);
        assert_eq!(codes(true), [Code::CitationUnresolved]);
    }
}
