//! The reader for mail: messages (`.eml`, RFC 5322) and mailboxes (`.mbox`, RFC 4155).
//!
//! Messages that answer each other are a thread like the comments below a page, so they are extracted as HTML with a comment for
//! each message: its sender, date, what it answers, and its text with what it quotes ([`body`]). Attachments are not read.

mod body;

use std::fmt::Write;

use mail_parser::{Message, MessageParser, mailbox::mbox::MessageIterator};
use rustc_hash::FxHashMap;

use crate::ExtractError;

/// Extracts the messages as an HTML page.
pub(crate) fn extract(bytes: &[u8]) -> Result<String, ExtractError> {
    let written = written(bytes);
    let messages: Vec<Message> = written.iter().filter_map(|bytes| MessageParser::default().parse(bytes)).collect();
    let messages: Vec<Mail> = messages.iter().filter_map(Mail::of).collect();
    if messages.is_empty() {
        return Err(ExtractError::Damaged);
    }
    if messages.iter().all(|mail| mail.body.is_empty()) {
        return Err(ExtractError::Wordless);
    }
    Ok(page(&messages))
}

/// The messages of a file as written.
fn written(bytes: &[u8]) -> Vec<Vec<u8>> {
    if !bytes.starts_with(b"From ") {
        return vec![bytes.to_vec()];
    }
    let mut messages: Vec<Vec<u8>> = Vec::new();
    for message in MessageIterator::new(bytes).map_while(Result::ok) {
        let contents = message.unwrap_contents();
        let is_message =
            MessageParser::default().parse_headers(&contents).is_some_and(|message| message.from().is_some());
        match messages.last_mut() {
            // A line of the message before that begins with "From", which some programs leave as it is.
            Some(last) if !is_message => last.extend(contents),
            _ => messages.push(contents),
        }
    }
    messages
}

/// What is read of a message.
struct Mail<'m> {
    id: Option<&'m str>,
    /// The message that it answers.
    answers: Option<&'m str>,
    sender: &'m str,
    date: Option<String>,
    subject: &'m str,
    /// Its subject without `Re:` and the like.
    thread: &'m str,
    /// Its text as HTML.
    body: String,
}

impl<'m> Mail<'m> {
    /// `None` if the message names no sender.
    fn of(message: &'m Message) -> Option<Self> {
        let from = message.from()?.first()?;
        Some(Self {
            id: message.message_id(),
            answers: message.in_reply_to().as_text(),
            sender: from.name().or_else(|| from.address())?,
            date: message.date().map(mail_parser::DateTime::to_rfc3339),
            subject: message.subject().unwrap_or_default(),
            thread: message.thread_name().unwrap_or_default(),
            body: body::html(message),
        })
    }
}

/// The page with the messages. Its author is who began the thread, if there is only one thread.
fn page(messages: &[Mail]) -> String {
    let first = &messages[0];
    let mut page = String::from("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n");
    if messages.iter().all(|mail| mail.thread == first.thread) {
        let _ = writeln!(page, "<title>{}</title>", escaped(first.subject));
        let _ = writeln!(page, "<meta name=\"author\" content=\"{}\">", escaped(first.sender));
        if let Some(date) = &first.date {
            let _ = writeln!(page, "<meta property=\"article:published_time\" content=\"{date}\">");
        }
    }
    page.push_str("</head><body>\n");
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, mail) in messages.iter().enumerate() {
        let answered = mail.answers.and_then(|id| numbers.get(id)).copied();
        push_message(&mut page, mail, number, answered);
        if let Some(id) = mail.id {
            numbers.entry(id).or_insert(number);
        }
    }
    page.push_str("</body></html>\n");
    page
}

/// Writes a message as the comment with a number; `answered` is the number of the one it answers.
fn push_message(page: &mut String, mail: &Mail, number: usize, answered: Option<usize>) {
    let _ = write!(page, "<div class=\"comment\" id=\"comment-{number}\"><p class=\"comment-meta\">");
    let _ = write!(page, "<span class=\"author\">{}</span>", escaped(mail.sender));
    if let Some(date) = &mail.date {
        let _ = write!(page, " <time datetime=\"{date}\">{date}</time>");
    }
    if let Some(answered) = answered {
        let _ = write!(page, " <a class=\"parent\" href=\"#comment-{answered}\">↑</a>");
    }
    let _ = writeln!(page, " {}</p>", escaped(mail.subject));
    let _ = writeln!(page, "<div class=\"comment-body\">\n{}</div></div>", mail.body);
}

/// Text as it is written in HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\0' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
