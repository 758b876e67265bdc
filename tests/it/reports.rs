//! The report for people: each heading of the appraisal has its score in every format, and room for a person's.

use std::process::Command;

const HEADINGS: [&str; 8] = [
    "Logic and assumptions",
    "Indicators",
    "Baselines",
    "Targets",
    "Milestones",
    "Means of verification: monitoring and evaluation",
    "Human and financial resources",
    "Participation of partners",
];

fn report(arguments: &[&str]) -> String {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(env!("CARGO_MANIFEST_DIR")).arg("report").args(arguments);
    if !arguments.contains(&"--as-of") {
        tool.args(["--as-of", "2015-02-01"]);
    }
    let output = tool.output().expect("the tool was built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a report is text")
}

/// The headings of the first definition with the scores that are suggested for them, from Markdown.
fn scores(arguments: &[&str]) -> Vec<(String, String)> {
    let text = report(arguments);
    let table = text
        .split("### Suggested appraisal")
        .nth(1)
        .and_then(|rest| rest.split("### Gaps").next())
        .expect("there is an appraisal");
    let rows = table
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    rows.map(|cells| (cells[1].to_owned(), cells[2].to_owned())).collect()
}

fn score(arguments: &[&str], heading: &str) -> String {
    let all = scores(arguments);
    all.into_iter()
        .find(|(title, _)| title == heading)
        .map(|(_, score)| score)
        .unwrap_or_else(|| panic!("no heading {heading}"))
}

#[test]
fn all_headings_of_the_appraisal_stand_in_the_report_of_each_definition() {
    for path in
        ["projects/example-gaps.toml", "projects/example-complete.toml", "projects/flanders-trust-fund.toml"]
    {
        let titles: Vec<String> = scores(&[path]).into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles, HEADINGS, "{path}");
    }
    let all = report(&["projects"]);
    assert_eq!(
        all.matches("### Suggested appraisal").count(),
        all.matches("\n## ").count() - 1,
        "all chapters but the summary have one"
    );
}

#[test]
fn the_page_has_the_scores_of_the_text_and_an_empty_cell_for_each_answer_of_a_person() {
    let path = "projects/example-gaps.toml";
    let page = report(&[path, "--format", "html"]);
    let shown: Vec<&str> =
        page.split("<td class=\"score\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    let told: Vec<String> = scores(&[path]).into_iter().map(|(_, score)| score).collect();
    assert_eq!(shown, told);
    assert_eq!(
        page.matches("<td class=\"write\"></td><td class=\"write comments\"></td>").count(),
        HEADINGS.len()
    );
    assert!(page.contains("<th scope=\"col\">Final score</th><th scope=\"col\">Comments</th>"));
    assert!(page.contains("suggestion of evalplan, not of the ILO"), "whose scores they are is said");
}

#[test]
fn rules_that_are_met_lift_the_heading_that_they_would_have_stood_under() {
    let path = "projects/example-complete.toml";
    for heading in HEADINGS.into_iter().filter(|heading| *heading != "Milestones") {
        assert_eq!(score(&[path], heading), "3", "{heading}");
    }
    assert_eq!(score(&[path], "Milestones"), "X", "no rule is about them");
}

#[test]
fn a_score_follows_what_counts_in_the_run() {
    let path = "projects/example-gaps.toml";
    let money = |more: &[&str]| score(&[&[path], more].concat(), "Human and financial resources");
    assert_eq!(money(&[]), "1");
    assert_eq!(money(&["--warn", "evaluation-budget"]), "2");
    assert_eq!(money(&["--allow", "evaluation-budget"]), "3", "what else stands there is met");
}

/// The report of a definition that stands in a text, on a day, in Markdown.
fn report_of(text: &str, as_of: &str) -> String {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("one.toml");
    std::fs::write(&file, text).expect("there is room for a file");
    report(&[file.to_str().expect("it is text"), "--as-of", as_of])
}

#[test]
fn the_facts_are_those_in_effect_with_what_was_first_agreed() {
    let text = "format = 1\n[project]\ntitle = \"T\"\nstart = 2014-01-01\nend = 2015-12-31\nduration = \"24 months\"\n[budget]\ntotal = \"USD 300000\"\n[[revision]]\ndate = 2014-10-01\nend = 2016-12-31\ntotal = \"USD 400000\"\n";
    let before = report_of(text, "2014-09-30");
    assert!(
        before.contains("| End | 2015-12-31 |") && before.contains("| Budget | USD 300,000 |"),
        "{before}"
    );
    let after = report_of(text, "2014-10-01");
    assert!(
        after.contains("| End | 2016-12-31 (revised on 2014-10-01; first agreed: 2015-12-31) |"),
        "{after}"
    );
    assert!(
        after.contains("| Budget | USD 400,000 (revised on 2014-10-01; first agreed: USD 300,000) |"),
        "{after}"
    );
    assert!(after.contains("| Duration | 24 months (as first agreed) |"), "{after}");
}

#[test]
fn a_waived_evaluation_says_so_where_the_plan_calls_it_late() {
    let waiver = "[[waiver]]\nrule = \"ilo-2005/mid-term-evaluation\"\nreason = \"the | war\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = 2014-01-01\nexpires = 2020-12-31\n";
    let text = std::fs::read_to_string("projects/example-gaps.toml").expect("it is there") + waiver;
    let page = report_of(&text, "2015-08-01");
    assert!(page.contains("| overdue, waived until 2020-12-31 by g: the \\| war |"), "{page}");
    let plain = report_of(&text.replace(waiver, ""), "2015-08-01");
    assert!(plain.contains("| overdue |") && !plain.contains("waived until"), "{plain}");
}

#[test]
fn every_row_of_the_summary_has_a_cell_under_each_head() {
    let paths = ["projects/example-gaps.toml", "projects/care-economy.toml"];
    for (options, width) in [(&[][..], 10), (&["--allow", "mid-term-evaluation"], 11)] {
        let page = report(&[&paths[..], &["--format", "html"], options].concat());
        let table = page
            .split("<table class=\"summary\">")
            .nth(1)
            .and_then(|rest| rest.split("</table>").next())
            .expect("there is a summary");
        let cells = |row: &str| row.matches("<th ").count() + row.matches("<td").count();
        let widths: Vec<usize> = table.split("<tr>").skip(1).map(cells).collect();
        assert_eq!(
            widths, [width; 4],
            "the heads, two definitions, and all; what is not counted where there is any: {table}"
        );
    }
    let page = report(&paths);
    let rows = page
        .lines()
        .skip_while(|line| !line.starts_with("| Definition |"))
        .take_while(|line| line.starts_with('|'));
    let widths: Vec<usize> =
        rows.map(|row| row.matches(" |").count() + row.matches("|---").count()).collect();
    assert!(
        widths.len() == 5 && widths.iter().enumerate().all(|(at, width)| at == 1 || *width == widths[0]),
        "{widths:?}"
    );
}
