//! The test cases of a document, with their variable parts filled in.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::BuildError;
use super::bindings::Bindings;
use crate::corpus::data::{ListedFlavor, listed_flavors};
use crate::corpus::{Case, Corpus};
use crate::document::Document;
use crate::model::{CaseLevel, Demand, DocId};

/// A test case with its full id.
#[derive(Debug)]
pub(super) struct Expanded<'c> {
    /// The id.
    pub id: String,
    /// The level: that of the value where the id has a variable part.
    pub level: CaseLevel,
    /// What it tests.
    pub description: String,
    /// What the document says.
    pub case: &'c Case,
}

/// What a variable part stands for: in the id, and in the description.
struct Value {
    in_id: String,
    in_text: String,
    level: CaseLevel,
}

/// The test cases of a version of a standard, in the order of the documents that describe them.
///
/// # Errors
/// Nothing says what a variable part stands for.
pub(super) fn expanded<'c>(
    corpus: &'c Corpus,
    bindings: &Bindings,
    document: &Document,
    id: DocId,
) -> Result<Vec<Expanded<'c>>, BuildError> {
    let own = corpus.cases().for_version(id);
    let mut all: Vec<Expanded<'c>> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let flavors = OnceCell::new();
    for case in own {
        let values = match case.id.is_open() {
            false => vec![],
            true => values(corpus, bindings, (document, &flavors), case)?,
        };
        let closed = || Expanded {
            id: case.id.to_string(),
            level: case.level,
            description: case.description.clone(),
            case,
        };
        let filled = |value: &Value| Expanded {
            id: case.id.with(&value.in_id),
            level: value.level,
            description: case.id.described(&case.description, &value.in_text),
            case,
        };
        let found: Vec<Expanded<'c>> = match values.is_empty() {
            true => vec![closed()],
            false => values.iter().map(filled).collect(),
        };
        // A bullet and a table, or two tables, may name the same.
        all.extend(found.into_iter().filter(|it| seen.insert(it.id.clone())));
    }
    Ok(all)
}

/// What a variable part stands for: as the bindings say; else the flavors of the standard, by the
/// names in its tables without `SCS-`.
fn values(
    corpus: &Corpus,
    bindings: &Bindings,
    (document, flavors): (&Document, &OnceCell<Vec<ListedFlavor>>),
    case: &Case,
) -> Result<Vec<Value>, BuildError> {
    let value =
        |text: &str, level| Value { in_id: text.to_lowercase(), in_text: text.to_owned(), level };
    if let Some(named) = bindings.values_of(&case.id) {
        let main = named.main.iter().map(|it| value(it, CaseLevel::Main));
        let recommended = named.recommended.iter().map(|it| value(it, CaseLevel::Recommended));
        return Ok(main.chain(recommended).collect());
    }
    let flavors = flavors.get_or_init(|| listed_flavors(document));
    let flavors = flavors.iter().filter_map(|flavor| {
        let level = match flavor.demand? {
            Demand::Mandatory => CaseLevel::Main,
            Demand::Recommended => CaseLevel::Recommended,
        };
        Some(value(flavor.name.strip_prefix("SCS-")?, level))
    });
    let flavors: Vec<Value> = flavors.collect();
    if flavors.is_empty() {
        let message = format!(
            "nothing says what the variable part of `{}` stands for: name its values in the bindings, [values.\"{}\"]",
            case.id, case.id
        );
        let place = corpus.at(case.document).unwrap_or(document);
        return Err(BuildError::in_document(place, case.span, message));
    }
    Ok(flavors)
}
