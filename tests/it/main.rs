//! Tests of the library and the tool from outside, as one binary.

mod assess_laws;
mod baselines;
mod binary;
mod bounds;
mod cli;
mod closing;
mod closing_laws;
mod conformance;
#[path = "../support/desk.rs"]
mod desk;
mod disclosure;
mod donors;
mod draft_seven;
mod editions;
mod evaluation_days;
mod expr_laws;
mod feed;
mod feed_cli;
mod feed_laws;
mod feed_memory;
#[path = "../support/feeds.rs"]
mod feeds;
mod fingerprints;
mod forgery;
mod formats;
mod guide;
mod held_against;
mod help;
mod ids;
mod import;
mod import_laws;
mod inherited;
mod inputs;
mod later_edition;
mod made_up;
mod mending;
mod mutate;
mod not_assessed;
mod numbers;
mod outputs;
mod pack_faults;
mod pack_laws;
mod packs;
mod patterns;
mod pipes;
mod plan_days;
mod plan_laws;
#[path = "../support/portfolio.rs"]
mod portfolio;
mod portfolios;
mod proof;
mod repair;
mod reports;
mod runs;
mod schedule_cli;
mod schema;
mod schema_agrees;
mod schema_packs;
mod templates;
mod tidy;
mod unfinished;
mod unsafe_fixes;
#[path = "../support/viewed.rs"]
mod viewed;
mod waivers;
mod written;
