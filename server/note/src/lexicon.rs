//! The words that reporting frames are made of, in lower case.

/// Verbs by which words are reported, in their base forms.
#[rustfmt::skip]
pub(crate) const REPORTING: &[&str] = &[
    "acknowledge", "add", "admit", "advise", "announce", "answer", "argue", "ask", "assert", "call", "caution",
    "claim", "comment", "complain", "concede", "conclude", "confess", "contend", "continue", "declare", "define",
    "describe", "emphasise", "emphasize", "exclaim", "explain", "hypothesise", "hypothesize", "insist", "joke",
    "lament", "maintain", "mention", "note", "object", "observe", "point", "proclaim", "propose", "put", "quip",
    "quote", "read", "recall", "remark", "remind", "reply", "report", "respond", "say", "state", "stress",
    "suggest", "summarise", "summarize", "tell", "urge", "warn", "write",
];

/// Irregular past forms of such verbs.
#[rustfmt::skip]
pub(crate) const REPORTED: &[&str] = &[
    "said", "told", "wrote", "written", "admitted", "quipped", "put",
];

/// Their forms in -ing that are hardly ever nouns.
#[rustfmt::skip]
pub(crate) const REPORTING_NOW: &[&str] = &[
    "saying", "arguing", "noting", "adding", "claiming", "stating",
];

/// Verbs of talk rather than of writing, as stories have them and as a habit is told ("they say").
#[rustfmt::skip]
pub(crate) const TALK: &[&str] = &[
    "said", "told", "asked", "replied", "answered", "responded", "continued", "exclaimed", "joked", "called", "say",
    "tell", "ask", "reply", "answer", "respond", "continue", "call",
];

/// Modal verbs and negations: what follows was not said. See also the forms in -n't.
#[rustfmt::skip]
pub(crate) const MODALS: &[&str] = &[
    "might", "could", "would", "may", "should", "can", "will", "must", "not", "never",
];

/// What stands between a subject and its verb, beside the adverbs in -ly.
#[rustfmt::skip]
pub(crate) const BETWEEN: &[&str] = &[
    "has", "have", "had", "also", "then", "once", "later", "even", "who", "which", "that", "did", "does", "do",
    "is", "was", "been", "just", "still", "again", "now", "always", "often", "himself", "herself", "themselves",
    "itself", "to", "goes", "went", "on", "continues", "further",
];

/// Auxiliaries that make a past form passive: "is called".
#[rustfmt::skip]
pub(crate) const PASSIVE: &[&str] = &[
    "is", "was", "are", "were", "be", "been", "being", "it's",
];

/// Verbs before an infinitive that is a report all the same: "goes on to say".
#[rustfmt::skip]
pub(crate) const ON: &[&str] = &[
    "goes", "went", "continues", "continued", "proceeds", "proceeded",
];

/// The writer of the note, the reader, or anybody: whose words no source holds.
#[rustfmt::skip]
pub(crate) const OWN_VOICE: &[&str] = &[
    "i", "we", "you", "one", "someone", "somebody", "anyone", "anybody", "nobody", "everyone", "people", "i've",
    "we've", "i'd", "you'd", "we'd", "i'm", "i'll", "you'll", "they'd", "he'd", "she'd", "they'll", "he'll",
    "she'll", "none", "few", "many", "some", "most",
];

/// Pronouns for somebody else.
#[rustfmt::skip]
pub(crate) const THIRD_PERSON: &[&str] = &[
    "he", "she", "they", "he's", "she's", "they've",
];

/// Words that make a subject plural.
#[rustfmt::skip]
pub(crate) const SEVERAL: &[&str] = &[
    "and", "al", "colleagues", "they", "they've",
];

/// Nouns that stand for a source or its voice.
#[rustfmt::skip]
pub(crate) const SOURCES: &[&str] = &[
    "abstract", "article", "author", "authors", "blog", "book", "chapter", "comment", "commenter", "commenters",
    "document", "essay", "guide", "interview", "letter", "manual", "memo", "page", "pages", "paper", "papers",
    "passage", "post", "poster", "report", "reply", "researchers", "reviewer", "reviewers", "section", "source",
    "sources", "statement", "study", "talk", "team", "text", "thread", "writer", "writers",
];

/// Nouns for what somebody says.
#[rustfmt::skip]
pub(crate) const SPEECH: &[&str] = &[
    "account", "analysis", "answer", "argument", "assessment", "aphorism", "assumption", "claim", "complaint",
    "conclusion", "criterion", "criticism", "definition", "description", "dictum", "explanation", "formulation",
    "hypothesis", "idea", "line", "maxim", "motto", "objection", "observation", "opinion", "phrase", "phrasing",
    "point", "position", "prediction", "premise", "principle", "question", "quip", "quote", "quotation", "remark",
    "reply", "response", "rule", "statement", "suggestion", "summary", "term", "thesis", "verdict", "version",
    "view", "warning", "word", "wording", "words",
];

/// What stands before the noun for a source that somebody else wrote; "this post" is the note itself.
#[rustfmt::skip]
pub(crate) const DETERMINERS: &[&str] = &[
    "a", "an", "another", "both", "each", "first", "her", "his", "its", "one", "same", "second", "several", "some",
    "that", "the", "their", "those", "two",
];

/// Words that open the content of a report.
#[rustfmt::skip]
pub(crate) const CONTENT: &[&str] = &[
    "that", "to", "how", "why", "whether", "what", "the", "a", "an",
];

/// Words that make what follows a case to think of.
#[rustfmt::skip]
pub(crate) const CONDITIONAL: &[&str] = &[
    "if", "when", "whenever", "perhaps", "maybe", "unless", "suppose", "imagine",
];

/// Verbs that ask the reader to imagine what follows.
#[rustfmt::skip]
pub(crate) const IMAGINED: &[&str] = &[
    "imagine", "suppose", "pretend",
];

/// Adjectives for talk that no source holds, before a noun of [`TALKS`].
#[rustfmt::skip]
pub(crate) const PRIVATE: &[&str] = &[
    "private", "personal", "direct", "internal",
];

/// Nouns for talk.
#[rustfmt::skip]
pub(crate) const TALKS: &[&str] = &[
    "communication", "communications", "conversation", "conversations", "correspondence", "discussion", "email",
    "emails", "message", "messages", "chat",
];

/// Nouns for letters that are not printed: "by email".
#[rustfmt::skip]
pub(crate) const LETTERS: &[&str] = &[
    "email", "e-mail", "mail", "dm", "text", "phone",
];

/// Words that announce a word: "the term “…”", "so-called “…”".
#[rustfmt::skip]
pub(crate) const MENTION: &[&str] = &[
    "word", "words", "term", "terms", "phrase", "phrases", "so-called", "called", "titled", "entitled", "dubbed",
    "named", "labelled", "labeled", "nicknamed", "termed", "concept", "concepts", "notion", "name", "title",
    "heading", "headline", "slogan", "label", "acronym", "abbreviation", "tag", "post", "paper", "essay", "article",
    "book", "chapter", "section", "song", "film", "talk",
];

/// What a label stands before: "the “…” section".
#[rustfmt::skip]
pub(crate) const LABELLED: &[&str] = &[
    "section", "subsection", "chapter", "heading", "header", "appendix", "figure", "table", "tab", "button", "menu",
    "page", "option", "command", "field", "folder", "tag", "link", "post", "paper", "essay", "article", "book",
    "talk", "song", "film", "series", "sequence", "meme", "prompt",
];

/// Small words inside names.
#[rustfmt::skip]
pub(crate) const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "la", "le", "du", "al", "et", "bin", "of",
];

/// Words with a capital that open sentences rather than name somebody.
#[rustfmt::skip]
pub(crate) const NO_NAMES: &[&str] = &[
    "a", "about", "according", "after", "again", "all", "also", "although", "an", "and", "another", "as", "at",
    "because", "before", "better", "both", "but", "by", "can", "consider", "did", "do", "does", "don", "each",
    "even", "every", "finally", "first", "for", "from", "further", "given", "had", "has", "have", "he", "hence",
    "her", "here", "his", "how", "however", "i", "if", "in", "indeed", "instead", "is", "it", "its", "just",
    "later", "let", "like", "many", "maybe", "more", "moreover", "most", "my", "no", "note", "not", "now", "of",
    "on", "once", "one", "or", "other", "others", "our", "perhaps", "please", "rather", "second", "see", "she",
    "similarly", "since", "so", "some", "someone", "sometimes", "still", "such", "that", "the", "their", "then",
    "there", "therefore", "these", "they", "third", "this", "those", "though", "thus", "to", "today",
    "unfortunately", "we", "well", "what", "when", "where", "whereas", "which", "while", "who", "why", "with",
    "yes", "yet", "you", "your",
];
