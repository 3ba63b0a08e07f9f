//! Names of people, compared as notes and pages write them.

/// Whether `name` can be a person's name: it has a word that begins with a capital and is not a pronoun or article.
pub fn is_name(name: &str) -> bool {
    tokens(name).next().is_some()
}

/// Whether two names can refer to the same person: every word of the shorter name is in the longer one, ignoring initials,
/// titles and "et al.". "Kwa" matches "Thomas Kwa", and "Wichers" matches "Wichers et al."; "Thomas Kwa" does not match
/// "Thomas Wichers".
pub fn same(a: &str, b: &str) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = (tokens(a).collect(), tokens(b).collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && short.iter().all(|token| long.contains(token))
}

/// Whether a text may mention the person: it has a word of the name.
pub fn is_named_in(name: &str, text: &str) -> bool {
    let name: Vec<_> = tokens(name).collect();
    tokens(text).any(|token| name.contains(&token))
}

/// The words that identify a person, folded.
pub(crate) fn tokens(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-')
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1)
        .map(str::to_lowercase)
        .filter(|word| !NOT_NAMES.contains(&word.as_str()))
}

const NOT_NAMES: [&str; 22] = [
    "the", "an", "he", "she", "they", "it", "we", "you", "his", "her", "their", "its", "this", "that", "one", "some",
    "dr", "prof", "mr", "mrs", "ms", "et",
];

#[test]
fn names_of_one_person_agree() {
    assert!(same("Kwa", "Thomas Kwa"));
    assert!(same("T. Kwa’s", "Thomas Kwa"));
    assert!(same("Wichers et al.", "Wichers et al"));
    assert!(!same("Thomas Kwa", "Thomas Wichers"));
    assert!(!same("the commenter", "Thomas Kwa"));
    assert!(is_named_in("Thomas Kwa", "as Kwa’s post says") && !is_named_in("Thomas Kwa", "as the post says"));
    assert!(!is_name("They") && !is_name("the post") && is_name("Joe Carlsmith’s"));
}
