//! Hover on a quotation: its verdict, the changes, and the passage.

use ibid_corpus::{FileId, Match, Snapshot, person};
use ibid_evidence::{Edit, Verdict, annotate, quotation::explain};
use ibid_language::{Class, Language, List};
use ibid_note::Quotation;
use ibid_text::{Span, words};

use super::Hover;
use crate::{
    analysis::{
        judged::{Judged, Misattribution, NamedVoice, VoiceState, equally_good},
        judgment::judged_at,
        memo::Memo,
        place::Place,
    },
    render::passage::{self, Shown},
    syntax::markdown,
};

/// The most places that are listed besides the first.
const FURTHER: usize = 4;
/// The hover reports omissions of more words than this.
const LONG_OMISSION: usize = 300;

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32, memo: &Memo) -> Option<Hover> {
    let (quotation, judged) = judged_at(snapshot, file, offset, memo)?;
    let mut paragraphs = vec![verdict(snapshot, &quotation, &judged)];
    paragraphs.extend(judged.voice.as_ref().and_then(voice));
    if let Some(found) = judged.best() {
        paragraphs.extend(evidence(snapshot, &quotation, found));
        paragraphs.extend(omission(snapshot, found));
        paragraphs.extend(further(snapshot, &judged));
    } else if let Some(near) = judged.located.nearest.as_ref().filter(|_| judged.verdict == Verdict::NotFound) {
        let legend = if near.edits.is_empty() { "" } else { LEGEND };
        paragraphs.push(format!("The nearest passage: {legend}").trim_end().to_owned());
        paragraphs.extend(evidence(snapshot, &quotation, near));
    }
    Some(Hover { span: quotation.span, markdown: paragraphs.join("\n\n") })
}

/// The verdict in words.
fn verdict(snapshot: &Snapshot, quotation: &Quotation, judged: &Judged) -> String {
    match judged.verdict {
        Verdict::Verbatim => "**Verbatim**: word for word as in the source.".to_owned(),
        Verdict::Typographic => "**Verbatim** except for typography.".to_owned(),
        Verdict::Marked => "**Verbatim** except for marked changes.".to_owned(),
        Verdict::Altered => format!("**Altered**: {}.", changes(snapshot, quotation, judged)),
        Verdict::Ambiguous => {
            format!(
                "**Verbatim** in {} places; no citation says which one is meant.",
                equally_good(&judged.located.matches).count()
            )
        }
        Verdict::Misattributed => {
            let changes = judged.is_altered().then(|| changes(snapshot, quotation, judged));
            let also = changes.map(|changes| format!(" Also **altered**: {changes}.")).unwrap_or_default();
            format!("**Misattributed**: {}.{also}", misattribution(judged))
        }
        Verdict::NotFound => "**Not found**: no source has these words.".to_owned(),
        Verdict::Unchecked => {
            let reason = judged.unchecked_reason.map_or("it could not be judged", |reason| reason.reason());
            format!("**Not checked**: {reason}.")
        }
    }
}

/// A remark on a speaker whom the source does not confirm.
fn voice(voice: &NamedVoice) -> Option<String> {
    let named = markdown::bold(&voice.named);
    let found = markdown::escape(&person::list(&voice.found));
    match (voice.state, &*found) {
        (VoiceState::NotChecked, "") => {
            Some(format!("**Speaker not checked**: the source does not say whether {named} speaks."))
        }
        (VoiceState::NotChecked, found) => {
            Some(format!("**Speaker not checked**: the note names {named}, the source perhaps {found}."))
        }
        (VoiceState::Confirmed | VoiceState::Other, _) => None,
    }
}

fn misattribution(judged: &Judged) -> String {
    match &judged.misattribution {
        Some(Misattribution::Voice { named, speaker: Some(speaker) }) => {
            format!("these are {}’s words, not {}’s", markdown::escape(speaker), markdown::escape(named))
        }
        Some(Misattribution::Voice { named, speaker: None }) => {
            format!("these are somebody else’s words, not {}’s", markdown::escape(named))
        }
        Some(Misattribution::Source) | None => "the words are in a source, but in none that is cited".to_owned(),
    }
}

/// What was changed. It is said once: the passage below shows it, or, if it does not show all of it, words tell it.
fn changes(snapshot: &Snapshot, quotation: &Quotation, judged: &Judged) -> String {
    match judged.best() {
        Some(found) if are_shown(&found.edits) && block(snapshot, quotation, found).is_some() => LEGEND.to_owned(),
        Some(found) => in_words(snapshot, quotation, found),
        None => String::new(),
    }
}

/// Whether the passage shows changes in full: they are in the order of the source, and short.
fn are_shown(edits: &[Edit]) -> bool {
    /// The most bytes of the source that a change may have.
    const SHORT: u32 = 200;
    let are_in_order = edits.windows(2).all(|pair| pair[0].source.end <= pair[1].source.start);
    // Where two places were joined, neither side has words.
    let is_shown = |edit: &Edit| edit.source.len() <= SHORT && !(edit.source.is_empty() && edit.quote.is_empty());
    !edits.is_empty() && are_in_order && edits.iter().all(is_shown)
}

fn in_words(snapshot: &Snapshot, quotation: &Quotation, found: &Match) -> String {
    let changed = found.edits.iter().map(|edit| edit.source).reduce(Span::cover).unwrap_or(found.span);
    let file = snapshot.file(found.file);
    let excerpt = file.and_then(|file| file.excerpt(changed.start.into(), changed.end.into())).unwrap_or_default();
    let here = |edit: &Edit| Some(Edit { source: excerpt.here(edit.source)?, ..edit.clone() });
    let edits: Vec<Edit> = found.edits.iter().filter_map(here).collect();
    markdown::escape(&explain(&edits, quotation.words.text(), &excerpt.text, snapshot.language()))
}

/// How a passage shows the words of both sides.
const LEGEND: &str = "~~the quotation~~ **the source**";

/// The place of a match, and the passage there.
fn evidence(snapshot: &Snapshot, quotation: &Quotation, found: &Match) -> Vec<String> {
    let block = block(snapshot, quotation, found);
    passage::heading(snapshot, found.file, found.span).into_iter().chain(block).collect()
}

/// The passage of a match, with what the quotation changed.
fn block(snapshot: &Snapshot, quotation: &Quotation, found: &Match) -> Option<String> {
    let parts = if found.parts.is_empty() { std::slice::from_ref(&found.span) } else { &found.parts };
    let shown = Shown { parts, edits: &found.edits, quote: quotation.words.text() };
    passage::block(snapshot.file(found.file)?, &shown)
}

/// A remark on an omission that is very long, or that removes a negation or hedge from a sentence.
fn omission(snapshot: &Snapshot, found: &Match) -> Option<String> {
    let file = snapshot.file(found.file)?;
    found.parts.windows(2).find_map(|pair| {
        let left_out = Span::new(pair[0].end, pair[1].start.max(pair[0].end));
        let excerpt = file.excerpt(left_out.start.into(), left_out.end.into())?;
        let gap = excerpt.words(left_out)?;
        let length = words(gap).count();
        if length > LONG_OMISSION {
            return Some(format!("The quotation leaves out {length} words."));
        }
        let within_a_sentence = !gap.contains(['.', '!', '?']);
        let taken = within_a_sentence.then(|| weakening(gap, snapshot.language()))??;
        Some(format!("The quotation leaves out “{}”.", markdown::escape(taken)))
    })
}

/// The first negation or hedge of a text.
fn weakening(text: &str, language: Language) -> Option<&str> {
    let endings = language.words(List::NegativeEnding);
    let negates =
        |word: &str| language.is(word, Class::PlainNegation) || endings.iter().any(|ending| word.ends_with(ending));
    let negation = words(text).find(|word| negates(&word.folded)).map(|word| word.span);
    let hedge = || annotate(text, language).into_iter().find_map(|sentence| sentence.hedges.first().copied());
    negation.or_else(hedge).map(|span| span.of(text))
}

/// The other places that match equally well.
fn further(snapshot: &Snapshot, judged: &Judged) -> Option<String> {
    let others: Vec<String> =
        equally_good(&judged.located.matches).skip(1).filter_map(|found| address(snapshot, found)).collect();
    if others.is_empty() {
        return None;
    }
    let more = others.len().saturating_sub(FURTHER);
    let list = others[..others.len() - more].join(", ");
    Some(if more > 0 { format!("Also at {list} and {more} more.") } else { format!("Also at {list}.") })
}

fn address(snapshot: &Snapshot, found: &Match) -> Option<String> {
    let file = snapshot.file(found.file)?;
    let place = Place::in_source(snapshot, found.file, found.span)?;
    Some(markdown::link_to(file, place.span.start))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{Memo, fixture::Fixture, hover};

    const SOURCES: &str = "//- /sources/page.md\n---\nid: page\ntitle: A Page\nauthor: Ada First\n---\n\n\
        I am not against it, but I think clarity is often very important for deciding. It may help [a lot](u): http://x.y.\n\n\
        Nothing here is <b>bold</b> by accident.\n\n\
        //- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{SOURCES}{note}"));
        let hover = hover(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default());
        let markdown = hover.map_or("no hover\n".to_owned(), |hover| hover.markdown + "\n");
        expect.assert_eq(&markdown);
    }

    #[test]
    fn words_as_they_are() {
        check(
            "“I think clarity is $0often very important” [@page].\n",
            &expect![[r#"
                **Verbatim**: word for word as in the source.

                **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

                > I am not against it, but **I think clarity is often very important** for deciding. It may help a lot: http\://x\.y.
            "#]],
        );
    }

    #[test]
    fn changed_words_are_shown_both_ways() {
        check(
            "“I think clarity $0is always very important for deciding” [@page].\n",
            &expect![[r#"
                **Altered**: ~~the quotation~~ **the source**.

                **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

                > I am not against it, but I think clarity is ~~always~~ **often** very important for deciding. It may help a lot: http\://x\.y.
            "#]],
        );
    }

    #[test]
    fn an_omission_that_removes_a_negation_is_reported() {
        check(
            "“I am [...] against$0 it, but I think clarity is often very important” [@page].\n",
            &expect![[r#"
                **Verbatim** except for marked changes.

                **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

                > **I am** not **against it, but I think clarity is often very important** for deciding. It may help a lot: http\://x\.y.

                The quotation leaves out “not”.
            "#]],
        );
    }

    #[test]
    fn an_omission_that_removes_a_hedge_is_reported() {
        check(
            "“often very important for deciding. It [...] help$0 a lot” [@page].\n",
            &expect![[r#"
            **Verbatim** except for marked changes.

            **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

            > I am not against it, but I think clarity is **often very important for deciding. It** may **help a lot**: http\://x\.y.

            The quotation leaves out “may”.
        "#]],
        );
    }

    #[test]
    fn an_added_word_is_struck() {
        check(
            "“I think clarity is often very very$0 important for deciding” [@page].\n",
            &expect![[r#"
                **Altered**: ~~the quotation~~ **the source**.

                **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

                > I am not against it, but I think clarity is often ~~very~~ very important for deciding. It may help a lot: http\://x\.y.
            "#]],
        );
    }

    #[test]
    fn words_left_out_are_bold() {
        check(
            "“I think clarity is $0important for deciding” [@page].\n",
            &expect![[r#"
                **Altered**: ~~the quotation~~ **the source**.

                **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

                > I am not against it, but I think clarity is **often very** important for deciding. It may help a lot: http\://x\.y.
            "#]],
        );
    }

    #[test]
    fn marked_and_unmarked_changes_differ() {
        check(
            "“I am not against it, but [we] think clarity [...] will $0help a lot” [@page].\n",
            &expect![[r#"
                **Altered**: ~~the quotation~~ **the source**.

                **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

                > I am not against it, but I think clarity is often very important for deciding. It ~~will~~ **may** help a lot: http\://x\.y.
            "#]],
        );
    }

    #[test]
    fn a_few_rare_words_are_shown_in_their_place() {
        check(
            "So much for “very $0important”.\n",
            &expect![[r#"
            **Not checked**: too few words to tell a quotation from a turn of phrase.

            **A Page** · [sources/page.md:7](ibid-file:0#L7) · probably Ada First

            > I am not against it, but I think clarity is often **very important** for deciding. It may help a lot: http\://x\.y.
        "#]],
        );
    }

    #[test]
    fn the_cited_source_does_not_have_the_words() {
        let other = "//- /sources/other.md\n---\nid: other\n---\n\nNothing to see here.\n\n//- /notes/note.md\n";
        check(
            &format!("{other}“I think clarity is $0always very important for deciding” [@other].\n"),
            &expect![[r#"
                **Misattributed**: the words are in a source, but in none that is cited. Also **altered**: ~~the quotation~~ **the source**.

                **A Page** · [sources/page.md:7](ibid-file:1#L7) · probably Ada First

                > I am not against it, but I think clarity is ~~always~~ **often** very important for deciding. It may help a lot: http\://x\.y.
            "#]],
        );
    }

    #[test]
    fn joined_places_are_shown_without_the_text_between() {
        let far = format!(
            "//- /sources/far.txt\nThe harbour froze early that winter.\n\n{}\n\nEvery lamp along the quay was lit \
             before dawn.\n//- /notes/note.md\n",
            "Not one sentence between the two has a word of theirs. ".repeat(40)
        );
        check(
            &format!(
                "{far}“The harbour froze early $0that winter. Every lamp along the quay was lit” ([far](../sources/far.txt)).\n"
            ),
            &expect![[r#"
                **Altered**: 440 words were left out without a mark (“Not one sentence … word of theirs.”).

                [sources/far.txt:1](ibid-file:0#L1)

                > **The harbour froze early that winter**. Not one sentence between the two has a word of theirs. … theirs. Not one sentence between the two has a word of theirs. **Every lamp along the quay was lit**

                The quotation leaves out 440 words.
            "#]],
        );
        check(
            &format!(
                "{far}“Every lamp along the quay was lit. The harbour froze early $0that winter” ([far](../sources/far.txt)).\n"
            ),
            &expect![[r#"
                **Altered**: two places were joined, and the second comes first in the source.

                [sources/far.txt:1](ibid-file:0#L1)

                > **The harbour froze early that winter**. Not one sentence between the two has a word of theirs. … theirs. Not one sentence between the two has a word of theirs. **Every lamp along the quay was lit**
            "#]],
        );
        check(
            &format!(
                "{far}“The harbour froze early $0that winter [...] Every lamp along the quay was lit” ([far](../sources/far.txt)).\n"
            ),
            &expect![[r#"
                **Verbatim** except for marked changes.

                [sources/far.txt:1](ibid-file:0#L1)

                > **The harbour froze early that winter**. Not one sentence between the two has a word of theirs. … theirs. Not one sentence between the two has a word of theirs. **Every lamp along the quay was lit**

                The quotation leaves out 440 words.
            "#]],
        );
    }

    #[test]
    fn every_equal_place_is_named() {
        let again =
            "//- /sources/again.md\nAs I said, I think clarity is often very important.\n\n//- /notes/note.md\n";
        check(
            &format!("{again}“I think clarity is $0often very important”\n"),
            &expect![[r#"
                **Verbatim** in 2 places; no citation says which one is meant.

                [sources/again.md:1](ibid-file:0#L1)

                > As I said, **I think clarity is often very important**.

                Also at [sources/page.md:7](ibid-file:1#L7).
            "#]],
        );
    }

    #[test]
    fn words_in_no_source() {
        check(
            "“Whoever reads this $0far is my friend for life” [@page].\n",
            &expect![[r#"
            **Not found**: no source has these words.
        "#]],
        );
    }

    #[test]
    fn unchecked_says_why() {
        check(
            "I call it the “clear $0thing”, for want of a better name.\n",
            &expect![[r#"
                **Not checked**: too few words to tell a quotation from a turn of phrase.
            "#]],
        );
    }

    #[test]
    fn nothing_elsewhere() {
        check(
            "I call $0it the “clear thing”.\n",
            &expect![[r#"
            no hover
        "#]],
        );
    }
}
