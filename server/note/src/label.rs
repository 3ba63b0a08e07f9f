//! Labels that a note defines for its own sections, figures, tables and equations, to which it refers as `@fig-levels`
//! (Quarto), `@fig:levels` (pandoc-crossref) or `\ref{…}`.

/// The labels that the note defines, sorted, each once.
///
/// They are found by their notation alone, wherever it stands: a label that is found in error only means that a key of the
/// same name is not looked for.
pub(crate) fn find(text: &str) -> Vec<String> {
    let mut labels: Vec<String> = text.lines().filter_map(of_line).map(str::to_owned).collect();
    for (before, ends) in NOTATIONS {
        let rests = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
        labels.extend(rests.map(|rest| rest.split(ends).next().unwrap_or_default()).map(str::to_owned));
    }
    labels.retain(|label| !label.is_empty() && label.len() <= LONGEST);
    labels.sort_unstable();
    labels.dedup();
    labels
}

/// No label is longer, in bytes.
const LONGEST: usize = 100;

/// What stands before a label, and the marks that end it: attributes of pandoc (`# Words {#sec-words .class}`, also after
/// figures, tables and mathematics), HTML and LaTeX.
const NOTATIONS: [(&str, &[char]); 4] =
    [("{#", &['}', ' ', '\n', '\r']), (" id=\"", &['"', '\n']), (" id='", &['\'', '\n']), ("\\label{", &['}', '\n'])];

/// The label that a whole line defines: an option of a code cell (`#| label: fig-levels`), the head of a code cell
/// (`{r fig-levels, echo=FALSE}` behind its fence), or a target of `MyST` (`(sec-words)=`).
fn of_line(line: &str) -> Option<&str> {
    let line = line.trim();
    if let Some((_, option)) = line.split_once("| label:").filter(|(before, _)| is_comment_mark(before)) {
        return Some(option.trim().trim_matches(['"', '\'']));
    }
    if let Some(head) = line.strip_prefix("```").map(|rest| rest.trim_start_matches('`').trim_start()) {
        let mut words = head.strip_prefix('{')?.split([' ', ',', '}']).filter(|word| !word.is_empty());
        return words.nth(1).filter(|label| !label.contains('=') && !label.starts_with('.'));
    }
    line.strip_prefix('(')?.strip_suffix(")=")
}

/// Whether a text is the mark of a comment in some programming language.
fn is_comment_mark(text: &str) -> bool {
    matches!(text.trim(), "#" | "//" | "--" | "%" | "%%" | ";" | ";;" | "*")
}

#[cfg(test)]
mod tests {
    use super::find;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(find(text), expected, "{text}");
    }

    #[test]
    fn labels_are_found_in_every_notation() {
        check("# Gates {#sec-gates .wide}\n", &["sec-gates"]);
        check(
            "$$ a $$ {#eq-sum}\n\n![x](y.png){#fig-y width=3}\n\n: Sums {#tbl-sums}\n",
            &["eq-sum", "fig-y", "tbl-sums"],
        );
        check("::: {#thm-gates}\nText.\n:::\n", &["thm-gates"]);
        check("```{python}\n#| label: fig-levels\n```\n```{r fig-two, echo=FALSE}\n```\n", &["fig-levels", "fig-two"]);
        check("```{#lst-count .python}\n//| label: \"tbl-x\"\n```\n", &["lst-count", "tbl-x"]);
        check(
            "(sec-myst)=\n# Words\n<div class=a id=\"fig-html\">\n\\label{eq:tex}\n",
            &["eq:tex", "fig-html", "sec-myst"],
        );
    }

    #[test]
    fn other_lines_define_none() {
        check("A table | label: x\n```{python}\n```\n(a) = b\n", &[]);
    }
}
