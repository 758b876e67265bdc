//! The score that is suggested for each heading of an appraisal. What a score means is data beside the templates.
//! Must not judge a rule.

use super::headings::{Headings, Score};
use super::level::Level;
use super::view::{DefinitionView, FindingView};
use crate::assess::Outcome as Verdict;
use serde::Serialize;

/// What is suggested for one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Appraised {
    /// The heading.
    pub title: String,
    /// How many gaps count.
    pub gaps: usize,
    /// How many rules are undecided.
    pub undecided: usize,
    /// How many rules are met.
    pub met: usize,
    /// How many rules a waiver covers; they change no score.
    pub waived: usize,
    /// The score.
    pub score: String,
    /// Why.
    pub why: String,
}

/// What is suggested for each heading, in their order. A gap or an undecided rule that does not count in this run is left out.
pub(super) fn appraisal(definition: &DefinitionView, headings: &Headings) -> Vec<Appraised> {
    let of = |(title, place): (&str, usize)| {
        let under: Vec<&FindingView> =
            definition.findings.iter().filter(|finding| finding.heading == place).collect();
        appraised(title, &under, headings)
    };
    headings.appraised().zip(0..).map(of).collect()
}

fn appraised(title: &str, under: &[&FindingView], headings: &Headings) -> Appraised {
    let count = |verdict: Verdict| under.iter().filter(|finding| finding.verdict == verdict).count();
    let counted = |verdict: Verdict| {
        under.iter().filter(|finding| finding.verdict == verdict && finding.level != Level::None).count()
    };
    let (gaps, undecided, met, waived) =
        (counted(Verdict::Gap), counted(Verdict::Undecided), count(Verdict::Met), count(Verdict::Waived));
    let error = under.iter().any(|finding| finding.verdict == Verdict::Gap && finding.level == Level::Error);
    let scores = &headings.appraisal;
    let Score { score, why } = match (gaps, undecided, met) {
        _ if error => &scores.unmet,
        (0, _, 0) => &scores.unjudged,
        (0, 0, _) => &scores.met,
        _ => &scores.open,
    };
    let left_out = if waived == 0 { String::new() } else { format!("; {}: {waived}", scores.waived) };
    Appraised {
        title: title.to_owned(),
        gaps,
        undecided,
        met,
        waived,
        score: score.clone(),
        why: format!("{why}{left_out}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::reason_view::ReasonView;
    use crate::report::view::PlaceView;

    fn finding(verdict: Verdict, level: Level) -> FindingView {
        let text = String::new;
        FindingView {
            rule: text(),
            band: None,
            title: text(),
            verdict,
            severity: crate::policy::Severity::Error,
            level,
            known: false,
            allowed: false,
            owed: None,
            planned: None,
            status: text(),
            source: text(),
            document: text(),
            paragraph: text(),
            message: text(),
            because: text(),
            more: None,
            reason: ReasonView::default(),
            missing: Vec::new(),
            needs: Vec::new(),
            remedy: None,
            repair: None,
            fix: None,
            owed_by: None,
            waiver: None,
            waived_until: None,
            later: None,
            closing: crate::report::ClosingView::default(),
            heading: 0,
            at: PlaceView::none(),
            also: None,
            fingerprint: text(),
        }
    }

    fn score(verdicts: &[(Verdict, Level)]) -> String {
        let findings: Vec<FindingView> =
            verdicts.iter().map(|(verdict, level)| finding(*verdict, *level)).collect();
        appraised("", &findings.iter().collect::<Vec<_>>(), &Headings::shipped()).score
    }

    #[test]
    fn an_error_makes_one_anything_less_two_and_all_met_three() {
        let (met, error, warning, note) = (
            (Verdict::Met, Level::None),
            (Verdict::Gap, Level::Error),
            (Verdict::Gap, Level::Warning),
            (Verdict::Gap, Level::Note),
        );
        let undecided = (Verdict::Undecided, Level::Warning);
        assert_eq!(score(&[met, met, error]), "1");
        assert_eq!(score(&[error]), "1");
        assert_eq!(score(&[met, warning]), "2");
        assert_eq!(score(&[note]), "2");
        assert_eq!(score(&[met, undecided]), "2");
        assert_eq!(score(&[met]), "3");
        assert_eq!(score(&[met, (Verdict::NotApplicable, Level::None)]), "3");
    }

    #[test]
    fn where_nothing_can_be_judged_there_is_no_number() {
        assert_eq!(score(&[]), "X");
        assert_eq!(score(&[(Verdict::NotApplicable, Level::None)]), "X");
        assert_eq!(score(&[(Verdict::Undecided, Level::Error)]), "X", "whatever an undecided rule counts as");
    }

    #[test]
    fn what_is_waived_or_allowed_counts_neither_for_nor_against() {
        let (waived, allowed) = ((Verdict::Waived, Level::None), (Verdict::Gap, Level::None));
        assert_eq!(score(&[waived]), "X");
        assert_eq!(score(&[allowed]), "X");
        assert_eq!(score(&[waived, allowed, (Verdict::Met, Level::None)]), "3");
        let findings = [finding(Verdict::Waived, Level::None)];
        let one = appraised("", &findings.iter().collect::<Vec<_>>(), &Headings::shipped());
        assert!(one.why.ends_with(": 1"), "it is said how many: {}", one.why);
    }
}
