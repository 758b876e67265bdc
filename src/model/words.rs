//! The closed lists of words that definitions choose from, each word with its meaning, in the terms of evaluation that
//! OECD-DAC, UNEG and the ILO use. Editors and the reference page show the meanings.
//! Must not hold a word of a policy: what a rule asks stands in `rules/`.

/// Writes, from one listing, the constants of the lists and the table of meanings.
macro_rules! lists {
    ($( $(#[$doc:meta])+ $name:ident { $( $word:literal $meaning:literal; )* } )*) => {
        $( $(#[$doc])+ pub const $name: &[&str] = &[$( $word, )*]; )*

        static MEANINGS: &[(&[&str], &[&str])] = &[$( ($name, &[$( $meaning, )*]), )*];
    };
}

/// Whether a level, as a place in [`INDEPENDENCE`], is the first that is independent of those who carry the project out.
#[must_use]
pub fn is_first_independent(level: u8) -> bool {
    INDEPENDENCE.get(usize::from(level)).is_some_and(|word| *word == "independent-internal")
}

/// What each word of a closed list means, in the order of the list; empty for a list that is not one of these.
#[must_use]
pub fn meanings(words: &[&str]) -> &'static [&'static str] {
    MEANINGS.iter().find(|(list, _)| *list == words).map_or(&[], |(_, meanings)| meanings)
}

lists! {
    /// The kinds of definition.
    DEFINITION_KINDS {
        "project" "A project or programme with its own budget, dates and results.";
        "country-programme" "A decent work country programme: the ILO's programme with the constituents of one country.";
        "thematic-programme" "A programme on one theme, over several countries or projects.";
        "donor-agreement" "An agreement or trust fund of a donor, out of which projects are paid.";
        "union-programme" "A programme of a trade union organization for its partners.";
    }

    /// Where a project stands.
    STATUSES {
        "pipeline" "In preparation or in appraisal: not begun.";
        "active" "Running.";
        "closed" "Ended.";
    }

    /// The one party that a programme is for.
    AUTONOMY {
        "workers" "For workers' organizations alone.";
        "employers" "For employers' organizations alone.";
    }

    /// The ways in which money comes.
    CHANNELS {
        "trust-fund" "Through a fund that the donor keeps with the ILO.";
        "bilateral" "From the donor to the project, outside a fund.";
        "other" "In another way.";
    }

    /// The kinds of donor.
    DONOR_KINDS {
        "public" "A government, a public agency or an international organization.";
        "private" "A company, a foundation, a person or another private body.";
    }

    /// The groups that a party can belong to: the three constituents, their two bureaux, others.
    GROUPS {
        "government" "Governments, ministries and public agencies: the first of the three constituents.";
        "employers" "Employers' organizations: constituents.";
        "workers" "Workers' organizations, trade unions: constituents.";
        "act-emp" "The ILO's Bureau for Employers' Activities (ACT/EMP).";
        "actrav" "The ILO's Bureau for Workers' Activities (ACTRAV).";
        "other" "Anyone else: civil society, research, other agencies, companies.";
    }

    /// The stages of a project in which parties can take part (ILC 2006 report VI, pars 257 and 305).
    STAGES {
        "needs-assessment" "Finding out what is needed, before there is a design.";
        "design" "Working out objectives, outputs, activities and budget.";
        "implementation" "Carrying out the activities.";
        "monitoring" "Following progress against the plan while the work goes on.";
        "evaluation" "Judging the results, systematically and impartially, at points in time.";
    }

    /// When in the life of a project an evaluation stands.
    TIMINGS {
        "mid-term" "An evaluation near the middle of the project: what to keep and what to change while there is time.";
        "mid-term-review" "A lighter look near the middle, by those who manage the project: progress more than results.";
        "final" "An evaluation at the end of the project: what was achieved, what will last, what was learnt.";
        "annual-review" "A look at progress each year, at the anniversary of the start.";
        "ex-post" "An evaluation some time after the end: impact, and what has lasted.";
        "evaluability" "An assessment, early on, of whether results will be measurable: objectives, indicators, baselines.";
        "thematic" "An evaluation of one theme over several projects or countries.";
        "country-programme" "An evaluation of the whole programme in a country.";
        "cooperation" "An evaluation of the whole cooperation under an agreement with a donor.";
    }

    /// How independent an evaluation is of those who manage the project, lowest first.
    INDEPENDENCE {
        "self" "By those who carry the project out: a self-evaluation.";
        "internal" "By officials of the organization who may have had to do with the project, managed by the project's line.";
        "independent-internal" "Managed and done by people of the organization without links to the project: independent.";
        "independent" "Managed by an official without links to the project, done by evaluators from outside who are hired for it: independent.";
        "external" "Led from outside the organization, such as by the donor, with evaluators from outside: independent.";
    }

    /// The four strategic objectives of the ILO.
    OBJECTIVES {
        "standards" "Standards and fundamental principles and rights at work.";
        "employment" "Decent employment and income for women and men.";
        "social-protection" "Coverage and effectiveness of social protection for all.";
        "social-dialogue" "Tripartism and social dialogue.";
    }

    /// The funds that pay for the ILO's work in a country.
    FUNDS {
        "regular-budget" "The contributions of the member States.";
        "extra-budgetary" "What donors give beside it, for technical or development cooperation.";
    }

    /// How soon an outcome can be reached.
    HORIZONS {
        "biennium" "Within the two years of a programme and budget.";
        "medium-term" "Later than that, within the country programme.";
    }

    /// What may go wrong, and what must hold.
    RISK_KINDS {
        "risk" "Something that may happen and would harm the results.";
        "assumption" "Something outside the project that must hold for it to succeed.";
    }

    /// How grave a risk is.
    RISK_LEVELS {
        "low" "Unlikely, or of little effect: watch it.";
        "medium" "Likely enough, or grave enough, to plan for.";
        "high" "It can make the project fail: it needs a measure and an owner.";
    }

    /// The answers of management to a recommendation.
    RESPONSES {
        "accepted" "Management will do it.";
        "partially-accepted" "Management will do a part, and says which.";
        "rejected" "Management will not do it, and says why.";
    }

    /// How far the action on a recommendation is.
    PROGRESS {
        "not-started" "Nothing is done yet.";
        "in-progress" "Begun.";
        "completed" "Done.";
        "no-longer-relevant" "Overtaken by events: nothing is to be done any more.";
    }

    /// The meetings and reports that rules ask for.
    MEETINGS {
        "donor-review" "A review of the projects with the donor.";
        "cooperation-review" "A review of the whole cooperation with the donor.";
        "joint-review" "A review that the parties to an agreement hold together.";
        "contribution" "A payment of the donor that an agreement sets a date for.";
        "delivery-report" "A report on what was allocated and what was spent.";
        "appraisal" "The appraisal of the design, before approval.";
        "other" "Something else.";
    }

    /// The grounds on which a rule need not be met.
    GROUNDS {
        "finances" "There is no money for it.";
        "security" "It is not safe.";
        "access" "People or places cannot be reached.";
        "merged" "Another evaluation or activity covers it.";
        "donor-led" "The donor does it.";
        "other" "Something else, which the reason tells.";
    }

    /// The kinds of private partner.
    PARTNER_KINDS {
        "employers-organization" "An organization of employers.";
        "workers-organization" "An organization of workers.";
        "foundation" "A foundation.";
        "private-business" "A company, or an association of companies.";
        "non-governmental-organization" "A non-governmental organization that is none of these.";
    }

    /// The points of the scope of the agreement with the Belgian trade unions, in its order.
    UNION_SCOPE {
        "independent-unions" "Independent, free and democratic trade unions come about.";
        "stronger-unions" "Trade unions of partner countries grow stronger as institutions, in their structure and in their work.";
        "regional-organizations" "Regional trade union organizations whose national members receive or have received support.";
        "local-dialogue" "Dialogue between public authorities, managers of companies and local trade unions.";
        "working-poor" "The rights and interests of working people who live in poverty.";
        "social-justice" "Social justice, as a part of democracy in society.";
        "partner-take-over" "Partners take part in the initiatives and take them over, so that they last.";
        "awareness" "Awareness of international cooperation and solidarity, in Belgium and the South.";
    }

    /// The kinds of action of that agreement, in its order.
    UNION_ACTIONS {
        "union-development" "Creating and developing trade unions in partner countries.";
        "training" "Trade union training, within a national action plan.";
        "leaders-and-secretariats" "The work of trade union leaders and secretariats: organization, functioning, initiatives.";
        "defence-of-rights" "Efforts of trade unions to defend and promote their rights.";
        "international-training" "International training for senior trade union officials.";
        "multilateral-action" "Joint action of trade unions of several countries or sectors.";
        "exchange" "Sharing experience: study missions, visits, seminars, traineeships.";
        "technical-mission" "Technical assistance by experts from the North, based on the progress made.";
        "awareness-raising" "Informing Belgian workers and the public why international solidarity matters.";
    }
}

#[cfg(test)]
mod tests {
    use super::{MEANINGS, meanings};
    use crate::model::{Kind, Table};

    #[test]
    fn every_word_that_a_definition_can_choose_has_a_meaning() {
        for key in Table::ALL.iter().flat_map(|table| table.spec().keys) {
            if let Kind::OneOf(words) | Kind::AnyOf(words) = key.kind {
                assert_eq!(meanings(words).len(), words.len(), "{}", key.name);
            }
        }
    }

    #[test]
    fn a_meaning_is_a_sentence_and_no_list_is_there_twice() {
        for (place, (words, said)) in MEANINGS.iter().enumerate() {
            assert!(said.iter().all(|said| said.ends_with('.') && said.len() > 4), "{words:?}");
            assert!(MEANINGS[..place].iter().all(|(other, _)| other != words), "{words:?}");
        }
        assert_eq!(meanings(&["no", "list"]), &[] as &[&str]);
    }
}
