//! What agreements and funds know of the projects of a run that they pay for: allocations and delivery, gathered into their definitions.
//! Must not judge: the rules over a fund then read one definition like any other.

use crate::facts::Facts;
use crate::model::{Amount, Currency, Date, DateRange, Definition, FieldPath, KeyId, Record, Table, Value, key};

/// The definitions with, for each donor agreement, the allocations to the projects of the same donor and their delivery.
/// What an agreement lists itself, by the project's code, stays as it is written.
pub fn gather(definitions: &mut [Definition], as_of: Date) {
    let mut additions = Vec::new();
    for (place, fund) in definitions.iter().enumerate().filter(|(_, one)| gathers(one)) {
        let donors: Vec<&str> = names(fund).collect();
        let members = definitions.iter().filter(|one| !gathers(one) && falls_within(one, fund, as_of));
        for (project, donor) in members.flat_map(|project| donors.iter().map(move |donor| (project, *donor))) {
            let Some(row) = through(project, donor, fund) else { continue };
            additions.push((
                place,
                allocation(project, row, as_of),
                project.rows(Table::Delivery).iter().map(without_places).collect::<Vec<_>>(),
            ));
        }
    }
    for (place, allocation, deliveries) in additions {
        let fund = &mut definitions[place];
        let code = allocation.text(key::allocation::PROJECT);
        let listed = fund.rows(Table::Allocation).iter().any(|known| known.text(key::allocation::PROJECT) == code);
        if !listed {
            fund.rows_mut(Table::Allocation).push(allocation);
        }
        fund.rows_mut(Table::Delivery).extend(deliveries);
    }
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

/// Whether the project was approved, or began, while the agreement was in force; where that is not known, it may have been.
fn falls_within(project: &Definition, fund: &Definition, as_of: Date) -> bool {
    let agreement = Facts::new(fund, as_of);
    day(project).is_none_or(|day| {
        agreement.start().is_none_or(|start| day.to >= start.from) && agreement.end().is_none_or(|end| day.from <= end.to)
    })
}

fn names(definition: &Definition) -> impl Iterator<Item = &str> {
    definition.rows(Table::Donor).iter().filter_map(|donor| donor.read_text(key::donor::NAME))
}

/// The row of the donor by which a project is paid, where it is paid through the channel of the agreement; a channel that is not said may be any.
fn through(project: &Definition, donor: &str, fund: &Definition) -> Option<u32> {
    let of = |definition: &Definition| {
        let rows = definition.rows(Table::Donor).iter().zip(0..);
        rows.filter(|(record, _)| record.read_text(key::donor::NAME) == Some(donor))
            .map(|(record, row)| (record.choice(key::donor::CHANNEL), row))
            .next()
    };
    let ((channel, row), (wanted, _)) = (of(project)?, of(fund)?);
    (wanted.is_none() || channel == wanted).then_some(row)
}

fn allocation(project: &Definition, row: u32, as_of: Date) -> Record {
    let mut record = Record::empty(Table::Allocation);
    let mut set = |key: KeyId, value: Option<Value>| record.set(key, value, None);
    let about = project.single(Table::Project);
    set(key::allocation::PROJECT, Some(Value::Text(project.code().into())));
    set(key::allocation::YEAR, year(project).map(|year| Value::Text(year.into())));
    set(key::allocation::AMOUNT, amount(project, row, as_of).map(Value::Money));
    set(key::allocation::IMPLEMENTER, about.get(key::project::IMPLEMENTER).cloned());
    set(key::allocation::OBJECTIVE, about.get(key::project::OBJECTIVE).cloned());
    record
}

/// The values of a record alone: their places lie in another file.
fn without_places(record: &Record) -> Record {
    let mut bare = Record::empty(Table::Delivery);
    for key in [key::delivery::YEAR, key::delivery::ALLOCATED, key::delivery::SPENT] {
        bare.set(key, record.get(key).cloned(), None);
    }
    bare
}

/// The day of approval, else of the start.
fn day(project: &Definition) -> Option<DateRange> {
    let about = project.single(Table::Project);
    about.date(key::project::APPROVED).or_else(|| about.date(key::project::START))
}

/// The year of the allocation, where it is known.
fn year(project: &Definition) -> Option<String> {
    use chrono::Datelike;
    let day = day(project)?;
    (day.from.year() == day.to.year()).then(|| day.from.year().to_string())
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
