//! One line a finding: `path:line:column: severity RULE message`.
//! Must not hold more than a line holds.

use super::lines::Lines;
use super::stream::{FileRef, Settings, Stream, Tail};
use crate::assess::Outcome as Verdict;

/// Every mistake in the input and every finding that counts, then how many there are.
pub(super) fn check(settings: Settings<'_>) -> Box<dyn Stream + '_> {
    Box::new(Concise(settings))
}

struct Concise<'a>(Settings<'a>);

impl Stream for Concise<'_> {
    fn file(&mut self, file: FileRef<'_>) -> Vec<u8> {
        let mut text = Lines::default();
        for one in file.diagnostics {
            writeln!(text, "{}:{}:{}: {} {}", one.path, one.line, one.column, one.severity, one.message);
        }
        for (definition, finding) in
            file.definition.into_iter().flat_map(|one| one.counted(self.0.include_waived))
        {
            let place = format!("{}:{}:{}", definition.path, finding.at.line, finding.at.column);
            let level = if finding.verdict == Verdict::Waived { "waived" } else { finding.level.word() };
            writeln!(text, "{place}: {level} {} {}", finding.rule, finding.message);
        }
        text.into_text().into_bytes()
    }

    fn tail(&mut self, tail: &Tail<'_>) -> Vec<u8> {
        let mut text = Lines::default();
        for note in tail.notes {
            writeln!(text, "{note}");
        }
        if !self.0.quiet {
            writeln!(text, "{}", tally(tail));
        }
        text.into_text().into_bytes()
    }
}

/// `2 errors, 1 warning, 0 notes, 3 undecided in 1 definition; 1 file with mistakes`.
pub(super) fn tally(tail: &Tail<'_>) -> String {
    let summary = tail.summary;
    format!(
        "{} in {}{}",
        summary.in_words(),
        plural(summary.definitions, "definition"),
        with_mistakes(tail.broken)
    )
}

/// How many input files have mistakes, as the end of a sentence; nothing where none has.
pub(super) fn with_mistakes(broken: usize) -> String {
    match broken {
        0 => String::new(),
        files => format!("; {} with mistakes", plural(files, "file")),
    }
}

/// `1 error`, `2 errors`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
