//! TeX in the fields of an entry, as plain text.

/// The most commands within each other that are resolved.
const DEEPEST: usize = 64;

/// A field without the TeX commands that the parser left in it: `\emph{dawn}` is "dawn", `\enquote{dusk}` is “dusk”. An
/// unknown command without an argument is dropped.
pub(super) fn plain(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    write_plain(text, 0, &mut out);
    out
}

fn write_plain(text: &str, depth: usize, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = command(&rest[at + 1..], depth, out);
    }
    out.push_str(rest);
}

/// Writes the text of the command whose name `text` begins with. Returns what follows the command.
fn command<'t>(text: &'t str, depth: usize, out: &mut String) -> &'t str {
    let name_end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    if name_end == 0 {
        return symbol(text, out);
    }
    let (name, behind) = text.split_at(name_end);
    let argument_start = behind.trim_start();
    let Some(argument) = argument_start.strip_prefix('{').and_then(argument).filter(|_| depth < DEEPEST) else {
        return behind.trim_start();
    };
    let [open, close] = if name == "enquote" { ["“", "”"] } else { ["", ""] };
    out.push_str(open);
    write_plain(argument, depth + 1, out);
    out.push_str(close);
    &argument_start[argument.len() + 2..]
}

/// Writes the text of a command whose name is a symbol. Returns what follows it.
fn symbol<'t>(text: &'t str, out: &mut String) -> &'t str {
    let mut chars = text.chars();
    match chars.next() {
        // A place where a word may be broken, and a narrow space.
        Some('-' | '/' | '!') | None => {}
        Some(',' | ';' | ':' | ' ') => out.push(' '),
        Some(c) => out.push(c),
    }
    chars.as_str()
}

/// The text up to the brace that closes an argument.
fn argument(text: &str) -> Option<&str> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&text[..at]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn commands_are_resolved() {
        for (tex, text) in [
            ("Plain", "Plain"),
            (r"\enquote{Dusk} and \emph{dawn}", "“Dusk” and dawn"),
            (r"H\textsubscript{2}O, \textit{in \textbf{bold}}", "H2O, in bold"),
            (r"Wa\-ter \& \LaTeX use", "Water & use"),
            (r"open \emph{brace", "open {brace"),
            ("ends in \\", "ends in "),
        ] {
            assert_eq!(plain(tex), text, "{tex}");
        }
    }
}
