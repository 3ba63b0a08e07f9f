//! The explanation of a sentence in lines of plain text. Whoever shows them escapes them.

use ibid_corpus::Snapshot;
use ibid_evidence::Verdict;
use ibid_note::Setting;

use crate::analysis::{
    claim_state::ClaimState,
    explanation::{ComparedSentence, Decision, Explanation, Lead},
    place::Place,
    support::Basis,
};

/// One line of an explanation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExplanationLine {
    /// What it is about.
    pub topic: Topic,
    /// Plain text, with words of the note and of sources as they stand there.
    pub text: String,
}

/// What a line of an explanation is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// What is reported.
    Reported,
    /// What was read in the sentence.
    Read,
    /// Where a citation leads.
    Citation,
    /// The verdict on a quotation.
    Quotation,
    /// The sentence of a source that was compared, and how it differs.
    Compared,
    /// What decided.
    Decision,
}

impl Topic {
    /// The topic in words, before a colon.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reported => "Reported",
            Self::Read => "Read in it",
            Self::Citation => "Citation",
            Self::Quotation => "Quotation",
            Self::Compared => "Compared with",
            Self::Decision => "Why",
        }
    }
}

/// The lines of an explanation, the decision last.
pub fn explanation_lines(snapshot: &Snapshot, explanation: &Explanation) -> Vec<ExplanationLine> {
    let mut lines = Vec::new();
    let mut add = |topic, text| lines.push(ExplanationLine { topic, text });
    for finding in &explanation.findings {
        add(Topic::Reported, format!("{} ({})", finding.message, finding.code.rule().name));
    }
    add(Topic::Read, read(explanation));
    for (written, lead) in &explanation.citations {
        add(Topic::Citation, format!("{written} {}", led(snapshot, *lead)));
    }
    for (words, verdict, place) in &explanation.quotations {
        let place = place.and_then(|place| address(snapshot, place)).map(|place| format!(", {place}"));
        add(
            Topic::Quotation,
            format!("“{}”: {}{}", one_line(words), verdict_name(*verdict), place.unwrap_or_default()),
        );
    }
    if let Some(compared) = &explanation.compared {
        add(Topic::Compared, sentence(snapshot, compared));
    }
    add(Topic::Decision, decision(explanation.decision).to_owned());
    lines
}

/// What was read in a sentence: signs that it needs a source, and hedges.
fn read(explanation: &Explanation) -> String {
    let signs = explanation.signs.iter().chain(&explanation.readings);
    let signs = signs.map(|(sign, words)| format!("{sign} (“{}”)", one_line(words)));
    let hedges = explanation.hedges.iter().map(|words| format!("a hedge (“{}”)", one_line(words)));
    let read: Vec<String> = signs.chain(hedges).collect();
    if read.is_empty() {
        "no figure, name, hedge or other sign that it needs a source".to_owned()
    } else {
        read.join(", ")
    }
}

fn led(snapshot: &Snapshot, lead: Lead) -> String {
    match lead {
        Lead::Source(place) => format!("leads to {}", address(snapshot, place).unwrap_or_default()),
        Lead::Note(place) => {
            format!("leads to {}, which is no source", address(snapshot, place).unwrap_or_default())
        }
        Lead::NotHeld => "names a work whose text is not among the sources".to_owned(),
        Lead::Several => "leads to several sources".to_owned(),
        Lead::Nowhere => "leads nowhere".to_owned(),
    }
}

/// The path of a place, with its line or page if it is not the whole file.
fn address(snapshot: &Snapshot, place: Place) -> Option<String> {
    let file = snapshot.file(place.file)?;
    Some(if place.span.is_empty() { file.path.clone() } else { file.place(place.span.start) })
}

fn sentence(snapshot: &Snapshot, compared: &ComparedSentence) -> String {
    let place = address(snapshot, compared.place).unwrap_or_default();
    let differences = compared.differences.iter().map(|(here, there)| match (&*one_line(here), one_line(there)) {
        ("", there) => format!("; only the source says “{there}”"),
        (here, there) => format!("; the note says “{here}”, the source “{there}”"),
    });
    let unmet = Some(compared.unmet.join(", ")).filter(|unmet| !unmet.is_empty());
    let unmet = unmet.map(|unmet| format!("; not the same in both: {unmet}")).unwrap_or_default();
    format!("{place}: “{}”{}{unmet}", one_line(&compared.words), differences.collect::<String>())
}

fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Reported => "a rule found a fault in it",
        Decision::Ignored => "not reported, as a comment or the baseline switches that off",
        Decision::NotChecked => "not reported, as this note or workspace is not checked",
        Decision::NoClaimIn(setting) => match setting {
            Setting::Task => "not reported, as a task claims nothing",
            Setting::TableCell => "not reported, as the cells of tables are not checked",
            Setting::Footnote => "not reported, as footnotes are not checked for claims",
            Setting::Callout => "not reported, as callouts are not checked for claims",
            Setting::Paragraph | Setting::ListItem => "not reported, as it claims nothing",
        },
        Decision::Unfinished => "not reported, as the sentence has not ended",
        Decision::Quotation => {
            "not reported, as a quotation is compared word for word, and nothing was found against it"
        }
        Decision::Compared(state) => match state {
            ClaimState::Supported => "not reported, as the source’s sentence has all that it says",
            _ => {
                "not reported: the source’s sentence neither has all that it says nor says otherwise, so it is not checked"
            }
        },
        Decision::Based(basis) => match basis {
            Basis::Citation => "not reported, as it cites something, whose text it could not be compared with",
            Basis::Quotation => "not reported, as a quotation with it is in a source",
            Basis::Work => "not reported, as the note or section is about one work, on which it rests",
            Basis::Nearby | Basis::Nothing => "not reported, as its paragraph cites something",
        },
        Decision::FewSigns => "not reported, as it has too few signs that it needs a source",
        Decision::Own => {
            "not reported, as the text around it or its form shows that it is the writer’s own, an argument or a definition"
        }
    }
}

/// A verdict in words, as it follows the number of quotations that have it.
pub const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "verbatim",
        Verdict::Typographic => "verbatim except for typography",
        Verdict::Marked => "with marked changes",
        Verdict::Altered => "altered",
        Verdict::Ambiguous => "in several places",
        Verdict::Misattributed => "misattributed",
        Verdict::NotFound => "not found",
        Verdict::Unchecked => "unchecked",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
