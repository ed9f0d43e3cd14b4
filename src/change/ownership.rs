//! Which supplements come along with which documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Operation;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::model::{DocName, Kind, Number};

/// To how many documents a supplement belongs by its number.
const MOST_OWNERS: usize = 8;

/// The documents that each added supplement belongs to, and the supplements that each added document
/// brings along; by their paths.
#[derive(Debug, Default)]
pub(super) struct Ownership {
    owners: HashMap<String, BTreeSet<String>>,
    supplements: BTreeMap<String, BTreeSet<String>>,
}

impl Ownership {
    /// A supplement belongs to the added documents that it names, if need be by the placeholder that
    /// they had. If nothing that it names is there, to those of its number.
    pub(super) fn of(operations: &[Operation], head: &Corpus) -> Ownership {
        let mut by_number: HashMap<&Number, Vec<&Document>> = HashMap::new();
        let mut by_slug: HashMap<(Kind, String), Vec<&Document>> = HashMap::new();
        for primary in operations.iter().filter_map(Operation::added_primary) {
            if let Ok(name) = &primary.name {
                by_number.entry(&name.number).or_default().push(primary);
                by_slug.entry((name.kind, name.slug.clone())).or_default().push(primary);
            }
        }
        let added: BTreeSet<&str> = operations
            .iter()
            .filter_map(Operation::added_primary)
            .map(|it| it.path.as_str())
            .collect();
        let mut ownership = Ownership::default();
        for supplement in operations.iter().filter_map(Operation::added_supplement) {
            let named = supplement.meta.supplements.iter();
            let named: Vec<&Document> = named.filter_map(|it| head.find(&it.file)).collect();
            let owners: BTreeSet<String> = if named.is_empty() {
                let number = supplement.name.as_ref().ok().map(|name| &name.number);
                let of_number = number.and_then(|number| by_number.get(number));
                let as_proposals = supplement.meta.supplements.iter().filter_map(|reference| {
                    let name = DocName::parse(&reference.file).ok()?;
                    let proposal = matches!(name.number, Number::Placeholder(_));
                    by_slug.get(&(name.kind, name.slug)).filter(|_| proposal)
                });
                let owners = of_number.into_iter().chain(as_proposals).flatten();
                owners.take(MOST_OWNERS).map(|it| it.path.clone()).collect()
            } else {
                let own = named.into_iter().map(|it| it.path.as_str());
                own.filter(|path| added.contains(path)).map(str::to_owned).collect()
            };
            for owner in &owners {
                let own = ownership.supplements.entry(owner.clone()).or_default();
                own.insert(supplement.path.clone());
            }
            ownership.owners.insert(supplement.path.clone(), owners);
        }
        ownership
    }

    /// The added documents that an added supplement belongs to.
    pub(super) fn owners(&self, supplement: &str) -> impl Iterator<Item = &str> {
        self.owners.get(supplement).into_iter().flatten().map(String::as_str)
    }

    /// The added supplements that belong to an added document.
    pub(super) fn supplements(&self, primary: &str) -> impl Iterator<Item = &str> {
        self.supplements.get(primary).into_iter().flatten().map(String::as_str)
    }
}
