//! Laws of a feed over any sequence of runs: not read is not gone, numbers only rise, ids are there once.

use crate::feeds::{Entry, Written, entries, lint, write};
use crate::viewed::Rules;
use chrono::NaiveDate;
use evalplan::report::ics::{FeedOptions, FeedScope, Unread};
use evalplan::report::{Filter, View};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

thread_local!(static RULES: RefCell<Rules> = RefCell::new(Rules::load()));

/// What a definition says.
#[derive(Debug, Clone)]
struct Project {
    start: bool,
    end: &'static str,
    budget: &'static str,
    open: bool,
    mid_term: bool,
    independence: &'static str,
    date: &'static str,
    completed: bool,
}

/// How a run finds a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Whole,
    Absent,
    /// Its file has mistakes.
    Broken,
    /// What it names, such as its calendar, has mistakes.
    InDoubt,
    /// Another file has its code.
    Twice,
}

#[derive(Debug, Clone)]
struct Run {
    projects: Vec<(Project, Found)>,
    reversed: bool,
    scope: FeedScope,
    days: i64,
}

const CODES: [&str; 2] = ["RAF/1", "b.2"];

fn project() -> impl Strategy<Value = Project> {
    let date =
        prop::sample::select(vec!["", "date = 2029-03-28\n", "date = 2029-02-14\n", "date = \"2029-03\"\n"]);
    let independence =
        prop::sample::select(vec!["", "independence = \"self\"\n", "independence = \"external\"\n"]);
    let end = prop::sample::select(vec!["end = 2029-03-31\n", "end = 2029-03-31\n", "end = \"2029\"\n", ""]);
    let budget = prop::sample::select(vec![
        "[budget]\ntotal = \"USD 2400000\"\n",
        "[budget]\ntotal = \"USD 100000\"\n",
        "",
    ]);
    let odds = prop::bool::weighted;
    (odds(0.9), end, budget, odds(0.15), odds(0.3), independence, date, odds(0.3)).prop_map(
        |(start, end, budget, open, mid_term, independence, date, completed)| Project {
            start,
            end,
            budget,
            open,
            mid_term,
            independence,
            date,
            completed,
        },
    )
}

fn found() -> impl Strategy<Value = Found> {
    prop_oneof![5 => Just(Found::Whole), 1 => Just(Found::Absent), 1 => Just(Found::Broken), 1 => Just(Found::InDoubt), 1 => Just(Found::Twice)]
}

fn scope() -> impl Strategy<Value = FeedScope> {
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let filter = prop_oneof![
        6 => Just(Filter::default()),
        1 => Just(Filter { from: day("2029-02-01"), ..Filter::default() }),
        1 => Just(Filter { to: day("2029-02-01"), ..Filter::default() }),
        2 => Just(Filter { evaluation: Some("final".to_owned()), ..Filter::default() }),
    ];
    (filter, any::<bool>(), any::<bool>(), prop::bool::weighted(0.15)).prop_map(
        |(filter, todos, tentative, prune)| FeedScope {
            filter,
            options: FeedOptions { todos, tentative, alarm: None },
            prune,
            ..FeedScope::default()
        },
    )
}

/// Runs over the same projects, in which few things change from one to the next.
fn runs() -> impl Strategy<Value = Vec<Run>> {
    let one = (
        prop::collection::vec((project(), found(), prop::bool::weighted(0.4)), 2),
        any::<bool>(),
        scope(),
        0_i64..40,
    );
    prop::collection::vec(one, 2..7).prop_map(|drawn| {
        let mut runs: Vec<Run> = Vec::new();
        let mut scopes: Vec<FeedScope> = Vec::new();
        for (projects, reversed, scope, days) in drawn {
            let before = runs.last().map(|run: &Run| run.projects.clone());
            let projects =
                projects.into_iter().enumerate().map(|(place, (fresh, found, changes))| match &before {
                    Some(before) if !changes => (before[place].0.clone(), found),
                    _ => (fresh, found),
                });
            // A filter that was there before comes again as often as not.
            let scope = if reversed { scopes.first().cloned().unwrap_or(scope) } else { scope };
            scopes.push(scope.clone());
            runs.push(Run { projects: projects.collect(), reversed, scope, days });
        }
        runs
    })
}

fn text(project: &Project, code: &str) -> String {
    let Project { start, end, budget, open, mid_term, independence, date, completed } = project;
    let open = if *open { "open = [\"evaluations\"]\n" } else { "" };
    let start = if *start { "start = 2026-04-01\n" } else { "" };
    let completed = if *completed { "completed = 2026-12-10\n" } else { "" };
    let mid_term = if *mid_term {
        "[[evaluation]]\nid = \"half\"\ntiming = \"mid-term\"\nindependence = \"self\"\ndate = 2027-10-01\n"
    } else {
        ""
    };
    format!(
        "format = 1\n{open}[project]\ncode = \"{code}\"\ntitle = \"Ports\"\n{start}{end}{budget}{mid_term}\
         [[evaluation]]\nid = \"final\"\ntiming = \"final\"\n{independence}{date}{completed}"
    )
}

/// What a run reads: its view, and what of it was not whole.
fn read(run: &Run, day: NaiveDate) -> (View, FeedScope) {
    let mut files = Vec::new();
    let mut unread = Unread::default();
    for ((project, found), code) in run.projects.iter().zip(CODES) {
        match found {
            Found::Absent => {}
            Found::Broken => unread.something = true,
            Found::Whole => files.push((format!("{code}.toml"), text(project, code))),
            Found::InDoubt => {
                unread.codes.insert(code.to_owned());
                files.push((format!("{code}.toml"), text(project, code)));
            }
            Found::Twice => {
                files.push((format!("{code}.toml"), text(project, code)));
                files.push((
                    format!("other/{code}.toml"),
                    text(&Project { date: "", ..project.clone() }, code),
                ));
            }
        }
    }
    if run.reversed {
        files.reverse();
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let view = RULES.with_borrow(|rules| rules.view(&files, day));
    (view, FeedScope { unread, ..run.scope.clone() })
}

/// The definition and the evaluation of an id.
fn subject(uid: &str) -> (&str, &str) {
    let mut parts = uid.trim_end_matches("@evalplan").split('.');
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// Whether a run may call an entry off.
fn may_call_off(
    uid: &str,
    old: &Entry,
    (run, view, scope): (&Run, &View, &FeedScope),
    first: &Filter,
) -> Result<(), String> {
    let (code, id) = subject(uid);
    let place = CODES.iter().position(|known| known.replace('.', "%2E") == code).expect("a known code");
    let (project, found) = &run.projects[place];
    if *found == Found::Absent
        && scope.prune
        && run.projects.iter().all(|(_, found)| matches!(found, Found::Absent | Found::Whole))
    {
        return Ok(());
    }
    if *found != Found::Whole {
        return Err(format!("its definition is {found:?}"));
    }
    if scope.filter != Filter::default() && scope.filter != *first {
        return Err("the feed was made with another filter".to_owned());
    }
    if scope.filter.evaluation.is_some() && id != "final" {
        return Err("this evaluation was not looked for".to_owned());
    }
    if uid.contains(".todo@") && !scope.options.todos {
        return Err("to-dos were not looked for".to_owned());
    }
    // A month alone is planned and looked for; what is known less well only where it is asked for.
    let in_part = old.status == "TENTATIVE" && (id.is_empty() || old.summary.contains("dates known in part"));
    if in_part && !scope.options.tentative {
        return Err("what is known in part was not looked for".to_owned());
    }
    let plan =
        &view.definitions.iter().find(|one| one.code == CODES[place]).expect("it is in the view").schedule;
    match plan.evaluations.iter().find(|one| one.id == id) {
        Some(one) if one.state == evalplan::schedule::State::Done => return Err("it is done".to_owned()),
        Some(one) if one.tasks.is_empty() => return Err("it has no day".to_owned()),
        Some(_) if id == "final" && project.independence.is_empty() => {
            return Err("its independence is not known".to_owned());
        }
        _ if project.open && id != "final" && (id != "half" || !project.mid_term) => {
            return Err("there may be more evaluations than the file lists".to_owned());
        }
        _ => {}
    }
    let timing = if id == "half" {
        "mid-term"
    } else {
        id.trim_end_matches(|letter: char| letter == '-' || letter.is_ascii_digit())
    };
    match plan.undecided.iter().find(|one| one.would_require == timing) {
        Some(open) => Err(format!("{} may ask for it", open.rule)),
        None => Ok(()),
    }
}

/// Everything that a run owes, whatever it asks for.
fn owed(view: &View, scope: &FeedScope) -> Result<BTreeSet<String>, TestCaseError> {
    let options = FeedOptions { todos: true, tentative: true, alarm: None };
    let all = write(view, &FeedScope { options, unread: scope.unread.clone(), ..FeedScope::default() }, None);
    Ok(entries(&all.text).map_err(TestCaseError::fail)?.into_keys().collect())
}

fn holds_over(runs: &[Run]) -> Result<(), TestCaseError> {
    let mut day: NaiveDate = "2026-11-22".parse().expect("a day");
    let mut old: Option<String> = None;
    for run in runs {
        day += chrono::TimeDelta::days(run.days);
        let (view, scope) = read(run, day);
        let Written { text, told } = write(&view, &scope, old.as_deref().map(str::as_bytes));
        lint(&text).map_err(TestCaseError::fail)?;
        let after = entries(&text).map_err(TestCaseError::fail)?;
        let before = old.as_deref().map_or(Ok(BTreeMap::new()), entries).map_err(TestCaseError::fail)?;
        let owed = owed(&view, &scope)?;
        for (uid, was) in &before {
            let is = after.get(uid).ok_or_else(|| TestCaseError::fail(format!("{uid} is forgotten")))?;
            prop_assert!(is.sequence >= was.sequence, "the number of {uid} falls");
            prop_assert!(
                is.whole == was.whole || is.sequence > was.sequence,
                "{uid} changes without a higher number"
            );
            let (code, _) = subject(uid);
            let place =
                CODES.iter().position(|known| known.replace('.', "%2E") == code).expect("a known code");
            if matches!(run.projects[place].1, Found::Broken | Found::InDoubt | Found::Twice) {
                prop_assert_eq!(&is.whole, &was.whole, "{} was not read", uid);
            }
            if was.status != "CANCELLED" && is.status == "CANCELLED" {
                let allowed = may_call_off(uid, was, (run, &view, &scope), &runs[0].scope.filter);
                prop_assert!(allowed.is_ok(), "{uid} is called off, though {allowed:?}");
                prop_assert!(!owed.contains(uid), "{uid} is owed");
            }
        }
        // What is looked for without a filter, and is not owed any more, does not stay.
        if scope.filter == Filter::default() && scope.options.todos && scope.options.tentative {
            for (uid, is) in after.iter().filter(|(uid, is)| is.status != "CANCELLED" && !owed.contains(*uid))
            {
                let allowed = may_call_off(uid, is, (run, &view, &scope), &Filter::default());
                let known = told.undecided.values().sum::<usize>() + told.unread.values().sum::<usize>();
                prop_assert!(allowed.is_err() || known > 0, "{uid} stays for no reason");
            }
        }
        let again = write(&view, &scope, Some(text.as_bytes()));
        prop_assert_eq!(&again.text, &text, "a run that changes nothing leaves the bytes the same");
        prop_assert!(!again.told.changes.any());
        if let Some(old) = &old {
            prop_assert_eq!(told.changes.any(), *old != text, "what is told is what is written: {:?}", told);
        }
        old = Some(text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn over_any_runs_what_was_not_read_or_not_looked_for_is_not_called_off(runs in runs()) {
        holds_over(&runs)?;
    }
}
