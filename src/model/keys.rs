//! The table of keys: every table and key that a definition may have, with type and meaning.
//! The reader, the vocabulary of the rules, the JSON Schema and the reference page all come from it.
//! Must not hold a word of a policy.

/// What a key may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// A text that names the element within its table; two elements never share it.
    Name,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A decimal number, written as a string so that it stays exact; above zero.
    Decimal,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A day (`2014-01-31`) or a date known in part (`"2014"`, `"2014-06"`).
    Date,
    /// Whole months, `"60 months"`.
    Duration,
    /// An amount, `"USD 590000"` or `"USD 300000..500000"`; not below zero.
    Money,
    /// A currency code of ISO 4217.
    Currency,
    /// A country code of ISO 3166-1, two letters.
    Country,
    /// An array of texts.
    Texts,
    /// An array of country codes of ISO 3166-1.
    Countries,
    /// An array of these words.
    AnyOf(&'static [&'static str]),
}

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    /// As typed in the file.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means, for people: one sentence.
    pub doc: &'static str,
}

/// Whether a table stands once or any number of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableShape {
    /// `[project]`: at most once.
    Single,
    /// `[[party]]`: any number of times.
    Array {
        /// The plural, by which rules and `open` call the list.
        plural: &'static str,
        /// Whether `open` may name it.
        may_be_open: bool,
    },
}

/// One table of a definition.
#[derive(Debug)]
pub struct TableSpec {
    /// As typed in the file.
    pub name: &'static str,
    /// Once or many.
    pub shape: TableShape,
    /// Its keys, in the order in which they are best written.
    pub keys: &'static [Key],
    /// What it means, for people: one sentence.
    pub doc: &'static str,
}

/// One key, by its table and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId {
    /// The table it belongs to.
    pub table: Table,
    /// Its place in the list of keys of that table.
    pub index: u8,
}

impl KeyId {
    /// What the table of keys says of it.
    #[must_use]
    pub fn spec(self) -> &'static Key {
        &self.table.spec().keys[usize::from(self.index)]
    }
}

impl Table {
    /// What the table of keys says of it.
    #[must_use]
    pub fn spec(self) -> &'static TableSpec {
        &TABLES[self as usize]
    }

    /// The table of that name, as typed in the file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.spec().name == name)
    }

    /// The array of tables that `open` and the rules call by that plural.
    #[must_use]
    pub fn with_plural(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.plural() == Some(word))
    }

    /// The plural of an array of tables; `None` for a table that stands once.
    #[must_use]
    pub fn plural(self) -> Option<&'static str> {
        match self.spec().shape {
            TableShape::Single => None,
            TableShape::Array { plural, .. } => Some(plural),
        }
    }

    /// Whether `open` may say that the list has more elements than the file knows.
    #[must_use]
    pub fn may_be_open(self) -> bool {
        matches!(self.spec().shape, TableShape::Array { may_be_open: true, .. })
    }

    /// The key of that name in this table.
    #[must_use]
    pub fn key(self, name: &str) -> Option<KeyId> {
        let index = self.spec().keys.iter().position(|key| key.name == name)?;
        Some(KeyId { table: self, index: u8::try_from(index).ok()? })
    }

    /// The key that names an element of this table, where it has one.
    #[must_use]
    pub fn name_key(self) -> Option<KeyId> {
        let index = self.spec().keys.iter().position(|key| key.kind == Kind::Name)?;
        Some(KeyId { table: self, index: u8::try_from(index).ok()? })
    }
}

const SINGLE: TableShape = TableShape::Single;

const fn list(plural: &'static str) -> TableShape {
    TableShape::Array { plural, may_be_open: false }
}

const fn open_list(plural: &'static str) -> TableShape {
    TableShape::Array { plural, may_be_open: true }
}

/// Writes, from one listing, the enum of tables, the constants of their keys and the table of keys.
macro_rules! tables {
    ($( $table:ident $module:ident $name:literal $shape:expr, $doc:literal {
        $( $key:ident $key_name:literal $kind:expr, $key_doc:literal; )*
    } )*) => {
        /// A table of a definition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table { $( #[doc = $doc] $table, )* }

        impl Table {
            /// Every table, in the order in which they are best written.
            pub const ALL: &'static [Self] = &[$( Self::$table, )*];
        }

        static TABLES: &[TableSpec] = &[$( TableSpec {
            name: $name,
            shape: $shape,
            doc: $doc,
            keys: &[$( Key { name: $key_name, kind: $kind, doc: $key_doc }, )*],
        }, )*];

        /// The keys that Rust code reads by name, a module a table.
        pub mod key {
            $( #[doc = $doc] #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms, reason = "the names become constants below")]
            pub mod $module {
                use super::super::{KeyId, Table};
                enum Place { $( $key, )* }
                $( #[doc = $key_doc] pub const $key: KeyId = KeyId { table: Table::$table, index: Place::$key as u8 }; )*
            } )*
        }
    };
}

/// The stages of a project in which parties can take part (ILC 2006 report VI, pars 257 and 305).
pub const STAGES: &[&str] = &["needs-assessment", "design", "implementation", "monitoring", "evaluation"];

/// The groups that a party can belong to: the three constituents, their two bureaux, others.
pub const GROUPS: &[&str] = &["government", "employers", "workers", "act-emp", "actrav", "other"];

/// When in the life of a project an evaluation stands.
pub const TIMINGS: &[&str] =
    &["mid-term", "mid-term-review", "final", "annual-review", "ex-post", "evaluability", "thematic", "country-programme"];

/// How independent an evaluation is of those who manage the project, lowest first.
pub const INDEPENDENCE: &[&str] = &["self", "internal", "independent-internal", "external"];

/// The kinds of definition.
pub const DEFINITION_KINDS: &[&str] = &["project", "country-programme", "thematic-programme", "donor-agreement", "union-programme"];

tables! {
    Project project "project" SINGLE, "The project itself: what it is called, when it runs, where, and for whom." {
        CODE "code" Kind::Text, "The project's code; without it the file's name stands in.";
        TITLE "title" Kind::Text, "The project's title.";
        KIND "kind" Kind::OneOf(DEFINITION_KINDS), "What the file defines; without it, a project.";
        APPROVED "approved" Kind::Date, "The day of approval.";
        START "start" Kind::Date, "The first day of the project, as first agreed.";
        END "end" Kind::Date, "The last day of the project, inside, as first agreed.";
        DURATION "duration" Kind::Duration, "The length in months, where the dates are not known; it must agree with them.";
        STATUS "status" Kind::OneOf(&["pipeline", "active", "closed"]), "Where the project stands.";
        COUNTRIES "countries" Kind::Countries, "The countries it works in, two letters each.";
        REGIONS "regions" Kind::Texts, "The regions, provinces or continents it works in.";
        THEMES "themes" Kind::Texts, "Its themes.";
        TARGET_GROUPS "target-groups" Kind::Texts, "The people it is for.";
        AUTONOMY "autonomy" Kind::OneOf(&["workers", "employers"]), "The one party that the programme is for, where it needs autonomy.";
        COMMITTEE "committee" Kind::Bool, "Whether a tripartite committee oversees it.";
        COUNTRY_PROGRAMME "country-programme" Kind::Text, "The decent work country programme or outcome that it serves.";
    }
    Budget budget "budget" SINGLE, "The money of the project, as first agreed." {
        TOTAL "total" Kind::Money, "The whole budget.";
        EVALUATION "evaluation" Kind::Money, "What is set aside for evaluation.";
        MONITORING "monitoring" Kind::Money, "What is set aside for monitoring.";
    }
    Rate rate "rate" list("rates"), "What one unit of another currency is worth in US dollars." {
        CURRENCY "currency" Kind::Currency, "The currency, as ISO 4217 calls it.";
        USD "usd" Kind::Decimal, "US dollars for one unit.";
        DATE "date" Kind::Date, "The day of the rate.";
        SOURCE "source" Kind::Text, "Where the rate was found.";
    }
    Donor donor "donor" open_list("donors"), "Who pays." {
        NAME "name" Kind::Name, "The donor's name.";
        CHANNEL "channel" Kind::OneOf(&["trust-fund", "bilateral", "other"]), "The way the money comes.";
        AMOUNT "amount" Kind::Money, "What this donor gives.";
        KIND "kind" Kind::OneOf(&["public", "private"]), "Whether the donor is public or private.";
    }
    Party party "party" open_list("parties"), "Who takes part, and at which stages." {
        NAME "name" Kind::Name, "The organization's name.";
        GROUP "group" Kind::OneOf(GROUPS), "The group it belongs to.";
        STAGES "stages" Kind::AnyOf(STAGES), "The stages it took part in or will take part in.";
    }
    Evaluation evaluation "evaluation" open_list("evaluations"), "An evaluation that is planned or done." {
        ID "id" Kind::Name, "A short name for it, such as `mid-term`.";
        TIMING "timing" Kind::OneOf(TIMINGS), "When in the project's life it stands.";
        INDEPENDENCE "independence" Kind::OneOf(INDEPENDENCE), "How independent it is of those who manage the project.";
        DATE "date" Kind::Date, "The day by which its report is planned.";
        COMPLETED "completed" Kind::Date, "The day on which it was completed.";
        PARTICIPANTS "participants" Kind::Texts, "Who takes part: groups (`government`, `employers`, `workers`) or names of parties.";
        CRITERIA "criteria" Kind::Texts, "The criteria it looks at, such as `relevance`.";
        BUDGET "budget" Kind::Money, "What it costs.";
        MANAGER "manager" Kind::Text, "Who manages the evaluation.";
        REPORT "report" Kind::Text, "Where its report can be found.";
    }
    Revision revision "revision" list("revisions"), "A change of dates or money that was agreed after the start." {
        DATE "date" Kind::Date, "The day it was agreed; it is in effect from then.";
        END "end" Kind::Date, "The new last day, inside.";
        TOTAL "total" Kind::Money, "The new whole budget.";
        REASON "reason" Kind::Text, "Why.";
    }
    Waiver waiver "waiver" list("waivers"), "A rule that need not be met, by whose word and until when." {
        RULE "rule" Kind::Text, "The rule, such as `ilo-2005/mid-term-evaluation`.";
        REASON "reason" Kind::Text, "Why it need not be met.";
        GRANTED_BY "granted-by" Kind::Text, "Who granted it.";
        AUTHORITY "authority" Kind::Text, "By which authority.";
        GRANTED "granted" Kind::Date, "The day it was granted.";
        EXPIRES "expires" Kind::Date, "The last day it covers, inside.";
    }
    Office office "office" SINGLE, "The office that implements the project." {
        NAME "name" Kind::Text, "The office's name.";
        COUNTRY "country" Kind::Country, "The country whose working days count.";
        CALENDAR "calendar" Kind::Text, "A calendar of its own: a TOML or iCalendar file of holidays, beside this file.";
    }
}
