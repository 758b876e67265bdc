//! JSON Schema (draft-07) of the machine-readable outputs, from the types that are written.
//! Must not say what is in them: that stands with the types.

use super::json_types::{CheckReport, ScheduleReport};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

/// The schema of `check --format json`.
#[must_use]
pub fn check() -> String {
    of::<CheckReport<'static>>("evalplan/check/1")
}

/// The schema of `schedule --format json`.
#[must_use]
pub fn schedule() -> String {
    of::<ScheduleReport<'static>>("evalplan/schedule/1")
}

fn of<T: JsonSchema>(title: &str) -> String {
    let settings = SchemaSettings::draft07().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    super::schema::text(schema.as_value())
}
