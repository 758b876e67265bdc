//! Every case and fixture file as a named test.

fn main() {}
