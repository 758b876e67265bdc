//! Which packs bind a definition: the edition by date or by name, and those that join by themselves.
//! Must not judge rules.

use super::chosen::{Choice, Chosen, ChosenBy, Era, IN_FORCE, Relation, began_before};
use super::question::Early;
use crate::expr::{Trace, Tri};
use crate::facts::Facts;
use crate::model::{Date, DateRange, FieldPath, Table, key};
use crate::policy::{Catalog, Pack, Selection};

/// Chooses the packs for a definition.
///
/// # Errors
/// The name of a pack that is asked for and that the catalog does not have.
pub fn choose<'c>(catalog: &'c Catalog, facts: &Facts<'_>, choice: &Choice) -> Result<Chosen<'c>, String> {
    let named = named(facts, choice);
    let in_force = named.as_ref().filter(|(name, _)| name == IN_FORCE).map(|(_, by)| *by);
    let mut chosen = Chosen::none(ChosenBy::Date);
    match named {
        _ if in_force.is_some() => {
            chosen.by = in_force.unwrap_or(ChosenBy::Date);
            chosen.in_force = true;
            by_date(
                catalog,
                facts,
                &|pack| pack.selection != Selection::Joins && !pack.rules.is_empty(),
                &mut chosen,
            );
        }
        Some((name, by)) => {
            let pack = catalog.pack(&name).ok_or(name)?;
            chosen.by = by;
            chosen.editions = vec![Era { pack, starts: None }];
        }
        None => by_date(catalog, facts, &|pack| pack.selection == Selection::ByDate, &mut chosen),
    }
    for name in choice.pack_names() {
        catalog.pack(name).ok_or_else(|| name.to_owned())?;
    }
    let wanted = |pack: &Pack| choice.pack_names().any(|name| *name == *pack.id);
    let only = choice.only_named();
    if only {
        chosen.editions.retain(|era| wanted(era.pack));
    }
    let applied = |pack: &&Pack| {
        pack.selection == Selection::Joins && (wanted(pack) || (!only && joins(pack, facts) == Tri::True))
    };
    chosen.joined = catalog.packs.iter().filter(applied).collect();
    // A pack that joins by itself and is named as the edition too binds once.
    let named: Vec<&Pack> = chosen.editions.iter().map(|era| era.pack).collect();
    chosen.joined.retain(|pack| named.iter().all(|edition| edition.id != pack.id));
    let in_doubt = |pack: &&Pack| !only && !wanted(pack) && joins(pack, facts) == Tri::Unknown;
    chosen.in_doubt = catalog
        .packs
        .iter()
        .filter(in_doubt)
        .filter(|pack| named.iter().all(|edition| edition.id != pack.id))
        .collect();
    chosen.named = choice.pack_names().map(str::to_owned).collect();
    // Who names a pack means it, as who names an edition does.
    let may_be_early = chosen
        .joined
        .iter()
        .chain(&chosen.in_doubt)
        .filter(|pack| !wanted(pack) && pack.before_from.is_none());
    chosen.early =
        may_be_early.filter_map(|pack| Some(Early { pack, start: began_before(pack, facts)? })).collect();
    superseded(catalog, facts, &mut chosen);
    donors_without_pack(catalog, facts, &mut chosen);
    Ok(chosen)
}

fn named(facts: &Facts<'_>, choice: &Choice) -> Option<(String, ChosenBy)> {
    let file = facts.definition().policy.as_ref().map(|(name, _)| (name.to_string(), ChosenBy::File));
    let option = choice.policy.clone().map(|name| (name, ChosenBy::Option));
    option.or(file).or_else(|| choice.portfolio_policy.clone().map(|name| (name, ChosenBy::Portfolio)))
}

/// Whether a pack is for this kind of definition; a kind that is not given is a project.
fn is_for(pack: &Pack, facts: &Facts<'_>) -> bool {
    let kind = facts.definition().single(Table::Project).choice(key::project::KIND).unwrap_or("project");
    pack.kinds.is_empty() || pack.kinds.iter().any(|known| **known == *kind)
}

/// Whether a pack joins by itself.
pub(super) fn joins(pack: &Pack, facts: &Facts<'_>) -> Tri {
    if pack.selection != Selection::Joins || !is_for(pack, facts) {
        return Tri::False;
    }
    pack.joins.as_ref().map_or(Tri::True, |condition| condition.condition(facts, None, &mut Trace::none()))
}

/// The editions that the start of the project may fall into, newest first.
fn by_date<'c>(
    catalog: &'c Catalog,
    facts: &Facts<'_>,
    among: &dyn Fn(&Pack) -> bool,
    chosen: &mut Chosen<'c>,
) {
    let mut editions: Vec<(&Pack, Date)> = catalog
        .packs
        .iter()
        .filter(|pack| among(pack) && is_for(pack, facts))
        .filter_map(|pack| Some((pack, pack.from?)))
        .collect();
    editions.sort_by_key(|(pack, from)| (*from, pack.id.clone()));
    let start = Facts::original(facts.definition()).start();
    for (place, (pack, from)) in editions.iter().enumerate() {
        let first = if place == 0 { Date::MIN } else { *from };
        let last = editions.get(place + 1).and_then(|(_, next)| next.pred_opt()).unwrap_or(Date::MAX);
        let starts = match start {
            None => None,
            Some(start) if start.from <= last && start.to >= first => {
                Some(DateRange { from: start.from.max(first), to: start.to.min(last) })
            }
            Some(_) => continue,
        };
        chosen.editions.insert(0, Era { pack, starts });
    }
    note_the_choice(&editions, start, chosen);
}

fn note_the_choice(editions: &[(&Pack, Date)], start: Option<DateRange>, chosen: &mut Chosen<'_>) {
    if let (Some((first, from)), Some(start)) = (editions.first(), start)
        && start.from < *from
    {
        let said = if start.to < *from { "began" } else { "may have begun" };
        chosen.notes.push(format!(
            "the project {said} before the first edition, {}, was in force from {}; it is checked against it all the same",
            first.id,
            in_force_from(first)
        ));
    }
    if let [newer, .., older] = chosen.editions.as_slice() {
        chosen.notes.push(format!(
            "the start may fall under {} or {}: the project is checked against both",
            older.pack.id, newer.pack.id
        ));
    }
    if let ([era], Some(start)) = (chosen.editions.as_slice(), start) {
        let same_month = |day: Date| {
            era.pack
                .from
                .is_some_and(|from| day.format("%Y-%m").to_string() == from.format("%Y-%m").to_string())
        };
        if era.pack.precision.as_deref() == Some("month") && (same_month(start.from) || same_month(start.to))
        {
            chosen.notes.push(format!(
                "{} is in force from {}; the day is not known",
                era.pack.id,
                in_force_from(era.pack)
            ));
        }
    }
}

/// The first day in force, as well as it is known.
fn in_force_from(pack: &Pack) -> String {
    let Some(from) = pack.from else { return "a day that is not known".to_owned() };
    match pack.precision.as_deref() {
        Some("month") => from.format("%Y-%m").to_string(),
        Some("year") => from.format("%Y").to_string(),
        _ => from.to_string(),
    }
}

/// Editions, chosen by name only, that began before the project surely did.
fn superseded<'c>(catalog: &'c Catalog, facts: &Facts<'_>, chosen: &mut Chosen<'c>) {
    let Some(applied) = chosen.editions.first() else { return };
    let Some(start) = Facts::original(facts.definition()).start() else { return };
    let later = |pack: &&Pack| {
        let newer = pack
            .from
            .zip(applied.pack.from)
            .is_some_and(|(from, applied)| from > applied && from <= start.to);
        newer && pack.selection != Selection::Joins && !pack.rules.is_empty() && is_for(pack, facts)
    };
    let mut packs: Vec<&Pack> = catalog
        .packs
        .iter()
        .filter(later)
        .filter(|pack| chosen.editions.iter().all(|era| era.pack.id != pack.id))
        .collect();
    packs.sort_by_key(|pack| (pack.from, pack.id.clone()));
    chosen.superseded_by = packs;
}

/// The edition to compare with: where none is named, the newest that had begun, as if it were named; where the newest in force is
/// asked for, the one by date. Its packs are editions alone.
pub(super) fn other<'c>(
    catalog: &'c Catalog,
    facts: &Facts<'_>,
    applied: &Chosen<'c>,
) -> Option<(Relation, Chosen<'c>)> {
    let mut chosen = Chosen::none(ChosenBy::Date);
    if applied.in_force {
        by_date(catalog, facts, &|pack| pack.selection == Selection::ByDate, &mut chosen);
        let same = |edition: &Era<'_>| applied.editions.iter().any(|era| era.pack.id == edition.pack.id);
        if chosen.editions.iter().all(same) {
            return None;
        }
        superseded(catalog, facts, &mut chosen);
        return Some((Relation::ByDate, chosen));
    }
    let pack = *applied
        .superseded_by
        .last()
        .filter(|_| applied.by == ChosenBy::Date && !applied.editions.is_empty())?;
    let start = Facts::original(facts.definition()).start();
    let surely = pack.from.zip(start).is_some_and(|(from, start)| from <= start.from);
    chosen.by = ChosenBy::Option;
    chosen.editions = vec![Era { pack, starts: None }];
    Some((if surely { Relation::Later } else { Relation::MaybeLater }, chosen))
}

/// A donor whose requirements no pack holds.
fn donors_without_pack(catalog: &Catalog, facts: &Facts<'_>, chosen: &mut Chosen<'_>) {
    for donor in facts.definition().rows(Table::Donor) {
        let Some(name) = donor.read_text(key::donor::NAME) else { continue };
        let held = catalog
            .packs
            .iter()
            .any(|pack| pack.donor.as_deref().is_some_and(|held| catalog.lexicon.donor(held) == name));
        if !held {
            chosen.notes.push(format!("the donor's own requirements are not checked: no pack for {name}"));
        }
    }
    if facts.is_open(Table::Donor) {
        chosen.notes.push(
            "there may be donors that the file does not name; their own requirements are not checked"
                .to_owned(),
        );
    }
}

/// The fact that settles which edition binds.
pub(super) const EDITION_NEEDS: FieldPath = FieldPath::Key(key::project::START);
