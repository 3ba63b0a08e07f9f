//! The Markdown of a note, in one pass: blocks of running text that map back to the note, and the containers around them.

mod html;
mod title;

use ibid_text::{Mapped, Span};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::{
    Image, Setting, Target, citation,
    plain::{push_exact, push_lines},
    suppression,
    written::{callout_kind, find_within, inline_destination, inside, trim_end, wiki_name},
};

/// The blocks and containers of a note, in order.
#[derive(Default)]
pub(crate) struct Markdown {
    pub(crate) blocks: Vec<Block>,
    pub(crate) quotes: Vec<BlockQuote>,
    pub(crate) headings: Vec<HeadingLine>,
    /// The labels and spans of footnote definitions.
    pub(crate) footnotes: Vec<(String, Span)>,
    /// Images, and other attachments that are shown in place.
    pub(crate) images: Vec<Image>,
    /// HTML comments.
    pub(crate) comments: Vec<Span>,
    /// Readable text; see [`crate::Note::prose`].
    pub(crate) prose: Vec<Span>,
}

/// Uninterrupted running text: a paragraph, a table cell, the text of a tight list item.
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// The text without Markdown, with a space for a soft break. Original offsets are the note's.
    pub(crate) text: Mapped,
    /// Parts of `text` that are code or mathematics.
    pub(crate) opaque: Vec<Span>,
    /// Links and footnote marks, ascending.
    pub(crate) links: Vec<Link>,
    /// The innermost blockquote around it.
    pub(crate) quote: Option<u32>,
    /// The footnote definition around it.
    pub(crate) footnote: Option<u32>,
    /// The innermost list item around it.
    pub(crate) item: Option<u32>,
    /// The part of `text` that is bold from the very beginning.
    pub(crate) lead: Option<Span>,
    /// Offsets in `text` at which lines end.
    pub(crate) breaks: Vec<u32>,
}

/// The kind of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BlockKind {
    /// Run text.
    Prose(Setting),
    /// A heading, or the title line of a callout; it contains no statements.
    Title,
    /// The term of a definition list.
    Term,
    /// A definition in a definition list.
    Definition,
    /// Code inside a blockquote, which is part of the quotation.
    Code,
}

/// A blockquote.
pub(crate) struct BlockQuote {
    pub(crate) span: Span,
    /// The kind of an Obsidian callout, `> [!kind]`.
    pub(crate) callout: Option<String>,
    /// The blockquote around it.
    pub(crate) parent: Option<u32>,
    /// Whether the blockquote around it has words before it, to which this one may be an answer.
    pub(crate) is_reply: bool,
    /// How many blockquotes are around it.
    pub(crate) depth: u32,
    /// The list item around it.
    pub(crate) item: Option<u32>,
    /// The number of its first block, and of the first block after it.
    pub(crate) blocks: (usize, usize),
}

impl BlockQuote {
    /// Whether it repeats somebody: every blockquote but a callout, and callouts for quotations.
    pub(crate) fn is_quoting(&self) -> bool {
        self.callout.as_ref().is_none_or(|kind| kind.starts_with("quote") || kind.starts_with("cite"))
    }
}

/// Whether a blockquote or one around it repeats somebody.
pub(crate) fn repeats_somebody(quotes: &[BlockQuote], innermost: u32) -> bool {
    let mut at = Some(innermost);
    while let Some(quote) = at.map(|at| &quotes[at as usize]) {
        if quote.is_quoting() {
            return true;
        }
        at = quote.parent;
    }
    false
}

/// A heading, with the number of its block.
pub(crate) struct HeadingLine {
    pub(crate) span: Span,
    pub(crate) level: u8,
    pub(crate) block: Option<usize>,
}

/// A link or a footnote mark.
pub(crate) struct Link {
    /// The link in the note.
    pub(crate) span: Span,
    /// The address, path or name alone, in the note.
    pub(crate) target_span: Span,
    /// Its text within the block's text; empty for a footnote mark.
    pub(crate) shown: Span,
    pub(crate) kind: LinkKind,
}

/// The kind of a link.
pub(crate) enum LinkKind {
    /// A link that may point to a source; `None` if it cannot (`mailto:`).
    Target(Option<Target>),
    /// A link whose text is its address.
    Autolink(Target),
    /// A wiki-link.
    Wiki(Target),
    /// A mark of the footnote with this label.
    Footnote(String),
}

#[derive(Clone, Copy)]
enum Container {
    Quote(u32),
    /// A `<blockquote>` of HTML.
    HtmlQuote(u32),
    Footnote(u32),
    Cell,
    Definition,
}

/// The Markdown extensions of notes.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// Reads the Markdown of `text` from the byte `from` on.
pub(crate) fn read(text: &str, from: usize) -> Markdown {
    let mut reader = Reader {
        text,
        markdown: Markdown::default(),
        containers: Vec::new(),
        open: None,
        heading: None,
        items: 0,
        open_items: Vec::new(),
        term: false,
        code: false,
        images: 0,
        links: Vec::new(),
        strong: None,
        html: Mapped::default(),
        last_end: from,
        script: Script::OnTheLine,
        joined: false,
    };
    let mut events = Parser::new_ext(&text[from..], options()).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let span = Span::from(range.start + from..range.end + from);
        if let Event::Start(Tag::Link { link_type, id, .. }) = &event
            && matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
        {
            let definition = events.reference_definitions().get(id).map(|definition| {
                let whole = Span::from(definition.span.start + from..definition.span.end + from);
                find_within(text, whole, &definition.dest).unwrap_or(whole)
            });
            reader.open_link(span, definition);
            let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
            reader.links.last_mut().expect("just opened").destination = dest_url.into_string();
            continue;
        }
        reader.take(event, span);
    }
    reader.close_html_quotes(None);
    reader.close();
    reader.markdown
}

struct Reader<'a> {
    text: &'a str,
    markdown: Markdown,
    containers: Vec<Container>,
    open: Option<Open>,
    heading: Option<usize>,
    /// The number of list items so far, and the open ones: the number of each, and whether it is a task.
    items: u32,
    open_items: Vec<(u32, bool)>,
    term: bool,
    code: bool,
    /// The depth of nested images, whose alternative text is not read.
    images: u32,
    links: Vec<OpenLink>,
    /// Where bold text begins in the block's text.
    strong: Option<u32>,
    /// The block of HTML so far.
    html: Mapped,
    /// Whether a `<sup>` is open.
    script: Script,
    /// The end of the last event in the note.
    last_end: usize,
    /// Whether the next text continues the last span of prose: only emphasis marks or a line break lie between.
    joined: bool,
}

/// Where letters stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    OnTheLine,
    Raised,
}

/// The block being read.
#[derive(Default)]
struct Open {
    text: Mapped,
    opaque: Vec<Span>,
    links: Vec<Link>,
    lead: Option<Span>,
    breaks: Vec<u32>,
    /// The start of a line break that is not written yet. Its space maps to everything up to the next text.
    pending: Option<u32>,
}

struct OpenLink {
    span: Span,
    destination: String,
    kind: LinkType,
    definition: Option<Span>,
    shown_from: u32,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(plain) => self.push_text(&plain, span),
            Event::Code(plain) => {
                let lines = span.of(self.text).contains(['\n', '\r']);
                let inside = if lines { None } else { find_within(self.text, span, &plain) }.unwrap_or(span);
                self.push(&plain, inside, true);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => self.push(span.of(self.text), span, true),
            Event::SoftBreak | Event::HardBreak => self.line_break(span),
            Event::Html(_) => self.html.push_verbatim(self.text, span),
            Event::InlineHtml(tag) => self.inline_html(&tag, span),
            Event::FootnoteReference(label) => {
                if self.images == 0 {
                    let open = self.open.get_or_insert_default();
                    let shown = Span::empty(open.text.text().len() as u32);
                    let kind = LinkKind::Footnote(label.into_string());
                    open.links.push(Link { span, target_span: span, shown, kind });
                }
                self.joined = false;
            }
            Event::Rule => self.close(),
            Event::TaskListMarker(_) => {
                if let Some((_, task)) = self.open_items.last_mut() {
                    *task = true;
                }
            }
        }
        self.last_end = span.end as usize;
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return,
            Tag::Strong => {
                self.strong = Some(self.open.as_ref().map_or(0, |open| open.text.text().len() as u32));
                return;
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.open_link(span, None);
                let link = self.links.last_mut().expect("just opened");
                link.kind = link_type;
                link.destination = dest_url.into_string();
                return;
            }
            Tag::Image { link_type, dest_url, .. } => return self.open_image(link_type, &dest_url, span),
            _ => self.close(),
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(self.markdown.headings.len());
                self.markdown.headings.push(HeadingLine { span, level: level as u8, block: None });
            }
            Tag::BlockQuote(_) => {
                let quote = self.open_quote(span, callout_kind(span.of(self.text)));
                self.containers.push(Container::Quote(quote));
            }
            Tag::CodeBlock(_) => self.code = true,
            Tag::HtmlBlock => self.markdown.comments.extend(suppression::comments(self.text, span)),
            Tag::Item => {
                self.open_items.push((self.items, false));
                self.items += 1;
            }
            Tag::FootnoteDefinition(label) => {
                self.containers.push(Container::Footnote(self.markdown.footnotes.len() as u32));
                self.markdown.footnotes.push((label.into_string(), span));
            }
            Tag::TableCell => self.containers.push(Container::Cell),
            Tag::DefinitionListTitle => self.term = true,
            Tag::DefinitionListDefinition => self.containers.push(Container::Definition),
            _ => {}
        }
    }

    /// Opens a blockquote and returns its number.
    fn open_quote(&mut self, span: Span, callout: Option<String>) -> u32 {
        let parent = self.innermost_quote();
        let depth = parent.map_or(0, |parent| self.markdown.quotes[parent as usize].depth + 1);
        let item = self.open_items.last().map(|(number, _)| *number);
        let here = self.markdown.blocks.len();
        let is_reply = parent.is_some_and(|parent| {
            let parent = &self.markdown.quotes[parent as usize];
            parent.callout.is_none() && parent.blocks.0 < here
        });
        self.markdown.quotes.push(BlockQuote { span, callout, parent, is_reply, depth, item, blocks: (here, here) });
        self.markdown.quotes.len() as u32 - 1
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::Strong => {
                if let (Some(0), Some(open)) = (self.strong.take(), self.open.as_mut()) {
                    open.lead = Some(Span::new(0, open.text.text().len() as u32));
                }
                return;
            }
            TagEnd::Link => return self.close_link(),
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                return;
            }
            _ => self.close(),
        }
        match tag {
            TagEnd::Heading(_) => self.heading = None,
            TagEnd::CodeBlock => self.code = false,
            TagEnd::DefinitionListTitle => self.term = false,
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.html_block(&html);
                self.close();
            }
            TagEnd::BlockQuote(_) => {
                self.close_html_quotes(None);
                if let Some(Container::Quote(quote)) = self.containers.pop() {
                    let quote = &mut self.markdown.quotes[quote as usize];
                    quote.blocks.1 = self.markdown.blocks.len();
                    quote.span = trim_end(self.text, quote.span.cover(span));
                }
            }
            TagEnd::FootnoteDefinition => {
                self.close_html_quotes(None);
                if let Some(Container::Footnote(at)) = self.containers.pop() {
                    let whole = &mut self.markdown.footnotes[at as usize].1;
                    *whole = trim_end(self.text, *whole);
                }
            }
            TagEnd::Item => {
                self.close_html_quotes(self.open_items.last().map(|(number, _)| *number));
                self.open_items.pop();
            }
            TagEnd::TableCell | TagEnd::DefinitionListDefinition => {
                self.close_html_quotes(None);
                self.containers.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, plain: &str, span: Span, opaque: bool) {
        if self.images > 0 || (self.code && self.innermost_quote().is_none()) {
            return;
        }
        let shows_address = self.links.last().is_some_and(|link| matches!(link.kind, LinkType::Autolink));
        if opaque || self.code || shows_address {
            self.joined = false;
        } else {
            self.add_prose(span);
        }
        let open = self.open.get_or_insert_default();
        if let Some(from) = open.pending.take() {
            open.breaks.push(open.text.text().len() as u32);
            open.text.push(" ", Span::new(from, span.start.max(from + 1)));
        }
        let start = open.text.text().len() as u32;
        if !self.code && span.of(self.text).contains(['\n', '\r']) {
            push_lines(&mut open.text, self.text, span);
        } else {
            push_exact(&mut open.text, self.text, plain, span);
        }
        if opaque || self.code {
            open.opaque.push(Span::new(start, open.text.text().len() as u32));
        }
    }

    fn add_prose(&mut self, span: Span) {
        match self.markdown.prose.last_mut() {
            Some(last) if self.joined => *last = last.cover(span),
            _ => self.markdown.prose.push(span),
        }
        self.joined = true;
    }

    fn line_break(&mut self, span: Span) {
        if let Some(open) = &mut self.open
            && self.images == 0
            && open.pending.is_none()
        {
            open.pending = Some(span.start);
        }
    }

    fn open_link(&mut self, span: Span, definition: Option<Span>) {
        let open = self.open.get_or_insert_default();
        let break_width = u32::from(open.pending.is_some());
        let shown_from = open.text.text().len() as u32 + break_width;
        let destination = String::new();
        self.joined = false;
        self.links.push(OpenLink { span, destination, kind: LinkType::Reference, definition, shown_from });
    }

    fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        self.joined = false;
        let open = self.open.get_or_insert_default();
        let shown_to = open.text.text().len() as u32;
        let shown = Span::new(link.shown_from.min(shown_to), shown_to);
        let destination = link.destination.as_str();
        let (kind, target_span) = match link.kind {
            LinkType::WikiLink { .. } => {
                (LinkKind::Wiki(citation::wiki_target(destination)), wiki_name(self.text, link.span))
            }
            LinkType::Autolink => match citation::link_target(destination) {
                Some(target) => (LinkKind::Autolink(target), inside(link.span, 1)),
                None => (LinkKind::Target(None), link.span),
            },
            LinkType::Email => (LinkKind::Target(None), link.span),
            LinkType::Inline => {
                let from = Span::new((self.last_end as u32).clamp(link.span.start, link.span.end), link.span.end);
                let address = inline_destination(self.text, from).unwrap_or(link.span);
                (LinkKind::Target(citation::link_target(destination)), address)
            }
            _ => (LinkKind::Target(citation::link_target(destination)), link.definition.unwrap_or(link.span)),
        };
        if self.images == 0 {
            open.links.push(Link { span: link.span, target_span, shown, kind });
        }
    }

    /// Opens an image, which is no citation and whose alternative text is not read. An embedded note is a wiki-link without
    /// text.
    fn open_image(&mut self, link_type: LinkType, destination: &str, span: Span) {
        self.images += 1;
        self.joined = false;
        let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
        if is_wiki && !citation::is_media(destination) {
            let open = self.open.get_or_insert_default();
            let shown = Span::empty(open.text.text().len() as u32);
            let target_span = wiki_name(self.text, Span::new(span.start + 1, span.end));
            let kind = LinkKind::Wiki(citation::wiki_target(destination));
            open.links.push(Link { span, target_span, shown, kind });
            return;
        }
        let target_span = if is_wiki {
            wiki_name(self.text, Span::new(span.start + 1, span.end))
        } else {
            inline_destination(self.text, span).unwrap_or(span)
        };
        let target =
            if is_wiki { Some(citation::wiki_target(destination)) } else { citation::link_target(destination) };
        if target.as_ref().is_some_and(citation::may_be_note) {
            let open = self.open.get_or_insert_default();
            let shown = Span::empty(open.text.text().len() as u32);
            open.links.push(Link { span, target_span, shown, kind: LinkKind::Target(target) });
            return;
        }
        self.markdown.images.extend(target.map(|target| Image { span, target_span, target }));
    }

    fn close(&mut self) {
        self.joined = false;
        self.strong = None;
        let Some(mut open) = self.open.take() else { return };
        open.links.sort_by_key(|link| (link.span.start, link.span.end));
        if open.text.text().trim().is_empty() && open.links.is_empty() {
            return;
        }
        let quote = self.innermost_quote();
        let footnote = self.containers.iter().rev().find_map(|container| match container {
            Container::Footnote(at) => Some(*at),
            _ => None,
        });
        let Open { text, opaque, links, lead, breaks, .. } = open;
        let item = self.open_items.last().map(|(number, _)| *number);
        let block = Block { kind: self.kind(), text, opaque, links, quote, footnote, item, lead, breaks };
        if let Some(heading) = self.heading {
            self.markdown.headings[heading].block = Some(self.markdown.blocks.len());
        }
        let opens_callout = quote.is_some_and(|quote| {
            let quote = &self.markdown.quotes[quote as usize];
            quote.callout.is_some() && quote.blocks.0 == self.markdown.blocks.len()
        });
        if opens_callout {
            let (title, rest) = block.split_first_line();
            self.markdown.blocks.push(title);
            self.markdown.blocks.extend(rest);
        } else {
            self.markdown.blocks.push(block);
        }
    }

    fn innermost_quote(&self) -> Option<u32> {
        self.containers.iter().rev().find_map(|container| match container {
            Container::Quote(at) | Container::HtmlQuote(at) => Some(*at),
            _ => None,
        })
    }

    fn kind(&self) -> BlockKind {
        if self.heading.is_some() {
            return BlockKind::Title;
        }
        if self.term {
            return BlockKind::Term;
        }
        if self.code {
            return BlockKind::Code;
        }
        let has = |wanted: fn(&Container) -> bool| self.containers.iter().any(wanted);
        let item = self.open_items.last().map(|(_, task)| *task);
        BlockKind::Prose(if has(|c| matches!(c, Container::Footnote(_))) {
            Setting::Footnote
        } else if has(|c| matches!(c, Container::Cell)) {
            Setting::TableCell
        } else if item == Some(true) {
            Setting::Task
        } else if item.is_some() {
            Setting::ListItem
        } else if has(|c| matches!(c, Container::Definition)) {
            return BlockKind::Definition;
        } else if has(|c| matches!(c, Container::Quote(_) | Container::HtmlQuote(_))) {
            Setting::Callout
        } else {
            Setting::Paragraph
        })
    }
}
