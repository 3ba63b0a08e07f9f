//! The names of the elements that matter for reading a page.

macro_rules! names {
    ($($variant:ident = $name:literal,)*) => {
        /// The name of an element.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Name {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// Any other element: inline, without further meaning.
            Other,
        }

        /// Every known name, in alphabetical order.
        const KNOWN: &[(Key, Name)] = &[$((key($name.as_bytes()), Name::$variant),)*];
    };
}

names! {
    A = "a",
    Address = "address",
    Annotation = "annotation",
    AnnotationXml = "annotation-xml",
    Area = "area",
    Article = "article",
    Aside = "aside",
    Audio = "audio",
    Base = "base",
    Blockquote = "blockquote",
    Body = "body",
    Br = "br",
    Button = "button",
    Canvas = "canvas",
    Caption = "caption",
    Center = "center",
    Cite = "cite",
    Code = "code",
    Col = "col",
    Colgroup = "colgroup",
    Datalist = "datalist",
    Dd = "dd",
    Details = "details",
    Dialog = "dialog",
    Dir = "dir",
    Div = "div",
    Dl = "dl",
    Dt = "dt",
    Embed = "embed",
    Fieldset = "fieldset",
    Figcaption = "figcaption",
    Figure = "figure",
    Footer = "footer",
    Form = "form",
    H1 = "h1",
    H2 = "h2",
    H3 = "h3",
    H4 = "h4",
    H5 = "h5",
    H6 = "h6",
    Head = "head",
    Header = "header",
    Hgroup = "hgroup",
    Hr = "hr",
    Html = "html",
    Iframe = "iframe",
    Img = "img",
    Input = "input",
    Legend = "legend",
    Li = "li",
    Link = "link",
    Listing = "listing",
    Main = "main",
    Map = "map",
    Menu = "menu",
    Meta = "meta",
    Meter = "meter",
    Nav = "nav",
    Noembed = "noembed",
    Noframes = "noframes",
    Noscript = "noscript",
    Object = "object",
    Ol = "ol",
    Optgroup = "optgroup",
    Option = "option",
    P = "p",
    Param = "param",
    Pre = "pre",
    Progress = "progress",
    Q = "q",
    Rp = "rp",
    Rt = "rt",
    Rtc = "rtc",
    Ruby = "ruby",
    Script = "script",
    Search = "search",
    Section = "section",
    Select = "select",
    Source = "source",
    Style = "style",
    Summary = "summary",
    Sup = "sup",
    Svg = "svg",
    Table = "table",
    Tbody = "tbody",
    Td = "td",
    Template = "template",
    Textarea = "textarea",
    Tfoot = "tfoot",
    Th = "th",
    Thead = "thead",
    Time = "time",
    Title = "title",
    Tr = "tr",
    Track = "track",
    Ul = "ul",
    Video = "video",
    Wbr = "wbr",
    Xmp = "xmp",
}

/// A name as a number, first letter in the highest byte. Numbers compare faster than strings and sort the same way.
type Key = u128;

const LONGEST: usize = size_of::<Key>();

/// The key of a name of at most [`LONGEST`] bytes.
const fn key(name: &[u8]) -> Key {
    let (mut key, mut at) = (0, 0);
    while at < name.len() {
        key |= (name[at] as Key) << (Key::BITS - 8 * (at as u32 + 1));
        at += 1;
    }
    key
}

impl Name {
    /// The element with this lower-case name.
    pub(super) fn of(name: &[u8]) -> Self {
        // The most common of the unknown names.
        if name == b"span" || name.len() > LONGEST {
            return Self::Other;
        }
        KNOWN.binary_search_by_key(&key(name), |(known, _)| *known).map_or(Self::Other, |at| KNOWN[at].1)
    }

    /// Whether it has no content and no end tag (HTML, 13.1.2).
    pub(super) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Hr
                | Self::Img
                | Self::Input
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// Whether it begins and ends a block of text.
    pub(super) const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Body
                | Self::Caption
                | Self::Center
                | Self::Dd
                | Self::Details
                | Self::Dialog
                | Self::Dir
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Html
                | Self::Legend
                | Self::Li
                | Self::Listing
                | Self::Main
                | Self::Menu
                | Self::Nav
                | Self::Ol
                | Self::P
                | Self::Pre
                | Self::Search
                | Self::Section
                | Self::Summary
                | Self::Table
                | Self::Tbody
                | Self::Tfoot
                | Self::Thead
                | Self::Tr
                | Self::Ul
        )
    }

    /// Whether it is a table cell.
    pub(super) const fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// Whether it is a part of a table, below the table itself.
    pub(super) const fn is_in_table(self) -> bool {
        self.is_cell() || matches!(self, Self::Caption | Self::Tbody | Self::Tfoot | Self::Thead | Self::Tr)
    }

    /// Whether it is the reading of a word, or a bracket around one for programs that cannot set it above the word.
    pub(super) const fn is_in_ruby(self) -> bool {
        matches!(self, Self::Rp | Self::Rt | Self::Rtc)
    }

    /// Whether it belongs in the head of a page.
    pub(super) const fn is_in_head(self) -> bool {
        matches!(
            self,
            Self::Base
                | Self::Link
                | Self::Meta
                | Self::Noscript
                | Self::Script
                | Self::Style
                | Self::Template
                | Self::Title
        )
    }

    /// Whether it is a heading.
    pub(super) const fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    /// Whether white space in it is significant.
    pub(super) const fn is_preformatted(self) -> bool {
        matches!(self, Self::Pre | Self::Listing)
    }

    /// Whether its contents are never text of the page, whatever its attributes: scripts, pictures, controls, fallback
    /// content, navigation, and readings beside the characters, which a browser leaves out of what is copied.
    pub(super) const fn is_never_visible(self) -> bool {
        matches!(
            self,
            Self::Annotation
                | Self::AnnotationXml
                | Self::Audio
                | Self::Button
                | Self::Canvas
                | Self::Datalist
                | Self::Head
                | Self::Iframe
                | Self::Map
                | Self::Meter
                | Self::Nav
                | Self::Noembed
                | Self::Noframes
                | Self::Noscript
                | Self::Object
                | Self::Progress
                | Self::Rp
                | Self::Rt
                | Self::Rtc
                | Self::Script
                | Self::Search
                | Self::Select
                | Self::Style
                | Self::Svg
                | Self::Template
                | Self::Textarea
                | Self::Title
                | Self::Video
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        assert!(KNOWN.is_sorted_by_key(|(key, _)| *key));
        assert_eq!(
            [Name::of(b"a"), Name::of(b"annotation-xml"), Name::of(b"xmp")],
            [Name::A, Name::AnnotationXml, Name::Xmp]
        );
        assert_eq!(Name::of(b"my-element"), Name::Other);
        assert_eq!(Name::of(b""), Name::Other);
        assert_eq!(Name::of(b"an-element-of-a-longer-name"), Name::Other);
    }
}
