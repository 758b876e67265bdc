//! Tests of the library and the tool from outside, as one binary.

mod conformance;
mod feed;
mod import;
mod import_laws;
mod plan_days;
mod plan_laws;
mod schedule_cli;
