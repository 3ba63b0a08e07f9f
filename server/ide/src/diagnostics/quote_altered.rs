//! `quote-altered`

use ibid_corpus::{Match, Severity};
use ibid_evidence::{Edit, Verdict, quotation::explain};
use ibid_note::{Form, Quotation};
use ibid_text::Span;

use super::{Rule, capitalised, rewording};
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding, Related},
    judged::Judged,
    place::Place,
};

pub(super) const RULE: Rule = Rule {
    code: Code::QuoteAltered,
    name: "quote-altered",
    severity: Severity::Warning,
    summary: "The wording of a quotation differs from its source, and the change is not marked.",
    documentation: r"## What it does

Compares every quotation with its source, word by word. Typography does not count: quotation marks, dashes, spaces, line
breaks, the case of the first letter, emphasis, end punctuation. Neither do changes that the writer marks: `...` or `[...]`
for omitted words, `[word]` for added or replaced ones, `[sic]`, `[emphasis added]`.

A quotation is compared with a source if at least 60% of the words agree. If the note does not attribute the quotation to
that source, it must have at least eight words, and 80% must agree. A change of spelling alone (*colour*, *color*) is a
hint. So is a slip of the source that the quotation corrects (*the the*, *thelock*, *mooring.o*), and no fix puts the slip into the
note on its own.

## Why it matters

Quotation marks promise the exact words. One missing *not*, or a *may* that became a *will*, makes a source say what it never
said, and readers who trust the quotation marks will not look it up.

## Fires

```
//- /sources/page.txt
Less capable systems may still accelerate software progress by a more moderate amount.
//- /notes/note.md
[The page](../sources/page.txt) says that “less capable systems will still accelerate software progress”.
```

## Does not fire

The omission and the added words are marked.

```
//- /sources/page.txt
Less capable systems may still accelerate software progress by a more moderate amount.
//- /notes/note.md
[The page](../sources/page.txt) says that “[l]ess capable systems may [...] accelerate software [and other] progress”.
```
",
    check,
};

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    let mut told: Vec<Span> = Vec::new();
    for (quotation, judged) in checked.quotations().filter(|(_, judged)| judged.verdict == Verdict::Altered) {
        let Some(found) = judged.best() else { continue };
        let changed = changed_places(quotation, found);
        // A quotation within another follows it, and both have the change.
        let is_told = |place: &Span| told.iter().any(|told| told.start <= place.end && place.start <= told.end);
        if quotation.form == Form::Nested && changed.iter().all(is_told) {
            continue;
        }
        told.extend(changed);
        findings.extend(finding(checked, quotation, judged));
    }
}

/// The places in the note that each change covers.
fn changed_places(quotation: &Quotation, found: &Match) -> Vec<Span> {
    let words = quotation.words.text();
    let place = |edit: &Edit| if edit.quote.is_empty() { gap(words, edit.quote.start) } else { edit.quote };
    found.edits.iter().map(|edit| quotation.words.to_original(place(edit))).collect()
}

fn finding(checked: &CheckedNote<'_>, quotation: &Quotation, judged: &Judged) -> Option<Finding> {
    let found = judged.best()?;
    let source = checked.snapshot.file(found.file)?.page()?;
    let changes = explain(&found.edits, quotation.words.text(), source.readable(), checked.language());
    let wording = Place::of_match(checked.snapshot, found).into_iter();
    let faithful = judged.faithful_elsewhere().flat_map(|found| Place::of_match(checked.snapshot, found));
    let related = wording.map(|place| Related::at(place, "The source's wording"));
    Some(Finding {
        severity: severity(found),
        related: related.chain(faithful.map(|place| Related::at(place, "Has the words as quoted"))).collect(),
        fixes: rewording::fixes(checked.page.text(), quotation, found, source.readable()),
        ..Finding::new(Code::QuoteAltered, changed_words(quotation, found), capitalised(&changes))
    })
}

/// A change of spelling alone, or a slip of the source, is a hint; any other has the configured severity.
fn severity(found: &Match) -> Severity {
    let is_of_letters = !found.edits.is_empty() && found.edits.iter().all(|edit| edit.change.is_of_letters());
    if is_of_letters { Severity::Hint } else { Severity::Error }
}

/// The span in the note from the first changed word to the last; for an omission, the words around the gap.
fn changed_words(quotation: &Quotation, found: &Match) -> Span {
    let whole = || quotation.words.to_original(Span::from(0..quotation.words.text().len()));
    changed_places(quotation, found).into_iter().reduce(Span::cover).unwrap_or_else(whole)
}

/// The words on both sides of a gap at a byte offset.
fn gap(words: &str, at: u32) -> Span {
    let mut before = Span::empty(at);
    for word in ibid_text::words(words) {
        if word.span.end <= at {
            before = word.span;
        } else {
            return before.cover(word.span);
        }
    }
    before.cover(Span::empty(at))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{super::examples, RULE};
    use crate::{diagnostics, fixture::Fixture};

    const PAGE: &str = "//- /sources/page.txt\n\
        I am not against colloquial usage, but I think clarity is often very important for deciding the right\n\
        interventions. The colour of the cover does not matter to anybody who reads for the argument.\n\
        //- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        examples::check_fixes(PAGE, note, expect);
    }

    #[test]
    fn the_documentation_is_true() {
        examples::check(&RULE);
    }

    #[test]
    fn two_places_joined_without_a_mark_are_marked_not_filled() {
        let between = "Not one of the sentences that stand between the two has a word of theirs. ".repeat(40);
        let fixture = Fixture::new(&format!(
            "//- /sources/page.txt\nThe harbour froze early that winter and the boats stayed in.\n\n{between}\n\n\
             Every lamp along the quay was lit before the last ferry came.\n//- /notes/note.md\n\
             [The page](../sources/page.txt) says “the harbour froze early that winter and the boats stayed in. \
             Every lamp along the quay was lit before the last ferry came”.\n"
        ));
        let findings = diagnostics(&fixture.snapshot, fixture.file);
        let titles: Vec<_> = findings.iter().flat_map(|finding| &finding.fixes).map(|fix| fix.title.as_str()).collect();
        assert_eq!(titles, ["Mark the omission with [...]"], "{}", fixture.underline(&findings));
    }

    #[test]
    fn a_change_within_an_inner_quotation_is_told_once() {
        for note in [
            "[The page](../sources/page.txt) says “against colloquial usage, ‘but I think clarity is always very important \
             for deciding’ the right”.\n",
            "> I am not against colloquial usage, “but I think clarity is always very important for deciding the right \
             interventions.” [[page]]\n",
        ] {
            let fixture = Fixture::new(&format!("{PAGE}{note}"));
            let findings = diagnostics(&fixture.snapshot, fixture.file);
            assert_eq!(findings.len(), 1, "{}", fixture.underline(&findings));
        }
    }

    #[test]
    fn a_changed_word_is_shown_with_the_source() {
        check(
            "[The page](../sources/page.txt) says “clarity is always very important for deciding”.\n",
            &expect![[r#"
                [The page](../sources/page.txt) says “clarity is always very important for deciding”.
                                                                 ^^^^^^ warning[quote-altered]: The source says “often”, the quotation says “always”
                                                                     sources/page.txt:1:48 "clarity is often very important for deciding": The source's wording
                                                                     fix: Use the source's wording
                                                                     fix: Mark the change with [ ]
                Use the source's wording:
                [The page](../sources/page.txt) says “clarity is often very important for deciding”.
                Mark the change with [ ]:
                [The page](../sources/page.txt) says “clarity is [always] very important for deciding”.
            "#]],
        );
    }

    #[test]
    fn the_cited_source_is_compared_though_another_has_the_words() {
        let other = "//- /sources/other.txt\nSomebody else wrote: clarity is always very important for deciding.\n";
        let note = "[The page](../sources/page.txt) says “clarity is always very important for deciding”.\n";
        let fixture = Fixture::new(&format!("{other}{PAGE}{note}"));
        expect![[r#"
            [The page](../sources/page.txt) says “clarity is always very important for deciding”.
                                                             ^^^^^^ warning[quote-altered]: The source says “often”, the quotation says “always”
                                                                 sources/page.txt:1:48 "clarity is often very important for deciding": The source's wording
                                                                 sources/other.txt:1:22 "clarity is always very important for deciding": Has the words as quoted
                                                                 fix: Use the source's wording
                                                                 fix: Mark the change with [ ]
        "#]]
        .assert_eq(&fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)));
    }

    #[test]
    fn markup_of_the_source_is_not_wording() {
        let page = "//- /sources/web.md\nWe <b>boldly</b> read [the paper](http://a.b/c) and<br>its notes,[^1] then\n\
                    [went][1] home<!-- late --> &amp; slept.\n\n[1]: http://x.y\n[^1]: A note.\n//- /notes/note.md\n";
        let found = |note: &str| {
            let fixture = Fixture::new(&format!("{page}{note}"));
            fixture.underline(&diagnostics(&fixture.snapshot, fixture.file))
        };
        let faithful =
            "They say “We boldly read the paper and its notes, then went home & slept” ([web](../sources/web.md)).\n";
        assert_eq!(found(faithful), "");
        expect![[r#"
            They say “We boldly read the paper and its notes, then went home & ate” ([web](../sources/web.md)).
                                                                               ^^^ warning[quote-altered]: The source says “slept”, the quotation says “ate”
                                                                                   sources/web.md:1:1 "We <b>boldly</b> read [the paper](http://a.b/c) and<br>its notes,[^1] then\n[went][1] home<!-- late --> &amp; slept": The source's wording
                                                                                   fix: Use the source's wording
                                                                                   fix: Mark the change with [ ]
        "#]].assert_eq(&found(&faithful.replace("slept", "ate")));
    }

    #[test]
    fn a_dropped_negation_is_shown() {
        check(
            "[The page](../sources/page.txt) says “I am against colloquial usage, but I think clarity”.\n",
            &expect![[r#"
                [The page](../sources/page.txt) says “I am against colloquial usage, but I think clarity”.
                                                        ^^^^^^^^^^ warning[quote-altered]: A negation was dropped (“not”)
                                                            sources/page.txt:1:1 "I am not against colloquial usage, but I think clarity": The source's wording
                                                            fix: Use the source's wording
                Use the source's wording:
                [The page](../sources/page.txt) says “I am not against colloquial usage, but I think clarity”.
            "#]],
        );
    }

    #[test]
    fn an_added_word_is_shown() {
        check(
            "[The page](../sources/page.txt) says “clarity is often very very important for deciding”.\n",
            &expect![[r#"
                [The page](../sources/page.txt) says “clarity is often very very important for deciding”.
                                                                       ^^^^ warning[quote-altered]: One word was added that the source does not have (“very”)
                                                                           sources/page.txt:1:48 "clarity is often very important for deciding": The source's wording
                                                                           fix: Use the source's wording
                                                                           fix: Mark the change with [ ]
                Use the source's wording:
                [The page](../sources/page.txt) says “clarity is often very important for deciding”.
                Mark the change with [ ]:
                [The page](../sources/page.txt) says “clarity is often [very] very important for deciding”.
            "#]],
        );
    }

    #[test]
    fn spelling_alone_is_a_hint() {
        check(
            "[The page](../sources/page.txt) says “The color of the cover does not matter”.\n",
            &expect![[r#"
                [The page](../sources/page.txt) says “The color of the cover does not matter”.
                                                          ^^^^^ hint[quote-altered]: The source spells “colour”, the quotation “color”
                                                              sources/page.txt:2:16 "The colour of the cover does not matter": The source's wording
                                                              fix: Use the source's wording
                                                              fix: Mark the change with [ ]
                Use the source's wording:
                [The page](../sources/page.txt) says “The colour of the cover does not matter”.
                Mark the change with [ ]:
                [The page](../sources/page.txt) says “The [color] of the cover does not matter”.
            "#]],
        );
    }

    #[test]
    fn typography_is_not_a_change() {
        check(
            "[The page](../sources/page.txt) says “Clarity is *often* very important—for deciding the right interventions”.\n",
            &expect![[""]],
        );
    }

    #[test]
    fn a_change_is_shown_at_its_place_in_a_block() {
        check(
            "> I am not against colloquial usage, but I think\n> clarity is always very important.\n>\n> — [the page](../sources/page.txt)\n",
            &expect![[r#"
                > clarity is always very important.
                             ^^^^^^ warning[quote-altered]: The source says “often”, the quotation says “always”
                                 sources/page.txt:1:1 "I am not against colloquial usage, but I think clarity is often very important": The source's wording
                                 fix: Use the source's wording
                                 fix: Mark the change with [ ]
                Use the source's wording:
                > I am not against colloquial usage, but I think
                > clarity is often very important.
                >
                > — [the page](../sources/page.txt)
                Mark the change with [ ]:
                > I am not against colloquial usage, but I think
                > clarity is [always] very important.
                >
                > — [the page](../sources/page.txt)
            "#]],
        );
    }
}
