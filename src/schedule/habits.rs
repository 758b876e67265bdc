//! How plans are judged and how near a date is near: the numbers of `rules/planning.toml`, as loaded.
//! Must not judge.

use super::season::Season;
use crate::diag::{Diagnostic, Loaded};
use crate::model::INDEPENDENCE;
use crate::policy::{Severity, Status};
use crate::source::{SourceId, Sources, Span};
use crate::toml::Spanned;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One way in which a plan can be wrong.
#[derive(Debug, Clone)]
pub struct Judged {
    /// How bad it is.
    pub severity: Severity,
    /// Why it matters.
    pub basis: Arc<str>,
    /// What that is worth.
    pub status: Status,
}

/// One number or word of the file, what it rests on and what that is worth.
#[derive(Debug, Clone)]
pub struct Basis {
    /// What it is, in words.
    pub what: String,
    /// What it rests on.
    pub basis: Arc<str>,
    /// What that is worth.
    pub status: Status,
}

/// How plans are judged.
#[derive(Debug, Clone)]
pub struct Habits {
    /// An evaluation whose first task begins within these days is due soon.
    pub due_soon_days: i64,
    /// The level of independence of an evaluation of which nobody says it.
    pub usual_independence: u8,
    /// For a level that a rule asks for, the one that is planned where the file gives none.
    pub where_asked: BTreeMap<u8, u8>,
    /// What the numbers of this file rest on, and what that is worth: by name, in words.
    pub bases: Vec<Basis>,
    /// Planned below the level that is owed.
    pub not_independent: Judged,
    /// Managed by the office that implements the project.
    pub manager: Judged,
    /// The levels at which that matters.
    pub manager_levels: Vec<u8>,
    /// A task that would begin before the project.
    pub before_project: Judged,
    /// Not begun in time, as far as the file says.
    pub behind: Judged,
    /// A task in a break of the office.
    pub in_break: Judged,
    /// A task in a season that is bad for the office.
    pub in_season: Judged,
    /// The days of every year on which offices stand still.
    pub breaks: Vec<Season>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawHabits {
    due_soon: RawDays,
    usual_independence: RawLevel,
    not_independent_enough: RawJudged,
    manager_of_the_office: RawManager,
    before_the_project: RawJudged,
    behind: RawJudged,
    #[serde(rename = "break")]
    in_break: RawJudged,
    season: RawJudged,
    #[serde(default)]
    year_break: Vec<RawBreak>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawJudged {
    severity: Spanned<String>,
    basis: String,
    status: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManager {
    severity: Spanned<String>,
    levels: Vec<Spanned<String>>,
    basis: String,
    status: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDays {
    days: Spanned<i64>,
    basis: String,
    status: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLevel {
    level: Spanned<String>,
    #[serde(default)]
    where_asked: BTreeMap<Spanned<String>, Spanned<String>>,
    basis: String,
    status: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBreak {
    name: String,
    days: Spanned<String>,
    basis: String,
    status: Spanned<String>,
}

struct Reader {
    source: SourceId,
    diagnostics: Vec<Diagnostic>,
}

impl Habits {
    /// Reads the file; nothing where it is wrong.
    #[must_use]
    pub fn load(source: SourceId, sources: &Sources) -> Loaded<Option<Self>> {
        let raw: RawHabits = match crate::toml::read(source, sources.text(source)) {
            Ok(raw) => raw,
            Err(diagnostics) => return Loaded { value: None, diagnostics },
        };
        let mut reader = Reader { source, diagnostics: Vec::new() };
        let value = reader.lower(&raw);
        Loaded { value, diagnostics: reader.diagnostics }
    }
}

impl Reader {
    fn error<T>(&mut self, at: &Spanned<String>, hint: &str) -> Option<T> {
        let message = format!("`{}` cannot stand here", at.get_ref());
        self.diagnostics.push(Diagnostic::error(self.source, Span::new(at.span()), message).hint(hint));
        None
    }

    fn lower(&mut self, raw: &RawHabits) -> Option<Habits> {
        let manager = &raw.manager_of_the_office;
        let simple =
            |reader: &mut Self, raw: &RawJudged| reader.judged(&raw.severity, &raw.basis, &raw.status);
        let breaks: Vec<Option<Season>> = raw.year_break.iter().map(|one| self.year_break(one)).collect();
        let levels: Vec<Option<u8>> = manager.levels.iter().map(|level| self.level(level)).collect();
        let usual = &raw.usual_independence;
        let where_asked: Vec<Option<(u8, u8)>> = usual
            .where_asked
            .iter()
            .map(|(asked, planned)| Some((self.level(asked)?, self.level(planned)?)))
            .collect();
        Some(Habits {
            due_soon_days: self.days(&raw.due_soon.days)?,
            usual_independence: self.level(&usual.level)?,
            where_asked: where_asked.into_iter().collect::<Option<_>>()?,
            bases: self.bases(raw)?,
            not_independent: simple(self, &raw.not_independent_enough)?,
            manager: self.judged(&manager.severity, &manager.basis, &manager.status)?,
            manager_levels: levels.into_iter().collect::<Option<_>>()?,
            before_project: simple(self, &raw.before_the_project)?,
            behind: simple(self, &raw.behind)?,
            in_break: simple(self, &raw.in_break)?,
            in_season: simple(self, &raw.season)?,
            breaks: breaks.into_iter().collect::<Option<_>>()?,
        })
    }

    fn judged(
        &mut self,
        severity: &Spanned<String>,
        basis: &str,
        status: &Spanned<String>,
    ) -> Option<Judged> {
        let known = Severity::parse(severity.get_ref());
        let severity = known.or_else(|| self.error(severity, "one of error, warning, note"));
        let known = Status::parse(status.get_ref());
        let status = known
            .or_else(|| self.error(status, "one of confirmed, confirmed-secondary, inferred, unconfirmed"));
        Some(Judged { severity: severity?, basis: basis.into(), status: status? })
    }

    fn days(&mut self, days: &Spanned<i64>) -> Option<i64> {
        let number = *days.get_ref();
        if (0..=3660).contains(&number) {
            return Some(number);
        }
        let message = format!("`{number}` cannot stand here");
        self.diagnostics.push(
            Diagnostic::error(self.source, Span::new(days.span()), message)
                .hint("write a number of days from 0 to 3660"),
        );
        None
    }

    /// What each number of the file rests on.
    fn bases(&mut self, raw: &RawHabits) -> Option<Vec<Basis>> {
        let days = raw.due_soon.days.get_ref();
        let asked =
            raw.usual_independence.where_asked.iter().map(|(asked, planned)| {
                format!("; where {} is asked, {}", asked.get_ref(), planned.get_ref())
            });
        let usual = format!(
            "independence, where nobody gives it: {}{}",
            raw.usual_independence.level.get_ref(),
            asked.collect::<String>()
        );
        let all = [
            (
                format!("due soon: {days} days before the first step"),
                &raw.due_soon.basis,
                &raw.due_soon.status,
            ),
            (usual, &raw.usual_independence.basis, &raw.usual_independence.status),
        ];
        let breaks = raw
            .year_break
            .iter()
            .map(|one| (format!("{}: {}", one.name, one.days.get_ref()), &one.basis, &one.status));
        let bases = all.into_iter().chain(breaks).map(|(what, basis, status)| {
            let known = Status::parse(status.get_ref());
            let status = known.or_else(|| {
                self.error(status, "one of confirmed, confirmed-secondary, inferred, unconfirmed")
            });
            Some(Basis { what, basis: basis.as_str().into(), status: status? })
        });
        bases.collect::<Vec<_>>().into_iter().collect()
    }

    fn level(&mut self, level: &Spanned<String>) -> Option<u8> {
        let place = INDEPENDENCE.iter().position(|word| word == level.get_ref());
        let place = place.and_then(|place| u8::try_from(place).ok());
        place.or_else(|| self.error(level, "one of the levels of independence"))
    }

    fn year_break(&mut self, raw: &RawBreak) -> Option<Season> {
        let season = Season::parse(&format!("{} {}", raw.days.get_ref(), raw.name));
        season.or_else(|| self.error(&raw.days, super::season::HOW_TO_WRITE))
    }
}
