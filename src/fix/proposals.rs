//! The smallest changes that close gaps, where a person need not fill in anything: they decide how independent an evaluation is,
//! who takes part, what is set aside. They are made only where the user asks for them.
//! Must not look for changes: `assess` does.

use super::draft::{Draft, Mend, gaps, verdict};
use super::evaluations::{add, because, day, is_unharmed};
use crate::assess::{Change, Filling, Outcome, Repair, repairs, words_lacking};
use crate::checks::Verdict;
use crate::facts::Facts;
use crate::model::{DateRange, Definition, FieldPath, Table, Value, key};
use std::sync::Arc;

/// How often evaluations that are listed bring rules into play whose gaps can be closed in turn.
const MOST_ROUNDS: usize = 8;

/// Makes the changes one after another, as long as each closes a gap, and lists what else is owed; evaluations that were added
/// get the day of the plan.
pub(super) fn apply(draft: &mut Draft<'_>) {
    let known = draft.definition.rows(Table::Evaluation).len();
    for _ in 0..MOST_ROUNDS {
        let before = draft.mends.len();
        while let Some((better, mend)) = next(draft) {
            draft.take(better, [mend]);
        }
        add(draft);
        raise(draft);
        complete(draft, known);
        if draft.mends.len() == before {
            break;
        }
    }
    date(draft, known);
}

/// The first change that closes its gaps and makes nothing worse. Each closes a gap and opens none, so that they end.
fn next(draft: &Draft<'_>) -> Option<((Definition, String), Mend)> {
    let assessment = draft.assess()?;
    let found = repairs(draft.basis.catalog, &assessment, draft.basis.choice, &draft.text);
    found.iter().filter(|repair| repair.is_whole(&draft.definition)).find_map(|repair| {
        let better = draft.edited(&repair.edits)?;
        let after = draft.basis.assess(&better.0)?;
        let closes = repair.rules.iter().all(|rule| verdict(&after, rule) == Some(Verdict::Met));
        let mend = Mend {
            rules: repair.rules.clone(),
            said: told(&draft.definition, repair),
            because: String::new(),
        };
        (closes && gaps(&after).count() < gaps(&assessment).count()).then_some((better, mend))
    })
}

/// What a change does, in words.
#[must_use]
pub fn told(definition: &Definition, repair: &Repair) -> String {
    in_words(definition, &repair.changes)
}

fn in_words(definition: &Definition, changes: &[Change]) -> String {
    let one = |change: &Change| match change {
        Change::Set { path, .. } => format!("sets `{}`", definition.show(*path)),
        Change::Add { table, keys } => {
            let name = keys.iter().find_map(|(key, filling)| match &filling.value {
                Value::Text(name) if table.name_key() == Some(*key) => Some(format!(" `{name}`")),
                _ => None,
            });
            format!("adds a [[{}]]{}", table.spec().name, name.unwrap_or_default())
        }
    };
    let all: Vec<String> = changes.iter().map(one).collect();
    crate::words::list(&all.iter().map(String::as_str).collect::<Vec<_>>(), "and")
}

/// Says how independent an evaluation is, where the file does not and the plan knows what is owed: the least level that is.
fn raise(draft: &mut Draft<'_>) {
    let better = {
        let Some(assessment) = draft.assess() else { return };
        let schedule = draft.basis.schedule(&assessment);
        // What an evaluation was is settled once it is completed.
        let owed =
            schedule.evaluations.iter().filter(|one| one.independence.is_none() && one.completed.is_none());
        owed.filter_map(|one| Some((one, one.row?, one.independence_required?))).find_map(
            |(evaluation, row, level)| {
                let path = FieldPath::Element(key::evaluation::INDEPENDENCE, row);
                let better =
                    draft.changed(&[Change::Set { path, filling: Filling::known(Value::Choice(level)) }])?;
                let after = draft.basis.assess(&better.0)?;
                let met = |rule: &&Arc<str>| {
                    verdict(&after, rule) == Some(Verdict::Met)
                        && verdict(&assessment, rule) != Some(Verdict::Met)
                };
                let rules: Vec<Arc<str>> = evaluation.rules.iter().filter(met).cloned().collect();
                let fits = !rules.is_empty() && gaps(&after).count() <= gaps(&assessment).count();
                let said = format!("sets `{}`", draft.definition.show(path));
                fits.then_some((better, Mend { rules, said, because: String::new() }))
            },
        )
    };
    if let Some((better, mend)) = better {
        draft.take(better, [mend]);
    }
}

/// Says of the evaluations from a row on what a rule asks of each, such as who takes part, where nothing else keeps it from being met.
fn complete(draft: &mut Draft<'_>, from: usize) {
    let is_new = |path: &FieldPath| matches!(path, FieldPath::Element(key, row) if key.table == Table::Evaluation && *row as usize >= from);
    let better = {
        let Some(assessment) = draft.assess() else { return };
        let facts = Facts::new(&draft.definition, draft.basis.as_of);
        let open = assessment
            .findings
            .iter()
            .filter(|one| one.outcome == Outcome::Undecided && one.needs.iter().all(is_new));
        open.filter(|one| !one.needs.is_empty()).find_map(|finding| {
            let lacking = words_lacking(finding.rule, &facts).into_iter();
            let changes: Vec<Change> =
                lacking.filter(|change| matches!(change, Change::Set { path, .. } if is_new(path))).collect();
            let better = draft.changed(&changes)?;
            let is_met = verdict(&draft.basis.assess(&better.0)?, &finding.rule.id) == Some(Verdict::Met);
            let said = in_words(&draft.definition, &changes);
            is_met.then(|| {
                (better, Mend { rules: vec![Arc::clone(&finding.rule.id)], said, because: String::new() })
            })
        })
    };
    if let Some((better, mend)) = better {
        draft.take(better, [mend]);
    }
}

/// Gives the evaluations from a row on the days of the plan.
fn date(draft: &mut Draft<'_>, from: usize) {
    let Some((changes, days)) = days(draft, from) else { return };
    let better = draft.changed(&changes).filter(|(definition, _)| {
        let both = draft.assess().zip(draft.basis.assess(definition));
        both.is_some_and(|(before, after)| is_unharmed(&before, &after))
    });
    if let Some(better) = better {
        draft.take(better, days);
    }
}

fn days(draft: &Draft<'_>, from: usize) -> Option<(Vec<Change>, Vec<Mend>)> {
    let assessment = draft.assess()?;
    let schedule = draft.basis.schedule(&assessment);
    let added = schedule
        .evaluations
        .iter()
        .filter(|one| one.date.is_none() && one.row.is_some_and(|row| row as usize >= from));
    let dated = added.filter_map(|one| Some((one, one.row?, day(one, draft.basis.as_of)?)));
    let both: (Vec<Change>, Vec<Mend>) = dated
        .map(|(evaluation, row, day)| {
            let path = FieldPath::Element(key::evaluation::DATE, row);
            let because = because(evaluation, day);
            let mend =
                Mend { rules: Vec::new(), said: format!("plans `{}` by {day}", evaluation.id), because };
            (Change::Set { path, filling: Filling::known(Value::Date(DateRange::day(day))) }, mend)
        })
        .unzip();
    (!both.0.is_empty()).then_some(both)
}
