//! An editor's settings, which go before the file.

use serde_json::Value;

use super::{Config, ConfigProblem};

impl Config {
    /// The same with what an editor's settings say in the place of what the file says. `settings` is an object of the form
    /// that the schema of `ibid.toml` describes; `null` in it says nothing, and severities are set code by code. With it, what
    /// is wrong in the settings; the rest of them holds.
    #[must_use]
    pub fn with_settings(self, settings: &Value) -> (Self, Vec<String>) {
        let said = without_nulls(settings);
        if said.as_object().is_none_or(serde_json::Map::is_empty) {
            return (self, Vec::new());
        }
        let text = match toml_edit::ser::to_string(&said) {
            Ok(text) => text,
            Err(error) => return (self, vec![error.to_string()]),
        };
        let (mut config, problems) = (self.clone(), self.problems);
        config.problems = Vec::new();
        let mut amended = config.amended(&text);
        let wrong = std::mem::replace(&mut amended.problems, problems);
        (amended, wrong.into_iter().map(|ConfigProblem { message, .. }| message).collect())
    }
}

/// A value without what says nothing.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let said = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(said.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;
    use crate::Severity;

    const FILE: &str =
        "sources = [\"a\"]\nlanguage = \"de\"\n[severity]\nquote-altered = \"hint\"\nterm-undefined = \"hint\"\n";

    #[test]
    fn settings_go_before_the_file() {
        let file = Config::parse(Path::new("/w"), FILE);
        let settings = json!({
            "sources": null, "quotes": { "minimum-words": 7 }, "severity": { "quote-altered": "error" },
        });
        let (config, wrong) = file.clone().with_settings(&settings);
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!((&config.sources, &config.language, config.minimum_words), (&file.sources, &file.language, 7));
        let severity = |code: &str| config.severity.get(code).copied();
        assert_eq!(severity("quote-altered"), Some(Severity::Error));
        assert_eq!(severity("term-undefined"), Some(Severity::Hint));
    }

    #[test]
    fn what_is_wrong_in_settings_is_told_and_the_rest_holds() {
        let file = Config::parse(Path::new("/w"), "sourcs = []\n");
        let (config, wrong) = file.clone().with_settings(&json!({ "language": 3, "quotes": { "minimum-words": 5 } }));
        assert_eq!(wrong, ["`language` must be a string, for example \"en\""]);
        assert_eq!((config.minimum_words, &config.problems), (5, &file.problems));
        assert_eq!(file.clone().with_settings(&json!({ "language": null })), (file.clone(), Vec::new()));
        assert_eq!(file.clone().with_settings(&json!([])), (file, Vec::new()));
    }
}
