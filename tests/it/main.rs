//! Tests of the library and the tool from outside, as one binary.

mod conformance;
mod import;
mod import_laws;
mod proof;
