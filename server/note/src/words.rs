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
    let stem = word.split(['\'', '’']).next().unwrap_or(word).to_lowercase();
    word.starts_with(char::is_uppercase) && !NO_NAMES.contains(&stem.as_str())
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
    matches!(lower, "might" | "could" | "would" | "may" | "should" | "can" | "will" | "must" | "not" | "never")
        || lower.ends_with("n't") && lower != "didn't"
}

/// "goes on", "went on", "continues": before "to say", a report all the same.
pub(crate) fn goes_on(before: &[Token<'_>]) -> bool {
    let goes = |lower: &str| matches!(lower, "goes" | "went" | "continues" | "continued" | "proceeds" | "proceeded");
    before.iter().rev().take(2).any(|token| goes(&token.lower))
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
                | "itself"
                | "to"
                | "goes"
                | "went"
                | "on"
                | "continues"
                | "further"
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

/// Whether the words before a verb can be the subject of its plural form.
pub(crate) fn is_plural(subject: &[Token<'_>]) -> bool {
    let Some(last) = subject.last() else { return false };
    let several = |lower: &str| matches!(lower, "and" | "al" | "colleagues" | "they" | "they've");
    subject.iter().any(|token| several(&token.lower))
        || last.lower.ends_with('s') && SOURCES.contains(&last.lower.as_str())
}

/// Whether "the post", "one commenter" or the like is among the words. "This post" is the note itself.
pub(crate) fn mentions_source(tokens: &[Token<'_>]) -> bool {
    let definite = |lower: &str| DETERMINERS.contains(&lower);
    tokens.iter().enumerate().any(|(at, token)| {
        SOURCES.contains(&token.lower.trim_end_matches("'s"))
            && tokens[at.saturating_sub(3)..at].iter().any(|before| definite(&before.lower))
    })
}

/// Whether the words begin with a name that owns what is said: "Kwa's complaint", "Carlsmith's 2023 report".
pub(crate) fn owns_words(tokens: &[Token<'_>]) -> bool {
    let speech = |token: &Token<'_>| SOURCES.contains(&token.lower.as_str()) || SPEECH.contains(&token.lower.as_str());
    tokens.first().is_some_and(Token::is_possessive_name) && tokens.iter().skip(1).take(3).any(speech)
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

/// What a label stands before: "the “…” section".
pub(crate) fn is_labelled_part(lower: &str) -> bool {
    matches!(
        lower,
        "section"
            | "subsection"
            | "chapter"
            | "heading"
            | "header"
            | "appendix"
            | "figure"
            | "table"
            | "tab"
            | "button"
            | "menu"
            | "page"
            | "option"
            | "command"
            | "field"
            | "folder"
            | "tag"
            | "link"
            | "post"
            | "paper"
            | "essay"
            | "article"
            | "book"
            | "talk"
            | "song"
            | "film"
            | "series"
            | "sequence"
            | "meme"
            | "prompt"
    )
}

/// The form of a verb, as far as it bears on its subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// "say": they do.
    Base,
    /// "says": one does.
    Singular,
    /// "said".
    Past,
    /// "saying".
    Gerund,
}

/// Whether the word at `at` is a verb by which words are reported, and in which form.
pub(crate) fn reporting(tokens: &[Token<'_>], at: usize) -> Option<Form> {
    let form = verb_form(&tokens[at].lower)?;
    let next = tokens.get(at + 1).map_or("", |next| next.lower.as_str());
    let complete = match tokens[at].lower.as_str() {
        "put" | "puts" => next == "it",
        "point" | "points" | "pointed" => next == "out",
        _ => true,
    };
    let passive = form == Form::Past && next == "by";
    (complete && !passive).then_some(form)
}

fn verb_form(lower: &str) -> Option<Form> {
    let known = |base: &str| REPORTING.contains(&base);
    let stem = |ending: &str| lower.strip_suffix(ending);
    let with = |ending: &str, restored: &str| stem(ending).is_some_and(|base| known(&format!("{base}{restored}")));
    if matches!(lower, "said" | "told" | "wrote" | "written" | "admitted" | "quipped" | "put") {
        return Some(Form::Past);
    }
    if known(lower) {
        return Some(Form::Base);
    }
    if with("s", "") || with("es", "") || with("ies", "y") {
        return Some(Form::Singular);
    }
    if with("ed", "") || with("d", "") || with("ied", "y") {
        return Some(Form::Past);
    }
    matches!(lower, "saying" | "arguing" | "noting" | "adding" | "claiming" | "stating").then_some(Form::Gerund)
}

/// Auxiliaries that make a past form passive: "is called".
pub(crate) fn is_passive_auxiliary(lower: &str) -> bool {
    matches!(lower, "is" | "was" | "are" | "were" | "be" | "been" | "being" | "it's")
}

/// Words that open the content of a report.
pub(crate) fn opens_content(lower: &str) -> bool {
    matches!(lower, "that" | "to" | "how" | "why" | "whether" | "what" | "the" | "a" | "an")
}

/// Words that make what follows a case to think of.
pub(crate) fn is_conditional(lower: &str) -> bool {
    matches!(lower, "if" | "when" | "whenever" | "perhaps" | "maybe" | "unless" | "suppose" | "imagine")
}

/// Verbs of talk rather than of writing, as stories have them and as a habit is told ("they say").
pub(crate) fn is_talk(lower: &str) -> bool {
    matches!(
        lower,
        "said"
            | "told"
            | "asked"
            | "replied"
            | "answered"
            | "responded"
            | "continued"
            | "exclaimed"
            | "joked"
            | "called"
            | "say"
            | "tell"
            | "ask"
            | "reply"
            | "answer"
            | "respond"
            | "continue"
            | "call"
    )
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
    "point",
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
    "urge",
    "warn",
    "write",
];

/// Nouns for what somebody says.
const SPEECH: &[&str] = &[
    "account",
    "analysis",
    "answer",
    "argument",
    "assessment",
    "aphorism",
    "assumption",
    "claim",
    "complaint",
    "conclusion",
    "criterion",
    "criticism",
    "definition",
    "description",
    "dictum",
    "explanation",
    "formulation",
    "hypothesis",
    "idea",
    "line",
    "maxim",
    "motto",
    "objection",
    "observation",
    "opinion",
    "phrase",
    "phrasing",
    "point",
    "position",
    "prediction",
    "premise",
    "principle",
    "question",
    "quip",
    "quote",
    "quotation",
    "remark",
    "reply",
    "response",
    "rule",
    "statement",
    "suggestion",
    "summary",
    "term",
    "thesis",
    "verdict",
    "version",
    "view",
    "warning",
    "word",
    "wording",
    "words",
];

/// What stands before the noun for a source that somebody else wrote.
const DETERMINERS: &[&str] = &[
    "a", "an", "another", "both", "each", "first", "her", "his", "its", "one", "same", "second", "several", "some",
    "that", "the", "their", "those", "two",
];

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
    "again",
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
    "better",
    "both",
    "but",
    "by",
    "can",
    "consider",
    "did",
    "do",
    "does",
    "don",
    "each",
    "even",
    "every",
    "finally",
    "first",
    "for",
    "from",
    "further",
    "given",
    "had",
    "has",
    "have",
    "he",
    "hence",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "indeed",
    "instead",
    "is",
    "it",
    "its",
    "just",
    "later",
    "let",
    "like",
    "many",
    "maybe",
    "more",
    "moreover",
    "most",
    "my",
    "no",
    "note",
    "not",
    "now",
    "of",
    "on",
    "once",
    "one",
    "or",
    "other",
    "others",
    "our",
    "perhaps",
    "please",
    "rather",
    "second",
    "see",
    "she",
    "similarly",
    "since",
    "so",
    "some",
    "someone",
    "sometimes",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "third",
    "this",
    "those",
    "though",
    "thus",
    "to",
    "today",
    "unfortunately",
    "we",
    "well",
    "what",
    "when",
    "where",
    "whereas",
    "which",
    "while",
    "who",
    "why",
    "with",
    "yes",
    "yet",
    "you",
    "your",
];
