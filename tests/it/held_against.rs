//! Facts that a rule holds against each other, sums, and lists that go on: what is unknown of them is not decided by an example.

use evalplan::assess::{Choice, Outcome, assess};
use evalplan::import;
use evalplan::model::Date;
use evalplan::policy::{Catalog, RuleFile};
use evalplan::source::Sources;

/// What one rule says of a definition: the outcome and the facts to supply.
fn said(rule: &str, definition: &str) -> (Outcome, Vec<String>) {
    let pack = "format = 1\nid = \"own\"\ntitle = \"Own\"\nselection = \"joins\"\n[[document]]\nid = \"d\"\ntitle = \"D\"\nissuer = \"I\"\ndate = \"2013\"\n";
    let rule = format!(
        "id = \"r\"\ntitle = \"R\"\nstatus = \"confirmed\"\ncite = {{ source = \"d\", at = \"p. 1\" }}\nremedy = \"x\"\n{rule}\n"
    );
    let mut sources = Sources::default();
    let files = [("own/pack.toml", pack), ("own/r.toml", &rule)];
    let files: Vec<RuleFile> = files
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: false })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let read = import::toml::read(
        &mut sources,
        "test.toml",
        format!("format = 1\n{definition}\n").as_bytes(),
        &loaded.value.lexicon,
    );
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let definition = read.value.expect("it was read");
    let day = Date::from_ymd_opt(2015, 2, 1).expect("it is a day");
    let assessment = assess(&loaded.value, &definition, day, &Choice::default()).expect("the pack is there");
    let finding =
        assessment.findings.iter().find(|finding| &*finding.rule.id == "own/r").expect("the rule was asked");
    (finding.outcome, finding.needs.iter().map(|path| definition.show(*path)).collect())
}

const WITHIN: &str = "[check]\ncondition = 'project.budget.evaluation <= project.budget'";

#[test]
fn an_amount_that_is_unknown_is_not_taken_for_any_amount() {
    let needs = |definition: &str| said(WITHIN, definition);
    let budget =
        |evaluation: &str| format!("[budget]\ntotal = \"USD 480000\"\nevaluation = \"{evaluation}\"");
    assert_eq!(needs(&budget("USD 480000")).0, Outcome::Met);
    assert_eq!(needs(&budget("USD 480001")).0, Outcome::Gap);
    assert_eq!(needs(&budget("EUR 400000")), (Outcome::Undecided, vec!["rate.EUR".to_owned()]));
    assert_eq!(
        needs(&budget("USD 470000..490000")),
        (Outcome::Undecided, vec!["budget.evaluation".to_owned()])
    );
    assert_eq!(
        needs("[budget]\ntotal = \"USD 480000\""),
        (Outcome::Undecided, vec!["budget.evaluation".to_owned()])
    );
    assert_eq!(needs("[project]\ntitle = \"T\"").0, Outcome::Undecided);
}

#[test]
fn two_days_or_texts_that_are_unknown_may_be_alike_or_not() {
    let days = "[check]\ncondition = 'project.un-framework.start <= project.un-framework.end'";
    assert_eq!(said(days, "[project]\ntitle = \"T\"").0, Outcome::Undecided);
    assert_eq!(said(days, "[un-framework]\ntitle = \"T\"\nstart = 2014-01-01").0, Outcome::Undecided);
    let texts =
        "[each]\ntable = \"indicator\"\nas = \"i\"\ncondition = 'project.outcomes.exists(o, o.id == i.of)'";
    assert_eq!(said(texts, "[[indicator]]\nid = \"a\"\n[[outcome]]\nid = \"o\"").0, Outcome::Undecided);
    assert_eq!(said(texts, "[[indicator]]\nid = \"a\"\nof = \"p\"\n[[outcome]]\nid = \"o\"").0, Outcome::Gap);
}

#[test]
fn a_date_that_is_moved_is_decided_by_no_example() {
    let within = "[check]\ncondition = 'project.end + months(3) >= project.un-framework.end && project.start >= date(\"2010-01-01\")'";
    let with = |project: &str, framework: &str| {
        said(
            within,
            &format!(
                "[project]\ntitle = \"T\"\nstart = 2013-01-01\n{project}\n[un-framework]\ntitle = \"F\"\n{framework}"
            ),
        )
    };
    let undecided = |needs: &[&str]| {
        (Outcome::Undecided, needs.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(with("end = 2014-09-30", "end = 2014-12-30").0, Outcome::Met);
    assert_eq!(
        with("end = 2014-09-30", "end = 2014-12-31").0,
        Outcome::Gap,
        "three months from the last day of September is 30 December"
    );
    assert_eq!(with("", "end = 2014-12-31"), undecided(&["project.end"]));
    assert_eq!(with("end = \"2014\"", "end = 2014-12-31"), undecided(&["project.end"]));
    assert_eq!(with("end = \"2014\"", "end = 2014-04-01").0, Outcome::Met);
    assert_eq!(with("end = \"2014\"", "end = 2015-04-01").0, Outcome::Gap);
    assert_eq!(with("end = 2014-09-30", ""), undecided(&["un-framework.end"]));
}

#[test]
fn a_sum_is_unknown_while_a_part_of_it_is() {
    let share = "[share]\npart = \"project.budget.evaluation\"\nof = \"evaluation.budget\"\nof-only = 'e.independence == external && has(e.budget)'\nas = \"e\"\nmin = \"1\"";
    let with = |budget: &str, evaluation: &str| {
        format!(
            "[budget]\nevaluation = \"{budget}\"\n[[evaluation]]\nid = \"a\"\nindependence = \"external\"\nbudget = \"{evaluation}\""
        )
    };
    assert_eq!(said(share, &with("USD 9", "USD 9")).0, Outcome::Met);
    assert_eq!(said(share, &with("EUR 9", "USD 9")), (Outcome::Undecided, vec!["rate.EUR".to_owned()]));
    assert_eq!(said(share, &with("USD 9", "EUR 9")), (Outcome::Undecided, vec!["rate.EUR".to_owned()]));
}

#[test]
fn an_open_list_may_have_as_many_elements_more_as_a_rule_asks_for() {
    let groups = ["government", "employers", "workers"]
        .map(|group| format!("project.parties.exists(p, p.group == {group})"));
    let all = format!("[check]\ncondition = '{}'", groups.join(" && "));
    assert_eq!(said(&all, "open = [\"parties\"]"), (Outcome::Undecided, vec!["party".to_owned()]));
    assert_eq!(said(&all, "[project]\ntitle = \"T\"").0, Outcome::Gap);
    let given = "[check]\ncondition = 'project.parties.exists(p, has(p.stages))'";
    assert_eq!(said(given, "open = [\"parties\"]"), (Outcome::Undecided, vec!["party".to_owned()]));
    let many = format!(
        "[check]\ncondition = '{}'",
        ["project.parties.exists(p, p.group == workers)"; 12].join(" && ")
    );
    assert_eq!(
        said(&many, "open = [\"parties\"]"),
        (Outcome::Undecided, vec!["party".to_owned()]),
        "also where there are too many to try"
    );
}

/// Days that are enough to see every answer of a window counted in months from one of them: every day near some others, and every
/// twelfth day between.
fn days(from: Date, to: Date, near: &[Date]) -> Vec<Date> {
    let is_near = |day: Date| near.iter().any(|other| (day - *other).num_days().abs() < 5);
    from.iter_days()
        .take_while(|day| *day <= to)
        .filter(|day| is_near(*day) || (*day - from).num_days() % 12 == 0 || *day == to)
        .collect()
}

#[test]
fn an_event_whose_day_is_not_known_is_what_it_is_for_every_day_that_is_possible() {
    let date = |year, month, day| Date::from_ymd_opt(year, month, day).expect("a day");
    let today = date(2015, 2, 1);
    let event = |from: &str| {
        format!(
            "[requires]\nevent = \"Joint review\"\nrecorded-as = \"joint-review\"\ndue = {{ from = \"{from}\", earliest = \"-12 months\", latest = \"-1 months\" }}"
        )
    };
    let held = |day: Option<Date>| {
        day.map(|day| format!("[[meeting]]\nkind = \"joint-review\"\ndate = {day}\n")).unwrap_or_default()
    };
    let of_end = |end: &str, meeting: Option<Date>| {
        said(
            &event("project.end"),
            &format!("[project]\ntitle = \"T\"\nstart = 2013-01-01\n{end}\n{}", held(meeting)),
        )
    };
    let of_start = |start: &str, meeting: Option<Date>| {
        let table = if start.is_empty() {
            String::new()
        } else {
            format!("[un-framework]\ntitle = \"F\"\n{start}\n")
        };
        said(
            &event("project.un-framework.start"),
            &format!("[project]\ntitle = \"T\"\n{table}{}", held(meeting)),
        )
    };
    let meetings = [
        None,
        Some(date(2014, 3, 31)),
        Some(date(2013, 12, 31)),
        Some(date(2015, 1, 31)),
        Some(date(2011, 5, 5)),
    ];
    let texts = |key: &str| {
        [("2014", 2014, 2014), ("2015", 2015, 2015), ("2016", 2016, 2016)]
            .map(|(text, from, to)| (format!("{key} = \"{text}\""), date(from, 1, 1), date(to, 12, 31)))
            .into_iter()
            .chain([("2015-02", 28), ("2015-03", 31)].map(|(text, last)| {
                let month = if text.ends_with('3') { 3 } else { 2 };
                (format!("{key} = \"{text}\""), date(2015, month, 1), date(2015, month, last))
            }))
            .chain([(String::new(), date(2013, 1, 1), date(2018, 12, 31))])
            .collect::<Vec<_>>()
    };
    let mut decided = 0;
    for meeting in meetings {
        for (key, with) in [("end", &of_end as &dyn Fn(&str, Option<Date>) -> _), ("start", &of_start)] {
            for (text, from, to) in texts(key) {
                let near: Vec<Date> = [Some(today), meeting]
                    .into_iter()
                    .flatten()
                    .flat_map(|day| [day, day + chrono::Months::new(1), day + chrono::Months::new(12)])
                    .collect();
                let all: std::collections::BTreeSet<Outcome> = days(from, to, &near)
                    .into_iter()
                    .map(|day| with(&format!("{key} = {day}"), meeting).0)
                    .collect();
                let (outcome, needs) = with(&text, meeting);
                match all.iter().collect::<Vec<_>>().as_slice() {
                    [one] if !text.is_empty() => {
                        decided += 1;
                        assert_eq!(
                            (outcome, needs),
                            (**one, Vec::new()),
                            "{text} with a meeting on {meeting:?}"
                        );
                    }
                    // Without any date more is possible than the days that are tried here.
                    [_] => {}
                    several => {
                        assert_eq!(
                            outcome,
                            Outcome::Undecided,
                            "{text} with a meeting on {meeting:?} may be {several:?}"
                        );
                        assert_eq!(needs.len(), 1, "{needs:?}");
                    }
                }
            }
        }
    }
    assert!(decided > 20, "{decided}");
}
