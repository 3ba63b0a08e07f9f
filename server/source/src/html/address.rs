//! Web addresses as text.

/// Whether this is a web page's address.
pub(super) fn is_web(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// The address without its fragment.
pub(super) fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// Resolves `link` against the address `page` (RFC 3986, 5.2, without dot segments). `None` for a relative link without
/// a page, and for links to scripts and mail.
pub(super) fn resolved(link: &str, page: Option<&str>) -> Option<String> {
    let link = link.trim();
    if is_web(link) {
        return Some(link.to_owned());
    }
    let page = without_fragment(page?);
    let (scheme, rest) = page.split_once("://")?;
    let site = rest.split(['/', '?']).next().unwrap_or_default();
    if link.is_empty() || link.starts_with("javascript:") || link.starts_with("mailto:") {
        None
    } else if link.starts_with("//") {
        Some(format!("{scheme}:{link}"))
    } else if link.starts_with('/') {
        Some(format!("{scheme}://{site}{link}"))
    } else if link.starts_with('#') {
        Some(format!("{page}{link}"))
    } else if link.starts_with('?') {
        Some(format!("{}{link}", page.split('?').next().unwrap_or_default()))
    } else {
        let path = page.split('?').next().unwrap_or_default();
        let folder = path.rfind('/').filter(|&at| at > scheme.len() + "://".len()).map_or(path, |at| &path[..at]);
        Some(format!("{folder}/{link}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_against_their_page() {
        let page = Some("https://example.org/a/b?c=d#e");
        for (link, expected) in [
            ("https://other.org/x", "https://other.org/x"),
            ("//other.org/x", "https://other.org/x"),
            ("/x#y", "https://example.org/x#y"),
            ("#y", "https://example.org/a/b?c=d#y"),
            ("?y=z", "https://example.org/a/b?y=z"),
            ("x", "https://example.org/a/x"),
        ] {
            assert_eq!(resolved(link, page).as_deref(), Some(expected), "{link}");
        }
        assert_eq!(resolved("#y", None), None);
        assert_eq!(resolved("javascript:x()", page), None);
    }
}
