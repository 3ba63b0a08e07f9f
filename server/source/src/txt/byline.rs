//! Lines of a copied thread that say who wrote the comment below them, and when.
//!
//! ```text
//! ada 3 hours ago | parent | prev | next [–]        Hacker News
//! [–]ada 12 points 3 years ago                      Reddit
//! Ada Moreau • 3 years ago                          Disqus
//! Ada Moreau says:                                  WordPress, with "March 3, 2015 at 5:04 pm" in the next line
//! [-]Ada Moreau3y                                   LessWrong, with its karma in the next line
//! ```
//!
//! Sites part the same few things by spaces, bullets or line ends: a name, a time, points, and links to what is near.

use std::ops::Range;

use ibid_language::{Class, Language, List};

use super::{head::is_name, line::Line, timestamp};

/// The author and date of the comment below.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Byline<'t> {
    /// The numbers of its lines.
    pub(super) lines: Range<usize>,
    /// Bytes of white space before it.
    pub(super) indent: u32,
    /// The author's name.
    pub(super) name: &'t str,
    /// The date as written.
    pub(super) date: String,
    /// What its links say about the comment's place in the thread.
    pub(super) links: ThreadLinks,
    /// Whether it has a mark that only bylines have: points, a link, a fold, a verb.
    pub(super) is_certain: bool,
}

/// The place of a comment by the links beside its author's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ThreadLinks {
    /// The byline has no links.
    None,
    /// No link to a parent: the comment is on the page itself.
    NoParent,
    /// A link to a parent, which is on the page itself.
    ToParent,
    /// A link to a parent and one to the root above it.
    ToRoot,
}

/// Signs before a name that fold the comment.
const FOLDS: [&str; 5] = ["[–]", "[-]", "[−]", "[+]", "▲"];

/// Signs between a name and a time.
const BULLETS: [&str; 6] = ["•", "·", "⋅", "∙", "|", "—"];

/// Signs beside a name that are the same in every language.
const BADGES: [&str; 4] = ["-", "[A]", "[M]", "[S]"];

/// The byline that begins with line `at`, if there is one.
pub(super) fn byline<'t>(text: &'t str, lines: &[Line], at: usize, language: Language) -> Option<Byline<'t>> {
    /// The longest line of a byline, in bytes.
    const LONGEST: usize = 120;
    let line = |at: usize| lines.get(at).map(|line| line.span.of(text)).filter(|line| line.len() <= LONGEST);
    let indent = lines[at].indent;
    let (mut words, is_folded) = unfolded(line(at)?);
    let mut end = at + 1;
    if words.is_empty() && is_folded {
        words = line(end)?;
        end += 1;
    }
    let parts: Vec<&str> = words.split_whitespace().collect();
    let time = (1..parts.len()).find_map(|from| Some((from, timestamp::length(&parts[from..], is_folded, language)?)));
    let (name, date, behind) = if let Some((from, length)) = time {
        let date = parts[from..from + length].join(" ");
        (&parts[..from], date.trim_end_matches(['*', ',']).to_owned(), parts[from + length..].to_vec())
    } else if let Some((words, age)) = is_folded.then(|| timestamp::glued(words, language)).flatten() {
        let name = signer(&words.split_whitespace().collect::<Vec<_>>(), words, language)?.name;
        end += usize::from(line(end).is_some_and(|line| is_score(line, language)));
        return Some(Byline { lines: at..end, indent, name, date: age, links: ThreadLinks::None, is_certain: true });
    } else {
        end += usize::from(line(end).is_some_and(|line| BULLETS.contains(&line)));
        let below: Vec<&str> = line(end)?.split_whitespace().collect();
        let length = timestamp::length(&below, true, language)?;
        end += 1;
        (&parts[..], below[..length].join(" "), below[length..].to_vec())
    };
    let signer = signer(name, words, language)?;
    let is_linked = behind.iter().any(|word| FOLDS.contains(word) || language.is(word, Class::ThreadLink));
    if !behind.iter().all(|word| is_link(word, language)) {
        return None;
    }
    let has_score = line(end).is_some_and(|line| is_score(line, language) && (is_folded || line.contains(' ')));
    Some(Byline {
        lines: at..end + usize::from(has_score),
        indent,
        name: signer.name,
        date,
        links: if is_linked { links(&behind, language) } else { ThreadLinks::None },
        is_certain: is_folded || is_linked || signer.is_marked || has_score,
    })
}

/// A line without the fold signs before it, and whether there were any.
fn unfolded(line: &str) -> (&str, bool) {
    let mut rest = line;
    while let Some(next) = FOLDS.iter().find_map(|fold| rest.strip_prefix(fold)) {
        rest = next.trim_start();
    }
    (rest, rest.len() < line.len())
}

/// The name in a byline, and whether a verb, points or another mark goes with it.
struct Signer<'t> {
    name: &'t str,
    is_marked: bool,
}

/// The name in the words before a time; `line` is the text that contains them.
fn signer<'t>(words: &[&'t str], line: &'t str, language: Language) -> Option<Signer<'t>> {
    let mut rest = words;
    let mut is_marked = false;
    while let Some((last, before)) = rest.split_last() {
        let is_points = language.is(last, Class::ScoreUnit) && before.last().is_some_and(|it| is_number(it));
        let taken = if is_points {
            2
        } else if language.value(List::BylineVerb, last).is_some() {
            1
        } else if BULLETS.contains(last) || BADGES.contains(last) || language.value(List::BylineBadge, last).is_some() {
            rest = before;
            continue;
        } else {
            break;
        };
        is_marked = true;
        rest = &rest[..rest.len() - taken];
    }
    let (first, last) = (rest.first()?, rest.last()?);
    let place = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let name = line.get(place(first)..place(last) + last.len())?;
    let is_one = if rest.len() == 1 { is_handle(name) } else { rest.len() <= 4 && is_name(name, language) };
    (is_one && !is_not_a_name(first, language)).then_some(Signer { name, is_marked })
}

/// Whether a word can be a user name.
fn is_handle(word: &str) -> bool {
    /// The longest user name, in characters.
    const LONGEST: usize = 30;
    word.chars().count() <= LONGEST
        && word.contains(char::is_alphabetic)
        && word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@'))
        && word.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@'))
        && !word.contains("..")
}

/// Whether a line with a time begins with this word for another reason than that it is a name.
fn is_not_a_name(word: &str, language: Language) -> bool {
    language.is(word.to_lowercase().trim_end_matches(':'), Class::BylineNonName)
}

fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches(['-', '−', '+']);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
}

/// Names of sites before a score.
const SCORES: [&str; 3] = ["LW:", "AF:", "∶"];

/// "12", "12 points", "LW: 5 AF: 3".
fn is_score(line: &str, language: Language) -> bool {
    let mut words = line.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| is_number(word) || SCORES.contains(&word) || language.is(word, Class::ScoreUnit))
        && line.contains(|c: char| c.is_ascii_digit())
}

/// Whether a word after the time is a link to another comment, or a separator between such links.
fn is_link(word: &str, language: Language) -> bool {
    let folded = word.to_lowercase();
    let label = folded.strip_prefix('(').and_then(|label| label.strip_suffix(')')).unwrap_or(&folded);
    FOLDS.contains(&word)
        || BULLETS.contains(&word)
        || is_number(word)
        || word == "*"
        || language.is(label, Class::BylineLink)
}

fn links(words: &[&str], language: Language) -> ThreadLinks {
    let has = |class: Class| words.iter().any(|word| language.is(word, class));
    match (has(Class::ThreadRootLink), has(Class::ThreadParentLink)) {
        (true, _) => ThreadLinks::ToRoot,
        (false, true) => ThreadLinks::ToParent,
        (false, false) => ThreadLinks::NoParent,
    }
}
