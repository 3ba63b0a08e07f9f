//! The link that a diagnostic's code bears: it opens the documentation of the code, without a network.

use std::{fs, io, sync::OnceLock};

use tower_lsp::ls_types::{CodeDescription, Uri};

use crate::kept;

/// Where the page was written, once it was.
static PAGE: OnceLock<Option<Uri>> = OnceLock::new();

/// The link to the documentation of the code called `name`; `None` where the page could not be written.
pub(super) fn link(name: &str) -> Option<CodeDescription> {
    let page = PAGE.get_or_init(|| write_page().inspect_err(|error| tracing::warn!("no code links: {error}")).ok()?);
    let href = format!("{}#{name}", page.as_ref()?.as_str()).parse().ok()?;
    Some(CodeDescription { href })
}

/// Writes the page to the user's cache folder, whole or not at all.
fn write_page() -> io::Result<Option<Uri>> {
    let folder = kept::folder().ok_or_else(|| io::Error::other("there is no cache folder"))?;
    fs::create_dir_all(&folder)?;
    let page = folder.join(concat!("diagnostics-", env!("CARGO_PKG_VERSION"), ".md"));
    let unfinished = folder.join(format!("diagnostics-{}.tmp", std::process::id()));
    fs::write(&unfinished, ibid_ide::reference())?;
    fs::rename(&unfinished, &page)?;
    Ok(Uri::from_file_path(&page))
}
