//! Where two packs decide otherwise: the cells of both, and a definition for each difference.
//! Must not say which pack is right.

use super::questions::Questions;
use super::space::{Lists, Space};
use crate::checks::{Check, Due, Requirement, Subject, Verdict, Window, times, window};
use crate::expr::Tri;
use crate::facts::Facts;
use crate::model::written_definition;
use crate::model::{Date, DateRange, TIMINGS};
use crate::policy::pack::Pack;
use crate::policy::rule::Rule;
use crate::words;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Cells in which two packs give a rule different answers.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The rule, by its id within both packs.
    pub rule: Arc<str>,
    /// The first of the cells, in words.
    pub cell: String,
    /// What the first pack says there.
    pub one: String,
    /// What the second pack says there.
    pub two: String,
    /// How many cells there are of this difference.
    pub cells: usize,
    /// A definition in the first of the cells, as TOML.
    pub example: String,
}

/// The difference of two packs.
#[derive(Debug, Clone, Default)]
pub struct Differences {
    /// The differences, by rule.
    pub found: Vec<Difference>,
    /// The cells that were run.
    pub cells: usize,
    /// The rules that have more cells than were allowed.
    pub incomplete: Vec<Arc<str>>,
}

/// Runs the rules of both packs in the cells of both.
#[must_use]
pub fn diff(packs: (&Pack, &Pack), most_cells: usize) -> Differences {
    let ids: BTreeSet<&Arc<str>> =
        packs.0.rules.iter().chain(&packs.1.rules).map(|rule| &rule.local).collect();
    let mut differences = Differences::default();
    for id in ids {
        let of = |pack: &'_ Pack| pack.rules.iter().position(|rule| rule.local == *id);
        let rules =
            (of(packs.0).map(|place| &packs.0.rules[place]), of(packs.1).map(|place| &packs.1.rules[place]));
        diff_rule(id, packs.0, rules, (most_cells, &mut differences));
    }
    differences
}

fn diff_rule(
    id: &Arc<str>,
    pack: &Pack,
    rules: (Option<&Rule>, Option<&Rule>),
    (most, all): (usize, &mut Differences),
) {
    let Some(space) = space(pack, rules, most) else { return all.incomplete.push(Arc::clone(id)) };
    let mut found: BTreeMap<(String, String), Difference> = BTreeMap::new();
    let mut order = Vec::new();
    for cell in space.cells() {
        all.cells += 1;
        let facts = Facts::new(&cell.definition, Date::default());
        let answer = |rule: Option<&Rule>| {
            rule.map_or_else(|| Answer::new("does not apply"), |rule| answer(rule, &facts))
        };
        let (one, two) = (answer(rules.0), answer(rules.1));
        if one == two {
            continue;
        }
        let key = (one.said.clone(), two.said.clone());
        let said = if one.said == two.said { (one.whole(), two.whole()) } else { key.clone() };
        found.entry(key.clone()).and_modify(|known| known.cells += 1).or_insert_with(|| {
            order.push(key);
            Difference {
                rule: Arc::clone(id),
                cell: cell.words(),
                one: said.0,
                two: said.1,
                cells: 1,
                example: written_definition(&cell.definition),
            }
        });
    }
    all.found.extend(order.into_iter().filter_map(|key| found.remove(&key)));
}

/// The cells of both rules; `None` where there are too many.
fn space(pack: &Pack, rules: (Option<&Rule>, Option<&Rule>), most: usize) -> Option<Space> {
    let mut questions = Questions::default();
    [rules.0, rules.1].into_iter().flatten().for_each(|rule| questions.whole(rule));
    let space = Space::of(&questions, pack, (None, None), Lists::OfEachKind);
    space.size().filter(|size| *size <= most).is_some().then_some(space)
}

/// How two rules stand to each other in the cells of both.
#[derive(Debug, Clone)]
pub enum Apart {
    /// They say the same in every cell, with the same windows.
    Equal,
    /// They do not, in this cell and perhaps in others.
    Differ(Box<Difference>),
    /// There are too many cells to say.
    TooMany,
}

/// Looks for the first cell in which two rules of a pack differ.
#[must_use]
pub fn tell_apart(pack: &Pack, one: &Rule, two: &Rule, most_cells: usize) -> Apart {
    let Some(space) = space(pack, (Some(one), Some(two)), most_cells) else { return Apart::TooMany };
    for cell in space.cells() {
        let facts = Facts::new(&cell.definition, Date::default());
        let (first, second) = (answer(one, &facts), answer(two, &facts));
        if first != second {
            return Apart::Differ(Box::new(Difference {
                rule: Arc::clone(&one.local),
                cell: cell.words(),
                one: first.whole(),
                two: second.whole(),
                cells: 1,
                example: written_definition(&cell.definition),
            }));
        }
    }
    Apart::Equal
}

/// What a rule says in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    said: String,
    /// The windows of what is owed, or what is missing.
    detail: String,
}

impl Answer {
    fn new(said: impl Into<String>) -> Self {
        Self { said: said.into(), detail: String::new() }
    }

    fn whole(self) -> String {
        if self.detail.is_empty() { self.said } else { format!("{}: {}", self.said, self.detail) }
    }
}

fn answer(rule: &Rule, facts: &Facts<'_>) -> Answer {
    if super::firing::applies(rule, facts) == Tri::False {
        return Answer::new("does not apply");
    }
    let Check::Duty(duty) = &rule.check else {
        let judgement = rule.judge(facts);
        let said = match judgement.verdict() {
            Verdict::Met => "met",
            Verdict::Gap => "gap",
            Verdict::NotApplicable => "does not apply",
            Verdict::Undecided => "undecided",
        };
        let lacking: Vec<String> =
            judgement.missing.iter().map(|one| words::missing(one, facts.definition())).collect();
        let missing = if lacking.is_empty() { "nothing".to_owned() } else { words::list(&lacking, "and") };
        return Answer { said: said.to_owned(), detail: format!("missing {missing}") };
    };
    let owed = duty.owed(facts);
    let said: Vec<String> = owed.iter().map(|one| asks(one.requirement)).collect();
    let windows = owed.iter().flat_map(|one| match &one.requirement.due {
        Some(due @ Due::Every { .. }) => times(one, due, facts).sure.iter().map(|time| time.window).collect(),
        Some(_) => vec![window(one, facts)],
        None => Vec::new(),
    });
    let windows: Vec<String> = windows.map(in_words).collect();
    let detail = if windows.is_empty() { "at no time of its own".to_owned() } else { windows.join(" and ") };
    Answer { said: said.join(" or "), detail }
}

fn in_words(window: Window) -> String {
    let day = |day: Option<DateRange>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    format!("from {} to {}, aiming at {}", day(window.earliest), day(window.latest), day(window.target))
}

/// What is owed, in words.
fn asks(requirement: &Requirement) -> String {
    let many = if requirement.count > 1 { format!("{} times ", requirement.count) } else { String::new() };
    match &requirement.subject {
        Subject::Event(title) => format!("asks {many}for {title}"),
        Subject::Evaluation(wanted) => {
            let timings: Vec<&str> =
                wanted.timings.iter().map(|timing| TIMINGS[usize::from(*timing)]).collect();
            let level =
                wanted.level().map(|level| format!(", {level} or more independent")).unwrap_or_default();
            let agreed = if wanted.if_agreed { ", where one is listed" } else { "" };
            let assigned =
                if timings.len() > 1 { format!(", else {}", wanted.timing()) } else { String::new() };
            format!("asks {many}for {}{assigned}{level}{agreed}", words::list(&timings, "or"))
        }
    }
}
