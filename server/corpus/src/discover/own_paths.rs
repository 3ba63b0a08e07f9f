//! The one path of a file that can be reached by several, through symbolic links.

use std::path::{Path, PathBuf};

use crate::{Config, Disk, Roles};

/// The places that a workspace is read from, as they are named and as they really lie on the disk.
///
/// A workspace may itself be opened through a link. Its files keep the paths that begin with its root as it was named; only
/// links further inside are resolved.
pub(crate) struct OwnPaths {
    disk: Disk,
    /// Real path and name of each place that is named through a link, the root first.
    linked: Vec<(PathBuf, PathBuf)>,
}

impl OwnPaths {
    /// The places of a workspace.
    pub(crate) fn of(config: &Config, roles: &Roles, disk: &Disk) -> Self {
        let places = std::iter::once(config.root.as_path()).chain(roles.outside());
        let linked = places.filter_map(|place| {
            let real = disk.canonicalize(place).ok()?;
            Some((real, place.to_owned()))
        });
        Self { disk: disk.clone(), linked: linked.collect() }
    }

    /// The own path of what is at a path. `None` if nothing is there.
    pub(crate) fn of_path(&self, path: &Path) -> Option<PathBuf> {
        let real = self.disk.canonicalize(path).ok()?;
        let within = self.linked.iter().find_map(|(place, name)| Some(name.join(real.strip_prefix(place).ok()?)));
        Some(within.unwrap_or(real))
    }
}
