//! What was mended in a definition: in words, and as a patch that other programs apply.
//! Must not mend.

use super::harmless::{self, plain};
use crate::fix::Mend;
use similar::TextDiff;
use std::fmt::Write as _;

/// The changes of one file in words, each with the rules that it makes met and why it is as it is; then what is left to a person.
#[must_use]
pub fn mends(path: &str, mends: &[Mend], left: &[String]) -> String {
    let number = if mends.is_empty() { "nothing".to_owned() } else { super::concise::plural(mends.len(), "thing") };
    let mut text = format!("{}: {number} to mend\n", plain(path));
    for mend in mends {
        let rules: Vec<String> = mend.rules.iter().map(|rule| plain(rule)).collect();
        let closes = if rules.is_empty() { String::new() } else { format!(": closes {}", crate::checks::words::list(&rules, "and")) };
        let _ = writeln!(text, "  {}{closes}", plain(&mend.said));
        if !mend.because.is_empty() {
            let _ = writeln!(text, "    because {}", plain(&mend.because));
        }
    }
    for one in left {
        let _ = writeln!(text, "  left to you: {}", plain(one));
    }
    text
}

/// The difference of two texts of one file as a unified patch, for `git apply -p0` and `patch -p0`.
#[must_use]
pub fn unified(path: &str, old: &str, new: &str) -> String {
    let path = plain(path);
    // Behind a name with spaces stands a tab, by which `patch` knows where it ends.
    let path = if path.contains(char::is_whitespace) { path + "\t" } else { path };
    TextDiff::from_lines(old, new).unified_diff().header(&path, &path).to_string()
}

/// A patch for people at a terminal: nothing in it steers the terminal.
#[must_use]
pub fn harmless_lines(text: &str) -> String {
    text.lines().map(|line| harmless::line(line) + "\n").collect()
}
