//! Bounds on work: whatever a definition says and leaves out, every answer comes, and soon.

use crate::repair::{SHIPPED, read};
use evalplan::assess::{Choice, Repair, assess, prepare, repairs};
use evalplan::checks::Verdict;
use evalplan::expr::Trace;
use evalplan::facts::Facts;
use evalplan::model::Date;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// What something gives, where it ends at all.
fn ends<T: Send + 'static>(doing: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || send.send(doing()));
    receive.recv_timeout(Duration::from_secs(60)).expect("it ends within a minute")
}

fn repaired(text: String) -> Vec<Repair> {
    let definition = read(&text).expect("it can be read");
    let day = Date::from_ymd_opt(2015, 2, 1).expect("it is a day");
    let assessment = assess(&SHIPPED.0, &definition, day, &Choice::default()).expect("the packs are there");
    repairs(&SHIPPED.0, &assessment, &Choice::default(), &text)
}

#[test]
fn an_evaluation_of_which_only_the_name_is_known_does_not_hang_a_duty_that_asks_for_no_independence() {
    for months in [6, 20, 36, 59] {
        let end = evalplan::model::add_months(Date::from_ymd_opt(2014, 1, 1).expect("it is a day"), months)
            .expect("it is a day");
        let text = format!(
            "format = 1\n[project]\nstart = 2014-01-01\nend = {}\n[[evaluation]]\nid = \"a\"\n",
            end.pred_opt().expect("it is")
        );
        assert!(!ends(move || repaired(text)).is_empty());
    }
}

/// Elements of every list that may be long, each with some of the facts that it could give. `%` stands for its number.
const LISTS: &[(&str, &[&str])] = &[
    (
        "indicator",
        &[
            "id = \"i%\"",
            "title = \"I\"",
            "of = \"o%\"",
            "baseline = \"0\"",
            "target = \"9\"",
            "by = 2015-06-30",
            "by-sex = false",
        ],
    ),
    ("risk", &["title = \"r%\"", "kind = \"assumption\"", "owner = \"y\""]),
    ("outcome", &["id = \"o%\"", "title = \"O\""]),
    ("output", &["id = \"p%\"", "title = \"P\"", "outcome = \"o%\""]),
    (
        "evaluation",
        &[
            "id = \"e%\"",
            "timing = \"annual-review\"",
            "independence = \"self\"",
            "date = 2015-06-30",
            "participants = [\"workers\"]",
        ],
    ),
    ("party", &["name = \"p%\"", "group = \"workers\"", "stages = [\"design\"]"]),
    ("donor", &["name = \"d%\"", "kind = \"private\"", "channel = \"trust-fund\"", "amount = \"USD 5\""]),
    (
        "waiver",
        &[
            "rule = \"ilo-2005/final-evaluation\"\nreason = \"x\"\ngranted-by = \"y\"\nauthority = \"z\"\ngranted = 2014-01-01\nexpires = 2014-02-01",
        ],
    ),
    ("recommendation", &["id = \"r%\"", "response = \"accepted\"", "due = 2015-06-30"]),
    ("partner", &["name = \"a%\"", "kind = \"private-business\""]),
    ("meeting", &["kind = \"donor-review\"", "date = 2014-06-30"]),
    ("priority", &["id = \"a%\"", "title = \"A\""]),
];

/// A definition with so many elements in each list; what is left out changes with the seed, the first fact of an element never is.
fn long(count: usize, seed: usize) -> String {
    let mut text = "format = 1\n[project]\ntitle = \"Long\"\nstart = 2014-01-01\nend = 2015-12-31\ncountries = [\"MW\"]\nstatus = \"active\"\n[budget]\ntotal = \"USD 480000\"\n".to_owned();
    let mut state = seed.wrapping_mul(0x9e37_79b9).wrapping_add(1);
    for (list, facts) in LISTS {
        for number in 0..count {
            text.push_str(&format!("[[{list}]]\n"));
            for (place, fact) in facts.iter().enumerate() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if place == 0 || state >> 60 & 1 == 0 {
                    text.push_str(&fact.replace('%', &number.to_string()));
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// The least time of a few in which a definition is assessed and repaired.
fn time(count: usize, seed: usize) -> Duration {
    let text = long(count, seed);
    let once = || {
        let before = Instant::now();
        repaired(text.clone());
        before.elapsed()
    };
    (0..2).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn the_time_of_a_definition_with_long_lists_grows_about_as_its_lists_do() {
    for seed in 0..2 {
        let (short, long) = (time(40, seed), time(320, seed));
        // Eight times the elements: n log n makes about twelve times the work, n² sixty-four.
        assert!(long < short * 30, "{short:?} for 40 elements a list, {long:?} for 320, seed {seed}");
    }
}

#[test]
fn a_definition_with_many_unknown_elements_is_decided_or_says_what_to_supply() {
    for seed in 0..6 {
        let text = long(40, seed);
        let definition = read(&text).expect("it can be read");
        let day = Date::from_ymd_opt(2015, 2, 1).expect("it is a day");
        let assessment =
            assess(&SHIPPED.0, &definition, day, &Choice::default()).expect("the packs are there");
        let undecided = assessment.findings.iter().filter(|finding| finding.verdict == Verdict::Undecided);
        undecided.for_each(|finding| {
            assert!(!finding.needs.is_empty(), "{} with the seed {seed}", finding.rule.id)
        });
    }
}

#[test]
fn a_rule_answers_the_same_with_its_reasons_and_without() {
    let (catalog, sources) = &*SHIPPED;
    let (cases, _) = prepare(&catalog.packs, sources, &catalog.lexicon);
    let mut trace = Trace::new();
    let mut asked = 0;
    for case in &cases {
        let facts = Facts::new(&case.definition, case.case.as_of.unwrap_or_default());
        for rule in catalog.packs.iter().flat_map(|pack| &pack.rules) {
            let judgement = rule.judge(&facts);
            assert_eq!(
                rule.stand(&facts, &mut trace),
                (judgement.applies, judgement.met),
                "{} in {}",
                rule.id,
                case.case.name
            );
            asked += 1;
        }
    }
    assert!(asked > 10_000, "{asked} answers");
}
