//! What changes from one version of a scope to another, for those who run a cloud.

mod json;
mod markdown;

use std::collections::{HashMap, VecDeque};

use super::{Edition, Part, ScopeSeries, Test};
use crate::document::Document;

/// What changes from one version to another.
#[derive(Debug)]
pub struct Upgrade<'u, 's> {
    /// The scope.
    pub series: &'u ScopeSeries<'s>,
    /// The version that a cloud comes from.
    pub old: &'u Edition<'u>,
    /// The version that it goes to.
    pub new: &'u Edition<'u>,
    /// What is included no more.
    pub removed: Vec<&'u Part<'u>>,
    /// What is included now.
    pub added: Vec<&'u Part<'u>>,
    /// What is included in another way.
    pub changed: Vec<Changed<'u>>,
    /// What is included as before.
    pub unchanged: Vec<&'u Part<'u>>,
}

/// What both versions include, and not in the same way.
#[derive(Debug)]
pub struct Changed<'u> {
    /// As it was.
    pub old: &'u Part<'u>,
    /// As it is.
    pub new: &'u Part<'u>,
    /// The parameters that have another value, or none on one side.
    pub parameters: Vec<Parameter<'u>>,
    /// The test cases that only the new version has.
    pub added: Vec<&'u Test<'u>>,
    /// The test cases that only the old version has.
    pub removed: Vec<&'u Test<'u>>,
    /// The test cases that have another target now.
    pub moved: Vec<(&'u Test<'u>, &'u Test<'u>)>,
}

/// A parameter and its values.
#[derive(Debug)]
pub struct Parameter<'u> {
    /// The name.
    pub name: &'u str,
    /// The value in the old version.
    pub old: Option<&'u str>,
    /// The value in the new version.
    pub new: Option<&'u str>,
}

impl<'u, 's> Upgrade<'u, 's> {
    /// Compares two versions. What a manifest does not include is left out where it has the version.
    #[must_use]
    pub fn between(
        series: &'u ScopeSeries<'s>,
        old: &'u Edition<'u>,
        new: &'u Edition<'u>,
    ) -> Upgrade<'u, 's> {
        let mut left = Left::of(parts(old));
        let mut upgrade = Upgrade {
            series,
            old,
            new,
            removed: vec![],
            added: vec![],
            changed: vec![],
            unchanged: vec![],
        };
        let mut pairs: Vec<(Option<&Part<'_>>, &Part<'_>)> =
            parts(new).map(|it| (left.take_same(it), it)).collect();
        for (former, part) in &mut pairs {
            if former.is_none() {
                *former = left.take(&[part.number().map(Key::Number)]);
            }
        }
        upgrade.removed = left.parts.into_iter().flatten().collect();
        for (former, part) in pairs {
            match former {
                None => upgrade.added.push(part),
                Some(former) => match Changed::between(former, part) {
                    Some(changed) => upgrade.changed.push(changed),
                    None => upgrade.unchanged.push(part),
                },
            }
        }
        upgrade
    }

    /// Whether both versions ask for the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty() && self.changed.is_empty()
    }
}

/// What counts of a version: what its manifest includes, if it has one.
fn parts<'e>(edition: &'e Edition<'e>) -> impl Iterator<Item = &'e Part<'e>> {
    let counts = |it: &&Part<'_>| edition.manifest.is_none() || !it.modules.is_empty();
    edition.parts.iter().filter(counts)
}

/// What parts of two versions are known to be the same by.
#[derive(PartialEq, Eq, Hash)]
enum Key<'u> {
    /// The path of the document.
    Document(&'u str),
    /// The first module of what has no document.
    Module(&'u str),
    /// The name of what has neither.
    Bare(&'u str),
    /// The name of what has no document.
    Name(&'u str),
    /// The number of the standard.
    Number(u16),
}

/// Parts of the old version that have no counterpart yet, to be found by their keys.
struct Left<'u> {
    parts: Vec<Option<&'u Part<'u>>>,
    places: HashMap<Key<'u>, VecDeque<usize>>,
}

impl<'u> Left<'u> {
    fn of(parts: impl Iterator<Item = &'u Part<'u>>) -> Left<'u> {
        let mut left = Left { parts: parts.map(Some).collect(), places: HashMap::new() };
        for (at, part) in left.parts.iter().enumerate() {
            let Some(part) = part else { continue };
            let mut keys = vec![part.number().map(Key::Number)];
            match (part.document, part.modules.first()) {
                (Some(document), _) => keys.push(Some(Key::Document(&document.path))),
                (None, Some(module)) => {
                    keys.extend([Some(Key::Module(module)), Some(Key::Name(&part.name))]);
                }
                (None, None) => {
                    keys.extend([Some(Key::Bare(&part.name)), Some(Key::Name(&part.name))]);
                }
            }
            for key in keys.into_iter().flatten() {
                left.places.entry(key).or_default().push_back(at);
            }
        }
        left
    }

    /// The part about the same document; without documents, of one module or name.
    fn take_same(&mut self, part: &'u Part<'u>) -> Option<&'u Part<'u>> {
        match (part.document, part.modules.first()) {
            (Some(document), _) => self.take(&[Some(Key::Document(&document.path))]),
            (None, Some(module)) => {
                self.take(&[Some(Key::Module(module)), Some(Key::Bare(&part.name))])
            }
            (None, None) => self.take(&[Some(Key::Name(&part.name))]),
        }
    }

    /// The first one that is left with the first of these keys that there is one with.
    fn take(&mut self, keys: &[Option<Key<'u>>]) -> Option<&'u Part<'u>> {
        keys.iter().flatten().find_map(|key| {
            let places = self.places.get_mut(key)?;
            while let Some(at) = places.pop_front() {
                if let Some(part) = self.parts.get_mut(at).and_then(Option::take) {
                    return Some(part);
                }
            }
            None
        })
    }
}

impl<'u> Changed<'u> {
    fn between(old: &'u Part<'u>, new: &'u Part<'u>) -> Option<Changed<'u>> {
        let by_id = |of: &'u Part<'u>| -> HashMap<&'u str, &'u Test<'u>> {
            of.tests.iter().rev().map(|it| (it.id.as_str(), it)).collect()
        };
        let (before, after) = (by_id(old), by_id(new));
        let both = new.tests.iter().filter_map(|it| Some((*before.get(it.id.as_str())?, it)));
        let changed = Changed {
            old,
            new,
            parameters: parameters(old, new),
            added: new.tests.iter().filter(|it| !before.contains_key(it.id.as_str())).collect(),
            removed: old.tests.iter().filter(|it| !after.contains_key(it.id.as_str())).collect(),
            moved: both.filter(|(old, new)| old.target != new.target).collect(),
        };
        let same = changed.parameters.is_empty()
            && changed.added.is_empty()
            && changed.removed.is_empty()
            && changed.moved.is_empty()
            && changed.documents().is_none()
            && changed.minors().is_none()
            && changed.modules().is_none();
        (!same).then_some(changed)
    }

    /// The documents, where they differ.
    #[must_use]
    pub fn documents(&self) -> Option<(&'u Document, &'u Document)> {
        let both = self.old.document.zip(self.new.document)?;
        (both.0.path != both.1.path).then_some(both)
    }

    /// The minor versions that documents of the scope ask for, where both versions have one and
    /// they differ.
    #[must_use]
    pub fn minors(&self) -> Option<(&'u str, &'u str)> {
        let both = self.old.point?.minor.as_deref().zip(self.new.point?.minor.as_deref())?;
        (both.0 != both.1).then_some(both)
    }

    /// The modules, where both versions are in a manifest and they differ.
    #[must_use]
    pub fn modules(&self) -> Option<(&'u [&'u str], &'u [&'u str])> {
        let (old, new) = (self.old.modules.as_slice(), self.new.modules.as_slice());
        (!old.is_empty() && !new.is_empty() && old != new).then_some((old, new))
    }
}

fn parameters<'u>(old: &'u Part<'u>, new: &'u Part<'u>) -> Vec<Parameter<'u>> {
    let by_name = |of: &'u Part<'u>| -> HashMap<&'u str, &'u str> {
        let given = of.parameters.iter().rev();
        given.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let names = new.parameters.iter().map(|(name, _)| name.as_str());
    let gone = old.parameters.iter().map(|(name, _)| name.as_str());
    let all = names.chain(gone.filter(|name| !after.contains_key(name)));
    let value = |of: &HashMap<&'u str, &'u str>, name: &str| of.get(name).copied();
    let all =
        all.map(|name| Parameter { name, old: value(&before, name), new: value(&after, name) });
    all.filter(|it| it.old != it.new).collect()
}
