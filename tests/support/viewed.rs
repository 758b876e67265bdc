//! The view of some definitions under the shipped rules, as the tool makes it.

use chrono::NaiveDate;
use evalplan::engine::{Engine, Request};
use evalplan::report::{Canvas, Detail, DefinitionView, Headings, Level, Material, Separator, Subject, View, Wishes, format_named};
use evalplan::source::Sources;

/// The shipped rules, loaded once for many views.
pub(crate) struct Rules(Engine);

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
            sources: &Sources::default(),
            catalog: self.rules.0.catalog(),
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
    let rules = Rules::load();
    Viewed { view: rules.view(files, as_of), rules }
}

impl Rules {
    pub(crate) fn load() -> Self {
        Self(Engine::shipped())
    }

    /// Reads, assesses, plans and views definitions, each given with its path.
    pub(crate) fn view(&self, files: &[(&str, &str)], as_of: NaiveDate) -> View {
        let (catalog, headings) = (self.0.catalog(), Headings::shipped());
        let one = |(path, text): &(&str, &str)| {
            self.0.check(path, text.as_bytes(), &Request::on(as_of), |outcome| {
                assert!(outcome.diagnostics.is_empty(), "{:?} in\n{text}", outcome.diagnostics);
                let material = Material { sources: outcome.sources, catalog, as_of, detail: Detail::Whole };
                DefinitionView::of(material, &headings, &outcome.assessed.expect("the file is sound"))
            })
        };
        View::of(Material { sources: &Sources::default(), catalog, as_of, detail: Detail::Whole }, files.iter().map(one).collect(), &[])
    }
}
