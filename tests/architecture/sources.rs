//! The Rust files that a crate is built from, as tokens, without what is only compiled for tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").to_owned()
}

/// One file of a crate.
pub(crate) struct Source {
    /// Its path from the root of the repository, with `/`.
    pub(crate) path: String,
    /// Its tokens, without documentation and test code.
    pub(crate) tokens: Vec<Token>,
}

/// One token. Groups are flat: an opening token, what is inside, a closing token.
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// From 1.
    pub(crate) line: usize,
}

#[derive(PartialEq, Debug)]
pub(crate) enum Kind {
    Word(String),
    Mark(char),
    /// The value of a string literal without escapes.
    Text(String),
    /// Any other literal.
    Other,
    Open(char),
    Close(char),
}

impl Kind {
    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }
}

/// A path as it is written, such as `std::fs::read`; a group in a `use` gives one path for each name.
pub(crate) struct Written {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

impl Written {
    /// Whether the path is or begins with `name`, such as `std::fs`.
    pub(crate) fn is_in(&self, name: &str) -> bool {
        let mut own = self.segments.iter();
        name.split("::").all(|segment| own.next().is_some_and(|own| own == segment))
    }
}

impl Source {
    /// All files that the crate in a folder is built from: those that its root names, and so on.
    pub(crate) fn of_crate(folder: &str) -> Vec<Self> {
        let source = root().join(folder).join("src");
        let start = ["lib.rs", "main.rs"].map(|name| source.join(name)).into_iter().find(|path| path.is_file());
        let mut waiting = vec![start.unwrap_or_else(|| panic!("{folder}/src has neither lib.rs nor main.rs"))];
        let mut sources = Vec::new();
        while let Some(path) = waiting.pop() {
            let source = Self::read(&path);
            waiting.extend(source.modules().map(|module| file_of(&path, module)));
            sources.push(source);
        }
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        sources
    }

    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
        Self::parse(name, &text)
    }

    pub(crate) fn parse(path: String, text: &str) -> Self {
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Self { path, tokens: without_tests(tokens) }
    }

    /// The modules that have files of their own.
    fn modules(&self) -> impl Iterator<Item = &str> {
        self.tokens.windows(3).filter_map(|tokens| match [&tokens[0].kind, &tokens[1].kind, &tokens[2].kind] {
            [Kind::Word(word), Kind::Word(name), Kind::Mark(';')] if word == "mod" => Some(name.as_str()),
            _ => None,
        })
    }

    /// All paths, with those of one name.
    pub(crate) fn paths(&self) -> Vec<Written> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let is_path = matches!(self.tokens[at].kind, Kind::Word(_)) && !self.is_field(at);
            at = if is_path { self.path_at(at, &[], &mut paths) } else { at + 1 };
        }
        paths
    }

    /// Whether the word at `at` is a field or a method, or names a lifetime.
    fn is_field(&self, at: usize) -> bool {
        match at.checked_sub(1).map(|before| &self.tokens[before].kind) {
            Some(Kind::Mark('\'')) => true,
            Some(Kind::Mark('.')) => at.checked_sub(2).is_none_or(|before| self.tokens[before].kind != Kind::Mark('.')),
            _ => false,
        }
    }

    /// Reads the path at `at` behind a prefix; returns where it ends.
    fn path_at(&self, mut at: usize, prefix: &[String], paths: &mut Vec<Written>) -> usize {
        let line = self.tokens[at].line;
        let mut segments = prefix.to_vec();
        while let Some(Kind::Word(word)) = self.kind(at) {
            segments.push(word.clone());
            at += 1;
            if !self.is_separator(at) {
                break;
            }
            match self.kind(at + 2) {
                Some(Kind::Word(_)) => at += 2,
                Some(Kind::Open('{')) => return self.group_at(at + 3, &segments, paths),
                _ => break,
            }
        }
        paths.push(Written { segments, line });
        at
    }

    /// Reads the paths inside the braces of a `use`; returns where these end.
    fn group_at(&self, mut at: usize, prefix: &[String], paths: &mut Vec<Written>) -> usize {
        loop {
            match self.kind(at) {
                None => return at,
                Some(Kind::Close('{')) => return at + 1,
                Some(Kind::Word(word)) if word == "as" => at += 2,
                Some(Kind::Word(_)) => at = self.path_at(at, prefix, paths),
                Some(_) => at += 1,
            }
        }
    }

    fn kind(&self, at: usize) -> Option<&Kind> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    /// Whether `::` is at `at`.
    fn is_separator(&self, at: usize) -> bool {
        self.kind(at) == Some(&Kind::Mark(':')) && self.kind(at + 1) == Some(&Kind::Mark(':'))
    }
}

/// The file of a module that the file at `path` declares.
fn file_of(path: &Path, module: &str) -> PathBuf {
    let is_root = path.file_name().is_some_and(|name| ["lib.rs", "main.rs", "mod.rs"].iter().any(|root| name == *root));
    let folder = if is_root { path.with_file_name("") } else { path.with_extension("") };
    let single = folder.join(format!("{module}.rs"));
    if single.is_file() { single } else { folder.join(module).join("mod.rs") }
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        let mut push = |kind| tokens.push(Token { kind, line });
        match tree {
            TokenTree::Ident(word) => push(Kind::Word(word.to_string())),
            TokenTree::Punct(mark) => push(Kind::Mark(mark.as_char())),
            TokenTree::Literal(literal) => push(literal_of(&literal.to_string())),
            TokenTree::Group(group) => {
                let open = match group.delimiter() {
                    Delimiter::Parenthesis => '(',
                    Delimiter::Bracket => '[',
                    Delimiter::Brace => '{',
                    Delimiter::None => ' ',
                };
                push(Kind::Open(open));
                flatten(group.stream(), tokens);
                tokens.push(Token { kind: Kind::Close(open), line: group.span_close().start().line });
            }
        }
    }
}

/// A literal as it is written: `"word"`, `b"word"` and `r"word"` are texts.
fn literal_of(written: &str) -> Kind {
    let quoted = written.trim_start_matches(['b', 'r', '#']).trim_end_matches('#');
    let text = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    text.map_or(Kind::Other, |text| Kind::Text(text.to_owned()))
}

/// Leaves out documentation, and items that are compiled for tests only.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let mut is_kept = vec![true; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let end = match attribute_at(&tokens, at) {
            Some(end) if is_test(&tokens[at..end]) => item_end(&tokens, end),
            Some(end) => end,
            None => {
                at += 1;
                continue;
            }
        };
        is_kept[at..end].fill(false);
        at = end;
    }
    tokens.into_iter().zip(is_kept).filter_map(|(token, is_kept)| is_kept.then_some(token)).collect()
}

/// Where the attribute at `at` ends, if there is one.
fn attribute_at(tokens: &[Token], at: usize) -> Option<usize> {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    if kind(at) != Some(&Kind::Mark('#')) {
        return None;
    }
    let open = if kind(at + 1) == Some(&Kind::Mark('!')) { at + 2 } else { at + 1 };
    (kind(open) == Some(&Kind::Open('['))).then(|| group_end(tokens, open))
}

/// Whether an attribute is `cfg(test)` or another condition that asks for it.
fn is_test(attribute: &[Token]) -> bool {
    let has = |word| attribute.iter().any(|token| token.kind.is_word(word));
    has("cfg") && has("test") && !has("not")
}

/// Where the item that follows an attribute ends.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    while let Some(end) = attribute_at(tokens, at) {
        at = end;
    }
    if tokens.get(at).is_some_and(|token| token.kind.is_word("pub")) {
        let is_limited = tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Open('('));
        at = if is_limited { group_end(tokens, at + 1) } else { at + 1 };
    }
    let is_use = tokens.get(at).is_some_and(|token| token.kind.is_word("use"));
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Mark(';') => return at + 1,
            Kind::Open('{') if !is_use => return group_end(tokens, at),
            Kind::Open(_) => at = group_end(tokens, at),
            _ => at += 1,
        }
    }
    at
}

/// Where the group that opens at `at` ends.
fn group_end(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(at) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) if depth == 1 => return at + 1,
            Kind::Close(_) => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn paths_are_read_without_test_code() {
        let text = r#"
use std::{fs::{self, File}, io};
#[cfg(test)]
pub(crate) use std::time::{Instant, SystemTime};
/// Of `std::env`.
fn f<'fs>(at: &'fs Path) -> bool { at.fs().tokio; crate::cli::run(std::process::id()); vec![tokio::spawn()] }
#[cfg(all(test, unix))]
mod tests { use url::Url; }
#[cfg(not(test))]
mod outside;
"#;
        let source = Source::parse("f.rs".to_owned(), text);
        let paths: Vec<String> = source.paths().iter().map(|path| path.segments.join("::")).collect();
        let long: Vec<&str> = paths.iter().map(String::as_str).filter(|path| path.contains("::")).collect();
        let expected =
            ["std::fs::self", "std::fs::File", "std::io", "crate::cli::run", "std::process::id", "tokio::spawn"];
        assert_eq!(long, expected);
        assert!(source.paths().iter().any(|path| path.is_in("std::fs") && path.line == 2));
        assert_eq!(source.modules().collect::<Vec<_>>(), ["outside"]);
    }
}
