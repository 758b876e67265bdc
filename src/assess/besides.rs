//! What the edition that the dates choose would ask besides the one in force.
//! Must not change a finding.

use super::choose::{Choice, choose};
use super::merge::decide_all;
use super::steps::Steps;
use super::{Assessment, Chosen};
use crate::checks::{Verdict, words};
use crate::facts::Facts;
use crate::policy::Catalog;
use std::collections::BTreeSet;

/// One note: the rules of the edition by date that are not met, and that the edition in force does not find wanting.
pub(super) fn note(catalog: &Catalog, assessment: &Assessment<'_>, choice: &Choice) -> Option<String> {
    let mut plain = assessment.definition.clone();
    plain.policy = None;
    let choice = Choice { policy: None, portfolio_policy: None, ..choice.clone() };
    let facts = Facts::new(&plain, assessment.as_of);
    let usual = choose(catalog, &facts, &choice).ok()?;
    let edition = usual.editions.first()?.pack;
    let same = |known: &Chosen<'_>| known.editions.iter().any(|era| era.pack.id == edition.id);
    if same(&assessment.chosen) {
        return None;
    }
    let found: BTreeSet<&str> = assessment.findings.iter().filter(|one| one.verdict == Verdict::Gap).map(|one| &*one.rule.local).collect();
    let gaps = decide_all(&Chosen { joined: Vec::new(), in_doubt: Vec::new(), ..usual.clone() }, &facts, &Steps::default());
    let besides: Vec<String> = gaps
        .iter()
        .filter(|one| one.decision.verdict == Verdict::Gap && !found.contains(&*one.rule.local))
        .map(|one| format!("`{}`", one.rule.id))
        .collect();
    Some(match besides.as_slice() {
        [] => format!("`{}`, which the dates choose where no edition is named, would ask nothing besides", edition.id),
        _ => format!(
            "`{}`, which the dates choose where no edition is named, would also find not met: {}",
            edition.id,
            words::list(&besides, "and")
        ),
    })
}
