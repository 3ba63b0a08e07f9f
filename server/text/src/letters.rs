//! Names by nothing but their letters and digits.

/// The letters and digits of a text in lower case, without what parts them: links compare headings by these, and a name
/// keeps them across case, hyphen and space.
pub fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[test]
fn case_and_marks_do_not_count() {
    assert!(letters("Slack-Days, ÜBER 2").eq("slackdaysüber2".chars()));
}
