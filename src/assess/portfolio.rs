//! What agreements and funds know of the projects of a run that they pay for: allocations and delivery, gathered into their definitions.
//! Must not judge: the rules over a fund then read one definition like any other.

use crate::facts::Facts;
use crate::model::{
    Amount, Currency, Date, DateRange, Definition, FieldPath, KeyId, Record, Table, Value, key,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What agreements may gather of one project: the little that is kept of it once it is assessed.
#[derive(Debug, Clone)]
pub struct Member {
    code: Arc<str>,
    /// The day of approval, else of the start.
    day: Option<DateRange>,
    implementer: Option<Value>,
    objective: Option<Value>,
    /// What each donor gives, once a name.
    shares: Box<[Share]>,
    deliveries: Box<[[Option<Value>; 3]]>,
}

/// What one donor gives to a project, and by which channel, where that is said.
#[derive(Debug, Clone)]
struct Share {
    donor: Arc<str>,
    channel: Option<&'static str>,
    amount: Option<Amount>,
}

/// What is kept of a delivery; its places lie in another file.
const DELIVERY: [KeyId; 3] = [key::delivery::YEAR, key::delivery::ALLOCATED, key::delivery::SPENT];

impl Member {
    /// What agreements may gather of a definition; `None` for one that gathers itself, or that names no donor.
    #[must_use]
    pub fn of(project: &Definition, as_of: Date) -> Option<Self> {
        if gathers(project) {
            return None;
        }
        let mut shares: Vec<Share> = Vec::new();
        for (donor, row) in project.rows(Table::Donor).iter().zip(0..) {
            let Some(name) = donor.read_text(key::donor::NAME) else { continue };
            if shares.iter().all(|share| &*share.donor != name) {
                let amount = amount(project, row, as_of);
                shares.push(Share { donor: name.into(), channel: donor.choice(key::donor::CHANNEL), amount });
            }
        }
        let about = project.single(Table::Project);
        let deliveries = project.rows(Table::Delivery).iter();
        (!shares.is_empty()).then(|| Self {
            code: project.code().into(),
            day: about.date(key::project::APPROVED).or_else(|| about.date(key::project::START)),
            implementer: about.get(key::project::IMPLEMENTER).cloned(),
            objective: about.get(key::project::OBJECTIVE).cloned(),
            shares: shares.into(),
            deliveries: deliveries.map(|delivery| DELIVERY.map(|key| delivery.get(key).cloned())).collect(),
        })
    }
}

/// The projects of a run, as agreements know them, in the order in which they came. All of them lie side by side in a few lists, and
/// names that many of them share are kept once: what is kept of a project must not hold on to the memory around it.
#[derive(Debug, Clone, Default)]
pub struct Members {
    all: Vec<Kept>,
    codes: String,
    shares: Vec<KeptShare>,
    deliveries: Vec<[Option<Value>; 3]>,
    donors: BTreeMap<Arc<str>, u32>,
    /// Implementers, objectives and years.
    values: Vec<Value>,
}

/// One project; each list of its own ends where the next one's begins.
#[derive(Debug, Clone)]
struct Kept {
    code: u32,
    shares: u32,
    deliveries: u32,
    implementer: Option<u32>,
    objective: Option<u32>,
    day: Option<DateRange>,
}

#[derive(Debug, Clone)]
struct KeptShare {
    donor: u32,
    channel: Option<&'static str>,
    amount: Option<Amount>,
}

/// The place behind the last of some things.
fn behind(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The most different values that are looked through for one that is the same.
const MOST_SHARED: usize = 64;

impl Members {
    /// Adds a project.
    pub fn add(&mut self, member: Member) {
        let Member { code, day, implementer, objective, shares, deliveries } = member;
        let kept = Kept {
            code: behind(self.codes.len()),
            shares: behind(self.shares.len()),
            deliveries: behind(self.deliveries.len()),
            implementer: implementer.map(|value| self.place(value)),
            objective: objective.map(|value| self.place(value)),
            day,
        };
        self.codes.push_str(&code);
        for Share { donor, channel, amount } in shares {
            let next = behind(self.donors.len());
            // A copy of the name, not the one that lies among what is freed.
            let donor = self
                .donors
                .get(&donor)
                .copied()
                .unwrap_or_else(|| *self.donors.entry(Arc::from(&*donor)).or_insert(next));
            self.shares.push(KeptShare { donor, channel, amount });
        }
        for delivery in deliveries {
            let kept = delivery.map(|value| {
                let place = self.place(value?) as usize;
                self.values.get(place).cloned()
            });
            self.deliveries.push(kept);
        }
        self.all.push(kept);
    }

    /// The place of a value, which is added where none of the latest is the same.
    fn place(&mut self, value: Value) -> u32 {
        let from = self.values.len().saturating_sub(MOST_SHARED);
        let known = self.values[from..].iter().position(|known| *known == value).map(|place| place + from);
        behind(known.unwrap_or_else(|| {
            self.values.push(value);
            self.values.len() - 1
        }))
    }

    fn code(&self, place: usize) -> &str {
        &self.codes[self.all[place].code as usize
            ..self.all.get(place + 1).map_or(self.codes.len(), |next| next.code as usize)]
    }

    fn shares(&self, place: usize) -> &[KeptShare] {
        &self.shares[self.all[place].shares as usize
            ..self.all.get(place + 1).map_or(self.shares.len(), |next| next.shares as usize)]
    }

    fn deliveries(&self, place: usize) -> &[[Option<Value>; 3]] {
        let end = self.all.get(place + 1).map_or(self.deliveries.len(), |next| next.deliveries as usize);
        &self.deliveries[self.all[place].deliveries as usize..end]
    }

    /// Gives an agreement the allocations to the projects of the same donor, and their delivery. What it lists itself, by the
    /// project's code, stays as it is written.
    pub fn gather(&self, fund: &mut Definition, as_of: Date) {
        // A channel that the agreement does not say may be any; of two rows of one donor the first counts.
        let mut donors: Vec<(u32, Option<&str>)> = Vec::new();
        for donor in fund.rows(Table::Donor) {
            let known = donor.read_text(key::donor::NAME).and_then(|name| self.donors.get(name));
            let channel =
                |known: u32| donors.iter().find(|(one, _)| *one == known).map(|(_, channel)| *channel);
            donors.extend(
                known.map(|known| (*known, channel(*known).unwrap_or(donor.choice(key::donor::CHANNEL)))),
            );
        }
        let agreement = Facts::new(fund, as_of);
        let (start, end) = (agreement.start(), agreement.end());
        let within = |day: DateRange| {
            start.is_none_or(|start| day.to >= start.from) && end.is_none_or(|end| day.from <= end.to)
        };
        let mut listed: BTreeSet<Arc<str>> = fund
            .rows(Table::Allocation)
            .iter()
            .filter_map(|known| known.text(key::allocation::PROJECT))
            .map(Arc::from)
            .collect();
        let members = (0..self.all.len()).filter(|place| self.all[*place].day.is_none_or(within));
        for (place, (donor, wanted)) in
            members.flat_map(|place| donors.iter().map(move |donor| (place, *donor)))
        {
            let share = self.shares(place).iter().find(|share| share.donor == donor);
            let Some(share) = share.filter(|share| wanted.is_none() || share.channel == wanted) else {
                continue;
            };
            if listed.insert(Arc::from(self.code(place))) {
                fund.rows_mut(Table::Allocation).push(self.allocation(place, share.amount));
            }
            fund.rows_mut(Table::Delivery).extend(self.deliveries(place).iter().map(delivery));
        }
    }

    fn allocation(&self, place: usize, amount: Option<Amount>) -> Record {
        let kept = &self.all[place];
        let value = |place: Option<u32>| self.values.get(place? as usize).cloned();
        let mut record = Record::empty(Table::Allocation);
        let mut set = |key: KeyId, value: Option<Value>| record.set(key, value, None);
        set(key::allocation::PROJECT, Some(Value::Text(self.code(place).into())));
        set(key::allocation::YEAR, year(kept.day).map(|year| Value::Text(year.into())));
        set(key::allocation::AMOUNT, amount.map(Value::Money));
        set(key::allocation::IMPLEMENTER, value(kept.implementer));
        set(key::allocation::OBJECTIVE, value(kept.objective));
        record
    }
}

/// The year of an allocation, where it is known.
fn year(day: Option<DateRange>) -> Option<String> {
    use chrono::Datelike;
    let day = day?;
    (day.from.year() == day.to.year()).then(|| day.from.year().to_string())
}

fn delivery(values: &[Option<Value>; 3]) -> Record {
    let mut record = Record::empty(Table::Delivery);
    DELIVERY.iter().zip(values).for_each(|(key, value)| record.set(*key, value.clone(), None));
    record
}

/// Gives a definition that was read anew what was gathered into it before: the rows that stand in no file of its own.
pub fn carry_gathered(from: &Definition, to: &mut Definition) {
    for table in [Table::Allocation, Table::Delivery] {
        let gathered: Vec<Record> =
            from.rows(table).iter().filter(|record| record.header.is_none()).cloned().collect();
        if !gathered.is_empty() {
            to.rows_mut(table).extend(gathered);
        }
    }
}

/// Whether what a definition says is gathered from others of its run.
#[must_use]
pub fn gathers(definition: &Definition) -> bool {
    definition.single(Table::Project).choice(key::project::KIND) == Some("donor-agreement")
}

/// What the donor gives, in US dollars where the project has a rate; the whole budget where it is known to be the only donor.
fn amount(project: &Definition, row: u32, as_of: Date) -> Option<Amount> {
    let facts = Facts::new(project, as_of);
    let alone = project.rows(Table::Donor).len() == 1 && !project.is_open(Table::Donor);
    let given = |path| match project.value(path) {
        Some(Value::Money(amount)) => Some(*amount),
        _ => None,
    };
    let donor = given(FieldPath::Element(key::donor::AMOUNT, row));
    let amount = donor.or_else(|| given(FieldPath::Key(key::budget::TOTAL)).filter(|_| alone))?;
    Some(facts.usd(amount).map_or(amount, |range| Amount { currency: Currency::USD, range }))
}
