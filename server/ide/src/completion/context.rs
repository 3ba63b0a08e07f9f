use ibid_note::{Fragment, Target};
use ibid_text::Span;
use percent_encoding::percent_decode_str;

use super::open_mark::{self, OpenMark};

/// What is being typed at the cursor. It is read from the text of the line, since a half-written citation is not one yet for
/// the parsed note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Context {
    /// The name in `[[name`.
    Wiki {
        /// Where the name is written.
        slot: Slot,
        /// The part after the name, from `#` on; empty if there is none.
        fragment: Span,
    },
    /// The path in `](path`.
    Path {
        /// Where the path is written.
        slot: Slot,
        /// Whether it is in angle brackets, where nothing is percent-encoded.
        is_bracketed: bool,
        /// The part after the path, from `#` on; empty if there is none.
        fragment: Span,
    },
    /// The text after `#` in a link.
    Heading {
        /// The file as the link writes it.
        target: Written,
        /// Where the heading is written.
        slot: Slot,
        /// All that is written behind the first `#`: a path of headings, `Part#Chapter`.
        path: Span,
    },
    /// The id in `[[file#^id`.
    Block {
        /// The file as the link writes it.
        target: Written,
        /// Where the id is written.
        slot: Slot,
    },
    /// The words of an open quotation.
    Quotation {
        /// The mark that opened it.
        mark: OpenMark,
        /// The typed words.
        span: Span,
    },
    /// The key in `@key`, or `@{key`.
    Key(Slot),
    /// The label in `[^label`.
    Footnote(Slot),
    /// Plain words.
    Words,
}

/// A name that is being typed, or corrected, in a citation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Slot {
    /// All of the name, also what follows the cursor.
    pub(super) span: Span,
    /// The part before the cursor.
    pub(super) typed: Span,
    /// Whether the citation goes on or is closed behind the name.
    pub(super) is_closed: bool,
}

impl Slot {
    /// The closing mark, unless it is there.
    pub(super) const fn closing(self, mark: &'static str) -> &'static str {
        if self.is_closed { "" } else { mark }
    }
}

/// The file of a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Written {
    /// `[[name#`
    Wiki(String),
    /// `](path#`
    Path(String),
}

impl Written {
    /// The file as it is written.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Wiki(name) | Self::Path(name) => name.trim(),
        }
    }

    /// The target with this part after `#`.
    pub(super) fn place(&self, fragment: &str) -> Target {
        let fragment = Fragment::parse(fragment);
        match self {
            Self::Wiki(_) => Target::Wiki { file: self.name().to_owned(), fragment },
            Self::Path(_) => Target::Path { path: self.name().to_owned(), fragment },
        }
    }
}

/// Reads the line around the cursor; `None` if nothing can be completed there.
pub(super) fn read(text: &str, offset: u32) -> Option<Context> {
    let (before, after) = text.split_at_checked(offset as usize)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = Line { typed: &before[start..], rest: after.lines().next().unwrap_or_default(), offset };
    if let Some(open) = opened(line.typed, "[[", "]]") {
        return line.wiki_link(open);
    }
    if let Some(open) = opened(line.typed, "](", ")") {
        return Some(line.destination(open));
    }
    let is_label = |&open: &usize| !line.typed[open..].contains(char::is_whitespace);
    if let Some(open) = opened(line.typed, "[^", "]").filter(is_label) {
        let is_left = |label: &&str| !label.contains([' ', '\t', '[']);
        let left = line.rest.split_once(']').map(|(label, _)| label).filter(is_left);
        return Some(Context::Footnote(line.slot(open, left)));
    }
    if let Some(open) = opened(line.typed, "@{", "}") {
        return Some(Context::Key(line.slot(open, line.rest.split_once('}').map(|(key, _)| key))));
    }
    let key = line.typed.trim_end_matches(is_in_key);
    let is_lead = |lead: &str| !lead.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '@' | '/'));
    if key.strip_suffix('@').is_some_and(is_lead) {
        let left = &line.rest[..line.rest.len() - line.rest.trim_start_matches(is_in_key).len()];
        let left = left.trim_end_matches(|c: char| !c.is_alphanumeric());
        return Some(Context::Key(line.slot(key.len(), Some(left))));
    }
    Some(match open_mark::at_end(line.typed) {
        Some((mark, at)) => Context::Quotation { mark, span: line.typed_from(at) },
        None => Context::Words,
    })
}

/// Whether a key can have the character.
fn is_in_key(c: char) -> bool {
    c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c)
}

/// The line of the cursor.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// The line up to the cursor.
    typed: &'t str,
    /// The line behind the cursor.
    rest: &'t str,
    /// The cursor, in the text.
    offset: u32,
}

impl Line<'_> {
    /// What is typed from a byte of the line to the cursor.
    fn typed_from(self, at: usize) -> Span {
        Span::new(self.offset - (self.typed.len() - at) as u32, self.offset)
    }

    /// The name that begins at a byte of the line, with what is `left` of it behind the cursor if the citation is closed there.
    fn slot(self, at: usize, left: Option<&str>) -> Slot {
        let typed = self.typed_from(at);
        let end = typed.end + left.map_or(0, str::len) as u32;
        Slot { span: Span::new(typed.start, end), typed, is_closed: left.is_some() }
    }

    /// What is typed in a wiki-link whose name begins at a byte of the line.
    fn wiki_link(self, open: usize) -> Option<Context> {
        let inside = &self.typed[open..];
        if inside.contains('|') {
            return None;
        }
        let is_same_link = |rest: &&str| !rest.contains("[[");
        let left = self.rest.split_once("]]").map(|(rest, _)| rest).filter(is_same_link);
        let place = left.map(|rest| rest.split('|').next().unwrap_or_default().trim_end_matches('\\'));
        let left = place.map(|rest| rest.split('#').next().unwrap_or_default());
        let end = self.offset + place.map_or(0, str::len) as u32;
        let Some(hash) = inside.find('#') else {
            let slot = self.slot(open, left);
            return Some(Context::Wiki { slot, fragment: Span::new(slot.span.end, end) });
        };
        let target = Written::Wiki(inside[..hash].to_owned());
        let last = open + inside.rfind('#').unwrap_or(hash) + 1;
        if self.typed[last..].starts_with('^') {
            return Some(Context::Block { target, slot: self.slot(last + 1, left) });
        }
        let path = Span::new(self.typed_from(open + hash + 1).start, end);
        Some(Context::Heading { target, slot: self.slot(last, left), path })
    }

    /// What is typed in the destination of a link that begins at a byte of the line.
    fn destination(self, open: usize) -> Context {
        let is_bracketed = self.typed[open..].starts_with('<');
        let open = open + usize::from(is_bracketed);
        let inside = &self.typed[open..];
        let left = if is_bracketed {
            self.rest.split_once('>').map(|(rest, _)| rest)
        } else {
            // A title may follow the destination.
            self.rest.split_once(')').map(|(rest, _)| rest.split(char::is_whitespace).next().unwrap_or_default())
        };
        let end = self.offset + left.map_or(0, str::len) as u32;
        let left = left.map(|rest| rest.split('#').next().unwrap_or_default());
        let Some((path, heading)) = inside.split_once('#') else {
            let slot = self.slot(open, left);
            return Context::Path { slot, is_bracketed, fragment: Span::new(slot.span.end, end) };
        };
        let target = Written::Path(percent_decode_str(path).decode_utf8_lossy().into_owned());
        let slot = self.slot(self.typed.len() - heading.len(), left);
        Context::Heading { target, slot, path: Span::new(slot.span.start, end) }
    }
}

/// Where the text after the last `open` begins, if no `close` follows.
fn opened(typed: &str, open: &str, close: &str) -> Option<usize> {
    let at = typed.rfind(open)? + open.len();
    (!typed[at..].contains(close)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{Context, Slot, read};

    /// Checks what is read from a line with the cursor at `¦`, or at its end.
    fn check(line: &str, expected: &str) {
        let text = format!("Before.\n{}\nAfter]].", line.replace('¦', ""));
        let at = "Before.\n".len() + line.find('¦').unwrap_or(line.len());
        let shown = |slot: Slot| {
            let mark = if slot.is_closed { "" } else { ", open" };
            format!("{:?} of {:?}{mark}", slot.typed.of(&text), slot.span.of(&text))
        };
        let shown = match read(&text, at as u32) {
            None => "nothing".to_owned(),
            Some(Context::Wiki { slot, fragment }) => format!("wiki {}{}", shown(slot), fragment.of(&text)),
            Some(Context::Path { slot, .. }) => format!("path {}", shown(slot)),
            Some(Context::Heading { target, slot, .. }) => format!("{target:?} heading {}", shown(slot)),
            Some(Context::Key(slot)) => format!("key {}", shown(slot)),
            Some(Context::Footnote(slot)) => format!("footnote {}", shown(slot)),
            Some(Context::Block { target, slot }) => format!("{target:?} block {}", shown(slot)),
            Some(Context::Quotation { mark, span }) => format!("quotation {:?} {:?}", span.of(&text), mark.closing()),
            Some(Context::Words) => "words".to_owned(),
        };
        assert_eq!(shown, expected, "{line}");
    }

    #[test]
    fn citations_are_distinguished_from_words() {
        check("See [[on sch", r#"wiki "on sch" of "on sch", open"#);
        check("See [[", r#"wiki "" of "", open"#);
        check("See [[a]] and so", "words");
        check("See [[a#In", r#"Wiki("a") heading "In" of "In", open"#);
        check("See [[#", r#"Wiki("") heading "" of "", open"#);
        check("See [[a|text", "nothing");
        check("See [[a#^blo", r#"Wiki("a") block "blo" of "blo", open"#);
        check("See [it](my%20notes/a.md#in", r#"Path("my notes/a.md") heading "in" of "in", open"#);
        check("See [it](a.m", r#"path "a.m" of "a.m", open"#);
        check("So [see @car", r#"key "car" of "car""#);
        check("So [-@car:20", r#"key "car:20" of "car:20""#);
        check("So [@{car 20", r#"key "car 20" of "car 20", open"#);
        check("So @", r#"key "" of """#);
        check("me@example", "words");
        check("So[^1", r#"footnote "1" of "1", open"#);
        check("So[^1] it", "words");
        check("They say “so it", r#"quotation "so it" "”""#);
        check("They say \"so\" and \"it is", r#"quotation "it is" "\"""#);
        check("Sie sagen „so“ und", "words");
        check("So it is", "words");
        check("", "words");
    }

    #[test]
    fn what_stands_behind_the_cursor_belongs_to_the_name() {
        check("See [[mi¦ll]] there", r#"wiki "mi" of "mill""#);
        check("See [[¦mill]]", r#"wiki "" of "mill""#);
        check("See ![[mi¦ll.png|200]]", r#"wiki "mi" of "mill.png""#);
        check("| [[mi¦ll\\|old]] |", r#"wiki "mi" of "mill""#);
        check("See [[mi¦ll#Wheel|it]]", r##"wiki "mi" of "mill"#Wheel"##);
        check("See [[mill#Whe¦al#Hub|it]]", r#"Wiki("mill") heading "Whe" of "Wheal""#);
        check("See [[mill#^oa¦k]]", r#"Wiki("mill") block "oa" of "oak""#);
        check("See [[mi¦ and [[other]]", r#"wiki "mi" of "mi", open"#);
        check("See [[mi¦ on", r#"wiki "mi" of "mi", open"#);
        check("See [it](mi¦ll.md) there", r#"path "mi" of "mill.md""#);
        check("See [it](mi¦ll.md#wheel \"t\")", r#"path "mi" of "mill.md""#);
        check("See [it](<my mi¦ll.md>)", r#"path "my mi" of "my mill.md""#);
        check("See [it](mill.md#wh¦eel)", r#"Path("mill.md") heading "wh" of "wheel""#);
        check("So [@ca¦rd, p. 3]", r#"key "ca" of "card""#);
        check("So @ca¦rd.", r#"key "ca" of "card""#);
        check("So [@{ca¦rd 2}]", r#"key "ca" of "card 2""#);
        check("So[^no¦te] it", r#"footnote "no" of "note""#);
        check("So[^no¦ it is [a]", r#"footnote "no" of "no", open"#);
    }
}
