//! The part of a link after `#`, when the heading that it names gets another name.

use ibid_corpus::File;
use ibid_note::{Citation, Fragment, Heading, Target, heading::split_attributes};
use ibid_text::{Span, letters};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{Edit, RenameError};
use crate::syntax::{slug::slug, wiki_name::wiki_heading};

/// What an encoded anchor leaves as it is: the unreserved characters of an address.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A heading and the words that it is to have.
pub(super) struct HeadingName<'a> {
    pub(super) heading: &'a Heading,
    pub(super) new: &'a str,
}

impl HeadingName<'_> {
    /// The edit of a link to the heading. `None` if it uses an id of the heading, which stays, or is a footnote's mark: the link
    /// in the footnote is edited.
    pub(super) fn in_link(&self, note: &File, citation: &Citation) -> Result<Option<Edit>, RenameError> {
        let Some(page) = note.page().filter(|_| citation.footnote.is_none()) else { return Ok(None) };
        let unsure = || RenameError::unsure(note, citation.span);
        let (start, fragment) = fragment_of(page.text(), citation).ok_or_else(unsure)?;
        let at = fragment.rfind('#').map_or(0, |at| at + 1);
        let old = &fragment[at..];
        if !self.is_meant_by(old) {
            let attributes = split_attributes(&self.heading.text).1;
            let is_id = attributes.is_some_and(|block| block.contains(&format!("#{old}")));
            return if is_id { Ok(None) } else { Err(unsure()) };
        }
        let start = start + at as u32;
        let span = Span::new(start, start + old.len() as u32);
        Ok(Some((note.id, span, self.written(&citation.target, old)?)))
    }

    /// The edits of a link whose path of headings leads through the heading.
    pub(super) fn in_path(&self, note: &File, citation: &Citation) -> Result<Vec<Edit>, RenameError> {
        let Some(page) = note.page().filter(|_| citation.footnote.is_none()) else { return Ok(Vec::new()) };
        let Some((mut start, fragment)) = fragment_of(page.text(), citation) else { return Ok(Vec::new()) };
        let mut edits = Vec::new();
        let outer = fragment.rsplit_once('#').map_or("", |(outer, _)| outer);
        for part in outer.split('#') {
            if letters(&decoded(part)).eq(letters(self.words())) {
                let span = Span::new(start, start + part.len() as u32);
                edits.push((note.id, span, self.written(&citation.target, part)?));
            }
            start += part.len() as u32 + 1;
        }
        Ok(edits)
    }

    /// The words that the heading has.
    fn words(&self) -> &str {
        split_attributes(&self.heading.text).0
    }

    /// Whether a name in a link is the heading's, or the one that renderers give to the second of two equal headings: `part-1`.
    fn is_meant_by(&self, old: &str) -> bool {
        let (old, words): (String, String) = (letters(&decoded(old)).collect(), letters(self.words()).collect());
        old.strip_prefix(&words).is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
    }

    /// The new name in the form of the old: the words, or the anchor that renderers make of them, percent-encoded or not.
    fn written(&self, target: &Target, old: &str) -> Result<String, RenameError> {
        let plain = decoded(old);
        let is_words = plain != slug(&plain) && (plain.contains(' ') || plain.trim() == self.words().trim());
        let is_encoded = percent_decode_str(old).any(|byte| !byte.is_ascii()) && old.is_ascii();
        let new = match target {
            Target::Wiki { .. } => wiki_heading(self.new),
            _ if is_words => self.new.to_owned(),
            _ => slug(self.new),
        };
        let new = match target {
            Target::Wiki { .. } => new,
            _ if is_encoded => utf8_percent_encode(&new, ENCODED).to_string(),
            _ => new.chars().map(encoded).collect(),
        };
        let is_read =
            matches!(Fragment::parse(&new), Some(Fragment::Heading(name)) if letters(&name).eq(letters(self.new)));
        let unfit = || RenameError::Unfit(self.new.to_owned(), "a link to it would be read as something else");
        is_read.then_some(new).ok_or_else(unfit)
    }
}

/// The part of a citation's target after the first `#`, and where it begins.
fn fragment_of<'t>(text: &'t str, citation: &Citation) -> Option<(u32, &'t str)> {
    let target = citation.target_span.of(text);
    let at = target.find('#')? + 1;
    let rest = &target[at..];
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | ')');
    let is_wiki = matches!(citation.target, Target::Wiki { .. });
    let length = rest.find(ends).filter(|_| !is_wiki).unwrap_or(rest.len());
    Some((citation.target_span.start + at as u32, &rest[..length]))
}

fn decoded(name: &str) -> String {
    percent_decode_str(name).decode_utf8_lossy().into_owned()
}

/// A character percent-encoded if an address cannot have it; letters of all scripts stay.
fn encoded(c: char) -> String {
    match c {
        ' ' | '(' | ')' | '<' | '>' | '#' | '%' | '"' => format!("%{:02X}", u32::from(c)),
        c => c.to_string(),
    }
}
