//! Bibliographies: BibTeX, BibLaTeX and CSL-JSON.
//!
//! Bibliographies are written by hand or exported by a reference manager, and broken entries are common. A broken entry is
//! skipped and reported as a [`Problem`]; the rest is read.

mod bibtex;
mod csl;
mod works;

use std::fmt;

use ibid_text::{LineIndex, Span};

pub use works::Bibliography;

/// One work of a bibliography.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Entry {
    /// The key a note cites it by, without `@`.
    pub key: String,
    /// Other keys (`ids` in BibLaTeX).
    pub aliases: Vec<String>,
    /// Its authors; its editors if it has no author.
    pub authors: Vec<Name>,
    /// Whether there are authors that it does not name ("and others").
    pub has_more_authors: bool,
    /// Title without markup.
    pub title: Option<String>,
    /// Year: the first four-digit number of the date, otherwise the date as written.
    pub year: Option<String>,
    /// Where it appeared: journal, book, publisher or archive.
    pub container: Option<String>,
    /// Its first and last page in print.
    pub pages: Option<(u32, u32)>,
    /// Paths of its texts as written, but with `/`: absolute or relative to the bibliography.
    pub files: Vec<String>,
    /// Its URL.
    pub url: Option<String>,
    /// Digital object identifier, without the address of a resolver.
    pub doi: Option<String>,
    /// Its place in the bibliography, in bytes.
    pub span: Span,
}

/// A person's name, or an organisation's.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Name {
    /// Family name with its particles, or the whole name of an organisation.
    pub family: String,
    /// Given names.
    pub given: Option<String>,
}

/// An entry that was skipped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The bibliography.
    pub path: String,
    /// Line of the entry, 1-based.
    pub line: u32,
    /// What is wrong with it.
    pub message: String,
}

/// Parses a bibliography. The extension of `path` selects the format: CSL-JSON for `.json`, otherwise BibTeX. Problems refer
/// to `path`. Never fails; the time is linear in the length of the text.
pub fn parse(path: &str, text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let json = path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"));
    let mut reader = Reader { path, text, lines: LineIndex::new(text), entries: Vec::new(), problems: Vec::new() };
    if json {
        csl::read(&mut reader);
    } else {
        bibtex::read(&mut reader);
    }
    reader.refuse_repeated_keys();
    reader.problems.sort_by_key(|problem| problem.line);
    (reader.entries, reader.problems)
}

impl Entry {
    /// Authors and year, as in running text: "Carlsmith (2023)", "Tan et al. (2025)".
    pub fn cited(&self) -> String {
        let who = match self.authors.as_slice() {
            [] => self.title.clone().unwrap_or_else(|| self.key.clone()),
            [one] if !self.has_more_authors => one.family.clone(),
            [one, other] if !self.has_more_authors => format!("{} and {}", one.family, other.family),
            [first, ..] => format!("{} et al.", first.family),
        };
        match &self.year {
            Some(year) => format!("{who} ({year})"),
            None => who,
        }
    }
}

impl fmt::Display for Entry {
    /// One line of plain text: "Carlsmith (2023), Scheming AIs, arXiv".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cited())?;
        let title = self.title.as_ref().filter(|_| !self.authors.is_empty());
        for part in title.into_iter().chain(&self.container) {
            write!(f, ", {part}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(given) = &self.given {
            write!(f, "{given} ")?;
        }
        f.write_str(&self.family)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// A bibliography that is being read.
struct Reader<'t> {
    path: &'t str,
    text: &'t str,
    lines: LineIndex,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Reports that the entry at byte `offset` was skipped.
    fn skip(&mut self, offset: usize, message: String) {
        let line = self.lines.line_of(offset as u32) + 1;
        self.problems.push(Problem { path: self.path.to_owned(), line, message });
    }

    /// Keeps the first entry of each key.
    fn refuse_repeated_keys(&mut self) {
        let mut seen = std::collections::HashSet::new();
        let (kept, repeated): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.entries).into_iter().partition(|entry| seen.insert(entry.key.clone()));
        self.entries = kept;
        for entry in repeated {
            let message = format!("entry skipped: its key `{}` is already used above; rename it", entry.key);
            self.skip(entry.span.start as usize, message);
        }
    }
}

/// The text on one line with single spaces; `None` if it is blank.
fn line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The first four-digit number in a date, otherwise the date as written.
fn year(date: &str) -> Option<String> {
    let numbers = date.split(|c: char| !c.is_ascii_digit());
    numbers.into_iter().find(|number| number.len() == 4).map(str::to_owned).or_else(|| line(date))
}

/// The first and last page in a range: "211--212", "pp. 33–35". One number alone may be that of an article, or the number of
/// all pages of a book.
fn pages(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    let (first, last) = (numbers.next()?, numbers.next()?);
    (first <= last).then_some((first, last))
}

/// A DOI without the address of a resolver.
fn doi(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text.find("10.").map_or(text, |at| &text[at..]);
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// The paths in a `file` field: plain, or `description:path:type` as written by reference managers, separated by `;`.
fn files(field: &str) -> Vec<String> {
    split_unescaped(field, ';').into_iter().filter_map(file).collect()
}

/// The path in one item of a `file` field, with `/` for the backslashes of Windows.
fn file(item: &str) -> Option<String> {
    let parts = split_unescaped(item, ':');
    let is_drive = |part: &str| matches!(part.trim().as_bytes(), [letter] if letter.is_ascii_alphabetic());
    let path = match parts.as_slice() {
        [] => return None,
        // A drive letter is not a description.
        [drive, rest, ..] if is_drive(drive) && rest.starts_with(['\\', '/']) => parts[..2].join(":"),
        [_, path @ .., kind] if !path.is_empty() && is_type(kind) => path.join(":"),
        _ => item.to_owned(),
    };
    let path = unescape(path.trim());
    (!path.is_empty()).then_some(path)
}

/// Whether the last part of an item is a type: a MIME type, or a file extension as `JabRef` writes it ("PDF").
fn is_type(part: &str) -> bool {
    let is_mime = || part.split_once('/').is_some_and(|(kind, _)| kind.bytes().all(|b| b.is_ascii_lowercase()));
    part.is_empty() || is_mime() || part.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A path without escapes and without the braces that protect letters. Any other backslash separates folders.
fn unescape(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut chars = path.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => plain.push(chars.next_if(|next| r"\:;{}$_^#%&~".contains(*next)).map_or('/', |next| match next {
                '\\' => '/',
                escaped => escaped,
            })),
            '{' | '}' => {}
            c => plain.push(c),
        }
    }
    plain
}

/// Splits at each `mark` that is not escaped by a backslash.
fn split_unescaped(text: &str, mark: char) -> Vec<&str> {
    let mut is_escaped = false;
    let splits = move |c: char| {
        let is_mark = c == mark && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_mark
    };
    text.split(splits).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
    fn check(path: &str, text: &str, expected: Expect) {
        let (entries, problems) = parse(path, text);
        let entries = entries.iter().map(|entry| {
            let from: Vec<&String> = entry.files.iter().chain(&entry.url).chain(&entry.doi).collect();
            let keys =
                std::iter::once(&entry.key).chain(&entry.aliases).map(String::as_str).collect::<Vec<_>>().join(" = ");
            format!("{keys}: {entry} {from:?}\n")
        });
        let problems = problems.iter().map(|problem| format!("{problem}\n"));
        expected.assert_eq(&entries.chain(problems).collect::<String>());
    }

    #[test]
    fn entries_of_bibtex_and_biblatex() {
        check(
            "refs.bib",
            r#"
@string{ai = "Journal of {AI}"}
@comment{nothing}
@report{carlsmith2023,
  author = {Carlsmith, Joe}, title = {{Scheming} {AI}s: Will {AI}s fake
  alignment?}, date = {2023-11-14}, eprint = {2311.08379}, eprinttype = {arXiv}, ids = {carlsmith, scheming},
  file = {Full Text:/home/me/Zotero/storage/AB12/Carlsmith.pdf:application/pdf;:notes\;1.md:text/plain},
  month = nonsense,
}
@article{kwa,
  author = "Thomas Kwa and Vivek Hebbar", title = "Goodhart", year = 2022, journal = ai,
  doi = {https://doi.org/10.1000/x}, url = {https://example.org/kwa}, crossref = {kwa},
}
@book{eliot, author = {George Eliot}, title = {Middlemarch \& more}, publisher = {Blackwood}, file = {C:\texts\m.txt}}
@misc{org, author = {{Redwood Research and Friends}}, title = {R\'esum\'e}}
@misc{many, author = {A Bee and C Dee and others}, year = {in press}, title = {T}}
"#,
            expect![[r#"
                carlsmith2023 = carlsmith = scheming: Carlsmith (2023), Scheming AIs: Will AIs fake alignment?, arXiv ["/home/me/Zotero/storage/AB12/Carlsmith.pdf", "notes;1.md"]
                kwa: Kwa and Hebbar (2022), Goodhart, Journal of AI ["https://example.org/kwa", "10.1000/x"]
                eliot: Eliot, Middlemarch & more, Blackwood ["C:/texts/m.txt"]
                org: Redwood Research and Friends, Résumé []
                many: Bee et al. (in press), T []
            "#]],
        );
    }

    #[test]
    fn printed_pages_are_a_range() {
        let of = |text: &str| parse("refs.bib", text).0[0].pages;
        assert_eq!(of("@article{a, title={T}, pages={211--212}}"), Some((211, 212)));
        assert_eq!(of("@article{a, title={T}, pages={7}}"), None);
        assert_eq!(of("@article{a, title={T}, pages={e12}}"), None);
        assert_eq!(of("@article{a, title={T}}"), None);
        let (items, _) = parse("refs.json", r#"[{"id": "a", "page": "33-35"}]"#);
        assert_eq!(items[0].pages, Some((33, 35)));
    }

    #[test]
    fn a_broken_entry_is_skipped_with_its_line() {
        check(
            "refs.bib",
            "@article{good, title = {One}}\n\n@article{bad, title = {Two\n@article{also, title = {Three}}\n\
             @article{good, title = {Four}}\n@article{, title = }\n@article{undefined, title = some # thing}\n",
            expect![[r#"
                good: One []
                also: Three []
                undefined: something []
                refs.bib:3: entry `bad` skipped: unexpected end of file; check its braces and commas
                refs.bib:5: entry skipped: its key `good` is already used above; rename it
                refs.bib:6: entry skipped: unexpected end of file; check its braces and commas
            "#]],
        );
    }

    #[test]
    fn entries_as_bibtex_reads_them() {
        check(
            "refs.bib",
            r#"
@string{JWeirs = "Journal of " # what # "s"}
@STRING{what = {Weir}}
@misc{before, title = {One}}
@book(round,
  title = {Walls (and :) gates)}, author = "Ito, Ken (junior)", year = 1990)
@misc{after, title = {Two}}
@article{macro, title = {Three}, journal = jweirs}
@article{undefined, title = {Four}, journal = elsewhere # { B}}
@article{escaped, title = {Set \{\vphantom{\}\}free}, year = 2001}
@article{commands, title = {\enquote{Dusk} and \emph{dawn}}, author = {Mart\'{\i}n, Ana and others}}
@inbook{chapter, title = {Five}, author = {Ito, Ken}, crossref = {Volume}}
@book{volume, title = {All Walls}, year = 1999, editor = {Berg, Eva}, crossref = {chapter}}
@book{shared, title = {Six}, xdata = {data}}
@xdata{data, author = {Berg, Eva}, date = {2003}, doi = {10.1/x}}
"#,
            expect![[r#"
                before: One []
                round: Ito (1990), Walls (and :) gates) []
                after: Two []
                macro: Three, Journal of Weirs []
                undefined: Four, elsewhere B []
                escaped: Set free (2001) []
                commands: Martín et al., “Dusk” and dawn []
                chapter: Ito (1999), Five, All Walls []
                volume: Berg (1999), All Walls, Five []
                shared: Berg (2003), Six ["10.1/x"]
                data: Berg (2003) ["10.1/x"]
            "#]],
        );
    }

    #[test]
    fn paths_in_file_fields() {
        let check = |field: &str, paths: &[&str]| assert_eq!(files(field), paths, "{field}");
        check("/home/me/a.pdf", &["/home/me/a.pdf"]);
        check(":/home/me/Lives\\: one.pdf:application/pdf", &["/home/me/Lives: one.pdf"]);
        check("Text\\: all:/a/b\\;c.pdf:PDF;Cover:/a/d.png:image/png", &["/a/b;c.pdf", "/a/d.png"]);
        check("/home/me/Lives: one: two.txt", &["/home/me/Lives: one: two.txt"]);
        check("C:\\texts\\m.txt", &["C:/texts/m.txt"]);
        check("Full Text:C\\:\\\\Users\\\\m.txt:text/plain", &["C:/Users/m.txt"]);
        check("x:C:\\texts\\m.txt:TXT", &["C:/texts/m.txt"]);
        check("{{A}} {\\_}b\\_c.pdf", &["A _b_c.pdf"]);
        check(" ; ", &[]);
    }

    #[test]
    fn excessive_nesting_is_rejected() {
        let deep = format!("@article{{a, title = {{{}{}}}}}", "\\emph{".repeat(100_000), "}".repeat(100_000));
        check(
            "refs.bib",
            &deep,
            expect![[r#"
                refs.bib:1: entry `a` skipped: its braces are nested more than 64 deep
            "#]],
        );
        check(
            "refs.json",
            &"[{\"a\":".repeat(10_000),
            expect![[r"
            refs.json:1: item skipped: recursion limit exceeded
        "]],
        );
    }

    #[test]
    fn entries_of_csl_json() {
        check(
            "refs.json",
            r#"[
  {"id": "carlsmith2023", "type": "report", "title": "Scheming <i>AIs</i>",
   "author": [{"family": "Carlsmith", "given": "Joe"}], "issued": {"date-parts": [["2023", 11, 14]]},
   "publisher": "arXiv", "DOI": "10.48550/arXiv.2311.08379", "URL": "https://arxiv.org/abs/2311.08379"},
  {"id": 7, "title": "A \"quoted\" {title}", "editor": [{"literal": "Redwood Research"}], "issued": {"raw": "May 2024"},
   "container-title": ["A Journal"], "file": "a.pdf"},
  {"id": "vdb", "author": [{"family": "Berg", "non-dropping-particle": "van den", "given": "A."}]}
]"#,
            expect![[r#"
                carlsmith2023: Carlsmith (2023), Scheming AIs, arXiv ["https://arxiv.org/abs/2311.08379", "10.48550/arXiv.2311.08379"]
                7: Redwood Research (2024), A "quoted" {title}, A Journal ["a.pdf"]
                vdb: van den Berg []
            "#]],
        );
    }

    #[test]
    fn exports_of_zotero() {
        check(
            "refs.bib",
            r#"@article{varga_damped_2021,
  title = {Damped {{Instruments}}},
  author = {Varga, Lena and {de Vries}, Anton},
  date = {2021-05},
  journaltitle = {J. Meas.},
  file = {Full Text PDF:C\:\\Users\\me\\Zotero\\storage\\AB12\\Varga\;1.pdf:application/pdf;Snapshot:C\:\\Users\\me\\Zotero\\storage\\CD34\\p.html:text/html}
}
@online{haddadWells,
  title = {Wells},
  file = {/home/me/Zotero/storage/EF56/a - b.pdf;/home/me/Zotero/storage/GH78/w.html},
}
"#,
            expect![[r#"
                varga_damped_2021: Varga and de Vries (2021), Damped Instruments, J. Meas. ["C:/Users/me/Zotero/storage/AB12/Varga;1.pdf", "C:/Users/me/Zotero/storage/CD34/p.html"]
                haddadWells: Wells ["/home/me/Zotero/storage/EF56/a - b.pdf", "/home/me/Zotero/storage/GH78/w.html"]
            "#]],
        );
        check(
            "refs.json",
            r#"[
  {"id": "http://zotero.org/users/1/items/AB12CD34", "title": "Wells", "note": "DOI: 10.1/w\nCitation Key: haddadWells"},
  {"id": "weil1949", "citation-key": "weil1949", "title": "Roots"}
]"#,
            expect![[r#"
                haddadWells = http://zotero.org/users/1/items/AB12CD34: Wells ["10.1/w"]
                weil1949: Roots []
            "#]],
        );
    }

    #[test]
    fn a_broken_item_is_skipped_with_its_line() {
        check(
            "refs.json",
            "[\n{\"id\": \"a\", \"title\": \"One\"}\n{\"id\": \"b\", \"title\": }\n,{\"title\": \"no id\"},\n\
             {\"id\": \"c\", \"title\": \"open}\n",
            expect![[r"
                a: One []
                refs.json:3: item skipped: expected value
                refs.json:4: item skipped: it has no `id`; add one
                refs.json:5: item skipped: control character (\u0000-\u001F) found while parsing a string
            "]],
        );
        check(
            "refs.json",
            "not json",
            expect![[r#"
            refs.json:1: not CSL-JSON: expected a list of items, `[{"id": …}]`
        "#]],
        );
    }

    proptest! {
        #[test]
        fn parsing_never_fails(
            pieces in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec![
                        "@article{", "a, ", "title = {", "}", "{", "\"", "author = ", " and ", ",", "\n@misc{b,", "\\", "#",
                        "@string{x = ", "[", "]", "{\"id\": \"", "\"author\": [", "crossref = {a}", "$", "%", "file = {a:b",
                    ]).prop_map(str::to_owned),
                    ".{0,6}",
                ],
                0..40,
            ),
        ) {
            let text = pieces.concat();
            for path in ["a.bib", "a.json"] {
                let (entries, _) = parse(path, &text);
                prop_assert!(entries.iter().all(|entry| text.get(entry.span.range()).is_some()));
            }
        }
    }
}
