//! What changes from one version of a scope to another, for those who run a cloud.

mod json;
mod markdown;

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
        let mut left: Vec<&Part<'_>> = parts(old).collect();
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
            parts(new).map(|it| (take(&mut left, |other| is_same(other, it)), it)).collect();
        for (former, part) in &mut pairs {
            if former.is_none() {
                let number = part.number();
                *former = take(&mut left, |it| number.is_some() && it.number() == number);
            }
        }
        upgrade.removed = left;
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

fn take<'p>(
    parts: &mut Vec<&'p Part<'p>>,
    is_it: impl Fn(&Part<'_>) -> bool,
) -> Option<&'p Part<'p>> {
    let at = parts.iter().position(|it| is_it(it))?;
    Some(parts.remove(at))
}

/// Whether two parts are about the same document; without documents, of one module or name.
fn is_same(one: &Part<'_>, other: &Part<'_>) -> bool {
    match (one.document, other.document) {
        (Some(one), Some(other)) => one.path == other.path,
        (None, None) => match (one.modules.first(), other.modules.first()) {
            (Some(one), Some(other)) => one == other,
            _ => one.name == other.name,
        },
        _ => false,
    }
}

impl<'u> Changed<'u> {
    fn between(old: &'u Part<'u>, new: &'u Part<'u>) -> Option<Changed<'u>> {
        let find = |of: &'u Part<'u>, id: &str| of.tests.iter().find(|it| it.id == id);
        let both = new.tests.iter().filter_map(|it| Some((find(old, &it.id)?, it)));
        let changed = Changed {
            old,
            new,
            parameters: parameters(old, new),
            added: new.tests.iter().filter(|it| find(old, &it.id).is_none()).collect(),
            removed: old.tests.iter().filter(|it| find(new, &it.id).is_none()).collect(),
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
    let value = |of: &'u Part<'u>, name: &str| {
        of.parameters.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    };
    let names = new.parameters.iter().map(|(name, _)| name.as_str());
    let gone = old.parameters.iter().map(|(name, _)| name.as_str());
    let gone = gone.filter(|name| value(new, name).is_none());
    let all = names.chain(gone);
    let all = all.map(|name| Parameter { name, old: value(old, name), new: value(new, name) });
    all.filter(|it| it.old != it.new).collect()
}
