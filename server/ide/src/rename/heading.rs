use ibid_corpus::{Backlink, FileId, Snapshot};
use ibid_language::Language;
use ibid_note::{Heading, Target, heading::split_attributes};
use ibid_text::{Span, letters};

use super::{Edit, RenameError, fragment::HeadingName};
use crate::analysis::subject::{is_linked, may_name, written};

/// Renames a heading, and the part after `#` of every link to it and of every path of headings that leads through it.
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
    let name = HeadingName { heading, new: &plain };
    let mut edits = vec![(file, words, new.to_owned())];
    for link in links(snapshot, file, heading) {
        let Some(note) = snapshot.file(link.note) else { continue };
        if let Some(citation) = note.citation(link.citation) {
            edits.extend(name.in_link(note, &citation)?);
        }
    }
    for link in snapshot.backlinks_of(file, |target| leads_through(target, heading)) {
        let is_inside = link.place.is_some_and(|place| heading.section.covers(place) && place != heading.section);
        let Some(note) = snapshot.file(link.note).filter(|_| is_inside) else { continue };
        if let Some(citation) = note.citation(link.citation) {
            edits.extend(name.in_path(note, &citation)?);
        }
    }
    let others = || note.headings.iter().filter(|other| *other != heading);
    // The anchor of the third of several equal headings counts those before it.
    for twin in others().filter(|twin| twin.span.start > heading.span.start && is_alike(twin, &heading.text)) {
        if let Some(counted) = links(snapshot, file, twin).into_iter().find_map(|link| counted(snapshot, link, twin)) {
            return Err(counted);
        }
    }
    // A link leads to the first of several equal headings.
    let is_changed = letters(&plain).ne(letters(&heading.text));
    let is_taken = |other: &Heading| {
        is_alike(other, &plain)
            && (edits.len() > 1 || other.span.start > heading.span.start && is_linked(snapshot, file, other))
    };
    if is_changed && others().any(is_taken) {
        return Err(RenameError::Taken(plain));
    }
    Ok(edits)
}

/// The links to a heading of a note.
fn links(snapshot: &Snapshot, file: FileId, heading: &Heading) -> Vec<Backlink> {
    let mut links = snapshot.backlinks_of(file, |target| may_name(target, heading));
    links.retain(|link| link.place == Some(heading.section));
    links
}

fn is_alike(heading: &Heading, words: &str) -> bool {
    letters(&heading.text).eq(letters(words))
}

/// Whether the target is a path of headings (`Part#Chapter`) that may lead through a heading.
fn leads_through(target: &Target, heading: &Heading) -> bool {
    let path = match target.fragment() {
        Some(ibid_note::Fragment::Heading(path)) => path.rsplit_once('#'),
        _ => None,
    };
    let words = split_attributes(&heading.text).0;
    path.is_some_and(|(outer, _)| outer.split('#').any(|part| letters(part).eq(letters(words))))
}

/// The refusal because of a link that counts the headings before the one that it leads to.
fn counted(snapshot: &Snapshot, link: Backlink, heading: &Heading) -> Option<RenameError> {
    let note = snapshot.file(link.note)?;
    let citation = note.citation(link.citation)?;
    let name = citation.target.fragment()?.heading()?;
    letters(name).ne(letters(&heading.text)).then(|| RenameError::unsure(note, citation.span))
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
