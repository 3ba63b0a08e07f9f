//! Benchmarks of the parts of finding a quotation: words, segments, comparison.

use std::{hint::black_box, path::Path};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ibid_benches::{originals, originals::Original};
use ibid_corpus::index::Segment;
use ibid_evidence::quotation::{Quoted, compare};
use ibid_language::Language;
use ibid_source::{Format, readable_text};
use ibid_text::{Span, words};

fn originals() -> Vec<Original> {
    originals::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/alignment")))
        .expect("the example is there")
}

fn text(c: &mut Criterion) {
    let texts = originals();
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(texts.iter().map(|original| original.text.len() as u64).sum()));
    group.bench_function("words, folded", |b| {
        b.iter(|| {
            for original in &texts {
                words::for_each_folded(&original.text, |_, word| {
                    black_box(word);
                });
            }
        });
    });
    group.bench_function("readable text", |b| {
        b.iter(|| {
            texts
                .iter()
                .filter(|original| readable_text(Format::Markdown, original.text.as_bytes(), Language::ENGLISH).is_ok())
                .count()
        });
    });
    group.bench_function("segment", |b| {
        let texts: Vec<&str> = texts.iter().map(|original| &*original.text).collect();
        b.iter(|| Segment::of_many(&texts));
    });
    group.finish();
}

fn comparison(c: &mut Criterion) {
    let texts = originals();
    let text = &texts.iter().max_by_key(|original| original.text.len()).expect("there is one").text;
    let window: Vec<&str> = words(text).skip(100).take(60).map(|word| word.span.of(text)).collect();
    let place = |word: &str| (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
    let span = Span::new(place(window[0]), place(window[59]));
    let exact = window[15..45].join(" ");
    let altered = [&window[15..25], &["otherwise"], &window[26..34], &window[36..45]].concat().join(" ");
    let mut group = c.benchmark_group("compare");
    for (name, quote) in [("exact", &exact), ("altered", &altered)] {
        group.bench_function(name, |b| {
            let quoted = Quoted::parse(quote, Language::ENGLISH);
            b.iter(|| compare(&quoted, text, span));
        });
    }
    group.bench_function("prepare", |b| b.iter(|| Quoted::parse(&altered, Language::ENGLISH)));
    group.finish();
}

criterion_group!(benches, text, comparison);
criterion_main!(benches);
