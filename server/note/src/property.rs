//! Wiki-links in front matter, as in the properties of Obsidian: `source: "[[name]]"`.

use ibid_text::Span;

use crate::{Citation, FrontMatter, citation, written::wiki_name};

/// The wiki-links in the front matter of a note, in order. What YAML would read as other letters than are written is left out.
pub(crate) fn links(text: &str, front_matter: &FrontMatter) -> Vec<Citation> {
    let mut links = Vec::new();
    let mut line_start = front_matter.span.start;
    for line in front_matter.span.of(text).split_inclusive('\n') {
        let is_comment = line.trim_start().starts_with('#');
        links.extend(in_line(line).filter(|_| !is_comment).map(|span| citation(text, span.shift(line_start))));
        line_start += line.len() as u32;
    }
    links
}

/// The spans of the wiki-links in a line.
fn in_line(line: &str) -> impl Iterator<Item = Span> + '_ {
    line.match_indices("[[").filter_map(|(start, _)| {
        let inside = &line[start + 2..];
        let name = &inside[..inside.find("]]")?];
        let is_plain = !name.trim().is_empty() && !name.contains(['[', ']', '\\', '"']) && !name.contains("''");
        is_plain.then(|| Span::from(start..start + name.len() + 4))
    })
}

fn citation(text: &str, span: Span) -> Citation {
    let target_span = wiki_name(text, span);
    let target = citation::wiki_target(target_span.of(text));
    Citation { span, target_span, target, footnote: None, locator: None, bare: false }
}

#[cfg(test)]
mod tests {
    use ibid_language::Language;

    use crate::Target;

    /// The links of a note with this front matter: each as written, and its target.
    fn check(yaml: &str, expected: &[(&str, &str)]) {
        let text = format!("---\n{yaml}---\n\nWords.\n");
        let note = crate::parse(&text, Language::ENGLISH);
        let found: Vec<(&str, String)> = note
            .citations
            .iter()
            .map(|link| match &link.target {
                Target::Wiki { file, .. } => (link.span.of(&text), file.clone()),
                other => panic!("{other:?}"),
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|(span, file)| (*span, (*file).to_owned())).collect();
        assert_eq!(found, expected, "{yaml}");
        assert!(note.citations.iter().all(|link| note.is_property(link)));
    }

    #[test]
    fn links_in_properties_are_read() {
        check("source: \"[[Old log]]\"\n", &[("[[Old log]]", "Old log")]);
        check("up: '[[Old log#Part|the log]]'\n", &[("[[Old log#Part|the log]]", "Old log")]);
        check("related:\n  - \"[[a]]\"\n  - \"[[b/c]]\"\n", &[("[[a]]", "a"), ("[[b/c]]", "b/c")]);
        check("related: [\"[[a]]\", \"[[b]]\"]\n", &[("[[a]]", "a"), ("[[b]]", "b")]);
        check("source: [[kwa]]\n", &[("[[kwa]]", "kwa")]);
        check("cover: \"![[map.md]]\"\n", &[("[[map.md]]", "map.md")]);
    }

    #[test]
    fn what_is_no_link_is_left_alone() {
        check("# up: \"[[a]]\"\ntitle: x\n", &[]);
        check("sums: [[1, 2], [3, 4]]\n", &[]);
        check("a: \"[[]]\"\nb: \"[[c\"\nd: \"[[x \\\" y]]\"\n", &[]);
    }
}
