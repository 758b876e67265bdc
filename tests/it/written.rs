//! What files are like that the tool writes: as the system makes files where they are new, with their owner and mode where they
//! are not; and nothing is left beside them, by whatever run.
#![cfg(unix)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with the example of gaps as `a.toml`.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/example-gaps.toml");
    fs::write(folder.path().join("a.toml"), fs::read(example).expect("it is there"))
        .expect("it can be written");
    folder
}

/// Runs the tool in a folder under a mask.
fn run(folder: &Path, mask: &str, words: &str) {
    let script = format!("umask {mask}; exec \"$0\" {words} --as-of 2014-06-01");
    let output =
        Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_evalplan")]).current_dir(folder).output();
    let output = output.expect("there is a shell");
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{words}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn mode(path: &Path) -> u32 {
    path.metadata().expect("it is there").mode() & 0o7777
}

#[test]
fn new_files_are_as_the_mask_of_the_user_has_them() {
    for (mask, wanted) in [("077", 0o600), ("027", 0o640), ("022", 0o644), ("002", 0o664)] {
        let desk = desk();
        let at = |name: &str| desk.path().join(name);
        run(
            desk.path(),
            mask,
            "check a.toml -o json=a.json -o a.sarif --summary s.md --write-baseline b.json",
        );
        run(desk.path(), mask, "schedule a.toml -o a.ics");
        run(desk.path(), mask, "report a.toml -o a.html -o a.xlsx");
        for name in ["a.json", "a.sarif", "s.md", "b.json", "a.ics", "a.html", "a.xlsx"] {
            assert_eq!(mode(&at(name)), wanted, "{name} under {mask}");
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a run that cannot look at owners says so")]
fn files_that_are_there_keep_mode_owner_and_group() {
    let desk = desk();
    let at = |name: &str| desk.path().join(name);
    fs::write(at("a.json"), "{}").expect("it can be written");
    for (name, wanted) in [("a.toml", 0o640), ("a.json", 0o606)] {
        fs::set_permissions(at(name), Permissions::from_mode(wanted)).expect("they are ours");
    }
    // Only who may give files away can tell whether they stay what they were.
    let given = ["a.toml", "a.json"].iter().all(|name| chown(at(name), Some(12345), Some(23456)).is_ok());
    run(desk.path(), "077", "check a.toml --fix -o json=a.json");
    assert!(
        fs::read_to_string(at("a.toml")).expect("it is there").contains("id = \"mid-term\""),
        "it was mended"
    );
    for (name, wanted) in [("a.toml", 0o640), ("a.json", 0o606)] {
        assert_eq!(mode(&at(name)), wanted, "{name}");
        let data = at(name).metadata().expect("it is there");
        assert!(
            !given || (data.uid(), data.gid()) == (12345, 23456),
            "{name} belongs to {}:{}",
            data.uid(),
            data.gid()
        );
    }
    if !given {
        eprintln!("not run by who may give files away: owners were not looked at");
    }
}

#[test]
fn what_a_run_that_was_stopped_has_left_is_removed_and_nothing_else() {
    let desk = desk();
    let put = |name: &str| {
        let path: PathBuf = desk.path().join(name);
        fs::write(&path, "left").expect("it can be written");
        path
    };
    let stale = [put(".evalplan-Ab12yZ"), put(".evalplan-000000")];
    let kept = [
        put(".evalplan-notes.txt"),
        put(".evalplan-Ab12y"),
        put(".evalplan-Ab12yZ~"),
        put(".evalplan"),
        put(".other-Ab12yZ"),
    ];
    fs::create_dir(desk.path().join(".evalplan-folder")).expect("there is room for a folder");
    fs::create_dir(desk.path().join(".evalplan-Folder")).expect("there is room for a folder");
    std::os::unix::fs::symlink("a.toml", desk.path().join(".evalplan-aLink1")).expect("links can be made");
    let living = put(".evalplan-Living");
    let lock = File::open(&living).expect("it is there");
    lock.lock().expect("it can be locked");
    run(desk.path(), "022", "check a.toml -o json=a.json");
    assert!(stale.iter().all(|path| !path.exists()), "what was left is gone");
    assert!(kept.iter().all(|path| path.exists()), "what others have made stays");
    assert!(living.exists(), "what a run is writing stays");
    assert!(
        desk.path().join(".evalplan-Folder").exists() && desk.path().join(".evalplan-aLink1").is_symlink()
    );
    drop(lock);
    run(desk.path(), "022", "check a.toml -o json=a.json");
    assert!(!living.exists(), "its run has ended");
}

#[test]
fn runs_that_write_into_one_folder_at_once_do_not_take_each_others_files_for_left() {
    let desk = desk();
    let runs = (0..12).map(|number| {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_evalplan"));
        tool.current_dir(desk.path())
            .args(["check", "a.toml", "--as-of", "2014-06-01", "-q", "-o"])
            .arg(format!("json={number}.json"));
        tool.args(["-o", "sarif=same.sarif"]).spawn().expect("the tool was built")
    });
    for mut run in runs.collect::<Vec<_>>() {
        assert_eq!(run.wait().expect("it ends").code(), Some(1));
    }
    let names = || {
        fs::read_dir(desk.path())
            .expect("it is there")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
    };
    assert!(names().all(|name| !name.starts_with('.')), "{:?}", names().collect::<Vec<_>>());
    assert_eq!(names().filter(|name| name.ends_with(".json")).count(), 12);
}
