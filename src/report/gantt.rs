//! Plans as Gantt charts in SVG, and as the table of the same data beneath it in HTML.
//! Must not date anything: it draws the days that it is given.

use super::error::TemplateError;
use super::format::Canvas;
use super::gantt_rows::{Row, Shape, rows};
use super::gantt_scale::Scale;
use super::html::escape;
use super::view::DefinitionView;
use crate::model::Date;
use crate::schedule::State;
use std::fmt::Write as _;

/// The height of a row.
const ROW: f64 = 20.0;

/// The height of the head with the months.
const HEAD: f64 = 34.0;

/// The width of the names.
const NAMES: f64 = 330.0;

/// The width that the days of a chart of its own aim at.
const WIDE: f64 = 1000.0;

/// The width that the days aim at in a report, so that its chart can be read on a sheet of paper.
const NARROW: f64 = 540.0;

/// How to read a chart, for those who see it.
const LEGEND: &str = "Hatched bars are late, dark ones cannot move without moving the report, green ones are done. A diamond is a report. \
     Shaded columns are days off, and the red line is the day of this report.";

/// The chart of a run.
///
/// # Errors
/// Never.
pub(super) fn draw(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    Ok(svg(&canvas.view.definitions, &canvas.view.as_of).into_bytes())
}

/// The chart of one definition with every task, or of several with a bar for each evaluation.
#[must_use]
pub fn svg(definitions: &[DefinitionView], as_of: &str) -> String {
    chart(definitions, as_of, WIDE)
}

fn chart(definitions: &[DefinitionView], as_of: &str, width: f64) -> String {
    let rows = rows(definitions);
    let today = as_of.parse::<Date>().ok();
    let Some(scale) = Scale::of(&rows, today, width) else { return nothing() };
    let height = HEAD + ROW * rows.len() as f64 + 26.0;
    let width = NAMES + scale.width() + 10.0;
    let title = match definitions {
        [one] => format!("Evaluations of {} {}", one.code, one.title),
        _ => format!("Evaluations of {} projects", definitions.len()),
    };
    let id = definitions
        .first()
        .map_or_else(String::new, |first| format!("{}-{}", slug(&first.code), definitions.len()));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"gantt\" role=\"img\" aria-labelledby=\"gantt-title-{id} gantt-desc-{id}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <title id=\"gantt-title-{id}\">{}</title>\n<desc id=\"gantt-desc-{id}\">{}</desc>\n{}",
        escape(&title),
        escape(&describe(&rows, &scale, as_of)),
        hatch(&id),
    );
    let _ = writeln!(text, "<rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>");
    days_off(definitions, &scale, rows.len(), &mut text);
    months(&scale, rows.len(), &mut text);
    for (row, number) in rows.iter().zip(0_u32..) {
        draw_row(row, HEAD + ROW * f64::from(number), (&scale, &id), &mut text);
    }
    if let Some(today) = today.filter(|today| scale.holds(*today)) {
        let x = NAMES + scale.x(today);
        let bottom = HEAD + ROW * rows.len() as f64;
        let anchor = if x + 60.0 > width { "end" } else { "middle" };
        let _ = writeln!(
            text,
            "<g class=\"today\"><line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{HEAD}\" y2=\"{bottom:.0}\" stroke=\"#b00020\" stroke-width=\"1.5\"/>\
             <text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"{anchor}\" fill=\"#b00020\">today {today}</text></g>",
            bottom + 16.0,
        );
    }
    text.push_str("</svg>\n");
    text
}

fn nothing() -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"gantt\" role=\"img\" viewBox=\"0 0 400 30\" width=\"400\" height=\"30\">\n\
     <title>Evaluations</title>\n<desc>Nothing is dated.</desc>\n<text x=\"4\" y=\"20\">Nothing is dated.</text>\n</svg>\n"
        .to_owned()
}

/// The chart and, beneath it, the same data as a table. Empty where nothing is dated.
#[must_use]
pub fn figure(definitions: &[DefinitionView], as_of: &str) -> String {
    if rows(definitions).is_empty() {
        return String::new();
    }
    let chart = chart(definitions, as_of, NARROW);
    let mut text = format!(
        "<figure class=\"gantt-figure\">\n<figcaption>{LEGEND}</figcaption>\n<div class=\"gantt-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Gantt chart\">\n{chart}</div>\n"
    );
    text.push_str("<div class=\"wide\" role=\"group\" aria-label=\"The plan as a table\" tabindex=\"0\">\n");
    text.push_str("<table class=\"gantt-table\">\n<caption>The same plan as a table</caption>\n<thead><tr>");
    // Where all is of one project, its heading says which.
    let many = definitions.len() > 1;
    for head in ["Project"].into_iter().filter(|_| many).chain([
        "Evaluation",
        "Step",
        "Owner",
        "Working days",
        "Can move by",
        "From",
        "To",
        "State",
    ]) {
        let _ = write!(text, "<th scope=\"col\">{head}</th>");
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for definition in definitions {
        for evaluation in &definition.schedule.evaluations {
            let project = many.then_some(definition.code.as_str());
            let lead: Vec<&str> = project.into_iter().chain([evaluation.id.as_str()]).collect();
            for task in &evaluation.tasks {
                let days = task.working_days.to_string();
                let slack = if task.critical {
                    "cannot move".to_owned()
                } else {
                    super::concise::plural(task.slack as usize, "day")
                };
                let cells = [task.title.as_str(), &task.owner, &days, &slack];
                table_row(&lead, &cells, (task.days.0, task.days.1), task.state, &mut text);
            }
            if let Some(day) = evaluation.report_day {
                table_row(&lead, &["Report", "", "", ""], (day, day), evaluation.state, &mut text);
            }
        }
    }
    text.push_str("</tbody>\n</table>\n</div>\n</figure>\n");
    text
}

fn table_row(lead: &[&str], cells: &[&str; 4], (from, to): (Date, Date), state: State, text: &mut String) {
    let _ = write!(text, "<tr><th scope=\"row\">{}</th>", escape(lead[0]));
    for cell in lead[1..].iter().chain(cells) {
        let _ = write!(text, "<td>{}</td>", escape(cell));
    }
    for day in [from, to] {
        let _ = write!(text, "<td><time datetime=\"{day}\">{day}</time></td>");
    }
    let _ = writeln!(text, "<td>{state}</td></tr>");
}

fn describe(rows: &[Row], scale: &Scale, as_of: &str) -> String {
    let bars = rows.iter().filter(|row| !matches!(row.shape, Shape::Heading)).count();
    let late = rows.iter().filter(|row| row.is_late()).count();
    let off = if scale.shows_days() { "Weekends and holidays are shaded. " } else { "" };
    format!(
        "{bars} rows from {} to {}, seen on {as_of}; {late} late ones are hatched. {off}Diamonds are reports. The table beneath has the same data.",
        scale.first, scale.last
    )
}

fn hatch(id: &str) -> String {
    format!(
        "<defs><pattern id=\"late-{id}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"6\" height=\"6\" fill=\"#fde0dc\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#b00020\" stroke-width=\"3\"/></pattern></defs>\n"
    )
}

/// Columns for the days off; a chart of several calendars shades only the weekends that all share.
fn days_off(definitions: &[DefinitionView], scale: &Scale, rows: usize, text: &mut String) {
    if !scale.shows_days() {
        return;
    }
    let height = ROW * rows as f64;
    let dated: Vec<&DefinitionView> = definitions
        .iter()
        .filter(|one| one.schedule.evaluations.iter().any(|evaluation| evaluation.report_day.is_some()))
        .collect();
    for day in scale.first.iter_days().take_while(|day| *day <= scale.last) {
        if dated.iter().any(|one| one.schedule.calendar.is_working(day)) {
            continue;
        }
        let holiday = definitions
            .first()
            .and_then(|one| one.schedule.calendar.holiday(day))
            .filter(|_| definitions.len() == 1);
        let (class, fill) = if holiday.is_some() { ("holiday", "#d9d2e9") } else { ("weekend", "#eeeeee") };
        let name = holiday.map(|name| format!("<title>{} {day}</title>", escape(name))).unwrap_or_default();
        let (x, wide) = (NAMES + scale.x(day), scale.day);
        let _ = writeln!(
            text,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{HEAD}\" width=\"{wide:.1}\" height=\"{height:.0}\" fill=\"{fill}\">{name}</rect>"
        );
    }
}

fn months(scale: &Scale, rows: usize, text: &mut String) {
    let bottom = HEAD + ROW * rows as f64;
    for (day, name) in scale.marks() {
        let x = NAMES + scale.x(day);
        let _ = writeln!(
            text,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"18\" y2=\"{bottom:.0}\" stroke=\"#cccccc\"/><text x=\"{:.1}\" y=\"28\" fill=\"#444444\">{name}</text>",
            x + 3.0
        );
    }
}

fn draw_row(row: &Row, y: f64, (scale, id): (&Scale, &str), text: &mut String) {
    let weight = if matches!(row.shape, Shape::Heading) { " font-weight=\"bold\"" } else { "" };
    let indent = if row.indented { 14.0 } else { 4.0 };
    let _ = writeln!(
        text,
        "<text x=\"{indent}\" y=\"{:.0}\"{weight} fill=\"#1a1a1a\">{}</text>",
        y + 14.0,
        escape(&short(&row.name))
    );
    let place = |day: Date| NAMES + scale.x(day.clamp(scale.first, scale.last));
    let tip = format!("<title>{}</title>", escape(&row.tip));
    let (from, to) = row.days;
    if let Shape::Bar { critical } = row.shape {
        let fill = match row.state {
            State::Overdue => format!("url(#late-{id})"),
            State::Done => "#8fbc8f".to_owned(),
            _ if critical => "#1f5fa8".to_owned(),
            _ => "#7fb0e0".to_owned(),
        };
        let wide = (place(to) + scale.day - place(from)).max(2.0);
        let class = if row.is_late() { "bar late" } else { "bar" };
        let _ = writeln!(
            text,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.0}\" width=\"{wide:.1}\" height=\"12\" rx=\"2\" fill=\"{fill}\" stroke=\"#16324f\" stroke-width=\"0.5\">{tip}</rect>",
            place(from),
            y + 4.0,
        );
        if to > scale.last {
            let told = if wide > 90.0 { format!("to {to} →") } else { "→".to_owned() };
            let (x, y) = (place(to) + scale.day - 2.0, y + 14.0);
            let _ = writeln!(
                text,
                "<text x=\"{x:.1}\" y=\"{y:.0}\" text-anchor=\"end\" fill=\"#ffffff\">{told}</text>"
            );
        }
    }
    if let Some(day) = row.milestone {
        let (x, middle) = (place(day) + scale.day / 2.0, y + 10.0);
        let fill = if row.is_late() { "#b00020" } else { "#1a1a1a" };
        let _ = writeln!(
            text,
            "<path class=\"milestone\" d=\"M{x:.1} {:.1} l7 7 l-7 7 l-7 -7 z\" fill=\"{fill}\"><title>report {day}</title></path>",
            middle - 7.0,
        );
    }
}

/// A name that fits in its column.
fn short(name: &str) -> String {
    const LONGEST: usize = 60;
    if name.chars().count() <= LONGEST {
        name.to_owned()
    } else {
        name.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}

/// Letters and digits alone, for ids within the page; no two texts give one.
fn slug(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_string(),
        '-' => "-".to_owned(),
        other => format!("_{:x}_", u32::from(other)),
    });
    letters.collect()
}
