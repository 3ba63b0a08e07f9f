//! The parser of `ibid.toml`. A mistake is reported with its place and invalidates only the key it is in.

use std::{collections::BTreeMap, path::Path};

use ibid_text::Span;
use toml_edit::{Document, Item, Table, TableLike, Value};

use super::{
    CODES, Config, ConfigProblem, FAIL_ON, Kind, LEVELS, Override, Severity, Strictness,
    keys::{Key, OVERRIDE, OVERRIDE_KEYS, SEVERITY, keys_of, tables},
};
use crate::roles;

/// Maximum number of invalid lines that are skipped before the whole file is rejected.
const BROKEN_LINES: usize = 32;

impl Config {
    /// Parses the text of the `ibid.toml` in `root`. Never fails: mistakes are listed in [`Config::problems`], ordered by
    /// place.
    pub fn parse(root: &Path, text: &str) -> Self {
        Self::parse_with_places(root, text).0
    }

    /// Like [`Config::parse`]; also returns each path or pattern with its place in the text.
    pub(crate) fn parse_with_places(root: &Path, text: &str) -> (Self, Vec<(String, Span)>) {
        let config = Self { root: root.to_owned(), written: true, ..Self::default() };
        let mut reader = Reader { config, places: Vec::new(), whole: Span::from(0..text.len()) };
        if let Some(document) = reader.document(text) {
            reader.top(document.as_table());
        }
        reader.config.problems.sort_by_key(|problem| problem.span);
        (reader.config, reader.places)
    }

    /// Overrides this configuration with the values in the text of another `ibid.toml`.
    pub(super) fn amended(self, text: &str) -> Self {
        let mut reader = Reader { config: self, places: Vec::new(), whole: Span::from(0..text.len()) };
        if let Some(document) = reader.document(text) {
            reader.top(document.as_table());
        }
        reader.config
    }
}

struct Reader {
    config: Config,
    /// Each path or pattern and its place in the text.
    places: Vec<(String, Span)>,
    /// The whole text.
    whole: Span,
}

impl Reader {
    /// Parses the file as TOML. Invalid lines are skipped; the first one is reported.
    fn document(&mut self, text: &str) -> Option<Document<String>> {
        let mut text = text.to_owned();
        for attempt in 0..BROKEN_LINES {
            let error = match Document::parse(text.clone()) {
                Ok(document) => return Some(document),
                Err(error) => error,
            };
            let at = error.span().unwrap_or(text.len()..text.len());
            if attempt == 0 {
                let message = format!("invalid TOML: {}; this line is ignored", first_line(error.message()));
                self.config.problems.push(ConfigProblem { span: at.clone().into(), message });
            }
            if !blank_line(&mut text, at.start) {
                return None;
            }
        }
        None
    }

    fn top(&mut self, table: &Table) {
        let known: Vec<&str> = keys_of(None).map(|key| key.name).chain(tables()).chain([OVERRIDE]).collect();
        for (name, item) in table {
            let place = self.place(table, name);
            match item.as_table_like() {
                _ if name == OVERRIDE => self.overrides(item, place),
                Some(inside) if name == SEVERITY => {
                    let severities = self.severities(inside);
                    self.config.severity.extend(severities);
                }
                Some(inside) if tables().contains(&name) => self.table(name, inside),
                _ => match keys_of(None).find(|key| key.name == name) {
                    Some(key) => self.value(key, item, place),
                    None if tables().contains(&name) => {
                        self.report(place, format!("`{name}` must be a table: write [{name}]"));
                    }
                    None => self.unknown(place, name, &known),
                },
            }
        }
    }

    fn table(&mut self, table: &str, inside: &dyn TableLike) {
        let known: Vec<&str> = keys_of(Some(table)).map(|key| key.name).collect();
        for (name, item) in inside.iter() {
            let place = self.place(inside, name);
            match keys_of(Some(table)).find(|key| key.name == name) {
                Some(key) => self.value(key, item, place),
                None => self.unknown(place, name, &known),
            }
        }
    }

    fn overrides(&mut self, item: &Item, place: Span) {
        let tables = item.as_array_of_tables().into_iter().flatten().map(|table| table as &dyn TableLike);
        let inline = item.as_array().into_iter().flatten().filter_map(Value::as_inline_table);
        let tables: Vec<_> = tables.chain(inline.map(|table| table as &dyn TableLike)).collect();
        if tables.is_empty() {
            self.report(place, format!("`{OVERRIDE}` must be a list of tables: write [[{OVERRIDE}]]"));
        }
        for table in tables {
            self.one_override(table, place);
        }
    }

    fn one_override(&mut self, inside: &dyn TableLike, whole: Span) {
        let (mut paths, mut severity) = (Vec::new(), BTreeMap::new());
        for (name, item) in inside.iter() {
            let place = self.place(inside, name);
            match (name, item.as_table_like()) {
                ("paths", _) => paths = self.paths(name, item, place).unwrap_or_default(),
                (SEVERITY, Some(levels)) => severity = self.severities(levels),
                (SEVERITY, None) => self.mistyped(name, item, place, "a table", "{ claim-uncited = \"off\" }"),
                _ => self.unknown(place, name, &OVERRIDE_KEYS),
            }
        }
        if !inside.contains_key("paths") {
            let whole = inside.iter().next().map_or(whole, |(first, _)| self.place(inside, first));
            self.report(whole, format!("`paths` is missing, so this [[{OVERRIDE}]] applies to no note"));
        }
        self.config.overrides.push(Override::new(&self.config.root, &paths, severity));
    }

    fn severities(&mut self, inside: &dyn TableLike) -> BTreeMap<String, Severity> {
        let mut severities = BTreeMap::new();
        for (code, item) in inside.iter() {
            let place = self.place(inside, code);
            if !CODES.contains(&code) {
                self.unknown(place, code, &CODES);
            } else if let Some(level) = self.one_of(code, item, place, &LEVELS).and_then(Severity::named) {
                severities.insert(code.to_owned(), level);
            }
        }
        severities
    }

    fn value(&mut self, key: &Key, item: &Item, place: Span) {
        match key.kind {
            Kind::Paths => {
                if let Some(paths) = self.paths(key.name, item, place) {
                    *self.paths_of(key.name) = paths;
                }
            }
            Kind::Text => match item.as_str() {
                Some(path) if key.name == "baseline" => {
                    self.places.push((path.to_owned(), item.span().map_or(place, Span::from)));
                    self.config.baseline = Some(path.to_owned());
                }
                Some(language) => language.clone_into(&mut self.config.language),
                None => self.mistyped(key.name, item, place, "a string", key.example),
            },
            Kind::Count => match item.as_integer().and_then(|count| u32::try_from(count).ok()) {
                Some(count) => self.config.minimum_words = count,
                None => self.mistyped(key.name, item, place, "a non-negative integer", key.example),
            },
            Kind::OneOf(words) => {
                let Some(word) = self.one_of(key.name, item, place, words) else { return };
                if words == FAIL_ON {
                    self.config.fail_on = Severity::fail_on_named(word);
                } else {
                    self.config.strictness = Strictness::named(word).unwrap_or_default();
                }
            }
        }
    }

    fn paths_of(&mut self, name: &str) -> &mut Vec<String> {
        match name {
            "notes" => &mut self.config.notes,
            "bibliography" => &mut self.config.bibliography,
            _ => &mut self.config.sources,
        }
    }

    fn paths(&mut self, name: &str, item: &Item, place: Span) -> Option<Vec<String>> {
        let example = r#"["folder", "file.md", "clips/**/*.txt"]"#;
        let Some(array) = item.as_array() else {
            self.mistyped(name, item, place, "a list of strings", example);
            return None;
        };
        let mut paths = Vec::new();
        for value in array {
            let place = value.span().map_or(place, Span::from);
            match value.as_str() {
                None => self.report(place, format!("`{name}` must contain only strings, for example {example}")),
                Some("") => self.report(place, format!("empty path in `{name}`: write \".\" for the root")),
                Some(path) => match roles::glob(path) {
                    Ok(_) => {
                        paths.push(path.to_owned());
                        self.places.push((path.to_owned(), place));
                    }
                    Err(error) => self.report(place, format!("invalid glob {}: {error}", shown(path))),
                },
            }
        }
        Some(paths)
    }

    fn one_of<'i>(&mut self, name: &str, item: &'i Item, place: Span, words: &[&str]) -> Option<&'i str> {
        let place = item.span().map_or(place, Span::from);
        let choices = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let Some(word) = item.as_str() else {
            self.report(place, format!("`{name}` must be one of {choices}"));
            return None;
        };
        if words.contains(&word) {
            return Some(word);
        }
        let hint = nearest(word, words).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
        self.report(place, format!("`{name}` must be one of {choices}{hint}"));
        None
    }

    fn mistyped(&mut self, name: &str, item: &Item, place: Span, wanted: &str, example: &str) {
        let place = item.span().map_or(place, Span::from);
        self.report(place, format!("`{name}` must be {wanted}, for example {example}"));
    }

    fn unknown(&mut self, place: Span, name: &str, known: &[&str]) {
        let hint = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                format!("known keys are {}", known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "))
            }
        };
        self.report(place, format!("unknown key `{name}`: {hint}"));
    }

    fn report(&mut self, span: Span, message: String) {
        self.config.problems.push(ConfigProblem { span, message });
    }

    /// The place of a key in the text.
    fn place(&self, table: &dyn TableLike, name: &str) -> Span {
        let key = table.get_key_value(name).and_then(|(key, item)| key.span().or_else(|| item.span()));
        key.map_or(self.whole, Span::from)
    }
}

/// A pattern as a message shows it: not more than the beginning of a long one.
fn shown(pattern: &str) -> String {
    const SHOWN: usize = 60;
    match pattern.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", &pattern[..end]),
        None => format!("`{pattern}`"),
    }
}

/// The known word most similar to `word`, if any is similar enough.
fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let similarity = |candidate: &&&str| strsim::jaro_winkler(word, candidate);
    let best = known.iter().max_by(|a, b| similarity(a).total_cmp(&similarity(b)))?;
    (similarity(&best) >= 0.75).then_some(*best)
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or(message)
}

/// Replaces the line at byte `at` with spaces, so that other places do not move. Returns `false` if it was blank already.
fn blank_line(text: &mut String, at: usize) -> bool {
    let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    // An error at the end of the text is about the last line that is not blank.
    let head = if text[at..].trim().is_empty() { text[..at].trim_end().len() } else { at };
    let start = text[..head].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[head..].find('\n').map_or(text.len(), |newline| head + newline);
    if text[start..end].trim().is_empty() {
        return false;
    }
    text.replace_range(start..end, &" ".repeat(end - start));
    true
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, sync::Arc};

    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    /// Shows each problem with the text it points at, then some of the remaining values.
    #[expect(clippy::needless_pass_by_value, reason = "reads better at the call")]
    fn check(text: &str, expected: Expect) {
        let config = Config::parse(Path::new("/workspace"), text);
        let mut out = String::new();
        for problem in &config.problems {
            let _ = writeln!(out, "{:?}: {}", problem.span.of(text), problem.message);
        }
        let _ = writeln!(out, "sources {:?}, minimum {}", config.sources, config.minimum_words);
        expected.assert_eq(&out);
    }

    #[test]
    fn every_key_is_read() {
        let text = r#"
            sources = ["clips", "~/papers"]
            notes = ["notes"]
            bibliography = ["refs.bib"]
            language = "de"
            baseline = "known.json"
            [severity]
            claim-uncited = "information"
            [claims]
            strictness = "strict"
            [check]
            fail-on = "never"
            [quotes]
            minimum-words = 6
            [[override]]
            paths = ["drafts"]
            severity = { quote-altered = "off" }
        "#;
        let config = Config::parse(Path::new("/workspace"), text);
        let expected = Config {
            root: "/workspace".into(),
            written: true,
            sources: vec!["clips".into(), "~/papers".into()],
            notes: vec!["notes".into()],
            bibliography: vec!["refs.bib".into()],
            language: "de".into(),
            severity: [("claim-uncited".to_owned(), Severity::Information)].into(),
            overrides: vec![Override::new(
                Path::new("/workspace"),
                &["drafts".to_owned()],
                [("quote-altered".to_owned(), Severity::Off)].into(),
            )],
            baseline: Some("known.json".into()),
            accepted: Arc::default(),
            strictness: Strictness::Strict,
            fail_on: Some(Severity::Off),
            minimum_words: 6,
            problems: Vec::new(),
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn an_unknown_key_is_reported_with_the_nearest() {
        check(
            "source = [\"a\"]\nquotes.minimum-word = 3\nfoo = 1\n[severity]\nquote-alterd = \"off\"\n",
            expect![[r#"
                "source": unknown key `source`: did you mean `sources`?
                "minimum-word": unknown key `minimum-word`: did you mean `minimum-words`?
                "foo": unknown key `foo`: known keys are `sources`, `notes`, `bibliography`, `language`, `baseline`, `quotes`, `claims`, `check`, `severity`, `override`
                "quote-alterd": unknown key `quote-alterd`: did you mean `quote-altered`?
                sources [], minimum 4
            "#]],
        );
    }

    #[test]
    fn a_value_of_the_wrong_type_is_reported_and_the_rest_applies() {
        check(
            "sources = \"clips\"\nseverity = 1\n[quotes]\nminimum-words = -3\n[check]\nfail-on = \"warnings\"\n",
            expect![[r#"
                "\"clips\"": `sources` must be a list of strings, for example ["folder", "file.md", "clips/**/*.txt"]
                "severity": `severity` must be a table: write [severity]
                "-3": `minimum-words` must be a non-negative integer, for example 4
                "\"warnings\"": `fail-on` must be one of "never", "hint", "information", "warning", "error"; did you mean "warning"?
                sources [], minimum 4
            "#]],
        );
        check(
            "sources = [\"a\", 3, \"\", \"b[\"]\n[severity]\nclaim-uncited = true\n",
            expect![[r#"
            "3": `sources` must contain only strings, for example ["folder", "file.md", "clips/**/*.txt"]
            "\"\"": empty path in `sources`: write "." for the root
            "\"b[\"": invalid glob `b[`: unclosed character class; missing ']'
            "true": `claim-uncited` must be one of "off", "hint", "information", "warning", "error"
            sources ["a"], minimum 4
        "#]],
        );
    }

    #[test]
    fn an_override_is_checked_like_the_rest() {
        check(
            "override = 3\n",
            expect![[r#"
            "override": `override` must be a list of tables: write [[override]]
            sources [], minimum 4
        "#]],
        );
        check(
            "[[override]]\nseverity = { quote-alterd = \"off\" }\n[[override]]\npath = [\"a\"]\nseverity = \"off\"\n",
            expect![[r#"
                "severity": `paths` is missing, so this [[override]] applies to no note
                "quote-alterd": unknown key `quote-alterd`: did you mean `quote-altered`?
                "path": unknown key `path`: did you mean `paths`?
                "path": `paths` is missing, so this [[override]] applies to no note
                "\"off\"": `severity` must be a table, for example { claim-uncited = "off" }
                sources [], minimum 4
            "#]],
        );
    }

    #[test]
    fn an_invalid_line_is_ignored() {
        check(
            "sources = [\"a\"]\nnotes = = 3\n[quotes]\nminimum-words = 7\n",
            expect![[r#"
            "=": invalid TOML: extra `=`, expected nothing; this line is ignored
            sources ["a"], minimum 7
        "#]],
        );
        check(
            "sources = [\"a\",\n\"b\"\n",
            expect![[r#"
            "": invalid TOML: unclosed array, expected `]`; this line is ignored
            sources [], minimum 4
        "#]],
        );
    }

    proptest! {
        #[test]
        fn reading_never_fails(text in r#"([a-z\[\]="'\n#é.,0-9-]|sources|severity|\[quotes\]|\[\[override\]\]|"""){0,40}"#) {
            let config = Config::parse(Path::new("/"), &text);
            for problem in config.problems {
                prop_assert!(text.get(problem.span.range()).is_some());
            }
        }
    }
}
