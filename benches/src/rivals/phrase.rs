//! tantivy: phrase queries on a full-text index with positions. Every paragraph is a document, so an answer is a paragraph and
//! not an exact place.

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result};
use rayon::prelude::*;
use tantivy::{
    Index, IndexWriter, Searcher, TantivyDocument, Term,
    collector::TopDocs,
    query::PhraseQuery,
    schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, TokenStream},
};

use super::Rival;
use crate::{
    answers::Times,
    originals::files,
    probes::{Kind, Probe},
    statistics::proportion,
};

/// The number of threads that build the index, and their memory in bytes.
const THREADS: usize = 2;
const MEMORY: usize = 1 << 30;

/// The largest number of paragraphs in an answer.
const MOST: usize = 32;

/// Builds an index of `texts` in `folder` and asks it every exact probe.
pub fn measure(texts: &Path, folder: &Path, probes: &[Probe], seed: u64) -> Result<Rival> {
    let began = Instant::now();
    let phrases = Phrases::build(texts, folder)?;
    let building = began.elapsed().as_secs_f64();
    let exact: Vec<&Probe> = probes.iter().filter(|probe| probe.kind == Kind::Exact).collect();
    let (mut times, mut found) = (Vec::new(), 0);
    for probe in &exact {
        let began = Instant::now();
        let files = phrases.files_with(&probe.quote)?;
        times.push(began.elapsed().as_secs_f64());
        found += usize::from(
            probe
                .place
                .as_ref()
                .is_some_and(|place| files.iter().any(|&file| phrases.paths[file as usize] == place.path)),
        );
    }
    Ok(Rival {
        name: tantivy::version_string().split(',').next().unwrap_or("tantivy").to_owned(),
        kind: Kind::Exact,
        how: "phrase query, every paragraph a document, in process".to_owned(),
        building: Some(building),
        bytes: Some(crate::disk::bytes(folder)?),
        time: Times::of(&times, seed),
        found: proportion(found, exact.len()),
    })
}

struct Phrases {
    searcher: Searcher,
    text: Field,
    file: Field,
    analyzer: TextAnalyzer,
    /// The paths of the files relative to the folder, by their numbers in the index.
    paths: Vec<String>,
}

impl Phrases {
    fn build(texts: &Path, folder: &Path) -> Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("words")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let file = schema.add_u64_field("file", FAST | STORED | INDEXED);
        fs::create_dir_all(folder)?;
        let index = Index::create_in_dir(folder, schema.build())?;
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build();
        index.tokenizers().register("words", analyzer.clone());
        let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, MEMORY)?;
        let files = files(texts)?;
        files.par_iter().enumerate().try_for_each(|(number, path)| -> Result<()> {
            for paragraph in fs::read_to_string(path)?.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
                let mut document = TantivyDocument::default();
                document.add_text(text, paragraph);
                document.add_u64(file, number as u64);
                writer.add_document(document)?;
            }
            Ok(())
        })?;
        writer.commit()?;
        writer.wait_merging_threads()?;
        let relative = |path: &Path| path.strip_prefix(texts).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let paths = files.iter().map(|path| relative(path)).collect();
        Ok(Self { searcher: index.reader()?.searcher(), text, file, analyzer, paths })
    }

    /// The files of the paragraphs that contain a phrase.
    fn files_with(&self, phrase: &str) -> Result<Vec<u64>> {
        let mut terms = Vec::new();
        let mut analyzer = self.analyzer.clone();
        let mut tokens = analyzer.token_stream(phrase);
        while let Some(token) = tokens.next() {
            terms.push(Term::from_field_text(self.text, &token.text));
        }
        let found = self.searcher.search(&PhraseQuery::new(terms), &TopDocs::with_limit(MOST).order_by_score())?;
        let file = |address| -> Result<u64> {
            let document: TantivyDocument = self.searcher.doc(address)?;
            document.get_first(self.file).and_then(|value| value.as_u64()).context("every paragraph has a file")
        };
        found.into_iter().map(|(_, address)| file(address)).collect()
    }
}
