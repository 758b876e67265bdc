//! The search for repairs: proposals from small to large, each proved by assessing again; one repair for several rules where one serves.
//! Must not propose.

use super::change::{self, Change, join};
use super::propose::proposals;
use super::{Repair, edit};
use crate::assess::standing::{Standing, Standings};
use crate::assess::{Assessment, Choice, Outcome, carry_gathered};
use crate::checks::Verdict;
use crate::expr::Trace;
use crate::facts::Facts;
use crate::model::{Definition, Table};
use crate::policy::{Catalog, Rule};
use std::cell::Cell;
use std::sync::Arc;

/// The most proposals that are assessed for one gap.
const MOST_PROPOSALS: usize = 24;

/// How many times an addition is completed because of other rules that it brings into play.
const MOST_ROUNDS: usize = 6;

/// How much is looked at for one definition before the gaps that are left go without a repair: each time costs the elements that
/// the definition has, and [`COST_OF_ASSESSING`] where all rules are asked. One of a few hundred elements stays below it.
const MOST_ASSESSED: usize = 60_000;

/// What assessing costs beside the elements of the definition.
const COST_OF_ASSESSING: usize = 40;

/// What is needed to assess again.
#[derive(Debug, Clone, Copy)]
struct Bench<'c> {
    catalog: &'c Catalog,
    choice: &'c Choice,
    definition: &'c Definition,
    as_of: crate::model::Date,
    /// How the rules stand to the definition as it is.
    before: &'c Standings<'c>,
    /// How much may still be assessed.
    left: &'c Cell<usize>,
}

/// Rules that are closed together, and how.
#[derive(Debug, Clone)]
struct Group {
    rules: Vec<Arc<str>>,
    changes: Vec<Change>,
}

/// A repair for every gap that has one; one repair may close several. `text` is the text of the definition.
#[must_use]
pub fn repairs(catalog: &Catalog, assessment: &Assessment<'_>, choice: &Choice, text: &str) -> Vec<Repair> {
    let left = Cell::new(MOST_ASSESSED);
    let before = Standings::of(assessment);
    let bench = Bench {
        catalog,
        choice,
        definition: assessment.definition,
        as_of: assessment.as_of,
        before: &before,
        left: &left,
    };
    let counts = |rule: &Rule| !choice.allowed.contains(&*rule.id);
    let gaps =
        assessment.findings.iter().filter(|finding| finding.outcome == Outcome::Gap && counts(finding.rule));
    let mut groups: Vec<Group> = Vec::new();
    for gap in gaps {
        bench.place(gap.rule, &mut groups);
    }
    bench.complete(&mut groups);
    let repairs = groups.into_iter().filter_map(|group| bench.finish(group, text));
    repairs.collect()
}

impl<'c> Bench<'c> {
    /// The rules that count.
    fn counted<'a>(self, standings: &'a Standings<'c>) -> impl Iterator<Item = &'a Standing<'c>> {
        standings.rules.iter().filter(move |standing| !self.choice.allowed.contains(&*standing.rule.id))
    }

    /// Whether a rule stands worse than before.
    fn is_worse(self, standing: &Standing<'_>) -> bool {
        standing.verdict.gravity() > self.before.verdict(&standing.rule.id).map_or(0, Verdict::gravity)
    }

    /// How the rules stand to a changed definition; `None` where enough was assessed.
    fn assess(self, changed: &Definition) -> Option<Standings<'c>> {
        self.spend(changed, COST_OF_ASSESSING).then(|| self.stand(changed))?
    }

    fn stand(self, changed: &Definition) -> Option<Standings<'c>> {
        self.before.after(
            changed,
            &self.definition.differing(changed),
            (self.catalog, self.as_of, self.choice),
        )
    }

    /// Takes what it costs to look at a changed definition; false where enough was looked at.
    fn spend(self, changed: &Definition, cost: usize) -> bool {
        let elements: usize = Table::ALL.iter().map(|table| changed.rows(*table).len()).sum();
        let left = self.left.get().checked_sub(cost + elements);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Finds how to close a gap: by what is already planned for another rule, by a little more of it, or by a change of its own.
    fn place(self, rule: &Rule, groups: &mut Vec<Group>) {
        for group in groups.iter_mut() {
            if self.is_met(rule, &group.changes) {
                return group.rules.push(Arc::clone(&rule.id));
            }
        }
        let own = self.smallest(rule, &[]);
        // Two changes of one key cannot both be made: they become one.
        if let Some(group) = groups
            .iter_mut()
            .find(|group| own.iter().flatten().any(|one| group.changes.iter().any(|two| one.meets(two))))
            && let Some(more) = self.smallest(rule, &group.changes)
        {
            group.changes = more;
            return group.rules.push(Arc::clone(&rule.id));
        }
        let own_cost = own.as_deref().map_or(usize::MAX, cost);
        let mut best: Option<(usize, usize, Vec<Change>)> = None;
        for (place, group) in groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.changes.iter().any(|one| matches!(one, Change::Add { .. })))
        {
            let Some(more) = self.smallest(rule, &group.changes) else { continue };
            let extra = cost(&more).saturating_sub(cost(&group.changes));
            if extra < own_cost && best.as_ref().is_none_or(|(known, ..)| extra < *known) {
                best = Some((extra, place, more));
            }
        }
        match (best, own) {
            (Some((_, place, changes)), _) => {
                groups[place].changes = changes;
                groups[place].rules.push(Arc::clone(&rule.id));
            }
            (None, Some(changes)) => groups.push(Group { rules: vec![Arc::clone(&rule.id)], changes }),
            (None, None) => {}
        }
    }

    fn is_met(self, rule: &Rule, changes: &[Change]) -> bool {
        let changed = change::apply(self.definition, changes);
        self.spend(&changed, 1)
            && rule.verdict(&Facts::new(&changed, self.as_of), &mut Trace::none()) == Verdict::Met
    }

    /// The smallest changes, beyond those already made, that make a rule met and no other rule worse.
    fn smallest(self, rule: &Rule, made: &[Change]) -> Option<Vec<Change>> {
        let base = change::apply(self.definition, made);
        let facts = Facts::new(&base, self.as_of);
        let mut found: Vec<Vec<Change>> =
            proposals(rule, &facts).into_iter().map(|more| join(self.definition, made, more)).collect();
        found.sort_by_key(|changes| (changes.iter().filter(|one| one.is_open()).count(), cost(changes)));
        found.truncate(MOST_PROPOSALS);
        found.into_iter().find_map(|changes| self.settle(rule, changes))
    }

    /// Completes changes until no other rule is worse for them; `None` where that cannot be, or where the rule is not met by them.
    fn settle(self, rule: &Rule, mut changes: Vec<Change>) -> Option<Vec<Change>> {
        for _ in 0..MOST_ROUNDS {
            let changed = change::apply(self.definition, &changes);
            let after = self.assess(&changed)?;
            if after.verdict(&rule.id) != Some(Verdict::Met) {
                return None;
            }
            let worse = self.counted(&after).find(|standing| self.is_worse(standing));
            let Some(worse) = worse else { return Some(changes) };
            let inside = self.completed(worse.rule, &changed, &changes, true);
            changes = inside.or_else(|| self.completed(worse.rule, &changed, &changes, false))?;
        }
        None
    }

    /// The changes with what a rule asks: of the elements that they add alone, or of anything.
    fn completed(
        self,
        rule: &Rule,
        changed: &Definition,
        changes: &[Change],
        inside: bool,
    ) -> Option<Vec<Change>> {
        let facts = Facts::new(changed, self.as_of);
        let mut more = proposals(rule, &facts);
        more.sort_by_key(|more| (more.iter().filter(|one| one.is_open()).count(), cost(more)));
        more.into_iter().take(MOST_PROPOSALS).find_map(|more| {
            let fits =
                !inside || more.iter().all(|one| change::added(self.definition, changes, one).is_some());
            let whole = fits.then(|| join(self.definition, changes, more))?;
            self.is_met(rule, &whole).then_some(whole)
        })
    }

    /// Fills what the additions leave open for rules that would not be met with all repairs made at once.
    fn complete(self, groups: &mut [Group]) {
        let mut all: Vec<Change> = groups.iter().flat_map(|group| group.changes.iter().cloned()).collect();
        for _ in 0..MOST_ROUNDS {
            let changed = change::apply(self.definition, &all);
            let Some(after) = self.assess(&changed) else { return };
            let open = self.counted(&after).filter(|standing| standing.verdict.gravity() > 0);
            let closed = |id: &Arc<str>| groups.iter().any(|group| group.rules.contains(id));
            let mut lacking = open.filter(|standing| self.is_worse(standing) || closed(&standing.rule.id));
            let Some(more) = lacking.find_map(|standing| self.completed(standing.rule, &changed, &all, true))
            else {
                return;
            };
            all = more;
            // What does not hold yet may hold with what the next rule asks for.
            self.share_out(groups, &all);
        }
    }

    /// Gives the completed additions back to their groups, as far as these hold with them.
    fn share_out(self, groups: &mut [Group], all: &[Change]) {
        let mut rest = all.iter().cloned();
        for group in groups.iter_mut() {
            let changes: Vec<Change> = rest.by_ref().take(group.changes.len()).collect();
            if self.holds(&group.rules, &changes) {
                group.changes = changes;
            }
        }
    }

    /// Whether changes make all of some rules met, and no other rule worse.
    fn holds(self, rules: &[Arc<str>], changes: &[Change]) -> bool {
        self.is_sound(&change::apply(self.definition, changes), rules)
    }

    /// The same for a changed definition, whatever it costs: what was found is proved.
    fn is_sound(self, changed: &Definition, rules: &[Arc<str>]) -> bool {
        let Some(after) = self.stand(changed) else { return false };
        let met = rules.iter().all(|rule| after.verdict(rule) == Some(Verdict::Met));
        met && !self.counted(&after).any(|standing| self.is_worse(standing))
    }

    /// The repair with its edits, proved once more on the text where nothing is left to complete.
    fn finish(self, mut group: Group, text: &str) -> Option<Repair> {
        group.rules.sort();
        let placeholder = group.changes.iter().any(Change::is_open);
        let edits = edit::edits(self.definition, &group.changes, text)?;
        let edited = crate::source::apply_edits(text, &edits);
        let mut sources = crate::source::Sources::default();
        let read = crate::import::toml::read(
            &mut sources,
            &self.definition.path,
            edited.as_bytes(),
            &self.catalog.lexicon,
        );
        let broken = read.diagnostics.iter().any(|one| one.severity == crate::diag::Severity::Error);
        let whole = |mut read: Definition| {
            carry_gathered(self.definition, &mut read);
            self.is_sound(&read, &group.rules)
        };
        let right = if placeholder {
            !broken && self.holds(&group.rules, &group.changes)
        } else {
            !broken && read.value.is_some_and(whole)
        };
        right.then_some(Repair { rules: group.rules, changes: group.changes, edits, placeholder })
    }
}

/// How large changes are; a new table costs more than a key.
fn cost(changes: &[Change]) -> usize {
    changes.iter().map(Change::cost).sum()
}
