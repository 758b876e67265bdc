//! Elements written into brackets and taken out of them, so that comments stay beside what they are about.

use crate::source::Edit;
use crate::toml::layout::{Items, Node};
use crate::toml::lines::{is_idle, line_end, line_start, own_lines, rest_of_line};
use std::ops::Range;

/// Elements behind the last one of a list: on lines of their own where the last one ends its line, else beside it.
pub(super) fn more(text: &str, list: &Node, items: &Items<Node>, elements: &[String]) -> Vec<Edit> {
    let Some(last) = items.all.last() else {
        return vec![Edit::insert(list.place.end - 1, elements.join(", "))];
    };
    let (start, end) = (last.place.start, last.place.end);
    let comma = items.commas.get(items.all.len() - 1).copied();
    let behind = comma.map_or(end, |comma| comma + 1);
    let near = !text[end..behind].contains('\n');
    let ends_line = is_idle(rest_of_line(text, behind)) && line_end(text, behind) < list.place.end;
    let all = |write: &dyn Fn(&String) -> String| elements.iter().map(write).collect::<String>();
    if !near || !ends_line {
        return vec![match comma.filter(|_| !near) {
            Some(comma) => Edit::insert(comma + 1, all(&|element| format!(" {element},"))),
            None => Edit::insert(end, all(&|element| format!(", {element}"))),
        }];
    }
    let first = &text[line_start(text, start)..start];
    let indent: String = first.chars().take_while(|letter| letter.is_whitespace()).collect();
    let newline = if text[..line_end(text, behind)].ends_with("\r\n") { "\r\n" } else { "\n" };
    let lines = Edit::insert(line_end(text, behind), all(&|element| format!("{indent}{element},{newline}")));
    match comma {
        Some(_) => vec![lines],
        None => vec![Edit::insert(end, ","), lines],
    }
}

/// Takes an element out of brackets, with one comma: with its lines where it has them for itself.
pub(super) fn less(text: &str, places: &[Range<usize>], commas: &[usize], number: usize) -> Vec<Edit> {
    let place = places[number].clone();
    let comma = commas.get(number).copied();
    let end = comma.map_or(place.end, |comma| comma + 1);
    if let Some(lines) = own_lines(text, &(place.start..end)) {
        return vec![Edit::replace(lines, "")];
    }
    let spaces = |at: usize| at + text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
    let before = number.checked_sub(1).map(|before| places[before].end);
    match before.filter(|before| comma.is_none() && !text[*before..place.start].contains('\n')) {
        // The last one takes the comma before it along.
        Some(before) => vec![Edit::replace(before..place.end, "")],
        None => vec![Edit::replace(place.start..spaces(end), "")],
    }
}
