//! From the raw parameters of a rule form to its compiled form.
//! Must not know any one rule.

use super::raw::{
    RawBand, RawBounds, RawDays, RawDue, RawEvaluation, RawGrave, RawGrid, RawRequirement, RawSide,
};
use super::rule::Status;
use super::values::Reader;
use crate::checks::{Bounds, Days, Due, Far, Grave, Grid, Requirement, Side, Subject, Wanted};
use crate::diag::nearest;
use crate::facts::{Type, Word, fields, word, words};
use crate::model::{INDEPENDENCE, KeyId, Kind, MEETINGS, TIMINGS, Table, TableShape};
use crate::toml::Spanned;

impl Reader<'_> {
    /// The word of a path, such as `project.duration`.
    pub(super) fn path(&mut self, text: &Spanned<String>) -> Option<Word> {
        word(text.get_ref()).or_else(|| {
            let near = nearest(text.get_ref(), words().map(|(path, _)| path))
                .map(|near| format!("did you mean `{near}`?"));
            self.error(
                text.span(),
                format!("no definition has `{}`", text.get_ref()),
                near.unwrap_or_default(),
            )
        })
    }

    /// The path of a date.
    fn date_path(&mut self, text: &Spanned<String>) -> Option<Word> {
        let word = self.path(text)?;
        if word.kind() == Type::Date {
            return Some(word);
        }
        self.error(
            text.span(),
            format!("`{}` is not a date", text.get_ref()),
            "name a date, such as `project.start` or `project.end`",
        )
    }

    /// An array of tables, by the name of one.
    pub(super) fn table(&mut self, text: &Spanned<String>) -> Option<Table> {
        let lists: Vec<&str> = Table::ALL
            .iter()
            .map(|table| table.spec())
            .filter(|spec| spec.shape != TableShape::Single)
            .map(|spec| spec.name)
            .collect();
        self.word("list of a definition", text, &lists).and_then(|place| Table::named(lists[place]))
    }

    /// A key of the elements of a table.
    pub(super) fn key(&mut self, table: Table, text: &Spanned<String>) -> Option<KeyId> {
        let names: Vec<&str> = fields(table).map(|(name, _)| name).collect();
        self.word(&format!("key of [[{}]]", table.spec().name), text, &names)
            .and_then(|place| table.key(names[place]))
    }

    /// The bounds of a band, with what they are worth.
    pub(super) fn bounds(&mut self, axis: Word, raw: &Spanned<RawBounds>) -> (Bounds, Option<Status>) {
        let span = raw.span();
        let raw = raw.get_ref();
        for (one, two) in [(&raw.under, &raw.max), (&raw.min, &raw.over)] {
            if let (Some(_), Some(two)) = (one, two) {
                let _: Option<()> = self.error(
                    two.span(),
                    "this side of the band has two bounds",
                    "`under` and `max` bound it above, `min` and `over` below: keep one of each",
                );
            }
        }
        let mut bound =
            |inside: &Option<Spanned<String>>, outside: &Option<Spanned<String>>| match (inside, outside) {
                (Some(text), _) => self.limit(axis, text).map(|limit| (limit, true)),
                (None, Some(text)) => self.limit(axis, text).map(|limit| (limit, false)),
                (None, None) => None,
            };
        let bounds = Bounds { lower: bound(&raw.min, &raw.over), upper: bound(&raw.max, &raw.under) };
        if bounds == Bounds::default() && self.diagnostics.is_empty() {
            let _: Option<()> = self.error(
                span,
                "this band has no bound",
                "give at least one of `under`, `min`, `max`, `over`",
            );
        }
        let status = raw.status.as_ref().and_then(|text| self.status(text));
        (bounds, status)
    }

    /// What a duty asks for.
    pub(super) fn requirement(&mut self, raw: &Spanned<RawRequirement>) -> Option<Requirement> {
        let span = raw.span();
        let raw = raw.get_ref();
        let subject = match (&raw.evaluation, &raw.event) {
            (Some(evaluation), None) => Subject::Evaluation(self.wanted(evaluation)?),
            (None, Some(event)) => Subject::Event(event.get_ref().as_str().into()),
            _ => {
                return self.error(
                    span,
                    "a duty asks for one thing",
                    "give either `evaluation = { … }` or `event = \"…\"`",
                );
            }
        };
        let count = match &raw.count {
            None => 1,
            Some(count) => match u32::try_from(*count.get_ref()) {
                Ok(number @ 1..=100) => number,
                _ => {
                    return self.error(
                        count.span(),
                        "this count is out of range",
                        "write a number from 1 to 100",
                    );
                }
            },
        };
        let due = match &raw.due {
            Some(due) => Some(self.due(due)?),
            None => None,
        };
        let recorded_as = match &raw.recorded_as {
            Some(kind) => Some(self.place("kind of meeting", kind, MEETINGS)?),
            None => None,
        };
        let status =
            raw.due.as_ref().and_then(|due| due.get_ref().status.as_ref()).and_then(|text| self.status(text));
        Some(Requirement {
            subject,
            count,
            due,
            recorded_as,
            due_status: status.map(|status| status.to_string().into()),
        })
    }

    fn wanted(&mut self, raw: &Spanned<RawEvaluation>) -> Option<Wanted> {
        let span = raw.span();
        let raw = raw.get_ref();
        let texts: Vec<&Spanned<String>> = raw.timing.iter().chain(&raw.any_of).collect();
        let timings: Vec<u8> = texts.iter().filter_map(|text| self.place("timing", text, TIMINGS)).collect();
        let assigned = raw.assigned_to.as_ref().map(|text| self.place("timing", text, TIMINGS));
        let independence =
            raw.independence.as_ref().map(|text| self.place("level of independence", text, INDEPENDENCE));
        let assigned_to = match (assigned, timings.as_slice()) {
            (Some(assigned), _) => assigned?,
            (None, [only]) => *only,
            _ => {
                return self.error(
                    span,
                    "it is not said which evaluation takes this duty where none is planned",
                    "give `timing`, or `any-of` with `assigned-to`",
                );
            }
        };
        Some(Wanted { timings, independence: independence.flatten(), assigned_to, if_agreed: raw.if_agreed })
    }

    fn place(&mut self, what: &str, text: &Spanned<String>, known: &[&str]) -> Option<u8> {
        self.word(what, text, known).and_then(|place| u8::try_from(place).ok())
    }

    fn due(&mut self, raw: &Spanned<RawDue>) -> Option<Due> {
        let span = raw.span();
        let raw = raw.get_ref();
        match (&raw.share, &raw.every, &raw.from) {
            (Some(share), None, None) => {
                let bound = |reader: &mut Self, text: &Option<Spanned<String>>| {
                    text.as_ref().and_then(|text| reader.share(text))
                };
                let (target, earliest, latest) =
                    (self.share(share), bound(self, &raw.earliest), bound(self, &raw.latest));
                Some(Due::Share { target: target?, earliest, latest })
            }
            (None, Some(every), Some(from)) => self.due_every(raw, every, from),
            (None, None, Some(from)) => {
                let optional = |reader: &mut Self, text: &Option<Spanned<String>>| {
                    text.as_ref().and_then(|text| reader.months(text))
                };
                let (earliest, target, latest) =
                    (optional(self, &raw.earliest), optional(self, &raw.target), optional(self, &raw.latest));
                if raw.latest.is_none() {
                    return self.error(
                        span,
                        "it is not said when this is due at the latest",
                        "give `latest`, such as \"0 months\"",
                    );
                }
                let not_before =
                    raw.not_before_share.as_ref().map_or(Some(None), |share| self.share(share).map(Some));
                Some(Due::Offset {
                    from: self.date_path(from)?,
                    earliest,
                    not_before: not_before?,
                    target,
                    latest: latest?,
                })
            }
            _ => self.error(
                span,
                "it is not clear when this is due",
                "give `share`, or `from` with `latest`, or `every` with `from`",
            ),
        }
    }

    fn due_every(&mut self, raw: &RawDue, every: &Spanned<String>, from: &Spanned<String>) -> Option<Due> {
        let month = raw.month.as_ref().map_or(Some(None), |month| match u32::try_from(*month.get_ref()) {
            Ok(number @ 1..=12) => Some(Some(number)),
            _ => self.error(month.span(), "this is not a month of the year", "write a number from 1 to 12"),
        });
        let months = match self.count_of_months(every) {
            Some(0) => {
                self.error(every.span(), "a period has at least one month", "write it like \"12 months\"")
            }
            months => months,
        };
        let earliest = raw.earliest.as_ref().and_then(|text| self.months(text));
        let latest = raw.latest.as_ref().map_or(Some(0), |text| self.months(text));
        let yields_within = raw.yields_to_final_within.as_ref().and_then(|text| self.count_of_months(text));
        let from = self.date_path(from)?;
        Some(Due::Every { months: months?, from, earliest, latest: latest?, yields_within, month: month? })
    }

    /// A grid.
    pub(super) fn grid(&mut self, raw: &RawGrid) -> Option<Grid> {
        let table = self.table(&raw.table)?;
        let rows = match &raw.rows {
            Some(rows) => Some(self.side(table, rows)?),
            None => None,
        };
        Some(Grid { table, rows, columns: self.side(table, &raw.columns)? })
    }

    /// Which days of evaluations are errors.
    pub(super) fn days(&mut self, raw: &RawDays) -> Option<Days> {
        let grave = raw.error.iter().map(|grave| self.grave(grave)).collect::<Option<_>>()?;
        Some(Days { grave })
    }

    fn grave(&mut self, raw: &Spanned<RawGrave>) -> Option<Grave> {
        let span = raw.span();
        let raw = raw.get_ref();
        let timings: Vec<u8> =
            raw.timings.iter().filter_map(|text| self.place("timing", text, TIMINGS)).collect();
        let far = match (&raw.before_share, &raw.after_end) {
            (Some(share), None) => Far::BeforeShare(self.share(share)?),
            (None, Some(months)) => Far::AfterEnd(self.months(months)?),
            _ => {
                return self.error(
                    span,
                    "it is not clear which days are meant",
                    "give either `before-share` or `after-end`",
                );
            }
        };
        (timings.len() == raw.timings.len()).then_some(Grave { timings, far })
    }

    fn side(&mut self, table: Table, raw: &RawSide) -> Option<Side> {
        let key = self.key(table, &raw.key)?;
        if let Kind::OneOf(known) | Kind::AnyOf(known) = key.spec().kind {
            for word in &raw.words {
                self.word(&format!("word for `{}`", key.spec().name), word, known);
            }
        }
        Some(Side { key, words: raw.words.iter().map(|word| word.get_ref().as_str().into()).collect() })
    }
}

/// The requirement of a band for one duty.
pub(super) fn of_duty<'r>(band: &'r RawBand, duty: &str) -> Option<&'r Spanned<RawRequirement>> {
    band.requires
        .iter()
        .find(|requirement| requirement.get_ref().duty.as_ref().is_some_and(|id| id.get_ref() == duty))
}
