//! Which document describes which version of a manifest, and which regime counts.

use std::collections::{HashMap, HashSet};

use super::Scope;
use crate::corpus::Manifest;
use crate::document::{Document, Span};
use crate::model::{CaseKind, DocId, Lifetime, Status};

/// What a manifest calls a version that is still in the making.
const NEXT: &str = "next";

/// Which document describes which version of a manifest: the one that calls it so; else the one whose
/// version it is a minor version of (`v5.1` of `v5`), unless that calls another version of the
/// manifest its own. `next` is the newest Draft that no other version stands for.
#[derive(Debug)]
pub struct Describing<'s, 'c> {
    by_label: HashMap<&'s str, &'s Scope<'c>>,
    by_major: HashMap<String, &'s Scope<'c>>,
    next: Option<&'s Scope<'c>>,
}

impl<'s, 'c> Describing<'s, 'c> {
    /// Looks at the scopes that a manifest is about.
    #[must_use]
    pub fn of(scopes: &'s [Scope<'c>], manifest: &Manifest) -> Describing<'s, 'c> {
        let versions = manifest.versions.iter().filter_map(|it| it.version.as_ref());
        let labels: HashSet<&str> = versions.map(|label| label.value.as_str()).collect();
        let majors: HashSet<&str> = labels.iter().map(|label| major_of(label)).collect();
        let own = || scopes.iter().filter(|it| it.is_of(manifest));
        let major = |it: &Scope<'_>| format!("v{}", it.id.version);
        let is_free = |it: &&Scope<'_>| !labels.contains(it.version.as_str());
        let is_draft = |it: &&Scope<'_>| it.document.meta.status == Some(Status::Draft);
        let unnamed = own().filter(is_free).filter(|it| !majors.contains(major(it).as_str()));
        Describing {
            by_label: own().map(|it| (it.version.as_str(), it)).collect(),
            by_major: own().filter(is_free).map(|it| (major(it), it)).collect(),
            next: unnamed.filter(is_draft).max_by_key(|it| it.id.version),
        }
    }

    /// The document of the version with this label.
    #[must_use]
    pub fn version(&self, label: &str) -> Option<&'s Scope<'c>> {
        let named = self.by_label.get(label).copied();
        let next = || self.next.filter(|_| label == NEXT);
        named.or_else(next).or_else(|| self.by_major.get(major_of(label)).copied())
    }
}

/// What stands before the first dot: `v5` of `v5.1`.
fn major_of(label: &str) -> &str {
    label.split('.').next().unwrap_or(label)
}

/// Whether a version is another one, or a minor version of it: `v5.1` of `v5`.
#[must_use]
pub fn is_minor_of(label: &str, version: &str) -> bool {
    label.strip_prefix(version).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// How often results of a kind of test cases are renewed for a document, and where that is said: in the newest scope document
/// that is Stable and includes it, else in the newest one that does.
#[must_use]
pub fn regime_of<'s, 'c>(
    scopes: impl Iterator<Item = &'s Scope<'c>> + Clone,
    id: DocId,
    kind: CaseKind,
) -> Option<(Lifetime, Span, &'s Document)>
where
    'c: 's,
{
    let includes = |it: &&Scope<'_>| {
        it.included.iter().any(|point| point.document.and_then(Document::id) == Some(id))
    };
    let including = scopes.filter(includes);
    let is_stable = |it: &&Scope<'_>| it.document.meta.status == Some(Status::Stable);
    let newest = |it: &&Scope<'_>| it.id.version;
    let in_force = including.clone().filter(is_stable).max_by_key(newest);
    let scope = in_force.or_else(|| including.max_by_key(newest))?;
    scope.regime.of(id, kind).map(|(lifetime, place)| (lifetime, place, scope.document))
}
