//! Reasons in words: what was found in a few words, and why, with the values read.

use super::bounds::bounds;
use super::missing::missing;
use super::reviews::all_reviews;
use super::spoken::spoken;
use super::values::{clamped, fact, far, held, length_of, list, listed, some_of, subject};
use crate::checks::{
    Also, Cells, DayAgainst, FoundAs, GroupShare, Judgement, Limit, Meetings, Missing, OnAxis, Place, Reason,
    Reviews, Unlisted,
};
use crate::expr::{Expr, Trace};
use crate::facts::{Facts, Word};
use crate::model::{Amount, Date, DateRange, FieldPath, INDEPENDENCE, Table, is_first_independent};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What was found, in a few words: `none is planned`. Empty where there is nothing to tell.
#[must_use]
pub fn found(judgement: &Judgement, facts: &Facts<'_>) -> String {
    let lacking = || some_of(&shown(&judgement.missing, facts));
    spoken(match &judgement.reason {
        Reason::Nothing
        | Reason::NoneMeant(_)
        | Reason::MayBeMore(_)
        | Reason::Asked(_)
        | Reason::HoldsForAll(..) => String::new(),
        Reason::Unknown { condition, .. } => read(condition, None, facts),
        Reason::Lacks { lacks, .. } => format!("{} {}", subject(facts), list(lacks, "and")),
        Reason::ElementFacts { table, rows, condition, asks } => {
            element_facts(*table, rows, condition, asks.is_some(), facts)
        }
        Reason::ElementsLack { table, rows, .. } => {
            let line = |(row, lacks): &(u32, Vec<Arc<str>>)| {
                format!("{} {}", name(*table, *row, facts), list(lacks, "and"))
            };
            some_of(&rows.iter().map(line).collect::<Vec<_>>())
        }
        Reason::Cells(table, count, cells) => match cells {
            Cells::NothingListed | Cells::Filled => String::new(),
            Cells::Empty => format!("missing {}", lacking()),
            Cells::MayBeMore => format!("{}, and there may be more", listed(*count, *table)),
            Cells::MayBeEmpty => format!("the file does not say whether there are {}", lacking()),
        },
        Reason::Reviews(reviews) => missing_reviews(reviews, &judgement.missing, facts),
        Reason::Day(against) => day(against, facts),
        reason => why(reason, &judgement.missing, facts),
    })
}

/// Whether [`found`] has something to tell.
pub(super) fn tells(reason: &Reason) -> bool {
    match reason {
        Reason::Nothing
        | Reason::NoneMeant(_)
        | Reason::MayBeMore(_)
        | Reason::Asked(_)
        | Reason::HoldsForAll(..) => false,
        Reason::Cells(_, _, cells) => !matches!(cells, Cells::NothingListed | Cells::Filled),
        _ => true,
    }
}

/// The decision in words, with the values read.
#[must_use]
pub fn because(judgement: &Judgement, facts: &Facts<'_>) -> String {
    if let Some(outside) = &judgement.outside {
        return spoken(why(outside, &[], facts));
    }
    let found = match &judgement.reason {
        Reason::Unknown { asks, .. } => cannot_tell(asks, &found(judgement, facts)),
        Reason::Lacks { asks, .. } | Reason::ElementsLack { asks, .. } => {
            asked(&found(judgement, facts), asks)
        }
        Reason::ElementFacts { asks: Some(asks), .. } => cannot_tell(asks, &found(judgement, facts)),
        Reason::ElementFacts { asks: None, .. } => found(judgement, facts),
        reason => why(reason, &judgement.missing, facts),
    };
    spoken(match &judgement.axis {
        None => found,
        Some(axis) => {
            let rest = if found.is_empty() { String::new() } else { format!("; {found}") };
            format!("{}{rest}", on_axis(axis, facts))
        }
    })
}

/// What [`because`] says beside what was found; `None` where that is nothing.
#[must_use]
pub(super) fn beside_found(judgement: &Judgement, facts: &Facts<'_>) -> Option<String> {
    let whole = || Some(because(judgement, facts));
    if judgement.outside.is_some() || judgement.axis.is_some() {
        return whole();
    }
    match &judgement.reason {
        Reason::Lacks { asks, .. } | Reason::ElementsLack { asks, .. } => Some(this_rule_asks(asks)),
        Reason::Unknown { .. } | Reason::ElementFacts { asks: Some(_), .. } => whole(),
        Reason::Cells(..) | Reason::Reviews(_) | Reason::Day(_) => whole(),
        _ => None,
    }
}

/// What stands at the second place of a judgement.
#[must_use]
pub fn also(also: Also, facts: &Facts<'_>) -> String {
    spoken(match also {
        Also::Axis(word) => axis(word, facts),
        Also::Whole => "the whole".to_owned(),
    })
}

/// A reason that stands by itself.
#[must_use]
pub fn reason(reason: &Reason, facts: &Facts<'_>) -> String {
    spoken(why(reason, &[], facts))
}

/// Why, where that is the same whether it is told in a few words or at length.
fn why(reason: &Reason, lacking: &[Missing], facts: &Facts<'_>) -> String {
    match reason {
        Reason::Facts(condition) => read(condition, None, facts),
        Reason::Joins(condition) => {
            let mut trace = Trace::new();
            condition.condition(facts, None, &mut trace);
            condition.explain(facts, &trace)
        }
        Reason::Asked(asks) => asks.to_string(),
        Reason::NoneMeant(table) => format!("no {} is listed that this rule is about", table.spec().name),
        Reason::MayBeMore(table) => {
            format!("there may be more {} than the file lists", table.plural().unwrap_or(table.spec().name))
        }
        Reason::HoldsForAll(table, count) => {
            format!("{}, and it holds for all of them", listed(*count, *table))
        }
        Reason::Cells(table, count, cells) => {
            let listed = listed(*count, *table);
            match cells {
                Cells::NothingListed => listed,
                Cells::Filled => format!("{listed}, and nothing is missing among them"),
                Cells::Empty => format!("{listed}, without {}", some_of(&shown(lacking, facts))),
                Cells::MayBeMore | Cells::MayBeEmpty => {
                    format!("{listed}, and the file does not say enough of them")
                }
            }
        }
        Reason::Linked(count) => format!("{count} results are linked"),
        Reason::NotLinked(faults) => list(&shown(faults, facts), "and"),
        Reason::Shares { shares, min, max } => {
            let line = |one: &GroupShare| match one.group {
                None => share(one, (*min, *max)),
                Some((key, row)) => format!(
                    "{}: {}",
                    missing(&Missing::Group(key, row), facts.definition()),
                    share(one, (*min, *max))
                ),
            };
            shares.iter().map(line).collect::<Vec<_>>().join("; ")
        }
        Reason::Evaluations { found, rows, level } => evaluations(*found, rows, *level, facts),
        Reason::Reviews(reviews) => all_reviews(reviews),
        Reason::NotInAgreedPlan => "the agreed evaluation plan does not name it".to_owned(),
        Reason::Meetings(title, meetings) => format!("{title}: {}", recorded(*meetings, lacking, facts)),
        Reason::Day(against) => window(against),
        Reason::NoneApplies { kind, packs, rules } => none_applies(kind, packs, *rules),
        Reason::Early { from, precision, start } => {
            early((*from, precision.as_deref(), *start), false, facts)
        }
        Reason::Nothing
        | Reason::Unknown { .. }
        | Reason::Lacks { .. }
        | Reason::ElementFacts { .. }
        | Reason::ElementsLack { .. } => String::new(),
    }
}

/// Why packs do not apply whose text is younger than what the definition is about.
pub(super) fn early(
    (from, precision, start): (Option<Date>, Option<&str>, DateRange),
    several: bool,
    facts: &Facts<'_>,
) -> String {
    let text = match (from, precision) {
        (None, _) => "a later day".to_owned(),
        (Some(from), Some("year")) => from.format("%Y").to_string(),
        (Some(from), Some("month")) => from.format("%B %Y").to_string(),
        (Some(from), _) => from.to_string(),
    };
    let (whose, when) =
        (if several { "their" } else { "its" }, if start.exact().is_some() { "on" } else { "in" });
    format!("{whose} text is of {text}, and {} began {when} {start}", subject(facts))
}

fn shown(missing: &[Missing], facts: &Facts<'_>) -> Vec<String> {
    missing.iter().map(|one| super::missing(one, facts.definition())).collect()
}

fn name(table: Table, row: u32, facts: &Facts<'_>) -> String {
    format!("`{}`", facts.definition().show(FieldPath::Row(table, row)))
}

/// What is known of the facts that a condition reads.
fn read(condition: &Expr, bound: Option<(Table, u32)>, facts: &Facts<'_>) -> String {
    let mut trace = Trace::new();
    condition.condition(facts, bound, &mut trace);
    condition.reasons(facts, &trace)
}

fn asked(lacking: &str, asks: &str) -> String {
    format!("{lacking}; {}", this_rule_asks(asks))
}

fn this_rule_asks(asks: &str) -> String {
    format!("this rule asks that {asks}")
}

fn cannot_tell(asks: &str, known: &str) -> String {
    format!("it cannot be told whether {asks}: {known}")
}

fn element_facts(table: Table, rows: &[u32], condition: &Expr, is_asked: bool, facts: &Facts<'_>) -> String {
    let known = |row: u32| read(condition, Some((table, row)), facts);
    let lines: Vec<String> = if is_asked {
        rows.iter().map(|row| known(*row)).collect::<BTreeSet<_>>().into_iter().collect()
    } else {
        rows.iter().map(|row| format!("{}: {}", name(table, *row, facts), known(*row))).collect()
    };
    some_of(&lines)
}

/// Where the definition stands on an axis, and the bands that are possible.
fn on_axis(on: &OnAxis, facts: &Facts<'_>) -> String {
    let ranges: Vec<String> = on.bands.iter().map(bounds).collect();
    let moved = match on.bands.as_slice() {
        [band] => {
            [band.lower, band.upper].into_iter().flatten().find_map(|(limit, _)| match (on.word, limit) {
                (Word::Duration, Limit::Months(months)) => clamped(facts, months),
                _ => None,
            })
        }
        _ => None,
    };
    let moved = moved.map(|moved| format!(" ({moved})")).unwrap_or_default();
    format!("{}: {}{moved}", axis(on.word, facts), ranges.join(", or "))
}

fn axis(word: Word, facts: &Facts<'_>) -> String {
    let is = match word {
        Word::Duration => "the length of the project is".to_owned(),
        Word::Key(key) => format!("`{}.{}` is", key.table.spec().name, key.spec().name),
        Word::Table(table) => format!("`{}` is", table.spec().name),
    };
    let known = match word {
        Word::Duration => length_of(facts).map(|length| format!("the project runs {length}")),
        _ => fact(facts.fact(word)).map(|value| format!("{is} {value}")),
    };
    known.unwrap_or_else(|| format!("{is} not known"))
}

fn share(one: &GroupShare, (min, max): (Option<Decimal>, Option<Decimal>)) -> String {
    let show = |amount: Option<Amount>| amount.map_or_else(|| "an amount that is not known".to_owned(), held);
    let percent =
        |share: Decimal| format!("{} per cent", (share * Decimal::ONE_HUNDRED).round_dp(1).normalize());
    let exact = |amount: Option<Amount>| amount.and_then(|amount| amount.range.exact());
    let share = match (exact(one.part), exact(one.whole)) {
        _ if one.part.map(|part| part.currency) != one.whole.map(|whole| whole.currency) => String::new(),
        (Some(part), Some(whole)) => {
            part.checked_div(whole).map(|share| format!(", {}", percent(share))).unwrap_or_default()
        }
        _ => String::new(),
    };
    let asked = match (min, max) {
        (Some(min), Some(max)) => format!("{} to {}", percent(min), percent(max)),
        (Some(min), None) => format!("at least {}", percent(min)),
        (None, Some(max)) => format!("at most {}", percent(max)),
        (None, None) => "any share".to_owned(),
    };
    match (one.part, one.whole) {
        (None, Some(whole)) => format!("the amount is not known; asked: {asked} of {}", held(whole)),
        (None, None) => format!("neither amount is known; asked: {asked}"),
        (part, whole) => format!("{} of {}{share}; asked: {asked}", show(part), show(whole)),
    }
}

fn evaluations(found: FoundAs, rows: &[u32], level: Option<u8>, facts: &Facts<'_>) -> String {
    let names =
        || list(&rows.iter().map(|row| name(Table::Evaluation, *row, facts)).collect::<Vec<_>>(), "and");
    let are = if rows.len() == 1 { "is" } else { "are" };
    let is_independent = level.is_some_and(is_first_independent);
    let independent = level.map(|least| match is_independent {
        true => "independent".to_owned(),
        false => format!("at least {}", INDEPENDENCE[usize::from(least)]),
    });
    let asked = match &independent {
        Some(level) if is_independent => format!("{level} evaluation"),
        Some(level) => format!("evaluation that is {level}"),
        None => String::new(),
    };
    match (found, &independent) {
        (FoundAs::Listed, _) => format!("{} {are} listed", names()),
        (FoundAs::MayBe, Some(level)) => {
            format!("of {} the file does not say whether it is {level}", names())
        }
        (FoundAs::MayBe, None) => format!("of {} the file does not say which evaluation it is", names()),
        (FoundAs::MayBeMore, Some(_)) => format!("the file does not say whether an {asked} is planned"),
        (FoundAs::MayBeMore, None) => "the file does not say whether one is planned".to_owned(),
        (FoundAs::TooLow, Some(level)) => format!("{} {are} not {level}", names()),
        (FoundAs::TooLow | FoundAs::None, None) => "none is planned".to_owned(),
        (FoundAs::None, Some(_)) => format!("no {asked} is planned"),
    }
}

fn missing_reviews(reviews: &Reviews, lacking: &[Missing], facts: &Facts<'_>) -> String {
    let lacking = shown(lacking, facts);
    match (reviews.unknown, lacking.as_slice()) {
        (Some(Unlisted::DaysInPart), _) => {
            "cannot tell whether all are planned: some days are known only in part".to_owned()
        }
        (Some(Unlisted::NotSaid), _) => "the file does not say whether all are planned".to_owned(),
        (None, []) => "all are listed".to_owned(),
        (None, [one]) => format!("{one} is not planned"),
        (None, several) => format!("{} are not planned", list(several, "and")),
    }
}

fn recorded(meetings: Meetings, lacking: &[Missing], facts: &Facts<'_>) -> String {
    match meetings {
        Meetings::NotRecorded => "dated, and not recorded in the file".to_owned(),
        Meetings::Uncounted => "cannot tell how many are due: some dates are not known".to_owned(),
        Meetings::InDoubt => {
            "cannot tell whether one is past, or recorded: some dates are not known to the day".to_owned()
        }
        Meetings::NonePast(day) => format!("none is past on {day}"),
        Meetings::AllRecorded(past) => format!("all {past} that are past are recorded"),
        Meetings::NoRecord => format!("no record of {}", list(&shown(lacking, facts), "and")),
    }
}

fn day(against: &DayAgainst, facts: &Facts<'_>) -> String {
    let id = name(Table::Evaluation, against.row, facts);
    let day = against.day;
    let is =
        if against.completed { format!("was completed on {day}") } else { format!("is planned for {day}") };
    let bound = |bound: Option<DateRange>| bound.map(|day| day.to_string()).unwrap_or_default();
    match against.place {
        Place::Early => format!("{id} {is}, before its window opens on {}", bound(against.window.earliest)),
        Place::Late => format!("{id} {is}, after its window closes on {}", bound(against.window.latest)),
        Place::Inside | Place::Open => {
            format!("{id} {is}; the days that are known do not tell whether that is within its window")
        }
    }
}

fn window(against: &DayAgainst) -> String {
    let bound = |bound: Option<DateRange>| {
        bound.map_or_else(|| "a day that is not known".to_owned(), |day| day.to_string())
    };
    let (from, to) = (bound(against.window.earliest), bound(against.window.latest));
    let window = format!("`{}` asks for it from {from} to {to}", against.rule);
    match against.far {
        Some(part) => format!("{window}; it lies {}", far(part)),
        None => window,
    }
}

fn none_applies(kind: &str, packs: &[Arc<str>], rules: usize) -> String {
    let packs: Vec<String> = packs.iter().map(|pack| format!("`{pack}`")).collect();
    if packs.is_empty() {
        return format!("no rule pack is for this definition, which is of the kind `{kind}`");
    }
    let of = some_of(&packs);
    if rules == 1 {
        format!("the only rule of {of} does not apply")
    } else {
        format!("none of the {rules} rules of {of} applies")
    }
}
