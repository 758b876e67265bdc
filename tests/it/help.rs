//! The help: every example that it gives can be typed.

use std::fs;
use std::path::Path;
use std::process::Command;

fn tool() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_evalplan"))
}

/// The examples of a command, each on one line.
fn examples(command: &str) -> Vec<String> {
    let output = Command::new(tool()).args([command, "--help"]).output().expect("the tool was built");
    let help = String::from_utf8(output.stdout).expect("the help is text").replace("\\\n    ", "");
    let (_, examples) = help
        .split_once("Example")
        .unwrap_or_else(|| panic!("the help of {command} gives no example:\n{help}"));
    examples.lines().map(str::trim).filter(|line| line.starts_with("evalplan ")).map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn every_example_of_the_help_can_be_typed() {
    let mut typed = 0;
    for command in ["check", "schedule", "report", "waivers", "waive"] {
        for example in examples(command) {
            let folder = tempfile::tempdir().expect("there is room for a folder");
            fs::create_dir(folder.path().join("projects")).expect("there is room for a folder");
            let definition = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/example-gaps.toml");
            fs::copy(definition, folder.path().join("projects/ports.toml")).expect("it can be written");
            // Behind two spaces stands what the example is for.
            let line = example.split("   ").next().unwrap_or(&example);
            let day = if command == "waive" { "2015-01-31" } else { "2015-02-01" };
            let path = tool().parent().expect("it lies in a folder").display();
            let script = format!("PATH=\"{path}:$PATH\"; {line} --as-of {day}");
            let output = Command::new("sh")
                .current_dir(folder.path())
                .args(["-c", &script])
                .output()
                .expect("there is a shell");
            let code = output.status.code().expect("it ends by itself");
            assert!(code <= 1, "`{line}` ends with {code}: {}", String::from_utf8_lossy(&output.stderr));
            if let Some(file) =
                line.split_once(" -o ").map(|(_, file)| file.trim().rsplit('=').next().unwrap_or(file))
            {
                assert!(folder.path().join(file).is_file(), "`{line}` writes {file}");
            }
            typed += 1;
        }
    }
    assert!(typed > 10, "{typed}");
}
