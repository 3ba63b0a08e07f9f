use ibid_corpus::Resolution;
use ibid_note::Quotation;

use super::{
    super::memo::QuotationKey,
    CheckedNote,
    cited::{is_theirs, surroundings},
};

impl QuotationKey {
    pub(super) fn of(checked: &CheckedNote<'_>, quotation: &Quotation) -> Self {
        let text = checked.page.text();
        let attribution = &quotation.attribution;
        let cited = attribution.citations.iter().filter_map(|&at| {
            let (citation, resolution) = (checked.note.citations.get(at as usize)?, checked.resolution(at)?);
            match resolution {
                // A link within the note is not a citation, wherever it leads.
                Resolution::Source { file, .. } | Resolution::Note { file, .. } if *file == checked.file.id => None,
                _ => Some((
                    citation.target.clone(),
                    resolution.clone(),
                    is_theirs(text, quotation, citation, checked.language()),
                )),
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
            around: surroundings(text, &checked.note, quotation).to_owned(),
        }
    }
}
