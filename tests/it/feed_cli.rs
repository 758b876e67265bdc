//! What a feed makes of runs that could not read everything, from the command line.

use crate::desk::Desk;
use crate::feeds::{entries, lint, with_status};
use std::sync::OnceLock;

struct Ran {
    code: Option<i32>,
    told: String,
}

fn run(desk: &Desk, words: &str) -> Ran {
    let (code, _, told) = desk.run(words);
    Ran { code, told }
}

/// Two projects, and their feed.
fn with_feed() -> Desk {
    static FEED: OnceLock<String> = OnceLock::new();
    let desk = Desk::with(&[("projects/p1.toml", &project("P1")), ("projects/p2.toml", &project("P2"))]);
    let feed = FEED.get_or_init(|| {
        assert_eq!(schedule(&desk, "projects", "").code, Some(0));
        desk.text("feed.ics")
    });
    desk.put("feed.ics", feed);
    desk
}

/// Writes the feed, after `--check` was asked what that would do; both must agree.
fn schedule(desk: &Desk, paths: &str, more: &str) -> Ran {
    let command = format!("schedule {paths} --as-of 2026-01-02 -o ics=feed.ics {more}");
    let there = || std::fs::read(desk.0.path().join("feed.ics")).ok();
    let before = there();
    let check = run(desk, &format!("{command} --check"));
    assert_eq!(there(), before, "a check writes nothing");
    let ran = run(desk, &command);
    assert_eq!(
        check.told.contains("is stale"),
        there() != before,
        "the check agrees with the run: {}\n{}",
        check.told,
        ran.told
    );
    let again = run(desk, &format!("{command} --check"));
    assert!(!again.told.contains("is stale"), "what was just written is not stale: {}", again.told);
    ran
}

fn project(code: &str) -> String {
    format!(
        "format = 1\n\n[project]\ncode = \"{code}\"\ntitle = \"Feed test {code}\"\nstart = 2025-01-01\nend = 2026-12-31\ncountries = [\"ZA\"]\n\n\
         [budget]\ntotal = \"USD 300000\"\n\n[[evaluation]]\nid = \"final\"\ntiming = \"final\"\nindependence = \"internal\"\ndate = 2026-10-30\n"
    )
}

/// The same, with the day of its evaluation moved.
fn moved(code: &str) -> String {
    project(code).replace("2026-10-30", "2026-11-27")
}

/// The entries of one definition, as they stand.
fn of(feed: &str, code: &str) -> Vec<String> {
    let entries = entries(feed).expect("every id is there once");
    entries.into_iter().filter(|(uid, _)| uid.starts_with(code)).map(|(_, entry)| entry.whole).collect()
}

#[test]
fn a_file_with_a_mistake_leaves_its_entries_alone_and_the_others_go_on() {
    let second = project("P2");
    for broken in [
        second.replace("start = 2025-01-01", "start = "),
        second.replace("title", "titel"),
        second.replace("[budget]", "<<<<<<< HEAD\n[budget]"),
        second.replace("[project]", "[project"),
        second.replace("[[evaluation]]", "policy = \"no-such-pack\"\n[[evaluation]]"),
        second.replace("independence", "process = \"no-such-process\"\nindependence"),
        second.clone() + "[office]\ncalendar = \"no-such-calendar.ics\"\n",
        second.clone() + "[office]\ncalendar = \"days.ics\"\n",
        second.clone() + "[office]\nbad-seasons = [\"winter\"]\n",
        String::new(),
        "\0\u{1}".to_owned(),
    ] {
        let desk = with_feed();
        let before = desk.text("feed.ics");
        desk.put(
            "projects/days.ics",
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:soon\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        );
        desk.put("projects/p1.toml", &moved("P1"));
        desk.put("projects/p2.toml", &broken);
        let ran = schedule(&desk, "projects", "");
        let after = desk.text("feed.ics");
        assert_eq!(ran.code, Some(2), "{broken}\n{}", ran.told);
        assert_eq!(of(&after, "P2"), of(&before, "P2"), "{broken}");
        assert_ne!(of(&after, "P1"), of(&before, "P1"), "the other definition goes on: {}", ran.told);
        assert!(with_status(&after, "CANCELLED").is_empty(), "{broken}");
        assert!(
            ran.told.contains("did not read their definitions, or not completely: P2 (36)"),
            "{}",
            ran.told
        );
        assert!(
            !ran.told.contains("--prune"),
            "nobody is told to give up what could not be read: {}",
            ran.told
        );
        let pruned = schedule(&desk, "projects", "--prune");
        assert!(pruned.told.contains("`--prune` cancels nothing in this run"), "{}", pruned.told);
        assert_eq!(of(&desk.text("feed.ics"), "P2"), of(&before, "P2"));
    }
}

#[test]
fn where_nothing_is_read_the_feed_stays_byte_for_byte() {
    for (paths, more, code) in [
        ("allbad", "", 2),
        ("allbad", "--prune", 2),
        ("allbad", "--from 2026-07-01", 2),
        ("empty", "", 3),
        ("empty", "--prune", 3),
        ("nosuch", "", 2),
        ("nosuch", "--prune --todos --tentative --alarm 3d", 2),
        ("empty nosuch allbad", "--prune", 2),
        ("twice", "", 2),
        ("twice", "--prune --evaluation final", 2),
    ] {
        let desk = with_feed();
        std::fs::create_dir(desk.0.path().join("empty")).expect("a folder");
        desk.put("allbad/p1.toml", "x = ");
        desk.put("allbad/p2.toml", "\n");
        desk.put("twice/p1.toml", &moved("P1"));
        desk.put("twice/p2.toml", &moved("P1"));
        // Whatever state it is in.
        desk.put("feed.ics", &(desk.text("feed.ics").replace("\r\n", "\n") + "\n"));
        let before = desk.bytes("feed.ics");
        let ran = schedule(&desk, paths, more);
        assert_eq!(ran.code, Some(code), "{paths} {more}: {}", ran.told);
        assert!(ran.told.contains("`feed.ics` is left unchanged"), "{paths} {more}: {}", ran.told);
        assert_eq!(desk.bytes("feed.ics"), before, "{paths} {more}");
    }
}

#[test]
fn rules_that_cannot_be_read_change_no_feed() {
    let pack = "format = 1\nid = \"our-fund\"\ntitle = \"Our fund\"\nselection = \"joins\"\nkinds = [\"project\"]\n\
        [[document]]\nid = \"agreement\"\ntitle = \"Agreement\"\nissuer = \"A donor\"\n";
    let rule = "id = \"thematic-study\"\ntitle = \"A thematic study\"\nstatus = \"confirmed\"\n\
        cite = { source = \"agreement\", at = \"art. 9\" }\n[requires]\nevaluation = { timing = \"thematic\" }\n\
        due = { from = \"project.end\", earliest = \"-4 months\", latest = \"0 months\" }\n";
    let desk = Desk::with(&[
        ("projects/p1.toml", &project("P1")),
        ("evalplan.toml", "rules = [\"rules\"]\n"),
        ("rules/our-fund/pack.toml", pack),
        ("rules/our-fund/thematic-study.toml", rule),
    ]);
    let ran = schedule(&desk, "projects", "");
    assert_eq!(ran.code, Some(0), "{}", ran.told);
    let before = desk.text("feed.ics");
    assert!(before.contains("UID:P1.thematic"), "{before}");
    // The pack is left out.
    desk.put("evalplan.toml", "");
    let ran = schedule(&desk, "projects", "");
    assert_eq!(desk.text("feed.ics"), before);
    assert!(
        ran.code == Some(0)
            && ran.told.contains("leaves out rule packs that the feed was made with: our-fund"),
        "{}",
        ran.told
    );
    // The pack, or what names it, is broken.
    desk.put("projects/p1.toml", &moved("P1"));
    for (name, text) in [
        ("evalplan.toml", "rules = [\"rules\"\n"),
        ("evalplan.toml", "rules = [\"no-rules\"]\n"),
        ("rules/our-fund/thematic-study.toml", "id = \"thematic-study\"\n"),
        ("rules/processes/own.toml", "id = 1\n"),
    ] {
        desk.put("evalplan.toml", "rules = [\"rules\"]\n");
        desk.put("rules/our-fund/thematic-study.toml", rule);
        desk.put(name, text);
        let ran = schedule(&desk, "projects", "--prune");
        assert_eq!(desk.text("feed.ics"), before, "{name}: {}", ran.told);
        assert_eq!(ran.code, Some(2), "{name}: {}", ran.told);
    }
    // The rule itself is gone.
    desk.remove("rules/processes/own.toml");
    desk.remove("rules/our-fund/thematic-study.toml");
    desk.put("projects/p1.toml", &project("P1"));
    let other = rule.replace("thematic-study", "another-study").replace("thematic", "ex-post");
    desk.put("rules/our-fund/another-study.toml", &other.replace("0 months", "9 months"));
    let ran = schedule(&desk, "projects", "");
    assert!(
        with_status(&desk.text("feed.ics"), "CANCELLED").iter().any(|uid| uid.starts_with("P1.thematic")),
        "{}",
        ran.told
    );
}

#[test]
fn what_a_fund_gathers_from_projects_is_not_gone_without_them() {
    let pack = "format = 1\nid = \"our-fund\"\ntitle = \"Our fund\"\nselection = \"joins\"\nkinds = [\"donor-agreement\"]\n\
        [[document]]\nid = \"agreement\"\ntitle = \"Agreement\"\nissuer = \"A donor\"\n";
    let rule = "id = \"selection-meeting\"\ntitle = \"A meeting on the projects\"\nstatus = \"confirmed\"\nwhen = 'has(project.allocations)'\n\
        cite = { source = \"agreement\", at = \"art. 9\" }\n[requires]\nevent = \"Meeting on the projects\"\n\
        due = { from = \"project.end\", earliest = \"-12 months\", latest = \"0 months\" }\n";
    let many = "id = \"many-projects\"\ntitle = \"Many projects\"\nstatus = \"confirmed\"\nremedy = \"Find more.\"\n\
        cite = { source = \"agreement\", at = \"art. 9\" }\n[check]\ncondition = 'size(project.allocations) > 9'\n";
    let fund = "format = 1\n[project]\ntitle = \"Fund\"\nkind = \"donor-agreement\"\nstart = 2024-01-01\nend = 2026-12-31\n[[donor]]\nname = \"Flanders\"\n";
    let member = project("P1").replace("countries", "objective = \"employment\"\ncountries")
        + "[[donor]]\nname = \"Flanders\"\n";
    let files = [
        ("all/fund.toml", fund),
        ("all/p1.toml", member.as_str()),
        ("rules/our-fund/pack.toml", pack),
        ("rules/our-fund/selection-meeting.toml", rule),
        ("rules/our-fund/many-projects.toml", many),
    ];
    let desk = Desk::with(&files);
    let ran = schedule(&desk, "all", "--rules rules");
    let before = desk.text("feed.ics");
    assert!(before.contains("UID:fund..selection-meeting@evalplan"), "{before}{}", ran.told);
    let alone = schedule(&desk, "all/fund.toml", "--rules rules");
    assert_eq!(desk.text("feed.ics"), before, "{}", alone.told);
    assert!(alone.told.contains("cannot be told whether they are still owed: fund (1)"), "{}", alone.told);
    desk.put("all/p1.toml", "x = ");
    let broken = schedule(&desk, "all", "--rules rules");
    assert_eq!(desk.text("feed.ics"), before, "{}", broken.told);
    desk.put("all/p1.toml", &member.replace("Flanders", "Wallonia"));
    schedule(&desk, "all", "--rules rules");
    assert!(
        with_status(&desk.text("feed.ics"), "CANCELLED")
            .contains(&"fund..selection-meeting@evalplan".to_owned()),
        "what is known to be so is called off"
    );
    // The same for what a baseline knows of it.
    desk.put("all/p1.toml", &member);
    let known = |paths: &str| {
        let ran = run(
            &desk,
            &format!("check {paths} --rules rules --as-of 2026-01-02 --exit-zero --write-baseline b.json"),
        );
        let all: serde_json::Value = serde_json::from_slice(&desk.bytes("b.json"))
            .unwrap_or_else(|error| panic!("{error}: {}", ran.told));
        all["counts"]["fund"]["our-fund/many-projects"].clone()
    };
    assert_eq!(known("all"), 1);
    assert_eq!(known("all/fund.toml"), 1);
}

#[test]
fn filters_and_runs_over_a_part_call_nothing_off() {
    for (paths, more) in [
        ("projects", "--from 2026-07-01"),
        ("projects", "--to 2026-07-01"),
        ("projects", "--evaluation final"),
        ("projects", "--evaluation mid-term"),
        ("projects/p1.toml", ""),
        ("projects/p1.toml", "--from 2026-07-01"),
        ("projects", "--packs ilo-tripartism"),
    ] {
        let desk = with_feed();
        let before = desk.text("feed.ics");
        let ran = schedule(&desk, paths, more);
        assert!(with_status(&desk.text("feed.ics"), "CANCELLED").is_empty(), "{paths} {more}");
        if !more.contains("--packs") {
            assert_eq!(ran.code, Some(0), "{}", ran.told);
            assert_eq!(desk.text("feed.ics"), before, "{paths} {more}: {}", ran.told);
        }
    }
    let desk = with_feed();
    desk.put("other/p3.toml", &project("P3"));
    let ran = schedule(&desk, "other", "");
    assert_eq!(entries(&desk.text("feed.ics")).expect("once each").len(), 108);
    assert!(with_status(&desk.text("feed.ics"), "CANCELLED").is_empty());
    assert!(
        ran.told.contains("P1 (36), P2 (36)") && ran.told.contains("gone for good, `--prune`"),
        "{}",
        ran.told
    );
}

#[test]
fn what_is_called_off_and_planned_again_has_a_higher_number() {
    let desk = with_feed();
    desk.remove("projects/p2.toml");
    let ran = schedule(&desk, "projects", "--prune");
    assert!(
        ran.told.contains("cancelled because their definitions are no longer there: P2 (36)"),
        "{}",
        ran.told
    );
    let cancelled = with_status(&desk.text("feed.ics"), "CANCELLED");
    assert_eq!(cancelled.len(), 36);
    let pruned = desk.text("feed.ics");
    assert_eq!(
        schedule(&desk, "projects", "--prune").told.matches("P2").count(),
        0,
        "what is called off is not called off again"
    );
    assert_eq!(desk.text("feed.ics"), pruned);
    desk.put("projects/p2.toml", &project("P2"));
    schedule(&desk, "projects", "");
    let entries = entries(&desk.text("feed.ics")).expect("once each");
    assert!(cancelled.iter().all(|uid| entries[uid].sequence == 2 && entries[uid].status == "CONFIRMED"));
}

#[test]
fn a_completed_evaluation_calls_no_step_off() {
    let desk = with_feed();
    desk.put("projects/p1.toml", &(project("P1") + "completed = 2026-10-28\n"));
    let ran = run(&desk, "schedule projects --as-of 2026-11-02 -o ics=feed.ics");
    assert!(ran.code == Some(0) && ran.told.contains(" 0 cancelled"), "{}", ran.told);
    assert_eq!(with_status(&desk.text("feed.ics"), "CONFIRMED").len(), 72);
}

#[test]
fn pruning_is_for_feeds() {
    let desk = with_feed();
    for more in ["--prune -o csv=x.csv", "--prune -o ics=-"] {
        let ran = run(&desk, &format!("schedule projects --as-of 2026-01-02 {more}"));
        assert!(ran.code == Some(2) && ran.told.contains("add `-o ics=FILE`"), "{}", ran.told);
    }
}

#[test]
fn a_feed_larger_than_any_definition_is_read_back() {
    let desk = with_feed();
    let feed = desk.text("feed.ics");
    let body = &feed[feed.find("BEGIN:VEVENT").expect("an entry")..feed.len() - "END:VCALENDAR\r\n".len()];
    let many: String = (0..400).map(|number| body.replace("UID:P", &format!("UID:A{number:03}P"))).collect();
    let large = feed.replace("END:VCALENDAR", &format!("{many}END:VCALENDAR"));
    assert!(large.len() > 9 * 1024 * 1024, "{}", large.len());
    desk.put("feed.ics", &large);
    desk.put("projects/p1.toml", &moved("P1"));
    let write = "schedule projects/p1.toml --as-of 2026-01-02 -o ics=feed.ics";
    assert_eq!(run(&desk, &format!("{write} --check")).code, Some(1));
    let ran = run(&desk, write);
    assert_eq!(ran.code, Some(0), "{}", ran.told);
    assert_eq!(run(&desk, &format!("{write} --check")).code, Some(0));
    lint(&desk.text("feed.ics")).expect("sound bytes");
    assert_eq!(entries(&desk.text("feed.ics")).expect("once each").len(), 72 * 401);
}

#[test]
fn a_feed_that_cannot_be_read_is_not_overwritten() {
    let whole = with_feed().text("feed.ics");
    for damaged in [&whole[..whole.len() / 2], "BEGIN:VCARD\r\nEND:VCARD\r\n", &"x".repeat(3_000_000)] {
        let desk = with_feed();
        desk.put("feed.ics", damaged);
        let ran = run(&desk, "schedule projects --as-of 2026-01-02 -o ics=feed.ics");
        assert!(ran.code == Some(2) && ran.told.contains("`feed.ics` is not overwritten"), "{}", ran.told);
        assert_eq!(desk.text("feed.ics"), damaged);
    }
}
