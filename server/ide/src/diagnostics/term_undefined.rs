//! `term-undefined`

use std::sync::Arc;

use ibid_corpus::{Severity, Term, is_acronym};
use ibid_language::List;
use ibid_text::words;
use rustc_hash::FxHashSet;

use super::Rule;
use crate::analysis::{
    checked_note::CheckedNote,
    finding::{Code, Finding, Related},
    term::describe,
};

/// The most examples of use that are shown.
const SHOWN: usize = 3;

pub(super) const RULE: Rule = Rule {
    code: Code::TermUndefined,
    name: "term-undefined",
    severity: Severity::Off,
    summary: "No note and no source spells out an acronym.",
    documentation: r"## What it does

Reports the first use of an acronym that is neither spelled out nor defined anywhere in the workspace. A word in capitals is
not an acronym if the note also writes it in lower case, or if the sources only sometimes write it in capitals. Off by
default: the only reader of many notes is their writer.

## Why it matters

After a year, even its writer may not remember what an acronym means.

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

fn check(checked: &CheckedNote<'_>, findings: &mut Vec<Finding>) {
    if !checked.language().has_pack() {
        return;
    }
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let lower: FxHashSet<String> = checked
        .note
        .statements
        .iter()
        .flat_map(|statement| words(statement.words.text()).map(|word| word.span.of(statement.words.text())))
        .filter(|written| !written.contains(char::is_uppercase))
        .map(str::to_owned)
        .collect();
    let everyday = checked.language().words(List::EverydayAcronym);
    for statement in &checked.note.statements {
        let text = statement.words.text();
        for word in words(text) {
            let written = word.span.of(text);
            let name = written.strip_suffix('s').unwrap_or(written);
            let is_known = !is_acronym(written) || everyday.contains(&name) || lower.contains(&name.to_lowercase());
            if is_known || !seen.insert(name) {
                continue;
            }
            let found = checked.snapshot.terms().find(name);
            if found.is_none_or(|term| term.senses.is_empty() && !checked.snapshot.is_shouted(term)) {
                let span = statement.words.to_original(word.span);
                let message = format!("Undefined acronym: no note or source spells out “{name}”");
                let examples = |term: &Arc<Term>| {
                    describe(checked.snapshot, term, None, checked.snapshot.frequency_of(term)).examples
                };
                let places = found.map(examples).unwrap_or_default();
                let related = places.into_iter().take(SHOWN).map(|place| Related::at(place, "Used here"));
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
