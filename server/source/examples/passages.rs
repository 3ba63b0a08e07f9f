//! Prints the passages of a saved page with its comments, a blank line between any two: `passages FILE`.

use std::{env, error::Error, fs};

use ibid_language::Language;
use ibid_source::{Format, read};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("name a saved page")?;
    let source = read(Format::Html, &fs::read(path)?, Language::ENGLISH)?;
    for passage in &source.passages {
        println!("{}\n", passage.span.of(source.text()));
    }
    Ok(())
}
