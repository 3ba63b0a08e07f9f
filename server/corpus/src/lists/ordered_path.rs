use std::{borrow::Borrow, cmp::Ordering, path::Path, sync::Arc};

/// A path as a key, in the order of [`Path`]. `Path` splits both paths each time it compares them; this looks at the first byte
/// in which they differ, which gives the same order for paths without `.` and double separators.
#[derive(Clone, Debug)]
pub(crate) struct OrderedPath(pub(crate) Arc<Path>);

impl Ord for OrderedPath {
    fn cmp(&self, other: &Self) -> Ordering {
        let [own, others] = [&self.0, &other.0].map(|path| path.as_os_str().as_encoded_bytes());
        // The content of a folder comes directly after it.
        let rank = |&byte: &u8| if std::path::is_separator(byte.into()) { 0 } else { 1 + u16::from(byte) };
        match own.iter().zip(others).find(|(own, other)| own != other) {
            Some((own, other)) => rank(own).cmp(&rank(other)),
            None => own.len().cmp(&others.len()),
        }
    }
}

impl PartialOrd for OrderedPath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for OrderedPath {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for OrderedPath {}

/// A path can be looked up without being wrapped.
impl Borrow<Path> for OrderedPath {
    fn borrow(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use proptest::prelude::*;

    use super::OrderedPath;

    proptest! {
        #[test]
        fn the_order_is_that_of_paths(paths in prop::collection::vec("(/[a-c !0é.]{1,3}[a-c]){1,4}", 2)) {
            let [a, b] = [0, 1].map(|at: usize| Arc::<Path>::from(Path::new(&paths[at])));
            let order = a.cmp(&b);
            prop_assert_eq!(OrderedPath(a).cmp(&OrderedPath(b)), order);
        }
    }
}
