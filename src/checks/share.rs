//! The form `share`: one amount as a share of another, within bounds.
//! Must not know any one rule.

use super::{Also, GroupShare, Judgement, Missing, Reads, Reason};
use crate::expr::{Expr, Read, Trace, Tri};
use crate::facts::{Fact, Facts, Word};
use crate::model::{Amount, Currency, FieldPath, KeyId, Range};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// An amount of money: one that stands in the definition, or the sum of a key over a table.
#[derive(Debug, Clone)]
pub enum Sum {
    /// A word.
    Word(KeyId),
    /// The sum of a key over the elements of its table, or over those for which the condition holds.
    Field(KeyId, Option<Expr>),
}

/// A share that must lie within bounds.
#[derive(Debug, Clone)]
pub struct Share {
    /// The part.
    pub part: Sum,
    /// The whole.
    pub of: Sum,
    /// The key of the whole's table by whose texts the rows are grouped: each group has a share of its own.
    pub by: Option<KeyId>,
    /// The least share, inside; tolerance already taken off.
    pub min: Option<Decimal>,
    /// The greatest share, inside; tolerance already added.
    pub max: Option<Decimal>,
}

/// The rows of a table that have that text under a key.
type Group<'a> = Option<(KeyId, &'a str)>;

impl Share {
    /// How the amounts of a definition stand to the bounds. A whole of nothing has no share: the rule does not apply.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Judgement {
        let Some(by) = self.by else {
            let (mut judgement, share) = self.judge_group(None, facts);
            judgement.reason = Reason::Shares { shares: vec![share], min: self.min, max: self.max };
            return judgement;
        };
        let rows = 0..facts.count(by.table);
        let name = |row| match facts.element(by, row) {
            Fact::Text(name) => Ok(name),
            _ => Err(FieldPath::Element(by, row)),
        };
        let (mut names, mut unnamed) = (BTreeMap::new(), BTreeSet::new());
        rows.for_each(|row| match name(row) {
            Ok(name) => drop(names.entry(name).or_insert(row)),
            Err(path) => drop(unnamed.insert(path)),
        });
        let mut judgement = Judgement::new(Tri::False, Tri::True, self.part.place(facts));
        let mut shares = Vec::new();
        for (name, row) in names {
            let (one, share) = self.judge_group(Some((by, name)), facts);
            let met = if one.applies == Tri::False { Tri::True } else { one.met };
            judgement.applies = judgement.applies.or(one.applies);
            judgement.met = judgement.met.and(met);
            judgement.needs.extend(one.needs);
            shares.push((met, GroupShare { group: Some((by, row)), ..share }));
        }
        if !unnamed.is_empty() || facts.is_open(by.table) {
            judgement.applies = judgement.applies.or(Tri::Unknown);
            judgement.met = judgement.met.and(Tri::Unknown);
            judgement.needs.extend(unnamed);
            judgement.needs.extend(facts.is_open(by.table).then_some(FieldPath::Table(by.table)));
        }
        shares.retain(|(met, _)| *met == judgement.met);
        let shares: Vec<GroupShare> = shares.into_iter().map(|(_, share)| share).collect();
        if judgement.met == Tri::False {
            judgement.missing = shares
                .iter()
                .filter_map(|share| share.group)
                .map(|(by, row)| Missing::Group(by, row))
                .collect();
        }
        judgement.reason = Reason::Shares { shares, min: self.min, max: self.max };
        judgement
    }

    fn judge_group(&self, group: Group<'_>, facts: &Facts<'_>) -> (Judgement, GroupShare) {
        let mut needs = BTreeSet::new();
        let (part, whole) =
            (self.part.amount(group, facts, &mut needs), self.of.amount(group, facts, &mut needs));
        let applies = match whole {
            Some(whole) if whole.range.max.is_zero() => Tri::False,
            Some(whole) if whole.range.min > Decimal::ZERO => Tri::True,
            _ => Tri::Unknown,
        };
        let met = match (part, whole) {
            (Some(part), Some(whole)) if part.currency == whole.currency || part.range.max.is_zero() => {
                self.enough(part.range, whole.range).and(self.not_too_much(part.range, whole.range))
            }
            _ => Tri::Unknown,
        };
        let mut judgement = Judgement::new(applies, met, self.part.place(facts));
        judgement.also = Some((self.of.place(facts), Also::Whole));
        if met == Tri::Unknown {
            judgement.needs = needs;
        }
        (judgement, GroupShare { group: None, part, whole })
    }

    fn enough(&self, part: Range, whole: Range) -> Tri {
        self.min.map_or(Tri::True, |min| match (whole.min.checked_mul(min), whole.max.checked_mul(min)) {
            (_, Some(most)) if part.min >= most => Tri::True,
            (Some(least), _) if part.max < least => Tri::False,
            _ => Tri::Unknown,
        })
    }

    fn not_too_much(&self, part: Range, whole: Range) -> Tri {
        self.max.map_or(Tri::True, |max| match (whole.min.checked_mul(max), whole.max.checked_mul(max)) {
            (Some(least), _) if part.max <= least => Tri::True,
            (_, Some(most)) if part.min > most => Tri::False,
            _ => Tri::Unknown,
        })
    }

    /// The facts that the amounts rest on. Amounts are decided by intervals, which is exact, so only conditions are supposed.
    pub fn reads(&self, reads: &mut Reads) {
        for sum in [&self.part, &self.of] {
            match sum {
                Sum::Word(key) => drop(reads.whole.insert(Read::Word(Word::Key(*key)))),
                Sum::Field(key, only) => {
                    only.iter().for_each(|only| reads.add(only));
                    reads.whole.insert(Read::Field(*key));
                }
            }
        }
    }
}

impl Sum {
    fn amount(&self, group: Group<'_>, facts: &Facts<'_>, needs: &mut BTreeSet<FieldPath>) -> Option<Amount> {
        match self {
            Self::Word(key) => {
                needs.extend(facts.needs(Word::Key(*key)).iter());
                money(facts.fact(Word::Key(*key)))
            }
            Self::Field(key, only) => self.sum(*key, only.as_ref(), facts, (group, needs)),
        }
    }

    fn sum(
        &self,
        key: KeyId,
        only: Option<&Expr>,
        facts: &Facts<'_>,
        (group, needs): (Group<'_>, &mut BTreeSet<FieldPath>),
    ) -> Option<Amount> {
        let mut trace = Trace::none();
        let mut total = Some(NOTHING);
        let inside = |row: &u32| group.is_none_or(|(by, name)| facts.element(by, *row) == Fact::Text(name));
        for row in (0..facts.count(key.table)).filter(inside) {
            let meant =
                only.map_or(Tri::True, |only| only.condition(facts, Some((key.table, row)), &mut trace));
            if meant == Tri::False {
                continue;
            }
            needs.extend(facts.element_needs(key, row).iter());
            needs.extend(only.into_iter().flat_map(|only| only.needs(facts, Some((key.table, row)))));
            let amount = money(facts.element(key, row));
            total = total.zip(amount).and_then(|(total, amount)| {
                let least = if meant == Tri::True { amount.range.min } else { Decimal::ZERO };
                plus(total, Amount { range: Range { min: least, ..amount.range }, ..amount })
            });
        }
        if facts.is_open(key.table) {
            needs.insert(FieldPath::Table(key.table));
            return None;
        }
        total
    }

    fn place(&self, facts: &Facts<'_>) -> FieldPath {
        match self {
            Self::Word(key) => super::condition::place_of(Read::Word(Word::Key(*key)), facts),
            Self::Field(key, _) => FieldPath::Table(key.table),
        }
    }
}

/// No money, which is the same in every currency.
const NOTHING: Amount =
    Amount { currency: Currency::USD, range: Range { min: Decimal::ZERO, max: Decimal::ZERO } };

/// The sum of two amounts of one currency; `None` where they are of two, or the sum is too large.
fn plus(one: Amount, two: Amount) -> Option<Amount> {
    let currency = match (one.range.max.is_zero(), two.range.max.is_zero()) {
        (true, _) => two.currency,
        (_, true) => one.currency,
        _ if one.currency == two.currency => one.currency,
        _ => return None,
    };
    let (min, max) = (one.range.min.checked_add(two.range.min)?, one.range.max.checked_add(two.range.max)?);
    Some(Amount { currency, range: Range { min, max } })
}

fn money(fact: Fact<'_>) -> Option<Amount> {
    match fact {
        Fact::Money(range) => Some(Amount { currency: Currency::USD, range }),
        Fact::Foreign(amount) => Some(amount),
        _ => None,
    }
}
