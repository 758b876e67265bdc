//! Why a definition stands to a rule as it does, as data: sentences are made of it in `words`, and only where one is shown.
//! Must not make sentences.

use super::{Bounds, Far, Missing, Place, Window};
use crate::expr::Expr;
use crate::facts::Word;
use crate::model::{Date, DateRange, FieldPath, KeyId, Range, Table};
use rust_decimal::Decimal;
use std::sync::Arc;

/// Why a definition stands to a rule as it does.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// There is nothing to tell.
    #[default]
    Nothing,
    /// What is known of the facts that a condition reads.
    Facts(Expr),
    /// What is known of the facts on which a pack joins.
    Joins(Expr),
    /// What the rule asks, which is so.
    Asked(Arc<str>),
    /// What a condition asks cannot be told from the facts that it reads.
    Unknown {
        /// What is asked.
        asks: Arc<str>,
        /// The condition.
        condition: Expr,
    },
    /// What the definition lacks of what is asked.
    Lacks {
        /// What is asked.
        asks: Arc<str>,
        /// What is lacking, part by part.
        lacks: Vec<Arc<str>>,
    },
    /// No element is listed that the rule is about.
    NoneMeant(Table),
    /// There may be more elements than the file lists.
    MayBeMore(Table),
    /// What is asked holds for every one of so many elements.
    HoldsForAll(Table, u32),
    /// What is known of the facts that a condition reads of some elements.
    ElementFacts {
        /// The table.
        table: Table,
        /// The elements, by row.
        rows: Vec<u32>,
        /// The condition.
        condition: Expr,
        /// What is asked, where the rule says it.
        asks: Option<Arc<str>>,
    },
    /// What some elements lack of what is asked.
    ElementsLack {
        /// The table.
        table: Table,
        /// The elements, by row, with what each lacks, part by part.
        rows: Vec<(u32, Vec<Arc<str>>)>,
        /// What is asked.
        asks: Arc<str>,
    },
    /// How full a grid over so many elements is.
    Cells(Table, u32, Cells),
    /// So many results are linked.
    Linked(u32),
    /// Results that are not linked, or may not be.
    NotLinked(Vec<Missing>),
    /// Amounts as shares of others.
    Shares {
        /// The shares, one for each group.
        shares: Vec<GroupShare>,
        /// The least share, inside.
        min: Option<Decimal>,
        /// The greatest share, inside.
        max: Option<Decimal>,
    },
    /// Which evaluations of the file are what is asked for.
    Evaluations {
        /// How they stand to it.
        found: FoundAs,
        /// Those that are meant, by row.
        rows: Vec<u32>,
        /// The least independence asked for, as a place in [`crate::model::INDEPENDENCE`].
        level: Option<u8>,
    },
    /// Which times of a recurring duty there are, and which are listed.
    Reviews(Box<Reviews>),
    /// The agreed evaluation plan does not name what would be owed.
    NotInAgreedPlan,
    /// Which meetings the file records.
    Meetings(Arc<str>, Meetings),
    /// A day of an evaluation and the window in which it should lie.
    Day(Box<DayAgainst>),
    /// No rule that was asked applies.
    NoneApplies {
        /// The kind of definition.
        kind: &'static str,
        /// The packs.
        packs: Vec<Arc<str>>,
        /// How many rules they have.
        rules: usize,
    },
    /// The text of the pack is younger than what the definition is about.
    Early {
        /// The first day of the text.
        from: Option<Date>,
        /// How well that day is known: `year`, `month` or `day`.
        precision: Option<Arc<str>>,
        /// When the project began.
        start: DateRange,
    },
}

impl Reason {
    /// The name of the reason: it stays the same when words change.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Facts(_) | Self::ElementFacts { asks: None, .. } => "facts",
            Self::Joins(_) => "pack-may-not-join",
            Self::Asked(_) => "as-asked",
            Self::Unknown { .. } | Self::ElementFacts { .. } => "cannot-tell",
            Self::Lacks { .. } => "lacks",
            Self::NoneMeant(_) => "none-meant",
            Self::MayBeMore(_) => "may-be-more",
            Self::HoldsForAll(..) => "holds-for-all",
            Self::ElementsLack { .. } => "elements-lack",
            Self::Cells(_, _, cells) => cells.code(),
            Self::Linked(_) => "linked",
            Self::NotLinked(_) => "not-linked",
            Self::Shares { .. } => "shares",
            Self::Evaluations { found, .. } => found.code(),
            Self::Reviews(_) => "reviews",
            Self::NotInAgreedPlan => "not-in-agreed-plan",
            Self::Meetings(_, meetings) => meetings.code(),
            Self::Day(_) => "day-and-window",
            Self::NoneApplies { .. } => "no-rule-applies",
            Self::Early { .. } => "project-began-before-the-text",
        }
    }
}

/// How full a grid is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// Nothing is listed, so that no cell is asked for.
    NothingListed,
    /// Every cell is filled.
    Filled,
    /// Some cells are empty.
    Empty,
    /// Some cells may be empty.
    MayBeEmpty,
    /// Every cell is filled as far as the file lists elements, and there may be more.
    MayBeMore,
}

impl Cells {
    fn code(self) -> &'static str {
        match self {
            Self::NothingListed => "nothing-listed",
            Self::Filled => "cells-filled",
            Self::Empty => "cells-empty",
            Self::MayBeEmpty => "cells-may-be-empty",
            Self::MayBeMore => "may-be-more",
        }
    }
}

/// How evaluations of the file stand to what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundAs {
    /// They are listed.
    Listed,
    /// The file does not say enough of them.
    MayBe,
    /// There may be some that the file does not list.
    MayBeMore,
    /// They are not independent enough.
    TooLow,
    /// There is none.
    None,
}

impl FoundAs {
    fn code(self) -> &'static str {
        match self {
            Self::Listed => "evaluation-listed",
            Self::MayBe => "evaluation-not-fully-known",
            Self::MayBeMore => "evaluations-not-all-known",
            Self::TooLow => "not-independent-enough",
            Self::None => "no-evaluation-planned",
        }
    }
}

/// The times of a recurring duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviews {
    /// The timing of the evaluations, as a place in [`crate::model::TIMINGS`].
    pub timing: u8,
    /// Those that are owed.
    pub sure: Vec<Review>,
    /// Those that may be owed.
    pub possible: Vec<Review>,
    /// The one that gives way to the final evaluation.
    pub yielded: Option<Review>,
    /// It is not known how many are owed.
    pub unbounded: bool,
    /// Whether all are listed, where that is not known.
    pub unknown: Option<Unlisted>,
}

/// Why it is not known whether all reviews are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlisted {
    /// Some days are known only in part.
    DaysInPart,
    /// The file does not say.
    NotSaid,
}

/// One time of a recurring duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// Its number, from 1.
    pub number: u32,
    /// The day it falls on, where it is known.
    pub day: Option<DateRange>,
    /// Whether its last day is known.
    pub is_bounded: bool,
    /// Whether an evaluation of the file stands for it.
    pub listed: bool,
}

/// Which meetings the file records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meetings {
    /// The duty is only dated: the file does not record such events.
    NotRecorded,
    /// It is not known how many are due.
    Uncounted,
    /// It is not known to the day whether one is past or recorded.
    InDoubt,
    /// None is past on that day.
    NonePast(Date),
    /// All of so many that are past are recorded.
    AllRecorded(usize),
    /// Some that are past are not recorded.
    NoRecord,
}

impl Meetings {
    fn code(self) -> &'static str {
        match self {
            Self::NotRecorded => "event-not-recorded-in-files",
            Self::Uncounted => "events-not-counted",
            Self::InDoubt => "events-in-doubt",
            Self::NonePast(_) => "no-event-past",
            Self::AllRecorded(_) => "events-recorded",
            Self::NoRecord => "no-record-of-event",
        }
    }
}

/// One amount as a share of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupShare {
    /// A row of its group, and the key by which rows are grouped; none where there is one share of all rows.
    pub group: Option<(KeyId, u32)>,
    /// The part, where it is known.
    pub part: Option<Range>,
    /// The whole, where it is known.
    pub whole: Option<Range>,
}

/// A day of an evaluation of the file and the window in which it should lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayAgainst {
    /// The evaluation, by its row.
    pub row: u32,
    /// Whether it is the day on which it was completed.
    pub completed: bool,
    /// The day.
    pub day: DateRange,
    /// The window.
    pub window: Window,
    /// How the day stands to it.
    pub place: Place,
    /// The part of time that makes it an error.
    pub far: Option<Far>,
    /// The rule that asks for it.
    pub rule: Arc<str>,
}

/// Where a definition stands on the axis of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnAxis {
    /// The word that the bands cut.
    pub word: Word,
    /// The parts of the axis that are possible.
    pub bands: Vec<Bounds>,
}

/// What leaves a verdict open, where it is something else than what the rule asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing else.
    #[default]
    None,
    /// More facts are missing than can be tried out: these are to be supplied first.
    TooMany(Vec<FieldPath>),
    /// Whether the rule applies: these facts decide it.
    Applies(Vec<FieldPath>),
    /// Whether an evaluation or event that is owed for certain is planned or recorded.
    Plan,
}

/// What stands at a second place that explains the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Also {
    /// The fact that the bands of a table cut.
    Axis(Word),
    /// The whole of which an amount is a share.
    Whole,
}
