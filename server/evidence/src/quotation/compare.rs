use ibid_text::Span;

use super::{
    Edit, EditKind, Quoted, Verdict,
    align::{Step, align},
    change::change,
    letters::{is_same_figure, is_same_word},
    number_sign::{behind_signs, signs_differ, with_signs},
    quoted::{Marking, omission},
    word_ids::SourceWord,
};

/// The comparison of a quotation with one stretch of a source.
#[derive(Clone, PartialEq, Debug)]
pub struct Comparison {
    /// [`Verdict::Verbatim`], [`Verdict::Typographic`], [`Verdict::Marked`] or [`Verdict::Altered`]. The caller
    /// decides how much may be altered in a passage that is still the one quoted.
    pub verdict: Verdict,
    /// The stretch of the source, from the first word to the last.
    pub span: Span,
    /// The parts of the span between marked omissions, in order; the span itself if no word is omitted.
    pub parts: Vec<Span>,
    /// 1 − word edit distance / longer length, 0..1; marked changes do not count.
    pub similarity: f32,
    /// Changes that the writer did not mark, in order.
    pub edits: Vec<Edit>,
    /// The runs of words that both texts share, in order.
    pub runs: Vec<Run>,
}

impl Comparison {
    /// Moves all spans in the source by `by` bytes, for a text that is part of a longer one.
    #[must_use]
    pub fn shift(mut self, by: u32) -> Self {
        self.span = self.span.shift(by);
        self.parts.iter_mut().for_each(|part| *part = part.shift(by));
        self.edits.iter_mut().for_each(|edit| edit.source = edit.source.shift(by));
        self.runs.iter_mut().for_each(|run| run.source = run.source.shift(by));
        self
    }
}

/// A run of words that quotation and source share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// Its span in the quotation.
    pub quote: Span,
    /// Its span in the source.
    pub source: Span,
    /// Its number of words.
    pub words: u32,
}

/// Compares a quotation with the stretch of `source` inside `window` that fits it best. Returns `None` if they share no word.
/// The time is proportional to the number of words of the quotation (at most 600) times that of the window.
pub fn compare(quoted: &Quoted<'_>, source: &str, window: Span) -> Option<Comparison> {
    let (tokens, mut steps) = align(quoted, source, window);
    end_with_passage(&mut steps, &tokens, source);
    let mut builder = EditBuilder {
        quoted,
        source,
        tokens: &tokens,
        edits: Vec::new(),
        runs: Vec::new(),
        changed: None,
        kept: (None, None),
    };
    let mut counts = WordCounts::default();
    for &step in &steps {
        let step = builder.judged(step);
        counts.count(step);
        builder.take(step);
    }
    builder.close_edit();
    let (first, last) = (builder.runs.first()?.source, builder.runs.last()?.source);
    let covered = steps.iter().filter_map(|&step| token_of(step)).map(|token| tokens[token].span);
    let changed = builder.edits.iter().map(|edit| edit.source).filter(|source| !source.is_empty());
    let span = covered.chain(changed).fold(first.cover(last), Span::cover);
    let omits = |&step: &Step| matches!(step, Step::Omitted { token } if !tokens[token].is_mark);
    let is_marked = counts.marked > 0
        || steps.iter().any(omits)
        || builder.has_marked_bracket(&steps)
        || builder.has_idle_omission(&steps);
    let verdict = if !builder.edits.is_empty() {
        Verdict::Altered
    } else if is_marked {
        Verdict::Marked
    } else if is_verbatim(quoted, source, span) {
        Verdict::Verbatim
    } else {
        Verdict::Typographic
    };
    let longer = (counts.same + counts.edits_in_quote).max(counts.same + counts.edits_in_source).max(1);
    let similarity = 1.0 - counts.distance as f32 / longer as f32;
    let parts = builder.parts(&steps, span);
    let EditBuilder { edits, runs, .. } = builder;
    Some(Comparison { verdict, span, parts, similarity: similarity.max(0.0), edits, runs })
}

/// Ends the alignment where the passage of its last shared word ends: words of the quotation behind that were added, not put
/// in place of the first words of the next passage. Likewise at the beginning.
fn end_with_passage(steps: &mut [Step], tokens: &[SourceWord], source: &str) {
    let is_parted = |from: usize, to: usize| {
        let between = Span::new(tokens[from].span.end, tokens[to].span.start.max(tokens[from].span.end)).of(source);
        between.matches('\n').count() >= 2
    };
    let shared = |step: &Step| !matches!(step, Step::Other { .. } | Step::Added { .. } | Step::Dropped { .. });
    let Some((first, last)) = steps.iter().position(shared).zip(steps.iter().rposition(shared)) else { return };
    if let Some(end) = token_of(steps[last]) {
        for step in &mut steps[last + 1..] {
            match *step {
                Step::Other { item, token } if is_parted(end, token) => *step = Step::Added { item },
                _ => {}
            }
        }
    }
    if let Step::Same { token: start, .. } = steps[first] {
        for step in &mut steps[..first] {
            match *step {
                Step::Other { item, token } if is_parted(token, start) => *step = Step::Added { item },
                _ => {}
            }
        }
    }
}

/// The numbers of words from which the similarity is computed.
#[derive(Default)]
struct WordCounts {
    same: u32,
    distance: u32,
    edits_in_quote: u32,
    edits_in_source: u32,
    marked: u32,
}

impl WordCounts {
    fn count(&mut self, step: Step) {
        let (quote, source) = match step {
            Step::Same { .. } | Step::Broken { .. } => {
                self.same += 1;
                return;
            }
            Step::Marked { .. } => {
                self.same += 1;
                self.marked += 1;
                return;
            }
            Step::Omitted { .. } => return,
            Step::Other { .. } | Step::Split { .. } => (1, 1),
            Step::Added { .. } => (1, 0),
            Step::Dropped { .. } => (0, 1),
        };
        self.distance += 1;
        self.edits_in_quote += quote;
        self.edits_in_source += source;
    }
}

/// Builds edits and runs from the steps of an alignment.
struct EditBuilder<'a> {
    quoted: &'a Quoted<'a>,
    source: &'a str,
    tokens: &'a [SourceWord],
    edits: Vec<Edit>,
    runs: Vec<Run>,
    /// The change that is not complete yet: its words in the quotation and in the source.
    changed: Option<(Option<Span>, Option<Span>)>,
    /// The last unchanged words, in the quotation and in the source.
    kept: (Option<Span>, Option<Span>),
}

impl EditBuilder<'_> {
    fn take(&mut self, step: Step) {
        match step {
            Step::Same { item, token } => self.same((item, item), (token, token)),
            Step::Broken { items, tokens } => self.same(items, tokens),
            Step::Marked { item, token } => {
                self.close_edit();
                self.kept = (Some(self.quote_span((item, item))), Some(self.source_span((token, token))));
            }
            // A mark between omitted words is omitted with them.
            Step::Omitted { token } if self.changed.is_some() && self.tokens[token].is_mark => {}
            Step::Omitted { token } => {
                self.close_edit();
                self.kept.1 = Some(self.source_span((token, token)));
            }
            Step::Other { item, token } => self.change(Some((item, item)), Some((token, token))),
            Step::Split { items, tokens } => self.change(Some(items), Some(tokens)),
            Step::Added { item } if self.quoted.items[item].marking == Marking::Bracketed => {
                self.close_edit();
                self.kept.0 = Some(self.quote_span((item, item)));
            }
            Step::Added { item } => self.change(Some((item, item)), None),
            Step::Dropped { token } => self.change(None, Some((token, token))),
        }
    }

    /// The step, judged by more than the folded words: numbers with different signs are different, and some words in
    /// different letters are the same.
    fn judged(&self, step: Step) -> Step {
        let (Step::Same { item, token } | Step::Other { item, token }) = step else { return step };
        let (quote, source) = (&self.quoted.items[item], self.tokens[token].span);
        if quote.marking != Marking::Quoted {
            return step;
        }
        let (ours, theirs) = (quote.span.of(self.quoted.text), source.of(self.source));
        let is_same = matches!(step, Step::Same { .. })
            || is_same_word(ours, theirs)
            || is_same_figure(ours, theirs, self.quoted.text);
        if is_same && !signs_differ(self.quoted.text, quote.span, self.source, source) {
            Step::Same { item, token }
        } else {
            Step::Other { item, token }
        }
    }

    fn quote_span(&self, (first, last): (usize, usize)) -> Span {
        self.quoted.items[first].span.cover(self.quoted.items[last].span)
    }

    fn source_span(&self, (first, last): (usize, usize)) -> Span {
        self.tokens[first].span.cover(self.tokens[last].span)
    }

    fn same(&mut self, items: (usize, usize), tokens: (usize, usize)) {
        let is_continued = self.changed.is_none() && items.0 > 0 && tokens.0 > 0;
        self.close_edit();
        let (quote, source) = (self.quote_span(items), self.source_span(tokens));
        self.kept = (Some(quote), Some(source));
        match self.runs.last_mut() {
            Some(run)
                if is_continued
                    && run.quote.end == self.quoted.items[items.0 - 1].span.end
                    && run.source.end == self.tokens[tokens.0 - 1].span.end =>
            {
                *run = Run { quote: run.quote.cover(quote), source: run.source.cover(source), words: run.words + 1 };
            }
            _ => self.runs.push(Run { quote, source, words: 1 }),
        }
    }

    fn change(&mut self, items: Option<(usize, usize)>, tokens: Option<(usize, usize)>) {
        let quote = items.map(|items| with_signs(self.quoted.text, self.quote_span(items)));
        let source = tokens.map(|tokens| with_signs(self.source, self.source_span(tokens)));
        let cover = |a: Option<Span>, b: Option<Span>| a.into_iter().chain(b).reduce(Span::cover);
        let (ours, theirs) = self.changed.unwrap_or_default();
        self.changed = Some((cover(ours, quote), cover(theirs, source)));
    }

    fn close_edit(&mut self) {
        let Some((quote, source)) = self.changed.take() else { return };
        let kind = match (quote, source) {
            (Some(_), Some(_)) => EditKind::Replace,
            (None, _) => EditKind::Delete,
            (Some(_), None) => EditKind::Insert,
        };
        let (behind_quote, behind_source) = self.behind_kept();
        let quote = quote.unwrap_or(Span::empty(behind_quote));
        let source = source.unwrap_or(Span::empty(behind_source));
        let change = change(self.quoted.text, quote, self.source, source, self.quoted.language);
        self.edits.push(Edit { kind, change, quote, source });
    }

    /// Where words that only one side has belong in the other: after the last shared words and the marks that follow them.
    fn behind_kept(&self) -> (u32, u32) {
        let behind = |text: &str, kept: Option<Span>| kept.map_or(0, |kept| behind_signs(text, kept)) as usize;
        let (mut quote, mut source) = (behind(self.quoted.text, self.kept.0), behind(self.source, self.kept.1));
        let after =
            |text: &str, at: usize| text[at..].chars().next().filter(|&c| is_closing(c)).map_or(0, char::len_utf8);
        while after(self.quoted.text, quote) > 0
            && self.source[source..].starts_with(&self.quoted.text[quote..quote + after(self.quoted.text, quote)])
        {
            let mark = after(self.quoted.text, quote);
            (quote, source) = (quote + mark, source + mark);
        }
        // A bracket that only one side has.
        let bracket = |text: &str, at: usize| usize::from(text[at..].starts_with(']'));
        quote += bracket(self.quoted.text, quote);
        source += bracket(self.source, source);
        (quote as u32, source as u32)
    }

    /// Whether some bracketed word or letter is the writer's: the source lacks it, or has it without brackets.
    fn has_marked_bracket(&self, steps: &[Step]) -> bool {
        let marking = |item: usize| &self.quoted.items[item].marking;
        steps.iter().any(|&step| match step {
            Step::Added { item } => *marking(item) == Marking::Bracketed,
            Step::Same { item, token } => *marking(item) != Marking::Quoted && !self.is_in_brackets(token),
            _ => false,
        })
    }

    fn is_in_brackets(&self, token: usize) -> bool {
        let before = &self.source[..self.tokens[token].span.start as usize];
        before.rfind(['[', ']', '(', ')', '\n']).is_some_and(|at| before[at..].starts_with(['[', '(']))
    }

    /// Whether some omission mark omits no word and is not in the source either.
    fn has_idle_omission(&self, steps: &[Step]) -> bool {
        steps.windows(2).any(|pair| {
            let (Some(before), Some(after)) = (token_of(pair[0]), token_of(pair[1])) else { return false };
            let is_omission = first_item(pair[1]).is_some_and(|item| self.quoted.items[item].omission.is_some());
            let gap = Span::new(
                self.tokens[before].span.end,
                self.tokens[after].span.start.max(self.tokens[before].span.end),
            );
            is_omission && omission(self.source, gap).is_none()
        })
    }

    /// The stretches between marked omissions.
    fn parts(&self, steps: &[Step], span: Span) -> Vec<Span> {
        let mut parts: Vec<Span> = Vec::new();
        let mut is_open = false;
        for &step in steps {
            let omitted = matches!(step, Step::Omitted { token } if !self.tokens[token].is_mark);
            let Some(token) = token_of(step).filter(|_| !omitted) else {
                is_open &= !omitted;
                continue;
            };
            let there = self.tokens[token].span;
            match parts.last_mut() {
                Some(part) if is_open => *part = part.cover(there),
                _ => parts.push(there),
            }
            is_open = true;
        }
        if parts.len() < 2 { vec![span] } else { parts }
    }
}

/// Whether a punctuation mark belongs to the word before it.
const fn is_closing(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | ')' | ']' | '\u{201D}' | '\u{2019}')
}

/// The last word of the source that a step uses.
const fn token_of(step: Step) -> Option<usize> {
    match step {
        Step::Same { token, .. }
        | Step::Marked { token, .. }
        | Step::Other { token, .. }
        | Step::Dropped { token }
        | Step::Omitted { token } => Some(token),
        Step::Broken { tokens, .. } | Step::Split { tokens, .. } => Some(tokens.1),
        Step::Added { .. } => None,
    }
}

const fn first_item(step: Step) -> Option<usize> {
    match step {
        Step::Same { item, .. } | Step::Marked { item, .. } | Step::Other { item, .. } | Step::Added { item } => {
            Some(item)
        }
        Step::Broken { items, .. } | Step::Split { items, .. } => Some(items.0),
        Step::Dropped { .. } | Step::Omitted { .. } => None,
    }
}

/// Whether the source has the quotation character for character, including the marks around its words.
fn is_verbatim(quoted: &Quoted<'_>, source: &str, span: Span) -> bool {
    let text = quoted.text.trim();
    let Some(first) = quoted.items.first() else { return false };
    let space = quoted.text.len() - quoted.text.trim_start().len();
    let lead = first.span.start as usize - space;
    let start = (span.start as usize).checked_sub(lead);
    start.and_then(|start| source.get(start..)).is_some_and(|there| there.starts_with(text))
}
