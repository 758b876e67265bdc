//! The reference page of every number: thresholds, windows, shares, days and lengths of tasks, each with its source and what it is
//! worth. Must not read files, and must not judge.

use super::markdown::{code, prose};
use super::text_explain::when;
use crate::checks::{Check, Duty, Share};
use crate::expr::{Constant, Expr};
use crate::policy::{Catalog, Pack, Rule, Status};
use crate::schedule::{Basis, Habits, Process, Processes};
use crate::words;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// One number of a rule.
struct Number {
    /// The number in words.
    what: String,
    /// What it decides.
    decides: &'static str,
    status: String,
}

/// The page.
#[must_use]
pub fn page(catalog: &Catalog, processes: &Processes, habits: &Habits) -> String {
    let mut text = "<!-- Written by a test; do not edit. -->\n\n# Every number\n\nEach threshold, window, share and day that a rule holds, and each length of a task, with the place that it is from, what that is worth and what it rests on. `confirmed`: the text that sets it was read. `confirmed-secondary`: a text that applies it was read. `inferred`: it follows from what was read. `unconfirmed`: it is only remembered, and is never an error.\n\n".to_owned();
    for pack in &catalog.packs {
        of_pack(pack, &mut text);
    }
    text.push_str("## Lengths of tasks\n\n| Process | Task | Working days | Status | Rests on |\n|---|---|---:|---|---|\n");
    processes.all().iter().for_each(|process| of_process(process, &mut text));
    text.push_str("\n## Planning\n\n| Number | Status | Rests on |\n|---|---|---|\n");
    for Basis { what, basis, status } in &habits.bases {
        let _ = writeln!(text, "| {} | {status} | {} |", prose(what), prose(basis));
    }
    text
}

fn of_pack(pack: &Pack, text: &mut String) {
    let rows: Vec<(&Rule, Number)> = pack
        .rules
        .iter()
        .flat_map(|rule| numbers(rule).into_iter().map(move |number| (rule, number)))
        .collect();
    let joins: Vec<Number> = pack
        .joins
        .iter()
        .flat_map(|joins| of_condition(joins, "when the pack joins", "as its text"))
        .collect();
    let from = pack.from.map(|from| Number {
        what: from.to_string(),
        decides: "the first day of the pack",
        status: "as its text".to_owned(),
    });
    let of_pack: Vec<Number> = from.into_iter().chain(joins).collect();
    if rows.is_empty() && of_pack.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "## {}\n\n| Number | Decides | Rule | Source | Status | Rests on |\n|---|---|---|---|---|---|",
        pack.id
    );
    let document = pack.documents.first().map(|document| code(&document.id)).unwrap_or_default();
    for Number { what, decides, status } in of_pack {
        let _ = writeln!(
            text,
            "| {} | {decides} | | {document} | {status} | {} |",
            prose(&what),
            prose(&pack.title)
        );
    }
    for (rule, Number { what, decides, status }) in rows {
        let rests = rule.why.as_deref().or(rule.says.as_deref()).unwrap_or_default();
        let source = format!("{}, {}", code(&rule.cite.source), prose(&rule.cite.at));
        let _ = writeln!(
            text,
            "| {} | {decides} | {} | {source} | {status} | {} |",
            prose(&what),
            code(&rule.local),
            prose(rests)
        );
    }
    text.push('\n');
}

fn of_process(process: &Process, text: &mut String) {
    for step in &process.steps {
        let (id, status) = (code(&process.id), step.status);
        let _ = writeln!(
            text,
            "| {id} | {} | {} | {status} | {} |",
            prose(&step.title),
            step.working_days,
            prose(&step.basis)
        );
    }
}

/// The numbers of a rule, each once.
fn numbers(rule: &Rule) -> Vec<Number> {
    let status = rule.status.to_string();
    let when = rule.when.iter().flat_map(|when| of_condition(when, "whether the rule applies", &status));
    let asked = match &rule.check {
        Check::Duty(duty) => of_duty(duty, rule),
        Check::Condition(condition) => of_condition(&condition.condition, "what is asked", &status),
        Check::Each(each) => {
            let only =
                each.only.iter().flat_map(|only| of_condition(only, "which elements are meant", &status));
            only.chain(of_condition(&each.condition, "what is asked", &status)).collect()
        }
        Check::Share(share) => of_share(share, &status),
        Check::Days(days) => {
            let far =
                |far| Number { what: words::far(far), decides: "what is an error", status: status.clone() };
            days.grave.iter().map(|grave| far(grave.far)).collect()
        }
        Check::Grid(_) | Check::Chain(_) | Check::Assessed | Check::PolicyNamed => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    when.chain(asked).filter(|number| seen.insert((number.what.clone(), number.decides))).collect()
}

fn of_duty(duty: &Duty, rule: &Rule) -> Vec<Number> {
    let status_of = |band: &str| {
        rule.bound_status.iter().find(|(id, _)| **id == *band).map_or(rule.status, |(_, status)| *status)
    };
    let mut found = Vec::new();
    for band in &duty.bands {
        let Some(requirement) = &band.requirement else { continue };
        let status = status_of(&band.id).to_string();
        if duty.axis.is_some() {
            found.push(Number {
                what: words::bounds(&band.bounds),
                decides: "whether it is owed",
                status: status.clone(),
            });
        }
        if requirement.count > 1 {
            found.push(Number {
                what: format!("{} times", requirement.count),
                decides: "how many are owed",
                status: status.clone(),
            });
        }
        if let Some(due) = &requirement.due {
            let status = requirement
                .due_status
                .as_deref()
                .and_then(Status::parse)
                .map_or(status, |status| status.to_string());
            found.push(Number { what: when(due), decides: "when it is due", status });
        }
    }
    found
}

fn of_share(share: &Share, status: &str) -> Vec<Number> {
    let bound = |what: &str, bound: Option<rust_decimal::Decimal>| {
        let percent = (bound? * rust_decimal::Decimal::ONE_HUNDRED).normalize();
        Some(Number {
            what: format!("{what} {percent} per cent"),
            decides: "what is asked",
            status: status.to_owned(),
        })
    };
    bound("at least", share.min).into_iter().chain(bound("at most", share.max)).collect()
}

fn of_condition(condition: &Expr, decides: &'static str, status: &str) -> Vec<Number> {
    let number = |constant: &Constant| {
        let what = match constant {
            Constant::Money(usd) => words::usd(*usd),
            Constant::Months(months) => format!("{months} months"),
            Constant::Days(days) => format!("{days} days"),
            Constant::Date(day) => day.to_string(),
            Constant::Int(number) => number.to_string(),
            Constant::Decimal(number) => number.normalize().to_string(),
            Constant::Null | Constant::Bool(_) | Constant::Text(_) | Constant::Choice(..) => return None,
        };
        Some(Number { what, decides, status: status.to_owned() })
    };
    condition.numbers().filter_map(number).collect()
}
