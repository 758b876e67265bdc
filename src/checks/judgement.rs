//! How a definition stands to one rule: the values of its two questions, and what explains them.
//! Must not choose words of a report.

use super::{Also, Missing, OnAxis, Reason};
use crate::expr::{Constant, Expr, Read, Tri};
use crate::facts::Word;
use crate::model::{Date, FieldPath, Table};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a rule says of a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The rule applies, or would, and is met.
    Met,
    /// The rule applies and is not met.
    Gap,
    /// The rule does not apply.
    NotApplicable,
    /// The facts do not decide.
    Undecided,
}

impl Verdict {
    /// The word for people and machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Gap => "gap",
            Self::Undecided => "undecided",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// From the two questions of a rule. Unknown and met is met: it holds whether or not the rule applies.
    #[must_use]
    pub fn of(applies: Tri, met: Tri) -> Self {
        match (applies, met) {
            (Tri::False, _) => Self::NotApplicable,
            (_, Tri::True) => Self::Met,
            (Tri::True, Tri::False) => Self::Gap,
            _ => Self::Undecided,
        }
    }

    /// How bad it is: 0 where there is nothing to do, 1 where facts are missing, 2 for a gap.
    #[must_use]
    pub fn gravity(self) -> u8 {
        match self {
            Self::Met | Self::NotApplicable => 0,
            Self::Undecided => 1,
            Self::Gap => 2,
        }
    }

    /// One verdict for facts that may be either way: met where the rule is met or does not apply, otherwise both must agree.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, two) if one == two => one,
            (Self::Met, Self::NotApplicable) | (Self::NotApplicable, Self::Met) => Self::Met,
            _ => Self::Undecided,
        }
    }
}

/// How a definition stands to one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Whether the rule applies.
    pub applies: Tri,
    /// Whether what it asks is there.
    pub met: Tri,
    /// The band of the table that decided, where there is one.
    pub band: Option<Arc<str>>,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// The facts that would settle it, as far as the trace shows.
    pub needs: BTreeSet<FieldPath>,
    /// Where to point.
    pub field: FieldPath,
    /// A second place that explains the first, where two facts matter, and what stands there.
    pub also: Option<(FieldPath, Also)>,
    /// Where the definition stands on the axis of a table.
    pub axis: Option<OnAxis>,
    /// What was found.
    pub reason: Reason,
    /// What decides in the place of it, from outside of what the rule asks: the condition under which it applies or its pack joins.
    pub outside: Option<Reason>,
}

impl Judgement {
    /// A judgement that points at a place; nothing is missing yet.
    #[must_use]
    pub fn new(applies: Tri, met: Tri, field: FieldPath) -> Self {
        Self {
            applies,
            met,
            band: None,
            missing: Vec::new(),
            needs: BTreeSet::new(),
            field,
            also: None,
            axis: None,
            reason: Reason::Nothing,
            outside: None,
        }
    }

    /// One judgement for two bands that are both possible: the first explains, both must agree to decide.
    #[must_use]
    pub fn with_alternative(mut self, other: Self) -> Self {
        if self.met != other.met {
            self.met = Tri::Unknown;
        }
        self.needs.extend(other.needs);
        self
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self.applies, self.met)
    }
}

/// The facts that rules read, with the values at which their answers can change. They cut what is still possible into cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// The numbers of months that the length is held against.
    pub months: BTreeSet<u32>,
    /// The recurring obligations: period, and the months within which the last gives way.
    pub periods: BTreeSet<(u32, u32)>,
    /// The months of the year (1 to 12) at whose ends recurring obligations fall.
    pub month_ends: BTreeSet<u32>,
    /// The events that the file may record: the date from which the window counts, its ends in months from there, and the kind of
    /// meeting, as a place in [`crate::model::MEETINGS`].
    pub events: BTreeSet<(Word, i32, i32, u8)>,
    /// The amounts, in US dollars, that a fact is held against.
    pub money: BTreeMap<Read, BTreeSet<Decimal>>,
    /// The days that a fact is held against.
    pub dates: BTreeMap<Read, BTreeSet<Date>>,
    /// The texts that a fact is held against.
    pub texts: BTreeMap<Read, BTreeSet<Arc<str>>>,
    /// The words of closed lists that a fact is held against, by their places.
    pub choices: BTreeMap<Read, BTreeSet<u8>>,
    /// The facts that are used in some other way than against constants: every value counts.
    pub whole: BTreeSet<Read>,
    /// Of these, the ones that are only held against facts that are known, which stand among the values above.
    pub bridged: BTreeSet<Read>,
    /// The facts of which it is asked whether the file gives them.
    pub given: BTreeSet<Read>,
    /// Every fact whose value is read at all.
    pub all: BTreeSet<Read>,
    /// Whether a date is moved by months or days before it is held against another: then no few days show every answer.
    pub moves_dates: bool,
    /// How many conditions ask about the elements of a table as a whole.
    pub tables: BTreeMap<Table, usize>,
}

impl Reads {
    /// Adds every fact that a condition reads, with the constants that it is held against.
    pub fn add(&mut self, condition: &Expr) {
        for atom in condition.atoms() {
            // What a supposed fact says never changes whether the file gives it.
            if atom.given {
                self.given.insert(atom.read);
                continue;
            }
            self.all.insert(atom.read);
            self.moves_dates |= atom.moved;
            match &atom.against {
                Some(Constant::Months(months)) => drop(self.months.insert(*months)),
                Some(Constant::Money(usd)) => drop(self.money.entry(atom.read).or_default().insert(*usd)),
                Some(Constant::Date(day)) => drop(self.dates.entry(atom.read).or_default().insert(*day)),
                Some(Constant::Text(text)) => {
                    self.texts.entry(atom.read).or_default().insert(text.clone());
                }
                Some(Constant::Choice(place, _)) => {
                    self.choices.entry(atom.read).or_default().insert(*place);
                }
                Some(_) => {}
                None => {
                    self.whole.insert(atom.read);
                    self.texts.entry(atom.read).or_default().extend(condition.texts().cloned());
                }
            }
        }
        for (table, conditions) in condition.tables() {
            *self.tables.entry(table).or_default() += conditions;
        }
    }
}
