//! Which clauses of the documents of a pack its rules hold, and which stay with people, and why.
//! Must not judge a definition.

use super::catalog::Catalog;
use super::pack::{Clause, Document, Pack};
use super::rule::Rule;
use std::sync::Arc;

/// How a pack accounts for one document.
#[derive(Debug, Clone)]
pub struct Coverage<'c> {
    /// The document.
    pub document: &'c Document,
    /// Its clauses, in the order of the pack.
    pub clauses: Vec<&'c Clause>,
    /// The rules that cite it without a clause of the pack that names them.
    pub unlisted: Vec<&'c Rule>,
}

/// How a pack accounts for its documents, in its order; and the rules that its clauses name and that no pack has.
#[must_use]
pub fn coverage<'c>(
    catalog: &'c Catalog,
    pack: &'c Pack,
) -> (Vec<Coverage<'c>>, Vec<(&'c Clause, &'c Arc<str>)>) {
    let listed = |rule: &Rule| {
        pack.clauses
            .iter()
            .any(|clause| clause.rules.iter().any(|name| **name == *rule.local || *name == rule.id))
    };
    let own = |document: &Document| {
        let cites = move |rule: &&Rule| {
            rule.cite.source == document.id && rule.inherited_from.is_none() && !listed(rule)
        };
        pack.rules.iter().filter(cites).collect()
    };
    let documents = pack.documents.iter().map(|document| Coverage {
        document,
        clauses: pack.clauses.iter().filter(|clause| clause.source == document.id).collect(),
        unlisted: own(document),
    });
    let named = pack.clauses.iter().flat_map(|clause| clause.rules.iter().map(move |rule| (clause, rule)));
    let known = |name: &str| {
        if name.contains('/') { catalog.rule(name).is_some() } else { pack.rule(name).is_some() }
    };
    (documents.collect(), named.filter(|(_, rule)| !known(rule)).collect())
}
