//! `ibid terms`: lists the terms that sources and notes define.

use std::path::PathBuf;

use ibid_corpus::Term;
use serde_json::json;

use super::{
    output::OutputFormat,
    workspace::{OpenError, Workspace, absolute, root_of},
};
use crate::printable::printable;

/// `ibid terms [PATH]`
#[derive(clap::Args)]
pub(super) struct Terms {
    /// The workspace, or any path in it.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// Also list acronyms that the sources use but never define.
    #[arg(long)]
    undefined: bool,
    /// Output format. JSON is one object per line.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

impl Terms {
    /// Prints each term with its counts, ordered by name.
    pub(super) fn run(&self) -> Result<(), OpenError> {
        let workspace = Workspace::open(&root_of(&absolute(&self.workspace)?));
        workspace.warn();
        let uses = workspace.snapshot.counts_of_all();
        let all = workspace.snapshot.terms().all().into_iter();
        let is_described = |term: &Term| !term.senses.is_empty() || !term.asked.is_empty();
        let is_undefined = |term: &Term| self.undefined && !workspace.snapshot.is_shouted(term);
        let listed = all.filter(|term| is_described(term) || is_undefined(term));
        for term in listed {
            let uses = uses.get(term.name.as_str()).copied().unwrap_or_default();
            match self.format {
                OutputFormat::Text => anstream::println!("{}", printable(&text(term, uses))),
                OutputFormat::Json => anstream::println!("{}", json(term, uses)),
            }
        }
        Ok(())
    }
}

fn text(term: &Term, uses: usize) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let mut facts = vec![count(term.senses.len(), "sense"), count(uses, "use")];
    if !term.asked.is_empty() {
        facts.push("definition asked for".to_owned());
    }
    if term.contested {
        facts.push("contested".to_owned());
    }
    format!("{:<30} {}", term.name, facts.join(", "))
}

fn json(term: &Term, uses: usize) -> serde_json::Value {
    json!({
        "term": term.name,
        "senses": term.senses.len(),
        "asked": term.asked.len(),
        "contested": term.contested,
        "uses": uses,
    })
}
