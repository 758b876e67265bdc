//! What a stranger's definition names: it leads to nothing outside of the folder that is read, and of a file that is no calendar
//! no word comes out, in no command and no format.

use evalplan::report::FORMATS;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PROJECT: &str = "format = 1\n[project]\ntitle = \"Ports\"\nstart = 2014-01-01\nend = 2015-12-31\n";

/// Stands in every file that nobody should see a word of.
const SECRET: &str = "hunter2";

/// Runs the tool in a folder.
fn run(folder: &Path, words: &[&str]) -> Output {
    let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
    tool.current_dir(folder).args(words).stdin(Stdio::null()).output().expect("the tool was built")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("there is room for a folder");
    fs::write(path, text).expect("it can be written");
}

fn naming(calendar: &str) -> String {
    format!("{PROJECT}[office]\ncountry = \"ZA\"\ncalendar = '{calendar}'\n")
}

/// A folder with definitions below `a`, a secret beside them, and the definition of `a` naming a calendar.
fn desk(calendar: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    put(folder.path(), "secret.toml", &format!("token = \"{SECRET}\"\n"));
    put(
        folder.path(),
        "secret.ics",
        &format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{SECRET}\nDTSTART:20140331\nEND:VEVENT\n"),
    );
    put(folder.path(), "a/d.toml", &naming(calendar));
    put(folder.path(), "a/b/note.txt", "");
    folder
}

/// Every command on a definition, in every format that is text or bytes.
fn commands(path: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for format in FORMATS {
        let command = format.subject.command();
        all.push(vec![command.to_owned(), path.to_owned(), "--format".to_owned(), format.id.to_owned()]);
    }
    let more = [
        "check PATH --diff --unsafe-fixes",
        "explain ilo-2005/final-evaluation --definition PATH",
        "waive ilo-2005/final-evaluation PATH --reason r --granted-by n --authority a --expires 2015-12-31",
        "rules eval true --definition PATH",
    ];
    all.extend(more.iter().map(|words| words.split(' ').map(|word| word.replace("PATH", path)).collect()));
    all
}

#[test]
fn what_lies_outside_is_refused_at_its_place() {
    let outside = [
        "../secret.toml",
        "../secret.ics",
        "../a/../secret.toml",
        "b/../../secret.toml",
        "../missing.ics",
        "../../../../etc/x.ics",
    ];
    for calendar in outside {
        let desk = desk(calendar);
        let output = run(desk.path(), &["schedule", "a", "--as-of", "2014-06-01"]);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{calendar}: {told}");
        assert!(
            told.contains("leads out of the folder that is read") && told.contains("a/d.toml:8:12"),
            "{calendar}: {told}"
        );
        assert!(!told.contains(SECRET), "{told}");
    }
    let elsewhere = [
        "/etc/hostname.ics",
        "C:\\days.ics",
        "c:days.ics",
        "~/days.ics",
        "https://example.org/days.ics",
        "\\\\host\\days.ics",
    ];
    for calendar in elsewhere {
        let output = run(desk(calendar).path(), &["schedule", "a", "--as-of", "2014-06-01"]);
        assert!(
            output.status.code() == Some(2) && stderr(&output).contains("does not start from the folder"),
            "{calendar}"
        );
    }
}

#[test]
fn what_lies_in_a_folder_of_the_command_or_of_its_portfolio_is_read() {
    let holidays = "name = \"Ours\"\n[[holiday]]\nname = \"Day of the office\"\ndates = [2014-12-31]\n";
    let desk = desk("../days.toml");
    put(desk.path(), "days.toml", holidays);
    let reads = |words: &[&str]| {
        let output = run(desk.path(), words);
        String::from_utf8_lossy(&output.stdout).contains("days off of the office (")
    };
    let as_of = ["--as-of", "2014-06-01"];
    assert!(reads(&[&["schedule", "."][..], &as_of].concat()), "the folder of the command holds both");
    assert!(!reads(&[&["schedule", "a"][..], &as_of].concat()), "it holds the definition alone");
    assert!(!reads(&[&["schedule", "a/d.toml"][..], &as_of].concat()), "of a file its own folder counts");
    assert!(
        !reads(&[&["schedule", "a", "days.toml"][..], &as_of].concat()),
        "another path of the command opens no folder"
    );
    put(desk.path(), "evalplan.toml", "");
    assert!(
        reads(&[&["schedule", "a/d.toml"][..], &as_of].concat()),
        "the folder of the portfolio holds both"
    );
}

#[test]
#[cfg(unix)]
fn links_that_lead_outside_are_refused_and_those_within_are_followed() {
    use std::os::unix::fs::symlink;
    let links = [
        ("days.ics", "../secret.ics"),
        ("days.ics", "../missing.ics"),
        ("below", ".."),
        ("below", "../nowhere"),
    ];
    for (link, target) in links {
        let calendar = if link == "below" { "below/secret.ics" } else { link };
        let desk = desk(calendar);
        symlink(target, desk.path().join("a").join(link)).expect("links can be made");
        let output = run(desk.path(), &["schedule", "a", "--as-of", "2014-06-01"]);
        let told = stderr(&output);
        assert!(
            output.status.code() == Some(2) && told.contains("leads out of the folder that is read"),
            "{link} {target}: {told}"
        );
    }
    let desk = desk("days.toml");
    put(desk.path(), "a/real.toml", "[[holiday]]\nname = \"Day of the office\"\ndates = [2014-12-31]\n");
    symlink("real.toml", desk.path().join("a/days.toml")).expect("links can be made");
    symlink("a", desk.path().join("b")).expect("links can be made");
    for path in ["a/d.toml", "b/d.toml", "b"] {
        let output = run(desk.path(), &["schedule", path, "--as-of", "2014-06-01"]);
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("days off of the office ("),
            "{path}: {}",
            stderr(&output)
        );
    }
}

#[test]
#[cfg(unix)]
fn a_definition_and_a_portfolio_that_are_links_to_elsewhere_are_refused() {
    use std::os::unix::fs::symlink;
    let desk = desk("days.toml");
    symlink("../secret.toml", desk.path().join("a/leak.toml")).expect("links can be made");
    let output = run(desk.path(), &["check", "a/leak.toml", "--format", "concise"]);
    let told = format!("{}{}", stderr(&output), String::from_utf8_lossy(&output.stdout));
    assert!(
        output.status.code() == Some(2) && told.contains("leads out of the folder") && !told.contains(SECRET),
        "{told}"
    );
    fs::rename(desk.path().join("a/leak.toml"), desk.path().join("a/evalplan.toml"))
        .expect("it can be moved");
    let output = run(desk.path(), &["check", "a/d.toml", "--format", "concise"]);
    let told = format!("{}{}", stderr(&output), String::from_utf8_lossy(&output.stdout));
    assert!(
        output.status.code() == Some(2)
            && told.contains("leads out of the folder")
            && !told.contains("token"),
        "{told}"
    );
}

#[test]
fn folders_of_rules_outside_of_the_portfolio_are_refused_at_their_place() {
    let desk = desk("days.toml");
    put(desk.path(), "a/days.toml", "name = \"Ours\"\n");
    for folder in ["..", "../packs", "/etc", "b/../.."] {
        put(desk.path(), "a/evalplan.toml", &format!("rules = [\"{folder}\"]\n"));
        let output = run(desk.path(), &["check", "a", "--as-of", "2014-06-01"]);
        let told = stderr(&output);
        assert!(
            output.status.code() == Some(2) && told.contains("leads out of the folder of this file"),
            "{folder}: {told}"
        );
        assert!(told.contains("a/evalplan.toml:1:10") && !told.contains(SECRET), "{told}");
    }
}

/// Files that are no calendars, with the secret in every place that a message could quote.
fn no_calendars() -> Vec<(&'static str, String)> {
    let toml = [
        "token = \"SECRET\"\n",
        "SECRET = 1\n",
        "\"SECRET`, expected SECRET\" = 1\n",
        "SECRET\n",
        "[SECRET]\nname = 1\n",
        "[[SECRET]]\n",
        "name = SECRET\n",
        "name = [\"SECRET\"]\n",
        "weekend = [\"SECRET\"]\n",
        "weekend = \"SECRET\"\n",
        "weekend = { SECRET = \"SECRET\" }\n",
        "from = \"SECRET\"\n",
        "to = 2014-SECRET\n",
        "holiday = \"SECRET\"\n",
        "[holiday]\nname = \"SECRET\"\n",
        "[[holiday]]\nname = \"SECRET\"\n",
        "[[holiday]]\ndates = [\"SECRET\"]\n",
        "[[holiday]]\nname = \"SECRET\"\ndates = [10:00:00]\nSECRET = 1\n",
        "name = \"SECRET\nname = 'SECRET\n",
        "{ \"token\": \"SECRET\" }\n",
        "SECRET = 1\nSECRET = 2\n",
    ];
    let ics = [
        "SECRET\n",
        "SECRET:SECRET\nBEGIN:VEVENT\nSUMMARY:SECRET\nDTSTART:SECRET\nEND:VEVENT\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:SECRET\nDTSTART:20140101T0000SECRET\nEND:VEVENT\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:SECRET\nDTSTART:20140101\nDTEND:SECRET\nEND:VEVENT\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:SECRET\nDTSTART:20140101\nRRULE:SECRET\nEND:VEVENT\n",
    ];
    let secret = |text: &&str| text.replace("SECRET", SECRET);
    let toml = toml.iter().map(|text| ("days.toml", secret(text)));
    toml.chain(ics.iter().map(|text| ("days.ics", secret(text)))).collect()
}

#[test]
fn no_word_of_a_file_that_is_no_calendar_comes_out() {
    // All commands once, and every such file through those that show mistakes.
    let few = |path: &str| -> Vec<Vec<String>> {
        ["text", "json"]
            .iter()
            .map(|format| ["check", path, "--format", format].map(str::to_owned).to_vec())
            .collect()
    };
    for (at, (name, text)) in no_calendars().into_iter().enumerate() {
        let desk = desk(name);
        put(desk.path(), &format!("a/{name}"), &text);
        // A TOML file in a folder that is checked is one that the user asks to be read as a definition.
        let few = few(if name.ends_with(".toml") { "a/d.toml" } else { "a" });
        for words in if at == 0 { commands("a/d.toml") } else { few } {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let output = run(desk.path(), &words);
            for bytes in [&output.stdout, &output.stderr] {
                assert!(
                    !String::from_utf8_lossy(bytes).contains(SECRET),
                    "{words:?} on {text:?}: {}",
                    String::from_utf8_lossy(bytes)
                );
            }
            let told = stderr(&output);
            let place = format!("a/{name}:");
            assert!(
                words[0] == "rules" || told.contains(&place) && told.contains("help: "),
                "{words:?} on {text:?} has no place: {told}"
            );
        }
    }
}
