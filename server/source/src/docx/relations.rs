use crate::{
    ExtractError,
    archive::{Archive, resolved},
    xml,
};

/// The relationships of a part: the type and the target of each (ISO/IEC 29500-2, 6.5).
pub(super) struct Relations(Vec<(String, String)>);

impl Relations {
    /// The relationships of a part, or of the package itself if `name` is empty.
    pub(super) fn of(archive: &mut Archive, name: &str) -> Result<Self, ExtractError> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let text = archive.text(&resolved("", &format!("{folder}/_rels/{file}.rels")))?.unwrap_or_default();
        let Some(tree) = xml::tree(&text) else { return Ok(Self(Vec::new())) };
        let inside = xml::all(&tree, "Relationship").filter(|one| xml::value(*one, "TargetMode") != Some("External"));
        let relation = |one| Some((xml::value(one, "Type")?.to_owned(), resolved(name, xml::value(one, "Target")?)));
        Ok(Self(inside.filter_map(relation).collect()))
    }

    /// The name of the first part with a relationship of this kind. The type is compared by the last segment of its
    /// address, which the transitional and the strict standard share.
    pub(super) fn target(&self, kind: &str) -> Option<&str> {
        let is_wanted = |address: &str| address.rsplit('/').next() == Some(kind);
        self.0.iter().find(|(address, _)| is_wanted(address)).map(|(_, target)| &**target)
    }
}
