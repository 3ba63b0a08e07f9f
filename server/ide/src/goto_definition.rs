//! Go to definition: from a quotation to its words in the source, from a citation to its source, from a term to its senses.

use ibid_corpus::{FileId, Resolution, Sense, Snapshot};
use ibid_note::Target;
use ibid_text::Span;

use crate::analysis::{
    judged::equally_good, judgment::judged_at, memo::Memo, place::Place, pointer::citation_at, term::term_at,
};

/// The span of the thing at a byte offset, and the places it comes from, best first.
///
/// A citation takes precedence over the quotation it is in, and a quotation over the terms in it. An elided quotation has a
/// place for each of its parts. `memo` is that of the file.
pub fn goto_definition(snapshot: &Snapshot, file: FileId, offset: u32, memo: &Memo) -> Option<(Span, Vec<Place>)> {
    from_citation(snapshot, file, offset)
        .or_else(|| from_quotation(snapshot, file, offset, memo))
        .or_else(|| from_term(snapshot, file, offset))
        .filter(|(_, places)| !places.is_empty())
}

fn from_citation(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<(Span, Vec<Place>)> {
    let citation = citation_at(snapshot.file(file)?, offset)?;
    let place = |file: FileId, span: Option<Span>| Place { file, span: span.unwrap_or_default() };
    let places = match snapshot.resolve(file, &citation) {
        Resolution::Source { file, span } | Resolution::Note { file, span } => vec![place(file, span)],
        Resolution::Several(files) => files.into_iter().map(|file| place(file, None)).collect(),
        // A work whose text is not held may still have a bibliography entry.
        Resolution::NotHeld => match &citation.target {
            Target::Key(key) => snapshot.entry(key).map(|(file, entry)| Place { file: file.id, span: entry.span }),
            _ => None,
        }
        .into_iter()
        .collect(),
        Resolution::Dead { .. } | Resolution::NoCitation => return None,
    };
    let origin = if citation.span.touches(offset) { citation.span } else { citation.target_span };
    Some((origin, places))
}

fn from_quotation(snapshot: &Snapshot, file: FileId, offset: u32, memo: &Memo) -> Option<(Span, Vec<Place>)> {
    let (quotation, judged) = judged_at(snapshot, file, offset, memo)?;
    let places = equally_good(&judged.located.matches).flat_map(|found| Place::of_match(snapshot, found)).collect();
    Some((quotation.span, places))
}

/// The senses that the note itself gives come first, then the best; questions about the definition come last.
fn from_term(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<(Span, Vec<Place>)> {
    let found = term_at(snapshot, file, offset)?;
    let mut senses: Vec<&Sense> = found.term.senses.iter().collect();
    senses.sort_by_key(|sense| sense.file != file);
    let places = senses.into_iter().chain(&found.term.asked);
    Some((found.span, places.map(|sense| Place { file: sense.file, span: sense.sentence }).collect()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use crate::{Memo, fixture::Fixture, goto_definition};

    const SOURCES: &str = "//- /sources/page.txt\nWe prove that agents that adapt to distributional shifts must have\n\
        learned a causal model of their environment. It is only approximate, but it\nconverges to the true one.\n\
        //- /sources/other.txt\nSomething else.\n\
        //- /notes/note.md\n";

    fn check(note: &str, expect: &Expect) {
        check_in(SOURCES, note, expect);
    }

    fn check_in(sources: &str, note: &str, expect: &Expect) {
        let fixture = Fixture::new(&format!("{sources}{note}"));
        let mut shown = String::new();
        let found = goto_definition(&fixture.snapshot, fixture.file, fixture.offset, &Memo::default());
        if let Some((origin, places)) = found {
            let _ = writeln!(shown, "{:?}", origin.of(fixture.page().text()));
            for place in places {
                let _ = writeln!(shown, "→ {}", fixture.show(place));
            }
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn from_words_to_the_very_words() {
        check(
            "They say “agents that adapt $0to distributional shifts must have”.\n",
            &expect![[r#"
            "“agents that adapt to distributional shifts must have”"
            → sources/page.txt:1:15 "agents that adapt to distributional shifts must have"
        "#]],
        );
    }

    #[test]
    fn over_a_line_break_of_the_source() {
        check(
            "They say “shifts must have learned $0a causal model”.\n",
            &expect![[r#"
            "“shifts must have learned a causal model”"
            → sources/page.txt:1:51 "shifts must have\nlearned a causal model"
        "#]],
        );
    }

    #[test]
    fn from_changed_words() {
        check(
            "The [page](../sources/page.txt) says “agents who adapt $0to distributional shifts must have learned”.\n",
            &expect![[r#"
                "“agents who adapt to distributional shifts must have learned”"
                → sources/page.txt:1:15 "agents that adapt to distributional shifts must have\nlearned"
            "#]],
        );
    }

    #[test]
    fn from_an_elided_quotation_to_its_parts() {
        check(
            "> agents [...] must have learned $0a causal model [...] converges to the true one\n",
            &expect![[r#"
            "> agents [...] must have learned a causal model [...] converges to the true one"
            → sources/page.txt:1:15 "agents"
            → sources/page.txt:1:58 "must have\nlearned a causal model"
            → sources/page.txt:3:1 "converges to the true one"
        "#]],
        );
    }

    #[test]
    fn from_a_citation_to_its_source() {
        check(
            "So it is ([page](../sources/pag$0e.txt#L3)).\n",
            &expect![[r#"
            "[page](../sources/page.txt#L3)"
            → sources/page.txt:3:1 "converges to the true one."
        "#]],
        );
    }

    #[test]
    fn from_a_term_to_its_senses_the_notes_own_first() {
        const TERMS: &str = "//- /sources/page.txt\nWhen I say drift I mean the slow change of a sensor.\n\n\
            What is the definition of drift?\n//- /notes/note.md\n";
        let note = "By drift I mean any change that nobody asked for.\n\nWe saw dri$0ft.\n";
        check_in(
            TERMS,
            note,
            &expect![[r#"
                "drift"
                → notes/note.md:1:1 "By drift I mean any change that nobody asked for."
                → sources/page.txt:1:1 "When I say drift I mean the slow change of a sensor."
                → sources/page.txt:3:1 "What is the definition of drift?"
            "#]],
        );
        check_in(TERMS, "We saw `dri$0ft`.\n", &expect![[""]]);
    }

    #[test]
    fn from_plain_words_nowhere() {
        check("So it $0is.\n", &expect![[""]]);
    }
}
