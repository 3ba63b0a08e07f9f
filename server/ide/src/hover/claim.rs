//! Hover on a claim: its support.

use ibid_corpus::{FileId, Snapshot};
use ibid_evidence::{Support, check_worthiness};
use ibid_note::Statement;
use ibid_text::Span;

use super::{
    Hover,
    passage::{self, Shown},
};
use crate::{
    diagnostics::Context,
    markdown,
    memo::Recall,
    support::{Standing, Weighed, may_claim, speaking_to, standing, tells_its_source, weigh},
};

/// The weight of signs from which on a sentence without a source is told to have none: that of the strict level.
const ASKED_FOR: f32 = 1.5;

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32, recall: Recall<'_>) -> Option<Hover> {
    let note = snapshot.file(file)?.note()?;
    let statement = note.statements.iter().find(|statement| statement.span.contains(offset))?;
    if !may_claim(statement) {
        return None;
    }
    let context = Context::recalling(snapshot, file, recall)?;
    let mut paragraphs = Vec::new();
    match weigh(&context, statement) {
        Some(weighed) => paragraphs.extend(compared(&context, statement, &weighed)),
        None => paragraphs.extend(uncompared(&context, statement)?),
    }
    Some(Hover { span: statement.span, markdown: paragraphs.join("\n\n") })
}

/// The verdict on a claim whose source is held, with the passage that gives it.
fn compared(context: &Context<'_>, statement: &Statement, weighed: &Weighed) -> Vec<String> {
    let verification = &weighed.verification;
    let told = tells_its_source(statement, context.snapshot.language());
    let verdict = match verification.verdict {
        Support::Supported => "**Supported** by the source it cites.",
        Support::Overstated if told || weighed.borne_elsewhere => "**Near** what the source says.",
        Support::Overstated => "**Overstated**: the source says it with less force.",
        Support::Understated => "**Understated**: the source says it with more force.",
        Support::Contradicted => "**Contradicted**: the source has something else.",
        Support::Unsupported => "**Not found** near any passage of the source it cites.",
        Support::Unchecked => "**Not checked**: the words are too far from the source's to tell.",
    };
    let sentence = verification.nearest.map(|nearest| nearest.shift(weighed.passage.start));
    let place = sentence.into_iter().flat_map(|sentence| shown(context, weighed.file, sentence));
    let differences = verification.mismatches.iter().filter_map(|mismatch| {
        let here = mismatch.claim.of(statement.words.text());
        let there = weighed.words(context, mismatch.evidence)?;
        Some(match here {
            "" => format!("- only there: {}", markdown::bold(&there)),
            _ => format!("- here {}, there {}", markdown::bold(here), markdown::bold(&there)),
        })
    });
    let differences: Vec<String> = differences.collect();
    let mut paragraphs = vec![verdict.to_owned()];
    paragraphs.extend(place);
    paragraphs.extend((!differences.is_empty()).then(|| differences.join("\n")));
    paragraphs.extend(missing(statement, &verification.missing));
    paragraphs
}

/// The words of the claim that the passage lacks.
fn missing(statement: &Statement, missing: &[Span]) -> Option<String> {
    let words: Vec<String> =
        missing.iter().map(|span| format!("“{}”", markdown::escape(span.of(statement.words.text())))).collect();
    (!words.is_empty()).then(|| format!("Not in that sentence: {}.", words.join(", ")))
}

/// What can be said of a claim that was not compared: what it stands on, and what speaks to it. `None` for a sentence
/// that is no claim.
fn uncompared(context: &Context<'_>, statement: &Statement) -> Option<Vec<String>> {
    let text = statement.words.text();
    let whole = Span::from(0..text.len());
    let asked_for = check_worthiness(text, whole, context.snapshot.language()).weight() >= ASKED_FOR;
    let verdict = match standing(context, statement) {
        Standing::Cited => "**Cited**; not compared with its source.",
        Standing::Quoted => "Stands on the **quotation** with it.",
        Standing::AboutAWork => "Stands on the **work** that this note or section is about.",
        Standing::Near if asked_for => "**Not cited** itself; its paragraph is.",
        Standing::Bare if asked_for => "**Not cited**.",
        Standing::Near | Standing::Bare => return None,
    };
    let speaking = speaking_to(context.snapshot, context.recall(), text);
    let passages = speaking.iter().flat_map(|speaking| shown(context, speaking.file, speaking.span));
    Some(std::iter::once(verdict.to_owned()).chain(passages).collect())
}

/// A sentence of a source in its passage, with where it stands.
fn shown(context: &Context<'_>, file: FileId, sentence: Span) -> Vec<String> {
    let shown = Shown { parts: &[sentence], edits: &[], quote: "" };
    let block = context.snapshot.file(file).and_then(|file| passage::block(file, &shown));
    passage::heading(context.snapshot, file, sentence).into_iter().chain(block).collect()
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
                **Overstated**: the source says it with less force.

                **A Model** · [sources/page.md:5](ibid-file:0#L5)

                > It has two parts. **We assume that half of recent AI progress comes from using more compute.**

                - only there: **We assume**

                Not in that sentence: “data”.
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
    fn an_uncited_claim_shows_what_speaks_to_it() {
        check(
            "In 2024, half of recent AI $0progress came from using more compute.\n",
            &expect![[r#"
                **Not cited**.

                **A Model** · [sources/page.md:5](ibid-file:0#L5)

                > It has two parts. **We assume that half of recent AI progress comes from using more compute.**
            "#]],
        );
    }

    #[test]
    fn an_own_view_has_nothing_to_show() {
        check(
            "I like $0this model.\n",
            &expect![[r#"
            no hover
        "#]],
        );
    }
}
