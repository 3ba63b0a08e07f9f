use std::path::Path;

use expect_test::{Expect, expect};
use ibid_note::{Citation, Fragment, Target};
use ibid_text::Span;

use super::Resolution;
use crate::{
    Change, Config, Host, Roles, Skipped, Snapshot,
    fixture::{self, ROOT, set},
};

const PAGE: &str = "---\nid: kwa\naliases: [The comments]\nurl: https://www.example.org/kwa/\n---\n\n# First part\n\n\
                    Current models are evidence.\nSo it seems. ^seems\n\n## Second (part)’s `end`\n\nMore words stand here.\n\n\
                    ## Third {#last}\n\nWith <a id=\"mark\"></a> a mark.\n";

const FILES: [(&str, &str); 9] = [
    ("journal/day.md", "Words.\n"),
    ("notes/day.md", "Words.\n"),
    ("sources/page.md", PAGE),
    ("sources/plain.txt", "We don’t know, they\nsay. We know more now.\n"),
    ("sources/a/twin.txt", "One.\n"),
    ("sources/b/twin.txt", "Two.\n"),
    ("notes/note.md", "# Mine\n\nWords.\n\n# Other\n\nMore.\n"),
    ("notes/second.md", "Words.\n"),
    ("notes/page.md", "A note on the page.\n"),
];

/// A citation of `target`. Its place in the note does not matter here.
fn citation(target: Target) -> Citation {
    let span = Span::default();
    Citation { span, target_span: span, target, footnote: None, locator: None, bare: false }
}

fn show(snapshot: &Snapshot, resolution: &Resolution) -> String {
    let place = |kind: &str, file, span: &Option<Span>| {
        let file = snapshot.file(file).expect("a resolution is to a file that is held");
        let words = span.map_or_else(String::new, |span| format!(" {:?}", file.words_at(span)));
        format!("{kind} {}{words}", file.path)
    };
    match resolution {
        Resolution::Source { file, span } => place("source", *file, span),
        Resolution::Note { file, span } => place("note", *file, span),
        Resolution::NotHeld => "not held".to_owned(),
        Resolution::Several(files) => {
            let paths = files.iter().filter_map(|&file| snapshot.file(file)).map(|file| file.path.clone());
            format!("several: {}", paths.collect::<Vec<_>>().join(", "))
        }
        Resolution::Dead { nearest } => format!("dead; nearest: {}", nearest.join(", ")),
        Resolution::NoCitation => "no citation".to_owned(),
    }
}

/// The resolution of each target in `notes/note.md`.
#[expect(clippy::needless_pass_by_value, reason = "reads better at the call")]
fn check<'a>(targets: impl IntoIterator<Item = (&'a str, Target)>, expected: Expect) {
    let snapshot = fixture::snapshot(&FILES);
    let note = snapshot.by_path(&Path::new(ROOT).join("notes/note.md")).expect("the note is held").id;
    let line =
        |(written, target)| format!("{written}: {}\n", show(&snapshot, &snapshot.resolve(note, &citation(target))));
    expected.assert_eq(&targets.into_iter().map(line).collect::<String>());
}

fn key(key: &str) -> (&str, Target) {
    (key, Target::Key(key.to_owned()))
}

fn fragment(written: &str) -> Option<Fragment> {
    let (_, fragment) = written.split_once('#')?;
    let line = |text: &str| text.trim_start_matches('L').parse().ok();
    let words = |text: &str| text.replace("%20", " ");
    Some(if let Some(block) = fragment.strip_prefix('^') {
        Fragment::Block(block.to_owned())
    } else if let Some(directive) = fragment.strip_prefix(":~:text=") {
        let (start, end) = directive.split_once(',').map_or((directive, None), |(start, end)| (start, Some(end)));
        Fragment::Text { prefix: None, start: words(start), end: end.map(words), suffix: None }
    } else if let Some((first, last)) = fragment.split_once('-').and_then(|(a, b)| Some((line(a)?, line(b)?))) {
        Fragment::Lines { first, last }
    } else {
        Fragment::Heading(fragment.to_owned())
    })
}

fn before_fragment(written: &str) -> String {
    written.split('#').next().unwrap_or_default().to_owned()
}

fn wiki(written: &str) -> (&str, Target) {
    (written, Target::Wiki { file: before_fragment(written), fragment: fragment(written) })
}

fn path(written: &str) -> (&str, Target) {
    (written, Target::Path { path: before_fragment(written), fragment: fragment(written) })
}

fn url(written: &str) -> (&str, Target) {
    (written, Target::Url { url: before_fragment(written), fragment: fragment(written) })
}

#[test]
fn keys_are_ids_then_stems() {
    check(
        ["kwa", "KWA", "plain", "twin", "kwaa", "nobody"].map(key),
        expect![[r"
        kwa: source sources/page.md
        KWA: source sources/page.md
        plain: source sources/plain.txt
        twin: several: sources/a/twin.txt, sources/b/twin.txt
        kwaa: dead; nearest: kwa
        nobody: dead; nearest: 
    "]],
    );
}

#[test]
fn keys_lead_through_a_bibliography() {
    const WORKS: &str = "@article{kwa2024, title = {T}, file = {sources/plain.txt}}\n\
                         @misc{web, title = {W}, url = {http://example.org/kwa}}\n\
                         @book{plain, title = {P}}\n@book{shelf, title = {S}}\n";
    let config = Config { bibliography: vec!["refs.bib".to_owned()], ..fixture::config() };
    let roles = Roles::new(&config);
    let path = Path::new(ROOT).join("refs.bib");
    let works = Change::Set { role: roles.of(&path), path, bytes: WORKS.as_bytes().into() };
    let mut host = Host::default();
    host.apply(vec![Change::Configure(config.into()), works]);
    host.apply(FILES.iter().map(|(path, text)| set(path, text)).collect());
    let snapshot = host.snapshot();
    let note = snapshot.by_path(&Path::new(ROOT).join("notes/note.md")).expect("the note is held").id;
    let line =
        |(written, target)| format!("{written}: {}\n", show(&snapshot, &snapshot.resolve(note, &citation(target))));
    let shown: String = ["kwa2024", "web", "plain", "shelf", "shelv"].map(key).into_iter().map(line).collect();
    expect![[r"
        kwa2024: source sources/plain.txt
        web: source sources/page.md
        plain: source sources/plain.txt
        shelf: not held
        shelv: dead; nearest: shelf
    "]]
    .assert_eq(&shown);
    assert_eq!(show(&snapshot, &snapshot.resolve(note, &citation(wiki("shelf").1))), "not held");
    let known = |path: &str| {
        let file = snapshot.by_path(&Path::new(ROOT).join(path)).expect("the source is held");
        let metadata = snapshot.metadata(file);
        (metadata.title, metadata.keys)
    };
    assert_eq!(known("sources/plain.txt"), (Some("T".to_owned()), vec!["kwa2024".to_owned()]));
    assert_eq!(known("sources/page.md"), (Some("First part".to_owned()), vec!["kwa".to_owned(), "web".to_owned()]));
    assert_eq!(known("sources/a/twin.txt"), (None, vec![]));
    assert_eq!(snapshot.entry("shelf").map(|(file, entry)| (&*file.path, &*entry.key)), Some(("refs.bib", "shelf")));
}

/// The resolutions of keys with `works` as the bibliography, and the bibliography key of each source.
#[expect(clippy::needless_pass_by_value, reason = "reads better at the call")]
fn check_library(works: &str, files: &[(&str, &str)], keys: &[&str], expected: Expect) {
    let config = Config { bibliography: vec!["refs.bib".to_owned()], ..fixture::config() };
    let roles = Roles::new(&config);
    let path = Path::new(ROOT).join("refs.bib");
    let works = Change::Set { role: roles.of(&path), path, bytes: works.as_bytes().into() };
    let mut host = Host::default();
    host.apply(vec![Change::Configure(config.into()), works, set("note.md", "Words.")]);
    host.apply(files.iter().map(|(path, text)| set(path, text)).collect());
    let snapshot = host.snapshot();
    let note = snapshot.by_path(&Path::new(ROOT).join("note.md")).expect("the note is held").id;
    let led =
        |key: &&str| format!("{key}: {}\n", show(&snapshot, &snapshot.resolve(note, &citation(self::key(key).1))));
    let known = |(path, _): &(&str, &str)| {
        let file = snapshot.by_path(&Path::new(ROOT).join(path)).expect("the source is held");
        format!("{path} is {}\n", snapshot.metadata(file).keys.join(", "))
    };
    expected.assert_eq(&keys.iter().map(led).chain(files.iter().map(known)).collect::<String>());
}

#[test]
fn files_of_a_library_that_was_moved_are_found() {
    check_library(
        "@book{a, title = {A}, file = {Full Text:/home/else/Zotero/storage/AB12CD34/Weil - 1949.txt:text/plain}}\n\
         @book{b, title = {B}, file = {C\\:\\\\Users\\\\me\\\\Zotero\\\\storage\\\\EF56\\\\page.html;D\\:\\\\gone.pdf}}\n\
         @book{c, title = {C}, file = {page.html}}\n@book{d, title = {D}, file = {/x/GH78/page.html}}\n",
        &[
            ("sources/storage/AB12CD34/Weil - 1949.txt", "Words."),
            ("sources/storage/EF56/page.html", "<p>Words."),
            ("sources/storage/IJ90/page.html", "<p>Words."),
        ],
        &["a", "b", "c", "d"],
        expect![[r#"
            a: source sources/storage/AB12CD34/Weil - 1949.txt
            b: source sources/storage/EF56/page.html
            c: not held
            d: not held
            sources/storage/AB12CD34/Weil - 1949.txt is a
            sources/storage/EF56/page.html is b
            sources/storage/IJ90/page.html is 
        "#]],
    );
}

#[test]
fn a_work_goes_before_what_was_highlighted_in_it() {
    const HIGHLIGHTS: &str = "## Highlights\n- Words. ([View Highlight](https://read.readwise.io/read/1))\n";
    check_library(
        "@book{weil1949, title = {The Need for Roots}, author = {Weil, Simone}, url = {https://books.example/roots}, \
         file = {sources/roots.txt}}\n\
         @book{vanberg, title = {Wells \\& Tides}, author = {van den Berg, Jan}}\n\
         @book{other, title = {Wells & Tides}, author = {Haddad, Noor}}\n",
        &[
            ("sources/clipped.md", &format!("---\ncitekey: weil1949\n---\n{HIGHLIGHTS}")),
            ("sources/roots.txt", "Words."),
            ("sources/kept.md", &format!("---\nurl: https://books.example/roots\n---\n{HIGHLIGHTS}")),
            (
                "sources/wells.md",
                &format!("---\ntitle: \"Wells & Tides\"\nauthor: Jan van den Berg\n---\n{HIGHLIGHTS}"),
            ),
        ],
        &["weil1949", "vanberg", "other"],
        expect![[r#"
            weil1949: source sources/roots.txt
            vanberg: source sources/wells.md
            other: not held
            sources/clipped.md is weil1949
            sources/roots.txt is weil1949
            sources/kept.md is weil1949
            sources/wells.md is vanberg
        "#]],
    );
}

#[test]
fn a_bare_key_counts_only_where_it_is_known() {
    let snapshot = fixture::snapshot(&FILES);
    let note = snapshot.by_path(&Path::new(ROOT).join("notes/note.md")).expect("the note is held").id;
    let resolve = |key: &str| snapshot.resolve(note, &Citation { bare: true, ..citation(Target::Key(key.to_owned())) });
    assert!(matches!(resolve("kwa"), Resolution::Source { .. }));
    assert_eq!(resolve("kwaa"), Resolution::NoCitation);
}

#[test]
fn wiki_links_go_by_name() {
    let links =
        ["plain", "The comments", "page", "second", "a/twin", "sources/b/twin.txt", "twin", "day", "To be written", ""];
    check(
        links.map(wiki),
        expect![[r"
            plain: source sources/plain.txt
            The comments: source sources/page.md
            page: source sources/page.md
            second: note notes/second.md
            a/twin: source sources/a/twin.txt
            sources/b/twin.txt: source sources/b/twin.txt
            twin: several: sources/a/twin.txt, sources/b/twin.txt
            day: note notes/day.md
            To be written: no citation
            : note notes/note.md
        "]],
    );
}

#[test]
fn wiki_links_lead_to_headings_and_blocks() {
    let links = [
        "kwa#First part",
        "kwa#second-parts-end",
        "kwa#last",
        "kwa#third-1",
        "kwa#mark",
        "kwa#^seems",
        "kwa#Frist part",
        "kwa#^sems",
        "#Other",
        "second#Any",
    ];
    check(
        links.map(wiki),
        expect![[r###"
            kwa#First part: source sources/page.md "# First part\n\nCurrent models are evidence.\nSo it seems. ^seems\n\n## Second (part)’s `end`\n\nMore words stand here.\n\n## Third {#last}\n\nWith <a id=\"mark\"></a> a mark."
            kwa#second-parts-end: source sources/page.md "## Second (part)’s `end`\n\nMore words stand here."
            kwa#last: source sources/page.md "## Third {#last}\n\nWith <a id=\"mark\"></a> a mark."
            kwa#third-1: dead; nearest: kwa#Third
            kwa#mark: source sources/page.md "With <a id=\"mark\"></a> a mark."
            kwa#^seems: source sources/page.md "Current models are evidence.\nSo it seems. ^seems"
            kwa#Frist part: dead; nearest: kwa#First part
            kwa#^sems: dead; nearest: kwa#^seems
            #Other: note notes/note.md "# Other\n\nMore.\n"
            second#Any: note notes/second.md
        "###]],
    );
}

#[test]
fn paths_go_from_the_note_then_from_the_root() {
    let paths = [
        "../sources/plain.txt",
        "sources/plain.txt",
        "second.md",
        "/sources/page.md",
        "/page.md",
        "../sources/plan.txt",
    ];
    check(
        paths.map(path),
        expect![[r"
            ../sources/plain.txt: source sources/plain.txt
            sources/plain.txt: source sources/plain.txt
            second.md: note notes/second.md
            /sources/page.md: source sources/page.md
            /page.md: no citation
            ../sources/plan.txt: dead; nearest: ../sources/plain.txt
        "]],
    );
}

#[test]
fn a_path_may_leave_out_md() {
    check(
        ["second", "second#Any", "../sources/page#First part", "../notes/note#Other", "plain", "../notes", "second/"]
            .map(path),
        expect![[r##"
            second: note notes/second.md
            second#Any: note notes/second.md
            ../sources/page#First part: source sources/page.md "# First part\n\nCurrent models are evidence.\nSo it seems. ^seems\n\n## Second (part)’s `end`\n\nMore words stand here.\n\n## Third {#last}\n\nWith <a id=\"mark\"></a> a mark."
            ../notes/note#Other: note notes/note.md "# Other\n\nMore.\n"
            plain: no citation
            ../notes: no citation
            second/: no citation
        "##]],
    );
    let files = [("n.md", ""), ("v1.2.md", "# Head\n"), ("Makefile.md", ""), ("a/b.md", "")];
    let snapshot = fixture::snapshot(&files);
    let note = snapshot.by_path(&Path::new(ROOT).join("n.md")).expect("the note is held");
    let linked =
        |(written, target)| format!("{written}: {}\n", show(&snapshot, &snapshot.resolve(note.id, &citation(target))));
    expect![[r##"
        v1.2#Head: note v1.2.md "# Head\n"
        ./a/b: note a/b.md
        /a/b: note a/b.md
        a: no citation
    "##]]
    .assert_eq(&["v1.2#Head", "./a/b", "/a/b", "a"].map(path).map(linked).concat());
    let v1 = snapshot.by_path(&Path::new(ROOT).join("v1.2.md")).expect("the note is held");
    assert!(snapshot.backlinks(v1.id).is_empty());
}

#[test]
fn a_note_may_link_to_itself_by_its_name() {
    let links = ["note", "note#Other", "Note#Mine", "notes/note", "note.md#Other", "#Mine"];
    check(
        links.map(wiki),
        expect![[r##"
        note: note notes/note.md
        note#Other: note notes/note.md "# Other\n\nMore.\n"
        Note#Mine: note notes/note.md "# Mine\n\nWords.\n\n"
        notes/note: note notes/note.md
        note.md#Other: note notes/note.md "# Other\n\nMore.\n"
        #Mine: note notes/note.md "# Mine\n\nWords.\n\n"
    "##]],
    );
}

#[test]
fn what_is_no_document_is_no_dead_citation() {
    check(
        ["picture.png", "../../outside.md", "/blog/post", "tool.py"].map(path),
        expect![[r"
        picture.png: no citation
        ../../outside.md: no citation
        /blog/post: no citation
        tool.py: no citation
    "]],
    );
}

#[test]
fn paths_lead_to_lines_and_words() {
    let paths = [
        "sources/plain.txt#L2-L2",
        "sources/plain.txt#L9-L12",
        "sources/plain.txt#:~:text=We%20don't,say",
        "sources/plain.txt#:~:text=KNOW%20more",
        "sources/plain.txt#:~:text=never%20said",
        "sources/plain.txt#part",
    ];
    check(
        paths.map(path),
        expect![[r#"
        sources/plain.txt#L2-L2: source sources/plain.txt "say. We know more now."
        sources/plain.txt#L9-L12: dead; nearest: 
        sources/plain.txt#:~:text=We%20don't,say: source sources/plain.txt "We don’t know, they\nsay"
        sources/plain.txt#:~:text=KNOW%20more: source sources/plain.txt "know more"
        sources/plain.txt#:~:text=never%20said: dead; nearest: 
        sources/plain.txt#part: source sources/plain.txt
    "#]],
    );
}

#[test]
fn addresses_lead_to_the_page_that_was_saved() {
    let urls = [
        "http://example.org/kwa?utm_source=feed",
        "https://example.org/kwa#:~:text=Current,evidence",
        "https://example.org/kwa#:~:text=not%20in%20it",
        "https://example.org/else",
    ];
    check(
        urls.map(url),
        expect![[r#"
        http://example.org/kwa?utm_source=feed: source sources/page.md
        https://example.org/kwa#:~:text=Current,evidence: source sources/page.md "Current models are evidence"
        https://example.org/kwa#:~:text=not%20in%20it: source sources/page.md
        https://example.org/else: not held
    "#]],
    );
}

#[test]
fn a_file_that_could_not_be_read_is_not_held_and_not_dead() {
    let mut host = Host::default();
    let paper = Path::new(ROOT).join("sources/paper.pdf");
    let skip = Change::Skip(vec![Skipped { path: paper, reason: "no reader".to_owned() }]);
    host.apply(vec![Change::Configure(fixture::config().into()), set("note.md", "Words."), skip]);
    let snapshot = host.snapshot();
    let note = snapshot.files().next().expect("the note is held").id;
    for (written, target) in [path("sources/paper.pdf"), wiki("paper.pdf"), wiki("paper"), key("paper")] {
        assert_eq!(snapshot.resolve(note, &citation(target)), Resolution::NotHeld, "{written}");
    }
}

#[test]
fn the_address_of_a_comment_leads_to_it() {
    const THREAD: &str = "<link rel=canonical href='https://example.org/p/post'><article><p>A post of some words.</p></article>\n\
        <ul><li id=comment-12 class=comment><b class=fn>Ada</b> <time datetime=2024>2024</time>\n\
        <div class=comment-body><p>Not so.</p></div></li></ul><h2 id=more>More</h2>";
    let note = ("notes/note.md", "Words.\n");
    let snapshot = fixture::snapshot(&[("sources/thread.html", THREAD), note]);
    let id = snapshot.by_path(&Path::new(ROOT).join(note.0)).expect("the note is held").id;
    let lead = |target| show(&snapshot, &snapshot.resolve(id, &citation(target)));
    let url = |url: &str, heading: Option<&str>| Target::Url {
        url: url.to_owned(),
        fragment: heading.map(|heading| Fragment::Heading(heading.to_owned())),
    };
    let path = |heading: &str| Target::Path {
        path: "../sources/thread.html".to_owned(),
        fragment: Some(Fragment::Heading(heading.to_owned())),
    };
    assert_eq!(lead(url("https://example.org/p/post", Some("comment-12"))), "source sources/thread.html \"Not so.\"");
    assert_eq!(lead(path("comment-12")), "source sources/thread.html \"Not so.\"");
    // A script may have added an id that is missing from the saved page.
    assert_eq!(lead(path("elsewhere")), "source sources/thread.html");
    assert_eq!(lead(url("https://www.example.org/p/post?commentId=x", None)), "source sources/thread.html");
    // It may be part of a site that is generated elsewhere.
    let gone = Target::Path { path: "gone.html".to_owned(), fragment: None };
    assert_eq!(lead(gone), "no citation");
}

/// Where each key in `notes/note.md`, or in another note, leads in a workspace of these files.
fn keys_in(files: &[(&str, &str)], note: &str, keys: &[&str]) -> String {
    let config = Config { root: ROOT.into(), written: true, ..Config::default() };
    let files = files.iter().map(|(path, text)| (Path::new(ROOT).join(path), text.as_bytes().to_vec()));
    let mut workspace = crate::Workspace::in_memory(config, files);
    workspace.read_in_full(&|_| {});
    let snapshot = workspace.snapshot();
    let note = snapshot.by_path(&Path::new(ROOT).join(note)).expect("the note is held").id;
    let line = |key: &&str| {
        let resolution = snapshot.resolve(note, &citation(Target::Key((*key).to_owned())));
        format!("{key}: {}\n", show(&snapshot, &resolution))
    };
    keys.iter().map(line).collect()
}

#[test]
fn a_note_can_name_its_own_bibliography() {
    let files = [
        ("sources/weirs.txt", "The keeper is paid by the hour.\n"),
        ("notes/refs.bib", "@book{sorrel, title={Weirs}, file={../sources/weirs.txt}}\n"),
        ("bib/more.bib", "@book{tamm, title={Ice}}\n"),
        ("notes/a.md", "---\nbibliography: [refs.bib, bib/more.bib]\n---\nWords.\n"),
        ("notes/b.md", "---\nbibliography: ../bib/gone.bib\n---\nWords.\n"),
        ("notes/c.md", "---\nreferences:\n- {id: okoro, URL: 'https://a.org'}\n---\nWords.\n"),
    ];
    let keys = ["sorrel", "tamm", "okoro"];
    expect_test::expect![[r"
        sorrel: source sources/weirs.txt
        tamm: not held
        okoro: dead; nearest: 
    "]]
    .assert_eq(&keys_in(&files, "notes/a.md", &keys));
    // A bibliography that is not there makes its keys unknown, not wrong.
    expect_test::expect![[r"
        sorrel: not held
        tamm: not held
        okoro: not held
    "]]
    .assert_eq(&keys_in(&files, "notes/b.md", &keys));
    expect_test::expect![[r#"
        sorrel: dead; nearest: 
        tamm: dead; nearest: 
        okoro: not held
    "#]]
    .assert_eq(&keys_in(&files, "notes/c.md", &keys));
}

#[test]
fn a_label_of_another_note_is_no_citation() {
    let files = [("sources/a.txt", "Words.\n"), ("one.md", "# Gates {#sec-gates}\n"), ("two.md", "Words.\n")];
    expect_test::expect![[r"
        sec-gates: no citation
        sec-locks: dead; nearest: 
        doi:10.1000/x: not held
        pmid:12345: not held
        arxiv:2311.08379: not held
        tag:deep: not held
        url:https://a.org/b: not held
    "]]
    .assert_eq(&keys_in(
        &files,
        "two.md",
        &[
            "sec-gates",
            "sec-locks",
            "doi:10.1000/x",
            "pmid:12345",
            "arxiv:2311.08379",
            "tag:deep",
            "url:https://a.org/b",
        ],
    ));
}

#[test]
fn twin_headings_are_told_apart() {
    const TEXT: &str = "# Boats\n\n## Heron\n\n### Repairs\n\nOne.\n\n## Petrel\n\n### Repairs\n\nTwo.\n";
    let snapshot =
        fixture::snapshot(&[("sources/ledger.md", TEXT), ("notes/mine.md", TEXT), ("notes/n.md", "Words.\n")]);
    let note = snapshot.by_path(&Path::new(ROOT).join("notes/n.md")).expect("the note is held").id;
    let words = |file: &str, heading: &str| {
        let target = Target::Wiki { file: file.to_owned(), fragment: Some(Fragment::Heading(heading.to_owned())) };
        match snapshot.resolve(note, &citation(target)) {
            Resolution::Source { file, span: Some(span) } | Resolution::Note { file, span: Some(span) } => {
                snapshot.file(file).expect("it is held").words_at(span).trim().rsplit('\n').next().map(str::to_owned)
            }
            _ => None,
        }
    };
    for file in ["ledger", "mine"] {
        for (heading, expected) in
            [("Repairs", "One."), ("repairs-1", "Two."), ("Petrel#Repairs", "Two."), ("Boats#Heron#Repairs", "One.")]
        {
            assert_eq!(words(file, heading).as_deref(), Some(expected), "{file}#{heading}");
        }
        for heading in ["repairs-2", "Heron#Petrel", "Repairs#Heron"] {
            assert_eq!(words(file, heading), None, "{file}#{heading}");
        }
    }
}

#[test]
fn accents_and_case_may_be_written_in_either_form() {
    let snapshot = fixture::snapshot(&[
        ("sources/K\u{f6}chin.md", "# Br\u{fc}cke\n\nWords. ^\u{f6}l\n"),
        ("notes/n.md", "Words.\n"),
    ]);
    let note = snapshot.by_path(&Path::new(ROOT).join("notes/n.md")).expect("the note is held").id;
    for fragment in [Fragment::Heading("Bru\u{308}cke".into()), Fragment::Block("o\u{308}l".into())] {
        let target = Target::Path { path: "../sources/Ko\u{308}chin.md".into(), fragment: Some(fragment) };
        let found = snapshot.resolve(note, &citation(target));
        assert!(matches!(found, Resolution::Source { span: Some(_), .. }), "{found:?}");
    }
    for path in ["../Sources/K\u{f6}CHIN.md", "../sources/ko\u{308}chin.md"] {
        let found = snapshot.resolve(note, &citation(Target::Path { path: path.into(), fragment: None }));
        assert!(matches!(found, Resolution::Source { .. }), "{path}: {found:?}");
    }
    let target = Target::Path { path: "../sources/Kochin.md".into(), fragment: None };
    assert!(matches!(snapshot.resolve(note, &citation(target)), Resolution::Dead { .. }));
}

#[test]
fn of_several_notes_that_are_sources_too_the_nearest_is_meant() {
    let everything = || vec![".".to_owned()];
    let config = Config { sources: everything(), notes: everything(), ..fixture::config() };
    let roles = Roles::new(&config);
    let files = ["day.md", "a/day.md", "a/deep/day.md", "a/note.md", "b/note.md", "b/deep/day.md"];
    let mut host = Host::default();
    host.apply(vec![Change::Configure(config.into())]);
    let set = |path: &&str| {
        let path = Path::new(ROOT).join(path);
        Change::Set { role: roles.of(&path), path, bytes: b"Words.\n".as_slice().into() }
    };
    host.apply(files.iter().map(set).collect());
    let snapshot = host.snapshot();
    for (from, expected) in [("a/note.md", "source a/day.md"), ("b/note.md", "source day.md")] {
        let note = snapshot.by_path(&Path::new(ROOT).join(from)).expect("the note is held").id;
        let target = Target::Wiki { file: "day".into(), fragment: None };
        assert_eq!(show(&snapshot, &snapshot.resolve(note, &citation(target))), expected, "{from}");
    }
}
