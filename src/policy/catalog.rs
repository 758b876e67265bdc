//! All packs of a run: the shipped ones and those of users.
//! Must not read files: it is given their texts.

use super::extend;
use super::lists::{self, Lists};
use super::lower::{cite as lower_cite, lower};
use super::pack::{Clause, Document, Inherited, Pack, Retired, Review, Selection};
use super::raw::{RawClause, RawDocument, RawInherited, RawPack, RawRetired, RawReview, RawRule};
use super::rule::{Rule, Status};
use super::values::Reader;
use super::words::{PRECISIONS, SELECTIONS, plain};
use crate::diag::{Diagnostic, Loaded, Severity, in_order};
use crate::lexicon::Lexicon;
use crate::source::{SourceId, Sources, Span, shipped_rules};
use crate::toml::{read_full, warn_of_newer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One file of a folder of packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleFile {
    /// Its text.
    pub source: SourceId,
    /// Whether it came with the tool.
    pub shipped: bool,
}

/// Every pack, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// The packs.
    pub packs: Vec<Pack>,
    /// What donors, bodies and words are called beside what the rules call them.
    pub lexicon: Lexicon,
}

impl Catalog {
    /// The packs that come with evalplan. They are sound, and tests prove them.
    #[must_use]
    pub fn shipped() -> Self {
        let mut sources = Sources::default();
        let files = shipped_rules("")
            .into_iter()
            .map(|(path, text)| RuleFile { source: sources.add(path, text), shipped: true });
        let files: Vec<RuleFile> = files.collect();
        Self::load(&files, &sources).value
    }

    /// Compiles the packs among some files. Files belong to the pack whose folder they stand in; the folder has a `pack.toml`.
    /// Beside the folders may stand lists of names: `donors.toml`, `bodies.toml`, `words.toml`, `placeholders.toml`.
    #[must_use]
    pub fn load(files: &[RuleFile], sources: &Sources) -> Loaded<Self> {
        let (files, Loaded { value: Lists { lexicon, packs: named }, diagnostics }) =
            lists::take(files, sources);
        let mut folders: BTreeMap<(bool, &str), Vec<RuleFile>> = BTreeMap::new();
        for file in &files {
            let path = sources.path(file.source);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry((!file.shipped, folder)).or_default().push(*file);
        }
        let mut loaded = Loaded { value: Self { packs: Vec::new(), lexicon }, diagnostics };
        for ((_, folder), mut files) in folders {
            files.sort_by_key(|file| sources.path(file.source).to_owned());
            load_pack(folder, &files, sources, &mut loaded);
        }
        loaded.diagnostics.extend(extend::inherit(&mut loaded.value.packs));
        loaded.diagnostics.extend(not_gone(&loaded.value.packs));
        loaded.diagnostics.extend(lists::check_packs(
            &named,
            &loaded.value.packs,
            &loaded.value.lexicon,
            sources,
        ));
        loaded.diagnostics.extend(lists::check_words(&loaded.value.packs, &loaded.value.lexicon));
        loaded.value.packs.sort_by(|one, two| one.id.cmp(&two.id));
        loaded
    }

    /// The pack of that id.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| &*pack.id == id)
    }

    /// The rule of that whole id, or the only one of that id within any pack.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        match id.split_once('/') {
            Some((pack, local)) => self.pack(pack)?.rule(local),
            None => {
                let mut found = self
                    .packs
                    .iter()
                    .filter_map(|pack| pack.rule(id))
                    .filter(|rule| rule.inherited_from.is_none());
                found.next().filter(|_| found.next().is_none())
            }
        }
    }

    /// The rule of that whole id, or of that id within any pack, that a pack had and has no more.
    #[must_use]
    pub fn retired(&self, name: &str) -> Option<(&Pack, &Retired)> {
        let (pack, local) = name.split_once('/').map_or((None, name), |(pack, local)| (Some(pack), local));
        let packs = self.packs.iter().filter(|one| pack.is_none_or(|pack| &*one.id == pack));
        packs
            .filter_map(|one| Some((one, one.retired(local)?)))
            .next()
            .filter(|_| !self.rules().any(|rule| rule.is_named(name)))
    }

    /// Every rule of every pack, by pack and id.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.packs.iter().flat_map(|pack| &pack.rules)
    }
}

fn load_pack(folder: &str, files: &[RuleFile], sources: &Sources, loaded: &mut Loaded<Catalog>) {
    let is_head = |file: &&RuleFile| sources.path(file.source).rsplit('/').next() == Some("pack.toml");
    let Some(head) = files.iter().find(is_head) else {
        let first = files[0].source;
        loaded.diagnostics.push(
            Diagnostic::error(first, Span::new(0..0), format!("the folder `{folder}` has no `pack.toml`"))
                .hint("every folder of rules has a `pack.toml` that says which pack it is"),
        );
        return;
    };
    let raw: RawPack = match read_full(head.source, sources.text(head.source)) {
        Ok(raw) => raw,
        Err(diagnostics) => return loaded.diagnostics.extend(in_order(head.source, diagnostics)),
    };
    let mut reader = Reader::new(head.source, sources.text(head.source));
    let pack = lower_pack(&raw, folder, &mut reader);
    let Some(mut pack) = pack else {
        return loaded.diagnostics.extend(in_order(head.source, reader.diagnostics));
    };
    pack.shipped = head.shipped;
    refuse_double(&pack, &raw, &loaded.value, &mut reader);
    reader.diagnostics.extend(warn_of_newer(head.source, sources.text(head.source)));
    loaded.diagnostics.extend(in_order(head.source, reader.diagnostics));
    let mut known = BTreeMap::new();
    for file in files.iter().filter(|file| file.source != head.source) {
        loaded.diagnostics.extend(in_order(file.source, load_rules(*file, sources, &mut pack, &mut known)));
    }
    if pack.rules.is_empty()
        && pack.extends.is_none()
        && pack.clauses.is_empty()
        && !is_broken(&loaded.diagnostics)
    {
        loaded.diagnostics.push(
            Diagnostic::error(
                head.source,
                Span::new(raw.id.span()),
                format!("the pack `{}` has no rule", pack.id),
            )
            .hint("add a rule file to its folder, or say in a [[clause]] why its clauses stay with people"),
        );
    }
    pack.rules.sort_by(|one, two| one.id.cmp(&two.id));
    loaded.value.packs.push(pack);
}

/// Two packs of one id would hide each other.
fn refuse_double(pack: &Pack, raw: &RawPack, catalog: &Catalog, reader: &mut Reader<'_>) {
    if let Some(known) = catalog.pack(&pack.id) {
        let whose = if known.shipped { "came with evalplan" } else { "is there already" };
        let hint = "give your pack an id of its own; with `extends` it can build on the other";
        let _: Option<()> = reader.error(
            raw.id.span(),
            format!("a pack `{}` {whose}, and this one would hide it", pack.id),
            hint,
        );
    }
}

/// Loads the rules of a file, and notes in which file each rule of the pack stands.
fn load_rules(
    file: RuleFile,
    sources: &Sources,
    pack: &mut Pack,
    known: &mut BTreeMap<Arc<str>, SourceId>,
) -> Vec<Diagnostic> {
    let raw: RawRule = match read_full(file.source, sources.text(file.source)) {
        Ok(raw) => raw,
        Err(found) => return found,
    };
    let mut reader = Reader::new(file.source, sources.text(file.source));
    check_cite(&raw, pack, &mut reader);
    let lowered = lower(&raw, &pack.id, &mut reader);
    for rule in lowered.rules {
        if let Some(other) = known.insert(Arc::clone(&rule.local), file.source) {
            let diagnostic =
                Diagnostic::error(file.source, rule.span, format!("the pack has two rules `{}`", rule.local));
            reader.diagnostics.push(diagnostic.hint(format!("the other stands in {}", sources.path(other))));
        }
        pack.rules.push(rule);
    }
    pack.tables.extend(lowered.table);
    pack.cases.extend(lowered.cases);
    reader.diagnostics.extend(warn_of_newer(file.source, sources.text(file.source)));
    reader.diagnostics
}

fn is_broken(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// A citation names a document of the pack.
fn check_cite(raw: &RawRule, pack: &Pack, reader: &mut Reader<'_>) {
    let known: Vec<&str> = pack.documents.iter().map(|document| &*document.id).collect();
    let cites = std::iter::once(&raw.cite).chain(raw.duty.iter().filter_map(|duty| duty.cite.as_ref()));
    for cite in cites {
        reader.word("document of this pack", &cite.source, &known);
    }
}

/// The id of a pack that this format is for.
fn pack_id(raw: &RawPack, folder: &str, reader: &mut Reader<'_>) -> Option<Arc<str>> {
    if *raw.format.get_ref() != 1 {
        return reader.error(
            raw.format.span(),
            format!("this pack has the format {}", raw.format.get_ref()),
            "this evalplan reads `format = 1`",
        );
    }
    reader.needless_in_pack(raw);
    let id = reader.id(&raw.id)?;
    if folder.rsplit('/').next() != Some(&*id) {
        let _: Option<()> = reader.error(
            raw.id.span(),
            format!("the pack `{id}` stands in a folder of another name"),
            format!("call the folder `{id}`"),
        );
    }
    Some(id)
}

fn lower_pack(raw: &RawPack, folder: &str, reader: &mut Reader<'_>) -> Option<Pack> {
    let id = pack_id(raw, folder, reader)?;
    let selection = match reader.word("way to choose a pack", &raw.selection, &plain(SELECTIONS))? {
        0 => Selection::ByDate,
        1 => Selection::ByName,
        _ => Selection::Joins,
    };
    let from = raw.from.as_ref().and_then(|day| reader.day(day));
    if selection == Selection::ByDate && from.is_none() {
        let _: Option<()> = reader.error(
            raw.selection.span(),
            "an edition that is chosen by date needs its first day",
            "give `from`",
        );
    }
    let inherited = raw.inherited_status.as_ref().map_or(Some(Status::Confirmed), |text| reader.status(text));
    let precision =
        raw.precision.as_ref().filter(|text| reader.word("precision", text, &plain(PRECISIONS)).is_some());
    Some(Pack {
        title: raw.title.clone(),
        selection,
        kinds: raw
            .kinds
            .iter()
            .filter(|kind| reader.word("kind of definition", kind, crate::model::DEFINITION_KINDS).is_some())
            .map(|kind| kind.get_ref().as_str().into())
            .collect(),
        from,
        until: raw.until.as_ref().and_then(|day| reader.day(day)),
        precision: precision.map(|text| text.get_ref().as_str().into()),
        before_from: raw.before_from.as_ref().and_then(|text| reader.severity(text)),
        extends: raw
            .extends
            .as_ref()
            .zip(inherited)
            .map(|(base, status)| (base.get_ref().as_str().into(), status, Span::new(base.span()))),
        inherited: raw.inherited.iter().filter_map(|one| lower_inherited(one, raw, reader)).collect(),
        retired: raw.retired.iter().filter_map(|one| retired(one, reader)).collect(),
        reviewed_by: raw.reviewed_by.iter().filter_map(|one| review(one, reader)).collect(),
        joins: raw.joins.as_ref().and_then(|text| reader.condition(text)),
        donor: raw.donor.as_ref().map(|donor| donor.get_ref().as_str().into()),
        documents: raw.document.iter().map(document).collect(),
        clauses: raw.clause.iter().map(|clause| lower_clause(clause, reader)).collect(),
        rules: Vec::new(),
        tables: Vec::new(),
        cases: Vec::new(),
        shipped: false,
        source: reader.source,
        id,
    })
}

fn retired(raw: &RawRetired, reader: &mut Reader<'_>) -> Option<Retired> {
    Some(Retired { id: reader.id(&raw.id)?, because: raw.because.clone(), span: Span::new(raw.id.span()) })
}

/// Rules that a pack has, and says to be gone.
fn not_gone(packs: &[Pack]) -> impl Iterator<Item = Diagnostic> + '_ {
    packs.iter().flat_map(|pack| {
        pack.retired.iter().filter(|gone| pack.rule(&gone.id).is_some()).map(|gone| {
            Diagnostic::error(
                pack.source,
                gone.span,
                format!("the pack has a rule `{}`, which is said to be retired", gone.id),
            )
            .hint("take it out of `retired`, or the rule out of the pack")
        })
    })
}

fn review(raw: &RawReview, reader: &mut Reader<'_>) -> Option<Review> {
    Some(Review { who: raw.who.clone(), on: reader.day(&raw.on)?, what: raw.what.clone() })
}

/// What `[[inherited]]` says of a rule: that there is such a rule is known once the packs are together.
fn lower_inherited(raw: &RawInherited, pack: &RawPack, reader: &mut Reader<'_>) -> Option<Inherited> {
    let documents: Vec<&str> = pack.document.iter().map(|document| document.id.get_ref().as_str()).collect();
    let cited = raw.cite.as_ref();
    if let Some(cite) = cited {
        reader.word("document of this pack", &cite.source, &documents)?;
    }
    Some(Inherited {
        rule: reader.id(&raw.rule)?,
        status: raw.status.as_ref().and_then(|text| reader.status(text)),
        cite: cited.map(lower_cite),
        why: raw.why.clone(),
        severity: raw.severity.as_ref().and_then(|text| reader.severity(text)),
        span: Span::new(raw.rule.span()),
    })
}

fn document(raw: &RawDocument) -> Document {
    Document {
        id: raw.id.get_ref().as_str().into(),
        title: raw.title.clone(),
        issuer: raw.issuer.clone(),
        date: raw.date.clone(),
        paragraphs: raw.paragraphs,
        also: raw.also.clone(),
    }
}

fn lower_clause(raw: &RawClause, reader: &mut Reader<'_>) -> Clause {
    if raw.rules.is_empty() == raw.manual.is_none() {
        let hint = "give `rules`, or `manual` with the reason why it stays with people";
        let _: Option<()> =
            reader.error(raw.at.span(), "this clause has neither a rule nor a reason, or both", hint);
    }
    Clause {
        entry: raw.entry.clone(),
        source: raw.source.get_ref().as_str().into(),
        at: raw.at.get_ref().clone(),
        title: raw.title.clone(),
        rules: raw.rules.iter().map(|rule| Arc::from(rule.get_ref().as_str())).collect(),
        manual: raw.manual.clone(),
    }
}
