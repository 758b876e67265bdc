//! A trace in plain words: only the steps that decide.
//! Must not evaluate.

mod clue;
mod lists;

pub use clue::Clue;

use super::ast::Comparison;
use super::node::{Built, Constant, Node, NodeId, Quantifier};
use super::trace::{Outcome, Step, Trace};
use super::types::words_of;
use super::val::Val;
use super::value::{Value, show_length};
use crate::facts::{self, Facts, Word};
use crate::model::{Amount, FieldPath, KeyId, Months, Table, key};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The most reasons that are told.
const MAX_REASONS: usize = 6;

/// The most reasons that are counted.
const MAX_COUNTED: usize = 60;

/// Why an evaluation came out as it did.
/// Without the text, a step that has no words of its own tells the facts that it read.
pub(super) fn explain(built: &Built, text: Option<&str>, facts: &Facts, trace: &Trace) -> String {
    let (clues, more) = clues(built, text, (facts, trace), MAX_REASONS);
    let mut reasons: Vec<String> = clues.iter().map(ToString::to_string).collect();
    match more {
        Some(0) => {}
        Some(more) => reasons.push(format!("and {more} more")),
        None => reasons.push("and many more".to_owned()),
    }
    reasons.join("; ")
}

/// The first clues, and how many there are more; nothing where that is not counted.
pub(super) fn clues(
    built: &Built,
    text: Option<&str>,
    (facts, trace): (&Facts, &Trace),
    most: usize,
) -> (Vec<Clue>, Option<usize>) {
    let mut teller = Teller { built, text, facts, trace, most, reasons: Vec::new(), said: BTreeSet::new() };
    if let Some(root) = trace.root() {
        teller.tell(root);
        if teller.said.is_empty() {
            teller.other(root, trace.step(root));
        }
    }
    let more = (!teller.is_full()).then(|| teller.said.len().saturating_sub(most));
    (teller.reasons, more)
}

struct Teller<'t> {
    built: &'t Built,
    text: Option<&'t str>,
    facts: &'t Facts<'t>,
    trace: &'t Trace,
    /// How many are kept.
    most: usize,
    /// The first clues.
    reasons: Vec<Clue>,
    /// All of them.
    said: BTreeSet<Clue>,
}

impl Teller<'_> {
    fn say(&mut self, clue: Clue) {
        // What a fact is says already that it is given.
        if let Clue::Is(name, _) = &clue {
            let given = Clue::Given(name.clone(), true);
            if self.said.remove(&given) {
                self.reasons.retain(|known| *known != given);
            }
        }
        if self.reasons.len() < self.most && !self.said.contains(&clue) {
            self.reasons.push(clue.clone());
        }
        self.said.insert(clue);
    }

    /// Whether more reasons were found than are counted.
    fn is_full(&self) -> bool {
        self.said.len() > MAX_COUNTED
    }

    /// Tells why a step came out as it did.
    fn tell(&mut self, at: usize) {
        let step = self.trace.step(at);
        match self.built.node(step.node) {
            Node::And(..) => self.deciding(at, Outcome::False),
            Node::Or(..) => self.deciding(at, Outcome::True),
            Node::Not(_) => self.parts(at, None),
            Node::Choose(..) => self.parts(at, None),
            Node::Compare(comparison, left, right) => self.comparison(at, comparison, [left, right]),
            Node::Each(quantifier, table, ..) => self.each(at, quantifier, table),
            Node::Word(_) | Node::Field(..) => {
                let name = self.name(step.node, step.row);
                let clue = match (step.outcome, self.show(step.node, step.row)) {
                    (Outcome::Unknown, _) | (_, None) => self.lacking(name, step.node, step.row),
                    (_, Some(value)) => Clue::Is(name, value),
                };
                self.say(clue);
            }
            Node::HasTable(table) | Node::HasWord(Word::Table(table)) => {
                self.say(Clue::Table(table, step.outcome == Outcome::True));
            }
            Node::HasWord(_) | Node::HasField(..) => {
                let name = self.name(step.node, step.row);
                self.say(Clue::Given(name, step.outcome == Outcome::True));
            }
            _ => self.other(at, step),
        }
    }

    /// The sides that decide: those of the outcome that is enough, else those of the outcome of the whole.
    fn deciding(&mut self, at: usize, enough: Outcome) {
        let outcome = self.trace.step(at).outcome;
        self.parts(
            at,
            if outcome == enough || matches!(outcome, Outcome::Unknown | Outcome::Error) {
                Some(outcome)
            } else {
                None
            },
        );
    }

    fn parts(&mut self, at: usize, only: Option<Outcome>) {
        for part in self.trace.parts(at) {
            if self.is_full() {
                break;
            }
            if only.is_none_or(|only| self.trace.step(part).outcome == only) {
                self.tell(part);
            }
        }
    }

    fn source(&self, node: NodeId) -> &str {
        let (start, end) = self.built.spans[node as usize];
        self.text.and_then(|text| text.get(start as usize..end as usize)).unwrap_or_default()
    }

    /// A sub-expression without plain words of its own.
    fn other(&mut self, at: usize, step: Step) {
        if let Some(said) = self.list(step) {
            return self.say(said);
        }
        if self.text.is_none() {
            return self.facts_below(at, step);
        }
        let source = self.source(step.node).to_owned();
        match step.outcome {
            Outcome::True => self.say(Clue::Other(format!("`{source}` holds"))),
            Outcome::False => self.say(Clue::Other(format!("`{source}` does not hold"))),
            Outcome::Error => self.say(Clue::Other(format!("`{source}` has no value"))),
            Outcome::Known => self.say(Clue::Other(format!("`{source}` is known"))),
            Outcome::Unknown => {
                let before = self.said.len();
                self.parts(at, Some(Outcome::Unknown));
                if self.said.len() == before {
                    self.say(Clue::Other(format!("`{source}` is not known")));
                }
            }
        }
    }

    /// The facts that a step read; where it read none, only how it came out.
    fn facts_below(&mut self, at: usize, step: Step) {
        let before = self.said.len();
        if step.outcome == Outcome::Unknown {
            self.parts(at, Some(Outcome::Unknown));
        }
        if self.said.len() == before {
            self.parts(at, None);
        }
        if self.said.is_empty() {
            let reason = match step.outcome {
                Outcome::True | Outcome::Known => "what it asks for holds",
                Outcome::False => "what it asks for does not hold",
                Outcome::Error => "what it asks for cannot be worked out from the facts given",
                Outcome::Unknown => "a fact that it asks for is not given",
            };
            self.say(Clue::Other(reason.to_owned()));
        }
    }

    fn each(&mut self, at: usize, quantifier: Quantifier, table: Table) {
        let outcome = self.trace.step(at).outcome;
        let plural = table.plural().unwrap_or_default();
        let parts = self.trace.parts(at);
        if parts.is_empty() && outcome != Outcome::Unknown {
            return self.say(Clue::Other(format!("the file has no {plural}")));
        }
        match (quantifier, outcome) {
            (Quantifier::Exists, Outcome::True) => self.parts(at, Some(Outcome::True)),
            (Quantifier::All, Outcome::False) => self.parts(at, Some(Outcome::False)),
            (Quantifier::ExistsOne, Outcome::True | Outcome::False) => {
                let fitting =
                    parts.iter().filter(|part| self.trace.step(**part).outcome == Outcome::True).count();
                self.say(Clue::Other(format!("{fitting} of {} {plural} fit", parts.len())));
                self.parts(at, Some(Outcome::True));
            }
            (_, Outcome::Unknown) => {
                self.parts(at, Some(Outcome::Unknown));
                if self.facts.is_open(table) {
                    self.say(Clue::Other(format!("there may be more {plural} than the file knows")));
                }
            }
            _ => self.parts(at, None),
        }
    }

    fn comparison(&mut self, at: usize, comparison: Comparison, sides: [NodeId; 2]) {
        let step = self.trace.step(at);
        let is_fact =
            |id: NodeId| matches!(self.built.node(id), Node::Word(_) | Node::Field(..) | Node::Count(_));
        let [left, right] = sides;
        let (fact, comparison, other) =
            if is_fact(left) { (left, comparison, right) } else { (right, comparison.mirrored(), left) };
        let (Node::Constant(place), true) = (self.built.node(other), is_fact(fact)) else {
            return self.other(at, step);
        };
        let parts = self.trace.parts(at);
        let part = parts.iter().map(|part| self.trace.step(*part)).find(|part| part.node == fact);
        // A fact that keeps no step of its own was read of the element of the comparison.
        let row = part.map_or(step.row, |part| part.row);
        let name = self.name(fact, row);
        let against = &self.built.constants[place as usize];
        let clue = match self.show(fact, row) {
            None => self.lacking(name, fact, row),
            Some(value) => {
                Clue::Is(name, format!("{value}{}", outcome_words(comparison, against, step.outcome)))
            }
        };
        self.say(clue);
    }

    /// A fact as the reader knows it.
    fn name(&self, node: NodeId, row: u32) -> String {
        match self.built.node(node) {
            Node::Field(_, key) | Node::HasField(_, key) => {
                self.facts.definition().show(FieldPath::Element(key, row))
            }
            Node::Word(Word::Key(key)) | Node::HasWord(Word::Key(key)) => {
                self.facts.definition().show(FieldPath::Key(key))
            }
            Node::Word(word) | Node::HasWord(word) => {
                let path = facts::words().find(|(_, known)| *known == word);
                path.map_or_else(|| self.source(node).to_owned(), |(path, _)| path.to_owned())
            }
            Node::Count(table) if self.text.is_none() => {
                format!("number of {}", table.plural().unwrap_or(table.spec().name))
            }
            _ => self.source(node).to_owned(),
        }
    }

    /// What is said of a fact that is not known: that the file does not give it, or that its amount has no rate.
    fn lacking(&self, name: String, node: NodeId, row: u32) -> Clue {
        let path = match self.built.node(node) {
            Node::Word(Word::Key(key)) => Some(FieldPath::Key(key)),
            Node::Field(_, key) => Some(FieldPath::Element(key, row)),
            _ => None,
        };
        match path.and_then(|path| self.facts.definition().value(path)) {
            Some(crate::model::Value::Money(amount)) => Clue::Is(name, format!("{amount}, not known in US$")),
            _ => Clue::Given(name, false),
        }
    }

    /// The value of a fact in words; `None` where nothing is known.
    fn show(&self, node: NodeId, row: u32) -> Option<String> {
        let (fact, key) = match self.built.node(node) {
            Node::Word(Word::Duration) => (self.facts.fact(Word::Duration), key::project::DURATION),
            Node::Word(word @ Word::Key(key)) => (self.facts.fact(word), key),
            Node::Field(_, key) => (self.facts.element(key, row), key),
            Node::Count(table) => {
                let count = self.facts.count(table);
                return Some(if self.facts.is_open(table) {
                    format!("at least {count}")
                } else {
                    count.to_string()
                });
            }
            _ => return None,
        };
        show(&Val::of_fact(fact, key), key)
    }
}

fn show(val: &Val, key: KeyId) -> Option<String> {
    Some(match val {
        Val::Unknown => return None,
        Val::Money(range) => match range.exact() {
            Some(amount) => dollars(amount),
            None => format!("{} to {}", dollars(range.min), dollars(range.max)),
        },
        Val::Foreign(amount) => format!("{}, not known in US$", in_own_currency(*amount)),
        Val::Length(length) => show_length(*length),
        Val::Choice(place, _) => words_of(key).get(usize::from(*place))?.to_string(),
        Val::Text(text) => format!("\"{text}\""),
        other => Value::of(other).to_string(),
    })
}

/// `EUR 590,000`, or both ends where it is a range.
fn in_own_currency(amount: Amount) -> String {
    let shown = match amount.range.exact() {
        Some(exact) => dollars(exact),
        None => format!("{} to {}", dollars(amount.range.min), dollars(amount.range.max)),
    };
    shown.replace("US$", amount.currency.code())
}

/// `US$ 590,000`.
pub(super) fn dollars(amount: Decimal) -> String {
    let text = amount.normalize().to_string();
    let (whole, cents) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, cents)| (whole, Some(cents)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match cents {
        Some(cents) => format!("US$ {grouped}.{cents:0<2}"),
        None => format!("US$ {grouped}"),
    }
}

/// A constant in words.
fn constant(constant: &Constant) -> String {
    match constant {
        Constant::Null => "nothing".to_owned(),
        Constant::Bool(value) => value.to_string(),
        Constant::Int(value) => value.to_string(),
        Constant::Decimal(value) => value.to_string(),
        Constant::Text(text) => format!("\"{text}\""),
        Constant::Choice(place, key) => {
            words_of(*key).get(usize::from(*place)).copied().unwrap_or_default().to_owned()
        }
        Constant::Date(day) => day.to_string(),
        Constant::Money(amount) => dollars(*amount),
        Constant::Months(months) => Months(*months).to_string(),
        Constant::Days(days) => format!("{days} days"),
    }
}

/// What the comparison with a constant says of the fact: `: over US$ 350,000`.
fn outcome_words(comparison: Comparison, against: &Constant, outcome: Outcome) -> String {
    let constant = constant(against);
    let is_date = matches!(against, Constant::Date(_));
    let (over, under, least, most) = if is_date {
        ("after", "before", "not before", "not after")
    } else {
        ("over", "under", "at least", "at most")
    };
    let words = match (comparison, outcome == Outcome::False) {
        (Comparison::Greater, false) => over,
        (Comparison::Greater, true) => {
            if is_date {
                most
            } else {
                "not over"
            }
        }
        (Comparison::AtLeast, false) => least,
        (Comparison::AtLeast, true) => under,
        (Comparison::Less, false) => under,
        (Comparison::Less, true) => {
            if is_date {
                least
            } else {
                "not under"
            }
        }
        (Comparison::AtMost, false) => most,
        (Comparison::AtMost, true) => over,
        (Comparison::Equal, false) | (Comparison::NotEqual, true) => "",
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => "not",
    };
    match (outcome, words) {
        (Outcome::Unknown, "" | "not") => format!(", which may or may not be {constant}"),
        (Outcome::Unknown, words) => format!(", which may or may not be {words} {constant}"),
        (_, "") => String::new(),
        (_, "not") => format!(", not {constant}"),
        (_, words) => format!(": {words} {constant}"),
    }
}
