//! Saved pages, compared with what a person wrote down for each (`tests/pages`) from looking at the page.

use std::{fmt::Write, fs, path::PathBuf};

use ibid_language::Language;
use ibid_source::{Comment, Format, PassageKind, Source, VoiceKind, read};
use ibid_text::sentences;

const PAGES: [&str; 8] = [
    "arxiv-abstract.html",
    "arxiv-paper.html",
    "blog.htm",
    "ea-forum.html",
    "greaterwrong.html",
    "lesswrong.html",
    "substack.html",
    "wikipedia.html",
];

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn page(name: &str) -> Source {
    let bytes = fs::read(folder("../../examples/saved-pages/sources").join(name)).expect("the page is there");
    read(Format::Html, &bytes, Language::ENGLISH).expect("it is text")
}

/// What a person wrote down about a page.
#[derive(Default)]
struct Expected {
    /// Fields of its metadata, one per line.
    metadata: String,
    /// Paragraphs, items, headings and rows.
    paragraphs: Vec<String>,
    /// Text that must be in no passage.
    furniture: Vec<String>,
    /// Each comment as "author; date; what it replies to; address", with its paragraphs.
    comments: Vec<(String, Vec<String>)>,
}

fn expected(name: &str) -> Expected {
    let stem = name.split('.').next().expect("a name has a stem");
    let text = fs::read_to_string(folder("tests/pages").join(format!("{stem}.txt"))).expect("it is written down");
    let mut expected = Expected::default();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix("comment: ") {
            expected.comments.push((comment.to_owned(), Vec::new()));
        } else if let Some(furniture) = line.strip_prefix("not: ") {
            expected.furniture.push(furniture.to_owned());
        } else if ["title: ", "author: ", "date: ", "url: ", "doi: "].iter().any(|field| line.starts_with(field)) {
            expected.metadata.extend([line, "\n"]);
        } else if let Some((_, paragraphs)) = expected.comments.last_mut() {
            paragraphs.push(line.to_owned());
        } else {
            expected.paragraphs.push(line.to_owned());
        }
    }
    expected
}

/// Text with white space collapsed.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn passages(source: &Source) -> Vec<String> {
    source.passages.iter().map(|passage| even(passage.span.of(source.text()))).collect()
}

#[test]
fn every_sentence_is_in_a_passage() {
    let (mut recovered, mut of) = (0, 0);
    for name in PAGES {
        let expected = expected(name);
        let passages = passages(&page(name));
        let paragraphs =
            expected.paragraphs.iter().chain(expected.comments.iter().flat_map(|(_, paragraphs)| paragraphs));
        for paragraph in paragraphs.map(|paragraph| even(paragraph)) {
            for sentence in sentences(&paragraph, Language::ENGLISH.abbreviations()) {
                let sentence = sentence.of(&paragraph);
                let is_there = passages.iter().any(|passage| passage.contains(sentence));
                if !is_there {
                    eprintln!("{name}: lost {sentence:?}");
                }
                recovered += usize::from(is_there);
                of += 1;
            }
        }
    }
    println!("{recovered} of {of} sentences");
    assert!(of > 100 && recovered * 100 >= of * 99, "{recovered} of {of} sentences");
}

#[test]
fn furniture_is_in_no_passage() {
    for name in PAGES {
        let passages = passages(&page(name));
        for furniture in expected(name).furniture {
            assert!(passages.iter().all(|passage| !passage.contains(&furniture)), "{name}: {furniture:?}");
        }
    }
}

#[test]
fn pages_say_what_they_are() {
    for name in PAGES {
        let metadata = page(name).metadata;
        let expected = expected(name).metadata;
        let fields: [(&str, &[String]); 5] = [
            ("title", metadata.title.as_slice()),
            ("author", &metadata.authors),
            ("date", metadata.date.as_slice()),
            ("url", metadata.urls.get(..1).unwrap_or_default()),
            ("doi", metadata.doi.as_slice()),
        ];
        let mut shown = String::new();
        for (field, values) in fields.into_iter().filter(|(field, _)| expected.contains(&format!("{field}: "))) {
            for value in values {
                let _ = writeln!(shown, "{field}: {value}");
            }
        }
        assert_eq!(shown, expected, "{name}");
    }
}

#[test]
fn comments_have_their_authors_and_parents() {
    let mut count = 0;
    for name in PAGES {
        let source = page(name);
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let show = |comment: &Comment| {
            let parent = source.ancestors(comment).next();
            let parent = parent.map_or("on the page".to_owned(), |parent| format!("to {}", said(&parent.author)));
            format!("{}; {}; {parent}; {}", said(&comment.author), said(&comment.date), said(&comment.permalink))
        };
        let shown: Vec<String> = source.comments.iter().map(show).collect();
        let expected: Vec<(String, Vec<String>)> = expected(name).comments;
        assert_eq!(shown, expected.iter().map(|(comment, _)| comment.clone()).collect::<Vec<_>>(), "{name}");
        for (comment, (_, paragraphs)) in source.comments.iter().zip(&expected) {
            assert_eq!(even(comment.span.of(source.text())), paragraphs.join(" "), "{name}");
        }
        count += shown.len();
    }
    assert!(count > 10, "{count} comments");
}

/// The kind and voice of the passage that begins with `opening`.
#[track_caller]
fn voice(source: &Source, opening: &str) -> (PassageKind, VoiceKind, Option<String>) {
    let opens = |passage: &&ibid_source::Passage| passage.span.of(source.text()).starts_with(opening);
    let passage = source.passages.iter().find(opens).unwrap_or_else(|| panic!("no passage opens with {opening:?}"));
    (passage.kind, passage.voice.kind, passage.voice.name.clone())
}

#[test]
fn commenters_are_not_the_author() {
    let source = page("lesswrong.html");
    let ines = || Some("Ines Okafor".to_owned());
    let tomas = Some("Tomas Reed".to_owned());
    assert_eq!(voice(&source, "Nobody falsified"), (PassageKind::Paragraph, VoiceKind::Author, ines()));
    assert_eq!(voice(&source, "This is too strong"), (PassageKind::Comment, VoiceKind::Commenter, tomas));
    assert_eq!(voice(&source, "You say the error"), (PassageKind::Comment, VoiceKind::Author, ines()));
}

#[test]
fn quotations_have_the_voice_the_page_gives() {
    let source = page("lesswrong.html");
    let quote = |kind: VoiceKind, name: &str| (PassageKind::Blockquote, kind, Some(name.to_owned()));
    // The quoted words are in the post above.
    assert_eq!(voice(&source, "noise can be averaged"), quote(VoiceKind::Author, "Ines Okafor"));
    // "You write:" in a reply.
    assert_eq!(voice(&page("greaterwrong.html"), "I would have."), quote(VoiceKind::Commenter, "pavel_o"));
    // The quotation is signed.
    let source = page("wikipedia.html");
    assert_eq!(voice(&source, "The sea is not restless"), quote(VoiceKind::Quoted, "Elspeth Rowan"));
}

#[test]
fn you_in_a_reply_is_the_parents_author() {
    let addressee = |page: &Source, words: &str| {
        let at = page.text().find(words).expect("it is said") as u32;
        page.addressee(at).map(str::to_owned)
    };
    let source = page("lesswrong.html");
    assert_eq!(addressee(&source, "you mean, I think").as_deref(), Some("Ines Okafor"));
    assert_eq!(addressee(&source, "You say the error").as_deref(), Some("Tomas Reed"));
    assert_eq!(addressee(&source, "you cannot even tell").as_deref(), Some("Ines Okafor"));
    assert_eq!(addressee(&source, "An instrument is honest"), None);
    assert_eq!(addressee(&page("ea-forum.html"), "What is your definition"), None, "the page has two authors");
}
