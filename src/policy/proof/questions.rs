//! What a rule asks of a definition: the facts that it reads, with the constants that cut them, and the lists.
//! Must not evaluate.

use crate::checks::{Check, Limit, Reads, Side, Subject, Sum};
use crate::expr::{Expr, Read};
use crate::facts::Word;
use crate::model::{KeyId, Kind, Table, key};
use crate::policy::rule::{Rule, TableRule};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Everything that some rules ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Questions {
    /// The facts, with the constants that they are held against.
    pub reads: Reads,
    /// Facts that are asked for with `has`, or held against another fact: these may also be absent.
    pub bare: BTreeSet<Read>,
    /// The lists that are looked through.
    pub tables: BTreeSet<Table>,
    /// Amounts that are held against a share of another: the part, the whole, and the share.
    pub shares: Vec<(KeyId, KeyId, Decimal)>,
}

impl Questions {
    /// Adds what decides whether a rule applies.
    pub(super) fn applies(&mut self, rule: &Rule) {
        rule.when.iter().for_each(|when| self.expression(when));
        match &rule.check {
            Check::Duty(duty) => {
                duty.reads(&mut self.reads);
                let wanted = duty.bands.iter().filter_map(|band| band.requirement.as_ref());
                if wanted
                    .into_iter()
                    .any(|one| matches!(&one.subject, Subject::Evaluation(wanted) if wanted.if_agreed))
                {
                    self.tables.insert(Table::Evaluation);
                    self.reads.all.insert(Read::Field(key::evaluation::TIMING));
                }
            }
            Check::Condition(_) => {}
            Check::Grid(grid) => drop(self.tables.insert(grid.table)),
            Check::Each(each) => {
                self.tables.insert(each.table);
                each.only.iter().for_each(|only| self.expression(only));
            }
            Check::Share(share) => self.sum(&share.of),
            Check::Chain(chain) => self.tables.extend([chain.parents, chain.key.table]),
            Check::Assessed | Check::Days(_) | Check::PolicyNamed => {}
        }
    }

    /// Adds all that the rule asks, so that whether it is met shows too.
    pub(super) fn whole(&mut self, rule: &Rule) {
        self.applies(rule);
        match &rule.check {
            Check::Condition(check) => self.expression(&check.condition),
            Check::Each(each) => self.expression(&each.condition),
            Check::Share(share) => {
                self.sum(&share.part);
                if let (Sum::Word(part), Sum::Word(of)) = (&share.part, &share.of) {
                    self.shares
                        .extend(share.min.into_iter().chain(share.max).map(|bound| (*part, *of, bound)));
                }
            }
            Check::Grid(grid) => grid.rows.iter().chain([&grid.columns]).for_each(|side| self.side(side)),
            Check::Duty(_) | Check::Chain(_) | Check::Assessed | Check::Days(_) | Check::PolicyNamed => {}
        }
    }

    /// Adds the words of one side of a grid.
    fn side(&mut self, side: &Side) {
        self.reads.all.insert(Read::Field(side.key));
        if matches!(side.key.spec().kind, Kind::Text | Kind::Texts) {
            self.reads.texts.entry(Read::Field(side.key)).or_default().extend(side.words.iter().cloned());
        }
    }

    /// Adds the bounds of a table.
    pub(super) fn table(&mut self, table: &TableRule) {
        let read = Read::Word(table.axis);
        self.reads.all.insert(read);
        for (limit, _) in table.bands.iter().flat_map(|(_, bounds, _)| [bounds.lower, bounds.upper]).flatten()
        {
            match limit {
                Limit::Months(months) => drop(self.reads.months.insert(months.0)),
                Limit::Money(usd) => drop(self.reads.money.entry(read).or_default().insert(usd)),
                Limit::Date(day) => drop(self.reads.dates.entry(read).or_default().insert(day)),
            }
        }
    }

    /// Adds a condition.
    pub(super) fn expression(&mut self, expression: &Expr) {
        self.reads.add(expression);
        // Whether the file gives a fact is a question of its own.
        self.reads.all.extend(expression.atoms().iter().filter(|atom| atom.given).map(|atom| atom.read));
        self.bare
            .extend(expression.atoms().iter().filter(|atom| atom.against.is_none()).map(|atom| atom.read));
        self.tables.extend(expression.tables().into_iter().map(|(table, _)| table));
        for read in expression.atoms().iter().map(|atom| atom.read) {
            match read {
                Read::Field(key) => drop(self.tables.insert(key.table)),
                Read::Word(Word::Table(table)) => drop(self.tables.insert(table)),
                Read::Word(_) => {}
            }
        }
    }

    fn sum(&mut self, sum: &Sum) {
        match sum {
            Sum::Word(key) => {
                self.reads.all.insert(Read::Word(Word::Key(*key)));
                self.bare.insert(Read::Word(Word::Key(*key)));
            }
            Sum::Field(key, only) => {
                self.tables.insert(key.table);
                only.iter().for_each(|only| self.expression(only));
            }
        }
    }
}
