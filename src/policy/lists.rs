//! The lists beside the packs, `donors.toml`, `bodies.toml`, `words.toml` and `placeholders.toml`, read into a lexicon.
//! Must not read definitions, and must not know what a rule asks.

use super::catalog::RuleFile;
use super::pack::Pack;
use super::raw_lists::{RawBodies, RawDonors, RawMarks, RawWords};
use super::values::Reader;
use crate::checks::Vocabulary;
use crate::diag::{Diagnostic, Loaded, nearest};
use crate::lexicon::{Clash, Lexicon, Names};
use crate::model::{KeyId, key};
use crate::source::{SourceId, Sources};
use crate::toml::{Spanned, read_full};
use std::collections::BTreeMap;

type Text = Spanned<String>;

/// A list: the name of its file, and how it is read.
type List = (&'static str, fn(&mut Lists, &mut Reader<'_>) -> Result<(), Vec<Diagnostic>>);

const LISTS: [List; 4] = [
    ("donors.toml", Lists::donors),
    ("bodies.toml", Lists::bodies),
    ("words.toml", Lists::words),
    ("placeholders.toml", Lists::marks),
];

/// Where a list names a pack.
#[derive(Debug)]
pub(super) struct NamedPack {
    source: SourceId,
    pack: Text,
    /// The donor whose pack it is said to be.
    donor: Option<String>,
}

/// What lists hold, gathered from one file after the other.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// What names and words mean.
    pub(super) lexicon: Lexicon,
    /// The packs that are named beside them.
    pub(super) packs: Vec<NamedPack>,
}

/// Takes the lists out of the files and reads them, those that came with the tool first. A folder with a `pack.toml` has none: its files
/// are rules.
pub(super) fn take(files: &[RuleFile], sources: &Sources) -> (Vec<RuleFile>, Loaded<Lists>) {
    let place = |file: &RuleFile| {
        sources.path(file.source).rsplit_once('/').unwrap_or(("", sources.path(file.source)))
    };
    let packs: Vec<&str> =
        files.iter().map(place).filter(|(_, name)| *name == "pack.toml").map(|(folder, _)| folder).collect();
    let list_of = |file: &RuleFile| {
        let (folder, name) = place(file);
        LISTS.iter().find(|(known, _)| *known == name).filter(|_| !packs.contains(&folder))
    };
    let (mut read, mut diagnostics) = (Lists::default(), Vec::new());
    let mut lists: Vec<(&RuleFile, &List)> =
        files.iter().filter_map(|file| Some((file, list_of(file)?))).collect();
    lists.sort_by_key(|(file, _)| (!file.shipped, sources.path(file.source)));
    for (file, (_, one)) in lists {
        let mut reader = Reader::new(file.source, sources.text(file.source));
        if let Err(wrong) = one(&mut read, &mut reader) {
            diagnostics.extend(wrong);
        }
        diagnostics.append(&mut reader.diagnostics);
    }
    (
        files.iter().filter(|file| list_of(file).is_none()).copied().collect(),
        Loaded { value: read, diagnostics },
    )
}

impl Lists {
    fn donors(&mut self, reader: &mut Reader<'_>) -> Result<(), Vec<Diagnostic>> {
        let raw: RawDonors = read_full(reader.source, reader.text)?;
        for donor in &raw.donor {
            let place = names(&mut self.lexicon.donors, "donor", &donor.name, &donor.names, reader);
            for identifier in &donor.identifiers {
                let added = self.lexicon.donors.add_identifier(place, identifier.get_ref().trim());
                refuse(added, "reference", identifier, reader);
            }
            let donor_name = Some(donor.name.get_ref().clone());
            self.packs.extend(donor.pack.iter().map(|pack| NamedPack {
                source: reader.source,
                pack: pack.clone(),
                donor: donor_name.clone(),
            }));
        }
        Ok(())
    }

    fn bodies(&mut self, reader: &mut Reader<'_>) -> Result<(), Vec<Diagnostic>> {
        let raw: RawBodies = read_full(reader.source, reader.text)?;
        for body in &raw.body {
            names(&mut self.lexicon.bodies, "body", &body.name, &body.names, reader);
            self.packs.extend(body.packs.iter().map(|pack| NamedPack {
                source: reader.source,
                pack: pack.clone(),
                donor: None,
            }));
        }
        Ok(())
    }

    fn words(&mut self, reader: &mut Reader<'_>) -> Result<(), Vec<Diagnostic>> {
        let raw: RawWords = read_full(reader.source, reader.text)?;
        for (key, words) in
            [(key::project::TARGET_GROUPS, &raw.target_group), (key::project::THEMES, &raw.theme)]
        {
            for word in words {
                let Some(id) = reader.id(&word.word) else { continue };
                for name in &word.names {
                    says_something(name, reader);
                }
                self.lexicon.words.add(key, &id, word.names.iter().map(|name| name.get_ref().as_str()));
            }
        }
        Ok(())
    }

    fn marks(&mut self, reader: &mut Reader<'_>) -> Result<(), Vec<Diagnostic>> {
        let raw: RawMarks = read_full(reader.source, reader.text)?;
        for group in &raw.mark {
            group.whole.iter().for_each(|mark| self.lexicon.marks.add_whole(mark));
            group.answers.iter().for_each(|answer| self.lexicon.marks.add_answer(answer));
            for mark in &group.begins {
                says_something(mark, reader);
                self.lexicon.marks.add_begin(mark.get_ref());
            }
        }
        Ok(())
    }
}

/// Adds one thing with its names, and gives its place.
fn names(known: &mut Names, what: &str, name: &Text, others: &[Text], reader: &mut Reader<'_>) -> usize {
    let place = known.add(name.get_ref());
    for name in std::iter::once(name).chain(others) {
        if says_something(name, reader) {
            refuse(known.add_name(place, name.get_ref()), &format!("name of a {what}"), name, reader);
        }
    }
    place
}

/// Whether anything of a name is left to compare.
fn says_something(name: &Text, reader: &mut Reader<'_>) -> bool {
    let empty = crate::lexicon::folded(name.get_ref()).is_empty();
    if empty {
        let hint = "names are compared by their letters and digits: write some";
        let _: Option<()> =
            reader.error(name.span(), format!("`{}` has neither letters nor digits", name.get_ref()), hint);
    }
    !empty
}

fn refuse(added: Result<(), Clash>, what: &str, text: &Text, reader: &mut Reader<'_>) {
    if let Err(Clash(other)) = added {
        let message = format!("`{}` is a {what} already: of {other}", text.get_ref());
        let _: Option<()> =
            reader.error(text.span(), message, "one name means one thing: leave it with one of the two");
    }
}

/// What is wrong with the packs that lists name: none of that id, or one that is for another donor.
pub(super) fn check_packs(
    named: &[NamedPack],
    packs: &[Pack],
    lexicon: &Lexicon,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for NamedPack { source, pack, donor } in named {
        let mut reader = Reader::new(*source, sources.text(*source));
        let known = packs.iter().find(|one| *one.id == **pack.get_ref());
        let of = known.and_then(|one| one.donor.as_deref()).map(|name| lexicon.donor(name));
        match (known, donor) {
            (None, _) => {
                let near = nearest(pack.get_ref(), packs.iter().map(|one| &*one.id))
                    .map(|near| format!("did you mean `{near}`?"));
                let hint = near.unwrap_or_else(|| "`evalplan rules list` shows every pack".to_owned());
                let _: Option<()> =
                    reader.error(pack.span(), format!("there is no pack `{}`", pack.get_ref()), hint);
            }
            (Some(_), Some(donor)) if of != Some(donor) => {
                let message =
                    format!("the pack `{}` does not hold the requirements of {donor}", pack.get_ref());
                let hint = format!("write donor = \"{donor}\" in its `pack.toml`, or leave `pack` out here");
                let _: Option<()> = reader.error(pack.span(), message, hint);
            }
            _ => {}
        }
        found.append(&mut reader.diagnostics);
    }
    found
}

/// Words that rules look for in lists whose texts are read by their meaning, and that are none of the words: no text is read as them.
pub(super) fn check_words(packs: &[Pack], lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut found: BTreeMap<(SourceId, u32, KeyId, String), Diagnostic> = BTreeMap::new();
    for rule in packs.iter().flat_map(|pack| &pack.rules).filter(|rule| rule.inherited_from.is_none()) {
        let mut vocabulary = Vocabulary::new();
        rule.check.vocabulary(&mut vocabulary);
        for (key, words) in vocabulary {
            let Some(meanings) = lexicon.words.of(key) else { continue };
            for word in words.iter().filter(|word| !meanings.is_word(word)) {
                let message = format!(
                    "the rule `{}` looks for `{word}` in `{}`, and no list of words has it",
                    rule.local,
                    key.spec().name
                );
                let meant: Vec<&str> = meanings.of_text(word).map(|word| &**word).collect();
                let near = meant.first().copied().or_else(|| nearest(word, meanings.words()));
                let hint = match near {
                    Some(near) => {
                        format!("did you mean `{near}`? A `words.toml` beside the packs may add words")
                    }
                    None => {
                        "add it, with what people write for it, to a `words.toml` beside the packs".to_owned()
                    }
                };
                let place = (rule.source, rule.span.start, key, word.to_string());
                found.insert(place, Diagnostic::error(rule.source, rule.span, message).hint(hint));
            }
        }
    }
    found.into_values().collect()
}
