//! What was mended in a definition: in words, and as a patch that other programs apply.
//! Must not mend.

use super::harmless;
use super::lines::Lines;
use crate::fix::Mend;
use similar::TextDiff;

/// The changes of one file in words, each with the rules that it makes met and why it is as it is; then what is left to a person.
#[must_use]
pub fn mends(path: &str, mends: &[Mend], left: &[String]) -> String {
    let number =
        if mends.is_empty() { "nothing".to_owned() } else { super::concise::plural(mends.len(), "thing") };
    let mut text = Lines::default();
    writeln!(text, "{path}: {number} to mend");
    for mend in mends {
        let rules: Vec<&str> = mend.rules.iter().map(AsRef::as_ref).collect();
        let closes = if rules.is_empty() {
            String::new()
        } else {
            format!(": closes {}", crate::words::list(&rules, "and"))
        };
        writeln!(text, "  {}{closes}", mend.said);
        if !mend.because.is_empty() {
            writeln!(text, "    because {}", mend.because);
        }
    }
    for one in left {
        writeln!(text, "  left to you: {one}");
    }
    text.into_text()
}

/// The difference of two texts of one file as a unified patch, for `git apply -p0` and `patch -p0`.
#[must_use]
pub fn unified(path: &str, old: &str, new: &str) -> String {
    let path = name(path);
    TextDiff::from_lines(old, new).unified_diff().header(&path, &path).to_string()
}

/// The name of a file as the heads of patches have it: in quotes where it has signs that would end it, else with a tab behind it
/// where it has spaces, by which `patch` knows where it ends.
fn name(path: &str) -> String {
    if !path.contains(|letter: char| letter.is_control() || matches!(letter, '"' | '\\')) {
        return if path.contains(char::is_whitespace) { format!("{path}\t") } else { path.to_owned() };
    }
    let mut name = "\"".to_owned();
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => name.extend(['\\', char::from(byte)]),
            b' '..=b'~' => name.push(char::from(byte)),
            other => name.push_str(&format!("\\{other:03o}")),
        }
    }
    name + "\""
}

/// A patch for people at a terminal: nothing in it steers the terminal.
#[must_use]
pub fn harmless_lines(text: &str) -> String {
    text.lines().map(|line| harmless::line(line) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_stands_in_quotes_where_it_would_end_early() {
        assert_eq!(name("projects/a.toml"), "projects/a.toml");
        assert_eq!(name("a b.toml"), "a b.toml\t");
        assert_eq!(name("é.toml"), "é.toml");
        assert_eq!(name("a\nb\"é.toml"), "\"a\\012b\\\"\\303\\251.toml\"");
    }
}
