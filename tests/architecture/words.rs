//! Natural-language words are data of `server/language`.

use crate::{
    report,
    sources::{Kind, Source, Token},
};

/// The crates whose rules use words.
const CRATES: [&str; 6] = ["text", "source", "note", "evidence", "corpus", "ide"];

/// So many words in a row are a list.
const LIST: usize = 4;

/// Lists that are no words of a language: the item that holds the list, and what it is.
const FORMATS: &[(&str, &str, &str)] = &[];

#[test]
#[ignore = "until the language crate is in"]
fn word_lists_are_in_the_language_crate() {
    let mut faults = Vec::new();
    for source in CRATES.into_iter().flat_map(|name| Source::of_crate(&format!("server/{name}"))) {
        for list in lists(&source.tokens) {
            let is_format = |(file, item, _): &&(&str, &str, &str)| source.path.ends_with(file) && list.item == *item;
            if !FORMATS.iter().any(|format| is_format(&format)) {
                faults.push(format!("{}:{}: {}: {}", source.path, list.line, list.item, list.words.join(", ")));
            }
        }
    }
    report("Lists of words are in server/language; a list of format markers is named in words.rs with its reason.", &faults);
}

/// A run of words in the code.
#[derive(PartialEq, Debug)]
struct List<'s> {
    /// The constant or function that holds it.
    item: &'s str,
    line: usize,
    words: Vec<&'s str>,
}

/// The runs of at least [`LIST`] words: string literals of lowercase letters, separated by `,` or `|`.
fn lists(tokens: &[Token]) -> Vec<List<'_>> {
    let mut found = Vec::new();
    let mut list = List { item: "", line: 0, words: Vec::new() };
    let mut item = "";
    for (at, token) in tokens.iter().enumerate() {
        match &token.kind {
            Kind::Text(text) if is_word(text) => {
                if list.words.is_empty() {
                    (list.item, list.line) = (item, token.line);
                }
                list.words.push(text);
            }
            Kind::Mark(',' | '|') => {}
            other => {
                if list.words.len() >= LIST {
                    found.push(std::mem::replace(&mut list, List { item: "", line: 0, words: Vec::new() }));
                }
                list.words.clear();
                if let (Kind::Word(word), Some(Kind::Word(name))) = (other, tokens.get(at + 1).map(|next| &next.kind))
                    && ["const", "static", "fn"].contains(&word.as_str())
                    && name != "fn"
                {
                    item = name;
                }
            }
        }
    }
    found
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || " '’-|".contains(letter))
}

#[test]
fn a_run_of_words_is_a_list() {
    let text = "const SAYS: [&str; 4] = [\"says\",\n\"has said\", \"argues\", \"writes\"];\n\
                fn is_it(word: &str) -> bool { matches!(word, \"it\" | \"he\" | \"she\" | \"they\") || [\"a\", \"B\"] }";
    let source = Source::parse("f.rs".to_owned(), text);
    let found: Vec<_> = lists(&source.tokens).into_iter().map(|list| (list.item, list.line, list.words.len())).collect();
    assert_eq!(found, [("SAYS", 1, 4), ("is_it", 3, 4)]);
}
