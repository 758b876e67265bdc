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
    tool.current_dir(env!("CARGO_MANIFEST_DIR")).arg("report").args(arguments).args(["--as-of", "2015-02-01"]);
    let output = tool.output().expect("the tool was built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a report is text")
}

/// The headings of the first definition with the scores that are suggested for them, from Markdown.
fn scores(arguments: &[&str]) -> Vec<(String, String)> {
    let text = report(arguments);
    let table = text.split("### Suggested appraisal").nth(1).and_then(|rest| rest.split("### Gaps").next()).expect("there is an appraisal");
    let rows = table.lines().filter(|line| line.starts_with('|')).skip(2).map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    rows.map(|cells| (cells[1].to_owned(), cells[2].to_owned())).collect()
}

fn score(arguments: &[&str], heading: &str) -> String {
    let all = scores(arguments);
    all.into_iter().find(|(title, _)| title == heading).map(|(_, score)| score).unwrap_or_else(|| panic!("no heading {heading}"))
}

#[test]
fn all_headings_of_the_appraisal_stand_in_the_report_of_each_definition() {
    for path in ["projects/example-gaps.toml", "projects/example-complete.toml", "projects/flanders-trust-fund.toml"] {
        let titles: Vec<String> = scores(&[path]).into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles, HEADINGS, "{path}");
    }
    let all = report(&["projects"]);
    assert_eq!(all.matches("### Suggested appraisal").count(), all.matches("\n## ").count() - 1, "all chapters but the summary have one");
}

#[test]
fn the_page_has_the_scores_of_the_text_and_an_empty_cell_for_each_answer_of_a_person() {
    let path = "projects/example-gaps.toml";
    let page = report(&[path, "--format", "html"]);
    let shown: Vec<&str> = page.split("<td class=\"score\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    let told: Vec<String> = scores(&[path]).into_iter().map(|(_, score)| score).collect();
    assert_eq!(shown, told);
    assert_eq!(page.matches("<td class=\"write\"></td><td class=\"write comments\"></td>").count(), HEADINGS.len());
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
    assert_eq!(money(&["--allow", "evaluation-budget"]), "X", "nothing else stands there");
}
