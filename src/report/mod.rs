//! What people and machines are shown.
//! Must not compute, and must not open files.

mod snippet;

pub use snippet::render_diagnostics;
