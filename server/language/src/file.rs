//! The format of a word file: head, entries, values.

/// The entries of a word file, each with the value after its tab. The value is empty if there is no tab.
pub fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter(|line| !is_head(line)).map(|line| line.split_once('\t').unwrap_or((line, "")))
}

/// Whether a line belongs to the head of its file.
pub fn is_head(line: &str) -> bool {
    line.starts_with("# ")
}

/// Declares an enum of word files, one line a file: `Variant = "file-name": "What the file contains.";`.
///
/// The enum has `ALL`, every member with the name of its file, and `texts(code)`, the contents of the files in the order
/// of `ALL`.
macro_rules! word_files {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident in $folder:literal;
        $($variant:ident = $file:literal: $doc:literal;)*
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name {
            $(#[doc = $doc] $variant,)*
        }

        impl $name {
            /// Every member with the name of its file, in alphabetical order.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $file),)*];

            /// The contents of the English files, in the order of [`Self::ALL`].
            pub(crate) const ENGLISH: &'static [&'static str] =
                &[$(include_str!(concat!("../en/", $folder, "/", $file, ".txt")),)*];
        }
    };
}

pub(crate) use word_files;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_head_entries_and_values() {
        let found: Vec<_> = entries("# What it contains.\none\t1\nto and fro").collect();
        assert_eq!(found, [("one", "1"), ("to and fro", "")]);
    }
}
