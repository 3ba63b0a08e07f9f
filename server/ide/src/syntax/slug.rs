//! The anchor that websites make of a heading.

/// The words of a heading as the fragment of an address, as GitHub and most renderers write it: in lower case, with
/// hyphens for spaces and without other punctuation.
pub(crate) fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_') || c.is_whitespace());
    kept.flat_map(char::to_lowercase).map(|c| if c.is_whitespace() { '-' } else { c }).collect()
}

#[test]
fn a_slug_is_what_renderers_make() {
    assert_eq!(slug("What is “drift”, really?"), "what-is-drift-really");
    assert_eq!(slug("2nd_part - Überblick"), "2nd_part---überblick");
}
