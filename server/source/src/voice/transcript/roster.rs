//! The people of a transcript: who is meant by initials, and which labels name one person.

/// The people whom a page introduces with their initials: "Teodor Brask (TBR)".
#[derive(Default, Debug)]
pub(super) struct Roster {
    /// The initials, and the name with them.
    people: Vec<(String, String)>,
}

impl Roster {
    /// The people whom `text` introduces with initials, and those of `labels` and `authors` whose initials are a label.
    pub(super) fn of(text: &str, labels: &[&str], authors: &[String]) -> Self {
        let mut people: Vec<(String, String)> = Vec::new();
        for initials in labels.iter().filter(|label| is_initials(label)) {
            if people.iter().any(|(known, _)| known == initials) {
                continue;
            }
            let introduced = introduced(text, initials);
            let spelled = || {
                let names = labels.iter().copied().chain(authors.iter().map(String::as_str));
                let mut fitting: Vec<&str> = names.filter(|name| abbreviates(initials, name)).collect();
                fitting.sort_unstable();
                fitting.dedup();
                <[&str; 1]>::try_from(fitting).ok().map(|[name]| name.to_owned())
            };
            if let Some(name) = introduced.or_else(spelled) {
                people.push(((*initials).to_owned(), format!("{name} ({initials})")));
            }
        }
        Self { people }
    }

    /// The full name of a speaker, with the initials where the page uses both.
    pub(super) fn full<'a>(&'a self, label: &'a str) -> &'a str {
        let of_label = |(initials, name): &&(String, String)| {
            label == initials || name.strip_suffix(')').is_some_and(|name| name.split(" (").next() == Some(label))
        };
        self.people.iter().find(of_label).map_or(label, |(_, name)| name)
    }

    /// Whether the page introduces the person.
    pub(super) fn has(&self, label: &str) -> bool {
        self.people.iter().any(|(initials, _)| initials == label)
    }
}

/// Whether a label consists of initials: "TBR", "T.B."
pub(super) fn is_initials(label: &str) -> bool {
    let letters = label.chars().filter(|c| *c != '.');
    let count = letters.clone().count();
    (2..=4).contains(&count) && letters.clone().all(char::is_uppercase)
}

/// Whether a name has these initials.
fn abbreviates(initials: &str, name: &str) -> bool {
    let words = name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase());
    !is_initials(name) && name.contains(' ') && words.eq(initials.chars().filter(|c| *c != '.'))
}

/// The name before the initials in brackets: "Teodor Brask (TBR)".
fn introduced(text: &str, initials: &str) -> Option<String> {
    /// The most words of a name.
    const MOST: usize = 4;
    let (before, _) = text.split_once(&*format!(" ({initials})"))?;
    let line = before.rsplit(['\n', ',', ';', ':', '•']).next()?.trim_matches([' ', '*', '_', '-']);
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_name = words.len() <= MOST && words.iter().all(|word| word.starts_with(char::is_uppercase));
    // "Teodor Brask" has a T, a B and an R in this order.
    let mut letters = line.chars().flat_map(char::to_uppercase);
    let is_of_name = initials.chars().filter(|c| *c != '.').all(|initial| letters.any(|letter| letter == initial));
    (is_name && is_of_name && !words.is_empty()).then(|| line.to_owned())
}
