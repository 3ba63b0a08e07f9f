use ibid_language::Language;
use proptest::prelude::*;

use super::extract;
use crate::{ExtractError, Format, Source};

/// A message in a mailbox.
fn message(head: &str, body: &str) -> String {
    format!("From someone Thu Jan  4 10:00:00 2024\n{head}\n\n{body}\n\n")
}

fn read(mail: &str) -> Source {
    let page = extract(mail.as_bytes()).expect("it has messages");
    crate::read(Format::Mail, page.as_bytes(), Language::ENGLISH).expect("it is text")
}

/// For each passage, whose words it contains.
fn voices(source: &Source) -> Vec<(Option<&str>, &str)> {
    let voices = source.passages.iter().map(|passage| (passage.voice.name.as_deref(), passage.span.of(source.text())));
    voices.collect()
}

#[test]
fn a_mailbox_is_a_thread() {
    let first = message(
        "From: Ines Prado <ines@mill.example>\nDate: Thu, 4 Jan 2024 10:00:00 +0000\nMessage-ID: <a@x>\nSubject: The second gate",
        "The second gate has been open\nsince the flood.\n\n>From here one sees it.",
    );
    let second = message(
        "From: =?utf-8?q?Ren=C3=A9?= Vial <rene@mill.example>\nDate: Fri, 5 Jan 2024 09:00:00 +0000\nMessage-ID: <b@x>\n\
         In-Reply-To: <a@x>\nSubject: Re: The second gate",
        "> The second gate has been open\n> since the flood.\n\nNobody closed it & nobody will.\n\n-- \nR. V.",
    );
    let source = read(&(first + &second));
    assert_eq!(source.metadata.title.as_deref(), Some("The second gate"));
    assert_eq!(
        voices(&source),
        [
            (Some("Ines Prado"), "The second gate has been open since the flood.\n\nFrom here one sees it."),
            (Some("Ines Prado"), "The second gate has been open since the flood."),
            (Some("René Vial"), "Nobody closed it & nobody will."),
        ]
    );
    let [first, second] = &source.comments[..] else { panic!("there are two messages") };
    assert_eq!((first.parent, second.parent), (None, Some(0)));
    assert_eq!(second.date.as_deref(), Some("2024-01-05T09:00:00Z"));
}

#[test]
fn what_is_answered_below_is_not_the_senders() {
    let head = "From: Ines Prado <ines@mill.example>\nSubject: Oil\n";
    let answered = "From: Tom Abe <tom@mill.example>\nSent: Friday\nTo: Ines\nSubject: Oil\n\nThere is no oil left.";
    let source = read(&format!("{head}\nI know.\n\n{answered}\n"));
    let voices = voices(&source);
    assert_eq!(voices[0], (Some("Ines Prado"), "I know."));
    assert!(voices[1..].iter().all(|(name, _)| name.is_none()), "{voices:?}");
    let html = "Content-Type: text/html\n\n<p>I know.</p><div class=\"gmail_quote\"><p>There is none.</p></div>";
    let source = read(&format!("{head}{html}\n"));
    assert_eq!(self::voices(&source), [(Some("Ines Prado"), "I know.")]);
}

#[test]
fn other_files_are_errors() {
    assert_eq!(extract(b""), Err(ExtractError::Damaged));
    assert_eq!(extract(b"no mail"), Err(ExtractError::Damaged));
    assert_eq!(extract(b"From: a@b.example\n\n"), Err(ExtractError::Wordless));
}

proptest! {
    /// Reading ends without a panic, and what is extracted can be read.
    #[test]
    fn nothing_panics(mail in "(From |From: |a@b.example|é <c@d>|\n|\n\n|> |>>|Subject: x\n|Message-ID: <a>\n|In-Reply-To: <a>\n|Content-Type: text/html\n|<blockquote|gmail_quote|</div>|-- \n|: |words ){0,32}") {
        if let Ok(page) = extract(mail.as_bytes()) {
            prop_assert!(crate::read(Format::Mail, page.as_bytes(), Language::ENGLISH).is_ok());
        }
    }
}
