//! The events of an iCalendar text, each with its own properties and not those of an alarm inside it.
//! Must not know what a property means, and must not say a word of the file in a message.

use crate::diag::Diagnostic;
use crate::schedule::vcal::{Line, every_line};
use crate::source::{SourceId, Span};

/// How deep components stand in one another.
const DEEPEST: usize = 16;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Components<'t> {
    /// The properties of each event.
    pub events: Vec<Vec<Line<'t>>>,
    /// Those of the calendars themselves.
    pub heads: Vec<Line<'t>>,
    /// The first line in an event that is none of iCalendar, and how many there are.
    pub strange: Option<(Span, usize)>,
}

/// Takes a text apart.
pub(super) fn components(source: SourceId, text: &str) -> Result<Components<'_>, Box<Diagnostic>> {
    let damaged = |span: Span, message: &str| {
        let hint =
            "load the file again: every `BEGIN` has an `END` of the same name, and `END:VCALENDAR` is last";
        Box::new(Diagnostic::error(source, span, message).hint(hint))
    };
    let mut found = Components::default();
    let mut open: Vec<String> = Vec::new();
    let mut begun = false;
    for line in every_line(text) {
        let line = match line {
            Ok(line) => line,
            Err(_) if open.is_empty() => continue,
            Err(span) => {
                let (_, count) = found.strange.get_or_insert((span, 0));
                *count += 1;
                continue;
            }
        };
        let value = line.value.trim().to_ascii_uppercase();
        match line.name.trim().to_ascii_uppercase().as_str() {
            "BEGIN" if open.len() >= DEEPEST => {
                return Err(damaged(line.span, "components stand too deep in one another here"));
            }
            "BEGIN" if open.is_empty() && value != "VCALENDAR" => break,
            "BEGIN" => {
                begun = true;
                open.push(value);
                if is_event(&open) {
                    found.events.push(Vec::new());
                }
            }
            "END" if open.last() == Some(&value) => drop(open.pop()),
            "END" if begun => return Err(damaged(line.span, "this calendar is damaged here")),
            _ if is_event(&open) => {
                found.events.last_mut().into_iter().for_each(|event| event.push(line.clone()))
            }
            _ if open.len() == 1 => found.heads.push(line),
            _ => {}
        }
    }
    if !begun {
        let error = Diagnostic::error(source, Span::new(0..0), "this file is not an iCalendar file");
        return Err(Box::new(error.hint("it should begin with `BEGIN:VCALENDAR`")));
    }
    if !open.is_empty() {
        let end = text.trim_end().len();
        return Err(damaged(Span::new(end..end), "this calendar ends in the middle"));
    }
    Ok(found)
}

fn is_event(open: &[String]) -> bool {
    matches!(open, [calendar, event] if calendar == "VCALENDAR" && event == "VEVENT")
}
