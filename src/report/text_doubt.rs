//! The rules of packs of which it is not known whether they apply: one paragraph a pack, for the fact that is missing is one.
//! Must not decide what counts.

use super::concise::plural;
use super::level::Level;
use super::lines::Lines;
use super::text_check::need_in_words;
use super::view::{DefinitionView, FindingView};
use crate::assess::Outcome as Verdict;
use crate::words;
use std::collections::BTreeMap;

/// The pack of an undecided finding, where it is not known whether that pack applies to the definition.
pub(super) fn doubtful<'f>(definition: &DefinitionView, finding: &'f FindingView) -> Option<&'f str> {
    let (pack, _) = finding.rule.split_once('/')?;
    let applied = definition.packs.iter().any(|applied| applied == pack);
    (finding.verdict == Verdict::Undecided && !applied).then_some(pack)
}

/// A paragraph for each such pack of a definition.
pub(super) fn paragraphs(definition: &DefinitionView, text: &mut Lines) {
    let mut packs: BTreeMap<&str, Vec<&FindingView>> = BTreeMap::new();
    for finding in definition.findings.iter().filter(|finding| finding.level != Level::None) {
        if let Some(pack) = doubtful(definition, finding) {
            packs.entry(pack).or_default().push(finding);
        }
    }
    for (pack, findings) in packs {
        let level = findings.iter().map(|finding| finding.level).min().unwrap_or(Level::Warning);
        let shared = |need: &&String| findings.iter().all(|finding| finding.needs.contains(need));
        let needs: Vec<String> =
            findings[0].needs.iter().filter(shared).map(|need| need_in_words(need)).collect();
        let rules: Vec<&str> =
            findings.iter().filter_map(|finding| Some(finding.rule.split_once('/')?.1)).collect();
        let head = format!(
            "{}[{pack}]: cannot tell whether this pack applies: {} undecided",
            level.word(),
            plural(findings.len(), "rule")
        );
        writeln!(text, "{head}");
        writeln!(text, "  --> {}", definition.path);
        writeln!(text, "   = note: {}", rules.join(", "));
        if !needs.is_empty() {
            writeln!(text, "help: supply {}", words::list(&needs, "and"));
        }
        text.blank();
    }
}
