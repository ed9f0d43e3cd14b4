//! Where documents describe a test case.

use std::collections::HashMap;

use crate::corpus::cases::MOST_OPEN;
use crate::corpus::{Case, Corpus};
use crate::model::Named;

/// What documents describe, by id.
#[derive(Debug)]
pub(super) struct Described<'c> {
    exact: HashMap<String, Vec<&'c Case>>,
    /// Those with a variable part, by the number of the standard.
    open: HashMap<u16, Vec<&'c Case>>,
}

impl<'c> Described<'c> {
    pub(super) fn of(corpus: &'c Corpus) -> Described<'c> {
        let mut described = Described { exact: HashMap::new(), open: HashMap::new() };
        for case in &corpus.cases().all {
            match case.id.is_open() {
                true => described.open.entry(case.number).or_default().push(case),
                false => described.exact.entry(case.id.to_string()).or_default().push(case),
            }
        }
        described
    }

    /// The descriptions of a test case, the plain ones first.
    pub(super) fn all<'d>(&'d self, id: &'d str) -> impl Iterator<Item = &'c Case> + 'd {
        let exact = self.exact.get(id).into_iter().flatten().copied();
        let number = Named::all_in(id).next().map(|(_, named)| named.number);
        let open = number.and_then(|it| self.open.get(&it)).into_iter().flatten().copied();
        exact.chain(open.take(MOST_OPEN).filter(move |case| case.id.matches(id)))
    }

    /// The description for a version of the standard, else any.
    pub(super) fn find(&self, id: &str, version: Option<u32>) -> Option<&'c Case> {
        let is_for = |it: &&Case| version.is_some_and(|version| it.versions.contains(&version));
        self.all(id).find(is_for).or_else(|| self.all(id).next())
    }
}
