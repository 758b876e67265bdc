//! From raw rule files to compiled rules, tables and cases.
//! Must not read files and must not evaluate rules.

use super::forms::of_duty;
use super::raw::{RawCase, RawCite, RawDuty, RawRule};
use super::rule::{Case, Cite, Rule, Severity, Status, TableRule};
use super::values::Reader;
use super::words::{VERDICTS, plain};
use crate::checks::{Band, Bounds, Check, Duty};
use crate::facts::Word;
use crate::source::Span;
use crate::toml::Spanned;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most bands, and the most duties, of one table: a rule is run for each band and held against each.
pub(crate) const MOST_IN_TABLE: usize = 200;

/// What one rule file holds.
#[derive(Debug, Default)]
pub(super) struct Lowered {
    pub rules: Vec<Rule>,
    pub table: Option<TableRule>,
    pub cases: Vec<Case>,
}

/// The rules of one file of a pack. Mistakes are noted in the reader; a rule with a mistake is left out.
pub(super) fn lower(raw: &RawRule, pack: &Arc<str>, reader: &mut Reader<'_>) -> Lowered {
    let Some(id) = reader.id(&raw.id) else { return Lowered::default() };
    reader.needless_in_rule(raw);
    let mut lowered = Lowered { cases: cases(raw, reader), ..Lowered::default() };
    let Some(common) = common(raw, pack, reader) else { return lowered };
    let forms = [
        !raw.band.is_empty(),
        raw.requires.is_some(),
        raw.grid.is_some(),
        raw.check.is_some(),
        raw.each.is_some(),
        raw.share.is_some(),
        raw.chain.is_some(),
        raw.assessed.is_some(),
        raw.days.is_some(),
        raw.policy_named.is_some(),
    ];
    if forms.iter().filter(|present| **present).count() != 1 {
        let hint =
            "a rule has exactly one of [[band]], [requires], [grid], [check], [each], [share], [chain]";
        let _: Option<()> =
            reader.error(raw.id.span(), format!("`{id}` does not say in one form what it asks"), hint);
        return lowered;
    }
    if !raw.band.is_empty() {
        (lowered.rules, lowered.table) = lower_table(raw, &id, &common, reader);
    } else if let Some(check) = lower_form(raw, reader) {
        lowered.rules.push(Rule { check, ..common });
    }
    lowered.rules.iter().for_each(|rule| refuse_remembered(rule, reader));
    lowered
}

/// What somebody only remembers is no error of a project: neither the rule, nor a band whose ends nobody has read.
fn refuse_remembered(rule: &Rule, reader: &mut Reader<'_>) {
    if rule.is_remembered_error() {
        let message = format!("`{}` is an error, and what it rests on is unconfirmed", rule.local);
        let hint = "give `severity = \"warning\"`, or a text that was read and its status";
        let _: Option<()> = reader.error(rule.span.start as usize..rule.span.end as usize, message, hint);
    }
}

/// All of a rule but what it asks.
fn common(raw: &RawRule, pack: &Arc<str>, reader: &mut Reader<'_>) -> Option<Rule> {
    let local: Arc<str> = raw.id.get_ref().as_str().into();
    let severity = raw.severity.as_ref().map_or(Some(Severity::Error), |text| reader.severity(text));
    let status = reader.status(&raw.status);
    let aliases = raw.aliases.iter().filter_map(|alias| reader.id(alias)).collect();
    for text in raw.remedy.iter().chain(raw.duty.iter().filter_map(|duty| duty.remedy.as_ref())) {
        if let Some(problem) = super::remedy::problem(text.get_ref()) {
            let _: Option<()> = reader.error(text.span(), problem, "");
        }
    }
    let nothing = Check::Duty(Duty { axis: None, bands: Vec::new() });
    Some(Rule {
        id: format!("{pack}/{local}").into(),
        local,
        pack: Arc::clone(pack),
        inherited_from: None,
        table: None,
        title: raw.title.clone(),
        says: raw.says.clone(),
        aliases,
        severity: severity?,
        when_superseded: match &raw.when_superseded {
            Some(text) => Some(reader.severity(text)?),
            None => None,
        },
        status: status?,
        cite: cite(&raw.cite),
        waivable: raw.waivable.unwrap_or(true),
        why: raw.why.clone(),
        remedy: raw.remedy.as_ref().map(|text| text.get_ref().as_str().into()),
        when: match &raw.when {
            Some(when) => Some(reader.condition(when)?),
            None => None,
        },
        check: nothing,
        bound_status: Vec::new(),
        source: reader.source,
        span: Span::new(raw.id.span()),
    })
}

/// A citation.
pub(super) fn cite(raw: &RawCite) -> Cite {
    Cite { source: raw.source.get_ref().as_str().into(), at: raw.at.get_ref().as_str().into() }
}

fn lower_form(raw: &RawRule, reader: &mut Reader<'_>) -> Option<Check> {
    if let Some(requirement) = &raw.requires {
        let requirement = reader.requirement(requirement)?;
        let band = Band { id: "always".into(), bounds: Bounds::default(), requirement: Some(requirement) };
        return Some(Check::Duty(Duty { axis: None, bands: vec![band] }));
    }
    if let Some(grid) = &raw.grid {
        return reader.grid(grid.get_ref()).map(Check::Grid);
    }
    if let Some(check) = &raw.check {
        return reader.check(check).map(Check::Condition);
    }
    if let Some(each) = &raw.each {
        return reader.each(each).map(Check::Each);
    }
    if let Some(share) = &raw.share {
        return reader.share_form(share.get_ref()).map(Check::Share);
    }
    if let Some(chain) = &raw.chain {
        return reader.chain(chain.get_ref()).map(Check::Chain);
    }
    if let Some(days) = &raw.days {
        return reader.days(days.get_ref()).map(Check::Days);
    }
    raw.assessed
        .as_ref()
        .map(|_| Check::Assessed)
        .or_else(|| raw.policy_named.as_ref().map(|_| Check::PolicyNamed))
}

/// One rule for each duty of a table, over all its bands.
fn lower_table(
    raw: &RawRule,
    id: &Arc<str>,
    common: &Rule,
    reader: &mut Reader<'_>,
) -> (Vec<Rule>, Option<TableRule>) {
    let Some(axis) = raw.axis.as_ref() else {
        let _: Option<()> = reader.error(
            raw.id.span(),
            "this table does not say what its bands cut",
            "give `axis`, such as \"project.duration\"",
        );
        return (Vec::new(), None);
    };
    let Some(axis) = reader.path(axis) else { return (Vec::new(), None) };
    let bands = raw.band.get(MOST_IN_TABLE).map(|band| (band.id.span(), "bands"));
    let duties = raw.duty.get(MOST_IN_TABLE).map(|duty| (duty.id.span(), "duties"));
    if let Some((span, what)) = bands.or(duties) {
        let message = format!("this table has more than {MOST_IN_TABLE} {what}");
        let _: Option<()> = reader.error(span, message, "divide it: several tables can cut one axis");
        return (Vec::new(), None);
    }
    let bounds: Vec<(Bounds, Option<Status>)> =
        raw.band.iter().map(|band| reader.bounds(axis, &band.when)).collect();
    unknown_duties(raw, reader);
    let rules = raw.duty.iter().filter_map(|duty| lower_duty(raw, duty, (axis, &bounds), common, reader));
    let rules: Vec<Rule> = rules.map(|rule| Rule { table: Some(Arc::clone(id)), ..rule }).collect();
    let bands =
        raw.band.iter().zip(&bounds).map(|(band, (bounds, _))| {
            (band.id.get_ref().as_str().into(), *bounds, Span::new(band.when.span()))
        });
    let table = TableRule {
        id: Arc::clone(id),
        axis,
        partition: raw.partition.as_ref().is_some_and(|claim| *claim.get_ref()),
        bands: bands.collect(),
        source: reader.source,
    };
    (rules, Some(table))
}

/// Every duty that a band names must be declared, so that it has a title.
fn unknown_duties(raw: &RawRule, reader: &mut Reader<'_>) {
    let known: Vec<&str> = raw.duty.iter().map(|duty| duty.id.get_ref().as_str()).collect();
    for requirement in raw.band.iter().flat_map(|band| &band.requires) {
        match &requirement.get_ref().duty {
            Some(duty) => drop(reader.word("duty of this table", duty, &known)),
            None => drop(reader.error::<()>(
                requirement.span(),
                "this does not say which duty it is",
                "give `duty`, and a [[duty]] table with its title",
            )),
        }
    }
}

fn lower_duty(
    raw: &RawRule,
    duty: &RawDuty,
    (axis, bounds): (Word, &[(Bounds, Option<Status>)]),
    common: &Rule,
    reader: &mut Reader<'_>,
) -> Option<Rule> {
    let local = reader.id(&duty.id)?;
    let mut bands = Vec::new();
    let mut bound_status = Vec::new();
    for (band, (bounds, status)) in raw.band.iter().zip(bounds) {
        let id = reader.id(&band.id)?;
        let requirement = match of_duty(band, &local) {
            Some(requirement) => Some(reader.requirement(requirement)?),
            None => None,
        };
        bound_status.extend(status.map(|status| (Arc::clone(&id), status)));
        bands.push(Band { id, bounds: *bounds, requirement });
    }
    Some(Rule {
        id: format!("{}/{local}", common.pack).into(),
        title: duty.title.clone(),
        says: duty.says.clone().or_else(|| common.says.clone()),
        aliases: duty.aliases.iter().filter_map(|alias| reader.id(alias)).collect(),
        severity: duty.severity.as_ref().map_or(Some(common.severity), |text| reader.severity(text))?,
        when_superseded: match &duty.when_superseded {
            Some(text) => Some(reader.severity(text)?),
            None => common.when_superseded,
        },
        status: duty.status.as_ref().map_or(Some(common.status), |text| reader.status(text))?,
        cite: duty.cite.as_ref().map_or_else(|| common.cite.clone(), cite),
        why: duty.why.clone().or_else(|| common.why.clone()),
        remedy: duty
            .remedy
            .as_ref()
            .map(|text| text.get_ref().as_str().into())
            .or_else(|| common.remedy.clone()),
        check: Check::Duty(Duty { axis: Some(axis), bands }),
        bound_status,
        span: Span::new(duty.id.span()),
        local,
        ..common.clone()
    })
}

/// The cases of a rule file. Their facts stay in the text, where they keep their places: see [`super::given`].
fn cases(raw: &RawRule, reader: &mut Reader<'_>) -> Vec<Case> {
    raw.case.iter().enumerate().map(|(place, case)| lower_case(place, case, reader)).collect()
}

fn lower_case(place: usize, case: &Spanned<RawCase>, reader: &mut Reader<'_>) -> Case {
    let span = Span::new(case.span());
    let case = case.get_ref();
    let mut expect = Vec::new();
    for (rule, verdict) in &case.expect {
        if reader.word("verdict", verdict, &plain(VERDICTS)).is_some() {
            expect.push((rule.as_str().into(), verdict.get_ref().as_str().into()));
        }
    }
    let named = |lists: &BTreeMap<String, Vec<String>>| {
        lists.iter().map(|(rule, list)| (rule.as_str().into(), list.clone())).collect()
    };
    Case {
        name: case.name.clone(),
        place,
        source: reader.source,
        span,
        as_of: case.as_of.as_ref().and_then(|day| reader.day(day)),
        expect,
        needs: named(&case.needs),
        missing: named(&case.missing),
        plans: case.plans.clone(),
        joins: case.joins,
    }
}
