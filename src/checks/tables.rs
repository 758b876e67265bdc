//! The tables on which the answer of a rule rests: a change of any other leaves it as it is.
//! Must not judge.

use super::{Check, Due, Duty, Subject, Sum};
use crate::expr::{Expr, Read};
use crate::facts::Word;
use crate::model::{KeyId, Kind, Table, key};
use std::collections::BTreeSet;

/// The tables that a fact of a rule rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables(BTreeSet<Table>);

impl Tables {
    /// The tables, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Table> {
        self.0.iter().copied()
    }

    /// Adds what a condition rests on.
    pub fn add(&mut self, condition: &Expr) {
        condition.atoms().iter().for_each(|atom| match atom.read {
            Read::Word(word) => self.add_word(word),
            Read::Field(key) => self.add_key(key),
        });
        self.0.extend(condition.tables().into_iter().map(|(table, _)| table));
    }

    fn add_word(&mut self, word: Word) {
        match word {
            Word::Duration => self.0.extend([Table::Project, Table::Revision]),
            Word::Table(table) => drop(self.0.insert(table)),
            Word::Key(key) => self.add_key(key),
        }
    }

    /// Revisions change the end and the budget; rates, what an amount is worth.
    fn add_key(&mut self, key: KeyId) {
        self.0.insert(key.table);
        if [key::project::START, key::project::END, key::budget::TOTAL].contains(&key) {
            self.0.extend([Table::Project, Table::Revision]);
        }
        if key.spec().kind == Kind::Money {
            self.0.insert(Table::Rate);
        }
    }

    fn add_duty(&mut self, duty: &Duty) {
        // Who is bound by a duty may change with the day of a revision.
        self.0.insert(Table::Revision);
        duty.axis.into_iter().for_each(|axis| self.add_word(axis));
        for requirement in duty.bands.iter().filter_map(|band| band.requirement.as_ref()) {
            self.0.insert(match requirement.subject {
                Subject::Evaluation(_) => Table::Evaluation,
                Subject::Event(_) => Table::Meeting,
            });
            if matches!(&requirement.subject, Subject::Evaluation(wanted) if wanted.if_agreed) {
                self.0.insert(Table::EvaluationPlan);
            }
            requirement.due.iter().flat_map(Due::reads).for_each(|word| self.add_word(word));
            if requirement.due.is_some() {
                self.0.insert(Table::Project);
            }
        }
    }

    fn add_sum(&mut self, sum: &Sum) {
        match sum {
            Sum::Word(key) => self.add_key(*key),
            Sum::Field(key, only) => {
                self.add_key(*key);
                only.iter().for_each(|only| self.add(only));
            }
        }
    }
}

impl Check {
    /// Adds the tables on which the answer of the form rests.
    pub fn tables(&self, tables: &mut Tables) {
        match self {
            Self::Duty(duty) => tables.add_duty(duty),
            // A text may name a party, which stands for its group.
            Self::Grid(grid) => tables.0.extend([grid.table, Table::Party]),
            Self::Condition(condition) => tables.add(&condition.condition),
            Self::Each(each) => {
                tables.0.insert(each.table);
                each.only.iter().chain([&each.condition]).for_each(|condition| tables.add(condition));
            }
            Self::Share(share) => {
                [&share.part, &share.of].into_iter().for_each(|sum| tables.add_sum(sum));
                tables.0.extend(share.by.map(|by| by.table));
            }
            Self::Chain(chain) => tables.0.extend([chain.parents, chain.key.table]),
            Self::Assessed | Self::Days(_) | Self::PolicyNamed => {}
        }
    }
}
