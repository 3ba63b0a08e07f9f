//! Reads BibTeX and BibLaTeX with the `biblatex` crate, one entry at a time.

mod chunks;
mod inheritance;
mod tex;

use biblatex::{
    Bibliography, ChunksExt, Entry as Work, Pair, ParseError, Person, RawBibliography, RawChunk, RawEntry, Spanned,
};
use ibid_text::Span;
use rustc_hash::FxHashMap;

use self::{
    chunks::Chunk,
    inheritance::{Parent, inherit},
    tex::plain,
};
use super::{Entry, Name, Reader, doi, files, line, pages, year};

/// The fields that are used. Others are dropped before the crate resolves them, so that a broken field that is not used
/// does not invalidate the entry, and a `crossref` to itself does not loop forever.
const READ: &[&str] = &[
    "archiveprefix",
    "author",
    "booktitle",
    "date",
    "doi",
    "editor",
    "eprint",
    "eprinttype",
    "howpublished",
    "ids",
    "institution",
    "journal",
    "journaltitle",
    "organization",
    "pages",
    "publisher",
    "school",
    "subtitle",
    "title",
    "url",
    "year",
];

/// Maximum nesting of braces. The crate resolves nested commands by recursion; real entries are far less deep.
const DEEPEST: usize = 64;

/// Reads every entry of the bibliography.
pub(super) fn read(reader: &mut Reader) {
    let chunks: Vec<(Chunk<'_>, Option<String>)> = Chunk::all(reader.text)
        .map(|chunk| {
            let counted = chunk.without_escaped_braces();
            (chunk, counted)
        })
        .collect();
    let mut parsed = Vec::new();
    let mut abbreviations = Abbreviations::default();
    for (chunk, counted) in &chunks {
        let named = || match chunk.key() {
            "" => "entry".to_owned(),
            key => format!("entry `{key}`"),
        };
        if chunk.nesting() > DEEPEST {
            reader.skip(chunk.start, format!("{} skipped: its braces are nested more than {DEEPEST} deep", named()));
            continue;
        }
        match parse(chunk, counted.as_deref()) {
            Ok(raw) => {
                abbreviations.extend(raw.abbreviations);
                parsed.extend(raw.entries.into_iter().map(|entry| (chunk.start, entry)));
            }
            Err(error) => {
                let what = error.kind;
                reader.skip(chunk.start, format!("{} skipped: {what}; check its braces and commas", named()));
            }
        }
    }
    let (mut entries, mut parents) = (Vec::new(), Vec::new());
    for (offset, raw) in parsed {
        let span = Span::from(offset + raw.span.start..offset + raw.span.end);
        let key = raw.v.key.v.to_owned();
        let (parent, paths) = (parent(&raw.v), paths(&raw.v));
        match resolve(raw.v, &abbreviations) {
            Ok(work) if !key.is_empty() => {
                entries.push(Entry { files: paths, ..entry(&work, key, span) });
                parents.push(parent);
            }
            Ok(_) => reader.skip(span.start as usize, "entry skipped: it has no key; add one".to_owned()),
            Err(what) => reader.skip(span.start as usize, format!("entry `{key}` skipped: {what}")),
        }
    }
    inherit(&mut entries, &parents);
    reader.entries = entries;
}

/// Parses an entry as written; if that fails, with every brace counted.
fn parse<'c>(chunk: &'c Chunk<'_>, counted: Option<&'c str>) -> Result<RawBibliography<'c>, ParseError> {
    RawBibliography::parse(&chunk.text).or_else(|error| match counted {
        Some(counted) => RawBibliography::parse(counted).map_err(|_| error),
        None => Err(error),
    })
}

/// The abbreviations that a file defines with `@string`, by their names in lower case.
#[derive(Default)]
struct Abbreviations<'t>(FxHashMap<String, Pair<'t>>);

impl<'t> Abbreviations<'t> {
    fn extend(&mut self, defined: Vec<Pair<'t>>) {
        self.0.extend(defined.into_iter().map(|pair| (pair.key.v.to_lowercase(), pair)));
    }

    /// The definitions that an entry needs, by the names that it uses. An abbreviation that the file does not define has its
    /// name as its value: another file may define it.
    fn used_by<'e>(&self, entry: &RawEntry<'e>) -> Vec<Pair<'e>>
    where
        't: 'e,
    {
        let mut used = Vec::new();
        let values = entry.fields.iter().map(|field| &field.value.v);
        let mut names: Vec<&str> = values.flat_map(|value| abbreviations_in(value)).collect();
        while let Some(name) = names.pop() {
            if used.iter().any(|pair: &Pair<'_>| pair.key.v == name) {
                continue;
            }
            let value = match self.0.get(&name.to_lowercase()) {
                Some(defined) => defined.value.v.clone(),
                None => vec![Spanned::new(RawChunk::Normal(name), 0..0)],
            };
            names.extend(abbreviations_in(&value));
            used.push(Pair::new(Spanned::new(name, 0..0), Spanned::new(value, 0..0)));
        }
        used
    }
}

/// The abbreviations that a value uses.
fn abbreviations_in<'t>(value: &[Spanned<RawChunk<'t>>]) -> Vec<&'t str> {
    let name = |chunk: &Spanned<RawChunk<'t>>| match chunk.v {
        RawChunk::Abbreviation(name) => Some(name),
        RawChunk::Normal(_) => None,
    };
    value.iter().filter_map(name).collect()
}

/// The entry from which another takes over fields.
fn parent(entry: &RawEntry<'_>) -> Option<Parent> {
    let collection = || value(entry, "crossref").map(Parent::Collection);
    value(entry, "xdata").map(Parent::Data).or_else(collection)
}

/// The paths of an entry's files. They are read as written, because a backslash in a path is no TeX command.
fn paths(entry: &RawEntry<'_>) -> Vec<String> {
    value(entry, "file").map_or_else(Vec::new, |field| files(&field))
}

/// The value of a field as written.
fn value(entry: &RawEntry<'_>, name: &str) -> Option<String> {
    let field = entry.fields.iter().find(|field| field.key.v.eq_ignore_ascii_case(name))?;
    let written = |chunk: &Spanned<RawChunk<'_>>| match chunk.v {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.to_owned(),
    };
    Some(field.value.v.iter().map(written).collect())
}

/// Resolves the abbreviations in an entry, or returns what is wrong with it.
fn resolve(mut raw: RawEntry<'_>, abbreviations: &Abbreviations<'_>) -> Result<Work, String> {
    raw.fields.retain(|field| READ.binary_search(&field.key.v.to_ascii_lowercase().as_str()).is_ok());
    let abbreviations = abbreviations.used_by(&raw);
    let entries = vec![Spanned::new(raw, 0..0)];
    let bibliography = Bibliography::from_raw(RawBibliography { preamble: String::new(), entries, abbreviations });
    let works = bibliography.map_err(|error| error.kind.to_string())?.into_vec();
    works.into_iter().next().ok_or_else(|| "it is empty".to_owned())
}

fn entry(work: &Work, key: String, span: Span) -> Entry {
    let field = |name: &str| work.get(name).and_then(|chunks| line(&plain(&chunks.format_verbatim())));
    let first = |names: &[&str]| names.iter().find_map(|name| field(name));
    let people = |name: &str| work.get_as::<Vec<Person>>(name).ok().filter(|people| !people.is_empty());
    let title = match (field("title"), field("subtitle")) {
        (Some(title), Some(subtitle)) => Some(format!("{title}: {subtitle}")),
        (title, subtitle) => title.or(subtitle),
    };
    let mut authors: Vec<Name> =
        people("author").or_else(|| people("editor")).unwrap_or_default().into_iter().map(name).collect();
    let named = authors.len();
    authors.retain(|author| author.given.is_some() || author.family != OTHERS);
    Entry {
        key,
        aliases: field("ids").map_or_else(Vec::new, |ids| ids.split(',').filter_map(line).collect()),
        has_more_authors: authors.len() < named,
        authors,
        title,
        year: first(&["date", "year"]).and_then(|date| year(&date)),
        container: first(&[
            "journaltitle",
            "journal",
            "booktitle",
            "eprinttype",
            "archiveprefix",
            "publisher",
            "institution",
            "school",
            "organization",
            "howpublished",
        ]),
        pages: field("pages").and_then(|text| pages(&text)),
        files: Vec::new(),
        url: field("url"),
        doi: field("doi").and_then(|text| doi(&text)),
        span,
    }
}

/// The name that stands for further authors at the end of a list.
const OTHERS: &str = "others";

fn name(person: Person) -> Name {
    let family = if person.prefix.is_empty() { person.name } else { format!("{} {}", person.prefix, person.name) };
    Name { family: plain(&family), given: line(&plain(&person.given_name)) }
}
