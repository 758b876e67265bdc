//! The integration tests, as one binary.

mod conformance;
mod expr_laws;
