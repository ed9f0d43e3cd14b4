//! Which standards are tested by what, and what is missing: in a manifest, or in a document.

mod json;
mod view;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::suite::Suite;
use super::{ScopeSeries, Test};
use crate::corpus::{Case, Corpus, Manifest, Mentions};
use crate::document::Document;
use crate::model::{
    CaseKind, CaseLevel, Date, DocType, Kind, State, Status, Track, Vocabulary as _,
    testcase_number,
};

pub use view::Format;

/// The standards and the test cases of all manifests.
#[derive(Debug)]
pub struct Coverage<'c> {
    /// The day that states refer to.
    pub as_of: Date,
    /// The standards that are not rejected, and other documents that scopes include or manifests
    /// test, by number; certificate scopes are none of them.
    pub rows: Vec<Row<'c>>,
    /// The test cases of the manifests.
    pub tests: Vec<Tested<'c>>,
    /// The test cases that documents describe and no manifest has.
    pub missing: Vec<Missing<'c>>,
}

/// A standard.
#[derive(Debug)]
pub struct Row<'c> {
    /// The document.
    pub document: &'c Document,
    /// Its state on the day; none where the status is not valid.
    pub state: Option<State>,
    /// Its test cases, by their places in [`Coverage::tests`], each with its level for this
    /// standard; none where it is in another target, or in none.
    pub tests: Vec<(usize, Option<CaseLevel>)>,
    /// How many test cases documents describe for it.
    pub described: usize,
    /// The scopes that include it, each with the versions that do.
    pub included: Vec<(String, Vec<String>)>,
}

/// A test case of a manifest.
#[derive(Debug)]
pub struct Tested<'c> {
    /// The manifest.
    pub manifest: &'c Manifest,
    /// The test case.
    pub test: Test<'c>,
    /// The documents that it is for.
    pub documents: Vec<&'c Document>,
    /// Whether a document has its id.
    pub is_documented: bool,
}

/// A test case that is in no manifest.
#[derive(Debug)]
pub struct Missing<'c> {
    /// The test case.
    pub case: &'c Case,
    /// The document that describes it.
    pub document: &'c Document,
}

/// How a standard in effect is without an automated test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untested {
    /// There are test cases, and people do them all.
    OnlyManual,
    /// Documents describe test cases, and no manifest has one.
    OnlyDescribed,
    /// There is no test case.
    NoTestCase,
}

impl Untested {
    /// In words.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Untested::OnlyManual => "only by people",
            Untested::OnlyDescribed => "only described",
            Untested::NoTestCase => "no test case",
        }
    }
}

/// How many test cases a standard has in manifests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Automated, has to pass.
    pub main: usize,
    /// Automated, recommended.
    pub recommended: usize,
    /// Automated, in another target or in none.
    pub other: usize,
    /// Done by people.
    pub manual: usize,
}

impl<'c> Coverage<'c> {
    /// Looks at all documents and manifests.
    #[must_use]
    pub fn of(corpus: &'c Corpus) -> Coverage<'c> {
        let all = ScopeSeries::all(corpus);
        let included: HashSet<&str> = all.iter().flat_map(included).collect();
        let is_standard = |it: &&Document| {
            let meta = &it.meta;
            it.is_primary()
                && (it.is_a(DocType::Standard) || included.contains(it.path.as_str()))
                && meta.track != Some(Track::Scopes)
                && meta.status != Some(Status::Rejected)
        };
        let documents = corpus.documents.iter().map(AsRef::as_ref).filter(is_standard);
        let mut described: HashMap<(u16, u32), usize> = HashMap::new();
        for case in &corpus.cases().all {
            for version in &case.versions {
                *described.entry((case.number, *version)).or_default() += 1;
            }
        }
        let rows = documents.map(|document| Row {
            document,
            state: document.state_on(corpus.as_of),
            tests: vec![],
            described: document
                .id()
                .and_then(|id| described.get(&(id.number, id.version)).copied())
                .unwrap_or_default(),
            included: vec![],
        });
        let mut coverage =
            Coverage { as_of: corpus.as_of, rows: rows.collect(), tests: vec![], missing: vec![] };
        for series in &all {
            coverage.add(series);
        }
        coverage.missing = coverage.missing(corpus);
        coverage
    }

    /// Adds what a scope includes, and the test cases of its manifest.
    fn add(&mut self, series: &ScopeSeries<'c>) {
        let suite = Suite::of(series);
        let rows: HashMap<&str, usize> =
            self.rows.iter().enumerate().map(|(at, it)| (it.document.path.as_str(), at)).collect();
        for candidate in series.versions() {
            let include = candidate.version.map(|it| it.include.as_slice()).unwrap_or_default();
            let modules = include.iter().filter_map(|it| suite.module(&it.module.value));
            let of_manifest = modules.filter_map(|it| suite.document_of(it));
            let points = candidate.scope.map(|it| it.included.as_slice()).unwrap_or_default();
            let of_document = points.iter().filter(|_| candidate.version.is_none());
            let documents = of_manifest.chain(of_document.filter_map(|it| it.document));
            for document in documents {
                let row = rows.get(document.path.as_str()).and_then(|at| self.rows.get_mut(*at));
                if let Some(row) = row {
                    row.include(&series.title(), candidate.label);
                }
            }
        }
        let Some(manifest) = series.manifest else { return };
        let mut mentions = Mentions::of(series.corpus);
        for id in suite.ids() {
            let found = suite.documents_of(id);
            let (first, target) = match found.first() {
                Some((document, target)) => (document.id(), *target),
                None => (None, suite.target_of(id)),
            };
            let Some(test) = suite.test(id, target, first.map(|it| it.version)) else { continue };
            for (document, target) in &found {
                let row = rows.get(document.path.as_str()).and_then(|at| self.rows.get_mut(*at));
                if let Some(row) = row {
                    let level = CaseLevel::parse(target);
                    row.tests.push((self.tests.len(), level));
                }
            }
            let documents = found.into_iter().map(|(document, _)| document).collect();
            let number = first.map(|it| it.number).or_else(|| testcase_number(id));
            let is_documented = number.is_some_and(|number| mentions.has(number, id));
            self.tests.push(Tested { manifest, test, documents, is_documented });
        }
    }

    /// What no manifest has of that which documents describe for standards that are not rejected.
    fn missing(&self, corpus: &'c Corpus) -> Vec<Missing<'c>> {
        let implemented = self.tests.iter().flat_map(|it| corpus.cases().all_of(&it.test.id));
        let implemented: HashSet<*const Case> = implemented.map(std::ptr::from_ref).collect();
        let counts = |case: &&Case| {
            let versions = corpus.versions(case.number, Kind::Primary);
            let mut own = versions.filter(|(id, _)| case.versions.contains(&id.version)).peekable();
            let rejected = |it: &Document| it.meta.status == Some(Status::Rejected);
            own.peek().is_none() || own.any(|(_, it)| !rejected(it))
        };
        let cases = corpus.cases().all.iter();
        let missing = cases.filter(|it| !implemented.contains(&std::ptr::from_ref(*it)));
        let missing = missing.filter(counts);
        missing
            .filter_map(|case| Some(Missing { case, document: corpus.at(case.document)? }))
            .collect()
    }

    /// How many test cases a standard has, by level and kind.
    #[must_use]
    pub fn counts(&self, row: &Row<'_>) -> Counts {
        let mut counts = Counts::default();
        for (at, level) in &row.tests {
            let kind = self.tests.get(*at).map(|it| it.test.kind);
            match (kind, level) {
                (Some(CaseKind::Automated), Some(CaseLevel::Main)) => counts.main += 1,
                (Some(CaseKind::Automated), Some(CaseLevel::Recommended)) => {
                    counts.recommended += 1;
                }
                (Some(CaseKind::Automated), None) => counts.other += 1,
                (_, _) => counts.manual += 1,
            }
        }
        counts
    }

    /// How a standard is untested; none for one that is not in effect and will not be, and for one
    /// with an automated test case in a manifest.
    #[must_use]
    pub fn untested(&self, row: &Row<'_>) -> Option<Untested> {
        let counts = self.counts(row);
        let is_stable = matches!(row.state, Some(State::Effective | State::Upcoming));
        let automated = counts.main + counts.recommended + counts.other;
        (is_stable && automated == 0).then_some(match (counts.manual, row.described) {
            (0, 0) => Untested::NoTestCase,
            (0, _) => Untested::OnlyDescribed,
            _ => Untested::OnlyManual,
        })
    }

    /// The test cases of manifests that no document has.
    pub fn undocumented(&self) -> impl Iterator<Item = &Tested<'c>> {
        self.tests.iter().filter(|it| !it.is_documented)
    }

    /// How many manifests have test cases.
    #[must_use]
    pub fn manifests(&self) -> usize {
        let paths: BTreeSet<&str> = self.tests.iter().map(|it| it.manifest.path.as_str()).collect();
        paths.len()
    }
}

/// The paths of what the versions of a scope include, or its manifest tests.
fn included<'c>(series: &ScopeSeries<'c>) -> Vec<&'c str> {
    let suite = Suite::of(series);
    let modules = series.manifest.into_iter().flat_map(|it| &it.modules);
    let points = series.scopes.iter().flat_map(|it| &it.included);
    let documents = modules.filter_map(|it| suite.document_of(it));
    documents.chain(points.filter_map(|it| it.document)).map(|it| it.path.as_str()).collect()
}

impl Row<'_> {
    fn include(&mut self, scope: &str, version: &str) {
        let known = self.included.iter_mut().find(|(it, _)| it == scope);
        match known {
            Some((_, versions)) if versions.last().is_some_and(|it| it == version) => {}
            Some((_, versions)) => versions.push(version.to_owned()),
            None => self.included.push((scope.to_owned(), vec![version.to_owned()])),
        }
    }
}
