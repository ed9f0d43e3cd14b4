//! The manifest of a scope with what its ids mean, and what documents say of its test cases.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Place, ScopeSeries, Test};
use crate::corpus::manifest::{Module, Script, Target, TestCase};
use crate::corpus::{Case, Corpus, Manifest};
use crate::document::{Document, normalized};
use crate::model::{CaseKind, CaseLevel, CasePattern, Vocabulary};

/// A manifest, if there is one, and the documents.
pub(super) struct Suite<'s> {
    corpus: &'s Corpus,
    manifest: Option<&'s Manifest>,
    modules: HashMap<&'s str, &'s Module>,
    testcases: BTreeMap<&'s str, (&'s Script, &'s TestCase)>,
    /// The modules and targets that have a test case.
    holders: HashMap<&'s str, Vec<(&'s Module, &'s Target)>>,
}

/// Whether two are the same document.
pub(super) fn is_same(one: Option<&Document>, other: Option<&Document>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.path == other.path)
}

impl<'s> Suite<'s> {
    pub(super) fn of(series: &ScopeSeries<'s>) -> Suite<'s> {
        let ScopeSeries { corpus, manifest, .. } = *series;
        let mut testcases = BTreeMap::new();
        for known in manifest.into_iter().flat_map(Manifest::testcases) {
            if let Some(id) = &known.1.id {
                testcases.entry(id.value.as_str()).or_insert(known);
            }
        }
        let mut holders: HashMap<&str, Vec<(&Module, &Target)>> = HashMap::new();
        for module in manifest.into_iter().flat_map(|it| &it.modules) {
            for target in &module.targets {
                for id in &target.testcases {
                    holders.entry(id.value.as_str()).or_default().push((module, target));
                }
            }
        }
        let modules = manifest.map(Manifest::modules_by_id).unwrap_or_default();
        Suite { corpus, manifest, modules, testcases, holders }
    }

    /// The module with this id.
    pub(super) fn module(&self, id: &str) -> Option<&'s Module> {
        self.modules.get(id).copied()
    }

    /// The ids of its test cases, sorted.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'s str> {
        self.testcases.keys().copied()
    }

    /// The document that a module is about.
    pub(super) fn document_of(&self, module: &Module) -> Option<&'s Document> {
        self.led_to(&module.url.as_ref()?.value)
    }

    fn led_to(&self, url: &str) -> Option<&'s Document> {
        self.corpus.led_to(self.manifest?, url)
    }

    /// The documents that a test case is for, each with the target: by the modules that have it;
    /// where none has, by its own address, which may be that of a supplement.
    pub(super) fn documents_of(&self, id: &str) -> Vec<(&'s Document, &'s str)> {
        let mut found: Vec<(&Document, &str)> = Vec::new();
        if let Some(holders) = self.holders.get(id) {
            for (module, target) in holders {
                let document = self.document_of(module);
                let known = found.iter().any(|(it, _)| is_same(Some(it), document));
                found
                    .extend(document.filter(|_| !known).map(|it| (it, target.name.value.as_str())));
            }
            return found;
        }
        let url = self.testcases.get(id).and_then(|(_, it)| it.url.as_ref());
        let Some(place) = url.and_then(|it| self.led_to(&it.value)) else { return found };
        if place.is_primary() {
            return vec![(place, "")];
        }
        let supplemented = place.meta.supplements.iter();
        supplemented.filter_map(|it| Some((self.corpus.find(&it.file)?, ""))).collect()
    }

    /// The first target that has a test case; empty where none does.
    pub(super) fn target_of(&self, id: &str) -> &'s str {
        let first = self.holders.get(id).and_then(|it| it.first());
        first.map_or("", |(_, target)| target.name.value.as_str())
    }

    /// A test case of the manifest in a target, with what documents say of it for a version.
    pub(super) fn test(&self, id: &str, target: &str, version: Option<u32>) -> Option<Test<'s>> {
        let (script, testcase) = self.testcases.get(id).copied()?;
        let case = self.corpus.cases().find(id, version);
        let kind = match (script.executable.is_some(), case.map(|it| it.kind)) {
            (true, _) => CaseKind::Automated,
            (false, Some(kind)) if kind != CaseKind::Automated => kind,
            (false, _) => CaseKind::SelfAssessment,
        };
        let said = testcase.description.as_ref().map(|it| unescaped(&normalized(&it.value)));
        let described = case.map(|it| normalized(&it.description));
        let place = case.and_then(|it| self.place(it)).or_else(|| {
            let url = testcase.url.as_ref()?.value.as_str();
            let anchor = url.split_once('#').map_or("", |(_, anchor)| anchor);
            Some(Place { document: self.led_to(url)?, anchor })
        });
        let lifetime = testcase.lifetime.as_ref().map(|it| it.value);
        Some(Test {
            id: id.to_owned(),
            target: target.to_owned(),
            kind,
            level: CaseLevel::parse(target).or(case.map(|it| it.level)),
            lifetime: lifetime.or(case.and_then(|it| it.lifetime)),
            description: said.or(described).unwrap_or_default(),
            place,
        })
    }

    /// What people do for a document: test cases of the manifest, in whatever module, then those
    /// that only documents describe.
    pub(super) fn manual_for(&self, document: &Document) -> Vec<Test<'s>> {
        let version = document.id().map(|it| it.version);
        let manual = self.testcases.iter().filter(|(_, (script, _))| script.executable.is_none());
        let of_manifest = manual.filter_map(|(id, _)| {
            let documents = self.documents_of(id);
            let (_, target) = documents.iter().find(|(it, _)| it.path == document.path)?;
            self.test(id, target, version)
        });
        let described = self.described_for(document);
        of_manifest.chain(described.into_iter().filter(Test::is_manual)).collect()
    }

    /// What documents describe for a version of a standard, each id once.
    pub(super) fn described_for(&self, document: &Document) -> Vec<Test<'s>> {
        let Some(id) = document.id() else { return vec![] };
        let own = self.corpus.cases().for_version(id);
        let mut seen = HashSet::new();
        own.filter(|it| seen.insert(it.id.to_string())).map(|it| self.described_test(it)).collect()
    }

    fn described_test(&self, case: &'s Case) -> Test<'s> {
        Test {
            id: case.id.to_string(),
            target: case.level.name().to_owned(),
            kind: case.kind,
            level: Some(case.level),
            lifetime: case.lifetime,
            description: normalized(&case.description),
            place: self.place(case),
        }
    }

    fn place(&self, case: &'s Case) -> Option<Place<'s>> {
        Some(Place { document: self.corpus.at(case.document)?, anchor: &case.anchor })
    }
}

/// A line of Markdown without the backslashes that only escape (CommonMark 0.31, *Backslash
/// escapes*). In code they are what they are.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut is_code = false;
    while let Some(c) = chars.next() {
        is_code ^= c == '`';
        let escapes = c == '\\' && !is_code && chars.peek().is_some_and(char::is_ascii_punctuation);
        plain.extend(if escapes { chars.next() } else { Some(c) });
    }
    plain
}

/// How many ids are compared with one that has a variable part.
const MOST_COMPARED: usize = 1000;

/// Whether a described test case stands for one of these ids.
pub(super) fn means_one_of(test: &Test<'_>, ids: &BTreeSet<String>) -> bool {
    let pattern = CasePattern::new(&test.id);
    let Some(before) = pattern.before() else { return ids.contains(&test.id) };
    let from = ids.range(before.to_owned()..).take_while(|id| id.starts_with(before));
    from.take(MOST_COMPARED).any(|id| pattern.matches(id))
}
