//! The law of missing facts: a rule is undecided if and only if two ways to fill in the facts lead to different verdicts.

use evalplan::assess::{Choice, assess};
use evalplan::checks::Verdict;
use evalplan::import;
use evalplan::model::Date;
use evalplan::policy::{Catalog, RuleFile};
use evalplan::source::{Sources, shipped_rules};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The shipped packs.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let files: Vec<RuleFile> = shipped_rules("")
        .into_iter()
        .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true })
        .collect();
    let loaded = Catalog::load(&files, &sources);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.value
});

fn day(text: &str) -> Date {
    text.parse().expect("the test writes days")
}

/// A date as a file may know it: to the day, in part, or not at all.
#[derive(Debug, Clone)]
enum Known {
    Day(Date),
    Part(String, Date, Date),
    Nothing,
}

impl Known {
    fn line(&self, name: &str) -> String {
        match self {
            Self::Day(day) => format!("{name} = {day}\n"),
            Self::Part(text, ..) => format!("{name} = \"{text}\"\n"),
            Self::Nothing => String::new(),
        }
    }

    /// All the days that it may be, at the given stride; the ends always.
    fn days(&self, stride: usize) -> Vec<Date> {
        match self {
            Self::Day(day) => vec![*day],
            Self::Part(_, from, to) => {
                let mut days: Vec<Date> =
                    from.iter_days().take_while(|day| day <= to).step_by(stride).collect();
                days.push(*to);
                days
            }
            Self::Nothing => Vec::new(),
        }
    }
}

fn known(year: std::ops::RangeInclusive<i32>) -> impl Strategy<Value = Known> {
    (year, 1_u32..=12, 1_u32..=28, 0..3).prop_map(|(year, month, date, kind)| {
        let at = |month, date| Date::from_ymd_opt(year, month, date).expect("days up to 28 exist");
        let next = if month == 12 { day(&format!("{}-01-01", year + 1)) } else { at(month + 1, 1) };
        match kind {
            0 => Known::Day(at(month, date)),
            1 => Known::Part(
                format!("{year}-{month:02}"),
                at(month, 1),
                next.pred_opt().expect("not the first day of all"),
            ),
            _ => Known::Part(format!("{year}"), at(1, 1), at(12, 31)),
        }
    })
}

/// A definition as text, with the ways in which its gaps can be filled.
#[derive(Debug, Clone)]
struct Sketch {
    start: Known,
    end: Known,
    total: Option<String>,
    totals: Vec<&'static str>,
    evaluations: Vec<(Option<&'static str>, Option<&'static str>)>,
    open: bool,
}

const LEVELS: [&str; 4] = ["self", "internal", "independent-internal", "external"];
const TIMINGS: [&str; 5] = ["mid-term", "mid-term-review", "final", "annual-review", "ex-post"];

fn sketch() -> impl Strategy<Value = Sketch> {
    let total = prop_oneof![
        Just((None, vec!["USD 0", "USD 350000", "USD 350000.01", "USD 9000000"])),
        Just((Some("USD 350000"), vec!["USD 350000"])),
        Just((Some("USD 350000.01"), vec!["USD 350000.01"])),
        Just((Some("USD 300000..400000"), vec!["USD 300000", "USD 350000", "USD 350000.01", "USD 400000"])),
        Just((Some("USD 350000.01..400000"), vec!["USD 350000.01", "USD 400000"])),
        Just((Some("USD 100..350000"), vec!["USD 100", "USD 350000"])),
        Just((Some("EUR 300000"), vec!["USD 1", "USD 350000", "USD 350001"])),
    ];
    let timing = prop_oneof![
        Just(None),
        prop::sample::select(&TIMINGS[..]).prop_map(Some),
        prop::sample::select(&TIMINGS[..]).prop_map(Some)
    ];
    let level = prop_oneof![Just(None), prop::sample::select(&LEVELS[..]).prop_map(Some)];
    let evaluations = prop::collection::vec((timing, level), 0..3);
    let end = prop_oneof![6 => known(2005..=2008), 1 => Just(Known::Nothing)];
    (known(2004..=2006), end, total, evaluations, any::<bool>()).prop_map(
        |(start, end, (total, totals), evaluations, open)| Sketch {
            start,
            end,
            total: total.map(str::to_owned),
            totals,
            evaluations,
            open,
        },
    )
}

/// The rules whose facts a sketch fills in.
const DUTIES: &[&str] = &[
    "project-evaluation",
    "final-evaluation",
    "mid-term-evaluation",
    "mid-term-review",
    "annual-reviews",
    "independent-evaluation",
];

impl Sketch {
    fn text(&self) -> String {
        let open = if self.open { "open = [\"evaluations\"]\n" } else { "" };
        let mut text =
            format!("format = 1\n{open}[project]\n{}{}", self.start.line("start"), self.end.line("end"));
        if let Some(total) = &self.total {
            text.push_str(&format!("[budget]\ntotal = \"{total}\"\n"));
        }
        for (number, (timing, level)) in self.evaluations.iter().enumerate() {
            text.push_str(&format!("[[evaluation]]\nid = \"e{number}\"\n"));
            timing.iter().for_each(|timing| text.push_str(&format!("timing = \"{timing}\"\n")));
            level.iter().for_each(|level| text.push_str(&format!("independence = \"{level}\"\n")));
        }
        text
    }

    /// Ways to fill in the evaluations: unknown words, and more of them where the list is open.
    fn lists(&self) -> Vec<Vec<(Option<&'static str>, Option<&'static str>)>> {
        let mut lists = vec![Vec::new()];
        for (timing, level) in &self.evaluations {
            let timings: Vec<&'static str> = timing.map_or(TIMINGS.to_vec(), |timing| vec![timing]);
            let levels: Vec<&'static str> = level.map_or(vec!["self", "external"], |level| vec![level]);
            lists = lists
                .into_iter()
                .flat_map(|list: Vec<_>| {
                    let pairs = timings
                        .iter()
                        .flat_map(|timing| levels.iter().map(move |level| (Some(*timing), Some(*level))));
                    pairs
                        .map(move |pair| list.iter().copied().chain([pair]).collect::<Vec<_>>())
                        .collect::<Vec<_>>()
                })
                .collect();
        }
        if self.open {
            let everything: Vec<_> = ["mid-term", "final", "mid-term-review"]
                .into_iter()
                .chain(["annual-review"; 5])
                .map(|timing| (Some(timing), Some("external")))
                .collect();
            let low: Vec<_> =
                ["mid-term", "final"].into_iter().map(|timing| (Some(timing), Some("self"))).collect();
            lists = lists
                .into_iter()
                .flat_map(|list| {
                    [Vec::new(), everything.clone(), low.clone()]
                        .map(|more| list.iter().copied().chain(more).collect())
                })
                .collect();
        }
        lists
    }

    /// Fills in everything, with the days at a stride; lengths at which rules change their answer are always tried.
    fn completions(&self, stride: usize) -> Vec<Self> {
        let mut all = Vec::new();
        for start in self.start.days(stride) {
            let mut ends = self.end.days(stride);
            for months in [15, 18, 27, 30, 39, 51] {
                let exact = evalplan::model::add_months(start, months)
                    .and_then(|day| day.pred_opt())
                    .expect("near days exist");
                ends.extend([exact.pred_opt(), Some(exact), exact.succ_opt()].into_iter().flatten().filter(
                    |day| match &self.end {
                        Known::Day(_) => false,
                        Known::Part(_, from, to) => (from..=to).contains(&day),
                        Known::Nothing => true,
                    },
                ));
            }
            for end in ends.into_iter().filter(|end| *end >= start) {
                for total in &self.totals {
                    for evaluations in self.lists() {
                        let (start, end) = (Known::Day(start), Known::Day(end));
                        all.push(Self {
                            start,
                            end,
                            total: Some((*total).to_owned()),
                            totals: Vec::new(),
                            evaluations,
                            open: false,
                        });
                    }
                }
            }
        }
        all
    }

    fn verdicts(&self) -> BTreeMap<String, Verdict> {
        let mut sources = Sources::default();
        let loaded =
            import::toml::read(&mut sources, "sketch.toml", self.text().as_bytes(), &CATALOG.lexicon);
        assert!(loaded.diagnostics.is_empty(), "{}\n{:?}", self.text(), loaded.diagnostics);
        let definition = loaded.value.expect("it was read");
        let assessment =
            assess(&CATALOG, &definition, day("2004-01-01"), &Choice::default()).expect("no pack is named");
        let of_edition =
            assessment.findings.iter().filter(|finding| finding.rule.pack.starts_with("ilo-200"));
        let duties = of_edition.filter(|finding| DUTIES.contains(&&*finding.rule.local));
        duties.map(|finding| (finding.rule.local.to_string(), finding.verdict)).collect()
    }
}

/// How many sketches are tried: few by day, more where `PROPTEST_CASES` asks for them.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_is_undecided_if_and_only_if_two_completions_differ(sketch in sketch()) {
        prop_assume!(sketch.end.days(400).last().is_none_or(|last| *last >= sketch.start.days(400)[0]));
        let said = sketch.verdicts();
        let mut found: BTreeMap<String, Verdict> = BTreeMap::new();
        for completion in sketch.completions(61) {
            for (rule, verdict) in completion.verdicts() {
                prop_assert_ne!(verdict, Verdict::Undecided, "{} of {}", rule, completion.text());
                match said[&rule] {
                    Verdict::Undecided => {}
                    Verdict::Met => prop_assert!(verdict != Verdict::Gap, "{} is a gap for\n{}", rule, completion.text()),
                    decided => prop_assert_eq!(decided, verdict, "{} for\n{}", &rule, completion.text()),
                }
                found.entry(rule).and_modify(|known| *known = known.or(verdict)).or_insert(verdict);
            }
        }
        for (rule, verdict) in &said {
            if *verdict == Verdict::Undecided {
                prop_assert_eq!(found.get(rule), Some(&Verdict::Undecided), "{} is decided by every completion of\n{}", rule, sketch.text());
            }
        }
    }
}
