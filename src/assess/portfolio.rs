//! What agreements and funds know of the projects of a run that they pay for: allocations and delivery, gathered into their definitions.
//! Must not judge: the rules over a fund then read one definition like any other.

use crate::facts::Facts;
use crate::model::{Amount, Currency, Date, DateRange, Definition, FieldPath, KeyId, Record, Table, Value, key};
use std::collections::BTreeSet;
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

/// The projects of a run, as agreements know them, in the order in which they came. Names that many of them share are kept once.
#[derive(Debug, Clone, Default)]
pub struct Members {
    all: Vec<Member>,
    donors: BTreeSet<Arc<str>>,
    values: Vec<Value>,
}

/// The most values that are looked through for one that is the same.
const MOST_SHARED: usize = 64;

impl Members {
    /// Adds a project.
    pub fn add(&mut self, mut member: Member) {
        for share in &mut member.shares {
            match self.donors.get(&share.donor) {
                Some(known) => share.donor = Arc::clone(known),
                None => drop(self.donors.insert(Arc::clone(&share.donor))),
            }
        }
        for value in [&mut member.implementer, &mut member.objective].into_iter().flatten() {
            match self.values.iter().find(|known| *known == value) {
                Some(known) => *value = known.clone(),
                None if self.values.len() < MOST_SHARED => self.values.push(value.clone()),
                None => {}
            }
        }
        self.all.push(member);
    }

    /// Gives an agreement the allocations to the projects of the same donor, and their delivery. What it lists itself, by the
    /// project's code, stays as it is written.
    pub fn gather(&self, fund: &mut Definition, as_of: Date) {
        let donors: Vec<(Arc<str>, Option<&str>)> = {
            let rows = fund.rows(Table::Donor).iter();
            rows.filter_map(|donor| Some((donor.read_text(key::donor::NAME)?.into(), donor.choice(key::donor::CHANNEL)))).collect()
        };
        let agreement = Facts::new(fund, as_of);
        let (start, end) = (agreement.start(), agreement.end());
        let within = |day: DateRange| start.is_none_or(|start| day.to >= start.from) && end.is_none_or(|end| day.from <= end.to);
        let mut listed: BTreeSet<Arc<str>> =
            fund.rows(Table::Allocation).iter().filter_map(|known| known.text(key::allocation::PROJECT)).map(Arc::from).collect();
        for member in self.all.iter().filter(|member| member.day.is_none_or(within)) {
            for (donor, _) in &donors {
                // A channel that the agreement does not say may be any.
                let wanted = donors.iter().find(|(name, _)| name == donor).and_then(|(_, channel)| *channel);
                let share = member.shares.iter().find(|share| share.donor == *donor);
                let Some(share) = share.filter(|share| wanted.is_none() || share.channel == wanted) else { continue };
                if listed.insert(Arc::clone(&member.code)) {
                    fund.rows_mut(Table::Allocation).push(member.allocation(share));
                }
                fund.rows_mut(Table::Delivery).extend(member.deliveries.iter().map(delivery));
            }
        }
    }
}

impl Member {
    fn allocation(&self, share: &Share) -> Record {
        let mut record = Record::empty(Table::Allocation);
        let mut set = |key: KeyId, value: Option<Value>| record.set(key, value, None);
        set(key::allocation::PROJECT, Some(Value::Text(Arc::clone(&self.code))));
        set(key::allocation::YEAR, self.year().map(|year| Value::Text(year.into())));
        set(key::allocation::AMOUNT, share.amount.map(Value::Money));
        set(key::allocation::IMPLEMENTER, self.implementer.clone());
        set(key::allocation::OBJECTIVE, self.objective.clone());
        record
    }

    /// The year of the allocation, where it is known.
    fn year(&self) -> Option<String> {
        use chrono::Datelike;
        let day = self.day?;
        (day.from.year() == day.to.year()).then(|| day.from.year().to_string())
    }
}

fn delivery(values: &[Option<Value>; 3]) -> Record {
    let mut record = Record::empty(Table::Delivery);
    DELIVERY.iter().zip(values).for_each(|(key, value)| record.set(*key, value.clone(), None));
    record
}

/// Gives a definition that was read anew what was gathered into it before: the rows that stand in no file of its own.
pub fn carry_gathered(from: &Definition, to: &mut Definition) {
    for table in [Table::Allocation, Table::Delivery] {
        let gathered: Vec<Record> = from.rows(table).iter().filter(|record| record.header.is_none()).cloned().collect();
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
