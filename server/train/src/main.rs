//! Trains the weight files of `ibid-evidence`.

fn main() {}
