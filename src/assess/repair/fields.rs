//! Proposals for conditions and shares: keys set to values that the rule asks for.
//! Must not assess, and never touches the facts of a project that only it can change: its days, its money, its donors.

use super::change::{Change, Filling, Scratch, free_name};
use crate::checks::{Share, Sum, Verdict};
use crate::expr::{Atom, Constant, Expr, Read, Trace};
use crate::facts::{Fact, Facts, Word};
use crate::model::{Amount, Currency, DateRange, FieldPath, KeyId, Kind, Range, Table, Value, key};
use crate::policy::Rule;
use crate::words;
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

/// The most combinations of values that are tried for one rule.
pub(super) const MOST_TRIES: usize = 3000;

/// What trying them may cost: each time the elements that the rule looks at.
const MOST_STEPS: usize = 1 << 16;

/// The most kinds of one new element that are tried.
const MOST_KINDS: usize = 64;

/// The most keys that are set at once for a condition.
const MOST_KEYS: usize = 5;

/// What a project is, and what has happened: no repair invents it.
pub(super) fn is_given(key: KeyId) -> bool {
    use key::{budget, evaluation, project, recommendation, risk};
    let keys = [
        project::CODE,
        project::KIND,
        project::APPROVED,
        project::START,
        project::END,
        project::DURATION,
        project::STATUS,
    ];
    let done = [
        budget::TOTAL,
        evaluation::COMPLETED,
        evaluation::TIMING,
        evaluation::ID,
        recommendation::RESPONSE,
        risk::KIND,
    ];
    keys.contains(&key) || done.contains(&key) || is_history(key.table)
}

/// Lists of what has been agreed or has happened.
fn is_history(table: Table) -> bool {
    [Table::Rate, Table::Donor, Table::Revision, Table::Waiver, Table::Delivery].contains(&table)
}

/// Values that may make a condition over the whole definition hold: first one key alone, then two, then three.
pub(super) fn condition(rule: &Rule, condition: &Expr, facts: &Facts<'_>) -> Vec<Vec<Change>> {
    let fixed: Vec<Read> = rule.when.iter().flat_map(|when| when.atoms()).map(|atom| atom.read).collect();
    let mut targets: Vec<Vec<Change>> = Vec::new();
    for read in reads(condition).into_iter().filter(|read| !fixed.contains(read)) {
        match read {
            Read::Word(Word::Key(key)) if !is_given(key) => {
                targets.push(sets(FieldPath::Key(key), key, condition.atoms(), facts))
            }
            Read::Field(key) if !is_given(key) => {
                let rows = 0..facts.count(key.table);
                targets.extend(
                    rows.map(|row| sets(FieldPath::Element(key, row), key, condition.atoms(), facts)),
                );
            }
            _ => {}
        }
    }
    targets.extend(condition.tables().into_iter().map(|(table, _)| additions(table, condition, facts, None)));
    let (mut scratch, mut trace) = (Scratch::new(facts.definition()), Trace::none());
    let holds = |changes: &[Change]| {
        scratch.with(changes, |changed| rule.verdict(&Facts::new(changed, facts.as_of()), &mut trace))
            == Verdict::Met
    };
    combine(&targets, &mut tries(rule.tables().iter(), facts), holds)
}

/// How many combinations may be tried of a rule that looks at those tables.
pub(super) fn tries(tables: impl Iterator<Item = Table>, facts: &Facts<'_>) -> usize {
    let elements: usize = tables.map(|table| facts.definition().rows(table).len()).sum();
    MOST_TRIES.min(MOST_STEPS / (1 + elements))
}

/// Every combination that holds, of the smallest number of targets for which there is one; `tries` is how many may be tried.
pub(super) fn combine(
    targets: &[Vec<Change>],
    tries: &mut usize,
    mut holds: impl FnMut(&[Change]) -> bool,
) -> Vec<Vec<Change>> {
    let mut layer: Vec<(usize, Vec<Change>)> = vec![(0, Vec::new())];
    for _ in 0..MOST_KEYS {
        let mut next = Vec::new();
        let mut found = Vec::new();
        for (from, made) in &layer {
            for (place, options) in targets.iter().enumerate().skip(*from) {
                for option in options {
                    let Some(left) = tries.checked_sub(1) else { return found };
                    *tries = left;
                    let mut changes = made.clone();
                    changes.push(option.clone());
                    if holds(&changes) {
                        found.push(changes);
                    } else {
                        next.push((place + 1, changes));
                    }
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
        layer = next;
    }
    Vec::new()
}

/// The facts that a condition reads, each once.
pub(super) fn reads(condition: &Expr) -> Vec<Read> {
    let mut reads: Vec<Read> = condition.atoms().iter().map(|atom| atom.read).collect();
    reads.sort_unstable();
    reads.dedup();
    reads
}

/// The changes that set one key, each to another value that the condition may ask for.
pub(super) fn sets(path: FieldPath, key: KeyId, atoms: &[Atom], facts: &Facts<'_>) -> Vec<Change> {
    let current = facts.definition().value(path);
    let fillings =
        fillings(key, atoms, current, facts).into_iter().filter(|filling| Some(&filling.value) != current);
    fillings.map(|filling| Change::Set { path, filling }).collect()
}

/// New elements of a list, of every kind that the condition may ask for. `link` is the name that a text may point at.
pub(super) fn additions(
    table: Table,
    condition: &Expr,
    facts: &Facts<'_>,
    link: Option<&str>,
) -> Vec<Change> {
    if is_history(table) {
        return Vec::new();
    }
    let keys = reads(condition).into_iter().filter_map(|read| match read {
        Read::Field(key) if key.table == table => Some(key),
        _ => None,
    });
    let mut kinds: Vec<Vec<(KeyId, Filling)>> = vec![Vec::new()];
    for key in keys {
        let linked = link
            .filter(|_| key.spec().kind == Kind::Text)
            .map(|name| Filling::known(Value::Text(name.into())));
        let options: Vec<Filling> =
            linked.into_iter().chain(fillings(key, condition.atoms(), None, facts)).collect();
        let with = |kind: &Vec<(KeyId, Filling)>, option: &Filling| {
            kind.iter().cloned().chain([(key, option.clone())]).collect()
        };
        kinds = kinds
            .iter()
            .flat_map(|kind| options.iter().map(move |option| with(kind, option)))
            .take(MOST_KINDS)
            .collect();
    }
    kinds.into_iter().map(|keys| named(table, keys, facts)).collect()
}

/// The new element with a name, where it has none, and a title to complete.
fn named(table: Table, mut keys: Vec<(KeyId, Filling)>, facts: &Facts<'_>) -> Change {
    let lacks = |keys: &[(KeyId, Filling)], key: &KeyId| keys.iter().all(|(known, _)| known != key);
    if let Some(name) = table.name_key().filter(|name| lacks(&keys, name)) {
        let short = keys.iter().find_map(|(key, filling)| timing(*key, &filling.value));
        let base = short.or_else(|| (name.spec().name == "id").then_some(table.spec().name));
        let free = |base: &str| Value::Text(free_name(facts.definition(), table, base).into());
        let filling = base.map_or_else(
            || Filling::open(free(super::TO_COMPLETE), name.spec().doc),
            |base| Filling::known(free(base)),
        );
        keys.push((name, filling));
    }
    if let Some(title) = table.key("title").filter(|title| lacks(&keys, title)) {
        keys.push((title, Filling::open(Value::Text(super::TO_COMPLETE.into()), title.spec().doc)));
    }
    keys.sort_by_key(|(key, _)| *key);
    Change::Add { table, keys }
}

/// The timing of an evaluation, which names it.
fn timing(key: KeyId, value: &Value) -> Option<&'static str> {
    match value {
        Value::Choice(place) if key == key::evaluation::TIMING => {
            crate::model::TIMINGS.get(usize::from(*place)).copied()
        }
        _ => None,
    }
}

/// What a key may be filled with: first what the condition names, then what only a person can say.
fn fillings(key: KeyId, atoms: &[Atom], current: Option<&Value>, facts: &Facts<'_>) -> Vec<Filling> {
    let of_key =
        |atom: &&Atom| matches!(atom.read, Read::Field(known) | Read::Word(Word::Key(known)) if known == key);
    let constants: Vec<&Constant> =
        atoms.iter().filter(of_key).filter_map(|atom| atom.against.as_ref()).collect();
    let open = |stand_in: Value| vec![Filling::open(stand_in, key.spec().doc)];
    let texts = || {
        constants.iter().filter_map(|constant| {
            if let Constant::Text(text) = constant { Some(Arc::clone(text)) } else { None }
        })
    };
    let choices = || {
        constants.iter().filter_map(|constant| {
            if let Constant::Choice(place, _) = constant { Some(*place) } else { None }
        })
    };
    match key.spec().kind {
        Kind::Bool => [true, false].map(|value| Filling::known(Value::Bool(value))).into(),
        Kind::OneOf(known) => {
            let all = 0..u8::try_from(known.len()).unwrap_or(u8::MAX);
            let named: Vec<u8> = choices().collect();
            let rest = all.filter(|place| !named.contains(place));
            named.iter().copied().chain(rest).map(|place| Filling::known(Value::Choice(place))).collect()
        }
        Kind::AnyOf(_) => {
            let mut places =
                if let Some(Value::Choices(places)) = current { places.to_vec() } else { Vec::new() };
            let before = places.clone();
            places.extend(choices().filter(|place| !before.contains(place)));
            vec![Filling::known(Value::Choices(places.into()))]
        }
        Kind::Texts | Kind::Countries => {
            let mut all = if let Some(Value::Texts(texts)) = current { texts.to_vec() } else { Vec::new() };
            let before = all.clone();
            all.extend(texts().filter(|text| !before.contains(text)));
            if all.is_empty() {
                open(Value::Texts(Arc::from([Arc::from(super::TO_COMPLETE)])))
            } else {
                vec![Filling::known(Value::Texts(all.into()))]
            }
        }
        Kind::Bodies => {
            let named = texts().map(|text| Filling::known(Value::Texts([text].into())));
            let open = current
                .is_none()
                .then(|| open(Value::Texts([Arc::from(super::TO_COMPLETE)].into())))
                .into_iter()
                .flatten();
            named.chain(open).collect()
        }
        Kind::Text | Kind::Name | Kind::Currency | Kind::Country => {
            let named = texts().map(|text| Filling::known(Value::Text(text)));
            let open =
                current.is_none().then(|| open(Value::Text(super::TO_COMPLETE.into()))).into_iter().flatten();
            named.chain(open).collect()
        }
        Kind::Date => open(Value::Date(DateRange::day(facts.end().map_or(facts.as_of(), |end| end.from)))),
        Kind::Money => money(key, &constants, current),
        Kind::Int | Kind::Decimal | Kind::Duration => Vec::new(),
    }
}

/// Amounts are for people to decide; one that would do stands in until then.
fn money(key: KeyId, constants: &[&Constant], current: Option<&Value>) -> Vec<Filling> {
    let named = constants
        .iter()
        .filter_map(|constant| if let Constant::Money(usd) = constant { Some(*usd) } else { None });
    let around: Vec<Decimal> =
        named.flat_map(|usd| [Some(usd), usd.checked_add(Decimal::new(1, 2))]).flatten().collect();
    let amounts = if around.is_empty() && current.is_none() { vec![Decimal::ONE] } else { around };
    amounts.into_iter().map(|usd| Filling::open(dollars(usd), key.spec().doc)).collect()
}

fn dollars(usd: Decimal) -> Value {
    Value::Money(Amount { currency: Currency::USD, range: Range::exactly(usd.normalize()) })
}

/// The least change of the part that brings a share inside its bounds. Only a person can decide on money, so it is marked.
pub(super) fn share(share: &Share, facts: &Facts<'_>) -> Option<Vec<Change>> {
    let (Sum::Word(part), Sum::Word(of)) = (&share.part, &share.of) else { return None };
    if is_given(*part) {
        return None;
    }
    let (Fact::Money(whole), part_now) = (facts.fact(Word::Key(*of)), facts.fact(Word::Key(*part))) else {
        return None;
    };
    let cents = |amount: Decimal, strategy| amount.round_dp_with_strategy(2, strategy);
    let least = cents(whole.max.checked_mul(share.min.unwrap_or_default())?, RoundingStrategy::AwayFromZero);
    let most = share
        .max
        .and_then(|max| whole.min.checked_mul(max))
        .map(|most| cents(most, RoundingStrategy::ToZero));
    let (amount, what) = match (part_now, most) {
        (Fact::Money(now), Some(most)) if now.max > most => (most, format!("at most {}", words::usd(most))),
        _ => (least, format!("at least {}", words::usd(least))),
    };
    let filling = Filling::open(dollars(amount), what);
    Some(vec![Change::Set { path: FieldPath::Key(*part), filling }])
}
