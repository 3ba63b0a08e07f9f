use std::{fs::File, io};

use memmap2::Mmap;

/// Maps a cache file into memory.
#[expect(unsafe_code, reason = "argued below")]
pub(super) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: a map is sound as long as the file is not modified. Cache files are written under a temporary name or without
    // a name and are complete before they get their final name. This program never modifies them after that: it replaces
    // them, and a replaced or deleted file stays valid until its last map is dropped. The folder belongs to the user and
    // contains nothing else. Overwriting a file there by hand can at worst make a search read wrong bytes: each block is
    // verified by its checksum when it is read, no length or offset in a block is trusted beyond the bounds of the map, and
    // the bytes are never used as `str`.
    unsafe { Mmap::map(file) }
}
