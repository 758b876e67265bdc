//! The remedy of a rule, filled with the days and the things that are missing.
//! Must not decide.

use super::merge::Decided;
use crate::checks::{Check, Missing, Window, window, words};
use crate::facts::Facts;
use crate::model::DateRange;
use crate::policy::Rule;

/// What is missing, in a few words: of elements that lack several things each once, `final (government, workers)`.
fn missing(rule: &Rule, missing: &[Missing]) -> String {
    let Check::Each(_) = rule.check else { return words::some_of(missing) };
    let mut elements: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in missing {
        let (part, element) = one.what.split_once(" at ").unwrap_or(("", &one.what));
        match elements.iter_mut().find(|(known, _)| *known == element) {
            Some((_, parts)) => parts.push(part),
            None => elements.push((element, vec![part])),
        }
    }
    let told = |(element, parts): &(&str, Vec<&str>)| {
        if parts.iter().all(|part| part.is_empty()) { (*element).to_owned() } else { format!("{element} ({})", parts.join(", ")) }
    };
    words::some_of(&elements.iter().map(told).collect::<Vec<_>>())
}

/// The remedy in words; `None` where the rule has none.
pub(super) fn render(rule: &Rule, decided: &Decided<'_>, facts: &Facts<'_>) -> Option<String> {
    let template = rule.remedy.as_deref()?;
    if !template.contains("{{") && !template.contains("{%") {
        return Some(template.to_owned());
    }
    let window = match &rule.check {
        Check::Duty(duty) => duty.owed(facts).first().map(|owed| window(owed, facts)).unwrap_or_default(),
        _ => Window::default(),
    };
    let day = |day: Option<DateRange>| {
        day.map_or_else(
            || "a day that the missing dates decide".to_owned(),
            |day| match day.exact() {
                Some(day) => day.to_string(),
                None => format!("a day within {day}"),
            },
        )
    };
    let environment = crate::policy::remedy_environment();
    let template = environment.template_from_str(template).ok()?;
    let missing = missing(rule, &decided.decision.judgement.missing);
    // Where nothing is missing for certain, what to supply is said, and no more.
    if missing.is_empty() && template.undeclared_variables(false).contains("missing") {
        return None;
    }
    let context = minijinja::context! {
        missing,
        earliest => day(window.earliest),
        target => day(window.target),
        latest => day(window.latest),
    };
    template.render(context).ok()
}
