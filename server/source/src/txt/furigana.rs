//! Readings of Japanese words in plain text, in the form of Aozora Bunko: `山路《やまみち》`, `｜草枕《くさまくら》`.

use ibid_text::{Mapped, Span};

/// How many readings a text must have before its marks are taken for readings: a title in the same brackets may be
/// written in kana too.
const ENOUGH: usize = 3;

/// The text without readings, mapped to it; `None` if the text has none.
pub(super) fn without_readings(text: &str) -> Option<Mapped> {
    let bracketed: Vec<Span> = bracketed(text).collect();
    let readings: Vec<Span> = bracketed.iter().copied().filter(|span| is_reading(text, *span)).collect();
    if readings.len() < ENOUGH || readings.len() * 10 < bracketed.len() * 9 {
        return None;
    }
    let starts = text.match_indices('｜').map(|(at, mark)| Span::from(at..at + mark.len()));
    let mut left_out: Vec<Span> = readings.into_iter().chain(starts).collect();
    left_out.sort_unstable_by_key(|span| span.start);
    let mut plain = Mapped::default();
    let mut end = 0;
    for span in left_out {
        plain.push_verbatim(text, Span::new(end, span.start));
        end = span.end;
    }
    plain.push_verbatim(text, Span::new(end, text.len() as u32));
    Some(plain)
}

/// The text in double angle brackets, with the brackets.
fn bracketed(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.match_indices('《').filter_map(|(at, _)| {
        let end = at + text[at..].find(['》', '\n'])?;
        text[end..].starts_with('》').then(|| Span::from(at..end + '》'.len_utf8()))
    })
}

/// Whether bracketed text is kana behind a word in Chinese characters or behind the mark that begins the word.
fn is_reading(text: &str, span: Span) -> bool {
    let kana = span.of(text).trim_start_matches('《').trim_end_matches('》');
    let before = &text[..span.start as usize];
    let word = before.rsplit(['\n', '》']).next().unwrap_or_default();
    !kana.is_empty()
        && kana.chars().all(|c| matches!(c, '\u{3041}'..='\u{30FF}'))
        && (word.ends_with(|c| matches!(c, '々' | '〆' | 'ヶ' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'))
            || word.contains('｜'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_left_out() {
        let text = "春《はる》の朝、｜お茶《おちゃ》を飲み、庭《にわ》の雪《ゆき》を見る。";
        let plain = without_readings(text).expect("it has readings");
        assert_eq!(plain.text(), "春の朝、お茶を飲み、庭の雪を見る。");
        let garden = plain.text().find('庭').expect("it is there") as u32;
        assert_eq!(plain.to_original(Span::new(garden, garden + 3)).of(text), "庭");
    }

    #[test]
    fn titles_in_the_same_brackets_are_kept() {
        for text in [
            "他读《红楼梦》、《水浒传》和《西游记》。",
            "雑誌《ことば》と《かがみ》と《世界》を読む。",
            "小説《こころ》を読む。",
            "《《》》《",
        ] {
            assert!(without_readings(text).is_none(), "{text}");
        }
    }
}
