//! The words of a sentence, and the names among them.

use ibid_language::{Class, Language, List, PhraseList};
use ibid_text::Span;

/// A word of a sentence.
pub(crate) struct Token<'a> {
    pub(crate) span: Span,
    /// The word as written.
    pub(crate) word: &'a str,
    /// The word in lower case, with straight apostrophes.
    pub(crate) lower: String,
    language: Language,
}

impl Token<'_> {
    /// Whether the word belongs to a class.
    pub(crate) fn is(&self, class: Class) -> bool {
        self.language.is(&self.lower, class)
    }

    /// Whether the word without a possessive `'s` belongs to a class.
    pub(crate) fn possessor_is(&self, class: Class) -> bool {
        self.language.is(self.lower.trim_end_matches("'s"), class)
    }

    /// Whether a phrase of a list begins with the word.
    pub(crate) fn begins_phrase(&self, list: PhraseList) -> bool {
        self.language.phrases(list).beginning_with(&self.lower).next().is_some()
    }

    /// Whether it is an adverb by its ending.
    pub(crate) fn is_adverb(&self) -> bool {
        self.language.words(List::AdverbEnding).iter().any(|ending| self.lower.ends_with(ending))
    }

    /// Whether it is a name in the possessive: "Carlsmith's".
    pub(crate) fn is_possessive_name(&self) -> bool {
        self.possessor().is_some_and(|name| is_name(name, self.language))
    }

    /// The span without a possessive ending.
    pub(crate) fn name_span(&self) -> Span {
        let len = self.possessor().map_or(self.span.len(), |name| name.len() as u32);
        Span::new(self.span.start, self.span.start + len)
    }

    /// Whether it is written like a name: with a capital, and no word that only opens sentences.
    pub(crate) fn is_name(&self) -> bool {
        is_name(self.word, self.language)
    }

    /// Whether a clause ends after it.
    pub(crate) fn ends_clause(&self, text: &str) -> bool {
        text[self.span.end as usize..].starts_with([',', ';', ':', '—', ')'])
    }

    /// The word without its possessive ending; `None` if it has none.
    fn possessor(&self) -> Option<&str> {
        self.word.strip_suffix("'s").or_else(|| self.word.strip_suffix("’s")).or_else(|| {
            let name = self.word.strip_suffix(['\'', '’'])?;
            name.ends_with('s').then_some(name)
        })
    }
}

/// The words of `span`: letters and digits, with `'`, `-`, `.`, `_` and `@` between them.
pub(crate) fn tokens(text: &str, span: Span, language: Language) -> Vec<Token<'_>> {
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
            tokens.push(token(text, Span::from(from..at).shift(span.start), language));
        }
    }
    if let Some(from) = start {
        tokens.push(token(text, Span::new(span.start + from as u32, span.end), language));
    }
    tokens
}

fn token(text: &str, span: Span, language: Language) -> Token<'_> {
    let word = span.of(text);
    Token { span, word, lower: word.to_lowercase().replace('’', "'"), language }
}

/// The index after the phrase of a list that `tokens` begin with.
pub(crate) fn begin_with(tokens: &[Token<'_>], list: PhraseList) -> Option<usize> {
    let language = tokens.first()?.language;
    language.phrases(list).end_at(|at| tokens.get(at).map_or("", |token| token.lower.as_str()), 0)
}

/// Whether `tokens` end with a phrase of a list.
pub(crate) fn end_with(tokens: &[Token<'_>], list: PhraseList) -> bool {
    let Some(language) = tokens.last().map(|token| token.language) else { return false };
    let word_at = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    language.phrases(list).iter().any(|phrase| {
        tokens.len().checked_sub(phrase.len()).is_some_and(|start| phrase.matches_at(word_at, start).is_some())
    })
}

/// The name right before `tokens[until]`: "Joe Carlsmith", "Tan et al", "Carlsmith (2023)".
pub(crate) fn name_until(text: &str, tokens: &[Token<'_>], until: usize) -> Option<Span> {
    let mut end = until;
    while end > 0 && (is_year(tokens[end - 1].word) || tokens[end - 1].is(Class::CoAuthor)) {
        end -= 1;
    }
    while end > 0 && end < until && tokens[end - 1].is(Class::NameConjunction) {
        end -= 1;
    }
    let mut start = end;
    while start > 0 {
        let token = &tokens[start - 1];
        let broken = start < end && text[token.span.end as usize..].starts_with([',', ';', ':', '(', ')', '"', '”']);
        let joins = token.is_name() || start < end && token.is(Class::SurnameParticle);
        if broken || !joins {
            break;
        }
        start -= 1;
    }
    while start < end && tokens[start].is(Class::SurnameParticle) {
        start += 1;
    }
    (start < end).then(|| Span::new(tokens[start].span.start, tokens[end - 1].name_span().end))
}

/// The name that begins at `tokens[from]`.
pub(crate) fn name_from(text: &str, tokens: &[Token<'_>], from: usize) -> Option<Span> {
    let rest = tokens.get(from..)?;
    let mut len = 0;
    for token in rest {
        let joins = token.is_name() || token.is_possessive_name() || len > 0 && token.is(Class::SurnameParticle);
        if !joins {
            break;
        }
        len += 1;
        if token.ends_clause(text) || token.is_possessive_name() {
            break;
        }
    }
    while len > 0 && rest[len - 1].is(Class::SurnameParticle) {
        len -= 1;
    }
    let last = rest.get(len.checked_sub(1)?)?;
    Some(Span::new(rest[0].span.start, last.name_span().end))
}

fn is_name(word: &str, language: Language) -> bool {
    let bare = || word.split(['\'', '’']).next().unwrap_or(word).to_lowercase();
    word.starts_with(char::is_uppercase) && !language.is(&bare(), Class::NeverName)
}

/// Whether a word is a year from 1500 to 2099; a lower-case letter may follow: "2023a".
pub(crate) fn is_year(word: &str) -> bool {
    let digits = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1500..2100).contains(&year))
}
