//! Normalises web addresses so that they can be compared without network access.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Query parameters that track the reader and do not identify the page.
const TRACKING: [&str; 5] = ["fbclid", "gclid", "mc_cid", "mc_eid", "igshid"];

/// Query parameters that identify a place on the page, like a fragment.
const PLACE: [&str; 1] = ["commentid"];

/// The normal form of an address, equal for all addresses of a page: without scheme, `www.`, default port, fragment,
/// trailing slash and tracking parameters, with the host in lower case. The arXiv pages of a paper count as one page, and so
/// do a page and the addresses of its comments.
pub(crate) fn normalise(address: &str) -> String {
    let address = without_needless_escapes(address.trim());
    let address = address.split_once("://").map_or(&*address, |(_, rest)| rest);
    let address = address.trim_start_matches('/').split('#').next().unwrap_or_default();
    let (place, query) = address.split_once('?').unwrap_or((address, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(host);
    let path = without_comment(path.trim_end_matches('/'));
    let query: Vec<&str> = query.split('&').filter(|parameter| !is_tracking(parameter)).collect();
    let mut out = format!("{host}/{}", if host == "arxiv.org" { paper(path) } else { path.to_owned() });
    out.truncate(out.trim_end_matches('/').len());
    if !query.is_empty() {
        out = format!("{out}?{}", query.join("&"));
    }
    out
}

/// Decodes the percent escapes of an address, except those of delimiters (RFC 3986, section 6.2.2.2, and beyond it: `%28`
/// and `(` are equivalent in practice).
fn without_needless_escapes(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        return address.into();
    }
    let is_kept = |escape: &str| {
        matches!(u8::from_str_radix(escape, 16), Ok(b'%' | b'/' | b'?' | b'#' | b'&' | b'=' | b'+' | b' '))
    };
    let mut kept = String::with_capacity(address.len());
    for (at, part) in address.split('%').enumerate() {
        // Escapes to keep are escaped once more, so that decoding restores them.
        match part.get(..2).filter(|_| at > 0) {
            Some(escape) if is_kept(escape) => kept += "%25",
            _ if at > 0 => kept += "%",
            _ => {}
        }
        kept += part;
    }
    percent_decode_str(&kept).decode_utf8().map_or(address.into(), |plain| plain.into_owned().into())
}

/// The digital object identifier in `text`, in lower case. `text` is a bare identifier, one after `doi:`, or the address of
/// a resolver.
pub(crate) fn doi(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let rest = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let rest = ["doi.org/", "dx.doi.org/", "www.doi.org/", "doi:"]
        .iter()
        .find_map(|lead| rest.strip_prefix(lead))
        .unwrap_or(rest)
        .trim();
    (rest.starts_with("10.") && rest.contains('/')).then(|| rest.to_owned())
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    let is_place = PLACE.iter().any(|place| name.eq_ignore_ascii_case(place));
    name.is_empty() || is_place || name.starts_with("utm_") || TRACKING.contains(&name)
}

/// Removes the address of a comment: `p/post/comment/123` becomes `p/post`.
fn without_comment(path: &str) -> &str {
    let page = path.rsplit_once('/').filter(|(_, id)| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    page.and_then(|(page, _)| page.strip_suffix("/comment")).unwrap_or(path)
}

/// The abstract page of an arXiv paper: `pdf/2311.08379v2.pdf` and `html/2311.08379` become `abs/2311.08379`.
fn paper(path: &str) -> String {
    let Some((kind, id)) = path.split_once('/') else { return path.to_owned() };
    if !["abs", "pdf", "html"].contains(&kind) {
        return path.to_owned();
    }
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    let id = match id.rsplit_once('v') {
        Some((paper, version)) if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) => paper,
        _ => id,
    };
    format!("abs/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_equal() {
        let plain = normalise("https://example.org/a/Page");
        for other in [
            "http://www.Example.org/a/Page/",
            "//example.org/a/Page#part",
            "https://example.org:443/a/Page?utm_source=x&fbclid=y",
            "www.example.org/a/Page?",
            "https://example.org/a/Page?commentId=x1",
            "https://example.org/a/Page/comment/123",
            "https://example.org/a/%50age",
        ] {
            assert_eq!(normalise(other), plain, "{other}");
        }
        assert_eq!(normalise("https://a.org/on_%28b%29,%20%C3%A9"), normalise("https://a.org/on_(b),%20é"));
        assert_eq!(normalise("https://arxiv.org/pdf/2311.08379v2.pdf"), normalise("arxiv.org/abs/2311.08379"));
    }

    #[test]
    fn addresses_of_different_pages_differ() {
        let plain = normalise("https://example.org/a");
        for other in [
            "https://example.org/b",
            "https://example.com/a",
            "https://example.org/a?p=2",
            "https://example.org/A",
            "https://example.org/a%2Fb",
            "https://example.org/a%",
        ] {
            assert_ne!(normalise(other), plain, "{other}");
        }
    }

    #[test]
    fn an_identifier_is_found_in_every_form() {
        for text in ["10.1000/ABC", "doi:10.1000/abc", "https://doi.org/10.1000/abc", "http://dx.doi.org/10.1000/abc"] {
            assert_eq!(doi(text).as_deref(), Some("10.1000/abc"), "{text}");
        }
        assert_eq!(doi("https://example.org/10.1000"), None);
    }
}
