//! Reads BibTeX and BibLaTeX with the `biblatex` crate, one entry at a time.

use biblatex::{Bibliography, ChunksExt, Entry as Work, Pair, Person, RawBibliography, RawChunk, RawEntry};
use ibid_text::Span;

use super::{Entry, Name, Reader, doi, files, line, year};

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
    "file",
    "howpublished",
    "ids",
    "institution",
    "journal",
    "journaltitle",
    "organization",
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
    let text = reader.text;
    let mut parsed = Vec::new();
    let mut abbreviations = Vec::new();
    for start in chunks(text) {
        let chunk = &text[start.clone()];
        if nesting(chunk) > DEEPEST {
            reader.skip(start.start, format!("entry skipped: its braces are nested more than {DEEPEST} deep"));
            continue;
        }
        match RawBibliography::parse(chunk) {
            Ok(raw) => {
                abbreviations.extend(raw.abbreviations);
                parsed.extend(raw.entries.into_iter().map(|entry| (start.start, entry)));
            }
            Err(error) => {
                let what = error.kind;
                reader.skip(start.start, format!("entry skipped: {what}; check its braces and commas"));
            }
        }
    }
    for (offset, raw) in parsed {
        let span = Span::from(offset + raw.span.start..offset + raw.span.end);
        let key = raw.v.key.v.to_owned();
        match resolve(raw.v, &abbreviations) {
            Ok(work) if !key.is_empty() => reader.entries.push(entry(&work, key, span)),
            Ok(_) => reader.skip(span.start as usize, "entry skipped: it has no key; add one".to_owned()),
            Err(what) => reader.skip(span.start as usize, format!("entry `{key}` skipped: {what}")),
        }
    }
}

/// Whether `line` begins with `@kind{`.
fn opens_entry(line: &str) -> bool {
    line.strip_prefix('@')
        .is_some_and(|rest| rest.trim_start_matches(char::is_alphabetic).trim_start().starts_with('{'))
}

/// Splits the text at entries that begin a line, so that an entry without a closing brace does not affect the others.
fn chunks(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        if opens_entry(body) {
            starts.push(at + line.len() - body.len());
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The deepest nesting of braces. Escaped braces do not count, as in the crate.
fn nesting(chunk: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut escaped = false;
    for byte in chunk.bytes() {
        match byte {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
        escaped = byte == b'\\' && !escaped;
    }
    deepest
}

/// Resolves the abbreviations in an entry, or returns what is wrong with it.
fn resolve(mut raw: RawEntry, abbreviations: &[Pair]) -> Result<Work, String> {
    raw.fields.retain(|field| READ.binary_search(&field.key.v.to_ascii_lowercase().as_str()).is_ok());
    let abbreviated = |field: &Pair| field.value.v.iter().any(|chunk| matches!(chunk.v, RawChunk::Abbreviation(_)));
    let abbreviations = if raw.fields.iter().any(abbreviated) { abbreviations.to_vec() } else { Vec::new() };
    let span = 0..0;
    let entries = vec![biblatex::Spanned::new(raw, span)];
    let bibliography = Bibliography::from_raw(RawBibliography { preamble: String::new(), entries, abbreviations });
    let works = bibliography.map_err(|error| error.kind.to_string())?.into_vec();
    works.into_iter().next().ok_or_else(|| "it is empty".to_owned())
}

fn entry(work: &Work, key: String, span: Span) -> Entry {
    let field = |name: &str| work.get(name).and_then(|chunks| line(&chunks.format_verbatim()));
    let first = |names: &[&str]| names.iter().find_map(|name| field(name));
    let people = |name: &str| work.get_as::<Vec<Person>>(name).ok().filter(|people| !people.is_empty());
    let title = match (field("title"), field("subtitle")) {
        (Some(title), Some(subtitle)) => Some(format!("{title}: {subtitle}")),
        (title, subtitle) => title.or(subtitle),
    };
    Entry {
        key,
        aliases: field("ids").map_or_else(Vec::new, |ids| ids.split(',').filter_map(line).collect()),
        authors: people("author").or_else(|| people("editor")).unwrap_or_default().into_iter().map(name).collect(),
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
        files: field("file").map_or_else(Vec::new, |field| files(&field)),
        url: field("url"),
        doi: field("doi").and_then(|text| doi(&text)),
        span,
    }
}

fn name(person: Person) -> Name {
    let family = if person.prefix.is_empty() { person.name } else { format!("{} {}", person.prefix, person.name) };
    Name { family, given: line(&person.given_name) }
}
