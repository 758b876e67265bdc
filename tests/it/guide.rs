//! The guide for rule writers: every file that it shows is loaded, and every case in it is run.

use evalplan::assess::{prepare, run_cases};
use evalplan::policy::{Catalog, RuleFile};
use evalplan::report::render_diagnostics;
use evalplan::schedule::planned;
use evalplan::source::{Sources, shipped_rules};

const GUIDE: &str = include_str!("../../docs/writing-rules.md");

/// The files that the guide shows: path and text.
pub(crate) fn files() -> Vec<(String, String)> {
    let blocks = GUIDE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let named = blocks.filter_map(|block| {
        Some((block.lines().next()?.strip_prefix("# file: ")?.to_owned(), block.to_owned()))
    });
    named.collect()
}

#[test]
fn the_examples_of_the_guide_load_and_their_cases_pass() {
    let mut sources = Sources::default();
    let mut rules: Vec<RuleFile> = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true })
        .collect();
    let files = files();
    assert!(files.len() >= 7, "the guide shows {} files", files.len());
    for (path, text) in files {
        rules.push(RuleFile { source: sources.add(path, text), shipped: false });
    }
    let loaded = Catalog::load(&rules, &sources);
    assert!(loaded.diagnostics.is_empty(), "{}", render_diagnostics(&loaded.diagnostics, &sources, false));
    let pack = loaded.value.pack("our-fund").expect("the guide has it");
    let (prepared, mistakes) = prepare([pack], &sources, &loaded.value.lexicon);
    assert!(mistakes.is_empty(), "{}", render_diagnostics(&mistakes, &sources, false));
    assert!(prepared.len() >= 20, "{} cases", prepared.len());
    for result in run_cases(&prepared, &loaded.value, &sources, planned) {
        assert!(result.passed(), "{}: {:?}", result.title(), result.differences);
    }
}
