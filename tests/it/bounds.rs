//! Bounds on work: whatever a definition says and leaves out, every answer comes, and soon.

use crate::repair::{SHIPPED, read};
use evalplan::assess::{Choice, Repair, assess, prepare, repairs};
use evalplan::expr::Trace;
use evalplan::facts::Facts;
use evalplan::model::Date;
use std::sync::mpsc;
use std::time::Duration;

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
        let end = evalplan::model::add_months(Date::from_ymd_opt(2014, 1, 1).expect("it is a day"), months).expect("it is a day");
        let text =
            format!("format = 1\n[project]\nstart = 2014-01-01\nend = {}\n[[evaluation]]\nid = \"a\"\n", end.pred_opt().expect("it is"));
        assert!(!ends(move || repaired(text)).is_empty());
    }
}

#[test]
fn a_rule_answers_the_same_with_its_reasons_and_without() {
    let (catalog, sources) = &*SHIPPED;
    let (cases, _) = prepare(&catalog.packs, sources);
    let mut trace = Trace::new();
    let mut asked = 0;
    for case in &cases {
        let facts = Facts::new(&case.definition, case.case.as_of.unwrap_or_default());
        for rule in catalog.packs.iter().flat_map(|pack| &pack.rules) {
            let judgement = rule.judge(&facts);
            assert_eq!(rule.stand(&facts, &mut trace), (judgement.applies, judgement.met), "{} in {}", rule.id, case.case.name);
            asked += 1;
        }
    }
    assert!(asked > 10_000, "{asked} answers");
}
