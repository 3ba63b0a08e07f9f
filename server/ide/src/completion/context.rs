use ibid_text::Span;

/// What is being typed at the cursor. It is read from the text of the line, since a half-written citation is not one yet for
/// the parsed note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Context {
    /// The name in `[[name`.
    Wiki(Span),
    /// The text after `#` in a link.
    Heading {
        /// The file as the link writes it.
        target: Written,
        /// The typed part of the heading.
        span: Span,
    },
    /// The id in `[[file#^id`.
    Block {
        /// The file as the link writes it.
        target: Written,
        /// The typed part of the id.
        span: Span,
    },
    /// The words of an open quotation.
    Quotation {
        /// The mark that will close it.
        closing: char,
        /// The typed words.
        span: Span,
    },
    /// The key in `@key`.
    Key(Span),
    /// The label in `[^label`.
    Footnote(Span),
    /// Plain words.
    Words,
}

/// The file of a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Written {
    /// `[[name#`
    Wiki(String),
    /// `](path#`
    Path(String),
}

/// Reads the line up to the cursor; `None` if nothing can be completed there.
pub(super) fn read(text: &str, offset: u32) -> Option<Context> {
    let before = text.get(..offset as usize)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let typed = &before[line..];
    let from = |at: usize| Span::new((line + at) as u32, offset);
    if let Some(open) = opened(typed, "[[", "]]") {
        let inside = &typed[open..];
        return match inside.find(['#', '|']) {
            Some(at) if inside[at..].starts_with('|') => None,
            Some(at) => {
                let last = inside.rfind('#').unwrap_or(at) + 1;
                let target = Written::Wiki(inside[..at].to_owned());
                match inside[last..].strip_prefix('^') {
                    _ if inside[last..].contains('|') => None,
                    Some(_) => Some(Context::Block { target, span: from(open + last + 1) }),
                    None => Some(Context::Heading { target, span: from(open + last) }),
                }
            }
            None => Some(Context::Wiki(from(open))),
        };
    }
    if let Some(open) = opened(typed, "](", ")") {
        let (path, heading) = typed[open..].split_once('#')?;
        let target = Written::Path(path.replace("%20", " "));
        return Some(Context::Heading { target, span: from(typed.len() - heading.len()) });
    }
    if let Some(open) = opened(typed, "[^", "]").filter(|&open| !typed[open..].contains(char::is_whitespace)) {
        return Some(Context::Footnote(from(open)));
    }
    let key = typed.trim_end_matches(|c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c));
    let is_lead = |lead: &str| !lead.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '@' | '/'));
    if key.strip_suffix('@').is_some_and(is_lead) {
        return Some(Context::Key(from(key.len())));
    }
    Some(match quotation(typed) {
        Some((closing, at)) => Context::Quotation { closing, span: from(at) },
        None => Context::Words,
    })
}

/// Where the text after the last `open` begins, if no `close` follows.
fn opened(typed: &str, open: &str, close: &str) -> Option<usize> {
    let at = typed.rfind(open)? + open.len();
    (!typed[at..].contains(close)).then_some(at)
}

/// The quotation that is open at the end of a line: its closing mark, and where its words begin. Straight marks open and
/// close in turn.
fn quotation(typed: &str) -> Option<(char, usize)> {
    const PAIRS: [(char, char); 4] = [('“', '”'), ('„', '“'), ('«', '»'), ('「', '」')];
    let mut open = None;
    for (at, c) in typed.char_indices() {
        let begins = |closing| Some((closing, at + c.len_utf8()));
        match open {
            Some((closing, _)) if c == closing => open = None,
            Some(_) => {}
            None if c == '"' => open = begins('"'),
            None => open = PAIRS.iter().find(|(opening, _)| *opening == c).and_then(|(_, closing)| begins(*closing)),
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::{Context, read};

    /// Checks what is read from a line with the cursor at its end.
    fn check(line: &str, expected: &str) {
        let text = format!("Before.\n{line}");
        let shown = match read(&text, text.len() as u32) {
            None => "nothing".to_owned(),
            Some(Context::Wiki(span)) => format!("wiki {:?}", span.of(&text)),
            Some(Context::Heading { target, span }) => format!("{target:?} heading {:?}", span.of(&text)),
            Some(Context::Key(span)) => format!("key {:?}", span.of(&text)),
            Some(Context::Footnote(span)) => format!("footnote {:?}", span.of(&text)),
            Some(Context::Block { target, span }) => format!("{target:?} block {:?}", span.of(&text)),
            Some(Context::Quotation { closing, span }) => format!("quotation {:?} {closing}", span.of(&text)),
            Some(Context::Words) => "words".to_owned(),
        };
        assert_eq!(shown, expected, "{line}");
    }

    #[test]
    fn citations_are_distinguished_from_words() {
        check("See [[on sch", "wiki \"on sch\"");
        check("See [[", "wiki \"\"");
        check("See [[a]] and so", "words");
        check("See [[a#In", "Wiki(\"a\") heading \"In\"");
        check("See [[#", "Wiki(\"\") heading \"\"");
        check("See [[a|text", "nothing");
        check("See [[a#^blo", "Wiki(\"a\") block \"blo\"");
        check("See [it](my%20notes/a.md#in", "Path(\"my notes/a.md\") heading \"in\"");
        check("See [it](a.md", "nothing");
        check("So [see @car", "key \"car\"");
        check("So [-@car:20", "key \"car:20\"");
        check("So @", "key \"\"");
        check("me@example", "words");
        check("So[^1", "footnote \"1\"");
        check("So[^1] it", "words");
        check("They say “so it", "quotation \"so it\" ”");
        check("They say \"so\" and \"it is", "quotation \"it is\" \"");
        check("Sie sagen „so“ und", "words");
        check("So it is", "words");
        check("", "words");
    }
}
