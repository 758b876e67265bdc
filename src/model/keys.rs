//! The table of keys: every table and key that a definition may have, with type and meaning.
//! The reader, the vocabulary of the rules, the JSON Schema and the reference page all come from it.
//! Must not hold a word of a policy.

use super::words::{
    AUTONOMY, CHANNELS, DEFINITION_KINDS, DONOR_KINDS, FUNDS, GROUNDS, GROUPS, HORIZONS, INDEPENDENCE,
    MEETINGS, OBJECTIVES, PARTNER_KINDS, PROGRESS, RESPONSES, RISK_KINDS, RISK_LEVELS, STAGES, STATUSES,
    TIMINGS, UNION_ACTIONS, UNION_SCOPE,
};
use super::{Key, KeyId, Kind, TableShape, TableSpec};

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

    /// The word by which `open` says that the list has more elements than the file knows.
    #[must_use]
    pub fn open_word(self) -> Option<&'static str> {
        match self.spec().shape {
            TableShape::Array { open, .. } => open,
            TableShape::Single => None,
        }
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
    TableShape::Array { plural, open: None }
}

const fn open_list(plural: &'static str) -> TableShape {
    TableShape::Array { plural, open: Some(plural) }
}

const fn partners() -> TableShape {
    TableShape::Array { plural: "partners", open: Some("donors") }
}

const fn results(plural: &'static str) -> TableShape {
    TableShape::Array { plural, open: Some("results") }
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

tables! {
    Project project "project" SINGLE, "The project itself: what it is called, when it runs, where, and for whom." {
        CODE "code" Kind::Text, "The project's code; without it the file's name stands in.";
        TITLE "title" Kind::Text, "The project's title.";
        KIND "kind" Kind::OneOf(DEFINITION_KINDS), "What the file defines; without it, a project.";
        APPROVED "approved" Kind::Date, "The day of approval.";
        START "start" Kind::Date, "The first day of the project, as first agreed.";
        END "end" Kind::Date, "The last day of the project, inside, as first agreed.";
        DURATION "duration" Kind::Duration, "The length in months, where the dates are not known; it must agree with them.";
        STATUS "status" Kind::OneOf(STATUSES), "Where the project stands.";
        COUNTRIES "countries" Kind::Countries, "The countries it works in, two letters each.";
        REGIONS "regions" Kind::Texts, "The regions, provinces or continents it works in.";
        THEMES "themes" Kind::Texts, "Its themes.";
        TARGET_GROUPS "target-groups" Kind::Texts, "The people it is for.";
        AUTONOMY "autonomy" Kind::OneOf(AUTONOMY), "The one party that the programme is for, where it needs autonomy.";
        COMMITTEE "committee" Kind::Bool, "Whether a tripartite committee oversees it.";
        COUNTRY_PROGRAMME "country-programme" Kind::Text, "The decent work country programme or outcome that it serves.";
        IMPLEMENTER "implementer" Kind::Bodies, "Who carries it out, such as `ITCILO` for the Turin Centre, or `FOS, Solsoc and IFSI`.";
        OBJECTIVE "objective" Kind::OneOf(OBJECTIVES), "The strategic objective of the ILO that it serves.";
        STANDARDS "standards" Kind::Texts, "The international labour standards that it promotes, such as `C87`.";
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
    Agreement agreement "agreement" SINGLE, "What a donor and the ILO agreed, where the file defines an agreement or a fund." {
        SIGNED "signed" Kind::Date, "The day it was signed.";
        TRIPARTISM "tripartism" Kind::Money, "What it sets aside for work on tripartism.";
    }
    Donor donor "donor" open_list("donors"), "Who pays." {
        NAME "name" Kind::Name, "The donor's name, or any other name, spelling or abbreviation of it that is known.";
        IDENTIFIER "identifier" Kind::Text, "The reference by which the donor is known in IATI, such as `BE-70`; a name that contradicts it counts more.";
        CHANNEL "channel" Kind::OneOf(CHANNELS), "The way the money comes.";
        AMOUNT "amount" Kind::Money, "What this donor gives.";
        KIND "kind" Kind::OneOf(DONOR_KINDS), "Whether the donor is public or private.";
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
        FUNDS "funds" Kind::AnyOf(FUNDS), "The funds whose activities it looks at.";
        BUDGET "budget" Kind::Money, "What it costs.";
        MANAGER "manager" Kind::Text, "Who manages the evaluation.";
        REPORT "report" Kind::Text, "Where its report can be found.";
        PROCESS "process" Kind::Text, "The steps it takes, where they are not the usual ones, such as `clustered`.";
    }
    Revision revision "revision" list("revisions"), "A change of dates or money that was agreed after the start." {
        DATE "date" Kind::Date, "The day it was agreed; it is in effect from then.";
        END "end" Kind::Date, "The new last day, inside.";
        TOTAL "total" Kind::Money, "The new whole budget.";
        REASON "reason" Kind::Text, "Why the project was changed.";
    }
    EvaluationPlan evaluation_plan "evaluation-plan" SINGLE, "The evaluation plan that was agreed at the outset, by which later changes are measured." {
        AGREED "agreed" Kind::Date, "The day on which it was agreed.";
        PLANNED "planned" Kind::AnyOf(TIMINGS), "The evaluations that it names.";
    }
    Waiver waiver "waiver" list("waivers"), "A rule that need not be met, by whose word and until when." {
        RULE "rule" Kind::Text, "The rule, such as `ilo-2005/mid-term-evaluation`.";
        GROUND "ground" Kind::OneOf(GROUNDS), "On what ground, in a word.";
        REASON "reason" Kind::Text, "Why it need not be met.";
        GRANTED_BY "granted-by" Kind::Text, "Who granted it.";
        AUTHORITY "authority" Kind::Text, "By which authority.";
        GRANTED "granted" Kind::Date, "The day it was granted.";
        EXPIRES "expires" Kind::Date, "The last day it covers, inside.";
    }
    Office office "office" SINGLE, "The office that implements the project." {
        NAME "name" Kind::Text, "The office's name.";
        COUNTRY "country" Kind::Country, "The country whose working days count.";
        CALENDAR "calendar" Kind::Text, "A calendar of its own: a TOML or iCalendar file of holidays, by its path from this file's folder, in or below the folder that is read.";
        BREAKS "breaks" Kind::Texts, "When it stands still every year, such as `12-20..01-05`; without it, the year-end break.";
        BAD_SEASONS "bad-seasons" Kind::Texts, "When field work is hard, such as `11-15..03-31 rains` or `2029-05-01..2029-05-20 elections`.";
    }
    Priority priority "priority" results("priorities"), "A priority of a country programme." {
        ID "id" Kind::Name, "A short name for it, such as `p1`.";
        TITLE "title" Kind::Text, "What it is about.";
    }
    Outcome outcome "outcome" results("outcomes"), "A change that the project is to bring about." {
        ID "id" Kind::Name, "A short name for it, such as `o1`.";
        TITLE "title" Kind::Text, "What will have changed.";
        CONTRIBUTES_TO "contributes-to" Kind::Text, "The outcome above it, by its id.";
        BIENNIUM "biennium" Kind::Text, "The two-year budget period of its target, such as `2006-07`.";
        HORIZON "horizon" Kind::OneOf(HORIZONS), "Whether it can be reached within two years or in the medium term.";
        PRIORITY "priority" Kind::Text, "The priority of the country programme that it serves, by its id.";
    }
    Output output "output" results("outputs"), "A product or service that the project delivers." {
        ID "id" Kind::Name, "A short name for it, such as `o1-1`.";
        TITLE "title" Kind::Text, "What is delivered.";
        OUTCOME "outcome" Kind::Text, "The outcome that it serves, by its id.";
    }
    Indicator indicator "indicator" results("indicators"), "How a result is measured." {
        ID "id" Kind::Name, "A short name for it.";
        TITLE "title" Kind::Text, "What is measured.";
        OF "of" Kind::Text, "The outcome or output that it measures, by its id.";
        BASELINE "baseline" Kind::Text, "The value at the start.";
        TARGET "target" Kind::Text, "The value aimed at.";
        BY "by" Kind::Date, "The day by which the target is to be reached.";
        VERIFICATION "verification" Kind::Text, "The means of verification.";
        RESPONSIBLE "responsible" Kind::Text, "Who collects it.";
        BY_SEX "by-sex" Kind::Bool, "Whether it is broken down by sex.";
    }
    Risk risk "risk" open_list("risks"), "Something that may go wrong, or an assumption that may not hold." {
        ID "id" Kind::Name, "A short name for it.";
        TITLE "title" Kind::Text, "What may happen.";
        KIND "kind" Kind::OneOf(RISK_KINDS), "Whether it is a risk or an assumption.";
        LEVEL "level" Kind::OneOf(RISK_LEVELS), "How grave it is.";
        MEASURE "measure" Kind::Text, "What is done about it.";
        OWNER "owner" Kind::Text, "Who watches it.";
    }
    Sustainability sustainability "sustainability" SINGLE, "What remains when the project ends." {
        STRATEGY "strategy" Kind::Text, "How results are to last.";
        EXIT "exit" Kind::Text, "What is handed over, to whom, and when.";
        HAND_OVER "hand-over" Kind::Text, "How constituents gradually take ownership.";
        RESOURCES "resources" Kind::Text, "Who pays and who works after the end.";
        CAPACITY_ASSESSED "capacity-assessed" Kind::Bool, "Whether the counterparts' skills were assessed at design.";
        CAPACITY_PROVIDED "capacity-provided" Kind::Text, "What the project provides of what the counterparts need: training, tools, staff.";
        COMMITMENT "commitment" Kind::Text, "Who has committed to the results, and where that is written down.";
    }
    Monitoring monitoring "monitoring" SINGLE, "How progress is followed." {
        PLAN "plan" Kind::Text, "Where the monitoring plan stands.";
        FREQUENCY "frequency" Kind::Text, "How often.";
        RESPONSIBLE "responsible" Kind::Text, "Who monitors.";
        LESSONS "lessons" Kind::Text, "Which lessons of earlier evaluations are used.";
    }
    Gender gender "gender" SINGLE, "How equality of women and men is worked into the project." {
        ANALYSIS "analysis" Kind::Text, "Where the analysis stands.";
        DESIGN "design" Kind::Bool, "Whether it shapes the design.";
        IMPLEMENTATION "implementation" Kind::Bool, "Whether it shapes the activities.";
        MONITORING "monitoring" Kind::Bool, "Whether progress is followed for women and men apart.";
        EVALUATION "evaluation" Kind::Bool, "Whether evaluations look at it.";
        BUDGET "budget" Kind::Money, "What is set aside for it.";
    }
    Delivery delivery "delivery" open_list("deliveries"), "What was allocated and spent in a year." {
        YEAR "year" Kind::Name, "The year, such as `2005`.";
        ALLOCATED "allocated" Kind::Money, "What was allocated.";
        SPENT "spent" Kind::Money, "What was spent.";
    }
    Recommendation recommendation "recommendation" open_list("recommendations"), "What an evaluation recommended, and the answer." {
        ID "id" Kind::Name, "A short name for it.";
        EVALUATION "evaluation" Kind::Text, "The evaluation, by its id.";
        TITLE "title" Kind::Text, "What it recommends.";
        RESPONSE "response" Kind::OneOf(RESPONSES), "The management response.";
        ACTION "action" Kind::Text, "What is done.";
        UNIT "unit" Kind::Text, "Who does it.";
        DUE "due" Kind::Date, "By when.";
        STATUS "status" Kind::OneOf(PROGRESS), "How far it is.";
    }
    Allocation allocation "allocation" open_list("allocations"), "Money of a fund that goes to one project; those of the projects in the run are added." {
        PROJECT "project" Kind::Name, "The project, by its code.";
        YEAR "year" Kind::Text, "The year of the allocation, such as `2016`.";
        AMOUNT "amount" Kind::Money, "How much.";
        IMPLEMENTER "implementer" Kind::Bodies, "Who carries the project out, such as `ITCILO` for the Turin Centre.";
        OBJECTIVE "objective" Kind::OneOf(OBJECTIVES), "The strategic objective that the project serves.";
    }
    Meeting meeting "meeting" open_list("meetings"), "A meeting or report that rules ask for, once it has taken place." {
        ID "id" Kind::Name, "A short name for it, such as `review-2018`.";
        KIND "kind" Kind::OneOf(MEETINGS), "What it is.";
        DATE "date" Kind::Date, "The day.";
        PARTICIPANTS "participants" Kind::Texts, "Who takes part: groups (`employers`, `act-emp`) or names of parties.";
    }
    Partner partner "partner" partners(), "A private partner: who it is, and how it was screened." {
        NAME "name" Kind::Name, "The partner's name.";
        KIND "kind" Kind::OneOf(PARTNER_KINDS), "What kind of body it is.";
        REPUTABLE "reputable" Kind::Bool, "Whether the screening found it reputable.";
        SHARES_VALUES "shares-values" Kind::Bool, "Whether it shares the values of the ILO and, where it applies, promotes its standards.";
        COMMERCIAL_INTEREST "commercial-interest" Kind::Bool, "Whether it has a commercial interest in the project.";
        LOGO_RULES "logo-rules" Kind::Bool, "Whether it agreed to the rules on the use of the ILO's logo and experience.";
    }
    Partnership partnership "partnership" SINGLE, "How a public-private partnership is set up." {
        NATIONALLY_OWNED "nationally-owned" Kind::Bool, "Whether it is owned and driven in the country.";
        TRANSPARENT "transparent" Kind::Bool, "Whether it is managed in a transparent manner.";
        COMPOSITION "composition" Kind::Bool, "Whether it is settled who the partners are, the constituents among them.";
        COMMITMENT "commitment" Kind::Bool, "Whether each partner has committed itself, within its own institution too.";
        DIVISION_OF_LABOUR "division-of-labour" Kind::Bool, "Whether it is clear who does what.";
        EARMARKED "earmarked" Kind::Money, "What is set aside at the outset to make the partnership work.";
    }
    UnFramework un_framework "un-framework" SINGLE, "The framework of the United Nations in the country (UNDAF) that the programme is part of." {
        TITLE "title" Kind::Text, "What it is called.";
        START "start" Kind::Date, "The first day of its cycle.";
        END "end" Kind::Date, "The last day of its cycle, inside.";
        PREPARATION "preparation" Kind::Date, "The day on which its preparation began, or begins.";
    }
    Action action "action" open_list("actions"), "One action of a trade union programme." {
        ID "id" Kind::Name, "A short name for it, such as `a1`.";
        TITLE "title" Kind::Text, "What is done.";
        KIND "kind" Kind::OneOf(UNION_ACTIONS), "Which of the nine kinds of action it is.";
        SCOPE "scope" Kind::AnyOf(UNION_SCOPE), "The points of the agreement's scope that it serves.";
        NATIONAL_PLAN "national-plan" Kind::Text, "The national action plan that a training belongs to.";
        PROGRESS_REPORT "progress-report" Kind::Text, "The report on progress that a technical mission rests on.";
        SUPPORTED_MEMBER "supported-member" Kind::Text, "The national member of a regional organization that receives or received support.";
    }
}
