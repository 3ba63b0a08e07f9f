//! `quote-altered`

use ibid_corpus::{Match, Severity};
use ibid_evidence::{Change, Verdict, quotation::explain};
use ibid_note::Quotation;
use ibid_text::Span;

use super::{Code, Context, Finding, Related, Rule, rewording};
use crate::{Judged, Place};

pub(super) const RULE: Rule = Rule {
    code: Code::QuoteAltered,
    name: "quote-altered",
    severity: Severity::Warning,
    summary: "A quotation's wording differs from its source, and nothing marks the change.",
    documentation: r"## What it does

Compares every quotation, word by word, with the source it is from. Differences of typography (quotation marks, dashes,
spaces, line breaks, the case of the first letter, emphasis, end punctuation) are none, and neither are changes that the
writer marks: `...` or `[...]` for words left out, `[word]` for words added or replaced, `[sic]`, `[emphasis added]`.

A quotation that the note does not tie to a source is compared too, but reported only when it has at least eight words
and is at least 80 % the same; any other must be at least 60 % the same to count as this source's words at all. A change
that is only one of spelling (*colour*, *color*) is a hint.

## Why it matters

Quotation marks promise the words themselves. One lost *not*, or a *may* that became a *will*, turns a source into a
witness for something it never said; readers who trust the marks will not look it up.

## Fires

```
//- /sources/page.txt
Less capable systems may still accelerate software progress by a more moderate amount.
//- /notes/note.md
[The page](../sources/page.txt) says that “less capable systems will still accelerate software progress”.
```

## Does not fire

The omission is marked, and so is the word that the writer put in.

```
//- /sources/page.txt
Less capable systems may still accelerate software progress by a more moderate amount.
//- /notes/note.md
[The page](../sources/page.txt) says that “[l]ess capable systems may [...] accelerate software [and other] progress”.
```
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (quotation, judged) in context.quotations() {
        if judged.verdict == Verdict::Altered {
            findings.extend(finding(context, quotation, judged));
        }
    }
}

fn finding(context: &Context<'_>, quotation: &Quotation, judged: &Judged) -> Option<Finding> {
    let found = judged.best()?;
    let source = context.snapshot.file(found.file)?.page()?;
    let changes = explain(&found.edits, quotation.words.text(), source.readable(), context.snapshot.language());
    let wording = Place::of_match(context.snapshot, found).into_iter();
    let faithful = judged.faithful_elsewhere().flat_map(|found| Place::of_match(context.snapshot, found));
    let related = wording.map(|place| Related::at(place, "the source's wording"));
    Some(Finding {
        severity: severity(found),
        related: related.chain(faithful.map(|place| Related::at(place, "here the words stand as quoted"))).collect(),
        fixes: rewording::fixes(context.page.text(), quotation, found, source.readable()),
        ..Finding::new(Code::QuoteAltered, changed_words(quotation, found), changes)
    })
}

/// A change of spelling alone is a hint; any other is as loud as configured.
fn severity(found: &Match) -> Severity {
    let spelling = !found.edits.is_empty() && found.edits.iter().all(|edit| edit.change == Change::Spelling);
    if spelling { Severity::Hint } else { Severity::Error }
}

/// From the first changed word to the last, in the note; where words were left out, the words around the gap.
fn changed_words(quotation: &Quotation, found: &Match) -> Span {
    let words = quotation.words.text();
    let whole = Span::from(0..words.len());
    let changed =
        found.edits.iter().map(|edit| if edit.quote.is_empty() { gap(words, edit.quote.start) } else { edit.quote });
    quotation.words.to_original(changed.reduce(Span::cover).unwrap_or(whole))
}

/// The words on both sides of a gap at `at` bytes.
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
        assert_eq!(titles, ["mark the omission with [...]"], "{}", fixture.underline(&findings));
    }

    #[test]
    fn a_changed_word_is_shown_with_the_source() {
        check(
            "[The page](../sources/page.txt) says “clarity is always very important for deciding”.\n",
            &expect![[r#"
                [The page](../sources/page.txt) says “clarity is always very important for deciding”.
                                                                 ^^^^^^ warning[quote-altered]: the source says “often”, the quotation says “always”
                                                                     sources/page.txt:1:48 "clarity is often very important for deciding": the source's wording
                                                                     fix: use the source's wording
                                                                     fix: mark the change with [ ]
                use the source's wording:
                [The page](../sources/page.txt) says “clarity is often very important for deciding”.
                mark the change with [ ]:
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
                                                             ^^^^^^ warning[quote-altered]: the source says “often”, the quotation says “always”
                                                                 sources/page.txt:1:48 "clarity is often very important for deciding": the source's wording
                                                                 sources/other.txt:1:22 "clarity is always very important for deciding": here the words stand as quoted
                                                                 fix: use the source's wording
                                                                 fix: mark the change with [ ]
        "#]]
        .assert_eq(&fixture.underline(&diagnostics(&fixture.snapshot, fixture.file)));
    }

    #[test]
    fn markup_of_the_source_is_no_wording() {
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
                                                                               ^^^ warning[quote-altered]: the source says “slept”, the quotation says “ate”
                                                                                   sources/web.md:1:1 "We <b>boldly</b> read [the paper](http://a.b/c) and<br>its notes,[^1] then\n[went][1] home<!-- late --> &amp; slept": the source's wording
                                                                                   fix: use the source's wording
                                                                                   fix: mark the change with [ ]
        "#]].assert_eq(&found(&faithful.replace("slept", "ate")));
    }

    #[test]
    fn a_dropped_negation_is_shown() {
        check(
            "[The page](../sources/page.txt) says “I am against colloquial usage, but I think clarity”.\n",
            &expect![[r#"
                [The page](../sources/page.txt) says “I am against colloquial usage, but I think clarity”.
                                                        ^^^^^^^^^^ warning[quote-altered]: a negation was dropped (“not”)
                                                            sources/page.txt:1:1 "I am not against colloquial usage, but I think clarity": the source's wording
                                                            fix: use the source's wording
                use the source's wording:
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
                                                                       ^^^^ warning[quote-altered]: one word was added that the source does not have (“very”)
                                                                           sources/page.txt:1:48 "clarity is often very important for deciding": the source's wording
                                                                           fix: use the source's wording
                                                                           fix: mark the change with [ ]
                use the source's wording:
                [The page](../sources/page.txt) says “clarity is often very important for deciding”.
                mark the change with [ ]:
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
                                                      ^^^^^ hint[quote-altered]: the source spells “colour”, the quotation “color”
                                                          sources/page.txt:2:16 "The colour of the cover does not matter": the source's wording
                                                          fix: use the source's wording
                                                          fix: mark the change with [ ]
            use the source's wording:
            [The page](../sources/page.txt) says “The colour of the cover does not matter”.
            mark the change with [ ]:
            [The page](../sources/page.txt) says “The [color] of the cover does not matter”.
        "#]],
        );
    }

    #[test]
    fn typography_is_no_change() {
        check(
            "[The page](../sources/page.txt) says “Clarity is *often* very important—for deciding the right interventions”.\n",
            &expect![[""]],
        );
    }

    #[test]
    fn a_change_is_shown_where_it_stands_in_a_block() {
        check(
            "> I am not against colloquial usage, but I think\n> clarity is always very important.\n>\n> — [the page](../sources/page.txt)\n",
            &expect![[r#"
                > clarity is always very important.
                             ^^^^^^ warning[quote-altered]: the source says “often”, the quotation says “always”
                                 sources/page.txt:1:1 "I am not against colloquial usage, but I think clarity is often very important": the source's wording
                                 fix: use the source's wording
                                 fix: mark the change with [ ]
                use the source's wording:
                > I am not against colloquial usage, but I think
                > clarity is often very important.
                >
                > — [the page](../sources/page.txt)
                mark the change with [ ]:
                > I am not against colloquial usage, but I think
                > clarity is [always] very important.
                >
                > — [the page](../sources/page.txt)
            "#]],
        );
    }
}
