//! A workspace with clippings and a bibliography.

use expect_test::{Expect, expect};
use ibid_tests::{Server, example_of};

const NOTE: &str = "notes/counting.md";

/// Checks the hover at the first occurrence of `words` in the note. The targets of links are left out.
#[expect(clippy::needless_pass_by_value, reason = "as the macro gives it")]
fn hover(words: &str, expected: Expect) {
    let workspace = example_of("library");
    let mut server = Server::pulling(&workspace);
    server.open(&workspace, NOTE);
    server.diagnostics(&workspace, NOTE);
    let hover = server.request("textDocument/hover", workspace.at(NOTE, words, 2));
    let text = hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("no hover on {words}"));
    let without_targets = text.split("](").map(|part| part.split_once(')').map_or(part, |(_, rest)| rest));
    let first = text.split("](").next().unwrap_or_default();
    let shown: Vec<&str> = std::iter::once(first).chain(without_targets.skip(1)).collect();
    expected.assert_eq(&(shown.join("]") + "\n"));
}

#[test]
fn a_key_is_rendered_with_what_of_the_work_is_held() {
    hover(
        "@brandt2019",
        expect![[r#"
        **Keeping a weather diary**, Hanne Brandt, 2019-04-02, *The Almanac* · [clippings/Keeping a weather diary.md]
    "#]],
    );
    hover(
        "@prado2021",
        expect![[r#"
        **Bread and Its Calendar**, Inés Prado, 2021, *Hearth Press* · [clippings/Bread and Its Calendar.md]

        **Highlights only**: the rest of the work is not held, so nothing is checked against it.
    "#]],
    );
    hover(
        "@varga2021",
        expect![[r#"
            **Slow Gauges in Fast Water**, Lena Varga, Anton de Vries, 2021, *Journal of Invented Hydrology* · [storage/AB12CD34/Varga and de Vries - 2021 - Slow Gauges in Fast Water.pdf]
        "#]],
    );
    hover(
        "@okonkwo1998",
        expect![[r#"
            **A History of Counting**, Chidi Okonkwo, 1998, *Ledger House* · [refs.bib:51]

            **Not held**: its text is not among the sources, so nothing is checked against it.
        "#]],
    );
}

#[test]
fn a_quotation_of_a_highlight_is_led_to_it() {
    hover(
        "A starter keeps",
        expect![[r#"
        **Verbatim**: word for word as in the source.

        **Bread and Its Calendar** · [clippings/Bread and Its Calendar.md:11] · Inés Prado

        > **A starter keeps its own calendar**, and the baker who forgets this bakes by somebody else's.
    "#]],
    );
    hover(
        "an oven is a clock",
        expect![[r#"
        **Not checked**: only a part of the work it is from is among the sources.
    "#]],
    );
}
