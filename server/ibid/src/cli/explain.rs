//! `ibid explain`: explains a diagnostic code.

use ibid_ide::{Code, RULES};

/// `ibid explain [CODE]`
#[derive(clap::Args)]
pub(super) struct Explain {
    /// The code. Without one, all codes are listed.
    code: Option<String>,
}

/// There is no such code.
#[derive(Debug, thiserror::Error)]
#[error("unknown code `{name}`; did you mean `{nearest}`?")]
pub(super) struct UnknownCode {
    name: String,
    nearest: &'static str,
}

impl Explain {
    /// Prints the documentation of a code, or the list of codes.
    pub(super) fn run(&self) -> Result<(), UnknownCode> {
        let Some(name) = &self.code else {
            for rule in RULES {
                anstream::println!("{:<21}{}", rule.name, rule.summary);
            }
            return Ok(());
        };
        let rule = Code::named(name).ok_or_else(|| unknown(name))?.rule();
        anstream::println!("# {}\n\n{}\n\n{}", rule.name, rule.summary, rule.documentation.trim());
        Ok(())
    }
}

fn unknown(name: &str) -> UnknownCode {
    let likeness = |code: &str| strsim::jaro_winkler(name, code);
    let nearest = RULES.iter().map(|rule| rule.name).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    UnknownCode { name: name.to_owned(), nearest: nearest.unwrap_or_default() }
}
