//! evalplan reads the definitions of development-cooperation projects, applies the evaluation policy that
//! binds them, and says which evaluations are owed, when, and what is missing.
//!
//! The library has no clock, no terminal and no environment: today is an argument.
//! Without features it has no files and no threads either, and builds for WebAssembly: `default-features = false`, and then `disk`,
//! `threads` or `xlsx` where they are wanted; `cli` is the command line.

pub mod assess;
pub mod checks;
pub mod diag;
pub mod engine;
pub mod expr;
pub mod facts;
pub mod fix;
pub mod import;
pub mod lexicon;
pub mod model;
pub mod policy;
pub mod report;
pub mod schedule;
pub mod source;
pub mod toml;
pub mod words;
