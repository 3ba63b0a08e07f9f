//! Hover on a claim: whether it is supported.

use ibid_corpus::{FileId, Snapshot};
use ibid_evidence::{Support, check_worthiness};
use ibid_note::Statement;
use ibid_text::Span;

use super::Hover;
use crate::{
    analysis::{
        checked_note::CheckedNote,
        comparison::Comparison,
        memo::Memo,
        support::{Basis, comparison, may_claim, related_passages, reports_a_view},
    },
    render::passage::{self, Shown},
    syntax::markdown,
};

/// The least weight of signs at which hover calls a sentence uncited: that of the strict level.
const WANTS_SOURCE: f32 = 1.5;

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32, memo: &Memo) -> Option<Hover> {
    let note = snapshot.file(file)?.note()?;
    let statement = note.statements.iter().find(|statement| statement.span.contains(offset))?;
    if !may_claim(statement) {
        return None;
    }
    let checked = CheckedNote::open(snapshot, file, memo)?;
    let mut paragraphs = Vec::new();
    match comparison(&checked, statement) {
        Some(comparison) => paragraphs.extend(compared(&checked, statement, &comparison)),
        None => paragraphs.extend(uncompared(&checked, statement)?),
    }
    Some(Hover { span: statement.span, markdown: paragraphs.join("\n\n") })
}

/// The verdict on a claim that was compared with its source, and the passage.
fn compared(checked: &CheckedNote<'_>, statement: &Statement, comparison: &Comparison) -> Vec<String> {
    let verification = &comparison.verification;
    let is_view = reports_a_view(statement, checked.language());
    let verdict = match verification.verdict {
        Support::Supported => "**Supported** by the source it cites.",
        Support::Overstated if is_view || comparison.supported_elsewhere => "**Close** to what the source says.",
        Support::Overstated => "**Overstated**: the source is less certain.",
        Support::Understated => "**Understated**: the source is more certain.",
        Support::Contradicted => "**Contradicted**: the source says something else.",
        Support::Unsupported => "**Unsupported**: the source it cites has no passage near it.",
        Support::Unchecked => "**Not checked**: its words are too different from the source's.",
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
    paragraphs.extend(missing(statement, &verification.missing));
    paragraphs
}

/// The words of the claim that the passage does not have.
fn missing(statement: &Statement, missing: &[Span]) -> Option<String> {
    let words: Vec<String> =
        missing.iter().map(|span| format!("“{}”", markdown::escape(span.of(statement.words.text())))).collect();
    (!words.is_empty()).then(|| format!("Not in the source's sentence: {}.", words.join(", ")))
}

/// What a claim that was not compared is based on, and related passages. `None` if the sentence is not a claim.
fn uncompared(checked: &CheckedNote<'_>, statement: &Statement) -> Option<Vec<String>> {
    let text = statement.words.text();
    let whole = Span::from(0..text.len());
    let wants_source = check_worthiness(text, whole, checked.language()).weight() >= WANTS_SOURCE;
    let verdict = match Basis::of(checked, statement) {
        Basis::Citation => "**Cited**, but not compared with its source.",
        Basis::Quotation => "Based on the **quotation** with it.",
        Basis::Work => "Based on the **work** that this note or section is about.",
        Basis::Nearby if wants_source => "**Uncited** itself, but its paragraph has a citation.",
        Basis::Nothing if wants_source => "**Uncited**.",
        Basis::Nearby | Basis::Nothing => return None,
    };
    let passages = related_passages(checked.snapshot, checked.memo, text);
    let shown = passages.iter().flat_map(|passage| shown(checked, passage.file, passage.span));
    Some(std::iter::once(verdict.to_owned()).chain(shown).collect())
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
                **Overstated**: the source is less certain.

                **A Model** · [sources/page.md:5](ibid-file:0#L5)

                > It has two parts. **We assume that half of recent AI progress comes from using more compute.**

                - Only in the source: **We assume**

                Not in the source's sentence: “data”.
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
