//! Made-up definitions, as many as are wanted: the same seed gives the same text on every system.
//! Five countries, four donors, three offices; a tenth with dates known in part and open lists, half with a design.

use std::fmt::Write as _;

/// Numbers that look random: splitmix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap_or_default()]
    }
}

/// A country, with its Decent Work country programme and the office that serves it.
const COUNTRIES: [(&str, &str, &str, &str); 5] = [
    ("ZA", "South Africa", "Pretoria", "ZA"),
    ("MZ", "Mozambique", "Pretoria", "ZA"),
    ("MW", "Malawi", "Lusaka", "ZM"),
    ("ZM", "Zambia", "Lusaka", "ZM"),
    ("VN", "Viet Nam", "Hanoi", "VN"),
];

const DONORS: [&str; 4] = ["Flanders", "Norway", "European Commission", "Netherlands"];
const THEMES: [&str; 6] =
    ["skills", "sme-development", "gender", "social-dialogue", "youth-employment", "labour-standards"];
const TOPICS: [&str; 5] = [
    "skills for rural youth",
    "safe work in tea estates",
    "social dialogue in ports",
    "enterprises of women",
    "labour inspection",
];
const OBJECTIVES: [&str; 4] = ["standards", "employment", "social-protection", "social-dialogue"];
const STAGES: &str = "[\"needs-assessment\", \"design\", \"implementation\", \"monitoring\", \"evaluation\"]";
const PARTICIPANTS: &str = "[\"government\", \"employers\", \"workers\", \"beneficiaries\"]";
const CRITERIA: &str = "[\"relevance\", \"efficiency\", \"effectiveness\", \"impact\", \"sustainability\"]";

/// What people write above a definition.
const HEAD: &str = "\
# Made up: no project, person or office of this file exists.
# Kept by the office that carries the project out; changes go through the programming unit.
# Amounts are in US dollars as agreed with the donor; dates are the first and the last day of the agreement.
# Before the project is sent to the donor: name the organizations that were consulted, and say in which stages they take part.
# After each evaluation: give the day of completion, and where the report can be found.
format = 1
";

/// What people write above the lists of a definition.
const ABOVE_PARTIES: &str = "\
\n# The organizations of employers and workers are those that their confederations named for the project. The bureaux of the
# ILO for employers and for workers were asked at each stage, and see every draft of the terms of reference.\n";
const ABOVE_EVALUATIONS: &str = "\
\n# Each evaluation is planned in the quarter in which the steering committee meets. The money for it is in the budget above
# and is not moved to other lines. When one is done, its day replaces the planned one.\n";

/// The text of the definition of that number.
pub(crate) fn definition(seed: u64, number: u64) -> String {
    let mut numbers = Numbers(seed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
    let in_part = numbers.one_in(10);
    let mut text = String::from(HEAD);
    if in_part {
        text.push_str("open = [\"parties\", \"evaluations\"]\n");
    }
    let (code, country, office, seat) = numbers.pick(&COUNTRIES);
    let (year, month) = (2019 + numbers.below(9), 1 + numbers.below(12));
    let months = 8 + numbers.below(53);
    let (end_year, end_month) = (year + (month - 1 + months) / 12, (month - 1 + months) % 12 + 1);
    let budget = 80_000 + numbers.below(240) * 12_500;
    project(
        &mut text,
        &mut numbers,
        (number, code, country),
        in_part,
        [(year, month), (end_year, end_month)],
    );
    let _ = write!(text, "\n[budget]\ntotal = \"USD {budget}\"\n");
    if !numbers.one_in(4) {
        let _ = writeln!(text, "evaluation = \"USD {}\"\nmonitoring = \"USD {}\"", budget / 25, budget / 40);
    }
    let donor = numbers.pick(&DONORS);
    let channel = if donor == "Flanders" { "channel = \"trust-fund\"\n" } else { "" };
    let _ = write!(
        text,
        "\n[[donor]]\nname = \"{donor}\"\nkind = \"public\"\namount = \"USD {budget}\"\n{channel}"
    );
    let _ = write!(text, "\n[office]\nname = \"ILO office, {office}\"\ncountry = \"{seat}\"\n");
    text.push_str(ABOVE_PARTIES);
    parties(&mut text, &mut numbers, country);
    text.push_str(ABOVE_EVALUATIONS);
    evaluations(&mut text, &mut numbers, (year, month, months), budget);
    if numbers.one_in(2) {
        design(&mut text, &mut numbers, country, (end_year, end_month));
    }
    text
}

fn project(
    text: &mut String,
    numbers: &mut Numbers,
    (number, code, country): (u64, &str, &str),
    in_part: bool,
    days: [(u64, u64); 2],
) {
    let [(year, month), (end_year, end_month)] = days;
    let topic = numbers.pick(&TOPICS);
    let _ = write!(text, "\n[project]\ncode = \"{code}/{year}/{number}\"\ntitle = \"{country}: {topic}\"\n");
    let (start, end) = if in_part {
        (format!("\"{year}-{month:02}\""), format!("\"{end_year}\""))
    } else {
        (format!("{year}-{month:02}-01"), format!("{end_year}-{end_month:02}-15"))
    };
    let _ = write!(text, "start = {start}\nend = {end}\ncountries = [\"{code}\"]\n");
    let (first, more) = (numbers.below(6), 1 + numbers.below(5));
    let theme = |place: u64| THEMES[usize::try_from(place % 6).unwrap_or_default()];
    let _ = writeln!(
        text,
        "themes = [\"{}\", \"{}\"]\ntarget-groups = [\"women\", \"youth\"]",
        theme(first),
        theme(first + more)
    );
    let _ = writeln!(
        text,
        "objective = \"{}\"\ncountry-programme = \"Decent work country programme, {country}\"",
        numbers.pick(&OBJECTIVES)
    );
    if !numbers.one_in(3) {
        text.push_str("committee = true\n");
    }
}

fn parties(text: &mut String, numbers: &mut Numbers, country: &str) {
    let all = [
        ("Ministry of Labour", "government"),
        ("Federation of Employers", "employers"),
        ("Congress of Trade Unions", "workers"),
        ("ACT/EMP", "act-emp"),
        ("ACTRAV", "actrav"),
    ];
    for (name, group) in all {
        if numbers.one_in(12) {
            continue;
        }
        let stages = if numbers.one_in(6) { "[\"implementation\", \"evaluation\"]" } else { STAGES };
        let _ = write!(
            text,
            "\n[[party]]\nname = \"{name} of {country}\"\ngroup = \"{group}\"\nstages = {stages}   # as agreed at the inception workshop\n"
        );
    }
}

fn evaluations(
    text: &mut String,
    numbers: &mut Numbers,
    (year, month, months): (u64, u64, u64),
    budget: u64,
) {
    let at = |share: u64| {
        let after = months * share / 100;
        (year + (month - 1 + after) / 12, (month - 1 + after) % 12 + 1)
    };
    let level = if budget > 350_000 && !numbers.one_in(4) { "independent-internal" } else { "internal" };
    for (id, share) in [("mid-term", 55), ("final", 98)] {
        if numbers.one_in(5) {
            continue;
        }
        let (year, month) = at(share);
        let key = if (year, month) < (2026, 6) && !numbers.one_in(3) { "completed" } else { "date" };
        let _ = write!(
            text,
            "\n[[evaluation]]\nid = \"{id}\"\ntiming = \"{id}\"\nindependence = \"{level}\"\n{key} = {year}-{month:02}-14\n"
        );
        if !numbers.one_in(5) {
            let _ = writeln!(text, "participants = {PARTICIPANTS}\ncriteria = {CRITERIA}");
        }
        let _ = writeln!(
            text,
            "budget = \"USD {}\"\nmanager = \"Evaluation focal person {}\"",
            budget / 50,
            numbers.below(12)
        );
    }
}

fn design(text: &mut String, numbers: &mut Numbers, country: &str, (year, month): (u64, u64)) {
    for outcome in 1..=2 {
        let _ = write!(
            text,
            "\n[[outcome]]\nid = \"o{outcome}\"\ntitle = \"Institutions of {country} serve more people than before\"\n"
        );
        for output in 1..=2 {
            let _ = write!(
                text,
                "\n[[output]]\nid = \"o{outcome}-{output}\"\ntitle = \"Staff of institutions trained and equipped\"\noutcome = \"o{outcome}\"\n"
            );
        }
        let _ = write!(
            text,
            "\n[[indicator]]\nid = \"i{outcome}\"\ntitle = \"People served each year\"\nof = \"o{outcome}\"\nbaseline = \"0\"\n"
        );
        if !numbers.one_in(4) {
            let _ = writeln!(
                text,
                "target = \"{}\"\nby = {year}-{month:02}-01\nverification = \"Register of the institution\"\nresponsible = \"National coordinator\"",
                50 * numbers.below(40)
            );
        }
    }
    let _ = write!(
        text,
        "\n[[risk]]\nid = \"r1\"\ntitle = \"Staff change posts\"\nkind = \"risk\"\nlevel = \"medium\"\n"
    );
    if !numbers.one_in(3) {
        text.push_str(
            "measure = \"Two people are trained for each post\"\nowner = \"National coordinator\"\n",
        );
    }
    text.push_str("\n[sustainability]\nstrategy = \"The institutions take the work into their plans\"\nexit = \"Hand-over in the last half-year\"\ncapacity-assessed = true\n");
    text.push_str("\n[monitoring]\nplan = \"Annex 3\"\nfrequency = \"every quarter\"\nresponsible = \"National coordinator\"\n");
}
