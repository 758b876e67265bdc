//! What came of one text: what is wrong with it, and what was found out about its definition.
//! Must not assess.

use super::{Assessed, Engine};
use crate::assess::{Explainer, Finding, IN_FORCE, Outcome as Verdict, check_waivers, misspelt};
use crate::checks::Vocabulary;
use crate::diag::{Diagnostic, Severity, nearest, same_letters};
use crate::import::importer_for;
use crate::model::Definition;
use crate::policy::Catalog;
use crate::source::{Sources, Span};

/// What came of one text.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The text, for the places of diagnostics and findings.
    pub sources: &'a Sources,
    /// What is wrong with the file itself.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found out; nothing where the file has an error or a pack that is asked for is not there.
    pub assessed: Option<Assessed<'a>>,
    /// The pack that is asked for and that is not there.
    pub unknown_pack: Option<String>,
}

impl<'a> Outcome<'a> {
    /// The rules that are not met, by rule.
    pub fn gaps(&self) -> impl Iterator<Item = &Finding<'a>> {
        let findings = self.assessed.iter().flat_map(|assessed| &assessed.assessment.findings);
        findings.filter(|finding| finding.outcome == Verdict::Gap)
    }

    /// What is so, in one line.
    #[must_use]
    pub fn message(&self, finding: &Finding<'_>) -> String {
        self.assessed.as_ref().map(|assessed| Explainer::new(&assessed.assessment).message(finding)).unwrap_or_default()
    }
}

/// The definition in a text, where nothing in it is an error, and what is wrong with the text.
pub(super) fn read(engine: &Engine, sources: &mut Sources, name: &str, bytes: &[u8]) -> (Option<Definition>, Vec<Diagnostic>) {
    let Some(importer) = importer_for(name) else {
        let source = sources.add(name, "");
        let told = Diagnostic::error(source, Span::new(0..0), "this is not a definition");
        return (None, vec![told.hint("definitions are TOML files: `NAME.toml`")]);
    };
    let loaded = (importer.read)(sources, name, bytes, &engine.catalog.lexicon);
    let mut diagnostics = loaded.diagnostics;
    if let Some(definition) = &loaded.value {
        diagnostics.extend(by_rules(&engine.catalog, &engine.vocabulary, definition, sources.text(definition.source)));
    }
    let is_sound = !diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    (loaded.value.filter(|_| is_sound), diagnostics)
}

/// What the rules show to be wrong in a definition: words that they know by another spelling, waivers of rules that no pack has, a
/// policy that is not there.
#[must_use]
pub fn by_rules(catalog: &Catalog, vocabulary: &Vocabulary, definition: &Definition, text: &str) -> Vec<Diagnostic> {
    let mut found = misspelt(vocabulary, definition, text);
    found.extend(check_waivers(definition, catalog));
    found.extend(unknown_policy(definition, catalog));
    found
}

/// The mistake where a definition names a pack that is not there.
#[must_use]
pub fn unknown_policy(definition: &Definition, catalog: &Catalog) -> Option<Diagnostic> {
    let (name, span) = definition.policy.as_ref()?;
    if &**name == IN_FORCE || catalog.pack(name).is_some() {
        return None;
    }
    let ids = || catalog.packs.iter().map(|pack| &*pack.id);
    let diagnostic = Diagnostic::error(definition.source, *span, format!("there is no pack `{name}`"));
    Some(match (ids().find(|id| same_letters(id, name)), nearest(name, ids())) {
        (Some(same), _) => diagnostic.hint(format!("did you mean `{same}`?")).instead(format!("\"{same}\"")),
        (None, Some(near)) => diagnostic.hint(format!("did you mean `{near}`?")),
        (None, None) => diagnostic.hint("`evalplan rules list` shows every pack"),
    })
}
