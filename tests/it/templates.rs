//! Templates of the user: what they may name is written down, a slip is an error, and nothing unescaped comes out.

use std::fs;
use std::process::{Command, Output};

const PAGE: &str = include_str!("../../docs/templates.md");

fn report(name: &str, template: &str) -> Output {
    report_on(&["projects/example-gaps.toml", "tests/readers/hostile.toml"], name, template)
}

fn report_on(paths: &[&str], name: &str, template: &str) -> Output {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join(name);
    fs::write(&file, template).expect("there is room for a file");
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(env!("CARGO_MANIFEST_DIR")).arg("report").args(paths).args(["--as-of", "2015-02-01"]);
    tool.arg("--template").arg(file).output().expect("the tool was built")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The names in backticks of the page that are no filters and no code.
fn documented() -> Vec<&'static str> {
    let names = PAGE.split('`').skip(1).step_by(2);
    names.filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')).collect()
}

#[test]
fn every_name_that_a_template_can_use_is_written_down() {
    let things = [
        "counts",
        "definitions[0]",
        "definitions[0].policy",
        "definitions[0].facts[0]",
        "definitions[0].headings[0]",
        "definitions[0].appraisal[0]",
        "findings[0]",
        "findings[0].at",
        "definitions[0].schedule",
        "definitions[0].schedule.evaluations[0]",
        "definitions[0].schedule.evaluations[0].tasks[0]",
    ];
    let loops: String = things.iter().map(|thing| format!("{{% for name in {thing} %}}{{{{ name }}}};{{% endfor %}}")).collect();
    let output = report("names.txt", &loops);
    assert!(output.status.success(), "{}", error(&output));
    let printed = text(&output);
    let known: Vec<&str> = printed.split(';').filter(|name| !name.is_empty()).collect();
    assert!(known.len() > 60, "{printed}");
    let documented = documented();
    let missing: Vec<&&str> = known.iter().filter(|name| !documented.contains(name)).collect();
    assert!(missing.is_empty(), "docs/templates.md does not have {missing:?}");
}

/// Where the things of each row of the table are found; `x` is one of them.
const THINGS: [(&str, &str); 19] = [
    ("`counts`", "{% for x in [counts] %}"),
    ("an element of `diagnostics`", "{% for x in diagnostics %}"),
    ("an element of `definitions`", "{% for x in definitions %}"),
    ("`policy`", "{% for d in definitions if d.policy %}{% set x = d.policy %}"),
    ("an element of `facts`", "{% for d in definitions for x in d.facts %}"),
    ("an element of `appraisal`", "{% for d in definitions for x in d.appraisal %}"),
    ("an element of `headings`", "{% for d in definitions for x in d.headings %}"),
    ("a finding", "{% for x in findings %}"),
    ("`at`", "{% for f in findings %}{% set x = f.at %}"),
    ("`also`", "{% for f in findings if f.also %}{% set x = f.also %}"),
    ("`repair`", "{% for f in findings if f.repair %}{% set x = f.repair %}"),
    ("`fix`", "{% for f in findings if f.fix %}{% set x = f.fix %}"),
    ("`schedule`", "{% for d in definitions %}{% set x = d.schedule %}"),
    ("an evaluation", "{% for d in definitions for x in d.schedule.evaluations %}"),
    ("a task", "{% for d in definitions for e in d.schedule.evaluations for x in e.tasks %}"),
    ("an event", "{% for d in definitions for x in d.schedule.events %}"),
    ("a conflict", "{% for d in definitions for x in d.schedule.conflicts %}"),
    ("a warning", "{% for d in definitions for x in d.schedule.warnings %}"),
    ("an undecided evaluation", "{% for d in definitions for x in d.schedule.undecided %}"),
];

/// A path of loops as the engine has it: one `for` a tag.
fn loops(path: &str) -> (String, String) {
    let opened = path.replace(" for x in ", " %}{% for x in ").replace(" for e in ", " %}{% for e in ");
    let opened = opened.replace("{% %}{% for", "{% for");
    let closed = "{% endfor %}".repeat(opened.matches("{% for").count());
    (opened, closed)
}

#[test]
fn every_name_that_is_written_down_is_there() {
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let rows: Vec<(&str, &str)> = rows.filter(|(what, _)| !matches!(*what, "In" | "Filter" | "`prose`" | "`code`" | "`day`")).collect();
    let known: Vec<&str> = THINGS.iter().map(|(what, _)| *what).collect();
    assert_eq!(rows.iter().map(|(what, _)| *what).collect::<Vec<_>>(), known, "each row has its things");
    let part = |((_, names), (_, path)): (&(&str, &str), (&str, &str))| {
        let (opened, closed) = loops(path);
        let shown: String = plain_names(names).iter().map(|name| format!("{{{{ x.{name} }}}}")).collect();
        format!("{opened}one{shown}{closed}\x0c")
    };
    let template: String = rows.iter().zip(THINGS).map(part).collect();
    let paths = ["projects", "tests/readers/hostile.toml", "tests/import/toml/invalid/unknown-key.toml"];
    let output = report_on(&paths, "names.txt", &template);
    let printed = text(&output);
    let parts: Vec<&str> = printed.split('\x0c').collect();
    assert_eq!(parts.len(), rows.len() + 1, "{}", error(&output));
    for ((what, _), part) in rows.iter().zip(parts) {
        // Rules that no plan meets at once are no part of a sound portfolio.
        assert!(*what == "a conflict" || part.contains("one"), "{what} is looked at");
    }
}

/// The names in backticks outside of brackets.
fn plain_names(cell: &str) -> Vec<&str> {
    let mut depth = 0usize;
    let mut names = Vec::new();
    for (at, part) in cell.split('`').enumerate() {
        if at % 2 == 1 && depth == 0 {
            names.push(part);
        } else if at % 2 == 0 {
            depth = (depth + part.matches('(').count()).saturating_sub(part.matches(')').count());
        }
    }
    names
}

#[test]
fn the_example_of_the_page_draws_a_report() {
    let example = PAGE.split("```jinja\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the page has an example");
    let output = report("own.md", example);
    assert!(output.status.success(), "{}", error(&output));
    assert!(text(&output).contains("## example-gaps\n"), "{}", text(&output));
}

#[test]
fn a_slip_of_the_pen_is_an_error_with_its_line() {
    let output = report("own.md", "one\n{{ titel }}\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("(line 2)") && output.stdout.is_empty(), "{}", error(&output));
    assert_eq!(report("own.md", "{% for %}").status.code(), Some(2));
    assert_eq!(report("own.md", "{% include \"../../Cargo.toml\" %}").status.code(), Some(2), "no file but those of the tool");
    assert_eq!(report("own.md", "{% include \"/etc/hostname\" %}").status.code(), Some(2));
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}";
    assert_eq!(report("own.md", endless).status.code(), Some(2), "it is stopped");
}

#[test]
fn values_are_escaped_for_what_the_template_writes() {
    let all = "{% for definition in definitions %}{{ definition.title }}\n{% endfor %}";
    assert!(text(&report("own.html", all)).contains("&lt;script&gt;"));
    assert!(text(&report("own.md", all)).contains("&lt;script&gt;"));
    assert!(text(&report("own.txt", all)).contains("<script>"));
}

#[test]
fn json_stays_json_and_a_cell_is_no_formula() {
    let all = "[{% for definition in definitions %}\"{{ definition.title }}\"{{ \"\" if loop.last else \",\" }}{% endfor %}]";
    let titles: Vec<String> = serde_json::from_slice(&report("own.json", all).stdout).expect("it is JSON, whatever the titles hold");
    assert!(titles.iter().any(|title| title.contains("<script>")), "{titles:?}");
    let cells = "{% for definition in definitions %}{{ \"=cmd()\" }},{{ definition.title }}\n{% endfor %}";
    assert!(text(&report("own.csv", cells)).starts_with("\"'=cmd()\","), "{}", text(&report("own.csv", cells)));
}

#[test]
fn a_template_that_writes_without_end_is_stopped() {
    let output = report("own.txt", "{% for part in range(80) %}{{ \"x\" * 1000000 }}{% endfor %}");
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("64 MiB") && output.stdout.is_empty(), "{}", error(&output));
}
