//! Pointers from a note to a source.

use ibid_text::Span;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

/// A pointer to a source, or a link that may be one. The corpus, which knows the files, resolves it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Citation {
    /// The pointer in the running text: the link, the key, the footnote mark.
    pub span: Span,
    /// The target alone, without brackets and `@`: inside `span`, in the definition of a link, or in a footnote.
    pub target_span: Span,
    /// The target.
    pub target: Target,
    /// The footnote that contains the target (index into [`crate::Note::footnotes`]), if any.
    pub footnote: Option<u32>,
    /// A locator as written: "p. 3".
    pub locator: Option<String>,
    /// Whether it is a bare `@word` in running text, which is a citation only if a source or bibliography defines it.
    pub bare: bool,
}

/// The target of a citation, as written.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Target {
    /// A pandoc key, without the `@`.
    Key(String),
    /// `[[file#Heading]]`, `[[file#^block]]`.
    Wiki {
        /// The name before `#`; empty means this note.
        file: String,
        /// The part after `#`.
        fragment: Option<Fragment>,
    },
    /// A Markdown link to a file, or a plain file path in a footnote; percent-decoded.
    Path {
        /// The path before `#`; empty means this note.
        path: String,
        /// The part after `#`.
        fragment: Option<Fragment>,
    },
    /// A web address.
    Url {
        /// The address before `#`.
        url: String,
        /// The part after `#`.
        fragment: Option<Fragment>,
    },
    /// A footnote without a pointer, such as a printed reference.
    Words,
    /// The mark of an undefined footnote; its label.
    NoFootnote(String),
}

impl Target {
    /// Whether it points into its own note.
    pub fn is_within_note(&self) -> bool {
        matches!(self, Self::Wiki { file, .. } | Self::Path { path: file, .. } if file.is_empty())
    }

    /// The part after `#`.
    pub fn fragment(&self) -> Option<&Fragment> {
        match self {
            Self::Wiki { fragment, .. } | Self::Path { fragment, .. } | Self::Url { fragment, .. } => fragment.as_ref(),
            Self::Key(_) | Self::Words | Self::NoFootnote(_) => None,
        }
    }

    /// The target without the part after `#`.
    #[must_use]
    pub fn without_fragment(&self) -> Self {
        let mut whole = self.clone();
        if let Self::Wiki { fragment, .. } | Self::Path { fragment, .. } | Self::Url { fragment, .. } = &mut whole {
            *fragment = None;
        }
        whole
    }
}

/// The part of a pointer after `#`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Fragment {
    /// A heading, or any other id. `Part#Chapter` is a path of headings, each inside the one before it (Obsidian).
    Heading(String),
    /// An Obsidian block id, without `^`.
    Block(String),
    /// `#L42-L58`: 1-based, inclusive.
    Lines {
        /// First line.
        first: u32,
        /// Last line.
        last: u32,
    },
    /// A text fragment (WICG): `#:~:text=[prefix-,]start[,end][,-suffix]`, percent-decoded.
    Text {
        /// Context before.
        prefix: Option<String>,
        /// First words.
        start: String,
        /// Last words.
        end: Option<String>,
        /// Context after.
        suffix: Option<String>,
    },
}

/// A footnote definition, or an inline note `^[…]`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Footnote {
    /// Its label; empty for an inline note.
    pub label: String,
    /// The whole definition.
    pub span: Span,
    /// Its marks in the running text.
    pub marks: Vec<Span>,
}

/// The target of a Markdown link; `None` if it cannot be a source (`mailto:` and the like).
pub(crate) fn link_target(destination: &str) -> Option<Target> {
    let destination = destination.trim();
    let (place, fragment) = split_fragment(destination);
    match scheme(place) {
        Some(scheme) if NOT_A_SOURCE.iter().any(|other| scheme.eq_ignore_ascii_case(other)) => None,
        Some(_) => Some(Target::Url { url: place.to_owned(), fragment }),
        None if place.starts_with("//") || place.starts_with("www.") => {
            Some(Target::Url { url: place.to_owned(), fragment })
        }
        None if place.is_empty() && fragment.is_none() => None,
        None => Some(Target::Path { path: decode(place), fragment }),
    }
}

/// The target of the wiki-link `[[name]]`.
pub(crate) fn wiki_target(name: &str) -> Target {
    let name = name.trim().trim_end_matches('\\');
    let (file, fragment) = split_fragment(name);
    Target::Wiki { file: file.trim().to_owned(), fragment }
}

/// Whether a path names an image, audio or video file, which no note quotes.
pub fn is_media(path: &str) -> bool {
    let path = path.split(['#', '|']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, extension)| MEDIA.iter().any(|m| extension.trim().eq_ignore_ascii_case(m)))
}

/// Whether a path may be that of a note: it ends with `.md`, or has no extension.
pub(crate) fn may_be_note(target: &Target) -> bool {
    let Target::Path { path, .. } = target else { return false };
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    !name.is_empty() && extension.is_none_or(|end| ["md", "markdown"].iter().any(|md| end.eq_ignore_ascii_case(md)))
}

/// URL schemes without quotable text.
const NOT_A_SOURCE: &[&str] = &["mailto", "tel", "javascript", "data", "sms", "obsidian"];

/// File extensions of images, audio and video.
const MEDIA: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "tiff", "mp3", "mp4", "m4a", "wav", "ogg",
    "flac", "webm", "mov", "mkv", "canvas",
];

/// The scheme of an address: RFC 3986, section 3.1, of at least two letters (`C:` is a drive).
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut chars = scheme.chars();
    let starts = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let goes_on = chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (starts && goes_on && scheme.len() > 1).then_some(scheme)
}

fn split_fragment(pointer: &str) -> (&str, Option<Fragment>) {
    match pointer.split_once('#') {
        Some((place, fragment)) => (place, Fragment::parse(fragment)),
        None => (pointer, None),
    }
}

impl Fragment {
    /// Parses the part after `#`; `None` if it is empty.
    pub fn parse(fragment: &str) -> Option<Self> {
        if let Some((_, directives)) = fragment.split_once(":~:") {
            return directives.split('&').find_map(|directive| Self::text(directive.strip_prefix("text=")?));
        }
        if let Some(block) = fragment.rsplit('#').next().and_then(|last| last.strip_prefix('^')) {
            return Some(Self::Block(decode(block.trim())));
        }
        if let Some(lines) = Self::lines(fragment) {
            return Some(lines);
        }
        let headings = fragment.split('#').map(str::trim).filter(|heading| !heading.is_empty());
        let path: Vec<String> = headings.map(decode).collect();
        (!path.is_empty()).then(|| Self::Heading(path.join("#")))
    }

    /// The heading that it leads to, without those around it in a path.
    pub fn heading(&self) -> Option<&str> {
        match self {
            Self::Heading(path) => path.rsplit('#').next(),
            Self::Block(_) | Self::Lines { .. } | Self::Text { .. } => None,
        }
    }

    /// A text directive: `[prefix-,]start[,end][,-suffix]` (WICG, Scroll to Text Fragment, section 3.2).
    fn text(directive: &str) -> Option<Self> {
        let mut parts: Vec<&str> = directive.split(',').collect();
        let prefix = parts.first().and_then(|part| part.strip_suffix('-')).map(decode);
        if prefix.is_some() {
            parts.remove(0);
        }
        let suffix = parts.last().and_then(|part| part.strip_prefix('-')).map(decode);
        if suffix.is_some() {
            parts.pop();
        }
        match parts.as_slice() {
            [start] if !start.is_empty() => Some(Self::Text { prefix, start: decode(start), end: None, suffix }),
            [start, end] if !start.is_empty() && !end.is_empty() => {
                Some(Self::Text { prefix, start: decode(start), end: Some(decode(end)), suffix })
            }
            _ => None,
        }
    }

    /// `L42` or `L42-L58`, also `L42-58`.
    fn lines(fragment: &str) -> Option<Self> {
        let (first, last) = fragment.split_once('-').unwrap_or((fragment, fragment));
        let first = first.strip_prefix('L')?.parse().ok()?;
        let last = last.strip_prefix('L').unwrap_or(last).parse().ok()?;
        (1 <= first && first <= last).then_some(Self::Lines { first, last })
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(directive: &str) -> Option<Fragment> {
        Fragment::parse(&format!(":~:text={directive}"))
    }

    #[test]
    fn text_fragments_have_context_start_and_end() {
        let owned = |s: &str| Some(s.to_owned());
        let start = || "a b".to_owned();
        assert_eq!(text("a%20b"), Some(Fragment::Text { prefix: None, start: start(), end: None, suffix: None }));
        assert_eq!(
            text("x-,a%20b,c%2Cd,-y"),
            Some(Fragment::Text { prefix: owned("x"), start: start(), end: owned("c,d"), suffix: owned("y") })
        );
        assert_eq!(text(""), None);
        assert_eq!(text("a,b,c"), None);
        assert_eq!(Fragment::parse("part:~:text=a%20b&text=c"), text("a%20b"));
    }

    #[test]
    fn fragments_are_distinguished() {
        assert_eq!(Fragment::parse("L4-L9"), Some(Fragment::Lines { first: 4, last: 9 }));
        assert_eq!(Fragment::parse("L4"), Some(Fragment::Lines { first: 4, last: 4 }));
        assert_eq!(Fragment::parse("L9-L4"), Some(Fragment::Heading("L9-L4".into())));
        assert_eq!(Fragment::parse("^ab12"), Some(Fragment::Block("ab12".into())));
        assert_eq!(Fragment::parse("Part#A%20chapter"), Some(Fragment::Heading("Part#A chapter".into())));
        assert_eq!(Fragment::parse("#Part#A%20chapter").expect("a heading").heading(), Some("A chapter"));
        assert_eq!(Fragment::parse(""), None);
    }

    #[test]
    fn destinations_are_distinguished() {
        let path = |path: &str| Some(Target::Path { path: path.into(), fragment: None });
        assert_eq!(link_target("a%20b.txt"), path("a b.txt"));
        assert_eq!(link_target("C:/a.txt"), path("C:/a.txt"));
        assert_eq!(link_target("mailto:a@b.org"), None);
        assert_eq!(link_target("https://a.org/x"), Some(Target::Url { url: "https://a.org/x".into(), fragment: None }));
    }
}
