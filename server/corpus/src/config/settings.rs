//! Editor settings, which override the file.

use serde_json::Value;

use super::{Config, ConfigProblem};

impl Config {
    /// Overrides this configuration with an editor's settings. `settings` is an object that follows the schema of `ibid.toml`;
    /// a `null` in it sets nothing, and severities are set code by code. Also returns the problems in the settings; the valid
    /// settings still apply.
    #[must_use]
    pub fn with_settings(self, settings: &Value) -> (Self, Vec<String>) {
        let set = without_nulls(settings);
        if set.as_object().is_none_or(serde_json::Map::is_empty) {
            return (self, Vec::new());
        }
        let text = match toml_edit::ser::to_string(&set) {
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

/// A JSON value without the members that are `null`.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let set = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(set.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
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
    fn settings_override_the_file() {
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
    fn a_problem_in_settings_is_reported_and_the_rest_applies() {
        let file = Config::parse(Path::new("/w"), "sourcs = []\n");
        let (config, wrong) = file.clone().with_settings(&json!({ "language": 3, "quotes": { "minimum-words": 5 } }));
        assert_eq!(wrong, ["`language` must be a string, for example \"en\""]);
        assert_eq!((config.minimum_words, &config.problems), (5, &file.problems));
        assert_eq!(file.clone().with_settings(&json!({ "language": null })), (file.clone(), Vec::new()));
        assert_eq!(file.clone().with_settings(&json!([])), (file, Vec::new()));
    }
}
