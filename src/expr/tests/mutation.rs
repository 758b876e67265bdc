//! What an expression reads, and the expressions next to it.
//! Must not test values.

use super::super::{Atom, Constant, Read};
use super::*;
use crate::facts::Word;

fn atoms(text: &str) -> Vec<Atom> {
    compile(text, &Scope::default()).expect("sound").atoms().to_vec()
}

fn of_word(path: &str, against: Option<Constant>) -> Atom {
    Atom { read: Read::Word(crate::facts::word(path).expect("a word")), against, given: false, moved: false }
}

fn of_field(key: KeyId, against: Option<Constant>) -> Atom {
    Atom { read: Read::Field(key), against, given: false, moved: false }
}

#[test]
fn every_fact_that_is_read_is_an_atom() {
    let money = Some(Constant::Money(350_000.into()));
    assert_eq!(atoms("project.budget > usd(350000)"), [of_word("project.budget", money.clone())]);
    assert_eq!(atoms("usd(350000) > project.budget"), [of_word("project.budget", money)]);
    let timing =
        |place| of_field(key::evaluation::TIMING, Some(Constant::Choice(place, key::evaluation::TIMING)));
    assert_eq!(atoms("project.evaluations.exists(e, e.timing in [mid-term, final])"), [timing(0), timing(2)]);
    assert_eq!(
        atoms("project.start < project.end"),
        [of_word("project.start", None), of_word("project.end", None)]
    );
    assert_eq!(atoms("has(project.budget)"), [Atom { given: true, ..of_word("project.budget", None) }]);
    assert_eq!(atoms("project.committee"), [of_word("project.committee", Some(Constant::Bool(true)))]);
    assert_eq!(
        atoms("'ZA' in project.countries"),
        [of_word("project.countries", Some(Constant::Text("ZA".into())))]
    );
    assert_eq!(atoms("size(project.countries) > 1"), [of_word("project.countries", None)]);
    assert_eq!(
        atoms("project.duration > months(18) && project.duration > months(30)"),
        [18, 30].map(|months| Atom {
            read: Read::Word(Word::Duration),
            against: Some(Constant::Months(months)),
            given: false,
            moved: false
        })
    );
}

#[test]
fn quantifiers_are_counted_by_table() {
    let text = "project.evaluations.exists(e, has(e.date)) && size(project.evaluations) > 1 && project.parties.all(p, has(p.group))";
    let tables = compile(text, &Scope::default()).expect("sound").tables();
    assert_eq!(tables, [(Table::Party, 1), (Table::Evaluation, 2)]);
}

#[test]
fn mutants_differ_in_one_small_way_and_in_what_they_answer() {
    let text = "project.budget > usd(350000) && !(project.autonomy == workers)";
    let expr = compile(text, &Scope::default()).expect("sound");
    let told: Vec<String> = expr.mutants().into_iter().map(|(what, _)| what).collect();
    assert_eq!(
        told,
        [
            "`usd(350000)` becomes `usd(349999.99)`",
            "`usd(350000)` becomes `usd(350000.01)`",
            "`project.budget > usd(350000)`: `>` becomes `>=`",
            "`workers` becomes `employers`",
            "`(project.autonomy == workers)`: `==` becomes `!=`",
            "`!(project.autonomy == workers)` loses its `!`",
            "`project.budget > usd(350000)` is left out",
            "`!(project.autonomy == workers)` is left out",
        ]
    );
    let mut at = empty();
    set(&mut at, key::budget::TOTAL, cents(35_000_000));
    let facts = Facts::original(&at);
    let budget = compile_condition("project.budget > usd(350000)", &Scope::default()).expect("sound");
    let differing = budget
        .mutants()
        .iter()
        .filter(|(_, mutant)| mutant.condition(&facts, None, &mut Trace::new()) == Tri::True)
        .count();
    assert_eq!(differing, 2, "the cut itself kills `>=` and the cent below");
    assert_eq!(budget.mutants()[0].1.atoms()[0].against, Some(Constant::Money(Decimal::new(34_999_999, 2))));
}
