//! What people and machines are shown.
//! Must not compute, and must not open files.

mod concise;
pub mod coverage;
mod csv;
mod csv_schedule;
pub mod difference;
pub mod document;
mod filter;
mod format;
mod gantt;
mod gantt_rows;
mod gantt_scale;
mod github;
mod gitlab;
mod harmless;
mod headings;
mod html;
pub mod ics;
pub mod json;
mod junit;
mod known;
mod level;
mod markdown;
mod mermaid;
pub mod mutation;
pub mod proof;
mod repair;
mod sarif;
mod sarif_types;
mod snippet;
mod summary;
mod templates;
mod text_bars;
mod text_check;
mod text_explain;
mod text_schedule;
pub mod view;
mod view_plan;

pub use filter::Filter;
pub use format::{Canvas, Format, Subject, Wishes};
pub use gantt::{figure as gantt_figure, svg as gantt_svg};
pub use headings::Headings;
pub use known::FactView;
pub use level::{Level, Levels};
pub use repair::RepairView;
pub use snippet::render_diagnostics;
pub use summary::Summary;
pub use templates::{TemplateError, own as own_template};
pub use text_check::{check as text_check, closing};
pub use text_explain::{decision as explain_decision, rule as explain_rule};
pub use view::{Material, View, view};

use Subject::{Check, Report, Schedule};

/// Every format of `check`, `schedule` and `report`: a new one is a file here and a line below.
pub const FORMATS: &[Format] = &[
    Format { id: "text", ending: "txt", doc: "for people at a terminal", subject: Check, draw: format::text_check },
    Format { id: "concise", ending: "", doc: "one line a finding", subject: Check, draw: concise::check },
    Format {
        id: "json",
        ending: "json",
        doc: "for programs, a contract",
        subject: Check,
        draw: |canvas| Ok(json::check(canvas.view).into()),
    },
    Format { id: "sarif", ending: "sarif", doc: "for code scanning, SARIF 2.1.0", subject: Check, draw: sarif::check },
    Format { id: "github", ending: "", doc: "annotations of GitHub Actions", subject: Check, draw: github::check },
    Format { id: "gitlab", ending: "", doc: "Code Quality of GitLab", subject: Check, draw: gitlab::check },
    Format { id: "junit", ending: "xml", doc: "test results, one case a rule", subject: Check, draw: junit::check },
    Format { id: "markdown", ending: "md", doc: "a table for pull requests", subject: Check, draw: markdown::check },
    Format { id: "csv", ending: "csv", doc: "every finding as a row", subject: Check, draw: csv::check },
    Format { id: "text", ending: "txt", doc: "for people at a terminal", subject: Schedule, draw: format::text_schedule },
    Format {
        id: "json",
        ending: "json",
        doc: "for programs, a contract",
        subject: Schedule,
        draw: |canvas| Ok(json::schedule(canvas.view).into()),
    },
    Format { id: "csv", ending: "csv", doc: "every evaluation and every task as a row", subject: Schedule, draw: csv_schedule::schedule },
    Format { id: "ics", ending: "ics", doc: "a calendar feed", subject: Schedule, draw: ics::draw },
    Format { id: "mermaid", ending: "mmd", doc: "a Gantt chart as text, for Markdown", subject: Schedule, draw: mermaid::schedule },
    Format { id: "svg", ending: "svg", doc: "a Gantt chart as a picture", subject: Schedule, draw: gantt::draw },
    Format { id: "markdown", ending: "md", doc: "for wikis and pull requests", subject: Report, draw: markdown::report },
    Format { id: "html", ending: "html", doc: "one page for browsers and paper", subject: Report, draw: html::report },
];

/// The format of that name for what a command shows.
#[must_use]
pub fn format_named(subject: Subject, id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.subject == subject && format.id == id)
}
