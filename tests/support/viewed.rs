//! The view of some definitions under the shipped rules, as the tool makes it.

use chrono::NaiveDate;
use evalplan::engine::{Engine, Input, Outcome, Portfolio, Request};
use evalplan::report::{Canvas, Detail, FileView, Headings, Levels, Subject, View, format_named};
use evalplan::source::Sources;
use std::ops::ControlFlow;

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
        let sources = Sources::default();
        let canvas = Canvas::new(&self.view, &sources, self.rules.0.catalog());
        let format = format_named(Subject::Schedule, id).expect("there is such a format");
        String::from_utf8(format.draw(&canvas).expect("it can be drawn")).expect("it is text")
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
        let (request, headings, levels) = (Request::on(as_of), Headings::shipped(), Levels::default());
        let inputs = files.iter().map(|(path, text)| Input::ready(*path, *text));
        let mut views = vec![FileView::default()];
        let make = |outcome: Outcome<'_>| {
            assert!(
                outcome.diagnostics.is_empty(),
                "{:?} in\n{}",
                outcome.diagnostics,
                outcome.sources.text(outcome.source)
            );
            FileView::of(&outcome, &headings, &levels, Detail::Whole)
        };
        Portfolio::new(&self.0, &request).run(inputs, make, |entry| {
            views.push(entry.made);
            ControlFlow::Continue(())
        });
        View::of(as_of, views, self.0.catalog())
    }
}
