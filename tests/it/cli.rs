//! The tool as users run it: every file of `tests/cli` is a list of commands with what they print and how they end.

#[test]
fn commands_print_what_is_written_down() {
    trycmd::TestCases::new().case("tests/cli/*.md").case("README.md").case("docs/writing-rules.md");
}
