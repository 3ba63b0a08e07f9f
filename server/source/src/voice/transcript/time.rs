//! The time of a turn: `(00:00:34)`, `[12:05]`, `1:02:03`, `10:30 AM`.

/// A time at the start of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stamp {
    /// In seconds.
    pub(super) seconds: u32,
    /// Its length in bytes, with its brackets.
    pub(super) length: usize,
}

/// The time with which `text` begins. One without brackets has two digits for its minutes and seconds.
pub(super) fn stamp(text: &str) -> Option<Stamp> {
    let closing = match text.chars().next()? {
        '(' => Some(')'),
        '[' => Some(']'),
        c if c.is_ascii_digit() => None,
        _ => return None,
    };
    let start = usize::from(closing.is_some());
    let inside = &text[start..];
    let end = inside.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(inside.len());
    let digits = inside[..end].trim_end_matches([':', '.', ',']);
    let seconds = seconds(digits, closing.is_some())?;
    let mut length = start + digits.len();
    length += half(&text[length..]);
    if let Some(closing) = closing {
        text[length..].strip_prefix(closing)?;
        length += closing.len_utf8();
    }
    let is_whole = !text[length..].starts_with(char::is_alphanumeric);
    is_whole.then_some(Stamp { seconds, length })
}

/// The length of ` AM` or `pm` behind a time.
fn half(behind: &str) -> usize {
    let word = behind.trim_start_matches(' ');
    let is_half = word.get(..2).is_some_and(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"));
    if is_half { behind.len() - word.len() + 2 } else { 0 }
}

/// The seconds of `h:mm:ss` or `mm:ss`, with or without fractions.
fn seconds(digits: &str, is_bracketed: bool) -> Option<u32> {
    let whole = digits.split(['.', ',']).next()?;
    let parts: Vec<&str> = whole.split(':').collect();
    let is_pair = |part: &str| part.len() == 2;
    let is_form = match parts.as_slice() {
        [minutes, seconds] => is_pair(seconds) && (is_pair(minutes) || is_bracketed && minutes.len() <= 3),
        [hours, minutes, seconds] => hours.len() <= 2 && is_pair(minutes) && is_pair(seconds),
        _ => false,
    };
    let number = |part: &&str| part.parse::<u32>().ok();
    is_form.then(|| parts.iter().try_fold(0, |sum, part| Some(sum * 60 + number(part)?)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_form() {
        let shown = |text: &str| stamp(text).map(|stamp| (stamp.seconds, stamp.length));
        assert_eq!(shown("(00:00:34):"), Some((34, 10)));
        assert_eq!(shown("[2:05] Una"), Some((125, 6)));
        assert_eq!(shown("01:02:03.500"), Some((3723, 12)));
        assert_eq!(shown("(10:30 AM)"), Some((630, 10)));
        assert_eq!(shown("3:16"), None);
        assert_eq!(shown("(2019)"), None);
        assert_eq!(shown("12:05th"), None);
    }
}
