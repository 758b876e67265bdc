//! Remedies as templates: which variables they may use, checked when a pack is loaded.
//! Must not know any one rule.

use minijinja::{Environment, UndefinedBehavior};

/// What a remedy may name: what is missing, in words, and the days of the window.
pub const REMEDY_VARIABLES: &[&str] = &["missing", "earliest", "target", "latest"];

/// The environment in which remedies are rendered: nothing undefined passes.
#[must_use]
pub fn remedy_environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
}

/// What is wrong with the text of a remedy, if anything.
pub(super) fn problem(text: &str) -> Option<String> {
    let environment = remedy_environment();
    let template = match environment.template_from_str(text) {
        Ok(template) => template,
        Err(error) => return Some(format!("this remedy cannot be read: {error}")),
    };
    let mut used: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    used.sort();
    let unknown = used.iter().find(|name| !REMEDY_VARIABLES.contains(&name.as_str()))?;
    Some(format!("a remedy has no `{unknown}`; it may name {}", REMEDY_VARIABLES.join(", ")))
}
