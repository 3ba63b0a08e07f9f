//! Hover on a term: its senses, contested first.

use ibid_corpus::{FileId, Snapshot};

use super::Hover;
use crate::{
    analysis::term::{is_meant_at, term_at},
    render::term::describe_term,
};

pub(super) fn hover(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Hover> {
    let found = term_at(snapshot, file, offset)?;
    let markdown =
        is_meant_at(snapshot, &found.term, file).then(|| describe_term(snapshot, &found.term, Some(file)))?;
    Some(Hover { span: found.span, markdown })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{Memo, fixture::Fixture, hover};

    const KWA: &str = include_str!("../../../../examples/alignment/sources/001_bfa0dc0747c7faaa.txt");
    const REVIEWS: &str = include_str!("../../../../examples/alignment/sources/003_8279fd142acaf4fa.txt");

    /// Hovers a note over the pages of the example.
    fn check(note: &str, expect: &Expect) {
        let fixture =
            format!("//- /sources/001.txt\n{KWA}\n//- /sources/003.txt\n{REVIEWS}\n//- /notes/note.md\n{note}\n");
        let fixture = Fixture::new(&fixture);
        let hover = hover(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default());
        let shown = hover.map(|hover| format!("[{}]\n{}\n", hover.span.of(fixture.page().text()), hover.markdown));
        expect.assert_eq(&shown.unwrap_or_else(|| "no hover\n".to_owned()));
    }

    #[test]
    fn a_contested_term() {
        check(
            "Not all sch$0emers scheme.",
            &expect![[r#"
                [schemers]
                **schemer** is **contested**: its senses differ.

                1. reported as Joe Carlsmith’s: “something quite specific with reference to training gaming”  
                   [sources/003.txt:6](ibid-file:1#L6) · 88% confidence

                2. contrasted with other uses: “I think people often use it now just in the colloquial sense”  
                   [sources/003.txt:7](ibid-file:1#L7) · 86% confidence

                Asked: “Agree, and would add: what even is the definition of the term “schemer”?”  
                [sources/003.txt:6](ibid-file:1#L6)

                Used 3 times in 2 files.
            "#]],
        );
    }

    #[test]
    fn a_sense_that_several_authors_state() {
        let page = "//- /sources/tides.md\n---\ntitle: Tides\nauthor: [Nils Odde, Ada Berg]\n---\n\
            Neap water is defined as the time in which the gauge moves less than a hand.\n";
        let fixture = Fixture::new(&format!("{page}//- /notes/note.md\nAt neap wa$0ter we wait.\n"));
        let hover = hover(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default());
        let markdown = hover.map(|hover| hover.markdown).unwrap_or_default();
        assert!(markdown.contains("stated by Nils Odde and Ada Berg: “"), "{markdown}");
    }

    #[test]
    fn a_term_defined_broadly_and_doubted() {
        check(
            "Better soft$0ware helps.",
            &expect![[r#"
                [software]
                **software** is **contested**: its senses differ.

                1. stated by somebody quoted there: “AI algorithms, data, fine-tuning, scaffolding, inference-time techniques like o1 — all the sources of AI progress other than additional compute.”  
                   [sources/003.txt:29](ibid-file:1#L29) · 99% confidence

                2. contrasted with other uses: “Your definition of software includes all data, which strikes me as an unusual use of the term so I’ll put it in scare quotes”  
                   [sources/003.txt:31](ibid-file:1#L31) · 90% confidence

                Used 13 times in 2 files.
            "#]],
        );
    }

    #[test]
    fn an_acronym_nobody_spells_out() {
        check(
            "Before ASA$0RA it is slow.",
            &expect![[r#"
                [ASARA]
                **ASARA** is used in the sources but never defined.

                “We simulate AI progress after the deployment of ASARA.”  
                [sources/003.txt:28](ibid-file:1#L28)

                “It looks like your “gradual boost” section is for people like me; you simulate the gradual emergence of the ASARA boost over a period of five years.”  
                [sources/003.txt:38](ibid-file:1#L38)

                Used 7 times in 2 files.
            "#]],
        );
    }

    #[test]
    fn a_term_explained_in_passing() {
        check(
            "They raised a Series$0 B last year.",
            &expect![[r#"
                [Series B]
                **Series B**

                1. explained in passing: “a later round of funding for scaling once you’ve found a proven business model”  
                   [sources/003.txt:42](ibid-file:1#L42) · 73% confidence

                Used 3 times in 2 files.
            "#]],
        );
    }

    #[test]
    fn what_somebody_else_means() {
        check(
            "An expl$0anation of that is open.",
            &expect![[r#"
                [explanation]
                **explanations**

                1. stipulated by somebody quoted there: “labeled high-level causal graphs”  
                   [sources/001.txt:27](ibid-file:0#L27) · 92% confidence

                Used 7 times in 2 files.
            "#]],
        );
    }

    #[test]
    fn a_term_asked_for_with_a_weaker_notion() {
        check(
            "Is consequent$0ialism needed?",
            &expect![[r#"
                [consequentialism]
                **consequentialism** is never defined, but somebody asks for its definition.

                Asked by Thomas Kwa: “Can you define what you mean by consequentialism?”  
                [sources/001.txt:34](ibid-file:0#L34)

                1. contrasted with other uses by Thomas Kwa: “picks thoughts in part based on real-world consequences”  
                   [sources/001.txt:34](ibid-file:0#L34) · 77% confidence

                Used 3 times in 2 files.
            "#]],
        );
    }

    #[test]
    fn an_acronym_spelled_out_elsewhere_in_the_passage() {
        check(
            "So much for EU$0M.",
            &expect![[r#"
                [EUM]
                **EUM**

                1. abbreviation or full form, used by Thomas Kwa: “expected utility maximization”  
                   [sources/001.txt:55](ibid-file:0#L55)

                Used twice in 2 files.
            "#]],
        );
        check(
            "It rests on expected utility maxim$0ization.",
            &expect![[r#"
                [expected utility maximization]
                **expected utility maximization**

                1. abbreviation or full form, used by Thomas Kwa: “EUM”  
                   [sources/001.txt:55](ibid-file:0#L55)

                Used twice in 2 files.
            "#]],
        );
    }

    #[test]
    fn a_name_for_two() {
        check(
            "These are fuzzy / non-$0fuzzy concepts.",
            &expect![[r#"
                [fuzzy / non-fuzzy concepts]
                **fuzzy / non-fuzzy concepts**

                1. stipulated: “Philosophers might work with a concept like “the good” which has a few properties immediately apparent but other properties available only on further deep thought. Mathematicians work with concepts like “group” or “4” whose properties are immediately apparent, and these are what’s involved in proofs.”  
                   [sources/003.txt:58](ibid-file:1#L58) · 90% confidence

                Used twice in 2 files.
            "#]],
        );
        check(
            "This is a fuz$0zy concept.",
            &expect![[r#"
                [fuzzy concept]
                **fuzzy concepts**

                1. stipulated: “Philosophers might work with a concept like “the good” which has a few properties immediately apparent but other properties available only on further deep thought.”  
                   [sources/003.txt:58](ibid-file:1#L58) · 90% confidence

                Used once in one file.
            "#]],
        );
    }

    #[test]
    fn a_stipulation_for_one_comment() {
        check(
            "They speak of future up$0dates.",
            &expect![[r#"
                [future updates]
                **future updates**

                1. stipulated: “stuff like the EM fintetuning you do in the paper”  
                   [sources/003.txt:44](ibid-file:1#L44) · 92% confidence

                Used 3 times in 2 files.
            "#]],
        );
    }

    #[test]
    fn an_alias_and_the_plain_word() {
        check(
            "The fund is Coeffi$0cient.",
            &expect![[r#"
                [Coefficient]
                **Coefficient**

                1. another name, given: “Open Phil”  
                   [sources/003.txt:24](ibid-file:1#L24)

                Used twice in 2 files.
            "#]],
        );
        check(
            "The fund was Open$0 Phil.",
            &expect![[r#"
                [Open Phil]
                **Open Phil**

                1. another name, given: “Coefficient”  
                   [sources/003.txt:24](ibid-file:1#L24)

                Used twice in 2 files.
            "#]],
        );
        check("The coeffi$0cient is small.", &expect!["no hover\n"]);
    }

    #[test]
    fn senses_may_be_missing_while_sources_are_read() {
        let text = "//- /sources/page.txt\nIt rains.\n//- /notes/note.md\nBy polder I mean land below the sea.\n\nOne pol$0der.\n";
        let shown = |fixture: &Fixture| {
            hover(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default()).map(|hover| hover.markdown)
        };
        let says = |shown: Option<String>| shown.is_some_and(|shown| shown.contains("still being read"));
        assert!(says(shown(&Fixture::unlearned(text))));
        assert!(!says(shown(&Fixture::new(text))));
    }

    #[test]
    fn what_one_source_calls_an_everyday_word_is_not_what_another_means() {
        let pages = "//- /sources/a.txt\nWhen I say agent I mean a program that plays.\n\
            Wh$0en I say polder I mean land below the sea.\n\
            //- /sources/b.txt\nMy agent sold the polder.\n//- /notes/note.md\nAn agent.\n";
        let fixture = Fixture::new(pages);
        let shows = |path: &str, word: &str| {
            let file = fixture.snapshot.files().find(|file| &*file.path == path).expect("the page is there");
            let at = file.page().expect("it is read").text().find(word).expect("the word is there");
            hover(&fixture.snapshot, file.id, at as u32, &Memo::default()).is_some()
        };
        assert!(shows("sources/a.txt", "agent") && shows("notes/note.md", "agent"));
        assert!(!shows("sources/b.txt", "agent"));
        assert!(shows("sources/b.txt", "polder"));
    }

    #[test]
    fn plain_words_show_nothing() {
        check("The updates sh$0ould be small.", &expect!["no hover\n"]);
        check("This ma$0kes me pretty scared.", &expect!["no hover\n"]);
    }

    #[test]
    fn the_notes_own_sense_comes_first() {
        check(
            "By “software” I mean whatever is not a chip.\n\nSo soft$0ware is broad.",
            &expect![[r#"
                [software]
                **software** is **contested**: its senses differ.

                1. stipulated: “whatever is not a chip”  
                   [notes/note.md:1](ibid-file:2#L1) · 92% confidence

                2. stated by somebody quoted there: “AI algorithms, data, fine-tuning, scaffolding, inference-time techniques like o1 — all the sources of AI progress other than additional compute.”  
                   [sources/003.txt:29](ibid-file:1#L29) · 99% confidence

                3. contrasted with other uses: “Your definition of software includes all data, which strikes me as an unusual use of the term so I’ll put it in scare quotes”  
                   [sources/003.txt:31](ibid-file:1#L31) · 90% confidence

                Used 14 times in 2 files.
            "#]],
        );
    }
}
