//! A folder with files, and the tool run in it.

use std::path::Path;
use std::process::{Command, Output};

/// A folder with files.
pub(crate) struct Desk(pub tempfile::TempDir);

impl Desk {
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        files.iter().for_each(|(name, text)| desk.put(name, text));
        desk
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.0.path().join(name)).expect("it is there");
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).expect("the file is there")
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("it is text")
    }

    /// How the tool ends, what it prints, and what it tells beside that.
    pub(crate) fn run(&self, words: &str) -> (Option<i32>, String, String) {
        let words = words.split(' ').filter(|word| !word.is_empty());
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_evalplan"))
            .args(words)
            .current_dir(self.0.path())
            .output()
            .expect("the tool runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (status.code(), text(stdout), text(stderr))
    }
}
