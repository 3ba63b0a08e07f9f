use ibid_corpus::{File, FileId, Snapshot};
use ibid_language::Language;
use ibid_note::{Citation, Heading, Target, heading::split_attributes};
use ibid_text::{Span, letters};

use super::{Edit, RenameError};
use crate::{
    analysis::subject::{may_name, written},
    syntax::slug::slug,
};

/// Renames a heading, and the part after `#` of every link to it.
pub(super) fn rename(
    snapshot: &Snapshot,
    file: FileId,
    heading: &Heading,
    new: &str,
) -> Result<Vec<Edit>, RenameError> {
    let held = snapshot.file(file).ok_or(RenameError::Nothing)?;
    let (Some(note), Some(page)) = (held.note(), held.page()) else { return Err(RenameError::Nothing) };
    let unsure = || RenameError::unsure(held, written(page.text(), heading));
    let words = words(page.text(), heading).ok_or_else(unsure)?;
    // The new name may contain Markdown; links contain its words only.
    let plain = ibid_note::parse(&format!("# {new}\n"), Language::NONE)
        .headings
        .first()
        .map(|heading| heading.text.trim().to_owned());
    let plain = plain.filter(|plain| letters(plain).next().is_some());
    let plain = plain.ok_or_else(|| RenameError::Unfit(new.to_owned(), "a heading must have words"))?;
    let mut edits = vec![(file, words, new.to_owned())];
    let links = snapshot.backlinks_of(file, |target| may_name(target, heading));
    for link in links.into_iter().filter(|link| link.place == Some(heading.section)) {
        let Some(note) = snapshot.file(link.note) else { continue };
        if let Some(citation) = note.citation(link.citation) {
            edits.extend(of_link(note, &citation, heading, &plain)?);
        }
    }
    // A link leads to the first of several equal headings.
    let alike = |name: &str| note.headings.iter().filter(|other| letters(&other.text).eq(letters(name))).count();
    let is_changed = letters(&plain).ne(letters(&heading.text));
    if edits.len() > 1 && alike(&heading.text) > 1 {
        return Err(unsure());
    }
    if edits.len() > 1 && is_changed && alike(&plain) > 0 {
        return Err(RenameError::Taken(plain));
    }
    Ok(edits)
}

/// The span of a heading's words, without heading marks and without an attribute block at its end; `None` if the words are on
/// several lines.
pub(super) fn words(text: &str, heading: &Heading) -> Option<Span> {
    let whole = written(text, heading);
    let line = whole.of(text);
    let is_underlined = !line.starts_with('#');
    let line = if is_underlined { line.rsplit_once('\n')?.0 } else { line };
    if line.contains('\n') {
        return None;
    }
    let body = if is_underlined { line } else { line.trim_start_matches('#') };
    let start = whole.start as usize + line.len() - body.trim_start().len();
    let closed = body.trim().trim_end_matches('#');
    // Hash signs directly after a word are part of it.
    let body = if is_underlined || !(closed.is_empty() || closed.ends_with(' ')) { body.trim() } else { closed.trim() };
    let body = split_attributes(body).0.trim_end();
    Some(Span::from(start..start + body.len()))
}

/// The edit of one link to a heading. `None` if it uses an id of the heading, which stays, or is a footnote's mark: the link in
/// the footnote is edited.
fn of_link(note: &File, citation: &Citation, heading: &Heading, new: &str) -> Result<Option<Edit>, RenameError> {
    let Some(page) = note.page().filter(|_| citation.footnote.is_none()) else { return Ok(None) };
    let unsure = || RenameError::unsure(note, citation.span);
    let target = citation.target_span.of(page.text());
    let at = target.rfind('#').ok_or_else(unsure)? + 1;
    let len = match citation.target {
        Target::Wiki { .. } => target.len() - at,
        _ => target[at..].find(|c: char| c.is_whitespace() || matches!(c, '>' | ')')).unwrap_or(target.len() - at),
    };
    let old = &target[at..at + len];
    let decoded = old.replace("%20", " ");
    let (words, attributes) = split_attributes(&heading.text);
    if letters(&decoded).ne(letters(words)) {
        let is_id = attributes.is_some_and(|block| block.contains(&format!("#{old}")));
        return if is_id { Ok(None) } else { Err(unsure()) };
    }
    let written = match citation.target {
        Target::Wiki { .. } if new.contains(['[', ']', '|', '#', '^']) => {
            return Err(RenameError::Unfit(
                new.to_owned(),
                "a wiki-link leads to it, which cannot have any of [ ] | # ^",
            ));
        }
        Target::Wiki { .. } => new.to_owned(),
        // As in the old link: the exact words, or the anchor that renderers make of them.
        _ if decoded.trim() == words.trim() && old != slug(&decoded) => new.chars().map(encoded).collect(),
        _ => slug(new),
    };
    let start = citation.target_span.start + at as u32;
    Ok(Some((note.id, Span::new(start, start + len as u32), written)))
}

/// A character percent-encoded if an address cannot have it; letters of all scripts stay.
fn encoded(c: char) -> String {
    match c {
        ' ' | '(' | ')' | '<' | '>' | '#' | '%' | '"' => format!("%{:02X}", u32::from(c)),
        c => c.to_string(),
    }
}
