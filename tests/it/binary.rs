//! The tool as a process: the same bytes for the same input, whatever the order of arguments; exit codes; outputs written whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs the tool in the root of the crate.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evalplan"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the tool starts")
}

fn code(arguments: &[&str]) -> i32 {
    run(arguments).status.code().expect("the tool ends by itself")
}

/// A folder for one test, empty at its start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn write(folder: &Path, name: &str, text: &[u8]) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
    fs::write(&path, text).expect("the file can be written");
    path.to_string_lossy().into_owned()
}

const AS_OF: [&str; 2] = ["--as-of", "2026-11-22"];

#[test]
fn the_same_run_gives_the_same_bytes_whatever_the_order_of_arguments() {
    for command in ["check", "schedule", "report"] {
        let format = if command == "report" { "html" } else { "json" };
        let files = ["projects/sedf-south-africa.toml", "projects/slarea.toml"];
        let in_order = [command, files[0], files[1], AS_OF[0], AS_OF[1], "--format", format];
        let (first, again) = (run(&in_order), run(&in_order));
        let turned = run(&[
            command,
            AS_OF[0],
            AS_OF[1],
            "--format",
            format,
            "projects/slarea.toml",
            "projects/sedf-south-africa.toml",
        ]);
        assert!(!first.stdout.is_empty());
        assert_eq!(first.stdout, again.stdout, "{command}");
        assert_eq!(first.stdout, turned.stdout, "{command}");
    }
}

#[test]
fn a_path_given_twice_is_read_once() {
    let once = run(&["check", "projects/slarea.toml", AS_OF[0], AS_OF[1], "--format", "json"]);
    let twice = run(&[
        "check",
        "projects/slarea.toml",
        "./projects/slarea.toml",
        AS_OF[0],
        AS_OF[1],
        "--format",
        "json",
    ]);
    assert_eq!(String::from_utf8_lossy(&once.stdout), String::from_utf8_lossy(&twice.stdout));
}

#[test]
fn exit_codes_say_what_happened() {
    let folder = folder("exit-codes");
    let complete = "projects/example-complete.toml";
    let gaps = "projects/example-gaps.toml";
    assert_eq!(code(&["check", complete, "--as-of", "2015-02-01"]), 0);
    assert_eq!(code(&["check", gaps, "--as-of", "2015-02-01"]), 1);
    assert_eq!(code(&["check", gaps, "--as-of", "2015-02-01", "--exit-zero"]), 0);
    assert_eq!(code(&["schedule", gaps, "--as-of", "2015-02-01"]), 0, "gaps are no conflicts");
    let broken = write(&folder, "broken.toml", b"format = 1\n[projct]\n");
    assert_eq!(code(&["check", gaps, &broken]), 2, "bad input beats gaps");
    assert_eq!(code(&["check", "no-such-file.toml"]), 2);
    assert_eq!(code(&["check", complete, "--policy", "no-such-pack"]), 2);
    assert_eq!(code(&["check"]), 2);
    let empty = folder.join("empty");
    fs::create_dir(&empty).expect("the folder can be made");
    assert_eq!(code(&["check", &empty.to_string_lossy()]), 3);
    assert_eq!(
        code(&["check", complete, "--rules", &empty.to_string_lossy()]),
        2,
        "a folder of packs without a pack"
    );
    let pack = write(&folder, "packs/mine/pack.toml", b"\xff\x00");
    let packs = Path::new(&pack).ancestors().nth(2).expect("two folders up").to_string_lossy().into_owned();
    assert_eq!(code(&["check", complete, "--rules", &packs]), 2);
}

#[test]
fn one_bad_file_never_stops_the_others() {
    let folder = folder("one-bad-file");
    let broken = write(&folder, "broken.toml", b"format = 1\n[project]\ntitel = \"T\"\nstart = 2014-13-01\n");
    let output =
        run(&["check", &broken, "projects/example-gaps.toml", "--as-of", "2015-02-01", "--format", "json"]);
    let json: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("sound JSON whatever the input");
    assert_eq!(json["definitions"][0]["code"], "example-gaps");
    assert!(
        json["diagnostics"].as_array().is_some_and(|list| list.len() >= 2),
        "every mistake is told: {}",
        json["diagnostics"]
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn two_definitions_of_one_code_are_told() {
    let folder = folder("one-code");
    let text = fs::read("projects/example-complete.toml").expect("it is there");
    let one = write(&folder, "a/same.toml", &text);
    let two = write(&folder, "b/same.toml", &text);
    let output = run(&["check", &one, &two]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("two definitions have the code `same`"));
}

#[test]
fn outputs_are_written_whole_or_not_at_all() {
    let folder = folder("outputs");
    let target = write(&folder, "out.json", b"old");
    let file = format!("json={target}");
    assert_eq!(code(&["check", "projects/example-gaps.toml", "--as-of", "2015-02-01", "-o", &file]), 1);
    assert!(fs::read_to_string(&target).expect("it is there").contains("evalplan/check/1"));
    let missing = folder.join("no-folder/out.json").to_string_lossy().into_owned();
    assert_eq!(code(&["check", "projects/example-gaps.toml", "--as-of", "2015-02-01", "-o", &missing]), 2);
    if Path::new("/dev/full").exists() {
        assert_eq!(
            code(&["check", "projects/example-gaps.toml", "--as-of", "2015-02-01", "-o", "/dev/full"]),
            2
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_evalplan"))
        .args(["check", "projects", AS_OF[0], AS_OF[1], "--exit-zero"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn folders_are_searched_without_hidden_names_and_the_configuration() {
    let folder = folder("search");
    let text = fs::read("projects/example-complete.toml").expect("it is there");
    write(&folder, "one.toml", &text);
    write(&folder, "deep/er/two.toml", &text);
    write(&folder, ".hidden/three.toml", &text);
    write(&folder, ".four.toml", &text);
    write(&folder, "evalplan.toml", b"policy = \"ilo-2002\"\n");
    write(&folder, "notes.txt", b"no definition");
    let output = run(&["check", &folder.to_string_lossy(), "--as-of", "2015-02-01", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let codes: Vec<&str> = json["definitions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    assert_eq!(codes, ["two", "one"], "they come in the order of their paths");
    assert_eq!(json["definitions"][0]["policy"]["pack"], "ilo-2002");
    assert_eq!(json["definitions"][0]["policy"]["chosen_by"], "portfolio");
}

const PACK: &str = "format = 1\nid = \"ID\"\ntitle = \"Mine\"\nselection = \"joins\"\n[[document]]\nid = \"note\"\ntitle = \"A note\"\nissuer = \"an office\"\n";
const RULE: &str = "id = \"named-office\"\ntitle = \"An office by name\"\nstatus = \"confirmed\"\ncite = { source = \"note\", at = \"p. 1\" }\n\
     remedy = \"Name the office.\"\n[check]\ncondition = 'has(project.office.name)'\n[[case]]\nname = \"no office\"\nexpect = { named-office = \"gap\" }\n";

/// Writes a pack of users and gives the folder that holds it.
fn pack(folder: &Path, id: &str, rule: &str) -> String {
    let packs = format!("{}/packs", folder.to_string_lossy());
    write(Path::new(&packs), &format!("{id}/pack.toml"), PACK.replace("ID", id).as_bytes());
    write(Path::new(&packs), &format!("{id}/named-office.toml"), rule.as_bytes());
    packs
}

#[test]
fn packs_of_users_are_used_from_the_command_line_and_from_the_configuration() {
    let folder = folder("user-packs");
    let packs = pack(&folder, "mine", RULE);
    let definition =
        write(&folder, "projects/one.toml", b"format = 1\n[project]\nstart = 2014-01-01\nend = 2014-12-31\n");
    let named = run(&["check", &definition, "--rules", &packs, "--as-of", "2014-01-01", "--format", "json"]);
    assert!(String::from_utf8_lossy(&named.stdout).contains("mine/named-office"));
    write(&folder, "evalplan.toml", b"rules = [\"packs\"]\n");
    let configured = run(&["check", &definition, "--as-of", "2014-01-01", "--format", "json"]);
    assert_eq!(String::from_utf8_lossy(&named.stdout), String::from_utf8_lossy(&configured.stdout));
    assert_eq!(code(&["rules", "test", &packs]), 0);
}

#[test]
fn a_pack_of_users_cannot_hide_a_shipped_one() {
    let folder = folder("hidden-pack");
    let packs = pack(&folder, "ilo-2005", RULE);
    let output = run(&["check", "projects/example-complete.toml", "--rules", &packs]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("would hide it"));
}

#[test]
fn a_misspelt_path_in_a_rule_points_at_the_sub_expression_in_the_file() {
    let folder = folder("misspelt-path");
    let packs =
        pack(&folder, "mine", &RULE.replace("has(project.office.name)", "true && has(project.ofice.name)"));
    let output = run(&["check", "projects/example-complete.toml", "--rules", &packs]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("named-office.toml:7:26"), "{told}");
    assert!(told.contains("did you mean `project.office.name`?"), "{told}");
}
