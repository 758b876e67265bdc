//! Expressions that differ from one in a single small way, for mutation testing of packs.
//! Must not evaluate.

use super::ast::Comparison;
use super::node::{Built, Constant, Node};
use super::types::words_of;
use rust_decimal::Decimal;

/// One more or one less of the least step of a constant; what has no neighbour there has none.
fn neighbours(constant: &Constant) -> Vec<Constant> {
    let both: [Option<Constant>; 2] = match constant {
        Constant::Int(value) => {
            [value.checked_sub(1).map(Constant::Int), value.checked_add(1).map(Constant::Int)]
        }
        Constant::Months(months) => {
            [months.checked_sub(1).map(Constant::Months), months.checked_add(1).map(Constant::Months)]
        }
        Constant::Days(days) => {
            [days.checked_sub(1).map(Constant::Days), days.checked_add(1).map(Constant::Days)]
        }
        Constant::Money(amount) => {
            let cent = Decimal::new(1, 2);
            let below = amount.checked_sub(cent).filter(|amount| !amount.is_sign_negative());
            [below.map(Constant::Money), amount.checked_add(cent).map(Constant::Money)]
        }
        Constant::Date(day) => [day.pred_opt().map(Constant::Date), day.succ_opt().map(Constant::Date)],
        Constant::Choice(place, key) => {
            let known = |place: &u8| usize::from(*place) < words_of(*key).len();
            [place.checked_sub(1), place.checked_add(1)]
                .map(|place| place.filter(known).map(|place| Constant::Choice(place, *key)))
        }
        Constant::Bool(value) => [Some(Constant::Bool(!value)), None],
        Constant::Null | Constant::Decimal(_) | Constant::Text(_) => [None, None],
    };
    both.into_iter().flatten().collect()
}

fn show(constant: &Constant) -> String {
    match constant {
        Constant::Null => "null".to_owned(),
        Constant::Bool(value) => value.to_string(),
        Constant::Int(value) => value.to_string(),
        Constant::Decimal(value) => value.to_string(),
        Constant::Text(text) => format!("{text:?}"),
        Constant::Choice(place, key) => {
            words_of(*key).get(usize::from(*place)).copied().unwrap_or_default().to_owned()
        }
        Constant::Date(day) => format!("date(\"{day}\")"),
        Constant::Money(amount) => format!("usd({amount})"),
        Constant::Months(months) => format!("months({months})"),
        Constant::Days(days) => format!("days({days})"),
    }
}

fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::AtMost,
        Comparison::AtMost => Comparison::Less,
        Comparison::Greater => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::Greater,
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
    }
}

/// Every expression that differs in one comparison, one constant, one side of `&&` or `||`, or one `!`, with what differs.
pub(super) fn mutants(built: &Built, text: &str) -> Vec<(String, Built)> {
    let mut mutants = Vec::new();
    let source = |id: usize| {
        let (start, end) = built.spans[id];
        text.get(start as usize..end as usize).unwrap_or_default()
    };
    for (id, node) in built.nodes.iter().enumerate() {
        let mut with = |node: Node, what: String| {
            let mut mutant = built.clone();
            mutant.nodes[id] = node;
            mutants.push((what, mutant));
        };
        match *node {
            Node::Compare(comparison, left, right) => {
                let other = flipped(comparison);
                with(
                    Node::Compare(other, left, right),
                    format!("`{}`: `{}` becomes `{}`", source(id), comparison.sign(), other.sign()),
                );
            }
            Node::And(left, right) | Node::Or(left, right) => {
                for (kept, dropped) in [(right, left), (left, right)] {
                    with(built.node(kept), format!("`{}` is left out", source(dropped as usize)));
                }
            }
            Node::Not(inner) => with(built.node(inner), format!("`{}` loses its `!`", source(id))),
            Node::Constant(place) => {
                for neighbour in neighbours(&built.constants[place as usize]) {
                    let mut mutant = built.clone();
                    let what = format!("`{}` becomes `{}`", source(id), show(&neighbour));
                    mutant.constants[place as usize] = neighbour;
                    mutants.push((what, mutant));
                }
            }
            _ => {}
        }
    }
    mutants
}
