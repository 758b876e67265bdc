//! What is read from a definition: values, and the places that messages point at.

use crate::repair::SHIPPED;
use evalplan::{
    import,
    model::{Definition, FieldPath, KeyId, Table, Value, key},
    source::Sources,
};

fn read(text: &str) -> Definition {
    let loaded = import::toml::read(
        &mut Sources::default(),
        "projects/example.toml",
        text.as_bytes(),
        &SHIPPED.0.lexicon,
    );
    loaded.value.expect("the text is UTF-8")
}

fn pointed_at(text: &str, definition: &Definition, path: FieldPath) -> String {
    let span = definition.locate(path).expect("the path has a place");
    text[span.range()].to_owned()
}

const COMPLETE: &str = include_str!("../import/toml/valid/complete.toml");

#[test]
fn every_key_of_every_table_can_be_read() {
    let definition = read(COMPLETE);
    for table in Table::ALL {
        let rows = definition.rows(*table);
        assert_eq!(rows.len(), 1, "{table:?} stands once in the fixture");
        for spec in table.spec().keys {
            let key: KeyId = table.key(spec.name).expect("the key is of the table");
            assert!(
                rows[0].get(key).is_some() && rows[0].span(key).is_some(),
                "{}.{}",
                table.spec().name,
                spec.name
            );
        }
    }
    assert_eq!(definition.policy.as_ref().map(|(policy, _)| &**policy), Some("ilo-2005"));
    let open: Vec<Table> = Table::ALL.iter().copied().filter(|table| definition.is_open(*table)).collect();
    let may_be_open: Vec<Table> =
        Table::ALL.iter().copied().filter(|table| table.open_word().is_some()).collect();
    assert_eq!(open, may_be_open);
}

#[test]
fn values_keep_what_was_written() {
    let definition = read(COMPLETE);
    let project = definition.single(Table::Project);
    assert_eq!(project.date(key::project::APPROVED).map(|date| date.to_string()).as_deref(), Some("2013-10"));
    assert_eq!(project.date(key::project::START).map(|date| date.to_string()).as_deref(), Some("2014-01-01"));
    assert_eq!(project.duration(key::project::DURATION).map(|months| months.0), Some(18));
    assert_eq!(project.choice(key::project::KIND), Some("project"));
    assert_eq!(project.get(key::project::COMMITTEE), Some(&Value::Bool(false)));
    assert_eq!(
        project.texts(key::project::REGIONS).map(<[_]>::len),
        Some(0),
        "an empty list is known to be empty"
    );
    let budget = definition.single(Table::Budget);
    assert_eq!(
        budget.money(key::budget::TOTAL).map(|amount| amount.to_string()).as_deref(),
        Some("USD 590000.50")
    );
    assert_eq!(
        budget.money(key::budget::EVALUATION).map(|amount| amount.to_string()).as_deref(),
        Some("USD 10000..12000")
    );
    assert_eq!(definition.rows(Table::Party)[0].chooses(key::party::STAGES, "design"), Some(true));
}

#[test]
fn places_are_values_and_headers_in_both_spellings() {
    let definition = read(COMPLETE);
    assert_eq!(pointed_at(COMPLETE, &definition, FieldPath::Key(key::project::END)), "2015-06-30");
    assert_eq!(pointed_at(COMPLETE, &definition, FieldPath::Row(Table::Evaluation, 0)), "[[evaluation]]");
    assert_eq!(pointed_at(COMPLETE, &definition, FieldPath::Table(Table::Project)), "[project]");
    let inline = "format = 1\nevaluation = [{ id = \"final\" }]\nproject.title = \"Ports\"\nbudget = { total = \"USD 1\" }\n";
    let definition = read(inline);
    assert_eq!(pointed_at(inline, &definition, FieldPath::Row(Table::Evaluation, 0)), "{ id = \"final\" }");
    assert_eq!(pointed_at(inline, &definition, FieldPath::Table(Table::Budget)), "{ total = \"USD 1\" }");
    assert_eq!(pointed_at(inline, &definition, FieldPath::Table(Table::Project)), "project");
}

#[test]
fn a_bad_value_is_unknown_and_the_others_are_kept() {
    let definition = read(
        "format = 1\n[project]\ntitle = Ports\nstart = 2014-02-30\nend = 2015-12-31\ncountries = [\"ZA\", \"XX\"]\nwhat\ncode = \"A\"\n",
    );
    let project = definition.single(Table::Project);
    for key in [key::project::TITLE, key::project::START, key::project::COUNTRIES] {
        assert!(project.get(key).is_none() && project.span(key).is_some(), "{}", key.spec().name);
    }
    assert_eq!(project.date(key::project::END).map(|date| date.to_string()).as_deref(), Some("2015-12-31"));
    assert_eq!(
        project.text(key::project::CODE),
        Some("A"),
        "what follows a line that cannot be read is read"
    );
}

#[test]
fn importers_are_found_by_the_ending_of_a_name() {
    assert_eq!(import::importer_for("projects/ports.TOML").map(|importer| importer.id), Some("toml"));
    assert!(import::importer_for("projects/toml").is_none() && import::importer_for("ports.docx").is_none());
}
