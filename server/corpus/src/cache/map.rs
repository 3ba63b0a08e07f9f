use std::{fs::File, io};

use memmap2::Mmap;

/// Maps a file of the cache into memory.
#[expect(unsafe_code, reason = "argued below")]
pub(super) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: a map is sound as long as nobody changes the file under it. Files of the cache are written under another name,
    // or under none, and are complete before they get the name they are found by; after that nothing of ours writes to
    // them, it puts others in their place, and a file that was replaced or deleted lives on until its last map is gone. The
    // folder is the person's own and holds nothing else. Whoever overwrites a file there by hand can at worst make a search
    // read other bytes: each block is tested by its checksum when it is read, no length or offset in a block is trusted
    // beyond the bounds of the map, and no reference to text is ever made of them.
    unsafe { Mmap::map(file) }
}
