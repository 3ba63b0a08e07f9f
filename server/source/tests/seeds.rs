//! The seed corpus as a careful person reads it. The expectations come from reading the two pages.

use ibid_language::Language;
use ibid_source::{Format, Passage, Source, VoiceKind, read};

const KWA: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/alignment/sources/001_bfa0dc0747c7faaa.txt"));
const COMMENTS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/alignment/sources/003_8279fd142acaf4fa.txt"));

fn page(text: &str) -> Source {
    read(Format::Text, text.as_bytes(), Language::ENGLISH).expect("the seeds are text")
}

#[track_caller]
fn passage<'s>(source: &'s Source, opening: &str) -> &'s Passage {
    let opens = |passage: &&Passage| passage.span.of(source.text()).starts_with(opening);
    source.passages.iter().find(opens).unwrap_or_else(|| panic!("no passage opens with {opening:?}"))
}

/// Checks that a passage is quoted, with enough confidence to decide a finding.
#[track_caller]
fn quoted(source: &Source, opening: &str, name: Option<&str>) {
    let voice = &passage(source, opening).voice;
    assert_eq!((voice.kind, voice.name.as_deref()), (VoiceKind::Quoted, name), "{opening}: {voice:?}");
    assert!(voice.confidence >= 0.9, "{opening}: {voice:?}");
}

#[track_caller]
fn author(source: &Source, opening: &str) {
    let voice = &passage(source, opening).voice;
    assert_eq!(voice.kind, VoiceKind::Author, "{opening}: {voice:?}");
}

#[track_caller]
fn unknown(source: &Source, opening: &str) {
    let voice = &passage(source, opening).voice;
    assert_eq!((voice.kind, voice.confidence), (VoiceKind::Unknown, 0.0), "{opening}: {voice:?}");
}

#[test]
fn replied_to_passages_are_quoted() {
    let source = page(COMMENTS);
    for opening in [
        "We simulate AI progress",
        "We assume that half",
        "We assume that software",
        "These methods may be",
        "The guy next to me",
    ] {
        quoted(&source, opening, None);
    }
    quoted(&source, "We hypothesize that by modifying", Some("Wichers et al"));
    quoted(&source, "Our results suggest that", Some("Tan et al"));

    let source = page(KWA);
    quoted(&source, "I think that interpretability research", None);
    quoted(&source, "We prove that agents", None);
}

#[test]
fn probable_quotations_have_less_confidence() {
    let source = page(COMMENTS);
    for opening in ["Changing selection pressures", "one very easy way to trick"] {
        let voice = &passage(&source, opening).voice;
        assert_eq!(voice.kind, VoiceKind::Quoted, "{opening}");
        assert!(voice.confidence < 0.9, "{opening}: {voice:?}");
    }
}

#[test]
fn replies_are_the_authors() {
    let source = page(COMMENTS);
    for opening in [
        "Agree, and would add",
        "I think people often use it",
        "Is another broad direction",
        "Thanks Tom!",
        "Your definition of software",
        "You say half of recent",
        "It looks like your",
        "Why is the sentence",
        "I don’t think it makes sense to have a startup",
        "When I say future updates",
        "So… why does this work?",
        "I found the hypothesis",
        "My understanding of the Tan",
        "Agree, and well put",
        "I don’t mean that the entire proof",
    ] {
        author(&source, opening);
    }
    let source = page(KWA);
    for opening in ["I'm looking for projects", "By \"explanations\" you mean", "In your analogy", "My current take"] {
        author(&source, opening);
        assert_eq!(passage(&source, opening).voice.name.as_deref(), Some("Thomas Kwa"));
    }
}

#[test]
fn without_a_cue_the_voice_is_unknown() {
    let source = page(COMMENTS);
    for opening in
        ["Perhaps we end up in a regime", "As an extreme example", "So we imagine that during", "[cross-posted"]
    {
        unknown(&source, opening);
    }
    let source = page(KWA);
    for opening in ["If SAE features are", "It remains to be seen", "For example, completeness"] {
        unknown(&source, opening);
    }
}

#[test]
fn repeated_comments_are_one_passage() {
    let source = page(COMMENTS);
    for opening in ["Appreciated this post.", "Doesn’t the recomputation"] {
        let passage = passage(&source, opening);
        assert_eq!(passage.repeats.len(), 1, "{opening}");
        assert_eq!(passage.repeats[0].of(source.text()), passage.span.of(source.text()));
    }
    assert_eq!(source.passages.iter().filter(|passage| !passage.repeats.is_empty()).count(), 2);
}

#[test]
fn lines_broken_inside_a_sentence_are_joined() {
    let source = page(COMMENTS);
    let words = passage(&source, "We hypothesize that").span.of(source.text());
    assert!(words.contains("we prevent the\nLLM from learning"), "{words}");
    assert!(words.ends_with("when not explicitly requested."), "{words}");
    assert_eq!(source.passages.len(), COMMENTS.lines().count() - 3, "every other line is a passage of its own");
}

#[test]
fn the_head_and_furniture_are_in_no_passage() {
    let source = page(KWA);
    assert_eq!(source.metadata.authors, ["Thomas Kwa"]);
    assert_eq!(source.metadata.title, None);
    for words in ["Thomas Kwa", "Sequences", "Wiki Contributions", "Comments", "Load More", "[...]"] {
        assert!(source.passages.iter().all(|passage| passage.span.of(source.text()) != words), "{words}");
    }
}

#[test]
fn requotations_point_to_the_original() {
    let source = page(COMMENTS);
    let [requotation] = source.requotations.as_slice() else { panic!("{:?}", source.requotations) };
    assert!(passage(&source, "Why is the sentence").span.covers(requotation.quoted));
    assert!(passage(&source, "These methods may").span.covers(requotation.original));
    assert!(page(KWA).requotations.is_empty());
}
