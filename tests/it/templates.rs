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
    names
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        .collect()
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
    let loops: String = things
        .iter()
        .map(|thing| format!("{{% for name in {thing} %}}{{{{ name }}}};{{% endfor %}}"))
        .collect();
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
const THINGS: [(&str, &str); 21] = [
    ("`counts`", "{% for x in [counts] %}"),
    ("an element of `diagnostics`", "{% for x in diagnostics %}"),
    ("an element of `definitions`", "{% for x in definitions %}"),
    ("a note on the run", "{% for x in notes %}"),
    ("`policy`", "{% for d in definitions if d.policy %}{% set x = d.policy %}"),
    ("an element of `facts`", "{% for d in definitions for x in d.facts %}"),
    ("an element of `appraisal`", "{% for d in definitions for x in d.appraisal %}"),
    ("an element of `headings`", "{% for d in definitions for x in d.headings %}"),
    ("a finding", "{% for x in findings %}"),
    ("`later`", "{% for f in findings if f.later %}{% set x = f.later %}"),
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
    let rows: Vec<(&str, &str)> =
        rows.filter(|(what, _)| !matches!(*what, "In" | "Filter" | "`prose`" | "`code`" | "`day`")).collect();
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
    let example = PAGE
        .split("```jinja\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("the page has an example");
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
    assert_eq!(
        report("own.md", "{% include \"../../Cargo.toml\" %}").status.code(),
        Some(2),
        "no file but those of the tool"
    );
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
    let titles: Vec<String> = serde_json::from_slice(&report("own.json", all).stdout)
        .expect("it is JSON, whatever the titles hold");
    assert!(titles.iter().any(|title| title.contains("<script>")), "{titles:?}");
    let cells = "{% for definition in definitions %}{{ \"=cmd()\" }},{{ definition.title }}\n{% endfor %}";
    assert!(
        text(&report("own.csv", cells)).starts_with("\"'=cmd()\","),
        "{}",
        text(&report("own.csv", cells))
    );
}

/// Templates that would take memory, time or stack without end, and what is said of them.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let nested = |open: &str, close: &str, times: usize| {
        format!("{{{{ {}1{} }}}}", open.repeat(times), close.repeat(times))
    };
    let doubling = |step: &str| format!("{{% set a = [1, 1] %}}{{% set t = 'x' %}}{}", step.repeat(60));
    vec![
        ("long", "x".repeat(2_000_000), "larger than 1 MiB"),
        ("not", nested("not ", "", 100_000), "more than 500"),
        ("plus", nested("1+", "", 100_000), "more than 500"),
        ("minus", nested("-", "", 100_000), "more than 500"),
        ("filters", nested("", "|string", 100_000), "more than 500"),
        ("brackets", nested("[", "]", 100_000), "more than 50 brackets"),
        ("blocks", "{% if 1 %}".repeat(1000) + &"{% endif %}".repeat(1000), "more than 100 blocks"),
        ("elif", format!("{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(10_000)), "more than 100 blocks"),
        ("tags", "{{ a }}".repeat(100_000), "more than 20000 tags"),
        ("recursion", "{% for x in [1] recursive %}{{ loop([x]) }}{% endfor %}".to_owned(), "do not call themselves"),
        ("block", "{% block a %}{{ self.a() }}{% endblock %}".to_owned(), "no `{% block %}`"),
        ("macro", "{% macro a() %}{{ a() }}{% endmacro %}".to_owned(), "no `{% macro %}`"),
        ("width", "{{ '%100000000000d'|format(1) }}".to_owned(), "999 columns"),
        ("widths", "{{ '%*d'|format(100000000000, 1) }}".to_owned(), "999 columns"),
        ("indent", "{{ 'a'|indent(width=100000000000, first=true) }}".to_owned(), "999 columns"),
        (
            "doubled in a loop",
            "{% set n = namespace(x='abcdefgh') %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}".to_owned(),
            "a namespace keeps",
        ),
        (
            "deeper in a loop",
            "{% set n = namespace(x=1) %}{% for i in range(99999) %}{% set n.x = [n.x] %}{% endfor %}".to_owned(),
            "a namespace keeps",
        ),
        ("doubled", doubling("{% set t = t ~ t %}") + "{{ t|length }}", "MiB of memory"),
        ("joined", "{{ range(100000)|join('x' * 100000)|length }}".to_owned(), "MiB of memory"),
        ("replaced", "{{ ('a' * 1000000)|replace('a', 'b' * 1000000)|length }}".to_owned(), "MiB of memory"),
        ("sliced", "{{ range(100000)|slice(1000000000)|list|length }}".to_owned(), "MiB of memory"),
        ("filled", "{{ range(1)|batch(1000000000, 'x')|list|length }}".to_owned(), "MiB of memory"),
        (
            "caught",
            format!("{{% set x %}}{{% for i in range(100000) %}}{}{{% endfor %}}{{% endset %}}", "A".repeat(60_000)),
            "MiB of memory",
        ),
    ]
}

#[test]
fn no_template_takes_memory_time_or_stack_without_end() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (what, template, told) in hostile() {
        fs::write(folder.path().join("own.txt"), template).expect("there is room for a file");
        // Where the system can hold a process to it, two gigabytes are enough for whatever comes: stack, page and all.
        let script = "ulimit -v 2000000 2> /dev/null; exec \"$0\" report projects/example-gaps.toml --as-of 2015-02-01 --template \"$1\"";
        let mut tool = Command::new("sh");
        tool.current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["-c", script, env!("CARGO_BIN_EXE_evalplan")])
            .arg(folder.path().join("own.txt"));
        let output = tool.output().expect("there is a shell");
        let said = error(&output);
        assert!(
            output.status.code() == Some(2) && output.stdout.is_empty(),
            "{what}: {:?} {said}",
            output.status
        );
        assert!(
            said.contains("error: the template `") && said.contains("own.txt` ") && said.contains(told),
            "{what}: {said}"
        );
    }
}

#[test]
fn values_as_deep_as_a_template_can_make_them_need_little_stack() {
    let deep =
        |step: &str, end: &str| format!("{{% set a = [1] %}}{{% set b = [1] %}}{}{end}", step.repeat(9_000));
    let templates = [
        deep(
            "{% set a = [a] %}{% set b = [b] %}",
            "{{ a == b }}{{ a < b }}{{ a|string|length }}{{ {a: 1}|length }}{{ a }}",
        ),
        deep("{% set a = {'x': a} %}", "{{ a }}"),
        deep("{% set a = a[0:] %}{% set a = a|map('string') %}", "{% for x in a %}{{ x }}{% endfor %}"),
        deep("{% set a = a|chain([1]) %}", "{% for x in a %}{{ x }}{% endfor %}"),
        format!("{{{{ {}1 }}}}", "1+".repeat(240)),
        "{% for x in [1] %}".repeat(100) + "x" + &"{% endfor %}".repeat(100),
    ];
    for template in templates {
        let output = report_on(&["projects/example-gaps.toml"], "own.txt", &template);
        assert!(output.status.success(), "{}: {}", &template[..80.min(template.len())], error(&output));
    }
}

#[test]
fn what_ordinary_templates_do_is_done() {
    let template = "{# a remark #}{%- set wanted = ['gap', 'undecided'] -%}
{% set n = namespace(count=0, names=[]) %}
{% for definition in definitions %}
{% for finding in definition.settled if finding.verdict in wanted or finding.verdict == 'met' %}
{% set n.count = n.count + 1 %}
{% set n.names = n.names + [finding.verdict] %}
{% endfor %}
{{ loop.index + 1 }}/{{ definition.counts.errors * 100 // 7 }}/{{ '=' * 5 ~ '-' }}/{{ '%05.1f'|format(2.25) }}/{{ 'a\nb'|indent(2) }}
{% else %}
none
{% endfor %}
{% set block %}x{% if n.count > 3 and not n.count < 0 %}y{% elif n.count %}z{% else %}w{% endif %}{% endset %}
{{ block|upper }}{% filter upper %}q{% endfilter %}{{ n.names|length == n.count }}{{ n.names|unique|join('+') }}
{% with t = definitions[0].title %}{{ t[:3] }}{% endwith %}{{ [1, 2, 3]|map('string')|join(', ') }}{% raw %}{{ as it is }}{% endraw %}
";
    let output = report_on(&["projects/example-gaps.toml"], "own.txt", template);
    assert!(output.status.success(), "{}", error(&output));
    let lines: Vec<String> =
        text(&output).lines().map(str::to_owned).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["2/71/=====-/002.2/a   b", "XYQTruemet", "Exa1, 2, 3{{ as it is }}"]);
}

#[test]
fn a_template_that_writes_without_end_is_stopped() {
    let output = report("own.txt", "{% for part in range(80) %}{{ \"x\" * 1000000 }}{% endfor %}");
    assert_eq!(output.status.code(), Some(2));
    assert!(error(&output).contains("64 MiB") && output.stdout.is_empty(), "{}", error(&output));
}
