//! How long rule packs take: read and compiled, proved by cells, changed in every small way.
//!
//! Load and proof of all shipped packs stand before every run, so that their median must stay under 50 ms.

use divan::Bencher;
use evalplan::assess::{mutate, prepare};
use evalplan::policy::proof::{MOST_CELLS_AT_LOAD, prove};
use evalplan::policy::{Catalog, RuleFile};
use evalplan::schedule::planned;
use evalplan::source::{Sources, shipped_rules};

fn main() {
    divan::main();
}

fn load() -> (Catalog, Sources) {
    let mut sources = Sources::default();
    let files: Vec<RuleFile> = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true })
        .collect();
    (Catalog::load(&files, &sources).value, sources)
}

#[divan::bench]
fn load_all_shipped_packs(bencher: Bencher) {
    bencher.bench_local(load);
}

#[divan::bench]
fn prove_all_shipped_packs(bencher: Bencher) {
    let (catalog, _) = load();
    bencher.bench_local(|| prove(&catalog, |_| true, MOST_CELLS_AT_LOAD));
}

#[divan::bench]
fn load_and_prove_all_shipped_packs(bencher: Bencher) {
    bencher.bench_local(|| prove(&load().0, |_| true, MOST_CELLS_AT_LOAD));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn mutate_all_shipped_packs(bencher: Bencher) {
    let (catalog, sources) = load();
    let (cases, _) = prepare(&catalog.packs, &sources, &catalog.lexicon);
    bencher
        .bench_local(|| catalog.packs.iter().map(|pack| mutate(pack, &cases, planned)).collect::<Vec<_>>());
}
