//! Natural-language words are data of `server/language`.

use std::mem;

use crate::{
    report,
    sources::{Kind, Source, Token},
};

/// The crates whose rules use words.
const CRATES: [&str; 7] = ["text", "front_matter", "source", "note", "evidence", "corpus", "ide"];

/// So many words in a row are a list.
const LIST: usize = 4;

/// Lists that are no words of a language: the crate, the beginning of the list, and what the list is.
const FORMATS: &[(&str, &str, &str)] = &[
    ("front_matter", "title, full title", "keys of front matter"),
    ("front_matter", "paper, pmid", "keys of front matter"),
    ("note", "m, cm", "page labels in Roman numerals"),
    ("corpus", "clinicaltrials, isbn", "prefixes of identifiers"),
    ("corpus", "alg, cau", "prefixes of labels in Quarto and pandoc-crossref"),
    ("corpus", "fn, user-content-", "fragments that renderers make"),
    ("source", "txt, text", "file extensions"),
    ("source", "pdf, doc, docx", "file extensions"),
    ("source", "title, author, date, url", "fields that the language pack's names of them stand for"),
    ("source", "p, tbl", "elements of DOCX"),
    ("source", "t, tab", "elements of DOCX"),
    ("source", "title, quote, intense quote", "styles of DOCX"),
    ("source", "i, ii, iii", "page labels in Roman numerals"),
    ("source", "highlights, new highlights added", "headings that exporters of highlights write"),
    ("source", "a, abbr", "elements of HTML"),
    ("source", "aria-hidden, aria-label", "attributes of HTML"),
    ("source", "hidden, href", "attributes of HTML"),
    ("source", "banner, complementary", "ARIA roles"),
    ("source", "alertdialog, dialog", "ARIA roles"),
    ("source", "ad, ads", "classes of HTML: furniture"),
    ("source", "about, bio", "classes of HTML: a box about the author"),
    ("source", "byline, author-name", "classes of HTML: the author"),
    ("source", "author, comment-author-link", "classes of HTML: the author of a comment"),
    ("source", "date, comment-date", "classes of HTML: the date of a comment"),
    ("source", "actions, author, controls", "classes of HTML: what is said about a comment"),
    ("source", "anchor-link, anchorjs-link", "classes of HTML: what is not shown"),
    ("source", "mw-cite-backlink, mw-editsection", "classes of HTML: what is not shown"),
    ("source", "comment, comment-container", "classes of HTML: comments"),
    ("source", "commentitem, comments-node", "classes of HTML: comments"),
    ("source", "bodytext, commentbody", "classes of HTML: the text of a comment"),
    ("source", "title, date, doi", "fields at the head of an extracted text"),
    ("source", "author, url, id", "fields at the head of an extracted text"),
    ("note", "ibid-disable, ibid-enable", "comments that suppress findings"),
    ("source", "sup, sub, f, rad", "elements of Office Math"),
    ("note", "a, abbr, b, bdi", "elements of HTML within a line"),
    ("note", "mailto, tel", "URL schemes"),
    ("note", "png, jpg", "file extensions"),
    ("note", "wav, ogg", "file extensions"),
    ("note", "txt, text", "file extensions"),
    ("evidence", "sentence, window", "names of features in the weight files"),
    ("evidence", "more research, not known", "names of signs in the weight files"),
    ("evidence", "unknown, not known", "names of signs in the weight files"),
    ("evidence", "need for research, unknown", "names of signs in the weight files"),
    ("evidence", "no, one, two", "numbers in the program's own messages"),
    ("corpus", "archiveprefix, author", "fields of BibTeX"),
    ("corpus", "journaltitle, journal", "fields of BibTeX"),
    ("corpus", "container-title, publisher", "fields of CSL"),
    ("corpus", "i, b, sub", "elements of CSL's markup"),
    ("corpus", "off, hint", "values in ibid.toml"),
    ("corpus", "never, hint", "values in ibid.toml"),
    ("corpus", "quote-altered, quote-misattributed", "diagnostic codes"),
    ("corpus", "sources, corpus", "names of folders"),
];

#[test]
fn word_lists_are_in_the_language_crate() {
    let mut faults = Vec::new();
    for name in CRATES {
        let is_format =
            |words: &str| FORMATS.iter().any(|(of, beginning, _)| *of == name && words.starts_with(beginning));
        for source in Source::of_crate(&format!("server/{name}")) {
            for List { item, line, words } in lists(&source.tokens) {
                let words = words.join(", ");
                if !is_format(&words) {
                    faults.push(format!("{}:{line}: {item}: {words}", source.path));
                }
            }
        }
    }
    report(
        "Word lists belong in server/language; name a list of format markers in words.rs, with what it is.",
        &faults,
    );
}

/// A run of words in the code.
#[derive(Default)]
struct List<'s> {
    /// The constant or function that holds it.
    item: &'s str,
    line: usize,
    words: Vec<&'s str>,
}

/// The runs of at least [`LIST`] string literals of lowercase words, as elements of an array, as alternatives of a pattern,
/// as the first of tuples, or as the patterns of a `match`.
fn lists(tokens: &[Token]) -> Vec<List<'_>> {
    let mut found = Vec::new();
    let mut list = List::default();
    let mut items = Items::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        items.see(tokens, at);
        match &token.kind {
            Kind::Text(text) if is_word(text) => {
                if list.words.is_empty() {
                    (list.item, list.line) = (items.name(), token.line);
                }
                list.words.push(text);
                at = rest_of_element(tokens, at);
            }
            Kind::Mark(',' | '|') | Kind::Open('(') if !list.words.is_empty() => {}
            _ => {
                let ended = mem::take(&mut list);
                found.extend((ended.words.len() >= LIST).then_some(ended));
            }
        }
        at += 1;
    }
    found
}

/// The last token of an element that begins with the word at `at`: `("word", 2)` or `"word" => 2`.
fn rest_of_element(tokens: &[Token], at: usize) -> usize {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let is_tuple = at > 0 && kind(at - 1) == Some(&Kind::Open('(')) && kind(at + 1) == Some(&Kind::Mark(','));
    let is_arm = kind(at + 1) == Some(&Kind::Mark('=')) && kind(at + 2) == Some(&Kind::Mark('>'));
    let is_block = is_arm && kind(at + 3) == Some(&Kind::Open('{'));
    if !is_tuple && !is_arm {
        return at;
    }
    let mut depth = 0_usize;
    for (end, token) in tokens.iter().enumerate().skip(at + 1) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close('(') if is_tuple && depth == 0 => return end,
            Kind::Close(_) if depth == 0 => return end - 1,
            Kind::Close('{') if is_block && depth == 1 => return end,
            Kind::Close(_) => depth -= 1,
            Kind::Mark(',') if is_arm && depth == 0 => return end,
            _ => {}
        }
    }
    at
}

/// Which constant or function the code is in.
#[derive(Default)]
struct Items<'s> {
    function: &'s str,
    /// A constant, and how deep it is declared.
    constant: Option<(&'s str, usize)>,
    depth: usize,
}

impl<'s> Items<'s> {
    fn see(&mut self, tokens: &'s [Token], at: usize) {
        let name = tokens.get(at + 1).map(|next| &next.kind);
        match (&tokens[at].kind, name) {
            (Kind::Open(_), _) => self.depth += 1,
            (Kind::Close(_), _) => self.depth = self.depth.saturating_sub(1),
            (Kind::Mark(';'), _) if self.constant.is_some_and(|(_, depth)| depth == self.depth) => self.constant = None,
            (Kind::Word(word), Some(Kind::Word(name))) if word == "fn" => (self.function, self.constant) = (name, None),
            (Kind::Word(word), Some(Kind::Word(name))) if (word == "const" || word == "static") && name != "fn" => {
                self.constant = Some((name, self.depth));
            }
            _ => {}
        }
    }

    fn name(&self) -> &'s str {
        self.constant.map_or(self.function, |(name, _)| name)
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || " '’-|".contains(letter))
}

#[test]
fn each_exception_is_needed() {
    let mut unused: Vec<_> = FORMATS.iter().collect();
    for name in CRATES {
        for source in Source::of_crate(&format!("server/{name}")) {
            let found: Vec<String> = lists(&source.tokens).iter().map(|list| list.words.join(", ")).collect();
            unused.retain(|(of, beginning, _)| *of != name || !found.iter().any(|words| words.starts_with(beginning)));
        }
    }
    assert!(unused.is_empty(), "no longer in the code, so remove them from FORMATS: {unused:#?}");
}

#[test]
fn a_run_of_words_is_a_list() {
    let text = "const SAYS: [&str; 4] = [\"says\",\n\"has said\", \"argues\", \"writes\"];\n\
                fn is_it(word: &str) -> bool { const MOST: usize = 2;\n\
                matches!(word, \"it\" | \"he\" | \"she\" | \"they\") || [\"a\", \"B\"].contains(word) }\n\
                static WEIGHTS: [(&str, f32); 4] = [(\"may\", f(1)), (\"might\", 0.3), (\"can\", 0.2), (\"could\", 0.3)];\n\
                fn number(word: &str) { match word { \"one\" => 1, \"two\" => f(2, 3), \"three\" => { 3 } \"four\" => 4 } }\n\
                fn other() { f(\"a\"); f(\"b\"); f(\"c\"); g(\"d\", 1, \"e\"); }";
    let source = Source::parse("f.rs".to_owned(), text);
    let found: Vec<_> =
        lists(&source.tokens).into_iter().map(|list| (list.item, list.line, list.words.len())).collect();
    assert_eq!(found, [("SAYS", 1, 4), ("is_it", 4, 4), ("WEIGHTS", 5, 4), ("number", 6, 4)]);
}
