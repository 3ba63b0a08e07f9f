//! The client's settings, which go before `ibid.toml`.

use ibid_corpus::Config;
use serde_json::Value;

/// Settings that are the editor's own affair: how the server is started and what it shows.
const OF_EDITOR: [&str; 5] = ["server", "trace", "lens", "hints", "workspaceDiagnostics"];

/// What the client says in its section `ibid`, of the form that the schema of `ibid.toml` describes.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Settings(Value);

impl Settings {
    /// The settings of the section.
    pub(super) fn of(mut section: Value) -> Self {
        if let Some(members) = section.as_object_mut() {
            members.retain(|name, _| !OF_EDITOR.contains(&name.as_str()));
        }
        Self(section)
    }

    /// A configuration with what they say in the place of what the file says.
    pub(super) fn amend(&self, config: Config) -> Config {
        config.with_settings(&self.0).0
    }

    /// What is wrong in them.
    pub(super) fn problems(&self) -> Vec<String> {
        Config::default().with_settings(&self.0).1
    }
}
