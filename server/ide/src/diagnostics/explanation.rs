//! Explains one sentence of a note: what was read in it, and what decided whether it is reported.

use ibid_corpus::{FileId, Resolution, Snapshot};
use ibid_evidence::{check_worthiness, readings};
use ibid_note::{Form, Quotation, Setting, Statement};
use ibid_text::Span;

use super::{claim_uncited, examination::open_if_checked, suppressions};
use crate::analysis::{
    checked_note::CheckedNote,
    claim_state::ClaimState,
    comparison::Comparison,
    explanation::{ComparedSentence, Decision, Explanation, Lead},
    finding::{Code, Examination, Finding},
    hedges::hedging_words,
    memo::Memo,
    place::Place,
    support::{Basis, comparison},
};

/// The codes that a claim may be reported with.
const CLAIM_CODES: [Code; 4] =
    [Code::ClaimUncited, Code::ClaimUnsupported, Code::ClaimContradicted, Code::ClaimOverstated];

/// Explains every sentence of a note under a span, and every quotation there that is in no sentence. `memo` is that of the file.
pub fn explain(snapshot: &Snapshot, file: FileId, span: Span, memo: &Memo) -> Vec<Explanation> {
    let Some(checked) = CheckedNote::open(snapshot, file, memo) else { return Vec::new() };
    let examination = memo.examined(snapshot, file);
    let touched = |one: Span| one.overlaps(span) || one.contains(span.start);
    let statements = checked.note.statements.iter().filter(|statement| touched(statement.span));
    let mut explanations: Vec<Explanation> =
        statements.map(|statement| of_statement(&checked, statement, &examination)).collect();
    let is_apart = |(_, quotation): &(usize, &Quotation)| {
        let is_in = |statement: &Statement| statement.span.overlaps(quotation.span);
        quotation.form != Form::Nested && touched(quotation.span) && !checked.note.statements.iter().any(is_in)
    };
    explanations.extend(
        checked
            .note
            .quotations
            .iter()
            .enumerate()
            .filter(is_apart)
            .map(|(at, quotation)| of_quotation(&checked, at as u32, quotation, &examination)),
    );
    explanations.sort_by_key(|explanation| explanation.span);
    explanations
}

fn of_statement(checked: &CheckedNote<'_>, statement: &Statement, examination: &Examination) -> Explanation {
    let text = statement.words.text();
    let whole = Span::from(0..text.len());
    let signs = check_worthiness(text, whole, checked.language()).signs;
    let hedges = hedging_words(text, checked.language());
    let in_sign = |span: &Span| signs.iter().any(|(_, sign)| sign.overlaps(*span));
    let readings = readings(text, checked.language()).into_iter().filter(|(_, span)| !in_sign(span));
    let compared = comparison(checked, statement);
    Explanation {
        span: statement.span,
        findings: findings(&examination.findings, statement.span),
        signs: signs.iter().map(|(sign, words)| (sign.name(), words.of(text).to_owned())).collect(),
        readings: readings.map(|(kind, words)| (kind.name(), words.of(text).to_owned())).collect(),
        hedges: hedges.iter().map(|hedge| hedge.of(text).to_owned()).collect(),
        citations: statement.citations.iter().filter_map(|&at| citation(checked, at)).collect(),
        quotations: statement.quotations.iter().filter_map(|&at| quotation(checked, at)).collect(),
        compared: compared.and_then(|compared| compared_sentence(checked, statement, &compared)),
        decision: decision(checked, statement, examination),
    }
}

/// Explains a quotation; `at` is its index into `Note::quotations`.
fn of_quotation(checked: &CheckedNote<'_>, at: u32, quoted: &Quotation, examination: &Examination) -> Explanation {
    let findings = findings(&examination.findings, quoted.span);
    Explanation {
        span: quoted.span,
        decision: if findings.is_empty() { Decision::Quotation } else { Decision::Reported },
        findings,
        signs: Vec::new(),
        readings: Vec::new(),
        hedges: Vec::new(),
        citations: quoted.attribution.citations.iter().filter_map(|&at| citation(checked, at)).collect(),
        quotations: quotation(checked, at).into_iter().collect(),
        compared: None,
    }
}

fn findings(all: &[Finding], span: Span) -> Vec<Finding> {
    all.iter().filter(|finding| finding.span.overlaps(span)).cloned().collect()
}

fn decision(checked: &CheckedNote<'_>, statement: &Statement, examination: &Examination) -> Decision {
    let is_about = |finding: &&Finding| finding.span.overlaps(statement.span);
    let is_suppressed =
        |code: Code| suppressions::suppresses(&checked.note, &Finding::new(code, statement.span, String::new()));
    if examination.findings.iter().any(|finding| is_about(&finding)) {
        return Decision::Reported;
    }
    if open_if_checked(checked.snapshot, checked.file.id, &Memo::default()).is_none() {
        return Decision::NotChecked;
    }
    if examination.accepted.iter().any(|finding| is_about(&finding)) || CLAIM_CODES.into_iter().any(is_suppressed) {
        return Decision::Ignored;
    }
    if !matches!(statement.setting, Setting::Paragraph | Setting::ListItem) {
        return Decision::NoClaimIn(statement.setting);
    }
    if !statement.finished {
        return Decision::Unfinished;
    }
    if comparison(checked, statement).is_some() {
        let state = ClaimState::of(checked, statement, examination);
        return Decision::Compared(state.unwrap_or(ClaimState::NotChecked));
    }
    match Basis::of(checked, statement) {
        Basis::Nothing | Basis::Nearby if !claim_uncited::has_enough_signs(checked, statement) => Decision::FewSigns,
        Basis::Nothing => Decision::Own,
        basis => Decision::Based(basis),
    }
}

/// A citation as written, and where it leads.
fn citation(checked: &CheckedNote<'_>, at: u32) -> Option<(String, Lead)> {
    let citation = checked.note.citations.get(at as usize)?;
    let place = |file: FileId, span: Option<Span>| Place { file, span: span.unwrap_or_default() };
    let lead = match *checked.resolution(at)? {
        Resolution::Source { file, span } => Lead::Source(place(file, span)),
        Resolution::Note { file, span } => Lead::Note(place(file, span)),
        Resolution::NotHeld => Lead::NotHeld,
        Resolution::Several(_) => Lead::Several,
        Resolution::Dead { .. } => Lead::Nowhere,
        Resolution::NoCitation => return None,
    };
    Some((citation.span.of(checked.page.text()).to_owned(), lead))
}

fn quotation(checked: &CheckedNote<'_>, at: u32) -> Option<(String, ibid_evidence::Verdict, Option<Place>)> {
    let words = checked.note.quotations.get(at as usize)?.words.text().to_owned();
    let judged = checked.judged(at)?;
    let place = judged.best().and_then(|found| Place::in_source(checked.snapshot, found.file, found.span));
    Some((words, judged.verdict, place))
}

fn compared_sentence(
    checked: &CheckedNote<'_>,
    statement: &Statement,
    compared: &Comparison,
) -> Option<ComparedSentence> {
    let place = compared.sentence(checked.snapshot)?;
    let verification = &compared.verification;
    let words = compared.words(checked.snapshot, verification.nearest?)?;
    let differences = verification.mismatches.iter().filter_map(|mismatch| {
        let here = mismatch.claim.of(statement.words.text()).to_owned();
        Some((here, compared.words(checked.snapshot, mismatch.evidence)?))
    });
    let mut unmet: Vec<&'static str> = verification.unmet.iter().map(|demand| demand.kind.name()).collect();
    unmet.dedup();
    Some(ComparedSentence { place, words, differences: differences.collect(), unmet })
}

#[cfg(test)]
mod tests {
    use ibid_text::Span;

    use super::explain;
    use crate::{
        Memo,
        analysis::{claim_state::ClaimState, explanation::Decision, support::Basis},
        fixture::Fixture,
    };

    const PAGE: &str = "//- /sources/page.md\n---\nid: page\n---\nThe dyke was raised by 40 centimetres in 1953.\n\n\
        Some say that the lock may be closed for good.\n//- /notes/note.md\n";

    /// The explanation of the only sentence of a note.
    fn check(note: &str, expected: Decision) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        let whole = Span::from(0..note.len());
        let explained = explain(&fixture.snapshot, fixture.file, whole, &Memo::default());
        let decisions: Vec<Decision> = explained.iter().map(|explanation| explanation.decision).collect();
        assert_eq!(decisions, [expected], "{note}");
    }

    #[test]
    fn the_first_reason_decides() {
        check("More than 70 percent of the dykes were raised in 1954.\n", Decision::Reported);
        check(
            "More than 70 percent of the dykes were raised. <!-- ibid-disable-line claim-uncited -->\n",
            Decision::Ignored,
        );
        check("---\nibid: off\n---\nMore than 70 percent of the dykes were raised.\n", Decision::NotChecked);
        check("More than 70 percent of the", Decision::Unfinished);
        check("- [ ] More than 70 percent of the dykes.\n", Decision::NoClaimIn(ibid_note::Setting::Task));
        check("The dyke was raised by 40 centimetres in 1953 [@page].\n", Decision::Compared(ClaimState::Supported));
        check("The dyke was raised by half a metre (<https://example.org/dyke>).\n", Decision::Based(Basis::Citation));
        check("The dyke is grey.\n", Decision::FewSigns);
        check("> The dyke was raised by 40 centimetres in 1953.\n", Decision::Quotation);
    }

    #[test]
    fn what_was_read_is_told() {
        let note = "In 1953 the dyke of Ostmark may have been raised by 40 percent [@page].\n";
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        let explained = explain(&fixture.snapshot, fixture.file, Span::empty(3), &Memo::default());
        let [explanation] = &*explained else { panic!("one sentence: {explained:?}") };
        let readings: Vec<&str> = explanation.readings.iter().map(|(_, words)| &**words).collect();
        assert_eq!(readings, ["1953", "Ostmark", "40 percent"]);
        assert_eq!(explanation.hedges, ["may"]);
        assert_eq!(explanation.citations[0].0, "[@page]");
        let compared = explanation.compared.as_ref().expect("it cites a source that is held");
        assert_eq!(compared.words, "The dyke was raised by 40 centimetres in 1953.");
    }
}
