//! Edits that the person is asked about, where the client can ask.

use std::collections::HashMap;

use ibid_ide::{Doubt, FileEdits};
use ibid_text::Span;
use tower_lsp::ls_types as lsp;

use super::{
    convert::{self, Edited},
    view::View,
};

/// The workspace edit of a rename, some of whose edits are doubtful. A client that cannot ask makes the edits in other notes, and
/// leaves out those of what may be a longer name.
pub(super) fn workspace_edit(
    view: &View,
    mut files: Vec<FileEdits>,
    doubts: &[(ibid_corpus::FileId, Span, Doubt)],
) -> Option<lsp::WorkspaceEdit> {
    let doubts: HashMap<_, _> = doubts.iter().map(|&(file, span, doubt)| ((file, span), doubt)).collect();
    if !view.capabilities.confirms_changes {
        for file in &mut files {
            file.edits.retain(|(span, _)| doubts.get(&(file.file, *span)) != Some(&Doubt::LongerName));
        }
        files.retain(|file| !file.edits.is_empty());
        let edits = files.iter().map(|file| convert::edited(view, file.file, &file.edits)).collect::<Option<_>>()?;
        return Some(convert::workspace_edit(&view.capabilities, edits, None));
    }
    let edits = files.iter().map(|file| annotated(view, file, &doubts)).collect::<Option<_>>()?;
    let used = |doubt: &Doubt| doubts.values().any(|one| one == doubt);
    let annotations = [Doubt::OtherNote, Doubt::LongerName].into_iter().filter(used);
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(edits)),
        change_annotations: Some(annotations.map(|doubt| (id(doubt).to_owned(), annotation(doubt))).collect()),
        changes: None,
    })
}

/// The edits of one file, each doubtful one with its annotation.
fn annotated(
    view: &View,
    file: &FileEdits,
    doubts: &HashMap<(ibid_corpus::FileId, Span), Doubt>,
) -> Option<lsp::TextDocumentEdit> {
    let Edited { uri, version, edits } = convert::edited(view, file.file, &file.edits)?;
    let edit = |(text_edit, (span, _)): (lsp::TextEdit, &(Span, String))| match doubts.get(&(file.file, *span)) {
        Some(&doubt) => lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit, annotation_id: id(doubt).to_owned() }),
        None => lsp::OneOf::Left(text_edit),
    };
    let edits = edits.into_iter().zip(&file.edits).map(edit).collect();
    let text_document = lsp::OptionalVersionedTextDocumentIdentifier { uri, version };
    Some(lsp::TextDocumentEdit { text_document, edits })
}

const fn id(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::OtherNote => "other-note",
        Doubt::LongerName => "longer-name",
    }
}

fn annotation(doubt: Doubt) -> lsp::ChangeAnnotation {
    let (label, description) = match doubt {
        Doubt::OtherNote => ("In other notes", "The note shares the glossary"),
        Doubt::LongerName => ("In longer names?", "The words may be a part of a longer name"),
    };
    lsp::ChangeAnnotation {
        label: label.to_owned(),
        needs_confirmation: Some(true),
        description: Some(description.to_owned()),
    }
}
