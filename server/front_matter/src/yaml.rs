//! The values of one YAML entry.

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

/// A scalar of YAML.
pub(crate) struct Scalar {
    pub(crate) text: String,
    /// Whether it is written without quotation marks.
    is_plain: bool,
}

impl Scalar {
    /// Whether YAML reads it as a truth value or as nothing, and not as text.
    pub(crate) fn is_keyword(&self) -> bool {
        let is_word = || ["null", "true", "false"].iter().any(|word| self.text.eq_ignore_ascii_case(word));
        self.is_plain && (self.text == "~" || is_word())
    }
}

/// The scalars in the value of one entry, in order; `None` if the entry is not valid YAML.
///
/// Of a list all values are taken, of a mapping the value of its `name`.
pub(crate) fn scalars(entry: &str) -> Option<Vec<Scalar>> {
    Nodes(Parser::new_from_str(entry)).values()
}

/// The mappings in the list that is the value of an entry, each as its fields with a plain value. Those before a fault are
/// kept.
pub(crate) fn mappings(entry: &str) -> Vec<Vec<(String, String)>> {
    let mut mappings = Vec::new();
    // A fault ends the list.
    let _ = Nodes(Parser::new_from_str(entry)).list_of_mappings(&mut mappings);
    mappings
}

/// The nodes of a YAML document, in order.
struct Nodes<'y>(Parser<'y, StrInput<'y>>);

impl<'y> Nodes<'y> {
    /// The values of the document's top-level mapping; `None` if it has none or is broken.
    fn values(&mut self) -> Option<Vec<Scalar>> {
        let mut scalars = Vec::new();
        while !matches!(self.next()?, Event::MappingStart(..)) {}
        loop {
            match self.next()? {
                Event::MappingEnd => break,
                key => self.skip(key)?,
            }
            let value = self.next()?;
            self.take(value, &mut scalars)?;
        }
        while !matches!(self.next()?, Event::StreamEnd) {}
        Some(scalars)
    }

    /// Takes the mappings in the list that is the first value of the document's top-level mapping.
    fn list_of_mappings(&mut self, mappings: &mut Vec<Vec<(String, String)>>) -> Option<()> {
        while !matches!(self.next()?, Event::MappingStart(..)) {}
        let key = self.next()?;
        self.skip(key)?;
        if !matches!(self.next()?, Event::SequenceStart(..)) {
            return None;
        }
        loop {
            match self.next()? {
                Event::SequenceEnd => return Some(()),
                Event::MappingStart(..) => {
                    let fields = self.fields()?;
                    mappings.push(fields);
                }
                other => self.skip(other)?,
            }
        }
    }

    /// The fields with a plain value of a mapping that has begun.
    fn fields(&mut self) -> Option<Vec<(String, String)>> {
        let mut fields = Vec::new();
        loop {
            let name = match self.next()? {
                Event::MappingEnd => return Some(fields),
                Event::Scalar(name, ..) => Some(name.into_owned()),
                other => self.skip(other).map(|()| None)?,
            };
            match (name, self.next()?) {
                (Some(name), Event::Scalar(value, ..)) => fields.push((name, value.into_owned())),
                (_, other) => self.skip(other)?,
            }
        }
    }

    /// Takes the scalars of a value of any shape.
    fn take(&mut self, value: Event<'y>, scalars: &mut Vec<Scalar>) -> Option<()> {
        match value {
            Event::Scalar(text, style, ..) => {
                scalars.push(Scalar { text: text.into_owned(), is_plain: style == ScalarStyle::Plain });
            }
            Event::SequenceStart(..) => loop {
                match self.next()? {
                    Event::SequenceEnd => break,
                    value => self.take(value, scalars)?,
                }
            },
            Event::MappingStart(..) => loop {
                let is_name = match self.next()? {
                    Event::MappingEnd => break,
                    Event::Scalar(key, ..) => key == "name",
                    key => self.skip(key).map(|()| false)?,
                };
                let value = self.next()?;
                if is_name { self.take(value, scalars)? } else { self.skip(value)? }
            },
            _ => {}
        }
        Some(())
    }

    /// Reads a value to its end.
    fn skip(&mut self, value: Event<'y>) -> Option<()> {
        self.take(value, &mut Vec::new())
    }

    /// The next event that is no comment; `None` where the document is broken.
    fn next(&mut self) -> Option<Event<'y>> {
        loop {
            match self.0.next_event()?.ok()?.0 {
                Event::Comment(..) => {}
                event => return Some(event),
            }
        }
    }
}
