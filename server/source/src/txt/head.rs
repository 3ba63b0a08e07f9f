//! The metadata at the head of a text page: title, author, address, date.

use ibid_language::{Class, Language, List};

use super::{
    block::{Block, BlockKind},
    furniture,
};
use crate::{Metadata, metadata::after_byline_preposition};

/// The head of a page.
#[derive(Default, Debug)]
pub(super) struct Head {
    /// The metadata found.
    pub(super) metadata: Metadata,
    /// The indices of blocks that only contain metadata, so are no passages; ascending.
    pub(super) taken: Vec<usize>,
    /// The index of the block with the page's title.
    pub(super) title: Option<usize>,
    /// The blocks that introduce the person on a profile page: from the name to the first label.
    pub(super) profile: std::ops::Range<usize>,
}

/// The number of blocks in which fields and a title are sought.
const FIELDS: usize = 16;
/// The number of blocks in which a profile label is sought.
const PROFILE: usize = 24;
/// The number of blocks that determine the head of a page.
pub(super) const REACH: usize = PROFILE + 1;

/// Reads the head of a page from its first blocks: at least [`REACH`] of them, or all.
pub(super) fn head(text: &str, blocks: &[Block], language: Language) -> Head {
    let mut head = Head::default();
    for (at, block) in blocks.iter().take(FIELDS).enumerate() {
        if block.kind == BlockKind::Paragraph && head.take_field(block.span.of(text), language) {
            head.taken.push(at);
        }
    }
    for (at, block) in blocks.iter().take(FIELDS).enumerate() {
        if head.taken.contains(&at) {
            continue;
        }
        let line = block.span.of(text);
        if block.kind != BlockKind::Paragraph {
            break;
        } else if head.take_plain(line, language) {
            head.taken.push(at);
        } else if at + 1 < blocks.len() && is_title(line, *block) && head.title.is_none() && head.profile.is_empty() {
            head.take_title(text, at, blocks, language);
        } else {
            break;
        }
    }
    head.taken.sort_unstable();
    head
}

impl Head {
    /// Takes a line such as `Title: …`, `Author: …` or `URL: …`. Returns whether it was one.
    fn take_field(&mut self, line: &str, language: Language) -> bool {
        let Some((field, value)) = field(line, language) else { return false };
        let metadata = &mut self.metadata;
        match field {
            Field::Title => metadata.title = Some(value.to_owned()),
            Field::Author => metadata.authors.push(value.to_owned()),
            Field::Date => metadata.date = Some(value.to_owned()),
            Field::Url => metadata.urls.push(value.to_owned()),
            Field::Doi => metadata.doi = Some(doi(value).to_owned()),
        }
        true
    }

    /// Takes a line that is only an address, a byline or a date. Returns whether it was one.
    fn take_plain(&mut self, line: &str, language: Language) -> bool {
        if is_url(line) {
            self.metadata.urls.push(line.to_owned());
        } else if let Some(name) = after_byline_preposition(line, language).filter(|name| is_name(name, language)) {
            self.metadata.authors.push(name.to_owned());
        } else if self.metadata.date.is_none() && is_date(line, language) {
            self.metadata.date = Some(line.to_owned());
        } else {
            return false;
        }
        true
    }

    /// Takes the title, or the name of the person whose profile this is.
    fn take_title(&mut self, text: &str, at: usize, blocks: &[Block], language: Language) {
        let line = blocks[at].span.of(text);
        let label = blocks.iter().take(PROFILE).position(|block| {
            block.kind == BlockKind::Furniture && furniture::is_profile_label(block.span.of(text), language)
        });
        match label {
            Some(label) if is_name(line, language) => {
                self.metadata.authors.push(line.to_owned());
                self.taken.push(at);
                self.profile = at + 1..label.max(at + 1);
            }
            _ => {
                self.metadata.title.get_or_insert_with(|| line.to_owned());
                self.title = Some(at);
            }
        }
    }
}

/// Whether a block is a title: a short line without final punctuation, with blank lines around it.
pub(super) fn is_title(line: &str, block: Block) -> bool {
    const LONGEST: usize = 14;
    let stops = line.ends_with(['.', ',', ';', ':', '!', '?', '”', '"', ')', ']', '…']);
    block.kind == BlockKind::Paragraph
        && block.isolated
        && !stops
        && !line.contains('\n')
        && line.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '“' || c == '"')
        && line.split_whitespace().nth(LONGEST).is_none()
}

#[derive(Clone, Copy)]
enum Field {
    Title,
    Author,
    Date,
    Url,
    Doi,
}

/// A line with a field, such as `Title: …`.
fn field(line: &str, language: Language) -> Option<(Field, &str)> {
    /// The length of "release date".
    const LONGEST_KEY: usize = 12;
    let colon = line.bytes().take(LONGEST_KEY + 1).position(|byte| byte == b':')?;
    let (key, value) = (&line[..colon], line[colon + 1..].strip_prefix(' ')?);
    let value = value.trim();
    let field = match language.value(List::HeadField, &key.to_lowercase())? {
        "title" => Field::Title,
        "author" => Field::Author,
        "date" => Field::Date,
        "url" if is_url(value) => Field::Url,
        "doi" => Field::Doi,
        _ => return None,
    };
    (!value.is_empty() && value.len() <= 200).then_some((field, value))
}

/// Whether the line is a field of the head. Such a line is never joined to another.
pub(super) fn is_field(line: &str, language: Language) -> bool {
    field(line, language).is_some()
}

/// Whether `text` is a web address and nothing else.
pub(crate) fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// A DOI without the address of a resolver.
pub(crate) fn doi(text: &str) -> &str {
    ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "DOI:"]
        .iter()
        .find_map(|resolver| text.strip_prefix(resolver))
        .unwrap_or(text)
        .trim()
}

/// Whether the line can be a person's name: one to five capitalised words and particles.
pub(super) fn is_name(line: &str, language: Language) -> bool {
    const MOST: usize = 5;
    let words: Vec<&str> = line.split_whitespace().take(MOST + 1).collect();
    let part = |word: &&str| {
        language.is(word, Class::NameParticle)
            || (word.starts_with(char::is_uppercase)
                && !word.contains(|c: char| c.is_ascii_digit() || ":;/".contains(c)))
    };
    (1..=MOST).contains(&words.len()) && words.iter().all(part)
}

/// Whether the line is only a date with a year.
fn is_date(line: &str, language: Language) -> bool {
    const MOST: usize = 6;
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(MOST + 1).map(str::to_lowercase).collect();
    let year = |word: &String| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1500..2200).contains(&year));
    let dated = |word: &String| {
        let number = word.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse::<u16>().is_ok();
        let month = word.get(..3).is_some_and(|head| language.is(head, Class::MonthAbbreviation));
        number || month || language.is(word, Class::DateLabel)
    };
    words.len() <= MOST && words.iter().any(year) && words.iter().all(dated)
}
