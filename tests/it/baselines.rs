//! What a baseline makes of runs that have not judged everything, from the command line.

use crate::desk::Desk;
use std::path::Path;

struct Ran {
    code: Option<i32>,
    told: String,
}

fn run(desk: &Desk, words: &str) -> Ran {
    let (code, _, told) = desk.run(words);
    Ran { code, told }
}

const BASELINE: &str = "check projects --as-of 2015-02-01 --exit-zero";

/// A portfolio with gaps, and its baseline.
fn with_baseline() -> (Desk, serde_json::Value) {
    let gaps =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/example-gaps.toml"))
            .expect("it is there");
    let desk = Desk::with(&[("projects/example-gaps.toml", &gaps)]);
    let ran = run(&desk, &format!("{BASELINE} --write-baseline b.json"));
    assert_eq!(ran.code, Some(0), "{}", ran.told);
    let counts = serde_json::from_slice::<serde_json::Value>(&desk.bytes("b.json")).expect("JSON")["counts"]
        ["example-gaps"]
        .clone();
    (desk, counts)
}

#[test]
fn a_baseline_is_lowered_only_by_what_was_judged() {
    let (desk, counts) = with_baseline();
    assert!(
        counts["ilo-2005/mid-term-evaluation"] == 1
            && counts["ilo-tripartism/constituents-in-evaluations"] == 1,
        "{counts}"
    );
    let before = desk.bytes("b.json");
    let gaps = String::from_utf8(desk.bytes("projects/example-gaps.toml")).expect("text");
    let without_budget = gaps.replace("total = ", "# total = ");
    assert_ne!(without_budget, gaps);
    for (text, more) in [
        (&gaps, ""),
        (&gaps, "--packs ilo-tripartism"),
        (&gaps, "--policy ilo-2002 --packs ilo-2002"),
        (&gaps, "--allow ilo-2005/mid-term-evaluation"),
        (&gaps, "--undecided ignore"),
    ] {
        desk.put("projects/example-gaps.toml", text);
        let advised = run(&desk, &format!("{BASELINE} --baseline b.json {more}"));
        assert!(!advised.told.contains("can be lowered"), "{more}: {}", advised.told);
        let ran = run(&desk, &format!("{BASELINE} --write-baseline b.json {more}"));
        let known = |bytes: &[u8]| {
            serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON")["counts"]["example-gaps"]
                .clone()
        };
        let (was, is) = (known(&before), known(&desk.bytes("b.json")));
        let lowered: Vec<_> = was
            .as_object()
            .expect("counts")
            .iter()
            .filter(|(rule, count)| is[rule.as_str()] != **count)
            .collect();
        assert!(lowered.is_empty(), "{more}: {lowered:?} {}", ran.told);
        desk.put("b.json", &String::from_utf8_lossy(&before));
    }
    desk.put("projects/example-gaps.toml", &without_budget);
    run(&desk, &format!("{BASELINE} --write-baseline b.json"));
    let is = &serde_json::from_slice::<serde_json::Value>(&desk.bytes("b.json")).expect("JSON")["counts"]["example-gaps"];
    assert_eq!(
        is["ilo-2005/independent-evaluation"], counts["ilo-2005/independent-evaluation"],
        "undecided is not closed: {is}"
    );
}

#[test]
fn a_baseline_is_read_in_any_encoding_and_of_any_size() {
    let (desk, _) = with_baseline();
    let text = String::from_utf8(desk.bytes("b.json")).expect("text");
    let many: String = (0..60_000)
        .map(|number| format!("\"X{number:06}\": {{\"{}\": 1}}, ", "ilo-2005/".repeat(20)))
        .collect();
    let large = text.replacen("\"counts\": {", &format!("\"counts\": {{{many}"), 1);
    assert!(large.len() > 9 * 1024 * 1024, "{}", large.len());
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        [b"\xFF\xFE", &little[..]].concat(),
        [b"\xFE\xFF", &big[..]].concat(),
        large.into_bytes(),
    ] {
        std::fs::write(desk.0.path().join("b.json"), bytes).expect("it can be written");
        let ran = run(&desk, "check projects --as-of 2015-02-01 --baseline b.json");
        assert_eq!(ran.code, Some(0), "{}", ran.told);
    }
}

#[test]
fn nobody_is_told_to_lower_a_baseline_while_something_cannot_be_read() {
    let (desk, _) = with_baseline();
    let gaps = String::from_utf8(desk.bytes("projects/example-gaps.toml")).expect("text");
    desk.put(
        "projects/example-gaps.toml",
        &gaps.replace("evaluation = \"USD 0\"", "evaluation = \"USD 30000\""),
    );
    let told = run(&desk, &format!("{BASELINE} --baseline b.json")).told;
    assert!(told.contains("can be lowered"), "{told}");
    desk.put("projects/bad.toml", "x = ");
    let told = run(&desk, &format!("{BASELINE} --baseline b.json")).told;
    assert!(!told.contains("can be lowered"), "{told}");
}
