//! The forms `table` and `requires`: an obligation, always or by the bands of an axis.
//! Must not merge obligations or plan anything.

use super::owed::times;
use super::{
    Also, Band, Due, Found, FoundAs, Judgement, Missing, OnAxis, Owed, Reads, Reason, Subject, Unlisted,
    Wanted, find,
};
use crate::checks::Limit;
use crate::expr::{Read, Tri};
use crate::facts::{Facts, Word};
use crate::model::{Date, FieldPath, Months, Record, Table, key};
use std::sync::Arc;

/// One duty over all the bands of its table; a single band without bounds where it is always owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The word that the bands cut; `None` where the duty is always owed.
    pub axis: Option<Word>,
    /// The bands, in the order of the file.
    pub bands: Vec<Band>,
}

impl Duty {
    /// The bands that are still possible, each with whether the axis lies in it for certain.
    fn possible_bands(&self, facts: &Facts<'_>) -> Vec<&Band> {
        let Some(axis) = self.axis else { return self.bands.iter().collect() };
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        for band in &self.bands {
            match band.bounds.holds(axis, facts) {
                Tri::True => sure.push(band),
                Tri::Unknown => possible.push(band),
                Tri::False => {}
            }
        }
        if sure.is_empty() { possible } else { sure }
    }

    /// Whether it asks for events, which are dated and recorded, and for no evaluation.
    #[must_use]
    pub fn is_of_events(&self) -> bool {
        let mut subjects =
            self.bands.iter().filter_map(|band| band.requirement.as_ref()).map(|one| &one.subject);
        subjects.all(|subject| matches!(subject, Subject::Event(_)))
    }

    /// The obligations that the definition has or may have, one for each band still possible that owes one.
    #[must_use]
    pub fn owed<'r>(&'r self, facts: &Facts<'_>) -> Vec<Owed<'r>> {
        let bands = self.possible_bands(facts);
        let all = bands.iter().all(|band| band.requirement.is_some());
        let applies = if all { Tri::True } else { Tri::Unknown };
        let since = if all { self.triggered(facts) } else { None };
        bands
            .into_iter()
            .filter_map(|band| Some(Owed { band, requirement: band.requirement.as_ref()?, applies, since }))
            .collect()
    }

    /// The day of the revision that brought the duty about; `None` where the original owed it.
    fn triggered(&self, facts: &Facts<'_>) -> Option<Date> {
        facts.revised_on()?;
        let owes =
            |facts: &Facts<'_>| self.possible_bands(facts).iter().all(|band| band.requirement.is_some());
        let definition = facts.definition();
        if owes(&Facts::original(definition)) {
            return None;
        }
        let dates = definition
            .rows(Table::Revision)
            .iter()
            .filter_map(|revision: &Record| revision.date(key::revision::DATE));
        let mut days: Vec<Date> = dates.map(|date| date.to).filter(|day| *day <= facts.as_of()).collect();
        days.sort_unstable();
        days.into_iter().find(|day| owes(&Facts::new(definition, *day)))
    }

    /// How a definition stands to the duty.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        let bands = self.possible_bands(facts);
        let owed = self.owed(facts);
        let mut parts = owed.iter().map(|one| judge_one(one, facts));
        let mut judgement = match parts.next() {
            None => Judgement::new(Tri::False, Tri::True, FieldPath::Table(Table::Evaluation)),
            Some(first) => parts.fold(first, |all, part| all.with_alternative(part)),
        };
        if !owed.is_empty() {
            judgement.applies = if owed.len() == bands.len() { Tri::True } else { Tri::Unknown };
            self.settle_agreed(&mut judgement, &owed, facts);
        }
        if let ([band], Some(_)) = (bands.as_slice(), self.axis) {
            judgement.band = Some(Arc::clone(&band.id));
        }
        self.add_axis(&mut judgement, &bands, facts);
        judgement
    }

    /// A duty that is owed only where it was agreed. The agreed plan tells, where it is on file: what it does not name is not owed.
    /// Where no plan is on file, listing the evaluation is the agreement, and the duty is met whenever it is owed.
    fn settle_agreed(&self, judgement: &mut Judgement, owed: &[Owed<'_>], facts: &Facts<'_>) {
        for one in owed {
            let Subject::Evaluation(wanted) = &one.requirement.subject else { continue };
            if !wanted.if_agreed {
                continue;
            }
            match wanted.is_in_agreed_plan(facts) {
                Some(true) => {}
                Some(false) => {
                    judgement.applies = Tri::False;
                    judgement.reason = Reason::NotInAgreedPlan;
                    judgement.missing.clear();
                }
                None => {
                    judgement.applies = judgement.applies.and(find(wanted, facts).at_least(1));
                    judgement.met = Tri::True;
                    judgement.missing.clear();
                }
            }
        }
    }

    /// Where the definition stands on the axis, and what would settle it.
    fn add_axis(&self, judgement: &mut Judgement, bands: &[&Band], facts: &Facts<'_>) {
        let Some(word) = self.axis else { return };
        judgement.also = axis_place(word, facts).map(|place| (place, Also::Axis(word)));
        judgement.axis = Some(OnAxis { word, bands: bands.iter().map(|band| band.bounds).collect() });
        if judgement.applies == Tri::Unknown {
            judgement.needs.extend(facts.needs(word).iter());
        }
    }

    /// The facts that the duty reads, with the values at which its answer can change.
    pub fn reads(&self, reads: &mut Reads) {
        if let Some(axis) = self.axis {
            reads.all.insert(Read::Word(axis));
        }
        for band in &self.bands {
            for (limit, _) in [band.bounds.lower, band.bounds.upper].into_iter().flatten() {
                reads.cut(self.axis, limit);
            }
            let due = band.requirement.as_ref().and_then(|requirement| requirement.due.as_ref());
            let kind = band.requirement.as_ref().and_then(|requirement| requirement.recorded_as);
            if let (Some(Due::Offset { from, earliest, target, latest, .. }), Some(kind)) = (due, kind) {
                reads.all.insert(Read::Word(*from));
                reads.events.insert((*from, earliest.or(*target).unwrap_or(*latest), *latest, kind));
            }
            if let Some(Due::Every { months, from, yields_within, month, .. }) = due {
                reads.all.extend([Read::Word(*from), Read::Word(Word::Duration)]);
                reads.periods.insert((*months, yields_within.unwrap_or(0)));
                reads.month_ends.extend(*month);
            }
        }
    }
}

impl Reads {
    fn cut(&mut self, axis: Option<Word>, limit: Limit) {
        let Some(axis) = axis else { return };
        match limit {
            Limit::Months(Months(months)) => drop(self.months.insert(months)),
            Limit::Money(usd) => drop(self.money.entry(Read::Word(axis)).or_default().insert(usd)),
            Limit::Date(day) => drop(self.dates.entry(Read::Word(axis)).or_default().insert(day)),
        }
    }
}

fn axis_place(axis: Word, facts: &Facts<'_>) -> Option<FieldPath> {
    match axis {
        Word::Duration => Some(facts.end_path()),
        Word::Key(key) if key == key::budget::TOTAL => Some(facts.total_path()),
        Word::Key(key) => Some(FieldPath::Key(key)),
        Word::Table(_) => None,
    }
}

/// How the definition stands to one obligation, as if it were owed.
fn judge_one(one: &Owed<'_>, facts: &Facts<'_>) -> Judgement {
    match &one.requirement.subject {
        Subject::Event(title) => super::event::judge(one, title, facts),
        Subject::Evaluation(wanted) => match &one.requirement.due {
            Some(due @ Due::Every { .. }) => judge_recurring(one, wanted, due, facts),
            _ => judge_counted(one, wanted, facts),
        },
    }
}

fn judge_counted(one: &Owed<'_>, wanted: &Wanted, facts: &Facts<'_>) -> Judgement {
    let count = one.requirement.count as usize;
    let found = find(wanted, facts);
    let met = found.at_least(count);
    let mut judgement = Judgement::new(one.applies, met, place(&found));
    if met == Tri::Unknown {
        judgement.needs.extend(found.needs.iter().copied());
    }
    if met != Tri::True {
        let lacking = count.saturating_sub(found.sure.len());
        judgement.missing = vec![Missing::Evaluation { timing: wanted.assigned_to, number: None }; lacking];
    }
    judgement.reason = reason(wanted, found);
    judgement
}

/// Where to point: the evaluation that falls short or is not fully known, else the list.
fn place(found: &Found) -> FieldPath {
    let row = found.sure.first().map(|row| FieldPath::Row(Table::Evaluation, *row));
    let unsure = found
        .possible
        .first()
        .or(found.too_low.last())
        .map(|row| FieldPath::Element(key::evaluation::INDEPENDENCE, *row));
    row.or(unsure).unwrap_or(FieldPath::Table(Table::Evaluation))
}

/// How the evaluations of the file stand to what is asked for.
fn reason(wanted: &Wanted, found: Found) -> Reason {
    let (found, rows) = if !found.sure.is_empty() {
        (FoundAs::Listed, found.sure)
    } else if !found.possible.is_empty() {
        (FoundAs::MayBe, found.possible)
    } else if found.open {
        (FoundAs::MayBeMore, Vec::new())
    } else if !found.too_low.is_empty() && wanted.independence.is_some() {
        (FoundAs::TooLow, found.too_low)
    } else {
        (FoundAs::None, Vec::new())
    };
    Reason::Evaluations { found, rows, level: wanted.independence }
}

fn judge_recurring(one: &Owed<'_>, wanted: &Wanted, due: &Due, facts: &Facts<'_>) -> Judgement {
    let times = times(one, due, facts);
    let found = find(wanted, facts);
    let matched = super::recurring::match_reviews(&times, &found, wanted, facts);
    let lacking: Vec<u32> = matched.unmet(&times.sure);
    let maybe_lacking: Vec<u32> = matched.unmet(&times.possible);
    let late = super::recurring::match_reviews_late(&times, &found, wanted, facts);
    let in_doubt = [&times.sure, &times.possible]
        .into_iter()
        .any(|times| late.unmet(times).is_empty() != matched.unmet(times).is_empty());
    let met = if in_doubt {
        Tri::Unknown
    } else if lacking.is_empty() && maybe_lacking.is_empty() && !times.unbounded {
        Tri::True
    } else if lacking.len() > found.possible.len() && !found.open {
        Tri::False
    } else {
        Tri::Unknown
    };
    let mut judgement = Judgement::new(one.applies, met, place(&found));
    let missing = |number: &u32| Missing::Evaluation { timing: wanted.assigned_to, number: Some(*number) };
    judgement.missing = lacking.iter().map(missing).collect();
    if met == Tri::Unknown {
        judgement.needs.extend(found.needs.iter().copied());
        if in_doubt {
            judgement.needs.extend(
                found.sure.iter().flat_map(|row| facts.element_needs(key::evaluation::DATE, *row).iter()),
            );
        }
        if times.unbounded || !maybe_lacking.is_empty() {
            judgement.needs.extend(due.reads().into_iter().flat_map(|word| facts.needs(word).iter()));
        }
    }
    let unknown =
        (met == Tri::Unknown).then_some(if in_doubt { Unlisted::DaysInPart } else { Unlisted::NotSaid });
    judgement.reason =
        Reason::Reviews(Box::new(super::recurring::reviews(&times, &matched, wanted, unknown)));
    judgement
}
