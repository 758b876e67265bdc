//! Words come last: with nonsense in the place of every sentence, everything but the sentences is as before.

use evalplan::assess::{Explainer, patch};
use evalplan::engine::{Engine, Request, Scope};
use evalplan::report::{Detail, FileView, Headings, Level, Levels, View, json};
use evalplan::words::in_nonsense;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The keys of the JSON contract whose values are sentences, or lists of them.
const SENTENCES: &[&str] =
    &["message", "because", "missing", "remedy", "not_because", "notes", "help", "close_because"];

/// Every definition of the examples and of the cases of `check --fix`.
fn definitions() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<(String, String)> = ["projects", "tests/fix"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).expect("the folder is there"))
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| {
            Some((path.file_name()?.to_string_lossy().into_owned(), fs::read_to_string(&path).ok()?))
        })
        .collect();
    found.sort();
    found
}

/// What came of a definition, without its sentences: the JSON of `check` and `schedule`, ids, patches, how grave it is; and with them.
fn came_of(engine: &Engine, (name, text): &(String, String)) -> Option<(Vec<String>, String)> {
    let mut request = Request::on("2015-02-01".parse().expect("a day"));
    request.scope = Scope::Repairs;
    engine.check(name, text.as_bytes(), &request, |outcome| {
        let assessed = outcome.assessed.as_ref()?;
        let assessment = &assessed.assessment;
        let mut found = Vec::new();
        for finding in &assessment.findings {
            let missing: Vec<String> =
                finding.judgement.missing.iter().map(|one| one.id(assessment.definition)).collect();
            let code = finding.judgement.reason.code();
            found.push(format!(
                "{} {:?} {:?} {missing:?} {code}",
                finding.rule.id, finding.verdict, finding.needs
            ));
            found.push(finding.fingerprint(assessment.definition));
        }
        found.extend(assessment.repairs.iter().map(|repair| format!("{:?}", patch(text, &repair.edits))));
        let view = FileView::of(&outcome, &Headings::shipped(), &Levels::default(), Detail::Whole);
        let worst: Option<Level> =
            view.definition.iter().flat_map(|one| &one.findings).map(|finding| finding.level).max();
        found.push(format!("{worst:?}"));
        let view = View::of(request.as_of, vec![FileView::default(), view], engine.catalog());
        for drawn in [json::check(&view), json::schedule(&view)] {
            let mut drawn: Value = serde_json::from_str(&drawn).expect("it is JSON");
            without_sentences(&mut drawn);
            found.push(drawn.to_string());
        }
        let explainer = Explainer::new(assessment);
        let sentences: Vec<String> =
            assessment.findings.iter().map(|finding| explainer.message(finding)).collect();
        Some((found, sentences.join("\n")))
    })
}

fn without_sentences(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, _| !SENTENCES.contains(&key.as_str()));
            fields.values_mut().for_each(without_sentences);
        }
        Value::Array(values) => values.iter_mut().for_each(without_sentences),
        _ => {}
    }
}

#[test]
fn nothing_but_the_sentences_changes_where_every_sentence_is_nonsense() {
    let engine = Engine::shipped();
    let (mut seen, mut findings) = (0, 0);
    for definition in definitions() {
        let Some((plain, said)) = came_of(&engine, &definition) else { continue };
        let (nonsense, scrambled) =
            in_nonsense(|| came_of(&engine, &definition)).expect("it was sound before");
        for (one, two) in plain.iter().zip(&nonsense) {
            assert_eq!(one, two, "in {}", definition.0);
        }
        assert_eq!(plain.len(), nonsense.len(), "in {}", definition.0);
        assert!(
            said.lines().zip(scrambled.lines()).all(|(one, two)| one != two),
            "every sentence of {} is nonsense",
            definition.0
        );
        seen += 1;
        findings += said.lines().count();
    }
    assert!(seen >= 20 && findings >= 500, "{seen} definitions with {findings} findings were compared");
}
