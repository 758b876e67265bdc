//! JUnit: one suite a definition, one case a rule. A gap is a failure; what is waived, does not apply or is undecided is skipped.
//! Must not write a character that XML does not have.

use super::format::Canvas;
use super::harmless::plain;
use super::level::Level;
use super::templates::TemplateError;
use super::view::{DefinitionView, DiagnosticView, FindingView};
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
    let errors: Vec<&DiagnosticView> = view.diagnostics.iter().filter(|one| one.severity == "error").collect();
    let cases: Vec<&FindingView> = view.definitions.iter().flat_map(|one| &one.findings).collect();
    let tests = cases.len() + errors.len();
    xml.write_event(Event::Decl(quick_xml::events::BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites = xml.create_element("testsuites").with_attributes([("name", "evalplan")]);
    suites.with_attributes(counts(tests, &cases, errors.len()).each()).write_inner_content(|xml| {
        if !errors.is_empty() {
            let suite = xml.create_element("testsuite").with_attributes([("name", "input files")]);
            suite.with_attributes(counts(errors.len(), &[], errors.len()).each()).write_inner_content(|xml| {
                errors.iter().try_for_each(|one| {
                    let name = format!("{}:{}:{}", canvas.relative(&one.path), one.line, one.column);
                    case(xml, ("input files", &name), canvas.relative(&one.path), &Outcome::Broken(one), "")
                })
            })?;
        }
        view.definitions.iter().try_for_each(|one| suite(xml, one, canvas))
    })?;
    Ok(())
}

fn suite(xml: &mut Xml, definition: &DefinitionView, canvas: &Canvas<'_>) -> io::Result<()> {
    let path = plain(canvas.relative(&definition.path));
    let findings: Vec<&FindingView> = definition.findings.iter().collect();
    let suite = xml
        .create_element("testsuite")
        .with_attributes([("name", xml_text(&definition.code).as_str()), ("file", xml_text(&path).as_str())]);
    suite.with_attributes(counts(findings.len(), &findings, 0).each()).write_inner_content(|xml| {
        findings.iter().try_for_each(|finding| {
            let place = format!("{path}:{}:{}", finding.at.line, finding.at.column);
            let remedy = finding.remedy.as_deref().unwrap_or_default();
            let text = format!(
                "{place}\nbecause {}\n{} ({}), {}; status: {}\n{remedy}",
                finding.because, finding.document, finding.source, finding.paragraph, finding.status
            );
            case(xml, (&format!("{} {path}", definition.code), &finding.rule), &finding.message, &outcome(finding), &text)
        })
    })?;
    Ok(())
}

fn outcome(finding: &FindingView) -> Outcome<'_> {
    match (finding.verdict, finding.level) {
        ("met", _) => Outcome::Passed,
        ("gap", Level::None) => Outcome::Skipped("not met; allowed in this run".to_owned()),
        ("gap", level) => Outcome::Failed(level.word()),
        ("undecided", Level::Error) => Outcome::Failed("error"),
        ("undecided", _) => Outcome::Skipped(format!("undecided: supply {}", finding.needs.join(", "))),
        ("waived", _) => Outcome::Skipped(finding.waiver.clone().unwrap_or_default()),
        _ => Outcome::Skipped("does not apply".to_owned()),
    }
}

fn case(xml: &mut Xml, (class, name): (&str, &str), message: &str, outcome: &Outcome<'_>, text: &str) -> io::Result<()> {
    let (class, name, message) = (xml_text(class), xml_text(name), xml_text(message));
    let element = xml.create_element("testcase").with_attributes([("classname", class.as_str()), ("name", name.as_str())]);
    let (tag, attributes, text) = match outcome {
        Outcome::Passed => return element.write_empty().map(drop),
        Outcome::Failed(level) => ("failure", vec![("message", message), ("type", (*level).to_owned())], xml_lines(text)),
        Outcome::Skipped(reason) => ("skipped", vec![("message", xml_text(reason))], String::new()),
        Outcome::Broken(one) => {
            let attributes = vec![("message", xml_text(&one.message)), ("type", "definition".to_owned())];
            ("error", attributes, xml_lines(one.hint.as_deref().unwrap_or_default()))
        }
    };
    let inner = element.write_inner_content(|xml| {
        let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
        xml.create_element(tag).with_attributes(attributes).write_text_content(BytesText::new(&text)).map(drop)
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

fn counts(tests: usize, cases: &[&FindingView], errors: usize) -> Counts {
    let outcomes: Vec<Outcome<'_>> = cases.iter().map(|finding| outcome(finding)).collect();
    let failures = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Failed(_))).count();
    let skipped = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Skipped(_))).count();
    Counts(
        [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)].map(|(key, count)| (key, count.to_string())),
    )
}

fn xml_lines(text: &str) -> String {
    text.split('\n').map(xml_text).collect::<Vec<_>>().join("\n")
}

/// XML has neither control characters nor the last two of the plane; the writer escapes the rest.
fn xml_text(text: &str) -> String {
    plain(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
