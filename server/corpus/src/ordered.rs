//! Paths in order.

use std::{borrow::Borrow, cmp::Ordering, path::Path, sync::Arc};

/// A path among others in order. The order is that of [`Path`], which takes two paths apart each time they are compared; here
/// the first byte is looked at in which they differ. They have no `.` in them and no separator twice.
#[derive(Clone, Debug)]
pub(crate) struct Ordered(pub(crate) Arc<Path>);

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        let [own, others] = [&self.0, &other.0].map(|path| path.as_os_str().as_encoded_bytes());
        // What a folder holds comes directly behind it.
        let rank = |&byte: &u8| if std::path::is_separator(byte.into()) { 0 } else { 1 + u16::from(byte) };
        match own.iter().zip(others).find(|(own, other)| own != other) {
            Some((own, other)) => rank(own).cmp(&rank(other)),
            None => own.len().cmp(&others.len()),
        }
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ordered {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ordered {}

/// A path that is looked up is compared as any other.
impl Borrow<Path> for Ordered {
    fn borrow(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use proptest::prelude::*;

    use super::Ordered;

    proptest! {
        #[test]
        fn the_order_is_that_of_paths(paths in prop::collection::vec("(/[a-c !0é.]{1,3}[a-c]){1,4}", 2)) {
            let [a, b] = [0, 1].map(|at: usize| Arc::<Path>::from(Path::new(&paths[at])));
            let order = a.cmp(&b);
            prop_assert_eq!(Ordered(a).cmp(&Ordered(b)), order);
        }
    }
}
