//! The bounds of an expression: conditions are written by strangers.
//! Must not hold anything else.

/// The longest expression, in bytes.
pub const MAX_TEXT: usize = 10_000;

/// The deepest nesting of parentheses, operators, lists and macros. Chains such as `a && b && c` count a level an operator.
pub const MAX_DEPTH: usize = 96;

/// The most parts (names, numbers, operators) of an expression.
pub const MAX_NODES: usize = 2_000;

/// The most variables of `exists`, `all` and their like that may be in force at one place.
pub const MAX_VARIABLES: usize = 8;

/// The most parts that one evaluation visits. One over them gives an error value, never a hang.
pub const MAX_COST: u32 = 1_000_000;

/// The most values that a list may hold, those of the lists in it too.
pub const MAX_LIST: u32 = 10_000;
