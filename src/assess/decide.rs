//! The exact verdict of one rule: where the facts at hand do not decide, every answer that is still possible is tried.
//! Must not choose packs and must not write reports.

use super::question::Question;
use super::steps::Steps;
use super::suppose::{self, Axis, MOST_COMBINATIONS};
use crate::checks::{Check, Judgement, Reason, Verdict};
use crate::expr::{Trace, Tri};
use crate::facts::Facts;
use crate::model::{Definition, FieldPath, KeyId, Table};
use std::collections::BTreeSet;

/// The verdict of a rule and what explains it.
#[derive(Debug, Clone)]
pub(super) struct Decision {
    /// The verdict, before waivers.
    pub verdict: Verdict,
    /// The judgement that explains it.
    pub judgement: Judgement,
    /// The facts to supply, those of every smallest deciding set first.
    pub needs: Vec<FieldPath>,
    /// Whether the rule applies, whether or not it is met.
    pub applies: Tri,
    /// The facts that decide whether it applies.
    pub applies_needs: Vec<FieldPath>,
    /// Whether more facts are missing than can be tried out, so that supplying some may show that they decide.
    pub too_many: bool,
}

/// One combination of supposed values, and the verdict it leads to.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Its number among all combinations, the last axis moving fastest.
    number: usize,
    verdict: Verdict,
    applies: Tri,
}

/// How the definition stands to the rule.
pub(super) fn decide(rule: Question<'_>, facts: &Facts<'_>, steps: &Steps) -> Decision {
    let judgement = rule.judge(facts);
    let (verdict, applies) = (judgement.verdict(), judgement.applies);
    // Of a duty it is told whether it is owed, also where the plan meets it whatever the answer.
    let is_owed_unknown = applies == Tri::Unknown && matches!(rule.rule.check, Check::Duty(_));
    if verdict != Verdict::Undecided && !is_owed_unknown {
        return Decision {
            verdict,
            judgement,
            applies,
            needs: Vec::new(),
            applies_needs: Vec::new(),
            too_many: false,
        };
    }
    let cost = 1 + rule.tables().iter().map(|table| facts.definition().rows(*table).len()).sum::<usize>();
    let most = steps.times(cost).min(MOST_COMBINATIONS);
    let (axes, too_many) = affordable(suppose::axes(&rule.reads(), facts), most);
    let tried: usize = axes.iter().map(|axis| axis.values.len()).product();
    steps.spend(cost * tried);
    Decision { too_many, ..weigh(rule, facts, judgement, axes) }
}

/// The most combinations that are tried where facts of elements are among them.
const MOST_WITH_ELEMENTS: usize = 2048;

/// The axes of which every combination can be tried, and whether that leaves out more than facts of elements. What is left out
/// stays unknown, so that what is decided all the same is decided whatever it is: elements are judged one by one then, and counted.
fn affordable(mut axes: Vec<Axis>, most: usize) -> (Vec<Axis>, bool) {
    let all = |axes: &[Axis]| {
        axes.iter().try_fold(1_usize, |all, axis| all.checked_mul(axis.values.len())).unwrap_or(usize::MAX)
    };
    let of_element =
        |axis: &Axis| matches!(axis.target, FieldPath::Element(key, _) if key.table != Table::Revision);
    axes.retain(|axis| !axis.values.is_empty());
    if axes.iter().any(of_element) && all(&axes) > most.min(MOST_WITH_ELEMENTS) {
        axes.retain(|axis| !of_element(axis));
    }
    if all(&axes) <= most {
        return (axes, false);
    }
    let mut all = 1;
    axes.retain(|axis| {
        let more = axis.values.len().saturating_mul(all);
        let fits = more <= most;
        all = if fits { more } else { all };
        fits
    });
    (axes, true)
}

/// Tries every combination, and finds the verdict and the facts that it hangs on.
fn weigh(rule: Question<'_>, facts: &Facts<'_>, judgement: Judgement, axes: Vec<Axis>) -> Decision {
    let mut residual: BTreeSet<FieldPath> = BTreeSet::new();
    let mut cells = Vec::new();
    let mut trace = Trace::none();
    let mut tried = Tried::of(facts, &axes);
    for number in 0..tried.count() {
        let Some(supposed) = tried.complete(number) else { continue };
        let (applies, met) = rule.stand(&supposed, &mut trace);
        let verdict = Verdict::of(applies, met);
        if verdict == Verdict::Undecided {
            residual.extend(rule.judge(&supposed).needs.iter().map(|path| given(*path, facts)));
        }
        cells.push(Cell { number, verdict, applies });
    }
    let verdict = cells.iter().map(|cell| cell.verdict).reduce(Verdict::or).unwrap_or(Verdict::Undecided);
    let applies = cells
        .iter()
        .map(|cell| cell.applies)
        .reduce(|one, two| if one == two { one } else { Tri::Unknown })
        .unwrap_or(Tri::Unknown);
    let residual: Vec<FieldPath> = residual.into_iter().collect();
    let whether = |cell: &Cell| match cell.applies {
        Tri::True => Some(Verdict::Gap),
        Tri::False => Some(Verdict::NotApplicable),
        Tri::Unknown => None,
    };
    let applies_needs =
        if applies == Tri::Unknown { needs_of(&axes, &residual, &cells, whether) } else { Vec::new() };
    if verdict != Verdict::Undecided {
        // Every cell is a gap then, and the first one shows what is missing.
        let first = cells.first().filter(|_| verdict == Verdict::Gap);
        let witness = first.and_then(|cell| Some(rule.judge(&tried.complete(cell.number)?)));
        return Decision {
            verdict,
            judgement: settled(rule, judgement, verdict, witness),
            needs: Vec::new(),
            applies,
            applies_needs,
            too_many: false,
        };
    }
    let said = |cell: &Cell| Some(cell.verdict).filter(|verdict| *verdict != Verdict::Undecided);
    let needs = needs_of(&axes, &residual, &cells, said);
    Decision {
        verdict,
        needs,
        judgement: Judgement { applies, ..judgement },
        applies,
        applies_needs,
        too_many: false,
    }
}

/// A path of an element that was only supposed is the list that may have it.
fn given(path: FieldPath, facts: &Facts<'_>) -> FieldPath {
    match path {
        FieldPath::Element(KeyId { table, .. }, row) | FieldPath::Row(table, row)
            if row >= facts.count(table) =>
        {
            FieldPath::Table(table)
        }
        _ => path,
    }
}

/// The facts that an answer hangs on. Where a cell gives none, what the elements at hand leave open is one more thing
/// that may go either way.
fn needs_of(
    axes: &[Axis],
    residual: &[FieldPath],
    cells: &[Cell],
    answer: impl Fn(&Cell) -> Option<Verdict>,
) -> Vec<FieldPath> {
    let needs: Vec<&[FieldPath]> = axes.iter().map(|axis| &*axis.needs).chain([residual]).collect();
    let sizes: Vec<usize> = axes.iter().map(|axis| axis.values.len()).chain([2]).collect();
    let both = |cell: &Cell| {
        let known = answer(cell);
        let answer = |last: usize, open: Verdict| (2 * cell.number + last, known.unwrap_or(open));
        [answer(0, Verdict::NotApplicable), answer(1, Verdict::Gap)]
    };
    let answers: Vec<(usize, Verdict)> = cells.iter().flat_map(both).collect();
    super::needs::order(&needs, &sizes, &answers)
}

/// The judgement at hand, with the verdict that every answer agrees on.
/// A rule that has words for what it asks says those; the reasons of others name facts, and those of a supposed definition are none.
fn settled(
    rule: Question<'_>,
    mut judgement: Judgement,
    verdict: Verdict,
    witness: Option<Judgement>,
) -> Judgement {
    let missing = match (verdict, rule.rule.check.asked(), witness) {
        (Verdict::Gap, Some(_), Some(witness)) => {
            (judgement.reason, judgement.outside, judgement.axis) =
                (witness.reason, witness.outside, witness.axis);
            witness.missing
        }
        (Verdict::Gap, None, Some(witness)) => witness.missing,
        (Verdict::Met, Some(asked), _) => {
            (judgement.reason, judgement.outside) = (Reason::Asked(asked.asks.clone()), None);
            Vec::new()
        }
        _ => Vec::new(),
    };
    let (applies, met) = match verdict {
        Verdict::Met => (judgement.applies, Tri::True),
        Verdict::Gap => (Tri::True, Tri::False),
        Verdict::NotApplicable | Verdict::Undecided => (Tri::False, judgement.met),
    };
    Judgement { applies, met, missing, ..judgement }
}

/// The definitions in which values are supposed, one after the other.
struct Tried<'t> {
    facts: &'t Facts<'t>,
    axes: &'t [Axis],
    /// The one tried last.
    definition: Definition,
    /// For each axis, the place of the value that is supposed there.
    places: Vec<Option<usize>>,
}

impl<'t> Tried<'t> {
    fn of(facts: &'t Facts<'t>, axes: &'t [Axis]) -> Self {
        Self { facts, axes, definition: facts.definition().clone(), places: vec![None; axes.len()] }
    }

    /// How many combinations of values there are.
    fn count(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// The definition with the values of that number supposed, the last axis moving fastest, as a rule sees it; `None` where they
    /// cannot stand together.
    fn complete(&mut self, mut number: usize) -> Option<Facts<'_>> {
        for (axis, place) in self.axes.iter().zip(&mut self.places).rev() {
            let wanted = number % axis.values.len();
            number /= axis.values.len();
            if *place != Some(wanted) {
                suppose::suppose(&mut self.definition, self.facts, axis, &axis.values[wanted]);
                *place = Some(wanted);
            }
        }
        let after = Facts::new(&self.definition, self.facts.as_of());
        let days = after.start().and_then(|day| day.exact()).zip(after.end().and_then(|day| day.exact()));
        let possible =
            days.is_none_or(|(start, end)| start <= end) && super::dates::keeps_length(self.facts, &after);
        possible.then_some(after)
    }
}
