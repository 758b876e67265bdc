//! Files that are written, whole or not at all, and texts of others in them.

use crate::outputs::{COMPLETE, GAPS, code, run, stderr, stdout, tool};
use std::fs;
use std::process::Stdio;

#[test]
fn an_output_that_cannot_be_written_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let below = folder.path().join("missing/out.json");
    let said = stderr(&["check", COMPLETE, "-o", &format!("json={}", below.display())]);
    assert!(
        said.contains("there is no folder `")
            && said.contains("help: make it first: mkdir -p ")
            && !said.contains(".evalplan-"),
        "{said}"
    );
    let same = (
        format!("json={}", folder.path().join("x").display()),
        format!("sarif={}", folder.path().join("./x").display()),
    );
    assert_eq!(code(&["check", COMPLETE, "-o", &same.0, "-o", &same.1]), 2, "one file under two names");
    assert_eq!(code(&["check", COMPLETE, "--format", "json", "-o", &below.to_string_lossy()]), 2);
    let old = folder.path().join("old.json");
    fs::write(&old, "old").expect("there is room for a file");
    assert_eq!(
        code(&[
            "check",
            COMPLETE,
            "-o",
            &format!("json={}", old.display()),
            "-o",
            &format!("sarif={}", below.display())
        ]),
        2
    );
    assert_eq!(code(&["check", "nowhere.toml", "-o", &format!("json={}", old.display())]), 2);
    let left: Vec<_> = fs::read_dir(folder.path())
        .expect("the folder is there")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left, ["old.json"], "nothing half-written stays");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_quiet() {
    assert_eq!(code(&["check", COMPLETE, "-o", "/dev/full"]), 2);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let status =
        tool(&["check", COMPLETE]).stdout(full).stderr(Stdio::null()).status().expect("the tool was built");
    assert_eq!(status.code(), Some(2));
    for asked in [&["--help"][..], &["--version"], &["check", "--help"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = tool(asked).stdout(full).output().expect("the tool was built");
        assert_eq!(output.status.code(), Some(2), "{asked:?}");
    }
    let mut child = tool(&["report", "projects"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool was built");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the tool ends by itself");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_output_that_fails_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let named = |format: &str, file: &str| format!("{format}={}", folder.path().join(file).display());
    let outputs = [
        named("sarif", "none/a"),
        named("junit", "b.xml"),
        named("gitlab", "none/c"),
        named("json", "d.json"),
    ];
    let summary = folder.path().join("summary.md");
    let mut arguments = vec!["check", GAPS, "--summary", summary.to_str().expect("it is text")];
    arguments.extend(outputs.iter().flat_map(|output| ["-o", output]));
    let run = run(&arguments);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert_eq!(said.matches("cannot be written").count(), 2, "each failure is told: {said}");
    for file in ["b.xml", "d.json", "summary.md"] {
        assert!(folder.path().join(file).is_file(), "{file} is written all the same");
    }
    let (feed, table) = (named("ics", "none/feed.ics"), named("csv", "plan.csv"));
    assert_eq!(code(&["schedule", COMPLETE, "-o", &feed, "-o", &table]), 2);
    assert!(folder.path().join("plan.csv").is_file());
}

#[test]
fn a_bad_output_is_refused_before_anything_is_mended() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("a.toml");
    fs::copy("tests/fix/mid-term-missing.toml", &file).expect("it can be written");
    let before = fs::read(&file).expect("it can be read");
    assert_eq!(code(&["check", file.to_str().expect("it is text"), "--fix", "-o", "sarfi=x"]), 2);
    assert_eq!(fs::read(&file).expect("it can be read"), before);
}

#[cfg(unix)]
#[test]
fn a_link_whose_file_is_not_there_yet_stays_a_link() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let at = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("middle", at("link")).expect("links can be made");
    std::os::unix::fs::symlink("target.json", at("middle")).expect("links can be made");
    std::os::unix::fs::symlink("circle", at("circle")).expect("links can be made");
    assert_eq!(code(&["check", COMPLETE, "-o", &format!("json={}", at("link").display())]), 0);
    assert!(at("link").symlink_metadata().expect("it is there").is_symlink());
    assert!(at("target.json").is_file());
    assert_eq!(code(&["check", COMPLETE, "-o", &format!("json={}", at("circle").display())]), 2);
}

#[test]
fn a_portfolio_below_the_paths_of_the_command_is_told_to_be_passed_over() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let below = folder.path().join("fund");
    fs::create_dir(&below).expect("there is room");
    fs::copy(COMPLETE, below.join("a.toml")).expect("it can be written");
    fs::write(below.join("evalplan.toml"), "fail-on = \"note\"\n").expect("it can be written");
    let said = |path: &std::path::Path| stderr(&["check", path.to_str().expect("it is text")]);
    let above = said(folder.path());
    assert!(above.contains("does not count in this run") && above.contains("fund/evalplan.toml"), "{above}");
    assert!(!said(&below).contains("does not count"));
    fs::write(folder.path().join("evalplan.toml"), "").expect("it can be written");
    assert!(said(folder.path()).contains("fund/evalplan.toml"), "the one above speaks for the run");
}

#[test]
fn nothing_is_written_over_what_is_read_or_written_already() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::copy(GAPS, at("a.toml")).expect("it can be written");
    fs::create_dir(at("sub")).expect("there is room");
    let before = fs::read(at("a.toml")).expect("it can be read");
    let refused = |arguments: &[&str]| {
        let definition = at("a.toml");
        let said = stderr(&[&["check", definition.as_str()], arguments].concat());
        assert!(
            said.contains("is not written over") || said.contains("two outputs go to"),
            "{arguments:?}: {said}"
        );
        assert_eq!(fs::read(at("a.toml")).expect("it can be read"), before, "{arguments:?}");
    };
    refused(&["--summary", &at("a.toml")]);
    refused(&["-o", &format!("json={}", at("sub/../x.json")), "-o", &format!("sarif={}", at("x.json"))]);
    refused(&["-o", &format!("json={}", at("x.json")), "--summary", &at("x.json")]);
    refused(&["-o", &format!("json={}", at("x.json")), "--write-baseline", &at("x.json")]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("a.toml", at("link.json")).expect("links can be made");
        refused(&["-o", &format!("json={}", at("link.json"))]);
    }
    fs::write(at("t.txt"), "{{ as_of }}").expect("it can be written");
    assert_eq!(code(&["report", GAPS, "--template", &at("t.txt"), "-o", &at("t.txt")]), 2);
    assert_eq!(code(&["check", GAPS, "--write-baseline", &at("b.json")]), 1);
    assert_eq!(
        code(&["check", GAPS, "--baseline", &at("b.json"), "-o", &format!("json={}", at("b.json"))]),
        2
    );
    assert_eq!(
        code(&["check", GAPS, "--baseline", &at("b.json"), "--write-baseline", &at("b.json")]),
        0,
        "a baseline may be lowered"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_shell_has_put_behind_a_stream_is_added_to() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let log = folder.path().join("log");
    fs::write(&log, "earlier\n").expect("it can be written");
    for name in ["/dev/stdout", "/dev/fd/1", "/dev/stderr"] {
        let open = || fs::OpenOptions::new().append(true).open(&log).expect("it is ours");
        let status =
            tool(&["check", COMPLETE, "-o", &format!("json={name}")]).stdout(open()).stderr(open()).status();
        assert_eq!(status.expect("the tool was built").code(), Some(0));
        let text = fs::read_to_string(&log).expect("it can be read");
        assert!(text.starts_with("earlier\n") && text.trim_end().ends_with('}'), "{name}: {text}");
    }
}

#[test]
fn texts_of_others_command_no_workflow_and_no_terminal() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let harmless = |arguments: &[&str]| {
        let run = run(arguments);
        for text in [run.stdout, run.stderr] {
            let text = String::from_utf8_lossy(&text).into_owned();
            let commands =
                text.lines().any(|line| line.trim_start().starts_with("::")) || text.contains("##[");
            assert!(!commands && !text.contains("\u{1b}[31m"), "{arguments:?}: {text}");
        }
    };
    fs::create_dir(at("portfolio")).expect("there is room");
    fs::copy(GAPS, at("portfolio/a.toml")).expect("it can be written");
    for config in [
        r#""\n::error::x\u001b[31m" = 1"#,
        r#"deny = ["\n::error::x"]"#,
        r#"policy = "\n::error::x""#,
        r#"rules = ["\n::error::x"]"#,
    ] {
        fs::write(at("portfolio/evalplan.toml"), config).expect("it can be written");
        harmless(&["check", &at("portfolio")]);
    }
    fs::write(
        at("b.json"),
        r#"{"format":"evalplan/baseline/1","counts":{"\n::error::x":{"ilo-2005/final-evaluation":1}}}"#,
    )
    .expect("it can be written");
    harmless(&["check", GAPS, "--baseline", &at("b.json")]);
    let waiver = "[[waiver]]\nrule = \"ilo-2005/final-evaluation\"\nreason = \"##[error]x\"\ngranted-by = \"##[error]x\"\nauthority = \"a\"\ngranted = 2014-01-01\nexpires = 2030-01-01\n";
    let text = fs::read_to_string(GAPS).expect("it is there") + waiver;
    fs::write(at("w.toml"), text).expect("it can be written");
    harmless(&["check", &at("w.toml")]);
    harmless(&["check", &at("w.toml"), "--color", "always", "--as-of", "2014-06-01"]);
    let dashed = run_in(folder.path(), &["check", "./-dash.toml"]);
    assert!(dashed.contains(" ./-dash.toml"), "the next command can be typed: {dashed}");
}

/// What a run in a folder says of a definition whose name begins like an option.
fn run_in(folder: &std::path::Path, arguments: &[&str]) -> String {
    fs::copy(GAPS, folder.join("-dash.toml")).expect("it can be written");
    let output = tool(arguments).current_dir(folder).output().expect("the tool was built");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_worst_annotation_comes_first_whatever_it_is_about() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("a.toml");
    let waiver = "[[waiver]]\nrule = \"ilo-2005/mid-term-evaluation\"\nreason = \"r\"\ngranted-by = \"g\"\nauthority = \"a\"\ngranted = 2014-01-01\nexpires = 2014-06-30\n";
    fs::write(&file, fs::read_to_string(GAPS).expect("it is there") + waiver).expect("it can be written");
    let text = stdout(&["check", file.to_str().expect("it is text"), "--format", "github"]);
    let kinds: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("::")?.split(' ').next())
        .filter(|kind| !kind.contains(':'))
        .collect();
    let rank = |kind: &&str| {
        ["error", "warning", "notice"].iter().position(|known| known == kind).expect("these are the kinds")
    };
    assert!(kinds.contains(&"warning") && kinds.is_sorted_by_key(rank), "{kinds:?}");
}

#[test]
fn an_edition_that_nobody_named_is_told_beside_formats_that_have_no_place_for_it() {
    for arguments in [
        &["check", GAPS, "--format", "csv"][..],
        &["check", GAPS, "--format", "gitlab"],
        &["schedule", GAPS, "--format", "csv"],
    ] {
        assert!(
            stderr(arguments)
                .contains("note[policy-not-named]: no edition is named, so `ilo-2005` is applied"),
            "{arguments:?}"
        );
        assert!(!stderr(&[arguments, &["-q"]].concat()).contains("policy-not-named"), "{arguments:?}");
    }
    assert!(!stderr(&["check", GAPS, "--format", "json"]).contains("policy-not-named"), "the output says it");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_a_definition_that_cannot_be_read() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::copy(COMPLETE, folder.path().join("a.toml")).expect("it can be written");
    std::os::unix::fs::symlink("nowhere.toml", folder.path().join("b.toml")).expect("links can be made");
    let path = folder.path().to_string_lossy().into_owned();
    assert_eq!(code(&["check", &path]), 2);
    let said = stderr(&["check", &path]);
    assert!(
        said.contains("is a link to a file that is not there")
            && said.contains("--> ")
            && said.contains("b.toml\n"),
        "{said}"
    );
    assert!(stdout(&["check", &path]).contains("Checked 1 definition"), "the other one is checked");
}
