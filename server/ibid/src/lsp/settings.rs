//! The client's settings, which override `ibid.toml`.

use ibid_corpus::Config;
use serde_json::Value;

/// Settings that only the editor uses: how the server is started and what is shown.
const EDITOR_ONLY: [&str; 5] = ["server", "trace", "lens", "hints", "workspaceDiagnostics"];

/// The client's section `ibid`, in the form that the schema of `ibid.toml` describes.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Settings(Value);

impl Settings {
    /// Reads the section.
    pub(super) fn of(mut section: Value) -> Self {
        if let Some(members) = section.as_object_mut() {
            members.retain(|name, _| !EDITOR_ONLY.contains(&name.as_str()));
        }
        Self(section)
    }

    /// A configuration in which the settings override the file.
    pub(super) fn amend(&self, config: Config) -> Config {
        config.with_settings(&self.0).0
    }

    /// Problems in the settings, as messages.
    pub(super) fn problems(&self) -> Vec<String> {
        Config::default().with_settings(&self.0).1
    }
}
