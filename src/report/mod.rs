//! What people and machines are shown.
//! Must not compute, and must not open files.

mod csv_schedule;
mod filter;
mod gantt;
mod gantt_rows;
mod gantt_scale;
pub mod ics;
pub mod json;
mod mermaid;
mod snippet;
mod text_bars;
mod text_check;
mod text_explain;
mod text_schedule;
pub mod view;
mod view_plan;

pub use snippet::render_diagnostics;
pub use text_check::{check as text_check, closing};
pub use text_explain::{decision as explain_decision, rule as explain_rule};
pub use csv_schedule::schedule as csv_schedule;
pub use filter::Filter;
pub use gantt::{figure as gantt_figure, svg as gantt_svg};
pub use mermaid::schedule as mermaid;
pub use text_schedule::{Told, schedule as text_schedule};
pub use view::{Material, View, view};
