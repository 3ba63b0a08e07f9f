//! Benchmarks of finding quotations in 10 MB of text made from the documents of this repository: opening the index, and
//! each kind of probe.

use std::{hint::black_box, path::Path};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ibid_benches::{
    answers,
    corpus_maker::Maker,
    engine::Engine,
    originals,
    probes::{self, Kind},
};

/// The size of the corpus in bytes.
const SIZE: usize = 10_000_000;

/// The number of probes of each kind.
const PROBES: usize = 200;

const SEED: u64 = 1;

fn locate(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (texts, cache) = (folder.path().join("texts"), folder.path().join("cache"));
    let repository = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let read = |folder| originals::read(&repository.join(folder)).expect("the repository has texts");
    let maker = Maker::new([read("docs"), read("examples")].concat());
    let made = maker.make(&texts, SIZE, SEED, &probes::lengths(PROBES, SEED)).expect("a corpus can be made");
    let probes = probes::draw(&texts, PROBES, &made.absent, SEED).expect("and probes drawn");
    let engine = Engine::open(&texts, &cache).expect("and an index built");
    let mut group = c.benchmark_group("locate");
    for kind in Kind::ALL {
        let mut quotes = probes.iter().filter(|probe| probe.kind == kind).cycle();
        group.bench_function(kind.name(), |b| {
            b.iter_batched(
                || quotes.next().expect("there are probes"),
                |probe| black_box(engine.locate(&probe.quote)),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
    let mut group = c.benchmark_group("index");
    group.sample_size(10);
    group.bench_function("open", |b| b.iter(|| answers::open(&texts, &cache).expect("it was built")));
    group.finish();
}

criterion_group!(benches, locate);
criterion_main!(benches);
