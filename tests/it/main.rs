//! Tests of the library and the tool from outside, as one binary.

mod assess_laws;
mod binary;
mod cli;
mod closing;
mod conformance;
mod expr_laws;
mod feed;
mod formats;
mod guide;
mod import;
mod import_laws;
mod mutate;
mod outputs;
mod pack_laws;
mod packs;
mod plan_days;
mod plan_laws;
mod proof;
mod repair;
mod reports;
mod runs;
mod schedule_cli;
mod schema;
mod templates;
mod tidy;
mod waivers;
