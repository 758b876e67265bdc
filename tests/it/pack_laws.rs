//! Laws of reading packs: any bytes give a catalog or a mistake with its place, and never a panic.

use evalplan::diag::Severity;
use evalplan::policy::{Catalog, RuleFile};
use evalplan::report::render_diagnostics;
use evalplan::source::{Sources, shipped_rules};
use proptest::prelude::*;

const PACK: &str = "format = 1\nid = \"tried\"\ntitle = \"Tried\"\nselection = \"joins\"\n[[document]]\nid = \"ilc-2006-vi\"\ntitle = \"T\"\nissuer = \"I\"\n";

/// Loads one rule file in a sound pack, or one broken `pack.toml`.
fn load(pack: &str, rule: &str) -> Catalog {
    let mut sources = Sources::default();
    let files = [("tried/pack.toml", pack), ("tried/rule.toml", rule)];
    let files: Vec<RuleFile> = files
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: false })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    let text = render_diagnostics(&loaded.diagnostics, &sources, false);
    assert_eq!(text.is_empty(), loaded.diagnostics.is_empty());
    for diagnostic in &loaded.diagnostics {
        assert!((diagnostic.span.end as usize) <= sources.text(diagnostic.source).len());
    }
    let broken = loaded.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let rules = loaded.value.packs.iter().map(|pack| pack.rules.len()).sum::<usize>();
    assert!(broken || rules > 0, "neither a rule nor a mistake");
    loaded.value
}

fn shipped_text() -> impl Strategy<Value = String> {
    let texts: Vec<String> = shipped_rules("").into_iter().map(|(_, text)| text.to_owned()).collect();
    prop::sample::select(texts)
}

/// A text with some of its bytes changed, cut or doubled.
fn mutated() -> impl Strategy<Value = String> {
    (shipped_text(), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4), 1..6)).prop_map(
        |(text, changes)| {
            let mut bytes = text.into_bytes();
            for (place, byte, kind) in changes {
                let at = place.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.truncate(at.max(1)),
                    2 => bytes.insert(at, byte),
                    _ => {
                        let line: Vec<u8> = bytes[at..].iter().copied().take(40).collect();
                        bytes.splice(at..at, line);
                    }
                }
                if bytes.is_empty() {
                    bytes.push(b' ');
                }
            }
            String::from_utf8_lossy(&bytes).into_owned()
        },
    )
}

proptest! {
    #[test]
    fn any_text_as_a_rule_gives_a_rule_or_a_mistake(text in "\\PC{0,200}") {
        load(PACK, &text);
    }

    #[test]
    fn any_text_as_a_pack_gives_a_mistake(text in "[a-z=\\[\\]\"\n .0-9-]{0,200}") {
        load(&text, "");
    }

    #[test]
    fn a_shipped_file_with_changes_never_panics(text in mutated()) {
        load(PACK, &text);
        load(&text, "id = \"x\"");
    }
}
