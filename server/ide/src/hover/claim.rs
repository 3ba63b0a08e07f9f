//! Hover on a claim: whether it is supported.

use ibid_corpus::{FileId, Snapshot};
use ibid_evidence::Demand;
use ibid_note::Statement;
use ibid_text::Span;

use super::Hover;
use crate::{
    analysis::{
        checked_note::CheckedNote,
        claim_state::ClaimState,
        comparison::Comparison,
        memo::Memo,
        support::{Basis, comparison, may_claim, related_passages},
    },
    diagnostics::explain,
    render::{
        explanation::{Topic, explanation_lines},
        passage::{self, Shown},
    },
    syntax::markdown,
};

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32, memo: &Memo) -> Option<Hover> {
    let note = snapshot.file(file)?.note()?;
    let statement = note.statements.iter().find(|statement| statement.span.contains(offset))?;
    if !may_claim(statement) {
        return None;
    }
    let checked = CheckedNote::open(snapshot, file, memo)?;
    let state = ClaimState::of(&checked, statement, &memo.examined(snapshot, file));
    let why = why(snapshot, file, statement, memo);
    let mut paragraphs = match (comparison(&checked, statement), state) {
        (Some(comparison), state) => {
            compared(&checked, statement, &comparison, state.unwrap_or(ClaimState::NotChecked))
        }
        (None, Some(state)) => uncompared(&checked, statement, state),
        // A sentence in which nothing was read that asks for a source needs no explanation.
        (None, None) => vec![why.as_ref().map(|_| "**No claim that needs a source**.".to_owned())?],
    };
    paragraphs.extend(why);
    Some(Hover { span: statement.span, markdown: paragraphs.join("\n\n") })
}

/// What was read in the sentence and what decided, as a list; `None` if nothing was read in it and it cites nothing.
fn why(snapshot: &Snapshot, file: FileId, statement: &Statement, memo: &Memo) -> Option<String> {
    let explanations = explain(snapshot, file, statement.span, memo);
    let explanation = explanations.iter().find(|explanation| explanation.span == statement.span)?;
    if explanation.signs.is_empty() && explanation.citations.is_empty() {
        return None;
    }
    let lines = explanation_lines(snapshot, explanation);
    // The other lines are shown above, or as findings.
    let lines = lines.iter().filter(|line| matches!(line.topic, Topic::Read | Topic::Citation | Topic::Decision));
    let lines: Vec<String> =
        lines.map(|line| format!("- {}: {}", line.topic.label(), markdown::escape(&line.text))).collect();
    Some(lines.join("\n"))
}

/// The state of a claim that was compared with its source, and the passage.
fn compared(
    checked: &CheckedNote<'_>,
    statement: &Statement,
    comparison: &Comparison,
    state: ClaimState,
) -> Vec<String> {
    let verification = &comparison.verification;
    let verdict = match state {
        ClaimState::Supported => "**Supported** by the source it cites.",
        ClaimState::Overstated => "**Overstated**: the source says less.",
        ClaimState::Contradicted => "**Contradicted**: the source says something else.",
        ClaimState::Unsupported => "**Unsupported**: the source it cites has no passage near it.",
        ClaimState::Uncited => "**Uncited**.",
        ClaimState::NotChecked => "**Not checked**: the source’s nearest sentence does not have all that it says.",
    };
    let sentence = verification.nearest.map(|nearest| nearest.shift(comparison.passage.start));
    let place = sentence.into_iter().flat_map(|sentence| shown(checked, comparison.file, sentence));
    let differences = verification.mismatches.iter().filter_map(|mismatch| {
        let here = mismatch.claim.of(statement.words.text());
        let there = comparison.words(checked.snapshot, mismatch.evidence)?;
        Some(match here {
            "" => format!("- Only in the source: {}", markdown::bold(&there)),
            _ => format!("- The claim says {}, the source {}", markdown::bold(here), markdown::bold(&there)),
        })
    });
    let differences: Vec<String> = differences.collect();
    let mut paragraphs = vec![verdict.to_owned()];
    paragraphs.extend(place);
    paragraphs.extend((!differences.is_empty()).then(|| differences.join("\n")));
    paragraphs.extend((state == ClaimState::NotChecked).then(|| unmet(&verification.unmet)).flatten());
    paragraphs.extend(missing(statement, &verification.missing));
    paragraphs
}

/// What the claim demands and the sentence does not have.
fn unmet(demands: &[Demand]) -> Option<String> {
    let mut kinds: Vec<&str> = demands.iter().map(|demand| demand.kind.name()).collect();
    kinds.dedup();
    (!kinds.is_empty()).then(|| format!("Not the same in both: {}.", kinds.join(", ")))
}

/// The words of the claim that the passage does not have.
fn missing(statement: &Statement, missing: &[Span]) -> Option<String> {
    let words: Vec<String> =
        missing.iter().map(|span| format!("“{}”", markdown::escape(span.of(statement.words.text())))).collect();
    (!words.is_empty()).then(|| format!("Not in the source's sentence: {}.", words.join(", ")))
}

/// The state of a claim that was not compared, and related passages.
fn uncompared(checked: &CheckedNote<'_>, statement: &Statement, state: ClaimState) -> Vec<String> {
    let verdict = match (state, Basis::of(checked, statement)) {
        (ClaimState::Supported, _) => "**Supported** by the quotation in it.",
        (ClaimState::Uncited, Basis::Nearby) => "**Uncited** itself, but its paragraph has a citation.",
        (ClaimState::Uncited, _) => "**Uncited**.",
        (_, Basis::Quotation) => "**Not checked**: based on the quotation with it.",
        (_, Basis::Work) => "**Not checked**: based on the work that this note or section is about.",
        _ => "**Not checked**: cited, but not compared with its source.",
    };
    let passages = related_passages(checked, statement.words.text());
    let shown = passages.iter().flat_map(|passage| shown(checked, passage.file, passage.span));
    std::iter::once(verdict.to_owned()).chain(shown).collect()
}

/// A sentence of a source in its passage, with its place.
fn shown(checked: &CheckedNote<'_>, file: FileId, sentence: Span) -> Vec<String> {
    let shown = Shown { parts: &[sentence], edits: &[], quote: "" };
    let block = checked.snapshot.file(file).and_then(|file| passage::block(file, &shown));
    passage::heading(checked.snapshot, file, sentence).into_iter().chain(block).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{Memo, fixture::Fixture, hover};

    const PAGE: &str = "//- /sources/page.md\n---\nid: model\ntitle: A Model\n---\n\
        It has two parts. We assume that half of recent AI progress comes from using more compute.\n\n\
        The method doubles the speed of [training](u) http://x.y.\n//- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{PAGE}{note}"));
        let hover = hover(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default());
        expect.assert_eq(&hover.map_or("no hover\n".to_owned(), |hover| hover.markdown + "\n"));
    }

    #[test]
    fn an_overstated_claim_shows_what_the_source_says() {
        check(
            "Half of recent AI $0progress comes from using more compute and data [@model].\n",
            &expect![[r#"
                **Overstated**: the source says less.

                **A Model** · [sources/page.md:5](ibid-file:0#L5)

                > It has two parts. **We assume that half of recent AI progress comes from using more compute.**

                - Only in the source: **We assume**

                Not in the source's sentence: “data”.

                - Read in it: a share (“Half of recent AI progress”)
                - Citation: \[\@model\] leads to sources/page\.md
                - Why: a rule found a fault in it
            "#]],
        );
    }

    #[test]
    fn a_supported_claim_shows_its_passage() {
        check(
            "The method $0doubles the speed of training [@model].\n",
            &expect![[r#"
                **Supported** by the source it cites.

                **A Model** · [sources/page.md:7](ibid-file:0#L7)

                > The method doubles the speed of training http\://x\.y.

                - Read in it: no figure, name, hedge or other sign that it needs a source
                - Citation: \[\@model\] leads to sources/page\.md
                - Why: not reported, as the source’s sentence has all that it says
            "#]],
        );
    }

    #[test]
    fn an_uncited_claim_shows_related_passages() {
        check(
            "In 2024, half of recent AI $0progress came from using more compute.\n",
            &expect![[r#"
                **Uncited**.

                **A Model** · [sources/page.md:5](ibid-file:0#L5)

                > It has two parts. **We assume that half of recent AI progress comes from using more compute.**

                - Read in it: a date (“2024”), a share (“half of recent AI progress”)
                - Why: a rule found a fault in it
            "#]],
        );
    }

    #[test]
    fn an_own_view_has_no_hover() {
        check(
            "I like $0this model.\n",
            &expect![[r#"
            no hover
        "#]],
        );
    }
}
