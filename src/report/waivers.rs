//! The waivers of a run: who may leave which rule unmet, and until when.
//! Must not judge a waiver.

use super::concise::plural;
use super::csv::table;
use super::date_view::DateView;
use super::error::TemplateError;
use super::format::Canvas;
use super::lines::Lines;
use super::view::DiagnosticView;
use super::waiver_view::WaiverView;
use serde::Serialize;

#[derive(Serialize)]
struct Report<'v> {
    format: &'static str,
    as_of: &'v str,
    diagnostics: &'v [DiagnosticView],
    waivers: Vec<Listed<'v>>,
}

#[derive(Serialize)]
struct Listed<'v> {
    path: &'v str,
    code: &'v str,
    #[serde(flatten)]
    waiver: &'v WaiverView,
}

fn listed<'v>(canvas: &Canvas<'v>) -> Vec<Listed<'v>> {
    let of = |one: &'v super::view::DefinitionView| {
        one.waivers.iter().map(|waiver| Listed { path: &one.path, code: &one.code, waiver })
    };
    canvas.view.definitions.iter().flat_map(of).collect()
}

/// For people at a terminal.
pub(super) fn text(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut text = Lines::default();
    let all = listed(canvas);
    for Listed { path, waiver, .. } in &all {
        writeln!(text, "{}:{}: {}: {}", path, waiver.line, waiver.rule, stands(waiver, &canvas.view.as_of));
        let ground = waiver.ground.map(|ground| format!("{ground}: ")).unwrap_or_default();
        writeln!(text, "    {ground}{}, by {} ({})", waiver.reason, waiver.granted_by, waiver.authority);
    }
    if !canvas.quiet {
        let in_force = all.iter().filter(|one| one.waiver.state == "in-force").count();
        let lapsed = all.iter().filter(|one| one.waiver.state == "lapsed").count();
        writeln!(
            text,
            "{}: {in_force} in force, {lapsed} lapsed, as of {}.",
            plural(all.len(), "waiver"),
            canvas.view.as_of
        );
    }
    Ok(text.into_text().into_bytes())
}

/// What a waiver is worth, and until when.
fn stands(waiver: &WaiverView, as_of: &str) -> String {
    let state = waiver.state;
    let Some(expires) = &waiver.expires else { return format!("{state} until a day not known") };
    let days = |days: i64| plural(days.unsigned_abs() as usize, "day");
    match (state, expires, waiver.days_left) {
        ("lapsed", DateView::Range { from, to }, _) if to.as_str() >= as_of => {
            format!("lapsed, or about to: its last day lies between {from} and {to}")
        }
        ("lapsed" | "renewed", DateView::Range { from, to }, Some(left)) if left < 0 => {
            format!("{state}: its last day lay between {from} and {to}")
        }
        ("lapsed", _, Some(left)) => format!("lapsed since {expires} ({} ago)", days(left)),
        ("renewed", _, Some(left)) if left < 0 => {
            format!("renewed: it lapsed on {expires} ({} ago)", days(left))
        }
        (_, DateView::Range { .. }, Some(left)) => {
            format!("{state} until {expires} (at least {} left)", days(left))
        }
        (_, _, Some(left)) => format!("{state} until {expires} ({} left)", days(left)),
        (_, _, None) => format!("{state} until {expires}"),
    }
}

/// For programs: `evalplan/waivers/1`.
pub(super) fn json(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let view = canvas.view;
    let report = Report {
        format: "evalplan/waivers/1",
        as_of: &view.as_of,
        diagnostics: &view.diagnostics,
        waivers: listed(canvas),
    };
    let mut bytes = serde_json::to_vec_pretty(&report).expect("the list has text keys and no maps");
    bytes.push(b'\n');
    Ok(bytes)
}

/// A row a waiver.
pub(super) fn csv(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let heads = [
        "code",
        "path",
        "line",
        "rule",
        "state",
        "granted",
        "expires",
        "days left",
        "granted by",
        "authority",
        "ground",
        "reason",
    ];
    let day = |day: &Option<DateView>| day.as_ref().map(ToString::to_string).unwrap_or_default();
    let rows = listed(canvas).into_iter().map(|Listed { path, code, waiver }| {
        vec![
            code.to_owned(),
            path.to_owned(),
            waiver.line.to_string(),
            waiver.rule.clone(),
            waiver.state.to_owned(),
            day(&waiver.granted),
            day(&waiver.expires),
            waiver.days_left.map(|days| days.to_string()).unwrap_or_default(),
            waiver.granted_by.clone(),
            waiver.authority.clone(),
            waiver.ground.unwrap_or_default().to_owned(),
            waiver.reason.clone(),
        ]
    });
    Ok(table(
        &std::iter::once(heads.map(str::to_owned).to_vec()).chain(rows).collect::<Vec<_>>(),
        canvas.separator,
    ))
}
