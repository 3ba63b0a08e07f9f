//! Pairs of quotation marks in running text.

use ibid_text::Span;

/// A pair of quotation marks, or a mark that is still open at the end of its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pair {
    /// The pair with its marks.
    pub(crate) outer: Span,
    /// The text between the marks.
    pub(crate) inner: Span,
    /// Whether the marks are single: `'…'`, `‘…’`, `‚…‘`, `‹…›`.
    pub(crate) single: bool,
    /// Whether the closing mark is missing; then `outer` and `inner` run to the end of the text.
    pub(crate) open: bool,
}

/// The marks of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    /// `"…"`
    Straight,
    /// `'…'`
    StraightSingle,
    /// `“…”`
    Curly,
    /// `‘…’`
    CurlySingle,
    /// `”…”`, in Swedish and Finnish.
    CurlyAlike,
    /// `„…“` in German, `„…”` in Polish.
    Low,
    /// `‚…‘`, `‚…’`
    LowSingle,
    /// `«…»`
    Guillemets,
    /// `»…«`, in German and Danish books.
    GuillemetsInward,
    /// `‹…›`
    GuillemetsSingle,
    /// `›…‹`
    GuillemetsInwardSingle,
    /// `「…」`
    Corner,
    /// `『…』`
    CornerDouble,
    /// `״…״`, in Hebrew.
    Gershayim,
}

impl Style {
    const fn is_single(self) -> bool {
        matches!(
            self,
            Self::StraightSingle
                | Self::CurlySingle
                | Self::LowSingle
                | Self::GuillemetsSingle
                | Self::GuillemetsInwardSingle
        )
    }
}

/// A quotation mark, and the roles that the characters beside it allow.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: u32,
    len: u32,
    opens: Option<Style>,
    /// The styles it can close.
    closes: &'static [Style],
    /// After a digit a straight mark may be inches (or feet), after a letter a single one an apostrophe.
    doubtful: bool,
}

impl Mark {
    fn can_close(&self, style: Style) -> bool {
        self.closes.contains(&style)
    }
}

/// Marks that can be open at once. If more are open, the oldest were never closed.
const DEEPEST: usize = 16;

/// Pairs the quotation marks of `text`, except in its `opaque` parts (ascending). Pairs are in the order of their opening
/// marks. A mark that never closes is left out, except for an outermost one that no other pair crosses: that pair is
/// open, since the quotation may continue in the next paragraph.
pub(crate) fn pairs(text: &str, opaque: &[Span]) -> Vec<Pair> {
    let marks = marks(text, opaque);
    let mut stack: Vec<(Style, Mark)> = Vec::new();
    let mut pairs: Vec<Pair> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        let closing = stack.iter().rposition(|(style, _)| mark.can_close(*style));
        // A double mark closes over forgotten single ones, never the other way round.
        let closing = closing.filter(|&at| stack[at + 1..].iter().all(|(style, _)| style.is_single()));
        if let Some(at) = closing {
            let (style, opening) = stack[at];
            if mark.doubtful && closes_later(&marks[number + 1..], style) {
                continue;
            }
            stack.truncate(at);
            let inner = Span::new(opening.at + opening.len, mark.at);
            if !inner.of(text).trim().is_empty() {
                let outer = Span::new(opening.at, mark.at + mark.len);
                pairs.push(Pair { outer, inner, single: style.is_single(), open: false });
            }
        } else if let Some(style) = mark.opens {
            // A second straight mark that can only open: the first was never closed.
            if style == Style::Straight
                && let Some(forgotten) = stack.iter().position(|(open, _)| *open == Style::Straight)
            {
                stack.truncate(forgotten);
            }
            if stack.len() == DEEPEST {
                stack.remove(0);
            }
            stack.push((style, *mark));
        }
    }
    if let Some((style, mark)) = stack.first()
        && !style.is_single()
        && pairs.iter().all(|pair| pair.outer.start > mark.at || pair.outer.end <= mark.at)
    {
        let end = text.len() as u32;
        let inner = Span::new(mark.at + mark.len, end);
        pairs.push(Pair { outer: Span::new(mark.at, end), inner, single: false, open: true });
    }
    pairs.sort_unstable_by_key(|pair| (pair.outer.start, std::cmp::Reverse(pair.outer.end)));
    pairs
}

/// Whether the next mark that could open or close `style` can only close it. Then the doubtful one before it does not.
fn closes_later(marks: &[Mark], style: Style) -> bool {
    /// Marks that are searched.
    const NEAR: usize = 8;
    marks
        .iter()
        .take(NEAR)
        .find(|mark| mark.opens == Some(style) || mark.can_close(style))
        .is_some_and(|mark| mark.can_close(style) && mark.opens != Some(style))
}

fn marks(text: &str, opaque: &[Span]) -> Vec<Mark> {
    let mut opaque = opaque.iter().peekable();
    let mut marks = Vec::new();
    let mut previous = None;
    for (at, c) in text.char_indices() {
        while opaque.peek().is_some_and(|span| span.end as usize <= at) {
            opaque.next();
        }
        let hidden = opaque.peek().is_some_and(|span| span.contains(at as u32));
        if !hidden {
            let next = text[at + c.len_utf8()..].chars().next();
            marks.extend(mark(at as u32, c, previous, next));
        }
        previous = Some(if hidden { 'x' } else { c });
    }
    marks
}

fn mark(at: u32, c: char, previous: Option<char>, next: Option<char>) -> Option<Mark> {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let dash = |c: Option<char>| c.is_some_and(|c| matches!(c, '—' | '–' | '-'));
    let opener = |c: Option<char>| c.is_some_and(|c| "([{/“‘\"'„‚«»‹›「『".contains(c));
    let before_opening = space(previous) || opener(previous) || dash(previous);
    let can_open = before_opening && !space(next);
    let can_close = !(space(previous) || opener(previous) && word(next));
    let ends_word = !space(previous) && !word(next);
    // A mark that some languages open with, and others close with, opens before a word.
    let opening = |style: Style| can_open.then_some(style);
    let (opens, closes, doubtful): (Option<Style>, &'static [Style], bool) = match c {
        '"' => {
            let closes = can_close && !(dash(previous) && word(next));
            let inches = previous.is_some_and(|c| c.is_ascii_digit());
            (opening(Style::Straight), if closes { &[Style::Straight] } else { &[] }, inches)
        }
        '\'' => {
            let opens = opening(Style::StraightSingle).filter(|_| !is_elision(next));
            let apostrophe = previous == Some('s') || previous.is_some_and(|c| c.is_ascii_digit());
            (opens, if can_close && !word(next) { &[Style::StraightSingle] } else { &[] }, apostrophe)
        }
        '“' => (Some(Style::Curly), &[Style::Low], false),
        '”' => (opening(Style::CurlyAlike), &[Style::Curly, Style::Low, Style::CurlyAlike], false),
        '„' => (Some(Style::Low), &[], false),
        '‘' => ((!word(previous)).then_some(Style::CurlySingle), &[Style::LowSingle], false),
        '’' => (None, if ends_word { &[Style::CurlySingle, Style::LowSingle] } else { &[] }, previous == Some('s')),
        '‚' => (opening(Style::LowSingle), &[], false),
        '«' => (Some(Style::Guillemets), &[Style::GuillemetsInward], false),
        '»' => (opening(Style::GuillemetsInward), &[Style::Guillemets], false),
        '‹' => (Some(Style::GuillemetsSingle), &[Style::GuillemetsInwardSingle], false),
        '›' => (opening(Style::GuillemetsInwardSingle), &[Style::GuillemetsSingle], false),
        '「' => (Some(Style::Corner), &[], false),
        '」' => (None, &[Style::Corner], false),
        '『' => (Some(Style::CornerDouble), &[], false),
        '』' => (None, &[Style::CornerDouble], false),
        // Between letters it marks an abbreviation.
        '״' => (opening(Style::Gershayim), if ends_word { &[Style::Gershayim] } else { &[] }, false),
        _ => return None,
    };
    Some(Mark { at, len: c.len_utf8() as u32, opens, closes, doubtful })
}

/// Whether the mark is an apostrophe at the beginning of a word: `'90s`.
fn is_elision(next: Option<char>) -> bool {
    next.is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            pairs(text, &[]).iter().filter(|pair| !pair.open).map(|pair| pair.inner.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn pairs_every_style() {
        check(r#"a "b c" d"#, &["b c"]);
        check("“b” „c“ „d” «e» 「f」", &["b", "c", "d", "e", "f"]);
        check("a ‘b’ and 'c'", &["b", "c"]);
    }

    #[test]
    fn marks_of_other_languages() {
        check("er sagt: »b c«, und »d ‚e‘«.", &["b c", "d ‚e‘", "e"]);
        check("‚b‘ und ‚c’, ›d‹ et ‹ e ›", &["b", "c", "d", " e "]);
        check("hon sade ”b c” och ”d”.", &["b c", "d"]);
        check("『b』と「c『d』」", &["b", "c『d』", "d"]);
        check("אמר ״b c״ צה״ל", &["b c"]);
        check("« a », puis « b » et «c»", &[" a ", " b ", "c"]);
        check("« a « b » c »", &[" a « b » c ", " b "]);
    }

    #[test]
    fn nests() {
        check("“a ‘b’ c “d” e”", &["a ‘b’ c “d” e", "b", "d"]);
        check(r#""a 'b' c""#, &["a 'b' c", "b"]);
    }

    #[test]
    fn is_not_fooled_by_inches_and_apostrophes() {
        check(r#"a 6" pipe and a 4" pipe"#, &[]);
        check(r#"he said "a 6" pipe leaks" there"#, &[r#"a 6" pipe leaks"#]);
        check("the models' goals and it's 'so'", &["so"]);
        check("in the '90s they 'won't' say", &["won't"]);
        check("“the schemers’ goals” don’t", &["the schemers’ goals"]);
    }

    #[test]
    fn an_unclosed_mark_affects_no_other() {
        check(r#"a "b and "c" d"#, &["c"]);
        check("a “b and ‘c” d", &["b and ‘c"]);
        check("a” b “c”", &["c"]);
    }

    #[test]
    fn an_open_mark_runs_to_the_end() {
        let text = "He said: “one ‘two’ three";
        let open = pairs(text, &[]).into_iter().find(|pair| pair.open).expect("an open pair");
        assert_eq!(open.inner.of(text), "one ‘two’ three");
    }
}
