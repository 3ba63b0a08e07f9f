//! `term-undefined`

use std::sync::Arc;

use ibid_corpus::{Severity, Term, is_acronym};
use ibid_text::words;
use rustc_hash::FxHashSet;

use super::{Code, Context, Finding, Related, Rule};
use crate::term::describe;

/// Acronyms that nobody spells out.
const EVERYDAY: [&str; 24] = [
    "AI", "API", "CEO", "CPU", "DIY", "DNA", "EU", "FAQ", "GPU", "HTML", "HTTP", "ID", "OK", "PDF", "PS", "TV", "UI",
    "UK", "UN", "URL", "US", "USA", "USB", "TODO",
];

/// How many uses elsewhere are shown.
const SHOWN: usize = 3;

pub(super) const RULE: Rule = Rule {
    code: Code::TermUndefined,
    name: "term-undefined",
    severity: Severity::Off,
    summary: "An acronym that neither the note nor any source spells out.",
    documentation: r"## What it does

Reports the first use of an acronym for which the whole workspace has no expansion and no definition. A word that the
note also writes in lower case is emphasis and no acronym, and so is one that the sources write in capitals here and
there. Off by default: many notes are for one reader, who knows.

## Why it matters

An acronym is plain to its writer for about a year.

## Fires

```
//- /sources/page.txt
We simulate progress after the deployment of ASARA.
//- /notes/note.md
Progress before ASARA counts, too.
```

## Does not fire

A source spells it out.

```
//- /sources/page.txt
There is too much emphasis on expected utility maximization (EUM).
//- /notes/note.md
Formalisms weaker than EUM are rare.
```
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !context.snapshot.language().has_pack() {
        return;
    }
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let lower: FxHashSet<String> = context
        .note
        .statements
        .iter()
        .flat_map(|statement| words(statement.words.text()).map(|word| word.span.of(statement.words.text())))
        .filter(|written| !written.contains(char::is_uppercase))
        .map(str::to_owned)
        .collect();
    for statement in &context.note.statements {
        let text = statement.words.text();
        for word in words(text) {
            let written = word.span.of(text);
            let name = written.strip_suffix('s').unwrap_or(written);
            let is_told = !is_acronym(written) || EVERYDAY.contains(&name) || lower.contains(&name.to_lowercase());
            if is_told || !seen.insert(name) {
                continue;
            }
            let found = context.snapshot.terms().find(name);
            if found.is_none_or(|term| term.senses.is_empty() && !context.snapshot.is_shouted(term)) {
                let span = statement.words.to_original(word.span);
                let message = format!("“{name}” is spelled out nowhere, neither here nor in a source");
                let telling = |term: &Arc<Term>| {
                    describe(context.snapshot, term, None, context.snapshot.frequency_of(term)).telling
                };
                let places = found.map(telling).unwrap_or_default();
                let related = places.into_iter().take(SHOWN).map(|place| Related::at(place, "used here"));
                let related = related.collect();
                findings.push(Finding { related, ..Finding::new(Code::TermUndefined, span, message) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;

    #[test]
    fn the_documentation_is_true() {
        super::super::examples::check(&RULE);
    }
}
