//! Partitions: in every cell of its axis exactly one band of a table holds.
//! Must not look at what the bands ask.

use super::questions::Questions;
use super::space::{Cell, Lists, Space, path};
use super::{Domain, Found, Kind, PackProof};
use crate::expr::{Expr, Trace, Tri};
use crate::facts::Facts;
use crate::model::Date;
use crate::model::written_definition;
use crate::policy::rule::TableRule;
use std::collections::BTreeMap;

/// What is so in one piece of the axis.
struct Piece {
    words: String,
    holding: Vec<usize>,
    sure: bool,
    example: String,
}

/// Runs the cells of a table.
pub(super) fn prove(table: &TableRule, domain: &Domain<'_>, proof: &mut PackProof) {
    let of_table = |rule: &&crate::policy::Rule| {
        rule.inherited_from.is_none() && rule.table.as_deref() == Some(&*table.id)
    };
    let when = domain.pack.rules.iter().find(of_table).and_then(|rule| rule.when.as_ref());
    let guards: Vec<&Expr> = when.into_iter().chain(&domain.pack.joins).collect();
    let mut questions = Questions::default();
    questions.table(table);
    guards.iter().for_each(|guard| questions.expression(guard));
    let space = Space::of(&questions, domain.pack, domain.in_force, Lists::Free);
    let subject = format!("{}/{}", domain.pack.id, table.id);
    let Some(size) = space.size().filter(|size| *size <= domain.most_cells) else {
        return proof.incomplete.push(subject);
    };
    proof.cells += size;
    let mut held = vec![false; table.bands.len()];
    let mut pieces: BTreeMap<usize, Piece> = BTreeMap::new();
    for cell in space.cells() {
        run(table, &guards, &cell, (&mut held, &mut pieces));
    }
    if table.partition {
        report(table, &subject, &pieces, proof);
    }
    for ((id, _, span), _) in table.bands.iter().zip(held).filter(|(_, held)| !held) {
        proof.found.push(Found {
            kind: Kind::NeverFires,
            subject: subject.clone(),
            message: format!("the band `{id}` holds nowhere"),
            source: table.source,
            span: *span,
            example: None,
            may_be_spurious: false,
            is_meant: false,
        });
    }
}

/// Notes which bands hold in a cell, where the table applies at all. What is sure takes the place of what may be spurious.
fn run(
    table: &TableRule,
    guards: &[&Expr],
    cell: &Cell<'_>,
    (held, pieces): (&mut [bool], &mut BTreeMap<usize, Piece>),
) {
    let facts = Facts::new(&cell.definition, Date::default());
    let applies = guards
        .iter()
        .fold(Tri::True, |all, guard| all.and(guard.condition(&facts, None, &mut Trace::none())));
    if applies == Tri::False {
        return;
    }
    let answers: Vec<Tri> =
        table.bands.iter().map(|(_, bounds, _)| bounds.holds(table.axis, &facts)).collect();
    for (held, answer) in held.iter_mut().zip(&answers) {
        *held |= *answer != Tri::False;
    }
    let holding: Vec<usize> = (0..answers.len()).filter(|band| answers[*band] == Tri::True).collect();
    if holding.len() == 1 || answers.contains(&Tri::Unknown) {
        return;
    }
    let Some((place, words)) = cell.on(table.axis) else { return };
    let sure = applies == Tri::True;
    if pieces.get(&place).is_none_or(|known| sure && !known.sure) {
        pieces.insert(
            place,
            Piece { words: words.to_owned(), holding, sure, example: written_definition(&cell.definition) },
        );
    }
}

/// Neighbouring pieces with the same bands are one finding.
fn report(table: &TableRule, subject: &str, pieces: &BTreeMap<usize, Piece>, proof: &mut PackProof) {
    let mut last: Option<(usize, &[usize])> = None;
    for (place, piece) in pieces {
        let joined = last.is_some_and(|(before, holding)| before + 1 == *place && holding == piece.holding);
        last = Some((*place, &piece.holding));
        let known = proof.found.last_mut().filter(|_| joined);
        if let Some(known) = known {
            known.message.push_str(&format!(", and {}", piece.words));
            continue;
        }
        let names: Vec<String> =
            piece.holding.iter().map(|band| format!("`{}`", table.bands[*band].0)).collect();
        let (kind, message) = match names.as_slice() {
            [] => (Kind::Hole, format!("no band holds where `{}` is {}", path(table.axis), piece.words)),
            several => {
                let several = crate::words::list(several, "and");
                (
                    Kind::Overlap,
                    format!(
                        "the bands {several} hold at once where `{}` is {}",
                        path(table.axis),
                        piece.words
                    ),
                )
            }
        };
        let band = piece.holding.last().copied().unwrap_or_else(|| behind(table, *place));
        proof.found.push(Found {
            kind,
            subject: subject.to_owned(),
            message,
            source: table.source,
            span: table.bands.get(band).map_or(crate::source::Span::new(0..0), |(_, _, span)| *span),
            example: Some(piece.example.clone()),
            may_be_spurious: !piece.sure,
            is_meant: false,
        });
    }
}

/// The band to point at for a hole: as far down the file as the hole is up the axis, where bands stand in order.
fn behind(table: &TableRule, place: usize) -> usize {
    (place / 2).min(table.bands.len().saturating_sub(1))
}
