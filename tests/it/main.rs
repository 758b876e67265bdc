//! Tests of the library and the tool from outside.

mod import;
mod import_laws;
