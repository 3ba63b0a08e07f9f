//! The quotation mark that is open at the end of a line.

/// An opening quotation mark, and the space behind it that the closing mark has before it too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct OpenMark {
    mark: char,
    space: Option<char>,
}

/// The marks that close a quotation, by the mark that opens it; the first is the one to write.
const PAIRS: [(char, &[char]); 14] = [
    ('"', &['"']),
    ('“', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('”', &['”']),
    ('「', &['」']),
    ('『', &['』']),
    ('‹', &['›']),
    ('›', &['‹']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('\'', &['\'']),
    ('״', &['״']),
];

/// Spaces that French writes inside its marks.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

impl OpenMark {
    /// What closes the quotation.
    pub(super) fn closing(self) -> String {
        self.space.into_iter().chain([self.closing_mark()]).collect()
    }

    /// The mark that closes the quotation.
    pub(super) fn closing_mark(self) -> char {
        self.closing_marks()[0]
    }

    fn closing_marks(self) -> &'static [char] {
        closing_marks(self.mark).unwrap_or(&['"'])
    }

    const fn is_single(self) -> bool {
        matches!(self.mark, '‘' | '‚' | '\'' | '‹' | '›')
    }

    /// Whether the mark also is an apostrophe, or closes in other languages.
    const fn is_doubtful(self) -> bool {
        matches!(self.mark, '\'' | '»' | '”' | '›' | '״')
    }
}

fn closing_marks(opening: char) -> Option<&'static [char]> {
    PAIRS.iter().find(|(mark, _)| *mark == opening).map(|(_, closing)| *closing)
}

/// The quotation mark that is open at the end of a line, and where the words behind it begin. Straight marks open and close in
/// turn. A single mark within a word is an apostrophe, and double marks open also where a single one is open: it may have been
/// an apostrophe.
pub(super) fn at_end(typed: &str) -> Option<(OpenMark, usize)> {
    let mut open: Option<(OpenMark, usize)> = None;
    let mut last = ' ';
    for (at, c) in typed.char_indices() {
        let behind = &typed[at + c.len_utf8()..];
        let next = behind.chars().next();
        let closes = |mark: OpenMark| {
            let is_within_word = last.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
            mark.closing_marks().contains(&c) && !(mark.is_single() && is_within_word)
        };
        let space = next.filter(|space| c == '«' && SPACES.contains(space));
        let mark = OpenMark { mark: c, space };
        let opens = closing_marks(c).is_some() && !(last.is_alphanumeric() && (mark.is_doubtful() || mark.is_single()));
        match open {
            Some((open_mark, _)) if closes(open_mark) => open = None,
            Some((open_mark, _)) if !open_mark.is_single() || mark.is_single() => {}
            _ if opens => open = Some((mark, at + c.len_utf8() + space.map_or(0, char::len_utf8))),
            _ => {}
        }
        last = c;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::at_end;

    fn check(typed: &str, expected: Option<(&str, &str)>) {
        let found = at_end(typed).map(|(mark, at)| (typed[at..].to_owned(), mark.closing()));
        assert_eq!(found.as_ref().map(|(words, closing)| (&**words, &**closing)), expected, "{typed}");
    }

    #[test]
    fn the_open_mark_decides_what_closes() {
        check("He wrote “the mill", Some(("the mill", "”")));
        check("Er schrieb „die Mühle", Some(("die Mühle", "“")));
        check("Er schrieb »die Mühle", Some(("die Mühle", "«")));
        check("Han skrev ”kvarnen", Some(("kvarnen", "”")));
        check("He wrote 'the mill", Some(("the mill", "'")));
        check("He wrote ‘the miller’s mill", Some(("the miller’s mill", "’")));
        check("彼は『水車", Some(("水車", "』")));
    }

    #[test]
    fn a_space_inside_the_marks_is_written_on_both_sides() {
        check("Il écrit « le moulin", Some(("le moulin", " »")));
        check("Il écrit «\u{a0}le moulin", Some(("le moulin", "\u{a0}»")));
        check("Il écrit «\u{202f}le moulin ", Some(("le moulin ", "\u{202f}»")));
        check("Il écrit «le moulin", Some(("le moulin", "»")));
    }

    #[test]
    fn a_closed_mark_and_an_apostrophe_open_nothing() {
        for typed in
            ["“So” it is", "„So“ ist es", "„Tak” jest", "Il dit « oui » et", "the miller's mill", "the miller’s mill"]
        {
            check(typed, None);
        }
        check("\"One\" and \"two", Some(("two", "\"")));
        check("'Tis said that “the mill", Some(("the mill", "”")));
        check("He said “the miller's", Some(("the miller's", "”")));
    }
}
