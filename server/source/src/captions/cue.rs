//! The cues of a file: lines of text that are shown from one time to another.

use ibid_text::Span;

use super::script;

/// A cue.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Cue {
    /// When it appears, in milliseconds.
    pub(super) begin: u32,
    /// When it disappears.
    pub(super) end: u32,
    /// Its lines of text as written, none of them blank.
    pub(super) lines: Vec<Span>,
    /// Who speaks, where the file has a field for it.
    pub(super) speaker: Option<String>,
}

/// The cues of a file in order.
#[derive(Default)]
pub(super) struct Cues {
    pub(super) cues: Vec<Cue>,
    /// How many lines belong to no cue.
    pub(super) strays: usize,
}

impl Cues {
    /// Reads the cues of a file. Never fails; takes linear time.
    pub(super) fn of(text: &str) -> Self {
        if script::is_script(text) {
            return Self { cues: script::cues(text), strays: 0 };
        }
        let mut found = Self::default();
        let mut is_open = false;
        let mut lines = lines(text).peekable();
        while let Some(line) = lines.next() {
            let words = line.of(text).trim();
            let precedes_time = lines.peek().is_some_and(|next| timing(next.of(text)).is_some());
            if let Some((begin, end)) = timing(words) {
                found.cues.push(Cue { begin, end, lines: Vec::new(), speaker: None });
                is_open = true;
            } else if line.is_empty() {
                is_open = false;
            } else if words.is_empty() || precedes_time && (!is_open || is_number(words)) {
                // A line held empty for what is said next, or the number of the next cue.
            } else if let Some(cue) = found.cues.last_mut().filter(|_| is_open) {
                cue.lines.push(trimmed(text, line));
            } else {
                found.strays += 1;
            }
        }
        found
    }
}

/// The lines of a text without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut end = 0;
    text.split_inclusive('\n').map(move |whole| {
        let start = end;
        end += whole.len();
        Span::from(start..start + whole.trim_end_matches(['\n', '\r']).len())
    })
}

/// A line without white space around it.
pub(super) fn trimmed(text: &str, line: Span) -> Span {
    let words = line.of(text);
    let start = line.start + (words.len() - words.trim_start().len()) as u32;
    Span::new(start, start + words.trim().len() as u32)
}

/// The times of a cue: `00:00:01,500 --> 00:00:03,000 align:start` or `0:00:01.500,0:00:03.000`.
fn timing(line: &str) -> Option<(u32, u32)> {
    let (begin, end) = match line.split_once("-->") {
        Some((begin, behind)) => (begin, behind.split_whitespace().next()?),
        None => line.split_once(',').filter(|(begin, end)| begin.contains('.') && end.contains('.'))?,
    };
    Some((milliseconds(begin)?, milliseconds(end)?))
}

/// The time that `1:02:03.45`, `02:03,450` or `02:03` stands for.
pub(super) fn milliseconds(clock: &str) -> Option<u32> {
    let number = |digits: &str| if is_number(digits) && digits.len() <= 4 { digits.parse::<u32>().ok() } else { None };
    let clock = clock.trim();
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let mut parts = whole.split(':').map(number);
    let (first, second) = (parts.next()??, parts.next()??);
    let seconds = match parts.next() {
        Some(third) => first * 3600 + second * 60 + third?,
        None => first * 60 + second,
    };
    let fraction = if fraction.len() <= 3 { number(&format!("{fraction:0<3}"))? } else { 0 };
    parts.next().is_none().then(|| seconds.saturating_mul(1000).saturating_add(fraction))
}

fn is_number(words: &str) -> bool {
    !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read() {
        for (clock, expected) in [
            ("00:00:03,450", Some(3450)),
            ("1:02:03.5", Some(3_723_500)),
            ("02:03", Some(123_000)),
            ("9999:00:00", Some(u32::MAX)),
            ("3", None),
            ("a:b", None),
            ("1:2:3:4", None),
            ("", None),
        ] {
            assert_eq!(milliseconds(clock), expected, "{clock}");
        }
    }
}
