//! The words of a sentence, and the names among them.

use ibid_text::Span;

use crate::lexicon;

/// A word of a sentence with its lower-case form.
pub(crate) struct Token<'a> {
    pub(crate) span: Span,
    pub(crate) word: &'a str,
    pub(crate) lower: String,
}

impl Token<'_> {
    /// Whether it is one of the words of a list.
    pub(crate) fn is_in(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_str())
    }

    /// "Carlsmith's".
    pub(crate) fn is_possessive_name(&self) -> bool {
        self.stem().is_some_and(is_name)
    }

    /// The name without its `'s`.
    pub(crate) fn name_span(&self) -> Span {
        let len = self.stem().map_or(self.span.len(), |stem| stem.len() as u32);
        Span::new(self.span.start, self.span.start + len)
    }

    /// Whether it could be (part of) a name.
    pub(crate) fn is_name_like(&self) -> bool {
        is_name(self.word)
    }

    /// Whether a clause ends behind it.
    pub(crate) fn ends_clause(&self, text: &str) -> bool {
        text[self.span.end as usize..].starts_with([',', ';', ':', '—', ')'])
    }

    fn stem(&self) -> Option<&str> {
        self.word.strip_suffix("'s").or_else(|| self.word.strip_suffix("’s")).or_else(|| {
            let stem = self.word.strip_suffix(['\'', '’'])?;
            stem.ends_with('s').then_some(stem)
        })
    }
}

/// The words of `span`: letters and digits with what joins them (`'`, `-`, `.` inside).
pub(crate) fn tokens(text: &str, span: Span) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let part = span.of(text);
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_joins = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let inside = c.is_alphanumeric()
            || start.is_some() && (matches!(c, '\'' | '’') || matches!(c, '-' | '.' | '_' | '@') && next_joins);
        if inside {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            tokens.push(token(text, span, from, at));
        }
    }
    if let Some(from) = start {
        tokens.push(token(text, span, from, part.len()));
    }
    tokens
}

fn token(text: &str, within: Span, from: usize, to: usize) -> Token<'_> {
    let span = Span::from(from..to).shift(within.start);
    let word = span.of(text);
    Token { span, word, lower: word.to_lowercase().replace('’', "'") }
}

/// The name that ends just before `tokens[until]`: "Joe Carlsmith", "Tan et al", "Carlsmith (2023)".
pub(crate) fn name_until(text: &str, tokens: &[Token<'_>], until: usize) -> Option<Span> {
    let mut end = until;
    while end > 0
        && (is_year(tokens[end - 1].word) || matches!(tokens[end - 1].lower.as_str(), "et" | "al" | "colleagues"))
    {
        end -= 1;
    }
    while end > 0 && end < until && matches!(tokens[end - 1].lower.as_str(), "and") {
        end -= 1;
    }
    let mut start = end;
    while start > 0 {
        let token = &tokens[start - 1];
        let broken = start < end && text[token.span.end as usize..].starts_with([',', ';', ':', '(', ')', '"', '”']);
        let joins = is_name(token.word) || start < end && is_particle(&token.lower);
        if broken || !joins {
            break;
        }
        start -= 1;
    }
    while start < end && is_particle(&tokens[start].lower) {
        start += 1;
    }
    (start < end).then(|| Span::new(tokens[start].span.start, tokens[end - 1].name_span().end))
}

/// The name that begins at `tokens[from]`, a leading article passed over.
pub(crate) fn name_from(text: &str, tokens: &[Token<'_>], from: usize) -> Option<Span> {
    let rest = tokens.get(from..)?;
    let mut len = 0;
    for token in rest {
        let joins = is_name(token.word) || token.is_possessive_name() || len > 0 && is_particle(&token.lower);
        if !joins {
            break;
        }
        len += 1;
        if token.ends_clause(text) || token.is_possessive_name() {
            break;
        }
    }
    while len > 0 && is_particle(&rest[len - 1].lower) {
        len -= 1;
    }
    let last = rest.get(len.checked_sub(1)?)?;
    Some(Span::new(rest[0].span.start, last.name_span().end))
}

/// Whether a word is written like a name: a capital first letter, and none of the words that open sentences.
pub(crate) fn is_name(word: &str) -> bool {
    let stem = word.split(['\'', '’']).next().unwrap_or(word).to_lowercase();
    word.starts_with(char::is_uppercase) && !lexicon::NO_NAMES.contains(&stem.as_str())
}

fn is_particle(lower: &str) -> bool {
    lexicon::PARTICLES.contains(&lower)
}

/// 1500 to 2099, with a letter behind it perhaps: "2023a".
pub(crate) fn is_year(word: &str) -> bool {
    let digits = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1500..2100).contains(&year))
}
