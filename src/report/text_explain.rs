//! One rule at length: what it asks, where it stands, and how it was decided for a definition.
//! Must not decide anything.

use super::lines::Lines;
use super::view::{DefinitionView, FindingView};
use crate::assess::Outcome as Verdict;
use crate::checks::{Band, Check, Days, Due, Duty, Grave, Requirement, Share, Subject, Sum};
use crate::model::{MONTH_NAMES, TIMINGS};
use crate::policy::{Catalog, Rule};
use crate::words;

/// What a rule asks, in words.
#[must_use]
pub fn rule(rule: &Rule, catalog: &Catalog) -> String {
    let mut text = Lines::default();
    writeln!(text, "{}: {}", rule.id, rule.title);
    if let Some(says) = &rule.says {
        writeln!(text, "  says      {says}");
    }
    let pack = catalog.pack(&rule.pack);
    let document =
        pack.and_then(|pack| pack.documents.iter().find(|document| document.id == rule.cite.source));
    let title = document.map_or("", |document| document.title.as_str());
    writeln!(text, "  source    {title} ({}), {}", rule.cite.source, rule.cite.at);
    writeln!(text, "  status    {} · severity {} · form {}", rule.status, rule.severity, rule.check.form());
    if let Some(less) = rule.when_superseded {
        writeln!(
            text,
            "  lenient   a {less} where a later edition had begun by the start and no edition is named"
        );
    }
    if let Some(pack) = pack {
        writeln!(text, "  pack      {} ({}); {}", pack.id, pack.title, pack.reviewed());
    }
    if let Some(from) = &rule.inherited_from {
        writeln!(text, "  inherited from {from}");
    }
    if let Some(table) = &rule.table {
        writeln!(text, "  table     {table}");
    }
    if let Some(when) = &rule.when {
        writeln!(text, "  applies   when {}", one_line(when.text()));
    }
    asks(&rule.check, &mut text);
    if let Some(why) = &rule.why {
        writeln!(text, "  why       {why}");
    }
    if let Some(remedy) = &rule.remedy {
        writeln!(text, "  remedy    {remedy}");
    }
    if !rule.waivable {
        writeln!(text, "  it cannot be waived");
    }
    if let Some(document) = document.filter(|_| pack.is_some_and(|pack| pack.shipped)) {
        writeln!(
            text,
            "  wrong?    this is how evalplan reads the text, and no verdict of {}: to report a wrong rule, send its id, the place in the text and a definition that shows it",
            document.issuer
        );
    }
    text.into_text()
}

fn asks(check: &Check, text: &mut Lines) {
    for line in asked(check) {
        writeln!(text, "  asks      {line}");
    }
}

/// What a rule asks, a line a band.
pub(super) fn asked(check: &Check) -> Vec<String> {
    if let Some(asked) = check.asked() {
        return vec![asked.asks.to_string()];
    }
    vec![match check {
        Check::Duty(duty) => return asked_by_duty(duty),
        Check::Grid(grid) => {
            let columns: Vec<&str> = grid.columns.words.iter().map(AsRef::as_ref).collect();
            let rows = match &grid.rows {
                Some(rows) => rows.words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "),
                None => format!("each [[{}]]", grid.table.spec().name),
            };
            format!("{} at {rows}", columns.join(", "))
        }
        Check::Condition(condition) => one_line(condition.condition.text()),
        Check::Each(each) => {
            let only = each
                .only
                .as_ref()
                .map(|only| format!(" for which {}", one_line(only.text())))
                .unwrap_or_default();
            format!("for each [[{}]]{only}: {}", each.table.spec().name, one_line(each.condition.text()))
        }
        Check::Share(share) => asked_of_share(share),
        Check::Assessed => "at least one other rule applies to the definition".to_owned(),
        Check::Days(days) => return asked_of_days(days),
        Check::PolicyNamed => {
            "an edition is named where a later one had begun by the start of the project".to_owned()
        }
        Check::Chain(chain) => {
            let (parents, children) = (chain.parents.spec().name, chain.key.table.spec().name);
            format!(
                "every {parents} has at least one {children}, every {children} names its {parents}, none in a circle"
            )
        }
    }]
}

/// A condition as written, on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn asked_of_days(days: &Days) -> Vec<String> {
    let first =
        "each evaluation that has a day lies within the window of the rule that asks for it".to_owned();
    let grave = |grave: &Grave| {
        let timings: Vec<&str> = grave.timings.iter().map(|timing| TIMINGS[usize::from(*timing)]).collect();
        let far = words::far(grave.far);
        format!("an error, where an evaluation of the timing {} lies {far}", timings.join(" or "))
    };
    std::iter::once(first).chain(days.grave.iter().map(grave)).collect()
}

fn asked_of_share(share: &Share) -> String {
    let percent = |share: rust_decimal::Decimal| (share * rust_decimal::Decimal::ONE_HUNDRED).normalize();
    let bounds = [
        share.min.map(|min| format!("at least {} per cent", percent(min))),
        share.max.map(|max| format!("at most {} per cent", percent(max))),
    ];
    let name = |sum: &Sum| match sum {
        Sum::Word(key) => format!("{}.{}", key.table.spec().name, key.spec().name),
        Sum::Field(key, None) => format!("the sum of {}.{}", key.table.spec().name, key.spec().name),
        Sum::Field(key, Some(only)) => format!(
            "the sum of {}.{} where {}",
            key.table.spec().name,
            key.spec().name,
            one_line(only.text())
        ),
    };
    let by = share.by.map(|by| format!(", for each {}", by.spec().name)).unwrap_or_default();
    let bounds = bounds.into_iter().flatten().collect::<Vec<_>>().join(" and ");
    format!("{} is {bounds} of {}{by}", name(&share.part), name(&share.of))
}

fn asked_by_duty(duty: &Duty) -> Vec<String> {
    let line = |band: &Band| {
        let bounds =
            if duty.axis.is_some() { format!("{}: ", words::bounds(&band.bounds)) } else { String::new() };
        format!("{bounds}{}", band.requirement.as_ref().map_or_else(|| "nothing".to_owned(), owed))
    };
    duty.bands.iter().map(line).collect()
}

fn owed(requirement: &Requirement) -> String {
    let what = match &requirement.subject {
        Subject::Event(title) => {
            let kind = |kind: u8| {
                format!(
                    " (recorded as a [[meeting]] of the kind `{}`)",
                    crate::model::MEETINGS[usize::from(kind)]
                )
            };
            format!("{title}{}", requirement.recorded_as.map(kind).unwrap_or_default())
        }
        Subject::Evaluation(wanted) => {
            let level =
                wanted.level().map(|level| format!(", {level} or more independent")).unwrap_or_default();
            let agreed = if wanted.if_agreed { ", where the plan agreed one" } else { "" };
            let timings: Vec<&str> =
                wanted.timings.iter().map(|timing| crate::model::TIMINGS[usize::from(*timing)]).collect();
            format!("{} evaluation{level}{agreed}", crate::words::list(&timings, "or"))
        }
    };
    let count = if requirement.count > 1 { format!("{} times: ", requirement.count) } else { String::new() };
    let due = requirement.due.as_ref().map(|due| format!(", {}", when(due))).unwrap_or_default();
    format!("{count}{what}{due}")
}

fn months_from(months: i32) -> String {
    match months {
        0 => "that day".to_owned(),
        1.. => format!("{months} months after it"),
        _ => format!("{} months before it", -months),
    }
}

/// When an obligation is due, in words.
pub(super) fn when(due: &Due) -> String {
    match due {
        Due::Share { target, earliest, latest } => {
            format!(
                "at {target} of the project's life (from {} to {})",
                earliest.unwrap_or(*target),
                latest.unwrap_or(*target)
            )
        }
        Due::Offset { from, earliest, not_before, target, latest } => {
            let aimed = target
                .filter(|target| target != latest)
                .map(|target| format!(", aimed at {}", months_from(target)))
                .unwrap_or_default();
            let share = not_before
                .map(|share| format!(", and not before {share} of the project's life"))
                .unwrap_or_default();
            let first = earliest
                .map(|first| format!(", at the earliest {}{share}", months_from(first)))
                .unwrap_or_default();
            format!("counted from {}: at the latest {}{first}{aimed}", word(*from), months_from(*latest))
        }
        Due::Every { months, from, month: Some(month), .. } => {
            format!(
                "every {months} months from {}, in {}",
                word(*from),
                MONTH_NAMES[(*month as usize).saturating_sub(1) % 12]
            )
        }
        Due::Every { months, from, earliest, latest, yields_within, .. } => {
            let window = match (earliest.unwrap_or(0), latest) {
                (0, 0) => String::new(),
                (first, last) => format!(", from {} to {}", months_from(first), months_from(*last)),
            };
            let yields = yields_within
                .map(|within| {
                    format!(
                        "; the last gives way to the final evaluation where that is within {within} months"
                    )
                })
                .unwrap_or_default();
            format!("every {months} months from {}{window}{yields}", word(*from))
        }
    }
}

fn word(word: crate::facts::Word) -> String {
    match word {
        crate::facts::Word::Key(key) => format!("{}.{}", key.table.spec().name, key.spec().name),
        crate::facts::Word::Duration => "project.duration".to_owned(),
        crate::facts::Word::Table(table) => table.spec().name.to_owned(),
    }
}

/// How a rule was decided for a definition, with the values read.
#[must_use]
pub fn decision(definition: &DefinitionView, finding: &FindingView) -> String {
    let mut text = Lines::default();
    writeln!(text, "{} ({}): {}", definition.code, definition.path, finding.verdict.word());
    writeln!(text, "  {}", finding.message);
    writeln!(text, "  because   {}", finding.because);
    if let Some(band) = &finding.band {
        writeln!(text, "  band      {band}");
    }
    writeln!(
        text,
        "  at        {}:{}:{} ({})",
        definition.path, finding.at.line, finding.at.column, finding.at.field
    );
    if !finding.missing.is_empty() {
        writeln!(text, "  missing   {}", finding.missing.join(", "));
    }
    if !finding.needs.is_empty() {
        writeln!(text, "  supply    {}", finding.needs.join(", "));
    }
    if let Some(remedy) = finding.remedy.as_deref().filter(|_| finding.verdict != Verdict::Met) {
        writeln!(text, "  remedy    {remedy}");
    }
    if let Some(later) = &finding.later {
        writeln!(text, "  later     {}", later.says);
    }
    if let Some(waiver) = &finding.waiver {
        writeln!(text, "  waiver    {waiver}");
    }
    writeln!(
        text,
        "  source    {} ({}), {} · {}",
        finding.document, finding.source, finding.paragraph, finding.status
    );
    if let Some(repair) = &finding.repair {
        text.blank();
        repair.whole(&finding.rule, &mut text);
    }
    text.into_text()
}
