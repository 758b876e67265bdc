//! What people and machines are shown.
//! Must not compute, and must not open files.

pub mod coverage;
pub mod difference;
pub mod document;
mod harmless;
mod headings;
pub mod html;
pub mod json;
mod known;
pub mod markdown;
pub mod mutation;
pub mod proof;
mod snippet;
mod summary;
pub mod templates;
mod text_check;
mod text_explain;
mod text_schedule;
pub mod view;
mod view_plan;

pub use headings::Headings;
pub use known::FactView;
pub use snippet::render_diagnostics;
pub use summary::Summary;
pub use templates::TemplateError;
pub use text_check::{check as text_check, closing};
pub use text_explain::{decision as explain_decision, rule as explain_rule};
pub use text_schedule::schedule as text_schedule;
pub use view::{Material, View, view};
