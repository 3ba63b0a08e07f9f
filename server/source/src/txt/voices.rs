//! The voices of a page with a thread: passages are split where comments and quotations begin and end, and get the
//! voices of their authors.

use ibid_language::{Language, List};
use ibid_text::Span;

use super::thread::{ReplyTo, Thread, ThreadComment};
use crate::{
    Comment, Passage, PassageKind, Voice, VoiceKind,
    voice::{
        Turn,
        frame::{Speaker, speaker},
        marked::{NAMED, UNNAMED},
    },
};

/// The confidence in a comment's author if the byline has a mark that only bylines have.
const SIGNED: f32 = 0.95;

/// The confidence in a comment's author if a name and a time are above text with a link to reply.
const PROBABLE: f32 = 0.85;

/// The turns of a page without furniture, split where comments and quotations begin and end.
pub(super) fn split(text: &str, turns: Vec<Turn>, thread: &Thread<'_>) -> Vec<Turn> {
    if thread.comments.is_empty() && thread.quotes.is_empty() {
        return turns;
    }
    let mut bounds: Vec<(Span, Option<PassageKind>)> =
        thread.quotes.iter().map(|&span| (span, Some(PassageKind::Blockquote))).collect();
    bounds.extend(thread.furniture.iter().map(|&span| (span, None)));
    bounds.sort_unstable_by_key(|&(span, _)| span);
    turns.into_iter().flat_map(|turn| pieces(text, turn, &bounds)).collect()
}

/// Splits a turn at `bounds`, which are ascending and disjoint: a bound with a kind becomes a turn of that kind, one
/// without is dropped.
fn pieces(text: &str, turn: Turn, bounds: &[(Span, Option<PassageKind>)]) -> Vec<Turn> {
    let from = bounds.partition_point(|(span, _)| span.end <= turn.span.start);
    let within = bounds[from..].iter().take_while(|(span, _)| span.start < turn.span.end);
    let mut pieces = Vec::new();
    let mut at = turn.span.start;
    let mut add = |start: u32, end: u32, kind: PassageKind, separated: bool| {
        if let Some(span) = trimmed(text, Span::new(start, end.max(start)), kind != PassageKind::Blockquote) {
            pieces.push(Turn { span, kind, separated, ..turn });
        }
    };
    let mut separated = turn.separated;
    for &(span, kind) in within {
        add(at, span.start.max(at), turn.kind, separated);
        separated = kind.is_none();
        if let Some(kind) = kind {
            add(span.start.max(turn.span.start), span.end.min(turn.span.end), kind, turn.separated);
        }
        at = span.end;
    }
    add(at, turn.span.end.max(at), turn.kind, separated);
    pieces
}

/// The span without surrounding space. If it is not quoted, `>` marks at its ends are removed too.
fn trimmed(text: &str, span: Span, is_unquoted: bool) -> Option<Span> {
    let words = span.of(text);
    let mark = |c: char| c.is_whitespace() || is_unquoted && c == '>' && words.trim_start().starts_with('>');
    let start = words.len() - words.trim_start_matches(mark).len();
    let words = words[start..].trim_end_matches(|c: char| c.is_whitespace() || is_unquoted && c == '>');
    let start = span.start + start as u32;
    (!words.is_empty()).then(|| Span::new(start, start + words.len() as u32))
}

/// Gives the passages of comments the voices of the bylines, and quoted passages the voices that the words before them
/// name. Consecutive passages of a comment become one. Returns the comments that have text; `author` is the page's
/// author.
pub(super) fn assign(
    text: &str,
    passages: &mut Vec<Passage>,
    thread: &Thread<'_>,
    author: Option<&str>,
    language: Language,
) -> Vec<Comment> {
    let mut assigned: Vec<(Passage, Option<usize>)> = Vec::new();
    for passage in passages.drain(..) {
        let owner = thread.owner(passage.span.start);
        if thread.quotes.iter().any(|quote| quote.covers(passage.span)) {
            let voice = quoted(text, assigned.last(), passage.span, owner.is_some(), language);
            assigned.push((Passage { kind: PassageKind::Blockquote, voice, ..passage }, owner));
        } else if let Some(owner) = owner {
            let voice = signed(&thread.comments[owner], author);
            match assigned.last_mut().filter(|(last, of)| *of == Some(owner) && last.kind == PassageKind::Comment) {
                Some((last, _)) => last.span.end = passage.span.end,
                None => assigned.push((Passage { kind: PassageKind::Comment, voice, ..passage }, Some(owner))),
            }
        } else {
            assigned.push((passage, None));
        }
    }
    let comments = comments(thread, &assigned);
    passages.extend(assigned.into_iter().map(|(passage, _)| passage));
    comments
}

/// The voice of a quoted passage: the speaker that the passage before introduces.
fn quoted(
    text: &str,
    before: Option<&(Passage, Option<usize>)>,
    span: Span,
    in_comment: bool,
    language: Language,
) -> Voice {
    let before = before.map(|(passage, _)| passage.span);
    let speaking =
        before.and_then(|before| mail_author(before.of(text), language).or_else(|| speaker(before.of(text), language)));
    let voice = |name: Option<String>, confidence: f32, evidence: Option<Span>| {
        let evidence = evidence.or(Some(span));
        Voice { kind: VoiceKind::Quoted, name, confidence, evidence }
    };
    match speaking {
        Some(Speaker::Named(name)) => voice(Some(name), NAMED, before),
        Some(Speaker::Writer) if !in_comment => Voice::UNKNOWN,
        Some(_) | None => voice(None, UNNAMED, None),
    }
}

/// The name in the line that mail programs put above a quoted message: "On Mon, Jan 3, 2022 at 5:04 PM, Ada Moreau
/// <ada@x.org> wrote:".
fn mail_author(passage: &str, language: Language) -> Option<Speaker> {
    let opens = language.words(List::MailOpening).iter();
    let mut headers = opens.flat_map(|opening| language.words(List::MailVerb).iter().map(move |verb| (opening, verb)));
    let header = headers.find_map(|(opening, verb)| mail_header(passage, &format!("{opening} "), verb))?;
    let without_address = header.split_once(['<', '(']).map_or(header, |(name, _)| name).trim_end();
    // The name follows the last number of the date, possibly after AM, PM or a time zone.
    let date = without_address.rfind(|c: char| c.is_ascii_digit())? + 1;
    let name = without_address[date..].trim_start_matches([',', ' ', '\n', '\r']);
    let name = after_hour(name, language).trim_matches([',', ' ', '\n', '\r', '"']);
    let is_name = (1..=5).contains(&name.split_whitespace().count()) && name.starts_with(char::is_alphabetic);
    is_name.then(|| Speaker::Named(name.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The text between the opening and the verb in the last line of a passage, or from the last opening in it.
fn mail_header<'t>(passage: &'t str, opening: &str, verb: &str) -> Option<&'t str> {
    let line = passage.rsplit(['\n', '\r']).next()?;
    let line = if line.trim_start().starts_with(opening) { line } else { passage.get(passage.rfind(opening)?..)? };
    line.trim_end().strip_suffix(':')?.strip_suffix(verb)?.trim_start().strip_prefix(opening)
}

/// The text after the half of the day or the time zone at its start.
fn after_hour(text: &str, language: Language) -> &str {
    const ZONES: [&str; 2] = ["UTC", "GMT"];
    let mut halves = language.words(List::DayHalf).iter();
    let half = halves.find_map(|half| text.strip_prefix(half).or_else(|| text.strip_prefix(&*half.to_uppercase())));
    half.or_else(|| ZONES.iter().find_map(|zone| text.strip_prefix(zone))).unwrap_or(text)
}

/// The voice of a comment, by its byline.
fn signed(comment: &ThreadComment<'_>, author: Option<&str>) -> Voice {
    let name = comment.byline.name;
    let is_author = author.is_some_and(|author| author.eq_ignore_ascii_case(name));
    Voice {
        kind: if is_author { VoiceKind::Author } else { VoiceKind::Commenter },
        name: Some(name.to_owned()),
        confidence: if comment.byline.is_certain { SIGNED } else { PROBABLE },
        evidence: Some(comment.signed),
    }
}

/// The comments that have text. The parent of a reply to an empty comment is unknown.
fn comments(thread: &Thread<'_>, assigned: &[(Passage, Option<usize>)]) -> Vec<Comment> {
    let mut numbers: Vec<Option<usize>> = vec![None; thread.comments.len()];
    let mut comments: Vec<Comment> = Vec::new();
    for (passage, owner) in assigned {
        let Some(owner) = *owner else { continue };
        if let Some(number) = numbers[owner] {
            let comment: &mut Comment = &mut comments[number];
            comment.span = comment.span.cover(passage.span);
            continue;
        }
        numbers[owner] = Some(comments.len());
        let ThreadComment { byline, reply_to, .. } = &thread.comments[owner];
        let parent = match *reply_to {
            ReplyTo::Comment(above) => numbers[above],
            ReplyTo::Page | ReplyTo::Unknown => None,
        };
        comments.push(Comment {
            span: passage.span,
            author: Some(byline.name.to_owned()),
            date: Some(byline.date.clone()),
            permalink: None,
            parent,
            is_parent_known: *reply_to == ReplyTo::Page || parent.is_some(),
        });
    }
    comments
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use ibid_language::Language;

    use crate::Format;

    #[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let source = crate::read(Format::Text, text.as_bytes(), Language::ENGLISH).expect("it is text");
        expected.assert_eq(&crate::shown(&source));
    }

    #[test]
    fn links_beside_a_name_give_the_parent() {
        check(
            "Wells of the valley (example.org)\n\nada 3 hours ago | next [–]\n\nThere are more wells than the list \
             has.\n\nI counted.\n\nreply\n\nbo_lund 2 hours ago | parent | next [–]\n\n> There are more wells than\n\
             How do you know?\n\nreply\n\nada 1 hour ago | root | parent | next [–]\n\nBy looking.\n\nreply\n\n\
             cy 50 minutes ago | root | parent | prev [–]\n\nThat is no answer.\n\nreply\n\ndee 1 hour ago | prev [–]\n\n\
             Nice.\n\nreply\n\nGuidelines | FAQ | Lists\n",
            expect![[r#"
                Paragraph: Wells of the valley (example.org)
                Comment (commenter, ada, 0.95): There are more wells than the list has.⏎⏎I counted.
                Blockquote (quoted, 0.85): There are more wells than
                Comment (commenter, bo_lund, 0.95): How do you know?
                Comment (commenter, ada, 0.95): By looking.
                Comment (commenter, cy, 0.95): That is no answer.
                Comment (commenter, dee, 0.95): Nice.
                Paragraph: Guidelines | FAQ | Lists
                comment: ada to the page, 3 hours ago, : There are more w
                comment: bo_lund to ada, 2 hours ago, : There are more w
                comment: ada to bo_lund, 1 hour ago, : By looking.
                comment: cy to somebody, 50 minutes ago, : That is no answe
                comment: dee to the page, 1 hour ago, : Nice.
            "#]],
        );
    }

    #[test]
    fn indented_comments_reply_to_the_one_above() {
        check(
            "[–]ada 12 points 3 years ago\n\nOne list will not do.\n\npermalink embed save report reply\n\n    \
             [–]bo_lund 4 points 3 years ago*\n\n    Two are not either.\n\n    permalink embed save parent report reply\n\n\
             [–]cy 1 point 2 years ago\n\nThree.\n\npermalink embed save report reply\n",
            expect![[r#"
                Comment (commenter, ada, 0.95): One list will not do.
                Comment (commenter, bo_lund, 0.95): Two are not either.
                Comment (commenter, cy, 0.95): Three.
                comment: ada to the page, 3 years ago, : One list will no
                comment: bo_lund to ada, 3 years ago, : Two are not eith
                comment: cy to the page, 2 years ago, : Three.
            "#]],
        );
    }

    #[test]
    fn a_name_may_be_on_the_line_above_the_time() {
        check(
            "Wells\n\nWe counted the wells.\n\n2 comments\n\nAda Moreau says:\nMarch 3, 2015 at 5:04 pm\n\nAnd the dry \
             ones?\n\nReply\n\nBo Lund says:\nMarch 4, 2015 at 9:10 am\n\nThey were not counted.\n\nReply\n",
            expect![[r#"
                title: Wells
                Heading: Wells
                Paragraph: We counted the wells.
                Comment (commenter, Ada Moreau, 0.95): And the dry ones?
                Comment (commenter, Bo Lund, 0.95): They were not counted.
                comment: Ada Moreau to somebody, March 3, 2015 at 5:04 pm, : And the dry ones
                comment: Bo Lund to somebody, March 4, 2015 at 9:10 am, : They were not co
            "#]],
        );
        check(
            "[-]Ada Moreau3y20\n\nI doubt it.\n\nReply\n\n[-]\nbo_lund\n2y\n4\n\nSo do I.\n\nReply\n",
            expect![[r#"
                Comment (commenter, Ada Moreau, 0.95): I doubt it.
                Comment (commenter, bo_lund, 0.95): So do I.
                comment: Ada Moreau to somebody, 3y, : I doubt it.
                comment: bo_lund to somebody, 2y, : So do I.
            "#]],
        );
        check(
            "Ada Moreau • 3 years ago\n\nWho pays for it?\n\nReply\n\nBo Lund • 2 years ago\n\nWe all do.\n\nReply\n",
            expect![[r#"
                title: Ada Moreau • 3 years ago
                Comment (commenter, Ada Moreau, 0.85): Who pays for it?
                Comment (commenter, Bo Lund, 0.85): We all do.
                comment: Ada Moreau to somebody, 3 years ago, : Who pays for it?
                comment: Bo Lund to somebody, 2 years ago, : We all do.
            "#]],
        );
    }

    #[test]
    fn mail_marks_quotations() {
        check(
            "I will look again.\n\nOn Mon, Jan 3, 2022 at 5:04 PM, Ada Moreau <ada@example.org> wrote:\n\n> The list is \
             short by\n> ten wells at least.\n>\n> > Whoever made it was in a hurry.\n>\n> I have the names.\n\nSend them.\n",
            expect![[r#"
                Paragraph (author, 0.73): I will look again.
                Paragraph (author, 0.82): On Mon, Jan 3, 2022 at 5:04 PM, Ada Moreau <ada@example.org> wrote:
                Blockquote (quoted, Ada Moreau, 0.95): The list is short by⏎> ten wells at least.
                Blockquote (quoted, 0.85): Whoever made it was in a hurry.
                Blockquote (quoted, 0.85): I have the names.
                Paragraph: Send them.
            "#]],
        );
    }

    #[test]
    fn other_lists_of_names_and_times_are_not_threads() {
        check(
            "Reuters • 2 hours ago\n\nThe dam holds.\n\nBBC News • 3 hours ago\n\nThe dam is being watched.\n",
            expect![[r#"
                title: Reuters • 2 hours ago
                Heading: Reuters • 2 hours ago
                Paragraph: The dam holds.
                Heading: BBC News • 3 hours ago
                Paragraph: The dam is being watched.
            "#]],
        );
        check(
            "README.md 2 years ago\n\nsrc 3 months ago\n\nUpdated 3 years ago\n\n>>> print(1)\n\n1\n",
            expect![[r#"
                title: README.md 2 years ago
                Heading: README.md 2 years ago
                Paragraph: src 3 months ago
                Heading: Updated 3 years ago
                Paragraph: >>> print(1)
                Paragraph: 1
            "#]],
        );
        check(
            "ada 3 hours ago | next [–]\n\nOne is none.\n",
            expect![[r#"
            Paragraph: ada 3 hours ago | next [–]
            Paragraph: One is none.
        "#]],
        );
    }
}
