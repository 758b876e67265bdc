//! Tests of the library and the tool from outside, as one binary.

mod conformance;
mod formats;
mod import;
mod import_laws;
mod outputs;
