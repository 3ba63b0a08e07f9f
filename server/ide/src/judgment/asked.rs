use ibid_corpus::Resolution;
use ibid_note::{Form, Quotation, Target};

use super::{
    Judge,
    cited::{is_theirs, surroundings},
};

/// All of a note that the judgment on one of its quotations rests on.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Asked {
    /// The words, and how they are written, marks and all.
    words: String,
    written: String,
    form: Form,
    is_attributed: bool,
    is_reported: bool,
    /// The names that the note gives.
    names: Vec<String>,
    /// What it points at beside the words, where that leads, and whether that is their citation beyond doubt.
    cited: Vec<(Target, Resolution, bool)>,
    /// The sentences around.
    around: String,
}

impl Asked {
    pub(super) fn of(judge: &Judge<'_>, quotation: &Quotation) -> Self {
        let text = judge.page.text();
        let attribution = &quotation.attribution;
        let cited = attribution.citations.iter().filter_map(|&at| {
            let (citation, resolution) = (judge.note.citations.get(at as usize)?, judge.resolution(at)?);
            match resolution {
                // A pointer within the note is no citation, wherever it leads by now.
                Resolution::Source { file, .. } | Resolution::Note { file, .. } if *file == judge.file.id => None,
                _ => Some((citation.target.clone(), resolution.clone(), is_theirs(text, quotation, citation))),
            }
        });
        let names = attribution.names.iter().map(|name| text.get(name.range()).unwrap_or_default().to_owned());
        Self {
            words: quotation.words.text().to_owned(),
            written: text.get(quotation.span.range()).unwrap_or_default().to_owned(),
            form: quotation.form,
            is_attributed: attribution.is_attributed(),
            is_reported: attribution.reported,
            names: names.collect(),
            cited: cited.collect(),
            around: surroundings(text, &judge.note, quotation).to_owned(),
        }
    }
}
