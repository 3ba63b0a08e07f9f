//! The link on a diagnostic's code. It opens the documentation of the code from a local file.

use std::{fs, io, sync::OnceLock};

use tower_lsp::ls_types::{CodeDescription, Uri};

use crate::cache;

/// The URI of the documentation page, set when the page is first needed.
static PAGE: OnceLock<Option<Uri>> = OnceLock::new();

/// The link to the documentation of a code. `None` if the page could not be written.
pub(super) fn link(name: &str) -> Option<CodeDescription> {
    let page = PAGE.get_or_init(|| {
        write_page()
            .inspect_err(|error| tracing::warn!("the documentation of the codes cannot be linked: {error}"))
            .ok()?
    });
    let href = format!("{}#{name}", page.as_ref()?.as_str()).parse().ok()?;
    Some(CodeDescription { href })
}

/// Writes the page, atomically, to the cache folder, or to one that lasts as long as this program.
fn write_page() -> io::Result<Option<Uri>> {
    let folder = cache::folder().map_or_else(ibid_corpus::temporary_folder, Ok)?;
    fs::create_dir_all(&folder)?;
    let page = folder.join(concat!("diagnostics-", env!("CARGO_PKG_VERSION"), ".md"));
    let unfinished = folder.join(format!("diagnostics-{}.tmp", std::process::id()));
    fs::write(&unfinished, ibid_ide::reference())?;
    fs::rename(&unfinished, &page)?;
    Ok(Uri::from_file_path(&page))
}
