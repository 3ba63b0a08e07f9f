use ibid_corpus::{File, Snapshot, Term, terms::Case};
use ibid_evidence::SenseKind;
use ibid_language::{Language, List};
use ibid_note::{Note, Target};
use ibid_text::{Span, letters};

use super::{Edit, RenameError, own_note};
use crate::analysis::subject;

/// Whether a note's glossary defines a term.
pub(super) fn is_own(term: &Term) -> bool {
    term.senses.iter().any(|sense| sense.own && sense.kind == SenseKind::Glossary)
}

/// Renames a term of a note's glossary, there and wherever notes use it, except in quotations, link targets, and headings that
/// links lead to.
pub(super) fn rename(snapshot: &Snapshot, term: &Term, new: &str) -> Result<Vec<Edit>, RenameError> {
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
    let mut edits = Vec::new();
    for used in snapshot.uses_of(term) {
        let Some(file) = own_note(snapshot, used.file) else { continue };
        if file.note().is_some_and(|note| may_be_renamed(snapshot, file, &note, used.span)) {
            let written = renamed(&file.words_at(used.span), term, new, file.language);
            edits.push((file.id, used.span, written.ok_or_else(|| RenameError::unsure(file, used.span))?));
        }
    }
    Ok(edits)
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
    let (body, possessive) = match written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")) {
        Some(body) => (body, &written[body.len()..]),
        None => (written, ""),
    };
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
