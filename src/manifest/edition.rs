//! A version of a scope: what it includes, and with which test cases that is shown.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::suite::{Suite, means_one_of};
use super::{Candidate, ScopeSeries};
use crate::corpus::manifest::{COMPANIONS, Include, Module};
use crate::corpus::scope::Included;
use crate::corpus::{Manifest, Scope};
use crate::document::{Document, normalized};
use crate::index::title_of;
use crate::model::{CaseKind, CaseLevel, Date, Lifetime, Vocabulary};

/// A version of a scope.
#[derive(Debug)]
pub struct Edition<'s> {
    /// What it is called.
    pub version: &'s str,
    /// The day from which it is stable.
    pub stabilized_at: Option<Date>,
    /// Its document.
    pub scope: Option<&'s Scope<'s>>,
    /// The manifest that has it.
    pub manifest: Option<&'s Manifest>,
    /// What it includes: in the order of the document, then what only the manifest has.
    pub parts: Vec<Part<'s>>,
}

/// Something that a scope includes: a standard as a rule.
#[derive(Debug)]
pub struct Part<'s> {
    /// What it is called, on one line.
    pub name: String,
    /// The document.
    pub document: Option<&'s Document>,
    /// What the document of the scope says of it.
    pub point: Option<&'s Included<'s>>,
    /// The modules of the manifest, by id.
    pub modules: Vec<&'s str>,
    /// The values of its parameters, by name.
    pub parameters: Vec<(String, String)>,
    /// Its test cases, each once. Those of the manifest; where that has no such version, those that
    /// documents describe.
    pub tests: Vec<Test<'s>>,
}

/// A test case.
#[derive(Debug, Clone)]
pub struct Test<'s> {
    /// The id; with a variable part where one line of a document stands for several.
    pub id: String,
    /// The target that it belongs to: `main`, `recommended`, `preview`.
    pub target: String,
    /// Who does it.
    pub kind: CaseKind,
    /// Whether it has to pass, if a target or a document tells.
    pub level: Option<CaseLevel>,
    /// How long a result counts, if that is said.
    pub lifetime: Option<Lifetime>,
    /// What it tests, on one line.
    pub description: String,
    /// Where it is described.
    pub place: Option<Place<'s>>,
}

/// A place in a document.
#[derive(Debug, Clone)]
pub struct Place<'s> {
    /// The document.
    pub document: &'s Document,
    /// The anchor of the heading; may be empty.
    pub anchor: &'s str,
}

impl Test<'_> {
    /// Whether people do it.
    #[must_use]
    pub fn is_manual(&self) -> bool {
        self.kind != CaseKind::Automated
    }
}

impl Part<'_> {
    /// The number of the standard.
    #[must_use]
    pub fn number(&self) -> Option<u16> {
        Some(self.document?.id()?.number)
    }

    /// Gives automated test cases the lifetime that the scope has for them, where they have none.
    fn renew_by(&mut self, scope: &Scope<'_>) {
        let id = self.document.and_then(Document::id);
        let lifetime = id.and_then(|id| scope.regime.of(id, CaseKind::Automated));
        let lifetime = lifetime.map(|(lifetime, _)| lifetime);
        for test in self.tests.iter_mut().filter(|it| !it.is_manual()) {
            test.lifetime = test.lifetime.or(lifetime);
        }
    }
}

impl<'s> Edition<'s> {
    /// Reads a version.
    #[must_use]
    pub fn of(series: &'s ScopeSeries<'_>, candidate: &Candidate<'s>) -> Edition<'s> {
        Edition::read(&Suite::of(series), series, candidate)
    }

    /// The same, and to the test cases of each part comes all that people do for it: what its
    /// document describes, and what the manifest has for it in any module.
    #[must_use]
    pub fn with_all_manual(series: &'s ScopeSeries<'_>, candidate: &Candidate<'s>) -> Edition<'s> {
        let suite = Suite::of(series);
        let mut edition = Edition::read(&suite, series, candidate);
        // What one document asks for is looked for once, however often a scope lists it.
        let mut manual: HashMap<&str, Vec<Test<'s>>> = HashMap::new();
        for part in &mut edition.parts {
            let Some(document) = part.document else { continue };
            let manual = manual.entry(&document.path);
            let manual = manual.or_insert_with(|| suite.manual_for(document));
            let mut seen: BTreeSet<String> = part.tests.iter().map(|it| it.id.clone()).collect();
            for test in manual.iter() {
                if !means_one_of(test, &seen) {
                    seen.insert(test.id.clone());
                    part.tests.push(test.clone());
                }
            }
        }
        edition
    }

    fn read(
        suite: &Suite<'s>,
        series: &'s ScopeSeries<'_>,
        candidate: &Candidate<'s>,
    ) -> Edition<'s> {
        let manifest = series.manifest.filter(|_| candidate.version.is_some());
        let include = candidate.version.map(|it| it.include.as_slice()).unwrap_or_default();
        let parts = included(suite, include);
        let paths = parts.iter().enumerate();
        let paths = paths.filter_map(|(at, it)| Some((it.document?.path.as_str(), at)));
        let places: HashMap<&str, usize> = paths.collect();
        let mut parts: Vec<Option<Part<'s>>> = parts.into_iter().map(Some).collect();
        let points = candidate.scope.map(|it| it.included.as_slice()).unwrap_or_default();
        let mut ordered: Vec<Part<'s>> = Vec::new();
        for point in points {
            let at = point.document.and_then(|it| places.get(it.path.as_str()));
            let known = at.and_then(|at| parts.get_mut(*at)).and_then(Option::take);
            let mut part = known.unwrap_or_else(|| of_point(suite, point, manifest.is_none()));
            part.point = Some(point);
            ordered.push(part);
        }
        ordered.extend(parts.into_iter().flatten());
        if let Some(scope) = candidate.scope.filter(|_| manifest.is_none()) {
            ordered.iter_mut().for_each(|it| it.renew_by(scope));
        }
        let of_document = candidate.scope.and_then(|it| it.document.meta.stabilized_at);
        let of_manifest = candidate.version.and_then(|it| it.stabilized_at.as_ref());
        Edition {
            version: candidate.label,
            stabilized_at: of_manifest.map(|it| it.value).or(of_document),
            scope: candidate.scope,
            manifest,
            parts: ordered,
        }
    }
}

/// What the version of a manifest includes; modules of one document are one part.
fn included<'s>(suite: &Suite<'s>, include: &'s [Include]) -> Vec<Part<'s>> {
    let mut parts: Vec<Part<'s>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for include in include {
        let id = include.module.value.as_str();
        let module = suite.module(id);
        let document = module.and_then(|it| suite.document_of(it));
        let path = document.map(|it| it.path.as_str());
        let known = path.and_then(|it| places.get(it).copied());
        let at = known.unwrap_or_else(|| {
            places.extend(path.map(|it| (it, parts.len())));
            let name = module.and_then(|it| it.name.as_ref()).map(|it| normalized(&it.value));
            let name = document.map(title_of).or(name).unwrap_or_else(|| id.to_owned());
            let (modules, parameters) = (vec![], vec![]);
            parts.push(Part { name, document, point: None, modules, parameters, tests: vec![] });
            parts.len() - 1
        });
        let Some(part) = parts.get_mut(at) else { continue };
        part.modules.push(id);
        let mut seen: HashSet<(String, String)> = part.parameters.iter().cloned().collect();
        let given = include.parameters.iter();
        let given = given.map(|(name, value)| (name.value.clone(), value.value.clone()));
        part.parameters.extend(given.filter(|it| seen.insert(it.clone())));
        let companions = COMPANIONS.map(|(it, _)| suite.module(&format!("{id}{it}")));
        for module in std::iter::once(module).chain(companions).flatten() {
            take(suite, module, part);
        }
    }
    parts
}

/// Adds the test cases of a module to a part; those of `main` come first.
fn take<'s>(suite: &Suite<'s>, module: &'s Module, part: &mut Part<'s>) {
    let version = part.document.and_then(Document::id).map(|it| it.version);
    let mut seen: HashSet<String> = part.tests.iter().map(|it| it.id.clone()).collect();
    let (main, others): (Vec<_>, Vec<_>) =
        module.targets.iter().partition(|it| it.name.value == CaseLevel::Main.name());
    for target in main.into_iter().chain(others) {
        for id in target.testcases.iter().map(|it| it.value.as_str()) {
            let test = suite.test(id, &target.name.value, version);
            part.tests.extend(test.filter(|_| seen.insert(id.to_owned())));
        }
    }
}

/// What only the document of the scope includes. `tested` says whether the test cases that
/// documents describe count.
fn of_point<'s>(suite: &Suite<'s>, point: &'s Included<'s>, tested: bool) -> Part<'s> {
    let document = point.document;
    let parameters = point.parameters.iter().map(|it| (it.name.clone(), it.value.clone()));
    Part {
        name: document.map_or_else(|| normalized(&point.text), title_of),
        document,
        point: Some(point),
        modules: vec![],
        parameters: parameters.collect(),
        tests: document.filter(|_| tested).map(|it| suite.described_for(it)).unwrap_or_default(),
    }
}
