//! The complaints of the TOML parser, told apart by how they begin: which lose what follows, which concern one line.
//! Must not explain them.

/// What is said of a list that does not end.
pub(super) const UNCLOSED_BRACKET: &str = "unclosed array";
/// What is said of an inline table that does not end.
pub(super) const UNCLOSED_BRACE: &str = "unclosed inline table";

/// Complaints after which the parser may lose what follows: a line without a value, brackets that do not match.
const BLOCKING: &[&str] = &[
    "key with no value",
    "invalid unquoted key",
    "unquoted keys",
    "keys cannot be",
    "extra",
    "missing assignment",
    "missing comma",
    "missing key",
    "missing array",
    "missing inline",
    "missing table",
    "invalid key-value",
    "invalid inline",
    "unclosed",
    "unexpected `=`",
    "unexpected content",
    "cannot recurse",
    "recursion limit",
];

/// Those of them that concern one line, whatever stands around it.
const OF_ONE_LINE: &[&str] = &[
    "key with no value",
    "invalid unquoted key",
    "unquoted keys",
    "keys cannot be",
    "unclosed table",
    "unclosed array table",
];

/// Whether a complaint concerns one line, whatever stands around it.
pub(super) fn is_of_one_line(message: &str) -> bool {
    OF_ONE_LINE.iter().any(|start| message.starts_with(start))
}

/// Whether the parser may lose what follows.
pub(super) fn blocks(message: &str) -> bool {
    BLOCKING.iter().any(|start| message.starts_with(start))
}
