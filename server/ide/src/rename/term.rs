use ibid_corpus::{File, FileId, Snapshot, Term, terms::Case};
use ibid_evidence::names_a_concept;
use ibid_language::{Language, List};
use ibid_note::{Note, Target};
use ibid_text::{Span, letters, words};

use super::{
    Doubt, Edit, RenameError, own_note,
    sharing::{Entries, is_entry},
};
use crate::analysis::subject;

/// Whether a note's glossary defines a term.
pub(super) fn is_own(term: &Term) -> bool {
    term.senses.iter().any(is_entry)
}

/// Edits, and those of them that the person should look at.
type DoubtfulEdits = (Vec<Edit>, Vec<(FileId, Span, Doubt)>);

/// Renames a term of a note's glossary, there and wherever the notes that share the glossary use it, except in quotations, link
/// targets, and headings that links lead to.
pub(super) fn rename(snapshot: &Snapshot, asker: &File, term: &Term, new: &str) -> Result<DoubtfulEdits, RenameError> {
    if term.senses.iter().chain(&term.asked).any(|sense| !sense.own) {
        return Err(RenameError::NotOwn(term.name.clone()));
    }
    if !new.starts_with(char::is_alphanumeric) || new.contains(|c: char| "[]|#^<>`*_:".contains(c)) {
        return Err(RenameError::Unfit(
            new.to_owned(),
            "a term cannot have any of [ ] | # ^ < > ` * _ :, and must begin with a letter or digit",
        ));
    }
    if snapshot.terms().find(new).is_some_and(|other| other.name != term.name) {
        return Err(RenameError::Taken(new.to_owned()));
    }
    let entries = Entries::of(snapshot, term);
    let sense = entries.sense_in(asker).ok_or_else(|| RenameError::Unshared(term.name.clone()))?;
    let mut edits = Vec::new();
    let mut doubts = Vec::new();
    for used in snapshot.uses_of(term) {
        let Some(file) = own_note(snapshot, used.file) else { continue };
        if entries.sense_in(file) != Some(sense) {
            continue;
        }
        if file.note().is_some_and(|note| may_be_renamed(snapshot, file, &note, used.span)) {
            let written = renamed(&file.words_at(used.span), term, new, file.language);
            edits.push((file.id, used.span, written.ok_or_else(|| RenameError::unsure(file, used.span))?));
            doubts.extend(doubt(asker, file, term, used.span).map(|doubt| (file.id, used.span, doubt)));
        }
    }
    Ok((edits, doubts))
}

/// Why the person should look at the renaming of a use.
fn doubt(asker: &File, file: &File, term: &Term, used: Span) -> Option<Doubt> {
    let page = file.page()?;
    if is_in_longer_name(page.text(), used, term, file.language) {
        return Some(Doubt::LongerName);
    }
    (file.id != asker.id).then_some(Doubt::OtherNote)
}

/// Whether a use may be a part of a longer name: a word beside it, joined by a space or hyphen, makes another noun phrase of it. A
/// plural is hardly ever the first part of a name.
fn is_in_longer_name(text: &str, used: Span, term: &Term, language: Language) -> bool {
    /// How many bytes beside the use are looked at.
    const BESIDE: usize = 60;
    let before = &text[text.floor_char_boundary((used.start as usize).saturating_sub(BESIDE))..used.start as usize];
    let after = &text[used.end as usize..text.ceil_char_boundary((used.end as usize + BESIDE).min(text.len()))];
    let is_joined = |gap: &str| matches!(gap, " " | "-" | "\n");
    let name = used.of(text);
    let last = words(before).last().filter(|word| is_joined(&before[word.span.end as usize..]));
    let next = words(after).next().filter(|word| is_joined(&after[..word.span.start as usize]));
    let head = last.is_some_and(|word| {
        let word = word.span.of(before);
        without_possessive(word).1.is_empty() && names_a_concept(&format!("{word} {name}"), language)
    });
    let is_plural = letters(name).eq(letters(&plural(&term.name, language)));
    let tail = || next.is_some_and(|word| names_a_concept(&format!("{name} {}", word.span.of(after)), language));
    head || !is_plural && tail()
}

/// Whether a word of a note is the writer's own and no link depends on it.
fn may_be_renamed(snapshot: &Snapshot, file: &File, note: &Note, span: Span) -> bool {
    let is_quoted = note.quotations.iter().any(|quotation| quotation.span.covers(span));
    let is_target = note.citations.iter().any(|citation| {
        let whole = matches!(citation.target, Target::Wiki { .. } | Target::Url { .. }) && citation.span.covers(span);
        whole || citation.target_span.covers(span)
    });
    let heading = note.headings.iter().find(|heading| heading.span.covers(span));
    let is_linked = heading.is_some_and(|heading| subject::is_linked(snapshot, file.id, heading));
    !is_quoted && !is_target && !is_linked
}

/// A use with the new name, in the same number, and with a capital if it had one that is not part of the name. `None` if its
/// ending is unknown.
fn renamed(written: &str, term: &Term, new: &str, language: Language) -> Option<String> {
    let (body, possessive) = without_possessive(written);
    let named = if letters(body).eq(letters(&term.name)) {
        new.to_owned()
    } else if letters(body).eq(letters(&plural(&term.name, language))) {
        plural(new, language)
    } else {
        return None;
    };
    let mut rest = named.chars();
    let first = rest.next()?;
    let is_acronym = rest.clone().next().is_some_and(char::is_uppercase);
    let first: String = match written.chars().next() {
        Some(was) if term.case == Case::Any && !is_acronym && was.is_uppercase() => first.to_uppercase().collect(),
        Some(_) if term.case == Case::Any && !is_acronym => first.to_lowercase().collect(),
        _ => first.into(),
    };
    Some(format!("{first}{}{possessive}", rest.as_str()))
}

/// A word without its possessive ending, and the ending.
fn without_possessive(written: &str) -> (&str, &str) {
    let body = written.strip_suffix("'s").or_else(|| written.strip_suffix("’s"));
    written.split_at(body.map_or(written.len(), str::len))
}

/// The regular plural.
fn plural(name: &str, language: Language) -> String {
    let forms =
        language.entries(List::PluralForm).iter().filter_map(|form| Some((name.strip_suffix(form.word)?, form)));
    match forms.max_by_key(|(_, form)| form.word.len()) {
        Some((stem, form)) => format!("{stem}{}", form.value),
        None => format!("{name}{}", language.words(List::RegularPlural).first().unwrap_or(&"")),
    }
}

#[test]
fn a_use_keeps_its_number_and_its_capital() {
    let term = Term { name: "slack day".to_owned(), ..Term::default() };
    let english = Language::ENGLISH;
    let check = |written, expected: Option<&str>| {
        assert_eq!(renamed(written, &term, "idle party", english).as_deref(), expected, "{written}");
    };
    check("slack day", Some("idle party"));
    check("Slack-days", Some("Idle parties"));
    check("slack day’s", Some("idle party’s"));
    check("slacker day", None);
    assert_eq!(renamed("Slack day", &term, "SD", english).as_deref(), Some("SD"));
    let name = Term { case: Case::Capital, name: "Slack".to_owned(), ..Term::default() };
    assert_eq!(renamed("Slack", &name, "iDo", english).as_deref(), Some("iDo"));
}
