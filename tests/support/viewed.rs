//! The view of some definitions under the shipped rules, as the tool makes it.

use chrono::NaiveDate;
use evalplan::assess::{Choice, assess};
use evalplan::import;
use evalplan::policy::{Catalog, RuleFile};
use evalplan::report::{Assessed, Canvas, Level, Material, Separator, Subject, View, Wishes, format_named, view};
use evalplan::schedule::calendar::{CalendarFile, Calendars, country_of};
use evalplan::schedule::{Habits, Planner, Processes, plan};
use evalplan::source::{Sources, shipped_rule_file, shipped_rules};

/// The shipped rules, loaded once for many views.
pub(crate) struct Rules {
    sources: Sources,
    catalog: Catalog,
    planner: Planner,
}

/// A view with what formats draw from.
pub(crate) struct Viewed {
    pub view: View,
    rules: Rules,
}

impl Viewed {
    /// A format of `schedule`, as text.
    pub(crate) fn draw(&self, id: &str) -> String {
        let canvas = Canvas {
            view: &self.view,
            sources: &self.rules.sources,
            catalog: &self.rules.catalog,
            roots: &[],
            options: "",
            include_waived: false,
            fail_on: Level::Error,
            quiet: false,
            styled: false,
            separator: Separator::default(),
            wishes: Wishes::default(),
        };
        let format = format_named(Subject::Schedule, id).expect("there is such a format");
        String::from_utf8((format.draw)(&canvas).expect("it can be drawn")).expect("it is text")
    }
}

/// Reads, assesses, plans and views definitions, each given with its path.
pub(crate) fn viewed(files: &[(&str, &str)], as_of: NaiveDate) -> Viewed {
    let mut rules = Rules::load();
    Viewed { view: rules.view(files, as_of), rules }
}

impl Rules {
    pub(crate) fn load() -> Self {
        let mut sources = Sources::default();
        let rules: Vec<RuleFile> =
            shipped_rules("").into_iter().map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true }).collect();
        let catalog = Catalog::load(&rules, &sources).value;
        let processes: Vec<_> = shipped_rules("processes").into_iter().map(|(path, text)| sources.add(path, text)).collect();
        let processes = Processes::load(&processes, &sources).value;
        let habits = sources.add("rules/planning.toml", shipped_rule_file("planning.toml").expect("it is shipped"));
        let habits = Habits::load(habits, &sources).value.expect("it is sound");
        Self { sources, catalog, planner: Planner { processes, calendars: Calendars::default(), habits } }
    }

    /// Reads, assesses, plans and views definitions, each given with its path.
    pub(crate) fn view(&mut self, files: &[(&str, &str)], as_of: NaiveDate) -> View {
        let Self { sources, catalog, planner } = self;
        let at_hand: Vec<CalendarFile<'_>> =
            shipped_rules("calendars").into_iter().map(|(path, text)| CalendarFile { path, text }).collect();
        let mut definitions = Vec::new();
        for (path, text) in files {
            let loaded = import::toml::read(sources, path, text.as_bytes(), &catalog.lexicon);
            assert!(loaded.diagnostics.is_empty(), "{:?} in\n{text}", loaded.diagnostics);
            definitions.extend(loaded.value);
        }
        for definition in &definitions {
            if let Some((country, _)) = country_of(definition) {
                planner.calendars.read_country(country, &at_hand, sources);
            }
        }
        let assessed: Vec<_> = definitions
            .iter()
            .map(|definition| {
                let assessment = assess(catalog, definition, as_of, &Choice::default()).expect("no pack is named");
                let mut schedule = plan(&assessment);
                planner.date(&mut schedule, &assessment);
                Assessed { assessment, schedule, listings: Vec::new() }
            })
            .collect();
        view(Material { sources, catalog, as_of }, &assessed, &[])
    }
}
