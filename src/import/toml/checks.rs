//! What values say of each other: what cannot be, whatever the policy.
//! Must not judge a project.

use super::{lower::Reader, unknown::header};
use crate::{
    diag::Diagnostic,
    facts::Length,
    model::{Currency, Date, DateRange, Definition, KeyId, Kind, Months, Record, Table, add_months, key},
    source::Span,
};

/// Notes what cannot be.
pub(super) fn check(reader: &mut Reader<'_>, definition: &Definition) {
    let project = definition.single(Table::Project);
    order(
        reader,
        project,
        (key::project::START, key::project::END),
        ("the project ends before it starts", "starts here"),
    );
    duration(reader, project);
    for table in Table::ALL {
        twice(reader, definition.rows(*table), *table);
    }
    rates(reader, definition.rows(Table::Rate));
    for waiver in definition.rows(Table::Waiver) {
        complete(reader, Table::Waiver, waiver, "a waiver hides a finding only if it says all of its fields");
        order(
            reader,
            waiver,
            (key::waiver::GRANTED, key::waiver::EXPIRES),
            ("the waiver expires before it is granted", "granted here"),
        );
    }
    for revision in definition.rows(Table::Revision) {
        revised(reader, project, revision);
    }
    if reader.needs_ids() {
        evaluations(reader, definition.rows(Table::Evaluation));
    }
}

/// The second date of a record is surely before the first.
fn order(reader: &mut Reader<'_>, record: &Record, keys: (KeyId, KeyId), words: (&str, &str)) {
    let dates = record.date(keys.0).zip(record.date(keys.1));
    let Some(((first, second), spans)) = dates.zip(record.span(keys.0).zip(record.span(keys.1))) else {
        return;
    };
    if second.to < first.from {
        let error =
            Diagnostic::error(reader.source, spans.1, words.0).label(format!("{second} is before {first}"));
        reader.note(error.also(spans.0, words.1).hint("correct one of the two dates"));
    }
}

/// A duration must agree with the dates: some possible start and end must give it.
fn duration(reader: &mut Reader<'_>, project: &Record) {
    let (Some(months), Some(span)) =
        (project.duration(key::project::DURATION), project.span(key::project::DURATION))
    else {
        return;
    };
    let (Some(start), Some(end)) = (project.date(key::project::START), project.date(key::project::END))
    else {
        return;
    };
    let Some(after_end) = end.map(|day| day.succ_opt()).filter(|_| end.to >= start.from) else {
        return;
    };
    let fits = start.from.iter_days().take_while(|day| *day <= start.to).any(|day| {
        let after = i32::try_from(months.0).ok().and_then(|months| add_months(day, months));
        after.is_some_and(|after| after_end.from <= after && after <= after_end.to)
    });
    if fits {
        return;
    }
    let mut error = Diagnostic::error(
        reader.source,
        span,
        format!("`duration` is {months}, but `start` and `end` make {}", between(start, after_end)),
    );
    for (key, label) in [(key::project::START, "the first day"), (key::project::END, "the last day")] {
        if let Some(place) = project.span(key) {
            error = error.also(place, label);
        }
    }
    reader.note(error.hint("leave `duration` out where both dates are known, or correct the dates"));
}

/// The length between two dates in words: "18 months", "17 months and 3 days", "12 to 35 months".
fn between(start: DateRange, after_end: DateRange) -> String {
    let (least, most) = Length::Dates { start, after_end }.whole_months();
    let days =
        |start: Date, after: Date| Some((after - add_months(start, i32::try_from(most).ok()?)?).num_days());
    let rest = start.exact().zip(after_end.exact()).and_then(|(start, after)| days(start, after));
    match rest {
        Some(0) => Months(most).to_string(),
        Some(1) => format!("{} and 1 day", Months(most)),
        Some(days) => format!("{} and {days} days", Months(most)),
        None => format!("{least} to {} months", most + 1),
    }
}

/// Two elements of one name.
fn twice(reader: &mut Reader<'_>, rows: &[Record], table: Table) {
    let keys = table.spec().keys.iter().zip(0_u8..);
    for (spec, index) in
        keys.filter(|(key, _)| matches!((table, key.kind), (_, Kind::Name) | (Table::Rate, Kind::Currency)))
    {
        let key = KeyId { table, index };
        let named: Vec<(&str, Span)> =
            rows.iter().filter_map(|row| row.text(key).zip(row.span(key))).collect();
        let mut first_of = std::collections::BTreeMap::new();
        for (name, span) in named {
            if let Some(first) = first_of.get(name) {
                let shown = super::wrong::shown(name);
                let error = Diagnostic::error(
                    reader.source,
                    span,
                    format!("two {} have the {} `{shown}`", table.plural().unwrap_or_default(), spec.name),
                );
                let hint = if table == Table::Rate {
                    "give one rate for a currency".to_owned()
                } else {
                    format!("give one of them another {}", spec.name)
                };
                reader.note(error.label("again here").also(*first, "first here").hint(hint));
            } else {
                first_of.insert(name, span);
            }
        }
    }
}

fn rates(reader: &mut Reader<'_>, rates: &[Record]) {
    for rate in rates {
        let dollars = rate.text(key::rate::CURRENCY) == Some(Currency::USD.code());
        if let Some(span) = rate.span(key::rate::CURRENCY).filter(|_| dollars) {
            let error = Diagnostic::error(
                reader.source,
                span,
                "a rate says what another currency is worth in US dollars; `USD` needs none",
            );
            reader.note(error.hint("name the other currency, or leave this table out"));
        }
    }
}

/// The keys without which an element means nothing.
fn complete(reader: &mut Reader<'_>, table: Table, record: &Record, why: &str) {
    // A revision whose date is still to be agreed is not in effect; a waiver that is not finished must not hide anything.
    let stands = |key: KeyId| if table == Table::Waiver { record.span(key) } else { record.place(key) };
    let missing = table.needed().iter().filter(|key| stands(**key).is_none()).map(|key| key.spec().name);
    let missing = super::unknown::listed(missing, "and");
    if let Some(head) = record.header.filter(|_| !missing.is_empty() && reader.sees_all()) {
        let error =
            Diagnostic::error(reader.source, head, format!("this {} has no {missing}", table.spec().name));
        reader.note(error.hint(format!("add {missing}: {why}")));
    }
}

fn revised(reader: &mut Reader<'_>, project: &Record, revision: &Record) {
    complete(reader, Table::Revision, revision, "a revision is in effect from its date");
    let changes = Table::Revision.needed_one_of().iter().any(|key| revision.place(*key).is_some());
    if let Some(head) = revision.header.filter(|_| !changes && reader.sees_all()) {
        let error = Diagnostic::error(reader.source, head, "this revision changes nothing");
        reader.note(error.hint("add the new `end`, the new `total`, or both"));
    }
    let ends = revision.date(key::revision::END).zip(project.date(key::project::START));
    let spans = revision.span(key::revision::END).zip(project.span(key::project::START));
    if let Some(((end, start), (end_span, start_span))) =
        ends.zip(spans).filter(|((end, start), _)| end.to < start.from)
    {
        let error = Diagnostic::error(
            reader.source,
            end_span,
            "after this revision the project ends before it starts",
        );
        reader.note(
            error
                .label(format!("{end} is before {start}"))
                .also(start_span, "starts here")
                .hint("correct one of the two dates"),
        );
    }
}

/// Evaluations are told apart by their ids, in messages, calendars and files.
fn evaluations(reader: &mut Reader<'_>, evaluations: &[Record]) {
    for (number, evaluation) in evaluations.iter().enumerate() {
        let Some(head) = evaluation
            .header
            .filter(|_| evaluation.place(key::evaluation::ID).is_none() && reader.sees_all())
        else {
            continue;
        };
        let taken = |id: &str| evaluations.iter().any(|other| other.text(key::evaluation::ID) == Some(id));
        let timing = evaluation.choice(key::evaluation::TIMING).unwrap_or("evaluation");
        let same = |other: &&Record| {
            other.choice(key::evaluation::TIMING) == evaluation.choice(key::evaluation::TIMING)
        };
        let before = evaluations[..number].iter().filter(same).count();
        let numbered = (before + 1..)
            .map(|count| if count == 1 { timing.to_owned() } else { format!("{timing}-{count}") });
        let free = numbered.into_iter().find(|id| !taken(id)).unwrap_or_default();
        let error = Diagnostic::error(reader.source, head, "this evaluation has no `id`");
        reader.note(error.hint(format!(
            "write id = \"{free}\" below {}: messages and calendars call it by that",
            header(Table::Evaluation)
        )));
    }
}
