//! The words that reporting frames are made of.

use ibid_text::Span;

/// A word of a sentence with its lower-case form.
pub(crate) struct Token<'a> {
    pub(crate) span: Span,
    pub(crate) word: &'a str,
    pub(crate) lower: String,
}

impl Token<'_> {
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
    let capital = word.chars().next().is_some_and(char::is_uppercase) || word.starts_with('@');
    capital && !NO_NAMES.contains(&word.to_lowercase().replace('’', "'").as_str())
}

fn is_particle(lower: &str) -> bool {
    matches!(lower, "de" | "van" | "von" | "der" | "den" | "la" | "le" | "du" | "al" | "et" | "bin" | "of")
}

/// 1500 to 2099, with a letter behind it perhaps: "2023a".
pub(crate) fn is_year(word: &str) -> bool {
    let digits = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1500..2100).contains(&year))
}

pub(crate) fn is_modal(lower: &str) -> bool {
    matches!(
        lower,
        "might" | "could" | "would" | "may" | "should" | "can" | "will" | "must" | "don't" | "not" | "never"
    ) || lower.ends_with("n't") && !matches!(lower, "didn't")
}

/// Adverbs, auxiliaries and relative pronouns.
pub(crate) fn stands_between_subject_and_verb(lower: &str) -> bool {
    lower.ends_with("ly")
        || matches!(
            lower,
            "has"
                | "have"
                | "had"
                | "also"
                | "then"
                | "once"
                | "later"
                | "even"
                | "who"
                | "which"
                | "that"
                | "did"
                | "does"
                | "do"
                | "is"
                | "was"
                | "been"
                | "just"
                | "still"
                | "again"
                | "now"
                | "always"
                | "often"
                | "himself"
                | "herself"
                | "themselves"
                | "recently"
                | "to"
                | "goes"
                | "went"
                | "on"
                | "himself's"
        )
}

/// The writer of the note, the reader, or anybody: whose words no source holds.
pub(crate) fn is_own_voice(lower: &str) -> bool {
    matches!(
        lower,
        "i" | "we"
            | "you"
            | "one"
            | "someone"
            | "somebody"
            | "anyone"
            | "anybody"
            | "nobody"
            | "everyone"
            | "people"
            | "i've"
            | "we've"
            | "i'd"
            | "you'd"
            | "we'd"
            | "i'm"
            | "i'll"
            | "you'll"
            | "they'd"
            | "he'd"
            | "she'd"
            | "they'll"
            | "he'll"
            | "she'll"
            | "none"
            | "few"
            | "many"
            | "some"
            | "most"
    )
}

pub(crate) fn is_third_person(lower: &str) -> bool {
    matches!(lower, "he" | "she" | "they" | "he's" | "she's" | "they've")
}

/// Whether "the post", "its authors" or the like is among the words.
pub(crate) fn mentions_source(tokens: &[Token<'_>]) -> bool {
    let definite = |lower: &str| {
        matches!(
            lower,
            "the" | "this" | "that" | "their" | "his" | "her" | "its" | "these" | "those" | "both" | "another" | "same"
        )
    };
    tokens.iter().enumerate().any(|(at, token)| {
        SOURCES.contains(&token.lower.trim_end_matches("'s"))
            && tokens[at.saturating_sub(3)..at].iter().any(|before| definite(&before.lower))
    })
}

/// Words that announce a word: "the term “…”", "so-called “…”".
pub(crate) fn names_a_word(lower: &str) -> bool {
    matches!(
        lower,
        "word"
            | "words"
            | "term"
            | "terms"
            | "phrase"
            | "phrases"
            | "so-called"
            | "called"
            | "titled"
            | "entitled"
            | "dubbed"
            | "named"
            | "labelled"
            | "labeled"
            | "nicknamed"
            | "termed"
            | "concept"
            | "concepts"
            | "notion"
            | "name"
            | "title"
            | "heading"
            | "headline"
            | "slogan"
            | "label"
            | "acronym"
            | "abbreviation"
            | "tag"
            | "post"
            | "paper"
            | "essay"
            | "article"
            | "book"
            | "chapter"
            | "section"
            | "song"
            | "film"
            | "talk"
    )
}

pub(crate) fn is_reporting(lower: &str) -> bool {
    let known = |base: &str| REPORTING.contains(&base);
    let without = |ending: &str| lower.strip_suffix(ending).is_some_and(known);
    let with_e = |ending: &str| lower.strip_suffix(ending).is_some_and(|base| known(&format!("{base}e")));
    let with_y = |ending: &str| lower.strip_suffix(ending).is_some_and(|base| known(&format!("{base}y")));
    known(lower)
        || ["s", "es", "ed", "d", "ing"].into_iter().any(without)
        || with_e("ing")
        || ["ies", "ied"].into_iter().any(with_y)
        || IRREGULAR.contains(&lower)
}

/// Whether quoted words are set like a title: every longer word has a capital.
pub(crate) fn is_title(quoted: &str) -> bool {
    let mut capitals = 0;
    let mut words = 0;
    for word in
        quoted.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|word| !word.is_empty())
    {
        words += 1;
        let capital = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        if !capital && word.chars().count() > 4 {
            return false;
        }
        capitals += usize::from(capital);
    }
    capitals >= 2 && capitals * 2 >= words && !quoted.trim_end().ends_with('.')
}

/// Verbs by which words are reported, in their base forms.
const REPORTING: &[&str] = &[
    "acknowledge",
    "add",
    "admit",
    "advise",
    "announce",
    "answer",
    "argue",
    "ask",
    "assert",
    "believe",
    "call",
    "caution",
    "claim",
    "comment",
    "complain",
    "concede",
    "conclude",
    "confess",
    "contend",
    "continue",
    "declare",
    "define",
    "describe",
    "emphasise",
    "emphasize",
    "exclaim",
    "explain",
    "express",
    "grant",
    "hypothesise",
    "hypothesize",
    "insist",
    "joke",
    "lament",
    "maintain",
    "mention",
    "note",
    "object",
    "observe",
    "phrase",
    "point",
    "predict",
    "proclaim",
    "propose",
    "put",
    "quip",
    "quote",
    "read",
    "recall",
    "remark",
    "remind",
    "reply",
    "report",
    "respond",
    "say",
    "state",
    "stress",
    "suggest",
    "summarise",
    "summarize",
    "tell",
    "think",
    "urge",
    "warn",
    "wonder",
    "word",
    "write",
];

/// Their irregular forms.
const IRREGULAR: &[&str] =
    &["said", "told", "wrote", "written", "thought", "admitted", "admitting", "quipped", "putting"];

/// Nouns that stand for a source or its voice.
const SOURCES: &[&str] = &[
    "abstract",
    "article",
    "author",
    "authors",
    "blog",
    "book",
    "chapter",
    "comment",
    "commenter",
    "commenters",
    "document",
    "essay",
    "guide",
    "interview",
    "letter",
    "manual",
    "memo",
    "page",
    "pages",
    "paper",
    "papers",
    "passage",
    "post",
    "poster",
    "report",
    "reply",
    "researchers",
    "reviewer",
    "reviewers",
    "section",
    "source",
    "sources",
    "statement",
    "study",
    "talk",
    "team",
    "text",
    "thread",
    "writer",
    "writers",
];

/// Words with a capital that open sentences rather than name somebody.
const NO_NAMES: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "another",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "can",
    "did",
    "do",
    "does",
    "each",
    "even",
    "every",
    "finally",
    "first",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "i'd",
    "i'm",
    "i've",
    "if",
    "in",
    "indeed",
    "is",
    "it",
    "it's",
    "its",
    "later",
    "like",
    "many",
    "maybe",
    "more",
    "most",
    "my",
    "no",
    "not",
    "now",
    "of",
    "on",
    "once",
    "one",
    "or",
    "others",
    "our",
    "perhaps",
    "second",
    "she",
    "since",
    "so",
    "some",
    "someone",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "thus",
    "to",
    "we",
    "what",
    "when",
    "where",
    "while",
    "you",
];
