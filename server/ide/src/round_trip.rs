//! What is offered is accepted: whatever fix, completion, citation, rename or move is applied to a note, no citation and no link
//! is broken by it, and each link leads where it led before.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use ibid_corpus::{File, FileId, Resolution, Snapshot};
use ibid_text::Span;
use proptest::prelude::*;

use crate::{
    Code, FileEdits, Memo, Renaming, actions,
    completion::{About, completion},
    diagnostics,
    fixture::Fixture,
    move_files, prepare_rename, rename,
    syntax::{destination::destination, slug::slug, wiki_name::is_wiki_name},
};

/// The place that a link leads to: a file, and the first line there.
pub(crate) type End = Option<(PathBuf, String)>;

/// Where the links of a file lead, in order.
pub(crate) fn ends(snapshot: &Snapshot, file: &File) -> Vec<End> {
    let end = |resolution: &Resolution| -> End {
        let (Resolution::Source { file, span } | Resolution::Note { file, span }) = resolution else { return None };
        let file = snapshot.file(*file)?;
        let place = span.map(|span| file.words_at(span)).unwrap_or_default();
        Some((file.absolute.to_path_buf(), place.lines().next().unwrap_or_default().to_owned()))
    };
    file.citations().iter().map(|link| end(&snapshot.resolve(file.id, link))).collect()
}

/// The path of a file after moves.
pub(crate) fn follow(path: &Path, moves: &[(PathBuf, PathBuf)]) -> PathBuf {
    let to = |(from, to): &(PathBuf, PathBuf)| path.strip_prefix(from).ok().map(|rest| to.join(rest));
    let found = moves.iter().find_map(to).unwrap_or_else(|| path.to_path_buf());
    found.components().collect()
}

/// The workspace after edits and moves.
pub(crate) fn after(fixture: &Fixture, edits: &[FileEdits], moves: &[(PathBuf, PathBuf)]) -> Fixture {
    let mut files = String::new();
    for file in fixture.snapshot.files() {
        let mut text = file.page().expect("its text is held").text().to_owned();
        let own = edits.iter().filter(|edited| edited.file == file.id).flat_map(|edited| edited.edits.iter().rev());
        own.for_each(|(span, new)| text.replace_range(span.range(), new));
        let there = follow(&file.absolute, moves);
        let path = there.strip_prefix(&fixture.snapshot.config().root).expect("it stays in the workspace");
        let _ = write!(files, "//- /{}\n{text}", path.display());
    }
    Fixture::new(&files)
}

/// Checks that each link of each note that led somewhere still leads there, `rename` being made in the first lines of places.
pub(crate) fn check_links(
    before: &Fixture,
    after: &Fixture,
    moves: &[(PathBuf, PathBuf)],
    rename: impl Fn(&Path, &str) -> String,
) -> Result<(), TestCaseError> {
    for file in before.snapshot.files().filter(|file| file.is_note()) {
        let there = follow(&file.absolute, moves);
        let then = after.snapshot.by_path(&there).expect("every file is still there");
        let old = ends(&before.snapshot, file);
        let new = ends(&after.snapshot, then);
        let text = |file: &File| file.page().expect("its text is held").text().to_owned();
        let changed = || format!("{}:\n{}\nnow:\n{}", file.path, text(file), text(then));
        prop_assert_eq!(old.len(), new.len(), "{}", changed());
        let note = file.note().expect("it is a note");
        // Front matter has no form for a name that no wiki-link can have.
        let may_stay =
            |at: usize| note.is_property(&note.citations[at]) && moves.iter().any(|(_, to)| !is_linkable(to));
        let pairs = old.into_iter().zip(new).enumerate().filter(|(at, (old, _))| old.is_some() && !may_stay(*at));
        for (_, (old, new)) in pairs {
            let expected = old.map(|(path, place)| (follow(&path, moves), rename(&path, &place)));
            prop_assert_eq!(new, expected, "{}", changed());
        }
    }
    Ok(())
}

fn is_linkable(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| is_wiki_name(&stem.to_string_lossy()))
}

/// Names of files, some of which no wiki-link can have.
const NAMES: [&str; 12] = [
    "log",
    "Tide Log",
    "C# log",
    "Log [ebb]",
    "x^2",
    "50% of it",
    "Über die Flut",
    "log.v2",
    "(old) log",
    "a+b & c",
    "L4",
    "@kwa",
];

const KEYS: [&str; 6] = ["kwa2024", "WB+:TIDE:10", "doe 99", "o'neil--x", "a.b", "ü_1"];

const HEADINGS: [&str; 8] =
    ["Tides", "High Water", "What [is] it?", "C# or not", "Über: den *Regen*", "L4", "1.2 Ebb & flow", "Tides"];

/// Sentences with a name, a key and a heading to fill in.
const SENTENCES: [&str; 16] = [
    "See [[NAME]] and ![[NAME|200]].",
    "See [[NAME#HEADING|there]].",
    "See [it](PATH) or [that](<NAME.md>).",
    "See [it](PATH#ANCHOR \"a title\").",
    "So it is [@KEY, p. 3].",
    "So it is [@{KEY}]; says @KEY.",
    "They say “the lamp was lit by an old keeper on clear nights” [[NAME]].",
    "They say “the lamp was lit by a young keeper on clear nights” [@KEY].",
    "They say \"the lamp was lit by a young keeper on dark nights\".[^1]",
    "See [[NAMES]], [[NAME#Hihg Water]], [[#HEADING]] and [x](#tidse).",
    "So [@kwa2025] and [[NAME#^noon]], [[NAME#^non]].",
    "## HEADING",
    "> The lamp was lit by a young keeper.\n>\n> — [[NAME]]",
    "- [[NAME]]\n- [[TWIN/NAME]]",
    "[^1]: [[NAME]], [it](PATH).",
    "![a picture](img/high%20tide.png) ![[NAME]] ![b](PATH)",
];

/// A workspace: a source, two notes and the note itself, which ends with some sentences.
#[derive(Clone, Debug)]
struct Vault {
    source: &'static str,
    key: &'static str,
    others: [&'static str; 2],
    headings: Vec<&'static str>,
    sentences: Vec<(&'static str, usize)>,
}

fn vault() -> impl Strategy<Value = Vault> {
    let (name, key) = (prop::sample::select(NAMES.to_vec()), prop::sample::select(KEYS.to_vec()));
    let others = [prop::sample::select(NAMES.to_vec()), prop::sample::select(NAMES.to_vec())];
    let headings = prop::sample::subsequence(HEADINGS.to_vec(), 1..4);
    let sentences = prop::collection::vec((prop::sample::select(SENTENCES.to_vec()), 0_usize..3), 1..5);
    (name, key, others, headings, sentences).prop_map(|(source, key, others, headings, sentences)| Vault {
        source,
        key,
        others,
        headings,
        sentences,
    })
}

impl Vault {
    /// The workspace, with this text at the end of the note.
    fn fixture(&self) -> Fixture {
        let headings =
            self.headings.iter().fold(String::new(), |text, heading| text + "## " + heading + "\n\nWords.\n\n");
        let Self { source, key, others: [first, second], .. } = self;
        let mut note = format!("---\nup: \"[[{second}]]\"\n---\n\n# The note\n\n{headings}");
        for (at, (sentence, name)) in self.sentences.iter().enumerate() {
            let name = [*source, *first, *second][*name];
            let heading = self.headings[at % self.headings.len()];
            let path = format!("../{}/{name}.md", if name == *source { "sources" } else { "notes" });
            let sentence = sentence
                .replace("PATH", &destination(&path, false))
                .replace("ANCHOR", &slug(heading))
                .replace("NAME", name)
                .replace("KEY", key)
                .replace("HEADING", heading)
                .replace("TWIN", "notes");
            let _ = write!(note, "{sentence}\n\n");
        }
        Fixture::new(&format!(
            "//- /sources/{source}.md\n---\nid: \"{key}\"\n---\n\n# Lamps\n\nThe lamp was lit by a young keeper on clear nights. ^noon\n\n\
             //- /notes/{first}.md\n# First\n\n{headings}At noon. ^noon\n\n//- /notes/deep/{second}.md\n# Second\n\n{headings}\n\
             //- /notes/my note.md\n{note}"
        ))
    }
}

/// How many citations and links of the note are reported as broken.
fn broken(fixture: &Fixture) -> usize {
    let codes = [Code::CitationUnresolved, Code::CitationAmbiguous, Code::LinkBroken];
    diagnostics(&fixture.snapshot, fixture.file).iter().filter(|finding| codes.contains(&finding.code)).count()
}

/// The workspace after edits of its note.
fn edited(fixture: &Fixture, edits: &[(Span, String)]) -> Fixture {
    let mut then = after(fixture, &[FileEdits { file: fixture.file, edits: edits.to_vec() }], &[]);
    then.file = then.snapshot.by_path(&fixture.file().absolute).expect("it is still there").id;
    then
}

/// The offsets inside of the citations of the note.
fn places(fixture: &Fixture) -> Vec<u32> {
    let links = fixture.file().citations();
    let text = fixture.page().text().to_owned();
    let middle = |link: &ibid_note::Citation| u32::midpoint(link.target_span.start, link.target_span.end);
    links
        .iter()
        .flat_map(|link| [link.target_span.start, middle(link)])
        .filter(|&at| text.is_char_boundary(at as usize))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_fix_breaks_nothing(vault in vault()) {
        let fixture = vault.fixture();
        let before = broken(&fixture);
        for finding in diagnostics(&fixture.snapshot, fixture.file) {
            for fix in &finding.fixes {
                let then = edited(&fixture, &fix.edits);
                prop_assert!(broken(&then) <= before, "{}:\n{}", fix.title, then.page().text());
            }
        }
    }

    #[test]
    fn a_completion_leads_to_what_it_names(vault in vault()) {
        let fixture = vault.fixture();
        let before = broken(&fixture);
        for at in places(&fixture) {
            let Some(offered) = completion(&fixture.snapshot, fixture.file, at) else { continue };
            for item in offered.items {
                let then = edited(&fixture, &[(item.span, item.insert.clone())]);
                let shown = || format!("{at}: {item:?}\n{}\nnow:\n{}", fixture.page().text(), then.page().text());
                prop_assert!(broken(&then) <= before, "{}", shown());
                let Some(About::File(file)) = item.about else { continue };
                let meant = fixture.snapshot.file(file).map(|file| file.absolute.clone());
                let far = |link: &ibid_note::Citation| link.target_span.start.abs_diff(item.span.start);
                let link = then.file().citations().into_iter().min_by_key(far);
                // The heading behind a name may be one that only the old file has.
                let whole = link.map(|link| ibid_note::Citation { target: link.target.without_fragment(), ..link });
                let found = whole.and_then(|link| then.snapshot.resolve(then.file, &link).file());
                let found = found.and_then(|file| then.snapshot.file(file)).map(|file| file.absolute.clone());
                prop_assert_eq!(found, meant, "{}", shown());
            }
        }
    }

    #[test]
    fn a_citation_leads_to_what_it_cites(vault in vault()) {
        let fixture = vault.fixture();
        let before = broken(&fixture);
        let quotations = fixture.file().note().expect("it is a note").quotations.clone();
        let places = places(&fixture).into_iter().chain(quotations.iter().map(|quotation| quotation.span.start + 1));
        for at in places {
            for action in actions(&fixture.snapshot, fixture.file, Span::empty(at), &Memo::default()) {
                let then = edited(&fixture, &action.edits);
                prop_assert!(broken(&then) <= before, "{}:\n{}", action.title, then.page().text());
            }
        }
    }

    #[test]
    fn a_rename_leaves_every_link_where_it_led(vault in vault(), name in prop::sample::select(NAMES.to_vec())) {
        let fixture = vault.fixture();
        let headings = fixture.file().headings().into_iter().map(|heading| heading.span.end.saturating_sub(2));
        for at in places(&fixture).into_iter().chain(headings) {
            let Some(renamable) = prepare_rename(&fixture.snapshot, fixture.file, at) else { continue };
            let Ok(Renaming { edits, moved, .. }) = rename(&fixture.snapshot, fixture.file, at, name) else { continue };
            let path = |file: FileId| fixture.snapshot.file(file).map(|file| file.absolute.to_path_buf());
            let moves: Vec<_> = moved.into_iter().filter_map(|(file, there)| Some((path(file)?, there))).collect();
            let then = after(&fixture, &edits, &moves);
            let is_heading = fixture.file().headings().iter().any(|heading| heading.span.covers(renamable.span));
            // A key in a heading is one more citation, and equal headings cannot be told apart here.
            if is_heading && (name.starts_with('@') || fixture.page().text().matches(&renamable.name).count() > 1) {
                continue;
            }
            let old = format!("## {}", renamable.name);
            let renamed = |path: &Path, place: &str| {
                let is_it = is_heading && *path == *fixture.file().absolute && place == old;
                if is_it { format!("## {name}") } else { place.to_owned() }
            };
            check_links(&fixture, &then, &moves, renamed)?;
        }
    }

    #[test]
    fn a_move_leaves_every_link_where_it_led(
        vault in vault(),
        from in 0_usize..4,
        to in prop::sample::select(vec!["notes", "notes/deep", "."]),
        name in prop::sample::select(NAMES.to_vec()),
    ) {
        let fixture = vault.fixture();
        let root = &fixture.snapshot.config().root;
        let mut files: Vec<PathBuf> = fixture.snapshot.files().map(|file| file.absolute.to_path_buf()).collect();
        files.sort_unstable();
        let from = files[from % files.len()].clone();
        let there = root.join(to).components().collect::<PathBuf>().join(format!("{name}.md"));
        let is_source = from.starts_with(root.join("sources"));
        if !is_source && !files.contains(&there) {
            let moves = [(from, there)];
            let edits = move_files(&fixture.snapshot, &moves);
            let then = after(&fixture, &edits, &moves);
            check_links(&fixture, &then, &moves, |_, place| place.to_owned())?;
        }
    }
}
