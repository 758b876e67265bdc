//! The table of formats: a new one is a file in this module and an entry here.
//! Must not draw anything itself.

use super::format::Drawing::{Stream, Whole};
use super::format::Format;
use super::format::Subject::{self, Check, Report, Schedule, Waivers};
use super::{
    concise, csv, csv_schedule, gantt, github, gitlab, ics, json, junit, mermaid, pages, sarif, text_check,
    text_schedule, waivers,
};

/// Every format of `check`, `schedule` and `report`: a new one is a file beside this one and a line below.
pub const FORMATS: &[Format] = &[
    Format {
        id: "text",
        ending: "txt",
        doc: "for people at a terminal",
        subject: Check,
        drawing: Whole(text_check::drawn),
    },
    Format {
        id: "concise",
        ending: "",
        doc: "one line a finding",
        subject: Check,
        drawing: Stream(concise::check),
    },
    Format {
        id: "json",
        ending: "json",
        doc: "for programs, a contract",
        subject: Check,
        drawing: Whole(|canvas| Ok(json::check(canvas.view).into())),
    },
    Format {
        id: "ndjson",
        ending: "ndjson",
        doc: "for programs, a record a line",
        subject: Check,
        drawing: Stream(json::check_lines),
    },
    Format {
        id: "sarif",
        ending: "sarif",
        doc: "for code scanning, SARIF 2.1.0",
        subject: Check,
        drawing: Whole(sarif::check),
    },
    Format {
        id: "github",
        ending: "",
        doc: "annotations of GitHub Actions",
        subject: Check,
        drawing: Whole(github::check),
    },
    Format {
        id: "gitlab",
        ending: "",
        doc: "Code Quality of GitLab",
        subject: Check,
        drawing: Whole(gitlab::check),
    },
    Format {
        id: "junit",
        ending: "xml",
        doc: "test results, one case a rule",
        subject: Check,
        drawing: Whole(junit::check),
    },
    Format {
        id: "markdown",
        ending: "md",
        doc: "a table for pull requests",
        subject: Check,
        drawing: Whole(pages::findings),
    },
    Format {
        id: "csv",
        ending: "csv",
        doc: "every finding as a row",
        subject: Check,
        drawing: Stream(csv::check),
    },
    Format {
        id: "text",
        ending: "txt",
        doc: "for people at a terminal",
        subject: Schedule,
        drawing: Whole(text_schedule::drawn),
    },
    Format {
        id: "json",
        ending: "json",
        doc: "for programs, a contract",
        subject: Schedule,
        drawing: Whole(|canvas| Ok(json::schedule(canvas.view).into())),
    },
    Format {
        id: "ndjson",
        ending: "ndjson",
        doc: "for programs, a record a line",
        subject: Schedule,
        drawing: Stream(json::schedule_lines),
    },
    Format {
        id: "csv",
        ending: "csv",
        doc: "every evaluation and every task as a row",
        subject: Schedule,
        drawing: Stream(csv_schedule::schedule),
    },
    Format { id: "ics", ending: "ics", doc: "a calendar feed", subject: Schedule, drawing: Whole(ics::draw) },
    Format {
        id: "mermaid",
        ending: "mmd",
        doc: "a Gantt chart as text, for Markdown",
        subject: Schedule,
        drawing: Whole(mermaid::schedule),
    },
    Format {
        id: "svg",
        ending: "svg",
        doc: "a Gantt chart as a picture",
        subject: Schedule,
        drawing: Whole(gantt::draw),
    },
    Format {
        id: "markdown",
        ending: "md",
        doc: "for wikis and pull requests",
        subject: Report,
        drawing: Whole(pages::markdown),
    },
    Format {
        id: "html",
        ending: "html",
        doc: "one page for browsers and paper",
        subject: Report,
        drawing: Whole(pages::html),
    },
    #[cfg(feature = "xlsx")]
    Format {
        id: "xlsx",
        ending: "xlsx",
        doc: "a workbook with filters and real dates",
        subject: Report,
        drawing: Whole(super::xlsx::report),
    },
    Format {
        id: "text",
        ending: "txt",
        doc: "for people at a terminal",
        subject: Waivers,
        drawing: Whole(waivers::text),
    },
    Format {
        id: "json",
        ending: "json",
        doc: "for programs",
        subject: Waivers,
        drawing: Whole(waivers::json),
    },
    Format {
        id: "csv",
        ending: "csv",
        doc: "every waiver as a row",
        subject: Waivers,
        drawing: Whole(waivers::csv),
    },
];

/// The format of that name for what a command shows.
#[must_use]
pub fn format_named(subject: Subject, id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.subject == subject && format.id == id)
}
