//! Pipes where files should be: nothing waits for one, and it is said which path is no file. What the user puts together
//! in the command itself may be a pipe.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROJECT: &str = "format = 1\n[project]\ntitle = \"Ports\"\nstart = 2014-01-01\nend = 2014-12-31\n";

/// Long enough for a slow machine, and short of for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with a definition and a pipe that nobody writes into.
fn desk(pipe: &str, more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    fs::write(folder.path().join("a.toml"), format!("{PROJECT}{more}")).expect("it can be written");
    let pipe = folder.path().join(pipe);
    fs::create_dir_all(pipe.parent().expect("it has a folder")).expect("there is room for a folder");
    assert!(
        Command::new("mkfifo").arg(pipe).status().is_ok_and(|status| status.success()),
        "a pipe can be made"
    );
    folder
}

/// The tool in a folder, stopped where it does not end by itself.
fn run(folder: &Path, words: &str) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder)
        .args(words.split(' '))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut tool = tool.spawn().expect("the tool was built");
    let begun = Instant::now();
    while tool.try_wait().expect("it is our child").is_none() {
        if begun.elapsed() > PATIENCE {
            tool.kill().expect("it is our child");
            panic!("`{words}` waits for a pipe");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    tool.wait_with_output().expect("it has ended")
}

#[test]
fn no_pipe_is_waited_for() {
    let calendar = "[office]\ncalendar = \"days.ics\"\n";
    let cases = [
        ("b.toml", "", "check b.toml"),
        ("below/b.toml", "", "check ."),
        ("days.ics", calendar, "schedule a.toml"),
        ("evalplan.toml", "", "check a.toml"),
        ("page.html", "", "report a.toml --template page.html"),
        ("known.json", "", "check a.toml --baseline known.json"),
        ("packs/mine/pack.toml", "", "check a.toml --rules packs"),
        ("packs/calendars/xx.toml", "", "check a.toml --rules packs"),
        ("c.toml", "", "rules eval true --definition c.toml"),
        ("c.toml", "", "explain ilo-2005/final-evaluation --definition c.toml"),
    ];
    for (pipe, more, words) in cases {
        let desk = desk(pipe, more);
        let output = run(desk.path(), words);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words}: {told}");
        assert!(
            told.contains(&format!("`{pipe}` is a pipe, not a file"))
                || told.contains("evalplan.toml` is a pipe"),
            "{words}: {told}"
        );
    }
}

#[test]
fn what_stands_in_the_command_itself_may_be_a_pipe() {
    let desk = desk("unused", "");
    let script = "printf '{{ title }}' | \"$0\" report a.toml --as-of 2014-06-01 --template /dev/stdin";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_evalplan")])
        .current_dir(desk.path())
        .output();
    let output = output.expect("there is a shell");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!output.stdout.is_empty());
}

#[test]
fn a_device_that_never_ends_is_left_in_good_time() {
    let desk = desk("unused", "");
    let output = run(desk.path(), "report a.toml --template /dev/zero");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("larger than 8 MiB"), "{told}");
}

#[test]
fn a_run_ends_as_it_would_though_nobody_reads_its_output() {
    let desk = desk("unused/pipe", "");
    let gaps = format!("{PROJECT}{}", "[budget]\ntotal = \"USD 480000\"\n");
    for number in 0..300 {
        fs::write(desk.path().join(format!("b{number:03}.toml")), &gaps).expect("it can be written");
    }
    fs::write(desk.path().join("z.toml"), "format = 1\n[project]\ntitel = \"T\"\n")
        .expect("it can be written");
    fs::remove_dir_all(desk.path().join("unused")).expect("it is there");
    for (paths, code) in [("b*.toml", 1), (".", 2)] {
        let script = format!(
            "{{ \"$0\" check {paths} --as-of 2014-06-01 --format csv --write-baseline whole.json; echo $? > whole.code; }} > whole.csv; \
             rm -f known.json; mv whole.json known.json 2> none; \
             {{ \"$0\" check {paths} --as-of 2014-06-01 --format csv --write-baseline cut.json; echo $? > cut.code; }} | head -n 1"
        );
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_evalplan")])
            .current_dir(desk.path())
            .output();
        let output = output.expect("there is a shell");
        let text = |name: &str| fs::read_to_string(desk.path().join(name)).unwrap_or_default();
        assert_eq!(text("cut.code").trim(), code.to_string(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(text("cut.code"), text("whole.code"));
        assert!(text("whole.csv").len() > 1_000_000, "more than a pipe holds");
        assert!(
            text("cut.json") == text("known.json") && (code == 2 || text("cut.json").contains("b299")),
            "the baseline is of all of them"
        );
        fs::remove_file(desk.path().join("cut.json")).ok();
    }
}
