//! Places and files that links name and that do not exist.

use std::path::Path;

use ibid_note::{Fragment, Target};
use ibid_source::Format;
use rustc_hash::FxHashSet;

use super::{
    names::{fold, stem},
    place::{self, Place},
};
use crate::{File, FileId, Page, Snapshot};

impl Snapshot {
    /// The places similar to the one that a link names in a note, as they would be written in the link, most similar first.
    /// `None` if that place exists, if the link leads to no note, or if it cannot be told: the note includes other texts.
    pub fn missing_in_note(&self, from: FileId, target: &Target) -> Option<Vec<String>> {
        let here = self.file(from)?;
        let fragment = target.fragment()?;
        let file = if target.is_within_note() {
            here
        } else {
            let found = self.resolve_target(here, &target.without_fragment()).file()?;
            self.file(found).filter(|file| file.is_note() && !file.is_source())?
        };
        let Place::Missing(nearest) = place::find(file, fragment) else { return None };
        let page = file.page()?;
        let may_be_elsewhere = match fragment {
            Fragment::Heading(heading) => {
                is_label(file, heading) || is_raw_heading(&page, heading) || is_of_renderer(heading)
            }
            Fragment::Block(_) | Fragment::Lines { .. } | Fragment::Text { .. } => false,
        };
        (!may_be_elsewhere && !includes_texts(page.text())).then_some(nearest)
    }

    /// Whether an image or other attachment that a note names is nowhere in the workspace, neither at its path nor elsewhere
    /// by its name. False also if the workspace has no attachments at all: they are kept in another place.
    pub fn lacks_attachment(&self, note: FileId, path: &str) -> bool {
        let Some(note) = self.file(note) else { return false };
        let path = path.split(['#', '|', '?']).next().unwrap_or_default().trim();
        let is_foreign = path.is_empty() || path.starts_with('/') || path.contains(['{', '}', '<', '$', ':', '*']);
        if is_foreign || self.paths_meant(note, path).iter().any(|path| self.is_on_disk(path)) {
            return false;
        }
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let names = self.attachments();
        !names.is_empty() && !names.contains(&fold(name))
    }

    /// The folded names of all files of the workspace that are no texts.
    fn attachments(&self) -> std::sync::Arc<FxHashSet<String>> {
        let is_attachment = |path: &Path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_text = Format::of_name(&name).is_some_and(|format| !format.is_extracted());
            (!is_text && name.contains('.')).then(|| fold(&name))
        };
        let list = || {
            let paths = self.paths_on_disk();
            let names: FxHashSet<String> = paths.iter().filter_map(|path| is_attachment(path)).collect();
            let is_media = |name: &String| ibid_note::citation::is_media(name);
            std::sync::Arc::new(if names.iter().any(is_media) { names } else { FxHashSet::default() })
        };
        self.recent().attachments.get_or_init(list).clone()
    }
}

/// Whether a note defines the label for one of its parts.
fn is_label(file: &File, name: &str) -> bool {
    let summary = file.summary();
    summary.is_some_and(|summary| summary.labels.iter().any(|label| fold(label) == fold(name)))
}

/// Whether a heading in HTML has these letters.
fn is_raw_heading(page: &Page, name: &str) -> bool {
    let slug = place::slug(name);
    let marked = page.text().lines().filter(|line| line.contains("<h") || line.contains("<H"));
    marked.into_iter().any(|line| place::slug(&without_tags(line)).contains(&slug))
}

fn without_tags(line: &str) -> String {
    line.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join(" ")
}

/// Whether renderers make a fragment of this kind themselves: the top of the page, marks of footnotes, tabs, parts of URLs.
fn is_of_renderer(name: &str) -> bool {
    let is_made = |prefix: &str| name.starts_with(prefix);
    name.eq_ignore_ascii_case("top")
        || name.contains(['/', '=', ':', '?', '&'])
        || ["fn", "user-content-", "tab", "cite", "ref", "_"].into_iter().any(is_made)
}

/// Whether a text includes others, which may have any heading.
fn includes_texts(text: &str) -> bool {
    ["{%", "{{", "[!INCLUDE", "[!include", "```{include}", "<<[", "--8<--"].iter().any(|mark| text.contains(mark))
}

/// The name of a file that is not a text one writes, such as an image or a PDF.
pub fn names_attachment(path: &str) -> bool {
    let path = path.split(['#', '|']).next().unwrap_or_default().trim();
    let is_document = Format::of_name(path).is_some_and(Format::is_extracted);
    !stem(path).is_empty() && (is_document || ibid_note::citation::is_media(path))
}
