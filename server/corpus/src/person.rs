//! Names of people, compared as notes and pages write them.

use ibid_language::{Class, Language};

/// Whether `name` can be a person's name: it has a word that begins with a capital and is not a pronoun or article.
pub fn is_name(name: &str, language: Language) -> bool {
    tokens(name, language).next().is_some()
}

/// Whether two names can refer to the same person: every word of the shorter name is in the longer one, ignoring initials,
/// titles and "et al.". "Kwa" matches "Thomas Kwa", and "Wichers" matches "Wichers et al."; "Thomas Kwa" does not match
/// "Thomas Wichers".
pub fn same(a: &str, b: &str, language: Language) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = (tokens(a, language).collect(), tokens(b, language).collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && short.iter().all(|token| long.contains(token))
}

/// Whether a text may mention the person: it has a word of the name.
pub fn is_named_in(name: &str, text: &str, language: Language) -> bool {
    let name: Vec<_> = tokens(name, language).collect();
    tokens(text, language).any(|token| name.contains(&token))
}

/// Names as a person would list them: "Ada Berg, Nils Odde and Otto Wren".
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The words that identify a person, folded.
pub(crate) fn tokens(name: &str, language: Language) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-')
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1)
        .map(str::to_lowercase)
        .filter(move |word| !language.is(word, Class::NotPersonName))
}

#[test]
fn all_names_are_listed() {
    let names = ["Ada Berg", "Nils Odde", "Otto Wren"].map(str::to_owned);
    assert_eq!(list(&names[..1]), "Ada Berg");
    assert_eq!(list(&names), "Ada Berg, Nils Odde and Otto Wren");
}

#[test]
fn names_of_one_person_agree() {
    let english = Language::ENGLISH;
    assert!(same("Kwa", "Thomas Kwa", english));
    assert!(same("T. Kwa’s", "Thomas Kwa", english));
    assert!(same("Wichers et al.", "Wichers et al", english));
    assert!(!same("Thomas Kwa", "Thomas Wichers", english));
    assert!(!same("the commenter", "Thomas Kwa", english));
    assert!(
        is_named_in("Thomas Kwa", "as Kwa’s post says", english)
            && !is_named_in("Thomas Kwa", "as the post says", english)
    );
    assert!(!is_name("They", english) && !is_name("the post", english) && is_name("Joe Carlsmith’s", english));
}
