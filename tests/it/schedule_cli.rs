//! `schedule` from the command line: feeds over older feeds, calendars of offices, processes of one's own, exit codes.

use crate::desk::Desk;

const PROJECT: &str = "format = 1\n[project]\ntitle = \"Ports\"\nstart = 2026-04-01\nend = 2029-03-31\n[budget]\ntotal = \"USD 200000\"\n\
    [[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"self\"\ndate = 2029-03-29\n";

#[test]
fn a_feed_is_written_over_an_older_one_and_checked() {
    let desk = Desk::with(&[("projects/ports.toml", PROJECT)]);
    let write = "schedule projects --format ics -o feed.ics --as-of";
    assert_eq!(
        desk.run(&format!("{write} 2026-11-22 --check")).0,
        Some(1),
        "a feed that is not there is stale"
    );
    let (code, _, told) = desk.run(&format!("{write} 2026-11-22"));
    assert_eq!(code, Some(0), "{told}");
    let first = desk.text("feed.ics");
    assert_eq!(desk.run(&format!("{write} 2026-11-25 --check")).0, Some(0), "nothing has changed");
    desk.put("projects/ports.toml", &PROJECT.replace("2029-03-29", "2029-03-27"));
    let (code, _, told) = desk.run(&format!("{write} 2026-11-25 --check"));
    assert!(code == Some(1) && told.contains("stale"), "{told}");
    assert_eq!(desk.text("feed.ics"), first, "a check writes nothing");
    assert_eq!(desk.run(&format!("{write} 2026-11-25")).0, Some(0));
    let second = desk.text("feed.ics");
    assert!(second.contains("SEQUENCE:1") && second.contains("DTSTAMP:20261125"));
    assert_eq!(desk.run(&format!("{write} 2026-11-25")).0, Some(0));
    assert_eq!(desk.text("feed.ics"), second, "the same day gives the same bytes");
}

#[test]
fn a_file_that_is_no_feed_is_kept() {
    let desk = Desk::with(&[("ports.toml", PROJECT), ("notes.txt", "mine\n")]);
    let (code, _, told) = desk.run("schedule ports.toml --format ics -o notes.txt --as-of 2026-11-22");
    assert!(code == Some(2) && told.contains("not overwritten"), "{told}");
    assert_eq!(desk.text("notes.txt"), "mine\n");
}

#[test]
fn an_office_has_days_off_of_its_own() {
    let office = format!("{PROJECT}[office]\ncountry = \"ZA\"\ncalendar = \"days.toml\"\n");
    let days = "[[holiday]]\nname = \"Move to the new house\"\ndates = [2029-03-27, 2029-03-28]\n";
    let desk = Desk::with(&[("projects/ports.toml", &office), ("projects/days.toml", days)]);
    let (code, text, told) = desk.run("schedule projects --evaluation final --explain --as-of 2026-11-22");
    assert_eq!(code, Some(0), "a calendar that a definition names is no definition: {told}");
    assert!(text.contains("skips Move to the new house Tue 2029-03-27"), "{text}");
    let ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Move\\, at last\r\nDTSTART;VALUE=DATE:20270327\r\nDTEND;VALUE=DATE:20270329\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    desk.put("projects/days.ics", ics);
    desk.put("projects/ports.toml", &office.replace("days.toml", "days.ics"));
    std::fs::remove_file(desk.0.path().join("projects/days.toml")).expect("it is there");
    let (code, text, told) = desk.run("schedule projects --evaluation final --explain --as-of 2026-11-22");
    assert!(
        code == Some(0) && text.contains("skips Move, at last Tue 2029-03-27, Move, at last Wed 2029-03-28"),
        "{text}{told}"
    );
}

#[test]
fn a_calendar_that_cannot_be_used_is_bad_input() {
    let naming = |file: &str| format!("{PROJECT}[office]\ncalendar = \"{file}\"\n");
    for (file, said) in [
        ("missing.ics", "there is no file"),
        ("/etc/hosts.ics", "does not start from"),
        ("days.pdf", "no calendar that can be read"),
    ] {
        let desk = Desk::with(&[("ports.toml", &naming(file))]);
        let (code, _, told) = desk.run("schedule ports.toml --as-of 2026-11-22");
        assert!(code == Some(2) && told.contains(said), "{file}: {told}");
    }
    let desk = Desk::with(&[("ports.toml", &naming("days.toml")), ("days.toml", "[[holiday]]\nname = 1\n")]);
    assert_eq!(desk.run("schedule ports.toml --as-of 2026-11-22").0, Some(2));
}

#[test]
fn unknown_countries_and_years_are_said() {
    let of = |country: &str| format!("{PROJECT}[office]\ncountry = \"{country}\"\n");
    let desk = Desk::with(&[("ports.toml", &of("AQ"))]);
    let (_, text, _) = desk.run("schedule ports.toml --as-of 2026-11-22");
    assert!(text.contains("weekends alone") && text.contains("the holidays of AQ are not known"), "{text}");
    let far = of("ZA").replace("2026-04-01", "2037-04-01").replace("2029-", "2040-");
    desk.put("ports.toml", &far);
    let (_, text, _) = desk.run("schedule ports.toml --as-of 2037-11-22");
    assert!(text.contains("are known from 2002-01-01 to 2035-12-31"), "{text}");
    desk.put("ports.toml", PROJECT);
    let (_, text, _) = desk.run("schedule ports.toml --as-of 2026-11-22");
    assert!(text.contains("no country says whose holidays count"), "{text}");
}

#[test]
fn a_process_of_ones_own_stands_in_and_a_broken_one_is_bad_input() {
    let short = "id = \"self\"\ntitle = \"Self-evaluation, short\"\nanchor = \"paper\"\n[for]\ntiming = [\"final\"]\nindependence = [\"self\"]\n\
        [[task]]\nid = \"paper\"\ntitle = \"Write the paper\"\nowner = \"project manager\"\nworking-days = 3\nafter = []\nbasis = \"our habit\"\nstatus = \"inferred\"\n";
    let desk = Desk::with(&[("ports.toml", PROJECT), ("rules/processes/short.toml", short)]);
    let (code, text, told) = desk.run("schedule ports.toml --rules rules --as-of 2026-11-22");
    assert!(
        code == Some(0) && text.contains("Write the paper") && text.contains("Tue 2029-03-27"),
        "{text}{told}"
    );
    desk.put("rules/processes/short.toml", &short.replace("after = []", "after = [\"paper\"]"));
    let (code, _, told) = desk.run("schedule ports.toml --rules rules --as-of 2026-11-22");
    assert!(code == Some(2) && told.contains("wait for each other"), "{told}");
}

#[test]
fn what_is_planned_is_judged() {
    let late = PROJECT.replace("2029-03-29", "2029-07-04");
    let desk = Desk::with(&[("ports.toml", &late)]);
    let judged = |text: &str| {
        desk.put("ports.toml", text);
        desk.run("schedule ports.toml --as-of 2026-11-22").1
    };
    assert!(judged(&late).contains("warning[evaluation-days]"));
    assert!(judged(&late.replace("2029-07-04", "2030-01-02")).contains("error[evaluation-days]"));
    assert!(!judged(&late.replace("2029-07-04", "2029-06-29")).contains("evaluation-days"));
    assert!(judged(&late.replace("2029-07-04", "2028-09-29")).contains("warning[evaluation-days]"));
    assert!(judged(&late.replace("200000", "400000")).contains("error[not-independent-enough]"));
    let managed = late.replace("\"self\"", "\"external\"\nmanager = \"head of the Pretoria Office\"")
        + "[office]\nname = \"Pretoria office\"\n";
    assert!(judged(&managed).contains("warning[manager-of-the-office]"));
    assert!(
        !judged(&managed.replace("head of the Pretoria Office", "head of the Harare office"))
            .contains("manager-of-the-office")
    );
    let rains = late.replace("2029-07-04", "2029-02-15")
        + "[office]\nbad-seasons = [\"01-15..01-20 rains\"]\nbreaks = []\n";
    let text = judged(&rains);
    assert!(
        text.contains("warning[season]") && text.contains("falls into rains") && !text.contains("[break]"),
        "{text}"
    );
    assert!(
        judged(&rains.replace("breaks = []\n", "").replace("2029-02-15", "2029-01-10"))
            .contains("warning[break]")
    );
    desk.put("ports.toml", &rains.replace("01-15..01-20", "15 January"));
    let (code, _, told) = desk.run("schedule ports.toml --as-of 2026-11-22");
    assert!(code == Some(2) && told.contains("no time of the year"), "{told}");
}

#[test]
fn windows_that_cannot_meet_are_a_conflict_that_names_both_sources() {
    let pack = "format = 1\nid = \"late-donor\"\ntitle = \"A donor who wants it late\"\nselection = \"joins\"\nkinds = [\"project\"]\n\
        [[document]]\nid = \"agreement\"\ntitle = \"Agreement\"\nissuer = \"A donor\"\n";
    let rule = "id = \"final-evaluation-after-the-end\"\ntitle = \"A final evaluation after the end\"\nstatus = \"confirmed\"\n\
        cite = { source = \"agreement\", at = \"art. 9\" }\n[requires]\nevaluation = { timing = \"final\" }\n\
        due = { from = \"project.end\", earliest = \"4 months\", latest = \"6 months\" }\n";
    let files = [
        ("ports.toml", PROJECT),
        ("rules/late-donor/pack.toml", pack),
        ("rules/late-donor/final-evaluation-after-the-end.toml", rule),
    ];
    let desk = Desk::with(&files);
    let (code, text, told) = desk.run("schedule ports.toml --rules rules --as-of 2026-11-22");
    assert_eq!(code, Some(1), "{told}");
    let line =
        text.lines().find(|line| line.contains("conflict: `final`")).unwrap_or_else(|| panic!("{text}"));
    assert!(
        line.contains("late-donor/final-evaluation-after-the-end") && line.contains("agreement art. 9"),
        "{line}"
    );
    assert!(line.contains("/final-evaluation`") && line.contains("par. 143"), "{line}");
    desk.put("rules/late-donor/final-evaluation-after-the-end.toml", &rule.replace("4 months", "-1 months"));
    assert_eq!(desk.run("schedule ports.toml --rules rules --as-of 2026-11-22").0, Some(0));
}

#[test]
fn a_late_beginning_says_how_long_there_is_still_time() {
    let desk = Desk::with(&[("ports.toml", &PROJECT.replace("2029-03-29", "2029-05-30"))]);
    let on = |day: &str| desk.run(&format!("schedule ports.toml --evaluation final --as-of {day}")).1;
    assert!(!on("2028-06-01").contains("should have begun"));
    let late = on("2029-05-14");
    assert!(late.contains("note[behind]") && late.contains("if it has not, begin by "), "{late}");
    assert!(on("2029-05-29").contains("its report cannot be there by 2029-06-30"));
}

#[test]
fn a_part_of_the_plan_can_be_asked_for() {
    let desk = Desk::with(&[("ports.toml", PROJECT)]);
    let ids = |words: &str| -> Vec<String> {
        let json = desk.run(&format!("schedule ports.toml --as-of 2026-11-22 --format json {words}")).1;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let Some(first) = json["definitions"].as_array().and_then(|all| all.first()).cloned() else {
            return Vec::new();
        };
        let all = first["evaluations"].as_array().cloned().unwrap_or_default();
        all.iter().map(|one| one["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(ids("--from 2020-01-01"), ["annual-review-1", "annual-review-2", "final"]);
    assert_eq!(ids("--evaluation final"), ["final"]);
    assert_eq!(ids("--evaluation annual-review"), ["annual-review-1", "annual-review-2"]);
    assert_eq!(ids("--from 2027-01-01 --to 2027-12-31"), ["annual-review-1"]);
    assert_eq!(ids("--to 2026-12-31"), Vec::<String>::new());
    assert_eq!(
        desk.run("schedule ports.toml --as-of 2026-11-22 --to 2026-12-31").0,
        Some(0),
        "what is filtered out was looked at"
    );
    let (code, _, told) = desk.run("schedule ports.toml --as-of 2026-11-22 --evaluation finale");
    assert!(code == Some(2) && told.contains("there are: annual-review-1, annual-review-2, final"), "{told}");
    assert_eq!(
        desk.run("schedule ports.toml --as-of 2026-11-22 --from 2027-01-01 --to 2026-01-01").0,
        Some(2)
    );
}

#[test]
fn states_follow_the_day() {
    let desk = Desk::with(&[("ports.toml", &format!("{PROJECT}[office]\ncountry = \"ZA\"\n"))]);
    let state = |day: &str| {
        let json = desk.run(&format!("schedule ports.toml --evaluation final --format json --as-of {day}")).1;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        json["definitions"][0]["evaluations"][0]["state"].as_str().expect("a state").to_owned()
    };
    let begins = {
        let json = desk.run("schedule ports.toml --evaluation final --format json --as-of 2026-11-22").1;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let first = &json["definitions"][0]["evaluations"][0]["tasks"][0]["start"];
        first.as_str().expect("a day").parse::<chrono::NaiveDate>().expect("a day")
    };
    let around = |days: i64| (begins + chrono::TimeDelta::days(days)).to_string();
    assert_eq!(state(&around(-31)), "planned");
    assert_eq!(state(&around(-30)), "due-soon");
    assert_eq!(state(&around(0)), "due-soon");
    assert_eq!(state(&around(1)), "at-risk");
    assert_eq!(state("2029-03-29"), "at-risk");
    assert_eq!(state("2029-03-30"), "overdue");
    desk.put("ports.toml", &format!("{PROJECT}completed = 2029-03-20\n"));
    assert_eq!(state("2029-03-30"), "done");
}

#[test]
fn what_falls_into_seasons_is_told_a_few_times_an_evaluation_however_many_there_are() {
    let seasons: Vec<String> = (1..=500).map(|number| format!("\"01-01..12-31 s{number}\"")).collect();
    let office = format!("{PROJECT}[office]\ncountry = \"ZA\"\nbad-seasons = [{}]\n", seasons.join(", "));
    let desk = Desk::with(&[("ports.toml", &office)]);
    let (code, text, told) = desk.run("schedule ports.toml --as-of 2026-11-22");
    assert_eq!(code, Some(0), "{told}");
    assert!(
        text.matches("of `final` falls into s").count() <= 12
            && text.contains("[season]: more steps of `final`"),
        "{text}"
    );
}
