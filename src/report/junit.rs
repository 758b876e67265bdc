//! JUnit: one suite a definition, one case a rule. A gap is a failure, and so is what is undecided where that ends the run with 1;
//! what is waived, does not apply or is undecided otherwise is skipped.
//! Must not write a character that XML does not have.

use super::error::TemplateError;
use super::format::Canvas;
use super::harmless::{self, plain};
use super::level::Level;
use super::lines::Lines;
use super::view::{DefinitionView, DiagnosticView, FindingView};
use crate::assess::Outcome as Verdict;
use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};
use std::io;

type Xml = Writer<Vec<u8>>;

/// What became of a case.
enum Outcome<'f> {
    Passed,
    Failed(&'static str),
    Skipped(String),
    Broken(&'f DiagnosticView),
}

/// The suites of one run.
///
/// # Errors
/// Never.
pub(super) fn check(canvas: &Canvas<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(canvas, &mut xml).expect("writing to memory does not fail");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn write(canvas: &Canvas<'_>, xml: &mut Xml) -> io::Result<()> {
    let view = canvas.view;
    let errors: Vec<&DiagnosticView> =
        view.diagnostics.iter().filter(|one| one.severity == "error").collect();
    let cases: Vec<&FindingView> = view.definitions.iter().flat_map(|one| &one.findings).collect();
    let tests = cases.len() + errors.len();
    xml.write_event(Event::Decl(quick_xml::events::BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites = xml.create_element("testsuites").with_attributes([("name", "evalplan")]);
    suites.with_attributes(counts(tests, &cases, errors.len(), canvas.fail_on).each()).write_inner_content(
        |xml| {
            errors
                .chunk_by(|one, other| one.path == other.path)
                .try_for_each(|file| broken(xml, file, canvas))?;
            view.definitions.iter().try_for_each(|one| suite(xml, one, canvas))
        },
    )?;
    Ok(())
}

/// The mistakes of one file that could not be read.
fn broken(xml: &mut Xml, mistakes: &[&DiagnosticView], canvas: &Canvas<'_>) -> io::Result<()> {
    let path =
        mistakes.first().map(|one| plain(&canvas.relative(&one.path)).into_owned()).unwrap_or_default();
    let suite = xml
        .create_element("testsuite")
        .with_attributes([("name", xml_text(&path).as_str()), ("file", xml_text(&path).as_str())]);
    suite
        .with_attributes(counts(mistakes.len(), &[], mistakes.len(), canvas.fail_on).each())
        .write_inner_content(|xml| {
            mistakes.iter().try_for_each(|one| {
                case(
                    xml,
                    (&path, &format!("{path}:{}:{}", one.line, one.column)),
                    "",
                    &Outcome::Broken(one),
                    "",
                )
            })
        })?;
    Ok(())
}

fn suite(xml: &mut Xml, definition: &DefinitionView, canvas: &Canvas<'_>) -> io::Result<()> {
    let path = plain(&canvas.relative(&definition.path)).into_owned();
    let findings: Vec<&FindingView> = definition.findings.iter().collect();
    let suite = xml
        .create_element("testsuite")
        .with_attributes([("name", xml_text(&definition.code).as_str()), ("file", xml_text(&path).as_str())]);
    suite.with_attributes(counts(findings.len(), &findings, 0, canvas.fail_on).each()).write_inner_content(
        |xml| {
            properties(xml, definition)?;
            findings.iter().try_for_each(|finding| {
                let place = format!("{path}:{}:{}", finding.at.line, finding.at.column);
                let remedy = finding.remedy.as_deref().unwrap_or_default();
                let mut text = Lines::default();
                writeln!(text, "{place}");
                writeln!(text, "because {}", finding.because);
                writeln!(
                    text,
                    "{} ({}), {}; status: {}",
                    finding.document, finding.source, finding.paragraph, finding.status
                );
                writeln!(text, "{remedy}");
                let (class, text) = (format!("{} {path}", definition.code), text.into_text());
                case(
                    xml,
                    (&class, &finding.rule),
                    &finding.message,
                    &outcome(finding, canvas.fail_on),
                    text.trim_end_matches('\n'),
                )
            })
        },
    )?;
    Ok(())
}

/// Which edition was applied, and which ones have superseded it.
fn properties(xml: &mut Xml, definition: &DefinitionView) -> io::Result<()> {
    let Some(policy) = &definition.policy else { return Ok(()) };
    let later = policy.superseded_by.join(", ");
    let all = [("policy", policy.pack.as_str()), ("superseded-by", later.as_str())];
    xml.create_element("properties").write_inner_content(|xml| {
        all.iter().filter(|(_, value)| !value.is_empty()).try_for_each(|(name, value)| {
            let value = xml_text(value);
            xml.create_element("property")
                .with_attributes([("name", *name), ("value", value.as_str())])
                .write_empty()
                .map(drop)
        })
    })?;
    Ok(())
}

fn outcome(finding: &FindingView, fail_on: Level) -> Outcome<'_> {
    match (finding.verdict, finding.level) {
        (Verdict::Met, _) => Outcome::Passed,
        (Verdict::Gap, Level::None) => Outcome::Skipped("not met; does not count in this run".to_owned()),
        (Verdict::Gap, level) => Outcome::Failed(level.word()),
        (Verdict::Undecided, level) if level <= fail_on => Outcome::Failed(level.word()),
        (Verdict::Undecided, _) => {
            Outcome::Skipped(format!("undecided: supply {}", finding.needs.join(", ")))
        }
        (Verdict::Waived, _) => Outcome::Skipped(finding.waiver.clone().unwrap_or_default()),
        (Verdict::NotApplicable, _) => Outcome::Skipped("does not apply".to_owned()),
    }
}

fn case(
    xml: &mut Xml,
    (class, name): (&str, &str),
    message: &str,
    outcome: &Outcome<'_>,
    text: &str,
) -> io::Result<()> {
    let (class, name, message) = (xml_text(class), xml_text(name), xml_text(message));
    let element = xml
        .create_element("testcase")
        .with_attributes([("classname", class.as_str()), ("name", name.as_str())]);
    let (tag, attributes, text) = match outcome {
        Outcome::Passed => return element.write_empty().map(drop),
        Outcome::Failed(level) => {
            ("failure", vec![("message", message), ("type", (*level).to_owned())], text.to_owned())
        }
        Outcome::Skipped(reason) => ("skipped", vec![("message", xml_text(reason))], String::new()),
        Outcome::Broken(one) => {
            let attributes = vec![("message", xml_text(&one.message)), ("type", "definition".to_owned())];
            ("error", attributes, harmless::line(&xml_text(one.hint.as_deref().unwrap_or_default())))
        }
    };
    let inner = element.write_inner_content(|xml| {
        let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
        xml.create_element(tag)
            .with_attributes(attributes)
            .write_text_content(BytesText::new(&text))
            .map(drop)
    });
    inner.map(drop)
}

/// The counts of a suite.
struct Counts([(&'static str, String); 4]);

impl Counts {
    fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (*key, value.as_str()))
    }
}

fn counts(tests: usize, cases: &[&FindingView], errors: usize, fail_on: Level) -> Counts {
    let outcomes: Vec<Outcome<'_>> = cases.iter().map(|finding| outcome(finding, fail_on)).collect();
    let failures = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Failed(_))).count();
    let skipped = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Skipped(_))).count();
    Counts(
        [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)]
            .map(|(key, count)| (key, count.to_string())),
    )
}

/// XML has no control characters; the writer escapes the rest.
fn xml_text(text: &str) -> String {
    plain(text).into_owned()
}
